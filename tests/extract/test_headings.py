from __future__ import annotations

from datetime import date

import pytest

from regstatus.extract import extract
from regstatus.extract.force import is_repealed
from regstatus.extract.headings import read_heading, read_opening


def read(body):
    return extract(f"<html><body>{body}</body></html>".encode()).passages


def path_of(passages, words):
    return next(p.headings for p in passages if words in p.text and p.kind != "heading")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("SCHEDULE I", "schedule"),
        ("Schedule I.", "schedule"),
        ("PENALTY GROUP 1-A", "schedule"),
        ("Anlage I (zu § 1 Abs. 1)", "schedule"),
        ("Bilaga 1", "schedule"),
        ("Liite", "schedule"),
        ("Annex", "schedule"),
        ("ANNEXE II", "schedule"),
        ("Příloha č. 1 k nařízení vlády č. 463/2013 Sb.", "schedule"),
        ("Załącznik nr 2", "schedule"),
        ("附表一", "schedule"),
        ("CHAPTER 444. KRATOM", "chapter"),
        ("1. peatükk ÜLDSÄTTED", "chapter"),
        ("Erster Abschnitt", "chapter"),
        ("PART II", "part"),
        ("Article 8", "article"),
        ("第三条", "article"),
        ("Стаття 5. Заборона", "article"),
        ("Sec. 444.003. PREPARATION, DISTRIBUTION, AND SALE", "section"),
        ("§ 48-902.04. Schedule I enumerated.", "section"),
        ("961.14 Schedule I.", "section"),
        ("NRS 453.510 Schedule I.", "section"),
        ("WAC 246-945-051", "section"),
        ("217.2201 Definitions for KRS 217.2201 to 217.2205", "section"),
        ("Title 48. Foods and Drugs.", "title"),
    ],
)
def test_headings_of_law_are_known_by_their_words(text, kind):
    heading = read_heading(text)
    assert heading is not None
    assert heading.kind == kind


@pytest.mark.parametrize(
    "text",
    [
        "Schedule I substances shall be stored in a safe.",
        "Part II of the Act applies.",
        "Section 5 of this Act",
        "Article 3 (2) of the Directive",
        "2,5-Dimethoxyamphetamine",
        "3,4-Dichloro-N-methylbenzamide",
        "4-MTA",
        "1-(4-fluorfenyl)-2-(metylamino)propan-1-on (flefedron)",
        "10.5 mg Codeine",
        "7-OH",
        "2024-06-20",
        "5 § Läkemedelsverket får, i andra avseenden än som anges i",
        "Art. 9. L'article 23 du même arrêté est abrogé.",
        "(a) kratom",
        "",
    ],
)
def test_sentences_and_entries_are_no_headings(text):
    assert read_heading(text) is None


@pytest.mark.parametrize(
    ("text", "heading", "pinpoint"),
    [
        (
            "Sec. 444.003. PREPARATION, DISTRIBUTION, AND SALE. (a) A person may not",
            "Sec. 444.003. PREPARATION, DISTRIBUTION, AND SALE.",
            "444.003",
        ),
        ("§ 3. (1) Dieses Gesetz ist anzuwenden", "§ 3", "§ 3"),
        ("1 § I denna förordning finns föreskrifter", "1 §", "1 §"),
        ("Artículo 1º.- Objeto. El presente reglamento", "Artículo 1º.- Objeto.", "Artículo 1"),
        ("20-2-23. Schedule I. The controlled substances", "20-2-23. Schedule I.", "20-2-23"),
    ],
)
def test_a_heading_that_runs_into_the_text_is_read(text, heading, pinpoint):
    opening = read_opening(text)
    assert opening is not None
    assert (opening.text, opening.pinpoint) == (heading, pinpoint)


@pytest.mark.parametrize(
    "text", ["Article 3(2) of Directive", "§ 5 Abs. 1 gilt", "NRS 36.010 Title", "(a) foo"]
)
def test_a_citation_opens_no_section(text):
    assert read_opening(text) is None


