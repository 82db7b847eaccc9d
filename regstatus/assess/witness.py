"""Witness: a second, dumb look at a document, for names that the reading does not account for.

Where a source file expects silence, a name anywhere in the body is reason for doubt: in a script,
a comment, an attribute, a form field, a part that is not shown, or in letters that only look like
its own. The witness knows no markup and no language. In one pass and linear time it looks through
the body as it was sent for the letters of each name of the lexicon, one after the other: whatever
their case, accents and alphabet, and whatever stands between them that is no letter.

What it finds counts only if its plain letters are a name for the lexicon, too (zkratom and 17-OH are
none), and only if the reader does not see a name at the same place.
"""

import html
import re
from binascii import a2b_base64
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from functools import cache
from itertools import chain
from typing import Any, NamedTuple

from regstatus.assess.lexicon import find_terms, letters_of_cores, letters_of_names
from regstatus.assess.lookalikes import as_shown, mistaken_for, plain_forms, re2_class
from regstatus.base import re2
from regstatus.base.safe import one_line
from regstatus.model.finding import Finding
from regstatus.model.law import Substance
from regstatus.model.text import Text

_FEW = 3
"""Doubts told of one text; more of them say no more."""
_MANY = 3000
"""Places at which a name may stand that are looked at; no law of a silent list has so many."""
_NEAR, _LONGEST, _BESIDE = 400, 60, 10
"""Bytes taken round a name, plain characters looked at, and letters by which its place is known again."""
_ESCAPE = re.compile(
    r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([0-9a-fA-F]{1,6})[ \t\n]?|[nrtv])"
)
_ENTITY = re.compile(r"&#?\w+;")
_PACKED = re.compile(rb"(?<![\w+/=-])(?:[\w+/-]{4}[ \t\r\n]*){3,}(?:(?!--)[\w+/-]){0,4}={0,2}")
_PACKING = bytes(n if re.match(rb"[\w+/= \t\r\n-]", bytes((n,))) else 0 for n in range(256))
_OF_URLS = bytes.maketrans(b"-_", b"+/")
_PACKED_LEAST, _PACKED_LIMIT = 12, 2_000_000
"""Characters that may be letters packed as base64; longer ones are pictures."""
_OUTSIDE = re.compile(
    rb"<(?:!--(?:[^-]++|-(?!-))*+(?:--)?"
    rb"|[sS](?i:cript)\b(?:[^<]++|<(?!/(?i:script)))*+(?:</(?i:script))?"
    rb"|/\w++\s[^>]*+>?|[?!][^>]*+>?|[lLfFiImM](?i:ink|orm|nput|eta)\b[^>]*+>?)"
)
"""What a tree does not hold, or a digest of it leaves out."""
_COMMENT = r"<!--(?:[^-]|-[^-]|--[^>])*-->"
_TAG = rf"""{_COMMENT}|<(?:[^<>"']|"[^"<]*"|'[^'<]*')*>|<[^<>]*>"""
_JOINT = rf"""{_TAG}|["'][ \t\r\n]*[+,][ \t\r\n]*["']|\]\]>[ \t\r\n]*<!\[CDATA\["""
# Wider than what joins or parts letters in the end: all that is no letter, as far as that is told quickly.
_GAP = (
    r"(?:[\x00-/:;=?-@[-`{-\x{bf}\x{2c0}-\x{36f}\x{483}-\x{489}\x{591}-\x{5c7}\x{610}-\x{61a}\x{640}\x{64b}-\x{65f}"
    r"\x{115f}\x{1160}\x{1806}-\x{180f}\x{1ab0}-\x{1aff}\x{1dc0}-\x{1dff}\x{2000}-\x{20ff}\x{2212}\x{2800}\x{2e00}-\x{2e7f}"
    r"\x{3000}\x{3099}-\x{30a0}\x{30fb}\x{3164}\x{e000}-\x{f8ff}\x{fe00}-\x{fe6f}\x{feff}\x{ff0d}\x{ffa0}\x{fff0}-\x{fffb}"
    rf"\x{{e0000}}-\x{{e0fff}}]|{re2.once(_TAG)}|[\r\n][ \t]*[0-9]{{1,3}}[ \t]+)*"
)
_LINE_NUMBER = r"[\r\n][ \t]*[0-9]{1,3}[ \t]+"
_TAGS = re.compile(rf"(?P<end>[\u00ad\u00ac-][ \t]*){_LINE_NUMBER}|{_JOINT}|%[0-9A-Fa-f]{{2}}")
_INLINE = re.compile(
    r"</?(?:a|abbr|b|big|cite|code|del|dfn|em|font|i|ins|kbd|mark|q|s|samp|small|span|strike|strong"
    r"|sub|su[bp]|tt|u|var|wbr|\w+:(?:r|t|rPr|b|i|span)|!--.*?--)(?![\w:-])",
    re.IGNORECASE | re.DOTALL,
)
_BLOCK = re.compile(
    r"</?(?:p|div|td|th|tr|li|[ou]l|d[dlt]|h\d|br|table|section|article|option|(?:\w+:)?(?:p|tr|tc))(?![\w:-])",
    re.IGNORECASE,
)
_TOKEN = re.compile(
    r"(?P<around>\(\?<?[=!](?:[^()\[\]\\]|\\.|\[(?:\\.|[^\]])*\]|\((?:[^()]|\([^()]*\))*\))*\))"
    r"|(?P<rest>\\w[*+]?)|\\(?P<sign>.)|\[(?P<inside>(?:\\.|[^\]\\])*)\]"
    r"|(?P<kept>\((?:\?-i:|\?:)?|[)|?*+]|\{\d*,?\d*\})|(?P<char>.)",
    re.DOTALL,
)


