"""An answer as text for a terminal: the status first, then the law, then how we know."""

from __future__ import annotations

from datetime import date, timedelta

from regstatus.cli._common import clean, colour, columns
from regstatus.decide.freshness import BY_HAND, NEVER_CHECKED, NONE_SETTLES, WITHDRAWN
from regstatus.decide.quotations import SAYS, SILENT, origin, says
from regstatus.model.law import SUBSTANCES, about, said
from regstatus.query.headline import stricter, unsettled

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import TypeVar

    from regstatus.model.shapes import AnswerData, UpcomingData

    Item = TypeVar("Item", bound=Mapping[str, object])

_LABEL = 14
_COLOURS = {
    **dict.fromkeys(("banned", "sale_prohibited"), "red"),
    **dict.fromkeys(("prescription_only", "regulated", "age_restricted"), "yellow"),
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
_MAY = {"limited": "with conditions", "unknown": "not known"}
"""Permissions that people say in other words than we do."""
_DUTIES = {
    **{name: name for name in ("registration", "packaging", "display", "premises", "advertising")},
    "labelling": "labels",
    "testing": "tests",
    "age_verification": "age checks",
}


def show(answer: AnswerData, *, history: bool = False, whole: bool = False) -> str:
    """Lay an answer out for people; `whole` also shows what is told of the layers above."""
    snapshot = answer["snapshot"]
    origin = f" · NOT OFFICIAL: {snapshot['origin']}" if snapshot["origin"] else ""
    version = f"Snapshot {snapshot['version']} · {snapshot['digest'][:12]}{origin}"
    return "\n".join(
        (
            _headline(answer),
            *_substances(answer),
            *_law(answer, whole),
            *(_history(answer) if history else ()),
            *_known(answer),
            *_around(answer, whole),
            clean(f"{answer['disclaimer']} {version}"),
        )
    )


def _law(answer: AnswerData, whole: bool) -> Iterator[str]:
    """What the law says, and what it rests on: of the place itself, unless all layers are wanted."""
    own = answer["jurisdiction"]["id"]

    def mine(items: Sequence[Item]) -> list[Item]:
        return [item for item in items if whole or item["jurisdiction"] == own]

    if summary := answer["layers"][0]["summary"]:
        yield from _line("in short", summary)
    yield from _line("you may", _may(answer))
    for limit in mine(answer["limits"]):
        yield from _line("limits", f"{limit['about']}: {limit['says']}")
    for law in mine(answer["citations"]):
        yield from _line("law", law["text"] + (f"   {law['url']}" if law["url"] else ""))
    for item in mine(answer["evidence"])[: 99 if whole else 2]:
        label, place = says(item), (item["place"] or "").rpartition(" > ")[2]
        where = place if label == SAYS else origin(item)
        if label == SILENT:
            where = f"stands in {item['document']}, and no term of kratom does; {where}"
        yield from _line(label, f"“{item['quote']}”   {where}".rstrip())
    if answer["challenged"]:
        yield from _line("challenged", answer["challenged"])
    yield from _review(answer)
    for change in mine(answer["upcoming"]):
        yield from _line("coming", _coming(change, own))
    for bill in mine(answer["pending"]):
        earliest = f", possible from {bill['earliest']}" if bill["earliest"] else ""
        where = f"({bill['citation']}, {bill['stage']}{earliest})"
        yield from _line("proposed", f"not law: {bill['says']} {where}")
    for held in mine(answer["positions"]):
        yield from _line("position", f"{held['by']}: {held['says']} ({held['citation']})")
    for dispute in mine(answer["conflicts"]):
        claims = " / ".join(claim.rstrip(".") for claim in dispute["claims"])
        yield from _line("disputed", f"{dispute['about']}: {claims}. {dispute['held']}")


def _headline(answer: AnswerData) -> str:
    place = answer["jurisdiction"]
    status = answer["status"]
    facts = [_loud(said(status, answer["probably"]))]
    if answer["minimum_age"] and status in {"regulated", "age_restricted"}:
        facts.append(f"{answer['minimum_age']}+")
    if answer["until"]:
        last = date.fromisoformat(answer["until"]) - timedelta(days=1)
        facts.append(f"until {last}")
    if not answer["substance"]:
        # What is stricter than the leaf is said in the same breath.
        open_ = unsettled(answer["details"])
        above = stricter(answer["details"]).items()
        for told in ({name: words for name, words in above if name not in open_}, open_):
            groups = _by_status(told).items()
            facts.extend(f"{_names(names)} {_loud(words)}" for words, names in groups)
    zone = f" ({answer['zone']})" if answer["zone"] else ""
    title = clean(f"{place['name']} ({place['id']}) on {answer['on']}{zone}")
    if answer["substance"]:
        title += f", {answer['substance']}"
    return f"{title.ljust(50)}  {' · '.join(facts)}"


def _loud(words: str) -> str:
    """`UNKNOWN, probably BANNED`: what `said` says, each status in its colour."""
    parts = [
        colour(part.upper(), _COLOURS[part.removeprefix("at least ").replace(" ", "_")])
        for part in words.split(", probably ")
    ]
    return ", probably ".join(parts)


def _names(substances: Iterable[str]) -> str:
    return ", ".join("7-OH" if name == "7-oh" else name for name in substances)


def _by_status(statuses: Mapping[str, str | None]) -> dict[str, list[str]]:
    """Substances by their status, in a fixed order."""
    groups: dict[str, list[str]] = {}
    for name in SUBSTANCES:
        if status := statuses.get(name):
            groups.setdefault(status, []).append(name)
    return groups


def _words(statuses: Mapping[str, str | None], probably: Mapping[str, str]) -> str:
    """`leaf, mitragynine banned; 7-OH unknown, probably banned`."""
    told = {name: word and said(word, probably.get(name)) for name, word in statuses.items()}
    return "; ".join(f"{_names(names)} {words}" for words, names in _by_status(told).items())


def _substances(answer: AnswerData) -> Iterator[str]:
    groups: dict[tuple[str, str | None], list[str]] = {}
    for name, detail in answer["details"].items():
        by = detail["by"] if detail["by"] != answer["jurisdiction"]["id"] else None
        words = ("at least " if detail["at_least"] else "") + said(
            detail["status"], detail["probably"]
        )
        if detail["since"]:
            words += f" since {detail['since']}"
        elif detail["since_at_latest"]:
            words += f" by {detail['since_at_latest']} at the latest"
        groups.setdefault((words, by), []).append(name)
    width = max(_LABEL, *(len(_names(names)) for names in groups.values()))
    for (told, by), names in groups.items():
        words = told + (f" (law of {by})" if by else "")
        capped = answer["details"]["7-oh"]["status"] == "regulated"
        if "7-oh" in names and answer["seven_oh_cap"] and capped:
            words += f" · 7-OH at most {answer['seven_oh_cap']}"
        schedule = answer["details"][names[0]]["schedule"]
        if schedule:
            # A bare numeral needs its noun; other lists carry their own name.
            words += f" · Schedule {schedule}" if len(schedule) < 4 else f" · {schedule}"
        yield from _line(_names(names), words, width=width)


def _may(answer: AnswerData) -> str:
    may = {name: _MAY.get(held, held) for name, held in answer["may"].items()}
    duties = [_DUTIES[name] for name, held in answer["duties"].items() if held and name in _DUTIES]
    if answer["may"]["sell"] == "limited" and duties:
        may["sell"] = f"with duties ({', '.join(duties)})"
    line = f"possess {may['possess']} · sell {may['sell']} · bring in {may['import']}"
    for name, verb in (("cultivate", "grow"), ("export", "send abroad")):
        # What nobody looked into, and what a ban says anyway, would only be noise.
        if may[name] != "not known" and not (may[name] == may["possess"] == "no"):
            line += f" · {verb} {may[name]}"
    return line


def _coming(item: UpcomingData, own: str) -> str:
    where = "" if item["jurisdiction"] == own else f"{item['jurisdiction']}: "
    law = f" ({'; '.join(item['citations'])})" if item["citations"] else ""
    challenged = f" · challenged: {item['challenged']}" if item["challenged"] else ""
    lapse = "the law in force ends: " if item["lapse"] else ""
    words = _words(item["changes"] or item["substances"], item["probably"])
    return f"{where}{item['from']}  {lapse}{words}{law}{challenged}"


def _history(answer: AnswerData) -> Iterator[str]:
    for item in answer["history"]:
        latest = "by " if item["from_at_latest"] else ""
        span = f"{latest}{item['from'] or 'before'} to {item['until'] or 'today'}"
        yield from _line("history", f"{span}: {_words(item['substances'], item['probably'])}")


def _review(answer: AnswerData) -> Iterator[str]:
    for item in answer["review"]["contradictions"] if answer["review"] else ():
        words = (
            f"on {about(item['about'])}, {item['title']} says {item['observed']}, "
            f"{'and not' if item['undoes'] else 'the record says'} {item['recorded']}; "
            f"found {item['found_on']}, not reviewed"
        )
        if item["sets"]:
            words += "; the stricter reading is used"
            words += " from that day on" if item["found_on"] > answer["on"] else ""
        yield from _line("CONTRADICTED", words, paint=("CONTRADICTED", "red"))
        if item["quote"]:
            yield from _line("", f"“{item['quote']}”")


def _known(answer: AnswerData) -> Iterator[str]:
    fresh = answer["freshness"]
    words = _GRADES[answer["grade"]]
    if answer["grade"] != "none" and answer["basis"] in _BASES:
        words += f" · {_BASES[answer['basis']]}"
    if accounts := answer["details"][answer["substance"] or "leaf"]["accounts"]:
        words += f" · probably, by accounts: {'; '.join(accounts)}"
    yield from _line("known from", words)
    state = fresh["state"].upper()
    paint = (state, {"FRESH": "green", "ATTESTED": "green", "DUE": "yellow"}.get(state, "red"))
    yield from _line("verified", f"{fresh['verified_at'] or 'never'} · {state}", paint=paint)
    for reason in fresh["reasons"][:4]:
        yield from _line("", reason)
    more = len(fresh["reasons"]) - 4
    if more > 0:
        yield from _line("", f"and {more} more reasons (--json shows all)")
    if fresh["reasons"]:
        yield from _line("", f"→ {_remedy(answer)}")


def _remedy(answer: AnswerData) -> str:
    """What would prove the record again."""
    reasons = answer["freshness"]["reasons"]
    if {NEVER_CHECKED, NONE_SETTLES, WITHDRAWN}.intersection(reasons):
        return "no update can prove it: a source file must name a text that settles it"
    if any(reason.startswith(BY_HAND) for reason in reasons):
        return "no update can prove it: a person must read that text and attest the record"
    top = answer["jurisdiction"]["id"].partition("-")[0].partition("/")[0]
    return f"regstatus update --only '{top}*'"


def _around(answer: AnswerData, whole: bool) -> Iterator[str]:
    """What holds above the place, and what else is told beside it."""
    for layer in answer["layers"][1:]:
        words = _words(layer["substances"], layer["probably"])
        bills = [item for item in answer["pending"] if item["jurisdiction"] == layer["id"]]
        if proposed := {name for item in bills for name in item["substances"]}:
            words += f"; proposed, not law: {_names(sorted(proposed))}"
        yield from _line("above it", f"{layer['name']}: {words}")
    for beside in answer["context"] if whole else ():
        yield from _line("beside it", f"{beside['name']}: {beside['summary']}")


def _line(
    label: str, words: str, width: int = _LABEL, paint: tuple[str, str] | None = None
) -> Iterator[str]:
    """A label and folded words; `paint` colours one of our own words after all is made safe."""
    room = max(60, min(110, columns())) - width - 4
    first, *rest = _folded(clean(words), room)
    line = f"  {label.ljust(width)}  {first}"
    yield line.replace(paint[0], colour(*paint), 1) if paint else line
    yield from (f"  {' ' * width}  {line}" for line in rest)


def _folded(words: str, room: int) -> list[str]:
    """Words laid into lines of at most `room` characters; an address is never broken."""
    lines = [""]
    for word in words.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > room:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}" if lines[-1] else word
    return lines
