"""Export: what the tables say is what a look-up says, in every form, and nothing foreign is lost."""

from __future__ import annotations

import csv
import json
import os
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, time, timedelta

import pyarrow.parquet as pq
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from regstatus.catalog.places import Registry
from regstatus.cli import main
from regstatus.decide.freshness import freshness
from regstatus.model.law import DUTIES, Status, Substance
from regstatus.query.lookup import answer
from regstatus.tables.files import export
from regstatus.tables.rows import FIRST_DAY, LAST_DAY, TABLES, stale_from, status_rows
from tests.support import orders
from tests.support.pages import Page, first_codes

NOW = orders.NOON
PAGE = Page("docs/export.md")
SUBSTANCES = [str(word) for word in Substance]


@pytest.fixture(scope="module")
def database(whole, tmp_path_factory):
    """The whole catalogue as SQLite, to be asked by plain SQL."""
    file = tmp_path_factory.mktemp("export") / "law.sqlite"
    export(whole, "sqlite", file, now=NOW)
    with closing(sqlite3.connect(file)) as opened:
        opened.row_factory = sqlite3.Row
        yield opened


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return orders.snapshot(tmp_path_factory.mktemp("small"))


def rows_on(database, place, substance, day):
    """A plain interval join."""
    return database.execute(
        'SELECT * FROM status WHERE id = ? AND substance = ? AND "from" <= ? AND ? < until',
        (place, substance, day, day),
    ).fetchall()


def check(row, said, substance):
    """A row and an answer say the same in everything that the row holds."""
    detail = said["details"][substance]
    assert row["status"] == said["status"] == detail["status"]
    assert (row["id"], row["name"]) == (said.id, said.jurisdiction["name"])
    assert (row["level"], row["parent"]) == (
        said.jurisdiction["level"],
        said.jurisdiction["parent"],
    )
    for name in ("since", "grade", "minimum_age", "seven_oh_cap"):
        assert row[name] == said[name], name
    for name, value in said.may.items():
        assert row[f"may_{name}"] == value
    assert (row["by"], row["schedule"]) == (detail["by"], detail["schedule"])
    assert row["freshness"] == said["freshness"]["state"]
    assert row["verified_at"] == said["freshness"]["verified_at"]
    held = [name for name in DUTIES if said["duties"][name]]
    assert (row["duties"] or "").split("; ") == (held or [""])
    assert said.summary.casefold().startswith(f"on {said.on}, {row['reason'].casefold()}")
    assert (row["version"], row["digest"]) == (
        said["snapshot"]["version"],
        said["snapshot"]["digest"],
    )
    for item in said["citations"]:
        assert item["jurisdiction"] != row["by"] or item["text"] in row["citation"]


PLACES = [place.id for place in Registry().all()]


@settings(max_examples=300)
@given(data=st.data())
def test_for_any_place_substance_and_day_one_row_says_what_lookup_says(whole, database, data):
    recorded = sorted({*whole.ids, *PLACES})
    place = data.draw(st.sampled_from(recorded))
    substance = data.draw(st.sampled_from(SUBSTANCES))
    turns = [
        date.fromisoformat(day)
        for key in (place, *(above.id for above in Registry().ancestors(place)))
        for period in (whole.get(key) or {"timeline": []})["timeline"]
        for day in (period["from"], period["until"])
        if day
    ]
    near = [turn + timedelta(days=step) for turn in turns for step in (-1, 0, 1)]
    anywhen = st.dates(max_value=date.max - timedelta(days=1))
    day = data.draw(st.one_of(anywhen, st.sampled_from(near)) if near else anywhen)
    found = rows_on(database, place, substance, day.isoformat())
    assert len(found) == 1
    check(found[0], answer(whole, place, on=day, now=NOW, substance=substance), substance)


def test_every_place_and_substance_says_what_lookup_says_on_the_days_that_people_ask_about(
    whole, database
):
    for day in ("2020-02-29", "2026-11-22", "2027-01-01"):
        for place in sorted({*whole.ids, *PLACES}):
            for substance in SUBSTANCES:
                (row,) = rows_on(database, place, substance, day)
                said = answer(
                    whole, place, on=date.fromisoformat(day), now=NOW, substance=substance
                )
                check(row, said, substance)


