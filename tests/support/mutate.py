"""Changes to an example page, as a host or a legislature might make them.

A page is changed in its own form: words are found even where tags, soft hyphens or
entities part them, and a PDF is made anew from the text beside it.
"""

from __future__ import annotations

import re
from copy import copy
from html import escape, unescape
from pathlib import Path

from regstatus.model.charset import decode
from regstatus.model.words import Format
from tools.make_example_pdfs import make_pdf

__all__ = ["Example"]

_TAG = re.compile(r"<[^<>]*>")
_UNSEEN = r"(?:<[^<>]{0,400}>|&shy;|&#173;|&#8203;|&#xAD;|[\u00ad\u200b\u2060\ufeff])*"
_SPACE = r"(?:\s|\\[rn]|&nbsp;|&#160;|&#xa0;|&#8239;|&ensp;|&emsp;|[\u00a0\u2002-\u200a\u202f])"
_HYPHEN = (
    r"(?:[-\u2010-\u2014\u2212]|&#(?:820[89]|821[012]);|&#x201[0-4];|&[nm]dash;|&hyphen;)"
    r"(?:\s|\\[rn])*"
)
_LINE_END = r"(?:(?<=\w)[-\u00ad](?:\n|\\[rn])+[ ]*(?=\w))?"
_BLOCK = re.compile(
    r"<(p|div|li|tr|td|dd|para|row|item|text|entry|span|font)\b[^<>]*>", re.IGNORECASE
)
_WRAPPED = re.compile(r"(\s*(?:<[^<>]*>\s*)*).*?((?:<[^<>]*>\s*)*)", re.DOTALL)
_BREAK = re.compile(r"<br\s*/?>|\n", re.IGNORECASE)


class Example:
    """One example page as text that can be changed.

    Args:
        path: The page; a PDF is read from the text that it was made from.
        form: The form in which its host sends it.
    """

    def __init__(self, path: Path, form: Format) -> None:
        self.pdf = form is Format.PDF
        # JSON carries its texts as HTML, too.
        self.markup = form in {Format.HTML, Format.XML, Format.JSON}
        self.raw = (
            path.with_name(f"{path.name}.txt").read_text("utf-8")
            if self.pdf
            else decode(path.read_bytes())
        )

    @property
    def body(self) -> bytes:
        """The page as its host would send it."""
        return make_pdf(self.raw) if self.pdf else self.raw.encode()

    def without(self, *phrases: str) -> Example:
        """The page without these words; its tags stay."""
        raw = self.raw
        for phrase in sorted(phrases, key=len, reverse=True):
            raw = _loosely(phrase).sub(lambda found: "".join(_TAG.findall(found[0])), raw)
        return self._with(raw)

    def with_entry(self, beside: str, entry: str) -> Example:
        """The page with a new entry after the one that names `beside`, in the same form."""
        found = list(_loosely(beside).finditer(self.raw))[-1]
        start, end = self._around(found.start(), found.end())
        block = self.raw[start:end]
        within = _loosely(beside).search(block)
        assert within is not None
        words = escape(entry, quote=False) if self.markup else entry
        tags = "".join(_TAG.findall(within[0]))
        gap = "" if self.markup or block.endswith("\n") else "\n"
        new = gap + block[: within.start()] + words + tags + block[within.end() :]
        return self._with(self.raw[:end] + new + self.raw[end:])

    def with_paragraph(self, beside: str, words: str) -> Example:
        """The page with a new paragraph after the one that ends with `beside`."""
        found = list(_loosely(beside).finditer(self.raw))[-1]
        start, end = self._around(found.start(), found.end())
        if not self.markup:  # lines of print: go on behind the blank line that ends a paragraph
            blank = re.compile(r"\n\s*\n|\Z").search(self.raw, found.end())
            assert blank is not None
            at = blank.end()
            return self._with(f"{self.raw[:at]}{words}\n\n{self.raw[at:]}")
        opening, closing = _WRAPPED.fullmatch(self.raw[start:end]).groups()  # type: ignore[union-attr]
        new = opening + escape(words, quote=False) + closing
        return self._with(self.raw[:end] + new + self.raw[end:])

    def _with(self, raw: str) -> Example:
        changed = copy(self)
        changed.raw = raw
        return changed

    def _around(self, start: int, end: int) -> tuple[int, int]:
        """The innermost block round some words: an element, or a line."""
        if self.markup:
            for tag in reversed(list(_BLOCK.finditer(self.raw, 0, start))):
                close = self.raw.find(f"</{tag[1]}>", tag.end())
                if close < end or tag[1].lower() in {"span", "font"}:
                    continue
                if "<br" in self.raw[tag.end() : close].lower():
                    break
                if tag[1].lower() not in {"td", "entry"}:  # a row is the entry, not its cell
                    return tag.start(), close + len(f"</{tag[1]}>")
        before = max((m.end() for m in _BREAK.finditer(self.raw, 0, start)), default=0)
        after = _BREAK.search(self.raw, end)
        return before, after.end() if after else len(self.raw)


def _loosely(phrase: str) -> re.Pattern[str]:
    """A phrase as it may stand in markup."""
    parts: list[str] = []
    for char in unescape(phrase.strip()):
        if char.isspace():
            parts.append(rf"{_SPACE}+{_UNSEEN}")
        elif char == "-":
            parts.append(_HYPHEN)
        else:
            plain, name = re.escape(char), re.escape(escape(char))
            codes = rf"&#{ord(char)};|&#x{ord(char):x};" if ord(char) > 126 else ""
            choice = "|".join(filter(None, dict.fromkeys((plain, name, codes))))
            parts.append(rf"(?:{choice})")
    return re.compile(f"{_UNSEEN}{_LINE_END}".join(parts), re.IGNORECASE)
