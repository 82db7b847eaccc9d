"""How a name becomes the key under which it is found, whatever its spelling; and which names are near it."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_PAIRS = {ord("æ"): "ae", ord("œ"): "oe", ord("þ"): "th"}
# The last four are modifier letters: they count as letters, and are written, left out and confused at will.
_LETTERS = str.maketrans("øđðłħıə", "oddlhie", "ʻʼʿʾ") | _PAIRS
"""Letters that Unicode does not split into a plain letter and an accent."""

_DROPPED = frozenset({"the", "of", "and"})
"""Words that people add and leave out at will."""

_SHORTENED = {"st": "saint", "mt": "mount", "ft": "fort"}
"""Abbreviations that only stand in front of a name: `ST` alone is São Tomé and Príncipe."""

_ALIKE, _VERY = 0.72, 0.85
"""Least likeness, of 1: one or two slips in a name of usual length; one, where there are thousands of names."""


def name_key(text: str) -> str:
    """Reduce a name to its key: two names with one key are the same name.

    Case, accents, punctuation and spacing go, and so do "the", "of", "and" and
    "&". "St.", "Mt." and "Ft." in front of another word are written out. The
    key of `Washington, D.C.` is `washingtondc`; of `Türkiye`, `turkiye`. Scripts
    other than Latin keep their letters. A text without letters or digits gives
    an empty key, which names no place.
    """
    text = text.lower() if text.isascii() else fold(text)
    words = "".join(char if char.isalnum() else " " for char in text).split()
    last = len(words) - 1
    kept = [
        _SHORTENED.get(word, word) if place < last else word
        for place, word in enumerate(words)
        if word not in _DROPPED
    ]
    # A text of nothing but such words may still be a code: AND is Andorra.
    key = "".join(kept or words)
    if key.isascii():
        return key
    import unicodedata

    # Korean syllables were taken apart by the folding; written whole they are shorter and legible.
    return unicodedata.normalize("NFC", key)


def may_be_code(text: str) -> bool:
    """Whether a text has none but ASCII letters and digits, so that it may be a code.

    `ČR` is short for Česká republika; its key is the code of Costa Rica.
    """
    if text.isascii():
        return True
    import unicodedata

    return all(char.isascii() or unicodedata.category(char)[0] not in "LMN" for char in text)


def closest(
    key: str, names: Mapping[str, Sequence[str]], lesser: Mapping[str, Sequence[str]]
) -> list[str]:
    """What a person may have meant: the ids whose names are most like the key typed, best first.

    A name that merely holds the typed word, or is held by it, comes after those
    that look alike: `columbia` is near Colombia, and part of District of Columbia. Those of `lesser`
    places must be more alike.
    """
    from difflib import SequenceMatcher, get_close_matches  # only errors pay for it

    if len(key) < 3:
        return []  # any two letters are like any other two
    keys = get_close_matches(key, names, n=6, cutoff=_ALIKE)
    keys += get_close_matches(key, lesser, n=3, cutoff=_VERY)
    keys.sort(key=lambda name: -SequenceMatcher(None, name, key).ratio())
    if len(key) >= 4:
        keys += [name for name in names if key in name or (len(name) > 4 and name in key)]
    return list(
        dict.fromkeys(
            ident for name in keys for at in (names, lesser) for ident in at.get(name, ())
        )
    )


def fold(text: str) -> str:
    """A text in small letters, without accents."""
    import unicodedata  # only names outside ASCII pay for it

    folded = unicodedata.normalize("NFKD", text).casefold().translate(_LETTERS)
    return "".join(char for char in folded if unicodedata.category(char)[0] != "M")
