"""Screening: a verdict on every row, none of them lost, and nothing unknown ever ships."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regstatus.base.errors import UsageError
from regstatus.base.safe import csv_cell
from regstatus.catalog.places import Registry
from regstatus.cli import main
from regstatus.model.law import Status, Substance
from regstatus.query.lookup import answer
from regstatus.query.verdict import Screener
from regstatus.tables.screen.orders import screen
from regstatus.tables.screen.read_csv import opened
from regstatus.tables.screen.write_file import ADDED, screen_file
from tests.support import orders
from tests.support.charsets import SENT, UNTOLD
from tests.support.pages import Page, codes

NOW = orders.NOON
PAGE = Page("docs/screen.md")

# Ibis 12 calls DuckDB 2 and pandas 3 by older names; that is theirs to mend.
pytestmark = [
    pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:The 'future.infer_string' option is deprecated"),
]


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return orders.snapshot(tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="module")
def fresh_store(tmp_path_factory):
    return orders.store(tmp_path_factory.mktemp("fresh"))


@pytest.fixture
def store(fresh_store, monkeypatch):
    monkeypatch.setenv("REGSTATUS_SNAPSHOTS", str(fresh_store))
    monkeypatch.setattr("regstatus.cli._screen.now", lambda: NOW)
    return fresh_store


@pytest.fixture
def connection():
    made = ibis.duckdb.connect()
    yield made
    made.disconnect()


def table(connection, **columns):
    made = pa.table({name: pa.array(cells, pa.string()) for name, cells in columns.items()})
    return connection.create_table("orders", made)


def screened_rows(connection, snapshot, columns, **options):
    """Verdict, status, reason, record and version of each row, in order."""
    numbered = {"n": [str(n) for n in range(len(columns["to"]))], **columns}
    found = screen(
        table(connection, **numbered), snapshot, to="to", product="of", now=NOW, **options
    )
    rows = found.to_pyarrow().to_pylist()
    return [
        {name.removeprefix("regstatus_"): row[name] for name in ADDED}
        for row in sorted(rows, key=lambda row: int(row["n"]))
    ]


def one(connection, snapshot, to, of, **options):
    (found,) = screened_rows(connection, snapshot, {"to": [to], "of": [of]}, **options)
    return found


def run(capsys, *words):
    status = main(["screen", *words])
    out = capsys.readouterr()
    return status, out.out, out.err


def write(path, text, encoding="utf-8"):
    path.write_bytes(text.encode(encoding))
    return str(path)


# The table of verdicts.

VERDICTS = [
    # place, product, verdict, words of the reason
    ("Wyoming", "leaf", "ship", "not named by any law"),
    ("US-WY", "7-OH", "ship", "not named by any law"),
    ("Wyoming", "mgm-15", "ask", "do not take this for permission"),
    ("Nevada", "leaf", "ask", "age 18; labelling; 7-OH at most 2%"),
    ("Nevada", "mitragynine", "ask", "age 18"),
    ("Nevada", "7-hydroxymitragynine", "do not ship", "banned in Nevada"),
    ("Nevada", "derivatives", "do not ship", "on prescription only"),
    ("Dover, NH", "leaf", "do not ship", "banned in Dover"),
    ("New Hampshire", "leaf", "ask", "Stricter or unknown within it (1)"),
    ("USA", "leaf", "ask", "Stricter or unknown within it"),
    ("New Hampshire", "mitragynine", "ask", "Stricter or unknown within it (1)"),
    ("Thailand", "leaf", "ask", "Never checked"),
    ("Concord, NH", "leaf", "ship", "Not researched below New Hampshire"),
    ("Georgia", "leaf", "ask", "may mean"),
    ("AL", "leaf", "ask", "for Alabama write US-AL"),
    ("Dover", "leaf", "ask", "may mean"),
    ("", "leaf", "ask", "No destination"),
    ("Wyoming", "tea", "ask", "product map"),
    ("Wyoming", "", "ask", "No product"),
]


@pytest.fixture(scope="module")
def found_verdicts(small):
    """What is found for each case of the table; all are screened as one file of orders."""
    columns = {"to": [case[0] for case in VERDICTS], "of": [case[1] for case in VERDICTS]}
    made = ibis.duckdb.connect()
    rows = screened_rows(made, small, columns)
    made.disconnect()
    return dict(zip(VERDICTS, rows, strict=True))


@pytest.mark.parametrize("case", VERDICTS, ids=lambda case: f"{case[0]}-{case[1]}")
def test_each_case_has_its_verdict_and_says_why(found_verdicts, case):
    found, (*_, verdict, says) = found_verdicts[case], case
    assert found["verdict"] == verdict
    assert says in found["reason"]


def test_a_stale_record_is_no_permission_until_it_is_accepted_and_a_stale_ban_stays_one(
    connection, tmp_path
):
    old = orders.snapshot(tmp_path, "2026-08-01T00:00:00Z")  # stale from 2026-10-01, 52 days ago
    both = {"to": ["Wyoming", "Dover, NH"], "of": ["leaf", "leaf"]}
    for allowed, verdict in ((None, "ask"), (30, "ask"), (52, "ask"), (53, "ship")):
        span = None if allowed is None else timedelta(days=allowed)
        rows = screened_rows(ibis.duckdb.connect(), old, both, allow_stale=span)
        assert [row["verdict"] for row in rows] == [verdict, "do not ship"]
        told = "too old to rely on" if verdict == "ask" else "accepted all the same"
        assert all(
            f"Stale since 2026-10-01{told}" in r["reason"].replace(": ", "").replace(", ", "")
            or "Dover" in r["reason"]
            for r in rows
        )


def test_never_verified_is_stale_whatever_people_attest(connection, tmp_path):
    never = orders.snapshot(tmp_path, None)
    assert one(connection, never, "Wyoming", "leaf")["verdict"] == "ask"


def test_a_record_ages_and_its_age_is_told_with_every_verdict(small):
    for day, verdict in ((19, "ship"), (20, "ask")):
        now = datetime(2027, 1, day, 12, tzinfo=UTC)
        found = Screener(small, now=now).verdict("US-WY", "leaf")
        assert found.verdict == verdict
        assert ("Stale since 2027-01-20" in found.reason) == (verdict == "ask")
        assert found.reason.endswith(f" Grade secondary, {day + 41} days old.")


def test_the_day_of_a_row_chooses_the_law_and_a_bad_day_is_asked_about(connection, small):
    days = ["2026-05-31", "2026-06-01", "2027-01-01T10:00", "1/6/2026", "2026-02-30", "", None]
    columns = {"to": ["Nevada"] * 7, "of": ["leaf"] * 7, "day": days}
    rows = screened_rows(connection, small, columns, day="day")
    assert [row["verdict"] for row in rows] == ["ship", "ask", "do not ship", *["ask"] * 4]
    assert "'1/6/2026' is not written as 2026-11-22" in rows[3]["reason"]
    assert "not in the calendar" in rows[4]["reason"]


def test_days_may_be_dates_of_the_database(connection, small):
    made = pa.table({"to": ["Nevada"] * 3, "of": ["leaf"] * 3, "n": [0, 1, 2],
                     "day": [date(2026, 5, 31), date(2026, 6, 1), None]})  # fmt: skip
    found = screen(
        connection.create_table("o", made), small, to="to", product="of", day="day", now=NOW
    )
    assert found.order_by("n").to_pyarrow()["regstatus_verdict"].to_pylist() == [
        "ship",
        "ask",
        "ask",
    ]


def test_bare_codes_mean_what_the_country_says(connection, small):
    def read(text, country=None):
        return one(ibis.duckdb.connect(), small, text, "leaf", country=country)["record"]

    assert read("AL") is None
    assert read("AL", "US") == read("alabama", "USA") == "US-AL"
    assert read("AL", "all") == "AL"
    assert read("Albania", "US") is None
    assert read("FR") == "FR"
    with pytest.raises(UsageError, match="Atlantis"):
        read("AL", "Atlantis")


def test_a_place_outside_the_country_is_told_as_such_and_no_code_is_suggested(connection, small):
    said = {
        text: one(ibis.duckdb.connect(), small, text, "leaf", country="US")
        for text in ("Germany", "India", "Alabma", "Inda")
    }
    assert said["Germany"]["reason"] == "Germany (DE) does not lie in United States."
    assert said["India"]["reason"] == "India (IN) does not lie in United States."
    assert "Alabama (US-AL)?" in said["Alabma"]["reason"]
    assert "(IN)" not in said["Inda"]["reason"]
    assert {(row["verdict"], row["record"]) for row in said.values()} == {("ask", None)}


def test_permission_to_import_is_not_asked_for_within_the_country(connection, small):
    record = small.get("US")
    period = record["timeline"][0]
    kept = dict(period["may"])
    period["may"]["import"] = "limited"
    try:
        said = [
            one(ibis.duckdb.connect(), small, "Wyoming", "leaf", sent_from=origin)
            for origin in (None, "US", "Canada")
        ]
    finally:
        period["may"] = kept
    assert [row["verdict"] for row in said] == ["ask", "ship", "ask"]
    assert "Import: limited" in said[0]["reason"]


# Against look-ups, row by row.


def rule(said, today):
    """The verdict, told once more from the answer alone."""
    may = said.may
    if said.status in {Status.BANNED, Status.SALE_PROHIBITED, Status.PRESCRIPTION_ONLY}:
        return "do not ship"
    if said.probably or "no" in {may["sell"], may["import"]}:
        return "do not ship"
    bare = not (said.minimum_age or said["limits"] or said["seven_oh_cap"])
    bare = bare and not any(said["duties"].values())
    if said.status is Status.UNREGULATED and may["sell"] == may["import"] == "yes" and bare:
        return "ask" if said.stale else "ship"
    return "ask"


def verified(whole):
    """The whole catalogue, as if every document had confirmed it two days ago."""
    clock = {"verified_at": orders.VERIFIED, "last_fetched": orders.VERIFIED, "outcome": "ok"}
    whole.ledger = {
        f"{record['id']}:{name}": {**clock, "url": document["url"]}
        for record in whole.records()
        for name, document in record["documents"].items()
    }
    return whole


def test_every_place_substance_and_day_says_what_lookup_says(whole, connection):
    old, snapshot = whole.ledger, verified(whole)
    try:
        places = [p.id for p in Registry().all()]
        places += [key for key in whole.ids if "/" in key]
        days = ["2019-03-01", "2026-11-22", "2027-01-01"]
        cases = [(p, str(s), d) for p in places for s in Substance for d in days]
        columns = dict(zip(("to", "of", "day"), map(list, zip(*cases, strict=True)), strict=True))
        rows = screened_rows(connection, snapshot, columns, day="day", country="all")
        seen = set()
        for (place, of, day), row in zip(cases, rows, strict=True):
            said = answer(snapshot, place, on=date.fromisoformat(day), now=NOW, substance=of)
            assert row["status"] == said.status, (place, of, day)
            assert (row["record"], row["version"]) == (place, snapshot.version)
            expected = rule(said, NOW.date())
            if expected == "ship" and "Stricter or unknown within it" in row["reason"]:
                expected = "ask"
            assert row["verdict"] == expected, (place, of, day, row)
            seen.add(expected)
        assert seen == {"ship", "do not ship", "ask"}
    finally:
        whole.ledger = old


@pytest.mark.parametrize(
    ("to", "told", "untold"),
    [
        ("83702", "Not researched below Idaho", "Idaho Falls"),  # lies in another county
        ("92101", "May lie in San Diego, where kratom leaf is banned", "give the street"),
        ("33101", "Conditions: age 21", "Sarasota"),
        ("Idaho", "Stricter or unknown within it (1), as Idaho Falls", "Inside it"),
    ],
)
def test_an_order_to_one_place_is_told_only_of_what_may_hold_there(whole, to, told, untold):
    reason = Screener(whole, now=NOW, country="US").verdict(to, "leaf").reason
    assert told in reason
    assert untold not in reason


def test_the_same_expression_gives_the_same_rows_on_another_engine(whole):
    old, snapshot = whole.ledger, verified(whole)
    try:
        places = ["Wyoming", "TX", "US-AL", "San Diego, CA", "", "nowhere", "Georgia", "Thailand"]
        places += [p.id for p in Registry().all() if p.parent == "US"]
        products = ["kratom", "7-OH", "mgm-15", "tea", ""]
        cases = [
            (p, o, d) for p in places for o in products for d in ("2026-11-22", "2020-01-01", "?")
        ]
        columns = dict(zip(("to", "of", "day"), map(list, zip(*cases, strict=True)), strict=True))
        seen = set()
        for options in ({}, {"allow_stale": timedelta(days=3000), "sent_from": "US"}):
            found = [
                screened_rows(engine_, snapshot, columns, day="day", **options)
                for engine_ in (ibis.duckdb.connect(), ibis.sqlite.connect())
            ]
            assert found[0] == found[1]
            seen |= {row["verdict"] for row in found[0]}
        assert seen == {"ship", "do not ship", "ask"}
    finally:
        whole.ledger = old


# Files.

HOSTILE = (
    "n,to,of,note\n1,Wyoming,leaf,\"=cmd|' /C calc'!A0\"\n2,Wyoming,leaf,-5.20\n"
    '3,"=HYPERLINK(""http://x"")",leaf,"two\nlines, ""quoted"""\n'
    "4,Wyoming,leaf,\x1b[31m\u202ered\n"
    '5,"Côte d\'Ivoire",@leaf,"+1 555"\n'
)


