"""Reading: whether a text may be concluded from at all, and its positive controls."""

import re
from collections.abc import Iterable, Sequence

from regstatus.assess.clauses import quote
from regstatus.assess.prefilter import LazyPattern
from regstatus.model.finding import Control
from regstatus.model.text import Passage, Text

_FOLD = str.maketrans(
    "‐‑‒–—―−﹣－‘’ʼ“”„", "---------'''\"\"\"", "\u00ad\u200b\u200c\u200d\u2060\ufeff"
)
_SHELL = LazyPattern("{page.errors}")
_SHORT = 80
_FEW_WORDS = 3000


def fold(text: str) -> str:
    """The form in which controls are compared: no case, plain quotes, hyphens and spaces."""
    return re.sub(r"\s+", " ", text.translate(_FOLD)).casefold()


def look_for(phrases: Iterable[str], passages: Sequence[Passage]) -> tuple[Control, ...]:
    """Each phrase, whether it stands in the passages or their headings, and where."""
    wanted = tuple(phrases)
    if not wanted:
        return ()
    headings = dict.fromkeys(heading for passage in passages for heading in passage.headings)
    spoken = [passage.text for passage in passages if passage.kind != "note"]
    words = [*headings, *spoken]
    folded = [fold(text) for text in words]
    running = " ".join(folded)
    found: list[Control] = []
    for phrase in wanted:
        needle, shown = fold(phrase).strip(), None
        pairs = zip(words, folded, strict=True)
        if where := next((pair for pair in pairs if needle in pair[1]), None):
            at, most = where[1].find(needle), len(where[0])
            shown = quote(where[0], min(at, most), min(at + len(needle), most))
        found.append(Control(phrase=phrase, found=bool(needle) and needle in running, quote=shown))
    return tuple(found)


def shell_problem(text: Text) -> str | None:
    """Why a text is no law at all: an error page, a bot wall, a shell; None where it may be law."""
    if not text.passages:
        return "no text was found in the document"
    if length_of(text) >= _FEW_WORDS:
        return None
    words = " ".join((text.title or "", *(passage.text for passage in text.passages)))
    match = _SHELL.search(words)
    if match:
        return f"the page says {match.group().strip()!r}: an error or bot page, not the law"
    return too_short(text)


def too_short(text: Text) -> str | None:
    """Why a text that may be law is too short for one; None where it is long enough."""
    length = length_of(text)
    return f"hardly any text ({length} characters)" if length < _SHORT else None


def length_of(text: Text) -> int:
    """Characters of all passages."""
    return sum(len(passage.text) for passage in text.passages)
