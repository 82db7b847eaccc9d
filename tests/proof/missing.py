"""Lists that are not whole: replaced, cut, paged, thinned, lost in the middle."""

from __future__ import annotations

import json

from tests.proof.case import Case, cases
from tests.proof.laws import (
    frame,
    html_items,
    json_data,
    list_page,
    names_of,
    schedule,
    with_names,
)
from tests.proof.words import LISTS

EN = LISTS["en"]
NAMES = names_of("en")
_END = "<p>The board shall publish"
_CONTROLS = ", ".join(EN["controls"])


def _page(inner: str) -> str:
    return frame("en", EN["title"], f"<h1>{EN['title']}</h1>\n<h2>{EN['heading']}</h2>\n{inner}")


REPLACED = {
    "one sentence that names the controls":
        f"<p>Schedule I contains {_CONTROLS} and other substances. See the printed edition.</p>",
    "a summary": "<p>Schedule I lists substances with a high potential for abuse, for example "
                 f"{_CONTROLS}. The full list can be had from the board.</p>",
    "links to four substances": "<ul>" + "".join(
        f"<li><a href='/s/{name.lower()}'>{name}</a></li>" for name in EN["controls"]) + "</ul>",
    "a table of penalties": "<table>" + "".join(
        f"<tr><td>{name}</td><td>felony</td></tr>" for name in EN["controls"]) + "</table>",
    "search results": "<p>4 results for “schedule”</p><ol>" + "".join(
        f"<li>… {name} … Schedule I …</li>" for name in EN["controls"]) + "</ol>",
    "a form to search the list": "<form><label>Substance</label><input><button>Search</button></form>"
                                 f"<p>Popular: {_CONTROLS}</p>",
    "a history of amendments": "".join(
        f"<p>{name} was added by Laws 19{60 + n}, chapter {n}.</p>"
        for n, name in enumerate(EN["controls"])),
    "a news item": f"<p>The board met on Monday. It kept {_CONTROLS} in Schedule I.</p>",
    "frequently asked questions": f"<h3>What is in Schedule I?</h3><p>{_CONTROLS}, and more.</p>",
    "the menu alone": f"<ul class='menu'>{''.join(f'<li>{n}</li>' for n in EN['controls'])}</ul>",
    "a notice that it moved": f"<p>This list ({_CONTROLS} …) is now kept by the pharmacy board.</p>",
    "a picture of the list": f"<img src='list.png' alt='Table with {_CONTROLS}'>",
    "a link to a file": f"<p>{_CONTROLS}: <a href='list.pdf'>download the list (PDF)</a></p>",
    "headings without entries": "".join(f"<h3>{name}</h3>" for name in EN["controls"]),
    "loading signs": f"<p>{_CONTROLS}</p><div class='spinner'>Loading…</div>",
    "an error in its midst": f"<p>{_CONTROLS}</p><p>An error occurred while the list was loaded.</p>",
    "an index by letters": "<p>A B C D E F G H I J K L M N O P</p>" + html_items(list(EN["controls"]), "li"),
    "another section that names them": "<h2>§ 481.120. Exceptions</h2><p>The penalties for "
        f"{_CONTROLS} do not apply to a laboratory that is registered with the board.</p>",
}  # fmt: skip
ADDED = {
    "show more": "<button>Show more</button>",
    "load all entries": "<a class='btn' href='?all=1'>Show all 84 entries</a>",
    "next page": "<a rel='next' href='?page=2'>Next »</a>",
    "page 1 of 7": "<div class='pager'>Page 1 of 7</div>",
    "1 to 38 of 214": "<p>Showing 1 to 38 of 214 entries</p>",
    "numbers of pages": "<nav class='pagination'><a>1</a><a href='?p=2'>2</a><a href='?p=3'>3</a></nav>",
    "loading": "<div>Loading more results…</div>",
    "please wait": "<p>Please wait while the rest of this document is loaded.</p>",
    "cut off": "<p>[… document truncated …]</p>",
    "truncated in print": "<p>*** OUTPUT TRUNCATED ***</p>",
    "continued": "<p>(continued on the next page)</p>",
    "too long": "<p>This document is too long to be shown in full.</p>",
    "an error": "<p class='error'>Error: the remaining entries could not be retrieved.</p>",
    "a server error": "<p>Internal Server Error</p>",
    "a time-out": "<p>Query timed out; results may be incomplete.</p>",
    "an exception": "<pre>java.lang.NullPointerException at gov.list.Render</pre>",
    "a warning of PHP": "<b>Warning</b>: mysqli_fetch_array() expects parameter 1 in /var/www/list.php",
    "a fatal error of PHP": "<b>Fatal error</b>: Uncaught PDOException in /srv/list.php on line 81",
    "a notice of PHP": "<p>Notice: Undefined index: substances in list.inc</p>",
    "an error of a database": "<p>ORA-01555: snapshot too old</p>",
    "a trace of Python": "<pre>Traceback (most recent call last): File list.py</pre>",
    "a trace of Java": "<pre>at gov.list.Render.rows(Render.java:118)</pre>",
    "preview": "<p>You are viewing a preview. Sign in to see the full text.</p>",
    "excerpt": "<p>This is an excerpt. The full schedule is published in print only.</p>",
    "selected entries": "<p>Only selected entries are shown here.</p>",
    "filtered": "<p>Filter active: opiates. 38 of 120 substances shown.</p>",
    "mehr anzeigen": "<button>Mehr anzeigen</button>",
    "Seite 1 von 5": "<p>Seite 1 von 5</p>",
    "page suivante": "<a href='?p=2'>Page suivante</a>",
    "ver más": "<button>Ver más</button>",
    "следующая страница": "<a href='?p=2'>Следующая страница</a>",
    "次へ": "<a href='?p=2'>次へ</a>",
}  # fmt: skip