def test_hostile_cells_come_out_safe_in_csv_and_as_they_were_in_the_other_forms(
    store, tmp_path, capsys
):
    file = write(tmp_path / "o.csv", HOSTILE)
    status, out, err = run(capsys, file, "--to", "to", "--product", "of")
    assert status == 0
    assert "5 rows: 3 ship, 0 do not ship, 2 ask" in err
    rows = list(csv.DictReader(io.StringIO(out)))
    before = list(csv.DictReader(io.StringIO(HOSTILE)))
    assert [row["n"] for row in rows] == list("12345")
    for row, old in zip(rows, before, strict=True):
        for name, cell in old.items():
            assert row[name] in {csv_cell(cell), cell}
            assert cell == "-5.20" or row[name] == csv_cell(cell)
    assert rows[1]["note"] == "-5.20"
    cells = [cell for row in rows for cell in row.values() if cell != "-5.20"]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []
    assert [cell for cell in cells if any(c in cell for c in "\x1b\u202e\n")] == []
    _, out, _ = run(capsys, file, "--to", "to", "--product", "of", "--format", "ndjson")
    same = [
        {k: v for k, v in json.loads(line).items() if k in before[0]} for line in out.splitlines()
    ]
    assert same == before
    target = tmp_path / "o'brien.parquet"
    words = (file, "--to", "to", "--product", "of", "--format", "parquet", "--output", str(target))
    assert run(capsys, *words)[0] == 0
    assert pq.read_table(target).select(list(before[0])).to_pylist() == before