def test_tags_nest_by_their_level():
    passages = read("<h1>Title 9</h1><h3>Schedules</h3><p>one</p><h2>Crimes</h2><p>two</p>")
    assert path_of(passages, "one") == ("Title 9", "Schedules")
    assert path_of(passages, "two") == ("Title 9", "Crimes")


def test_a_label_and_its_name_on_the_same_level_stand_one_below_the_other():
    passages = read(
        "<h3>WAC 246-945-051</h3><h3>Schedule I.</h3><p>kratom</p><h3>WAC 246-945-052</h3><p>x</p>"
    )
    assert path_of(passages, "kratom") == ("WAC 246-945-051", "Schedule I.")
    assert path_of(passages, "x") == ("WAC 246-945-052",)


def test_parts_stand_in_schedules_and_schedules_end_sections():
    passages = read(
        "<p>PART I</p><p>Section 1. Short title. This is the Act.</p><p>SCHEDULE I</p><p>PART II</p>"
        "<p>kratom leaf</p><p>SCHEDULE II</p><p>opium</p>"
    )
    assert path_of(passages, "kratom") == ("SCHEDULE I", "PART II")
    assert path_of(passages, "opium") == ("SCHEDULE II",)


def test_a_section_on_schedules_holds_them():
    passages = read(
        "<p><b>Sec. 3719.41. Controlled substance schedules.</b></p><p>SCHEDULE I</p><p>heroin</p>"
    )
    assert path_of(passages, "heroin") == (
        "Sec. 3719.41. Controlled substance schedules.",
        "SCHEDULE I",
    )


def test_entries_have_a_pinpoint():
    passages = read(
        "<p><b>961.14 Schedule I.</b></p><p>(7) Unless excepted:</p><p>(a) heroin</p><p>(mk) kratom</p>"
        "<p>(8) x y</p>"
    )
    assert [p.anchor for p in passages[1:]] == [
        "961.14(7)",
        "961.14(7)(a)",
        "961.14(7)(mk)",
        "961.14(8)",
    ]


def test_roman_and_letter_labels_are_told_apart_by_their_neighbours():
    labels = ["(1)", "(a)", "(i)", "(ii)", "(b)", "(h)", "(i)", "(j)"]
    body = "".join(f"<p>{label} some text</p>" for label in labels)
    anchors = [p.anchor for p in read(f"<h2>§ 9-101. Lists.</h2>{body}")[1:]]
    assert anchors == [
        "9-101(1)",
        "9-101(1)(a)",
        "9-101(1)(a)(i)",
        "9-101(1)(a)(ii)",
        "9-101(1)(b)",
        "9-101(1)(h)",
        "9-101(1)(i)",
        "9-101(1)(j)",
    ]


def test_bold_entries_of_a_list_are_no_headings_and_a_lone_bold_line_is():
    body = "<p><b>Heroin</b></p><p><b>Kratom</b></p><p><b>Opium</b></p><p>long text here.</p>"
    assert {p.kind for p in read(body)} == {"paragraph"}
    passages = read("<p>before it.</p><p><b>Kratom products</b></p><p>No person may sell them.</p>")
    assert path_of(passages, "No person") == ("Kratom products",)


def test_history_and_annotations_are_notes():
    passages = read(
        "<h2>§ 5. Kratom.</h2><p>Sale is banned.</p><p>History: 2019 c. 4; kratom emergency act.</p>"
        "<p>Added by Acts 2023, 88th Leg.</p><p>(Code 1981, § 16-13-25)</p><p>[ 2019 c 64 § 1. ]</p>"
        "<aside role='note'><h4>Applicability</h4><p>Lapsed.</p></aside>"
        "<h4>Editor's notes</h4><p>Kratom was added by error.</p><h2>§ 6. Tea.</h2><p>Free.</p>"
    )
    kinds = {p.text[:12]: p.kind for p in passages}
    assert kinds["Sale is bann"] == kinds["Free."] == "paragraph"
    for note in (
        "History: 201",
        "Added by Act",
        "(Code 1981, ",
        "[ 2019 c 64 ",
        "Lapsed.",
        "Kratom was a",
    ):
        assert kinds[note] == "note"


