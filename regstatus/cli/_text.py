"""An answer as text for a terminal: in its first four lines what counts, then the law, then how we know."""

from __future__ import annotations

import re

from regstatus.cli._common import clean, colour
from regstatus.cli._head import cap_words, first_lines, named, permissions
from regstatus.cli._layout import COLUMNS, LINES, Block, fitted, shortened, width
from regstatus.decide.freshness import BY_HAND, NEVER_CHECKED, NONE_SETTLES, WITHDRAWN
from regstatus.decide.quotations import SAYS, SILENT, origin, says
from regstatus.model.law import SUBSTANCES, about, said
from regstatus.query.headline import by_status

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any, TypeVar

    from regstatus.model.shapes import AnswerData, OtherPlaceData, UpcomingData

    Item = TypeVar("Item", bound=Mapping[str, object])

_COLOURS = {
    **dict.fromkeys(("BANNED", "SALE PROHIBITED", "CONTRADICTED"), "red"),
    **dict.fromkeys(("PRESCRIPTION ONLY", "REGULATED", "AGE RESTRICTED"), "yellow"),
    **dict.fromkeys(("UNREGULATED", "FRESH", "ATTESTED"), "green"),
    "DUE": "yellow",
    **dict.fromkeys(("STALE", "UNVERIFIED"), "red"),
    "UNKNOWN": "bold",
}
_LOUD = re.compile(rf"\b(?:{'|'.join(_COLOURS)})\b")
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


def show(answer: AnswerData, *, history: bool = False, full: bool = False) -> str:
    """Lay an answer out for people: in 24 lines of 80 columns, or all there is, if `full`."""
    snapshot = answer["snapshot"]
    origin = clean(f"NOT OFFICIAL: {snapshot['origin']}") if snapshot["origin"] else ""
    version = clean(f"Snapshot {snapshot['version']} {snapshot['digest'][:12]}")
    foot = [origin if full else shortened(origin)] if origin else []
    last = (clean(answer["disclaimer"]), version)
    foot += [" ".join(last)] if width(" ".join(last)) <= COLUMNS else last
    head, may = first_lines(answer), permissions(answer)
    told = [line[12:] for line in head]
    blocks = [
        *_substances(answer),
        *([Block("you may", may, 4)] if may not in (permissions(answer, 1), *told) else ()),
        *_law(answer, full),
        *(_history(answer) if history or full else ()),
        *_known(answer),
        *_around(answer, full),
    ]
    body = (
        [line for block in blocks for line in block.lines]
        if full
        else fitted(blocks, LINES - len(head) - len(foot))
    )
    return _LOUD.sub(
        lambda found: colour(found[0], _COLOURS[found[0]]), "\n".join((*head, *body, *foot))
    )


def _law(answer: AnswerData, full: bool) -> Iterator[Block]:
    """What the law says, and what it rests on: of the place itself, unless all layers are wanted."""
    own = answer["layers"][0]["id"]  # of a place without a record, what lies above it

    def mine(items: Sequence[Item]) -> list[Item]:
        return [item for item in items if full or item["jurisdiction"] == own]

    yield from _each("in short", filter(None, [answer["layers"][0]["summary"]]), 1, 1, 4)
    yield from _each("CONTRADICTED", _review(answer), 1, 4)
    yield from _each("in court", filter(None, [answer["challenged"]]), 2, 1)
    yield from _each(
        "limits", (f"{item['about']}: {item['says']}" for item in mine(answer["limits"])), 6
    )
    cited = (f"{law['text']}   {law['url'] or ''}" for law in mine(answer["citations"]))
    yield from _each("law", cited, 3, usual=4)
    for at, item in enumerate(mine(answer["evidence"])):
        label, words = says(item), f"“{item['quote']}”"
        if label == SILENT:
            words += f" stands in {item['document']}, and no term of kratom does"
        if label == SAYS:
            words += f"   {(item['place'] or '').rpartition(' > ')[2]}"
        else:  # where it was read comes first: it may not be cut off
            words = f"{origin(item)}: {words}"
        yield Block(label, words, 4 + 4 * bool(at), usual=3)
    # The first lines name the nearest, also where it moves no status here.
    ahead = [
        item
        for at, item in enumerate(answer["upcoming"])
        if full or not at or item["changes"] or item["jurisdiction"] == own
    ]
    yield from _each("enacted", (_coming(one, own) for one in ahead), 5, 1, 1)
    yield from _each("proposed", map(_proposed, mine(answer["pending"])), 4, 1)
    held = (f"{it['by']}: {it['says']} ({it['citation']})" for it in mine(answer["positions"]))
    yield from _each("position", held, 6)
    disputes = (
        f"{one['about']}: {' / '.join(claim.rstrip('.') for claim in one['claims'])}. {one['held']}"
        for one in mine(answer["conflicts"])
    )
    yield from _each("disputed", disputes, 3, 1)


def _proposed(bill: Mapping[str, Any]) -> str:
    from regstatus.decide.proposals import perhaps_law

    state = "perhaps law by now" if perhaps_law(bill) else "not law"
    possible = f", possible from {bill['earliest']}" if bill["earliest"] else ""
    return f"{state}: {bill['says']} ({bill['citation']}, {bill['stage']}{possible})"


