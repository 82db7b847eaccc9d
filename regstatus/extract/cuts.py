"""Cuts: marks in a page or in data that more belongs to a text than came with it.

Hosts show a list in pages, load its rest by script, or print it as pictures. What is left reads like
a shorter list, so each mark is kept, in a sentence, for whoever asks whether a list is whole.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain, islice
from typing import Any

from lxml import etree

from regstatus.extract.blocks import clean
from regstatus.extract.markup import KEYS
from regstatus.model.sieve import Sieve
from regstatus.model.vocabulary import WordPattern

_LINKING = ("a", "button", "input", "img", "iframe", "object", "embed", "area")
_SHOWN = frozenset({"img", "iframe", "object", "embed"})
_EDGE = ("footer", "header", "aside", "nav")
_PAGER = re.compile(
    r"\b(?:pagination|pager|paginator|paging|page-numbers|pagenav)(?![a-z])", re.IGNORECASE
)
_ADDRESS = re.compile(
    r"(?:[?&;](?:page|p|pg|paged|pagenum|page_?no|pagenumber|offset|start|startindex|skip|from|seite|"
    r"pagina|strana|side|sida|sayfa|str|cursor|after|token)=|/page/|[-_/](?:page|part|teil|p)[-_]?)"
    r"(?P<number>[1-9]\d{0,5}|[A-Za-z0-9+=]{8,})(?:\D|$)",
    re.IGNORECASE,
)
_MORE = WordPattern(r"\W*(?:[+\d]+\s+)?{cut.more}(?:\s*\W?\d+\W?)?\W*")
_NEXT = WordPattern(r"\W*{cut.next}\W*")
_NUMBER = re.compile(r"\W*(?:\d{1,4}|[»›>→]{1,2})\W*")
_PART_OF = WordPattern("{cut.elsewhere}")
_PICTURE = WordPattern(
    r"(?<![^\W_])(?:{before_number.schedule}|{before_number.part}|{before_number.page}|{cut.pictures})(?![^\W\d_])"
)
_NO_PICTURE = re.compile(r"icon|logo|button|arrow|print|flag|seal|crest|banner", re.IGNORECASE)
_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|csv|tiff?)(?:[?#]|$)", re.IGNORECASE)
_SHORT, _LINKS = 80, 4000
_MAY_NAVIGATE = frozenset({"next", "nextpage", "nextpageurl", "nextlink"})
"""Keys that often lead to another section: they count only with the address of a page."""
_LISTS = frozenset(
    ["list", "items", "entries", "ul", "ol", "table", "tbody", "blocklist", "listing"]
)
_YES, _NO = (True, "true", "yes"), (False, "false", "no")
_PARTS = ("partial", "incomplete", "truncated")
_NOTHING: tuple[Any, ...] = (None, "", 0, [], {}, "false", "0", "none", "null")


def cuts_of_page(root: Any, main: Any | None) -> list[str]:
    """The marks of a page: pagers, buttons that load more, lists printed as pictures or in frames."""
    found = list(_head(root))
    body = root.find("body") if main is None else main
    scopes = [body] if body is not None else [root]
    if main is not None and main.getparent() is not None:
        scopes += [one for one in main.itersiblings() if one.tag not in _EDGE]
    links = list(islice(chain.from_iterable(one.iter(*_LINKING) for one in scopes), _LINKS))
    words = Sieve([_words(element) for element in links])
    tells = words.may(_MORE, _PART_OF, _NEXT)
    tells.update(number for number, said in enumerate(words.texts) if _NUMBER.fullmatch(said))
    for number, element in enumerate(links):
        if number in tells or element.tag in _SHOWN:
            said = _of_element(element, words, number)
            if said and not _at_the_edge(element):
                found.append(said)
    return found


def _head(root: Any) -> Iterator[str]:
    for link in root.iter("link"):
        address = link.get("href") or ""
        if "next" in (link.get("rel") or "").lower().split() and _ADDRESS.search(address):
            yield f"the page has a next page: {address[:160]}"


def _words(element: Any) -> str:
    """The words of a link or a button; of what only shows something, none."""
    if element.tag in _SHOWN:
        return ""
    said = clean("".join(element.itertext()) if len(element) else element.text or "")
    return said[: _SHORT + 1] or clean(
        element.get("value") or element.get("aria-label") or element.get("title") or ""
    )


def _of_element(element: Any, sieve: Sieve, number: int) -> str | None:
    tag, words = element.tag, sieve.texts[number]
    if tag in {"iframe", "object", "embed"}:
        address = element.get("src") or element.get("data") or ""
        return f"a part stands in a frame: {address[:160]}" if _FILE.search(address) else None
    if element.get("type") == "hidden":
        return None
    if tag == "img":
        return _of_picture(element)
    address = element.get("href") or ""
    if not words or len(words) > _SHORT:
        return None
    if sieve.search(_MORE, number, whole=True):
        return f"the page shows only a part: “{words}”"
    if sieve.search(_PART_OF, number):
        return f"a part stands on another page: “{words}”"
    following = sieve.search(_NEXT, number, whole=True) or _NUMBER.fullmatch(words)
    if not following or _is_first(words, address):
        return None
    paged = _ADDRESS.search(address) or any(map(_PAGER.search, _marks(element)))
    return f"the page is one of several: “{words}”" if paged else None


def _is_first(words: str, address: str) -> bool:
    found = _ADDRESS.search(address)
    return words.strip() == "1" or bool(found and found["number"] == "1" and not words.isalpha())


def _marks(element: Any) -> Iterator[str]:
    for number, above in enumerate(element.iterancestors()):
        if number > 4:
            return
        yield f"{above.get('class') or ''} {above.get('id') or ''} {above.get('role') or ''}"


def _of_picture(element: Any) -> str | None:
    words = clean(f"{element.get('alt') or ''} {element.get('title') or ''}")
    name = (element.get("src") or "").rpartition("/")[2][:80]
    shown = words or name
    if _NO_PICTURE.search(f"{words} {name}") or len(shown) > _SHORT:
        return None
    if _PICTURE.search(words) or (not words and _PICTURE.search(name)):
        return f"a part is a picture: “{shown}”"
    return None


def _at_the_edge(element: Any) -> bool:
    """Whether an element belongs to the site's own frame; a pager is often a `nav` of its own."""
    for above in element.iterancestors(*_EDGE):
        if above.tag != "nav" or not _PAGER.search(" ".join(above.values())):
            return True
    return False


