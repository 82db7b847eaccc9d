"""Message: the events of one or several runs, chosen for one target, as JSON and as words.

All words come from outside at last: control characters are taken out, Markdown
is escaped as in the report, and mentions cannot call anyone.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from fnmatch import fnmatchcase
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from regstatus.base.safe import markdown, without_controls
from regstatus.model.event_kinds import Level, told_of
from regstatus.report.notify.config import RUN, Target

if TYPE_CHECKING:
    from regstatus.model.shapes import ChangeData, NotificationData, ReportData, RunData, ToldData

FORMAT = "regstatus-notification/1"
LONGEST = 4000
"""Characters of a message's text; services that take less split or cut it themselves."""
EVENTS = 200
"""Events in the JSON of one message; the rest are counted."""
SENTENCE = 500
QUOTE = 300
NOTE = 2000
STATES = {
    "held": "a run is held and waits for review",
    "failed": "the runs fail",
    "complete": "the runs are complete again",
}
"""The states that the runs can be in, in the words of a title."""
FOOT = "Information with its sources, not legal advice."


def event_key(event: ChangeData) -> str:
    """What makes an event the same event in another run: all but its day and its wording."""
    names = ("kind", "jurisdiction", "substance", "before", "after", "law_date", "document")
    words = json.dumps([event.get(name) for name in names])
    return sha256(words.encode()).hexdigest()[:16]


def _wanted(event: ChangeData, target: Target) -> bool:
    place, substance = event["jurisdiction"], event["substance"]
    places = target.jurisdictions
    return (
        (not places or any(fnmatchcase(place, pattern) for pattern in places))
        and (not target.substances or not substance or substance in target.substances)
        and (not target.kinds or event["kind"] in target.kinds)
        and told_of(event["kind"]).level.rank >= target.minimum.rank
    )


def compose(
    target: Target,
    run: ReportData,
    before: str,
    events: Sequence[ChangeData],
    *,
    base_url: str | None = None,
) -> NotificationData | None:
    """The message for one target, or None where there is nothing to say to it.

    Args:
        target: Whom it is for.
        run: `started`, `state`, `version`, `origin` and `note` of the newest run.
        before: The state of the runs when the target was last told.
        events: All that it has not been told yet, oldest first.
        base_url: Where pages are published, if they are.
    """
    wanted = [event for event in events if _wanted(event, target)]
    # The weightiest first.
    chosen = sorted(wanted, key=lambda event: -told_of(event["kind"]).level.rank)
    turned = run["state"] != before and (not target.kinds or RUN in target.kinds)
    if not chosen and not turned:
        return None
    base = target.base_url or base_url
    marks = [target.label, run["started"], run["state"], *(event_key(e) for e in chosen)]
    told: RunData = {
        "started": run["started"],
        "state": run["state"],
        "before": before,
        "version": run.get("version"),
        "origin": _clean(run.get("origin")),
        "note": _clean(run.get("note") or "")[:NOTE] or None,
    }
    changes = [_told(event, base) for event in chosen[:EVENTS]]
    text = _text(told, changes, len(chosen), base)
    body = _body(json.dumps(marks), told, _title(chosen, run["state"], before), text)
    return {**body, "changes": changes, "more": max(0, len(chosen) - EVENTS)}


def sample(target: Target, started: str) -> NotificationData:
    """A message that only says that messages arrive; it invents no law."""
    text = f"A test: messages of regstatus reach this target. It was sent at {started}.\n\n{FOOT}"
    state = dict.fromkeys(("state", "before"), "complete")
    nothing = dict.fromkeys(("version", "origin", "note"))
    run: Any = {"started": started, **state, **nothing}
    return _body(f"test {target.label} {started}", run, "regstatus: a test", text, test=True)


