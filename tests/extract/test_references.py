"""Pages that hold no law, only what points to it, are not read; lists of bare names are."""

import json
import tomllib
from base64 import b64encode
from pathlib import Path

import pytest

from regstatus.assess import assess
from regstatus.base.errors import ReadingError
from regstatus.extract import extract
from tests.extract.conftest import write_pdf
from tests.support.make import TODAY

ACTS = [f"Decree {number}/2024 on the {what}" for number, what in enumerate(
    ("upkeep of bridges", "sale of fish", "names of streets", "care of wells",
     "width of carts", "keeping of bees"), 11)]  # fmt: skip
NAMES = (
    "Amfepramon",
    "Brolamfetamin",
    "Fenetylin",
    "Mitragynin",
    "Zipeprol",
    "Lefetamin",
    "Etryptamin",
)
CONTENTS = [
    "Chapter 1 General",
    "Section 1 Scope",
    "Section 2 Terms",
    "Chapter 2 Trade",
    "Section 3 Sale",
]


def rows(lines):
    return "".join(f"<tr><td>{line}</td><td>3 May 2024</td></tr>" for line in lines)


def items(lines, one):
    return "".join(one.format(line, number) for number, line in enumerate(lines))


NO_LAW = {
    "index of titles in HTML": f"<html><body><table>{rows(ACTS)}</table></body></html>",
    "index of titles in plain text": "\n\n".join(ACTS),
    "titles as CSV": "id;title;day\n"
    + "".join(f"{n};{line};2024-05-03\n" for n, line in enumerate(ACTS)),
    "table of contents in Markdown": "# Trade Act\n\n" + items(CONTENTS, "- [{0}](#s{1})\n"),
    "table of contents with pages": "\n\n".join(f"{line} ........ {n}" for n, line in enumerate(CONTENTS, 3)),
    "answer to a search in JSON": '{"hits": 812, "found": ['
    + items(ACTS, '{{"headline": "{0}", "summary": "Of trade.", "at": "/doc/{1}/text"}},')[:-1] + "]}",
    "answer to a search in XML": f"<answer>{items(ACTS, '<hit><name>{0}</name><no>{1}</no></hit>')}</answer>",
    "feed": "<rss><channel><title>News</title>"
    + items(ACTS, "<item><title>{0}</title><description>Printed and sent.</description></item>")
    + "</channel></rss>",
    "map of a site": "<urlset>" + items(ACTS, "<url><loc>https://law.example/{1}</loc></url>") + "</urlset>",
    "tree of headings": '{"title": "Trade Act", "children": ['
    + ",".join(f'{{"symbol": "s_{n}", "title": "{line}"}}' for n, line in enumerate(CONTENTS)) + "]}",
    "record whose text is missing": '{"title_en": "A decree on the keeping of bees and'
    ' on all that belongs to it, as amended", "status": "in_force", "articles": []}',
    "record of XML whose body is empty": "<act><longTitle>A decree on the keeping of bees and on all that"
    " belongs to it, as amended by later decrees</longTitle><body/></act>",
    "head of an answer": "HTTP/1.1 200 OK\nDate: Mon, 6 May 2024 10:00:00 GMT\nContent-Type: text/html\n"
    "Content-Length: 1200\nServer: bees and wells of the ministry of trade\n",
}  # fmt: skip

NO_LAW |= tomllib.loads(Path(__file__).with_name("no_law.toml").read_text(encoding="utf-8"))

