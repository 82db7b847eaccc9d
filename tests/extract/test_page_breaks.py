"""Heads and feet of pages that part a word, in PDF and in text, however few pages there are."""

import pytest

from regstatus.extract import extract
from tests.extract.conftest import write_pdf

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
