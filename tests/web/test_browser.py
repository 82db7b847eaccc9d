"""The pages in a real browser: by mouse, by keyboard, on a phone, in the dark, and by axe.

Skipped where there is no Chromium or no Playwright.
"""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from regstatus.base.errors import UnknownJurisdiction
from regstatus.catalog.places import Registry
from regstatus.model.law import said as said_of
from regstatus.query.lookup import resolve
from tests.web.spellings import read, spellings

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

CHROMIUM = os.environ.get("REGSTATUS_CHROMIUM") or next(
    filter(
        None,
        map(
            shutil.which,
            ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"),
        ),
    ),
    None,
)
if not CHROMIUM:
    pytest.skip("no Chromium: install Debian's `chromium-headless-shell`", allow_module_level=True)

DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
PAGES = {
    "map": "index.html",
    "other year": "map/7-oh/2027.html",
    "places": "places.html",
    "changes": "changes.html",
    "version": "changes/{version}.html",
    "coming": "upcoming.html",
    "sources": "sources.html",
    "about": "about.html",
    "missing": "404.html",
    "state": "j/US-TN.html",
    "state and its towns": "j/US-CA.html",
    "country": "j/TH.html",
    "county": "j/US-CA/san-diego.html",
    "country without a record": "j/AQ.html",
    "not found": "find?q=nowhereland",
    "asked back": "find?q=springfield",
    "no own record": "j/US-CA/zip-92101.html",
}
"""One of each kind."""
FAULTS = {"serious", "critical"}
TENNESSEE = "#map-us a[data-at='US-TN']"


