"""What stops the fetching of a document, before it is written on a Page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from regstatus.model.words import Outcome

if TYPE_CHECKING:
    from regstatus.model.text import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a host sent to one request, body decoded, nothing judged.

    Attributes:
        status: HTTP status code.
        headers: Names in lower case, in the order received.
        body: Decoded; cut for anything but a success.
    """

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str | None:
        """The first value of a header, by lower-case name."""
        return next((value for key, value in self.headers if key == name), None)


class Failure(Exception):  # noqa: N818  (becomes a Page, never reaches a caller)
    """Raised inside the package where an exchange cannot give a reply to judge.

    Attributes:
        outcome: The name it gets on the Page.
        problem: One sentence.
        retry: Whether asking again may help.
        retry_after: Seconds that the host asks us to wait.
        reached: Whether the host was connected to at all.
        reply: What was received, if anything.
    """

    def __init__(
        self,
        outcome: Outcome,
        problem: str,
        *,
        retry: bool = False,
        retry_after: float | None = None,
        reached: bool = True,
        reply: Reply | None = None,
    ) -> None:
        super().__init__(problem)
        self.outcome = outcome
        self.problem = problem
        self.retry = retry
        self.retry_after = retry_after
        self.reached = reached
        self.reply = reply


class BadAnswer(Exception):  # noqa: N818  (the same)
    """Raised by an adapter whose host sent something else than the document that was asked for.

    Attributes:
        problem: One sentence.
        outcome: The name it gets on the Page.
        at: The page on which it was noticed, where that is not the last one that was got.
        page: The failed page itself, where the exchange failed already.
    """

    def __init__(
        self,
        problem: str,
        outcome: Outcome = Outcome.BROKEN,
        *,
        at: Page | None = None,
        page: Page | None = None,
    ) -> None:
        super().__init__(problem)
        self.problem = problem
        self.outcome = outcome
        self.at = at
        self.page = page
