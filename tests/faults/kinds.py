"""The kinds of official document, each as a small law of our own that a host on loopback serves.

Every kind plays in the same world: Texas has a statute and a schedule, one of them (or
a feed beside them) is the *victim* that meets the fault, the other lies on another host;
Louisiana watches one document on a third.
"""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass, field

from tests.support.make import TEXAS
from tools.make_example_pdfs import make_pdf

VICTIM, OTHER, THIRD = "victim.example.gov", "other.example.gov", "third.example.gov"
HTML, XML, JSON, PDF, ZIP = (
    "text/html; charset=utf-8",
    "application/xml",
    "application/json",
    "application/pdf",
    "application/zip",
)
DAY = "2026-11-20"

STATUTE = """<!doctype html>
<html lang="en"><head><title>HS Chapter 444</title></head><body>
<h1>HEALTH AND SAFETY CODE</h1><h2>CHAPTER 444. KRATOM CONSUMER PROTECTION</h2>
<h3>Sec. 444.001. DEFINITIONS.</h3>
<p>This chapter may be cited as the “Kratom Act” — see also § 431.002, and the café rule.</p>
<p>FILLER</p>
<p>In this chapter, “kratom processor” means a person who prepares, packages or sells a kratom
product in this state, and “kratom product” means a food that contains any part of the leaf of
the plant Mitragyna speciosa.</p>
<h3>Sec. 444.003. PREPARATION, DISTRIBUTION, AND SALE.</h3>
<p>(a) A kratom processor may not sell a kratom product to an individual who is younger than
18 years of age.</p>
<p>(b) A kratom processor may not sell a kratom product that contains a level of
7-hydroxymitragynine in the alkaloid fraction that is greater than two percent of the overall
alkaloid composition of the product.</p></body></html>
""".replace("FILLER", " ".join(["An inspection report is kept for two years."] * 12))

NAMES = ["Heroin", "Ibogaine", "Lysergic acid diethylamide", "Mescaline", "Peyote", "Psilocybin"]
"""Substances of the schedule in its order; the last one is its second positive control."""
OTHERS = ["Barbital", "Chloral hydrate", "Diazepam", "Lorazepam", "Meprobamate", "Oxazepam"]
"""Those of another schedule: the wrong document."""


def schedule_html(names: list[str], title: str = "Schedule I") -> str:
    """A schedule as a page."""
    items = "\n".join(f"<li>{name}</li>" for name in names)
    return (
        '<!doctype html>\n<html lang="en"><head><title>HS Chapter 481</title></head><body>\n'
        f"<h1>CHAPTER 481. CONTROLLED SUBSTANCES ACT</h1><h2>{title}</h2>\n"
        f"<p>{title} consists of the following controlled substances:</p>\n<ul>{items}</ul>\n"
        "</body></html>"
    )


def schedule_xml(names: list[str], title: str = "Schedule I") -> str:
    """A schedule as XML of no particular schema."""
    items = "".join(f"<item>{name}</item>\n" for name in names)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<act><title>Controlled Substances Act</title>\n'
        f"<section><heading>{title}</heading>\n<p>{title} consists of the following controlled "
        f"substances:</p>\n<list>\n{items}</list></section></act>\n"
    )


def schedule_ecfr(names: list[str], title: str = "Schedule I") -> str:
    """A section in the form of the eCFR."""
    items = "".join(f"<P>({number}) {name}</P>\n" for number, name in enumerate(names, 1))
    return (
        '<?xml version="1.0"?>\n<DIV8 N="1308.11" TYPE="SECTION">\n'
        f"<HEAD>&#xA7; 1308.11 {title}.</HEAD>\n<P>(a) {title} consists of the substances that "
        f"this section lists.</P>\n{items}</DIV8>\n"
    )


def schedule_clml(names: list[str], title: str = "Schedule I") -> str:
    """A schedule in the form of legislation.gov.uk."""
    rows = "".join(f"<P><Text>{name}</Text></P>\n" for name in names)
    return (
        '<Legislation xmlns="http://www.legislation.gov.uk/namespaces/legislation">\n'
        "<Primary><PrimaryPrelims><Title>Misuse of Drugs Act</Title></PrimaryPrelims>\n"
        f"<Schedules><Schedule><Number>{title}</Number><TitleBlock><Title>Controlled Drugs</Title>"
        f"</TitleBlock><ScheduleBody>\n{rows}</ScheduleBody></Schedule></Schedules></Primary>\n"
        "</Legislation>\n"
    )


def schedule_json(names: list[str], title: str = "Schedule I") -> str:
    """A schedule as an API gives it."""
    entries = [{"number": number, "name": name} for number, name in enumerate(names, 1)]
    data = {"chapter": "481", "schedule": {"title": title, "substances": entries}}
    return json.dumps(data, indent=1)