@pytest.fixture(scope="module")
def chromium():
    with sync_api.sync_playwright() as playwright:
        # Chromium's own sandbox needs rights that a container often lacks; the pages are ours.
        try:
            browser = playwright.chromium.launch(
                executable_path=CHROMIUM,
                args=["--no-sandbox", "--disable-gpu", "--renderer-process-limit=1"],
            )
        except sync_api.Error as error:
            pytest.skip(f"{CHROMIUM} does not start here: {error.message.splitlines()[0]}")
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def files(site, tmp_path_factory):
    """The published tree on a host that knows nothing but files; its address."""
    folder = tmp_path_factory.mktemp("published") / "site"

    class Files(http.server.SimpleHTTPRequestHandler):
        def translate_path(self, path):
            # What test_publish compares with every file is put there when it is first asked for.
            found = Path(super().translate_path(path))
            name = found.relative_to(folder).as_posix()
            if name in site.paths and not found.exists():
                found.parent.mkdir(parents=True, exist_ok=True)
                found.write_bytes(site.get(name).body)
            return str(found)

        def log_message(self, *_):
            pass

    handler = functools.partial(Files, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join(30)


@pytest.fixture(scope="module")
def contexts():
    """Windows of the browser by what they were opened with: the pages keep nothing in them."""
    return {}


@pytest.fixture
def visit(chromium, contexts, get):
    """Open a page; whatever its console says is a failure."""
    said, pages = [], []

    def start(path="index.html", *, quiet=True, root=None, **options):
        root = root or get.url()
        how = {"viewport": DESK, **options}
        context = contexts.get(str(how)) or chromium.new_context(**how)
        contexts[str(how)] = context
        context.set_default_timeout(120_000)  # nothing is measured by it: a busy machine is slow
        page = context.new_page()
        pages.append(page)
        page.on("pageerror", lambda error: said.append(f"{path}: {error}"))
        if quiet:
            page.on("console", lambda line: said.append(f"{path}: {line.type}: {line.text}"))
        page.on("request", lambda asked: said.append(asked.url) if root not in asked.url else None)
        page.goto(f"{root}{path}")
        if path.startswith("index.html") and options.get("java_script_enabled", True):
            page.wait_for_selector("#controls", state="visible")
        return page

    yield start
    for page in pages:
        page.close()
    assert said == []


def path_of(kind, site):
    return PAGES[kind].format(version=site.edition.snapshot.version)


def slide(page, day):
    """Move the slider by its keys until it stands on a day."""
    page.focus("#slider")
    for _ in range(200):
        now = page.input_value("#date")
        if now == day:
            return
        page.keyboard.press("ArrowLeft" if now > day else "ArrowRight")
    pytest.fail(f"the slider never came to {day}")


def test_the_slider_across_the_first_of_july_turns_tennessee(visit):
    page = visit()
    slide(page, "2026-07-01")
    page.keyboard.press("ArrowLeft")
    assert (
        page.text_content(f"{TENNESSEE} title") == "Tennessee: regulated (kratom leaf), unverified"
    )
    assert "s-regulated" in page.get_attribute(TENNESSEE, "class")
    assert page.text_content("#table-us tr[data-at='US-TN'] .status") == "regulated"
    page.keyboard.press("ArrowRight")
    assert page.input_value("#date") == "2026-07-01"
    assert page.text_content(f"{TENNESSEE} title") == "Tennessee: banned (kratom leaf), unverified"
    assert page.get_attribute(f"{TENNESSEE} path", "fill") == "url(#us-banned)"
    assert page.text_content("#table-us tr[data-at='US-TN'] .status") == "banned"
    said = page.text_content("#said")
    assert said.startswith("On 1 July 2026: ")
    assert "Tennessee: regulated → banned" in said
    assert page.get_attribute("#said", "aria-live") == "polite"
    assert page.get_attribute("#slider", "aria-valuetext").startswith("1 July 2026")


def test_a_day_to_come_is_enacted_and_not_yet_in_force(visit):
    page = visit()
    slide(page, "2027-01-01")
    assert "enacted, not yet in force" in page.text_content("#shown")
    assert "will be" in page.text_content(".lede")
    page.click("#now")
    assert "today" in page.text_content("#shown")
    assert page.evaluate("location.hash") == ""


@pytest.mark.parametrize("on", ["2016-05-10", "2026-07-01", "2027-01-01"])
def test_shapes_table_and_api_say_the_same_after_moving(visit, get, on):
    page = None
    for substance in ("leaf", "mitragynine", "7-oh", "derivatives"):
        address = f"index.html#on={on}&substance={substance}"
        if page is None:
            page = visit(address)
        else:
            page.goto(get.url(address))  # as a link within the page: nothing is loaded anew
            page.wait_for_selector(f"input[value='{substance}']:checked", state="attached")
        items = get(f"/v1/status?on={on}&substance={substance}").json["items"]
        said = {
            item["jurisdiction"]["id"]: said_of(item["status"], item["probably"]) for item in items
        }
        shapes = page.evaluate(
            "[...document.querySelectorAll('.map a')].map(a => [a.dataset.at, "
            "a.querySelector('title').textContent, a.getAttribute('class'), "
            "a.querySelector('[fill]').getAttribute('fill')])"
        )
        assert sum("/" not in key for key, *_ in shapes) == 306
        for key, title, css, fill in shapes:
            assert f": {said[key]} (" in title, substance
            status = said[key].partition(",")[0].replace(" ", "_")
            assert f"-{status}" in css, (substance, key)
            assert f"-{status}" in fill, (substance, key)
        rows = page.evaluate(
            "[...document.querySelectorAll('.tables tr[data-at]')].map(r => [r.dataset.at, "
            "r.cells[1].textContent])"
        )
        assert len(rows) == 301
        assert {key: said[key] for key, _ in rows} == dict(rows), substance
        assert page.input_value("#date") == on


def test_what_is_shown_is_in_the_address_and_comes_back(visit):
    page = visit()
    page.check("input[value='7-oh']")
    page.fill("#date", "2026-07-02")
    page.wait_for_url("**#on=2026-07-02&substance=7-oh")
    page.reload()
    page.wait_for_selector("#controls", state="visible")
    assert page.input_value("#date") == "2026-07-02"
    assert page.is_checked("input[value='7-oh']")
    assert "7-OH" in page.text_content(f"{TENNESSEE} title")


@pytest.mark.parametrize(
    "hash_", ["on=2026-02-31", "on=<b>", "substance=toString", "on=0000-00-00&substance=", "x=%"]
)
def test_a_broken_address_shows_today(visit, hash_):
    page = visit(f"index.html#{hash_}")
    assert page.input_value("#date") == "2026-11-22"
    assert page.is_checked("input[value='leaf']")


@pytest.mark.parametrize(
    ("hash_", "told"),
    [
        ("#on=2026-02-31", "“2026-02-31” is not a day"),
        ("?substance=7ohh", "“7ohh” is not a substance"),
        ("#on=&substance=bark", "“” is not a day; write it as 2026-11-22; “bark” is not"),
    ],
)
def test_a_question_that_is_not_understood_is_refused_in_words(visit, files, hash_, told):
    for address in (f"index.html{hash_}", f"j/US-TX.html{hash_}"):
        page = visit(address, root=files)
        shown = page.text_content("#wrong:not([hidden]), #otherday:not([hidden])")
        assert told in shown, address
    assert page.is_hidden(".verdict")
    assert page.is_hidden("#may")


@pytest.mark.parametrize("word", ["7oh", "7-OH", "7-Hydroxymitragynine"])
def test_a_substance_may_be_called_by_its_everyday_names(visit, get, word):
    page = visit(f"index.html#substance={word}")
    assert page.is_checked("input[value='7-oh']")
    page = visit(f"j/US-TN.html#substance={word}")
    assert page.text_content(".verdict .asked").startswith("7-OH, ")
    assert get(f"/?on=2020-01-01&substance={word}").status == 200
    assert get("/?on=2020-01-01&substance=7ohh").status == 400


def test_a_click_on_the_map_keeps_day_and_substance(visit):
    page = visit("index.html?on=2020-01-01&substance=7-oh")
    assert page.input_value("#date") == "2020-01-01"
    page.click("#map-us a[data-at='US-TX'] path")
    page.wait_for_url("**/j/US-TX.html#on=2020-01-01&substance=7-oh")
    assert page.text_content(".verdict .asked") == "7-OH, 1 January 2020"
    page.go_back()
    page.click("#table-us tr[data-at='US-WI'] a")
    assert page.text_content(".verdict .answer").startswith("banned")
    page = visit("map/7-oh/2020.html")
    page.click("#map-us a[data-at='US-TX'] path")
    page.wait_for_url("**/j/US-TX.html?on=2020-01-01&substance=7-oh")
    assert page.text_content(".verdict .asked").startswith("7-OH, 1 January 2020")


@pytest.mark.parametrize("key", ["US-TN", "US-KY", "TH", "US", "US-CA/san-diego", "AQ"])
def test_a_published_page_tells_another_day_as_the_service_does(visit, get, files, key):
    page = visit(f"j/{key}.html", root=files)
    today = page.text_content(".verdict")
    for on, substance in [
        ("2020-01-01", "leaf"), ("2026-06-30", "7-oh"), ("2026-07-01", "mitragynine"),
        ("2027-01-01", "derivatives"), ("1990-01-01", "leaf"),
    ]:  # fmt: skip
        page.goto(f"{files}j/{key}.html?on={on}&substance={substance}")
        answer = get(f"/v1/status/{key}?on={on}&substance={substance}").json
        said = page.text_content(".verdict .answer")
        assert said.startswith(said_of(answer["status"], answer["probably"])), (on, substance)
        assert ("stricter in parts" in said) is any(
            substance in item["substances"] for item in answer["stricter_within"]
        )
        facts = page.text_content(".verdict .facts")
        assert (f"{answer['minimum_age']} years" in facts) is bool(answer["minimum_age"])
        assert (answer["seven_oh_cap"] or "7-OH limitnone recorded") in facts
        assert not page.locator("#may").is_visible()
        assert page.is_visible("#otherday")
    page.click("#ask button")
    assert page.text_content(".verdict") == today
    assert page.is_hidden("#otherday")


def test_the_day_of_a_page_is_picked_and_comes_back(visit, files):
    page = visit("j/US-TN.html", root=files)
    page.fill("#ask input", "2026-06-30")
    page.wait_for_url("**#on=2026-06-30&substance=leaf")
    assert page.text_content(".verdict .answer").startswith("regulated")
    page.fill("#ask input", "2027-06-30")
    assert "enacted, not yet in force" in page.text_content(".verdict .asked")
    page.select_option("#ask select", "7-oh")
    page.reload()
    assert page.text_content(".verdict .asked").startswith("7-OH, 30 June 2027")
    assert "7-OH" in page.title()


def test_without_a_script_a_page_says_which_day_it_shows(visit, files):
    page = visit("j/US-TN.html?on=2020-01-01", root=files, java_script_enabled=False)
    assert "This page shows the law of 22 November 2026." in page.text_content("noscript")
    assert page.is_hidden("#ask")


def test_what_was_known_at_another_time_is_not_told_by_a_copy(visit, files):
    page = visit("j/US-TN.html?as_known_on=2026-01-01", root=files)
    assert "cannot tell what was known" in page.text_content("#otherday")
    assert page.is_hidden(".verdict")


def test_buttons_go_from_change_to_change(visit):
    page = visit()
    page.click("#earlier")
    first = page.input_value("#date")
    assert first < "2026-11-22"
    assert page.text_content("#said").startswith("On ")
    page.click("#later")
    assert page.input_value("#date") > first


def test_a_state_is_opened_by_mouse_and_by_keyboard(visit):
    page = visit()
    page.click("#map-us a[data-at='US-TX'] path")
    page.wait_for_url("**/j/US-TX.html")
    page.go_back()
    page.focus("#map-us a[data-at='US-KY']")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.dataset.at") == "US-LA"
    assert page.text_content("#readout-us").startswith("Louisiana: ")
    width = page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)")
    assert width >= 3
    page.keyboard.press("Enter")
    page.wait_for_url("**/j/US-LA.html")


