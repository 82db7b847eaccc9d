"""Reading: bytes of official-form pages to findings, against those that only make text of them.

As a part of `make bench` it reads generated pages. By itself it reads saved ones and says how long
each stage takes:

    python tools/bench_reading.py FILE …
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from datetime import date
from itertools import cycle
from pathlib import Path
from typing import Any

from benchlib import DifferentError, Line, absent, has, in_turns, line, same

sys.path.append(str(Path(__file__).parent.parent))

from lxml import etree
from lxml import html as lxml_html

from regstatus.assess import assess
from regstatus.base.errors import ReadingError
from regstatus.extract import extract, normalise
from regstatus.model.finding import Finding
from regstatus.model.media import kind
from regstatus.model.text import Text
from regstatus.model.words import Format
from tools.make_example_pdfs import make_pdf

SECTION = "Reading"
ON = date(2026, 11, 22)
VARIANTS = 4
"""Pages of one kind and size that are read in turn, so that nothing is remembered from the last."""
SLOW = {"trafilatura": 150_000, "BeautifulSoup": 1_500_000}
"""Bytes up to which slow peers are measured."""
ABOUT = """\
Pages are generated in the form of official ones: a code chapter in HTML (some 210 bytes of markup
and text for each passage, one section in ten about kratom), a drug schedule in HTML tables (one
substance in five hundred), legislation in XML (CLML, Akoma Ntoso, the German federal form) and PDF.
Ours goes all the way: passages under their headings, with pinpoints, days of force and repeals,
and from them mentions with contexts and schedules, ages, caps, duties and prohibitions. The peers
stop at plain text, and `lxml parse` at the tree. Before anything is timed, each peer's text must hold every
word of our passages, and our findings every name that was planted. "In every clause" is the
worst case: each clause names kratom.

Why the goals against lxml and BeautifulSoup are missed: the parse itself is a fortieth of the work. On a
chapter three quarters of the time go into judging each clause that names a plant or an alkaloid (its
cuts, ages, limits, neighbours, exclusions), the rest into one Python object for each passage with the
headings above it. Patterns that cannot match are ruled out in one pass, and a page without a name costs
little; below one object for each passage there is no way to twice the time of a parser in C.
"""

_STATUTE = (
    '<div class="section" id="s{n}"><h3 class="catchline"><a href="#s{n}">Sec. 9.{n:04d}. '
    "{title}.</a></h3>\n"
    '<p class="subsection">(a) The following substances, their <i>salts</i>, isomers and salts '
    "of isomers are in this schedule unless they are expressly excepted or listed in another "
    "schedule, whenever the existence of such salts and isomers is possible within the "
    "specific chemical designation, and whatever their trade name may be:</p>\n"
    '<ul class="entries"><li class="entry">(1) N-(1-methyl-2-phenylethyl)-N-phenyl-example-{n} '
    "amide, its optical isomers and esters, also known as {name} {n};</li>"
    '<li class="entry">(2) another&nbsp;substance of the same family, in any quantity and in '
    "any mixture or preparation that contains it.</li></ul>\n"
    '<p class="subsection">(b) A person who knowingly possesses {what} '
    "without a valid prescription commits an offence of the third degree, unless the "
    "person is a laboratory that is registered under chapter {n} of this title.</p>\n"
    '<p class="history">Added by Acts 2001, ch. {n}; amended by Acts 2009, ch. {n}, eff. '
    "September 1, 2009.</p></div>\n"
)
_DENSE = (
    '<p class="section"><b>Sec. 4.{n:03d}. <u>KRATOM LABELS AND TESTS</u>.</b> (a) A retailer may '
    "not sell a kratom product to a person who is under 21 years of age, and the <i>label</i> of a "
    "kratom product must show the directions for its safe use.</p>\n"
    '<p style="text-indent:7ex">(b) In this section, &ldquo;kratom product&rdquo; means a food '
    "that contains any part of the leaf of the plant, in whatever form it is offered.</p>\n"
    '<p style="text-indent:7ex">(c) A kratom product may not contain a level of '
    "7-hydroxymitragynine that is greater than two percent of its alkaloids.</p>\n"
)


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
        )

    return _page("CHAPTER 9", _filled(size, section, first))


def dense(size: int, first: int = 1) -> bytes:
    """A code chapter in HTML in which every clause names kratom."""
    return _page("CHAPTER 4", _filled(size, lambda n: _DENSE.format(n=n), first))


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


_WHOM = (
    "grower",
    "baker",
    "tailor",
    "driver",
    "teacher",
    "farmer",
    "painter",
    "sailor",
    "brewer",
    "miller",
    "printer",
    "weaver",
    "potter",
)
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
    "depot",
)


def pdf(size: int, first: int = 1) -> bytes:
    """A PDF whose text has about as many characters as asked for.

    No two pages end alike: what stands at the foot of every page is rightly left out.
    """
    lines: list[str] = []
    for n in range(first, first + size // 150):
        whom, where = _WHOM[n % len(_WHOM)], _WHERE[n % len(_WHERE)]
        lines += (
            f"{n}. A {whom} near the {where} must not supply {_what(n)}",
            f"    to any {_WHOM[n * 5 % 13]} at a {_WHERE[n * 7 % 11]} except under licence {n},",
            f"    nor keep it where the {whom} or the {_WHERE[n * 3 % 11]} may find it.",
        )
    pages = ("\n".join(lines[at : at + 47]) for at in range(0, len(lines), 47))
    return make_pdf("\f".join(pages))


def read(body: bytes) -> tuple[Text, Finding]:
    """What regstatus does with a page."""
    text = extract(body)
    return text, assess(text, on=ON)


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


def soup_text(body: bytes) -> str:
    """The text of BeautifulSoup on lxml's parser."""
    from bs4 import BeautifulSoup

    return BeautifulSoup(body, "lxml").get_text(" ")


