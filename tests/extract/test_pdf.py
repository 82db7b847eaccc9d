from __future__ import annotations

import pytest

from regstatus.base.errors import ReadingError
from regstatus.extract import extract
from regstatus.extract.from_pdf import pdf as module
from regstatus.model.words import Format


def test_lines_become_paragraphs_and_entries_stay_apart(make_pdf):
    text = extract(
        make_pdf(
            [
                [
                    "SCHEDULE I",
                    "The substances that follow are listed in this schedule of the act, by what-",
                    "ever name they are known, and with all their salts and isomers, namely 7-",
                    "hydroxymitragynine and mitra-",
                    "gynine:",
                    "(1) heroin;",
                    "(2) kratom (Mitragyna speciosa), its leaf, powder and whatever else may be made",
                    "of it by any person;",
                ]
            ]
        )
    )
    assert text.format is Format.PDF
    assert [p.text for p in text.passages] == [
        "SCHEDULE I",
        "The substances that follow are listed in this schedule of the act, by whatever name they are "
        "known, and with all their salts and isomers, namely 7-hydroxymitragynine and mitragynine:",
        "(1) heroin;",
        "(2) kratom (Mitragyna speciosa), its leaf, powder and whatever else may be made of it by any person;",
    ]
    assert {p.anchor for p in text.passages} == {"p. 1"}
    assert text.passages[-1].headings == ("SCHEDULE I",)


def test_a_schedule_runs_over_pages_and_running_lines_do_not(make_pdf):
    pages = [
        ["Department of Health", "SCHEDULE I", "(1) heroin;", "(2) LSD;", "1"],
        [
            "Department of Health",
            "(3) kratom, that is to say any part of the plant which grows in the south",
            "2",
        ],
        ["Department of Health", "east and is chewed;", "(4) mescaline.", "3"],
        ["Department of Health", "SCHEDULE II", "(1) opium.", "4"],
    ]
    passages = extract(make_pdf(pages)).passages
    assert [p.text for p in passages if p.kind != "heading"] == [
        "Department of Health",  # once, above the text: it may be what a source expects to see
        "(1) heroin;",
        "(2) LSD;",
        "(3) kratom, that is to say any part of the plant which grows in the south east and is chewed;",
        "(4) mescaline.",
        "(1) opium.",
    ]
    assert [p.headings for p in passages[1:] if p.kind != "heading"] == [("SCHEDULE I",)] * 4 + [
        ("SCHEDULE II",)
    ]
    kratom = next(p for p in passages if "kratom" in p.text)
    assert kratom.anchor == "p. 2"


def test_a_heading_that_comes_back_as_running_head_stands_once(make_pdf):
    pages = [["SCHEDULE I", f"({n}) substance number {n};"] for n in range(1, 6)]
    passages = extract(make_pdf([*pages, ["SCHEDULE II", "(1) opium."]])).passages
    assert [p.text for p in passages if p.kind == "heading"] == ["SCHEDULE I", "SCHEDULE II"]


_DRUGS = (
    "heroin",
    "mescaline in any form",
    "psilocybin and psilocin",
    "peyote",
    "ibogaine and salts",
)


def test_a_running_head_with_the_number_of_its_page_is_no_heading(make_pdf):
    pages = [
        [f"961.14 CONTROLLED SUBSTANCES ACT {n}", f"({n}) {drug};"]
        for n, drug in enumerate(_DRUGS, 8)
    ]
    passages = extract(make_pdf([["SCHEDULE I", "(7) opium;"], *pages])).passages
    assert [p.text for p in passages[2:]] == [f"({n}) {drug};" for n, drug in enumerate(_DRUGS, 8)]
    assert {p.headings for p in passages[1:]} == {("SCHEDULE I",)}


def test_parts_that_each_begin_a_page_keep_their_numbers(make_pdf):
    pages = [[f"SCHEDULE {n}", f"({n}) {drug};"] for n, drug in enumerate(_DRUGS, 1)]
    passages = extract(make_pdf(pages)).passages
    assert [p.headings for p in passages if p.kind != "heading"] == [
        (f"SCHEDULE {n}",) for n in range(1, 6)
    ]