def zipped(files: dict[str, bytes]) -> bytes:
    """An archive."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in files.items():
            archive.writestr(name, body)
    return made.getvalue()


def words(page: str) -> str:
    """The words of the statute as lines for a PDF."""
    import re

    plain = re.sub(r"<title>.*?</title>", "", page)
    plain = re.sub(r"</(?:h\d|p)>", "\n", plain.replace("\n", " "))
    lines: list[str] = []
    for paragraph in re.sub(r"<[^>]+>", "", plain).split("\n"):
        line = ""
        for word in paragraph.split():
            if len(line) + len(word) > 90:
                lines.append(line)
                line = ""
            line = f"{line} {word}".strip()
        lines += [line, ""]
    return "\n".join(lines).replace("“", '"').replace("”", '"').replace("—", "-")


OTHER_STATUTE = (
    STATUTE.replace("KRATOM", "COSMETICS")
    .replace("Kratom", "Cosmetics")
    .replace("kratom", "cosmetic")
    .replace("Mitragyna speciosa", "Aloe vera")
    .replace("7-hydroxymitragynine", "hydroquinone")
)
"""A law of the same form about something else."""
INDEX = (
    "<!doctype html><html><head><title>Code</title></head><body><h1>Health and Safety Code</h1>"
    + "".join(
        f'<p><a href="/htm/HS.{n}.htm">Chapter {n}. Inspections</a></p>' for n in range(400, 444)
    )
    + '<p><a href="/htm/HS.444.htm">Chapter 444. Kratom</a></p></body></html>'
)
FEED = {
    "count": 2,
    "results": [
        {"document_number": "2026-1", "type": "Proposed Rule", "title": "Placement of kratom"},
        {"document_number": "2026-3", "type": "Rule", "title": "Fishing"},
    ],
}
OTHER_FEED = {"openapi": "3.1", "paths": {"/documents": "see the manual of the interface" * 4}}
ECFR_PATH = f"/api/versioner/v1/full/{DAY}/title-21.xml?part=1308&section=1308.11"
TITLES = {"titles": [{"number": n, "up_to_date_as_of": DAY} for n in range(1, 22)]}
FEED_PATH = "/api/v1/documents.json?*"


@dataclass(frozen=True)
class Kind:
    """One kind of document.

    Attributes:
        name: For the ids of cases.
        document: Id of the victim in Texas's file.
        keys: What its entry says besides id, title, publisher, reads, controls and shows.
        path: Where on the victim's host the fault is met.
        content: Content type and body that are good there.
        wrong: Another document of the same form.
        also: Further pages that the victim's host must serve.
        helper: True where the fault meets a page that only leads to the document.
    """

    name: str
    document: str
    keys: str
    path: str
    content: tuple[str, bytes]
    wrong: bytes
    also: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    helper: bool = False

    @property
    def half(self) -> bytes:
        """Its first half, with nothing that says that more should come."""
        body = self.content[1]
        return body[: len(body) // 2]

    @property
    def html(self) -> bool:
        """Whether a page is expected where the fault is met."""
        return self.content[0] == HTML


def _https(path: str) -> str:
    return f'url = "https://{VICTIM}{path}"'


_STATUTE_PAGE = (HTML, STATUTE.encode())
_LINK = 'adapter = "link"\nparams = { link = "Chapter 444" }\n' + _https("/index.htm")
_ECFR = (
    'format = "xml"\nadapter = "ecfr"\nparams = { title = "21", part = "1308", '
    'section = "1308.11" }\n' + _https("/current/title-21")
)
_FEED = 'format = "json"\nadapter = "federal_register"\nparams = { term = "kratom" }\n' + _https(
    "/"
)

KINDS = {
    kind.name: kind
    for kind in (
        Kind("statute", "hs-444", _https("/HS.444.htm"), "/HS.444.htm", _STATUTE_PAGE,
             OTHER_STATUTE.encode()),
        Kind("schedule", "hs-481", _https("/HS.481.htm"), "/HS.481.htm",
             (HTML, schedule_html(NAMES).encode()), schedule_html(OTHERS, "Schedule IV").encode()),
        Kind("xml", "hs-481", 'format = "xml"\n' + _https("/HS.481.xml"), "/HS.481.xml",
             (XML, schedule_xml(NAMES).encode()), schedule_xml(OTHERS, "Schedule IV").encode()),
        Kind("json", "hs-481",
             'format = "json"\nselect = { pointer = "/schedule" }\n' + _https("/HS.481.json"),
             "/HS.481.json", (JSON, schedule_json(NAMES).encode()),
             schedule_json(OTHERS, "Schedule IV").encode()),
        Kind("pdf", "hs-444", 'format = "pdf"\n' + _https("/HS.444.pdf"), "/HS.444.pdf",
             (PDF, make_pdf(words(STATUTE))), make_pdf(words(OTHER_STATUTE))),
        Kind("zip", "hs-481", 'format = "xml"\nadapter = "zip"\n' + _https("/HS.481.zip"),
             "/HS.481.zip", (ZIP, zipped({"HS.481.xml": schedule_xml(NAMES).encode()})),
             zipped({"HS.481.xml": schedule_xml(OTHERS, "Schedule IV").encode()})),
        Kind("link", "hs-444", _LINK, "/htm/HS.444.htm", _STATUTE_PAGE, OTHER_STATUTE.encode(),
             also={"/index.htm": (HTML, INDEX.encode())}),
        Kind("link-index", "hs-444", _LINK, "/index.htm", (HTML, INDEX.encode()),
             INDEX.replace("Kratom", "Cheese").replace("444", "555").encode(),
             also={"/htm/HS.444.htm": _STATUTE_PAGE}, helper=True),
        Kind("ecfr", "hs-481", _ECFR, ECFR_PATH, (XML, schedule_ecfr(NAMES).encode()),
             schedule_ecfr(OTHERS, "Schedule IV").encode(),
             also={"/api/versioner/v1/titles.json": (JSON, json.dumps(TITLES).encode())}),
        Kind("ecfr-titles", "hs-481", _ECFR, "/api/versioner/v1/titles.json",
             (JSON, json.dumps(TITLES).encode()),
             json.dumps({"titles": TITLES["titles"][:20]}).encode(),
             also={ECFR_PATH: (XML, schedule_ecfr(NAMES).encode())}, helper=True),
        Kind("federal-register", "register", _FEED, FEED_PATH, (JSON, json.dumps(FEED).encode()),
             json.dumps(OTHER_FEED).encode()),
        Kind("legislation-gov-uk", "hs-481",
             'format = "xml"\nadapter = "legislation_gov_uk"\n' + _https("/ukpga/1971/38/schedule/2"),
             "/ukpga/1971/38/schedule/2/data.xml", (XML, schedule_clml(NAMES).encode()),
             schedule_clml(OTHERS, "Schedule IV").encode()),
    )
}  # fmt: skip
"""Every kind, by name; an index or list that leads to a document is a kind of its own."""

_STATUTE_ENTRY = """
[[documents]]
id = "hs-444"
title = "Health and Safety Code, chapter 444"
publisher = "Legislature"
url_basis = "seen"
reads = "statute"
controls = ["kratom processor"]
shows = { minimum_age = 18, seven_oh_cap = "2%" }
settles = ["leaf", "7-oh"]
"""
_SCHEDULE_ENTRY = """
[[documents]]
id = "hs-481"
title = "Health and Safety Code, chapter 481"
publisher = "Legislature"
url_basis = "seen"
reads = "schedule"
complete = true
controls = ["heroin", "psilocybin"]
shows = { leaf = "silent", mitragynine = "silent", "7-oh" = "silent" }
settles = ["mitragynine"]
"""
_FEED_ENTRY = """
[[documents]]
id = "register"
title = "Register"
publisher = "Office"
url_basis = "seen"
reads = "feed"
"""
_AT = {"hs-444": "/HS.444.htm", "hs-481": "/HS.481.htm"}


def texas(kind: Kind) -> str:
    """Texas's source file with the victim as this kind has it, and the rest on another host."""
    text = TEXAS[: TEXAS.index("[[documents]]")]
    entries = {"hs-444": _STATUTE_ENTRY, "hs-481": _SCHEDULE_ENTRY}
    for name, entry in entries.items():
        own = name == kind.document
        text += entry + (kind.keys if own else f'url = "https://{OTHER}{_AT[name]}"') + "\n"
    if kind.document == "register":
        text += _FEED_ENTRY + kind.keys + "\n"
    return text + TEXAS[TEXAS.index("[[instruments]]") :]


def louisiana() -> str:
    """A second jurisdiction, which must not notice anything."""
    head, rest = TEXAS.split("[[documents]]", 1)[0], TEXAS[TEXAS.index("[[instruments]]") :]
    entry = _SCHEDULE_ENTRY + f'url = "https://{THIRD}/HS.481.htm"\n\n'
    text = head + entry + rest.replace('document = "hs-444"', 'document = "hs-481"')
    return text.replace("US-TX", "US-LA")


def elsewhere() -> dict[str, tuple[str, bytes]]:
    """The good pages of the hosts that are not the victim's, by host and path."""
    pages = {"/HS.444.htm": _STATUTE_PAGE, "/HS.481.htm": (HTML, schedule_html(NAMES).encode())}
    return {host + path: page for host in (OTHER, THIRD) for path, page in pages.items()}
