"""Python's search for dead circles of objects waits while a page is read, and goes on behind it."""

import gc

import pytest

from regstatus.base.errors import ReadingError
from regstatus.base.garbage import uncollected
from regstatus.extract import extract, extractor


@pytest.fixture
def seen(monkeypatch):
    """Whether it was at work each time that a reading began."""
    found, kind = [], extractor.kind

    def look(*args, **kwargs):
        found.append(gc.isenabled())
        return kind(*args, **kwargs)

    monkeypatch.setattr(extractor, "kind", look)
    return found


def test_it_waits_while_a_page_is_read_and_goes_on(seen):
    extract(b"<p>A person may not sell kratom.</p>")
    assert (seen, gc.isenabled()) == ([False], True)


def test_it_goes_on_behind_a_page_that_cannot_be_read(seen):
    with pytest.raises(ReadingError):
        extract(b"\x00\x01\x02\x03" * 99)
    assert (seen, gc.isenabled()) == ([False], True)


def test_it_stays_as_the_caller_had_it():
    gc.disable()
    try:
        assert uncollected(gc.isenabled)() is False
        assert gc.isenabled() is False
    finally:
        gc.enable()
