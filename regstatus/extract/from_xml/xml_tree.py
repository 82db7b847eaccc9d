"""XML trees: parsed without trust, and with a publisher's oddities set right before the walk."""

import html
import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from itertools import chain
from typing import Any

from lxml import etree

from regstatus.base.errors import ReadingError
from regstatus.extract.blocks import Content, Sink
from regstatus.extract.cuts import cuts_of_tree
from regstatus.extract.from_xml.xml_walk import headed, in_force, marked_gone, walk_xml
from regstatus.extract.markup import ELEMENTS, KEYS, LANGUAGES, LISTINGS, MARKS, TITLES
from regstatus.extract.normalise import normalise
from regstatus.extract.references import empty_place
from regstatus.extract.selection import cut_tree
from regstatus.extract.standing import says_gone
from regstatus.model.charset import without_declaration
from regstatus.model.document import Select
from regstatus.model.words import Format
from regstatus.model.written_days import parse_date

_LIMIT = 100 * 1024 * 1024
_OUTERMOST = 20
_NAMED_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,31});")
_DOCTYPE = re.compile(r"<!DOCTYPE\s[^\[>]{0,1000}(?:\[.*?\]\s*)?>", re.DOTALL)
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_HALF = re.compile(
    r"&#(?:x0*d[89a-f][\da-f]{2}"
    r"|0*(?:55(?:29[6-9]|[3-9]\d\d)|56\d{3}|57(?:[0-2]\d\d|3[0-3]\d|34[0-3])));",
    re.IGNORECASE,
)


def parse_xml(text: str) -> Any:
    """Parse XML: no entities are expanded, nothing is loaded, depth and size are bounded.

    The root element is given with local names only, without comments or instructions.

    Raises:
        ReadingError: Where it is not well formed beyond repair, too deep or too large.
    """
    if len(text) > _LIMIT:
        raise ReadingError("The XML document is larger than 100 MB.")
    # A document type is never needed to read a law, and what it may declare is
    # only of use to an attacker.
    text = _DOCTYPE.sub("", without_declaration(text.replace("\x00", "")), count=1)
    text = text.lstrip("\ufeff \t\r\n")
    root, problem = xml_tree(text.encode("utf-8", "replace"))
    if root is None and "&" in text:
        text = _NAMED_ENTITY.sub(_entity, text)
        root, problem = xml_tree(text.encode("utf-8", "replace"))
    if root is None:
        # Half characters make the mended tree one that Python cannot read.
        mended = _HALF.sub("\ufffd", text).encode("utf-8", "replace")
        root, _ = xml_tree(mended, recover=True)
        if root is None or _torn(root, text):
            raise ReadingError(f"The XML is damaged: {problem}.")
    _local_names(root)
    return root


def parse_xhtml(text: str) -> Any | None:
    """Parse a page that claims to be XML; None where it is not well formed.

    As HTML, an empty `<s/>` would strike out the rest of the page.
    """
    root, _ = xml_tree(text.encode("utf-8", "replace"))
    if root is not None:
        _local_names(root, lower=True)
    return root


@lru_cache(maxsize=4096)
def _local(tag: str) -> str:
    # In a damaged document a prefix may stand there without its namespace.
    return tag.rpartition("}")[2].rpartition(":")[2]


def _local_names(root: Any, *, lower: bool = False) -> None:
    """Take the namespaces off all tags, so that one name means one thing."""
    for element in root.iter(etree.Element):
        tag = element.tag
        name = _local(tag) or "x"
        name = name.lower() if lower else name
        if name == tag:
            continue
        try:
            element.tag = name
        except ValueError:
            element.tag = "x"


def _entity(match: re.Match[str]) -> str:
    """HTML's named characters, which XML does not know without its DTD."""
    char = html.unescape(match.group(0))
    return "" if char == match.group(0) else char.replace("<", "&lt;").replace("&", "&amp;")


def xml_tree(data: bytes, *, recover: bool = False) -> tuple[Any, str]:
    """The root of XML in UTF-8 that declares no other encoding; or None, and why."""
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        recover=recover,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        return None, normalise(str(error))[:200].rstrip(".")
    return root, ""


