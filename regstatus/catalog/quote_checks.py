"""Quote checks: words about law, or before it, that would be shown as the words of the law."""

import re
from collections.abc import Iterator

from regstatus.catalog.toml import Loc
from regstatus.model.source import Source

_NO_LAW = re.compile(
    r"\b(?:amendments?|caption|title of|digest|fact sheet|summary|motion|hearing|news|newspaper|press"
    r"|quoted|quotes|restat\w+|briefing|draft|announcement|agenda|committee|release|advoca\w+"
    r"|tracker|police|paper|page on)\b|billtrack|legiscan",
    re.IGNORECASE,
)
"""What speaks of a law, or came before it. A notice may be read in a press release: it is one."""
_BILL = re.compile(r"\bbills?\b(?!/\d)", re.IGNORECASE)
"""A bill gives its own words alone: once enacted and cited as such, it is of type `bill`."""


def quote_faults(source: Source) -> Iterator[tuple[Loc, str]]:
    """Quotations that were not read in the instrument or in a copy of it, with key and remedy."""
    for index, item in enumerate(source.instruments):
        where = item.quote_from or ""
        said = _NO_LAW.search(where) if item.type != "notice" else None
        if said is None and (item.type != "bill" or item.effective is None):
            said = _BILL.search(where)
        if said:
            yield (
                ("instruments", index, "quote_from"),
                (
                    f"«{said[0]}»: those are not the words of the law. Quote the instrument in force, or a "
                    "copy of it, or leave quote and quote_from out"
                ),
            )
