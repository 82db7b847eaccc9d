"""Reading: whether a text may be concluded from at all, and its positive controls."""

import re
from collections.abc import Iterable, Sequence

from regstatus.assess.clauses import quote
from regstatus.assess.prefilter import LazyPattern
from regstatus.model.finding import Control
from regstatus.model.sieve import Sieve
from regstatus.model.text import Passage, Text

_FOLD = str.maketrans(
    "‐‑‒–—―−﹣－‘’ʼ“”„", "---------'''\"\"\"", "\u00ad\u200b\u200c\u200d\u2060\ufeff"
)
_SHELL = LazyPattern("{page.errors}")
_DRUG = LazyPattern("{drug_law.known_drugs}")
_CHEMICAL = re.compile(r"(?<![\w-])(?:\d{1,2}(?:,\d{1,2})*|[NOαβ])-[(\[]?[a-z]{3}|\[[\d,]+-[a-z]\]")
_WORD = re.compile(r"[^\W\d_]{2,}")
_STOP = re.compile(r"[.;:]\W*$|[^\W\d_]{3}\.\s")
_OTHER_SCRIPT = re.compile("[\u0590-\u1fff\u2c00-\ud7ff]{3}")
"""Letters beyond Latin, Greek, Cyrillic and Armenian: the names of drugs in them are not known."""
_SENTENCE, _LOWER, _PROSE = 6, 5, 70
"""Words of a sentence, those of them without a capital, and characters that tell of anything."""
_PER_NAME = 2000
"""Characters of a list for each entry that names a well-known drug, or a chemical: an index has more."""
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
    words = " ".join((text.title or "", *(passage.text for passage in text.passages)))
    match = _SHELL.search(words) if length_of(text) < _FEW_WORDS else None
    if match:
        return f"the page says {match.group().strip()!r}: an error or bot page, not the law"
    return too_little(text)


def too_little(text: Text) -> str | None:
    """Why a text that may be law says too little for one; None where it says enough."""
    length = length_of(text)
    if length < _SHORT:
        return f"hardly any text ({length} characters)"
    if not _says_anything(text.passages):
        return "the page holds no law: no sentence, and no name of a drug or a chemical"
    return None


def length_of(text: Text) -> int:
    """Characters of all passages."""
    return sum(len(passage.text) for passage in text.passages)


def _says_anything(passages: Sequence[Passage]) -> bool:
    """Whether a text has a sentence, or names a drug or a chemical, as law and its lists do."""
    prose = 0
    for passage in passages:
        text = passage.text
        words = [] if passage.kind in {"heading", "note"} or passage.linked else _WORD.findall(text)
        lower = sum(not word[0].isupper() for word in words)
        if len(words) >= _SENTENCE and lower >= _LOWER and _STOP.search(text):
            prose += len(text)
        if prose >= _PROSE or (words and _OTHER_SCRIPT.search(text)):
            return True
    texts = [passage.text for passage in passages]
    named = Sieve(texts).holding(_DRUG)
    entries = sum(text in named or _CHEMICAL.search(text) is not None for text in texts)
    return entries * _PER_NAME >= sum(map(len, texts))