def _body(
    marks: str, run: RunData, title: str, text: str, *, test: bool = False
) -> NotificationData:
    return {
        "format": FORMAT,
        "id": sha256(marks.encode()).hexdigest()[:32],
        "test": test,
        "run": run,
        "title": title,
        "text": text,
        "changes": [],
        "more": 0,
    }


def body_bytes(body: NotificationData) -> bytes:
    """The bytes that a webhook gets: the same for the same message, whenever it is sent."""
    return json.dumps(body, sort_keys=True, separators=(",", ":")).encode("ascii")


def _told(event: ChangeData, base: str | None) -> ToldData:
    cleaned: ChangeData = _clean(event)
    # Where `regstatus publish` puts the page of a jurisdiction.
    link = f"{base.rstrip('/')}/j/{quote(event['jurisdiction'])}.html" if base else None
    return {**cleaned, "level": str(told_of(event["kind"]).level), "link": link}


def _clean(value: Any) -> Any:
    """Words from outside without control characters, and such as UTF-8 can hold."""
    if isinstance(value, str):
        return without_controls(value).encode("utf-8", "replace").decode()
    if isinstance(value, (list, tuple)):
        return [_clean(item) for item in value]
    if isinstance(value, dict):
        return {key: _clean(item) for key, item in value.items()}
    return value


def _title(events: Sequence[ChangeData], state: str, before: str) -> str:
    parts = [STATES[state]] if state != before else []
    if events:
        places = list(dict.fromkeys(str(event["jurisdiction"]) for event in events))
        shown = ", ".join(places[:3]) + (f" and {len(places) - 3} more" if len(places) > 3 else "")
        count = f"{len(events)} event{'s' if len(events) > 1 else ''}"
        high = sum(told_of(event["kind"]).level is Level.HIGH for event in events)
        parts.append(f"{count} ({high} of weight) in {shown}" if high else f"{count} in {shown}")
    return str(_clean(f"regstatus: {'; '.join(parts)}"))


def _text(run: RunData, changes: Sequence[ToldData], total: int, base: str | None) -> str:
    lines = [_opening(run), ""]
    if run["origin"]:
        lines += [f"**Not from official hosts: {_safe(run['origin'], SENTENCE)}.**", ""]
    if run["note"]:
        lines += [_safe(run["note"], SENTENCE), ""]
    room = LONGEST - sum(len(line) + 1 for line in lines) - len(FOOT) - 200
    shown = 0
    for event in changes:
        entry = _entry(event)
        room -= sum(len(line) + 1 for line in entry)
        if room < 0:
            break
        lines += entry
        shown += 1
    if shown < total:
        where = f": {_safe(base, 100)}" if base else ""
        lines += ["", f"… and {total - shown} more{where}."]
    return "\n".join([*lines, "", FOOT])


def _opening(run: RunData) -> str:
    when = f"Run of {run['started']}"
    if run["state"] == "held":
        return (
            f"{when}: **held.** It would change more statuses than the flip budget allows. Nothing "
            "was published; read the report, then run `regstatus update --accept`."
        )
    if run["state"] == "failed":
        return f"{when}: **failed.** Nothing was published; every answer stands as it was."
    if run["version"]:
        return f"{when}: version **{_safe(run['version'], 40)}** was published."
    return f"{when}: no fact changed, so no new version was written."


def _entry(event: ToldData) -> list[str]:
    sentence = _safe(event["sentence"], SENTENCE)
    lines = [f"- **{_safe(event['kind'], 40)}** {_safe(event['jurisdiction'], 60)}: {sentence}"]
    if event["quote"]:
        lines.append(f"  > {_safe(event['quote'], QUOTE)}")
    lines.extend(f"  {_safe(url, 500)}" for url in (event["link"], event["url"]) if url)
    return lines


def _safe(words: Any, limit: int) -> str:
    text = str(_clean(str(words)))
    text = text if len(text) <= limit else f"{text[: limit - 1]}…"
    # A service that turns @everyone into a call must not do so for a page's words.
    return markdown(text).replace("@", "@\u200b")