@pytest.mark.parametrize("key", ["US-RI", "US-DC", "US-GU"])
def test_a_tiny_place_has_a_target_that_can_be_hit(visit, key):
    page = visit()
    box = page.locator(f"#map-us a[data-at='{key}'] .key").bounding_box()
    assert min(box["width"], box["height"]) >= 15
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_url(f"**/j/{key}.html")


def test_a_closer_view_makes_an_island_large_enough_for_a_finger(visit):
    page = visit()
    page.click(".chart-world button:has-text('Caribbean')")
    box = page.locator("#map-world a[data-at='LC'] circle").bounding_box()
    assert box["width"] >= 30
    assert page.locator("button:has-text('Caribbean')").get_attribute("aria-pressed") == "true"


def test_links_lead_past_the_maps_and_the_header(visit):
    page = visit()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.focus(".jump a")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "table"
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('.tables')")


def test_a_place_is_found_by_its_name(visit):
    page = visit()
    page.fill("#q", "tenn")
    page.wait_for_selector("#found a")
    assert page.text_content("#found a").startswith("Tennessee")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/j/US-TN.html")


@pytest.mark.parametrize(
    ("words", "place"), [("são tomé", "ST"), ("TX", "US-TX"), ("san diego", "US-CA/san-diego")]
)
def test_enter_goes_where_only_one_place_fits(visit, words, place):
    page = visit("places.html")
    page.fill("#q", words)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/j/{place}.html")


