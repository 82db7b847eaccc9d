"""Headline: what is said of the other substances in the same breath as the status of the leaf."""

from __future__ import annotations

from regstatus.model.law import Status, said

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from regstatus.model import shapes


def stricter(details: Mapping[str, shapes.DetailData]) -> dict[str, str]:
    """What is said of those that are stricter than the leaf; unknown is stricter than what is open."""
    leaf = _rank(details["leaf"])
    return {
        name: said(item["status"], item["probably"])
        for name, item in details.items()
        if _rank(item) > leaf
    }


def _rank(item: shapes.DetailData) -> list[int]:
    return [Status(word).severity for word in (item["status"], item["probably"]) if word]


def unsettled(details: Mapping[str, shapes.DetailData]) -> dict[str, str]:
    """The same of those of which it is not known whether they are: «at least», or «unknown».

    Left out, they would read as laxer than the leaf.
    """
    below = Status.UNKNOWN.severity < Status(details["leaf"]["status"]).severity
    return {
        name: ("at least " if item["at_least"] else "") + said(item["status"], item["probably"])
        for name, item in details.items()
        if item["at_least"] or (below and item["status"] == Status.UNKNOWN)
    }
