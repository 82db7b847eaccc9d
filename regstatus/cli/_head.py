"""The first four lines of an answer: place, day, status, age, cap, what one may do, what is coming, trust."""

from __future__ import annotations

from itertools import product

from regstatus.cli._common import clean
from regstatus.cli._layout import COLUMNS, Block, joined, shortened, width
from regstatus.model.law import SUBSTANCES, Status, said
from regstatus.query.headline import by_status, stricter, unsettled

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from regstatus.model.shapes import AnswerData, UpcomingData

_HEADS = (
    (("title", "rely"), ("status", "stricter", "around", "cap", "basis"), ("you may",), ("coming",)),
    (("title", "rely"), ("status", "stricter", "around", "basis"), ("you may", "cap"), ("coming",)),
    (("title", "rely"), ("status", "stricter", "around", "cap"), ("you may", "basis"), ("coming",)),
    (("title",), ("status", "stricter", "around", "cap", "basis"), ("you may", "rely"), ("coming",)),
    (("title", "rely"), ("status", "stricter", "around"), ("cap", "you may"), ("coming", "basis")),
    (("title", "status"), ("stricter", "around", "cap", "basis"), ("you may", "rely"), ("coming",)),
    (("title",), ("status", "stricter", "around", "cap"), ("you may", "rely"), ("coming", "basis")),
    (("title", "status"), ("stricter", "around", "cap"), ("you may", "rely"), ("coming", "basis")),
    (("short", "rely"), ("status", "stricter", "around", "cap"), ("you may",), ("coming", "basis")),
    (("title", "status"), ("stricter", "around", "cap"), ("you may",), ("coming", "rely")),
)  # fmt: skip
"""What the first four lines hold; what is long stands elsewhere in them: the first that fits is taken."""
_LEADS = {"title": "", "short": "", "you may": "  you may   ", "coming": "  coming    "}
_BELOW = " (below)"
_RELY = {
    **dict.fromkeys(("fresh", "attested"), ("checked", "checked")),
    "due": ("check before you rely on it", "check first"),
}
"""What to make of a state of knowledge, in more words or fewer; in others one does not rely on it."""
_DUTIES = {
    **{name: name for name in ("registration", "packaging", "display", "premises", "advertising")},
    "labelling": "labels",
    "testing": "tests",
    "age_verification": "age checks",
}


def first_lines(answer: AnswerData) -> list[str]:
    """Place, day and status; what one may do; what is coming; whether to trust it."""
    place = answer["jurisdiction"]
    on = f" on {answer['on']}" + (f" ({answer['zone']})" if answer["zone"] else "")
    asked = f"{named([answer['substance']])} " if answer["substance"] else ""
    status = said(answer["status"], answer["probably"])
    age = f" · {answer['minimum_age']}+" if answer["minimum_age"] else ""
    state = answer["freshness"]["state"]
    rely = _RELY.get(state, ("do not rely on it", "do not rely"))
    forms = {
        "title": [f"{place['name']} ({place['id']}){on}"],
        "short": [shortened(place["name"], 30) + f" ({place['id'].partition('/')[0]}){on}"],
        "status": [f"{asked}{status.upper()}{age}"],
        "stricter": [" · ".join(_stricter(answer))],
        "around": [*_around(answer)],
        "cap": [cap_words(answer)],
        "you may": [permissions(answer, brief) for brief in range(4)],
        "rely": [f"{words}: {state.upper()}" for words in rely],
        "basis": [*_basis(answer)],
    }
    ahead = [*_ahead(answer)]
    lines: list[str] = []
    for vague, head in product((False, True), _HEADS):
        forms["coming"] = [words for words in ahead if vague or _BELOW not in words]
        lines = []
        for row in ([name for name in names if forms[name] != [""]] for names in head):
            lead = _LEADS.get(row[0], "  ") if row else ""
            words = joined([forms[name] for name in row], COLUMNS - len(lead))
            lines.append(clean(lead + words).replace(", PROBABLY ", ", probably "))
        if all(width(line) <= COLUMNS for line in lines):
            break
    else:
        lines = [part for line in lines for part in Block("", line).lines]
    return [line for line in lines if line]


def _stricter(answer: AnswerData) -> Iterator[str]:
    """What is stricter than the leaf, or may be: it is said in the same breath."""
    if not answer["substance"]:
        open_ = unsettled(answer["details"])
        above = stricter(answer["details"]).items()
        for told in ({name: words for name, words in above if name not in open_}, open_):
            groups = by_status(told).items()
            yield from (f"{named(names)} {words.upper()}" for words, names in groups)


def _around(answer: AnswerData) -> Iterator[str]:
    """That the law may be stricter where one stands, or is so inside; in ever fewer words."""
    asked = answer["substance"] or "leaf"
    least = Status(answer["status"]).severity
    may_be = [(Status(one["substances"][asked]), one["name"]) for one in answer["possible"]]
    may_be = [one for one in may_be if one[0].severity > least and one[0] is not Status.UNKNOWN]
    if may_be:
        worst, name = max(may_be, key=lambda one: one[0].severity)
        words = f"perhaps {said(worst).upper()}"
        yield f"{words} ({shortened(name, 30)})"
        yield words
    elif inside := [one["name"] for one in answer["stricter_within"] if asked in one["substances"]]:
        yield f"stricter inside: {inside[0] if len(inside) == 1 else f'{len(inside)} places'}"
        yield "stricter inside"
    else:
        yield ""


