"""Listings: what each list is, what may be asked of it, and its columns; written once.

From here come the options and tables of the command line, the parameters and files of the HTTP
interface, its description, and the data package.
"""

from __future__ import annotations

from regstatus.base.errors import UsageError
from regstatus.catalog.places import LEVELS, Registry
from regstatus.model.law import SUBSTANCES, FreshnessState, Grade, Status
from regstatus.model.words import Outcome
from regstatus.query.column import Column
from regstatus.query.lists import FOR_PEOPLE, NEVER_FETCHED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    from regstatus.model.shapes import ShortAnswerData
    from regstatus.query.lists import View

    Given = Mapping[str, Any]


class Parameter:
    """Something that may be asked of a list.

    Attributes:
        name: In the query of an address; as an option `--as-known-on` for `as_known_on`.
        kind: `day`, `version`, `text` or `flag`; the words where only some are taken.
        metavar: What stands for its value in help; its name if None.
        served: Whether the HTTP interface takes it, too.
    """

    def __init__(
        self,
        name: str,
        says: str,
        kind: str | tuple[str, ...] = "text",
        *,
        metavar: str | None = None,
        many: bool = False,
        served: bool = True,
    ) -> None:
        self.name, self.says, self.kind = name, says, kind
        self.metavar, self.many, self.served = metavar, many, served


