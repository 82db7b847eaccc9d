"""Listings: what each list is, what may be asked of it, and its columns, as `listings.json` has them.

From here come the options and tables of the command line, the parameters and files of the HTTP
interface, its description, and the data package.
"""

from __future__ import annotations

import json
import os

from regstatus.base.errors import UsageError
from regstatus.catalog.places import LEVELS, Registry
from regstatus.decide.fresh_enough import is_enough, read_ages
from regstatus.model.law import SUBSTANCES, FreshnessState, Grade, Permission, Status
from regstatus.model.words import Outcome
from regstatus.query.lists import BROUGHT, FOR_PEOPLE, NEVER_FETCHED, SHORT, keys_of, part

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from typing import Any

    from regstatus.model.shapes import ShortAnswerData
    from regstatus.query.lists import View

    Given = Mapping[str, Any]

_STATUSES, _GRADES = tuple(map(str, Status)), tuple(map(str, Grade))
_WORDS: dict[str, tuple[str, ...]] = {
    "levels": LEVELS,
    "substances": SUBSTANCES,
    "statuses": _STATUSES,
    "permissions": tuple(map(str, Permission)),
    "grades": _GRADES,
    "freshness": tuple(map(str, FreshnessState)),
    "outcomes": (*map(str, Outcome), NEVER_FETCHED, FOR_PEOPLE, BROUGHT),
}
"""What a column or parameter may be limited to, by the name that stands in the files."""


class Column:
    """A column of a list or of a table.

    Attributes:
        name: Its name.
        type: `string`, `integer`, `boolean`, `date` or `datetime` (UTC), as Frictionless has them.
        says: What it means; also the line of `docs/export.md`.
        words: The words it is limited to, if it is.
        required: Whether it is never empty.
        form: What kind of string it is, such as `uri`, if that is known.
    """

    def __init__(
        self,
        name: str,
        type: str = "string",  # noqa: A002  (the field's own word)
        says: str = "",
        words: str | None = None,
        *,
        required: bool = False,
        form: str | None = None,
        at: str | None = None,
    ) -> None:
        self.name, self.type, self.says, self.required, self.form = name, type, says, required, form
        self.words = _WORDS[words] if words else ()
        self.at = (at or name).split(".")

    def cell(self, item: Mapping[str, Any]) -> Any:
        """What stands in it for an item of a list; several things are joined."""
        found: Any = item
        for key in self.at:
            found = found.get(key)
        if isinstance(found, (list, tuple)) and self.type == "integer":
            return len(found)
        if isinstance(found, dict):
            found = [f"{name} {word}" for name, word in found.items()]
        return "; ".join(found) if isinstance(found, (list, tuple)) else found

    def described(self) -> dict[str, Any]:
        """The type as a table schema of Frictionless has it."""
        limits = _without_empty({"required": self.required, "enum": list(self.words)})
        told = {"type": self.type, "description": self.says, "format": self.form}
        flags = _FLAGS if self.type == "boolean" else {}
        return _without_empty({**told, **flags, "constraints": limits})


_FLAGS = {"trueValues": ["yes", "true"], "falseValues": ["no", "false"]}


def _without_empty(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: fact for name, fact in facts.items() if fact}


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
        self.name, self.says, self.metavar = name, says, metavar
        self.kind = _WORDS.get(kind, kind) if isinstance(kind, str) else kind
        self.many, self.served = many, served


class Listing:
    """One list of items of a shape; the columns of its `key` name a row, `parameters` may be asked."""

    def __init__(
        self,
        title: str,
        says: str,
        item: str,
        columns: Sequence[Mapping[str, Any]],
        parameters: Sequence[str | Mapping[str, Any]] = (),
        key: Sequence[str] = (),
    ) -> None:
        self.title, self.says, self.item, self.key = title, says, item, key
        self.columns = [Column(**column) for column in columns]
        self.parameters = [
            _SHARED[item] if isinstance(item, str) else Parameter(**item) for item in parameters
        ]
        self.names = tuple(column.name for column in self.columns)

    def table(
        self, found: Iterable[Mapping[str, Any]], given: Given
    ) -> tuple[list[str], Iterator[list[Any]]]:
        """The names of its columns, or of those that `fields` asks for, and a row for each item."""
        columns = self.columns
        if given.get("fields"):
            kept = keys_of(given["fields"], SHORT)
            columns = [column for column in columns if column.at[0] in kept]
        rows = ([column.cell(item) for column in columns] for item in found)
        return [column.name for column in columns], rows


