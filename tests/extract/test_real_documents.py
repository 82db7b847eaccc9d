"""The documents of official hosts, where they are at hand: each is read, and says what it says."""

from __future__ import annotations

import os
import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from regstatus.extract import extract, normalise
from regstatus.model.document import Select

FOLDER = Path(
    os.environ.get("REGSTATUS_REALDOCS") or Path(__file__).parents[2].parent / "shared" / "realdocs"
)
INDEX = FOLDER / "INDEX.tsv"
PATHS = (
    [line.split("\t")[0] for line in INDEX.read_text("utf-8").splitlines()[1:]]
    if INDEX.exists()
    else []
)

if not PATHS:
    pytest.skip(f"realdocs not present: {FOLDER}", allow_module_level=True)

# Pages that hold no law, and what must be said of them.
NOT_LAW = {
    "us_state_shells/GA.html": "script shell",
    "us_state_shells/IN.html": "script shell",
    "us_state_shells/LA.html": "error page",
    "us_dc_law_html/404.html": "error page",
    "li_gesetze/recent-ordinance-meta.html": "the text sits in a frame",
}
# The least number of passages; the rest must hold five.
AT_LEAST = {
    "us_dc_law_html/48-902.04.html": 550,
    "us_wa_app_leg/wac-246-945-051.html": 95,
    "us_federal_register_api/documents_search.jsonc": 3000,
    "sk_slovlex/sample-constitution.html": 1500,
    "de_gesetze_im_internet/btmg_1981.xml": 900,
    "ca_justice_laws/C-38.8.en.xml": 1600,
    "se_riksdag_sfs/SFS_1992_1554.md": 850,
    "fi_finlex_asd_xml/asd20230932.fi.xml": 650,
    "gb_legislation_gov_uk/sample-human-rights-1998.xml": 500,
    "_derived_text/902508.md": 600,
    "cz_esbirka/sample-regulation-fragments.json": 180,
    "cl_bcn/bcn-decreto-29-258831.xml": 3,
    "us_ia_legis_rtf/iowa-court-rules-chapter-18.pdf": 2,
    "ch_fedlex/sparql-regulation.json": 1,
}
REPEALED = {
    "lv_likumi/likumi-310000-with-table.html",
    "lv_likumi/likumi-1000-repealed.html",
    "cl_bcn/bcn-decreto-29-258831.xml",
    "dk_retsinformation/2024-1709.xml",
    "dk_retsinformation/2023-1547.xml",
}
SAYS_IT_IN_WORDS = {path for path in REPEALED if path.startswith("lv_likumi")}
# What a person finds in the document: words of one passage, its innermost heading, its pinpoint.
SAYS = [
    (
        "us_dc_law_html/48-902.04.html",
        "(K) Diacetylated morphine (heroin);",
        "§ 48-902.04. Schedule I enumerated.",
        "48-902.04(2)(K)",
    ),
    (
        "us_dc_law_html/7-742.11.html",
        "containing cannabis, CBD, Kava, Kratom",
        "§ 7-742.11. Definitions.",
        "7-742.11(3)(E)",
    ),
    (
        "us_dc_law_xml/48-902.04.xml",
        "(A) Acetylmethadol;",
        "48-902.04 Schedule I enumerated.",
        "48-902.04(a)(1)(A)",
    ),
    (
        "us_wa_app_leg/wac-246-945-051.html",
        "some other names: Acetyl fentanyl;",
        "Schedule I.",
        "246-945-051(1)(a)",
    ),
    (
        "us_or_sos_oar/oar-division-450.html",
        "“Commission” means the Oregon Arts Commission.",
        "Definitions",
        "123-450-0000(1)",
    ),
    (
        "us_or_leg_ors/ors156.html",
        "A criminal action in a justice court is commenced",
        "156.010 Criminal procedure statutes govern generally.",
        "156.010",
    ),
    (
        "us_nv_leg_nrs/NRS-036.html",
        "When the defendant interposes a counterclaim",
        "NRS 36.010 Defendant asking affirmative relief may have provisional remedies.",
        "36.010",
    ),
    (
        "us_ecfr/title-1-part-51-2024-05-17.xml",
        "matter reasonably available to the class",
        "§ 51.1 Policy.",
        "51.1(a)",
    ),
    (
        "us_govinfo_cfr/CFR-2012-title12-vol8-part1006.xml",
        "(a) Purpose. This part, known as Regulation F",
        "§ 1006.1 Purpose and definitions.",
        "1006.1(a)",
    ),
    (
        "gb_legislation_gov_uk/sample-human-rights-1998.xml",
        "No one shall be subjected to torture",
        "Article 3 Prohibition of torture",
        None,
    ),
    (
        "gb_legislation_gov_uk/sample-human-rights-1998.xml",
        "(c) Article 1 of the Thirteenth Protocol,",
        "The Convention Rights.",
        "section-1-1-c",
    ),
    (
        "ca_justice_laws/C-38.8.en.xml",
        "(10) Diacetylmorphine (heroin)",
        "SCHEDULE I (Sections 2, 4 to 7.1, 10, 29, 55 and 60)",
        None,
    ),
    (
        "ca_justice_laws/C-38.8.en.xml",
        "(3) Morphine (7,8-didehydro-4,5-epoxy-17-methylmorphinan-3,6-diol)",
        "SCHEDULE I (Sections 2, 4 to 7.1, 10, 29, 55 and 60)",
        None,
    ),
    (
        "de_gesetze_im_internet/btmg_1981.xml",
        "Heroin (Diacetylmorphin, Diamorphin)",
        "Anlage I (zu § 1 Abs. 1) (nicht verkehrsfähige Betäubungsmittel)",
        None,
    ),
    (
        "de_gesetze_im_internet/btmg_1981.xml",
        "Zolpidem | -",
        "Anlage III (zu § 1 Abs. 1) verkehrsfähige und verschreibungsfähige Betäubungsmittel",
        None,
    ),
    (
        "de_gesetze_im_internet/npsg.xml",
        "neuer psychoaktiver Stoff ein Stoff oder eine Zubereitung",
        "§ 2 Begriffsbestimmungen",
        "§ 2(1)",
    ),
    ("fi_finlex_asd_xml/asd20160166.fi.xml", "Kratom (Mitragyna Speciosa)", "Liite", None),
    ("fi_finlex_asd_xml/asd20230932.fi.xml", "Kratom (Mitragyna Speciosa)", "Liite", None),
    ("fi_finlex_asd_xml/asd20160166.sv.xml", "Kratom (Mitragyna Speciosa)", "Bilaga", None),
    (
        "fi_finlex_asd_xml/asd20080543.fi.xml",
        "Heroiini (diasetyylimorfiini)",
        "Vuoden 1961 huumausaineyleissopimuksen lista I",
        None,
    ),
    (
        "se_riksdag_sfs/SFS_1992_1554.md",
        "enoat (7-hydroximitragynin, 7-OH-mitragynin)",
        "Bilaga 1",
        None,
    ),
    ("se_riksdag_sfs/SFS_1992_1554.md", "(pseudoindoxylmitragynin)", "Bilaga 1", None),
    ("se_riksdag_sfs/SFS_1992_1554.md", "2-enoat (mitragynin)", "Bilaga 1", None),
    (
        "se_riksdag_sfs/SFS_1992_1554.md",
        "växten Mitragyna speciosa (kratom), de ovanjordiska delarna",
        "Bilaga 1",
        None,
    ),
    (
        "_derived_text/902508.md",
        "7-hüdroksümitragüniin | 7-hydroxymitragynine",
        "Lisa: Narkootiliste ja psühhotroopsete ainete ja ainerühmade nimekirjad I-VI",
        None,
    ),
    (
        "_derived_text/902508.md",
        "Eriline abuurapuu | Mitragyna speciosa (Kratom)",
        "Lisa: Narkootiliste ja psühhotroopsete ainete ja ainerühmade nimekirjad I-VI",
        None,
    ),
    ("_derived_text/SB-2025-456.md", "Mitragynin 7-hydroxymitragynin", "Příloha", None),
    ("_derived_text/SB-1983-13.md", "poškodené skratom", None, None),
    (
        "ch_fedlex/sample-regulation.xml",
        "üben ihr Amt persönlich und unabhängig aus.",
        "Art. 1 Stellung",
        "Art. 1",
    ),
    (
        "lu_legilux/sample-regulation.xml",
        "Pendant la phase d’exécution des travaux",
        "Art. 1er",
        "Art. 1er",
    ),
    (
        "no_lovdata/sample-recent-act.xml",
        "Loven skal sikre at det uavhengige utvalget",
        "§ 1. Formålet med loven",
        "§ 1",
    ),
    (
        "nl_wetten/sample-regulation.xml",
        "geldt voor het programma Onderzoek",
        "Artikel 1",
        "Artikel 1",
    ),
    ("dk_retsinformation/2024-1709.xml", "§ 1. Reglerne i bekendtgørelsen anvendes", "§ 1", "§ 1"),
    (
        "nz_legislation/Medicines_Amendment_Act_2003.xml",
        "2 In this Act, the Medicines Act 1981 is called the principal Act.",
        "1 Title",
        None,
    ),
    (
        "uy_impo/sample-regulation.json",
        "El derecho a la protección de los datos personales se aplica a las personas físicas",
        "Artículo 1",
        "Artículo 1",
    ),
    (
        "cz_esbirka/sample-regulation-fragments.json",
        "(1) Vyžaduje-li právní předpis",
        "§ 9a",
        "§ 9a(1)",
    ),
    (
        "sk_slovlex/sample-constitution.html",
        "(1) Slovenská republika je zvrchovaný, demokratický a právny štát.",
        "Čl. 1",
        "Čl. 1(1)",
    ),
    (
        "eu_eurlex/32021R0953_cons.xhtml",
        "This Regulation lays down a framework for the issuance",
        "Subject matter",
        "Article 1",
    ),
    (
        "ar_infoleg/sample-modificatoria-ley-27444-2018-norma.htm",
        "a) Otorgamiento de préstamos",
        None,
        "Artículo 17(a)",
    ),
    (
        "pl_sejm_eli/sample-rozporzadzenie-tables-2024-1977.html",
        "Rozporządzenie wchodzi w życie z dniem 1 stycznia 2025 r.",
        "§ 2.",
        "§ 2",
    ),
    (
        "be_justel/sample-regulation.html",
        "A l'article 1er, alinéa 1er, 31°, c), de l'arrêté",
        "Article 1er",
        "Article 1er",
    ),
    (
        "it_normattiva/sample-regulation.json",
        "Vista la legge 15 dicembre 2004, n. 308",
        "IL PRESIDENTE DELLA REPUBBLICA",
        None,
    ),
    ("gr_et_pdf/sample-syntagma-2008.pdf", "οποιουδήποτε επαγγέλματος", None, "p. 2"),
    (
        "ua_rada/rada-1103-16-law.xml",
        "ризик - можливість виникнення",
        "Стаття 1. Терміни та їх визначення",
        "Стаття 1",
    ),
    (
        "mx_dof/nota_5785960_acuerdo_fiscal.html",
        "Gasolina menor a 91 octanos | 15.68%",
        None,
        "Artículo Primero",
    ),
]