def test_nobody_is_led_to_one_of_two_places_of_the_same_name(visit):
    page = visit()
    page.fill("#q", "Georgia")
    page.keyboard.press("Enter")
    # No `wait_for_function`: it asks again by `eval`, which the policy of the pages forbids.
    page.wait_for_selector("#found a:focus")
    assert page.url.endswith("index.html")
    assert page.text_content("#found-count") == "2 places fit: choose one."


def test_a_town_without_its_state_is_asked_back(visit):
    page = visit(quiet=False)
    page.fill("#q", "oceanside")
    page.wait_for_selector("#found a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/find?q=oceanside")
    assert page.locator(".found a").count() > 1


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("sarasota", "US-FL/sarasota-county"),
        ("dracut", "US-MA/dracut"),
        ("rankin", "US-MS/rankin-county"),
    ],
)
def test_a_published_tree_opens_what_alone_bears_a_name(visit, files, words, place):
    page = visit(root=files, quiet=False)
    page.fill("#q", words)
    page.wait_for_selector("#found a")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/j/{place}.html")


def test_on_a_phone_search_and_map_stand_in_the_first_screen(visit):
    page = visit(viewport=PHONE)
    for part in ("#q", "#map-us"):
        box = page.locator(part).bounding_box()
        assert box["y"] + box["height"] <= PHONE["height"], part
    assert page.locator("#q").bounding_box()["y"] < page.locator("#map-us").bounding_box()["y"]


