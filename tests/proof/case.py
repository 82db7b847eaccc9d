"""One case of the proof harness: a law, its page now, and its page later."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

HTML, XML, JSON, PDF, TEXT = "html", "xml", "json", "pdf", "text"
TYPES = {
    HTML: "text/html; charset=utf-8",
    XML: "application/xml",
    JSON: "application/json",
    PDF: "application/pdf",
    TEXT: "text/plain; charset=utf-8",
}


@dataclass(frozen=True)
class Law:
    """What a source file says of a document, and the page that proves it.

    Attributes:
        entry: What the document's entry says besides id, title, publisher, address and format.
        period: Its timeline and instruments.
        form: The document's format.
        page: The page as its host sends it today; families change it.
        parts: Pieces of that page that families need, by name.
    """

    entry: str
    period: str
    form: str
    page: str
    parts: dict[str, str] = field(default_factory=dict)

    def with_(self, *changes: tuple[str, str]) -> str:
        """The page with pieces replaced; each must stand in it."""
        page = self.page
        for old, new in changes:
            if old not in page:
                raise ValueError(f"the page does not say {old!r}")
            page = page.replace(old, new, 1)
        return page


@dataclass(frozen=True)
class Case:
    """One page now, and what stands at its address later.

    Attributes:
        id: "family: what it is"; unique.
        law: What is recorded.
        later: The page at the second and third run.
        last: The page at the third run, if it is another one.
        now: The page at the first run; the law's own if None.
        good: Whether the later page still proves the record.
        stricter: Whether the later page may make the answer stricter: only where the law it
            shows is stricter and in force.
        headers: Headers of the later page, besides those of every answer.
    """

    id: str
    law: Law
    later: bytes
    now: bytes | None = None
    last: bytes | None = None
    good: bool = False
    stricter: bool = False
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def family(self) -> str:
        """The family's name."""
        return self.id.partition(":")[0]

    @property
    def first(self) -> bytes:
        """The page of the first run."""
        return encoded(self.law.page, self.law.form) if self.now is None else self.now

    @property
    def pages(self) -> tuple[bytes, bytes, bytes]:
        """The page of each run."""
        return self.first, self.later, self.later if self.last is None else self.last


def encoded(page: str, form: str = HTML) -> bytes:
    """A page as bytes; a PDF is made from its lines."""
    if form != PDF:
        return page.encode()
    from tools.make_example_pdfs import make_pdf

    return make_pdf(page)


def cases(
    family: str,
    rows: Iterable[tuple[str, Law, str | bytes]],
    *,
    good: bool = False,
    stricter: bool | Callable[[str], bool] = False,
) -> tuple[Case, ...]:
    """Cases of one family from rows of name, law and later page."""
    return tuple(
        Case(
            f"{family}: {name}",
            law,
            later if isinstance(later, bytes) else encoded(later, law.form),
            good=good,
            stricter=stricter(name) if callable(stricter) else stricter,
        )
        for name, law, later in rows
    )
