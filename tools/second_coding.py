# ruff: noqa: E501  (the texts of the page are lines of the page)
"""Compare the two independent codings of the law, and write `docs/second-coding.md`.

`docs/second-coding/` keeps both as they stood before any difference was resolved: one file for each
place that was coded a second time, `first.json` with what the source files said, and
`resolutions.json` with what became of each difference. What one coder did not read is not compared.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from textwrap import fill
from typing import Any, NamedTuple

from regstatus.catalog.sources import load_catalog
from regstatus.model.law import PERMISSIONS, Substance
from regstatus.model.source import PeriodEntry, Source

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "docs" / "second-coding"
OUT = ROOT / "docs" / "second-coding.md"
ACTIVITIES = ("possess", "sell", "import")

HEAD = """# Second coding

<!-- Written by tools/second_coding.py. -->

The law of {places} places was coded twice: first for the source files, and anew on 2026-11-30 by a second coder, from texts and copies that could be
read, by the [codebook](codebook.md) and without sight of the files. Both codings are kept as they stood before any difference was resolved: the second under
[second-coding/](second-coding/), with sources and quotations, the first in [first.json](second-coding/first.json). A fact that one of them did not read is not
compared. That makes both numbers kinder than they would be over all facts, and both coders had in part the same public copies and trackers before them;
agreement shows that the law was coded alike, not that it was read from an official text. Two coders can agree and both be wrong: see Maryland below.

Kappa is Cohen's: 1 is full agreement, 0 is what chance would give. Days have none, since nearly every day is a class of its own; they are
compared where the status agrees and the second coder read the day of force.

| Field | Compared | Agree | Agreement | Kappa |
|---|---:|---:|---:|---:|"""
AFTER = """## Differences, and how each was resolved

First coder / second coder; then what is held now. What changed in an answer stands in [corrections](corrections.md) as well.
"""
DROPPED = """Both coders held **Maryland** to be regulated; § 21-2E-02(a)(2)(ii) in its own words forbids the sale of what FDA does not recognise, so it is now
sale prohibited. Both held **Puerto Rico** and **Austria** unregulated by lists of which part was not read: unknown now.

## Facts

[tests/facts.csv](../tests/facts.csv) keeps single facts with place, day, substance, value and where each was read; a test asks the record for every one. From the
facts of the second coding these were left out: days and readings that the coder marked as of low confidence; what cannot be asked in one word ("named in no
schedule", "medicines list"); days before the record was researched or before its first day "at the latest", where an answer is unknown by design; and the
differences above in which the first coding was held. So were: Connecticut on 2026-03-13 (approved 2026-02-24, in force 2026-03-25 in the record); Virginia's
derivatives, where federal law is stricter; Maryland's age, cap and duties, which stand beside a closed sale; a few duties, caps, schedules and older days (Czechia,
Denver, Indonesia, New York, Nevada, Ohio, Oceanside, Texas, Wyoming) that the record leaves open or codes in other words. They are not settled by this.
"""

Coding = dict[str, Any]


class Pair(NamedTuple):
    """One fact that both coders gave."""

    place: str
    field: str
    """Heading under which it is counted."""
    about: str
    """What it is: the field, and the substance where there is one."""
    first: str
    second: str

    @property
    def resolved_under(self) -> str:
        """Key of its resolution: one for all substances of a day."""
        return "since" if self.field == "since" else self.about

    @property
    def agrees(self) -> bool:
        """True where both coded the same."""
        return self.first == self.second


def kappa(pairs: list[tuple[str, str]]) -> float | None:
    """Cohen's kappa: agreement beyond what chance would give; None where chance alone gives all."""
    total = len(pairs)
    one, two = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(one[word] * two[word] for word in one) / total**2 if total else 1.0
    observed = sum(a == b for a, b in pairs) / total if total else 1.0
    return None if chance == 1 else (observed - chance) / (1 - chance)


def first_coding(source: Source, on: date) -> Coding:
    """What a source file says of its own layer on a day, in the form of a coding."""
    timeline = source.timeline
    ends = [later.from_ for later in timeline[1:]] + [None]
    now = [
        at
        for at, (period, end) in enumerate(zip(timeline, ends, strict=True))
        if (period.from_ or date.min) <= on < (period.until or end or date.max)
    ]
    if not now:
        return {"substances": {}, "duties": {}, "may": {}}
    at = now[0]
    period = timeline[at]
    statuses = {sub: status for sub in Substance if (status := _status(period, sub))}
    lead = next(iter(statuses.values()))
    may = PERMISSIONS[lead]
    duties = {**period.duties, **({"penalties": True} if period.penalties else {})}
    return {
        "substances": {
            str(sub): {"status": str(status), "since": _since(timeline, at, sub)}
            for sub, status in statuses.items()
        },
        "minimum_age": period.minimum_age,
        "seven_oh_cap": str(period.seven_oh_cap) if period.seven_oh_cap else None,
        "duties": {key: value for key, value in duties.items() if value is not None},
        "may": {
            act: str(getattr(period, act + "_" * (act == "import")) or may[act])
            for act in ACTIVITIES
        },
    }


