"""The traps that official texts set, each once seen on a real host."""
# ruff: noqa: E501  (a sentence of law is quoted whole)

import re
from datetime import date
from pathlib import Path

import pytest

from regstatus.assess.context import is_proposal
from regstatus.model.text import Passage
from regstatus.model.words import Context, Reads

SCHEDULE = ("Controlled Substances Act", "Schedule I")


def contexts(finding):
    return [(m.written, str(m.context), m.place.rule) for m in finding.mentions]


def test_a_threshold_is_a_listing_with_a_cap(read):
    finding = read(
        (
            SCHEDULE,
            "(90) 7-hydroxymitragynine in a concentration above 400 parts per million on a dry weight basis",
        )
    )
    assert finding.says("7-oh") == "listed"
    assert finding.mentions[0].place.rule == "threshold-entry"
    assert finding.seven_oh_cap == "400 ppm"


def test_an_exclusion_reaches_only_its_own_clause(read):
    finding = read(
        (
            SCHEDULE,
            "(12) Heroin (except diluted preparations), mitragynine, and 7-hydroxymitragynine",
        )
    )
    assert finding.says("mitragynine") == "listed"
    assert finding.says("7-oh") == "listed"


def test_the_formula_that_opens_every_schedule_excludes_nothing(read):
    finding = read(
        (
            SCHEDULE,
            "Unless specifically excepted or unless listed in another schedule, any of the following: mitragynine; 7-hydroxymitragynine.",
        )
    )
    assert finding.says("mitragynine") == "listed"


@pytest.mark.parametrize(
    "words",
    [
        "7-hydroxymitragynine. This entry does not include kratom leaf.",
        "7-hydroxymitragynine, other than as it occurs in the leaf of Mitragyna speciosa",
        "7-hydroxymitragynine (kratom leaf is exempt)",
        "7-hydroxymitragynine; this paragraph shall not apply to kratom",
        "7-hydroxymitragynine, ausgenommen Kratom",
        "7-hydroxymitragynin s výjimkou kratomu",
        "7-hydroximitragynin med undantag för kratom",
        "7-hydroksimitragyniini, kratomia lukuun ottamatta",
        "la 7-hydroxymitragynine, à l'exception du kratom",
        "la 7-hidroximitraginina, salvo el kratom",
        "7-гидроксимитрагинин, за исключением кратома",
    ],
)
def test_the_leaf_is_left_out_and_the_alkaloid_is_listed(read, words):
    finding = read((SCHEDULE, words))
    assert finding.says("leaf") == "excluded"
    assert finding.says("7-oh") == "listed"


@pytest.mark.parametrize(
    "words",
    [
        "“Distribute” means the transfer, by any person other than a common carrier, of a kratom product",
        "No retailer other than a pharmacy, on any day, sells kratom",
        "An individual, except a carrier on his way, who has kratom is fined",
    ],
)
def test_who_is_left_out_is_no_substance_that_is_left_out(read, words):
    assert read(words).says("leaf") != "excluded"


def test_definitions_name_without_controlling(read):
    finding = read(
        '"Kratom" means any part of the leaf of the plant Mitragyna speciosa that contains mitragynine.'
    )
    assert {m.context for m in finding.mentions} == {Context.DEFINED}
    assert finding.says("leaf") == "named"


def test_a_definition_in_capitals_defines(read):
    finding = read((("7-15-2: DEFINITIONS",), "KRATOM: Any part of the plant Mitragyna speciosa."))
    assert {m.context for m in finding.mentions} == {Context.DEFINED}


def test_a_repealed_section_speaks_no_more(read):
    finding = read(
        (("Article 12F Kratom",), "§19-12F-3. Sale of kratom to minors.", "heading"),
        (
            ("Article 12F Kratom", "§19-12F-3. [Repealed.]"),
            "It is unlawful to sell kratom to a person under 18 years of age.",
        ),
        (
            ("Article 12F Kratom", "§19-12F-3. [Repealed.]"),
            "Acts 2019, c. 3, added kratom; repealed 2026.",
            "note",
        ),
    )
    assert finding.minimum_age is None
    assert finding.says("leaf") == "named"
    assert "repealed" in {m.place.rule for m in finding.mentions}


@pytest.mark.parametrize("word", ["[Repealed]", "[Reserved]", "Repealed by Laws 2001, c. 233."])
def test_a_repealed_entry_leaves_its_neighbours_in_force(read, word):
    finding = read(
        "961.14 Schedule I. The following substances are listed in schedule I:",
        "(1) Heroin;",
        f"(2) {word}",
        "(3) Mitragynine;",
    )
    assert finding.says("mitragynine") == "listed"


def test_an_entry_that_is_repealed_itself_is_repealed(read):
    finding = read((SCHEDULE, "(1) Heroin;"), (SCHEDULE, "(2) Mitragynine. [Repealed]"))
    assert finding.says("mitragynine") == "silent"