@pytest.mark.parametrize("path", ["j/US-TX.html", "j/US.html", "j/US-CA/san-diego.html"])
def test_on_a_desk_the_heads_of_a_table_stand_over_their_columns(visit, path):
    """And the contents of the page stand beside it."""
    page = visit(path)
    moved = page.evaluate(
        "[...document.querySelectorAll('table')].flatMap(t => [...t.tHead.rows[0].cells].filter((th, n) => "
        "{ const td = t.tBodies[0].rows[0].cells[n]; "
        "return td && Math.abs(td.getBoundingClientRect().x - th.getBoundingClientRect().x) > 1; })"
        ".map(th => th.textContent))"
    )
    assert moved == []
    aside, text = page.locator(".onpage").bounding_box(), page.locator("#substances").bounding_box()
    assert aside["x"] + aside["width"] <= text["x"]


def test_on_a_phone_the_rows_of_a_page_are_cards(visit):
    page = visit("j/US-CA.html", viewport={"width": 320, "height": 844})
    wide = (
        "[...document.querySelectorAll('.scroll')].filter(e => e.scrollWidth > e.clientWidth + 1)"
    )
    assert page.evaluate(f"{wide}.map(e => e.getAttribute('aria-labelledby'))") == []


def test_a_published_tree_opens_no_town_unasked(visit, files):
    page = visit(root=files, quiet=False)
    page.fill("#q", "oceanside")
    page.wait_for_selector("#found a")
    page.keyboard.press("Enter")
    page.wait_for_selector("#found a:focus")
    assert "others of that name may lie elsewhere" in page.text_content("#found-count")
    assert page.url.endswith("index.html")


@pytest.mark.parametrize("words", ["34285", "Venice, FL", "Cook County, IL"])
def test_a_place_without_a_record_is_led_to(visit, words):
    page = visit()
    page.fill("#q", words)
    page.keyboard.press("Enter")
    page.wait_for_selector(".verdict:has-text('No own record')")


@pytest.mark.parametrize("words", ["Bayern", "Austin", "Hokkaido"])
def test_what_the_list_lacks_can_be_asked_of_the_service(visit, words):
    page = visit()
    page.fill("#q", words)
    page.click("#found li:last-child a")
    page.wait_for_selector(".verdict:has-text('No own record')")


@pytest.fixture(params=["served", "published"])
def root(request, get):
    """The address of the service, then that of a published tree."""
    return get.url() if request.param == "served" else request.getfixturevalue("files")


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("UK", "GB"),
        ("America", "US"),
        ("ROC", "TW"),
        ("usa", "US"),
        ("Burma", "MM"),
        ("Tenn.", "US-TN"),
        ("Ελλάς", "GR"),
        ("Washington, D.C.", "US-DC"),
    ],
)
def test_another_name_leads_where_the_registry_says(visit, root, words, place):
    page = visit("places.html", root=root)
    page.fill("#q", words)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/j/{place}.html")


def test_another_name_is_shown_beside_the_place_that_bears_it(visit, root):
    page = visit(root=root)
    page.fill("#q", "burm")
    page.wait_for_selector("#found a")
    assert page.text_content("#found a") == "MyanmarBurma · country"


def test_every_name_means_in_the_page_what_it_means_in_the_registry(visit, whole):
    known = Registry(whole.localities())
    texts = [
        *spellings(known.all()),
        "ca",
        "Ga.",
        "n. dak.",
        "ČR",
        "ａｌ",
        "８４０",
        "8 4 0",
        "constructor",
    ]
    found = visit("places.html").evaluate(
        "async (texts) => {"
        "  const known = directory(await json('data/names.json'));"
        "  return texts.map((text) => known.readings(text));"
        "}",
        texts,
    )
    for text, ids in zip(texts, found, strict=True):
        assert sorted(ids) == sorted(place.id for place in known.readings(text)), text
        said = read(whole, text)  # what /find reads: the page goes there, or lets the reader choose
        # A town without its state may be another's, which the service knows and the page does not.
        bare = len(ids) == 1 and known.interpret(text).bare_locality
        assert bare or (said == ids[0] if said else len(ids) != 1), text


