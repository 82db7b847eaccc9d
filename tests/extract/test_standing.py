"""A page that says of itself that it is not the law in force proves nothing, in any form or language."""

from datetime import date

import pytest

from regstatus.assess import assess
from regstatus.extract import extract
from regstatus.model.document import Select
from tests.decide.test_only_people_soften import LIST, PAGE, clock, hosts, texas, world
from tests.pipeline.test_update import chapter, schedule

__all__ = ["hosts", "world"]

ROWS = "".join(
    f"<p>({n}) {name};</p>" for n, name in enumerate(("Heroin", "Khat", "Psilocybin"), 1)
)
TEXT = "<p>The board keeps this table and publishes it once in each year.</p>" * 12
PAGE_OF = (
    "<!doctype html><html lang=en><head><title>{}</title></head><body>{}"
    "<main id=law><h1>Table 1</h1>{}</main></body></html>"
)


def read(above="", title="Table 1", **how):
    body = PAGE_OF.format(title, above, ROWS + TEXT).encode()
    text = extract(body, **how)
    return assess(text, on=date(2026, 11, 22), controls=("Heroin", "Psilocybin"), complete=True)


SAYS = [
    "<div class='alert alert-info'>You are viewing an archived version of this chapter.</div>",
    "<p class=site-banner>This regulation is no longer in force.</p>",
    "<h1>Superseded</h1>",
    "<h2>Revoked with effect from 1 January 2020</h2>",
    "<header><p role=alert>This page has been archived and is no longer updated.</p></header>",
    "<p>Exposure draft</p>",
    "<p>This version of the rule is not yet in effect.</p>",
    "<div role=alert>Dieser Text ist nicht mehr in Kraft.</div>",
    "<h2>Entwurf</h2>",
    "<div role=alert>Ce texte n'est plus en vigueur.</div>",
    "<h2>Zrušen dne 1. 1. 2020</h2>",
    "<div role=alert>Lagen har upphört att gälla.</div>",
    "<p class=warning>Документ втратив чинність</p>",
    "<h2>Derogado</h2>",
    "<h2>Kehtetu</h2>",
]


@pytest.mark.parametrize("says", SAYS)
@pytest.mark.parametrize("how", [{}, {"select": Select(css="#law")}])
def test_a_banner_or_heading_above_the_text_takes_its_proof(says, how):
    found = read(says, **how)
    assert not found.readable
    assert any("says of itself" in problem for problem in found.problems)


@pytest.mark.parametrize(
    "title",
    [
        "Table 1 (superseded)",
        "Table 1 [Repealed]",
        "DRAFT - Table 1",
        "Archived: Table 1",
        "Repealed - Table 1",
    ],
)
def test_a_title_says_it_too(title):
    found = read(title=title)
    assert not found.readable


@pytest.mark.parametrize(
    "above",
    [
        "<h2>Historical and statutory notes</h2>",
        "<p>This table supersedes the table of 2019.</p>",
        "<p><a href=/old>Previous version</a></p>",
        "<p>Sections 1 to 3 were repealed by the Act of 2001.</p>",
        "<p class=banner>An official website of the State</p>",
        "<p class=warning>A person who sells what was withdrawn commits an offence.</p>",
        "<h2>Drafting notes are at the end</h2>",
        "<p>The document that this link leads to is not the current version.</p>",
        "<p>In force from 1 January 2020. This is the current version.</p>",
    ],
)
def test_words_of_that_kind_that_say_something_else_raise_no_doubt(above):
    assert read(above).readable


@pytest.mark.parametrize(
    "text",
    [
        b"SUPERSEDED\n\nTable 1\n\n(1) Heroin\n\n(2) Psilocybin\n\n" + b"The board keeps it. " * 40,
        b"{\\rtf1\\ansi This rule is no longer in effect.\\par Table 1\\par (1) Heroin\\par "
         b"(2) Psilocybin\\par "
        + b"The board keeps it. " * 40 + b"}",
        b"<?xml version='1.0'?><act><title>Table 1</title><p>This act has been repealed.</p>"
        b"<p>Heroin; Psilocybin</p><p>" + b"The board keeps it. " * 40 + b"</p></act>",
    ],
)  # fmt: skip
def test_the_same_holds_in_other_forms(text):
    found = assess(extract(text), on=date(2026, 11, 22), controls=("Heroin", "Psilocybin"))
    assert not found.readable
    assert any("says of itself" in problem for problem in found.problems)


