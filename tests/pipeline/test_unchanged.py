"""A page that differs only in what no reader sees is known again; one whose law may have changed is read."""

from base64 import b64encode
from datetime import timedelta

import pytest

from regstatus.pipeline.page_reader import read_page as reading
from tests.pipeline.test_doubtful import NEW, chapter, clock, schedule
from tests.pipeline.test_update import CHAPTER, World
from tests.support.make import NOON, TEXAS, source
from tests.support.replica import Replica

ENTRY = "<li>Mescaline</li>"


@pytest.fixture
def world(tmp_path):
    with Replica([]) as site:
        made = World(tmp_path, site)
        made.serve("/HS.444.htm", chapter())
        made.serve("/HS.481.htm", schedule())
        yield made


def known_again(world, body, name="hs-481", **options):
    """Serve a page, run, and say whether it counts without having been read."""
    before = clock(world, name)["read_at"]
    world.serve(f"/HS.{name[3:]}.htm", body)
    world.run(**options)
    after = clock(world, name)
    fresh = after["last_ok"] == f"{world.now:%Y-%m-%dT%H:%M:%SZ}"
    return fresh and after["outcome"] == "ok" and after["read_at"] == before


def listing(old="", new=""):
    page = schedule().decode()
    assert old in page
    return page.replace(old, new, 1).encode()


VOLATILE = {
    "a token of a form": '<input type="hidden" name="_token" value="{}">',
    "a view state": '<input type="hidden" id="__VIEWSTATE" value="/wEPDwUKMTE{}">',
    "a field of a new name": '<input type="hidden" name="k{}">',
    "a comment": "<!-- made by web-{} in 0.02 s -->",
    "a script": "<script>var requestId = '{}';</script>",
    "a script with a nonce": '<script nonce="{}">start()</script>',
    "a script of a new version": '<script src="/site.js?v={}"></script>',
    "data of a script": '<script type="application/json">{{"visit": "{}"}}</script>',
    "a style with a nonce": '<style nonce="{}">p {{ margin: 0 }}</style>',
    "a token of the head": '<meta name="csrf-token" content="{}">',
    "a style sheet of a new version": '<link rel="stylesheet" href="/site.css?{}">',
    "a session in an address": '<a href="/menu;jsessionid={}">Menu</a>',
    "a session in another": '<a href="/menu?PHPSESSID={}">Menu</a>',
    "a hidden mail address": '<a href="/mail" data-cfemail="{}">write to us</a>',
    "a mark of a view": '<div class="list js-view-dom-id-{}"></div>',
    "where a form goes": '<form action="/search?visit={}"></form>',
}


@pytest.mark.parametrize("what", VOLATILE)
def test_a_page_that_differs_only_in_what_no_reader_sees_is_known_again(world, what):
    place = "</head>" if "head" in what or "style sheet" in what else "</body>"
    pages = [listing(place, VOLATILE[what].format(key * 8) + place) for key in ("5f3a", "90be")]
    world.serve("/HS.481.htm", pages[0])
    world.run()
    assert known_again(world, pages[1])
    assert clock(world)["verified_at"] == f"{world.now:%Y-%m-%dT%H:%M:%SZ}"


