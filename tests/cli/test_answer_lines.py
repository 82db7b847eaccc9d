"""What `lookup` prints fits 24 lines of 80 columns, and the first four hold what counts: every record."""

import os
import re
import subprocess
import sys
import unicodedata
from datetime import UTC, date, datetime

import pytest

from regstatus.cli import main
from regstatus.cli._text import show
from regstatus.decide.days_of_law import turns
from regstatus.query.lookup import answer
from tests.conftest import ROOT
from tests.support.make import FEDERAL, TEXAS, finding, publish, record

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
DAYS = ("2026-11-30", "2026-12-20", "2027-02-01", "1776-07-04", "9999-12-31")
GRADES = {
    "official_text": "official text", "official_notice": "official notice",
    "secondary": "secondary", "none": "no basis",
}  # fmt: skip
MAY = {"yes": ("yes",), "no": ("no",), "depends": ("depends",), "unknown": ("not known",),
       "limited": ("with conditions", "limited", "with duties")}  # fmt: skip


@pytest.fixture(scope="module")
def whole():
    from regstatus.store.reader import Store

    return Store(ROOT / "snapshots").load()


def columns(line):
    return sum(
        2 if unicodedata.east_asian_width(char) in "WF" else unicodedata.category(char) != "Mn"
        for char in line
    )


def too_long(text, most=24):
    lines = text.splitlines()
    return [line for line in lines if columns(line) > 80] + lines[most:]


def said_of(permission, verb, head):
    """What the head says of a verb: `sell, bring in limited` speaks of two."""
    part = re.search(
        rf"\b{verb}\b(?:, [a-z, ]+?)?? ({'|'.join(sorted(sum(MAY.values(), ()), key=len, reverse=True))})",
        head,
    )
    return part and part[1] in MAY[permission]


def missing(found, shown):
    """Facts of the answer that the first four lines shown do not hold."""
    head, asked = "\n".join(shown.splitlines()[:4]), found["substance"]
    fresh, nearest = found["freshness"], found["upcoming"][:1]
    facts = [
        found["jurisdiction"]["name"], found["jurisdiction"]["id"].partition("/")[0],
        found["on"], GRADES[found["grade"]],
        found["status"].replace("_", " ").upper(), fresh["state"].upper(),
        (fresh["verified_at"] or fresh["attested"] or "never checked")[:10],
        f"{found['minimum_age']}+" if found["minimum_age"] else "",
        found["seven_oh_cap"] or "",
        nearest[0]["from"] if nearest else "no enacted change known" if not found["pending"] else "",
        "proposed, not law" if found["pending"] else "",
    ]  # fmt: skip
    inside = [one for one in found["stricter_within"] if (asked or "leaf") in one["substances"]]
    facts += ["stricter inside"] if inside else []
    if not asked:
        open_to = {"unregulated", "age_restricted", "regulated"}
        for name, detail in found["details"].items():
            if detail["status"] != found["status"] and found["status"] in open_to:
                words = "7-OH" if name == "7-oh" else name
                stricter = detail["status"] not in open_to
                facts += [words, detail["status"].replace("_", " ").upper()] if stricter else []
    yield from (fact for fact in facts if fact not in head)
    for activity, verb in (("possess", "possess"), ("sell", "sell"), ("import", "bring in")):
        if not said_of(found["may"][activity], verb, head):
            yield verb
    if fresh["state"] in {"stale", "unverified"} and "do not rely" not in head:
        yield "whether to trust it"


def test_every_answer_fits_and_its_first_four_lines_hold_what_counts(whole):
    for at, item in enumerate(whole.records()):
        days = {*DAYS, *sorted(turns(item))[-2:]}
        for day in days:
            for asked in (None, ("leaf", "mitragynine", "7-oh", "derivatives")[at % 4]):
                on = date.fromisoformat(day)
                found = answer(whole, item["id"], on=on, now=NOW, substance=asked).to_dict()
                where = (item["id"], day, asked)
                shown = show(found)
                assert too_long(shown) == [], where
                assert too_long(show(found, history=True)) == [], where
                assert [*missing(found, shown)] == [], where