@pytest.mark.parametrize("says", SAYS[:4])
@pytest.mark.parametrize(("where", "page"), [(LIST, schedule()), (PAGE, chapter())])
def test_such_a_page_verifies_nothing_and_changes_no_answer(world, says, where, page):
    world.run()
    name = "hs-481" if where == LIST else "hs-444"
    verified, before = clock(world, name)["verified_at"], texas(world).says()
    world.put(where, page.replace(b"<body>", f"<body>{says}".encode()))
    world.run()
    told = clock(world, name)
    assert (told["verified_at"], told["failures"]) == (verified, 1)
    assert "says of itself" in told["problem"]
    assert texas(world).says() == before


# What a page says of itself in other places, forms and languages.

STATED = [
    "<table><tr><td>Status</td><td>Repealed</td></tr></table>",
    "<dl><dt>Status</dt><dd>Superseded on 1 July 2025</dd></dl>",
    "<p>Status: Not in force</p>",
    "<p>Current status: Withdrawn</p>",
    "<div class=status-badge>Draft</div>",
    "<span class=watermark>SUPERSEDED</span>",
    "<div id=notice>Enforcement of this regulation has been stayed by the court.</div>",
    "<div class=notice>This ordinance is enjoined until further order.</div>",
    "<div class=callout>This page was archived on 3 May 2021. There is a newer version.</div>",
    "<p class=message>This rule has not yet been adopted.</p>",
    "<h2>Proposed rule</h2>",
    "<h2>Consultation draft</h2>",
    "<p>For public consultation only</p>",
    "<div role=status>This list has been replaced by the list of 2026.</div>",
    "<img src=stamp.png alt=DRAFT>",
    "<style>body::after{content:'DRAFT'}</style>",
    "<table><tr><td>Stav</td><td>Zrušen</td></tr></table>",
    "<p>Status: außer Kraft</p>",
    "<p>Statut : abrogé</p>",
    "<p>Estado: Derogado</p>",
    "<p>Stato: abrogato</p>",
    "<table><tr><td>Статус</td><td>Утратил силу</td></tr></table>",
    "<table><tr><td>Tình trạng</td><td>Hết hiệu lực</td></tr></table>",
    "<table><tr><td>时效性</td><td>已废止</td></tr></table>",
    "<p>状態：廃止</p>",
    "<div class=alert>Questa versione è stata sostituita.</div>",
    "<div class=alert>Esta norma está derogada.</div>",
    "<div class=alert>Deze regeling is vervallen.</div>",
    "<div class=alert>Denne bekendtgørelse er ophævet.</div>",
    "<div class=alert>Tämä asetus on kumottu.</div>",
    "<div class=alert>Ez a rendelet már nem hatályos.</div>",
    "<div class=alert>Ta ustawa nie obowiązuje.</div>",
    "<div class=alert>Această versiune este înlocuită.</div>",
    "<div class=alert>Bu yönetmelik yürürlükten kaldırılmıştır.</div>",
    "<div class=alert>この法令は廃止されました。</div>",
    "<div class=alert>이 법령은 폐지되었습니다.</div>",
    "<div class=alert>ประกาศฉบับนี้ถูกยกเลิกแล้ว</div>",
    "<div class=alert>Peraturan ini dicabut.</div>",
    "<div class=alert>Arkiverad sida</div>",
    "<p>Projet de loi</p>",
    "<p>Projekt ustawy</p>",
    "<p>Законопроект</p>",
    "<h2>Návrh zákona</h2>",
]


