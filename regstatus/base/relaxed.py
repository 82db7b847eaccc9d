"""Relaxed patterns: for each of Python's, one for RE2 that is found wherever it is."""

from __future__ import annotations

import re

__all__ = ["relaxed"]

_ANY = "(?s:.)"
_BEYOND = r"\x{80}-\x{10FFFF}"
# Classes are widened, never narrowed: beyond ASCII anything may be a letter, a digit, a space.
_WIDE = {"w": f"0-9A-Za-z_{_BEYOND}", "s": rf"\t-\r\x1c-\x20{_BEYOND}", "d": f"0-9{_BEYOND}"}
_AROUND = re.compile(r"\(\?<?[=!]")
_OPENS = re.compile(r"\((?:\?P<\w+>|\?-i:|\?:)?")
_TIMES = re.compile(r"\{(\d*)(,?)(\d*)\}")
_LACKS = re.compile(r"\\[WSD]")
_CODE = re.compile(r"\\u([0-9a-fA-F]{4})")
_FEW = 3


def _class_end(pattern: str, at: int) -> int:
    """The place after a character class that opens at a place."""
    at += 1
    at += pattern[at] == "^"
    at += pattern[at] == "]"
    while pattern[at] != "]":
        at += 2 if pattern[at] == "\\" else 1
    return at + 1


def _group_end(pattern: str, at: int) -> int:
    """The place after a group that opens at a place."""
    depth = 0
    while True:
        if pattern[at] == "\\":
            at += 2
            continue
        if pattern[at] == "[":
            at = _class_end(pattern, at)
            continue
        depth += (pattern[at] == "(") - (pattern[at] == ")")
        at += 1
        if not depth:
            return at


def _escaped(pattern: str, at: int) -> tuple[str, int]:
    """What a backslash and what follows it become."""
    sign, at = pattern[at + 1], at + 2
    if sign in "bBAZ":
        return "", at
    if sign in _WIDE:
        return f"[{_WIDE[sign]}]", at
    if sign in "WSD":
        return _ANY, at
    if sign in "xu":
        end = at + (2 if sign == "x" else 4)
        return f"\\x{{{pattern[at:end]}}}", end
    return (sign if ord(sign) > 0x7F else f"\\{sign}"), at


def _class(inside: str) -> str:
    """A character class, widened; one that is told by what it lacks becomes anything."""
    if inside[0] == "^" or _LACKS.search(inside):
        return _ANY
    for sign, wide in _WIDE.items():
        inside = inside.replace(f"\\{sign}", wide)
    inside = _CODE.sub(r"\\x{\1}", inside).replace("[", r"\[")
    return f"[{inside}]"


def relaxed(pattern: str, *, apart: bool = False) -> str:
    """A pattern for RE2 that matches wherever `pattern` does, and elsewhere too.

    Word borders, anchors and what is looked for around a match are left out, classes are
    widened and long repeats are unbounded. Back references are not understood. With `apart`,
    RE2 puts no alternatives together: of «posiadan», «posse» only «pos» would be left to look for.
    """
    out: list[str] = []
    at = 0
    while at < len(pattern):
        char = pattern[at]
        if char == "\\":
            piece, at = _escaped(pattern, at)
        elif char in "^$":
            piece, at = "", at + 1
        elif char == "[":
            end = _class_end(pattern, at)
            piece, at = _class(pattern[at + 1 : end - 1]), end
        elif char == "(" and _AROUND.match(pattern, at):
            piece, at = "", _group_end(pattern, at)
        elif char == "(" and (opens := _OPENS.match(pattern, at)):
            piece, at = "(?:", opens.end()
        elif char == "{" and (times := _TIMES.match(pattern, at)):
            least, comma, most = times.groups()
            few = int((most if comma else least) or _FEW + 1) <= _FEW
            piece = times.group() if few else "+" if int(least or 0) else "*"
            at = times.end()
        else:
            piece, at = char, at + 1
        out.append(piece)
    return "".join(("(", *(_APART.get(piece, piece) for piece in out), ")") if apart else out)


_APART = {"(?:": "((", "|": ")|(", ")": "))"}
