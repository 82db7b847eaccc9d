"""An answer as text for a terminal: the status first, then the law, then how we know."""

from __future__ import annotations

from datetime import date, timedelta

from regstatus.cli._common import clean, colour, columns
from regstatus.decide.freshness import BY_HAND, NEVER_CHECKED, NONE_SETTLES, WITHDRAWN
from regstatus.model.law import SUBSTANCES, Status, about

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import TypeVar

    from regstatus.model.shapes import (
        AnswerData,
        CitationData,
        EvidenceData,
        PastPeriodData,
        UpcomingData,
    )

    Item = TypeVar("Item", bound=Mapping[str, object])

__all__ = ["show"]

_LABEL = 14
_COLOURS = {
    "banned": "red",
    "sale_prohibited": "red",
    "prescription_only": "yellow",
    "regulated": "yellow",
    "age_restricted": "yellow",
    "unregulated": "green",
    "unknown": "bold",
}
_GRADES = {
    "official_text": "the official text, read",
    "official_notice": "an agency's or court's own words",
    "secondary": "secondary sources",
    "none": "nothing: no basis to say",
}
_BASES = {
    "derived": "derived: the law does not name it, its words reach it",
    "agency": "an agency's position that is enforced",
    "silence": "silence: no law was found that names it",
}
_SHORT = {
    "registration": "registration",
    "labelling": "labels",
    "testing": "tests",
    "age_verification": "age checks",
    "packaging": "packaging",
    "display": "display",
    "premises": "premises",
    "advertising": "advertising",
}


def show(answer: AnswerData, *, history: bool = False, whole: bool = False) -> str:
    """Lay an answer out for people.

    Args:
        answer: The contract.
        history: Show every earlier period.
        whole: Show the proposals, positions and disputes of the layers above, too.
    """
    own = answer["jurisdiction"]["id"]

    def mine(items: Sequence[Item]) -> list[Item]:
        return [item for item in items if whole or item["jurisdiction"] == own]

    lines = [_headline(answer), *_substances(answer)]
    if summary := answer["layers"][0]["summary"]:
        lines += _line("in short", summary)
    lines += _line("you may", _may(answer))
    for limit in mine(answer["limits"]):
        lines += _line("limits", f"{limit['about']}: {limit['says']}")
    for citation in answer["citations"]:
        if whole or citation["jurisdiction"] == own:
            lines += _line("law", _citation(citation))
    for words in mine(answer["evidence"])[: 99 if whole else 2]:
        lines += _evidence(words)
    lines += _review(answer)
    for change in mine(answer["upcoming"]):
        lines += _line("coming", _coming(change, own))
    for bill in mine(answer["pending"]):
        earliest = f", possible from {bill['earliest']}" if bill["earliest"] else ""
        lines += _line(
            "proposed", f"not law: {bill['says']} ({bill['citation']}, {bill['stage']}{earliest})"
        )
    for said in mine(answer["positions"]):
        lines += _line("position", f"{said['by']}: {said['says']} ({said['citation']})")
    for dispute in mine(answer["conflicts"]):
        claims = " / ".join(claim.rstrip(".") for claim in dispute["claims"])
        lines += _line("disputed", f"{dispute['about']}: {claims}. {dispute['held']}")
    if history:
        for period in answer["history"]:
            lines += _line("history", _period(period))
    lines += _known(answer)
    lines += _layers(answer)
    if whole:
        for beside in answer["context"]:
            lines += _line("beside it", f"{beside['name']}: {beside['summary']}")
    lines.append(_foot(answer))
    return "\n".join(lines)


def _headline(answer: AnswerData) -> str:
    place = answer["jurisdiction"]
    status = answer["status"]
    facts = [colour(status.replace("_", " ").upper(), _COLOURS[status])]
    if answer["minimum_age"] and status in {"regulated", "age_restricted"}:
        facts.append(f"{answer['minimum_age']}+")
    if answer["until"]:
        last = date.fromisoformat(answer["until"]) - timedelta(days=1)
        facts.append(f"until {last}")
    if not answer["substance"]:
        facts.extend(
            f"{', '.join(names)} {colour(stricter.replace('_', ' ').upper(), _COLOURS[stricter])}"
            for stricter, names in _stricter(answer).items()
        )
    zone = f" ({answer['zone']})" if answer["zone"] else ""
    title = clean(f"{place['name']} ({place['id']}) on {answer['on']}{zone}")
    if answer["substance"]:
        title += f", {answer['substance']}"
    return f"{title.ljust(50)}  {' · '.join(facts)}"


