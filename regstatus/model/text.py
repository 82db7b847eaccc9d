"""Page and Text: what a host sent, and the passages that were read out of it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256

from regstatus.model.charset import as_utf8, decode
from regstatus.model.words import Format, Outcome

BROUGHT = "brought by "
"""How `Page.via` begins where a person brought the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What came of asking for one document: the bytes, or a named failure.

    Attributes:
        url: The official address that was asked for.
        final_url: The official address that answered, after redirects.
        outcome: `ok`, `unchanged` or the name of the failure.
        problem: For a failure, one sentence for the report; else None.
        status: The HTTP status code, if one was received.
        headers: Response headers, names in lower case, in the order received.
        body: The decoded body; empty unless the outcome is `ok`.
        format: The form of the body as far as the source or its headers say.
        fetched_at: When the answer was complete, UTC.
        via: The address that was really connected to, where a route sent an
            official host's requests elsewhere (a replica, a mirror), or `brought by NAME`,
            for a page that a person saved; else None.
        attempts: How many requests it took.
        archived_at: For a capture that an archive keeps, the day and time that the archive gives
            it, UTC, or when a person saved it: it proves what the text said then and nothing later.
            Else None.
        made: True where an adapter made the body out of what was sent (a file of an
            archive, pages laid together); else it is the body of one HTTP response.
        cut: True where only a part was asked for and more stands there: it is no document to read.
    """

    url: str
    final_url: str
    outcome: Outcome
    problem: str | None = None
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    format: Format | None = None
    fetched_at: datetime
    via: str | None = None
    attempts: int = 1
    made: bool = False
    archived_at: datetime | None = None
    cut: bool = False

    @property
    def brought(self) -> bool:
        """Whether a person saved it, and no host was asked."""
        return (self.via or "").startswith(BROUGHT)

    @property
    def sha256(self) -> str | None:
        """Digest of the decoded body in hex; None where there is no body."""
        return sha256(self.body).hexdigest() if self.body else None

    def chars(self) -> str:
        """The body as characters, by its bytes, its header and its own declaration."""
        return decode(self.body, content_type=self.header("content-type"))

    def utf8(self) -> bytes:
        """The same characters in UTF-8."""
        return as_utf8(self.body, content_type=self.header("content-type"))

    def header(self, name: str) -> str | None:
        """The first value of a header, by lower-case name."""
        return next((value for key, value in self.headers if key == name), None)


@dataclass(frozen=True, slots=True)
class Passage:
    """One block of text in reading order: a paragraph, list entry, table row or heading.

    Attributes:
        text: Normalised (NFC, single spaces, ordinary hyphens), with no markup and no struck-out words.
        headings: The headings it stands under, outermost first.
        anchor: A pinpoint within the document (fragment id, section number, `p. 3`), if there is one.
        kind: `heading`, `paragraph`, `item`, `row` or `note` (history, annotations, footnotes).
        valid_from: First day of force, where the text itself says so.
        valid_until: First day no longer in force, where the text itself says so.
        repealed: True where the publisher's markup says that the passage is repealed or prospective.
        linked: True where it is nothing but a link to another page, as in a menu or a search.
        dated_by: The sentence of the text that gives it its days of force, where no mark does.
    """

    text: str
    headings: tuple[str, ...] = ()
    anchor: str | None = None
    kind: str = "paragraph"
    valid_from: date | None = None
    valid_until: date | None = None
    repealed: bool = False
    linked: bool = False
    dated_by: str | None = None

    def in_force(self, on: date) -> bool:
        """Whether the text's own marks let this passage speak for the day."""
        if self.repealed:
            return False
        after_start = self.valid_from is None or self.valid_from <= on
        return after_start and (self.valid_until is None or on < self.valid_until)


@dataclass(frozen=True, slots=True)
class Text:
    """The passages of a page, in order.

    Attributes:
        passages: At least one, unless `problems` says why there are none.
        format: The form it was read from.
        title: The document's own title, if it has one.
        language: BCP 47 tag where the document declares one.
        repealed: True where the publisher says that the whole document is no longer (or not yet) law.
        problems: Why the text may be incomplete, in words: `scanned pages without text`,
            `page 1 of 7`, `script shell`, …
        whole: All that stands in the body, unread: markup, scripts, comments, hidden parts, the
            strings of a PDF that no page shows. Silence is none where a name stands there.
        hollow: Why it holds no law at all, no provision and no entry of a list; empty where it may.
        cuts: Marks in the page itself that more belongs to the text than it holds, each in one
            sentence: links to a next page, a total above what was sent, pictures of text.
        as_of: The words by which the page says up to which day it was kept, and that day.
        updated: The words by which the page says when it was last changed, and that day.
        told: Whether it is news or a post, which tells of law and enacts none.
    """

    passages: tuple[Passage, ...]
    format: Format
    title: str | None = None
    language: str | None = None
    repealed: bool = False
    problems: tuple[str, ...] = ()
    whole: str = field(default="", repr=False)
    hollow: str = ""
    cuts: tuple[str, ...] = ()
    as_of: tuple[str, date] | None = None
    updated: tuple[str, date] | None = None
    told: bool = False

    @property
    def words(self) -> str:
        """The words alone, one passage a line; those that are marked as no law say so."""
        return "\n".join(
            f"{'[not in force] ' if passage.repealed else ''}{passage.text}"
            for passage in self.passages
        )

    @property
    def sha256(self) -> str:
        """Digest of the words alone: menus, ids and view state do not move it."""
        return sha256(self.words.encode()).hexdigest()
