"""Say what the law says of kratom in one place, on one day, and how we know; of several, in a line each."""

from regstatus.base.errors import AskedBack, UnknownJurisdiction, UsageError
from regstatus.cli import _common as common

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from regstatus.model.shapes import AnswerData

ARGUMENTS = {
    "[name NAME...]": common.QUESTION["name NAME..."],
    "--lat DEGREES": "latitude of a point, north of the equator; with --lon, in place of a NAME",
    "--lon DEGREES": "longitude of a point, east of Greenwich",
    **{spelled: says for spelled, says in common.QUESTION.items() if spelled[:2] == "--"},
    "--history": "show all earlier periods",
    "--full --all": "show all there is, and what the layers above say",
    **common.KNOWN,
    **common.SHOWN,
    "--format": common.format_for("lists", None, "as a list, an item for each place"),
}


def plain(words: list[str]) -> common.Args | None:
    """Read `NAME…` and `NAME… --json`, or leave it to the parser (None).

    Most questions have this form, and loading and filling a parser is a sixth of the answer.
    """
    json = words[-1:] == ["--json"]
    name = words[:-1] if json else words
    # A point may begin with a minus.
    if not name or any(word[:1] == "-" and not word[1:2].isdigit() for word in name):
        return None
    names = ("on", "substance", "as_known_on", "snapshots", "format", "lat", "lon")
    unasked = dict.fromkeys(names)
    return common.Args(name=name, json=json, history=False, full=False, **unasked)


def run(args: common.Args) -> int:
    if args.lat is not None or args.lon is not None or not args.name:
        if args.name or args.lat is None or args.lon is None:
            raise UsageError("give a NAME, or both --lat and --lon in place of one")
        args.name = [f"{args.lat},{args.lon}"]
    if sure := _surely_several(args.name):
        return _compare(args, sure)
    if args.format:
        return _compare(args, _several(args) or [" ".join(args.name)])
    try:
        found = common.answered(args)
    except UnknownJurisdiction:
        if places := _several(args):
            return _compare(args, places)
        raise
    if args.json:
        common.print_json(found)
    else:
        from regstatus.cli._text import show

        print(show(found, history=args.history, full=args.full))
    return 0


def _surely_several(words: list[str]) -> list[str]:
    """Several ids, ZIP codes or states: `US US-TX` is no place in another, `Texas Ohio` no town of Ohio."""
    if len(words) < 2:
        return []
    ids = [word for word in words if _is_id(word)]
    codes = [word for word in words if len(word) == 2]
    zips = [word for word in words if word[:5].isdigit() and len(word) in {5, 10}]
    if (ids and len(ids) + len(codes) == len(words)) or len(zips) == len(words):
        return words
    from regstatus.catalog.places import name_key, table

    def state(text: str) -> bool:
        return "," not in text and str(table()["names"].get(name_key(text))).startswith("US-")

    found = dict.fromkeys(_cut(words, state))
    return [*found] if len(found) > 1 and all(map(state, found)) else []


def _cut(words: list[str], known: "Callable[[str], bool]") -> list[str]:
    """Words in parts, each the longest that is known; an id stands alone."""
    found = []
    while words:
        longest = next((at for at, word in enumerate(words) if _is_id(word)), len(words))
        ends = (end for end in range(longest, 0, -1) if known(" ".join(words[:end])))
        end = next(ends, 1)
        found.append(" ".join(words[:end]))
        words = words[end:]
    return found


def _is_id(word: str) -> bool:
    return word[2:3] in {"-", "/"} and word[:2].isalpha()


def _several(args: common.Args) -> list[str]:
    """The places that were typed one behind the other, none if the words are for one."""
    words: list[str] = args.name
    if len(words) < 2:
        return []
    from regstatus.catalog.places.atlas import Atlas
    from regstatus.query.dataset import opened as opened_in_silence

    snapshot = opened_in_silence(args.snapshots, args.as_known_on).snapshot
    atlas = Atlas(snapshot.localities())

    def known(text: str) -> bool:
        try:
            return bool(atlas.readings(text))
        except UnknownJurisdiction:
            return False

    if known(" ".join(words)):
        return []
    if any(" " in word.strip() for word in words):
        return words
    found = _cut(words, known)
    # `Cook Conty IL` is one place with a slip, though there is a town of Cook.
    sure = [
        one
        for one in found
        if known(one) and any(snapshot.get(place.id) for place in atlas.readings(one))
    ]
    return found if len(sure) > 1 or all(map(known, found)) else []


def _compare(args: common.Args, places: list[str]) -> int:
    """A line for each place; what cannot be answered is told, and loses nothing of the others."""
    found: list[AnswerData] = []
    dataset = common.opened(args.snapshots, args.as_known_on)
    for place in places:
        try:
            found.append(common.answered(args, dataset, place))
        except AskedBack as error:
            from regstatus.cli._failure import explain

            explain(error, as_json=args.json or args.format == "json")
    if args.json or args.format not in {None, "table"}:
        common.print_listing("status", args, found)
    elif found:
        print(_table(found))
    return 0 if len(found) == len(places) else 2


_BRIEF = {
    "sale_prohibited": "no sale",
    "prescription_only": "Rx only",
    "age_restricted": "age only",
}


def _table(found: "list[AnswerData]") -> str:
    """The places below each other, in shorter words where the whole are too many for a terminal."""
    from regstatus.cli._layout import COLUMNS, shortened, width
    from regstatus.cli._text import told_of
    from regstatus.query.formats import FORMS

    text = ""
    for brief in (False, True):
        names = ("place", "leaf", "mitrag." if brief else "mitragynine", "7-oh",
                 "deriv." if brief else "derivatives", "age", "cap", "known")  # fmt: skip
        text = FORMS["table"].text(names, (_cells(one, brief) for one in found), found)
        if max(map(width, text.splitlines())) <= COLUMNS:
            break
    first = found[0]
    day = first["on"] + (f" ({first['zone']})" if first["zone"] else "")
    for one in found:
        for label, others in (
            ("may lie in", one["possible"]),
            ("stricter inside:", one["stricter_within"]),
        ):
            if others:
                key = one["jurisdiction"]["id"]
                text += shortened(common.clean(f"{key}: {label} {told_of(others)}")) + "\n"
    for origin in dict.fromkeys(one["snapshot"]["origin"] for one in found):
        text += common.clean(f"NOT OFFICIAL: {origin}") + "\n" if origin else ""
    return text + f"On {day} · snapshot {first['snapshot']['version']} · not legal advice"


def _cells(answer: "AnswerData", brief: bool) -> list[str]:
    cells = [answer["jurisdiction"]["id"]]
    for detail in answer["details"].values():
        word = detail["status"]
        word = _BRIEF.get(word, word) if brief else word.replace("_", " ")
        cells.append(word + (f" ({detail['probably']}?)" if detail["probably"] else ""))
    first, more, _ = (answer["seven_oh_cap"] or "").partition(";")
    age = f"{answer['minimum_age']}+" if answer["minimum_age"] else ""
    cap = f"{first}…" if more and brief else answer["seven_oh_cap"] or ""
    return [*cells, age, cap, answer["freshness"]["state"]]
