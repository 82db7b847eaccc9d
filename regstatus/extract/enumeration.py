"""Labels: where in a numbered section an entry stands, such as `(7)(mk)`.

Law numbers its entries by style, not by nesting of markup: (1) holds (a), (a)
holds (i). A style that was seen before goes on at its own depth; a new one
opens a deeper level.
"""

import re

_PARENTHESES = re.compile(
    r"\(([^\W_]{1,5})\)(?![^\s(])\s?(?:\(([^\W_]{1,4})\)(?![^\s(])\s?)?(?:\(([^\W_]{1,4})\)(?![^\s(])\s?)?"
)
_POINT = re.compile(r"(\d{1,3}|[a-zA-Z]{1,2}|[ivx]{1,5}|[IVX]{1,5})([.)])\s")
_LABEL = re.compile(
    r"(?:\(\w{1,5}\)\s?)+|\[\w{1,4}\]|[0-9]{1,3}(?:\.[0-9]{1,3}){0,3}[.)°]?|[A-Za-zα-ω]{1,2}[.)]"
    r"|[ivxIVX]{1,5}[.)]|[-•·*▪◦—]"
)
_LABEL_LENGTH = 12
_ROMAN = re.compile(r"[ivxl]+|[IVXL]+")


def _after(previous: str, label: str) -> bool:
    """Whether a letter label follows another in the alphabet: h, i; zz, aaa."""
    if len(previous) != len(label):
        return len(label) == len(previous) + 1 and previous.strip("zZ") == ""
    return 0 < ord(label[-1]) - ord(previous[-1]) <= 2


def is_label(text: str, *, opens: bool = False) -> bool:
    """Whether a text is nothing but the mark of a list entry, or opens with one: `(a)`, `mk)`, `•`."""
    if opens:
        return _LABEL.match(text) is not None
    return len(text) <= _LABEL_LENGTH and _LABEL.fullmatch(text) is not None


def are_siblings(one: str, other: str) -> bool:
    """Whether a passage opens with the label that comes next after that of another: (a), (b)."""
    for pattern in (_PARENTHESES, _POINT):
        if (first := pattern.match(one)) and (second := pattern.match(other)):
            a, b = first[1], second[1]
            if a.isdecimal() or b.isdecimal():
                return a.isdecimal() and b.isdecimal() and int(b) == int(a) + 1
            return b not in {"i", "I"} and _after(a, b)  # (i) may open what stands under (h)
    return False


class Labels:
    """Follows the labels of one section and gives each entry its path."""

    def __init__(self) -> None:
        self._stack: list[tuple[str, str]] = []

    def clear(self) -> None:
        """Begin a new section."""
        self._stack.clear()

    def path(self, text: str) -> str:
        """The path of a passage that opens with labels, such as `(7)(mk)`; empty without one."""
        if text[:1] == "(":
            match = _PARENTHESES.match(text)
            form = "("
        else:
            match = _POINT.match(text)
            form = match.group(2) if match else ""
        if not match:
            return ""
        labels = [match.group(1)] if form != "(" else [x for x in match.groups() if x]
        for label in labels:
            self._push(form + self._style(form, label), label)
        return "".join(f"({label})" for _, label in self._stack)

    def _style(self, form: str, label: str) -> str:
        if label.isdecimal():
            return "1"
        letter = "a" if label.islower() else "A"
        if not _ROMAN.fullmatch(label):
            return letter
        # i, v and x are letters where their neighbour stands open as a letter.
        previous = next((seen for style, seen in self._stack if style == form + letter), None)
        if previous and _after(previous, label) and not (label == "i" and previous == "h" * 2):
            return letter
        if len(label) == 1 and label not in "iIvVxX":
            return letter
        return "i" if letter == "a" else "I"

    def _push(self, style: str, label: str) -> None:
        for place, (seen, _) in enumerate(self._stack):
            if seen == style:
                del self._stack[place:]
                break
        self._stack.append((style, label))
        del self._stack[8:]