def _thinned(law_form: str) -> dict[str, list[str]]:
    keep = set(EN["controls"])
    must = lambda names: [n for n in NAMES if n in keep or n in names]  # noqa: E731
    return {
        "the controls alone": must(set()),
        "every second entry": must(set(NAMES[::2])),
        "every third entry": must(set(NAMES[::3])),
        "the first half, and the last control": must(set(NAMES[:19])),
        "the middle lost": must(set(NAMES[:9]) | set(NAMES[-5:])),
        "a tenth lost around the middle": must(set(NAMES[:17] + NAMES[22:])),
        "a fifth lost between two controls": must(set(NAMES[:23] + NAMES[31:])),
        "the end lost after the last control": must(set(NAMES[:34])),
        "the beginning lost": must(set(NAMES[8:])),
        "the letters K to M lost": [n for n in NAMES if n in keep or n[0] not in "KLM"],
        "a control lost": [n for n in NAMES if n != "Mescaline"],
    }


def _all() -> tuple[Case, ...]:
    rows = []
    law = schedule("en", "p")
    rows += [(f"replaced: {name}", law, _page(inner)) for name, inner in REPLACED.items()]
    for number, (name, piece) in enumerate(ADDED.items()):
        one = schedule("en", ("p", "li", "table")[number % 3])
        rows.append((f"beside the list: {name}", one, one.with_((_END, f"{piece}\n{_END}"))))
    for form in ("p", "li", "xml", "json", "text", "pdf"):
        one = schedule("en", form)
        for number, (name, names) in enumerate(_thinned(form).items()):
            if form in {"p", "xml"} or number % 3 == len(form) % 3:
                rows.append((f"{name} ({form})", one, with_names(one, names)))
    # The enumeration says that entries are missing.
    gaps = enumerate(NAMES, 1)
    holed = "\n".join(f"<p>({n}) {name};</p>" for n, name in gaps if n not in {21, 24, 28, 29})
    rows.append(
        (
            "holes in the numbers",
            law,
            list_page(EN, NAMES, "p").replace(html_items(NAMES, "p"), holed),
        )
    )
    # Regions under headings of their own.
    two = (
        "<h3>(a) Opiates</h3>\n"
        + html_items(NAMES[:19], "p")
        + "\n<h3>(b) Hallucinogens</h3>\n"
        + html_items(NAMES[19:], "p")
    )
    regions = schedule("en", "p")
    whole = regions.page.replace(html_items(NAMES, "p"), two)
    base = type(regions)(regions.entry, regions.period, regions.form, whole, regions.parts)
    folded = "<h3>(b) Hallucinogens</h3>\n<p>" + ", ".join(NAMES[20:24] + NAMES[30:34])
    lost = two.partition("<h3>(b)")[0] + folded + " and others (see the printed edition).</p>"
    rows += [
        ("a region became a sentence", base, base.page.replace(two, lost)),
        (
            "a region is empty, its names in a note",
            base,
            base.page.replace(
                two,
                two.partition("<h3>(b)")[0] + "<h3>(b) Hallucinogens</h3>\n<p class='note'>Note: "
                f"{', '.join(EN['controls'])} are dealt with in § 481.200.</p>",
            ),
        ),
    ]
    # What interfaces say of their own answer.
    api = schedule("en", "json")
    data = json_data(EN, NAMES)
    extras = {
        "totalCount": {"totalCount": 214}, "total and limit": {"total": 96, "limit": 38, "offset": 0},
        "truncated": {"truncated": True}, "hasMore": {"hasMore": True},
        "next": {"next": "/api/schedule?page=2"}, "pages": {"page": 1, "pages": 6},
        "errors": {"errors": [{"message": "upstream timed out"}]},
        "partial": {"status": "partial"}, "message": {"message": "results may be incomplete"},
        "warnings": {"warnings": ["the answer was cut at 38 rows"]},
        "isLastPage": {"isLastPage": False}, "cursor": {"nextCursor": "b2Zmc2V0OjM4"},
        "note": {"note": "Not all substances could be loaded."},
        "info": {"info": {"text": "The list is incomplete."}},
        "remark": {"remarks": ["38 rows; further rows were omitted", "Some records were omitted."]},
    }  # fmt: skip
    rows += [
        (f"interface: {name}", api, json.dumps({**data, **extra}, indent=1))
        for name, extra in extras.items()
    ]
    return cases("missing", rows)


CASES = _all()
