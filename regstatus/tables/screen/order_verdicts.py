"""Screening: what may ship where, for a whole table of orders at once.

It is one Ibis expression, so that it runs where the orders are: in DuckDB inside
this process, or in the user's own warehouse. The table of verdicts stands in
`docs/screen.md`. What is not known, not understood or too old is never `ship`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

from regstatus.base.errors import UsageError
from regstatus.base.process import require_memory
from regstatus.base.safe import without_controls
from regstatus.decide.fresh_enough import read_ages
from regstatus.model.law import FreshnessState

if TYPE_CHECKING:
    import ibis

SHIP, REFUSE, ASK = "ship", "do not ship", "ask"

ADDED = tuple(f"regstatus_{name}" for name in ("verdict", "status", "reason", "record", "version"))
"""The columns that are added to the orders, in this order."""

_LAW = (
    "id", "substance", "from", "until", "status", "probably", "may_sell", "may_import", "minimum_age",
    "seven_oh_cap", "duties", "limits", "stricter_below", "grade", "freshness", "as_of",
    "doubtful_from", "stale_from", "reason", "version",
)  # fmt: skip
"""What verdicts need of the exported table `status`."""
_PROHIBITED = ("banned", "sale_prohibited", "prescription_only")
_SEPARATOR = "; "


def engine() -> ModuleType:
    """The library that writes the expression; a UsageError says how to have it, where it is not.

    Raises:
        MemoryError: If this process may not take as much as it needs.
    """
    require_memory(512)
    try:
        import_module("duckdb")
        return import_module("ibis")
    except ModuleNotFoundError as error:
        raise UsageError(
            f"this needs the library {error.name}, which is an extra: "
            "pip install 'regstatus[screen]'"
        ) from None


def law_table(rows: Iterable[Mapping[str, Any]]) -> ibis.Table:
    """Rows of `regstatus.tables.rows.status_rows` as a table in memory, for any connection.

    Text from outside is made plain: it ends up in reasons that people read.
    """
    clean = ("reason", "limits", "seven_oh_cap")
    plainly = [{**row, **{n: row[n] and without_controls(row[n]) for n in clean}} for row in rows]
    return _memory(plainly, _LAW)


def _memory(rows: Sequence[Mapping[str, Any]], names: tuple[str, ...]) -> ibis.Table:
    # Text alone: not every engine takes days or numbers with gaps from memory.
    ibis, pa = engine(), import_module("pyarrow")
    values = ([None if row[n] is None else str(row[n]) for row in rows] for n in names)
    arrays = [pa.array(column, pa.string()) for column in values]
    return ibis.memtable(pa.Table.from_arrays(arrays, names=list(names)))


def verdicts(
    law: ibis.Table,
    *,
    today: date,
    allow_stale: timedelta | None = None,
    fresh_enough: str | None = None,
    sent_from: str | None = None,
) -> ibis.Table:
    """What each row of the exported table `status`, the `law`, means for a parcel.

    Args:
        law: The table.
        today: The day (UTC) on which its freshness is judged: the table may be old.
        allow_stale: For how long a stale record still counts as proof; None for not at all.
        fresh_enough: What counts as proof instead; see `fresh_enough.read_ages`.
        sent_from: Id of the country from which goods are sent. Within it nothing is
            imported, so that permission to import is only asked for other destinations.

    Returns:
        `id`, `substance`, `first`, `until` (days), `verdict`, `status`, `reason`, `version`.
    """
    ibis = engine()
    cutoff = today - (allow_stale or today - today)
    trusted = law["stale_from"].cast("date") > ibis.literal(cutoff)
    if allow_stale is None:
        trusted &= law["freshness"].isin([str(s) for s in FreshnessState if s.trusted])
    if fresh_enough is not None:
        trusted = _enough(ibis, law, today, read_ages(fresh_enough))
    trusted = trusted.fill_null(ibis.literal(value=False))
    abroad: Any = ibis.literal(value=True)
    if sent_from is not None:
        inside = (law["id"] == sent_from) | law["id"].startswith(f"{sent_from}-")
        abroad = ~(inside | law["id"].startswith(f"{sent_from}/"))
    leans = law["probably"].nullif("").notnull()
    leaning = law["status"].concat(", probably ", law["probably"]).replace("_", " ").capitalize()
    refused = (
        law["status"].isin(_PROHIBITED)
        | leans
        | (law["may_sell"] == "no")
        | ((law["may_import"] == "no") & abroad)
    )
    terms = _terms(ibis, law)
    no_import = (law["may_import"] != "yes") & abroad
    since = law["stale_from"].cast("string").nullif("")
    stale = ibis.literal("Stale since ").concat(since, ": too old to rely on. ")
    stale = (law["freshness"] == FreshnessState.UNVERIFIED).ifelse(
        "Not all of it was ever verified by an official text. ", stale
    )
    stale = since.isnull().ifelse("Never checked. ", stale)
    if fresh_enough is not None:
        doubt = law["doubtful_from"].cast("date") <= ibis.literal(today)
        why = _where(doubt, ": from ", law["doubtful_from"].cast("string"), " it is in doubt")
        stale = ibis.literal("Not fresh enough").concat(why.fill_null(""), ". ")
    read = law["as_of"].cast("date")
    age = ibis.literal(today).delta(read, unit="day").cast("string").concat(" days old.")
    known = ibis.literal(" Grade ").concat(law["grade"], ", ", age.fill_null("never read."))
    several = law["stricter_below"].cast("int64") > 0
    number = law["stricter_below"].cast("int64").cast("string")
    free = law["status"] == "unregulated"
    settled = law["may_import"] != "unknown"
    # Each reason why one has to ask, in front of what the law says; none of them may be lost.
    asked = ibis.literal("").concat(
        _where(terms != "", "Conditions: ", terms, ". "),
        _where(free & (law["may_sell"] != "yes"), "Sale: ", law["may_sell"], ". "),
        _where(no_import & (free | settled), "Import: ", law["may_import"], ". "),
        _where(several, "Stricter or unknown within it (", number, "): name the place. "),
    )
    open_ = free & (law["may_sell"] == "yes") & ~no_import & (terms == "") & ~several & trusted
    return law.select(
        *("id", "substance", "status", "version"),
        first=law["from"].cast("date"),
        until=law["until"].cast("date"),
        verdict=ibis.cases((refused, REFUSE), (open_, SHIP), else_=ASK),
        reason=_where(~refused, asked).concat(
            _where(leans, leaning, ": ").fill_null(""),
            _where(~trusted, stale),
            law["reason"],
            known,
        ),
    )


def screened(
    orders: ibis.Table,
    law: ibis.Table,
    words: Mapping[str, tuple[str, Sequence[Mapping[str, Any]]]],
    when: Any,
) -> ibis.Table:
    """The orders with a verdict on each; a row of them gives exactly one row.

    Args:
        orders: Any table; its own columns are kept.
        law: What `verdicts` makes of it, in the same connection or in memory.
        words: For `id` and `substance`, and for `day` where it is text: a column of the orders,
            and what `terms` found each text in it to mean.
        when: The day of the law where it is no text: a literal, or a column of dates.
    """
    ibis = engine()
    own = [name for name in orders.columns if name not in ADDED]
    # Prefixes keep every name apart from the orders' own.
    texts = {
        f"regstatus_{kind}_text": orders[column].cast("string").fill_null("")
        for kind, (column, _) in words.items()
    }
    found = orders.select(*own, **texts, **({} if "day" in words else {"regstatus_day": when}))
    for kind, (_, rows) in words.items():
        table = _memory(rows, ("text", kind, "why"))
        meant = table[kind].cast("date") if kind == "day" else table[kind]
        means = table.select(
            **{"regstatus_text": "text", f"regstatus_{kind}": meant, f"regstatus_{kind}_why": "why"}
        )
        same = found[f"regstatus_{kind}_text"] == means["regstatus_text"]
        found = found.left_join(means, same).drop("regstatus_text")
    law = law.rename("regstatus_law_{name}")
    found = found.left_join(
        law,
        [
            found["regstatus_id"] == law["regstatus_law_id"],
            found["regstatus_substance"] == law["regstatus_law_substance"],
            found["regstatus_day"] >= law["regstatus_law_first"],
            found["regstatus_day"] < law["regstatus_law_until"],
        ],
    )
    why = ibis.coalesce(
        *(found[f"regstatus_{kind}_why"] for kind in words),
        found["regstatus_law_reason"],
        ibis.literal("The table of the law has no row for this place, product and day."),
    )
    return found.select(
        *own,
        regstatus_verdict=found["regstatus_law_verdict"].fill_null(ASK),
        regstatus_status=found["regstatus_law_status"].fill_null("unknown"),
        regstatus_reason=why,
        regstatus_record=found["regstatus_id"],
        regstatus_version=found["regstatus_law_version"],
    )


def dates(orders: ibis.Table, day: str) -> Any:
    """A column of dates, or of times, each of which counts as its day; in UTC where it has a zone.

    Raises:
        UsageError: If it holds something else: an engine would count days or seconds from 1970.
    """
    kind = orders.schema()[day]
    if not (kind.is_date() or kind.is_timestamp()):
        raise UsageError(
            f"the column {day!r} holds no days but {kind}; give dates, or text such as 2026-11-22"
        )
    return orders[day].cast("date")


def _enough(ibis: Any, law: ibis.Table, today: date, ages: Mapping[str, int]) -> Any:
    """What `fresh_enough.is_enough` says of each row."""
    read, doubt = law["as_of"].cast("date"), law["doubtful_from"].cast("date")
    first = (
        (law["grade"] == grade, date.fromordinal(max(1, today.toordinal() - days)))
        for grade, days in ages.items()
    )
    young = ibis.cases(*((test, read >= ibis.literal(day)) for test, day in first), else_=False)
    ahead = read > ibis.literal(today + timedelta(days=1))
    return young & ~ahead & ~(doubt <= ibis.literal(today)).fill_null(ibis.literal(value=False))


def _where(test: Any, first: Any, *more: Any) -> Any:
    """A text where a test holds, else nothing."""
    ibis = engine()
    return test.ifelse(ibis.literal("").concat(first, *more), "")


def _terms(ibis: Any, law: ibis.Table) -> Any:
    """What the law asks of a sale, in words; empty where nothing was recorded."""
    cap = law["seven_oh_cap"].nullif("")
    within = cap.contains("ratio").ifelse("7-OH within ", "7-OH at most ")  # a ratio is a least
    parts = (
        ibis.literal(before).concat(value, _SEPARATOR).fill_null("")
        for before, value in (
            ("age ", law["minimum_age"].cast("int64").cast("string")),
            ("", law["duties"].nullif("").replace("_", " ")),
            ("", law["limits"].nullif("")),
            ("", within.concat(cap)),
        )
    )
    whole = ibis.literal("").concat(*parts)
    return whole.left(ibis.greatest(whole.length() - len(_SEPARATOR), 0))
