"""What the keys and strings of official JSON are: titles, states, pages, or no words at all."""

from __future__ import annotations

import re
from typing import Any

_words = str.split

NO_WORDS = re.compile(
    r"""\s*(?:
      [a-z][a-z0-9+.-]{1,12}://\S* | /[\w./%?=&#:;,~+-]*            # addresses and paths
    | [\w.+-]+@[\w.-]+ | urn:\S+ | [0-9a-fA-F-]{20,}                # mail, ids, hashes
    | \d{4}-\d\d-\d\dT\S* | [\d\s.,:/+-]*                           # moments, bare numbers
    | \w+\.(?:pdf|html?|xml|json|docx?|rtf|png|jpe?g|gif|svg|tiff?)
    | \{\{.*\}\}
    )\s*""",
    re.VERBOSE | re.IGNORECASE,
)
TITLE_KEYS = (
    "label", "heading", "title", "titel", "titolo", "titulo", "nazev", "název", "name", "naam",
    "nombrenorma", "kurztitel", "tituloarticulo", "displaytitle", "catchline", "sectiontitle",
    "section_title", "sectionname", "rubrik", "ann_nam", "dokument_titel", "citace", "subject",
    "headline", "caption", "nimetus", "pealkiri",
)  # fmt: skip
TOP_KEYS = frozenset({"titulosarticulo", "titulos", "chapter", "chaptertitle", "parttitle"})
SKIPPED_KEYS = frozenset(
    _words(
        "slug id uuid etag @context @type @id type kind mimetype format lang language timestamp eli url "
        "uri href link staleurl iri kodtypufragmentu odkazyzfragmentu datatype self next previous "
        "toc_doc toc_subject raw_name label_level label_description identifier hash checksum "
        "zkracenacitace uplnacitace api_version"
    )
)
PAGE = _words(
    "page currentpage current_page pagenumber @pagenumber page_number cislostranky number"
)
PAGES = _words(
    "total_pages totalpages pocetstranek page_count pagecount lastpage last_page numpages num_pages pages"
)
NEXT = _words("next_page_url nextpage next_page nextlink @odata.nextlink next")
GONE_WORDS = re.compile(
    r"uchylony|uznany za uchylony|nieobowiązujący|wygaśnięcie|repealed|revoked|expired|not_in_force|"
    r"aufgehoben|zrušen\w*|abrogato|derogad[oa]|vervallen|upphävd",
    re.IGNORECASE,
)
STATUS_KEYS = frozenset(
    {"status", "inforce", "stav", "estado", "state", "typzneni", "leyenda", "stan"}
)
FALSE_FORCE = frozenset({"jeucinny", "inforce", "isinforce", "in_force"})
DEPTH_LIMIT = 200


CZECH_HEADINGS = tuple(
    _words("Cast Hlava Dil Oddil Pododdil Paragraf Clanek Nadpis Priloha Prefix_Title")
)


def wrapped(text: str) -> bool:
    """Whether a string is hard-wrapped text with a few inline tags, not HTML of its own."""
    return text.count("\n\n") + text.count("\r\n\r\n") > 1 and not re.search(
        r"<(?:p|div|br|table|li|h[1-6])\b", text, re.IGNORECASE
    )


def locator(key: str) -> bool:
    """Whether a key holds an address or an id."""
    return key.endswith(("url", "uri", "_id", "href", "slug")) or key.startswith(("url", "@xmlns"))


def duplicate(value: dict[str, Any], names: dict[str, str]) -> str | None:
    """The poorer of two keys that hold the same document, as Riksdagen sends it."""
    rich, poor = names.get("html"), names.get("text")
    if rich and poor and isinstance(value[rich], str) and isinstance(value[poor], str):
        return poor if len(value[rich]) > 40 and "<" in value[rich] else rich
    return None