def test_a_slip_in_the_page_gets_the_suggestions_of_the_service(visit, whole, root):
    ids = {place.id for place in Registry(whole.localities()).all()}
    page = visit(root=root)
    for words in ("tenessee", "Kentuky", "Thailnd", "colmbia"):
        page.fill("#q", words)
        page.wait_for_selector("#found-count:not(:has-text('Perhaps one of these is meant'))")
        page.keyboard.press("Enter")
        page.wait_for_selector("#found-count:has-text('Perhaps one of these is meant')")
        assert page.url.endswith("index.html"), words
        with pytest.raises(UnknownJurisdiction) as caught:
            resolve(whole, words)
        shown = page.evaluate("[...document.querySelectorAll('#found a')].map(a => a.href)")
        for text in caught.value.suggestions:
            code = text.rpartition("(")[2].rstrip(")")
            if code in ids:  # a town without a record only the service knows
                assert any(url.endswith(f"/j/{code}.html") for url in shown), (words, text)


def test_a_misspelt_state_is_the_first_that_is_shown(visit, root):
    page = visit(root=root)
    page.fill("#q", "tenessee")
    page.wait_for_selector("#found a")
    assert page.text_content("#found a") == "TennesseeUnited States"
    assert page.text_content("#found-count") == "No place by that name. Perhaps:"


def test_what_merely_holds_the_words_is_never_opened_unasked(visit, root):
    page = visit(root=root)
    for words in ("DR", "tennes", "ennesse", "Dracu"):
        page.fill("#q", words)
        page.wait_for_selector("#found-count:not(:has-text('No place is called'))")
        for _ in range(2):  # a second Enter does not open it either
            page.keyboard.press("Enter")
            page.wait_for_selector("#found-count:has-text('No place is called')")
            assert page.locator("#found a").count() > 0, words
            assert page.evaluate("document.activeElement.id") == "q"
        assert page.url.endswith("index.html"), words


def test_a_code_of_two_places_is_a_choice_the_standard_first(visit, root):
    page = visit(root=root)
    page.fill("#q", "CA")
    page.keyboard.press("Enter")
    page.wait_for_selector("#found a:focus")
    assert page.text_content("#found a:focus") == "Canadacountry"
    assert page.text_content("#found-count") == "2 places fit: choose one."


def test_a_place_with_what_it_lies_in_is_read_by_the_service(visit):
    page = visit()
    page.fill("#q", "San Diego, California")
    page.keyboard.press("Enter")
    page.wait_for_url("**/j/US-CA/san-diego.html")


def test_a_published_tree_shows_what_stands_before_the_comma(visit, files):
    page = visit(root=files, quiet=False)  # the host says 404 to the question
    page.fill("#q", "San Diego, CA")
    page.keyboard.press("Enter")
    page.wait_for_selector("#found-count:has-text('No place is called')")
    assert page.text_content("#found a").startswith("San Diego")
    assert page.url.endswith("index.html")


def test_without_its_list_the_page_leaves_the_question_to_the_service(visit):
    page = visit("places.html", quiet=False)
    page.route("**/data/names.json", lambda route: route.abort())
    page.fill("#q", "tenessee")
    page.keyboard.press("Enter")
    page.wait_for_url("**/find?q=tenessee")
    assert page.text_content(".found a").startswith("Tennessee")


def test_a_day_before_the_map_is_refused_in_words(visit, root):
    page = visit(root=root)
    heading = page.text_content(".lede")
    page.fill("#date", "2010-05-05")
    page.wait_for_selector("#said:has-text('The map begins in 2014')")
    assert page.input_value("#date") == "2026-11-22"
    assert page.text_content("#said") == "The map begins in 2014. It still shows 22 November 2026."
    assert page.text_content(".lede") == heading
    page.fill("#date", "2026-07-01")
    assert page.text_content("#said").startswith("On 1 July 2026: ")


def test_a_year_can_be_typed_digit_by_digit(visit):
    page = visit()
    page.focus("#date")
    page.keyboard.type("07012026")
    assert page.input_value("#date") == "2026-07-01"
    assert page.text_content("#said").startswith("On 1 July 2026: ")


def test_a_day_left_half_typed_goes_back_to_what_is_shown(visit):
    page = visit()
    page.focus("#date")
    page.keyboard.type("0701002")
    page.focus("#q")
    assert page.input_value("#date") == "2026-07-01"
    assert page.text_content("#said") == "The map begins in 2014. It still shows 1 July 2026."


def test_an_address_of_a_day_before_the_map_says_so(visit):
    page = visit("index.html#on=2010-05-05")
    assert page.text_content("#said").startswith("The map begins in 2014.")
    assert page.input_value("#date") == "2026-11-22"


