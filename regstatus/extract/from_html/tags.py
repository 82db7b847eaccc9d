"""What HTML tags, classes and inline styles say of the text inside them."""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = [
    "BLOCK_TAGS",
    "CODES",
    "Code",
    "Flag",
    "attribute_flags",
    "style_flags",
]

_words = str.split


class Code:
    """What a tag does to the flow of text; plain numbers, because they are compared for every tag."""

    INLINE = 0
    SKIP = 1
    BLOCK = 2
    HEAD = 3
    LIST = 4
    ITEM = 5
    TABLE = 6
    ROW = 7
    CELL = 8
    BREAK = 9
    PRE = 10
    STRUCK = 11
    BOLD = 12
    SUPER = 13
    LINK = 14
    TERM = 15
    TERM_TEXT = 16
    FRAME = 17
    EDGE = 18
    """Header, footer and aside: of the site outside an article, of the text within."""


class Flag:
    """What a class or a style says of an element, as bits."""

    STRUCK = 1
    HIDDEN = 2
    NOTE = 4
    HEADISH = 8
    """Set as a heading, or centred."""
    BOLDISH = 16
    CHROME = 32
    """Menus, banners and the like of the site."""
    PRE = 64


CODES: dict[str, int] = {}
for _names, _code in (
    (
        (
            "script style template svg select datalist button textarea input object canvas audio video "
            "map head noscript noembed meta link title nav menu dialog progress rp"
        ),
        Code.SKIP,
    ),
    (
        (
            "p div section article main blockquote center address figure figcaption "
            "fieldset legend form "
            "hr details summary body html caption dir thead tbody tfoot dl multicol hgroup optgroup"
        ),
        Code.BLOCK,
    ),
    ("h1 h2 h3 h4 h5 h6", Code.HEAD),
    ("ul ol", Code.LIST),
    ("li", Code.ITEM),
    ("table", Code.TABLE),
    ("tr", Code.ROW),
    ("td th", Code.CELL),
    ("br", Code.BREAK),
    ("pre xmp plaintext listing", Code.PRE),
    ("s strike del", Code.STRUCK),
    ("b strong u", Code.BOLD),
    ("sup", Code.SUPER),
    ("a", Code.LINK),
    ("dt", Code.TERM),
    ("dd", Code.TERM_TEXT),
    ("iframe frame", Code.FRAME),
    ("header footer aside", Code.EDGE),
):
    for _name in _names.split():
        CODES[_name] = _code

BLOCK_TAGS = frozenset(
    name
    for name, code in CODES.items()
    if code not in {Code.SKIP, Code.STRUCK, Code.BOLD, Code.SUPER, Code.LINK}
)

_TOKEN_FLAGS = {
    **dict.fromkeys(
        _words(
            "strike strikethrough strike-through struck strikeout strike-out strikethru "
            "deleted deletion "
            "amenddelete amend-delete amend_delete crossed crossed-out crossedout stricken line-through "
            "linethrough del deletedtext deleted-text text-deleted delete msodel"
        ),
        Flag.STRUCK,
    ),
    **dict.fromkeys(
        _words(
            "history annotation annotations footnote footnotes note notes editorsnote editornote "
            "histnote sourcenote source-note docsourcenote amendnote fussnote fussnoten fn "
            "footnotetext gloss "
            "tooltip-text authorialnote law-history hist historynote citehistory statutehistory "
            "editorial commentary"
        ),
        Flag.NOTE,
    ),
    **dict.fromkeys(
        _words(
            "leadline catchline headline caption sectiontitle section-title section-name sectionname "
            "title-article-norm secttitle title sec-title sechead sectionheading "
            "section-heading heading nadpis "
            "articletitle article-title ti-art oj-ti-art sti-art oj-sti-art title-doc-first "
            "title-annex-1 "
            "ti-section-1 chaptertitle chapter-title chaptitle parttitle part-title schedule-title "
            "doc-ti oj-doc-ti rubrik overskrift anhang_titel"
        ),
        Flag.HEADISH,
    ),
    **dict.fromkeys(
        _words("bold strong fwb b font-weight-bold fw-bold section leadline"), Flag.BOLDISH
    ),
    **dict.fromkeys(
        _words(
            "breadcrumb breadcrumbs navbar nav navigation sidebar side-bar skip-link skiplink skip-nav "
            "site-header site-footer page-footer pagefooter main-footer main-header global-header "
            "globalheader cookie cookies cookie-banner toolbar pagination share social "
            "social-media megamenu "
            "btn button ui-btn icon-link dropdown-menu nav-pills mobile-navigation site-nav "
            "topnav mainnav leftnav rightnav"
        ),
        Flag.CHROME,
    ),
}
_TOKEN_HEADISH = re.compile(
    r"(?:^htit\d|^heading\d?$|^h[1-6]$|-heading$|-title$|nadpis|oznacenie$|(?:^|-)s?ti(?:tle)?-)"
)
_ID_CHROME = re.compile(
    r"breadcrumb|cookie|skip[-_]?(?:nav|link|to)|"
    r"(?:^|[-_])(?:footer|navbar|nav|navigation|sidebar|masthead)(?:$|[-_\d])|"
    r"(?:main|left|right|top|site|page|global)[-_]?(?:menu|nav|footer)$|^menu$",
    re.IGNORECASE,
)
_CHROME_WORDS = tuple(_words("breadcrumb cookie skip footer nav sidebar masthead menu"))
"""One of these stands in whatever `_ID_CHROME` matches."""
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


def _id_of_chrome(value: str) -> bool:
    """Whether an id is that of the site's own parts; nearly all hold none of its words."""
    lowered = value.lower()
    if value.isascii() and not any(map(lowered.__contains__, _CHROME_WORDS)):
        return False
    return _ID_CHROME.search(value) is not None


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
            if _id_of_chrome(value):
                flags |= Flag.CHROME
        elif key == "role":
            if value in _ROLE_CHROME:
                flags |= Flag.CHROME
            elif value == "note":
                flags |= Flag.NOTE
        elif key == "hidden":
            flags |= Flag.HIDDEN
    return flags
