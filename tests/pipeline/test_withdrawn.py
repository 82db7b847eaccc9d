"""A place whose source file is gone: withdrawn, told once, unknown from then on, and never in the way."""

import json
from datetime import timedelta

import jsonschema
import pytest

from regstatus.base.errors import SourceFileError
from regstatus.fetch.settings import Settings
from regstatus.model.schemas import schemas
from regstatus.pipeline.update import Options, update
from regstatus.query.dataset import Dataset
from regstatus.store.reader import Store
from regstatus.store.verify import verify
from regstatus.tables.rows import jurisdiction_rows
from regstatus.web.edition import Edition
from regstatus.web.website import Site
from tests.support.events import events
from tests.support.make import FEDERAL, NOON
from tests.support.replica import Replica

LAW = FEDERAL.partition("[[pending]]")[0].replace(
    'derivatives = "banned"', 'derivatives = "unregulated"'
)
STATE = LAW.replace('"US"', '"US-OH"')
TOWN = """
jurisdiction = "{id}"
name = "{name}"
kind = "{kind}"
ocd_id = "ocd-division/country:us/state:oh/{ocd}"
attested = 2026-06-07
attested_by = "third-party reading"

[[instruments]]
id = "ord"
citation = "Ordinance 12"
type = "ordinance"

[[timeline]]
from = 2020-01-01
leaf = "banned"
grade = "secondary"
instruments = ["ord"]
"""

SCHEDULE = """
[[documents]]
id = "list"
title = "Schedule I"
publisher = "Legislature"
url = "{url}"
url_basis = "seen"
reads = "schedule"
complete = true
controls = ["Heroin", "Psilocybin"]
shows = {{ leaf = "silent" }}
settles = ["leaf"]
"""


def town(key="US-OH/dayton", name="Dayton", kind="city", ocd="place:dayton"):
    return TOWN.format(id=key, name=name, kind=kind, ocd=ocd)


def validator(name):
    return jsonschema.Draft202012Validator(schemas()[name])


class Place:
    """A folder of source files and its store; `routes` lead to the hosts that they name, if any."""

    def __init__(self, folder):
        self.sources, self.store, self.now = folder / "sources", folder / "store", NOON
        self.routes = {}
        self.write("us.toml", LAW)
        self.write("us/oh.toml", STATE)
        self.write("us/oh/dayton.toml", town())

    def write(self, name, text):
        file = self.sources / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def drop(self, *names):
        for name in names:
            (self.sources / name).unlink()

    def run(self, **options):
        self.now += timedelta(days=1)
        settings = Settings(delay=0.0, retries=0, routes=self.routes)
        options = Options(
            sources=self.sources, snapshots=self.store, settings=settings, isolate=False, **options
        )
        run = update(options, now=lambda: self.now)
        assert verify(self.store) == []
        return run

    def told(self):
        return [(str(c.kind), c.jurisdiction) for c in self.run().changes]

    def data(self, known=None):
        return Dataset(Store(self.store).load(known))

    def status(self, name, known=None):
        return str(self.data(known).lookup(name, now=self.now).status)

    def site(self):
        store = Store(self.store)
        return Site(Edition(store, store.load(), self.now), "https://example.org/")


@pytest.fixture
def place(tmp_path):
    made = Place(tmp_path)
    made.run()
    return made


SPELLINGS = (
    "US-OH/dayton",
    "Dayton",
    "dayton, ohio",
    "ocd-division/country:us/state:oh/place:dayton",
)


@pytest.mark.parametrize("name", SPELLINGS)
def test_a_town_whose_file_is_gone_is_withdrawn_and_then_unknown(place, name):
    assert place.status(name) == "banned"
    before = place.data().version
    place.drop("us/oh/dayton.toml")
    assert place.told() == [("record_withdrawn", "US-OH/dayton")]
    assert "US-OH/dayton" not in place.data().snapshot
    found = place.data().lookup(name, now=place.now)
    assert (str(found.status), found.jurisdiction["name"]) == ("unknown", "Dayton")
    assert not found["layers"][0]["recorded"]
    assert "has no record" in found["freshness"]["reasons"][0]
    assert list(validator("answer").iter_errors(found.to_dict())) == []
    assert place.status(name, known=before) == "banned"


