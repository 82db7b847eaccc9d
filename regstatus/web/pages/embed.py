"""Embed: what other sites show of a place, a card in a frame and a badge; both tell how it is known."""

from regstatus.web.edition import Edition
from regstatus.web.pages.place import coming
from regstatus.web.render import render, render_xml

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