@cache
def read(path):
    return extract((FOLDER / path).read_bytes(), name=path)


@pytest.mark.parametrize("path", PATHS)
def test_every_document_is_read_whole_and_without_markup(path):
    text = read(path)
    if path in NOT_LAW:
        assert any(problem.startswith(NOT_LAW[path]) for problem in text.problems)
        return
    said = [one for one in text.problems if "says of itself" not in one]
    assert (said, len(text.problems) > 0) == ([], path in SAYS_IT_IN_WORDS)
    assert len(text.passages) >= AT_LEAST.get(path, 5)
    for passage in text.passages:
        assert normalise(passage.text) == passage.text
        assert not re.search(
            r"</?[a-z]+[ >]|&(?:nbsp|amp|#\d+);|\ufffd|\u00ad", passage.text, re.IGNORECASE
        )
    assert text.repealed == (path in REPEALED)


@pytest.mark.parametrize(("path", "words", "heading", "anchor"), SAYS)
def test_a_document_says_what_a_person_reads_in_it(path, words, heading, anchor):
    found = [
        p for p in read(path).passages if words in p.text and p.kind not in {"heading", "note"}
    ]
    assert found
    assert heading is None or heading in {h for p in found for h in p.headings[-1:]}
    assert anchor is None or anchor in {p.anchor for p in found}
    assert not any(p.repealed for p in found)


