"""Orders: the screening of a table in a database or warehouse, where it stays.

The distinct words of the orders (and their days) are fetched and judged here; what is found is
joined to the rows there.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from regstatus.base.errors import UsageError
from regstatus.query.destination import Destination
from regstatus.query.formats import arrow_texts, library
from regstatus.query.verdict import Screener
from regstatus.store.reader import Snapshot
from regstatus.tables.screen.write_file import ADDED, check_names, destination_columns

if TYPE_CHECKING:
    import ibis


def screen(
    orders: ibis.Table,
    snapshot: Snapshot,
    *,
    product: str,
    now: datetime,
    to: str | None = None,
    to_zip: str | None = None,
    to_city: str | None = None,
    to_county: str | None = None,
    day: str | None = None,
    **asked: Any,
) -> ibis.Table:
    """The orders with a verdict on each: an expression that runs where they are.

    Args:
        orders: A table of any connection, or in memory; a row of it gives exactly one row.
        snapshot: The version that answers.
        product: Column of substances, or of products that `mapped` or the profile knows.
        now: The present moment, UTC: for freshness, and the day where no column gives one.
        to: Column of the destinations, as people typed them; `to_zip`, `to_city` and `to_county`
            stand beside it or in its place, and what they say must agree.
        to_zip: Column of ZIP codes of the United States.
        to_city: Column of cities.
        to_county: Column of counties.
        day: Column of the day of the law: dates, or text such as `2026-11-22`.
        asked: `profile`, `country`, `sent_from`, `mapped`, `allow_stale`, `fresh_enough`, as
            `query.verdict.Screener` takes them.

    Raises:
        UsageError: If a column is missing, no place goes by a name, no day is readable, or a
            library of the extra is missing.
    """
    ibis = library("ibis", 512)
    fields = destination_columns(to, to_zip, to_city, to_county)
    for name in (*fields.values(), product, *filter(None, [day])):
        if name not in orders.columns:
            raise UsageError(f"no column {name!r}; there are {', '.join(orders.columns)}")
    check_names(orders.columns)
    screener = Screener(snapshot, now=now, **asked)
    words = [orders[name].cast("string") for name in (*fields.values(), product)]
    words += [_days(orders, day)] if day is not None else []
    # Prefixes keep every name apart from the orders' own.
    keys = {f"regstatus_word_{n}": word.fill_null("") for n, word in enumerate(words)}
    own = [name for name in orders.columns if name not in ADDED]
    found = orders.select(*own, **keys)
    cells = [tuple(row.values()) for row in found.select(*keys).distinct().to_pyarrow().to_pylist()]
    days = {row[-1]: screener.day(row[-1] if day is not None else None) for row in cells}
    if days and not any(isinstance(when, str) for when in days.values()):
        raise UsageError(
            f"no day in the column {day!r} is written as 2026-11-22; the first is "
            f"{min(days)[:60]!r}: write them so, or name another column"
        )
    rows = []
    for row in cells:
        where = Destination(**dict(zip(fields, row, strict=False)))
        rows.append((*row, *screener.law(where, row[len(fields)]).on(days[row[-1]])))
    law = ibis.memtable(arrow_texts([*keys, *ADDED], rows))
    law = law.rename({f"regstatus_of_{n}": key for n, key in enumerate(keys)})
    same = [found[key] == law[f"regstatus_of_{n}"] for n, key in enumerate(keys)]
    return found.left_join(law, same).select(*own, *ADDED)


def _days(orders: ibis.Table, day: str) -> Any:
    """A column of text, dates or times, as text; a time counts as its day, in UTC if it has a zone."""
    kind = orders.schema()[day]
    if kind.is_string():
        return orders[day]
    if not (kind.is_date() or kind.is_timestamp()):  # else days or seconds from 1970 are counted
        raise UsageError(
            f"the column {day!r} holds no days but {kind}; give dates, or text such as 2026-11-22"
        )
    return orders[day].cast("date").cast("string")