def test_what_stands_under_a_repealed_heading_is_repealed():
    passages = read(
        "<h2>§ 5. [Repealed.]</h2><p>Kratom was banned here.</p><h2>§ 6. Tea</h2><p>Free.</p>"
    )
    assert [p.repealed for p in passages if p.kind != "heading"] == [True, False]


def test_a_section_whose_text_is_only_repealed_takes_its_notes_along():
    passages = read(
        "<h2>§ 5. Kratom.</h2><p>Repealed by Laws 2019, c. 4.</p><p>History: kratom act.</p>"
    )
    assert all(p.repealed for p in passages[2:])


def test_a_repealed_entry_says_nothing_of_its_siblings():
    for entry in ("(a) [Repealed]", "[Repealed]"):
        entries = "".join(f"<p>{text}</p>" for text in (entry, "heroin", "kratom", "opium", "LSD"))
        passages = read(f"<h2>§ 5. Schedule I</h2>{entries}")
        assert not any(p.repealed for p in passages[2:])


@pytest.mark.parametrize(
    "text", ["Laws repealed", "Repeal of section 5", "Acts repealed.", "until repealed by law"]
)
def test_a_heading_on_other_law_s_repeal_repeals_nothing(text):
    assert not is_repealed(text)


def test_a_table_of_contents_is_no_law_and_opens_no_section():
    entries = "".join(f"<p><a href='#s{n}'>Sec. {n}. Kratom part {n}.</a></p>" for n in range(1, 5))
    passages = read(f"{entries}<p id='s1'>Sec. 1. Scope. This law is on kratom and its sale.</p>")
    assert [p.kind for p in passages] == ["note"] * 4 + ["paragraph"]


@pytest.mark.parametrize(
    ("heading", "since", "until"),
    [
        ("Bilaga 1 /Upphör att gälla U:2026-05-12/", None, date(2026, 5, 12)),
        ("Bilaga 1 /Träder i kraft I:2026-05-12/", date(2026, 5, 12), None),
        ("217.2203 Sale. [Effective January 1, 2027]", date(2027, 1, 1), None),
        ("217.2203 Sale. (Effective until January 1, 2027.)", None, date(2027, 1, 1)),
        ("217.2203 Sale. [Effective through 12/31/2026]", None, date(2027, 1, 1)),
    ],
)
def test_marks_of_force_on_a_heading_hold_for_what_stands_below(heading, since, until):
    passages = read(
        f"<p>{heading}</p><p>kratom</p><p>SCHEDULE 9</p>"
        if "Bilaga" in heading
        else f"<h2>{heading}</h2><p>kratom</p>"
    )
    entry = next(p for p in passages if p.text == "kratom")
    assert (entry.valid_from, entry.valid_until) == (since, until)
    assert "U:" not in entry.headings[-1]
    assert "ffective" not in entry.headings[-1]


def test_a_mark_of_force_on_a_line_of_its_own_holds_for_its_section():
    passages = read(
        "<h2>Sec. 1. Sale.</h2><p>Text of section effective until September 1, 2026</p><p>Kratom may "
        "be sold.</p>"
        "<h2>Sec. 2. Tea.</h2><p>Free.</p>"
    )
    sold, free = (next(p for p in passages if words in p.text) for words in ("sold", "Free"))
    assert sold.valid_until == date(2026, 9, 1)
    assert free.valid_until is None


def test_a_day_that_is_still_to_be_set_is_not_in_force():
    passages = read("<p>Bilaga 1 /Träder i kraft I:den dag regeringen bestämmer/</p><p>kratom</p>")
    assert passages[-1].repealed