LAW = {
    "bare names in plain text": "Schedule I\n\n" + "\n\n".join(NAMES),
    "bare names in HTML": f"<html><h1>Schedule I</h1><ul>{items(NAMES, '<li>{0}</li>')}</ul></html>",
    "names with their days": f"<html><body><h1>Schedule I</h1><table>{rows(NAMES)}</table></body></html>",
    "names as CSV": "no;name;day\n"
    + "".join(f"{n};{name};2024-05-03\n" for n, name in enumerate(NAMES)),
    "names in JSON": '{"title": "Schedule I of the Drugs Act", "text": "", "substances": ['
    + ",".join(f'{{"name": "{name}"}}' for name in NAMES) + "]}",
    "sections with addresses": '{"sections": ['
    + ",".join(f'{{"heading": "Section {n}", "wording": "Whoever keeps bees beside a well'
               f' without the leave of its owner {n} pays a fine of ten crowns.", "url": "/act/{n}/text"}}'
               for n in range(6)) + "]}",
    "list under the eighth letter": "(h) The following controlled substances are included in Schedule I:"
    "\n\n(i) Heroin\n\n(ii) Mescaline; and nobody may sell them.",
    "section with a brace and a list": "{In force since 2020.} The following drugs are controlled, and sold"
    " by nobody:\n\n1. Heroin;\n\n2. Mescaline;\n\n3. 4-Methylaminorex.",
    "names in another script": "ნარკოტიკული საშუალებები\n\nაცეტორფინი\n\nჰეროინი\n\nმესკალინი\n\nკოდეინი"
    "\n\nმორფინი\n\nოპიუმი\n\nფსილოციბინი",
    "list whose first entry has a number in brackets": "(4) Nobody may sell a drug without a label."
    "\n\n(4.1) No one shall use any of the following substances in a drug:"
    "\n\n(a) titanium dioxide (C.I. No. 77891);\n\n(b) iron oxides (C.I. Nos. 77489).",
    "list whose entry tells of its year": "The following drugs are controlled, and sold by nobody:\n\n"
    "(1) heroin (added in 1971);\n\n(2) mescaline (added in 1974).",
    "words that may not be displayed": "1. Nobody sells well water unlabelled.\n\n2. The version in item 1 "
    "cannot be displayed in accordance with these Regulations on less of the surface.",
    "a part of a table of another law": "1. In the case of a nutrient set out in column 1 of Part 1 of the "
    "Table of Daily Values, the quantity is told on the label, and nobody sells it without.",
    "sections that cite acts": "\n\n".join(
        f"{n}. Decree {n}/2024 is amended: for bridges read wells." for n in range(1, 8)),
}  # fmt: skip


@pytest.mark.parametrize("page", NO_LAW.values(), ids=NO_LAW)
def test_what_only_points_to_law_is_not_read(page):
    found = assess(extract(page.encode()), on=TODAY)
    assert not found.readable
    assert found.problems


@pytest.mark.parametrize("page", LAW.values(), ids=LAW)
def test_short_lists_of_names_and_sections_are_read(page):
    assert assess(extract(page.encode()), on=TODAY).problems == ()


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"<html><p>It is unlawful to sell or possess kratom in this state.</p></html>", "listed"),
        (
            write_pdf([["Schedule I of the Drugs Act", "1. Heroin", "2. Kratom", "3. LSD"]]),
            "listed",
        ),
        (b"Section 1. This act shall be known as the act on the keeping of bees. " * 4, "silent"),
    ],
)
def test_a_document_packed_into_data_is_read(body, said):
    packed = json.dumps({"mime": "?", "doc": b64encode(body.ljust(200)).decode()})
    found = assess(extract(packed.encode()), on=TODAY)
    assert (found.readable, found.says("leaf")) == (True, said)


def test_a_packed_document_that_cannot_be_read_says_why():
    packed = json.dumps({"doc": b64encode(b"PK\x03\x04" + bytes(200)).decode()})
    with pytest.raises(ReadingError, match="zip archive or Office file, packed as base64"):
        extract(packed.encode())


def test_titles_that_name_kratom_make_no_law():
    page = "\n\n".join((*ACTS, "Decree 17/2024 on the naming of kratom"))
    assert not assess(extract(page.encode()), on=TODAY).readable


BEES = "Bees are kept dry, and nobody may trouble them without need, by night or by day."
WELLS = "1. Бджоли живуть у вуликах, і ніхто не сміє їх турбувати без потреби вдень чи вночі."
UNTIL = '{{"title": "Bees Act", "text": "<p>Issued: 1901-02-03</p><p>Repealed: {}</p><p>{}</p>"}}'
FORMER = "<h1>Decreto 5 de 1990</h1><p>Estado del documento: Derogado.[Mostrar]</p>"


@pytest.mark.parametrize(
    "page",
    [
        UNTIL.format("1993-01-01", BEES),
        f'{{"title": "Закон", "text": "{{ Закон втратив чинність на підставі Закону }}\\n\\n{WELLS}"}}',
        f"{{Закон втратив чинність від 04.06.2020}}\n\n{WELLS}",
        f"<html><body>{FORMER}<p>{BEES}</p></body></html>",
    ],
)
def test_a_field_or_note_above_the_text_ends_it(page):
    assert not assess(extract(page.encode()), on=TODAY).readable


@pytest.mark.parametrize(
    "page",
    [
        UNTIL.format("2091-01-01", BEES),
        f"{{Закон втратив чинність від 04.06.2090}}\n\n{WELLS}",
        f"[Section 3 is no longer in force since May 1, 2001.]\n\nSection 4. {BEES}",
        f'<Act in-force="yes" enddate="20190114"><p>{BEES}</p></Act>',
    ],
)
def test_law_that_still_stands_is_read(page):
    found = assess(extract(page.encode()), on=TODAY)
    assert (found.readable, found.problems) == (True, ())