def test_a_passage_that_the_publisher_marks_repealed_does_not_list(read):
    finding = read(Passage("Mitragynine", headings=SCHEDULE, repealed=True), (SCHEDULE, "Heroin"))
    assert finding.says("mitragynine") == "silent"
    assert contexts(finding) == [("Mitragynine", "repealed", "repealed")]


def test_a_repealed_document_says_so_and_lists_nothing(read):
    finding = read((SCHEDULE, "Mitragynine"), repealed=True)
    assert finding.says("mitragynine") == "silent"
    assert any("repealed" in problem for problem in finding.problems)


def test_an_annex_printed_twice_is_read_by_its_day(read):
    old = Passage("Kratom", headings=("Bilaga 1", "narkotika"), valid_until=date(2026, 5, 12))
    new = Passage("Mitragynin", headings=("Bilaga 1", "narkotika"), valid_from=date(2026, 5, 12))
    before = read(old, new, on=date(2026, 5, 11))
    after = read(old, new, on=date(2026, 5, 12))
    assert (before.says("leaf"), before.says("mitragynine")) == ("listed", "silent")
    assert (after.says("leaf"), after.says("mitragynine")) == ("silent", "listed")
    assert [m.place.rule for m in before.mentions] == ["schedule-entry", "not-yet-in-force"]
    assert [m.place.rule for m in after.mentions] == ["expired", "schedule-entry"]


def test_a_history_note_names_and_no_more(read):
    finding = read(
        (SCHEDULE, "Heroin"),
        (SCHEDULE, "2017 Emergency Act 22-41 added kratom to Schedule I.", "note"),
    )
    assert contexts(finding) == [("kratom", "mentioned", "note")]


def test_racing_rules_are_no_drug_law(read):
    finding = read(
        (
            ("Uniform Classification Guidelines", "Class 1 drugs"),
            "Mitragynine | Class 1 | Penalty A",
            "row",
        ),
        title="Racing Commission rules for horses",
    )
    assert finding.says("mitragynine") == "named"
    assert finding.mentions[0].place.rule == "not-drug-law"


def test_food_rules_are_no_drug_law(read):
    finding = read(
        "Food products containing CBD, Kava, Kratom or any other unapproved food additive."
    )
    assert contexts(finding) == [("Kratom", "mentioned", "food-additive")]


def test_a_class_a_misdemeanor_is_no_class_a_drug(read):
    finding = read("Selling kratom to a person under 21 is a Class A misdemeanor.")
    assert finding.schedule is None
    assert finding.says("leaf") == "named"


@pytest.mark.parametrize(
    "opening",
    [
        "ACTION: Notice of intent.",
        "Action: Proposed rule.",
        "Notice of proposed rulemaking",
        "A BILL to amend the code of the state, relating to kratom",
        "HOUSE BILL NO. 1521 Offered January 11, 2023",
    ],
)
def test_a_proposal_lists_nothing(read, opening):
    finding = read(
        opening,
        "Schedule I",
        "The following substances are listed in Schedule I:",
        "(90) Mitragynine;",
    )
    assert finding.says("mitragynine") == "named"
    assert finding.schedule is None


def test_one_proposal_among_many_results_lists_nothing_and_spares_the_others(read):
    intent = ("Temporary Placement of 7-Hydroxymitragynine in Schedule I",)
    order = ("Temporary Placement of MGM-15 in Schedule I",)
    finding = read(
        (intent, "7-hydroxymitragynine is placed in schedule I of the Controlled Substances Act."),
        (intent, "Notice of intent."),
        (order, "MGM-15 is placed in schedule I of the Controlled Substances Act."),
        (order, "Temporary amendment; temporary scheduling order."),
    )
    assert finding.says("7-oh") == "named"
    assert finding.says("derivatives") == "listed"


def test_the_plant_that_alkaloids_come_from_is_told_of_and_not_listed(read):
    finding = read(
        "The board classifies mitragynine-related compounds, which are contained in the plant "
        "Mitragyna speciosa (also known as kratom), as schedule I controlled substances."
    )
    assert finding.says("derivatives") == "listed"
    assert finding.says("leaf") == "named"


@pytest.mark.parametrize(
    "item",
    [
        "(2) A kratom product with another controlled substance in it.",
        "(4) A kratom product containing a synthetic alkaloid.",
        "(7) A kratom product in the form of a sweet, or of an animal or a fruit.",
        "(9) A kratom product together with alcohol, caffeine, or nicotine.",
        "(1) A kratom product that is mixed with a dangerous substance other than kratom.",
    ],
)
def test_a_ban_on_some_products_is_no_ban_on_kratom(read, item):
    finding = read(
        "(a) A person shall not prepare, distribute, sell, or possess any of the following:", item
    )
    assert finding.prohibitions == ()
    assert finding.says("leaf") == "named"


