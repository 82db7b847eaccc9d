"""Screening over HTTP: a verdict on one order, or on each of a batch, by the code that screens files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from regstatus.base.days import span
from regstatus.base.errors import UsageError
from regstatus.base.safe import one_line
from regstatus.catalog.profile_file import profile_of
from regstatus.decide.fresh_enough import read_ages
from regstatus.model.law import substance
from regstatus.query.destination import Destination, country_of
from regstatus.query.formats import encoded
from regstatus.query.verdict import ASK, REFUSE, SHIP, Screener, Verdict
from regstatus.web.api.batch import Batch, Items, Judge, parameters
from regstatus.web.api.endpoints import about
from regstatus.web.edition import Edition

OPTIONS, ORDER = parameters("ScreenOptions"), parameters("Order")
"""What a query may ask: of one order and of a batch; of one order alone."""


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


def _begin(edition: Edition, asked: Mapping[str, Any]) -> Judge:
    screener = _screener(edition, asked)

    def judge(order: Any, wrong: str) -> dict[str, Any]:
        found = Verdict(ASK, "unknown", wrong) if wrong else _verdict(screener, order)
        return found._asdict()

    return judge


def _counted(items: Items) -> dict[str, Any]:
    counts = Counter(item["verdict"] for item in items)
    return {"verdicts": {word: counts[word] for word in (SHIP, REFUSE, ASK)}}


BATCH = Batch("orders", 1_000, "Order", "ScreenOptions", _begin, _counted)


def _substance(product: str, name: str) -> str:
    try:
        return str(substance(name))
    except UsageError as error:
        raise UsageError(f"products.{one_line(product, 60)}: {error}") from None


def _verdict(screener: Screener, order: Mapping[str, Any]) -> Verdict:
    cells = {name: order.get(name) or "" for name in ("zip", "city", "county")}
    to = Destination(order.get("to") or "", **cells)
    return screener.verdict(to, order["product"], order.get("day"))