def test_the_swedish_annex_speaks_once_on_each_day():
    plant = [p for p in read("se_riksdag_sfs/SFS_1992_1554.md").passages if "(kratom)" in p.text]
    assert len(plant) == 2
    for day in (date(2026, 5, 11), date(2026, 5, 12)):
        assert [p.in_force(day) for p in plant].count(True) == 1


def test_the_finnish_decree_gained_kratom_in_2016():
    assert not any("ratom" in p.text for p in read("fi_finlex_asd_xml/asd20141130.fi.xml").passages)


def test_amendments_that_are_not_in_force_in_canada_are_marked():
    waiting = [
        p
        for p in read("ca_justice_laws/C-38.8.en.xml").passages
        if "AMENDMENTS NOT IN FORCE" in p.headings
    ]
    assert len(waiting) > 50
    assert all(p.repealed for p in waiting)
    schedules = [
        p
        for p in read("ca_justice_laws/C-38.8.en.xml").passages
        if "SCHEDULE I (" in "".join(p.headings)
    ]
    assert not any(p.repealed for p in schedules)


def test_an_austrian_norm_that_ended_in_1994_is_not_law_today():
    norm = [p for p in read("at_ris/ris-nor-NOR12030057.xml").passages if "pd-Zeichen" in p.text]
    assert norm
    assert not any(p.in_force(date(2026, 1, 1)) for p in norm)


def test_annotations_of_the_district_are_notes():
    notes = [p for p in read("us_dc_law_html/48-902.04.html").passages if "Emergency" in p.text]
    assert notes
    assert {p.kind for p in notes} == {"note"}


def test_a_selection_reads_one_schedule_of_many():
    body = (FOLDER / "ca_justice_laws/C-38.8.en.xml").read_bytes()
    text = extract(body, select=Select(heading=r"^SCHEDULE III\b"))
    assert 20 < len(text.passages) < 200
    body = (FOLDER / "us_wa_app_leg/wac-246-945-051.html").read_bytes()
    assert extract(body, select=Select(css="#contentWrapper")).passages[0].text == "WAC 246-945-051"