def _torn(root: Any, text: str) -> bool:
    """Whether mending lost so much, or the end, that silence would be no evidence."""
    if re.search(rf"</(?:[\w.-]+:)?{re.escape(_local(root.tag))}\s*>[^<]*\Z", text[-400:]) is None:
        return True
    kept = sum(map(len, root.itertext()))
    plain = len(re.sub(r"<[^<>]*>", "", text[:5_000_000]))
    return kept * 10 < plain * 9


def read_xml(root: Any, select: Select) -> Content:
    """Read the part of a document that is meant.

    Raises:
        ReadingError: Where a selector matches nothing.
    """
    since, until = _force(root)
    cuts = list(cuts_of_tree(root))
    _lift(root)
    _spanish(root)
    if root.tag in _BY_POSITION:
        _BY_POSITION[root.tag](root)
    days = (value for name, value in root.items() if name.lower() in KEYS["until"])
    ended = None if in_force(root.attrib) else next(filter(None, map(parse_date, days)), None)
    sink = Sink()
    for part in cut_tree(root, select):
        walk_xml(part, sink)
    names = KEYS["texts"]
    places = (bool(_words(part)) for part in root.iter() if str(part.tag).lower() in names)
    listing = root.tag.lower() in LISTINGS
    return Content(
        form=Format.XML,
        hollow="the page is a list of addresses" if listing else empty_place(places, sink.blocks),
        blocks=sink.blocks,
        title=_title(root),
        language=_language(root),
        repealed=_is_gone(root),
        cuts=cuts,
        since=since,
        until=until or ended,
    )


def _words(element: Any | None) -> str:
    return "" if element is None else normalise(" ".join(element.itertext()))


def _title(root: Any) -> str | None:
    """The document's own title: the first element that schemas use for one, and that names no part."""
    named: dict[str, list[Any]] = {name: [] for name in TITLES}
    for one in root.iter(*TITLES):
        if len(named[one.tag]) < _OUTERMOST:
            named[one.tag].append(one)
    every = chain.from_iterable(named.values())
    found = (_words(one) for one in every if not (headed(one) or _names_a_part(one)))
    return next(filter(None, found), "")[:500] or None


def _names_a_part(element: Any) -> bool:
    """Whether a heading stands in one of several of a kind, such as sections."""
    return ELEMENTS.get(element.tag.lower()) == "heading" and any(
        next(above.itersiblings(above.tag, preceding=before), None) is not None
        for above in element.iterancestors()
        for before in (False, True)
    )


def _language(root: Any) -> str | None:
    """The language that the document declares, as a BCP 47 tag."""
    named = next(root.iter("FRBRlanguage"), None)
    said = (
        root.get(_XML_LANG),
        root.get("lang"),
        root.get("spraak"),
        *(value for name, value in root.attrib.items() if name.endswith("kieliKoodi")),
        None if named is None else named.get("language"),
    )
    value = next(filter(None, said), None)
    return LANGUAGES.get(value, value) if value else None


def _is_gone(root: Any) -> bool:
    """Whether the publisher marks the whole document as no longer, or not yet, law."""
    first = next(root.iter("Status", "isInForce", "inForce"), None)
    return (
        marked_gone(root)
        or any(says_gone(name, value) for name, value in _fields(root))
        or (first is not None and _value(first).lower() in MARKS["gone"])
    )


def _value(element: Any) -> str:
    """What a leaf says, as its words or in an attribute."""
    return (element.text or element.get("value") or element.get("date") or "").strip()


def _fields(root: Any) -> Iterator[tuple[str, str]]:
    """Leaves of the metadata, which stand in the first levels of a document."""
    for number, element in enumerate(root.iterdescendants()):
        if number > 400:
            return
        leaf = len(element) == 0 and isinstance(element.tag, str)
        if leaf and element.tag.lower() not in KEYS["gone"]:  # there it may be a provision
            yield element.tag, _value(element)


