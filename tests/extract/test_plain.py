from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regstatus.extract import extract
from regstatus.extract.lines import join, paragraphs
from regstatus.model.words import Format


def texts(text, **more):
    return [p.text for p in extract(text.encode(), format=Format.TEXT, **more).passages]


@pytest.mark.parametrize(
    ("left", "right", "joined"),
    [
        ("(7-", "hydroximitragynin, 7-OH)", "(7-hydroximitragynin, 7-OH)"),
        ("hydroxy-", "mitragynine", "hydroxymitragynine"),
        ("mitra-", "gynine", "mitragynine"),
        ("mi-", "tragynin", "mitragynin"),
        ("KRA-", "TOM", "KRATOM"),
        ("pseudo-", "indoxyl", "pseudoindoxyl"),
        ("deskloro-N-", "etylketamin", "deskloro-N-etylketamin"),
        ("3-metoxiprop-2-", "enoat", "3-metoxiprop-2-enoat"),
        ("MGM-", "15", "MGM-15"),
        ("kratom-", "based products", "kratom-based products"),
        ("non-", "medical", "non-medical"),
        ("Ein-", "und Ausfuhr", "Ein- und Ausfuhr"),
        ("mitra\u00ad", "gynine", "mitragynine"),
        ("mitra\ufffe", "gynine", "mitragynine"),
        ("the plant", "Mitragyna", "the plant Mitragyna"),
        ("sold -", "or given", "sold - or given"),
    ],
)
def test_words_broken_at_a_line_end_are_joined_as_they_were_meant(left, right, joined):
    assert join(left, right) == joined


def test_hard_wrapped_lines_are_one_paragraph():
    text = (
        "The following substances are listed as narcotic drugs under the act\nnamed above: "
        "(7-\r\nhydroximitragynin)\n\nNext."
    )
    assert texts(text) == [
        "The following substances are listed as narcotic drugs under the act named above: "
        "(7-hydroximitragynin)",
        "Next.",
    ]


def test_entries_without_blank_lines_are_kept_apart():
    text = (
        "The schedule consists of the drugs that are listed in this section here:\n"
        "    (1) heroin, its salts and whatever else may be made of it by any person,\n"
        "        including its isomers;\n    (2) kratom; and\n    (3) mescaline.\n"
    )
    assert texts(text)[1:] == [
        "(1) heroin, its salts and whatever else may be made of it by any person, including its isomers;",
        "(2) kratom; and",
        "(3) mescaline.",
    ]


def test_a_section_behind_a_line_of_history_is_law():
    text = (
        "961.13  Heroin. The drug heroin, its salts and its isomers are included in schedule I by law.\n"
        "History: 1971 c. 219; 1995 a. 448.\n"
        "961.135  Kratom. The plant Mitragyna\nspeciosa is included in schedule I.\n"
    )
    passages = extract(text.encode()).passages
    assert [p.kind for p in passages] == ["paragraph", "note", "paragraph"]
    assert (
        passages[-1].text
        == "961.135 Kratom. The plant Mitragyna speciosa is included in schedule I."
    )


def test_a_line_that_only_happens_to_open_with_a_number_goes_on():
    text = (
        "as it stands in the regulation of the council of that year and in section\n5. The rest of "
        "it\nfollows here"
    )
    assert len(texts(text)) == 1


def test_indented_lines_open_paragraphs_where_the_body_is_flush():
    body = (
        "    The agency proposes to place the substance into the schedule named in\nthe act, for "
        "the reasons that it gives below, and invites comments on\nit from the public.\n"
    )
    assert len(texts(body * 3)) == 3


def test_an_annex_printed_twice_is_dated_twice():
    text = (
        "Bilaga 1 /Upphör att gälla U:2026-05-12/\n\nmitragynin\n\n"
        "Bilaga 1 /Träder i kraft I:2026-05-12/\n\nmitragynin\n\nBilaga 2\n\ndiazepam\n"
    )
    first, second, last = (p for p in extract(text.encode()).passages if p.kind != "heading")
    assert first.in_force(date(2026, 5, 11))
    assert not first.in_force(date(2026, 5, 12))
    assert not second.in_force(date(2026, 5, 11))
    assert second.in_force(date(2026, 5, 12))
    assert first.headings == second.headings == ("Bilaga 1",)
    assert (last.valid_from, last.valid_until) == (None, None)


@pytest.mark.parametrize(
    "body",
    [
        b'{"dokumentstatus": {"dokument": {"titel": "SFS 1992", "html": "", "text": '
        b'"Bilaga 1 /Upph\\u00f6r att g\\u00e4lla U:2026-05-12/\\r\\n\\r\\nkratom"}}}',
        "<p>Bilaga 1 /Upphör att gälla U:2026-05-12/</p><p>kratom</p>".encode(),
        '{"dokument": {"html": "<h3>Bilaga 1 /Upphör att gälla U:2026-05-12/</h3><p>kratom och annat</p>",'
        ' "text": "Bilaga 1 kratom"}}'.encode(),
    ],
)
def test_the_same_marks_are_read_in_html_and_in_json(body):
    entries = [p for p in extract(body).passages if p.text.startswith("kratom")]
    assert [p.valid_until for p in entries] == [date(2026, 5, 12)]


def test_a_section_dated_in_its_text_ends_with_the_next():
    text = "2 § /Upphör att gälla U:2026-05-12/ Kratom säljs fritt.\n\n3 § Annat gäller här alltid."
    first, second = extract(text.encode()).passages
    assert first.valid_until == date(2026, 5, 12)
    assert second.valid_until is None


def test_markdown_headings_tables_and_emphasis():
    text = (
        '---\ntitle: "Seznam"\nstatus: "repealed"\n---\n# Seznam\n\nÚvod\n-----\n\n'
        "**Kratom** (*Mitragyna speciosa*) § 46<sup>5</sup> ~~opium~~ [odkaz](https://x.example)\n\n"
        "| Látka | Jiný název |\n|---|---|\n| Kratom | ketum |\n- položka\n"
    )
    read = extract(text.encode(), name="law.md")
    assert (read.title, read.repealed) == ("Seznam", True)
    assert [(p.text, p.kind) for p in read.passages] == [
        ("Seznam", "heading"),
        ("Úvod", "heading"),
        ("Kratom (Mitragyna speciosa) § 46⁵ odkaz", "paragraph"),
        ("Látka | Jiný název", "row"),
        ("Kratom | ketum", "row"),
        ("položka", "item"),
    ]
    assert read.passages[2].headings == ("Seznam", "Úvod")


def test_rtf_gives_its_words_without_the_struck_ones():
    text = (
        r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Times;}}{\*\generator Word;}\f0 Schedule I\par "
        r"Kr{\b atom} \'e9t\'e9 \u8217'' 7\_OH {\strike heroin }and{\v hidden} tea\par}"
    )
    assert texts(text) == ["Schedule I", "Kratom été ’' 7-OH and tea"]


@given(st.text(alphabet="ab-(1). \n§\u00ad", max_size=200))
def test_joining_lines_loses_no_letter(text):
    kept = "".join(c for c in text if c.isalnum())
    assert "".join(c for c in "".join(paragraphs(text.split("\n"))) if c.isalnum()) == kept
