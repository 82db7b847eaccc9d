"""What machines find: the data package, JSON-LD, the site map, and how to cite."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from hashlib import sha256
from pathlib import Path
from xml.etree import ElementTree as ET

import lxml.html
import pytest

import regstatus
from regstatus.query.listings import LISTS
from regstatus.store.reader import Store
from regstatus.web.api import discovery as linked
from regstatus.web.edition import Edition
from regstatus.web.website import Site
from tests.web import hostile

BASE = "https://kratom.example/law/"
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def package(site):
    return json.loads(site.get("datapackage.json").body)


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory):
    store = Store(hostile.store(tmp_path_factory.mktemp("hostile")))
    return Site(Edition(store, store.load(), hostile.LATER), BASE)


def test_every_resource_of_the_package_has_the_bytes_that_it_says(package, site):
    names = [item["name"] for item in package["resources"]]
    assert len(names) == len(set(names))
    assert {"status", "status-ndjson", "changes", "snapshot-json"} <= set(names)
    for item in package["resources"]:
        body = site.get(item["path"]).body
        assert item["bytes"] == len(body), item["path"]
        assert item["hash"] == f"sha256:{sha256(body).hexdigest()}", item["path"]


def test_the_package_names_version_and_licence(package, site):
    assert package["version"] == site.edition.snapshot.version
    assert package["licenses"][0]["name"] == "CC-BY-4.0"
    assert all(re.fullmatch(r"[a-z0-9._-]+", item["name"]) for item in package["resources"])


def cells(site, name):
    text = site.get(f"v1/{name}.csv").body.decode()
    return list(csv.DictReader(io.StringIO(text)))


_READ = {
    "integer": int,
    "date": date.fromisoformat,
    "datetime": lambda text: re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", text)[0],
    "string": str,
    "boolean": {"yes": True, "no": False}.__getitem__,
}


def test_every_cell_is_of_the_type_that_the_schema_gives(package, site):
    tables = {
        item["name"]: item["schema"] for item in package["resources"] if item["format"] == "csv"
    }
    assert tables.keys() == LISTS.keys()
    for name, schema in tables.items():
        fields = {field["name"]: field for field in schema["fields"]}
        assert (*fields,) == LISTS[name].names
        rows = cells(site, name)
        for row in rows:
            for column, text in row.items():
                if text:
                    _READ[fields[column]["type"]](text)
                    known = fields[column].get("constraints", {}).get("enum")
                    assert known is None or text in known, (name, column, text)
        for key in schema.get("primaryKey", ()):
            assert len({row[key] for row in rows}) == len(rows)


def test_no_cell_of_a_hostile_record_is_a_formula_or_holds_a_control(spoilt):
    seen = 0
    for name in LISTS:
        text = spoilt.get(f"v1/{name}.csv").body.decode()
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text), name
        for row in csv.reader(io.StringIO(text)):
            for cell in row:
                assert not cell.startswith(("=", "+", "-", "@")), (name, cell)
                seen += cell.startswith("'=1+1")
    assert seen > 10


def law(**facts):
    return {
        "text": "A § 1", "title": None, "url": None, "type": "statute", "effective": None, "until": None,
        "url_basis": None, "jurisdiction": "US-TX", **facts,
    }  # fmt: skip


def said(on="2026-11-22", grade="official_text", state="fresh", of_7_oh=None, **facts):
    detail = {"status": "banned", "grade": of_7_oh or grade}
    answer = {
        "layers": [{"id": "US-TX", "name": "Texas", "grade": grade}], "on": on, "grade": grade,
        "details": {"7-oh": detail}, "freshness": {"state": state}, "citations": [law(**facts)],
    }  # fmt: skip
    made = linked.legislation(answer)
    assert made["@context"] == "https://schema.org"
    return made["@graph"][0]


@pytest.mark.parametrize(
    ("facts", "force"),
    [
        ({"effective": "2026-11-22"}, "InForce"),
        ({"effective": "2026-11-23"}, "NotInForce"),
        ({"effective": "2020-01-01", "until": "2026-11-22"}, "NotInForce"),
        ({"effective": "2020-01-01", "until": "2026-11-23"}, "InForce"),
        ({"until": "2026-11-22"}, "NotInForce"),
        ({"until": "2026-11-23"}, None),
        ({}, None),
    ],
)
def test_a_law_is_said_to_be_in_force_only_by_its_recorded_days(facts, force):
    found = said(**facts).get("legislationLegalForce")
    assert found == (f"https://schema.org/{force}" if force else None)


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({}, True),
        ({"grade": "official_notice", "state": "due"}, True),
        ({"grade": "secondary"}, False),
        ({"grade": "none"}, False),
        ({"of_7_oh": "secondary"}, False),
        ({"state": "stale"}, False),
        ({"state": "unverified"}, False),
        ({"state": "attested"}, True),
    ],
)
def test_no_force_is_claimed_for_a_law_that_nobody_read_or_whose_record_is_stale(facts, told):
    for days in ({"effective": "2020-01-01"}, {"effective": "2020-01-01", "until": "2021-01-01"}):
        made = said(**facts, **days)
        assert ("legislationLegalForce" in made) is told
        assert made["temporalCoverage"].startswith("2020-01-01/")


def test_no_page_of_a_catalogue_that_was_never_fetched_claims_force(site):
    assert site.edition.answers["US-TN"]["citations"]
    for place in site.edition.places:
        assert b"legislationLegalForce" not in site.get(f"j/{place.id}.html").body, place.id


def test_linked_data_claims_no_more_than_the_record():
    # The first day of force is not the day of adoption.
    assert "legislationDate" not in said(effective="2026-01-01")
    assert said(effective="2026-01-01")["temporalCoverage"] == "2026-01-01/.."
    assert said(type="notice", effective="2026-01-01")["@type"] == "CreativeWork"
    assert "legislationLegalForce" not in said(type="notice", effective="2026-01-01")
    url = "https://law.example/1"
    assert said(url=url, url_basis="seen")["url"] == url
    assert "url" not in said(url=url, url_basis="pattern")
    assert "url" not in said(url=url, url_basis="memory")
    assert "url" not in said(url="javascript:alert(1)", url_basis="seen")


def test_a_place_without_a_citation_has_no_linked_data(site):
    assert linked.legislation(site.edition.answers["ZW"]) is None
    assert b"ld+json" not in site.get("j/ZW.html").body


def test_the_page_of_a_place_holds_its_laws_as_data(site):
    page = lxml.html.document_fromstring(site.get("j/US-TX.html").body)
    (block,) = page.xpath("//script[@type='application/ld+json']/text()")
    names = [item.get("legislationIdentifier") for item in json.loads(block)["@graph"]]
    assert [item["text"] for item in site.edition.answers["US-TX"]["citations"]] == names


def test_no_text_breaks_out_of_the_data_on_a_page(spoilt):
    page = lxml.html.document_fromstring(spoilt.get("j/US-TX.html").body)
    (block,) = page.xpath("//script[@type='application/ld+json']/text()")
    graph = json.loads(block)["@graph"]
    assert hostile.TEXT in {item.get("legislationIdentifier") for item in graph}


def test_the_dataset_names_licence_version_and_files(site):
    made = linked.dataset(site.edition, BASE)
    assert made["version"] == site.edition.snapshot.version
    assert made["license"] == "https://creativecommons.org/licenses/by/4.0/"
    for item in made["distribution"]:
        assert item["contentUrl"].removeprefix(BASE) in site.paths


def test_the_site_map_holds_every_page_and_no_other(site):
    mapped = Site(site.edition, BASE)
    root = ET.fromstring(mapped.get("sitemap.xml").body)
    found = {node.text.removeprefix(BASE) for node in root.iter() if node.tag.endswith("loc")}
    assert found == {p for p in mapped.paths if p.endswith(".html")} - {"404.html"}
    assert "Sitemap: https://kratom.example/law/sitemap.xml" in linked.robots(BASE)
    assert "Sitemap" not in linked.robots(None)


def test_the_citation_file_names_this_version():
    text = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert text.startswith("cff-version: 1.2.0\n")
    (version,) = re.findall(r"^version: (.+)$", text, re.MULTILINE)
    assert version == regstatus.__version__
    for key in ("message", "title", "type", "license", "authors", "preferred-citation"):
        assert re.search(rf"^{key}:", text, re.MULTILINE), key


def test_language_models_are_told_what_to_pass_on_and_where_answers_are(site):
    text = site.get("llms.txt").body.decode()
    assert text.startswith("# ")
    assert all(word in text for word in ("never permission", "`freshness.state`", "not law"))
    links = re.findall(r"\]\((.+?)\)", text)
    assert len(links) > 5
    assert [link for link in links if site.get(link) is None] == []
