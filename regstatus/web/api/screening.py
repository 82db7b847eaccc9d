"""Screening over HTTP: a verdict on one order, or on each of a batch, by the code that screens files."""

from __future__ import annotations

import json
from asyncio import sleep
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pydantic import ValidationError
from starlette.exceptions import HTTPException

from regstatus.base.days import span
from regstatus.base.errors import UsageError
from regstatus.base.safe import one_line
from regstatus.catalog.profile_file import profile_of
from regstatus.catalog.toml import plain
from regstatus.decide.fresh_enough import read_ages
from regstatus.model.law import substance
from regstatus.model.schemas import SHAPES
from regstatus.query.destination import Destination, country_of
from regstatus.query.formats import encoded
from regstatus.query.listings import KNOWN, Parameter
from regstatus.query.verdict import ASK, REFUSE, SHIP, Screener, Verdict
from regstatus.web.api.endpoints import about
from regstatus.web.edition import Edition

MOST_ORDERS, MOST_BYTES = 1_000, 1_000_000
"""Of one batch."""
TOO_LONG = f"A batch has at most {MOST_BYTES:,} bytes and {MOST_ORDERS:,} orders."
NDJSON = "application/x-ndjson"
PATH = "/v1/screen"
_KEYS = "docs/http.md"
OPTIONS, ORDER = (
    tuple(
        KNOWN if name == "as_known_on" else Parameter(name, str(field.description).rstrip("."))
        for name, field in SHAPES[shape].model_fields.items()
        if name not in {"id", "profile", "products"}
    )
    for shape in ("ScreenOptions", "Order")
)
"""What a query may ask: of one order and of a batch; of one order alone."""


class NoOrder(UsageError):  # noqa: N818  (reads as the fact it states)
    """Raised where no order of a batch is understood; `rows` says what is wrong with each."""

    def __init__(self, rows: Sequence[Mapping[str, Any]]) -> None:
        super().__init__(f"No order is understood. {_told(rows[0])}")
        self.rows = rows


def one(edition: Edition, asked: Mapping[str, Any]) -> bytes:
    """The verdict on the order that a query describes.

    Raises:
        UsageError: If it names no product or no destination, or an option is not understood.
    """
    order = {item.name: asked[item.name] for item in ORDER if item.name in asked}
    if not order.get("product", "").strip():
        raise UsageError("product: say what is sent, such as product=kratom")
    if not any(order.get(name, "").strip() for name in ("to", "zip", "city", "county")):
        raise UsageError("to: say where it goes, by to, zip, city or county")
    found = _verdict(_screener(edition, asked), order)
    return encoded({**found._asdict(), "snapshot": about(edition)})


def read(body: bytes, media: str) -> tuple[dict[str, Any], list[Any]]:
    """The options of a batch and its orders, not yet looked at.

    JSON is understood as a whole or not at all, of NDJSON each line. Options of NDJSON stand in
    its first line: what has no key of an order is none, so that no misspelt option is passed over.

    Raises:
        UsageError: If it is not understood; the text names the key.
    """
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"the body is no UTF-8 text from byte {error.start} on") from None
    given: Any = {}
    if media == NDJSON:
        orders: Any = [_value(line) for line in text.split("\n") if line.strip()]
        keys = {*orders[0]} - {"id"} if orders and isinstance(orders[0], dict) else set()
        if keys and keys.isdisjoint(SHAPES["Order"].model_fields):
            given = orders.pop(0)
    else:
        given = _value(text)
        if isinstance(given, UsageError):
            raise given
        orders = given.pop("orders", None) if isinstance(given, dict) else None
        if not isinstance(orders, list):
            raise UsageError('orders: send an object with a list of them, {"orders": [{…}, …]}')
    return given, orders