LAW = {
    "a word": (ENTRY, "<li>Mescalin</li>"),
    "the case of a letter": (ENTRY, "<li>mescaline</li>"),
    "an entry more": (ENTRY, ENTRY + "<li>Zolpidone</li>"),
    "an entry less": (ENTRY, ""),
    "the order": (f"{ENTRY}<li>Psilocybin</li>", f"<li>Psilocybin</li>{ENTRY}"),
    "a struck-out entry": (ENTRY, "<li><s>Mescaline</s></li>"),
    "a style that strikes": (ENTRY, '<li style="text-decoration: line-through">Mescaline</li>'),
    "a class that strikes": (ENTRY, '<li class="deleted">Mescaline</li>'),
    "a sheet that strikes": ("</head>", "<style>.x {text-decoration: line-through}</style></head>"),
    "a hidden entry": (ENTRY, "<li hidden>Mescaline</li>"),
    "a style that hides": (ENTRY, '<li style="display:none">Mescaline</li>'),
    "a note": (ENTRY, '<li class="note">Mescaline</li>'),
    "a link": (ENTRY, '<li><a href="/m">Mescaline</a></li>'),
    "a heading": (ENTRY, "</ul><h2>Schedule II</h2><ul>" + ENTRY),
    "a number of the list": ("<ul>", "<ol start='3'>"),
    "a comment that cuts": (ENTRY, f"<!-- {ENTRY} -->"),
    "a comment that cuts the rest": (ENTRY, f"<!-- {ENTRY}"),
    "a script that cuts": (ENTRY, f"<script>{ENTRY}</script>"),
    "a hidden field that is shown": (ENTRY, ENTRY + "<input type='submit' value='Load more'>"),
    "words for those without script": (ENTRY, f"<noscript>{ENTRY}</noscript>"),
    "a frame": (ENTRY, ENTRY + '<iframe src="/rest.pdf"></iframe>'),
    "a picture": (ENTRY, ENTRY + '<img src="p2.png" alt="Schedule I, page 2">'),
    "a pager": (ENTRY, ENTRY + '<div class="pager"><a href="?page=2">2</a></div>'),
    "a next page": ("</head>", '<link rel="next" href="?page=2"></head>'),
    "a state": ("</head>", '<meta name="status" content="repealed"></head>'),
    "a state in linked data": (
        "</head>",
        '<script type="application/ld+json">{"legislationLegalForce": "NotInForce"}</script></head>',
    ),
    "an archive's comment": ("<body>", "<body><!-- FILE ARCHIVED ON 10:00 Jan 01, 2015 -->"),
    "an archive's address": ("</body>", '<script src="/web/20150101js_/https://a.b/c"></script></body>'),
    "a missing end": ("</body></html>", ""),
    "an entity": (ENTRY, "<li>Mescaline &lt; 5 g</li>"),
    "a table": (ENTRY, "</ul><table><tr><td colspan=2>Mescaline</table><ul>"),
    "a banner": ("<h1>", '<div class="alert">This page has been superseded</div><h1>'),
}  # fmt: skip


@pytest.mark.parametrize("what", LAW)
def test_a_page_whose_law_may_have_changed_is_read(world, what):
    world.run()
    assert known_again(world, listing("</body>", "<!-- 1 --></body>"))
    assert not known_again(world, listing(*LAW[what]))


HIDDEN = {
    "a comment": "<!-- {} -->",
    "a script": "<script>list.push('{}')</script>",
    "a script in capitals": "<SCRIPT TYPE=a>list.push('{}')</SCRIPT >",
    "a field": '<input type="hidden" value="{}">',
    "an address": '<script src="/a.js?{}"></script>',
    "a tag": "</p {}>",
}
NAMES = {
    "plain": "Kratom",
    "cut": "kra  tom",
    "an entity": "&#107;ratom",
    "an escape": "\\u006bratom",
    "packed": b64encode(b"and kratom, too").decode(),
    "of another alphabet": "krаtom",
}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("where", HIDDEN)
def test_a_name_in_what_no_reader_sees_is_a_doubt_where_silence_is_expected(world, where, name):
    world.run()
    page = listing("</body>", HIDDEN[where].format(NAMES[name]) + "</body>")
    assert not known_again(world, page)
    assert clock(world)["outcome"] == "doubtful"


def test_what_was_doubted_is_never_known_again(world):
    world.run()
    for visit in range(3):
        page = chapter(NEW["an unknown language"]).replace(
            b"</body>", b"<!-- %d --></body>" % visit
        )
        assert not known_again(world, page, "hs-444")
        assert clock(world, "hs-444")["outcome"] == "doubtful"
    # Words that nobody reviewed end the trust in those before them, known or not.
    assert not known_again(world, chapter().replace(b"</body>", b"<!-- 9 --></body>"), "hs-444")


def test_a_page_is_known_again_by_the_reader_beside_the_run(world):
    world.run()
    assert known_again(world, listing("</body>", "<!-- 1 --></body>"), isolate=True)
    assert not known_again(world, listing(ENTRY, "<li>Mescalin</li>"), isolate=True)


