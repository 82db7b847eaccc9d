"""Words are shown as the law's only on days on which it is law, each with where it was really read."""

import json
from datetime import date, timedelta
from functools import cache

import pytest

from regstatus.cli import main
from regstatus.decide.days_of_law import turns
from regstatus.decide.layer import Layer
from regstatus.decide.quotations import SAYS, SILENT, origin, quotations, says
from regstatus.model.law import Substance
from regstatus.model.words import Context
from regstatus.pipeline.update import assemble
from regstatus.store.reader import Store
from regstatus.web.edition import Edition
from regstatus.web.website import Site
from tests.support.make import FEDERAL, NOON, TEXAS, finding, mention, publish, record
from tests.support.project import catalogue

WORDS = "No person shall sell a kratom product."
COPY = "a mirror of § 444.003 (law.example.net)"
PROOF = """
[[attestations]]
document = "{document}"
day = {day}
by = "Jane Roe"
at = "{at}"
kind = "{kind}"
sha256 = "{sha}"
says = {says}
quote = "{quote}"
"""


def quoting(*lines, text=TEXAS):
    return text.replace('document = "hs-444"\n\n', "\n".join(('document = "hs-444"', *lines, "\n")))


def proof(kind="original", **changes):
    held = {
        "document": "hs-444", "day": "2026-06-01", "at": "https://statutes.example.gov/HS.444.htm",
        "kind": kind, "sha": "a" * 64, "says": '{ leaf = "named" }', "quote": "kratom product",
    } | changes  # fmt: skip
    return PROOF.format(**held)


def shown(folder, text, capsys, *words, day="2026-11-22"):
    """What each door says of Texas: text, sentence, passages, JSON and page."""
    publish(folder, record(text), record(FEDERAL))
    found = {}
    for door in (["lookup"], ["lookup", "--full"], ["cite"], ["evidence"], ["lookup", "--json"]):
        on = [] if door == ["evidence"] else ["--on", day]
        assert main([*door[:1], "US-TX", *door[1:], *on, "--snapshots", str(folder)]) == 0
        found[" ".join(door)] = " ".join(capsys.readouterr().out.split())
    store = Store(folder)
    site = Site(Edition(store, store.load(), NOON), "https://kratom.example/")
    found["page"] = " ".join(site.get("j/US-TX.html").body.decode().split())
    found["evidence of json"] = json.loads(found.pop("lookup --json"))["evidence"]
    return found


@pytest.mark.parametrize(
    ("lines", "proofs", "where"),
    [
        ([f'quote_from = "{COPY}"'], "", COPY),
        (
            ['quote_from = "a stored page (code.example.gov)"'],
            "",
            "a stored page (code.example.gov)",
        ),
        ([], proof("copy", at="stored page of 2026"), "stored page of 2026"),
        ([], proof("conversion", at="github:a/b@c:d.md"), "github:a/b@c:d.md"),
    ],
)
def test_every_door_says_in_which_copy_words_were_read(tmp_path, capsys, lines, proofs, where):
    found = shown(tmp_path, quoting(f'quote = "{WORDS}"', *lines) + proofs, capsys)
    (item,) = (item for item in found["evidence of json"] if item["quote"] == WORDS)
    assert (item["copy_at"], item["type"]) == (where, "statute")
    assert item["place"] == "Tex. Health & Safety Code ch. 444 (2023 SB 497)"
    for door in ("lookup --full", "cite", "evidence", "page"):
        assert f"read in a copy: {where}" in found[door], door
        assert "The official words" not in found[door], door
    assert f"a copy says read in a copy: {where}: “{WORDS}”" in found["lookup --full"]
    assert "a copy says read in a copy: " in found["lookup"]
    assert "it says" not in found["lookup"] + found["cite"].lower()


def test_only_words_that_the_offices_own_file_holds_are_what_the_law_says(tmp_path, capsys):
    found = shown(tmp_path, quoting(f'quote = "{WORDS}"') + proof(), capsys)
    assert f"it says “{WORDS}”" in found["lookup"]
    assert {item["copy_at"] for item in found["evidence of json"]} == {None}
    for door in ("cite", "evidence", "page"):
        assert "read in the official text" in found[door], door
        assert "read in a copy" not in found[door], door
    assert "a" * 64 in found["evidence"]


def test_words_of_which_nobody_says_where_they_were_read_are_not_shown(tmp_path, capsys):
    address = ('url = "https://a.example/"', 'url_basis = "seen"')
    found = shown(tmp_path, quoting(f'quote = "{WORDS}"', *address), capsys)
    assert WORDS not in json.dumps(found, ensure_ascii=False)


@pytest.mark.parametrize(
    "where", ["a stored page https://" + "a" * 400, "a copy, " * 60, "複" * 300]
)
def test_in_a_short_answer_no_length_cuts_off_that_words_were_read_in_a_copy(
    tmp_path, capsys, where
):
    long = f'quote = "{"No person shall sell kratom. " * 10}"'
    found = shown(tmp_path, quoting(long, f'quote_from = "{where}"'), capsys)
    assert "a copy says read in a copy" in found["lookup"]
    assert "--full" in found["lookup"]
    assert "No person shall sell kratom." in found["lookup --full"]


def test_each_passage_stands_under_the_heading_of_its_own_document(tmp_path, capsys):
    list_ = {"document": "hs-481", "says": '{ leaf = "silent" }', "quote": "(10) Heroin"}
    text = (
        quoting(f'quote = "{WORDS}"') + proof("copy", quote="§ 444.001 is named") + proof(**list_)
    )
    words = shown(tmp_path, text, capsys)["evidence"]
    parts = words.split("US-TX: Texas Health and Safety Code, chapter ")[1:]
    assert [part[:3] for part in parts] == ["444", "481"]
    assert [("§ 444.001" in part, WORDS in part, "Heroin" in part) for part in parts] == [
        (True, True, False), (False, False, True),
    ]  # fmt: skip