@pytest.mark.parametrize(
    ("encoding", "delimiter", "newline"),
    [
        # Each encoding with each delimiter, and both with both ends of a line.
        (encoding, delimiter, ("\n", "\r\n")[(row + column) % 2])
        for row, encoding in enumerate(("utf-8", "utf-8-sig", "utf-16", "cp1252"))
        for column, delimiter in enumerate((",", ";", "\t", "|"))
    ],
)
def test_files_as_spreadsheets_write_them_are_understood(
    store, tmp_path, capsys, encoding, delimiter, newline
):
    lines = [
        ["Order", "Destination, full", "Product"],
        ["1", "Curaçao", "kratom"],
        ["2", "Wyoming", "leaf"],
    ]
    text = newline.join(delimiter.join(f'"{cell}"' for cell in line) for line in lines) + newline
    file = write(tmp_path / "o.csv", text, encoding)
    status, out, err = run(capsys, file, "--to", "destination, full", "--product", "product")
    assert status == 0
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [row["Destination, full"] for row in rows] == ["Curaçao", "Wyoming"]
    assert [row["regstatus_record"] for row in rows] == ["CW", "US-WY"]
    assert ("Windows-1252" in err) == (encoding == "cp1252")


SELF_EVIDENT = [name for name, sent in SENT.items() if not (sent.header or sent.own)]


