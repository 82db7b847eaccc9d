"""Freshness: whether a record may still be trusted, and why, in words.

Staleness reads one clock alone: the last time that the official text was proven
to say it still, by the machine or by a named person. Fetches that failed and
days that pass never renew it.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from regstatus.model.law import FreshnessState, about
from regstatus.store.clocks import Clocks

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any, TypeVar

    from regstatus.decide.layer import Layer
    from regstatus.model import shapes
    from regstatus.store.clocks import Announced
    from regstatus.store.reader import Snapshot

    Entry = TypeVar("Entry", bound=Mapping[str, Any])
    States = Mapping[str, Mapping[str, Any]]
    Watched = Sequence[tuple[shapes.ReadingData, Mapping[str, Any]]]

NEVER_CHECKED = "no official source is watched for this place; it was never checked"
WITHDRAWN = (
    "its record was withdrawn: this place has no record, and no official source is watched for it"
)
NONE_SETTLES = "no official text that is watched for this place settles its status"
BY_HAND = "no program can fetch its official text, and no person has read it yet"
BEHIND = (
    "its source file is not the project's, and not made of the one that ships now: "
    "`regstatus sources diff`"
)

_OF_A_READING = (
    "verified_at", "attested", "attested_by", "limit_days", "as_of", "doubtful_from", "check_by",
)  # fmt: skip
_WORSE = tuple(map(str, FreshnessState))
_AHEAD = timedelta(days=1)
"""How far two machines' clocks may differ; a verification further ahead proves nothing."""

_LOOKED = timedelta(days=90)
"""The time after which a proposal without a first day of its own must be looked at again."""


def moment(text: str) -> datetime:
    """Read a time as the ledger writes it; UTC."""
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def worst(
    layers: Sequence[Layer], snapshot: Snapshot, now: datetime, substance: str
) -> shapes.FreshnessData:
    """The clocks of the first layer, and the worst state of all, as any may hide a ban."""
    if not layers[0].recorded:
        why = WITHDRAWN if layers[0].id in snapshot.former else NEVER_CHECKED
        never: Any = {"state": "unverified", **dict.fromkeys(_OF_A_READING), "reasons": [why]}
        return never  # type: ignore[no-any-return]
    found, *above = (
        freshness(layer.record, snapshot.ledger, now, snapshot.known_until, substance)
        for layer in layers
        if layer.recorded
    )
    names = (layer.name for layer in layers[1:] if layer.recorded)
    for name, other in zip(names, above, strict=True):
        found["reasons"] += [f"{name}: {why}" for why in other["reasons"]]
        found["state"] = max(found["state"], other["state"], key=_WORSE.index)
        found["as_of"] = min(found["as_of"] or "", other["as_of"] or "")
        days = (found["doubtful_from"], other["doubtful_from"])
        found["doubtful_from"] = min(filter(None, days), default=None)
    return found


def freshness(
    record: shapes.RecordData,
    clocks: States,
    now: datetime,
    known_until: str | None = None,
    substance: str | None = None,
) -> shapes.FreshnessData:
    """Judge a record's freshness by the ledger's clocks; there are reasons wherever it is not fresh.

    For a question about an earlier version, `known_until` is the last moment, UTC, whose
    verifications count. What speaks against the record counts where it is about the `substance`.
    """
    watched = _watched(record, clocks)
    limit, attested = record["stale_after_days"], date.fromisoformat(record["attested"])
    verified, stale = _verified(record, watched, clocks, known_until, now)
    person = record["read_officially"] and verified == moment(f"{attested}T00:00:00Z")
    due: list[str] = []
    if verified is None:
        days = (now.date() - attested).days
        ago = f"{days} days ago" if days >= 0 else "a day still to come"
        stale.append(f"attested {attested} by {record['attested_by']}, {ago} (limit {limit})")
    elif (age := (now - verified).days) > limit:
        stale.append(f"not verified for {age} days (limit {limit})")
    elif age * 2 > limit:
        due.append(f"last verified {age} days ago (limit {limit})")
    since = verified.date() if verified else attested
    for day, pending in passed(record, since.isoformat(), now.date()):
        if pending is None:
            stale.append(f"an enacted change took effect on {day}, after the last verification")
            continue
        from regstatus.decide.proposals import perhaps_law

        what, looked = f"{pending['citation']} ({pending['stage']})", pending["as_of"]
        since_then = (now.date() - date.fromisoformat(looked)).days
        due.append(
            f"{what}, perhaps law by now: look at it"
            if perhaps_law(pending)
            else f"{what} could have become law since {day}; not looked at since {looked}"
            if pending["earliest"]
            else f"pending {what} without a day, not looked at for {since_then} days"
        )
    due += _unrecorded(record, clocks, since.isoformat(), now.date().isoformat())
    due += (troubles := [*_troubles(record, watched)])
    tests = {
        FreshnessState.UNVERIFIED: verified is None,
        FreshnessState.STALE: stale,
        FreshnessState.DUE: due,
        FreshnessState.ATTESTED: person or any(clock.get("attested") for _, clock in watched),
    }
    return {
        "state": str(next((state for state, so in tests.items() if so), FreshnessState.FRESH)),
        "verified_at": None if verified is None else verified.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "attested": record["attested"],
        "attested_by": record["attested_by"],
        "limit_days": limit,
        "as_of": since.isoformat(),
        "doubtful_from": since.isoformat()
        if troubles or record["contradictions"] or any(_bears(substance, record["conflicts"]))
        else min(
            (day for day, _ in passed(record, since.isoformat(), date.max, substance)), default=None
        ),
        "check_by": (since + timedelta(days=limit)).isoformat(),
        "reasons": stale + due,
    }


