"""New addresses of a document, as its own host names them; a person looks before one is written."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from pathlib import PurePosixPath
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from regstatus.base.address import host_of, may_go, origin_of, problem_with, throttle_key
from regstatus.base.front_page import HOME
from regstatus.catalog.document_checks import address_problem
from regstatus.fetch.hosts.link import Link, canonical_link, links_of
from regstatus.fetch.session import Throttle
from regstatus.model.document import Document
from regstatus.model.request import Request
from regstatus.model.text import Page
from regstatus.model.words import Format, Outcome

_MOST = 3
"""Addresses that are proposed for one document."""
_PART = 500_000
"""Bytes of a sitemap or an index that are looked at."""
_LIKE = 0.6
"""Share of the words of a file name or a title that a link must have."""
_LOC = re.compile(r"<(?:\w{1,20}:)?loc>\s{0,99}(?:<!\[CDATA\[)?([^<\s\]]{1,2000})")
_WORD = re.compile(r"[^\W_]+")
_ANY = frozenset({"index", "default", "home", "main", "view", "show", "page", "html", "file"})
_GOVERNMENT = re.compile(
    r"(?:.+\.)?([\w-]+\.(?:(?:gov|gob|gouv|govt|go|gub|lg)\.[a-z]{2}|gov|mil|int)"
    r"|europa\.eu|state\.[a-z]{2}\.us)"
)
"""Hosts of governments, and the name that one of them registered. Of any other, such as one below
`github.io`, the host beside it may be another tenant's."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """An address at which the document may lie, and where it was found."""

    url: str
    found: str


def further(document: Document, hosts: Mapping[str, Throttle]) -> Iterator[Request]:
    """What may be asked where a document is not: the first sitemap of robots.txt, and the page above."""
    url, parts = document.url, urlsplit(document.url)
    throttle = hosts.get(throttle_key(url))
    robots = throttle.robots.get(origin_of(url)) if throttle else None
    named = robots.rules.sitemaps if robots and robots.rules else ()
    sitemap = next((one for one in named if _same_owner(document, one)), "")
    above = urljoin(url, ".." if parts.path.endswith("/") and not parts.query else ".")
    for where, address, form in (("sitemap", sitemap, None), ("page above", above, Format.HTML)):
        if address and address.rstrip("/") != url.rstrip("/") and "{env:" not in address:
            key, allowed = f"{where}, {address}", document.allowed_hosts
            yield Request(key=key, url=address, format=form, allowed_hosts=allowed, part=_PART)


def of_answer(document: Document, page: Page, *, canonical: bool) -> tuple[Proposal, ...]:
    """Where the answer leads: by a redirect, and by the `canonical` link of a page that is another."""
    found: list[Proposal] = []
    leads = page.outcome in {Outcome.OK, Outcome.UNCHANGED, Outcome.MOVED}
    if leads and document.adapter == "page":  # the helper pages of others lie elsewhere
        found.append(Proposal(page.final_url, "redirect"))
    if canonical and (link := canonical_link(page.body)):
        found.append(Proposal(_absolute(page.final_url, link), "canonical link"))
    return _sound(document, found)


def of_pages(document: Document, pages: Iterable[tuple[str, Page]]) -> tuple[Proposal, ...]:
    """The links of further pages, each under its name, that are most like the document."""
    ranked = []
    for where, page in pages:
        if page.format is Format.HTML:
            links = links_of(page)
        else:
            links = [Link(unescape(url), "") for url in _LOC.findall(page.chars())]
        ranked += [(_likeness(document, link), Proposal(link.url, where)) for link in links]
    ranked.sort(key=lambda pair: -pair[0])
    return _sound(document, (proposal for score, proposal in ranked if score))


def _sound(document: Document, found: Iterable[Proposal]) -> tuple[Proposal, ...]:
    """The first few that may be, each once."""
    sound: dict[str, Proposal] = {}
    for proposal in found:
        parts = urlsplit(proposal.url) if _same_owner(document, proposal.url) else None
        here, there = (urldefrag(one).url.rstrip("/") for one in (document.url, proposal.url))
        if parts and here != there and (parts.query or not HOME.fullmatch(parts.path)):
            sound.setdefault(proposal.url.rstrip("/"), proposal)
        if len(sound) == _MOST:
            break
    return tuple(sound.values())


def _same_owner(document: Document, url: str) -> bool:
    """Whether an address is public, as safe as the document's, and of the same publisher's hosts."""
    unsafe = document.url.startswith("https:") and url.startswith("http:")
    if address_problem(url) or unsafe or not url.isprintable() or urlsplit(url).port:
        return False
    owners = {_registered(host_of(one)) for one in (url, document.url)}
    return len(owners) == 1 or may_go(document.url, url, document.allowed_hosts)


def _registered(host: str) -> str:
    """The part of a name that one government registered; of any other host all of it."""
    government = _GOVERNMENT.fullmatch(host)
    return government[1] if government else host.removeprefix("www.")


def _absolute(base: str, link: str) -> str:
    try:
        return urldefrag(urljoin(base, link)).url
    except ValueError:
        return ""


@lru_cache(maxsize=65_536)
def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(unquote(text).casefold())) - _ANY


def _likeness(document: Document, link: Link) -> float:
    """How much a link is like a document: by its file name, a number in it, or its title; 0 if not."""
    if problem_with(link.url):
        return 0
    ours, theirs = urlsplit(document.url), urlsplit(link.url)
    stem, other = (PurePosixPath(parts.path).stem.casefold() for parts in (ours, theirs))
    if stem == other and len(stem) > 2 and _words(stem):
        return 3
    name, path = _words(f"{stem} {ours.query}"), _words(f"{theirs.path} {theirs.query}")
    if any(len(word) > 4 and not word.isalpha() for word in name & path):
        return 2
    pairs = ((name, path), (_words(document.title), path | _words(link.text)))
    shares = [len(mine & their) / len(mine) for mine, their in pairs if len(mine & their) > 1]
    return max((share for share in shares if share >= _LIKE), default=0)
