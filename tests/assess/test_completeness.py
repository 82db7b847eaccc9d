"""A list proves that it is whole, also when it is read for the first time; a cut one verifies nothing."""

import json
from datetime import UTC, date, datetime

import pytest

from regstatus.assess.completeness import entries
from regstatus.extract import extract
from regstatus.model.document import Document
from regstatus.model.text import Page
from regstatus.model.words import Format, Outcome
from regstatus.pipeline.page_reader.read_page import read_page

DAY = date(2026, 11, 22)
NAMES = (
    "Acetorphine", "Allylprodine", "Benzethidine", "Bufotenine", "Clonitazene", "Codoxime",
    "Desomorphine", "Dextromoramide", "Diethyltryptamine", "Difenoxin", "Etonitazene", "Etorphine",
    "Furethidine", "Heroin", "Hydromorphinol", "Ibogaine", "Ketobemidone", "Levomoramide",
    "Marihuana", "Mescaline", "Methaqualone", "Morpheridine", "Myrophine", "Nicocodeine",
    "Normethadone", "Parahexyl", "Peyote", "Phenadoxone", "Pholcodine", "Piritramide",
    "Properidine", "Psilocybin", "Psilocyn", "Racemoramide", "Thebacon", "Tilidine",
)  # fmt: skip
CONTROLS = ("Heroin", "Mescaline", "Psilocybin")
PAGE = (
    "<!doctype html><html lang=en><head><title>Schedule I</title>{head}</head><body>{above}<h1>Schedule I"
    "</h1><p>Schedule I holds the following controlled substances:</p>{rows}{below}</body></html>"
)


def document(**more):
    return Document.model_validate(
        {
            "id": "schedule", "title": "Schedule I", "publisher": "Board", "reads": "schedule",
            "url": "https://law.example.gov/schedule", "url_basis": "seen", "complete": True,
            "controls": CONTROLS, "shows": {"leaf": "silent"}, **more,
        }
    )  # fmt: skip


def read(body, kind="text/html; charset=utf-8", **more):
    body = body if isinstance(body, bytes) else body.encode()
    form = next((one for one in Format if one.value in kind), Format.TEXT)
    source = document(format=form, **more)
    page = Page(
        url=source.url, final_url=source.url, outcome=Outcome.OK, status=200, body=body, format=form,
        headers=(("content-type", kind),), fetched_at=datetime(2026, 11, 22, 12, tzinfo=UTC),
    )  # fmt: skip
    return read_page(source, page, DAY)


def rows(names=NAMES, form="<p>({n}) {name};</p>", first=1):
    return "".join(form.format(n=n, name=name) for n, name in enumerate(names, first))


def page(names=NAMES, form="<p>({n}) {name};</p>", head="", above="", below="", first=1):
    return PAGE.format(head=head, above=above, rows=rows(names, form, first), below=below)


def trusted(reading):
    return reading.finding is not None and not reading.doubts