@pytest.mark.parametrize(
    ("asked", "told"),
    [("Sarasota, FL", "Sarasota County"), ("92101", "San Diego"), ("62002", "Alton")],
)
def test_where_a_place_may_lie_the_first_lines_say_what_would_be_forbidden(whole, asked, told):
    found = answer(whole, asked, on=date(2026, 11, 30), now=NOW).to_dict()
    head = " ".join(show(found).splitlines()[:4])
    assert "perhaps BANNED" in head, head
    assert told in {one["name"] for one in found["possible"]}
    assert too_long(show(found)) == []


def test_what_is_shortened_says_so_and_full_shows_all_of_it(whole):
    for item in whole.records():
        found = answer(whole, item["id"], on=None, now=NOW).to_dict()
        short, full = show(found), " ".join(show(found, full=True).split())
        own = [one for one in found["conflicts"] if one["jurisdiction"] == item["id"]]
        assert not own or "disputed" in short, item["id"]
        assert ("…" in short.replace("“…", "")) <= ("--full" in short), item["id"]
        kept = short.count("\n  law ") + short.count("\n  position ")
        mine = [*found["citations"], *found["positions"]]
        if kept < sum(one["jurisdiction"] == item["id"] for one in mine):
            assert re.search(r"and \d+ more: --full", short), item["id"]
        for words in (
            *(one["text"] for one in found["citations"]), *(one["quote"] for one in found["evidence"]),
            *(one["says"] for one in found["pending"]), *(one["held"] for one in found["conflicts"]),
            *found["freshness"]["reasons"],
        ):  # fmt: skip
            assert " ".join(words.split()) in full or len(max(words.split(), key=len)) > 60
        assert all(one["url"] in full for one in found["citations"] if one["url"])


@pytest.mark.parametrize("width", [None, "20", "300"])
@pytest.mark.parametrize("words", [["US-OH"], ["TH"], ["US-CA/solana-beach", "--history"]])
def test_what_is_piped_keeps_to_80_columns_whatever_the_environment_says(words, width):
    env = {key: value for key, value in os.environ.items() if key != "COLUMNS"}
    env |= {"COLUMNS": width} if width else {}
    done = subprocess.run(
        [sys.executable, "-m", "regstatus", "lookup", *words, "--snapshots", ROOT / "snapshots"],
        capture_output=True, encoding="utf-8", check=True, env=env,
    )  # fmt: skip
    assert too_long(done.stdout) == []
    assert len(done.stdout.splitlines()) > 12


HOSTILE = {
    "escapes": "\\u001b[2J\\u0007\\u009b31m\\u202e" + "x" * 90,
    "wide": "毒" * 200,
    "right to left": "\\u061cקרטום \\u2067" * 60,
    "one word": "w" * 900,
    "combined": "e\\u0301\\u0302 " * 150,
    "pictures": "\\U0001f33f\\ufe0f" * 80,
    "other lines": "a\\u2028b\\u2029c\\u0085d " * 40,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_words_stay_within_the_bounds_and_harmless(tmp_path, capsys, kind):
    words = HOSTILE[kind]
    text = TEXAS
    for plain in (
        "Tex. Health & Safety Code ch. 444 (2023 SB 497)",
        'title = "Texas Health and Safety Code, chapter 444',
    ):
        assert plain in text
        text = text.replace(plain, f"{plain} {words}")
    made = record(text, findings={"hs-444": finding(age=21, cap=1.0)})
    made["name"] = words.encode().decode("unicode_escape") if words.isascii() else words
    for item in made["timeline"]:
        item["summary"] = made["name"]
    publish(tmp_path, made, record(FEDERAL))
    for more in ([], ["--history"], ["--substance", "7-oh"]):
        asked = ["lookup", "US-TX", "--on", "2026-11-22", *more, "--snapshots", str(tmp_path)]
        assert main(asked) == 0
        out = capsys.readouterr().out
        assert too_long(out) == []
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u2028-\u202e\u2066-\u2069]", out)
        assert all(fact in out for fact in ("US-TX", "2026-11-22", "REGULATED", "do not rely"))
        assert "CONTRADICTED" in out
        assert "--full" in out