def test_periods_neither_overlap_nor_leave_a_gap_and_neighbours_differ(database):
    last = None
    number = 0
    for row in database.execute('SELECT * FROM status ORDER BY id, substance, "from"'):
        assert row["from"] < row["until"]
        if last is None or (last["id"], last["substance"]) != (row["id"], row["substance"]):
            assert last is None or last["until"] == LAST_DAY
            assert row["from"] == FIRST_DAY
            number += 1
        else:
            assert row["from"] == last["until"]
            differ = {name for name in row.keys() if row[name] != last[name]}  # noqa: SIM118
            assert differ - {"from", "until"}
        last = row
    assert last["until"] == LAST_DAY
    places = database.execute("SELECT count(*) FROM jurisdictions").fetchone()[0]
    assert number == places * len(SUBSTANCES)


def test_what_is_stricter_within_a_place_is_counted_on_every_day(whole, database):
    for place, day in (("US", "2026-11-22"), ("US-CA", "2020-01-01"), ("US-FL", "2026-11-22")):
        below = [key for key in {*whole.ids, *PLACES} if key != place]
        below = [k for k in below if place in {above.id for above in Registry().ancestors(k)}]
        assert below
        for substance in SUBSTANCES:
            (row,) = rows_on(database, place, substance, day)
            on = date.fromisoformat(day)
            stricter = [
                key
                for key in below
                if answer(whole, key, on=on, now=NOW, substance=substance).status.severity
                > Status(row["status"]).severity
            ]
            assert row["stricter_below"] == len(stricter)


@given(
    day=st.dates(date(2025, 1, 1), date(2028, 12, 31)),
    verified=st.datetimes(datetime(2025, 6, 1), datetime(2026, 11, 22)),  # noqa: DTZ001
)
@example(day=date(2027, 1, 1), verified=datetime(2026, 11, 20, 9))  # noqa: DTZ001
@settings(max_examples=200)
def test_a_record_is_stale_at_the_end_of_a_day_from_the_day_that_is_told(small, day, verified):
    record = small.get("US-NV")
    clock = {"url": "https://law.example.gov/us-nv", "last_fetched": "x"}
    clock["verified_at"] = verified.strftime("%Y-%m-%dT%H:%M:%SZ")
    clocks = {"US-NV:code": clock}
    end = datetime.combine(day, time.max, UTC)
    told = stale_from(record, clocks, NOW)
    if day >= verified.date():
        stale = freshness(record, clocks, end)["state"] == "stale"
        assert stale == (day.isoformat() >= told)


def test_a_record_that_was_never_verified_is_stale_from_its_attestation(small):
    assert stale_from(small.get("US-NV"), {}, NOW) == "2026-11-01"


# Forms.


def run(capsys, *words):
    status = main(list(words))
    out = capsys.readouterr()
    return status, out.out, out.err


@pytest.fixture
def store(tmp_path, monkeypatch):
    path = orders.store(tmp_path / "made")
    monkeypatch.setenv("REGSTATUS_SNAPSHOTS", str(path))
    monkeypatch.setattr("regstatus.cli._export.now", lambda: NOW)
    return path


def test_each_form_holds_the_same_rows_and_the_dictionary_names_their_columns(
    store, tmp_path, capsys
):
    read = {}
    for form in ("csv", "ndjson", "parquet"):
        folder = tmp_path / form
        status, out, _ = run(capsys, "export", "--format", form, str(folder))
        assert status == 0
        assert "rows of status" in out
        told = json.loads((folder / "dictionary.json").read_text())
        assert told["version"] == "2026.11.22"
        for resource in told["resources"]:
            columns = [field["name"] for field in resource["schema"]["fields"]]
            file = folder / resource["path"]
            assert file.stat().st_size == resource["bytes"]
            if form == "csv":
                rows = list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))
                assert list(rows[0]) == columns
                rows = [{k: v or None for k, v in row.items()} for row in rows]
            elif form == "ndjson":
                rows = [json.loads(line) for line in file.read_text().splitlines()]
                assert list(rows[0]) == columns
            else:
                table = pq.read_table(file)
                assert table.column_names == columns
                rows = table.to_pylist()
            read[form, resource["name"]] = rows
    for table in TABLES:
        assert len({len(read[form, table]) for form in ("csv", "ndjson", "parquet")}) == 1
    days = [row["from"] for row in read["parquet", "status"]]
    assert days == [date.fromisoformat(row["from"]) for row in read["ndjson", "status"]]
    ages = {
        form: [row["minimum_age"] for row in read[form, "status"]] for form in ("ndjson", "parquet")
    }
    assert ages["ndjson"] == ages["parquet"]
    assert 18 in ages["ndjson"]
    assert None in ages["ndjson"]


