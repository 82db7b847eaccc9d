"""Whoever reads of a restriction can look its law up, or reads why not."""

from datetime import date

import pytest

from regstatus.base.front_page import for_readers
from regstatus.catalog.sources import load_catalog
from regstatus.cli import main
from regstatus.decide.days_of_law import turns
from regstatus.decide.records import decide
from regstatus.model.law import Status
from regstatus.query.dataset import Dataset
from regstatus.store.reader import Store
from tests.conftest import ROOT
from tests.support.make import FEDERAL, NOON, publish

URL = 'url = "https://register.example.gov/2026-17429"\nurl_basis = "seen"\n'
DEEP = "https://register.example.gov/2026-17429"
FREE = {Status.UNREGULATED, Status.UNKNOWN, None}
FRONT = (
    "https://register.example.gov",
    "https://register.example.gov/",
    "https://register.example.gov/en/index.html",
    "https://register.example.gov/?lang=fr",
    "https://register.example.gov/#/home",
    "https://library.municode.com/tx/austin/codes/code_of_ordinances",
    "https://codelibrary.amlegal.com/codes/elpaso/latest/elpaso_tx/0-0-0-1",
    "https://ecode360.com/AU0484",
    "https://www.lexisnexis.com/hottopics/tncode/",
    "https://api.register.example.gov/laws/5",
    "https://register.example.gov/api/laws/5",
    "https://register.example.gov/laws/5.json",
)


def checked(tmp_path, capsys, text):
    file = tmp_path / "us.toml"
    file.write_text(text, encoding="utf-8")
    status = main(["sources", "check", str(file)])
    return status, capsys.readouterr().err


@pytest.mark.parametrize("url", FRONT)
def test_a_front_page_is_no_address_of_a_law_that_restricts(tmp_path, capsys, url):
    status, err = checked(tmp_path, capsys, FEDERAL.replace(DEEP, url))
    assert status == 2
    assert "instruments[0].url: US: a front page or an interface" in err
    assert "no address found" in err


@pytest.mark.parametrize(
    "url",
    [
        "https://register.example.gov/2026/17429",
        "https://register.example.gov/?act=9",
        "https://register.example.gov/#/act/9",
        "https://library.municode.com/tx/austin/codes/code?nodeId=TIT10_CH10-8",
        "https://ecode360.com/34795662",
    ],
)
def test_a_deep_address_is_one(tmp_path, capsys, url):
    assert checked(tmp_path, capsys, FEDERAL.replace(DEEP, url)) == (0, "")


@pytest.mark.parametrize(
    "note",
    ["", 'note = "Not found."\n', 'note = "no address found: "\n', 'note = "No address."\n'],
)
def test_a_restricted_place_without_an_address_says_why_or_is_refused(tmp_path, capsys, note):
    status, err = checked(tmp_path, capsys, FEDERAL.replace(URL, note))
    assert status == 2
    assert "timeline[1].instruments: US: no address leads to the law of this restriction" in err


@pytest.mark.parametrize(
    "note",
    [
        "no address found: the gazette is on paper.",
        "Of 2026. No address found: it was told by press.",
        "no address found: the town shows its rules by script",
    ],
)
def test_one_that_says_why_is_sound(tmp_path, capsys, note):
    assert checked(tmp_path, capsys, FEDERAL.replace(URL, f'note = "{note}"\n')) == (0, "")


@pytest.mark.parametrize("status", [one for one in Status if one not in FREE])
@pytest.mark.parametrize("name", ["leaf", "mitragynine", '"7-oh"', "derivatives"])
def test_any_restriction_of_any_substance_needs_one(tmp_path, capsys, status, name):
    head, _, tail = FEDERAL.replace(URL, "").rpartition("from = 2026-08-26")
    tail = tail.replace('derivatives = "banned"', 'derivatives = "unknown"')
    tail = tail.replace(f"\n{name} = ", f'\n{name} = "{status}"\n# ', 1)
    tail = tail.replace("grade", "minimum_age = 21\ngrade") if status == "age_restricted" else tail
    assert "no address leads" in checked(tmp_path, capsys, f"{head}from = 2026-08-26{tail}")[1]


@pytest.mark.parametrize("page", ["https://a.example.gov/", "https://a.example.gov/fr/home.aspx"])
def test_the_front_page_of_a_document_is_none_either(tmp_path, capsys, page):
    document = f"""
[[documents]]
id = "gazette"
title = "Gazette"
publisher = "Printer"
url = "{page}"
url_basis = "memory"
reads = "notice"
people_only = true
"""
    text = FEDERAL.replace(URL, 'document = "gazette"\n') + document
    assert "no address leads" in checked(tmp_path, capsys, text)[1]
    deep = text.replace(page, f"{page}act/9")
    assert checked(tmp_path, capsys, deep) == (0, "")


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    path = tmp_path_factory.mktemp("addresses")
    sources = load_catalog(ROOT / "sources", closely=True)
    records = (decide(one, {}, None, NOON.date()).to_json() for one in sources)
    publish(path, *records)
    return Store(path).load()


def test_every_restricted_place_has_an_address_of_its_law_or_says_why_on_every_day(whole):
    named = silent = 0
    asked = ((one, day) for one in whole.records() for day in turns(one) | {"2026-11-30"})
    for record, day in asked:
        key = record["id"]
        found = Dataset(whole).lookup(key, on=day, now=NOON).to_dict()
        if not set(found["layers"][0]["substances"].values()) - FREE:
            continue
        urls = [item["url"] for item in found["citations"] if item["jurisdiction"] == key]
        read = [one["url"] for one in found["evidence"] if one["rule"].startswith("attested")]
        assert all(url is None or for_readers(url) for url in urls + read), (key, urls, read)
        period = next(
            one
            for one in record["timeline"]
            if (one["from"] or "") <= day < (one["until"] or "9999")
        )
        notes = [(record["instruments"].get(n) or {}).get("note") for n in period["instruments"]]
        if any(urls):
            named += 1
        else:
            assert any("no address found: " in (note or "").lower() for note in notes), key
            silent += 1
    assert named > silent > 0


def test_no_answer_leads_to_a_front_page_whatever_a_store_holds(tmp_path):
    made = decide(load_catalog(ROOT / "sources")[0], {}, None, date(2026, 11, 22)).to_json()
    for url in FRONT:
        for item in made["instruments"].values():
            item.update(url=url, document=None)
        publish(tmp_path, made)
        found = Dataset(Store(tmp_path).load()).lookup(made["id"], now=NOON).to_dict()
        assert {item["url"] for item in found["citations"]} <= {None}
