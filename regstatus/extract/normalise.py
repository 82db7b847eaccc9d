"""One way to write a text, so that the same words are always the same characters.

Official hosts write a hyphen in ten ways and a space in twenty, hide soft
hyphens inside chemical names and hang footnote digits on the last word. All
passages go through `normalise`, and so do the terms that are looked for.
"""

import re
import unicodedata

_HYPHENS = "\u2010\u2011\u2012\u2013\u2015\u2043\u2212\u02d7\ufe58\ufe63\uff0d\u1806\u2e3a\u2e17\u207b\u208b"
# The em dash (U+2014) stays: it parts words, a hyphen joins them.

_INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180e\u200b\u200c\u200d\u200e\u200f"
    "\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069"
    "\u206a\u206b\u206c\u206d\u206e\u206f\u3164\ufeff\uffa0\ufff9\ufffa\ufffb\ufffe\uffff"
)

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def _table() -> dict[int, str | None]:
    """Character by character: what is folded, what becomes a space, what is dropped."""
    table: dict[int, str | None] = {}
    table.update(dict.fromkeys(c for c in range(0x20) if not chr(c).isspace()))
    table.update(dict.fromkeys(code for code in range(0x7F, 0xA0) if code != 0x85))
    table.update(dict.fromkeys((*range(0xFE00, 0xFE10), *range(0xE0000, 0xE0080))))
    table.update({ord(char): None for char in _INVISIBLE})
    table.update({ord(char): "-" for char in _HYPHENS})
    # Private use: bullets and boxes of symbol fonts, never words.
    table.update(dict.fromkeys(range(0xE000, 0xF900), " "))
    # Compatibility forms that hide a word from a search: full width, ligatures,
    # Roman numerals, subscripts, units in a square, mathematical letters.
    for first, last in (
        (0xFF01, 0xFF5E),
        (0xFB00, 0xFB06),
        (0x2160, 0x217F),
        (0x2080, 0x208E),
        (0x3371, 0x33DF),
        (0x1D400, 0x1D7FF),
    ):
        for code in range(first, last + 1):
            folded = unicodedata.normalize("NFKC", chr(code))
            if code not in table and folded != chr(code):
                table[code] = folded
    table[0x00B5] = "\u03bc"  # the micro sign is a Greek letter
    table[0x2126] = "\u03a9"
    return table


_TABLE = _table()
_BEYOND = "\U0001d400-\U0001d7ff\U000e0000-\U000e007f"
_FOLDED = re.compile(f"[{''.join(re.escape(chr(c)) for c in _TABLE if c < 0x10000)}{_BEYOND}]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")
# `re` looks for a sign far more quickly than for one or more of it.
_SUPERSCRIPT = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹][⁰¹²³⁴⁵⁶⁷⁸⁹]*")
# Letters and signs that stay as they are: with nothing else in a text there is nothing to fold or compose.
_MAY_CHANGE = re.compile(
    "[^\t-\r\x20-\x7e\xa0-\xac\xae-\xb1\xb4\xb6-\xb8\xba-\u02c0\u0400-\u0482\u2014\u2016-\u2027\u20ac]"
)
# "7- hydroxymitragynine": a digit, its hyphen and a stray space before the rest
# of a chemical name. "6- and 7-" is a list, not a name.
_STRAY = re.compile(
    r"(?<=\d)-\s(?=[a-zà-ÿα-ω]{4})"
    r"(?!(?:and|och|oder|ou|und|eller|bis|till|sowie|samt|nebo|albo|oraz|tai|ning)\b)"
)


def _fold(match: re.Match[str]) -> str:
    return _TABLE.get(ord(match[0]), match[0]) or ""


def _superscript(match: re.Match[str]) -> str:
    """Footnote digits stand apart from the word; exponents and isotopes do not.

    `kratom¹` is a word and a note mark, `Δ⁹-THC` is a name, `§ 46⁵` is a number
    of its own that must not turn into 465.
    """
    digits = match.group()
    before = match.string[max(match.start() - 2, 0) : match.start()]
    last = before[-1:]
    if not last or last.isspace() or last.isdecimal():
        return digits
    if last.isalpha() and not before[:-1].isalpha():
        return digits.translate(_SUPERSCRIPTS)
    return f" {digits}"


def normalise(text: str) -> str:
    """Write a text in the one form that passages and search terms share.

    Composed characters (NFC), one ordinary space for any run of white space,
    `-` for every hyphen, minus and en dash, ordinary letters for full-width
    ones and ligatures; soft hyphens, zero-width, control and direction
    characters are gone. Quotation marks, `§` and the em dash stay. Applying it
    twice changes nothing.

    Args:
        text: Any text without markup.

    Returns:
        The text in normal form, without leading or trailing space.
    """
    if text.isascii():
        if text.isprintable() and "  " not in text:  # there is nothing else to do for most
            text = text.strip(" ")
            return _STRAY.sub("-", text) if "- " in text else text
        text = " ".join(text.split())
        if not text.isprintable():
            text = " ".join(_CONTROL.sub("", text).split())
    elif _MAY_CHANGE.search(text) is None:
        text = " ".join(text.split())
    else:
        # Dropping an invisible character can bring a letter and its accent
        # together, so composing comes last.
        text = " ".join(_FOLDED.sub(_fold, text).split())
        if not text.isascii():
            text = _SUPERSCRIPT.sub(_superscript, unicodedata.normalize("NFC", text))
    if "- " in text:
        text = _STRAY.sub("-", text)
    return text


def raised(digits: str) -> str:
    """The number of a note, or an exponent, as raised digits; empty for anything else."""
    digits = digits.strip()
    short = len(digits) <= 3 and digits.isdecimal() and digits.isascii()
    return digits.translate(_RAISED) if short else ""
