"""A page that says of itself that it is not the law in force proves nothing, in any form or language."""

from datetime import date

import pytest

from regstatus.assess import assess
from regstatus.extract import extract
from regstatus.model.document import Select
from tests.decide.test_only_people_soften import LIST, PAGE, clock, hosts, texas, world
from tests.pipeline.test_update import chapter, schedule

__all__ = ["hosts", "world"]

ROWS = "".join(
    f"<p>({n}) {name};</p>" for n, name in enumerate(("Heroin", "Khat", "Psilocybin"), 1)
)
TEXT = "<p>The board keeps this table and publishes it once in each year.</p>" * 12
PAGE_OF = (
    "<!doctype html><html lang=en><head><title>{}</title></head><body>{}"
    "<main id=law><h1>Table 1</h1>{}</main></body></html>"
)


def read(above="", title="Table 1", **how):
    body = PAGE_OF.format(title, above, ROWS + TEXT).encode()
    text = extract(body, **how)
    return assess(text, on=date(2026, 11, 22), controls=("Heroin", "Psilocybin"), complete=True)


SAYS = [
    "<div class='alert alert-info'>You are viewing an archived version of this chapter.</div>",
    "<p class=site-banner>This regulation is no longer in force.</p>",
    "<h1>Superseded</h1>",
    "<h2>Revoked with effect from 1 January 2020</h2>",
    "<header><p role=alert>This page has been archived and is no longer updated.</p></header>",
    "<p>Exposure draft</p>",
    "<p>This version of the rule is not yet in effect.</p>",
    "<div role=alert>Dieser Text ist nicht mehr in Kraft.</div>",
    "<h2>Entwurf</h2>",
    "<div role=alert>Ce texte n'est plus en vigueur.</div>",
    "<h2>Zrušen dne 1. 1. 2020</h2>",
    "<div role=alert>Lagen har upphört att gälla.</div>",
    "<p class=warning>Документ втратив чинність</p>",
    "<h2>Derogado</h2>",
    "<h2>Kehtetu</h2>",
]


@pytest.mark.parametrize("says", SAYS)
@pytest.mark.parametrize("how", [{}, {"select": Select(css="#law")}])
def test_a_banner_or_heading_above_the_text_takes_its_proof(says, how):
    found = read(says, **how)
    assert not found.readable
    assert any("says of itself" in problem for problem in found.problems)


@pytest.mark.parametrize(
    "title", ["Table 1 (superseded)", "DRAFT - Table 1", "Archived: Table 1", "Repealed - Table 1"]
)
def test_a_title_says_it_too(title):
    found = read(title=title)
    assert found.readable == title.endswith("(superseded)")


@pytest.mark.parametrize(
    "above",
    [
        "<h2>Historical and statutory notes</h2>",
        "<p>This table supersedes the table of 2019.</p>",
        "<p><a href=/old>Previous version</a></p>",
        "<p>Sections 1 to 3 were repealed by the Act of 2001.</p>",
        "<p class=banner>An official website of the State</p>",
        "<p class=warning>A person who sells what was withdrawn commits an offence.</p>",
        "<h2>Drafting notes are at the end</h2>",
        "<p>The document that this link leads to is not the current version.</p>",
        "<p>In force from 1 January 2020. This is the current version.</p>",
    ],
)
def test_words_of_that_kind_that_say_something_else_raise_no_doubt(above):
    assert read(above).readable


@pytest.mark.parametrize(
    "text",
    [
        b"SUPERSEDED\n\nTable 1\n\n(1) Heroin\n\n(2) Psilocybin\n\n" + b"The board keeps it. " * 40,
        b"{\\rtf1\\ansi This rule is no longer in effect.\\par Table 1\\par (1) Heroin\\par "
         b"(2) Psilocybin\\par "
        + b"The board keeps it. " * 40 + b"}",
        b"<?xml version='1.0'?><act><title>Table 1</title><p>This act has been repealed.</p>"
        b"<p>Heroin; Psilocybin</p><p>" + b"The board keeps it. " * 40 + b"</p></act>",
    ],
)  # fmt: skip
def test_the_same_holds_in_other_forms(text):
    found = assess(extract(text), on=date(2026, 11, 22), controls=("Heroin", "Psilocybin"))
    assert not found.readable
    assert any("says of itself" in problem for problem in found.problems)


@pytest.mark.parametrize("says", SAYS[:4])
@pytest.mark.parametrize(("where", "page"), [(LIST, schedule()), (PAGE, chapter())])
def test_such_a_page_verifies_nothing_and_changes_no_answer(world, says, where, page):
    world.run()
    name = "hs-481" if where == LIST else "hs-444"
    verified, before = clock(world, name)["verified_at"], texas(world).says()
    world.put(where, page.replace(b"<body>", f"<body>{says}".encode()))
    world.run()
    told = clock(world, name)
    assert (told["verified_at"], told["failures"]) == (verified, 1)
    assert "says of itself" in told["problem"]
    assert texas(world).says() == before
