"""What is unknown and probably forbidden: said at every door, never a permission, never shipped."""

import csv
import io
import json
from datetime import date, timedelta

import pytest

from regstatus.base.errors import SourceFileError, UsageError
from regstatus.catalog.sources import check_text
from regstatus.cli import main
from regstatus.cli._text import show
from regstatus.decide.changes import compare
from regstatus.model.law import Activity, Status, Substance, said
from regstatus.model.words import Context
from regstatus.query.dataset import Dataset
from regstatus.query.listings import items
from regstatus.query.lists import View
from regstatus.query.lookup import answer
from regstatus.query.verdict import REFUSE, Screener
from regstatus.store.reader import Store
from regstatus.tables.rows import status_rows
from regstatus.web.edition import Edition
from regstatus.web.website import Site
from tests.support.make import FEDERAL, NOON, finding, mention, publish, record

# Ibis 12 calls DuckDB 2 and pandas 3 by older names; that is theirs to mend.
pytestmark = [
    pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:The 'future.infer_string' option is deprecated"),
]

DAY = "2026-11-22"
HEAD = """
jurisdiction = "{id}"
attested = 2026-11-01
attested_by = "third-party reading"
{more}
[[instruments]]
id = "act"
citation = "Act 7 of 2024"
type = "statute"
effective = 2024-05-01
note = "No address found: the court keeps it on paper."

[[timeline]]
until = 2024-05-01
leaf = "unknown"
mitragynine = "unknown"
"7-oh" = "unknown"
derivatives = "unknown"

[[timeline]]
from = 2024-05-01
"""
GROUND = 'accounts = ["a report of the county court", "the association of pharmacists"]\n'
TOWN = """name = "Elm"
kind = "city"
ocd_id = "ocd-division/country:us/state:ne/place:elm"
"""
UNKNOWN = 'leaf = "unknown"\nmitragynine = "unknown"\n"7-oh" = "banned"\nderivatives = "unknown"\n'
KNOWN = UNKNOWN.replace('ine = "unknown"', 'ine = "banned"')
BANNED = 'instruments = ["act"]\ngrade = "secondary"\n'


def law(key, period, more=""):
    return HEAD.format(id=key, more=more) + period


def leaning(status="banned", *names, key="US-NE"):
    told = ", ".join(f'"{name}" = "{status}"' for name in names or ("leaf", "mitragynine"))
    return law(key, f"{UNKNOWN}{BANNED}probably = {{ {told} }}\n{GROUND}")


PLANTED = {
    "a ban of the leaf": leaning("banned"),
    "a closed sale": leaning("sale_prohibited", "leaf"),
    "a medicine": leaning("prescription_only", "leaf", "derivatives"),
    "another country": leaning("banned", "leaf", key="BE"),
}


def world(path, *texts):
    publish(path, record(FEDERAL), *map(record, texts))
    return Store(path).load()


def head_of(text):
    return " ".join(text.split("\n")[:4])


def ask(snapshot, key, substance=None, on=DAY):
    on = date.fromisoformat(on)
    return answer(snapshot, key, on=on, now=NOON, substance=substance).to_dict()


@pytest.fixture(scope="module")
def settled(whole):
    """All places, and each day and substance for which something is probable."""
    found = []
    for item in whole.records():
        for period in item["timeline"]:
            found += [(item["id"], period["from"] or "2020-01-01", n) for n in period["probably"]]
    return found


# All doors, over all files and planted ones.


def doors(snapshot, key, substance):
    """What each door says of a place and substance: its status, and what it probably is."""
    found = ask(snapshot, key, substance)
    yield "answer", found["status"], found["probably"]
    detail = ask(snapshot, key)["details"][substance]
    yield "detail", detail["status"], detail["probably"]
    rows = status_rows(snapshot, now=NOON, on=date.fromisoformat(DAY), only=[key])
    (row,) = (row for row in rows if row["substance"] == substance)
    yield "table", row["status"], row["probably"]
    edition = Edition(Store(snapshot.path), snapshot, NOON)
    site = Site(edition)
    short = json.loads(site.get("v1/status.json").body)["items"]
    if substance == "leaf":
        (one,) = (item for item in short if item["jurisdiction"]["id"] == key)
        yield "list", one["status"], one["probably"]
        (line,) = (
            line
            for line in csv.DictReader(io.StringIO(site.get("v1/status.csv").body.decode()))
            if line["id"] == key
        )
        yield "csv", line["status"], line["probably"] or None
    _, status, *more = edition.spans(key)[substance][-1]
    yield "map", status, (more[1:] or [None])[0]