class _Hit(NamedTuple):
    """A name in the body: its place in bytes, what it stands for, and the letters on both sides."""

    start: int
    end: int
    substance: Substance
    before: str
    behind: str


def unexplained(text: Text, finding: Finding) -> tuple[str, ...]:
    """The names in the body of `text` that its finding is silent of: one sentence for each place.

    A substance that the finding speaks of is accounted for, and so is a place at which the reader
    sees a name that it then takes for none, or for repealed.
    """
    body = _opened(text.whole)
    body += _unpacked(body)
    data = body.encode("utf-8", "replace")
    said = {substance for substance in Substance if finding.says(substance) != "silent"}
    seen: Counter[str] | None = None
    doubts: list[str] = []
    for hit in _hits(data):
        if hit is None:
            doubts = doubts or [
                f"names may stand at more than {_MANY} places of the body: too many to look at"
            ]
            break
        if hit.substance in said:
            continue
        seen = _seen(text) if seen is None else seen
        side = next((side for side in (hit.before, hit.behind) if seen[side] > 0), None)
        if side is not None:
            seen[side] -= 1
            continue
        doubts.append(_told(data, hit))
        if len(doubts) == _FEW:
            break
    return tuple(dict.fromkeys(doubts))


def may_have_new_names(body: bytes, said: Collection[Substance]) -> bool:
    """Whether a body in UTF-8 may hold a name that a former one of the same tree did not.

    Names of a substance in `said` do not count. Only what the tree does not hold is searched for
    names in disguise.
    """
    outside = _opened(b"\n".join(_OUTSIDE.findall(body)).decode("utf-8", "replace"))
    places = (body, (outside + _unpacked(outside)).encode("utf-8", "replace"))
    hits = chain.from_iterable(map(_hits, places))
    return any(hit is None or hit.substance not in said for hit in hits)


def _unpacked(chars: str) -> str:
    """The words that stand in a body as base64, each behind a line that says so."""
    runs = chars.encode("ascii", "replace").translate(_PACKING).split(b"\0")
    found = []
    for piece in _PACKED.findall(b"\0".join(run for run in runs if len(run) >= _PACKED_LEAST)):
        plain = piece.translate(_OF_URLS, b" \t\r\n")
        if len(plain) <= _PACKED_LIMIT and not (plain.isalpha() and plain.islower()):
            plain = plain.rstrip(b"=")
            if len(plain) % 4 != 1:
                found.append(a2b_base64(plain + b"=="))
    if _gate().search(b"\n".join(found)) is None:  # nearly all are no words at all
        return ""
    words = ""
    for one in found:
        with suppress(UnicodeDecodeError):
            words += f"\nin base64: {one.decode()}"
    return words


def names(words: str) -> bool:
    """Whether a name stands in some words, however it is spelt."""
    return any(True for _ in _hits(words.encode("utf-8", "replace")))


def _opened(chars: str) -> str:
    """A body without entities, though they be written twice, without escapes, and as it is shown."""
    if "&" in chars:
        chars = html.unescape(chars)
        if _ENTITY.search(chars):
            chars = html.unescape(chars)
    if "\\" in chars:
        chars = _ESCAPE.sub(_unescaped, chars)
        chars = chars.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return as_shown(chars)


def _unescaped(match: re.Match[str]) -> str:
    code = match[match.lastindex] if match.lastindex else ""
    return chr(min(int(code, 16), 0x10FFFF)) if code else "\n"


def _loose(pattern: str, letter: Callable[[str], str], *, around: bool) -> str:
    """A pattern in which `letter` says what may stand for one of some characters."""
    out = ""
    for token in _TOKEN.finditer(pattern):
        if token["around"]:
            out += token["around"] if around else ""
        elif token["kept"]:
            out += token["kept"]
        elif token["rest"]:
            out += token["rest"] if around else ""
        else:
            inside = token["inside"] or token["sign"] or token["char"]
            spaced = token["sign"] == "s" or (token["inside"] and r"\s" in inside)
            digits = token["sign"] == "d"
            chars = "0123456789" if digits else inside.replace(r"\s", "").replace("\\", "")
            out += letter(f"{'' if token['sign'] == 's' else chars}{' ' if spaced else ''}")
    return out


