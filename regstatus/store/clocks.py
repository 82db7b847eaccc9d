"""Reading the ledger: proven by its seal, and each clock checked before use.

What is damaged counts as never verified: it makes an answer stale, and no answer fresh.
"""

from __future__ import annotations

import os
import re
from datetime import date, datetime
from functools import lru_cache

from regstatus.base.errors import LaterFormat, SnapshotError
from regstatus.store.proof import NoFile, content, is_digest, read_sealed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    Announced = dict[str, str | None]

LEDGER_FORMAT = "regstatus-ledger/2"
ANNOUNCED = ("name", "kind", "title", "day", "effective", "url", "step", "heard")
"""What is kept of an announcement: as the feed has it, and the day on which it was heard first."""

_REMEDY = "run `regstatus snapshots verify`"
DOUBT = f"so nothing counts as verified; {_REMEDY}"
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)
# Those of `model.words`, which a look-up does not load.
# fmt: off
_OUTCOMES = frozenset((
    "ok", "unchanged", "blocked", "moved", "gone", "empty", "maintenance", "too_large", "wrong_type",
    "broken", "timeout", "rate_limited", "server_error", "http_error", "robots", "tls", "dns", "refused",
    "redirect_loop", "unreadable", "doubtful", "no_link", "skipped",
))
_VERDICTS = frozenset(("confirms", "contradicts", "unreadable"))
# fmt: on


class Clocks(dict[str, "dict[str, Any]"]):
    """The clocks of the documents, by key; one that is damaged holds the word `damaged`, and why.

    Attributes:
        runs: The last runs, oldest first.
        leads: Announcements already told, by their id.
        announced: What feeds announced last of each document, by place, feed and its name.
        kept: When the newest capture was kept of a document whose clock does not say so, by key.
        pruned: Captures older than this time may have been dropped; None where none were.
        faults: One sentence for each damaged part, naming the file.
        doubt: Why none of the clocks verifies anything; else None.
    """

    def __init__(self, *, doubt: str | None = None) -> None:
        super().__init__()
        self.runs: list[dict[str, Any]] = []
        self.leads: dict[str, str] = {}
        self.announced: dict[str, Announced] = {}
        self.kept: dict[str, str] = {}
        self.pruned: str | None = None
        self.faults: list[str] = []
        self.doubt = doubt


def read_ledger(path: str) -> Clocks:
    """Read a ledger; where it is missing or damaged its `faults` say so, and nothing is verified.

    Raises:
        LaterFormat: If a later release wrote it.
    """
    try:
        return _read(path)
    except LaterFormat:
        raise
    except SnapshotError as error:
        found = Clocks(doubt=f"the ledger is missing or damaged, {DOUBT}")
        found.faults.append(str(error))
        return found


def _read(path: str) -> Clocks:
    found = Clocks()
    try:
        data = content(path)
    except NoFile:
        if os.path.isdir(os.path.join(os.path.dirname(path), "reports")):
            raise SnapshotError(f"{path}: missing, though runs were made here") from None
        return found
    value = read_sealed(data, LEDGER_FORMAT, path)
    parts = [value.get(name, {}) for name in ("documents", "leads", "kept")]
    runs = value.get("runs", [])
    if [type(part) for part in (*parts, runs)] != [dict, dict, dict, list]:
        raise SnapshotError(f"{path}: damaged: its parts are not of the form {LEDGER_FORMAT}")
    documents, leads, found.kept = parts
    found.pruned = value.get("pruned")
    if found.pruned is not None and not _is_time(found.pruned):
        raise SnapshotError(f"{path}: damaged: pruned is {found.pruned!r:.60}")
    for key, clock in documents.items():
        why = _wrong(clock, _CLOCK) or (None if clock.get("url") else "it has no url")
        if why:
            found.faults.append(f"{path}: damaged: the clock of {key}: {why}")
            said = f"its clock is damaged: {why}; {_REMEDY}"
            clock = {"damaged": why, "outcome": "damaged", "problem": said}  # noqa: PLW2901
        found[key] = clock
    for run in runs:
        if why := _wrong(run, _RUN) or (None if run.get("started") else "it has no time"):
            found.faults.append(f"{path}: damaged: one of its runs: {why}")
        else:
            found.runs.append(run)
    for key, one in value.get("announced", {}).items():
        sound = isinstance(one, dict) and set(map(type, one.values())) <= {str, type(None)}
        if sound and all(_is_day(one.get(name)) for name in ("day", "effective", "heard")):
            found.announced[key] = {**dict.fromkeys(ANNOUNCED), **one}
        else:
            found.faults.append(f"{path}: damaged: what was announced as {key}")
    for key, day in leads.items():
        if isinstance(day, str):
            found.leads[key] = day
        else:
            found.faults.append(f"{path}: damaged: the lead {key} was told on {day!r:.60}")
    return found


def _is_day(text: str | None) -> bool:
    try:
        return text is None or bool(date.fromisoformat(text))
    except ValueError:
        return False


def _wrong(value: Any, checks: dict[str, Callable[[Any], object]]) -> str | None:
    """What is not well-formed in a clock or a run; what later releases add is left aside."""
    if not isinstance(value, dict):
        return "it is no object"
    for name, one in value.items():
        check = checks.get(name)
        if check is None or one is None or (check is str and type(one) is str):
            continue
        try:
            sound = check is not str and check(one)
        except (TypeError, ValueError, AttributeError):
            sound = False
        if not sound:
            return f"{name} is {one!r:.60}"
    return None


@lru_cache(1000)  # those of a clock are mostly one and the same
def _is_time(value: str) -> bool:
    return _TIME.fullmatch(value) is not None and bool(datetime.fromisoformat(value[:-1]))


def _is_count(value: Any) -> bool:
    return type(value) is int and 0 <= value < 1_000_000


_CLOCK: dict[str, Callable[[Any], object]] = {
    "outcome": _OUTCOMES.__contains__,
    "verdict": _VERDICTS.__contains__,
    "http_status": lambda value: _is_count(value) and 100 <= value < 1000,
    "failures": _is_count,
}
for _check, _names in (
    (str, "url final_url via via_copy problem etag last_modified validators_url recipe"),
    (
        _is_time,
        "last_fetched last_ok last_whole read_at turns_at verified_at text_changed_at failing_since",
    ),
    (_is_time, "archived_at former_until unreviewed"),
    (is_digest, "sha256 text_sha256 tree baseline"),
    (lambda value: {*map(type, value.values())} <= {str}, "copied earlier modified doubted"),
):
    _CLOCK |= dict.fromkeys(_names.split(), _check)
_RUN: dict[str, Callable[[Any], object]] = dict.fromkeys(("state", "version", "report"), str)
_RUN |= dict.fromkeys(("started", "finished"), _is_time)
