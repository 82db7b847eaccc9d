"""Heads and feet of pages that part a word, in PDF and in text, however few pages there are."""

import pytest

from regstatus.extract import extract
from regstatus.pipeline.page_reader.inspection import inspect
from tests.extract.conftest import write_pdf
from tests.support.make import TODAY

LEFT, RIGHT = "Session Laws of 2030, chapter 12", "chapter 12, Session Laws of 2030"
ABOVE = ["Schedule I", "(1) heroin;", "(2) hydroxy-mitragy-"]
BELOW = ["nine, its salts;", "(3) mescaline."]


def words(body, name):
    return " ".join(passage.text for passage in extract(body, name=name).passages)


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ([LEFT, *ABOVE], [LEFT, *BELOW]),
        ([LEFT, *ABOVE], [RIGHT, *BELOW]),
        ([f"811  {LEFT}", *ABOVE], [f"{RIGHT}  812", *BELOW]),
        ([*ABOVE, f"{LEFT}  811"], [*BELOW, f"{LEFT}  812"]),
        ([*ABOVE, "- 811 -"], [*BELOW, "- 812 -"]),
    ],
)
def test_a_word_that_two_pages_part_is_whole(above, below):
    assert "hydroxy-mitragynine, its salts;" in words(write_pdf([above, below]), "a.pdf")
    text = "\f".join("\n".join(lines) for lines in (above, below))
    assert "hydroxy-mitragynine, its salts;" in words(text.encode(), "a.txt")


def test_what_stands_on_one_page_alone_is_no_head():
    text = "\n".join(ABOVE) + "\fSchedule II\nnine lives of a cat;"
    assert "Schedule II" in words(text.encode(), "a.txt")


@pytest.mark.parametrize(
    ("name", "around"), [("a.txt", "{}"), ("a.html", "<html><body><pre>{}</pre>")]
)
def test_marks_of_pages_of_the_federal_register_part_no_word(name, around):
    text = (
        "Schedule I\n    (1) Hydroxy-\n\n[[Page 4711]]\n\nmitragynine\n    (2) Mitragyna\n"
        "[[Page B12]]\nspeciosa"
    )
    found = words(around.format(text).encode(), name)
    assert "Hydroxy-mitragynine" in found.replace("Hydroxymitragynine", "Hydroxy-mitragynine")
    assert "Mitragyna speciosa" in found


LISTED = (
    "<h1>Health Act</h1><h2>Schedule I</h2><p>These are controlled substances of Schedule I:</p>"
)


def listed(body, name="a.html"):
    found = inspect(body.encode(), name=name, on=TODAY)
    return {one["substance"] for one in found["terms"] if one["context"] == "listed"}


@pytest.mark.parametrize(
    "between",
    [
        "<div>- 14 -</div>",
        "<p>* 14 *</p>",
        "<div>Page 4 of 9</div>",
        "<p>xiv</p>",
        "<div>Official Gazette 12/2026</div><div>5</div>",
    ],
)
def test_what_stands_between_two_pages_in_elements_of_its_own_parts_no_name(between):
    assert listed(f"{LISTED}<p>heroin; mitra-</p>{between}<p>gynine; x</p>") == {"mitragynine"}
    assert listed(f"{LISTED}<p>heroin; 7-hydroxy-</p>{between}<p>mitragynine; x</p>") == {"7-oh"}


@pytest.mark.parametrize("head", ["— 7 —", "[7]", "Page 7", "<b>* 7 *</b>"])
def test_the_number_of_a_page_parts_no_two_words_of_a_name(head):
    body = f"<p>heroin; Mitragyna</p><p>{head}</p><p>speciosa; mescaline</p>"
    assert listed(LISTED + body) == {"leaf"}


@pytest.mark.parametrize(
    "line",
    [
        "<table><tr><td>{0}</td><td>{1}</td></tr></table>",
        "<table><tr><td>{1}</td><td>{0}</td></tr></table>",
        "<table><tr><td>0{0}:</td><td>{1}</td></tr></table>",
        "<div><span>{0}</span> <span>{1}</span></div>",
        "<dl><dt>{0}</dt><dd>{1}</dd></dl>",
    ],
)
def test_the_number_of_a_line_in_an_element_of_its_own_parts_no_name(line):
    lines = [
        "(1) heroin; (2) what holds mitra-",
        "gynine; (3) what holds 7-hydroxy-",
        "mitragynine.",
    ]
    found = extract(
        "".join(line.format(n, text) for n, text in enumerate(lines, 1)).encode(), name="a.html"
    )
    text = " ".join(passage.text for passage in found.passages)
    assert "holds mitragynine" in text
    assert "holds 7-hydroxymitragynine" in text


@pytest.mark.parametrize(
    "head", ["DRUGS ACT      Page {}", "{}        Gazette of the Republic", "        *{}*"]
)
def test_a_running_head_in_a_text_without_form_feeds_parts_no_name(head):
    opening = "Schedule I. These are controlled substances of Schedule I:\n(1) heroin;\n"
    text = f"{opening}(2) mitra-\n\n{{}}\n\ngynine;\n\n{{}}\n\n(3) x.\n"
    assert listed(text.format(head.format(4), head.format(5)), "a.txt") == {"mitragynine"}


@pytest.mark.parametrize(
    ("body", "substances"),
    [
        ("<p>mitragyna speciosa</p><p>3</p><p>mitragynine</p><p>4</p><p>heroin</p>", {"leaf", "mitragynine"}),
        ("<p>(7) hydroxybutyrate;</p><p>(8) mitragynine.</p>", {"mitragynine"}),
        ("<p>7-hydroxy compounds of tryptamine</p><p>12</p><p>mitragynine</p>", {"mitragynine"}),
    ],
)  # fmt: skip
def test_two_entries_with_a_number_between_stay_two(body, substances):
    assert listed(LISTED + body) == substances


def test_lines_of_a_pdf_with_numbers_part_no_name():
    lines = [
        "1  Schedule I",
        "2  (1) heroin; (2) what holds mitra-",
        "3  gynine; (3) 7-hydroxy-",
        "4  mitragynine.",
    ]
    found = words(write_pdf([lines]), "a.pdf")
    assert "mitragynine; (3) 7-hydroxymitragynine." in found