def test_a_catchline_in_a_table_of_sections_is_no_entry(read):
    path = ("Chapter 34-20B", "Drugs and substances control")
    finding = read(
        (path, "34-20B-14 | Hallucinogenic substances included in Schedule I.", "row"),
        (path, "34-20B-115 | Kratom--Sale to persons under twenty-one--Misdemeanor.", "row"),
    )
    assert finding.says("leaf") == "named"


def test_a_feed_lists_nothing(read):
    finding = read((SCHEDULE, "Mitragynine"), reads=Reads.FEED)
    assert finding.says("mitragynine") == "named"


def test_the_age_of_another_chapter_does_not_count(read):
    finding = read(
        (
            ("Title 16", "Chapter 12 Tobacco"),
            "No person shall sell cigarettes to a person under 21 years of age.",
        ),
        (
            ("Title 16", "Chapter 13 Kratom"),
            "No person shall sell kratom to a person under 18 years of age.",
        ),
        (
            ("Title 16", "Chapter 14 Alcohol"),
            "No person shall furnish alcohol to a person under 21 years of age.",
        ),
    )
    assert finding.minimum_age.years == 18


def test_a_federal_citation_is_no_age(read):
    finding = read(
        "A retailer may sell kratom that is not scheduled under 21 C.F.R. 1308.11 and weighs less than 20 grams."
    )
    assert finding.minimum_age is None


def test_a_heavy_metal_limit_is_no_alkaloid_cap(read):
    finding = read(
        "A kratom product shall not contain 7-hydroxymitragynine with arsenic greater than 2 parts per million."
    )
    assert finding.caps == ()


def test_a_label_amount_is_no_cap(read):
    assert (
        read(
            "The label shall state that the kratom product contains 15 mg of mitragynine per serving."
        ).caps
        == ()
    )


@pytest.mark.parametrize(
    ("words", "cap"),
    [
        (
            "7-hydroxymitragynine shall not exceed 2% of the total alkaloids in the kratom product",
            "2%",
        ),
        (
            "contains 7-hydroxymitragynine in an amount greater than two percent of the alkaloid composition",
            "2%",
        ),
        ("a level of 7-hydroxymitragynine greater than 0,05 % by weight", "0.05% by weight"),
        (
            "more than one-half of one percent of 7-hydroxymitragynine by dry weight",
            "0.5% by weight",
        ),
        ("exceeds 0.5 milligrams of 7-hydroxymitragynine per gram", "0.5 mg/g"),
        ("more than 1 mg/mL of 7-hydroxymitragynine", "1 mg/ml"),
        ("not more than one (1) milligram of 7-hydroxymitragynine per serving", "1 mg/serving"),
        ("7-hydroxymitragynine at a level exceeding 400 parts per million", "400 ppm"),
        ("greater than 400 ppm 7-OH on a dry weight basis", "400 ppm"),
        ("a maximum of 50 mg of 7-hydroxymitragynine per container", "50 mg/container"),
        ("not to exceed 5 mg of 7-hydroxymitragynine per day", "5 mg/day"),
        ("a ratio of mitragynine to 7-hydroxymitragynine of less than 100 to 1", "100 ratio"),
        ("nejvýše 0,1 % hmotnosti 7-hydroxymitragyninu", "0.1% by weight"),
    ],
)
def test_a_cap_is_read_with_its_unit(read, words, cap):
    finding = read(f"No person may sell a kratom product that contains {words}.")
    assert finding.seven_oh_cap == cap


def test_a_missing_control_makes_the_finding_unreadable(read):
    finding = read((SCHEDULE, "Mitragynine"), controls=("HEROIN", "mitragynine"))
    assert not finding.readable
    assert [control.found for control in finding.controls] == [False, True]
    assert "HEROIN" in finding.problems[0]


def test_controls_ignore_case_hyphens_and_notes(read):
    finding = read(
        (SCHEDULE, "Acetyl\u2011alpha\u2011methylfentanyl"),
        (SCHEDULE, "heroin was once here", "note"),
        controls=("acetyl-ALPHA-methylfentanyl", "schedule i"),
        phrases=("heroin",),
    )
    assert finding.readable
    assert [c.found for c in finding.phrases] == [False]


def test_a_cut_text_proves_no_silence(read):
    cut = ("page 1 of 7",)
    assert not read((SCHEDULE, "Heroin " * 30), problems=cut).readable
    assert read((SCHEDULE, "Mitragynine"), problems=cut).readable
    assert not read((SCHEDULE, "Mitragynine"), problems=cut, complete=True).readable


