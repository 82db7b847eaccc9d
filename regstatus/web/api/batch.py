"""Batches: what is posted, as JSON or NDJSON; one bad row is named and loses none of the others."""

from __future__ import annotations

import json
from asyncio import sleep
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from pydantic import ValidationError
from starlette.exceptions import HTTPException

from regstatus.base.errors import UsageError
from regstatus.base.safe import one_line
from regstatus.catalog.toml import plain
from regstatus.model.schemas import SHAPES
from regstatus.query.formats import encoded
from regstatus.query.listings import KNOWN, Parameter
from regstatus.web.api.endpoints import about
from regstatus.web.edition import Edition

MOST_BYTES = 1_000_000
TOO_LONG = f"A batch has at most {MOST_BYTES:,} bytes."
NDJSON = "application/x-ndjson"
PATHS = ("/v1/screen", "/v1/status")
"""Where a batch may be posted."""
_KEYS = "docs/http.md"

Items: TypeAlias = list[dict[str, Any]]
Judge: TypeAlias = Callable[[Any, str], dict[str, Any]]
"""What is said of a row; with what is wrong with it, in words, where it is not understood."""


class Batch(NamedTuple):
    """One kind of batch."""

    rows: str
    """The key of its list of rows, a plural."""
    most: int
    """So many rows are taken at once."""
    row: str
    """The shape of a row, and that of what holds for all."""
    whole: str
    begin: Callable[[Edition, Mapping[str, Any]], Judge]
    """What judges the rows, from what was asked for all; a UsageError names what is not understood."""
    tally: Callable[[Items], dict[str, Any]] = lambda _: {}
    """What the reply says of all rows together."""
    counted: bool = False
    """Whether each row counts as a request of its own."""


class NoRow(UsageError):  # noqa: N818  (reads as the fact it states)
    """Raised where no row of a batch is understood; `rows` says what is wrong with each."""

    def __init__(self, batch: Batch, rows: Sequence[Mapping[str, Any]]) -> None:
        super().__init__(f"No {batch.rows[:-1]} is understood. {_told(rows[0])}")
        self.rows = rows


def parameters(shape: str) -> tuple[Parameter, ...]:
    """What a query may ask of the keys of a shape: what is a plain text."""
    return tuple(
        KNOWN if name == "as_known_on" else Parameter(name, str(field.description).rstrip("."))
        for name, field in SHAPES[shape].model_fields.items()
        if name not in {"id", "profile", "products"}
    )


def read(batch: Batch, body: bytes, media: str) -> tuple[dict[str, Any], list[Any]]:
    """The options of a batch and its rows, not yet looked at.

    JSON is understood as a whole or not at all, of NDJSON each line. Options of NDJSON stand in
    its first line: what has no key of a row is none, so that no misspelt option is passed over.

    Raises:
        UsageError: If it is not understood; the text names the key.
    """
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"the body is no UTF-8 text from byte {error.start} on") from None
    given: Any = {}
    if media == NDJSON:
        rows: Any = [_value(line) for line in text.split("\n") if line.strip()]
        keys = {*rows[0]} - {"id"} if rows and isinstance(rows[0], dict) else set()
        if keys and keys.isdisjoint(SHAPES[batch.row].model_fields):
            given = rows.pop(0)
    else:
        given = _value(text)
        if isinstance(given, UsageError):
            raise given
        rows = given.pop(batch.rows, None) if isinstance(given, dict) else None
        if not isinstance(rows, list):
            told = f'send an object with a list of them, {{"{batch.rows}": [{{…}}, …]}}'
            raise UsageError(f"{batch.rows}: {told}")
    return given, rows


def check(
    batch: Batch, given: Mapping[str, Any], rows: Sequence[Any], asked: Mapping[str, Any]
) -> None:
    """Look at the options of a batch, beside those of its query, and at how many rows it has.

    Raises:
        UsageError: If an option is not understood or given twice, or there is no row.
        HTTPException: If there are too many.
    """
    if twice := sorted(given.keys() & asked.keys()):
        raise UsageError(f"{twice[0]} stands in the address and in the body: give it once")
    if faults := _faults(batch.whole, given, ""):
        raise UsageError("\n".join(f"{field}: {says}" for field, says in faults))
    if not rows:
        raise UsageError(f"{batch.rows}: there is none")
    if len(rows) > batch.most:
        told = f"{len(rows):,} are too many; send up to {batch.most:,} at once"
        raise HTTPException(413, f"{batch.rows}: {told}")


def own(given: Any) -> str | int | None:
    """The id that a row, or a batch, goes by; it comes back."""
    ident = given.get("id") if isinstance(given, dict) else None
    return ident if isinstance(ident, (str, int)) and not isinstance(ident, bool) else None


async def answered(
    batch: Batch, edition: Edition, asked: Mapping[str, Any], rows: Sequence[Any], media: str
) -> bytes:
    """What is said of a batch, row by row, as JSON or NDJSON.

    Others are answered between two rows, so that nobody waits for a thousand.

    Raises:
        NoRow: If no row is understood.
        UsageError: If an option is not.
    """
    judge = batch.begin(edition, asked)
    items: Items = []
    wrong: Items = []
    for number, row in enumerate(rows, 1):
        await sleep(0)
        named = {"row": number, "id": own(row)}
        faults = _faults(batch.row, row, batch.rows[:-1])
        fault = [{**named, "field": field, "detail": says} for field, says in faults]
        items.append({**named, **judge(row, " ".join(map(_told, fault)))})
        wrong += fault[:1]
    if len(wrong) == len(rows):
        raise NoRow(batch, wrong)
    if media == NDJSON:
        return b"".join(map(encoded, items))
    head = {"snapshot": about(edition), "id": asked.get("id"), "count": len(items)}
    return encoded({**head, **batch.tally(items), "items": items})


def _value(text: str) -> Any:
    """What JSON says, or why it is none; so is each object in it that says a key twice."""
    try:
        return json.loads(text, object_pairs_hook=_once)
    except ValueError as error:
        return UsageError(f"this is no JSON: {one_line(str(error), 200)}")
    except RecursionError:
        return UsageError("this is nested too deeply")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any] | UsageError:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            return UsageError(f"{one_line(key, 60)} is given twice")
        found[key] = value
    return found


def _faults(shape: str, given: Any, whole: str) -> list[tuple[str, str]]:
    """What is wrong with a value, by its key; `whole` is all of it."""
    try:
        SHAPES[shape].model_validate(given)
    except ValidationError as error:
        faults = error.errors(include_url=False)
        # A key of two types has a fault for each: the first says enough.
        named = {str(f["loc"][0]) if f["loc"] else whole: f for f in reversed(faults)}
        return [(at, _fault(shape, fault)) for at, fault in sorted(named.items())]
    return []


def _fault(shape: str, fault: Mapping[str, Any]) -> str:
    """What would be right, in words."""
    if isinstance(fault["input"], UsageError):
        return str(fault["input"])
    if fault["type"] == "extra_forbidden" and len(fault["loc"]) == 1:
        return f"unknown key; there are {', '.join(SHAPES[shape].model_fields)}"
    return plain(fault["msg"], _KEYS)


def _told(fault: Mapping[str, Any]) -> str:
    return one_line(f"Row {fault['row']}, {fault['field']}: {fault['detail']}.", 500)