def test_the_dictionary_keeps_its_own_constraints(small):
    from regstatus.tables.rows import rows_of

    types = {"string": str, "integer": int, "boolean": bool, "date": str, "datetime": str}
    for table, rows in rows_of(small, NOW).items():
        columns, key, _ = TABLES[table]
        assert len({tuple(row[name] for name in key) for row in rows}) == len(rows)
        for row in rows:
            assert list(row) == [column.name for column in columns]
            for column in columns:
                value = row[column.name]
                if value is None:
                    assert not column.required, column.name
                    continue
                assert isinstance(value, types[column.type]), column.name
                assert not column.words or value in column.words, column.name


def test_the_page_explains_every_column_and_no_other():
    for table, (columns, _, says) in TABLES.items():
        rows = PAGE.table(f"`{table}`", "Column")
        assert first_codes(rows) == [column.name for column in columns]
        for column, (_, kind, words) in zip(columns, rows, strict=True):
            assert kind == column.type + ("" if column.required else ", may be empty")
            assert words == column.says
        assert says in PAGE.text


def test_formulas_and_control_characters_do_not_reach_a_spreadsheet(tmp_path):
    small = orders.snapshot(tmp_path)
    small.get("US-WY")["name"] = "=cmd|' /C calc'!A0"
    small.get("US-WY")["documents"]["code"]["title"] = "+evil\x1b[31m\u202e"
    export(small, "csv", tmp_path / "law", now=NOW)
    cells = {
        cell
        for file in (tmp_path / "law").glob("*.csv")
        for row in csv.reader(file.read_text(encoding="utf-8").splitlines())
        for cell in row
    }
    assert "'=cmd|' /C calc'!A0" in cells
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []
    assert [cell for cell in cells if any(c in cell for c in "\x1b\u202e\n\r\t")] == []


def test_one_day_gives_one_row_for_each_place_and_substance(store, tmp_path, capsys):
    file = tmp_path / "day.sqlite"
    run(capsys, "export", "--format", "sqlite", "--on", "2026-07-01", str(file))
    with closing(sqlite3.connect(file)) as opened:
        rows = opened.execute('SELECT id, substance, "from", until FROM status').fetchall()
    assert len(rows) == len({row[:2] for row in rows})
    assert ("US-NV", "leaf", "2026-06-01", "2027-01-01") in rows
    told = json.loads((tmp_path / "day.dictionary.json").read_text())
    assert told["on"] == "2026-07-01"


def test_what_an_export_did_not_write_is_not_overwritten_unasked(store, tmp_path, capsys):
    folder, file = tmp_path / "law", tmp_path / "law.sqlite"
    folder.mkdir()
    (folder / "status.csv").write_text("mine\n")
    (folder / "notes.txt").write_text("mine too\n")
    file.write_text("mine\n")
    for words in (["--format", "csv", str(folder)], ["--format", "sqlite", str(file)]):
        status, out, err = run(capsys, "export", *words)
        assert status == 2
        assert "no dictionary of an export beside it names it" in err
        assert "--force" in err
        assert out == ""
        assert not (folder / "dictionary.json").exists()
    assert (folder / "status.csv").read_text() == file.read_text() == "mine\n"
    for words in (["--format", "csv", str(folder)], ["--format", "sqlite", str(file)]):
        assert run(capsys, "export", "--force", *words)[0] == 0
        # Now it is ours, and replaced unasked.
        assert run(capsys, "export", *words)[0] == 0
    assert (folder / "notes.txt").read_text() == "mine too\n"
    assert (folder / "status.csv").read_text().startswith("id,name,")


def test_a_file_of_an_earlier_form_is_not_said_to_be_somebody_elses(store, tmp_path, capsys):
    folder = str(tmp_path / "law")
    for form in ("csv", "ndjson"):
        assert run(capsys, "export", "--format", form, folder)[0] == 0
    status, _, err = run(capsys, "export", "--format", "csv", folder)
    assert status == 2
    assert "no dictionary of an export beside it names it" in err
    assert run(capsys, "export", "--format", "csv", folder, "--force")[0] == 0


