"""Meanings: what the words in a file of orders stand for, each distinct word read once.

A word that fits two places, or none, has no meaning here but a reason: among a
million rows nobody is asked back, so nothing is guessed.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from regstatus.base.days import read_day
from regstatus.base.errors import UsageError
from regstatus.base.safe import without_controls
from regstatus.catalog.places import Registry
from regstatus.model.law import substance
from regstatus.store.reader import Snapshot
from regstatus.tables.screen.read_csv import cells

_SUGGESTED = 100
"""For so many names that nobody knows near ones are sought; it is slow, and enough to see why."""
_SHOWN = 60
"""Characters of a word that a reason repeats."""
_CLOCK = r"[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)? ?(?:Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?"
_DAY = re.compile(rf"(\d{{4}}-\d\d-\d\d)(?:{_CLOCK})?", re.ASCII)


def country_of(name: str | None) -> str | None:
    """The id of the country that bare codes belong to; None for `all`, or if none is named."""
    if name is None or name.casefold() == "all":
        return None
    return Registry().resolve(name).id


def meanings(
    texts: Iterable[str], kind: str, meaning: Callable[[str], str]
) -> list[dict[str, Any]]:
    """Each of these texts, as people typed them: `text`, its `kind`, and `why` where it has none."""
    found: list[dict[str, Any]] = []
    for text in texts:
        try:
            found.append({"text": text, kind: meaning(text), "why": None})
        except UsageError as error:
            found.append({"text": text, kind: None, "why": without_controls(str(error))})
    return found


def places(snapshot: Snapshot, country: str | None = None) -> Callable[[str], str]:
    """What gives the `id` of a destination; the localities of the snapshot are known by name.

    Only what lies in the `country`, a name or code, is meant, so that in `US` `CA` is California.
    `all`: codes are those of countries (ISO 3166-1). If None, a code that is both has no meaning.
    """
    registry, within, lost = Registry(snapshot.localities()), country_of(country), 0

    def place(text: str) -> str:
        nonlocal lost
        if not text.strip():
            raise UsageError("No destination is given.")
        if lost >= _SUGGESTED and not registry.readings(text):
            raise UsageError(f"No jurisdiction is called {_shown(text)}.")
        try:
            read = registry.interpret(text, within=within)
        except UsageError:
            lost += 1
            raise
        if (read.also and country is None) or read.bare_locality:
            raise UsageError(f"Not certain: {read.hint}")
        return read.jurisdiction.id

    return place


def product(text: str, mapped: Mapping[str, str]) -> str:
    """The `substance` of a product; what `product_map` read goes before the everyday names."""
    if found := mapped.get(_key(text)):
        return found
    if not text.strip():
        raise UsageError("No product is given.")
    try:
        return str(substance(text))
    except UsageError:
        raise UsageError(
            f"The product {_shown(text)} is not known: name its substance in a product map."
        ) from None


def day(text: str) -> str:
    """The `day` (ISO text) of `2026-11-22`, also with a time after it, which is left aside."""
    match = _DAY.fullmatch(text.strip())
    if match is None:
        raise UsageError(f"The day {_shown(text)} is not written as 2026-11-22.")
    try:
        return read_day(match[1]).isoformat()
    except UsageError:
        raise UsageError(f"The day {_shown(text)} is not in the calendar.") from None


def product_map(name: Path) -> dict[str, str]:
    """Read which product is which substance from a CSV file with columns of these names.

    Raises:
        UsageError: For a missing column, an unknown substance or a product that is two
            things; the text names file, line and remedy.
    """
    lines = cells(name)
    head = [cell.strip().casefold() for cell in next(lines, (1, []))[1]]
    if missing := {"product", "substance"} - set(head):
        raise UsageError(
            f"{name}: no column {min(missing)!r}; its first line must name product and substance"
        )
    at, of = head.index("product"), head.index("substance")
    found: dict[str, str] = {}
    for line, row in lines:
        if not any(cell.strip() for cell in row):
            continue
        product = row[at].strip() if at < len(row) else ""
        try:
            made_of = str(substance(row[of] if of < len(row) else ""))
        except UsageError as error:
            raise UsageError(f"{name}:{line}: {error}") from None
        if not product:
            raise UsageError(f"{name}:{line}: no product is named")
        if found.setdefault(_key(product), made_of) != made_of:
            raise UsageError(
                f"{name}:{line}: {product!r} is {found[_key(product)]} in an earlier line; "
                "keep one of both"
            )
    return found


def _key(text: str) -> str:
    return " ".join(text.casefold().split())


def _shown(text: str) -> str:
    text = without_controls(text.strip())
    return repr(text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…")
