"""Reading: bytes of official-form pages to findings, against those that only parse them or make text of them.

As a part of `make bench` it reads generated pages, and real ones where a folder of them is given
(`REGSTATUS_REALDOCS`, else `../shared/realdocs`). By itself it measures some parts, or reads saved pages
and says how long each stage takes:

    python tools/bench_reading.py changed pdf
    python tools/bench_reading.py FILE …
"""

from __future__ import annotations

import functools
import gc
import os
import re
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from benchlib import ROOT, DifferentError, Line, absent, has, in_turns, same

sys.path.append(str(ROOT))

from lxml import etree
from lxml import html as lxml_html

from regstatus.assess import assess
from regstatus.assess.witness import may_have_new_names
from regstatus.base.errors import ReadingError
from regstatus.extract import extract, normalise
from regstatus.extract.page_tree import tree_digest
from regstatus.model.charset import as_utf8
from regstatus.model.finding import Finding
from regstatus.model.media import kind
from regstatus.model.text import Text
from regstatus.model.words import Format
from tools.make_example_pdfs import make_pdf

ON = date(2026, 11, 22)
REAL = Path(os.environ.get("REGSTATUS_REALDOCS") or ROOT.parent / "shared" / "realdocs")
SLOW = 1_500_000
"""Bytes up to which slow peers are measured."""
ABOUT = """\
Generated pages have the form of official ones: a code chapter in HTML (one section in ten about kratom), a
drug schedule in HTML tables (one substance in five hundred), legislation in XML (CLML, Akoma Ntoso, the
German federal form) and PDF; no passage stands in them twice, and each is read once. The real ones are saved
pages of official hosts, each read once in a round; what is shown is the sum of all, and how far single pages
lie apart. Before each reading all that an earlier one remembers is emptied, save the patterns themselves.
The time of the wall and that of the processor are both taken, and the one that is worse for us counts,
because a shared core flatters either. `lxml parse` stops at the tree, BeautifulSoup at its own (on lxml's
parser).

Most readings of a scheduled run are of words that did not change. Of those a digest is taken of all in the
tree that a reading looks at; where it is the one of the last reading, whose recipe and day still hold, that
reading stands. Where a source file expects silence, the body is also looked through for names (the generated
pages have none there).

For changed and new words ours goes all the way: passages under their headings, with pinpoints, days of
force and repeals, and from them mentions with contexts and schedules, ages, caps, duties and prohibitions.
Before anything is timed, each peer's text must hold every word of our passages, and our findings every name
that was planted. "In every clause" is the worst case: each clause names kratom.
"""

_STATUTE = (
    '<div class="section" id="s{n}"><h3 class="catchline"><a href="#s{n}">Sec. 9.{n:04d}. '
    "{title} {n}.</a></h3>\n"
    '<p class="subsection">(a) The following substances of a {whom}, their <i>salts</i>, isomers and '
    "salts of isomers are in this schedule unless they are expressly excepted near the {where} or listed "
    "in another schedule under number {n}, whenever the existence of such salts and isomers is possible "
    "within the specific chemical designation, and whatever their trade name may be:</p>\n"
    '<ul class="entries"><li class="entry">(1) N-({n}-methyl-2-phenylethyl)-N-phenyl-{whom} '
    "amide, its optical isomers and esters, also known as {name} {n};</li>"
    '<li class="entry">(2) another&nbsp;substance of the family of {n}-{where}, in any quantity and in '
    "any mixture or preparation of a {whom} that contains it.</li></ul>\n"
    '<p class="subsection">(b) A {whom} who knowingly possesses {what} at a {where} '
    "without a valid prescription commits an offence of the third degree, unless the "
    "{whom} is a laboratory that is registered under chapter {n} of this title.</p>\n"
    '<p class="history">Added by Acts 2001, ch. {n}; amended by Acts 2009, ch. {n}, eff. '
    "September 1, 2009.</p></div>\n"
)
_DENSE = (
    '<p class="section"><b>Sec. 4.{n:03d}. <u>KRATOM LABELS AND TESTS OF A {whom}, {n}</u>.</b> (a) A {whom} '
    "number {n} may not sell a kratom product at a {where} to a person who is under 21 years of age, and the "
    "<i>label</i> of a kratom product must show the directions for its safe use.</p>\n"
    '<p style="text-indent:7ex">(b) In section {n}, &ldquo;kratom product&rdquo; means a food of a {whom} '
    "that contains any part of the leaf of the plant, in whatever form a {where} offers it.</p>\n"
    '<p style="text-indent:7ex">(c) A kratom product of a {whom} near {where} {n} may not contain a level of '
    "7-hydroxymitragynine that is greater than two percent of its alkaloids.</p>\n"
)


