"""Relaxed patterns: for each of Python's, one for RE2 that is found wherever it is."""

import re

_ANY = "(?s:.)"
_BEYOND = r"\x{80}-\x{10FFFF}"
# Classes are widened, never narrowed: beyond ASCII anything may be a letter, a digit, a space.
_WIDE = {"w": f"0-9A-Za-z_{_BEYOND}", "s": rf"\t-\r\x1c-\x20{_BEYOND}", "d": f"0-9{_BEYOND}"}
_BARRED = {"W": "[^0-9A-Za-z_]", "S": r"[^\t-\x0d\x1c-\x20]", "D": "[^0-9]"}
"""What is told by what it lacks: of that, nothing beyond ASCII is barred."""
_TOKEN = re.compile(
    r"[^\\\[({|)^$]+|\\(?P<code>x..|u....)|\\(?P<sign>.)|\[(?P<inside>\^?\]?(?:\\.|[^\]\\])*)\]"
    r"|(?P<around>\(\?<?[=!])|(?P<opens>\((?:\?P<\w+>|\?-i:|\?:)?)"
    r"|\{(?P<least>\d*)(?P<comma>,?)(?P<most>\d*)\}|.",
    re.DOTALL,
)
_LACKS = re.compile(r"\\[WSD]")
_CODE = re.compile(r"\\u([0-9a-fA-F]{4})")
_FEW = 3
# RE2 does not know how Python's `re` folds these (dotted and dotless i, ligatures, …), nor halves
# of surrogate pairs. Greek's everyday ΐ and ΰ fold with U+1FD3 and U+1FE3 alone, in no pattern.
_SIGNS = (
    "\u0130\u0131\u1fd3\u1fe3\ufb05\ufb06\u1c80\u1c81\u1c82\u1c83\u1c84\u1c85\u1c86\u1c87\u1c88"
)
_ODD = re.compile(f"[{_SIGNS}\ud800-\udfff]")
_SHORT = 200


def is_odd(text: str) -> bool:
    """Whether RE2 may tell something else of a text than Python's `re`."""
    if text.isascii() or len(text) < _SHORT:
        return not text.isascii() and _ODD.search(text) is not None
    try:  # of a long text to look for one sign after the other is quicker
        text.encode()
    except UnicodeEncodeError:
        return True
    return any(map(text.__contains__, _SIGNS))


def _class(inside: str) -> str:
    """A character class, widened; one that is told by what it lacks becomes anything."""
    if inside[0] == "^" or _LACKS.search(inside):
        return _ANY
    for sign, wide in _WIDE.items():
        inside = inside.replace(f"\\{sign}", wide)
    inside = _CODE.sub(r"\\x{\1}", inside).replace("[", r"\[")
    return f"[{inside}]"


def _escaped(sign: str) -> str:
    """What a backslash and the sign after it become."""
    if sign in "bBAZ":
        return ""
    if sign in _WIDE:
        return f"[{_WIDE[sign]}]"
    if sign in _BARRED:
        return _BARRED[sign]
    return sign if ord(sign) > 0x7F else f"\\{sign}"


def _wider(token: re.Match[str]) -> str:
    """What a piece of a pattern becomes."""
    if token["code"]:
        return f"\\x{{{token['code'][1:]}}}"
    if token["sign"]:
        return _escaped(token["sign"])
    if token["inside"]:
        return _class(token["inside"])
    if token["comma"] is not None:
        most = token["most"] if token["comma"] else token["least"]
        many = "+" if int(token["least"] or 0) else "*"
        return token[0] if int(most or _FEW + 1) <= _FEW else many
    return "(?:" if token["opens"] else token[0].strip("^$")


def relaxed(pattern: str, *, apart: bool = False, in_line: bool = False) -> str:
    """A pattern for RE2 that matches wherever `pattern` does, and elsewhere too.

    Word borders, anchors and what is looked for around a match are left out, classes are
    widened and long repeats are unbounded. Back references are not understood. With `apart`,
    RE2 puts no alternatives together: of «posiadan», «posse» only «pos» would be left to look for.
    With `in_line` no match goes beyond the end of a line.
    """
    out: list[str] = []
    around = 0
    for token in _TOKEN.finditer(pattern):
        if around or token["around"]:
            around += token[0].startswith("(") - (token[0] == ")")
        else:
            out.append(_wider(token))
    if in_line:
        for wide, narrow in _IN_LINE:
            out = [piece.replace(wide, narrow) for piece in out]
        return "".join(out)
    return "".join(("(", *(_APART.get(piece, piece) for piece in out), ")") if apart else out)


_IN_LINE = (
    (_ANY, "."),
    (r"\t-\r", r"\t\x0b-\r"),
    (_BARRED["W"], r"[^0-9A-Za-z_\n]"),
    (_BARRED["D"], r"[^0-9\n]"),
)
_APART = {"(?:": "((", "|": ")|(", ")": "))"}