def _stricter(answer: AnswerData) -> dict[str, list[str]]:
    """Substances that are stricter than the leaf, by status: said in the same breath."""
    head = Status(answer["status"]).severity
    groups: dict[str, list[str]] = {}
    for name, status in answer["substances"].items():
        if Status(status).severity > head:
            groups.setdefault(status, []).append("7-OH" if name == "7-oh" else name)
    return groups


def _substances(answer: AnswerData) -> list[str]:
    groups: dict[tuple[str, str | None, str | None], list[str]] = {}
    for name, detail in answer["details"].items():
        by = detail["by"] if detail["by"] != answer["jurisdiction"]["id"] else None
        groups.setdefault((detail["status"], detail["since"], by), []).append(name)
    labels = [", ".join("7-OH" if n == "7-oh" else n for n in names) for names in groups.values()]
    width = max(_LABEL, *(len(label) for label in labels))
    lines = []
    for label, ((status, since, by), names) in zip(labels, groups.items(), strict=True):
        words = status.replace("_", " ")
        if since:
            words += f" since {since}"
        if by:
            words += f" (law of {by})"
        if "7-oh" in names and answer["seven_oh_cap"] and status == "regulated":
            words += f" · 7-OH at most {answer['seven_oh_cap']}"
        schedule = answer["details"][names[0]]["schedule"]
        if schedule:
            # A bare numeral needs its noun; other lists carry their own name.
            words += f" · Schedule {schedule}" if len(schedule) < 4 else f" · {schedule}"
        lines += _line(label, words, width=width)
    return lines


def _may(answer: AnswerData) -> str:
    words = {
        "yes": "yes",
        "no": "no",
        "limited": "with conditions",
        "depends": "depends",
        "unknown": "not known",
    }
    duties = [_SHORT[name] for name, held in answer["duties"].items() if held and name in _SHORT]
    sell = words[answer["may"]["sell"]]
    if answer["may"]["sell"] == "limited" and duties:
        sell = f"with duties ({', '.join(duties)})"
    possess, bring = words[answer["may"]["possess"]], words[answer["may"]["import"]]
    line = f"possess {possess} · sell {sell} · bring in {bring}"
    for name, verb in (("cultivate", "grow"), ("export", "send abroad")):
        held = answer["may"][name]
        # What nobody looked into, and what a ban says anyway, would only be noise.
        if held != "unknown" and not (held == "no" and answer["may"]["possess"] == "no"):
            line += f" · {verb} {words[held]}"
    return line


def _citation(citation: CitationData) -> str:
    url = f"   {citation['url']}" if citation["url"] else ""
    return f"{citation['text']}{url}"


def _coming(item: UpcomingData, own: str) -> str:
    where = "" if item["jurisdiction"] == own else f"{item['jurisdiction']}: "
    law = f" ({'; '.join(item['citations'])})" if item["citations"] else ""
    challenged = f" · challenged: {item['challenged']}" if item["challenged"] else ""
    statuses = item["changes"] or item["substances"]
    return f"{where}{item['from']}  {_words(statuses)}{law}{challenged}"


def _words(statuses: Mapping[str, str | None]) -> str:
    """`leaf, mitragynine banned; 7-OH unknown`: substances by their status, in a fixed order."""
    groups: dict[str, list[str]] = {}
    for name in SUBSTANCES:
        status = statuses.get(name)
        if status is not None:
            groups.setdefault(status.replace("_", " "), []).append(
                "7-OH" if name == "7-oh" else name
            )
    return "; ".join(f"{', '.join(names)} {status}" for status, names in groups.items())


def _period(item: PastPeriodData) -> str:
    span = f"{item['from'] or 'before'} to {item['until'] or 'today'}"
    return f"{span}: {_words(item['substances'])}"


