"""Words laid beside those last confirmed: what may matter is told, what is harmless is not."""

import pytest

from regstatus.decide.trust import changes
from regstatus.decide.versions import Passages
from tests.support.make import source

CHAPTER, LIST = source().documents
DRUGS = [f"{a}{b}" for a in ("Ace", "Ben", "Clo", "Eto", "Fen", "Keto") for b in
         ("fentanyl", "morphine", "nitazene", "methadol", "codeine", "prodine")]  # fmt: skip
HEADINGS = ((0, 0), (1, 1), (2, 1))
LAW = [
    "CHAPTER 444. KRATOM ACT",
    "Sec. 1. Definitions.",
    "Sec. 2. Sale.",
    "(a) A kratom processor may not sell kratom that holds more than 2.5 mg of mitragynine a serving.",
    "(b) The processor keeps its invoices for three years at the place of business and shows them.",
    *(
        f"({n}) Invoice {n} names the seller, the buyer, the day and the weight."
        for n in range(3, 9)
    ),
    "It is a misdemeanor to hide one.",
    "Nothing here says that kratom may be given to children by a person who holds a licence.",
]
SCHEDULE = [
    "CONTROLLED SUBSTANCES ACT",
    "Schedule I",
    "Schedule I consists of:",
    *DRUGS[:9],
    "Heroin",
    *DRUGS[9:25],
    "Psilocybin",
    *DRUGS[25:],
]


def told(document, old, now, headings=HEADINGS[:2], quotes=()):
    return changes(
        "\n".join(old) + "\n", Passages("\n".join(now) + "\n", headings), document, quotes
    )


def replaced(lines, old, new):
    assert any(old in line for line in lines)
    return [line.replace(old, new) for line in lines]


def with_line(lines, at, *new):
    return [*lines[:at], *new, *lines[at:]]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2.5 mg", "25 mg"),
        ("more than 2.5", "more than > 2.5"),
        ("Nothing here says that kratom may", "Kratom may"),
        ("by a person who holds a licence.", ""),
        ("may not sell", "may sell"),
    ],
)
def test_a_passage_with_a_name_that_is_cut_or_has_another_number_says_something_new(old, new):
    assert told(CHAPTER, LAW, replaced(LAW, old, new)).new


@pytest.mark.parametrize(
    "name", ["K r a t o m", "Kr\u0430tom", "KRAT0M", "M1tragynine", "kr\u00e1tom"]
)
def test_a_name_is_one_however_it_is_spelt(name):
    assert told(LIST, SCHEDULE, with_line(SCHEDULE, 20, name)).new
    assert told(CHAPTER, LAW, with_line(LAW, 9, f"{name} is contraband.")).new


@pytest.mark.parametrize(
    "head",
    [
        "Substances removed from Schedule I",
        "Exempted substances",
        "Schedule V",
        "Former Schedule I",
    ],
)
@pytest.mark.parametrize("inserted", [False, True])
def test_another_heading_above_a_list_is_new(head, inserted):
    if inserted:
        now = with_line(SCHEDULE, 2, head)
        assert told(LIST, SCHEDULE, now, headings=(*HEADINGS[:2], (2, 2))).new
    else:
        assert told(LIST, SCHEDULE, [SCHEDULE[0], head, *SCHEDULE[2:]]).new


@pytest.mark.parametrize(
    "lead",
    ["These substances are exempt:", "Schedule I consisted until 2020 of:", "Not controlled:"],
)
def test_other_words_that_introduce_a_list_are_new(lead):
    assert told(LIST, SCHEDULE, [*SCHEDULE[:2], lead, *SCHEDULE[3:]]).new


@pytest.mark.parametrize("moved", ["Heroin", "Psilocybin", "Kratom leaf"])
def test_an_entry_that_moves_under_another_heading_is_told(moved):
    old = [*with_line(SCHEDULE, 9, "Kratom leaf"), "Removed substances", "Alpha", "Beta"]
    assert not any(told(LIST, old, old))
    now = [*(line for line in old if line != moved), moved]
    heads = [(0, 0), (1, 1), (now.index("Removed substances"), 1)]
    assert told(LIST, old, now, heads).new


@pytest.mark.parametrize(
    "words",
    [
        "Whoever does so is guilty of a felony.",
        "This act is repealed.",
        "It is unlawful to own them.",
    ],
)
@pytest.mark.parametrize("at", [4, 9, 13])
def test_words_that_weigh_count_anywhere_under_a_heading_with_a_name(words, at):
    assert told(CHAPTER, LAW, with_line(LAW, at, words)).new


