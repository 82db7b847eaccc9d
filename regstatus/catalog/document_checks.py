"""Whether a run could do anything with a document as its source file describes it.

What can be known without asking a host is reported before any is asked.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from regstatus.base.address import problem_with
from regstatus.model.adapter_params import DECLARED, VARIABLE, params_faults
from regstatus.model.vocabulary import WordPattern
from regstatus.model.words import Format, Reads

if TYPE_CHECKING:
    from regstatus.catalog.toml import Loc
    from regstatus.model.document import Copy, Document, Select

_PLACEHOLDER = re.compile(rf"\{{env:{VARIABLE}\}}")
_LABEL = r"(?!-)[a-z0-9_-]{1,63}(?<!-)"
_HOST = re.compile(rf"(?:{_LABEL}\.)+{_LABEL}\.?|[0-9.]+|\[[0-9a-f:.]+\]", re.IGNORECASE)
_ALLOWED = re.compile(rf"(?:\*\.)?(?:{_LABEL}\.)+{_LABEL}\.?", re.IGNORECASE)
_ODD = re.compile(r'[\s\x00-\x1f\x7f-\x9f<>"{}|\\^`]')
_SHORTEST = 3
_OFTEN = WordPattern("{page.often}")
"""Words that stand on most pages in their language, without accents."""


def entry_faults(index: int, document: Document) -> Iterator[tuple[Loc, str]]:
    """What is wrong with the document of a number, or a copy of it, each with its place in the file."""
    here: Loc = ("documents", index)
    yield from _fetching(here, document)
    for number, copy in enumerate(document.copies):
        yield from _fetching((*here, "copies", number), copy)
    if document.reads is not Reads.FEED:
        for problem in _control_problems(document.controls):
            yield (*here, "controls"), problem


def address_problem(url: str) -> str | None:
    """Why an address of the open web cannot be one, or None. `{env:NAME}` may stand in it."""
    bare = _PLACEHOLDER.sub("x", url)
    if "{" in bare or "}" in bare:
        return "braces: a key from the environment is written {env:NAME}, and others as %7B and %7D"
    if _ODD.search(bare):
        return "it holds a space or a character that no address has; write it as %20 and the like"
    if problem := problem_with(bare):
        return f"{problem}; give the official address"
    parts = urlsplit(bare)
    if parts.port == 0:
        return "no server has the port 0"
    try:
        host = (parts.hostname or "").encode("idna").decode()
    except UnicodeError:
        host = ""
    shown = f"[{host}]" if ":" in host else host
    if len(host) > 253 or not (_HOST.fullmatch(shown) or "{env:" in urlsplit(url).netloc):
        return f"{parts.hostname!r} is no name of a host on the open web"
    return None


def _fetching(here: Loc, entry: Document | Copy) -> Iterator[tuple[Loc, str]]:
    if problem := address_problem(entry.url):
        yield (*here, "url"), problem
    for host in entry.allowed_hosts:
        if not _ALLOWED.fullmatch(host) or problem_with(f"https://{host.removeprefix('*.')}/"):
            remedy = "write legis.example.gov or *.example.gov alone"
            yield (*here, "allowed_hosts"), f"{host!r} is no host; {remedy}"
    if DECLARED:  # where nothing is fetched nothing is known of them
        for name, problem in params_faults(entry.adapter, entry.params):
            yield (*here, "params", name) if name else (*here, "adapter"), problem
    for name, value in entry.params.items():
        if "{env:" in _PLACEHOLDER.sub("", value):
            yield (*here, "params", name), "a key from the environment is written {env:NAME}"
    if entry.select is not None:
        for name, problem in _selector_problems(entry.select, entry.format):
            yield (*here, "select", name), problem


def _selector_problems(select: Select, form: Format) -> Iterator[tuple[str, str]]:
    tree, pointed = form in {Format.HTML, Format.XML}, form is Format.JSON
    for name, value, fits, problem_of in (
        ("css", select.css, tree, _css_problem),
        ("xpath", select.xpath, tree, _xpath_problem),
        ("pointer", select.pointer, pointed, _pointer_problem),
    ):
        if value is not None and not fits:
            problem = f"it cannot be used on {form}: css and xpath are for html and xml"
            yield name, f"{problem}, pointer for json"
        elif value is not None and (found := problem_of(value)):
            yield name, found


def _css_problem(css: str) -> str | None:
    import soupsieve

    faults = (soupsieve.SelectorSyntaxError, NotImplementedError, ValueError, RecursionError)
    try:
        soupsieve.compile(css)
    except faults as error:
        return f"not a CSS selector: {str(error).partition(chr(10))[0]}"
    return None


def _xpath_problem(xpath: str) -> str | None:
    from lxml import etree

    # A function or prefix that does not exist is found only where something is selected.
    root = inner = etree.Element("html")
    for name in re.findall(r"[A-Za-z_][\w-]*", xpath, re.ASCII):
        inner = etree.SubElement(inner, name)
    try:
        found = root.xpath(xpath)
    except (etree.XPathError, ValueError, TypeError) as error:
        return f"not an XPath of version 1.0: {error}"
    return None if isinstance(found, list) else "it names a value and no element"


def _pointer_problem(pointer: str) -> str | None:
    if not pointer.startswith("/") or re.search(r"~(?![01])", pointer):
        return "not a JSON pointer: it starts with /, ~ is written ~0, and / in a key ~1"
    return None


def _control_problems(controls: tuple[str, ...]) -> Iterator[str]:
    """Why words prove nothing: so short or usual that any page has them, or said twice."""
    bare = {control: _bare(control) for control in controls}
    for control, letters in bare.items():
        wide = sum(unicodedata.east_asian_width(char) in "WF" for char in letters)
        if len(letters) + wide < _SHORTEST or _OFTEN.fullmatch(letters):
            yield f"{control!r} stands on many a page and proves nothing; take words of this text alone"
    if controls and all(
        letters.isdecimal() and control.isdecimal() for control, letters in bare.items()
    ):
        yield "a number alone may stand on any page; add words that stand in this text"
    for one, other in combinations(controls, 2):
        if bare[one] in bare[other] or bare[other] in bare[one]:
            yield f"{one!r} and {other!r} are one proof; take words from different parts of the text"


def _bare(text: str) -> str:
    """Letters and digits alone, without case and accents."""
    apart = (
        char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char)
    )
    together = unicodedata.normalize("NFC", "".join(apart)).casefold()
    return "".join(char for char in together if char.isalnum())
