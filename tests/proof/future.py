"""Proposals, bills and law of another day: never law today, and no proof of it either."""

from __future__ import annotations

from tests.proof.case import HTML, PDF, TEXT, XML, Case, cases
from tests.proof.laws import act, schedule, with_entry, with_section

_LEAF = "Mitragyna speciosa (kratom)"
ENTRIES = {
    "proposed in brackets": f"{_LEAF} (proposed)",
    "proposed addition": f"{_LEAF} [proposed addition]",
    "effective 2031 in brackets": f"[Effective January 1, 2031] {_LEAF}",
    "effective 2031 behind it": f"{_LEAF} (effective January 1, 2031)",
    "from a later day": f"{_LEAF} (from 1 July 2029)",
    "pending": f"{_LEAF} (pending approval by the legislature)",
    "recommended": f"{_LEAF} - recommended for placement by the board",
    "under review": f"{_LEAF} - under review",
    "not yet in force": f"{_LEAF} (not yet in force)",
    "if enacted": f"{_LEAF}, if House Bill 12 becomes law",
    "expired": f"{_LEAF} (expired December 31, 2019)",
    "emergency listing that ended": f"{_LEAF} (emergency listing, January 1, 2016 to December 31, 2016)",
    "listed between two days": f"{_LEAF} (listed 1 May 2014 until 1 May 2016)",
    "temporary between two days": f"{_LEAF} [temporary: 2016-01-01 – 2017-12-31]",
    "two days through": f"{_LEAF} (temporary scheduling; July 1, 2021 through June 30, 2023)",
    "upon an event": f"{_LEAF} [Effective upon listing by the federal government]",
    "short day behind it": f"{_LEAF} (eff. 7/1/29)",
}
SECTIONS = {
    "effective DATE, a person shall not": "Effective January 1, 2031, a person shall not sell or possess kratom.",
    "on and after DATE": "On and after July 1, 2029, it is unlawful to possess kratom.",
    "beginning DATE": "Beginning January 1, 2030, kratom is a Schedule I controlled substance.",
    "mark before a section": "[Effective January 1, 2031] No person shall sell kratom.",
    "mark behind a section": "No person shall sell kratom. [Effective 1-1-31]",
    "takes effect": "No person shall possess kratom. This section takes effect on January 1, 2030.",
    "contingent": "It is unlawful to possess kratom. This section takes effect when federal law lists kratom.",
    "proposed section": "Proposed new section: No person shall sell or possess kratom.",
    "bill text": "HB 12 (2027) would add: “It is unlawful to sell kratom.”",
    "recommendation": "The department recommends that the possession of kratom be made unlawful.",
    "board intends": "The board intends to place kratom in Schedule I at its meeting in 2027.",
    "short mark with slashes": "No person shall sell kratom. [Eff. 7/1/29]",
    "short mark in front": "[Operative 12-31-30] No person shall possess kratom.",
    "short mark in round brackets": "A person shall not sell kratom (effective 01-15-28).",
    "if Congress acts": "It is unlawful to sell kratom. This section becomes effective only if Congress "
    "places kratom in a schedule.",
    "upon funding": "No person shall sell kratom. This section shall take effect upon the appropriation of funds.",
    "not until": "The possession of kratom is prohibited. This section shall not take effect until the "
    "commissioner certifies a laboratory.",
    "a petition quoted": "A petition asks that this be enacted: “No person shall possess kratom.”",
    "a measure quoted": 'Ballot measure 7 proposes: "Kratom is hereby declared a Schedule I controlled substance."',
    "S.B. quoted": "S.B. 40 would provide that “kratom is prohibited”.",
}
SUNSETS = {
    "a subsection that repeals itself": "This section is repealed on December 31, 2020.",
    "sunset of the chapter": "This chapter expires on June 30, 2024, unless the legislature extends it.",
    "repealed by its own terms": "Sections 444.001 to 444.005 are repealed effective July 1, 2025.",
    "sunset that came": "[This chapter sunset on 1 July 2023.]",
    "void if": "This chapter is void from September 1, 2026.",
    "remains in effect until": "This chapter shall remain in effect only until January 1, 2025, and as of that date is repealed.",
}
FOREIGN = {
    "de": ("Ab dem 1. Januar 2031 ist der Besitz von Kratom verboten.",
           "Entwurf: Kratom wird in Anlage I aufgenommen."),
    "fr": ("À compter du 1er janvier 2031, la vente de kratom est interdite.",
           "Proposition : le kratom est classé comme stupéfiant."),
    "es": ("A partir del 1 de enero de 2031 se prohíbe la venta de kratom.",
           "Proyecto: se prohíbe la tenencia de kratom."),
    "pl": ("Od dnia 1 stycznia 2031 r. zabrania się sprzedaży kratomu.",),
    "cs": ("Od 1. ledna 2031 se zakazuje prodej kratomu.",),
    "sv": ("Från och med den 1 januari 2031 är det förbjudet att inneha kratom.",),
    "nl": ("Vanaf 1 januari 2031 is het verboden kratom te bezitten.",),
    "ru": ("С 1 января 2031 года продажа кратома запрещена.",),
}  # fmt: skip


def _all() -> tuple[Case, ...]:
    rows = []
    for number, (name, entry) in enumerate(ENTRIES.items()):
        law = schedule("en", ("p", "li", "xml", "table", "text", "json")[number % 6])
        rows.append((f"entry: {name}", law, with_entry(law, entry)))
    under = schedule("en", "p")
    for name, heading in {
        "proposed additions": "Proposed additions to Schedule I",
        "pending changes": "Pending changes",
        "future version": "Version effective January 1, 2031",
        "under consideration": "Substances under consideration",
        "not enacted": "Additions that were not enacted",
    }.items():
        piece = f"<h3>{heading}</h3><p>(39) {_LEAF};</p>\n</main>"
        rows.append((f"heading: {name}", under, under.with_(("\n</main>", "\n" + piece))))
    for number, (name, text) in enumerate(SECTIONS.items()):
        law = act("en", (HTML, XML, TEXT, PDF)[number % 4])
        rows.append((f"section: {name}", law, with_section(law, text, "§ 444.009. Sale")))
    for number, (name, text) in enumerate(SUNSETS.items()):
        law = act("en", (HTML, XML, TEXT)[number % 3])
        rows.append((f"sunset: {name}", law, with_section(law, text, "§ 444.020. Duration")))
    for lang, sentences in FOREIGN.items():
        for sentence in sentences:
            law = act(lang)
            rows.append((f"{lang}: {sentence}", law, with_section(law, sentence)))
    return cases("future", rows)


CASES = _all()
