"""A store that an older or a newer release wrote is read at every door: nothing lacks, nothing breaks."""

import copy
import csv
import json
import re
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO

import pytest

from regstatus.cli import main
from regstatus.model.canonical import KEYS, whole
from regstatus.model.law import Activity, Substance
from regstatus.model.words import Context
from regstatus.store import open_store
from regstatus.tables.rows import status_rows
from regstatus.web import website
from regstatus.web.edition import Edition
from regstatus.web.website import Site
from tests.support.make import FEDERAL, NOON, TEXAS, finding, mention, publish, record
from tests.web.few import Few

pytestmark = [
    pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:The 'future.infer_string' option is deprecated"),
]

MORE = """
[[instruments]]
id = "notice"
citation = "Texas notice of 2026"
type = "notice"
url = "https://agency.example.gov/notice"
url_basis = "seen"
enacted = 2024-02-01
quote = "Kratom is a drug of concern."
quote_from = "a stored page (agency.example.gov)"

[[positions]]
by = "Department of Health"
citation = "Letter of 2025"
date = 2025-01-02
says = "Warns of kratom."

[[pending]]
citation = "HB 1"
stage = "introduced"
says = "Would ban it."
as_of = 2026-10-10

[[conflicts]]
about = "The age"
claims = ["18, says one", "21, says another"]
held = "18, by the statute."

[[timeline]]
from = 2027-01-01
leaf = "banned"
mitragynine = "banned"
"7-oh" = "banned"
derivatives = "banned"
grade = "secondary"
instruments = ["sb-497", "notice"]
"""

EVENT = {
    "kind": "status_changed", "jurisdiction": "US-TX", "substance": "leaf", "before": "unregulated",
    "after": "regulated", "law_date": "2023-09-01", "observed": "2026-11-22", "document": "hs-444",
    "url": "https://statutes.example.gov/HS.444.htm", "quote": "A processor shall.",
    "sentence": "Texas: leaf went from unregulated to regulated.", "details": ["a line"],
}  # fmt: skip


@pytest.fixture(scope="module")
def records():
    """Records in which every type that is stored occurs."""
    read = finding(
        mention(Substance.LEAF, Context.LISTED), age=21, cap=1.0, forbids=(Activity.SELL,)
    )
    text = TEXAS.replace('instruments = ["sb-497"]', 'instruments = ["sb-497", "notice"]') + MORE
    texas = record(text, {"hs-444": read, "hs-481": finding()})
    assert texas["contradictions"]
    return [texas, record(FEDERAL)]


def said(*words):
    """What a command prints; it must end well."""
    out, told = StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(told):
        status = main([*words])
    assert status in {0, 1}, (words, told.getvalue())
    return out.getvalue()


QUICK = (
    ["lookup", "US-TX", "--all", "--history", "--on", "2026-11-22"], ["lookup", "texas", "--json"],
    ["cite", "US-TX"], ["evidence", "US-TX"], ["list", "--format", "csv"], ["upcoming", "--json"],
    ["stale", "--due"], ["changes"], ["snapshots", "list"],
)  # fmt: skip
PAGES = (
    "j/US-TX.html", "changes.html", "upcoming.html", "sources.html", "v1/status.json",
    "v1/changes.csv", "v1/upcoming.ndjson", "v1/stale.json", "v1/snapshots.csv", "v1/sources.json",
    "feeds/all.atom", "feeds/all.ics", "datapackage.json", "v1/status/US-TX.json",
)  # fmt: skip


def quick_doors(path):
    """What is said at the doors that open at once, by its name."""
    return {" ".join(words): said(*words, "--snapshots", str(path)) for words in QUICK}


def doors(path):
    """The same, and the pages, lists, feeds and tables."""
    found, store = quick_doors(path), open_store(path)
    site = Site(Edition(store, store.load(), NOON))
    found |= {page: site.get(page).body.decode() for page in PAGES}
    found["export"] = json.dumps(status_rows(store.load(), now=NOON, only={"US-TX"}))
    return found


def optional(kind="RecordData", seen=()):
    """Every type that a record is made of, with each key that may be left out."""
    _, rest, parts = KEYS[kind]
    yield from ((kind, key) for key in rest)
    for part, _ in parts.values():
        if part not in seen:
            seen = (*seen, part)
            yield from optional(part, seen)


def each(value, kind, wanted):
    """Every stored value of one type inside another."""
    if kind == wanted:
        yield value
    for key, (part, by_id) in KEYS[kind][2].items():
        held = value.get(key)
        if held is None:
            continue
        for item in held.values() if by_id else held if isinstance(held, list) else [held]:
            yield from each(item, part, wanted)


def without(records, kind, keys):
    """The records without some keys of one type, and the same with their defaults."""
    lacking, filled = copy.deepcopy(records), copy.deepcopy(records)
    for old, new in zip(lacking, filled, strict=True):
        for item in each(old, "RecordData", kind):
            for key in keys:
                item.pop(key, None)
        for item in each(new, "RecordData", kind):
            item.update({key: copy.deepcopy(KEYS[kind][1][key]) for key in keys})
    return lacking, filled


@pytest.mark.parametrize(("kind", "key"), sorted(set(optional())))
def test_a_record_without_a_key_is_read_as_with_its_default(records, tmp_path, kind, key):
    lacking, filled = without(records, kind, [key])
    publish(tmp_path, *lacking)
    stored = open_store(tmp_path).load()
    assert [stored.get(record["id"]) for record in filled] == filled


