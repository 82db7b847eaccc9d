"""A paragraph that says one thing over and over costs what its length is worth, and no more.

Work is counted, not timed: every call, and every character that a pattern looks at unless the
filter of patterns has ruled it out.
"""

import sys
from cProfile import Profile
from itertools import pairwise

import pytest

from regstatus.assess.prefilter import LazyPattern
from regstatus.pipeline.page_reader.inspection import inspect
from tests.support.make import TODAY

LIST = "<h2>Schedule I</h2><p>The following substances are controlled in Schedule I:</p>"
PHRASES = (
    "kratom ", "Mitragyna ", "Mitragyna, kratom, ", "kratom or ", "mitragynine (kratom) ",
    "alkaloids found in kratom, mitragynine ", "except kratom ", "does not apply to kratom or ",
    "whereas kratom ", "7-hydroxymitragynine at most 2 % ", "Mitragyna speciosa is listed ",
    "a person shall not sell kratom ", "kratom to a person under 21 years of age ",
    "kratom is removed from schedule I, ", "kratom and ", "Mitragyna ausgenommen Kratom ",
    "Mitragyna à l'exception du kratom ", "кратом, кроме митрагинина, ", "ยกเว้นกระท่อม ",
    "Mitragyna išskyrus kratomą ", "(kratom ", "“kratom” means ", "kratom; ", "kratom. ",
)  # fmt: skip
SPANNED = ("found", "search", "fullmatch", "finditer")
"""What may look at a whole text; `match` looks at its beginning."""


@pytest.fixture
def work(monkeypatch):
    """How much work it is to read a phrase so often that it fills so many characters."""
    looked, warm = [0], set()

    def counted(method):
        def called(self, text, start=0, end=sys.maxsize, **whole):
            if self.may(whole.get("of") or text):
                looked[0] += max(0, min(len(text), end) - start)
            span = () if (start, end) == (0, sys.maxsize) else (start, end)
            return method(self, text, *span, **whole)

        return called

    for name in SPANNED:
        monkeypatch.setattr(LazyPattern, name, counted(getattr(LazyPattern, name)))

    def read(phrase, characters, before=""):
        times = max(1, characters // len(phrase))
        body = f"<html><body>{before}<p>{phrase * times}</p></body></html>".encode()
        if phrase not in warm:  # what is made once for a process is made now
            inspect(body, name="a.html", on=TODAY)
            warm.add(phrase)
        for kept in KEPT:
            kept.cache_clear()
        looked[0] = 0
        outside, calls = sys.getprofile(), Profile()
        calls.enable()
        try:
            inspect(body, name="a.html", on=TODAY)
        finally:
            calls.disable()
            sys.setprofile(outside)
        return looked[0] + sum(entry.callcount for entry in calls.getstats())

    return read


def _kept():
    return [
        value
        for name, module in sys.modules.items() if name.startswith("regstatus.assess.")
        for value in vars(module).values() if hasattr(value, "cache_clear")
    ]  # fmt: skip


KEPT = [kept for kept in _kept() if kept.cache_info().maxsize]


@pytest.mark.parametrize("before", ["", LIST], ids=["text", "list"])
@pytest.mark.parametrize("phrase", PHRASES)
def test_twice_as_many_words_are_twice_the_work(work, phrase, before):
    # The first two are one piece of the paragraph, the last is cut into two.
    spent = [work(phrase, size, before) for size in (1300, 2600, 5200)]
    assert all(many < 2.7 * few for few, many in pairwise(spent)), spent
