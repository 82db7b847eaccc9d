"""Labels: the names of schedules, lists and annexes in the languages of the sources."""

import re
from functools import lru_cache

from regstatus.assess.prefilter import LazyPattern, may_any
from regstatus.model.vocabulary import table

_NUMBER = (
    r"(?-i:(?P<n>[IVX]{1,4}|[Α-Ε](?=['΄´’]|\W|$)|\d{1,2}|[A-H]\d?)"
    r"(?P<s>\s?[./-]\s?[A-Z]{1,2}(?![a-zà-ž]))?)(?!\w)"
)


_ALONE = LazyPattern("{label.number_alone}")
# Each form of these has its number in its one group.
_OF_DRUGS = LazyPattern("{labels_of_drugs.any}")
_ORDINAL = LazyPattern("{labels_ordinal.any}")
_LETTERED = LazyPattern("(?-i:{labels_lettered.any})")
_FORWARD = LazyPattern(
    r"(?<![^\W\d_])(?P<w>{labels_or_with_number.any})\s*{label.number_signs}?\s*(?<![a-z])"
    rf"{_NUMBER}"
)
_BARE = LazyPattern(r"^\W*(?P<w>{labels.any})(?![^\W\d_])\W*$")
_REVERSED = LazyPattern(
    r"(?<![\w.])(?P<n>(?-i:[IVX]{1,4})|\d{1,2})\.?\s*(?P<w>{label.number_first})(?!\w)"
)
_AS_WRITTEN = LazyPattern("(?-i:{label.as_written})")
LABELS = (_ALONE, _OF_DRUGS, _ORDINAL, _LETTERED, _FORWARD, _BARE, _REVERSED, _AS_WRITTEN)


def may_label(text: str) -> bool:
    """Whether `text` can hold a label: a quick test that never says no wrongly."""
    return may_any(text, LABELS)


@lru_cache(maxsize=256)
def _form(word: str) -> str:
    """The form in which labels give a word of a list."""
    forms = {**table("labels"), **table("labels_with_number")}
    found = (form for form, words in forms.items() if re.fullmatch(words, word, re.IGNORECASE))
    return next(found, word)


def _numbered(section: str, match: re.Match[str]) -> str:
    """A label of a section whose forms have a place for the number: `Penalty Group {n}`."""
    number = match[match.lastindex or 1]
    form = [*table(section)][(match.lastindex or 1) - 1]
    if number.isalpha():
        return form.replace("{n}", number.capitalize() if len(number) > 1 else number)
    return form.replace("{n}", number.upper())


def _compact(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip(" .:-")


@lru_cache(maxsize=1024)
def label_in(text: str) -> str | None:
    """The schedule that `text` names, in its short form; the innermost («first» for English)."""
    if not may_label(text):
        return None
    if match := _ALONE.search(text):
        return str(table("label_numbers").get(match["n"].lower(), match["n"].upper()))
    for section, pattern in (("labels_of_drugs", _OF_DRUGS), ("labels_ordinal", _ORDINAL)):
        if match := pattern.search(text):
            return _numbered(section, match)
    best: tuple[int, str] | None = None
    if match := _LETTERED.search(text):
        best = (match.start(), _numbered("labels_lettered", match))
    for match in _FORWARD.finditer(text):
        best = _later(best, match, f"{_form(match['w'])} {match['n']}{_suffix(match['s'] or '')}")
    if match := _REVERSED.search(text):
        dot = "." if match["n"].isdigit() or "." in match.group() else ""
        best = _later(best, match, f"{match['n']}{dot} {match['w'].lower()}")
    if best:
        return best[1]
    if match := _AS_WRITTEN.search(text):
        return _compact(match.group())
    return bare_label(text)


def _later(best: tuple[int, str] | None, match: re.Match[str], label: str) -> tuple[int, str]:
    """The label that stands further back."""
    return best if best and best[0] >= match.start() else (match.start(), label)


def _suffix(written: str) -> str:
    """What follows the number of a label: `A`, `.A`, `-A`."""
    return f"-{written.strip(' -')}" if written.strip().startswith("-") else _compact(written)


def bare_label(text: str) -> str | None:
    """The word of an annex that stands alone, without a number (`Liite`, `Annexe`)."""
    match = _BARE.search(text) if len(text) <= 40 else None
    return _form(match["w"]).split(" ")[0] if match else None


def plain_label(text: str) -> str | None:
    """The first label of a drug schedule that is a number alone («Schedule I»), as written."""
    match = _ALONE.search(text)
    return match.group() if match else None


def is_plain(label: str) -> bool:
    """Whether a label is that of a drug schedule, which lists nothing but drugs."""
    forms = (re.escape(form).replace(r"\{n\}", ".+") for form in table("labels_of_drugs"))
    return re.fullmatch(rf"[IVX]+[AN]?|\d+|{'|'.join(forms)}", label) is not None


def ends_with_label(text: str) -> bool:
    """Whether a text ends with a label of which the number stands first: «vielu I saraksts»."""
    return any(match.end() == len(text) for match in _REVERSED.finditer(text))


def begins_with_label(text: str) -> bool:
    """Whether a text begins with its label: a title, not a mention."""
    head = text[:60]
    return bool(label_in(head)) and re.match(r"\W*[^\W_]", head) is not None