_WHOM = ("grower", "baker", "tailor", "driver", "teacher", "farmer", "painter", "sailor", "brewer")
_WHERE = (
    "market",
    "harbour",
    "station",
    "school",
    "chapel",
    "bridge",
    "mill",
    "garden",
    "square",
    "tower",
)


def _people(n: int) -> dict[str, str]:
    """Words that differ from one passage to the next."""
    return {"whom": _WHOM[n % len(_WHOM)], "where": _WHERE[n % len(_WHERE)]}


def _filled(size: int, piece: Callable[[int], str], first: int) -> str:
    parts: list[str] = []
    total = 0
    number = first
    while total < size:
        parts.append(piece(number))
        total += len(parts[-1])
        number += 1
    return "".join(parts)


def chapter(size: int, first: int = 1) -> bytes:
    """A code chapter in HTML; one section in ten is about kratom."""

    def section(n: int) -> str:
        ours = n % 10 == 1
        return _STATUTE.format(
            n=n,
            title="KRATOM" if ours else "CONTROLLED SUBSTANCES",
            name="kratom example" if ours else "example",
            what="kratom" if ours else "a substance listed in this section",
            **_people(n),
        )

    return _page("CHAPTER 9", _filled(size, section, first))


def dense(size: int, first: int = 1) -> bytes:
    """A code chapter in HTML in which every clause names kratom."""
    return _page("CHAPTER 4", _filled(size, lambda n: _DENSE.format(n=n, **_people(n)), first))


def schedule(size: int, first: int = 1) -> bytes:
    """A drug schedule in HTML tables; one row in five hundred is kratom."""

    def row(n: int) -> str:
        name = "Mitragynine" if n % 500 == 1 else f"Examplamine-{n}"
        head = "</table><h2>SCHEDULE I (continued)</h2><table>" if n % 100 == 0 else ""
        return (
            f'{head}<tr class="r"><td>({n})</td><td>{name}</td><td>{n % 9}-phenyl-{n}-'
            f"methylamino-propane-{n}-one</td><td>{7000 + n % 999}</td></tr>\n"
        )

    rows = _filled(size, row, first)
    return _page("SCHEDULE I", f"<h2>SCHEDULE I</h2><table>{rows}</table>")


def _page(title: str, inside: str) -> bytes:
    return (
        f"<!doctype html><html lang='en'><head><title>{title}</title></head><body><h1>{title}</h1>"
        f"{inside}</body></html>"
    ).encode()


_SAYS = "A person must not supply {what} number {n} to any other person except under a licence."


def _what(n: int) -> str:
    return "kratom" if n % 50 == 1 else "a controlled drug"


def clml(size: int, first: int = 1) -> bytes:
    """An act in the form of legislation.gov.uk."""

    def piece(n: int) -> str:
        return (
            f'<P1group><Title>Restriction {n}</Title><P1 id="section-{n}"><Pnumber>{n}</Pnumber>'
            f'<P1para><P2 id="section-{n}-1"><Pnumber>1</Pnumber><P2para><Text>'
            f"{_SAYS.format(what=_what(n), n=n)}</Text></P2para></P2></P1para></P1></P1group>\n"
        )

    space = 'xmlns="http://www.legislation.gov.uk/namespaces/legislation"'
    body = _filled(size, piece, first)
    return (
        f'<?xml version="1.0" encoding="utf-8"?><Legislation {space}><Primary><Body>{body}</Body>'
        "</Primary></Legislation>"
    ).encode()