def pdfium_text(body: bytes) -> str:
    """The text of PDFium, in this process."""
    import pypdfium2

    document = pypdfium2.PdfDocument(body)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


_BETWEEN = re.compile(r"\W+")


def _letters(text: str) -> str:
    """Letters and digits alone: lxml puts no space between the cells of a table."""
    return _BETWEEN.sub("", normalise(text))


def check(body: bytes, peers: dict[str, Callable[[bytes], Any]]) -> list[str]:
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
    for name, peer in peers.items():
        if name == "lxml parse":
            continue
        theirs, at = _letters(peer(body)), 0
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


_NAMED = re.compile(r"kratom|mitragynine", re.IGNORECASE)


HTML_PEERS: dict[str, Callable[[bytes], Any]] = {
    "lxml parse": lxml_parse,
    "lxml text_content": lxml_text,
    "selectolax": selectolax_text,
    "trafilatura": trafilatura_text,
    "BeautifulSoup": soup_text,
}
NEEDS = {"selectolax": "selectolax", "trafilatura": "trafilatura", "BeautifulSoup": "bs4"}


def _shown(size: int) -> Callable[[float], str]:
    return lambda seconds: f"{size / seconds / 1e6:.1f} MB/s ({seconds * 1000:.1f} ms)"


def _size(size: int) -> str:
    return f"{size / 1e6:.3g} MB" if size >= 1_000_000 else f"{size / 1e3:.3g} kB"


def compare(
    what: str,
    make: Callable[[int, int], bytes],
    size: int,
    peers: dict[str, Callable[[bytes], Any]],
    rounds: int,
) -> Iterator[Line]:
    """Read pages of one kind and size, and let the peers read them too."""
    here: dict[str, Callable[[bytes], Any]] = {}
    label = f"{what}, {_size(size)}"
    for name, peer in peers.items():
        if name in NEEDS and not has(NEEDS[name]):
            yield absent(SECTION, label, f"{name} is not installed")
        elif size <= SLOW.get(name, size):
            here[name] = peer
    bodies = [make(size, 1 + 1000 * number) for number in range(VARIANTS)]
    chosen = check(bodies[0], here)
    work: dict[str, Callable[[], object]] = {}
    for name, function in {"regstatus": read, **here}.items():
        turn = cycle(bodies)
        work[name] = lambda function=function, turn=turn: function(next(turn))
    times = in_turns(work, rounds)
    real = len(bodies[0])
    for name in here:
        goal, most = "", None
        if name == "lxml parse":
            goal, most = "at most 2", 2.0
        elif name == "BeautifulSoup":
            goal, most = "at most 0.1", 0.1
        yield line(
            SECTION,
            label,
            times["regstatus"],
            times[name],
            name=name,
            goal=goal,
            most=most,
            unit=_shown(real),
            note="it chooses what to keep and leaves out words of the law here"
            if name in chosen
            else "",
        )


def growth(sizes: tuple[int, ...], rounds: int) -> Iterator[Line]:
    """Time for each megabyte as pages grow, in units of that of the smallest."""
    for what, make in (("HTML code chapter", chapter), ("HTML drug schedule", schedule)):
        bodies = {size: make(size, 1) for size in sizes}
        work: dict[str, Callable[[], object]] = {
            str(size): lambda body=body: read(body) for size, body in bodies.items()
        }
        times = in_turns(work, rounds)
        # A short time is a noisy one, and the smallest is what all the others are measured by.
        for name, again in in_turns(dict([*work.items()][:2]), 4 * rounds).items():
            times[name] = min(times[name], again)
        least = times[str(sizes[0])] / len(bodies[sizes[0]])
        for size in sizes[1:]:
            each = times[str(size)] / len(bodies[size])
            yield Line(
                "Reading: growth with size",
                f"{what}, {_size(size)}",
                _shown(len(bodies[size]))(times[str(size)]),
                f"itself at {_size(sizes[0])}: "
                + _shown(len(bodies[sizes[0]]))(times[str(sizes[0])]),
                each / least,
                "at most 1.25 for each byte",
                met=each / least <= 1.25,
            )


def measure(quick: bool) -> list[Line]:
    """Every line of this part."""
    lines: list[Line] = []
    sizes = (10_000, 100_000) if quick else (10_000, 100_000, 1_000_000, 5_000_000)
    for size in sizes:
        rounds = 3 if size >= 1_000_000 or quick else 9
        lines += compare("HTML code chapter", chapter, size, HTML_PEERS, rounds)
        lines += compare("HTML drug schedule", schedule, size, HTML_PEERS, rounds)
    middle = sizes[1]
    lines += compare("HTML, kratom in every clause", dense, middle, HTML_PEERS, 3 if quick else 9)
    tree = {name: HTML_PEERS[name] for name in ("lxml parse", "lxml text_content")}
    for what, make in (("XML, CLML", clml), ("XML, Akoma Ntoso", akn), ("XML, gii", gii)):
        for size in sizes[1:]:
            lines += compare(what, make, size, tree, 3 if quick else 5)
    for size in sizes[:2] if quick else sizes[:3]:
        lines += compare("PDF", pdf, size, {"PDFium, in process": pdfium_text}, 3)
    big = (250_000, 500_000, 1_000_000) if quick else tuple(n * 1_000_000 for n in (1, 2, 4, 8))
    lines += growth(big, 1 if quick else 2)
    return lines


def main(paths: list[str]) -> int:
    """Read saved pages, one line for each."""
    for path in paths:
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