@pytest.mark.parametrize("name", [*SELF_EVIDENT, "UTF-16 with its mark under UTF-8"])
def test_an_order_file_is_read_in_the_character_set_that_its_bytes_tell(
    store, tmp_path, capsys, name
):
    sent = SENT[name]
    text = f"n,to,of,note\n1,Wyoming,leaf,{sent.words}\n2,Wyoming,leaf,x\n"
    (tmp_path / "o.csv").write_bytes(text.encode(sent.codec))
    status, out, err = run(capsys, str(tmp_path / "o.csv"), "--to", "to", "--product", "of")
    assert status == 0
    assert [row["note"] for row in csv.DictReader(io.StringIO(out))] == [sent.words, "x"]
    assert ("not UTF-8" in err) is not sent.codec.startswith("utf")


def test_one_broken_byte_does_not_change_the_other_names_of_an_order_file(store, tmp_path, capsys):
    text = "to,of\n" + "Curaçao,kratom\n" * 9
    (tmp_path / "o.csv").write_bytes(text.encode() + b"Wyoming,kr\xe4tom\n")
    status, out, err = run(capsys, str(tmp_path / "o.csv"), "--to", "to", "--product", "of")
    assert status == 0
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [row["regstatus_record"] for row in rows] == [*["CW"] * 9, "US-WY"]
    assert rows[-1]["of"] == "krätom"
    assert "not UTF-8" in err


@pytest.mark.parametrize("name", UNTOLD)
def test_an_order_file_whose_character_set_is_unknown_is_refused(store, tmp_path, capsys, name):
    text = f"to,of,note\nWyoming,leaf,{UNTOLD[name].words}\n"
    (tmp_path / "o.csv").write_bytes(text.encode(UNTOLD[name].codec))
    status, out, err = run(capsys, str(tmp_path / "o.csv"), "--to", "to", "--product", "of")
    assert (status, out) == (2, "")
    assert "o.csv: its character set is unknown; save it as UTF-8" in err


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"PK\x03\x04\x14\x00xl/workbook.xml", "a zip archive or Office file"),
        (b"%PDF-1.7\n", "a PDF"),
        (b"\x1f\x8b\x08\x00", "a gzip archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file"),
        (b"{\\rtf1 to,of}", "an RTF file"),
    ],
)
def test_a_file_that_is_no_text_is_called_by_its_name(store, tmp_path, capsys, body, kind):
    (tmp_path / "o.csv").write_bytes(body)
    status, out, err = run(capsys, str(tmp_path / "o.csv"), "--to", "to", "--product", "of")
    assert (status, out) == (2, "")
    assert f"o.csv is {kind}; save it as CSV" in err