def _force(root: Any) -> tuple[date | None, date | None]:
    """First day of force and first day no longer in force of the whole document, if it says so."""
    days: dict[str, date | None] = {}
    for element in root.iter("kehtivuseAlgus", "kehtivuseLopp"):
        days.setdefault(element.tag, parse_date(element.text or ""))
    since, last = days.get("kehtivuseAlgus"), days.get("kehtivuseLopp")
    for element in root.iter("absatz"):
        if element.get("ct") == "ikra":
            since = parse_date(_words(element)) or since
        elif element.get("ct") == "akra":
            last = parse_date(_words(element)) or last
    # Both publishers name the last day of force, not the first day without.
    until = date.fromordinal(last.toordinal() + 1) if last and last < date.max else None
    return since, until


def _lift(root: Any) -> None:
    """What an element without words of law says of its parent: it is repealed, or ended on a day."""
    for element in [one for one in root.iter(etree.Element) if _may_end(one.tag)]:
        above, ends = element.getparent(), element.tag.lower() == "eventref"
        if len(element) or above is None or (ends and element.get("type") not in MARKS["ends"]):
            continue
        value = _value(element)
        day = parse_date(value)
        if value and not (day or ends):
            continue
        while above.tag.lower() in MARKS["of_the_whole"] and above.getparent() is not None:
            above = above.getparent()
        above.set(*(("enddate", day.isoformat()) if day else ("repealed", "true")))


@lru_cache(maxsize=4096)
def _may_end(tag: str) -> bool:
    name = tag.lower()
    return name == "eventref" or (name in KEYS["gone"] and not name.endswith("by"))


def _put_heading(parent: Any, words: str, **attributes: str) -> None:
    """Write a heading in front of what an element holds, if it has words."""
    if words:
        heading = etree.Element("heading", attributes)
        heading.text = words
        parent.insert(0, heading)


def _german(root: Any) -> None:
    """gii-norm: number and name of a norm stand among its metadata."""
    for norm in root.iter("norm"):
        data = norm.find("metadaten")
        if data is None:
            continue
        depth, names = "8", ("enbez", "titel")
        unit = data.find("gliederungseinheit")
        if unit is not None:
            # Numbers such as 010020 give the depth, three digits for each level.
            number = (unit.findtext("gliederungskennzahl") or "").strip()
            data, depth = unit, str(max(len(number) // 3, 1))
            names = ("gliederungsbez", "gliederungstitel")
        words = [_words(data.find(name)) for name in names]
        _put_heading(norm, " ".join(filter(None, words)), flat=depth)


def _austrian(root: Any) -> None:
    """RIS: a table of facts in front of the text; only title and number are headings of it."""
    for element in root.iter("ueberschrift"):
        if element.get("typ") == "titel":
            element.tag = "meta"
    for element in root.iter("absatz"):
        if element.get("typ") != "erltext":
            continue
        field = element.get("ct")
        if field in {"kurztitel", "artikel_anlage"}:
            element.tag = "heading"
            element.set("flat", "1" if field == "kurztitel" else "2")
        else:
            element.tag = "note"


def _spanish(root: Any) -> None:
    """BOE: a block holds its wordings one after another; each is in force until the next."""
    for block in root.iter("bloque"):
        dated = [
            (day, version)
            for version in block.findall("version")
            if (day := parse_date(version.get("fecha_vigencia") or ""))
        ]
        dated.sort(key=lambda pair: pair[0])
        for number, (day, version) in enumerate(dated):
            version.set("RestrictStartDate", day.isoformat())
            if number + 1 < len(dated):
                version.set("RestrictEndDate", dated[number + 1][0].isoformat())


def _chilean(root: Any) -> None:
    """Ley Chile: names of parts stand among metadata, with `presente="no"` where there is none."""
    for data in root.iter("Metadatos"):
        parent = data.getparent()
        for part in data.iterchildren("TituloParte", "NombreParte"):
            if part.get("presente") == "si" and parent is not None:
                _put_heading(parent, _words(part))


_BY_POSITION = {"dokumente": _german, "risdok": _austrian, "Norma": _chilean}
"""What sets right, for the root of a publisher's schema, what it says only by position."""
