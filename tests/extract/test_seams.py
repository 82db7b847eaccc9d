"""Where markup parts a word, a name is seen as a reader sees it, however the page sets it."""

from __future__ import annotations

import pytest

from regstatus.pipeline.page_reader.inspection import inspect
from tests.support.make import TODAY

LIST = "<h1>Health Act</h1><h2>Schedule I</h2><p>These are controlled substances of Schedule I:</p>"


def listed(body, sheet=""):
    page = (
        f"<html><head><style>{sheet}</style></head><body>{LIST}{body}<p>lysergide</p></body></html>"
    )
    found = inspect(page.encode(), name="a.html", on=TODAY)
    return {one["substance"] for one in found["terms"] if one["context"] == "listed"}


@pytest.mark.parametrize(
    ("sheet", "parent", "first", "second"),
    [
        (".law span {display: block}", "div class=law", "span", "span"),
        (".x > cite {display:block}", "p class=x", "cite", "cite"),
        ("[data-l] {display:list-item}", "p", "i data-l=1", "i data-l=2"),
        ("p:is(.f) {display:flex}", "p class=f", "em", "em"),
        ("#g {display:grid}", "p id=g", "x-entry", "x-entry"),
        ("@media all {a + a {float:left}}", "p", "a", "a"),
        ("", "td", "font", "u"),
    ],
)
def test_a_name_is_not_glued_to_its_neighbours_whatever_sets_them_apart(
    sheet, parent, first, second
):
    def page(*names):
        inside = "".join(
            f"<{tag}>{name}</{tag.split()[0]}>"
            for tag, name in zip([first, second, first, second], names, strict=False)
        )
        return f"<{parent}>{inside}</{parent.split()[0]}>"

    assert listed(page("heroin", "kratom", "mescaline"), sheet) == {"leaf"}
    assert listed(page("LSD", "Mitragyna speciosa", "PCP"), sheet) == {"leaf"}
    both = page("heroin", "mitragynine", "7-hydroxymitragynine", "x")
    assert listed(both, sheet) == {"mitragynine", "7-oh"}
    assert listed(page("heroin", "kratom", "7-OH"), sheet) == {"leaf", "7-oh"}
    assert listed(page("героин", "кратом", "мескалин"), sheet) == {"leaf"}
    assert listed(page("heroin", "k<i>ra</i>tom", "mescaline"), sheet) == {"leaf"}


@pytest.mark.parametrize(
    ("body", "substances"),
    [
        ("kra<b>tom</b>", {"leaf"}),
        ("kratom<b>s</b> and <b>m</b>itragynine", {"leaf", "mitragynine"}),
        ("7-hydroxy<i>mitragynine</i>", {"7-oh"}),
        ("<b>7</b>-hydroxy<i>mitra</i>gynine", {"7-oh"}),
        ("hero<b>in</b> and mesca<i>line</i>", set()),
        ("s<b>kratom</b>etro", {"leaf"}),  # no word that is known: what may be a name is one
    ],
)
def test_a_name_that_markup_parts_is_one_word(body, substances):
    assert listed(f"<p>{body}</p>") == substances


@pytest.mark.parametrize(
    "mark",
    [
        " [Pg 44] ",
        "{p. 44}",
        "<a id=p45>[45]</a>",
        " <a>|45|</a> ",
        "-<i>[Pg 44]</i>",
        "<b>44</b>",
        "<u>(S. 12)</u> ",
    ],
)
def test_the_number_of_a_page_parts_no_name(mark):
    assert listed(f"<p>heroin, mitra{mark}gynine, mescaline</p>") == {"mitragynine"}
    assert listed(f"<p>7-hydroxy{mark}mitragynine</p>") == {"7-oh"}
    assert listed(f"<p>kratom {mark} heroin</p>") == {"leaf"}


@pytest.mark.parametrize(
    ("sheet", "opens"),
    [
        ("", "<div style='display:inline'>"),
        (".r { display : inline !important }", "<p class=r>"),
        (".r {display:inline}", "<section class='law r'>"),
    ],
)
def test_blocks_that_a_style_sets_in_one_line_are_one_word_or_several(sheet, opens):
    def page(*pieces):
        tag = opens[1:].split()[0]
        return "<div>" + "".join(f"{opens}{piece}</{tag}>" for piece in pieces) + "</div>"

    assert listed(page("(2) mitra", "gynine"), sheet) == {"mitragynine"}
    assert listed(page("heroin", "kratom", "mescaline"), sheet) == {"leaf"}
    assert listed(page("heroin ", "7-hydroxy", "mitragynine"), sheet) == {"7-oh"}