def test_a_control_character_in_an_address_costs_no_more_than_a_reading(world):
    odd = '<script src="/a\x01.js?1"></script></body>'
    world.serve("/HS.481.htm", listing("</body>", odd))
    world.run()
    assert clock(world)["outcome"] == "ok"
    assert not known_again(world, listing("</body>", odd.replace("?1", "?2")))
    assert clock(world)["outcome"] == "ok"


def test_after_two_weeks_a_page_is_read_whatever_it_looks_like(world):
    world.run()
    assert known_again(world, listing("</body>", "<!-- 1 --></body>"), hours=24 * 13)
    assert not known_again(world, listing("</body>", "<!-- 2 --></body>"), hours=25)


UNTIL = CHAPTER.replace("AGE", "18").replace("CAP", "two").replace(
    "<p>(b) A kratom", "<p>[Effective until December 1, 2026] (b) A kratom"
)  # fmt: skip


def test_a_text_with_days_in_it_is_read_anew_when_one_of_them_comes_and_not_before(world):
    def page(visit):
        return UNTIL.replace("</body>", f"<!-- {visit} --></body>").encode()

    world.serve("/HS.444.htm", page(0))
    world.run()  # 23 November
    assert clock(world, "hs-444")["turns_at"] == "2026-12-01T00:00:00Z"
    assert known_again(world, page(1), "hs-444")
    assert known_again(world, page(2), "hs-444", hours=24 * 6)  # 30 November
    assert not known_again(world, page(3), "hs-444")
    assert world.record()["documents"]["hs-444"]["finding"]["caps"] == []


def test_not_changed_is_no_answer_for_a_text_whose_day_has_come(world):
    world.serve("/HS.444.htm", UNTIL.encode())
    world.run()
    assert dict(world.run().counts) == {"unchanged": 2}
    assert dict(world.run(hours=24 * 7).counts) == {"ok": 1, "unchanged": 1}
    assert world.record()["documents"]["hs-444"]["finding"]["caps"] == []


def test_a_page_that_grows_too_old_is_doubted_on_the_day(world):
    def page(visit):
        old = "<p>This chapter is current through November 14, 2023.</p>"
        return listing("<h2>", f"{old}<!-- {visit} --><h2>")

    world.serve("/HS.481.htm", page(0))
    world.run()
    assert clock(world)["turns_at"] == "2026-12-01T00:00:00Z"
    assert known_again(world, page(1), hours=24 * 7)  # 30 November
    assert not known_again(world, page(2))
    assert "kept up to 2023-11-14" in clock(world)["problem"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('controls = ["heroin", "psilocybin"]', 'controls = ["heroin", "psilocyn"]'),
        ("Texas Health and Safety Code, chapter 481", "Another title"),
        ('"7-oh" = "silent"', '"7-oh" = "listed"'),
    ],
)
def test_another_recipe_reads_the_same_page_anew(world, old, new):
    world.run()
    assert old in TEXAS
    world.write("tx.toml", TEXAS.replace(old, new))
    assert not known_again(world, listing("</body>", "<!-- 1 --></body>"))


def test_other_words_of_languages_are_another_recipe(monkeypatch):
    [document, *_] = source().documents
    before = reading.recipe(document)
    monkeypatch.setattr(reading, "words_digest", lambda: "other words")
    assert reading.recipe(document) != before


def test_a_page_of_an_earlier_day_is_not_renewed_though_it_is_known(world):
    first = world.now + timedelta(hours=24)
    world.run()
    assert known_again(world, listing("</body>", "<!-- 1 --></body>"))
    assert first > NOON
    world.serve("/HS.481.htm", schedule("Zolpidone"))
    world.run()
    assert clock(world)["outcome"] == "ok"
    assert not known_again(world, listing("</body>", "<!-- 2 --></body>"))
    assert "an earlier text" in clock(world)["problem"]


def test_the_law_of_a_chapter_is_read_where_one_number_changes(world):
    world.run()
    assert known_again(world, chapter().replace(b"<body>", b"<body><!-- 1 -->"), "hs-444")
    page = chapter(age=("18", "19"))
    assert not known_again(world, page, "hs-444")
    assert world.record()["documents"]["hs-444"]["finding"]["minimum_age"]["years"] == 19
