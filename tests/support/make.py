"""Small, valid things for tests: source files, findings, records, stores."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from regstatus.catalog.sources import check_text
from regstatus.decide.records import decide
from regstatus.model.finding import (
    Cap,
    Control,
    Finding,
    Mention,
    MinimumAge,
    Place,
    Prohibition,
)
from regstatus.model.law import Activity, Substance
from regstatus.model.source import Source
from regstatus.model.words import Context
from regstatus.store.writer import writing

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
TODAY = NOON.date()

TEXAS = """
jurisdiction = "US-TX"
attested = 2026-06-07
attested_by = "third-party reading"
stale_after = "60d"

[[documents]]
id = "hs-444"
title = "Texas Health and Safety Code, chapter 444"
publisher = "Texas Legislature"
url = "https://statutes.example.gov/HS.444.htm"
url_basis = "seen"
reads = "statute"
controls = ["kratom processor"]
shows = { minimum_age = 18, seven_oh_cap = "2%" }
settles = ["leaf", "7-oh"]

[[documents]]
id = "hs-481"
title = "Texas Health and Safety Code, chapter 481"
publisher = "Texas Legislature"
url = "https://statutes.example.gov/HS.481.htm"
url_basis = "pattern"
reads = "schedule"
complete = true
controls = ["heroin", "psilocybin"]
shows = { leaf = "silent", mitragynine = "silent", "7-oh" = "silent" }
settles = ["mitragynine"]

[[instruments]]
id = "sb-497"
citation = "Tex. Health & Safety Code ch. 444 (2023 SB 497)"
type = "statute"
effective = 2023-09-01
document = "hs-444"

[[timeline]]
until = 2023-09-01
leaf = "unregulated"
mitragynine = "unregulated"
"7-oh" = "unregulated"
derivatives = "unknown"
grade = "secondary"
basis = "silence"

[[timeline]]
from = 2023-09-01
leaf = "regulated"
mitragynine = "regulated"
"7-oh" = "regulated"
derivatives = "sale_prohibited"
grade = "secondary"
minimum_age = 18
seven_oh_cap = "2%"
duties = { labelling = true, testing = false }
instruments = ["sb-497"]
"""

FEDERAL = """
jurisdiction = "US"
attested = 2026-10-10
attested_by = "third-party reading"

[[instruments]]
id = "order"
citation = "FR Doc. 2026-17429"
type = "order"
effective = 2026-08-26
url = "https://register.example.gov/2026-17429"
url_basis = "seen"

[[timeline]]
leaf = "unregulated"
mitragynine = "unregulated"
"7-oh" = "unregulated"
derivatives = "unregulated"
grade = "secondary"
basis = "silence"

[[timeline]]
from = 2026-08-26
until = 2028-08-26
leaf = "unregulated"
mitragynine = "unregulated"
"7-oh" = "unregulated"
derivatives = "banned"
grade = "secondary"
instruments = ["order"]

[[pending]]
citation = "FR Doc. 2026-20943"
stage = "notice of intent"
says = "Would place 7-OH in Schedule I above a threshold."
substances = ["7-oh"]
earliest = 2026-11-13
as_of = 2026-10-10
"""


def source(text: str = TEXAS) -> Source:
    """Read a source file from its text."""
    return check_text(text, "test.toml")


def place(quote: str = "the words", rule: str = "test") -> Place:
    """A place."""
    return Place(quote=quote, headings=("Schedule I",), rule=rule)


def mention(substance: Substance, context: Context, written: str = "") -> Mention:
    """A mention."""
    word = written or str(substance)
    return Mention(substance=substance, written=word, context=context, place=place(f"… {word} …"))


def finding(
    *mentions: Mention,
    age: int | None = None,
    cap: float | None = None,
    forbids: tuple[Activity, ...] = (),
    readable: bool = True,
    **facts: Any,
) -> Finding:
    """A finding."""
    caps = ()
    if cap is not None:
        caps = (Cap(substance=Substance.SEVEN_OH, amount=cap, unit="%", place=place()),)
    return Finding(
        readable=readable,
        mentions=mentions,
        minimum_age=MinimumAge(years=age, place=place()) if age else None,
        caps=caps,
        prohibitions=tuple(
            Prohibition(activity=a, substance=Substance.LEAF, place=place("no person shall"))
            for a in forbids
        ),
        controls=(Control(phrase="heroin", found=True, quote="Heroin"),),
        **facts,
    )


def record(
    text: str = TEXAS,
    findings: dict[str, Finding] | None = None,
    previous: Any = None,
    on: date = TODAY,
) -> dict[str, Any]:
    """Decide a record, as JSON."""
    made = source(text)
    from regstatus.model.record import Record

    before = Record.model_validate(previous) if previous else None
    return decide(made, findings or {}, before, on).to_json()


def publish(
    path: Path, *records: dict[str, Any], created: datetime = NOON, **facts: Any
) -> dict[str, Any]:
    """Write a version of a store and return its index entry."""
    with writing(path) as writer:
        return writer.publish(
            {item["id"]: item for item in records},
            created=created,
            changes=facts.pop("changes", []),
            report="# report\n",
            **facts,
        )
