"""Changes that official pages see every week and that say nothing new: these must renew."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace

from tests.proof.case import HTML, JSON, PDF, TEXT, XML, Case, Law, cases
from tests.proof.laws import act, names_of, schedule, with_entry, with_names
from tests.proof.prints import pdf

_NAV = '<li><a href="/search">Search</a></li>'
_MAIN = '<main id="content">'
_FOOT = "<footer><p>"
Change = Callable[[Law], "str | bytes"]


def _swap(old: str, new: str) -> Change:
    return lambda law: law.with_((old, new))


def _every(old: str, new: str) -> Change:
    def change(law: Law) -> str:
        made = law.page.replace(old, new)
        if made == law.page:
            raise ValueError(f"the page does not say {old!r}")
        return made

    return change


def _sub(pattern: str, new: str) -> Change:
    def change(law: Law) -> str:
        made = re.sub(pattern, new, law.page)
        if made == law.page:
            raise ValueError(f"{pattern!r} changes nothing")
        return made

    return change


FRAME: dict[str, Change] = {
    "a new entry of the menu": _swap(_NAV, _NAV + '<li><a href="/new">What is new</a></li>'),
    "a menu of fifty entries": _swap(_NAV, _NAV + "".join(
        f'<li><a href="/code/{n}">Chapter {n}</a></li>' for n in range(400, 450))),
    "an entry of the menu gone": _swap(_NAV, ""),
    "the menu moved below the text": lambda law: _moved(law, r"<nav.*?</nav>\n", "</main>\n"),
    "links to other languages": _swap("</header>", "<ul class='lang'><li><a hreflang='es' href='/es'>Español</a></li>"
                                      "<li><a hreflang='zh' href='/zh'>中文</a></li></ul></header>"),
    "a cookie banner": _swap('<body class="law">', '<body class="law"><div id="cookies"><p>We use cookies. '
                             '<button>Accept</button></p></div>'),
    "a cookie dialog": _swap("</footer>", "</footer><dialog open><p>This site uses cookies to count its visits.</p>"
                             "<button>Accept all</button><button>Reject</button></dialog>"),
    "a link to skip to the text": _swap('<body class="law">', '<body class="law"><a class="sr-only" href="#content">Skip to content</a>'),
    "buttons to print and share": _swap("</h1>", "</h1>\n<div class='tools'><button>Print</button><button>Share</button>"
                                        "<a href='?pdf'>PDF</a></div>"),
    "another footer": _swap(_FOOT, "<footer><p>Contact: 1 Capitol Square. <a href='/privacy'>Privacy</a></p><p>"),
    "a new year in the footer": _swap("© 2026", "© 2027"),
    "the date of today": _swap("</header>", "<p>Tuesday, November 24, 2026</p></header>"),
    "a page that says when it was made": _swap("</footer>", "<p>Page generated 2026-11-23 04:12:09 in 0.021 s</p></footer>"),
    "last updated yesterday": _swap("</footer>", "<p>Last updated: November 22, 2026</p></footer>"),
    "current through this session": _swap("</footer>", "<p>Current through the 2026 Regular Session.</p></footer>"),
    "a count of visitors": _swap("</footer>", "<p>Visitors: 1,204,331</p></footer>"),
    "a token against forgery": _swap("</main>", "<form><input type='hidden' name='csrf' value='9f2e77aa01'></form></main>"),
    "a view state": _swap(_MAIN, "<input type='hidden' name='__VIEWSTATE' value='/wEPDwUKMTY1NDU2MTA1MmRk'>" + _MAIN),
    "a nonce of scripts": _swap("<script>", '<script nonce="r4nd0m77">'),
    "a new script": _swap("</head>", "<script src='/js/site.8f3a.js' defer></script><script>track('view', 81);</script></head>"),
    "a script in the text": _swap("</h1>", "</h1><script>var build = '77ab'; init({lang: 'en'});</script>"),
    "structured data of the office": _swap("</head>", '<script type="application/ld+json">{"@type": '
                                           '"GovernmentOrganization", "name": "Office of the Revisor"}</script></head>'),
    "a new style sheet": _swap("/s.css", "/s.91c.css"),
    "styles within the page": _swap("</head>", "<style>p { margin: 0 } .law { max-width: 60em }</style></head>"),
    "another description": _swap('<meta name="description" content="', '<meta name="description" content="Official: '),
    "pictures of the office": _swap("</header>", "<img src='/seal.png' alt='Seal of the state'></header>"),
    "an icon": _swap("</head>", "<link rel='icon' href='/favicon.ico'></head>"),
    "a form to search": _swap("</header>", "<form role='search'><input placeholder='Search the code'><button>Go"
                              "</button></form></header>"),
    "a form to log in": _swap("</header>", "<a href='/login'>Sign in</a></header>"),
    "news beside the text": _swap("</main>", "</main>\n<aside><h3>News</h3><p>The office is closed on Thursday.</p></aside>"),
    "a survey": _swap("</footer>", "</footer><div class='survey'><p>Was this page helpful?</p><button>Yes</button></div>"),
    "a path of the site": _swap(_MAIN, "<nav aria-label='Breadcrumb'><a href='/'>Home</a> › <a href='/code'>Code</a></nav>\n" + _MAIN),
    "links to the chapters before and after": _swap("</main>", "<p class='nav'><a href='480'>‹ Chapter 480</a> "
                                                   "<a href='482'>Chapter 482 ›</a></p></main>"),
    "a note on translation": _swap("</footer>", "<p>Pages are translated by a machine.</p></footer>"),
    "other classes": _every("<p>", '<p class="txt-2b">'),
    "ids at every paragraph": _sub(r"<p>", '<p id="p-x">'),
    "other names of classes": _every('class="menu"', 'class="nav-v2 menu--wide" data-react="1"'),
    "attributes in another order": _swap('<meta name="description" content="', '<meta data-x="1" name="description" content="'),
    "tags in capitals": lambda law: re.sub(r"</?[a-z0-9]+", lambda m: m[0].upper(), law.page),
    "minified": lambda law: re.sub(r">\s+<", "><", law.page),
    "indented": lambda law: re.sub(r"\n", "\n      ", law.page),
    "blank lines between all": lambda law: law.page.replace("\n", "\n\n\n"),
    "other line ends": lambda law: law.page.replace("\n", "\r\n").encode(),
    "comments of the system": _every("</h1>", "</h1><!-- rendered by node 7 -->"),
    "wrapped in more boxes": lambda law: law.with_((_MAIN, _MAIN + '<div class="row"><div class="col">'),
                                                   ("</main>", "</div></div></main>")),
    "main as a box": lambda law: law.with_((_MAIN, '<div id="content" role="main">'), ("</main>", "</div>")),
    "article in the main part": lambda law: law.with_((_MAIN, _MAIN + "<article>"), ("</main>", "</article></main>")),
    "a mark of byte order": lambda law: b"\xef\xbb\xbf" + law.page.encode(),
    "UTF-16": lambda law: law.page.replace("utf-8", "utf-16").encode("utf-16"),
    "no document type": _swap("<!DOCTYPE html>\n", ""),
    "XHTML": lambda law: law.page.replace("<!DOCTYPE html>", '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>')
                             .replace("<html ", '<html xmlns="http://www.w3.org/1999/xhtml" '),
    "a frame of maps": _swap("</footer>", "</footer><iframe src='https://maps.example/office' title='Map'></iframe>"),
    "a link to the print edition": _swap("</h1>", "</h1>\n<p><a href='/481.pdf'>PDF of this chapter</a></p>"),
    "a box of help": _swap("</header>", "<details><summary>Help</summary><p>How to cite this code.</p></details></header>"),
    "an alert of weather": _swap('<body class="law">', '<body class="law"><div role="alert">Offices close at noon today '
                                 'because of snow.</div>'),
    "a link of the menu to its archive": _swap(_NAV, _NAV + '<li><a href="https://web.archive.org/web/2016/http://x/code">'
                                         'Archived site</a></li>'),
    "a reference to an archived paper": _swap("</main>", "<p>Source: <a href='https://web.archive.org/web/20160303101244/"
                                              "https://x/paper.pdf'>Report of 2016</a></p></main>"),
    "last updated this year, in another place than the notice of rights": _swap("</footer>", "<p>First published 2009. "
                                                                               "Last updated: 2026-11-20</p></footer>"),
    "a day from which it is valid": _swap("</head>", "<meta name='DCTERMS.valid' content='start=2009-01-01'>"
                                          "<meta name='DC.date' content='2009-01-01'></head>"),
    "an event that is over": _swap("</head>", '<script type="application/ld+json">{"@type": "Event", "name": "Hearing", '
                                   '"expires": "2014-05-31"}</script></head>'),
    "a style that mirrors arrows": _swap("</head>", "<style>.next{transform:scaleX(-1)} .menu{flex-direction:row-reverse}"
                                   "</style></head>"),
    "a new host of its files": _swap('href="/s.css"', 'href="https://cdn.example.gov/s.css"'),
}  # fmt: skip
TYPOGRAPHY: dict[str, Change] = {
    "no-break spaces": lambda law: law.page.replace(" of ", "\u00a0of\u00a0"),
    "curly quotation marks as entities": lambda law: law.page.replace("“", "&ldquo;").replace("”", "&rdquo;").replace("©", "&copy;"),
    "signs as numbers": lambda law: law.page.replace("§", "&#167;").replace("(", "&#40;"),
    "lines reflowed": lambda law: re.sub(r" (of|the|and) ", r"\n\1 ", law.page),
    "double spaces": lambda law: law.page.replace(". ", ".  "),
    "soft hyphens in long words": lambda law: law.page.replace("controlled", "con&shy;trolled").replace("distribute", "dis&shy;tribute"),
    "italics": lambda law: re.sub(r"\b(shall|following)\b", r"<i>\1</i>", law.page),
    "anchors in headings": lambda law: re.sub(r"<(h[12])>", r'<\1><a name="x"></a>', law.page),
    "headings one step lower": lambda law: law.page.replace("h2>", "h3>"),
    "bold headings": lambda law: re.sub(r"<h2>(.*?)</h2>", r"<h2><b>\1</b></h2>", law.page),
}  # fmt: skip


def _moved(law: Law, pattern: str, behind: str) -> str:
    found = re.search(pattern, law.page, re.DOTALL)
    assert found
    return law.page.replace(found[0], "").replace(behind, behind + found[0])


OTHER_DRUGS = (
    "Brorphine", "Etazene", "Metonitazene", "Protonitazene", "2C-B-FLY", "Tianeptine", "Xylazine",
    "Para-fluorofentanyl", "Methoxetamine", "Bromazolam", "Carfentanil", "Nitazene analogues",
)  # fmt: skip


def _lists():
    for number, name in enumerate(OTHER_DRUGS):
        form = ("p", "li", "table", "xml", "json", "text", "pdf", "ol", "dl")[number % 9]
        law = schedule("en" if number % 3 else "de", form)
        at = (0, None, len(names_of(law.parts["lang"])))[number % 3]
        yield (
            f"entry for {name} ({form}, {('first', 'middle', 'last')[number % 3]})",
            law,
            with_entry(law, name, at),
        )
    for form in ("p", "table", "xml", "json", "text", "pdf"):
        law = schedule("en", form)
        names = names_of("en")
        yield (
            f"two entries in their alphabetical places ({form})",
            law,
            with_names(law, sorted([*names, "Brorphine", "Metonitazene"])),
        )
        yield (
            f"an entry spelt better ({form})",
            law,
            with_names(law, [name.replace("Marihuana", "Marijuana") for name in names]),
        )
        yield (
            f"an entry with its other names ({form})",
            law,
            with_names(
                law,
                [
                    name.replace("Bufotenine", "Bufotenine (5-hydroxy-dimethyltryptamine; mappine)")
                    for name in names
                ],
            ),
        )
        yield (
            f"an entry deleted ({form})",
            law,
            with_names(law, [n for n in names if n != "Furethidine"]),
        )
    law = schedule("en", "p")
    yield "entries renumbered from (1) to 1.", law, re.sub(r"<p>\((\d+)\) ", r"<p>\1. ", law.page)
    yield (
        "entries renumbered by letters",
        law,
        re.sub(r"<p>\((\d+)\) ", lambda m: f"<p>({chr(96 + (int(m[1]) - 1) % 26 + 1)}) ", law.page),
    )
    yield "numbers dropped", law, re.sub(r"<p>\(\d+\) ", "<p>", law.page)
    yield (
        "codes beside some entries",
        law,
        re.sub(r"\((\d)\) (.*?);", r"(\1) \2 ... 973\1;", law.page, count=2),
    )
    yield "the list as a table", law, schedule("en", "table").page
    yield "the list as a list", law, schedule("en", "li").page
    yield (
        "a history note",
        law,
        law.with_(
            ("\n</main>", "\n<p class='history'>History: 1971 c. 12; 2026 c. 4.</p>\n</main>")
        ),
    )
    yield (
        "a note on another entry",
        law,
        law.with_(
            (
                "\n</main>",
                "\n<p>Note: Peyote used in ceremonies is dealt with in § 481.111.</p>\n</main>",
            )
        ),
    )
    yield (
        "the last sentence amended",
        law,
        law.with_(
            ("publish this schedule in the register", "publish this schedule on its website")
        ),
    )
    yield "entries struck for another drug", law, law.with_(("Furethidine;", "[Repealed];"))
    for form, old, new in (
        ("li", "Furethidine", "[Reserved]"),
        ("table", "Ketobemidone", "[Deleted]"),
        ("text", "Ketobemidone", "[Repealed by Order 12 of 2026]"),
        ("pdf", "Hydroxypethidine", "[Repealed]"),
        ("xml", "Furethidine", "[Reserved]"),
    ):
        law = schedule("en", form)
        yield f"an entry struck for another drug ({form})", law, law.with_((old, new))
    law = schedule("en", "p")
    yield (
        "two entries struck for other drugs",
        law,
        law.with_(("Furethidine;", "[Repealed];"), ("Ketobemidone;", "[Repealed];")),
    )
    for style, between in (("p", "; "), ("dl", " (an opioid) ")):
        made = schedule("en", style, listed=True)
        joined = (
            between.join((*names_of("en")[:12], "Mitragynine", *names_of("en")[12:24])) + between
        )
        end = "<p>The board shall publish"
        listed = replace(made, page=made.with_((end, f"<p>{joined}</p>\n{end}")))
        yield (
            f"kratom listed: an entry for another drug in one paragraph{between.rstrip()}",
            listed,
            listed.with_(
                (
                    f"{names_of('en')[11]}{between}M",
                    f"{names_of('en')[11]}{between}Brorphine{between}M",
                )
            ),
        )
    for lang in ("fr", "es", "it", "pl", "sv", "ru", "ja", "th", "tr", "el", "cs", "pt"):
        law = schedule(lang, "li")
        yield f"{lang}: entry for another drug", law, with_entry(law, "Brorphine")
        yield f"{lang}: date in the footer", law, law.with_(("© 2026", "23.11.2026 © 2026"))
    listed = schedule("en", "li", listed=True)
    yield (
        "kratom listed: an entry for another drug",
        listed,
        listed.with_(("<li>Furethidine</li>", "<li>Furanylfentanyl</li><li>Furethidine</li>")),
    )
    yield "kratom listed: menu", listed, listed.with_((_NAV, _NAV + "<li>Forms</li>"))
    yield "kratom listed: other line breaks", listed, listed.page.replace("<li>", "<li>\n  ")
    yield "kratom listed: classes", listed, listed.page.replace("<li>", '<li class="entry">')
    listed = schedule("en", "p", listed=True)
    yield (
        "kratom listed: renumbered",
        listed,
        re.sub(r"\((\d+)\)", lambda m: f"({int(m[1]) + 1})", listed.page),
    )
    yield "kratom listed: footer", listed, listed.with_((_FOOT, "<footer><p>Phone 555-0100</p><p>"))
    listed = schedule("en", "xml", listed=True)
    yield (
        "kratom listed: another drug in XML",
        listed,
        listed.with_(
            ("<item>Furethidine</item>", "<item>Furanylfentanyl</item><item>Furethidine</item>")
        ),
    )


def _acts():
    law = act("en")
    yield (
        "act: records are kept for three years",
        law,
        law.with_(("for two years", "for three years")),
    )
    yield (
        "act: another section on inspections",
        law,
        law.with_(
            (
                "\n</main>",
                "\n<h2>§ 444.006. Rules</h2>\n<p>The department may adopt rules for the form of applications.</p>\n</main>",
            )
        ),
    )
    yield (
        "act: a history note",
        law,
        law.with_(("\n</main>", "\n<p>Source: L. 2020, c. 44; L. 2024, c. 9.</p>\n</main>")),
    )
    yield (
        "act: a cross reference",
        law,
        law.with_(("\n</main>", "\n<p>Cross references: food safety, § 431.002.</p>\n</main>")),
    )
    yield (
        "act: links in the text",
        law,
        law.with_(("§ 444.002. Label", "<a href='#2'>§ 444.002.</a> Label")),
    )
    yield (
        "act: sections as articles",
        law,
        law.page.replace("<h2>", "<section><h2>").replace("</p>\n<h2>", "</p></section>\n<h2>"),
    )
    for lang in ("de", "fr", "es", "it", "pt", "pl", "cs", "sv", "ru", "th"):
        law = act(lang)
        yield (
            f"act {lang}: menu and date",
            law,
            law.with_((_NAV, _NAV + "<li>+</li>"), ("© 2026", "2026-11-23 © 2026")),
        )
    for form, change in {
        XML: ("</act>", "<note>Printed by the office</note></act>"),
        TEXT: (
            "Chapter 444. Kratom products",
            "Chapter 444. Kratom products\n\nPrinted 2026-11-23",
        ),
        PDF: ("Chapter 444. Kratom products", "Chapter 444. Kratom products\n\nPrinted 2026-11-23"),
    }.items():
        law = act("en", form)
        yield f"act {form}: a line of print", law, law.with_(change)


def _data():
    law = schedule("en", "xml")
    yield (
        "XML: another declaration",
        law,
        law.with_(
            (
                '<?xml version="1.0" encoding="UTF-8"?>',
                "<?xml version='1.0' encoding='utf-8' standalone='yes'?>",
            )
        ),
    )
    yield "XML: no declaration", law, law.with_(('<?xml version="1.0" encoding="UTF-8"?>\n', ""))
    yield "XML: UTF-16", law, law.page.replace("UTF-8", "UTF-16").encode("utf-16")
    yield (
        "XML: prefixes of a namespace",
        law,
        re.sub(r"<(/?)(\w)", r"<\1r:\2", law.page).replace("<r:act", '<r:act xmlns:r="urn:law"', 1),
    )
    yield "XML: a default namespace", law, law.with_(("<act", '<act xmlns="urn:law:2"'))
    yield "XML: ids", law, re.sub("<item>", '<item id="i1">', law.page)
    yield (
        "XML: attributes of a system",
        law,
        law.with_(("<act", '<act generated="2026-11-23T04:00:00Z" build="77"')),
    )
    yield "XML: minified", law, re.sub(r">\s+<", "><", law.page)
    yield (
        "XML: indented",
        law,
        law.page.replace("<item>", "\n      <item>\n        ").replace(
            "</item>", "\n      </item>"
        ),
    )
    yield (
        "XML: a comment",
        law,
        law.with_(("<act", "<!-- exported by the gazette, run 81 -->\n<act")),
    )
    yield (
        "XML: a style sheet",
        law,
        law.with_(("<act", '<?xml-stylesheet href="a.xsl" type="text/xsl"?>\n<act')),
    )
    yield "XML: letters as references", law, law.page.replace("Heroin", "&#72;eroin")
    yield (
        "XML: metadata",
        law,
        law.with_(
            (
                "<title>",
                "<meta><publisher>Gazette</publisher><date>2026-11-23</date></meta>\n<title>",
            )
        ),
    )
    api = schedule("en", "json")
    data = json.loads(api.page)
    yield "JSON: keys sorted", api, json.dumps(data, sort_keys=True)
    yield "JSON: no spaces", api, json.dumps(data, separators=(",", ":"))
    yield "JSON: indented by tabs", api, json.dumps(data, indent="\t")
    yield "JSON: letters escaped", api, api.page.replace("Heroin", "\\u0048eroin")
    yield "JSON: a new field", api, json.dumps({**data, "requestId": "a81-77", "took": 12})
    yield "JSON: a time", api, json.dumps({"generated": "2026-11-23T04:00:00Z", **data})
    yield "JSON: links", api, json.dumps({**data, "_links": {"self": {"href": "/api/481"}}})
    yield (
        "JSON: no errors",
        api,
        json.dumps({**data, "errors": [], "hasMore": False, "next": None, "truncated": False}),
    )
    yield (
        "JSON: its whole count",
        api,
        json.dumps({**data, "totalCount": len(names_of("en")), "pages": 1, "page": 1}),
    )
    yield (
        "JSON: in force",
        api,
        json.dumps({**data, "status": "in force", "isCurrent": True, "repealed": False}),
    )
    yield (
        "JSON: a field of each entry",
        api,
        json.dumps(
            {
                **data,
                "schedule": {
                    **data["schedule"],
                    "substances": [
                        {**row, "id": f"s{row['number']}", "sort": row["number"] * 10}
                        for row in data["schedule"]["substances"]
                    ],
                },
            }
        ),
    )
    for form in ("xml", "json"):
        law = schedule("ru", form)
        yield f"{form}: another drug in Russian", law, with_entry(law, "Брорфин")
    law = schedule("en", "text")
    yield "text: other line ends", law, law.page.replace("\n", "\r\n").encode()
    yield "text: other indents", law, law.page.replace("\n  ", "\n      ")
    yield "text: blank lines", law, law.page.replace("\n  ", "\n\n  ")
    yield "text: a date of print", law, law.page + "\nPrinted 2026-11-23\n"
    law = schedule("en", "pdf")
    yield "PDF: compressed", law, pdf(law.page, compress=True)
    yield "PDF: another font", law, pdf(law.page, font="Times-Roman")
    yield (
        "PDF: another producer",
        law,
        pdf(law.page, info="/Producer (LibreOffice 24.2) /CreationDate (D:20261123040000Z)"),
    )
    yield (
        "PDF: a subject",
        law,
        pdf(law.page, info="/Subject (Controlled substances) /Keywords (law)"),
    )
    yield (
        "PDF: a note of the press",
        law,
        pdf(
            law.page,
            page="/Annots [{0}]",
            more=(
                b"<< /Type /Annot /Subtype /Text /Rect [60 40 400 60] /Name /Comment "
                b"/Contents (Checked against the register on 3 May 2026) >>",
            ),
        ),
    )
    yield "PDF: a title", law, pdf(law.page, info="/Title (Chapter 481) /Author (Office)")
    yield (
        "PDF: a link to the office",
        law,
        pdf(
            law.page,
            page="/Annots [{0}]",
            more=(
                b"<< /Type /Annot /Subtype /Link /Rect [60 40 400 60] /A << /S /URI /URI (https://law.example.gov) >> >>",
            ),
        ),
    )
    yield (
        "PDF: bookmarks",
        law,
        pdf(
            law.page,
            catalog="/Outlines {0}",
            more=(
                b"<< /Type /Outlines /First 11 0 R /Last 11 0 R /Count 1 >>",
                b"<< /Title (Schedule I) /Parent 10 0 R >>",
            ),
        ),
    )
    yield "PDF: other page breaks", law, law.page.replace("\f", "").replace("(12)", "\f(12)")
    yield (
        "PDF: numbers of pages",
        law,
        law.page.replace("\f", "\nPage 1 of 2\n\f") + "\nPage 2 of 2\n",
    )
    yield "PDF: a running head", law, law.page.replace("\f", "\fOffice of the Revisor\n\n")
    law = act("en", PDF)
    yield "PDF act: compressed", law, pdf(law.page, compress=True)
    yield (
        "PDF act: lines reflowed",
        law,
        re.sub(r"(?<=[a-z])\n(?=[a-z])", " ", law.page).replace(" the ", "\nthe "),
    )


def _all() -> tuple[Case, ...]:
    rows: list[tuple[str, Law, str | bytes]] = []
    for number, (name, change) in enumerate(FRAME.items()):
        law = (schedule("en", "p"), act("en"), schedule("en", "li"), schedule("de", "table"))[
            number % 4
        ]
        rows.append((f"frame: {name}", law, change(law)))
    for name, change in TYPOGRAPHY.items():
        law = act("en") if name.startswith(("curly", "double", "soft")) else schedule("en", "p")
        rows.append((f"typography: {name}", law, change(law)))
    # All that can change around a text at once, in languages and kinds of law.
    for lang, law in {
        "sv": schedule("sv", "p"),
        "fr": act("fr"),
        "it": schedule("it", "li", listed=True),
        "ko": schedule("ko", "li"),
        "ar": schedule("ar", "p"),
    }.items():
        made = law.with_(
            (_NAV, _NAV + "<li>+</li>"),
            ("© 2026", "© 2027"),
            ("</head>", "<script>x=1</script></head>"),
        )
        rows.append((f"frame: all at once ({lang})", law, made))
    for form in ("p", "li", "xml", "json", "text", "pdf"):
        law = schedule("en", form)
        rows.append((f"nothing at all ({form})", law, law.page))
    rows += [*_lists(), *_acts(), *_data()]
    return cases("harmless", rows, good=True)


CASES = _all()
__all__ = ["CASES", "HTML", "JSON"]
