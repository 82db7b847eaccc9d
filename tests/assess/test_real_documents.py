"""What real official documents truly say. Skipped where the folder of documents is absent.

Each expectation was read in the document by a person before it was written here.
"""

import os
from datetime import date
from pathlib import Path

import pytest

from regstatus.assess import assess
from regstatus.base.errors import ReadingError
from regstatus.extract import extract
from regstatus.model.words import Context

ROOT = Path(
    os.environ.get("REGSTATUS_REALDOCS", Path(__file__).parents[2].parent / "shared" / "realdocs")
)
DAY = date(2026, 7, 1)

pytestmark = pytest.mark.skipif(
    not (ROOT / "INDEX.tsv").is_file(), reason=f"realdocs not present: {ROOT}"
)


def read(path, *, on=DAY, **more):
    body = (ROOT / path).read_bytes()
    return assess(extract(body, name=Path(path).name), on=on, **more)


def said(finding):
    return [(str(m.substance), m.written, str(m.context), m.schedule) for m in finding.mentions]


def test_the_finnish_decree_of_2014_is_silent():
    finding = read(
        "fi_finlex_asd_xml/asd20141130.fi.xml", controls=("MDPPP", "psykoaktiiv"), complete=True
    )
    assert finding.readable, finding.problems
    assert finding.mentions == ()


@pytest.mark.parametrize(
    ("path", "annex"),
    [
        ("fi_finlex_asd_xml/asd20160166.fi.xml", "Liite"),
        ("fi_finlex_asd_xml/asd20230932.fi.xml", "Liite"),
        ("fi_finlex_asd_xml/asd20160166.sv.xml", "Bilaga"),
    ],
)
def test_the_finnish_decrees_since_2016_list_the_plant_alone(path, annex):
    finding = read(path)
    assert said(finding) == [
        ("leaf", "Kratom", "listed", annex),
        ("leaf", "Mitragyna Speciosa", "listed", annex),
    ]
    assert finding.schedule == annex
    assert finding.says("mitragynine") == finding.says("7-oh") == "silent"
    assert finding.minimum_age is None
    assert finding.caps == finding.duties == finding.prohibitions == ()


@pytest.mark.parametrize(
    ("on", "rules"),
    [
        (date(2026, 5, 11), {"listed", "not-yet-in-force"}),
        (date(2026, 5, 12), {"listed", "expired"}),
    ],
)
def test_sweden_lists_plant_and_alkaloids_on_either_side_of_the_change(on, rules):
    finding = read("se_riksdag_sfs/SFS_1992_1554.md", on=on)
    listed = [m for m in finding.mentions if m.context is Context.LISTED]
    assert [(str(m.substance), m.written, m.schedule) for m in listed] == [
        ("mitragynine", "mitragynin", "Bilaga 1"),
        ("7-oh", "7-hydroximitragynin", "Bilaga 1"),
        ("7-oh", "7-OH-mitragynin", "Bilaga 1"),
        ("derivatives", "pseudoindoxylmitragynin", "Bilaga 1"),
        ("leaf", "Mitragyna speciosa", "Bilaga 1"),
        ("leaf", "kratom", "Bilaga 1"),
    ]
    assert "enoat (mitragynin)" in listed[0].place.quote
    others = {m.place.rule for m in finding.mentions} - {"schedule-entry", "designation"}
    assert others | {"listed"} == rules
    assert len(finding.mentions) == 12


def test_the_czech_list_of_2025_names_plant_and_both_alkaloids():
    finding = read("_derived_text/SB-2025-456.md")
    assert finding.schedule == "Příloha"
    assert {str(m.substance) for m in finding.mentions} == {"leaf", "mitragynine", "7-oh"}
    assert {m.context for m in finding.mentions} == {Context.LISTED}
    assert finding.says("derivatives") == "silent"