def test_wherever_something_is_probable_all_doors_agree(whole, settled):
    assert {key for key, *_ in settled} >= {"US-KS", "US-DC"}
    for key, _, substance in settled:
        period = whole.get(key)["timeline"][-1]
        if substance not in period["probably"]:
            continue
        told = {what[1:] for what in doors(whole, key, substance)}
        assert told == {("unknown", period["probably"][substance])}, key


@pytest.mark.parametrize("text", PLANTED.values(), ids=PLANTED)
def test_what_is_planted_is_said_at_every_door(tmp_path, text):
    snapshot = world(tmp_path, text)
    made = record(text)
    for name, word in made["timeline"][-1]["probably"].items():
        if name == "derivatives":
            continue  # the federal ban wins
        told = {what[1:] for what in doors(snapshot, made["id"], name)}
        assert told == {("unknown", word)}
    site = Site(Edition(Store(tmp_path), snapshot, NOON))
    words = said("unknown", made["timeline"][-1]["probably"]["leaf"])
    page = " ".join(site.get(f"j/{made['id']}.html").body.decode().split())
    assert f"<title>{made['name']}: kratom {words}" in page
    assert "a report of the county court; the association of pharmacists" in page
    assert words in " ".join(show(ask(snapshot, made["id"])).split())


def test_python_gives_it_as_a_status(tmp_path):
    asked = {"on": DAY, "now": NOON}
    dataset = Dataset(world(tmp_path, *PLANTED.values()))
    assert dataset.lookup("US-NE", **asked, substance="derivatives").probably is None
    assert dataset.lookup("Belgium", **asked).probably is Status.BANNED
    assert dataset.lookup("Belgium", **asked).status is Status.UNKNOWN


def test_the_headline_says_it_loudly_and_names_the_accounts(tmp_path):
    text = show(ask(world(tmp_path, PLANTED["a ban of the leaf"]), "US-NE"))
    assert "UNKNOWN, probably BANNED · 7-OH, derivatives BANNED" in head_of(text)
    assert "leaf, mitragynine  unknown, probably banned since 2024-05-01" in text
    assert "you may   possess not known · sell not known · bring in not known" in text
    whole = show(ask(world(tmp_path / "whole", PLANTED["a ban of the leaf"]), "US-NE"), full=True)
    assert "a report of the county court; the association of pharmacists" in " ".join(whole.split())


@pytest.mark.parametrize("leaf", ["unregulated", "regulated", "sale_prohibited", "unknown"])
def test_what_is_probable_of_another_substance_stands_in_the_headline(tmp_path, leaf):
    period = UNKNOWN.replace('leaf = "unknown"', f'leaf = "{leaf}"').replace(
        '"7-oh" = "banned"', '"7-oh" = "unknown"'
    )
    text = law("US-NE", f'{period}{BANNED}probably = {{ "7-oh" = "banned" }}\n{GROUND}')
    found = ask(world(tmp_path, text), "US-NE")
    assert "7-OH UNKNOWN, probably BANNED" in head_of(show(found))
    assert "probably banned" in found["summary"]


# No permission, no shipping.


@pytest.mark.parametrize("text", PLANTED.values(), ids=PLANTED)
def test_what_is_probable_allows_nothing_on_any_day(tmp_path, text):
    snapshot, made = world(tmp_path, text), record(text)
    for name in made["timeline"][-1]["probably"]:
        for day in ("2024-05-01", DAY, "2031-01-01"):
            found = ask(snapshot, made["id"], name, on=day)
            assert set(found["may"].values()) <= {"unknown", "no"}
    before = ask(snapshot, made["id"], on="2024-04-30")
    assert (before["status"], before["probably"]) == ("unknown", None)
    assert "probably" not in before["summary"]


