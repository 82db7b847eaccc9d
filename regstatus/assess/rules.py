"""Rules: the one vocabulary of names under which facts are read, with what each means.

`Place.rule` of every mention, age, cap, duty and prohibition is one of these, so
that a person who checks a finding can see why it was made.
"""

from __future__ import annotations

__all__ = ["RULES"]

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
