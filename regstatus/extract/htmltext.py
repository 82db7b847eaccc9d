"""HTML to blocks.

lxml reads and walks the page, whatever its size. BeautifulSoup is fifty times
slower on a code chapter (263 ms against 5 ms for 0.73 MB), and a scheduled run
must read megabytes within seconds on one core, so it gets what it does better
and what is small: choosing a fragment by full CSS (`cut`), not the walk.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from lxml import etree

from regstatus.errors import ReadingError
from regstatus.extract.block import BREAK, Sink, clean, is_label

__all__ = ["parse_html", "walk_html"]

_INLINE, _SKIP, _BLOCK, _HEAD, _LIST, _ITEM, _TABLE, _ROW, _CELL, _BR, _PRE, _STRUCK, _BOLD, _SUP = range(14)
_LINK, _DT, _DD, _FRAME, _SUB = range(14, 19)

_CODES: dict[str, int] = {}
for _names, _code in (
    (
        "script style template svg select datalist button textarea input object canvas audio video "
        "map head noscript noembed meta link title nav menu dialog progress math-field",
        _SKIP,
    ),
    (
        "p div section article main blockquote center address figure figcaption fieldset legend form "
        "header footer aside hr details summary body html caption dir thead tbody tfoot dl multicol "
        "hgroup search isindex listing optgroup",
        _BLOCK,
    ),
    ("h1 h2 h3 h4 h5 h6", _HEAD),
    ("ul ol", _LIST),
    ("li", _ITEM),
    ("table", _TABLE),
    ("tr", _ROW),
    ("td th", _CELL),
    ("br", _BR),
    ("pre xmp plaintext", _PRE),
    ("s strike del", _STRUCK),
    ("b strong u", _BOLD),
    ("sup", _SUP),
    ("a", _LINK),
    ("dt", _DT),
    ("dd", _DD),
    ("iframe frame", _FRAME),
):
    for _name in _names.split():
        _CODES[_name] = _code

# What a class or a style says of an element, as flags.
STRUCK, HIDDEN, NOTE, HEADISH, BOLDISH, CHROME, PRE = 1, 2, 4, 8, 16, 32, 64

_TOKEN_FLAGS = {
    **dict.fromkeys(
        "strike strikethrough strike-through struck strikeout strike-out strikethru deleted deletion "
        "amenddelete amend-delete amend_delete crossed crossed-out crossedout stricken line-through "
        "linethrough del deletedtext deleted-text text-deleted delete msodel".split(),
        STRUCK,
    ),
    **dict.fromkeys(
        "history annotation annotations footnote footnotes note notes editorsnote editornote "
        "histnote sourcenote source-note docsourcenote amendnote fussnote fussnoten fn footnotetext gloss "
        "tooltip-text authorialnote law-history hist historynote citehistory statutehistory "
        "editorial commentary".split(),
        NOTE,
    ),
    **dict.fromkeys(
        "leadline catchline headline caption sectiontitle section-title section-name sectionname "
        "title-article-norm secttitle title sec-title sechead sectionheading section-heading heading nadpis "
        "articletitle article-title ti-art oj-ti-art sti-art oj-sti-art title-doc-first title-annex-1 "
        "ti-section-1 chaptertitle chapter-title chaptitle parttitle part-title schedule-title "
        "doc-ti oj-doc-ti rubrik overskrift anhang_titel".split(),
        HEADISH,
    ),
    **dict.fromkeys("bold strong fwb b font-weight-bold fw-bold section leadline".split(), BOLDISH),
    **dict.fromkeys(
        "breadcrumb breadcrumbs navbar nav navigation sidebar side-bar skip-link skiplink skip-nav "
        "site-header site-footer page-footer pagefooter main-footer main-header global-header "
        "globalheader cookie cookies cookie-banner toolbar pagination share social social-media megamenu "
        "dropdown-menu nav-pills mobile-navigation site-nav topnav mainnav leftnav rightnav".split(),
        CHROME,
    ),
}
_TOKEN_HEADISH = re.compile(r"(?:^htit\d|^heading\d?$|^h[1-6]$|-heading$|-title$|nadpis|oznacenie$|^ti-)")
_ROLE_CHROME = frozenset({"navigation", "banner", "contentinfo", "search", "menu", "menubar", "dialog"})
_STRUCK_RULE = re.compile(r"((?:[.#]?[\w.#-]+\s*,?\s*)+)\{[^{}]*line-through", re.IGNORECASE)
_RULE_CLASS = re.compile(r"\.([\w-]+)")
_SUPER = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SPACES = str.maketrans({BREAK: " "})
_DEEP_TAGS = re.compile(
    r"<(/?)(?!(?:h[1-6]|s|strike|del|script|style|title|pre|p|br|head|body|html|meta|link)\b)"
    r"([a-zA-Z][\w:-]*)\b[^<>]*>",
    re.IGNORECASE,
)
_BLOCK_TAGS = frozenset(name for name, code in _CODES.items() if code not in {_SKIP, _STRUCK, _BOLD, _SUP, _LINK})
_BAD = {ord(c): " " for c in "\x00\x0b\x0c\x1c\x1d\x1e\x1f"}


@lru_cache(maxsize=4096)
def class_flags(value: str) -> int:
    """What the classes of an element say of it."""
    flags = 0
    for token in value.lower().split():
        flags |= _TOKEN_FLAGS.get(token, 0)
        if _TOKEN_HEADISH.search(token):
            flags |= HEADISH
    return flags


@lru_cache(maxsize=4096)
def style_flags(value: str) -> int:
    """What the inline style of an element says of it."""
    flags = 0
    style = value.lower().replace(" ", "")
    if "line-through" in style:
        flags |= STRUCK
    if "display:none" in style or "visibility:hidden" in style:
        flags |= HIDDEN
    if "font-weight:bold" in style or "font-weight:700" in style:
        flags |= BOLDISH
    if "text-align:center" in style:
        flags |= HEADISH
    if "white-space:pre" in style and "pre-line" not in style:
        flags |= PRE
    return flags


def parse_html(text: str) -> tuple[Any, list[str]]:
    """Parse a page or fragment.

    Args:
        text: The characters of the page.

    Returns:
        The root element, and what went wrong, in words.

    Raises:
        ReadingError: Where there is no element at all.
    """
    problems: list[str] = []
    root, deep = _parse(text.translate(_BAD) if "\x00" in text or BREAK in text else text)
    if deep:
        problems.append("nested deeper than 2,000 tags: read without its structure")
        root, deep = _parse(_DEEP_TAGS.sub(_flat, text.translate(_BAD)))
        if deep:
            raise ReadingError("The page is nested too deeply to be read.")
    if root is None:
        raise ReadingError("The page holds no text.")
    return root, problems


def _flat(match: re.Match[str]) -> str:
    """Blocks become paragraphs, which do not nest; everything inline goes."""
    return "<p>" if match.group(2).lower() in _BLOCK_TAGS else ""


def _parse(text: str) -> tuple[Any, bool]:
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_pis=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None, False
    deep = any("depth" in entry.message.lower() for entry in parser.error_log)
    return root, deep


def struck_classes(root: Any) -> frozenset[str]:
    """Classes that the page's own style sheet strikes through, as bill pages do."""
    names: set[str] = set()
    for style in root.iter("style"):
        sheet = style.text or ""
        if "line-through" in sheet:
            for rule in _STRUCK_RULE.finditer(sheet[:500_000]):
                names.update(name.lower() for name in _RULE_CLASS.findall(rule.group(1)))
    return frozenset(names - {"a", "link", "hover"})
