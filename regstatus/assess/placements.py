"""Placements: sentences that place a name in a schedule, or call it a narcotic.

A verb alone says nothing («dodaje się» adds anything to anything), and neither does the noun;
only both in one sentence do. What the same words deny is for `removals`.
"""

from __future__ import annotations

from functools import lru_cache

from regstatus.assess.prefilter import LazyPattern, Unhinted

__all__ = ["CLASS_NOUN", "DESIGNATED", "conditional", "designates"]

DESIGNATED = LazyPattern("{placement.verbs}")
CLASS_NOUN = LazyPattern("{placement.nouns}")
# «Jos kratom on huumausaine, …» asks, and places nothing.
_IF = Unhinted(r"{placement.conditions}\s+(?:[^\W\d_]+\s+){0,2}[\"“„«(]?$")


@lru_cache(maxsize=256)
def designates(text: str) -> bool:
    """Whether a sentence has the verb and the noun of a placement; each of its terms asks."""
    return bool(DESIGNATED.search(text) and CLASS_NOUN.search(text))


def conditional(before: str) -> bool:
    """Whether the words before a name make its sentence a condition."""
    return _IF.search(before[-60:]) is not None
