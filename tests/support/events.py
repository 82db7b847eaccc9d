"""The events of a store, as lists show them."""

from datetime import UTC, datetime

from regstatus.query.lists import View


def events(store, since=None):
    """Every event after a version or day, oldest first."""
    moment = datetime(2026, 11, 30, tzinfo=UTC)
    return View(store, store.load, moment, everywhere=False).events(since)