@pytest.mark.parametrize(
    "words",
    [
        "Certificates lapse at midnight.",
        "The stock goes to the sheriff.",
        "* Awaiting the vote of the people.",
        "(c) On the first Monday of March the doors close.",
    ],
)
@pytest.mark.parametrize("at", [4, 5, 9])
def test_new_words_in_law_on_kratom_are_told_whatever_they_say(words, at):
    assert told(CHAPTER, LAW, with_line(LAW, at, words)).new


@pytest.mark.parametrize("at", [3, 10, 20])
@pytest.mark.parametrize(
    ("line", "is_told"),
    [
        ("The mayor tells which of them count.", True),
        ("Nobody reads it that way any more.", True),
        ("Tillämpningen avgörs av rätten.", True),
        ("Zipeprol", False),
        ("Nitazenes (all compounds that are built likewise)", False),
        ("Metonitazene hydrochloride", False),
    ],
)
def test_a_sentence_in_a_list_is_told_and_an_entry_is_not(line, is_told, at):
    assert bool(told(LIST, SCHEDULE, with_line(SCHEDULE, at, line)).new) is is_told


@pytest.mark.parametrize(
    "words",
    [
        "Sec. 2 gives way to the mayor.",
        "Nobody heeds Sec. 2, or Sec. 5.",
        "Of sec. 1 and 2 none stands.",
    ],
)
def test_words_elsewhere_that_speak_of_the_section_by_its_number_are_told(words):
    code = ["CODE", "Sec. 1. Milk", "Milk is kept cold.", "Sec. 2. Sale", "Kratom is sold to adults.",
            "Sec. 3. Parks", "Parks close at ten.", "Sec. 4. Bees", "Hives stand apart."]  # fmt: skip
    heads = ((0, 0), (1, 1), (3, 1), (5, 1), (7, 1))
    assert told(CHAPTER, code, [*code, words], heads).new
    assert not told(CHAPTER, code, [*code, "Hives are counted by the keeper."], heads).new


@pytest.mark.parametrize("gone", ["(a) A kratom", "It is a misdemeanor"])
def test_what_weighs_beside_a_name_and_is_gone_is_told(gone):
    assert told(CHAPTER, LAW, [line for line in LAW if not line.startswith(gone)]).lost


@pytest.mark.parametrize("lost", [slice(3, 7), slice(14, 18), slice(-4, None)])
def test_entries_that_are_gone_are_missed_though_others_fill_their_place(lost):
    now = list(SCHEDULE)
    now[lost] = ["Search", "Print", "Help", "Contact"]
    assert any("shorter" in why for why in told(LIST, SCHEDULE, now).lost)


HARMLESS = {
    "a footer": (LIST, SCHEDULE, [*SCHEDULE, "Copyright 2026. All rights reserved."]),
    "an entry": (LIST, SCHEDULE, with_line(SCHEDULE, 14, "Zipeprol (also known as respilene)")),
    "numbers of entries": (
        LIST,
        SCHEDULE,
        [*SCHEDULE[:3], *(f"({n}) {name}" for n, name in enumerate(SCHEDULE[3:]))],
    ),
    "a spelling": (
        CHAPTER,
        LAW,
        replaced(LAW, "It is a misdemeanor", "It is a misdemeanour"),
    ),
    "a control that is written otherwise": (
        LIST,
        replaced(SCHEDULE, "Heroin", "Heroin (diacetylmorphine), 9200"),
        replaced(SCHEDULE, "Heroin", "Heroin (diacetylmorphin), 9200"),
    ),
    "lines of a print": (
        CHAPTER,
        [*LAW, "Printed in 2025"],
        ["CHAPTER 444. KRATOM ACT", "Sec. 1. Definitions.", "Sec. 2. Sale."]
        + [line for long in LAW[3:] for line in (long[:37], long[37:]) if line]
        + ["Printed in 2026"],
    ),
}


@pytest.mark.parametrize(("document", "old", "now"), HARMLESS.values(), ids=HARMLESS)
def test_a_harmless_change_is_not_told(document, old, now):
    assert told(document, old, now) == ((), ())


def test_many_lines_that_are_broken_otherwise_are_the_same_text():
    old = [f"The {n}th invoice names its seller, its buyer, its day, its weight and its place of origin."
           for n in range(2000)]  # fmt: skip
    whole = " ".join(old)
    now = [whole[at : at + 70] for at in range(0, len(whole), 70)]
    assert told(CHAPTER, [*old, "As of 2025"], [*now, "As of 2026"], headings=()) == ((), ())