def test_a_town_that_had_no_record_is_still_asked_back(place):
    from regstatus.base.errors import UnknownJurisdiction

    place.drop("us/oh/dayton.toml")
    place.run()
    with pytest.raises(UnknownJurisdiction):
        place.status("US-OH/nowhere")


def test_what_is_withdrawn_is_told_once_and_the_next_runs_go_on(place):
    place.drop("us/oh/dayton.toml")
    place.run()
    version = place.data().version
    assert place.told() == []
    assert place.data().version == version
    place.write("us/oh/akron.toml", town("US-OH/akron", "Akron", ocd="place:akron"))
    assert place.told() == [("record_added", "US-OH/akron")]
    assert place.status("Dayton") == "unknown"


def test_a_file_that_is_put_back_answers_again(place):
    place.drop("us/oh/dayton.toml")
    place.run()
    place.write("us/oh/dayton.toml", town())
    assert place.told() == [("record_added", "US-OH/dayton")]
    assert place.status("Dayton") == "banned"
    assert b'"former"' not in (place.store / place.data().version / "snapshot.json").read_bytes()


def test_a_town_with_a_new_id_answers_by_its_name_and_the_old_id_is_no_longer_law(place):
    place.drop("us/oh/dayton.toml")
    place.write("us/oh/dayton-city.toml", town("US-OH/dayton-city"))
    told = place.told()
    assert told == [("record_withdrawn", "US-OH/dayton"), ("record_added", "US-OH/dayton-city")]
    for name in SPELLINGS[1:]:
        assert place.data().lookup(name, now=place.now).jurisdiction["id"] == "US-OH/dayton-city"
    assert place.status("US-OH/dayton") == "unknown"


def test_a_county_is_withdrawn_beside_a_city_of_its_name(place):
    place.write(
        "us/oh/dayton-county.toml",
        town("US-OH/dayton-county", "Dayton County", "county", "county:dayton"),
    )
    place.run()
    place.drop("us/oh/dayton-county.toml")
    assert place.told() == [("record_withdrawn", "US-OH/dayton-county")]
    assert (place.status("Dayton County"), place.status("Dayton, OH")) == ("unknown", "banned")


def test_a_file_that_moves_to_another_folder_changes_nothing(place):
    place.drop("us/oh/dayton.toml")
    place.write("elsewhere/d.toml", town())
    assert place.told() == []


def test_a_state_is_refused_alone_and_withdrawn_with_its_towns(place):
    place.drop("us/oh.toml")
    with pytest.raises(SourceFileError, match=r"dayton\.toml.*US-OH has no source file.*add one"):
        place.run()
    place.drop("us/oh/dayton.toml")
    gone = ["US-OH", "US-OH/dayton"]
    assert place.told() == [("record_withdrawn", key) for key in gone]
    assert [place.status(key) for key in gone] == ["unknown", "unknown"]


def test_a_country_is_withdrawn_and_softens_nothing_below_it(place):
    place.drop("us.toml")
    assert place.told() == [("record_withdrawn", "US")]
    assert [place.status(key) for key in ("US", "US-OH", "Dayton")] == [
        "unknown",
        "unknown",
        "banned",
    ]
    reasons = place.data().lookup("US", now=place.now)["freshness"]["reasons"]
    assert reasons[0].startswith("its record was withdrawn")


def test_more_withdrawals_than_a_run_may_bring_are_held(place):
    for number in range(3):
        name = f"Town {number}"
        place.write(f"t{number}.toml", town(f"US-OH/town-{number}", name, ocd=f"place:t{number}"))
    place.run(accept=True)
    place.drop(*(f"t{number}.toml" for number in range(3)))
    assert place.run(flip_budget=2).state == "held"
    assert place.status("Town 1") == "banned"
    assert place.run(flip_budget=2, accept=True).state == "complete"
    assert place.status("Town 1") == "unknown"