def test_rows_that_do_not_fit_the_header_come_out_with_ask(store, tmp_path, capsys):
    text = "n,to,of\n1,Wyoming,leaf\n2,Wyoming,leaf,more,cells\n\n3,Wyoming\n4\n5,Wyoming,leaf\n"
    status, out, _ = run(capsys, write(tmp_path / "o.csv", text), "--to", "to", "--product", "of")
    assert status == 0
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [row["n"] for row in rows] == ["1", "2", "3", "4", "5"]
    assert [row["regstatus_verdict"] for row in rows] == ["ship", "ask", "ask", "ask", "ship"]
    assert rows[1]["of"] == "leaf,more,cells"
    assert "Line 3 has 5 cells, the first line 3" in rows[1]["regstatus_reason"]
    assert rows[1]["regstatus_record"] == ""


def test_the_rows_keep_their_order_also_when_there_are_many(store, tmp_path, capsys):
    number = 30_000
    words = ["Wyoming,leaf", "Nevada,7-OH", "Atlantis,leaf", "Dover NH,leaf"]
    text = "n,to,of\n" + "".join(f"{n},{words[n % 4]}\n" for n in range(number))
    _, out, err = run(capsys, write(tmp_path / "o.csv", text), "--to", "to", "--product", "of")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [row["n"] for row in rows] == [str(n) for n in range(number)]
    assert [row["regstatus_verdict"] for row in rows[:4]] == [
        "ship",
        "do not ship",
        "ask",
        "do not ship",
    ]
    assert "30,000 rows: 7,500 ship, 15,000 do not ship, 7,500 ask" in err


@pytest.mark.parametrize("form", ["csv", "ndjson", "parquet"])
def test_columns_may_have_any_name_and_come_out_in_their_order(store, tmp_path, capsys, form):
    # Names that mean something to Ibis, DuckDB or Python.
    names = ["rowid", "by", "having", "self", "name", "_", "t1", "count", "exprs", "lambda", "=x"]
    cells = [["9", "10", "1"], *(["=a", "b\tc", "d"] for _ in names[1:])]
    text = ",".join(["to", "of", *names]) + "\n"
    for row in zip(*cells, strict=True):
        text += ",".join(["Wyoming", "leaf", *row]) + "\n"
    # A row that does not fit is read the slow way.
    for body in (text, text + "Wyoming\n"):
        target = tmp_path / f"out.{form}"
        words = ["--to", "to", "--product", "of", "--format", form, "--output", str(target)]
        status, _, err = run(capsys, write(tmp_path / "o.csv", body), *words, "--force")
        assert status == 0, err
        if form == "csv":
            rows = list(csv.DictReader(io.StringIO(target.read_text())))
        elif form == "ndjson":
            rows = [json.loads(line) for line in target.read_text().splitlines()]
        else:
            rows = pq.read_table(target).to_pylist()
        safe = [csv_cell(name) if form == "csv" else name for name in names]
        assert list(rows[0]) == ["to", "of", *safe, *ADDED]
        assert [row["rowid"] for row in rows[:3]] == ["9", "10", "1"]
        for name in safe[1:]:
            found = [row[name] for row in rows[:3]]
            assert found == (["'=a", "b c", "d"] if form == "csv" else ["=a", "b\tc", "d"])


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_blank_lines_before_the_names_are_no_rows(store, tmp_path, capsys, newline, encoding):
    file = write(tmp_path / "o.csv", "\n\nto,of\nWyoming,leaf\n".replace("\n", newline), encoding)
    status, out, err = run(capsys, file, "--to", "to", "--product", "of")
    assert status == 0
    assert "1 rows: 1 ship" in err
    assert [row["to"] for row in csv.DictReader(io.StringIO(out))] == ["Wyoming"]


def test_a_pipe_and_standard_input_are_read_like_a_file(store, tmp_path, capsys, monkeypatch):
    data = "to,of\nCuraçao,kratom\nWyoming,leaf\n".encode("utf-16")
    expected = run(
        capsys, write(tmp_path / "o.csv", data.decode("utf-16")), "--to", "to", "--product", "of"
    )
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert run(capsys, "-", "--to", "to", "--product", "of") == expected
    ends = os.pipe()
    os.write(ends[1], data)
    os.close(ends[1])
    try:
        assert run(capsys, f"/dev/fd/{ends[0]}", "--to", "to", "--product", "of") == expected
    finally:
        os.close(ends[0])
    monkeypatch.setattr("sys.stdin", None)
    status, _, err = run(capsys, "-", "--to", "to", "--product", "of")
    assert (status, "standard input is closed" in err) == (2, True)


CELLS = st.text(
    st.sampled_from(["a", " ", "=", "-", '"', ",", ";", "\n", "\r", "\t", "\\", "'", "é", "\x00", "\u202e"]),
    max_size=6,
)  # fmt: skip


def read(file):
    """The cells of each row, and whether it fits the header."""
    with opened(file, ("to", "of"), lambda _: None) as held:
        return [(cells, not fault) for _, cells, fault in held.rows()]


