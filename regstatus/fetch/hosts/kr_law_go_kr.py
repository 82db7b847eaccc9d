"""The open API of law.go.kr (Korea): an annex of a law in force, found by the law's name."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from html import escape
from itertools import groupby

from lxml import etree

from regstatus.base.safe import one_line
from regstatus.fetch.failure import BadAnswer, empty, no_link
from regstatus.fetch.hosts.adapters import FetchContext, Format, Page, Param, adapter
from regstatus.fetch.hosts.epub import parse_xml
from regstatus.fetch.hosts.json_fields import day

_BORDER = re.compile(r"[\s\u2500-\u257f]+")
_WALL = re.compile("[\u2502\u2503\u2551]")


@adapter(
    "law_go_kr",
    use="an annex of a Korean law; the address is the API's search by name",
    params={
        "law": Param("its whole name", needed=True),
        "annex": Param(
            "its number: `3`, or `3-2` for 별표 3의2", r"0*[1-9]\d*(-\d+)?", needed=True
        ),
    },
)
async def law_go_kr(visit: FetchContext) -> Page:
    """The text of an annex as HTML, once it is sure that the law is the one in force.

    A law's serial number changes with every amendment. The API draws tables with lines of text;
    they become tables. Some annexes are sent as files alone: such an answer is no silent law.
    """
    law = visit.request.params["law"]
    number, _, branch = visit.request.params["annex"].partition("-")
    number, branch = number.lstrip("0"), branch.lstrip("0")
    serial = _serial(_root(await visit.get(expect=Format.XML), "LawSearch"), law)
    before, _, query = visit.request.url.partition("/lawSearch.do?")
    kept = "&".join(part for part in query.split("&") if part.startswith(("OC=", "target=")))
    url = f"{before}/lawService.do?{kept}&type=XML&MST={serial}"
    page = await visit.get(url, expect=Format.XML, document=True)
    unit = _annex(_root(page, "법령"), law, (number, branch), visit.today)
    label = f"별표 {number}{f'의{branch}' if branch else ''}"
    heading = f"<h1>{escape(law)}</h1>\n<h2>{label} {escape(_text(unit, '별표제목'))}</h2>\n"
    drawn = "\n".join(_tables(_text(unit, "별표내용")))
    html = f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"></head><body>\n{heading}{drawn}\n'
    return visit.made(f"{html}</body></html>\n".encode(), Format.HTML, page, label)


def _serial(root: etree._Element, law: str) -> str:
    """The serial number of the law in force."""
    laws = root.findall("law")
    fitting = [
        one
        for one in laws
        if _text(one, "법령명한글") == law and _text(one, "현행연혁코드") in {"", "현행"}
    ]
    if len(fitting) != 1:
        raise no_link(f"{len(fitting)} of {len(laws)} laws found are in force and called {law}.")
    serial = _text(fitting[0], "법령일련번호")
    if not serial.isdecimal() or not serial.isascii():
        raise BadAnswer(f"The list gives no serial number for {law}.")
    return serial


def _annex(root: etree._Element, law: str, annex: tuple[str, str], today: date) -> etree._Element:
    """The annex with its text, out of the law that is meant and in force."""
    name = _text(root, "기본정보/법령명_한글")
    if name != law:
        raise no_link(f"The answer is another law: {one_line(name, 80)!r}.")
    begun = day(_text(root, "기본정보/시행일자"), "first day in force")
    if begun > today:
        raise no_link(f"The answer is the law as it will be from {begun}.")
    units = [
        unit
        for unit in root.iter("별표단위")
        if _text(unit, "별표구분") in {"", "별표"}
        and annex == tuple(_text(unit, name).lstrip("0") for name in ("별표번호", "별표가지번호"))
    ]
    if len(units) != 1:
        raise no_link(f"The law has {len(units)} annexes of that number.")
    if not _text(units[0], "별표내용"):
        raise empty("The annex is sent as a file alone; the answer has no text of it.")
    return units[0]


def _tables(text: str) -> Iterator[str]:
    """Text with tables drawn by lines as HTML: a row for each entry, the rest as it stands."""
    for drawn, lines in groupby(text.splitlines(), _is_drawn):
        if not drawn:
            words = "\n".join(lines)
            yield f"<pre>{escape(words)}</pre>"
        elif rows := _rows(lines):
            yield "<table>\n" + "\n".join(map(_row, rows)) + "\n</table>"


def _row(cells: list[str]) -> str:
    shown = (f"<td>{escape(' '.join(cell.split()))}</td>" for cell in cells)
    return f"<tr>{''.join(shown)}</tr>"


def _is_drawn(line: str) -> bool:
    return bool(_cells(line) or (line.strip() and _BORDER.fullmatch(line)))


def _cells(line: str) -> list[str]:
    return _WALL.split(line)[1:-1]


def _rows(lines: Iterable[str]) -> list[list[str]]:
    rows: list[list[str]] = []
    fresh = True
    for cells in map(_cells, lines):
        # A line whose first cell is empty goes on with the row above it.
        if cells and (fresh or cells[0].strip() or len(cells) != len(rows[-1])):
            rows.append(cells)
        elif cells:
            rows[-1] = [_joined(*pair) for pair in zip(rows[-1], cells, strict=True)]
        fresh = not cells
    return rows


def _joined(above: str, below: str) -> str:
    """Two lines of one cell: a word goes on where the line above is full to its edge."""
    if not below.strip():
        return above
    gap = "" if above and not above.endswith(" ") else " "
    return f"{above.rstrip()}{gap}{below.strip()}"


def _text(element: etree._Element, path: str) -> str:
    found = element.find(path)
    return "".join(found.itertext()).strip() if found is not None else ""


def _root(page: Page, name: str) -> etree._Element:
    """The root of an answer if it has this name; an error of the API has another."""
    try:
        root = parse_xml(page.chars(), huge_tree=True)
    except etree.XMLSyntaxError as error:
        raise BadAnswer(f"The answer is no XML: {error}.") from None
    if root.tag != name:
        raise BadAnswer(f"The answer is no {name}, which the API describes.")
    return root
