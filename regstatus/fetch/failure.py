"""What a host sent to one request, and why there is no document, before it is written on a Page."""

from dataclasses import dataclass, field
from functools import partial

from regstatus.model.words import Outcome


@dataclass(frozen=True, slots=True)
class Reply:
    """What a host sent to one request, nothing judged.

    Headers stand in the order received, their names in lower case. The body is decoded, and cut for
    anything but a success; of a success that was asked for in part, it may be `cut`.
    """

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    cut: bool = False

    def header(self, name: str) -> str | None:
        """The first value of a header, by lower-case name."""
        return next((value for key, value in self.headers if key == name), None)


@dataclass(eq=False)
class BadAnswer(Exception):  # noqa: N818  (becomes a Page, never reaches a caller)
    """Raised where a host gave no answer to judge, or something else than the document.

    Attributes:
        problem: One sentence.
        outcome: The name it gets on the Page.
        at: The address at which it was noticed, where that is not the last one that was asked.
        reply: What was received there, if anything.
        retry: Whether asking again may help.
        retry_after: Seconds that the host asks us to wait.
        reached: Whether the host was connected to at all.
    """

    problem: str
    outcome: Outcome = Outcome.BROKEN
    at: str | None = field(default=None, kw_only=True)
    reply: Reply | None = field(default=None, kw_only=True)
    retry: bool = field(default=False, kw_only=True)
    retry_after: float | None = field(default=None, kw_only=True)
    reached: bool = field(default=True, kw_only=True)


empty = partial(BadAnswer, outcome=Outcome.EMPTY)
gone = partial(BadAnswer, outcome=Outcome.GONE)
moved = partial(BadAnswer, outcome=Outcome.MOVED)
no_link = partial(BadAnswer, outcome=Outcome.NO_LINK)
refused = partial(BadAnswer, outcome=Outcome.REFUSED)
too_large = partial(BadAnswer, outcome=Outcome.TOO_LARGE)
wrong_type = partial(BadAnswer, outcome=Outcome.WRONG_TYPE)
"""What is found most often; each takes its sentence."""