def stale_from(
    record: shapes.RecordData,
    clocks: States,
    now: datetime,
    known_until: str | None = None,
) -> str:
    """The first day (UTC) at whose end a record is not to be trusted, if nothing is verified in between.

    A record that was never verified is not from the day of its attestation. The
    rule itself stays in `freshness`: it is asked about each day on which it may turn.
    """
    state = freshness(record, clocks, now, known_until)
    if state["verified_at"] is None:
        return str(state["attested"])
    verified = moment(state["verified_at"]).date().isoformat()
    last = (date.fromisoformat(state["check_by"] or "") + _AHEAD).isoformat()
    turns = {last, *(period["from"] for period in record["timeline"])}
    for day in sorted(turn for turn in turns if turn and verified < turn < last):
        end = datetime.combine(date.fromisoformat(day), time.max, UTC)
        if not FreshnessState(freshness(record, clocks, end, known_until)["state"]).trusted:
            return str(day)
    return last


def _watched(record: shapes.RecordData, clocks: States) -> Watched:
    """The documents on which a status rests, with their clocks; one of another address says nothing."""
    people: dict[str, str] = {}
    for entry in record["attestations"]:
        # A person's reading proves the text for its day, from when that day begins.
        read = f"{entry['day']}T00:00:00Z"
        if entry["kind"] != "excerpt":
            people[entry["document"]] = max(people.get(entry["document"], read), read)
    found = []
    for name, document in record["documents"].items():
        if document["reads"] == "feed" or not document["settles"]:
            continue
        clock = clocks.get(f"{record['id']}:{name}", {})
        if "damaged" not in clock and clock.get("url") != document["url"]:
            clock = {}
        if name in people:
            read, seen = people[name], clock.get("verified_at") or ""
            clock = {**clock, "verified_at": max(seen, read), "attested": read > seen}
        if name in people or not document["people_only"] or clock.get("verified_at"):
            found.append((document, clock))
    return found


def _verified(
    record: shapes.RecordData,
    watched: Watched,
    clocks: States,
    known_until: str | None,
    now: datetime,
) -> tuple[datetime | None, list[str]]:
    """The oldest of the documents' verifications, or a person's, whichever is later; else why none is."""
    # What was damaged may have said that a person must look.
    reasons = [clocks.doubt] if isinstance(clocks, Clocks) and clocks.doubt else []
    reasons += [
        f"its clock in the ledger is damaged ({why}): {document['title']}"
        for document, clock in watched
        if (why := clock.get("damaged"))
    ]
    if reasons:
        return None, reasons
    times: list[datetime] = []
    for document, clock in watched:
        at = clock.get("verified_at")
        if at is None or (known_until is not None and at > known_until):
            reasons.append(_never(document["title"], clock))
        elif moment(at) > now + _AHEAD:
            # Else what a wrong clock wrote would stay fresh for years.
            reasons.append(f"verified at a time still to come ({at[:10]}): {document['title']}")
        else:
            times.append(moment(at))
    best = min(times) if times and not reasons else None
    if record["read_officially"]:
        person = moment(f"{record['attested']}T00:00:00Z")
        best = max(best or person, person)
    if best is not None:
        return best, []
    by_hand = [d["title"] for d in record["documents"].values() if d["people_only"]]
    if not reasons and by_hand:
        reasons = [f"{BY_HAND}: {by_hand[0]}"]
    return None, reasons or [NONE_SETTLES if record["documents"] else NEVER_CHECKED]