def _status(period: PeriodEntry, substance: Substance) -> Any:
    return period.by_substance().get(substance)


def _since(timeline: tuple[PeriodEntry, ...], at: int, substance: Substance) -> str | None:
    status = _status(timeline[at], substance)
    while (
        at
        and _status(timeline[at - 1], substance) == status
        and timeline[at - 1].until in (None, timeline[at].from_)
    ):
        at -= 1
    first = timeline[at].from_
    return first.isoformat() if first else None


def pairs(place: str, first: Coding, second: Coding) -> list[Pair]:
    """Every fact that both gave. Days are compared where the second coder read the first day of force."""
    out: list[Pair] = []

    def add(field: str, about: str, one: Any, two: Any) -> None:
        if one is not None and two is not None:
            out.append(Pair(place, field, about, _word(one), _word(two)))

    for name, theirs in second["substances"].items():
        ours = first["substances"].get(name, {})
        add(f"status of {name}", f"status of {name}", ours.get("status"), theirs["status"])
        if theirs["since_kind"] == "in_force" and ours.get("status") == theirs["status"]:
            add("since", f"since, {name}", ours.get("since") or "not known", theirs["since"])
    if second["minimum_age"] is not None:
        add("minimum age", "minimum age", first.get("minimum_age") or "none", second["minimum_age"])
    if second["seven_oh_cap"] is not None:
        add("7-OH cap", "7-OH cap", first.get("seven_oh_cap") or "none", second["seven_oh_cap"])
    for name, wanted in second["duties"].items():
        add("duties", f"duty: {name}", first["duties"].get(name), wanted)
    for name, wanted in second["may"].items():
        add(f"may {name}", f"may {name}", first["may"].get(name), wanted)
    return out


def _word(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def compared() -> list[Pair]:
    """All pairs of the kept codings."""
    first = json.loads((KEPT / "first.json").read_text(encoding="utf-8"))["places"]
    return [
        pair
        for place, second in sorted(seconds().items())
        for pair in pairs(place, first[place], second)
    ]


def seconds() -> dict[str, Coding]:
    """The kept second codings by place."""
    files = (path for path in KEPT.rglob("*.json") if path.stem not in ("first", "resolutions"))
    codings = (json.loads(path.read_text(encoding="utf-8")) for path in files)
    return {coding["id"]: coding for coding in codings}


def table(found: list[Pair]) -> list[tuple[str, int, int, float | None]]:
    """For each field: how many were compared, how many agree, and kappa."""
    rows = []
    for field in [*dict.fromkeys(pair.field for pair in found), "all but since"]:
        those = [
            pair
            for pair in found
            if pair.field == field or (field == "all but since" and pair.field != "since")
        ]
        agree = sum(pair.agrees for pair in those)
        words = [(pair.first, pair.second) for pair in those]
        rows.append((field, len(those), agree, None if "since" in field else kappa(words)))
    return rows


def main() -> None:
    """Keep the first coder's values (`--freeze SOURCES COMMIT`), or write the page."""
    if sys.argv[1:2] == ["--freeze"]:
        folder, commit = sys.argv[2:4]
        catalog = {source.jurisdiction: source for source in load_catalog(Path(folder))}
        kept = {
            place: first_coding(catalog[place], date.fromisoformat(second["coded"]))
            for place, second in sorted(seconds().items())
        }
        body = {"commit": commit, "places": kept}
        text = json.dumps(body, indent=1, ensure_ascii=False) + "\n"
        (KEPT / "first.json").write_text(text, encoding="utf-8")
        return
    OUT.write_text(page(), encoding="utf-8")


def page() -> str:
    """The page that says what was compared, what came of it, and how each difference was resolved."""
    found = compared()
    rows = [
        f"| {field} | {count} | {agree} | {agree / count:.1%} | {'–' if worth is None else f'{worth:.2f}'} |"
        for field, count, agree, worth in table(found)
    ]
    resolved = json.loads((KEPT / "resolutions.json").read_text(encoding="utf-8"))
    apart = [
        fill(
            f"- **{pair.place}**, {pair.about}: {pair.first} / {pair.second}. "
            + resolved[pair.place][pair.resolved_under],
            150,
            subsequent_indent="  ",
            break_on_hyphens=False,
        )
        for pair in found
        if not pair.agrees
    ]
    places = len(seconds())
    head = HEAD.format(places=places, differences=len(apart))
    return "\n".join([head, *rows, "", AFTER, *apart, "", DROPPED])


if __name__ == "__main__":
    main()
