"""Forms that were once misread: marks behind a section, wordings side by side, Thai sections."""

from datetime import date

from regstatus.extract import extract


def spoken(text, on):
    return [passage.text for passage in text.passages if passage.in_force(on)]


BOE = b"""<?xml version="1.0" encoding="UTF-8"?><response><data><texto><bloque id="an" tipo="precepto">
<version id_norma="BOE-A-1" fecha_publicacion="19670411" fecha_vigencia="19670501">
<p>Lista I</p><p>Kratom</p></version>
<version id_norma="BOE-A-2" fecha_publicacion="20200101" fecha_vigencia="20200201">
<p>Lista I</p><p>Mescalina</p></version>
</bloque></texto></data></response>"""


def test_of_the_wordings_of_a_spanish_block_the_newest_in_force_speaks():
    text = extract(BOE, name="boe.xml")
    assert "Mescalina" in spoken(text, date(2026, 1, 1))
    assert "Kratom" not in spoken(text, date(2026, 1, 1))
    assert "Kratom" in spoken(text, date(2019, 1, 1))
    assert "Mescalina" not in spoken(text, date(2019, 1, 1))


def test_the_mark_behind_a_section_of_new_york_gives_its_day():
    page = (
        b"<p>\xc2\xa7 1. Title. 1. No person shall sell beer at night.</p>"
        b"<p>\xc2\xa7 2. Sale of kratom. 1. No person shall sell kratom to a person under twenty-one.</p>"
        b"<p>* NB Effective December 19, 2026</p>"
    )
    text = extract(b"<html><body>" + page + b"</body></html>", name="ny.html")
    before, after = spoken(text, date(2026, 12, 18)), spoken(text, date(2026, 12, 19))
    assert not any("kratom" in words for words in before)
    assert any("beer" in words for words in before)
    assert any("kratom" in words for words in after)


def test_a_thai_section_is_text_and_gives_its_number():
    page = "<p>มาตรา ๒๔ ห้ามผู้ใดขายใบกระท่อมแก่บุคคล ดังต่อไปนี้</p><p>(๑) บุคคลซึ่งมีอายุต่ำกว่าสิบแปดปี</p>"
    text = extract(f"<html><body>{page}</body></html>".encode(), name="th.html")
    assert [passage.kind for passage in text.passages] == ["paragraph", "paragraph"]
    assert text.passages[1].headings == ("มาตรา ๒๔",)


def test_a_bracketed_day_behind_a_plain_section_title_rules_the_section():
    page = (
        "<p>§ 5. Kratom. [Effective January 1, 2027.]</p><p>No person shall sell kratom.</p>"
        "<p>§ 5. Kratom. [Effective until January 1, 2027.]</p><p>No minor shall buy kratom.</p>"
    )
    text = extract(f"<html><body>{page}</body></html>".encode(), name="x.html")
    assert "No person shall sell kratom." not in spoken(text, date(2026, 12, 31))
    assert "No minor shall buy kratom." in spoken(text, date(2026, 12, 31))
    assert "No person shall sell kratom." in spoken(text, date(2027, 1, 1))
