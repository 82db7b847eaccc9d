"""A sieve may let a text through that a pattern does not match; it may never hold one back."""

from hypothesis import given, settings
from hypothesis import strategies as st

from regstatus.assess import context
from regstatus.extract import cuts, force, headings, standing, sunsets
from regstatus.model.sieve import Sieve
from regstatus.model.vocabulary import WordPattern

SEARCHED = {
    name: pattern
    for module in (cuts, force, headings, standing, sunsets)
    for name, pattern in vars(module).items()
    if isinstance(pattern, WordPattern)
}
BEGINS = (force.NOTE, force._IS_BELOW, headings.OPENS)
OPENINGS = (headings._FORMS, context._OPENINGS)
PIECES = """
    Sec. 5.01. § 5 SCHEDULE I Artikel 7 Kapitel 2 第三条 Schedule II Anlage I part B (a) History: Note:
    [Repealed] [Effective until January 1, 2027] (expires 2026-11-01) /Upphör att gälla U:2026-05-12/
    * NB Effective December 19, 2026 beginning July 1, 2031 this subsection (2) is repealed, effective
    takes effect on 7-1-26 from 2026 bis Kraft next more page 2 of 7 archived superseded draft current
    Whereas Considering proposed rule
    through the 2025 edition status: in force last updated İ ı ﬅ \ud800 kratom , . ; : — { } \n
""".replace("\\ud800", "\ud800").split(" ")
TEXTS = st.lists(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=8).map(" ".join), min_size=1, max_size=6
)


@settings(max_examples=150)
@given(TEXTS)
def test_no_text_is_held_back_in_which_a_pattern_matches(texts):
    sieve = Sieve(texts)
    for name, pattern in SEARCHED.items():
        may = sieve.may(pattern)
        for number, text in enumerate(texts):
            assert number in may or pattern.search(text) is None, (name, text)


@settings(max_examples=150)
@given(TEXTS)
def test_no_text_is_held_back_that_begins_with_a_match(texts):
    quoted = [f"{'“' * (number % 2)}{text}" for number, text in enumerate(texts)]
    may = Sieve(quoted).may(*BEGINS, begins=headings.QUOTES)
    for number, text in enumerate(texts):
        assert number in may or not any(pattern.match(text) for pattern in BEGINS), text


@settings(max_examples=150)
@given(TEXTS)
def test_no_pattern_is_held_back_with_which_a_text_opens(texts):
    for openings in OPENINGS:
        for text in ("\n".join(texts), *texts, *(text[:40] for text in texts)):
            may = openings.of(text)
            for pattern in openings.patterns:
                assert pattern in may or pattern.match(text) is None, text


def test_a_match_does_not_reach_into_the_next_text():
    texts = ["no more than", "Schedule", "I of drugs", "under Schedule II of the act", ""]
    assert Sieve(texts).may(WordPattern(r"e\s+[IV]+")) == {3}
    assert Sieve(texts).may(WordPattern(r"s[a-z]*\s*[IV]*"), begins="") == {1}
    assert Sieve([]).may(WordPattern("a")) == set()