with open(os.path.join(os.path.dirname(__file__), "listings.json"), encoding="utf-8") as _file:
    _TOLD = json.load(_file)
_SHARED = {name: Parameter(name, **told) for name, told in _TOLD["parameters"].items()}
ON, KNOWN, SUBSTANCE, FIELDS = (
    _SHARED[name] for name in ("on", "as_known_on", "substance", "fields")
)
LISTS = {name: Listing(**told) for name, told in _TOLD["lists"].items()}
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
        keep = _filter(given, view.moment.date())
        answers = view.status(on=given.get("on"), substance=given.get("substance"))
        fits = _fitting([item["jurisdiction"]["id"] for item in answers], given.get("only") or ())
        if (since := given.get("changed_since")) is not None:
            fits &= view.changed(since, fits)
        fields = given.get("fields") or ()
        return [
            part(item, fields)
            for item in answers
            if item["jurisdiction"]["id"] in fits and keep(item)
        ]
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
        due = given.get("due", True)
        return [i for i in view.stale if due or not FreshnessState(i["state"]).trusted]
    if name in {"review", "pending"}:
        return view.review if name == "review" else view.pending
    return view.versions if name == "snapshots" else view.documents


def _filter(given: Given, today: date) -> Callable[[ShortAnswerData], bool]:
    """A test of short answers; a country keeps what lies in it, too, and `all` keeps every place."""
    statuses = [word for text in given.get("status") or () for word in text.split(",")]
    wanted = {_word("status", _STATUSES, word) for word in statuses}
    widened = given.get("or_probably")
    if widened and not wanted:
        raise UsageError("or-probably widens status: give that, too, such as --status banned")
    country, level, grade = (given.get(name) for name in ("country", "level", "grade"))
    rank = Grade(_word("grade", _GRADES, grade)).rank if grade else 0
    ages = read_ages(asked) if (asked := given.get("fresh_enough")) else None
    kind = None if level is None else _word("level", LEVELS, level)
    within = None
    if country and country.casefold() != "all":
        within = Registry().resolve(country).id

    def keep(item: ShortAnswerData) -> bool:
        key = item["jurisdiction"]["id"]
        return bool(
            (not wanted or item["status"] in wanted or (widened and item["probably"] in wanted))
            and Grade(item["grade"]).rank >= rank
            and (within is None or key == within or key.startswith((f"{within}-", f"{within}/")))
            and (kind is None or item["jurisdiction"]["level"] == kind)
            and (ages is None or is_enough(item["grade"], item["freshness"], ages, today))
            and (not given.get("fresh") or FreshnessState(item["freshness"]["state"]).trusted)
        )

    return keep


def _fitting(ids: Sequence[str], patterns: Sequence[str]) -> set[str]:
    """The ids that fit any of the patterns, in either case; all where there are none."""
    from fnmatch import fnmatchcase

    found = set() if patterns else {*ids}
    for pattern in patterns:
        fit = {ident for ident in ids if fnmatchcase(ident.upper(), pattern.upper())}
        if not fit:
            raise UsageError(f"only: no id fits {pattern!r}; write ids such as US-TX or 'US-*'")
        found |= fit
    return found


def _word(name: str, known: Sequence[str], value: str) -> str:
    spelling = value.casefold().replace("-", "_")
    if spelling not in known:
        raise UsageError(f"{value!r} is no {name}; there are {', '.join(known)}")
    return spelling
