"""Headline: what is said in the same breath as the status: other substances, and what lies inside."""

from __future__ import annotations

from regstatus.model.law import SUBSTANCES, Status, said

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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


def inside(places: Sequence[shapes.OtherPlaceData], substance: str) -> str:
    """Where it is stricter inside a place, `3 states and 1 county or town: banned`; or nothing.

    Where these differ, those that are the strictest are counted again.
    """
    found = {item["id"]: item for item in places if substance in item["substances"]}
    if not found:
        return ""

    def counted(ids: Sequence[str]) -> str:
        towns = sum("/" in ident for ident in ids)
        kinds = (
            (len(ids) - towns, "state", "states"),
            (towns, "county or town", "counties or towns"),
        )
        words = [f"{count} {one if count == 1 else many}" for count, one, many in kinds if count]
        return found[ids[0]]["name"] if len(ids) == 1 else " and ".join(words)

    said_of = {ident: Status(item["substances"][substance]) for ident, item in found.items()}
    worst = max(said_of.values(), key=lambda status: status.severity)
    those = [ident for ident, status in said_of.items() if status is worst]
    others = f"{counted([*found])}, among them " if len(those) < len(found) else ""
    return f"{others}{counted(those)}: {said(worst)}"


def by_status(statuses: Mapping[str, str | None]) -> dict[str, list[str]]:
    """Substances by their status, in a fixed order."""
    groups: dict[str, list[str]] = {}
    for name in SUBSTANCES:
        if status := statuses.get(name):
            groups.setdefault(status, []).append(name)
    return groups
