"""Whatever is looked at quickly must come out as the long way does, for any text."""

import re
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regstatus.assess import clauses, lexicon
from regstatus.assess import prefilter as module
from regstatus.assess import schedule_names as labels
from regstatus.assess.prefilter import LazyPattern, hints
from regstatus.base.errors import ReadingError
from regstatus.base.relaxed import relaxed
from regstatus.extract import extract
from regstatus.model.vocabulary import fill
from tests.support.pages import ROOT

WORDS = """
    kratom Kratom KRATOM mitragynine Mitragyna speciosa 7-hydroxymitragynine 7-OH 7 OH
    9-fluoro-7-hydroxymitragynine dihydro-7-hydroxy mitragynine di O-desmethylmitragynine
    semi-synthetic alkaloids MGM-15 M. speciosa ketum daun purik biak กระท่อม кратом ミトラガイナ
    pseudoindoxyl (mitragynine-related compounds) PopisKratomMitragyna 174418-82-7 7a- non-kratom
    (a) (1) 1. A. ; : . , — Sec. 5.01. § 5 SCHEDULE I Schedule II Bilaga 1 มาตรา ๕ （１） 。 ；
    shall not sell under 21 eighteen (18) years twenty-one minors 十八 žádný zakazuje verboten
    following: which that any of unless label test license penalty 2 percent mg/g greater than
    heroin LSD hallucinogens opiates controlled substance narcotic drug list of table İ ı ſ K µ ﬅ ς
"""
PIECES = [
    *WORDS.split(),
    "  ",
    "\t",
    "\n",
    "\u00a0",
    "\u00ad",
    "No person may sell it.",
    "[Repealed]",
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=14).flatmap(
    lambda pieces: st.sampled_from((" ", "", "-")).map(lambda gap: gap.join(pieces))
)


@cache
def passages() -> list[str]:
    """Some passages of each example page."""
    found: dict[str, None] = {}
    for path in sorted((ROOT / "tests" / "examples" / "pages").rglob("*")):
        if path.suffix in {".html", ".xml", ".json"}:
            try:
                text = extract(path.read_bytes())
            except ReadingError:
                continue
            found.update(dict.fromkeys(p.text[:400] for p in text.passages[3:30:6]))
    return sorted(found)[:: max(1, len(found) // 120)]


@cache
def long_way(pattern: LazyPattern) -> re.Pattern[str]:
    return re.compile(fill(pattern.source), re.IGNORECASE)


def all_hinted() -> list[LazyPattern]:
    hints("")
    return module._HINTED


def test_no_pattern_matches_where_its_hint_says_that_it_cannot():
    texts = passages()
    assert len(texts) > 50
    for one in all_hinted():
        for text in texts:
            assert one.may(text) or long_way(one).search(text) is None, (one.source, text)


@given(TEXTS)
def test_a_text_is_cut_where_the_whole_pattern_cuts_it(text):
    for one in (text, *passages()):
        if clauses._BEGINS.search(one) is None:
            every = [cut.span() for cut in clauses._CUT.finditer(one)]
            assert [cut.span() for cut in clauses._cuts(one)] == every, one


@settings(max_examples=60)
@given(TEXTS)
def test_no_pattern_matches_where_its_hint_says_that_it_cannot_in_odd_texts(text):
    for one in all_hinted():
        found = long_way(one).search(text)
        assert (one.search(text) is None) == (found is None), one.source
        assert [m.start() for m in one.finditer(text)] == [
            m.start() for m in long_way(one).finditer(text)
        ]


def test_most_patterns_can_be_ruled_out():
    hinted = all_hinted()
    assert sum(one.may("—") for one in hinted) * 4 < len(hinted)


@pytest.mark.parametrize("text", ["KRATOM \u0130", "zak\u0131z", "\ud800 kratom", "\ufb06"])
def test_letters_that_fold_in_odd_ways_rule_nothing_out(text):
    assert hints(text) is None


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (r"\bkratom\b(?!\s+tea)", "kratom"),
        (r"^(?P<n>a|b)$", "(?:a|b)"),
        (r"(?-i:[IVX]+)", "(?:[IVX]+)"),
        (r"[^.;]{0,60}x", "(?s:.)*x"),
        (r"a{2,3}b{1,80}", "a{2,3}b+"),
        (r"(?<=[)(])\(", r"\("),
    ],
)
def test_a_pattern_is_relaxed(pattern, expected):
    assert relaxed(pattern) == expected


@settings(max_examples=400)
@given(TEXTS)
def test_names_are_found_where_the_long_pattern_finds_them(text):
    expected = [m.span() for m in lexicon._names().finditer(text)] if lexicon.may_name(text) else []
    kept = [(term.start, term.end) for term in lexicon.find_terms(text)]
    every = set(expected)
    assert set(kept) <= every
    systematic = [
        m.span() for m in lexicon._names().finditer(text) if lexicon._NAMES[m.lastindex - 1][3]
    ]
    assert every - set(kept) <= set(systematic)


@settings(max_examples=200)
@given(TEXTS)
def test_a_long_text_may_name_what_its_parts_may(text):
    long = f"{'x ' * 10_001}{text}"
    for alone in (True, False):
        assert lexicon.may_name(long, alone=alone) == lexicon.may_name(text, alone=alone)


@settings(max_examples=200)
@given(TEXTS)
def test_a_label_is_never_missed_by_the_quick_test(text):
    if not labels.may_label(text) and text.isascii():
        assert labels.plain_label(text) is None
        assert labels.bare_label(text) is None