def akn(size: int, first: int = 1) -> bytes:
    """An act in Akoma Ntoso."""

    def piece(n: int) -> str:
        return (
            f'<section eId="sec_{n}"><num>{n}.</num><heading>Restriction {n}</heading>'
            f'<subsection eId="sec_{n}__subsec_1"><num>(1)</num><content><p>'
            f"{_SAYS.format(what=_what(n), n=n)}</p></content></subsection></section>\n"
        )

    space = 'xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"'
    body = _filled(size, piece, first)
    return (
        f'<?xml version="1.0" encoding="utf-8"?><akomaNtoso {space}><act name="act"><body>{body}'
        "</body></act></akomaNtoso>"
    ).encode()


def gii(size: int, first: int = 1) -> bytes:
    """An act in the form of the German federal portal."""

    def piece(n: int) -> str:
        return (
            f'<norm doknr="BJNR{n:09d}"><metadaten><jurabk>BspG</jurabk><enbez>§ {n}</enbez>'
            f'<titel format="parat">Regel {n}</titel></metadaten><textdaten><text format="XML">'
            f"<Content><P>(1) {_SAYS.format(what=_what(n), n=n)}</P></Content></text></textdaten>"
            "</norm>\n"
        )

    body = _filled(size, piece, first)
    return f'<?xml version="1.0" encoding="utf-8"?><dokumente>{body}</dokumente>'.encode()


