"""Citing an answer: as a sentence, and with the laws it rests on for reference managers (CSL-JSON, BibTeX)."""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from regstatus.model.shapes import AnswerData

AUTHORS = "The regstatus contributors"
_LAWS = {"statute": "legislation", "regulation": "regulation", "order": "regulation"}
"""Types of instruments as CSL has them; what is no law is a document."""


def sentence(answer: AnswerData) -> str:
    """One citable paragraph; it never claims more than the grade does."""
    from regstatus.decide.quotations import origin, says

    parts = [answer["summary"]]
    # The law of the substance asked for: its own place's, and that of the layer that governs it.
    by = answer["details"][answer["substance"] or "leaf"]["by"]
    ours = {answer["jurisdiction"]["id"], by}
    laws = [
        f"{item['text']}{', ' + item['url'] if item['url'] else ''}"
        for item in answer["citations"]
        if item["jurisdiction"] in ours
    ]
    if laws:
        parts.append(f"Law: {'; '.join(laws)}.")
    quote = next((item for item in answer["evidence"] if item["jurisdiction"] in ours), None)
    if quote:
        when = f", retrieved {quote['retrieved_at']}" if quote["retrieved_at"] else ""
        if quote["archived_at"]:
            when = f", as it stood on {quote['archived_at']}{when}"
        parts.append(f"{says(quote).capitalize()}: “{quote['quote']}” ({origin(quote)}{when}).")
    verified = answer["freshness"]["verified_at"]
    last = f"last verified {verified}" if verified else "never verified against the official text"
    if not (verified or answer["freshness"]["attested"] or answer["layers"][0]["recorded"]):
        last = "it has no record of its own"  # the grade is that of the law above it
    parts.append(f"Known from: {answer['grade'].replace('_', ' ')}; {last}.")
    snapshot = answer["snapshot"]
    parts.append(f"regstatus {snapshot['version']} (sha256 {snapshot['digest'][:16]}…).")
    if snapshot["origin"]:
        parts.append(f"Not official: {snapshot['origin']}.")
    return " ".join(parts)


def csl(answer: AnswerData, home: str | None = None) -> list[dict[str, Any]]:
    """The answer as CSL-JSON has a data set, and behind it each law that is cited.

    `home` is the absolute address of a site, ending in a slash, if there is one.
    """
    place, snapshot = answer["jurisdiction"], answer["snapshot"]
    asked = answer["substance"]
    whose, status = asked or "leaf", answer["status"].replace("_", " ")
    known = f"{answer['grade'].replace('_', ' ')}, {answer['freshness']['state']}"
    ident = f"regstatus-{place['id']}-{answer['on']}{f'-{asked}' if asked else ''}"
    made: list[dict[str, Any]] = [
        {
            "id": ident,
            "type": "dataset",
            "title": f"Legal status of kratom ({whose}) in {place['name']} on {answer['on']}: "
            f"{status} ({known})",
            "author": [{"literal": AUTHORS}],
            "issued": _day(snapshot["created"]),
            "version": snapshot["version"],
            "note": sentence(answer),
        }
    ]
    if home:
        substance = f"&substance={asked}" if asked else ""
        made[0]["URL"] = f"{home}j/{place['id']}.html?on={answer['on']}{substance}"
    for number, law in enumerate(answer["citations"], 1):
        item = {
            "id": f"{ident}-law-{number}",
            "type": _LAWS.get(law["type"], "document"),
            "title": law["title"] or law["text"],
            "number": law["text"],
            "jurisdiction": law["jurisdiction"],
        }
        made.append(item | ({"URL": law["url"]} if law["url"] else {}))
    return made


def bibtex(answer: AnswerData, home: str | None = None) -> str:
    """The same as BibTeX."""
    return "".join(map(_entry, csl(answer, home)))


def _day(moment: str) -> dict[str, list[list[int]]]:
    return {"date-parts": [[int(part) for part in moment[:10].split("-")]]}


_NAMES = {"number": "howpublished", "URL": "url", "jurisdiction": "address"}
_TEX = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


def _entry(item: dict[str, Any]) -> str:
    shown = {name: value for name, value in item.items() if isinstance(value, str)}
    fields = {_NAMES.get(name, name): value for name, value in shown.items()}
    if "author" in item:
        fields |= {"author": f"{{{AUTHORS}}}", "year": str(item["issued"]["date-parts"][0][0])}
    key, _ = fields.pop("id").replace("/", "-"), fields.pop("type")
    lines = (f"  {name} = {{{_tex(name, value)}}},\n" for name, value in fields.items())
    return f"@misc{{{key},\n{''.join(lines)}}}\n"


def _tex(name: str, text: str) -> str:
    from regstatus.base.safe import without_controls

    if name == "author":
        return text
    text = without_controls(text)
    if (
        name == "url"
    ):  # packages print it as it stands; what would end the field is written otherwise
        return text.replace("\\", "%5C").replace("{", "%7B").replace("}", "%7D")
    return re.sub(r"[\\~^{}$&#_%]", lambda sign: _TEX.get(sign[0], f"\\{sign[0]}"), text)