@pytest.mark.parametrize("text", PLANTED.values(), ids=PLANTED)
@pytest.mark.parametrize("allowed", [None, timedelta(days=30), timedelta(days=100_000)])
def test_what_is_probable_never_ships(tmp_path, text, allowed):
    snapshot, made = world(tmp_path, text), record(text)
    rows = status_rows(snapshot, now=NOON, only=[made["id"]])
    screener = Screener(snapshot, now=NOON, allow_stale=allowed, sent_from="US")
    told = [
        {**row, **screener.verdict(row["id"], row["substance"], row["from"])._asdict()}
        for row in rows
    ]
    names = made["timeline"][-1]["probably"]
    later = [r for r in told if r["substance"] in names and r["from"] >= "2024-05-01"]
    assert later
    for row in later:
        if row["status"] == "unknown" and str(row["until"])[:4] <= "2051":
            assert row["verdict"] == REFUSE
            words = said("unknown", names[row["substance"]])
            assert row["reason"].startswith(f"U{words[1:]}: ")
        assert row["verdict"] != "ship"


SEVEN_OH = mention(Substance.SEVEN_OH, Context.LISTED)


# Layers.


@pytest.mark.parametrize(
    ("town", "status", "probably", "headline"),
    [
        ("unregulated", "unknown", "banned", "UNKNOWN, probably BANNED"),
        ("age_restricted", "unknown", "banned", "UNKNOWN, probably BANNED"),
        ("regulated", "regulated", "banned", "REGULATED, probably BANNED"),
        ("sale_prohibited", "sale_prohibited", "banned", "SALE PROHIBITED, probably BANNED"),
        ("banned", "banned", None, "BANNED"),
    ],
)
def test_no_laxer_layer_hides_what_is_probable_above_it_and_a_stricter_one_wins(
    tmp_path, town, status, probably, headline
):
    age = "minimum_age = 18\n" if town in {"age_restricted", "regulated"} else ""
    local = law("US-NE/elm", f'leaf = "{town}"\n{age}{BANNED}', TOWN)
    local = local.replace(
        'mitragynine = "unknown"\n"7-oh" = "unknown"\nderivatives = "unknown"\n', ""
    )
    snapshot = world(tmp_path, PLANTED["a ban of the leaf"], local)
    found = ask(snapshot, "US-NE/elm")
    assert (found["status"], found["probably"]) == (status, probably)
    head = head_of(show(found))
    assert headline in head
    assert found["may"]["possess"] == ("no" if town == "banned" else "unknown")
    assert found["may"]["sell"] in {"unknown", "no"}
    assert [layer["probably"] for layer in found["layers"][:2]] == [
        {},
        {"leaf": "banned", "mitragynine": "banned"},
    ]
    assert Screener(snapshot, now=NOON).verdict("US-NE/elm", "leaf", DAY).verdict == REFUSE


@pytest.mark.parametrize(
    ("found", "status", "probably"),
    [
        (finding(mention(Substance.LEAF, Context.LISTED), SEVEN_OH), "banned", None),
        (finding(SEVEN_OH, forbids=(Activity.POSSESS,)), "unknown", "banned"),
        (finding(SEVEN_OH, forbids=(Activity.SELL,)), "unknown", "banned"),
        (finding(SEVEN_OH), "unknown", "banned"),
    ],
)
def test_a_text_that_says_as_much_wins_and_one_that_says_less_hides_nothing(
    tmp_path, found, status, probably
):
    text = PLANTED["a ban of the leaf"].replace(
        "[[instruments]]",
        """[[documents]]
id = "code"
title = "Code"
publisher = "The legislature"
url = "https://law.example.gov/code"
url_basis = "seen"
reads = "schedule"
complete = true
controls = ["heroin", "psilocybin"]
shows = { leaf = "silent", "7-oh" = "listed" }
settles = ["leaf"]

[[instruments]]""",
        1,
    )
    publish(tmp_path, record(FEDERAL), record(text, {"code": found}))
    said_now = ask(Store(tmp_path).load(), "US-NE")
    assert (said_now["status"], said_now["probably"]) == (status, probably)


# Lists.


def listed(snapshot, **given):
    dataset = Dataset(snapshot)
    view = View(Store(snapshot.path), lambda: dataset, NOON, everywhere=False)
    asked = {"on": date.fromisoformat(DAY), **given}
    return {item["jurisdiction"]["id"] for item in items(view, "status", asked)}


@pytest.mark.parametrize("status", ["banned", "sale_prohibited", "prescription_only"])
@pytest.mark.parametrize("substance", ["leaf", "mitragynine"])
def test_or_probably_adds_those_and_nothing_else(tmp_path, status, substance):
    snapshot = world(tmp_path, leaning(status, "leaf"), PLANTED["another country"])
    plain = listed(snapshot, status=[status], substance=substance)
    wider = listed(snapshot, status=[status], substance=substance, or_probably=True)
    more = {"US-NE", *(["BE"] if status == "banned" else [])} if substance == "leaf" else set()
    assert wider - plain == more
    assert not plain & more