@pytest.mark.parametrize("kind", sorted({kind for kind, _ in optional()}))
def test_what_lacks_all_that_its_type_may_lack_is_shown_at_every_door_as_with_the_defaults(
    records, tmp_path, kind
):
    lacking, filled = without(records, kind, KEYS[kind][1])
    publish(tmp_path / "lacking", *lacking)
    publish(tmp_path / "filled", *filled)
    one, other = doors(tmp_path / "lacking"), doors(tmp_path / "filled")
    assert "US-TX" in one["j/US-TX.html"]
    of_one, of_other = (open_store(tmp_path / name).load() for name in ("lacking", "filled"))
    for door, text in one.items():
        assert canonical(text, of_one.digest) == canonical(other[door], of_other.digest), door


def canonical(text, digest):
    """A text without what names its version or proves a file of it; an order of keys is no fact."""
    text = re.sub(r'sha256:[0-9a-f]{64}|"bytes":\s*\d+', "…", text)
    for length in (64, 16, 12):
        text = text.replace(digest[:length], "…")
    try:
        return json.dumps(json.loads(text), sort_keys=True)
    except ValueError:
        return text


@pytest.fixture
def newer(records):
    """The same, with something in each value that this release does not know."""
    grown = copy.deepcopy(records)
    for item in grown:
        for kind in KEYS:
            for value in each(item, "RecordData", kind):
                value["of_a_later_release"] = {"deep": [1, {"er": None}]}
    return grown


def all_doors(path, tmp_path, *forms):
    """Every door, also those that write files, screen or publish."""
    found = doors(path)
    store = ["--snapshots", str(path)]
    for form in forms:
        name = "law.sqlite" if form == "sqlite" else f"law-{form}"
        said("export", str(tmp_path / name), "--format", form, *store)
    orders = tmp_path / "orders.csv"
    orders.write_text("to,what\nTexas,leaf\nFrance,7-oh\n", encoding="utf-8")
    found["screen"] = said(
        "screen", str(orders), "--to", "to", "--product", "what", "--output",
        str(tmp_path / "screened.csv"), *store,
    )  # fmt: skip
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(website, "Site", Few)  # the pages of places without a record are all alike
        said("publish", str(tmp_path / "site"), *store)
    return found


def test_what_a_later_release_added_is_kept_and_breaks_nothing_at_any_door(newer, tmp_path):
    publish(tmp_path / "store", *newer, changes=[{**EVENT, "of_a_later_release": 1}])
    found = all_doors(tmp_path / "store", tmp_path, "csv", "ndjson", "parquet", "sqlite")
    # Sale is prohibited today, and all banned from a day that comes.
    assert json.loads(found["lookup texas --json"])["status"] in {"sale_prohibited", "banned"}
    kept = open_store(tmp_path / "store").load().get("US-TX")
    assert kept["of_a_later_release"] == kept["timeline"][0]["of_a_later_release"]
    with (tmp_path / "screened.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["regstatus_verdict"] for row in rows] == ["do not ship", "ask"]


def test_a_record_with_nothing_that_may_be_left_out_is_read_at_every_door(records, tmp_path):
    bare = copy.deepcopy(records)
    for kind, key in set(optional()):
        for item in bare:
            for value in each(item, "RecordData", kind):
                value.pop(key, None)
    least = {key: EVENT[key] for key in ("kind", "jurisdiction", "observed", "sentence")}
    publish(tmp_path / "store", *bare, changes=[least])
    found = all_doors(tmp_path / "store", tmp_path, "csv")
    assert json.loads(found["lookup texas --json"])["status"] in {"regulated", "unregulated"}
    assert EVENT["sentence"] in found["changes"]
    assert EVENT["sentence"] in found["feeds/all.atom"]


@pytest.mark.parametrize(
    ("kind", "key"),
    [("RecordData", "attested"), ("RecordData", "read_officially"), ("RecordData", "timeline"),
     ("PeriodData", "statuses"), ("PeriodData", "grades")],
)  # fmt: skip
def test_what_no_release_may_leave_out_reads_as_not_known_and_never_as_legal(
    records, tmp_path, kind, key
):
    spoilt = copy.deepcopy(records)
    for item in spoilt:
        for value in each(item, "RecordData", kind):
            del value[key]
    publish(tmp_path / "store", *spoilt)
    answer = json.loads(quick_doors(tmp_path / "store")["lookup texas --json"])
    assert answer["freshness"]["state"] == "unverified"
    if key in {"timeline", "statuses"}:
        assert answer["substances"]["derivatives"] == "unknown"
    if key == "grades":
        assert answer["details"]["derivatives"]["grade"] == "none"


@pytest.mark.parametrize(
    ("id_", "above"), [("US-TX", "US"), ("US-CA/san-diego", "US-CA"), ("TH", None), ("CA-ON", "CA")]
)
def test_a_record_that_does_not_say_what_it_lies_in_still_has_the_layers_above(records, id_, above):
    lacking = {**copy.deepcopy(records[0]), "id": id_}
    del lacking["parent"]
    assert whole(lacking, "RecordData", "here")["parent"] == above


@pytest.mark.parametrize("key", ["id", "attested", "documents"])
def test_a_key_that_is_there_is_left_as_it_is(records, key):
    given = copy.deepcopy(records[0])
    assert whole(copy.deepcopy(given), "RecordData", "here")[key] == given[key]


def test_what_nothing_can_stand_for_is_told_by_file_and_key(records, tmp_path, capsys):
    spoilt = copy.deepcopy(records)
    for value in each(spoilt[0], "RecordData", "InstrumentData"):
        del value["citation"]
    publish(tmp_path / "store", *spoilt)
    assert main(["lookup", "US-TX", "--snapshots", str(tmp_path / "store")]) == 6
    told = capsys.readouterr().err
    assert "snapshot.json" in told
    assert "'citation'" in told
    assert "Traceback" not in told
