"""Selection: which part of a document is meant."""

from __future__ import annotations

from dataclasses import dataclass

from regstatus.base.patterns import Pattern, PatternError

__all__ = ["Selection"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The passage of a page that a source is about.

    Selectors narrow one after the other: first the tree (`css`, `xpath`,
    `pointer`), then its passages (`heading`, `after`, `before`). One that
    matches nothing is a fault of the page or of the source, never an empty
    text, because an empty text would read as silence.

    Attributes:
        css: CSS selector of the element or elements to read (HTML, XML).
        xpath: XPath 1.0 of the element or elements to read (HTML, XML);
            XML is searched by local names, without namespaces.
        pointer: JSON pointer (RFC 6901) to the value to read.
        after: Pattern (`regstatus.base.patterns`) for passage texts; reading starts with the first
            that matches.
        before: The same; reading stops in front of the first later one that matches.
        heading: Pattern for headings; only passages under a heading that matches, and that
            heading itself, are kept.

    Raises:
        ValueError: Where a regex is not valid.
    """

    css: str | None = None
    xpath: str | None = None
    pointer: str | None = None
    after: str | None = None
    before: str | None = None
    heading: str | None = None

    def __post_init__(self) -> None:
        for name in ("after", "before", "heading"):
            pattern = getattr(self, name)
            if pattern is None:
                continue
            try:
                Pattern(pattern)
            except PatternError as error:
                raise ValueError(f"`{name}` is {error}.") from error