def cuts_of_data(small: dict[str, Any]) -> Iterator[str]:
    """The marks of an object of JSON, or of the attributes of an XML element, by keys in small letters.

    A total counts against the lists that stand beside it.
    """
    within = [*small.items()]
    for key, entry in small.items():
        if isinstance(entry, dict) and key.strip("_").lower() in KEYS["paging"]:
            within += entry.items()
    lists = [size for _, entry in within if (size := _longest(entry))]
    named = next((small[key] for key in KEYS["titles"] if isinstance(small.get(key), str)), "")
    holds = any(isinstance(e, dict) or len(str(e)) > _SHORT for e in small.values())
    if named and not lists and not holds and any(entry == [] for entry in small.values()):
        yield f"an empty list stands under “{named[:80]}”"
    for key, entry in within:
        bare = _bare(key)
        value = entry.strip().lower() if isinstance(entry, str) else entry
        shown = f"{key}: {str(entry)[:80]}"
        if bare in KEYS["totals"] and lists and (count := _count(value)) and count > max(lists):
            yield f"{count} entries are told, and {max(lists)} came ({shown})"
        elif bare in KEYS["more"] and value in _YES:
            yield f"the data says that more exists ({shown})"
        elif bare in KEYS["whole"] and value in _NO:
            yield f"the data says that it is not whole ({shown})"
        elif bare in KEYS["failed"] and value not in _NOTHING:
            yield f"the data says that something failed ({shown})"
        elif bare in KEYS["tokens"] and type(entry) in {str, int} and value:
            if bare not in _MAY_NAVIGATE or _ADDRESS.search(shown):
                yield f"the data names a next part ({shown})"
        elif value in _PARTS:
            yield f"the data says that it is not whole ({shown})"


def _longest(value: Any, depth: int = 0) -> int:
    """The length of the longest list in some data."""
    if depth > 6 or not isinstance(value, list | dict):
        return 0
    inner = value if isinstance(value, list) else [*value.values()]
    own = len(value) if isinstance(value, list) else 0
    return max([own, *(_longest(one, depth + 1) for one in inner)])


def _count(value: Any) -> int:
    if isinstance(value, bool):
        return 0
    if isinstance(value, str) and value.isdecimal():
        return int(value[:9])
    return value if isinstance(value, int) else 0


def cuts_of_tree(root: Any) -> Iterator[str]:
    """The marks of an XML document: totals above what came, tokens of a next part, errors."""
    for element in islice(root.iter(etree.Element), _LINKS * 50):
        keys = element.keys()
        if not _may_tell(element.tag) and not (
            keys and (any(map(_may_tell, keys)) or any(map(_part, element.values())))
        ):
            continue
        name, items = element.tag.lower(), element.items()
        if name in _LISTS and len(element) == 0 and not (element.text or "").strip():
            head = element.getprevious()
            if head is not None and (words := clean("".join(head.itertext()))[:_SHORT]):
                yield f"an empty list stands under “{words}”"
        fact = _bare(name) in _FACTS
        leaf = len(element) == 0 and (element.text or "").strip()
        facts: dict[str, Any] = dict(items)
        address = facts.get("href", "")
        if address and name == "include":
            yield f"a part stands in another file: {address[:160]}"
        elif facts.get("rel") == "next" and _ADDRESS.search(address):
            yield f"the text has a next page: {address[:160]}"
        if fact and leaf and len(leaf) <= _SHORT:
            facts[element.tag] = leaf
        if any(_bare(key) in _FACTS or _part(value) for key, value in facts.items()):
            around = element if items and not leaf else element.getparent()
            total = any(_bare(key) in KEYS["totals"] for key in facts)
            facts["#children"] = [None] * _most_alike(around) if total else None
            yield from cuts_of_data(facts)
        if name == "img" and (said := _of_picture(element)):
            yield said


_FACTS = {*KEYS["totals"], *KEYS["more"], *KEYS["whole"], *KEYS["failed"], *KEYS["tokens"]}


@lru_cache(maxsize=4096)
def _bare(key: str) -> str:
    """The last word of the name of a field, in small letters."""
    return key.lower().lstrip("@#").replace("_", "").replace("-", "").rpartition(":")[2]


@lru_cache(maxsize=4096)
def _may_tell(name: str) -> bool:
    """Whether an element or an attribute of this name can be a mark, or say what one is."""
    return _bare(name) in {*_FACTS, *_LISTS, "include", "img", "rel"}


@lru_cache(maxsize=4096)
def _part(value: str) -> bool:
    """Whether a value says that it tells of a part alone."""
    return value.strip().lower() in _PARTS


def _most_alike(element: Any | None) -> int:
    """The most children of one name that an element, or one below it, has."""
    if element is None:
        return 0
    counts: dict[str, int] = {}
    for one in (*element, *(inner for child in element for inner in child)):
        counts[str(one.tag)] = counts.get(str(one.tag), 0) + 1
    return max(counts.values(), default=0)
