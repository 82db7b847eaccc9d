"""What a person may have meant by a name that no one bears. Loaded only to word an error."""

from __future__ import annotations

from difflib import get_close_matches

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_ALIKE = 0.72
"""Least likeness, of 1: one or two slips in a name of usual length."""


def closest(key: str, names: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the ids whose names are most like the key of what was typed, best first.

    A name that merely holds the typed word, or is held by it, comes after those
    that look alike: `columbia` is near Colombia, and part of District of Columbia.
    """
    if len(key) < 3:
        return []  # any two letters are like any other two
    keys = get_close_matches(key, names, n=6, cutoff=_ALIKE)
    if len(key) >= 4:
        keys += [name for name in names if key in name or (len(name) > 4 and name in key)]
    return list(dict.fromkeys(ident for name in keys for ident in names[name]))
