"""Standing: whether a page says of itself that it is not the law in force.

Offices leave old consolidations, archived pages and drafts at their addresses, with a banner,
a heading or a title above that says so. Such a text reads like law, and proves nothing of today.
"""

from __future__ import annotations

from collections.abc import Iterable

from regstatus.model.vocabulary import WordPattern

__all__ = ["disowned"]

_BANNER, _LABEL = 400, 70
"""Characters that a banner, and a mere label, has at most: longer is text of the law."""
_SENTENCE = WordPattern("{standing.sentences}")
_WORD = WordPattern(r"\W*(?:{standing.is}\s+)?{standing.labels}(?=\W|$)")
_OTHER = WordPattern("{standing.elsewhere}")
"""The sentence speaks of a page elsewhere."""


def disowned(title: str | None, banners: Iterable[str]) -> str | None:
    """The words in which a page says that it is not the law in force; None where it does not.

    Args:
        title: Its title.
        banners: What stands above the text: headings, alerts, first paragraphs.
    """
    for words in (title or "", *banners):
        told = _SENTENCE.search(words) if len(words) <= _BANNER else None
        if told and not _OTHER.search(words[: told.start()]):
            return words
        if len(words) <= _LABEL and _WORD.match(words):
            return words
    return None
