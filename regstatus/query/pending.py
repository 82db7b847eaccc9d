"""The list of bills and proposed rules: none of them is law."""

from __future__ import annotations

from regstatus.decide.freshness import undecided
from regstatus.decide.proposals import proposals

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from regstatus.model import shapes
    from regstatus.store.reader import Snapshot

_TOLD = ("citation", "stage", "says", "substances", "earliest", "as_of", "url")
"""What is told of each as it was recorded, in an order of its own, whichever a store has."""


def pending(snapshot: Snapshot, today: str) -> list[shapes.PendingItemData]:
    """Those first that must be looked at, then by the first day on which each may be law."""
    found: list[shapes.PendingItemData] = []
    for record in snapshot.records():
        for item, news in proposals(record, snapshot.ledger.announced):
            if news and (news["kind"] or "").casefold() == "rule":
                continue  # it is no proposal: it may be law, and makes its record due
            held: Mapping[str, Any] = item
            told: Any = {
                "jurisdiction": record["id"],
                "name": record["name"],
                **{name: held[name] for name in _TOLD},
                "heard": news and (news["step"] or news["kind"]),
                "heard_on": news and news["day"],
                "due_since": undecided(item, today, news),
                "own": record["own"],
            }
            found.append(told)
    late = "9999"
    return sorted(
        found,
        key=lambda it: (it["due_since"] or late, it["earliest"] or late, it["jurisdiction"]),
    )