@settings(max_examples=60)
@given(rows=st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=6), quoting=st.sampled_from([0, 1]))
def test_reading_loses_and_changes_nothing(tmp_path_factory, rows, quoting):
    if not quoting:  # the library leaves a lone return unquoted, which ends the row
        rows = [tuple(cell.replace("\r", "") for cell in row) for row in rows]
    file = tmp_path_factory.getbasetemp() / "fuzz.csv"
    with file.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out, quoting=quoting, lineterminator="\n")
        writer.writerows([("to", "of", "note"), *rows])
    assert read(file) == [([*row], True) for row in rows]


@settings(max_examples=120)
@given(
    body=st.text(st.sampled_from(["a", "b", ",", ",", "\n", "\r", '"', '"', "\x00"]), max_size=14)
)
def test_whatever_a_file_holds_it_is_read_as_the_library_reads_it(tmp_path_factory, body):
    file = tmp_path_factory.getbasetemp() / "raw.csv"
    file.write_bytes(f"to,of\n{body}".encode())
    try:
        reader = csv.reader(io.StringIO(body, newline=""), strict=True)
        rows = [row for row in reader if row]
    except csv.Error:
        with pytest.raises(UsageError):
            read(file)
        return
    found = read(file)
    assert len(found) == len(rows)
    for (cells, fits), row in zip(found, rows, strict=True):
        assert fits == (len(row) >= 2 and not any(row[2:]))
        if fits:
            assert cells == row[:2]


PIECES = ["Wyoming", "Nevada", "leaf", "7-oh", "", "=1+1", " -2", "-5.20", "a b", '"x, y"', '"two\nlines"',
          '"say ""so"""', "é", "\u202e", "2026-11-22", "2027-01-01", "x"]  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(
    rows=st.lists(st.lists(st.sampled_from(PIECES), min_size=2, max_size=5), max_size=12),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    dated=st.booleans(),
)
def test_a_plain_row_is_written_as_cell_by_cell(small, tmp_path_factory, rows, end, dated):
    from regstatus.tables.screen import write_file

    folder = tmp_path_factory.getbasetemp()
    file = folder / "roads.csv"
    lines = ["to,of,day,note", *(",".join(row) for row in rows), "Wyoming,leaf,2026-11-22,"]
    file.write_bytes(end.join(lines).encode())
    asked = {
        "to": "to",
        "product": "of",
        "now": NOW,
        "force": True,
        "day": "day" if dated else None,
    }
    told = []
    with pytest.MonkeyPatch.context() as patch:
        told.append((screen_file(file, folder / "quick.csv", small, **asked), "quick"))
        patch.setattr(write_file, "is_plain", lambda _: False)
        told.append((screen_file(file, folder / "slow.csv", small, **asked), "slow"))
    assert told[0][0] == told[1][0]
    assert sum(told[0][0].values()) >= 1
    assert (folder / "quick.csv").read_bytes() == (folder / "slow.csv").read_bytes()


@pytest.mark.parametrize(
    ("text", "words", "says"),
    [
        ("", [], ["o.csv is empty", "first line must name"]),
        ("\n\n", [], ["o.csv is empty"]),
        ("n,state,of\n1,Wyoming,leaf\n", [], ["o.csv: no column 'to'", "'state'"]),
        ("to,of\nWyoming,leaf\n", ["--day", "day"], ["o.csv: no column 'day'"]),
        (
            "to,of,d\nWyoming,leaf,1/2/26\n",
            ["--day", "d"],
            ["o.csv", "'d'", "2026-11-22", "'1/2/26'"],
        ),
        ("to,of,TO\nx,y,z\n", [], ["two columns are called 'to'"]),
        ("a,to,of,a\nx,y,z,w\n", [], ["two columns are called 'a';"]),
        ("to,of,=c,'=c\nx,y,z,w\n", [], ["called '=c' or, made safe, \"'=c\"", "rename"]),
        ("PAR1\x15\x04\x15", [], ["o.csv is a Parquet file; save it as CSV"]),
        (f"to,of\nx,{'y' * 3_000_000}\n", [], ["o.csv:2:", "131072", "shorten the cell"]),
        ('to,of\nWyoming,leaf\n"Wyo,leaf\nWyoming,leaf\n', [], ["o.csv:3:", "quotation marks"]),
        ("to,of,regstatus_to\nx,y,z\n", [], ["regstatus_to", "rename"]),
        ("to,of\nx,y\n", ["--country", "Atlantis"], ["Atlantis"]),
        ("to,of\nx,y\n", ["--allow-stale", "long"], ["90m, 6h or 1d"]),
        ("to,of\nx,y\n", ["--format", "parquet"], ["--output"]),
        ("to,of\nx,y\n", ["--product-map", "none.csv"], ["none.csv", "No such file"]),
    ],
)
def test_a_mistake_names_file_column_and_remedy(store, tmp_path, capsys, text, words, says):
    file = write(tmp_path / "o.csv", text)
    status, out, err = run(capsys, file, "--to", "to", "--product", "of", *words)
    assert status == 2
    assert out == ""
    for part in says:
        assert part in err
    assert f"{file}: {file}" not in err
    assert "Traceback" not in err


