"""Rules: the names under which facts are read, what each means, and the evidence for a fact.

`Place.rule` of every mention, age, cap, duty and prohibition is one of these, so
that a person who checks a finding can see why it was made.
"""

from __future__ import annotations

from regstatus.assess.clauses import Clause
from regstatus.model.finding import QUOTE_LIMIT, Place

__all__ = ["RULES", "place", "quote"]

RULES: dict[str, str] = {
    # why a term is listed
    "schedule-entry": "The entry of a schedule, list or annex of controlled substances.",
    "list-entry": "An item under words such as «any of the following substances».",
    "class-definition": "Part of the definition of a controlled class (a synthetic drug, say).",
    "threshold-entry": "An entry that controls only what exceeds a threshold.",
    "designation": "Placed in a schedule or declared a narcotic by a sentence.",
    "prohibition": "The object of an outright prohibition.",
    # why a term is excluded
    "exclusion": "Expressly left out by words in the same clause.",
    "exclusion-list": "An item under words such as «does not include».",
    "not-controlled": "Said not to be controlled.",
    # why a term is merely defined
    "definition": "Given a meaning, or used in giving one.",
    # why a term no longer (or not yet) speaks
    "repealed": "Stands in a repealed passage or document, or under «[Repealed]».",
    "expired": "Stands in a passage whose last day of force has passed.",
    "not-yet-in-force": "Stands in a passage whose first day of force has not come.",
    # why a term is merely mentioned
    "heading": "Stands in a title or heading.",
    "note": "Stands in a history note, annotation or footnote.",
    "recital": "Stands in a recital («whereas»), which enacts nothing.",
    "food-additive": "Named as a food additive, which is food law and no schedule.",
    "not-drug-law": "Stands in a list that is no drug law (racing rules, tariffs, fees).",
    "proposal": "Part of a proposed rule, a bill or an intention, which is not law.",
    "genus": "The genus, in an entry that leaves out Mitragyna speciosa: kratom is not entered.",
    "removal": "Taken out of a schedule, or said not to stand in one.",
    "mention": "Named in passing.",
    # ages
    "age-below": "Sale to people below the age is forbidden.",
    "age-from": "Sale is allowed from the age on.",
    "age-minor": "Sale to minors is forbidden and no number is given: 18.",
    # caps
    "cap-greater": "What exceeds the amount is forbidden.",
    "cap-at-most": "At most the amount is allowed.",
    "cap-table": "The amount in a table of limits.",
    "cap-ratio": "The least ratio of mitragynine to 7-hydroxymitragynine.",
    # duties
    "duty": "Words that lay down the duty, in a provision about kratom.",
    "duty-definition": "The definition of a lawful product leaves it out.",
    # prohibitions
    "ban-active": "«It is unlawful to …», «no person shall …».",
    "ban-passive": "«… is prohibited», «… may not be sold».",
    "ban-offender": "«Whoever … commits an offence».",
    "ban-list": "An item under such words.",
}

_ELLIPSIS = "…"


def quote(text: str, start: int, end: int, limit: int = QUOTE_LIMIT) -> str:
    """At most `limit` characters of `text` round `start:end`, verbatim.

    A cut is made between words where a space is near, and is marked with «…».
    """
    if len(text) <= limit:
        return text.strip()
    room = max(0, limit - 2 * len(_ELLIPSIS) - (end - start))
    left = max(0, start - room // 2)
    right = min(len(text), left + limit - 2 * len(_ELLIPSIS))
    left = max(0, right - (limit - 2 * len(_ELLIPSIS)))
    if left:
        space = text.find(" ", left, min(start, left + 40) + 1)
        left = space + 1 if space >= 0 else left
    if right < len(text):
        space = text.rfind(" ", max(min(end, right), right - 40), right)
        right = space if space >= 0 else right
    head = _ELLIPSIS if left else ""
    tail = _ELLIPSIS if right < len(text) else ""
    return f"{head}{text[left:right].strip()}{tail}"


def place(clause: Clause, start: int, end: int, rule: str) -> Place:
    """The place of `clause.text[start:end]`, quoted from its whole passage."""
    offset = clause.start
    return Place(
        quote=quote(clause.passage.text, offset + start, offset + end),
        headings=clause.passage.headings,
        anchor=clause.passage.anchor,
        rule=rule,
    )
