"""A store in which every text is hostile, as a spoilt page or a spoilt file could make it."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime

from regstatus.model.law import Activity, Grade, Permission, Status, Substance
from regstatus.model.words import Context, EventKind, Format, Reads, UrlBasis, Verdict
from regstatus.store.proof import seal_line
from tests.support.make import FEDERAL, TEXAS, finding, mention, publish, record

TEXT = "=1+1;<script>alert(1)</script>\"'&{{7*7}}{% raw %}\x1b[31m\u202e\x00\ufffejavascript:alert(1)]]>\r\nX:1"
SCRIPT_URL = "javascript:alert(1)//<script>alert(1)</script>\"'"
MARKUP_URL = "https://evil.example/\"onmouseover='alert(1)'><script>alert(1)</script>"

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(T.*)?\Z")
_WORDS = {
    str(word)
    for kind in (
        Activity, Context, EventKind, Format, Grade, Permission, Reads, Status, Substance,
        UrlBasis, Verdict,
    )
    for word in kind
}  # fmt: skip
_NAMES = {"id", "parent", "document", "level", "instruments"}
"""Keys of what points at something else, whose form the reading of source files holds to."""

LATER = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def spoilt(value, key="", url=SCRIPT_URL):
    """The same JSON with every free text replaced."""
    if isinstance(value, dict):
        return {name: spoilt(item, name, url) for name, item in value.items()}
    if isinstance(value, list):
        return [spoilt(item, key, url) for item in value]
    if not isinstance(value, str) or key in _NAMES or value in _WORDS or _DAY.match(value):
        return value
    return url if key.endswith("url") else TEXT


def full():
    """A record and the one above it with something in every field."""
    state = record(
        TEXAS.replace('title = "', 'note = "n"\ntitle = "', 1),
        {"hs-444": finding(mention(Substance.LEAF, Context.LISTED), age=21, cap=2)},
    )
    state |= {
        "notes": "notes",
        "adopts_federal": "adopts",
        "positions": [
            {"by": "b", "citation": "c", "date": "2025-01-01", "says": "s", "url": "u", "enforced": True}
        ],
        "conflicts": [{"about": "a", "claims": ["one", "two"], "held": "h"}],
        "contradictions": [
            {
                "document": "hs-444", "about": "leaf", "recorded": "recorded", "observed": "observed",
                "sets": {"leaf": "banned"}, "quote": "q", "recorded_quote": "r", "found_on": "2026-11-22",
            }
        ],
    }  # fmt: skip
    state["instruments"]["sb-497"] |= {
        "title": "t", "url": "u", "url_basis": "seen", "quote": "q", "quote_from": "f", "note": "n",
    }  # fmt: skip
    period = state["timeline"][-1]
    period |= {
        "schedule": "I", "penalties": "p", "summary": "s", "limits": {"persons": "x", "export": "y"},
        "until": "2027-05-05",
    }  # fmt: skip
    state["timeline"].append({**period, "from": "2027-05-05", "until": None, "challenged": "c"})
    state["timeline"][-1]["statuses"] = dict.fromkeys(period["statuses"], "banned")
    country = record(FEDERAL)
    town = {**state, "id": "US-TX/xtown", "name": "X", "level": "city", "parent": "US-TX"}
    return [state, country, town]


def event(kind="text_changed", place="US-TX", **facts):
    """One event with something in every field."""
    return {
        "kind": kind, "jurisdiction": place, "substance": "leaf", "before": "banned",
        "after": "unregulated", "law_date": "2026-01-01", "observed": "2026-11-23", "document": "hs-444",
        "url": "u", "quote": "q", "sentence": "s", "details": ["d", "e"], **facts,
    }  # fmt: skip


def store(folder, url=SCRIPT_URL):
    """Write the store; its second version tells of every kind of change."""
    plain = full()
    changes = [spoilt(event(str(kind), before="b", after="a"), url=url) for kind in EventKind]
    changes += [
        spoilt(event("status_changed"), url=url),
        {**spoilt(event(), url=url), "kind": TEXT, "jurisdiction": TEXT, "law_date": TEXT},
    ]
    publish(folder, *plain)
    records = [spoilt(item, url=url) for item in plain]
    publish(folder, *records, created=LATER, changes=changes, origin=TEXT)
    clock = {
        "url": url, "last_fetched": "2026-11-23T11:00:00Z", "last_ok": "2026-11-23T11:00:00Z",
        "outcome": "gone", "problem": TEXT + "\ud800", "failures": 2, "failing_since": "2026-11-20T11:00:00Z",
        "via_copy": url, "archived_at": "2026-11-19T11:00:00Z", "verdict": "contradicts", "sha256": "0" * 64,
        "etag": TEXT, "verified_at": "2026-11-23T11:00:00Z",
    }  # fmt: skip
    run = {
        "started": "2026-11-23T10:00:00Z", "finished": "2026-11-23T11:00:00Z", "state": TEXT,
        "version": TEXT, "counts": {TEXT: 3}, "note": TEXT, "flips": [TEXT],
    }  # fmt: skip
    ledger = {
        "format": "regstatus-ledger/2",
        "documents": {"US-TX:hs-444": clock, "US-TX:hs-481": clock | {"outcome": "blocked"}},
        "runs": [run],
        "leads": {},
    }
    body = json.dumps(ledger).removesuffix("}").encode()
    (folder / "ledger.json").write_bytes(body + seal_line(body))
    return folder