def test_a_long_foot_that_repeats_ends_no_list(make_pdf):
    foot = "2023-24 Statutes updated through Act 47 and through all orders of the court and orders "
    foot += "of the board filed before and in effect on November 21. Published and certified under "
    foot += "the law. Changes that take effect after that day are designated by notes."
    pages = [[f"({n}) {drug};", foot] for n, drug in enumerate(_DRUGS, 1)]
    words = [p.text for p in extract(make_pdf(pages)).passages]
    assert words == [f"({n}) {drug};" for n, drug in enumerate(_DRUGS, 1)]


def test_line_numbers_of_a_bill_are_no_words(make_pdf):
    words = [f"word{chr(96 + n)}" for n in range(1, 18)]
    lines = [f"{n} {' '.join(words[n - 1 : n + 3])}" for n in range(1, 13)]
    (passage,) = extract(make_pdf([lines])).passages
    assert passage.text.startswith("worda wordb wordc wordd wordb wordc")
    assert not any(char.isdigit() for char in passage.text)


def test_a_scan_is_named(make_pdf):
    with pytest.raises(ReadingError, match="scanned image"):
        extract(make_pdf([["x"], ["y"]], image={0, 1}))


def test_a_scanned_page_among_others_is_a_problem(make_pdf):
    text = extract(make_pdf([["Kratom is listed here."], ["x"]], image={1}))
    assert text.problems == ("page 2 has no text (scanned image)",)


def test_damaged_and_empty_files_are_named(make_pdf):
    with pytest.raises(ReadingError, match="damaged"):
        extract(b"%PDF-1.7 nothing of use")
    with pytest.raises(ReadingError, match="no text"):
        extract(make_pdf([[""]]))


@pytest.mark.parametrize(
    ("limit", "value", "told"),
    [("PAGES", 2, "3 pages"), ("SIZE", 10, "larger"), ("CHARS", 4, "more text")],
)
def test_limits_are_kept(make_pdf, monkeypatch, limit, value, told):
    monkeypatch.setattr(module, limit, value)
    with pytest.raises(ReadingError, match=told):
        extract(make_pdf([["one"], ["two"], ["three"]]))


@pytest.mark.parametrize("word", ["övrigt", "étranger", "årlig", "general"])
def test_a_paragraph_that_goes_on_with_a_letter_of_any_language_loses_no_words(make_pdf, word):
    first = "Den som säljer kratom eller annat som är förtecknat i denna lag eller i något"
    (passage,) = extract(make_pdf([[first], [f"{word} straffas med böter.", ""]])).passages
    assert passage.text == f"{first} {word} straffas med böter."


@pytest.mark.parametrize(
    "head",
    [
        "REPUBLIC OF NOWHERE - OFFICIAL GAZETTE",
        "Diário Oficial, n.º 12, pág. 2",
        "Cap. 9, ed. 2024",
    ],
)
def test_a_picture_of_a_page_below_a_running_head_is_no_text(make_pdf, head):
    pages = [["Schedule I names heroin."], [head], [head]]
    text = extract(make_pdf(pages, scan={1, 2}))
    assert text.problems == tuple(f"page {n} has no text (scanned image)" for n in (2, 3))


def test_heads_of_many_lines_and_feet_of_few_pages_are_no_text(make_pdf):
    heads = ["HB 12 2026", "CODING: words underlined.", "hb12-00", "Page {} of 4", "S E N A T E"]
    pages = [[*(head.format(n) for head in heads), f"({n}) word;"] for n in range(1, 5)]
    words = [p.text for p in extract(make_pdf(pages)).passages]
    assert words[-4:] == [f"({n}) word;" for n in range(1, 5)]
    assert " ".join(words[:-4]) == "CODING: words underlined. hb12-00 S E N A T E"
    few = [
        ["House of Kings", "(1) tea;", "Page No. 1 25.1", "HOUSE BILL NO. 15"],
        ["Ninth Assembly", "(2) coffee;", "Page No. 2 25.1"],
        ["Ninth Assembly", "(3) water.", "Page No. 3 25.1"],
    ]
    words = [p.text for p in extract(make_pdf(few)).passages]
    assert words == ["House of Kings (1) tea;", "(2) coffee;", "(3) water."]