def test_a_notice_is_not_what_the_law_says(tmp_path, capsys):
    text = quoting(f'quote = "{WORDS}"', f'quote_from = "{COPY}"')
    text = text.replace('"statute"\neff', '"notice"\neff')
    found = shown(tmp_path, text, capsys)
    assert "a notice says an agency’s notice, read in a copy: " in found["lookup"]
    for door in ("cite", "evidence", "page"):
        assert "an agency’s notice, read in a copy" in found[door], door


def test_a_list_that_names_nothing_is_silent_and_says_nothing(tmp_path, capsys):
    silent = {"document": "hs-481", "says": '{ leaf = "silent", mitragynine = "silent" }'}
    found = shown(tmp_path, TEXAS + proof(**silent, quote="(10) Heroin"), capsys)
    assert (
        "it is silent read in the official text: “(10) Heroin” stands in hs-481" in found["lookup"]
    )
    assert "It is silent: “(10) Heroin”" in found["cite"]


def words_on(text, *days):
    data = record(text)
    return [
        {item["quote"] for item in quotations(Layer("US-TX", data, date.fromisoformat(day)), {})}
        for day in days
    ]


def test_words_are_shown_on_no_day_before_their_law_or_after_its_end():
    law = quoting(f'quote = "{WORDS}"', f'quote_from = "{COPY}"', "until = 2027-01-01")
    days = ("2023-08-31", "2023-09-01", "2026-12-31", "2027-01-01")
    assert words_on(law, *days) == [set(), {WORDS}, {WORDS}, set()]
    assert words_on(law + proof(), *days)[0] == words_on(law + proof(), *days)[3] == set()
    assert "kratom product" in words_on(quoting() + proof(), "2023-09-01")[0]
    # A text that was attested while another instrument gave its words proves none of the next one.
    again = quoting("until = 2026-10-01").replace("[[timeline]]", """[[instruments]]
id = "next"
citation = "The next wording"
type = "statute"
effective = 2026-10-01
document = "hs-444"

[[timeline]]""", 1).replace('["sb-497"]', '["sb-497", "next"]')  # fmt: skip
    assert words_on(again + proof(), "2026-09-30", "2026-10-01") == [{"kratom product"}, set()]
    # A list that was silent under the law of today was not read under the law before it.
    list_ = TEXAS + proof(document="hs-481", says='{ leaf = "silent" }', quote="(10) Heroin")
    assert words_on(list_, "2023-08-31", "2023-09-01") == [set(), {"(10) Heroin"}]
    # Where no period speaks of the day, nothing does.
    assert words_on(law, "1776-07-04") == [set()]


WORDINGS = """
[[instruments]]
id = "{name}"
citation = "The wording of {name}"
type = "statute"
{days}
document = "hs-444"
quote = "the words of {name}"
quote_from = "a copy"
"""


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2025-12-31", "the words of 2023"),
        ("2026-01-01", "the words of 2026"),
        ("2027-01-01", None),
    ],
)
def test_a_contradiction_is_laid_beside_the_words_that_are_law_on_its_day(day, words):
    later = WORDINGS.format(name="2026", days="effective = 2026-01-01\nuntil = 2027-01-01")
    first = WORDINGS.format(name="2023", days="effective = 2023-09-01\nuntil = 2026-01-01")
    text = TEXAS + later + first
    found = {"hs-444": finding(mention(Substance.LEAF, Context.MENTIONED), age=21, cap=2)}
    data = record(text, found, on=date.fromisoformat(day))
    assert {item["recorded_quote"] for item in data["contradictions"]} == {words}


def test_the_official_text_speaks_first_and_no_words_are_said_twice():
    second = WORDINGS.format(name="2023", days="effective = 2023-09-01").replace("hs-444", "hs-481")
    text = (
        quoting('quote = "kratom product"') + second + proof(quote="No kratom product may be sold.")
    )
    data = record(text.replace('["sb-497"]', '["2023", "sb-497"]'))
    said = quotations(Layer("US-TX", data, date(2026, 11, 22)), {})
    assert [item["quote"] for item in said] == ["kratom product", "the words of 2023"]
    assert [says(item) for item in said] == [SAYS, "a copy says"]


@cache
def records():
    made = assemble(catalogue(), {}, {}, date(2026, 11, 30))
    return {key: json.loads(json.dumps(found.to_json())) for key, found in made.items()}


def test_of_all_places_no_words_are_shown_on_a_day_on_which_their_law_is_not_in_force():
    assert len(records()) > 200
    seen = 0
    for key, data in records().items():
        for day in (date.fromisoformat(day) for day in turns(data) if day >= "0002"):
            for on in (day - timedelta(days=1), day):
                layer = Layer(key, data, on)
                law = set(layer.instruments())
                for item in quotations(layer, {}):
                    seen += 1
                    resting = {
                        name for name, entry in data["instruments"].items()
                        if entry["quote"] == item["quote"]
                        or (entry["document"] and entry["document"] == item["document"])
                    }  # fmt: skip
                    assert says(item) == SILENT or not resting or resting & law, (key, on, item)
    assert seen > 100


def test_of_all_places_only_what_was_proven_in_an_official_text_is_what_the_law_says():
    official = []
    for key, data in records().items():
        own = {e["document"] for e in data["attestations"] if e["kind"] == "original"}
        for item in quotations(Layer(key, data, date(2026, 11, 30)), {}):
            assert item["copy_at"] or item["document"] in own, (key, item)
            assert ("read in a copy: " in origin(item)) == bool(item["copy_at"])
            if says(item) == SAYS:
                official.append(key)
    assert official
