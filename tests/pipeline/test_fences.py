"""A fault of our own costs one document, by name, wherever it strikes; the run and its report stand."""

import json

import pytest

import regstatus.pipeline.update
from regstatus.fetch.hosts.adapters import ADAPTERS
from regstatus.model.request import Validators
from regstatus.store.capture import Capture
from tests.pipeline.test_update import World, chapter
from tests.support.replica import Replica

BAD, GOOD = "US-TX:hs-444", "US-TX:hs-481"
ERRORS = [KeyError("words of a page"), ValueError("\x1b[31m"), RecursionError()]


@pytest.fixture
def world(tmp_path):
    with Replica() as site:
        yield World(tmp_path, site)


def stumble(real, error):
    """Stumble over the one page, and do what is right with all others."""

    def go(*args, **kwargs):
        page = next(one for one in args if hasattr(one, "final_url"))
        if page.url.endswith("HS.444.htm"):
            raise error
        return real(*args, **kwargs)

    return go


def clocks(world):
    return json.loads((world.path / "ledger.json").read_bytes())["documents"]


def told(world, done, error):
    """The run stands, its report tells of the one document, and no word of a page is in it."""
    assert done.state == "complete"
    problem = clocks(world)[BAD]["problem"]
    assert problem.startswith(
        f"A fault of regstatus itself, please report it: {type(error).__name__}"
    )
    assert problem.isprintable()
    assert "words of a page" not in problem
    assert type(error).__name__ in done.report
    assert done.report_file.exists()
    assert clocks(world)[GOOD]["outcome"] in {"ok", "unchanged"}


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize(
    ("target", "name"),
    [(regstatus.pipeline.update, "read_page"), (Validators, "of"), (Capture, "of")],
    ids=["reading", "remembering", "keeping"],
)
def test_a_fault_while_a_page_is_taken_in_is_told_and_spreads_no_further(
    world, monkeypatch, target, name, error
):
    world.run()
    before = world.answer()
    world.serve("/HS.444.htm", chapter() + b"\n")  # so that the host does not vouch for the old one
    monkeypatch.setattr(target, name, stumble(getattr(target, name), error))
    done = world.run()
    told(world, done, error)
    assert done.counts["unreadable"] == 1
    assert world.answer()["status"] == before["status"]
    monkeypatch.undo()
    world.run()
    assert clocks(world)[BAD]["outcome"] == "ok"


@pytest.mark.parametrize("error", ERRORS)
def test_a_fault_while_a_page_is_fetched_is_told_and_shows_no_traceback(
    world, monkeypatch, capfd, error
):
    async def page(visit):
        if visit.request.key == BAD:
            raise error
        return await real(visit)

    real = ADAPTERS["page"]
    monkeypatch.setitem(ADAPTERS, "page", page)
    told(world, world.run(), error)
    assert "Traceback" not in capfd.readouterr().err


@pytest.mark.parametrize("error", [KeyboardInterrupt, MemoryError, OSError(28, "No space left")])
def test_what_is_no_matter_of_one_page_is_never_taken_for_its_fault(world, monkeypatch, error):
    monkeypatch.setattr(Validators, "of", stumble(Validators.of, error))
    with pytest.raises(error if isinstance(error, type) else type(error)):
        world.run()
