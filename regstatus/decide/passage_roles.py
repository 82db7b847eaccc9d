"""Passage roles: whether a passage is a name, a sentence, a remark on force, or the site's own words."""

import re
from collections.abc import Container, Sequence

from regstatus.assess.prefilter import LazyPattern
from regstatus.decide.amended import ENUMERATOR
from regstatus.model.vocabulary import WordPattern
from regstatus.model.written_days import DATE

_WEIGHTY = [
    LazyPattern(words)
    for words in (
        *("{ban.passive}", "{ban.active}", "{ban.words}", "{ban.offender}", "{ban.guilty}"),
        *("{duty.penalties}", "{placement.verbs}"),
        *("{placement.nouns}", "{removal.verbs}", "{repeal.verbs}", "{repeal.sentences}"),
        *("{repeal.alone}", "{standing.sentences}", r"(?:^|[\[(])\W*{repeal.marks}"),
        *(r"(?:^|[\[(])\W*{force.begins}.{0,60}\d", "{force.ends}", "{change.words}"),
    )
]
"""Words of ban, penalty, schedule, repeal or days of force, in all languages."""
_STANDING = LazyPattern(
    rf"{{standing.sentences}}|{{repeal.sentences}}|(?:{{force.ends}}|{{force.until}}).{{0,30}}?{DATE}"
)
_LABEL = LazyPattern(
    r"\W*(?:(?:{standing.is}|{standing.fields})\W+)?(?:{standing.labels}|{standing.states})(?:\W.{0,60})?"
)
_SITE = LazyPattern(r"\W*{page.site}")
_PART = LazyPattern(
    r"(?<![^\W\d_])(?:{before_number.title}|{before_number.chapter}|{before_number.schedule}|{before_number.part}"
    r"|{before_number.article}|{before_number.section})(?![^\W\d_])"
)
_NUMBERED = WordPattern(
    r"^\W*(?:{before_number.chapter}|{before_number.article}|{before_number.section}|§{1,2})\W{0,3}\d[\d.-]*"
)
_REMARK = 200
"""Characters of a remark on the text itself, or on the site; entries say less of themselves."""
_TITLE = 100
"""Characters of a passage that may be a heading."""
_IN_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_PLAIN_WORD = re.compile(r"(?<![\w-])[^\W\d_]{2,}(?![\w-])")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u9fff]")
_NUMBERS = re.compile(r"\d+")
_STOP = re.compile(r"[.!?。．។။][\"”»)\]]*\s*$")
_HIRAGANA, _KANA = re.compile("[\u3041-\u309f]"), re.compile("[\u3040-\u30ff]")
_SENTENCE, _UNSPACED_NAME = 3, 25
"""Running words of a sentence at least; letters of a name in a script without spaces."""
_DAYS = re.compile(rf"{DATE}|(?:19|20)\d\d", re.IGNORECASE)


def weighs(line: str) -> bool:
    """Whether a passage has words of ban, penalty, schedule, repeal or days of force."""
    return any(one.search(line) for one in _WEIGHTY)


def disowns(line: str) -> bool:
    """Whether a passage, and no entry of a list, says that something is not, or no longer, in force."""
    remark = len(line) <= _REMARK and not ENUMERATOR.match(line) and line[:1] not in "[("
    return remark and bool(_LABEL.fullmatch(line) or _STANDING.search(line))


def of_the_site(line: str) -> bool:
    """Whether a passage is no law: the site's cookies or copyright, numbers, or references with years."""
    if len(line) > _REMARK or weighs(line):
        return False
    long = [word for word in _PLAIN_WORD.findall(line) if len(word) > _SENTENCE and word.islower()]
    cites = len(long) < 2 and _DAYS.search(line) is not None and len(_NUMBERS.findall(line)) > 1
    return cites or not re.search(r"[^\W\d_]", line) or _SITE.match(line) is not None


def speaks_of_a_part(line: str) -> bool:
    """Whether a passage speaks of a section, chapter, schedule or the like, by that word."""
    return _PART.search(line) is not None


def is_title(line: str) -> bool:
    """Whether a passage may be a heading: short, without stop or mark of an entry, in a script with spaces."""
    marked = mark(line)[:1] in {"(", "["} or _UNSPACED.search(line)
    return len(line) <= _TITLE and line[-1:].isalnum() and not marked


def undated(line: str) -> str:
    """A passage without days and years, and without the number of its section or chapter."""
    return _DAYS.sub("", _NUMBERED.sub("", line))


def mark(line: str) -> str:
    """The form of the number of an entry: «(12)», «b.»; empty where there is none."""
    found = ENUMERATOR.match(line)
    return re.sub(r"[^\W\d_]+", "a", re.sub(r"\d+[a-z]?", "1", found[0])).strip() if found else ""


def _running(line: str, known: Container[str]) -> tuple[int, int]:
    """How many running words a passage has that are not known, and how many words in all."""
    words = _PLAIN_WORD.findall(_IN_BRACKETS.sub(" ", ENUMERATOR.sub("", line)))
    unknown = sum(not w[0].isupper() and w.casefold() not in known for w in words)
    return unknown, len(words)


def names_a_thing(line: str, common: Container[str]) -> bool:
    """Whether a passage says no more than a name, but for words that are `common` in its text."""
    if _UNSPACED.search(line):
        return not _speaks_unspaced(line)
    unknown, words = _running(line, common)
    return unknown < _SENTENCE and not (words >= _SENTENCE and _STOP.search(line))


def is_sentence(line: str, known: Container[str], siblings: Sequence[str]) -> bool:
    """Whether a passage has running words that are not `known`, or a stop that its like have not."""
    if _UNSPACED.search(line):
        return _speaks_unspaced(line)
    unknown, words = _running(line, known)
    ends = words >= _SENTENCE and stops_alone(line, siblings)
    return unknown >= _SENTENCE or (ends and unknown > 0)


def _speaks_unspaced(line: str) -> bool:
    bare = ENUMERATOR.sub("", line).strip()
    return (
        bare.endswith("。")
        or len(_HIRAGANA.findall(bare)) >= _SENTENCE
        or (
            _UNSPACED.match(bare) is not None
            and not _KANA.search(bare)
            and len(bare) > _UNSPACED_NAME
        )
    )


def stops_alone(line: str, siblings: Sequence[str]) -> bool:
    """Whether a passage ends with a full stop, and its like do not."""
    stopped = sum(_STOP.search(one) is not None for one in siblings)
    return _STOP.search(line) is not None and stopped * 2 <= len(siblings)
