"""Headline: what is said of the other substances in the same breath as the status of the leaf."""

from __future__ import annotations

from regstatus.model.law import Status

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from regstatus.model import shapes


def stricter(status: Status, details: Mapping[str, shapes.DetailData]) -> dict[str, Status]:
    """The substances that are stricter than the leaf; unknown is stricter than what is open."""
    found = {name: Status(item["status"]) for name, item in details.items()}
    return {name: other for name, other in found.items() if other.severity > status.severity}


def unsettled(status: Status, details: Mapping[str, shapes.DetailData]) -> dict[str, Status | None]:
    """Those of which it is not known whether they are: with the least that holds, if anything does.

    Left out, they would read as laxer than the leaf.
    """
    return {
        name: Status(item["status"]) if item["at_least"] else None
        for name, item in details.items()
        if item["at_least"]
        or (item["status"] == Status.UNKNOWN and Status.UNKNOWN.severity < status.severity)
    }
