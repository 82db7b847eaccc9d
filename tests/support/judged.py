"""What a page is taken for, in a word and in a sentence, whether it is a document or not."""

from typing import NamedTuple

from regstatus.fetch.failure import BadAnswer, Reply
from regstatus.fetch.page_check.classify import check_page
from regstatus.model.words import Format, Outcome


class Judged(NamedTuple):
    outcome: Outcome
    problem: str | None = None
    format: Format | None = None


def judged(body, expected=None, url="https://law.example.gov/x", status=200, **headers):
    """Judge a body that came with these headers (`content_type="text/html"`)."""
    named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    try:
        return Judged(Outcome.OK, None, check_page(Reply(status, named, body), expected, url))
    except BadAnswer as bad:
        return Judged(bad.outcome, bad.problem)