def test_an_old_page_says_how_old_it_is(chromium, get):
    page = chromium.new_page()
    page.set_default_timeout(120_000)
    page.clock.set_fixed_time(datetime(2026, 12, 31, 12, tzinfo=UTC))
    page.goto(get.url("index.html"), wait_until="networkidle")
    assert "made on 22 November 2026, 39 days ago" in page.text_content("#made")
    assert page.is_visible("#made")
    page.clock.set_fixed_time(datetime(2026, 11, 23, tzinfo=UTC))
    page.reload(wait_until="networkidle")
    assert not page.is_visible("#made")
    page.close()


def test_without_javascript_the_map_the_search_and_other_years_work(visit):
    page = visit(java_script_enabled=False)
    assert not page.is_visible("#controls")
    assert page.is_visible("#map-us")
    page.fill("#q", "Tennessee")
    page.keyboard.press("Enter")
    page.wait_for_url("**/j/US-TN.html")
    page.go_back()
    page.click("a[href='map/7-oh/2026.html']")
    page.wait_for_url("**/map/7-oh/2026.html")
    assert "7-OH on 1 January 2026" in page.text_content("h1")


LETTERS = {
    "as installed": "",
    "of one width": "* { font-family: monospace !important; }",
    "wide and bold": "* { font-weight: 700 !important; letter-spacing: .08em !important; }",
    "larger": "html { font-size: 125% !important; }",
    "twice as large": "html { font-size: 200% !important; }",
}
"""What other machines and readers have: a page may not count on the fonts that are installed here."""


@pytest.mark.parametrize("kind", PAGES)
def test_a_phone_never_scrolls_sideways(visit, site, kind):
    page = visit(
        path_of(kind, site),
        viewport=PHONE,
        quiet=kind not in {"not found", "asked back"},
        has_touch=True,
    )
    too_wide = []
    for letters, css in LETTERS.items():
        page.evaluate(
            "(css) => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css);"
            " document.adoptedStyleSheets = [sheet]; }",
            css,
        )
        for width in (PHONE["width"], 320):
            page.set_viewport_size({"width": width, "height": 844})
            if (needed := page.evaluate("document.documentElement.scrollWidth")) > width:
                too_wide.append(f"letters {letters}: {needed} px at {width}")
    assert too_wide == []


@pytest.mark.parametrize("kind", PAGES)
def test_axe_finds_no_serious_fault_by_day_and_by_night(visit, site, kind):
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="axe is not installed"
    )
    page = visit(
        path_of(kind, site), color_scheme="light", quiet=kind not in {"not found", "asked back"}
    )
    # The rows of a long table or list are alike; a dozen of each stands for the rest.
    page.evaluate(
        "document.querySelectorAll('tbody tr:nth-child(n+13), li:nth-child(n+13)')"
        ".forEach((row) => row.remove())"
    )
    told = []
    # By night only the colours are others.
    for scheme, rules in (("light", {}), ("dark", {"runOnly": ["color-contrast"]})):
        page.emulate_media(color_scheme=scheme)
        options = {"resultTypes": ["violations"], **rules}
        told += [
            (
                scheme,
                fault["id"],
                fault["help"],
                [node["html"][:200] for node in fault["nodes"][:3]],
            )
            for fault in axe.Axe().run(page, options=options).response["violations"]
            if fault["impact"] in FAULTS
        ]
    assert told == []


def test_the_dark_is_dark_and_the_day_is_bright(visit):
    def luminance(page):
        text = page.evaluate("getComputedStyle(document.body).backgroundColor")
        return sum(int(part) for part in text[4:-1].split(","))

    assert luminance(visit(color_scheme="dark")) < 120
    assert luminance(visit(color_scheme="light")) > 700


def test_each_status_looks_otherwise_on_screen(visit):
    """The patterns are really painted: a fill that a browser cannot resolve is painted black or not at all."""
    page = visit()
    pictures = {page.locator(".legend .swatch").nth(place).screenshot() for place in range(8)}
    assert len(pictures) == 8
    shape = page.locator(f"{TENNESSEE} path").last
    before = shape.screenshot()
    slide(page, "2026-07-01")
    page.keyboard.press("ArrowLeft")
    assert shape.screenshot() != before
