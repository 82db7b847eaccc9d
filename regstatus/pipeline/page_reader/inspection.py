"""What one document says, read with no catalogue entry.

The tool with which people write new sources: bytes in, a plain dictionary out
(the contract of `regstatus inspect --json`), and a rendering for the terminal.
"""

from dataclasses import replace
from datetime import date
from typing import Any

from regstatus.assess import assess
from regstatus.assess.completeness import remarks
from regstatus.assess.witness import unexplained
from regstatus.base.errors import ReadingError
from regstatus.base.safe import without_controls
from regstatus.model.finding import Cap, Finding, Place, Prohibition
from regstatus.model.law import DUTIES, Substance
from regstatus.model.text import Text
from regstatus.model.words import Format


def inspect(
    body: bytes,
    *,
    name: str,
    content_type: str | None = None,
    format: Format | None = None,  # noqa: A002  (the word of the contract and of the command line)
    on: date,
) -> dict[str, Any]:
    """What the document `body` says on the day of law `on`: the contract of `regstatus inspect --json`.

    The name (of a file, or an address) and the `Content-Type` header help to tell its form, unless
    `format` does. A document that cannot be read gives `readable: false` and says why in `problems`;
    nothing is raised for it.
    """
    from regstatus.extract import extract

    try:
        text = extract(body, name=name, content_type=content_type, format=format)
    except ReadingError as error:
        return unread(str(error), format)
    return describe(text, finding_of(text, on))


def finding_of(text: Text, on: date) -> Finding:
    """What a text says on a day; names in its body of which the reading is silent are told.

    Where the reading is silent of all substances, such a name makes it prove nothing; what the text
    says of more that belongs to it is then a problem.
    """
    finding = assess(text, on=on)
    doubts = unexplained(text, finding) if finding.readable else ()
    silent = all(finding.says(substance) == "silent" for substance in Substance)
    return replace(
        finding,
        readable=finding.readable and not (doubts and silent),
        problems=(*finding.problems, *doubts, *(remarks(text) if silent else ())),
    )


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
    language = f", language {_clean(result['language'])}" if result["language"] else ""
    lines = [
        _clean(result["title"] or "untitled"),
        f"  {result['format']}, {result['passages']} passages{language}",
    ]
    bans = (f"{item['activity']} {item['substance']}" for item in result["prohibitions"])
    facts = [
        ("readable", "yes" if result["readable"] else "NO: nothing may be concluded"),
        *(("problem", problem) for problem in result["problems"]),
        ("schedule", result["schedule"]),
        ("minimum age", result["minimum_age"]),
        ("7-OH cap", result["seven_oh_cap"]),
        ("duties", ", ".join(name for name, place in result["duties"].items() if place)),
        ("prohibited", ", ".join(bans)),
        *([] if result["terms"] else [("terms", "none")]),
    ]
    lines += [f"  {name:11}  {_clean(value or '-')}" for name, value in facts]
    for term in result["terms"]:
        schedule = f" ({_clean(term['schedule'])})" if term["schedule"] else ""
        shown = f"{_clean(term['term'])} = {term['substance']}  [{term['rule']}]"
        lines += ["", f"  {term['context']}{schedule}: {shown}"]
        path = " > ".join(_clean(heading) for heading in term["heading_path"])
        if path:
            lines.append(f"    under {path}")
        lines.append(f"    “{_clean(term['quote'])}”")
    return "\n".join(lines) + "\n"
