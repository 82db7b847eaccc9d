"""A pattern that looks for its first letters finds what it finds without."""

import re
import tomllib

import pytest

from regstatus.base.first_letters import compiled
from regstatus.model import vocabulary
from tests.support.pages import ROOT

PATTERNS = [
    r"\b(?:is\b|are\b|was\b)",
    r"(?:\b(?:and\b|or\b|nor\b)|\b(?:und\b)|する|\d+\s*%)",
    r"\b(?:kratom|mitra\w+|[0-9]+ mg|[a-c-]x|straße|ſold)",
    r"(?:an?\s+)?\b(?P<part>leaf|plant|root)\b",
    r"\b(?:(?-i:KRATOM)|seven|élan)",
    r"(?<!not )\b(?:sold|made|kept)(?!\s+free)",
    r"\b(?:(?:re)?sold|(?:un){0,2}made|kept|xs*)",
    r"(?:\b)?(?:sold|made|kept)",
]
PLAIN = [
    r"\b(?:a|b|c|)",
    r"^(?:\b(?:a|b|c))",
    r"\b(?:a|.|c)",
    r"\b(?:[^a]|b|c)",
    r"(x)?\b(?:a|b|\1)",
    r"\b(?:(?i:a)|b|c)",
    r"sold|made",
]
TEXTS = [
    "",
    "It is a leaf, and they are of an ALKALOID; was that Kratom?",
    "\u212aratom, mitragynine 20 mg, 7 % und Straße, STRASSE, ſold, \u0131s, \u0130S",
    "unmade, ununmade, re-sold not sold sold free kept; xxs ax -x cx leaf\u00adleaf",
    "KRATOM kratom SEVEN Élan élan 禁止するsold naïve_is été.is",
    "b a c d\na ab x xa",
]


@pytest.mark.parametrize("flags", [0, re.IGNORECASE])
@pytest.mark.parametrize("pattern", [*PATTERNS, *PLAIN])
def test_the_same_is_found(pattern, flags):
    ours, known = compiled(pattern, flags), re.compile(pattern, flags)
    assert ours.groupindex == known.groupindex
    for text in TEXTS:
        for way in ("search", "match", "fullmatch"):
            assert told(getattr(ours, way)(text)) == told(getattr(known, way)(text)), (way, text)
        assert [*map(told, ours.finditer(text))] == [*map(told, known.finditer(text))], text


def told(match):
    return match and (match.span(), match.groups())


@pytest.mark.parametrize("pattern", PATTERNS[:-1])
def test_first_letters_are_looked_for(pattern):
    assert compiled(pattern, re.IGNORECASE).pattern.startswith("(?=[")


@pytest.mark.parametrize("pattern", PLAIN)
def test_a_pattern_that_may_begin_with_anything_stays_as_it_is(pattern):
    assert compiled(pattern, re.IGNORECASE).pattern == pattern


def test_every_list_of_words_finds_the_same():
    texts = [
        text
        for path in sorted((ROOT / "tests" / "examples" / "languages").glob("??.toml"))
        for text in [*strings(tomllib.loads(path.read_text(encoding="utf-8")))][::12]
    ]
    assert len(texts) > 100
    for name in vocabulary._known()["patterns"]:
        pattern = vocabulary.fill(f"{{{name}}}")
        ours, known = compiled(pattern, re.IGNORECASE), re.compile(pattern, re.IGNORECASE)
        for text in texts:
            assert told(ours.search(text)) == told(known.search(text)), (name, text)


def strings(value):
    if isinstance(value, str):
        yield value
    else:
        for one in value.values() if isinstance(value, dict) else value:
            yield from strings(one)