def check(given: Mapping[str, Any], orders: Sequence[Any], asked: Mapping[str, Any]) -> None:
    """Look at the options of a batch, beside those of its query, and at how many orders it has.

    Raises:
        UsageError: If an option is not understood or given twice, or there is no order.
        HTTPException: If there are too many.
    """
    if twice := sorted(given.keys() & asked.keys()):
        raise UsageError(f"{twice[0]} stands in the address and in the body: give it once")
    if faults := _faults("ScreenOptions", given):
        raise UsageError("\n".join(f"{field}: {says}" for field, says in faults))
    if not orders:
        raise UsageError("orders: there is none")
    if len(orders) > MOST_ORDERS:
        told = f"orders: {len(orders):,} are too many; send up to {MOST_ORDERS:,} at once"
        raise HTTPException(413, told)


def own(given: Any) -> str | int | None:
    """The id that an order, or a batch, goes by; it comes back."""
    ident = given.get("id") if isinstance(given, dict) else None
    return ident if isinstance(ident, (str, int)) else None


async def batch(
    edition: Edition, asked: Mapping[str, Any], orders: Sequence[Any], media: str
) -> bytes:
    """The verdicts on a batch, one for each of its orders, as JSON or NDJSON.

    Others are answered between two orders, so that nobody waits for a thousand.

    Raises:
        NoOrder: If no order is understood.
        UsageError: If an option is not.
    """
    screener = _screener(edition, asked)
    items: list[dict[str, Any]] = []
    wrong: list[dict[str, Any]] = []
    for row, order in enumerate(orders, 1):
        await sleep(0)
        faults = _faults("Order", order)
        named = {"row": row, "id": own(order)}
        fault = [{**named, "field": field, "detail": says} for field, says in faults]
        unread = Verdict(ASK, "unknown", " ".join(map(_told, fault)))
        found = unread if fault else _verdict(screener, order)
        items.append({**named, **found._asdict()})
        wrong += fault[:1]
    if len(wrong) == len(orders):
        raise NoOrder(wrong)
    if media == NDJSON:
        return b"".join(map(encoded, items))
    counts = Counter(item["verdict"] for item in items)
    reply = {
        "snapshot": about(edition),
        "id": asked.get("id"),
        "count": len(items),
        "verdicts": {word: counts[word] for word in (SHIP, REFUSE, ASK)},
        "items": items,
    }
    return encoded(reply)


_READ: Mapping[str, Callable[[str], Any]] = {
    "country": country_of,
    "from": country_of,
    "fresh_enough": read_ages,
    "allow_stale": span,
}


def _screener(edition: Edition, asked: Mapping[str, Any]) -> Screener:
    """Made anew for each request: what it remembers are the words of whoever asks."""
    stale = None
    for name, read in _READ.items():
        try:
            stale = read(asked[name]) if asked.get(name) is not None else None
        except UsageError as error:
            raise UsageError(f"{name}: {error}") from None
    return Screener(
        edition.snapshot,
        now=edition.moment,
        profile=profile_of(asked["profile"]) if asked.get("profile") else None,
        country=asked.get("country"),
        sent_from=asked.get("from"),
        mapped={name: _substance(name, of) for name, of in asked.get("products", {}).items()},
        allow_stale=stale,
        fresh_enough=asked.get("fresh_enough"),
    )


def _substance(product: str, name: str) -> str:
    try:
        return str(substance(name))
    except UsageError as error:
        raise UsageError(f"products.{one_line(product, 60)}: {error}") from None


def _verdict(screener: Screener, order: Mapping[str, Any]) -> Verdict:
    cells = {name: order.get(name) or "" for name in ("zip", "city", "county")}
    to = Destination(order.get("to") or "", **cells)
    return screener.verdict(to, order["product"], order.get("day"))


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


def _faults(shape: str, given: Any) -> list[tuple[str, str]]:
    """What is wrong with a value, by its key; `order` is all of it."""
    try:
        SHAPES[shape].model_validate(given)
    except ValidationError as error:
        faults = error.errors(include_url=False)
        # A key of two types has a fault for each: the first says enough.
        named = {str(f["loc"][0]) if f["loc"] else "order": f for f in reversed(faults)}
        return [
            (at, str(f["input"]) if isinstance(f["input"], UsageError) else plain(f["msg"], _KEYS))
            for at, f in sorted(named.items())
        ]
    return []


def _told(fault: Mapping[str, Any]) -> str:
    return one_line(f"Row {fault['row']}, {fault['field']}: {fault['detail']}.", 500)
