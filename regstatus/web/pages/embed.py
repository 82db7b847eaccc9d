"""Embed: what other sites show of a place, a card in a frame, a badge, a map; all tell how it is known."""

from datetime import date

from regstatus.web.edition import Edition
from regstatus.web.pages.maps import Map, geometry
from regstatus.web.pages.place import coming
from regstatus.web.render import day, render, render_xml, words_of

_COLOURS = {
    "banned": "#7d1237",
    "sale_prohibited": "#b93a20",
    "prescription_only": "#8939c6",
    "regulated": "#eba537",
    "age_restricted": "#f6e3a1",
    "unregulated": "#5aa7d8",
    "unknown": "#c3c8cc",
}
"""Those of the pages; a badge stands where their style sheet is not."""


def card(edition: Edition, base: str | None, key: str) -> str:
    """The status of each substance in a place, in a page of its own that any site may frame."""
    answer = edition.answer(key)
    turns = sorted(coming(edition, key, answer), key=lambda turn: turn["from"])
    path = f"embed/{key}.html"
    return render("embed.html", path, base, edition=edition, answer=answer, next=turns)


def badge(edition: Edition, base: str | None, key: str) -> str:
    """The status of the leaf in a place as a small picture; it says where the record is not to be trusted."""
    answer = edition.answer(key)
    name = f"kratom in {answer['jurisdiction']['name']}"
    shown = {"answer": answer, "name": name, "colours": _COLOURS}
    return render_xml("badge.svg", f"badge/{key}.svg", base, **shown)


def picture(edition: Edition, base: str | None, substance: str, on: date | None = None) -> str:
    """Both maps as one picture, which says its day, its substance and how many records can be relied on.

    Args:
        edition: The records.
        base: Absolute address of the site.
        substance: Its word: `7-oh`.
        on: Day of law time; the edition's own if left out.
    """
    map_ = Map(edition, substance, on)
    label = words_of()["labels"][substance]
    shown = {
        "map": map_,
        "geometry": geometry(),
        "colours": _COLOURS,
        "said": f"Legal status of {label} on {day(map_.on)}",
        "trust": f"{map_.proven} of {len(map_.recorded)} records can be relied on. "
        "Broken outline: stricter inside. Unknown is no permission. Not legal advice. "
        f"regstatus {edition.snapshot.version}",
    }
    return render_xml("map.svg", f"embed/map/{substance}.svg", base, **shown)