def test_or_probably_works_on_the_command_line(tmp_path, capsys, monkeypatch):
    world(tmp_path, *PLANTED.values())
    monkeypatch.setenv("REGSTATUS_SNAPSHOTS", str(tmp_path))
    told = ["list", "--status", "banned", "--on", DAY, "--format", "csv"]
    assert main([*told, "--or-probably"]) == 0
    assert "BE,Belgium,unknown,banned" in capsys.readouterr().out
    assert main(told) == 0
    assert "Belgium" not in capsys.readouterr().out
    assert main(["list", "--or-probably"]) == 2
    assert "--status" in capsys.readouterr().err


def test_or_probably_alone_is_refused_with_the_remedy(whole):
    with pytest.raises(UsageError, match="--status"):
        listed(whole, or_probably=True)


# Days and versions.


def test_what_will_be_probable_is_told_as_coming_and_in_the_history(tmp_path):
    text = PLANTED["a ban of the leaf"]
    snapshot = world(tmp_path, text.replace("2024-05-01", "2028-05-01"))
    (item,) = (i for i in ask(snapshot, "US-NE")["upcoming"] if i["jurisdiction"] == "US-NE")
    then = ask(snapshot, "US-NE", on="2028-05-01")
    leans = {name: d["probably"] for name, d in then["details"].items() if d["probably"]}
    assert item["probably"] == leans == {"leaf": "banned", "mitragynine": "banned"}
    assert set(item["changes"]) == {"leaf", "mitragynine", "7-oh"}
    assert ask(snapshot, "US-NE")["until"] == "2028-05-01"
    assert "leaf, mitragynine unknown, probably banned" in show(ask(snapshot, "US-NE"))
    site = Site(Edition(Store(tmp_path), snapshot, NOON))
    lines = csv.DictReader(io.StringIO(site.get("v1/upcoming.csv").body.decode()))
    (line,) = (line for line in lines if line["id"] == "US-NE")
    assert line["probably"] == "leaf banned; mitragynine banned"
    days = site.get("feeds/US-NE.ics").body.decode().replace("\r\n ", "").replace("\\", "")
    assert "leaf, mitragynine unknown, probably banned; 7-oh banned" in days
    page = " ".join(site.get("upcoming.html").body.decode().split())
    assert "unknown</span>, probably <strong>banned</strong>" in page
    past = world(tmp_path / "past", text)
    assert [p["probably"].get("leaf") for p in ask(past, "US-NE")["history"]] == [None, "banned"]


LAXER = {"terms_changed", "restriction_lifted"}
NONE = leaning().replace("probably = { ", "# ").replace("accounts = ", "# ")


@pytest.mark.parametrize(
    ("before", "after", "kinds", "words"),
    [
        (NONE, leaning(), {"terms_changed"}, "from not recorded to leaf banned, mitragynine banned"),
        (leaning(), NONE, LAXER, "probably banned to unknown"),
        (leaning(), leaning("sale_prohibited"), LAXER, "probably sale prohibited"),
        (leaning("sale_prohibited"), leaning(), {"terms_changed"}, "from leaf sale_prohibited"),
        (leaning(), leaning().replace("pharmacists", "growers"), {"terms_changed"}, "association of growers"),
        (
            leaning(),
            leaning("banned", "leaf").replace(UNKNOWN, KNOWN),
            {"correction", "terms_changed"},
            "mitragynine",
        ),
    ],
)  # fmt: skip
def test_a_change_of_what_is_probable_is_told(before, after, kinds, words):
    old, new = ({"US-NE": record(text)} for text in (before, after))
    told = compare(old, new, NOON.date())
    assert {str(change.kind) for change in told} == kinds
    assert words in " ".join(change.sentence for change in told)


def test_a_version_of_an_older_release_is_read_without_it(tmp_path):
    old = record(PLANTED["a ban of the leaf"])
    for period in old["timeline"]:
        del period["probably"], period["accounts"]
    publish(tmp_path, record(FEDERAL), old)
    found = ask(Store(tmp_path).load(), "US-NE")
    assert (found["status"], found["probably"]) == ("unknown", None)
    assert all(detail["accounts"] == [] for detail in found["details"].values())