class Listing:
    """One list; the columns of its `key` name a row, and `parameters` are asked besides its form."""

    def __init__(
        self,
        title: str,
        says: str,
        columns: Sequence[Column],
        parameters: Sequence[Parameter] = (),
        key: Sequence[str] = (),
    ) -> None:
        self.title, self.says, self.columns = title, says, columns
        self.parameters, self.key = parameters, key

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its columns."""
        return tuple(column.name for column in self.columns)

    def cells(self, item: Mapping[str, Any]) -> list[Any]:
        """The row of an item."""
        return [column.cell(item) for column in self.columns]


ON = Parameter(
    "on", "the day of law time, local to the place; today (UTC) if left out", "day", metavar="DATE"
)
KNOWN = Parameter(
    "as_known_on",
    "a version id or a day: answer as the records stood then",
    "version",
    metavar="DATE|VERSION",
)
SUBSTANCE = Parameter("substance", "whose status leads", SUBSTANCES, metavar="NAME")
_PLACE = Parameter("jurisdiction", "a name, code or id: only this one", metavar="NAME")
_GRADES, _STATUSES = tuple(map(str, Grade)), tuple(map(str, Status))


def _texts(*names: str) -> list[Column]:
    return [Column(name) for name in names]


def _status_of(name: str) -> Column:
    return Column(name, words=Status, of=lambda item: item["substances"].get(name))


LISTS: dict[str, Listing] = {
    "status": Listing(
        "Short answers for every place, for the day of this edition",
        "The short answers for every place on earth.",
        [
            Column("id", of=lambda item: item["jurisdiction"]["id"]),
            Column("name", of=lambda item: item["jurisdiction"]["name"]),
            Column("status", words=Status),
            *map(_status_of, SUBSTANCES),
            Column("minimum_age", "integer"),
            Column("seven_oh_cap"),
            Column("since", "date"),
            Column("grade", words=Grade),
            Column("basis"),
            Column("freshness", words=FreshnessState, of=lambda item: item["freshness"]["state"]),
            Column("verified_at", "datetime", of=lambda item: item["freshness"]["verified_at"]),
            *_texts("on", "zone"),
        ],
        [
            ON,
            KNOWN,
            SUBSTANCE,
            Parameter("status", "keep these only", _STATUSES, many=True),
            Parameter("country", "keep this country and what lies in it", metavar="CODE"),
            Parameter("level", "keep one kind of place", LEVELS),
            Parameter("grade", "keep what is known at least this well", _GRADES),
            Parameter("fresh", "keep only what is not stale", "flag"),
        ],
        ["id"],
    ),
    "changes": Listing(
        "Typed events, oldest first",
        "Typed events, oldest first.",
        [
            *_texts("version", "kind", "jurisdiction", "substance", "before", "after"),
            Column("law_date", "date"),
            *_texts("sentence"),
        ],
        [
            Parameter("since", "after this version or day", "version", metavar="VERSION|DATE"),
            _PLACE,
            Parameter(
                "substance",
                "only what is about this substance, or about no single one",
                SUBSTANCES,
                metavar="NAME",
            ),
        ],
    ),
    "upcoming": Listing(
        "Enacted changes still to come",
        "Enacted changes still to come, nearest first.",
        [
            Column("from", "date"),
            Column("id", of=lambda item: item["jurisdiction"]),
            *_texts("name"),
            *map(_status_of, SUBSTANCES),
            Column("grade", words=Grade),
            Column("law", of=lambda item: "; ".join(item["citations"])),
            *_texts("challenged"),
        ],
        [ON, _PLACE],
    ),
    "stale": Listing(
        "Records that are due or stale, and why",
        "Records that are due or stale, and why.",
        [
            *_texts("id", "name"),
            Column("state", words=FreshnessState),
            Column("verified_at", "datetime"),
            Column("attested", "date"),
            Column("check_by", "date"),
            Column("reasons", of=lambda item: "; ".join(item["reasons"])),
        ],
        [Parameter("due", "also those whose turn is near", "flag", served=False)],
        ["id"],
    ),
    "snapshots": Listing(
        "Every version of the data",
        "Every version, oldest first.",
        [
            *_texts("id"),
            Column("created", "datetime"),
            Column("records", "integer"),
            Column("changes", "integer"),
            *_texts("digest", "origin"),
        ],
        key=["id"],
    ),
    "sources": Listing(
        "Every watched document with its clocks",
        "Every watched document with its clocks.",
        [
            *_texts("key", "title", "publisher", "reads"),
            Column("outcome", words=(*Outcome, NEVER_FETCHED, FOR_PEOPLE)),
            *_texts("problem"),
            Column("last_fetched", "datetime"),
            Column("verified_at", "datetime"),
            Column("failures", "integer"),
            *_texts("url_basis"),
            Column("url", form="uri"),
        ],
        [_PLACE],
        ["key"],
    ),
}
"""Every list by its name: that of its address, `v1/status`."""


def items(view: View, name: str, given: Given) -> Sequence[Mapping[str, Any]]:
    """The items of one of `LISTS`, as was asked by the names of its parameters.

    Raises:
        UsageError: If a word is not understood.
        SnapshotError: If a file of changes is damaged.
    """
    found = _whole(view, name, given)
    place = given.get("jurisdiction")
    if place is None:
        return found
    if not any(item["jurisdiction"] == place for item in found):
        place = view.id_of(place)
    return [item for item in found if item["jurisdiction"] == place]


def _whole(view: View, name: str, given: Given) -> Sequence[Mapping[str, Any]]:
    if name == "status":
        keep = _filter(given)
        answers = view.status(on=given.get("on"), substance=given.get("substance"))
        return [item for item in answers if keep(item)]
    if name == "changes":
        from regstatus.model.law import substance

        # Events about no single substance may be about this one: they are told all the same.
        asked = given.get("substance")
        about = None if asked is None else {None, str(substance(asked))}
        found = view.events(given.get("since"))
        return [item for item in found if about is None or item["substance"] in about]
    if name == "upcoming":
        return view.coming(given.get("on"))
    if name == "stale":
        return [item for item in view.stale if given.get("due", True) or item["state"] == "stale"]
    return view.versions if name == "snapshots" else view.documents


def _filter(given: Given) -> Callable[[ShortAnswerData], bool]:
    """A test of short answers; a country keeps what lies in it, too, and `all` keeps every place."""
    statuses = [word for text in given.get("status") or () for word in text.split(",")]
    wanted = {_word("status", _STATUSES, word) for word in statuses}
    country, level, grade = (given.get(name) for name in ("country", "level", "grade"))
    rank = Grade(_word("grade", _GRADES, grade)).rank if grade else 0
    kind = None if level is None else _word("level", LEVELS, level)
    within = None
    if country and country.casefold() != "all":
        within = Registry().resolve(country).id

    def keep(item: ShortAnswerData) -> bool:
        key = item["jurisdiction"]["id"]
        return (
            (not wanted or item["status"] in wanted)
            and Grade(item["grade"]).rank >= rank
            and (within is None or key == within or key.startswith((f"{within}-", f"{within}/")))
            and (kind is None or item["jurisdiction"]["level"] == kind)
            and not (given.get("fresh") and item["freshness"]["state"] == "stale")
        )

    return keep


def _word(name: str, known: Sequence[str], value: str) -> str:
    spelling = value.casefold().replace("-", "_")
    if spelling not in known:
        raise UsageError(f"{value!r} is no {name}; there are {', '.join(known)}")
    return spelling