def test_what_is_no_file_is_never_replaced_and_a_link_stays_one(store, tmp_path, capsys):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "law").mkdir()
    os.mkfifo(tmp_path / "law" / "status.csv")
    for words in (["--format", "sqlite", str(tmp_path / "pipe")], [str(tmp_path / "law")]):
        status, _, err = run(capsys, "export", "--force", *words)
        assert (status, "is no regular file" in err) == (2, True)
    assert (tmp_path / "pipe").is_fifo()
    assert [path.name for path in (tmp_path / "law").iterdir()] == ["status.csv"]
    link = tmp_path / "link.sqlite"
    link.symlink_to(tmp_path / "real.sqlite")
    assert run(capsys, "export", "--format", "sqlite", str(link))[0] == 0
    assert link.is_symlink()
    assert (tmp_path / "real.sqlite").read_bytes().startswith(b"SQLite format 3")


def test_the_last_day_of_the_calendar_has_its_rows_too(small):
    last = status_rows(small, now=NOW, on=date.max)
    before = status_rows(small, now=NOW, on=date.max - timedelta(days=1))
    assert last == before
    assert {row["until"] for row in last} == {LAST_DAY}


def test_an_open_place_with_a_town_that_nobody_read_counts_it(small):
    rows = status_rows(small, now=NOW, on=NOW.date(), only=["US-NH"])
    (row,) = (row for row in rows if row["substance"] == "mitragynine")
    assert (row["status"], row["stricter_below"]) == ("unregulated", 1)
    town = answer(small, "US-NH/dover", on=NOW.date(), now=NOW, substance="mitragynine")
    assert town.status == Status.UNKNOWN
    (told,) = (c.says for c in TABLES["status"][0] if c.name == "stricter_below")
    assert "`unknown` is stricter than `unregulated` and `age_restricted`" in told
    severity = {status: Status(status).severity for status in Status}
    below = {s for s in Status if severity[s] < severity[Status.UNKNOWN]}
    assert below == {Status.UNREGULATED, Status.AGE_RESTRICTED}


def test_a_sqlite_file_of_ours_is_known_by_its_mark_also_without_its_dictionary(store, tmp_path):
    file = tmp_path / "law.sqlite"
    assert main(["export", "--format", "sqlite", str(file)]) == 0
    (tmp_path / "law.dictionary.json").unlink()
    assert main(["export", "--format", "sqlite", str(file)]) == 0
    with closing(sqlite3.connect(tmp_path / "other.sqlite")) as other:
        other.execute("CREATE TABLE mine (x)")
        other.commit()
    assert main(["export", "--format", "sqlite", str(tmp_path / "other.sqlite")]) == 2


def test_an_export_that_fails_leaves_the_earlier_file_whole(small, tmp_path, monkeypatch):
    file = tmp_path / "law.sqlite"
    export(small, "sqlite", file, now=NOW)
    before = file.read_bytes()

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("regstatus.tables.files.put", full)
    with pytest.raises(OSError, match="No space"):
        export(small, "sqlite", file, now=NOW + timedelta(days=1))
    assert file.read_bytes() == before
    assert {path.name for path in tmp_path.iterdir()} == {"law.sqlite", "law.dictionary.json"}


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--format", "csv", "law.csv"], "name a folder"),
        (["--format", "sqlite", "."], "sqlite is one file"),
        (["--on", "tomorrow", "law"], "2026-11-22"),
        ([""], "write . for this folder"),
    ],
)
def test_a_mistake_is_told_with_its_remedy(store, tmp_path, monkeypatch, capsys, words, says):
    monkeypatch.chdir(tmp_path)
    status, _, err = run(capsys, "export", *words)
    assert status == 2
    assert says in err


def test_without_the_library_parquet_says_how_to_have_it(small, tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pyarrow.parquet", None)
    with pytest.raises(Exception, match=r"pip install 'regstatus\[screen\]'"):
        export(small, "parquet", tmp_path / "law", now=NOW)
    assert not (tmp_path / "law").exists()


@pytest.mark.parametrize("text", ["[" * 100_000, '{"madeBy":' * 50_000, "[]", "\x00"])
def test_a_dictionary_that_is_none_marks_nothing_as_ours(store, tmp_path, capsys, text):
    (tmp_path / "dictionary.json").write_text(text)
    status, _, err = run(capsys, "export", "--format", "csv", str(tmp_path))
    assert (status, "dictionary.json is there already" in err) == (2, True)
    assert (tmp_path / "dictionary.json").read_text() == text