def _never(title: str, clock: Mapping[str, Any]) -> str:
    if not clock.get("last_fetched"):
        return f"never fetched: {title}"
    if clock.get("verdict") == "contradicts":
        return f"read, but it contradicts the record: {title}"
    return f"never read: {title} ({clock.get('problem') or clock.get('outcome')})"


def passed(
    record: shapes.RecordData, since: str, until: date, substance: str | None = None
) -> Iterator[tuple[str, shapes.PendingData | None]]:
    """Days up to one since which a proposal must be looked at; or, after another, an enacted change holds."""
    last = until.isoformat()
    for period in record["timeline"]:
        if not period.get("from_at_latest") and since < (start := period["from"] or "") <= last:
            yield start, None
    for pending in _bears(substance, record["pending"]):
        if day := undecided(pending, last):
            yield day, pending


def _unrecorded(record: shapes.RecordData, clocks: States, since: str, today: str) -> Iterator[str]:
    """What a feed told of since the record was proven, which nobody recorded, and whose day has come."""
    if not isinstance(clocks, Clocks) or not clocks.announced:
        return
    from regstatus.decide.proposals import perhaps_law, proposals

    for item, news in proposals(record, clocks.announced):
        if item in record["pending"]:
            if news and perhaps_law(item, news) and not perhaps_law(item):
                step = f"{item['citation']} ({news['step']})"
                yield f"{step}, perhaps law by now: look at it; heard of on {news['day']}"
        elif (item["as_of"] > since or perhaps_law(item)) and (day := undecided(item, today)):
            yield f"{item['citation']} ({item['stage']}), which nobody recorded, may be law since {day}"


def undecided(pending: shapes.PendingData, today: str, news: Announced | None = None) -> str | None:
    """The day since which a proposal must be looked at again: it may be law, or nobody looked for long."""
    from regstatus.decide.proposals import perhaps_law

    if (day := perhaps_law(pending, news)) and day <= today:
        return day
    looked = date.fromisoformat(pending["as_of"])
    day = pending["earliest"] or (looked + _LOOKED).isoformat()
    return day if day <= today else None


def _bears(substance: str | None, entries: Sequence[Entry]) -> Iterator[Entry]:
    """Those that are about a substance, or do not say what they are about."""
    for entry in entries:
        named: Sequence[str] = entry.get("substances") or ()  # older versions may have none
        if substance is None or not named or substance in named:
            yield entry


def _troubles(record: shapes.RecordData, watched: Watched) -> Iterator[str]:
    if record.get("own") == "behind":
        yield BEHIND
    for document, clock in watched:
        title = document["title"]
        if clock.get("failures"):
            since = (clock.get("failing_since") or "")[:10]
            how = "not trusted" if clock.get("outcome") == "doubtful" else "failing"
            yield f"{how} since {since}: {title} ({clock.get('problem')})"
        if where := elsewhere(clock):
            yield f"{where}: {title}"
        changed = (clock.get("text_changed_at") or "")[:10]
        # A person who attests the record after the change has reviewed it.
        # Words that were laid beside those last confirmed, and trusted, are the new baseline.
        trusted = clock.get("baseline") and clock["baseline"] == clock.get("text_sha256")
        if changed > record["attested"] and not trusted:
            yield f"the text changed on {changed} and was not reviewed: {title}"
    for item in record["contradictions"]:
        if not item.get("undoes"):
            yield (
                f"{item['document']} contradicts the record on {about(item['about'])}, not reviewed"
            )


def elsewhere(clock: Mapping[str, Any]) -> str | None:
    """Where a text was last read, if not at its main address; in words."""
    where = clock.get("via_copy")
    if not where:
        return None
    if archived := clock.get("archived_at"):
        word = "verified by" if clock.get("verdict") == "confirms" else "read in"
        via, what = clock.get("via") or "", f"an archived capture of {archived[:10]} at"
        if via.startswith("brought by "):  # as `model.text` has it, which a look-up does not load
            what = f"a page saved on {archived[:10]} and {via}, of"
        return f"{word} {what} {where}"
    return f"read from another official copy on {(clock.get('last_ok') or '')[:10]}, {where}"
