"""Orders: the screening of a table, wherever it is, with this package's own records.

The distinct words of the orders are fetched and read here; the rows themselves
stay where they are, and the answer is an expression that runs there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from regstatus.base.errors import UsageError
from regstatus.store.reader import Snapshot
from regstatus.tables.rows import status_rows
from regstatus.tables.screen import order_verdicts, terms

if TYPE_CHECKING:
    import ibis


def screen(
    orders: ibis.Table,
    snapshot: Snapshot,
    *,
    to: str,
    product: str,
    now: datetime,
    day: str | None = None,
    country: str | None = None,
    sent_from: str | None = None,
    mapped: Mapping[str, str] | None = None,
    allow_stale: timedelta | None = None,
    fresh_enough: str | None = None,
) -> ibis.Table:
    """The orders with a verdict on each row; see `order_verdicts.screened`.

    Args:
        orders: A table of any connection, or in memory.
        snapshot: The version that answers.
        to: Column of the destinations, as people typed them.
        product: Column of substances, or of products that `mapped` knows.
        now: The present moment, UTC: for freshness, and the day where no column gives one.
        day: Column of the day of the law: dates, or text such as `2026-11-22`.
        country: See `terms.places`.
        sent_from: Name or code of the country from which the goods are sent.
        mapped: Product to substance, as `terms.product_map` reads it.
        allow_stale: For how long a stale record still counts as proof.
        fresh_enough: What counts as proof instead, such as `official_text:2y,secondary:90d`.

    Raises:
        UsageError: If a column is missing, no place goes by a name, or no day is readable.
    """
    if allow_stale is not None and fresh_enough is not None:
        raise UsageError("--allow-stale and --fresh-enough both say what counts as proof: give one")
    for name in filter(None, (to, product, day)):
        if name not in orders.columns:
            raise UsageError(f"no column {name!r}; there are {', '.join(orders.columns)}")
    for name in orders.columns:
        if name.casefold().startswith("regstatus_") and name not in order_verdicts.ADDED:
            raise UsageError(f"the column {name!r} begins with regstatus_: rename it")
    today = now.astimezone(UTC).date()
    asked: dict[str, tuple[str, Callable[[str], str]]] = {
        "id": (to, terms.places(snapshot, country)),
        "substance": (product, partial(terms.product, mapped=mapped or {})),
    }
    if day is not None and orders.schema()[day].is_string():
        asked["day"] = (day, terms.day)
    words = {
        kind: (column, terms.meanings(_distinct(orders, column), kind, meaning))
        for kind, (column, meaning) in asked.items()
    }
    when: Any = order_verdicts.engine().literal(today)
    first = last = today
    if "day" in words:
        days = words["day"][1]
        known = sorted(item["day"] for item in days if item["day"])
        if days and not known:
            raise UsageError(
                f"no day in the column {day!r} is written as 2026-11-22; the first is "
                f"{days[0]['text'][:60]!r}: write them so, or name another column"
            )
        if known:
            first, last = date.fromisoformat(known[0]), date.fromisoformat(known[-1])
    elif day is not None:
        when = order_verdicts.dates(orders, day)
        ends = orders.aggregate(first=when.min(), last=when.max()).to_pyarrow().to_pylist()[0]
        if ends["first"] is not None:
            first, last = ends["first"], ends["last"]
    ids, substances = (
        {item[kind] for item in words[kind][1] if item[kind]} for kind in ("id", "substance")
    )
    rows = status_rows(snapshot, now=now, only=ids, substances=substances, between=(first, last))
    law = order_verdicts.verdicts(
        order_verdicts.law_table(rows),
        today=today,
        allow_stale=allow_stale,
        fresh_enough=fresh_enough,
        sent_from=terms.country_of(sent_from),
    )
    return order_verdicts.screened(orders, law, words, when)


def _distinct(orders: ibis.Table, column: str) -> list[str]:
    texts = orders.select(text=orders[column].cast("string").fill_null("")).distinct()
    found: list[str] = texts.to_pyarrow()["text"].to_pylist()
    return sorted(found)