def test_estonia_lists_the_plant_and_both_alkaloids_under_their_estonian_names():
    finding = read("_derived_text/902508.md", controls=("heroiin", "psilotsübiin"))
    assert finding.readable, finding.problems
    assert [(str(m.substance), m.written) for m in finding.mentions] == [
        ("7-oh", "7-hüdroksümitragüniin"),
        ("7-oh", "7-hydroxymitragynine"),
        ("leaf", "Eriline abuurapuu"),
        ("leaf", "Mitragyna speciosa"),
        ("leaf", "Kratom"),
        ("mitragynine", "Mitragüniin"),
        ("mitragynine", "Mytragynine"),
    ]
    assert {m.context for m in finding.mentions} == {Context.LISTED}


@pytest.mark.parametrize("path", ["us_dc_law_html/7-742.11.html", "us_dc_law_html/law-25-21.html"])
def test_the_food_law_of_washington_dc_names_kratom_and_no_more(path):
    finding = read(path)
    assert finding.readable, finding.problems
    assert said(finding) == [("leaf", "Kratom", "mentioned", None)]
    assert finding.mentions[0].place.rule == "food-additive"
    assert "any other unapproved food additive" in finding.mentions[0].place.quote
    assert finding.minimum_age is None
    assert finding.prohibitions == ()
    assert finding.schedule is None


def test_a_slovak_short_circuit_is_no_kratom():
    assert read("_derived_text/SB-1983-13.md", phrases=("skratom",)).mentions == ()


SILENT_SCHEDULES = {
    "us_dc_law_xml/48-902.04.xml": ("heroin", "psilocybin", "mescaline"),
    "us_dc_law_html/48-902.04.html": ("Heroin", "Psilocybin", "Mescaline"),
    "us_dc_law_html/48-902.06.html": ("Cocaine", "Methadone"),
    "ca_justice_laws/C-38.8.en.xml": ("Heroin", "Psilocybin", "Mescaline"),
    "de_gesetze_im_internet/btmg_1981.xml": ("Heroin", "Psilocybin", "Mescalin"),
    "de_gesetze_im_internet/npsg.xml": ("Phenethylamin",),
    "us_wa_app_leg/wac-246-945-051.html": ("fentanyl",),
    "fi_finlex_asd_xml/asd20080543.fi.xml": ("heroiini", "psilosybiini"),
}


@pytest.mark.parametrize("path", SILENT_SCHEDULES)
def test_complete_schedules_are_silent_and_prove_that_they_are_whole(path):
    finding = read(path, controls=SILENT_SCHEDULES[path], complete=True)
    assert finding.readable, finding.problems
    assert finding.mentions == ()
    assert finding.schedule is None
    assert finding.minimum_age is None
    assert finding.caps == finding.duties == finding.prohibitions == ()
    assert finding.says("leaf") == finding.says("7-oh") == "silent"


@pytest.mark.parametrize(
    "path",
    [
        "us_dc_law_html/404.html",
        "us_state_shells/GA.html",
        "us_state_shells/IN.html",
        "us_state_shells/LA.html",
        "li_gesetze/recent-ordinance-meta.html",
    ],
)
def test_pages_sent_with_success_that_are_no_law_are_unreadable(path):
    try:
        finding = read(path)
    except ReadingError:
        return
    assert not finding.readable
    assert finding.problems
    assert finding.mentions == ()


def _index():
    if not (ROOT / "INDEX.tsv").is_file():
        return []
    lines = (ROOT / "INDEX.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return [(line.split("\t")[0], line.split("\t")[5]) for line in lines if line.strip()]


@pytest.mark.parametrize(("path", "names"), _index())
def test_a_document_names_kratom_exactly_where_the_index_says(path, names):
    decoy = path == "_derived_text/SB-1983-13.md"  # the index counts «skratom»
    try:
        finding = read(path)
    except ReadingError:
        assert not names.startswith("yes")
        return
    assert bool(finding.mentions) == (names.startswith("yes") and not decoy)


def test_the_plant_put_into_a_real_silent_schedule_is_listed():
    body = (ROOT / "us_dc_law_html/48-902.04.html").read_bytes()
    assert body.count(b"Mescaline") >= 1
    changed = body.replace(b"Mescaline", b"Mitragynine", 1)
    finding = assess(extract(changed, name="48-902.04.html"), on=DAY)
    assert finding.says("mitragynine") == "listed"
    assert finding.schedule == "I"
