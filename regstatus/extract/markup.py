"""Markup: what tags, attributes, elements and keys of official documents mean (`markup.toml`).

Every publisher of XML has a schema of its own: eCFR, GPO, CLML, Akoma Ntoso, LexDania,
gii-norm, LIMS, BWB, Finlex, DC, PCO, RIS, Riigi Teataja, Ley Chile, WordML. An element that
is not listed is read by its surroundings: inline in mixed text, a block where only elements
stand.
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path


def _by_name(lists: dict[str, str]) -> dict[str, str]:
    return {name: meaning for meaning, names in lists.items() for name in names.split()}


_DATA = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
ELEMENTS = _by_name(_DATA["xml"]["elements"])
STRUCK: dict[str, str] = _DATA["xml"]["struck"]
TITLES = tuple(_DATA["xml"]["titles"].split())
LISTINGS = frozenset(_DATA["xml"]["listings"].split())
LANGUAGES = _by_name(_DATA["xml"]["languages"])
TAGS = _by_name(_DATA["html"]["tags"])
BLOCK_TAGS = frozenset(
    name for name, role in TAGS.items() if role not in {"skip", "struck", "bold", "raised", "link"}
)
KEYS, MARKS = (
    {what: tuple(names.split()) for what, names in lists.items()}
    for lists in (_DATA["json"], _DATA["xml"]["marks"])
)

NO_FLAGS: frozenset[str] = frozenset()
_CLASSES = _by_name(_DATA["html"]["classes"])
_ROLES = _by_name(_DATA["html"]["roles"])
_STYLES = {
    flag: re.compile(pattern, re.DOTALL) for flag, pattern in _DATA["html"]["styles"].items()
}
_HEADING_CLASS = re.compile(
    r"(?:^htit\d|^heading\d?$|^h[1-6]$|-heading$|-title$|nadpis|oznacenie$|(?:^|-)s?ti(?:tle)?-)"
)
_STRUCK_CLASS = re.compile(
    r"str(?:ike|iking|icken)(?:$|[-_]?(?:thr|out|text|law|s$|n$))|^struck|overstr|line-?through|crossed-?out"
    r"|(?:amend|bill|text|law|stat)\w*[-_]?delet|^delet(?:ed|ion)[-_]?(?:text|words?|matter|material|law|language)"
)
_MAY_BE_CHROME = re.compile("breadcrumb|cookie|skip|footer|nav|sidebar|masthead|menu")
_CHROME_ID = re.compile(
    r"breadcrumb|cookie|skip[-_]?(?:nav|link|to)|"
    r"(?:^|[-_])(?:footer|navbar|nav|navigation|sidebar|masthead)(?:$|[-_\d])|"
    r"(?:main|left|right|top|site|page|global)[-_]?(?:menu|nav|footer)$|^menu$"
)


@lru_cache(maxsize=4096)
def _class_flags(value: str) -> frozenset[str]:
    tokens = value.lower().split()
    flags = {_CLASSES[token] for token in tokens if token in _CLASSES}
    if any(_STRUCK_CLASS.search(token) for token in tokens):
        flags.add("struck")
    if any(_HEADING_CLASS.search(token) for token in tokens):
        flags.add("heading")
    return frozenset(flags)


@lru_cache(maxsize=4096)
def style_flags(value: str) -> frozenset[str]:
    """What the inline style of an element says of it, as `flags_of` does."""
    style = value.lower().replace(" ", "")
    return frozenset(flag for flag, pattern in _STYLES.items() if pattern.search(style))


def flags_of(items: list[tuple[str, str]], sheet: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """What the attributes of an HTML element say of the text inside.

    It may be `struck`, `hidden`, `note`, `heading` (set as one, or centred), `bold`, `pre`, `block`, `inline`,
    or `chrome` (a menu, a banner or the like of the site); `sheet` is what the page's own style
    sheet says of its classes.
    """
    flags = NO_FLAGS
    for key, value in items:
        if (tells := _TELLING.get(key)) and (told := tells(value)):
            flags |= told
        if sheet and key == "class":
            flags = flags.union(*(sheet.get(name, ()) for name in value.lower().split()))
    return flags


def _id_flags(value: str) -> frozenset[str]:
    name = value.lower()
    return _CHROME if _MAY_BE_CHROME.search(name) and _CHROME_ID.search(name) else NO_FLAGS


_CHROME = frozenset({"chrome"})
_TELLING: dict[str, Callable[[str], frozenset[str]]] = {
    "class": _class_flags,
    "style": style_flags,
    "id": _id_flags,
    "role": lambda value: frozenset({_ROLES[value]} if value in _ROLES else ()),
    "hidden": lambda _: frozenset({"hidden"}),
}