def _each(
    label: str, texts: Iterable[str], rank: int, least: int = 0, usual: int = 2
) -> Iterator[Block]:
    """A block for each text; those behind the first get room later, and may be left out."""
    for at, text in enumerate(texts):
        yield Block(label, text, rank + 4 * bool(at), 0 if at else least, usual)


def _words(statuses: Mapping[str, str | None], probably: Mapping[str, str]) -> str:
    """`leaf, mitragynine banned; 7-OH unknown, probably banned`."""
    told = {name: word and said(word, probably.get(name)) for name, word in statuses.items()}
    return "; ".join(f"{named(names)} {words}" for words, names in by_status(told).items())


def _substances(answer: AnswerData) -> Iterator[Block]:
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
    closed = answer["details"]["7-oh"]["status"] != "regulated"
    whose = "leaf" if closed and answer["substance"] != "7-oh" else "7-oh"
    limit = cap_words(answer)
    column = max(len(named(names)) for names in groups.values())
    for (told, by), names in groups.items():
        words = told + (f" (law of {by})" if by else "")
        if limit and whose in names:
            words += f" · {limit}"
        schedule = answer["details"][names[0]]["schedule"]
        if schedule:
            # A bare numeral needs its noun; other lists carry their own name.
            words += f" · Schedule {schedule}" if len(schedule) < 4 else f" · {schedule}"
        yield Block(named(names), words, 0, 1, column=column)


def _coming(item: UpcomingData, own: str) -> str:
    where = "" if item["jurisdiction"] == own else f"{item['jurisdiction']}: "
    law = f" ({'; '.join(item['citations'])})" if item["citations"] else ""
    challenged = f" · challenged: {item['challenged']}" if item["challenged"] else ""
    lapse = "the law in force ends: " if item["lapse"] else ""
    words = _words(item["changes"] or item["substances"], item["probably"])
    if not item["changes"]:
        words = ("" if lapse else "terms change: ") + (item["summary"] or words)
    return f"{where}{item['from']}  {lapse}{words}{law}{challenged}"


def _history(answer: AnswerData) -> Iterator[Block]:
    for item in answer["history"]:
        latest = "by " if item["from_at_latest"] else ""
        span = f"{latest}{item['from'] or 'before'} to {item['until'] or 'today'}"
        yield Block("history", f"{span}: {_words(item['substances'], item['probably'])}", 1)


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
        yield words + (f": “{item['quote']}”" if item["quote"] else "")


def _known(answer: AnswerData) -> Iterator[Block]:
    fresh = answer["freshness"]
    words = _GRADES[answer["grade"]]
    if answer["grade"] != "none" and answer["basis"] in _BASES:
        words += f" · {_BASES[answer['basis']]}"
    if accounts := answer["details"][answer["substance"] or "leaf"]["accounts"]:
        words += f" · probably, by accounts: {'; '.join(accounts)}"
    yield Block("rests on", words, 3)
    state = fresh["state"].upper()
    yield Block("verified", f"{(fresh['verified_at'] or 'never')[:10]} · {state}", 2, 1)
    yield from _each("why", fresh["reasons"], 3)
    if fresh["reasons"]:
        yield Block(f"→ {_remedy(answer)}", "", 2, 1)


def _remedy(answer: AnswerData) -> str:
    """What would prove the record again."""
    reasons = answer["freshness"]["reasons"]
    if {NEVER_CHECKED, NONE_SETTLES, WITHDRAWN}.intersection(reasons):
        return "no update can prove it: a source file must name a text that settles it"
    if any(reason.startswith(BY_HAND) for reason in reasons):
        return "no update can prove it: a person must read that text and attest the record"
    top = answer["jurisdiction"]["id"].partition("-")[0].partition("/")[0]
    return f"regstatus update --only '{top}*'"


def told_of(places: Sequence[OtherPlaceData]) -> str:
    """`Alton: leaf banned`; places that say the same stand together."""
    alike: dict[str, list[str]] = {}
    for place in places:
        alike.setdefault(_words(place["substances"], {}), []).append(place["name"])
    return "; ".join(f"{', '.join(names)}: {words}" for words, names in alike.items())


def _around(answer: AnswerData, full: bool) -> Iterator[Block]:
    """Where the place may lie, what is stricter inside it, what holds above it, and what else is told."""
    if answer["note"]:
        yield Block("note", answer["note"], 1, 1)
    if answer["possible"]:
        more = "Give the street address, the county or the state."
        yield Block("may be in", f"{told_of(answer['possible'])}. {more}", 1, 1)
    if answer["stricter_within"]:
        yield Block("inside it", f"stricter: {told_of(answer['stricter_within'])}", 2, 1)
    for layer in answer["layers"][1:]:
        words = _words(layer["substances"], layer["probably"])
        bills = [item for item in answer["pending"] if item["jurisdiction"] == layer["id"]]
        if proposed := {name for item in bills for name in item["substances"]}:
            words += (
                f"; proposed, not law: {named(name for name in SUBSTANCES if name in proposed)}"
            )
        if any(item["jurisdiction"] == layer["id"] for item in answer["conflicts"]):
            words += "; disputed"
        yield Block("above it", f"{layer['name']}: {words}", 2, 1)
    for beside in answer["context"] if full else ():
        yield Block("beside", f"{beside['name']}: {beside['summary']}")
