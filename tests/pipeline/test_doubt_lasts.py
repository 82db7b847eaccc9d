"""A doubt about new words lasts until a person has looked, whatever comes between."""

import pytest

from regstatus.store.verify import verify
from tests.pipeline.test_doubtful import chapter, clock, later, schedule, world
from tests.support.make import TEXAS

__all__ = ["world"]
BAN = chapter("<p>Kratom is contraband everywhere.</p>")
OTHER = chapter("<p>Kratom shall be handed in to the sheriff.</p>")
STRICTER = chapter("<p>Kratom is contraband everywhere.</p>", age=("18 years", "21 years"))
HARMLESS = chapter("<p>Printed by the library.</p>")
PAGE = "/HS.444.htm"


def rewrite(world, *changes):
    text = TEXAS
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    world.write("tx.toml", text)


@pytest.mark.parametrize("back", [chapter(), BAN], ids=["the confirmed text", "the reviewed text"])
def test_a_review_of_one_text_is_none_of_a_later_one(world, back):
    assert not later(world, PAGE, BAN)
    world.run()
    reviewed = world.now.date()
    world.run()
    assert not later(world, PAGE, OTHER)
    rewrite(world, ("attested = 2026-06-07", f"attested = {reviewed}"))
    assert not later(world, PAGE, back)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/HS.444.htm", "/HS.444.html"),
        ('"hs-444"', '"hs-chapter"'),
        ('controls = ["kratom processor"]', 'controls = ["kratom product"]'),
    ],
    ids=["address", "name", "controls"],
)
def test_a_doubt_outlives_another_definition_of_the_document(world, old, new):
    assert not later(world, PAGE, BAN)
    rewrite(world, (old, new))
    world.serve("/HS.444.html", chapter())
    world.serve(PAGE, chapter())
    world.run()
    name = "hs-chapter" if "chapter" in new else "hs-444"
    assert clock(world, name).get("verified_at") != f"{world.now:%Y-%m-%dT%H:%M:%SZ}"


def test_new_words_of_a_text_that_contradicts_are_doubted_when_its_source_file_is_mended(world):
    assert not later(world, PAGE, STRICTER)
    assert clock(world, "hs-444")["verdict"] == "contradicts"
    rewrite(world, ("minimum_age = 18", "minimum_age = 21"))
    assert not later(world, PAGE, STRICTER)
    assert clock(world, "hs-444")["outcome"] == "doubtful"
    day = world.now.date().isoformat()
    rewrite(
        world,
        ("minimum_age = 18", "minimum_age = 21"),
        ("attested = 2026-06-07", f"attested = {day}"),
    )
    assert later(world, PAGE, STRICTER)
    assert verify(world.path) == []
    assert later(world, PAGE, STRICTER.replace(b"</body>", b"<p>Printed.</p></body>"))


@pytest.mark.parametrize("page", [BAN, STRICTER, OTHER], ids=["new", "contradicts", "other"])
def test_a_run_that_is_held_forgets_no_doubt(world, page):
    world.serve("/HS.481.htm", schedule("Kratom", "Mitragynine", "7-hydroxymitragynine"))
    world.serve(PAGE, page)
    assert world.run(flip_budget=0).state == "held"
    world.serve("/HS.481.htm", schedule())
    assert not later(world, PAGE, chapter())
    assert clock(world, "hs-444")["unreviewed"] < clock(world, "hs-444")["last_fetched"]


@pytest.mark.parametrize("damage", [None, b"", b"Other words.\n", b"\xff\xfe"], ids=str)
def test_words_that_are_not_kept_whole_are_read_again_or_doubted(world, damage):
    file = world.path / "texts" / "US-TX__hs-444.txt"
    words = file.read_bytes()
    file.unlink()
    if damage is not None:
        file.write_bytes(damage)
    world.run()
    assert file.read_bytes() == words
    assert later(world, PAGE, HARMLESS)
    file.write_bytes(damage or b"")
    assert not later(world, PAGE, BAN)
    assert not later(world, PAGE, HARMLESS)  # what the words were that came between nobody can tell


COPY = '[[documents.copies]]\nurl = "https://statutes.example.gov/copy.htm"\nurl_basis = "seen"\n'


def test_a_copy_with_new_words_verifies_nothing_and_one_in_other_markup_does(world):
    rewrite(world, ('settles = ["leaf", "7-oh"]\n', 'settles = ["leaf", "7-oh"]\n' + COPY))
    world.serve("/copy.htm", chapter().replace(b"<p>", b"<div>").replace(b"</p>", b"</div>"))
    del world.site.pages["statutes.example.gov", PAGE]
    world.run()
    verified = clock(world, "hs-444")["verified_at"]
    assert verified == f"{world.now:%Y-%m-%dT%H:%M:%SZ}"
    for page in (BAN, OTHER, chapter()):
        world.serve("/copy.htm", page)
        world.run()
        assert clock(world, "hs-444")["verified_at"] == verified
    assert not later(world, PAGE, chapter())
