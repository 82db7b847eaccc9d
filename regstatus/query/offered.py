"""Offered: the places that a question is asked back with, each with its status in a word."""

from __future__ import annotations

from regstatus.base.errors import UsageError
from regstatus.catalog.places.atlas import Atlas
from regstatus.decide.layer import Layer
from regstatus.model.law import said
from regstatus.query import together

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date

    from regstatus.store.reader import Snapshot


def in_a_word(
    snapshot: Snapshot, offered: tuple[str, ...], on: date, substance: str
) -> dict[str, str]:
    """The status of each place that an error offers, `Georgia (US-GA)`, on a day."""
    found: dict[str, str] = {}
    atlas = Atlas(snapshot.localities())
    for text in offered:
        key = text.rpartition("(")[2].rstrip(")")
        try:
            read = None if snapshot.get(key) else atlas.interpret(key)
        except UsageError:
            continue
        place, passed_over = (read.jurisdiction, read.passed_over) if read else (atlas.get(key), ())
        layers = [
            Layer(one.id, snapshot.get(one.id), on, one.name)
            for one in (place, *atlas.ancestors(place.id))
            if one.id not in passed_over
        ]
        told = together.detail(layers, together.governing(layers, substance), substance)
        found[text] = said(told["status"], told["probably"])
    return found
