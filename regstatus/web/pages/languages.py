"""Languages: the fixed words of an answer in other languages than English; quotations stay as they are."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from babel.dates import format_date
from babel.messages.pofile import read_po

from regstatus.model.law import FreshnessState
from regstatus.query.headline import inside
from regstatus.web.links import words
from regstatus.web.render import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from regstatus.model.shapes import AnswerData

CATALOGUES = Path(__file__).parents[1] / "locale"
LANGUAGES = {"es": "Español", "de": "Deutsch", "fr": "Français", "th": "ไทย"}
"""Codes of the languages that have a catalogue, and what each calls itself."""
TRUSTED, DISTRUSTED = (
    "Proven or attested by an official text.",
    "Do not rely on this: no official text has proven it in time.",
)
CLOSING = (
    "“Unknown” never means permitted.",
    "Information with its sources, not legal advice.",
)


class Told(NamedTuple):
    """An answer in one language: what the law says, whether to rely on it, what one may do."""

    code: str
    name: str
    day: str
    warning: str
    substances: list[tuple[str, str]]
    activities: list[tuple[str, str]]
    rest: list[str]


@cache
def catalogue(code: str) -> dict[str, str]:
    """The words of a language, by the English ones."""
    with (CATALOGUES / f"{code}.po").open("rb") as file:
        return {str(item.id): str(item.string) for item in read_po(file) if item.id}


def told(answer: AnswerData, may: Mapping[str, Mapping[str, str]]) -> Iterator[Told]:
    """An answer in each language; `may` are the permissions for each substance and activity."""
    labels, activities = words_of()["labels"], words_of()["activities"]
    trusted = FreshnessState(answer["freshness"]["state"]).trusted
    on = date.fromisoformat(answer["on"])
    for code, name in LANGUAGES.items():
        say = catalogue(code)

        def status(key: str, say: Mapping[str, str] = say) -> str:
            detail = answer["details"][key]
            said = say[words(detail["status"])]
            if detail["at_least"]:
                said = say["at least {}"].format(said)
            if detail["probably"]:
                said += f", {say['probably {}'].format(say[words(detail['probably'])])}"
            if key == "7-oh" and answer["seven_oh_cap"]:
                said += f" ({say['limit {}'].format(answer['seven_oh_cap'])})"
            if inside(answer["stricter_within"], key):
                said += f"; {say['stricter in parts']}"
            return said

        age = answer["minimum_age"]
        yield Told(
            code=code,
            name=name,
            day=say["Law of {}"].format(format_date(on, "long", locale=code)),
            warning=say[TRUSTED if trusted else DISTRUSTED],
            substances=[(say[label], status(key)) for key, label in labels.items()],
            activities=[
                (say[label], say[may["leaf"][key]])
                for key, label in activities.items()
                if key in may["leaf"]
            ],
            rest=[
                *([say["Age of sale: {}"].format(age) + "."] if age else []),
                *(say[line] for line in CLOSING),
            ],
        )