def pdf(size: int, first: int = 1) -> bytes:
    """A PDF whose text has about as many characters as asked for.

    No two pages end alike: what stands at the foot of every page is rightly left out.
    """
    lines: list[str] = []
    for n in range(first, first + size // 150):
        whom, where = _people(n).values()
        lines += (
            f"{n}. A {whom} near the {where} must not supply {_what(n)}",
            f"    to any {_WHOM[n * 5 % 9]} at a {_WHERE[n * 7 % 10]} except under licence {n},",
            f"    nor keep it where the {whom} or the {_WHERE[n * 3 % 10]} may find it.",
        )
    pages = ("\n".join(lines[at : at + 47]) for at in range(0, len(lines), 47))
    return make_pdf("\f".join(pages))


def read(body: bytes) -> tuple[Text, Finding]:
    """What regstatus does with a page."""
    text = extract(body)
    return text, assess(text, on=ON)


def known_again(body: bytes) -> None:
    """What regstatus does with a page whose words it read before."""
    if tree_digest(body, None, None) is None:
        raise DifferentError("a page has no digest by which it could be known again")


def known_and_silent(body: bytes) -> None:
    """The same, where nothing in the body may name what the words are silent of."""
    known_again(body)
    may_have_new_names(as_utf8(body, content_type=None), ())


def lxml_parse(body: bytes) -> Any:
    """The tree, and no more."""
    if body.startswith(b"<?xml"):
        return etree.fromstring(body, etree.XMLParser(huge_tree=True))
    return etree.fromstring(body, etree.HTMLParser(encoding="utf-8", huge_tree=True))


def lxml_text(body: bytes) -> str:
    """The text of lxml."""
    if body.startswith(b"<?xml"):
        return " ".join(lxml_parse(body).itertext())
    return str(lxml_html.fromstring(body).text_content())


def selectolax_text(body: bytes) -> str:
    """The text of selectolax."""
    from selectolax.lexbor import LexborHTMLParser

    found = LexborHTMLParser(body).body
    return str(found.text(separator=" ")) if found else ""


def trafilatura_text(body: bytes) -> str:
    """The text of trafilatura."""
    import trafilatura

    return trafilatura.extract(body, favor_recall=True, include_tables=True) or ""


def soup_parse(body: bytes) -> Any:
    """The tree of BeautifulSoup on lxml's parser, and no more."""
    from bs4 import BeautifulSoup

    return BeautifulSoup(body, "lxml-xml" if body.startswith(b"<?xml") else "lxml")


def pdfium_text(body: bytes) -> str:
    """The text of PDFium, in this process."""
    import pypdfium2

    document = pypdfium2.PdfDocument(body)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


_BETWEEN = re.compile(r"\W+")


def _letters(text: str) -> str:
    """Letters and digits alone: lxml puts no space between the cells of a table."""
    return _BETWEEN.sub("", normalise(text))


def check(body: bytes, peers: Sequence[str]) -> list[str]:
    """See that all read the same page: every name that it holds, and every passage, in order.

    Returns:
        Names of the peers whose task is to choose what to keep, and that left out some of the law.

    Raises:
        DifferentError: Where a name was not found, or a peer lacks a passage.
    """
    text, finding = read(body)
    held = text_of(body)
    same(len(finding.mentions), len(_NAMED.findall(held)), "names of kratom, found and written")
    chosen: list[str] = []
    for name in peers:
        words = PEERS[name](body)
        if name in {LXML, SOUP}:
            words = lxml_text(body) if name == LXML else words.get_text(" ")
        theirs, at = _letters(words), 0
        for passage in text.passages:
            ours = _letters(passage.text)
            found = theirs.find(ours, at)
            if found < 0 and name == "trafilatura":
                chosen.append(name)
                break
            if found < 0:
                raise DifferentError(f"{name} lacks the passage {passage.text!r}")
            at = found + len(ours)
    return chosen


def text_of(body: bytes) -> str:
    """The words of a page as the quickest way gives them."""
    return pdfium_text(body) if kind(body) == Format.PDF else lxml_text(body)


_NAMED_THERE = re.compile(rb"kratom|mitragynine", re.IGNORECASE)
_NAMED = re.compile(r"kratom|mitragynine", re.IGNORECASE)


LXML, SOUP, PDFIUM = "lxml parse", "BeautifulSoup parse", "PDFium, in process"
PEERS: dict[str, Callable[[bytes], Any]] = {
    LXML: lxml_parse,
    SOUP: soup_parse,
    PDFIUM: pdfium_text,
    "selectolax": selectolax_text,
    "trafilatura": trafilatura_text,
}
NEEDS = {"selectolax": "selectolax", "trafilatura": "trafilatura", SOUP: "bs4"}

Goal = tuple[str, float]
_AHEAD: Goal = ("ahead of it", 1.0)


class _Took(NamedTuple):
    """Seconds of the wall and of the processor."""

    wall: float
    processor: float


@functools.cache
def _memories() -> list[Any]:
    """What remembers a part of an earlier reading; patterns that are made once are no such part."""
    return [
        one
        for one in gc.get_objects()
        if isinstance(one, functools._lru_cache_wrapper)  # noqa: SLF001  (there is no other name)
        and one.__module__.startswith("regstatus.")
        and one.cache_parameters()["maxsize"] is not None
    ]


def _once(function: Callable[[bytes], object], body: bytes) -> _Took:
    for memory in _memories():
        memory.cache_clear()
    wall, processor = time.perf_counter(), time.process_time()
    function(body)
    return _Took(time.perf_counter() - wall, time.process_time() - processor)


def timed(
    work: dict[str, Callable[[bytes], object]], bodies: Sequence[Sequence[bytes]]
) -> dict[str, list[_Took]]:
    """The best times of each function for each page, nothing being remembered from an earlier one.

    Args:
        work: What is done, by name.
        bodies: For each page the bytes of each round; the first of all is read twice, to warm up.
    """
    names = list(work)
    for name in names:
        work[name](bodies[0][0])
    best = {name: [_Took(float("inf"), float("inf"))] * len(bodies) for name in names}
    for turn in range(len(bodies[0])):
        for place, rounds in enumerate(bodies):
            first = (turn + place) % len(names)
            for name in names[first:] + names[:first]:
                took, least = _once(work[name], rounds[turn]), best[name][place]
                best[name][place] = _Took(*map(min, least, took))
    return best


def told(
    section: str,
    what: str,
    bodies: Sequence[Sequence[bytes]],
    ours: Callable[[bytes], object],
    peers: dict[str, Goal | None],
    notes: dict[str, str] | None = None,
) -> Iterator[Line]:
    """Our reading of some pages beside that of each peer, with its goal."""
    here = {}
    for name in peers:
        if name in NEEDS and not has(NEEDS[name]):
            yield absent(section, what, f"{name} is not installed")
        else:
            here[name] = PEERS[name]
    took = timed({"regstatus": ours, **here}, bodies)
    size = sum(len(one[0]) for one in bodies)
    for name in here:
        pairs = [*zip(took["regstatus"], took[name], strict=True)]
        own, other = (
            [sum(side) for side in zip(*took[who], strict=True)] for who in ("regstatus", name)
        )
        ratio = max(a / b for a, b in zip(own, other, strict=True))
        each = [max(a / b for a, b in zip(*pair, strict=True)) for pair in pairs]
        apart = (
            f"single pages {min(each):.1f} to {max(each):.1f}, median {statistics.median(each):.1f}"
        )
        goal = peers[name] or ("", float("inf"))
        yield Line(
            section,
            what,
            _shown(size)(own[0]),
            f"{name}: {_shown(size)(other[0])}",
            ratio,
            goal[0],
            met=ratio <= goal[1],
            note="; ".join(filter(None, (apart if len(each) > 1 else "", (notes or {}).get(name)))),
        )


def real(*endings: str) -> list[bytes]:
    """The real pages of some forms that can be read; none where they are not here."""
    bodies = [p.read_bytes() for p in sorted(REAL.glob("*/*")) if p.suffix in endings]
    return [body for body in bodies if _readable(body)]


def _readable(body: bytes) -> bool:
    try:
        extract(body)
        lxml_parse(body)
    except (ReadingError, etree.XMLSyntaxError):
        return False
    return True


Kind = tuple[str, Callable[[int, int], bytes]]
_HTML: tuple[Kind, ...] = (("HTML code chapter", chapter), ("HTML drug schedule", schedule))
_XML: tuple[Kind, ...] = (("XML, CLML", clml), ("XML, Akoma Ntoso", akn), ("XML, gii", gii))
_REAL = (("real HTML", (".html", ".htm", ".xhtml"), 6.0), ("real XML", (".xml",), 10.0))


def _made(make: Callable[[int, int], bytes], size: int, rounds: int) -> list[list[bytes]]:
    """A page of a kind, another one for each round: nothing in it was ever read before."""
    return [[make(size, 1 + 100_000 * turn) for turn in range(rounds)]]


def _rounds(size: int, quick: bool) -> int:
    return 2 if quick or size > SLOW else 9 if size < 50_000 else 5 if size < 1_000_000 else 3


def unchanged(quick: bool) -> Iterator[Line]:
    """Words that were read before: from bytes to the certainty that they are the same."""
    for what, ours, goals in (
        ("the same words", known_again, {LXML: ("at most 2", 2.0), SOUP: ("at most 0.1", 0.1)}),
        ("and no new name", known_and_silent, {LXML: ("at most 2.5", 2.5)}),
    ):
        section, peers = "Reading: unchanged words", dict[str, Goal | None](goals)
        for name, endings, _ in _REAL:
            if not (bodies := real(*endings)):
                yield absent(section, name, f"there is no folder {REAL.name} of real pages")
                continue
            label = f"{name}, {len(bodies)} pages: {what}"
            rounds = [[body] * (3 if quick else 7) for body in bodies]
            yield from told(section, label, rounds, ours, peers)
        for name, make in (*_HTML, *_XML):
            for size in (100_000,) if quick else (10_000, 100_000, 1_000_000):
                bodies = _made(make, size, _rounds(size, quick))
                if ours is known_and_silent:
                    bodies = [[_NAMED_THERE.sub(b"cattle", body) for body in bodies[0]]]
                yield from told(section, f"{name}, {_size(size)}: {what}", bodies, ours, peers)


def changed(quick: bool) -> Iterator[Line]:
    """Words that are read for the first time."""
    section = "Reading"
    for what, endings, most in _REAL:
        if not (bodies := real(*endings)):
            yield absent(section, what, f"there is no folder {REAL.name} of real pages")
            continue
        peers: dict[str, Goal | None] = {LXML: (f"at most {most:g}", most), SOUP: _AHEAD}
        rounds = [[body] * (2 if quick else 3) for body in bodies]
        yield from told(section, f"{what}, {len(bodies)} pages", rounds, read, peers)
    sizes = (10_000, 100_000) if quick else (10_000, 100_000, 1_000_000, 5_000_000)
    for what, make in (*_HTML, *_XML):
        for size in sizes:
            peers = {LXML: None} | ({SOUP: _AHEAD} if size <= SLOW else {})
            if size == sizes[1] and (what, make) in _HTML:
                peers |= {"selectolax": None, "trafilatura": None}
            here = [name for name in peers if name not in NEEDS or has(NEEDS[name])]
            chosen = check(make(size, 1), here)
            notes = dict.fromkeys(
                chosen, "it chooses what to keep and leaves out words of the law here"
            )
            bodies = _made(make, size, _rounds(size, quick))
            yield from told(section, f"{what}, {_size(size)}", bodies, read, peers, notes)
    check(dense(100_000, 1), [LXML])
    bodies = _made(dense, 100_000, _rounds(100_000, quick))
    peers = {LXML: ("at most 40", 40.0), SOUP: None}
    yield from told(section, "HTML, kratom in every clause, 100 kB", bodies, read, peers)


def printed(quick: bool) -> Iterator[Line]:
    """PDF."""
    section, peers = "Reading: PDF", {PDFIUM: ("at most 3", 3.0)}
    if bodies := real(".pdf"):
        rounds = [[body] * (2 if quick else 9) for body in bodies]
        yield from told(section, f"real PDF, {len(bodies)} files", rounds, read, peers)
    for size in (10_000, 100_000) if quick else (10_000, 100_000, 1_000_000):
        check(pdf(size, 1), [PDFIUM])
        bodies = _made(pdf, size, _rounds(size, quick))
        yield from told(section, f"PDF, {_size(size)}", bodies, read, peers)


def growth(quick: bool) -> Iterator[Line]:
    """Time for each byte as pages grow, in units of that of the smallest."""
    most = 4 if quick else 16
    sizes = [1_000_000 * 2**n for n in range(most.bit_length())]
    for what, make in _HTML:
        took: dict[int, list[float]] = {}
        for size in sizes:
            bodies = _made(make, size, 4 if size == sizes[0] else 1 if size > 4_000_000 else 2)
            (best,) = timed({"": read}, bodies)[""]
            took[size] = [seconds / len(bodies[0][0]) for seconds in best]
        least = took[sizes[0]]
        for size in sizes[1:]:
            ratio = max(a / b for a, b in zip(took[size], least, strict=True))
            yield Line(
                "Reading: growth with size",
                f"{what}, {_size(size)}",
                _shown(size)(took[size][0] * size),
                f"itself at {_size(sizes[0])}: {_shown(sizes[0])(least[0] * sizes[0])}",
                ratio,
                "at most 1.25 for each byte",
                met=ratio <= 1.25,
            )


PARTS = {"unchanged": unchanged, "changed": changed, "pdf": printed, "growth": growth}


def measure(quick: bool) -> list[Line]:
    """Every line of this part."""
    return [one for part in PARTS.values() for one in part(quick)]


def _shown(size: int) -> Callable[[float], str]:
    return lambda seconds: f"{size / seconds / 1e6:.1f} MB/s ({seconds * 1000:.1f} ms)"


def _size(size: int) -> str:
    return f"{size / 1e6:.3g} MB" if size >= 1_000_000 else f"{size / 1e3:.3g} kB"


def main(paths: list[str]) -> int:
    """Measure some parts, or read saved pages, one line for each."""
    for path in paths:
        if path in PARTS:
            for one in PARTS[path](quick=False):
                met = "" if not one.goal else f" ({one.goal}: {'met' if one.met else 'MISSED'})"
                print(
                    f"{one.what}: {one.ours}; {one.peer}; {one.ratio:.3g}{met} {one.note}",
                    flush=True,
                )
            continue
        body = Path(path).read_bytes()
        try:
            text = extract(body, name=path)
        except ReadingError as error:
            print(f"{path}: {error}")
            continue
        work: dict[str, Callable[[], object]] = {
            "extract": lambda body=body, path=path: extract(body, name=path),
            "assess": lambda text=text: assess(text, on=ON),
        }
        if text.format in {Format.HTML, Format.XML}:
            work["lxml parse"] = lambda body=body: lxml_parse(body)
        times = in_turns(work, 3)
        shown = _shown(len(body))
        told = ", ".join(f"{name} {shown(seconds)}" for name, seconds in times.items())
        print(f"{path}: {_size(len(body))}, {len(text.passages)} passages; {told}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