def test_a_file_without_rows_gives_the_header_alone(store, tmp_path, capsys):
    file = write(tmp_path / "o.csv", "to,of\n")
    status, out, _ = run(capsys, file, "--to", "to", "--product", "of")
    assert (status, out) == (0, f"to,of,{','.join(ADDED)}\n")


def test_a_screened_file_may_be_screened_again(store, tmp_path, capsys):
    file = write(tmp_path / "o.csv", "to,of\nWyoming,leaf\n")
    again = tmp_path / "again.csv"
    _, out, _ = run(capsys, file, "--to", "to", "--product", "of")
    again.write_text(out)
    assert run(capsys, str(again), "--to", "to", "--product", "of")[1] == out


def test_products_of_a_shop_are_read_by_its_map(store, tmp_path, capsys):
    file = write(tmp_path / "o.csv", "to,of\nWyoming,SKU-1\nNevada,sku-2\nWyoming,SKU-3\n")
    names = write(tmp_path / "map.csv", "Product;Substance\nSKU-1;kratom\nSKU-2;7-OH\n")
    _, out, _ = run(capsys, file, "--to", "to", "--product", "of", "--product-map", names)
    found = [row["regstatus_verdict"] for row in csv.DictReader(io.StringIO(out))]
    assert found == ["ship", "do not ship", "ask"]
    for text, says in (
        ("sku,substance\nx,leaf\n", "no column 'product'"),
        ("product,substance\nx,tea\n", "map.csv:2: 'tea'"),
        ("product,substance\nx,leaf\nX,7-oh\n", "map.csv:3: 'X' is leaf in an earlier line"),
    ):
        write(tmp_path / "map.csv", text)
        status, _, err = run(capsys, file, "--to", "to", "--product", "of", "--product-map", names)
        assert status == 2
        assert says in err


def test_a_file_that_is_there_is_not_overwritten_unasked(store, tmp_path, capsys):
    file = write(tmp_path / "o.csv", "to,of\nWyoming,leaf\n")
    target = tmp_path / "out.csv"
    target.write_text("mine\n")
    words = [file, "--to", "to", "--product", "of", "--output"]
    assert run(capsys, *words, str(target))[0] == 2
    assert target.read_text() == "mine\n"
    assert run(capsys, *words, str(target), "--force")[0] == 0
    assert "ship" in target.read_text()
    assert run(capsys, *words, file, "--force")[0] == 2
    assert {path.name for path in tmp_path.iterdir()} == {"o.csv", "out.csv"}


def test_a_link_stays_a_link_and_what_is_no_file_is_never_replaced(store, tmp_path, capsys):
    file = write(tmp_path / "o.csv", "to,of\nWyoming,leaf\n")
    words = [file, "--to", "to", "--product", "of", "--force", "--output"]
    target, link, pipe = tmp_path / "out.csv", tmp_path / "link.csv", tmp_path / "pipe"
    link.symlink_to(target)
    for _ in range(2):  # where it leads nowhere yet, and where it leads to a file
        assert run(capsys, *words, str(link))[0] == 0
        assert link.is_symlink()
        assert "ship" in target.read_text()
    os.mkfifo(pipe)
    for options in (words, [word for word in words if word != "--force"]):
        status, _, err = run(capsys, *options, str(pipe))
        assert (status, f"{pipe} is no regular file" in err) == (2, True)
        assert pipe.is_fifo()
    (tmp_path / "orders.csv").symlink_to(file)
    assert run(capsys, *words, str(tmp_path / "orders.csv"))[0] == 2


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_what_cannot_be_written_is_told_with_its_name_and_status_6(store, tmp_path, capsys, form):
    file = write(tmp_path / "o.csv", "to,of\nWyoming,leaf\n")
    target = str(tmp_path / "none" / "x.csv")
    words = ["--to", "to", "--product", "of", "--format", form, "--output", target]
    status, _, err = run(capsys, file, *words)
    assert status == 6
    assert f"{target} cannot be written" in err


def test_where_standard_output_is_closed_a_file_is_asked_for(store, tmp_path, capsys, monkeypatch):
    file = write(tmp_path / "o.csv", "to,of\nWyoming,leaf\n")
    with monkeypatch.context() as closed:
        closed.setattr("sys.stdout", None)
        assert main(["screen", file, "--to", "to", "--product", "of"]) == 6
    assert "name a file with --output" in capsys.readouterr().err