def test_lists_tables_pages_and_feeds_know_a_town_whose_record_was_withdrawn(place):
    place.drop("us/oh/dayton.toml")
    place.run()
    data = place.data()
    key = "US-OH/dayton"
    listed = {a.jurisdiction["id"]: a for a in data.answers(now=place.now, everywhere=True)}
    assert str(listed[key].status) == "unknown"
    assert key not in {a.jurisdiction["id"] for a in data.answers(now=place.now)}
    rows = {row["id"]: row for row in jurisdiction_rows(data.snapshot)}
    assert (rows[key]["name"], rows[key]["recorded"]) == ("Dayton", False)
    assert [e["kind"] for e in events(Store(place.store), None)] == ["record_withdrawn"]
    site = place.site()
    page = site.get(f"j/{key}.html").body.decode()
    assert "There is no record of the law of this place" in page
    assert "The record of Dayton was withdrawn" in page
    assert "record of Dayton was withdrawn" in site.get(f"feeds/{key}.atom").body.decode()
    assert json.loads(site.get(f"v1/status/{key}.json").body)["status"] == "unknown"
    for path in site.paths:
        if path != "feeds/all.ics":
            assert site.get(path).body is not None, path


def test_the_file_of_a_version_says_who_had_a_record_in_its_schema(place):
    place.drop("us/oh/dayton.toml")
    place.run()
    data = json.loads((place.store / place.data().version / "snapshot.json").read_bytes())
    assert list(validator("snapshot").iter_errors(data)) == []
    assert data["former"]["US-OH/dayton"]["name"] == "Dayton"


def test_the_command_line_looks_up_what_was_withdrawn(place, capsys):
    from regstatus.cli import main

    place.drop("us/oh/dayton.toml")
    place.run()
    store = str(place.store)
    for command in ("lookup US-OH/dayton", "evidence US-OH/dayton", "cite US-OH/dayton", "changes"):
        assert main([*command.split(), "--snapshots", store]) == 0, command
        said = capsys.readouterr()
        assert "Traceback" not in said.out + said.err
    assert main(["lookup", "US-OH/dayton", "--snapshots", store]) == 0
    said = capsys.readouterr().out
    assert "UNKNOWN" in said
    assert "no record" in said
    first = Store(place.store).versions()[0]["id"]
    assert main(["snapshots", "diff", first, "--snapshots", store]) == 0
    assert "Dayton was withdrawn" in capsys.readouterr().out


def test_a_watched_text_is_read_anew_when_its_file_is_put_back(tmp_path):
    host = "statutes.example.gov"
    page = (
        "<!doctype html><html><head><title>Code</title></head><body><h1>Schedule I</h1><p>The "
        "following are controlled substances:</p><ul><li>Heroin</li><li>Ibogaine</li><li>Mescaline"
        "</li><li>Psilocybin</li><li>Psilocyn</li></ul></body></html>"
    )
    with Replica() as site:
        site.pages[host, "/s.htm"] = ("text/html; charset=utf-8", page.encode())
        place = Place(tmp_path)
        document = SCHEDULE.format(url=f"https://{host}/s.htm")
        place.write("us/oh.toml", f"{STATE}{document}")
        place.routes = {host: site.address}
        place.run()
        place.drop("us/oh/dayton.toml", "us/oh.toml")
        assert ("record_withdrawn", "US-OH") in place.told()
        place.write("us/oh.toml", f"{STATE}{document}")
        assert ("record_added", "US-OH") in place.told()
        record = place.data().snapshot.get("US-OH")
        assert record["documents"]["list"]["verdict"] == "confirms"
        assert record["documents"]["list"]["finding"]["readable"]