@pytest.mark.parametrize(
    "page",
    [
        "404 The document you requested cannot be found. Return to Home page.",
        "Page Not Found The page you requested could not be found.",
        "Just a moment... Checking your browser before accessing the site.",
        "Please enable JavaScript to view this page.",
        "Access denied. Are you a robot? Complete the captcha below to go on.",
        "The site is down for scheduled maintenance and is temporarily unavailable.",
        "",
    ],
)
def test_pages_that_are_no_law_are_unreadable(read, page):
    finding = read(*([page] if page else []))
    assert not finding.readable
    assert finding.problems


def test_a_silent_schedule_is_readable_and_silent(read):
    finding = read(
        *(
            (SCHEDULE, f"({n}) {name}")
            for n, name in enumerate(("Heroin", "Psilocybin", "Mescaline") * 9)
        ),
        controls=("heroin",),
    )
    assert finding.readable
    assert finding.mentions == ()
    assert finding.says("leaf") == "silent"
    assert finding.schedule is None


def test_short_circuits_are_no_kratom(read):
    finding = read(
        "ak bolo elektrické zariadenie vozidla poškodené skratom, vznikne právo na plnenie" * 3
    )
    assert finding.mentions == ()


def test_synthetic_forms_are_derivatives_when_listed(read):
    finding = read((SCHEDULE, "(14) synthetic mitragynine"))
    assert finding.says("derivatives") == "listed"
    assert finding.says("mitragynine") == "silent"


def test_public_use_and_free_samples_are_no_outright_ban(read):
    finding = read(
        "It is unlawful to open a package containing a kratom product or consume a kratom product in a public place.",
        "No person may offer a free sample of a kratom product to the general public.",
        "It is unlawful to sell or distribute kratom products from self-service displays.",
        "No person may conduct a delivery sale of any kratom product ordered by mail.",
    )
    assert finding.prohibitions == ()


def test_every_rule_has_its_meaning(read):
    finding = read(
        '"Kratom" means the plant Mitragyna speciosa.',
        "It is unlawful to possess or sell kratom.",
        "A kratom product shall not contain more than 1 mg of 7-hydroxymitragynine per serving.",
        "A retailer shall register and shall not sell kratom to a person under 21.",
        (SCHEDULE, "Mitragynine"),
        title="Kratom",
    )
    places = [m.place for m in finding.mentions] + [c.place for c in finding.caps]
    places += [d.place for d in finding.duties] + [p.place for p in finding.prohibitions]
    assert len({place.rule for place in places}) >= 5
    page = Path(__file__).parents[2] / "docs" / "finding.md"
    told = re.findall(r"^\| `([\w-]+)` \|", page.read_text(encoding="utf-8"), re.MULTILINE)
    assert {place.rule for place in places} <= set(told)


def test_a_quote_is_verbatim_short_and_holds_the_term(read):
    words = (
        "(90) " + "very long systematic name, " * 60 + "kratom, " + "and more words after it, " * 60
    )
    finding = read((SCHEDULE, words.strip()))
    shown = finding.mentions[0].place.quote
    assert len(shown) <= 300
    assert "kratom" in shown
    assert shown.strip("…") in words


@pytest.mark.parametrize(
    "words",
    [
        "“Cosmetic” means articles to be rubbed, sprinkled or introduced into the human body;",
        "A device that is introduced in interstate commerce",
        "Evidence introduced in a proceeding under this chapter",
    ],
)
def test_law_that_speaks_of_what_is_introduced_is_no_bill(words):
    assert not is_proposal(["Title 37. Food and drugs", words])
    assert is_proposal(["Introduced in House", words])


@pytest.mark.parametrize(
    "words",
    [
        "If every alkaloid found in Mitragyna speciosa is considered a controlled substance under Section 58, this chapter is inoperative.",
        "Where kratom is listed as a controlled substance, the department shall revoke each registration.",
        "Wenn Kratom in Anlage I des Betäubungsmittelgesetzes aufgenommen wird, gilt diese Verordnung nicht mehr.",
        "Unless mitragynine and kratom are placed in Schedule I, the tax is due on 1 July.",
    ],
)
def test_what_is_only_supposed_places_nothing(read, words):
    assert "listed" not in {read(words).says(name) for name in ("leaf", "mitragynine", "7-oh")}


@pytest.mark.parametrize(
    "words",
    [
        "Kratom is placed in Schedule I if the board finds so.",
        "When this act takes effect, kratom is placed in Schedule I of the controlled substances.",
    ],
)
def test_a_condition_elsewhere_in_the_sentence_takes_no_placement(read, words):
    assert read(words).says("leaf") == "listed"


@pytest.mark.parametrize("share", ["500 percent more 7-OH", "150% of the 7-hydroxymitragynine"])
def test_more_than_the_whole_is_no_limit(read, share):
    assert read(f"Products that can contain up to {share} than occurs in nature.").caps == ()