def _gate_letter(chars: str) -> str:
    letters, pairs = mistaken_for(chars)
    words = letters - {" ", "-"}
    ours = f"(?i:{'|'.join((f'[{re2_class(words)}]', *pairs))})" if words else ""
    return f"(?:{ours}{_GAP})"


def _check_letter(chars: str) -> str:
    letters, pairs = mistaken_for(chars)
    words = letters - {" ", "-"}
    gaps = "".join(sorted(letters & {" ", "-"}))
    if not words:
        return " *-" if gaps == "-" else "[ -]"
    alone = f"[{re.escape(''.join(sorted(letters)))}]"
    return f"(?:[ -]*(?:{'|'.join((alone, *pairs))}))"


@cache
def _gate() -> Any:
    """Where the letters of a name follow each other, in time linear in the body."""
    options = re2.Options()
    options.max_mem, options.never_capture = 256 << 20, True
    return re2.compile(_loose(letters_of_cores(), _gate_letter, around=False), options)


@cache
def _check() -> re.Pattern[str]:
    """The names themselves, each kind in a group, in plain letters that a scanner may have mistaken."""
    kinds = (f"({_loose(names, _check_letter, around=True)})" for _, names in letters_of_names())
    return re.compile("|".join(kinds), re.IGNORECASE)


def _hits(data: bytes) -> Iterator[_Hit | None]:
    """The names in a body, in order; None at the end where there are too many to look at."""
    last: tuple[str, str] | None = None
    for number, match in enumerate(_gate().finditer(data)):
        if number == _MANY:
            yield None
            return
        start, end = match.span()
        left = data[max(start - _NEAR, 0) : start]
        tag = left.find(b">") + 1  # it may begin before what was taken
        before = _clean(left[0 if b"<" in left[:tag] else tag :])
        name = _clean(data[start:end], inside=True)
        behind = _clean(data[end : end + _NEAR])[:_LONGEST]
        line = before + name + behind
        for found in _check().finditer(line, max(len(before) - _LONGEST, 0)):
            if found.end() <= len(before):
                continue
            if found.start() < len(before) + len(name) and _holds(found):
                kind = letters_of_names()[(found.lastindex or 1) - 1][0]
                sides = _sides(line, found.start(), found.end())
                if sides != last:
                    yield _Hit(start, end, kind, *sides)
                last = sides
            break


def _clean(raw: bytes, *, inside: bool = False) -> str:
    """The plain letters of a piece of the body; tags join, or part, what stands beside them."""

    def joined(match: re.Match[str]) -> str:
        if match["end"]:
            return "-"
        sign = match[0]
        apart = (
            sign[0] == "%"
            or "," in sign[:9]
            or (_BLOCK.match(sign) if inside else sign[0] == "<" and not _INLINE.match(sign))
        )
        return " " if apart else ""

    return _TAGS.sub(joined, raw.decode("utf-8", "ignore")).translate(plain_forms())


def _holds(found: re.Match[str]) -> bool:
    """Whether letters with spaces between them are a name, and no parts of other words."""
    name = found[0].strip(" -")
    letters = re.sub(r"\W", "", name)
    if len(letters) > 7 or not re.search(r"\w {1,}\w", name):
        return True
    sides = found.string[: found.start()][-1:] + found.string[found.end() :][:1]
    apart = not re.search(r"[\w-]", sides)
    return apart and len(letters) > 3 and name.lower() != "krat om"


def _sides(line: str, start: int, end: int) -> tuple[str, str]:
    before = "".join(filter(str.isalnum, line[:start]))[-_BESIDE:].lower()
    behind = "".join(filter(str.isalnum, line[end:]))[:_BESIDE].lower()
    return f"{before} .", f". {behind}"


def _seen(text: Text) -> Counter[str]:
    """The places at which the reader sees a name, each by the letters on both sides of it."""
    whole, found = "", []
    for passage in text.passages:
        found += [(len(whole) + t.start, len(whole) + t.end) for t in find_terms(passage.text)]
        whole += f"{passage.text}\n"
    sides: Counter[str] = Counter()
    for start, end in found:
        near = whole[max(start - 60, 0) : start], whole[start:end], whole[end : end + 60]
        before, name, behind = (part.translate(plain_forms()) for part in near)
        sides.update(_sides(before + name + behind, len(before), len(before) + len(name)))
    return sides


def _told(data: bytes, hit: _Hit) -> str:
    """A doubt in words: what stands where."""
    near = data[max(hit.start - 40, 0) : hit.end + 40].decode("utf-8", "ignore")
    line = data.count(b"\n", 0, hit.start) + 1
    inside = next(
        (
            f" in {what}"
            for what, opens, closes in (
                ("a script", b"<script", b"</script"),
                ("a style sheet", b"<style", b"</style"),
                ("a comment", b"<!--", b"-->"),
                ("a tag", b"<", b">"),
            )
            if data.rfind(opens, 0, hit.start) > data.rfind(closes, 0, hit.start)
        ),
        "",
    )
    place = f"line {line}{inside}"
    return f"{hit.substance} is named in {place}, unseen by the reading: “{one_line(near, 120)}”"