# The checker.


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('"leaf" = "banned"', '"leaf" = "unregulated"', "nothing is probably unregulated"),
        ('"leaf" = "banned"', '"leaf" = "regulated"', "nothing is probably regulated"),
        ('"leaf" = "banned"', '"leaf" = "age_restricted"', "nothing is probably age_restricted"),
        ('"leaf" = "banned"', '"leaf" = "unknown"', "nothing is probably unknown"),
        ('"leaf" = "banned"', '"leaf" = "likely"', "probably.leaf"),
        ('"leaf" = "banned"', '"7-oh" = "banned"', 'write 7-oh = "unknown"'),
        ('"leaf" = "banned"', '"tea" = "banned"', "probably.tea"),
        (GROUND, "", "two independent accounts"),
        (GROUND, 'accounts = ["a vendor"]\n', "two independent accounts"),
        (GROUND, 'accounts = ["A  vendor", "a vendor"]\n', "two independent accounts"),
        (GROUND, GROUND + 'possess = "yes"\n', "leave it out"),
        (GROUND, GROUND + 'import = "depends"\n', "leave it out"),
        (GROUND, GROUND + 'sell = "limited"\n', "leave it out"),
    ],
)
def test_each_fault_of_probably_is_refused_with_its_line_and_remedy(old, new, says):
    text = leaning("banned", "leaf")
    check_text(text, "x.toml", closely=True)
    assert old in text
    with pytest.raises(SourceFileError, match=r"x\.toml:\d+: ") as found:
        check_text(text.replace(old, new, 1), "x.toml", closely=True)
    assert says in str(found.value)


def test_accounts_without_probably_are_refused():
    text = law("US-NE", UNKNOWN + BANNED + GROUND)
    with pytest.raises(SourceFileError, match="write probably"):
        check_text(text, "x.toml")


OPEN = """leaf = "unregulated"
mitragynine = "unregulated"
"7-oh" = "unregulated"
derivatives = "unknown"
grade = "secondary"
basis = "silence"
summary = "{}"
"""
CLOSED = UNKNOWN.replace("unknown", "{0}", 2) + BANNED + 'summary = "{1}"\n'


@pytest.mark.parametrize(
    ("period", "refused", "mended"),
    [
        (OPEN.format("Not named; the schedules were never read."), "silence of what was not read", None),
        (OPEN.format("The annex to the decree was not seen."), "silence of what was not read", None),
        (OPEN.format("Open, but the list has not been read."), "silence of what was not read", None),
        (CLOSED.format("sale_prohibited", "No sale; whether possession is reached was not read."),
         'possess = "unknown"', 'possess = "unknown"\n'),
        (CLOSED.format("regulated", "Labels; import was never attested."),
         'import = "unknown"', 'import = "unknown"\n'),
        (CLOSED.format("regulated", "Labels; what holds for sale online is not known."),
         'sell = "unknown"', 'sell = "unknown"\n'),
    ],
)  # fmt: skip
def test_what_a_summary_calls_unread_is_not_allowed_beside_it(period, refused, mended):
    with pytest.raises(SourceFileError, match=r"x\.toml:\d+: ") as found:
        check_text(law("US-NE", period), "x.toml", closely=True)
    assert refused in str(found.value)
    good = period + mended if mended else period.replace('summary = "', 'summary = "A court says: ')
    check_text(law("US-NE", good), "x.toml", closely=True)


@pytest.mark.parametrize(
    "held",
    [
        "Unknown; probably banned.",
        "Unknown, leaning to a ban.",
        "Open, but sale is likely prohibited.",
    ],
)
def test_a_conflict_that_leans_to_a_ban_in_words_alone_is_refused(held):
    dispute = f'[[conflicts]]\nabout = "The leaf"\nclaims = ["Yes", "No"]\nheld = "{held}"\n'
    with pytest.raises(
        SourceFileError, match=r"x\.toml:\d+: conflicts\[0\]\.held.*probably and its accounts"
    ):
        check_text(law("US-NE", UNKNOWN + BANNED) + dispute, "x.toml", closely=True)
    check_text(leaning() + dispute, "x.toml", closely=True)


def test_no_file_of_the_project_calls_anything_probably_lawful(catalogue):
    for source in catalogue:
        for period in source.timeline:
            assert all(
                word.severity > Status.REGULATED.severity for word in period.probably.values()
            )
            assert not period.probably or len(set(period.accounts)) >= 2
