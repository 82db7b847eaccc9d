"""Laws that hold for every text: white space, case and hyphens never change what a law says."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regstatus.assess import assess
from regstatus.assess.clauses import quote
from regstatus.extract import normalise
from regstatus.model.text import Passage, Text
from regstatus.model.words import Format

DAY = date(2026, 7, 1)
HEAD = ("Controlled Substances Act", "Schedule I")
DRUGS = ("Heroin", "Psilocybin", "Mescaline", "Fentanyl", "Cathinone", "Salvia divinorum", "MDMA")
NAMES = {
    "Mitragyna speciosa (kratom)": "leaf",
    "Mitragynine": "mitragynine",
    "7-hydroxymitragynine": "7-oh",
    "Mitragynine pseudoindoxyl": "derivatives",
}
STATUTE = (
    "A retailer shall not sell a kratom product to a person under twenty-one (21) years of age.",
    "A kratom product shall not contain 7-hydroxymitragynine greater than 2% of the alkaloids.",
    "It is unlawful to sell any kratom product containing a synthetic alkaloid.",
    "A kratom product shall bear a label.",
)

entries = st.lists(st.sampled_from(DRUGS), min_size=1, max_size=12)


def schedule(names):
    return Text(
        tuple(Passage(f"({n}) {name};", headings=HEAD) for n, name in enumerate(names, 1)),
        Format.HTML,
    )


def facts(finding):
    return (
        [(m.substance, m.context, m.schedule, m.place.rule) for m in finding.mentions],
        finding.minimum_age and finding.minimum_age.years,
        [str(cap) for cap in finding.caps],
        [duty.name for duty in finding.duties],
        [(p.activity, p.substance) for p in finding.prohibitions],
    )


@given(names=entries, new=st.sampled_from(sorted(NAMES)), at=st.integers(0, 12))
@settings(max_examples=60)
def test_putting_the_name_into_a_schedule_lists_it_and_taking_it_out_silences_it(names, new, at):
    with_it = [*names[:at], new, *names[at:]]
    listed = assess(schedule(with_it), on=DAY)
    silent = assess(schedule(names), on=DAY)
    assert listed.says(NAMES[new]) == "listed"
    assert listed.schedule == "I"
    assert all(silent.says(substance) == "silent" for substance in NAMES.values())


@given(
    spaces=st.lists(st.sampled_from((" ", "\u00a0", "\u2009", "  ", "\n")), min_size=8, max_size=8),
    hyphen=st.sampled_from("-\u2010\u2011\u2212"),
)
@settings(max_examples=40)
def test_white_space_and_hyphens_change_nothing(spaces, hyphen):
    def vary(words):
        parts = words.replace("-", hyphen).split(" ")
        return "".join(
            part + (spaces[n % len(spaces)] if n < len(parts) - 1 else "")
            for n, part in enumerate(parts)
        )

    plain = Text(tuple(map(Passage, STATUTE)), Format.HTML)
    varied = Text(tuple(Passage(normalise(vary(words))) for words in STATUTE), Format.HTML)
    assert facts(assess(varied, on=DAY)) == facts(assess(plain, on=DAY))


@pytest.mark.parametrize("case", [str.upper, str.lower])
def test_case_changes_nothing(case):
    plain = Text(tuple(map(Passage, STATUTE)), Format.HTML)
    varied = Text(tuple(Passage(case(words)) for words in STATUTE), Format.HTML)
    assert facts(assess(varied, on=DAY)) == facts(assess(plain, on=DAY))


@given(soft=st.sampled_from(("\u00ad", "\u200b")), at=st.integers(1, 15))
def test_invisible_characters_inside_a_name_change_nothing(soft, at):
    name = "7-hydroxymitragynine"
    written = normalise(f"{name[:at]}{soft}{name[at:]}")
    text = Text((Passage(written, headings=HEAD),), Format.HTML)
    assert assess(text, on=DAY).says("7-oh") == "listed"


@given(st.lists(st.text(max_size=80), max_size=6), st.text(max_size=30))
@settings(max_examples=150)
def test_no_text_whatever_breaks_the_reading(passages, title):
    text = Text(
        tuple(Passage(f"{words} kratom 7-OH: {words}") for words in passages),
        Format.HTML,
        title=title,
    )
    finding = assess(text, on=DAY, controls=(title,))
    assert all(len(m.place.quote) <= 300 for m in finding.mentions)
    assert finding.readable or finding.problems


@given(st.text(min_size=1, max_size=900), st.data())
@settings(max_examples=150)
def test_a_quote_is_a_piece_of_the_text(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start, min(len(text), start + 60)))
    shown = quote(text, start, end)
    assert len(shown) <= 300
    assert shown.removeprefix("…").removesuffix("…").strip() in text


def test_the_day_is_the_only_clock():
    text = schedule(["Mitragynine"])
    late = Text(tuple(replace(p, valid_from=DAY) for p in text.passages), Format.HTML)
    assert assess(late, on=date(2026, 6, 30)).says("mitragynine") == "silent"
    assert assess(late, on=DAY).says("mitragynine") == "listed"
