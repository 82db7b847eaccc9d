"""What one document says, read with no catalogue entry.

The tool with which people write new sources: bytes in, a plain dictionary out
(the contract of `regstatus inspect --json`), and a rendering for the terminal.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from regstatus.assess import assess
from regstatus.base.errors import ReadingError
from regstatus.base.safe import without_controls
from regstatus.model.finding import Cap, Finding, Place, Prohibition
from regstatus.model.law import DUTIES
from regstatus.model.text import Text
from regstatus.model.words import Format

__all__ = ["describe", "inspect", "render", "unread"]


def inspect(
    body: bytes,
    *,
    name: str,
    content_type: str | None = None,
    format: Format | None = None,  # noqa: A002  (the word of the contract and of the command line)
    on: date,
) -> dict[str, Any]:
    """What the document `body` says on the day `on`.

    Args:
        body: The document as sent.
        name: File name or address; its ending helps to tell the format.
        content_type: The `Content-Type` header, if there was one.
        format: The form of the document, if it is known better than by guessing.
        on: The day of law asked about.

    Returns:
        The contract of `regstatus inspect --json`. A document that cannot be read
        gives `readable: false` and says why in `problems`; nothing is raised for it.
    """
    from regstatus.extract import extract

    try:
        text = extract(body, name=name, content_type=content_type, format=format)
    except ReadingError as error:
        return unread(str(error), format)
    return describe(text, assess(text, on=on))


def unread(problem: str, form: Format | None) -> dict[str, Any]:
    """The contract's dictionary of a document that could not be read."""
    return describe(Text((), form or Format.HTML), Finding(readable=False, problems=(problem,)))


def describe(text: Text, finding: Finding) -> dict[str, Any]:
    """A text and its finding as the contract's dictionary: absent facts are None, never missing."""
    found = {duty.name: duty.place for duty in finding.duties}
    age = finding.minimum_age
    return {
        "readable": finding.readable,
        "problems": list(finding.problems),
        "format": str(text.format),
        "title": text.title,
        "language": text.language,
        "terms": [
            {
                "substance": str(mention.substance),
                "term": mention.written,
                "context": str(mention.context),
                "schedule": mention.schedule,
                "anchor": mention.place.anchor,
                **_place(mention.place),
            }
            for mention in finding.mentions
        ],
        "schedule": finding.schedule,
        "minimum_age": age.years if age else None,
        "minimum_age_place": _place(age.place) if age else None,
        "seven_oh_cap": finding.seven_oh_cap,
        "caps": [_facts(cap, "substance", "amount", "unit") for cap in finding.caps],
        "duties": {name: _place(found[name]) if name in found else None for name in DUTIES},
        "prohibitions": [_facts(ban, "activity", "substance") for ban in finding.prohibitions],
        "passages": len(text.passages),
        "text_sha256": finding.text_sha256,
    }


def _place(place: Place) -> dict[str, Any]:
    return {"quote": place.quote, "heading_path": list(place.headings), "rule": place.rule}


def _facts(item: Cap | Prohibition, *names: str) -> dict[str, Any]:
    return {name: getattr(item, name) for name in names} | _place(item.place)


def _clean(value: object) -> str:
    """One line for the terminal; whatever could steer it is left out."""
    return " ".join(without_controls(str(value)).split())


def render(result: dict[str, Any]) -> str:
    """The result of `inspect` for people, without control characters from the document."""
    lines = [
        f"{_clean(result['title'] or 'untitled')}",
        f"  {result['format']}, {result['passages']} passages"
        + (f", language {_clean(result['language'])}" if result["language"] else ""),
        f"  readable     {'yes' if result['readable'] else 'NO: nothing may be concluded'}",
    ]
    lines += [f"  problem      {_clean(problem)}" for problem in result["problems"]]
    lines.append(f"  schedule     {_clean(result['schedule'] or '-')}")
    lines.append(f"  minimum age  {result['minimum_age'] or '-'}")
    lines.append(f"  7-OH cap     {_clean(result['seven_oh_cap'] or '-')}")
    duties = [name for name, place in result["duties"].items() if place]
    lines.append(f"  duties       {', '.join(duties) or '-'}")
    bans = [f"{item['activity']} {item['substance']}" for item in result["prohibitions"]]
    lines.append(f"  prohibited   {', '.join(bans) or '-'}")
    if not result["terms"]:
        lines.append("  terms        none")
    for term in result["terms"]:
        schedule = f" ({_clean(term['schedule'])})" if term["schedule"] else ""
        lines.append("")
        lines.append(
            f"  {term['context']}{schedule}: {_clean(term['term'])} = {term['substance']}"
            f"  [{term['rule']}]"
        )
        path = " > ".join(_clean(heading) for heading in term["heading_path"])
        if path:
            lines.append(f"    under {path}")
        lines.append(f"    “{_clean(term['quote'])}”")
    return "\n".join(lines) + "\n"
