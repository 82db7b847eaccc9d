"""Patterns of source files: linear in time, and told with file, line and key where they cannot be."""

import re
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regstatus.base.errors import SourceFileError
from regstatus.base.patterns import LONGEST, Pattern, PatternError
from regstatus.catalog.sources import check_text
from regstatus.extract import extract
from regstatus.fetch.failure import BadAnswer
from regstatus.fetch.hosts.link import follow
from regstatus.model.document import Select
from regstatus.model.text import Page
from regstatus.model.words import Outcome
from tests.support.make import TEXAS

EVIL = ["(a+)+$", "(a|aa)+$", "(a*)*b", "(.*a){20}$", r"(\w+\s?)*$"]
"""Each takes an engine that backtracks longer than the universe has, on the text below."""
CHARS = st.characters(exclude_categories=["Cs"])
TRAP = "a" * 100_000 + "!"


@pytest.mark.parametrize("evil", EVIL)
def test_no_page_makes_a_pattern_slow(evil):
    # In a process of its own: an engine that backtracks would never come back.
    code = (
        "import sys; from regstatus.base.patterns import Pattern; "
        "print(Pattern(sys.argv[1]).found_in('a' * 100_000 + '!'))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, evil], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.strip() in {"True", "False"}


def test_the_selectors_and_the_link_adapter_run_on_that_engine():
    page = f"<html><body><h2>{TRAP}</h2><p>{TRAP}</p><p>end</p></body></html>".encode()
    for name in ("heading", "after", "before"):
        with pytest.raises(Exception, match=r"not found|in front"):
            extract(page, select=Select(**{name: "(a+)+$"}))
    url, trap, now = "https://b.example/", "a" * 400 + "!", datetime.now(UTC)
    body = f"<a href='{trap}'>{trap}</a>".encode()
    index = Page(url=url, final_url=url, outcome=Outcome.OK, body=body, fetched_at=now)
    with pytest.raises(BadAnswer, match="none of 1 links"):
        follow(index, "(a+)+$")


@pytest.mark.parametrize(
    ("pattern", "says"),
    [
        ("217(?![0-9])", "lookahead"),
        ("(?<=a)b", "lookahead, lookbehind"),
        (r"(a)\\1", "backreference"),
        ("(", "missing )"),
        ("a{5000}", "repetition"),
        ("x" * (LONGEST + 1), "longer than 300"),
    ],
)
@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("select.heading", None),
        ("select.after", None),
        ("params.link", "link"),
        ("params.then", "link"),
        ("params.title", "legislation_gov_au"),
        ("params.notice", "boletin_oficial"),
    ],
)
def test_what_is_not_linear_is_refused_at_load_with_file_line_key_and_remedy(
    pattern, says, key, name
):
    table, _, entry = key.partition(".")
    adapter = f'\nadapter = "{name}"' if name else ""
    first = "link = 'x', " if entry == "then" else ""
    line = f'{table} = {{ {first}{entry} = "{pattern}" }}'
    text = TEXAS.replace('reads = "schedule"', f'reads = "schedule"{adapter}\n{line}')
    number = text.splitlines().index(line) + 1
    with pytest.raises(SourceFileError) as error:
        check_text(text, "tx.toml")
    assert str(error.value).startswith(f"tx.toml:{number}: documents[1].{key}: ")
    assert says in str(error.value)


def test_a_parameter_of_another_adapter_is_told_as_that_and_not_as_a_pattern():
    text = TEXAS.replace('reads = "schedule"', 'reads = "schedule"\nparams = { link = "(" }')
    with pytest.raises(SourceFileError, match="the adapter page knows no such parameter"):
        check_text(text, "x")


@given(st.text(CHARS), st.text(CHARS))
def test_plain_words_are_found_where_they_stand(words, around):
    escaped = "".join(re.escape(c) if c.isascii() else c for c in words[:50])
    assert Pattern(escaped).found_in(around + words + around)


def test_half_a_character_in_a_text_is_no_fault_and_in_a_pattern_is_one():
    assert Pattern("b").found_in("a\ud800b")
    with pytest.raises(PatternError, match="half of a character"):
        Pattern("\ud800")