def test_files_need_no_extra_and_where_one_is_needed_the_remedy_is_told(
    store, small, tmp_path, monkeypatch, capsys
):
    for name in ("duckdb", "ibis", "pyarrow", "pandas"):
        monkeypatch.setitem(sys.modules, name, None)
    file = write(tmp_path / "o.csv", "to,of\nWyoming,leaf\n")
    words = [file, "--to", "to", "--product", "of"]
    assert run(capsys, *words)[0] == run(capsys, *words, "--format", "ndjson")[0] == 0
    target = tmp_path / "o.parquet"
    status, _, err = run(capsys, *words, "--format", "parquet", "--output", str(target))
    assert (status, target.exists()) == (2, False)
    assert "pip install 'regstatus[screen]'" in err
    with pytest.raises(UsageError, match=r"ibis.*pip install 'regstatus\[screen\]'"):
        screen(None, small, to="to", product="of", now=NOW)


def test_the_modules_of_screening_load_no_engine():
    code = (
        "import sys, regstatus.cli._screen\n"
        "import regstatus.tables.screen.write_file, regstatus.tables.screen.orders\n"
        "print(sorted({'ibis', 'duckdb', 'pyarrow', 'pandas'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_the_page_names_every_verdict_status_and_column():
    rows = PAGE.table("Verdicts", "What is known")
    assert {code for row in rows for code in codes(row[1])} == {"ship", "do not ship", "ask"}
    told = {code for row in rows for code in codes(row[0])}
    assert told >= {str(status) for status in Status}
    assert [codes(row[0])[0] for row in PAGE.table("Columns", "Column")] == list(ADDED)


def test_a_formula_behind_spaces_or_in_full_width_is_one_too_and_a_number_there_is_none(
    store, tmp_path, capsys
):
    unsafe = [" =1+1", "\t@SUM(1)", "\u00a0-2+3", "\uff1d1+1", "\uff201", " -"]
    numbers = [" -5.20", "-5,20", "+1e5", "-7%"]
    lines = "".join(f'Wyoming,leaf,"{cell}"\n' for cell in unsafe + numbers)
    file = write(tmp_path / "o.csv", f"to,of,note\n{lines}")
    assert run(capsys, file, "--to", "to", "--product", "of", "--output", f"{file}.out")[0] == 0
    with Path(f"{file}.out").open(encoding="utf-8", newline="") as found:
        notes = [row["note"] for row in csv.DictReader(found)]
    assert notes == [csv_cell(cell) for cell in unsafe] + numbers
    assert all(note.startswith("'") for note in notes[: len(unsafe)])


@pytest.mark.parametrize("days", [["9999-12-31"], ["9999-12-30"], ["9999-12-31", "0001-01-01"]])
def test_the_last_days_of_the_calendar_end_no_screening(connection, small, days):
    columns = {"to": ["Wyoming"] * len(days), "of": ["leaf"] * len(days), "day": days}
    rows = screened_rows(connection, small, columns, day="day")
    assert len(rows) == len(days)
    assert {row["verdict"] for row in rows} <= {"ask", "ship"}


COLUMNS = {"zip": ["03820", "82001", "2134", "89501-0001"], "state": ["NH", "WY", "MA", "TX"],
           "town": ["Dover", "Cheyenne", "", "Reno"], "of": ["kratom"] * 4}  # fmt: skip
GIVEN = {"to": "state", "to_zip": "zip", "to_city": "town"}


def test_columns_of_state_zip_and_city_are_read_together_in_files_and_in_a_database(
    store, small, tmp_path, capsys, connection
):
    made = table(connection, **COLUMNS)
    rows = (
        screen(made, small, product="of", now=NOW, country="US", **GIVEN).to_pyarrow().to_pylist()
    )
    by_zip = {row["zip"]: tuple(row[name] for name in ADDED) for row in rows}
    file = tmp_path / "o.csv"
    with file.open("w", newline="") as out:
        writer = csv.writer(out)
        writer.writerows([COLUMNS, *zip(*COLUMNS.values(), strict=True)])
    words = [f"--{name.replace('_', '-')}={column}" for name, column in GIVEN.items()]
    status, out, _ = run(capsys, str(file), *words, "--product", "of", "--country", "US")
    assert status == 0
    found = {row["zip"]: row for row in csv.DictReader(io.StringIO(out))}
    for code, row in found.items():
        assert tuple(row[name] or None for name in ADDED) == by_zip[code]
    told = [found[code]["regstatus_verdict"] for code in COLUMNS["zip"]]
    assert told == ["do not ship", "ship", "ask", "ask"]
    assert "was read as 02134" in found["2134"]["regstatus_reason"]
    assert "'Reno'" not in found["89501-0001"]["regstatus_reason"]
    assert "Texas" in found["89501-0001"]["regstatus_reason"]


@pytest.mark.parametrize("name", ["--to-zip", "--to-city", "--to-county"])
def test_any_one_column_of_destinations_is_enough_and_none_is_not(store, tmp_path, capsys, name):
    file = write(tmp_path / "o.csv", "where,of\n82001,leaf\n")
    assert run(capsys, file, name, "where", "--product", "of")[0] == 0
    status, out, err = run(capsys, file, "--product", "of")
    assert (status, out) == (2, "")
    assert "--to-zip" in err