SHAPES = {
    "paragraphs": page(),
    "letters and stops": page(form="<p>{n}. {name}.</p>"),
    "items": page(form="<li>{name}</li>"),
    "numbered by markup": PAGE.format(head="", above="", below="", rows=f"<ol>{rows(form='<li>{name}')}</ol>"),
    "table": PAGE.format(
        head="", above="", below="",
        rows=f"<table>{rows(form='<tr><td>{n}</td><td>{name}</td><td>92{n:02}</td></tr>')}</table>",
    ),
    "table of one column": PAGE.format(
        head="", above="", below="", rows=f"<table>{rows(form='<tr><td>{name}</td></tr>')}</table>"
    ),
    "one paragraph": page(form=" ({n}) {name};"),
    "one paragraph with stops": page(form=" {n}. {name}."),
    "between semicolons": page(form=" {name};"),
    "between commas": page(form=" {name},", below="."),
    "chemical names first": page(form="<p>({n}) 1-phenyl-{n}-(2-propyl)piperidine ({name});</p>"),
    "lines": PAGE.format(head="", above="", below="</pre>", rows="<pre>" + rows(form="{name}\n")),
    "definitions": PAGE.format(
        head="", above="", below="", rows=f"<dl>{rows(form='<dt>{name}</dt><dd>9{n}</dd>')}</dl>"
    ),
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_a_whole_list_is_trusted_in_any_shape(shape):
    reading = read(SHAPES[shape])
    assert trusted(reading), reading.doubts or reading.problem


DATA = {
    "JSON strings": (json.dumps({"title": "Schedule I", "entries": NAMES}), "application/json"),
    "JSON objects": (
        json.dumps({"title": "Schedule I", "total": len(NAMES), "hasMore": False, "errors": [],
                    "entries": [{"name": name, "code": n} for n, name in enumerate(NAMES)]}),
        "application/json",
    ),
    "XML": (f"<act><title>Schedule I</title>{rows(form='<item>{name}</item>')}</act>", "application/xml"),
    "XML with its number": (
        f"<act numberOfRecords='36'><title>Schedule I</title>{rows(form='<item>{name}</item>')}</act>",
        "application/xml",
    ),
    "plain text": ("SCHEDULE I\n\n" + rows(form="({n}) {name}\n\n"), "text/plain"),
}  # fmt: skip


@pytest.mark.parametrize("form", DATA)
def test_a_whole_list_is_trusted_as_data_and_as_plain_text(form):
    reading = read(*DATA[form])
    assert trusted(reading), reading.doubts or reading.problem


ELSEWHERE = {
    "one sentence": "<p>The Board reminded all that Heroin, Mescaline and Psilocybin stay in it.</p>",
    "a long sentence": "<p>Among them are heroin, LSD, mescaline, MDMA, peyote, psilocybin and others "
    "which the police of this city and its port have found in the last year.</p>",
    "three sentences": "<p>The police found Heroin in a house.</p><p>The court said that Mescaline may "
    "not be sold.</p><p>A man was fined because he had grown Psilocybin mushrooms.</p>",
    "news that begin with them": "<ul><li>Heroin seizures rise again in the northern ports of the state"
    "</li><li>Mescaline trial begins this week in the old capital</li><li>Psilocybin bill dies in the "
    "house of representatives</li></ul>",
    "a menu": "<ul><li><a href=/h>Heroin</a></li><li><a href=/m>Mescaline</a></li><li><a href=/p>"
    "Psilocybin</a></li></ul>",
    "a menu in cells": "<table><tr><td><a href=/h>Heroin</a></td></tr><tr><td><a href=/m>Mescaline</a>"
    "</td></tr><tr><td><a href=/p>Psilocybin</a></td></tr></table>",
    "nothing but the controls": "<p>(1) Heroin;</p><p>(2) Mescaline;</p><p>(3) Psilocybin.</p>",
    "one entry": "<p>(1) Heroin, mescaline, psilocybin and their salts.</p><p>(2) Khat.</p>",
    "headings of news": "<h2>Heroin</h2><p>It was found in the port.</p><h2>Mescaline</h2><p>It was found "
    "in a house.</p><h2>Psilocybin</h2><p>It was found in the woods.</p>",
}  # fmt: skip


@pytest.mark.parametrize("where", ELSEWHERE)
def test_controls_that_are_no_entries_of_a_list_prove_nothing(where):
    more = "<p>Pharmacies must keep their records for two years and show them to the Board.</p>" * 8
    body = PAGE.format(head="", above="", rows=ELSEWHERE[where], below=more)
    assert not trusted(read(body))


REMARKS = [
    "Page 1 of 7", "Showing 1 to 36 of 312 entries", "1–36 of 312 results", "36 of 312 substances",
    "Show more", "Load more entries", "View all substances", "Loading…", "Please wait", "[truncated]",
    "The list continues on the next page.", "See the full list in the annex.", "…and 276 others",
    "The complete list is available at the office.", "An error occurred while loading the entries.",
    "Part 2 of this list", "Schedule (continued)", "Unable to load the remaining entries.",
    "Something went wrong.", "Search results for schedule", "Only the first 36 entries are shown.",
    "Mehr anzeigen", "Weitere Einträge laden", "Fehler beim Laden der Liste", "Seite 1 von 4",
    "1–36 von 312 Einträgen", "Afficher plus", "Une erreur est survenue.", "Page 1 sur 9",
    "Ver más", "Se ha producido un error al cargar la lista.", "Página 1 de 6", "Visa fler",
    "Ett fel har inträffat.", "Listan fortsätter", "Sida 1 av 3", "Näytä lisää", "Tapahtui virhe.",
    "Zobrazit další", "Došlo k chybě při načítání.", "Strana 1 z 5", "Pokaż więcej", "Wystąpił błąd.",
    "Показать ещё", "Произошла ошибка", "Страница 1 из 8", "Показати ще", "もっと見る", "検索結果",
    "エラーが発生しました", "더 보기", "显示更多", "加载失败", "แสดงเพิ่มเติม", "Xem thêm", "Toon meer",
    "Er is een fout opgetreden", "Vis flere", "Der opstod en fejl", "Mostra altri", "Ver mais",
    "Több megjelenítése", "Afișează mai mult", "Покажи още", "Εμφάνιση περισσότερων", "Prikaži više",
    "Daha fazla göster", "Tampilkan lebih banyak", "Rodyti daugiau", "Rādīt vairāk", "Näita rohkem",
]  # fmt: skip


@pytest.mark.parametrize("remark", REMARKS)
def test_words_beside_a_list_that_say_that_more_belongs_to_it_are_a_doubt(remark):
    assert trusted(read(page(below="<p>An entry stays until the Board strikes it.</p>")))
    assert not trusted(read(page(below=f"<p>{remark}</p>")))


BUTTONS = [
    "<button>Show more</button>", "<button type=button>Load more</button>", "<a href='#'>View all</a>",
    "<a href='?page=2'>2</a>", "<a href='?page=2'>Next</a>", "<a href='/list/page/2'>Next page</a>",
    "<nav class=pagination><a href='/list-b'>2</a> <a href='/list-c'>3</a></nav>",
    "<ul class=pager><li><a href='/list-b'>Next »</a></li></ul>", "<a href='/b'>Part 2 of this list</a>",
    "<a href='/whole'>See the complete list</a>", "<input type=submit value='Load more'>",
    "<img src=part2.png alt='Schedule I, part 2'>", "<img src='schedule-i-page-2.png'>",
    "<img src=x.png alt='Table of substances'>", "<iframe src='/rest-of-list.pdf'></iframe>",
    "<object data='/schedule-2.pdf'></object>", "<button aria-label='Mehr anzeigen'></button>",
    "<a href='?start=50'>Suivant</a>", "<a href='?offset=50'>Siguiente</a>", "<button>Weitere laden</button>",
]  # fmt: skip


@pytest.mark.parametrize("button", BUTTONS)
def test_pagers_buttons_pictures_and_frames_beside_a_list_are_a_doubt(button):
    assert not trusted(read(page(below=button)))


def test_a_next_page_in_the_head_is_a_doubt():
    assert not trusted(read(page(head="<link rel=next href='/schedule?page=2'>")))
    assert trusted(read(page(head="<link rel=next href='/code/section-13'>")))


HARMLESS = [
    "<nav class=pagination><a href='/code/12-203'>Previous</a><a href='/code/12-205'>Next section</a></nav>",
    "<footer><a href='/news'>View all</a></footer>", "<aside><button>Load more</button></aside>",
    "<p><a href='/code/12-205'>Next</a></p>", "<img src=/img/seal.png alt='Seal of the State'>",
    "<img src=logo.svg alt='State list of offices logo'>", "<p>Page 7 of 7</p>",
    "<p>Showing 1 to 36 of 36 entries</p>", "<p>The Board may list more substances by rule.</p>",
    "<p>A person who shows more than one label commits an error.</p>", "<p>History: Laws 2024, c. 3.</p>",
    "<header><a href='?page=2'>2</a></header>", "<p>Amended by section 2 of 5 acts of 2020.</p>",
    "<p>Substances are listed in schedules I to V of this chapter.</p>", "<h2>Notes</h2><p>See § 3.</p>",
    "<p>An entry may be continued by order of the Board.</p>", "<button>Print</button>",
    "<a href='/code'>Table of contents</a>", "<p><a href='/a.pdf'>Print as PDF</a></p>",
    "<iframe src='https://maps.example.gov/office'></iframe>", "<p>Last updated: 3 June 2019</p>",
    "<button>Accept all cookies</button>", "<p>(37) Zipeprol, in part 2 of its salts;</p>",
    "<a href='#part2'>Part 2</a>", "<p>The list was published in full.</p>",
    # The last letters of a longer word are no «page»: «Abs.» ends like «S.», «Step» like «p».
    "<p>Wer die Angaben nach § 19 Abs. 1 Z 5 prüft, vermerkt es.</p>", "<p>Step 1 of 4 is the count.</p>",
    "<p>Регистр 1 из 4 ведёт министерство.</p>", "<p>Förvaras i lås. 1 av 4 nycklar räcker.</p>",
]  # fmt: skip


@pytest.mark.parametrize("beside", HARMLESS)
def test_what_stands_beside_a_whole_list_is_no_doubt(beside):
    reading = read(page(below=beside))
    assert trusted(reading), reading.doubts or reading.problem


@pytest.mark.parametrize(
    "more",
    [
        {"total": 312}, {"totalCount": "312"}, {"numFound": 312}, {"hasMore": True}, {"has_more": "true"},
        {"truncated": True}, {"errors": [{"message": "timeout"}]}, {"error": "upstream failed"},
        {"nextPageToken": "abc"}, {"complete": False}, {"isLast": False}, {"next_cursor": "x9"},
        {"meta": {"totalResults": 312}}, {"pagination": {"hasNext": True}}, {"page": 1, "pages": 7},
        {"next": "https://law.example.gov/list?page=2"},
    ],
)  # fmt: skip
def test_data_that_tells_of_more_or_of_failures_is_a_doubt(more):
    for held in ({"entries": NAMES}, {"schedule": {"heading": "(a) Opiates", "entries": NAMES}}):
        body = json.dumps({"title": "Schedule I", **more, **held})
        assert not trusted(read(body, "application/json"))


@pytest.mark.parametrize(
    "more",
    [
        {"total": 36}, {"hasMore": False}, {"truncated": False}, {"errors": []}, {"error": None},
        {"next": None}, {"nextPageToken": ""}, {"complete": True}, {"isLast": True}, {"pages": 1, "page": 1},
        {"count": 36, "code": 312},
    ],
)  # fmt: skip
def test_data_that_tells_that_all_came_is_none(more):
    body = json.dumps({"title": "Schedule I", **more, "entries": NAMES})
    reading = read(body, "application/json")
    assert trusted(reading), reading.doubts or reading.problem


@pytest.mark.parametrize(
    "head",
    [
        "<act numberOfRecords='312'>", "<act total='312'>", "<act truncated='true'>",
        "<act><resumptionToken>x1</resumptionToken>", "<act><totalResults>312</totalResults>",
        "<act><hasMore>true</hasMore>", "<act><error>timeout</error>", "<act complete='false'>",
    ],
)  # fmt: skip
def test_xml_that_tells_of_more_is_a_doubt(head):
    body = f"{head}<title>Schedule I</title>{rows(form='<item>{name}</item>')}</act>"
    assert not trusted(read(body, "application/xml"))


@pytest.mark.parametrize(
    "body",
    [
        page(NAMES[:24]) + page((*NAMES[31:], "Heroin", "Mescaline"), first=32),
        page([*NAMES[:8]], "<p>{n}. {name}</p>") + rows(NAMES[13:], "<p>{n}. {name}</p>", first=14),
        page(NAMES[8:], first=9),
        page(form="<p>({n}) {name};</p>", below="<p>(37) Thiofentanyl; and</p>"),
        page(below="<p>(37) Thiofentanyl, or</p>"),
        page(below="<p>(37) Thiofentanyl…</p>"),
        page(below="<p>Part B consists of the following:</p>"),
        page(NAMES[:26:1], below="<p>(34) Psilocybin;</p><p>(35) Tilidine.</p>"),
    ],
)
def test_a_list_with_a_hole_or_without_its_end_is_a_doubt(body):
    assert not trusted(read(body))


def test_a_list_in_alphabetical_order_that_stops_early_is_a_doubt():
    early = ("Acetorphine", "Benzethidine", "Codoxime")
    assert not trusted(read(page(NAMES[:16], form="<li>{name}</li>"), controls=early))
    assert trusted(read(page(form="<li>{name}</li>"), controls=early))


@pytest.mark.parametrize(
    ("entries_", "well"), [([30, 50], True), ([37, 90], False), ([1, 20], False), ([36, 40], True)]
)
def test_the_number_of_entries_that_a_source_file_names_is_asked_for(entries_, well):
    reading = read(page(form="<li>{name}</li>"), entries=entries_)
    assert trusted(reading) == well
    if not well:
        assert "entries" in reading.doubts[0]


@pytest.mark.parametrize(
    "shape", ["paragraphs", "items", "table", "one paragraph", "between semicolons"]
)
def test_entries_are_counted_alike_in_every_shape(shape):
    found = entries(extract(SHAPES[shape].encode()).passages)
    assert len(NAMES) <= len(found) <= len(NAMES) + 2


def test_a_doubt_takes_nothing_from_what_a_text_says():
    body = page(below="<p>(37) Mitragynine;</p><p>Show more</p>")
    reading = read(body)
    assert reading.doubts
    assert reading.finding is not None
    assert reading.finding.says("mitragynine") == "listed"


@pytest.mark.parametrize("more", [{"complete": False, "shows": {"leaf": "named"}}])
def test_a_document_whose_silence_proves_nothing_is_not_asked(more):
    assert trusted(read(page(below="<p>Show more</p>"), **more))


def test_a_table_of_contents_names_no_part_that_does_not_follow():
    contents = "<p>Schedule I ............ 2</p><p>{} ............ 9</p>"
    below = rows() + "<h2>Schedule II</h2><p>(1) Codeine.</p>"
    good = PAGE.format(
        head="", above="", rows=contents.format("Schedule II") + "<h2>Schedule I</h2>", below=below
    )
    assert trusted(read(good)), read(good).doubts
    bad = PAGE.format(
        head="", above="", rows=contents.format("Schedule III") + "<h2>Schedule I</h2>", below=below
    )
    assert not trusted(read(bad))


@pytest.mark.parametrize(
    "history",
    ["am L {year}, c {n}, §1", "amended by Acts {year}, No. {n}", "Laws {year}, c. {n}, § 2"],
)
def test_the_history_of_a_section_is_no_list_in_alphabetical_order(history):
    notes = "; ".join(history.format(year=1970 + n, n=n) for n in range(20))
    assert trusted(read(page(form="<li>{name}</li>", below=f"<p>[{notes}]</p>")))


@pytest.mark.parametrize(
    "law",
    [
        "2. Is temporarily unavailable to conduct the evaluation of the patient.",
        "A pharmacist who is currently unavailable shall name another.",
        "If the practitioner is temporarily unavailable, the order may be given by telephone.",
    ],
)
def test_a_person_of_whom_the_law_says_that_he_is_unavailable_cuts_no_list(law):
    assert trusted(read(page(form="<li>{name}</li>", below=f"<p>{law}</p>")))


@pytest.mark.parametrize(
    "remark", ["Schedule II is temporarily unavailable.", "The annexes are currently unavailable"]
)
def test_a_list_that_is_unavailable_is_a_doubt(remark):
    assert not trusted(read(page(form="<li>{name}</li>", below=f"<p>{remark}</p>")))
