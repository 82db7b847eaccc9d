"""Look-alikes: what is written for a letter, or backwards, and what may stand between two that is none."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

_TABLES = tomllib.loads(Path(__file__).with_name("lookalikes.toml").read_text(encoding="utf-8"))
_BLOCKS = (
    (0, 0x3000), (0x3000, 0x3400), (0xA640, 0xAC00), (0xE000, 0xF900), (0xF900, 0x10000),
    (0x1D400, 0x1D800), (0x1F100, 0x1F200), (0xE0000, 0xE0200),
)  # fmt: skip
"""Where Unicode keeps spaces, hyphens, what is not seen, and other forms of letters."""
_DASHES, _DOTS, _UNSEEN = (
    "⁃−˗⁻₋¬_",
    ".·•‧・~\u2800",
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u3164\uffa0\u0640\\",
)


_ACCENTS = frozenset({1, 8, *range(10, 36), *range(200, 256)})
"""Combining classes of the marks that letters are known without."""


def _is_accent(char: str) -> bool:
    """Whether a mark may be left out; vowels of Thai, Khmer or Burmese are letters."""
    return unicodedata.combining(char) in _ACCENTS


def _plain(char: str) -> str:
    kind = unicodedata.category(char)
    if kind == "Cn":
        return char
    if kind == "Pd" or char in _DASHES:
        return "-"
    if kind[0] == "Z" or kind == "Co" or char in _DOTS or char.isspace():
        return " "
    if kind in {"Cc", "Cf", "Me"} or char in _UNSEEN or _is_accent(char):
        return ""
    if 0xFE00 <= ord(char) < 0xFE10 or 0xE0100 <= ord(char) < 0xE01F0:
        return ""
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    form = unicodedata.normalize("NFKD", char).strip("()")
    base = "".join(_LETTERS.get(c, c) for c in form if not _is_accent(c))
    raised = unicodedata.decomposition(char).startswith("<super>") and base.isdigit()
    return base if len(base) == 1 and not raised else char


_LETTERS = {char: key for key, chars in _TABLES["letters"].items() for char in chars}
_LETTERS = {char.lower(): key.lower() for char, key in _LETTERS.items()} | _LETTERS


@cache
def plain_forms() -> dict[int, str]:
    """For `str.translate`: letters in their plain form, one space, one hyphen, nothing for the unseen."""
    codes = chain(*(range(*block) for block in _BLOCKS), map(ord, _LETTERS))
    plain = {code: _plain(chr(code)) for code in codes}
    return {code: form for code, form in plain.items() if form != chr(code) or form in " -"}


@cache
def _written() -> dict[str, set[str]]:
    """For each small plain letter the characters that are written for it."""
    found: dict[str, set[str]] = {}
    for code, plain in plain_forms().items():
        found.setdefault(plain.lower(), set()).add(chr(code))
    return found


@cache
def mistaken_for(chars: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """The small plain characters that scanners write for one of `chars`, and the pairs of them."""
    cases = {*chars, *chars.upper(), *chars.lower()}
    plain = {char.translate(plain_forms()).lower() for char in cases} - {""}
    same = (line for line in _TABLES["scans"]["same"] if plain & {*line})
    pairs = (_TABLES["pairs"].get(char) for char in plain)
    return frozenset(plain.union(*same)), tuple(filter(None, pairs))


def re2_class(plain: Iterable[str]) -> str:
    """What stands in a class of RE2 for all characters that are written for any of `plain`."""
    codes = sorted(
        {
            ord(c)
            for one in plain
            for c in {one, one.upper(), *_written().get(one, ())}
            if len(c) == 1
        }
    )
    out, first = "", None
    for code, after in zip(codes, [*codes[1:], -1], strict=True):
        first = code if first is None else first
        if after != code + 1:
            out += rf"\x{{{first:x}}}-\x{{{code:x}}}"
            first = None
    return out


@cache
def _turns() -> Any:
    """Where a page may turn its words round; RE2 looks through a body many times as fast as `re`."""
    from regstatus.base import re2

    words = _TABLES["turned"]["turns"]
    return re2.compile("(?i)" + re.sub(r"\\u(\w{4})", r"\\x{\1}", words))


_TURNED = {name: re.compile(words, re.IGNORECASE) for name, words in _TABLES["turned"].items()}
_UPSIDE_DOWN = str.maketrans({sign: letter for letter, sign in _TABLES["upside_down"].items()})


def as_shown(body: str) -> str:
    """A body in which what is turned round stands as it is shown, and behind it all of it backwards.

    Which parts of a page its styles turn is not known: where one may, the whole of it is looked at
    backwards, too, without its tags.
    """
    if not _turns().search(body):
        return body
    shown = _TURNED["overridden"].sub(lambda found: found[1] + found[2][::-1], body)
    return f"{shown}\n{_TURNED['tag'].sub('', body)[::-1].translate(_UPSIDE_DOWN)}"