@pytest.mark.parametrize("place", ["US-TX", "US-TX/bridgeport", "US-WY"])
def test_that_the_law_of_the_country_above_is_disputed_is_told(capsys, place):
    assert (
        main(["lookup", place, "--snapshots", str(ROOT / "snapshots"), "--on", "2026-11-30"]) == 0
    )
    above = " ".join(capsys.readouterr().out.partition("United States: ")[2].split())
    assert "; disputed" in above


@pytest.mark.parametrize("point", ["-33.86,151.2", "-6.1,39.2", "-12.05,-77.04"])
def test_a_point_south_of_the_equator_is_no_option(capsys, point):
    assert main(["lookup", point, "--json"]) == 0
    assert capsys.readouterr().err == ""


LATER = """
[[timeline]]
from = 2027-05-01
leaf = "regulated"
mitragynine = "regulated"
"7-oh" = "regulated"
derivatives = "sale_prohibited"
grade = "secondary"
minimum_age = 21
summary = "Sellers need a licence."
instruments = ["sb-497"]
"""


def test_a_change_that_moves_no_status_says_what_it_changes(tmp_path, capsys):
    ending = TEXAS.replace("from = 2023-09-01\n", "from = 2023-09-01\nuntil = 2027-05-01\n") + LATER
    town = TEXAS.replace("[[timeline]]", '[[timeline]]\nsummary = "x"', 1)
    publish(
        tmp_path,
        record(ending),
        record(FEDERAL),
        {**record(town), "id": "US-TX/oz", "parent": "US-TX"},
    )
    asked = ["--on", "2026-11-22", "--snapshots", str(tmp_path)]
    for place in ("US-TX", "US-TX/oz"):
        assert main(["lookup", place, *asked]) == 0
        told = " ".join(capsys.readouterr().out.split())
        assert "coming 2027-05-01 terms change, no status moves" in told
        assert "terms change: Sellers need a licence." in told
    # The order of the country ends, and the ban of the state goes on.
    banned = TEXAS.replace('derivatives = "sale_prohibited"', 'derivatives = "banned"')
    publish(tmp_path / "other", record(banned), record(FEDERAL))
    assert main(["lookup", "US-TX", *asked[:3], str(tmp_path / "other")]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "coming 2028-08-26 a law of US ends" in told


@pytest.mark.parametrize("place", ["JP-13", "CA-ON", "MY-12", "DE-BY"])
def test_the_grade_of_the_country_is_not_said_of_a_layer_that_nobody_recorded(place, capsys):
    assert main(["lookup", place, "--snapshots", str(ROOT / "snapshots")]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "never checked" not in out.partition(" you may ")[0]


@pytest.mark.parametrize(
    "words",
    [
        ["list", "--status", "banned", "--level", "context"],
        ["list", "--country", "FR", "--status", "age_restricted", "--json"],
        ["upcoming", "--jurisdiction", "AQ", "--format", "csv"],
        ["changes", "--jurisdiction", "AQ", "--format", "ndjson"],
    ],
)
def test_an_empty_list_says_that_nothing_fits(words, capsys):
    assert main([*words, "--snapshots", str(ROOT / "snapshots")]) == 0
    out, err = capsys.readouterr()
    assert "nothing fits, the list is empty" in err
    assert "nothing fits" not in out


def test_evidence_names_a_day_whose_law_has_words(capsys):
    assert main(["evidence", "US-OH", "--snapshots", str(ROOT / "snapshots")]) == 0
    day = re.search(r"lookup US-OH --on (\S+) --full", capsys.readouterr().out)[1]
    assert (
        main(["lookup", "US-OH", "--on", day, "--full", "--snapshots", str(ROOT / "snapshots")])
        == 0
    )
    assert "“" in capsys.readouterr().out