def _evidence(item: EvidenceData) -> list[str]:
    if item["rule"] == "positive control":
        words = f"“{item['quote']}” stands in {item['document']}, and no term of kratom does"
        return _line("it is silent", words)
    last = (item["place"] or "").rpartition(" > ")[2]
    return _line("it says", f"“{item['quote']}”{'   ' + last if last else ''}")


def _review(answer: AnswerData) -> list[str]:
    lines: list[str] = []
    for item in answer["review"]["contradictions"] if answer["review"] else ():
        words = (
            f"on {about(item['about'])}, {item['title']} says {item['observed']}, "
            f"{'and not' if item['undoes'] else 'the record says'} {item['recorded']}; "
            f"found {item['found_on']}, not reviewed"
        )
        if item["sets"]:
            words += "; the stricter reading is used"
            words += " from that day on" if item["found_on"] > answer["on"] else ""
        lines += _line("CONTRADICTED", words, paint=("CONTRADICTED", "red"))
        if item["quote"]:
            lines += _line("", f"“{item['quote']}”")
    return lines


def _known(answer: AnswerData) -> list[str]:
    fresh = answer["freshness"]
    words = _GRADES[answer["grade"]]
    if answer["grade"] != "none" and answer["basis"] in _BASES:
        words += f" · {_BASES[answer['basis']]}"
    lines = _line("known from", words)
    state = fresh["state"].upper()
    paint = (state, {"FRESH": "green", "DUE": "yellow"}.get(state, "red"))
    lines += _line("verified", f"{fresh['verified_at'] or 'never'} · {state}", paint=paint)
    for reason in fresh["reasons"][:4]:
        lines += _line("", reason)
    more = len(fresh["reasons"]) - 4
    if more > 0:
        lines += _line("", f"and {more} more reasons (--json shows all)")
    if fresh["state"] != "fresh":
        lines += _line("", f"→ {_remedy(answer)}")
    return lines


def _remedy(answer: AnswerData) -> str:
    """What would prove the record again."""
    reasons = answer["freshness"]["reasons"]
    if {NEVER_CHECKED, NONE_SETTLES, WITHDRAWN}.intersection(reasons):
        return "no update can prove it: a source file must name a text that settles it"
    if any(reason.startswith(BY_HAND) for reason in reasons):
        return "no update can prove it: a person must read that text and attest the record"
    top = answer["jurisdiction"]["id"].partition("-")[0].partition("/")[0]
    return f"regstatus update --only '{top}*'"


def _layers(answer: AnswerData) -> list[str]:
    lines: list[str] = []
    for layer in answer["layers"][1:]:
        words = _words(layer["substances"])
        proposed = {
            "7-OH" if name == "7-oh" else name
            for item in answer["pending"]
            if item["jurisdiction"] == layer["id"]
            for name in item["substances"]
        }
        if proposed:
            words += f"; proposed, not law: {', '.join(sorted(proposed))}"
        lines += _line("above it", f"{layer['name']}: {words}")
    return lines


def _foot(answer: AnswerData) -> str:
    snapshot = answer["snapshot"]
    origin = f" · NOT OFFICIAL: {snapshot['origin']}" if snapshot["origin"] else ""
    return clean(
        f"{answer['disclaimer']} Snapshot {snapshot['version']} · {snapshot['digest'][:12]}{origin}"
    )


def _line(
    label: str, words: str, width: int = _LABEL, paint: tuple[str, str] | None = None
) -> list[str]:
    """A label and folded words; `paint` colours one of our own words after all is made safe."""
    room = max(60, min(110, columns())) - width - 4
    first, *rest = _folded(clean(words), room)
    lines = [f"  {label.ljust(width)}  {first}", *(f"  {' ' * width}  {line}" for line in rest)]
    if paint:
        lines[0] = lines[0].replace(paint[0], colour(*paint), 1)
    return lines


def _folded(words: str, room: int) -> list[str]:
    """Words laid into lines of at most `room` characters; an address is never broken."""
    lines = [""]
    for word in words.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > room:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}" if lines[-1] else word
    return lines