@pytest.mark.parametrize("says", STATED)
@pytest.mark.parametrize("how", [{}, {"select": Select(css="#law")}])
def test_fields_stamps_and_banners_in_any_language_take_its_proof(says, how):
    if how and says.startswith(("<table", "<dl", "<p>")) and "alert" not in says:
        how = {}  # a paragraph far from the part that is meant may speak of another
    assert not read(says, **how).readable


@pytest.mark.parametrize(
    "head",
    [
        "<meta name=status content=repealed>", "<meta name='dc.status' content='Superseded'>",
        "<meta name='legislation.status' content='not in force'>",
        "<meta property='eli:in_force' content='http://data.europa.eu/eli/ontology#InForce-notInForce'>",
        "<meta name='dcterms.isReplacedBy' content='/act/2025/9'>",
        "<meta name='DC.title' content='DRAFT - Table 1'>",
        "<meta property='og:title' content='Table 1 - this version has been superseded'>",
        '<script type="application/ld+json">{"legislationLegalForce": "NotInForce"}</script>',
        "<script src='https://web-static.archive.org/_static/js/bundle.js'></script>"
        "<link href='/web/20190101000000cs_/https://law.example.gov/a.css' rel=stylesheet>",
        "<!-- FILE ARCHIVED ON 10:11:12 Jan 01, 2019 AND RETRIEVED FROM AN ARCHIVE -->",
        "<link href='https://archive.example.gov/20190101000000cs_/https://law.example.gov/a.css'>",
    ],
)  # fmt: skip
def test_so_do_metadata_and_the_toolbar_of_an_archive(head):
    body = PAGE_OF.format(f"Table 1</title>{head}<title>", "", ROWS + TEXT).encode()
    found = assess(extract(body), on=date(2026, 11, 22), controls=("Heroin",), complete=True)
    assert not found.readable


@pytest.mark.parametrize(
    "above",
    [
        "<table><tr><td>Status</td><td>In force</td></tr></table>", "<p>Status: Current</p>",
        "<p>Stand: 1. Oktober 2026</p>", "<p>Statut : en vigueur</p>", "<p>Estado: Vigente</p>",
        "<nav><a href=/a>Archived</a> <a href=/d>Draft rules</a></nav>",
        "<div class=notice>See historical versions of this table in the register.</div>",
        "<div class=alert>The office is closed on Friday.</div>", "<h2>[Reserved]</h2>",
        "<ul class=status><li><a href=/r>Repealed acts</a></li></ul>",
        "<div class=banner>Find bills and proposed rules of this session</div>",
        "<p>The Act of 1990 was repealed in part by this table.</p>",
        "<div class=notice><a href=/v1>This version has been superseded: version 1</a></div>",
        "<p>Section 4 was repealed by Act 12 of 2001.</p>", "<h2>Bill of rights</h2>",
        "<div class=message>Archive of gazettes since 1950</div>", "<p>Drafted by the board in 2020.</p>",
        "<div class=alert>Diese Fassung ist die geltende Fassung.</div>",
        "<div class=alert>Version en vigueur au 1er janvier 2026</div>", "<p>Suspended solids</p>",
    ],
)  # fmt: skip
def test_good_pages_that_hold_such_words_stay_proof(above):
    found = read(above)
    assert found.readable, found.problems


@pytest.mark.parametrize(
    "head",
    [
        "<meta name=status content='in force'>", "<meta name=robots content=noarchive>",
        "<meta property='eli:in_force' content='InForce-inForce'>", "<meta name=state content=Texas>",
        "<link rel=archives href=/old>", '<script type="application/ld+json">{"legislationLegalForce": '
        '"InForce"}</script>', "<a href='https://web.archive.org/web/2019/https://a.example.gov'>old</a>",
    ],
)  # fmt: skip
def test_good_metadata_stays_proof(head):
    body = PAGE_OF.format(f"Table 1</title>{head}<title>", "", ROWS + TEXT).encode()
    found = assess(extract(body), on=date(2026, 11, 22), controls=("Heroin",), complete=True)
    assert found.readable, found.problems