def cap_words(answer: AnswerData) -> str:
    """The 7-OH limits; of mitragynine to 7-OH a higher ratio is the stricter one."""
    if not (cap := answer["seven_oh_cap"]):
        return ""
    banned = answer["substance"] == "7-oh" and answer["may"]["sell"] == "no"
    return f"7-OH {'limit' if banned else 'within' if 'ratio' in cap else 'at most'} {cap}"


def _ahead(answer: AnswerData) -> Iterator[str]:
    """The nearest enacted change, and the next of what was asked for; proposals; in ever fewer words."""
    asked = answer["substance"] or "leaf"
    items, later = answer["upcoming"][:1], answer["upcoming"][1:]
    if items and asked not in items[0]["changes"]:
        items += [item for item in later if asked in item["changes"]][:1]
    days, brief = [], []
    for item in items:
        moved = {name: said(to, item["probably"].get(name)) for name, to in item["changes"].items()}
        groups = by_status(moved)
        words = [f"{named(names)} {status.upper()}" for status, names in groups.items()]
        start, court = f"{item['from']} ", " (challenged)" * bool(item["challenged"])
        days.append(f"{start}{'; '.join(words) or unmoved(item) + ', no status moves'}{court}")
        if asked in moved:
            words.insert(0, moved[asked].upper())
        more = "; more below" * (len(groups) > 1)
        brief.append(f"{start}{words[0] if words else unmoved(item)}{more}{court}")
    dates = [day[:10] for day in days]
    enacted = ["; ".join(days), "; ".join(brief), ", then ".join([*brief[:1], *dates[1:]])]
    enacted += [", ".join(dates) + _BELOW, *[date + _BELOW for date in dates[:1]]]
    whose = {name for item in answer["pending"] for name in item["substances"]}
    also = "also " if items else ""  # what is enacted is no proposal
    brief_bill = "proposed, not law"
    whole = f"{also}{brief_bill}: {named(name for name in SUBSTANCES if name in whose)}"
    none = "no enacted change known"
    bills = [whole, also + brief_bill] if answer["pending"] else [""]
    for first in enacted if items else (none, ""):
        for bill in [*bills, *[brief_bill] * (bool(also and whose) and first == enacted[-1])]:
            yield " · ".join(filter(None, (first, bill))) or none


def _basis(answer: AnswerData) -> Iterator[str]:
    """Grade, day of the last reading and whether it is disputed, in ever fewer words."""
    fresh, own = answer["freshness"], answer["jurisdiction"]["id"]
    grade = answer["grade"].replace("_", " ") if answer["grade"] != "none" else "no basis"
    sources = f"{grade}{' sources' * (grade == 'secondary')}"
    day = (fresh["verified_at"] or fresh["attested"] or "")[:10]
    read = f"{'verified' if fresh['verified_at'] else 'attested'} {day}" if day else "never checked"
    # The grade is then that of the law above it, of which «never checked» would not be true.
    read = (
        read if day or answer["layers"][0]["recorded"] or grade == "no basis" else "no own record"
    )
    doubts = ", contradicted" if answer["review"] else ""
    if any(item["jurisdiction"] == own for item in answer["conflicts"]):
        doubts += ", disputed"
    yield f"{sources}, {read}{doubts}"
    yield f"{grade}, {read}{doubts}"
    yield f"{grade}, {day or read}{doubts}"
    yield f"{grade}, {read}"
    yield f"{grade}, {day or read}"


def unmoved(item: UpcomingData) -> str:
    """What an enacted change changes that moves no status of the place."""
    return f"a law of {item['jurisdiction']} ends" if item["lapse"] else "terms change"


def permissions(answer: AnswerData, brief: int = 0) -> str:
    """What one may do, in ever fewer words; only the most tell of duties, growing and export."""
    words = {"limited": "limited" if brief > 1 else "with conditions", "unknown": "not known"}
    may = {name: words.get(held, held) for name, held in answer["may"].items()}
    duties = [_DUTIES[name] for name, held in answer["duties"].items() if held and name in _DUTIES]
    if answer["may"]["sell"] == "limited" and duties and brief < 2:
        may["sell"] = "with duties" if brief else f"with duties ({', '.join(duties)})"
    main = {"possess": may["possess"], "sell": may["sell"], "bring in": may["import"]}
    if brief > 2:
        alike = {held: [verb for verb in main if main[verb] == held] for held in main.values()}
        main = {", ".join(verbs): held for held, verbs in alike.items()}
    line = " · ".join(f"{verb} {held}" for verb, held in main.items())
    for name, verb in (("cultivate", "grow"), ("export", "send abroad")):
        # What nobody looked into, and what a ban says anyway, would only be noise.
        if not brief and may[name] != "not known" and not (may[name] == may["possess"] == "no"):
            line += f" · {verb} {may[name]}"
    return line


def named(substances: Iterable[str]) -> str:
    return ", ".join("7-OH" if name == "7-oh" else name for name in substances)
