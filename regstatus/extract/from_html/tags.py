"""What HTML tags, classes and inline styles say of the text inside them."""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["BLOCK_TAGS", "CODES", "Code", "Flag", "attribute_flags", "style_flags"]


class Code:
    """What a tag does to the flow of text: plain numbers, because they are compared for every tag.

    `EDGE` is a header, footer or aside: of the site outside an article, of the text within.
    """

    INLINE, SKIP, BLOCK, HEAD, LIST, ITEM, TABLE, ROW, CELL, BREAK = range(10)
    PRE, STRUCK, BOLD, SUPER, LINK, TERM, TERM_TEXT, FRAME, EDGE = range(10, 19)


class Flag:
    """What a class or a style says of an element, as bits.

    `HEADISH` is set as a heading, or centred; `CHROME` is a menu, a banner or the like of the site.
    """

    STRUCK, HIDDEN, NOTE, HEADISH, BOLDISH, CHROME, PRE = (1 << bit for bit in range(7))


_TAGS = {
    Code.SKIP: (
        "script style template svg select datalist button textarea input object canvas audio "
        "video map head noscript noembed meta link title nav menu dialog progress rp"
    ),
    Code.BLOCK: (
        "p div section article main blockquote center address figure figcaption fieldset legend "
        "form hr details summary body html caption dir thead tbody tfoot dl multicol hgroup "
        "optgroup"
    ),
    Code.HEAD: "h1 h2 h3 h4 h5 h6",
    Code.LIST: "ul ol",
    Code.ITEM: "li",
    Code.TABLE: "table",
    Code.ROW: "tr",
    Code.CELL: "td th",
    Code.BREAK: "br",
    Code.PRE: "pre xmp plaintext listing",
    Code.STRUCK: "s strike del",
    Code.BOLD: "b strong u",
    Code.SUPER: "sup",
    Code.LINK: "a",
    Code.TERM: "dt",
    Code.TERM_TEXT: "dd",
    Code.FRAME: "iframe frame",
    Code.EDGE: "header footer aside",
}
CODES: dict[str, int] = {name: code for code, names in _TAGS.items() for name in names.split()}

BLOCK_TAGS = frozenset(
    name
    for name, code in CODES.items()
    if code not in {Code.SKIP, Code.STRUCK, Code.BOLD, Code.SUPER, Code.LINK}
)

_CLASSES = {
    Flag.STRUCK: (
        "strike strikethrough strike-through struck strikeout strike-out strikethru deleted "
        "deletion amenddelete amend-delete amend_delete crossed crossed-out crossedout stricken "
        "line-through linethrough del deletedtext deleted-text text-deleted delete msodel"
    ),
    Flag.NOTE: (
        "history annotation annotations footnote footnotes note notes editorsnote editornote "
        "histnote sourcenote source-note docsourcenote amendnote fussnote fussnoten fn "
        "footnotetext gloss tooltip-text authorialnote law-history hist historynote citehistory "
        "statutehistory editorial commentary"
    ),
    Flag.HEADISH: (
        "catchline headline caption sectiontitle section-title section-name sectionname "
        "title-article-norm secttitle title sec-title sechead sectionheading section-heading "
        "heading nadpis articletitle article-title ti-art oj-ti-art sti-art oj-sti-art "
        "title-doc-first title-annex-1 ti-section-1 chaptertitle chapter-title chaptitle "
        "parttitle part-title schedule-title doc-ti oj-doc-ti rubrik overskrift anhang_titel"
    ),
    Flag.BOLDISH: ("leadline bold strong fwb b font-weight-bold fw-bold section"),
    Flag.CHROME: (
        "breadcrumb breadcrumbs navbar nav navigation sidebar side-bar skip-link skiplink "
        "skip-nav site-header site-footer page-footer pagefooter main-footer main-header "
        "global-header globalheader cookie cookies cookie-banner toolbar pagination share social "
        "social-media megamenu btn button ui-btn icon-link dropdown-menu nav-pills "
        "mobile-navigation site-nav topnav mainnav leftnav rightnav"
    ),
}
_TOKEN_FLAGS = {name: flag for flag, names in _CLASSES.items() for name in names.split()}
_TOKEN_HEADISH = re.compile(
    r"(?:^htit\d|^heading\d?$|^h[1-6]$|-heading$|-title$|nadpis|oznacenie$|(?:^|-)s?ti(?:tle)?-)"
)
_ID_CHROME = re.compile(
    r"breadcrumb|cookie|skip[-_]?(?:nav|link|to)|"
    r"(?:^|[-_])(?:footer|navbar|nav|navigation|sidebar|masthead)(?:$|[-_\d])|"
    r"(?:main|left|right|top|site|page|global)[-_]?(?:menu|nav|footer)$|^menu$",
    re.IGNORECASE,
)
_ROLE_CHROME = frozenset(
    {"navigation", "banner", "contentinfo", "search", "menu", "menubar", "dialog"}
)


@lru_cache(maxsize=4096)
def _class_flags(value: str) -> int:
    """What the classes of an element say of it."""
    flags = 0
    for token in value.lower().split():
        flags |= _TOKEN_FLAGS.get(token, 0)
        if _TOKEN_HEADISH.search(token):
            flags |= Flag.HEADISH
    return flags


@lru_cache(maxsize=4096)
def style_flags(value: str) -> int:
    """What the inline style of an element says of it."""
    flags = 0
    style = value.lower().replace(" ", "")
    if "line-through" in style:
        flags |= Flag.STRUCK
    if "display:none" in style or "visibility:hidden" in style:
        flags |= Flag.HIDDEN
    if "font-weight:bold" in style or "font-weight:700" in style:
        flags |= Flag.BOLDISH
    if "text-align:center" in style:
        flags |= Flag.HEADISH
    if "white-space:pre" in style and "pre-line" not in style:
        flags |= Flag.PRE
    return flags


def attribute_flags(items: list[tuple[str, str]], struck_classes: frozenset[str]) -> int:
    """What the attributes of an element say of it.

    Args:
        items: Names and values.
        struck_classes: Classes that the page's own style sheet strikes through.
    """
    flags = 0
    for key, value in items:
        if key == "class":
            flags |= _class_flags(value)
            if struck_classes and not struck_classes.isdisjoint(value.lower().split()):
                flags |= Flag.STRUCK
        elif key == "style":
            flags |= style_flags(value)
        elif key == "id":
            if _ID_CHROME.search(value):
                flags |= Flag.CHROME
        elif key == "role":
            if value in _ROLE_CHROME:
                flags |= Flag.CHROME
            elif value == "note":
                flags |= Flag.NOTE
        elif key == "hidden":
            flags |= Flag.HIDDEN
    return flags
