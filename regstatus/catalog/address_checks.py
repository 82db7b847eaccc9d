"""Address checks: a restriction whose law nobody could look up, because no address leads there."""

import re
from collections.abc import Iterator

from regstatus.base.front_page import for_readers
from regstatus.catalog.toml import Loc
from regstatus.model.document import Document
from regstatus.model.law import Status
from regstatus.model.source import InstrumentEntry, Source

_WHY = re.compile(r"\bno address found: \w", re.IGNORECASE)
"""How a note says that an address was looked for, and why there is none."""


def address_faults(source: Source) -> Iterator[tuple[Loc, str]]:
    """Front pages given for laws that restrict, and periods without any address, with key and remedy."""
    documents = {item.id: item for item in source.documents}
    cited: dict[str, Document | InstrumentEntry] = {**documents}
    cited.update((item.id, item) for item in source.instruments)
    restricting = [
        (index, [cited[name] for name in period.instruments if name in cited])
        for index, period in enumerate(source.timeline)
        if set(period.by_substance().values()) - {Status.UNREGULATED, Status.UNKNOWN}
    ]
    used = {entry.id for _, entries in restricting for entry in entries}
    for index, item in enumerate(source.instruments):
        if item.id in used and item.url and not for_readers(item.url):
            why = (
                f"{source.jurisdiction}: a front page or an interface, where nobody finds this law: give "
                "the address of its text, or leave it out and write no address found: … into note"
            )
            yield ("instruments", index, "url"), why
    for index, entries in restricting:
        if not any(_found(entry, documents) for entry in entries):
            why = (
                f"{source.jurisdiction}: no address leads to the law of this restriction: give one of its "
                "instruments a url, or a note that says no address found: and why"
            )
            yield ("timeline", index, "instruments"), why


def _found(entry: Document | InstrumentEntry, documents: dict[str, Document]) -> bool:
    """Whether a reader finds the text of what is cited, or reads why not."""
    document = documents.get(getattr(entry, "document", None) or "")
    urls = (entry.url, document.url if document else None)
    return any(map(for_readers, urls)) or _WHY.search(entry.note or "") is not None