@pytest.mark.parametrize(
    "text",
    [
        b'<act status="Superseded"><title>Table 1</title><p>Heroin; Psilocybin</p>%s</act>',
        b"<act><meta><inForce>false</inForce></meta><title>Table 1</title><p>Heroin; Psilocybin</p>%s</act>",
        b"<act><info><Status>Draft</Status></info><title>Table 1</title><p>Heroin; Psilocybin</p>%s</act>",
        b"<act><title>Table 1</title><row><entry>Status</entry><entry>Repealed</entry></row>"
        b"<p>Heroin; Psilocybin</p>%s</act>",
        b'{"title": "Table 1", "status": "superseded", "items": ["Heroin", "Psilocybin"], "more": "%s"}',
        b'{"title": "Table 1", "legal_status": "Not in force", "items": ["Heroin", "Psilocybin"], "x": "%s"}',
        b'{"title": "Table 1", "in_force": false, "items": ["Heroin", "Psilocybin"], "more": "%s"}',
        b"Status: Repealed\n\nTable 1\n\n(1) Heroin\n\n(2) Psilocybin\n\n%s",
    ],
)  # fmt: skip
def test_fields_of_data_and_plain_text_say_it_too(text):
    body = text.replace(b"%s", b"The board keeps it. " * 40)
    found = assess(extract(body), on=date(2026, 11, 22), controls=("Heroin", "Psilocybin"))
    assert not found.readable


def test_the_first_page_and_the_watermark_of_a_pdf_say_it_too(make_pdf):
    rows = [f"({n}) {name};" for n, name in enumerate(("Heroin", "Khat", "Psilocybin"), 1)]
    more = ["The board keeps this table and publishes it once in each year."] * 8
    for said in (["SUPERSEDED"], ["This rule is no longer in force."], ["Consultation draft"]):
        first, second = ["Table 1", "of the rules of the board", *said, *rows], [*more, *said]
        assert extract(make_pdf([first, second])).repealed, said
    assert not extract(make_pdf([["Table 1", *rows], more])).repealed


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Current through the 2019 Regular Session", "2019-12-31"),
        ("Current as of January 1, 2018", "2018-01-01"),
        ("Includes amendments through 2017", "2017-12-31"),
        ("Up to date as of March 3, 2026", "2026-03-03"),
        ("Stand: 01.01.2015", "2015-01-01"),
        ("Fassung vom 22.11.2026", "2026-11-22"),
        ("Version consolidée au 1 janvier 2016", "2016-01-01"),
        ("Texto actualizado al 31-12-2018", "2018-12-31"),
        ("Reprinted as at 5 May 2020", "2020-05-05"),
        ("2019 Minnesota Statutes", "2019-12-31"),
        ("The 2021 Florida Statutes", "2021-12-31"),
        ("2017-18 Wisconsin Statutes updated through 2019 Wis. Act 10", "2019-12-31"),
        ("MCL Complete Through PA 4 of 2019", "2019-12-31"),
        ("[Rev. 2/18/2018 9:41:07 AM--2017]", "2018-02-18"),
    ],
)
def test_the_day_up_to_which_a_page_was_kept_is_read(words, day):
    body = PAGE_OF.format("Table 1", f"<div class=notice>{words}</div>", ROWS + TEXT).encode()
    found = extract(body).as_of
    assert found is not None
    assert (found[0], found[1].isoformat()) == (words, day)


@pytest.mark.parametrize(
    "words",
    [
        "Last amended 2009",
        "Effective 1 July 1998",
        "Act 12 of 2001",
        "",
        "1962 Code Section 32-1510",
        "Revised Statutes 1892, s. 12",
        "Code 1950, § 18.1-65",
        "Form 12 (Rev. 3/2015)",
    ],
)
def test_other_days_are_not(words):
    body = PAGE_OF.format("Table 1", f"<div class=notice>{words}</div>", ROWS + TEXT).encode()
    assert extract(body).as_of is None
