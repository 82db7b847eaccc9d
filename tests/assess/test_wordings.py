"""Wordings that were once misread: each is the shape of a real official text, in our own words."""
# ruff: noqa: E501  (a sentence of law is quoted whole, in its own script)

import pytest

from regstatus.assess.lexicon import find_terms


def substances(text):
    return [str(term.substance) for term in find_terms(text)]


@pytest.mark.parametrize(
    "name",
    [
        "7-hydroxymitragynine pseudoindoxyl",
        "dihydro-7-hydroxymitragynine",
        "9-fluoro-dihydro-7-hydroxymitragynine",
        "the 9-fluoro derivative of 7-hydroxymitragynine",
        "9-fluoro analogue of dihydro-7-hydroxymitragynine",
        "methyl 3-ethyl-9-fluoro-7a-hydroxy-8-methoxy-1,2,3,4,6,7,7a,12b-octahydroindolo",
        "3-ethyl-7a-hydroxy-8-methoxy-1,2,3,4,6,7,7a,12,12a,12b-decahydroindolo",
    ],
)
def test_a_substituted_compound_is_a_derivative_once_and_never_its_parent(name):
    assert substances(name) == ["derivatives"]


def test_the_systematic_name_of_7_oh_itself_is_still_7_oh():
    assert substances("7a-hydroxy-8-methoxy-1,2,3,4,6,7,7a,12b-octahydroindolo") == ["7-oh"]
    assert substances("7-hydroxymitragynine, mitragynine") == ["7-oh", "mitragynine"]


def test_an_order_on_derivatives_alone_does_not_list_7_oh(read):
    finding = read(
        "§ 1308.11 Schedule I. The drugs and other substances listed in this section are in schedule I.",
        "(63) 7-hydroxymitragynine pseudoindoxyl, its isomers and salts",
        "(64) Dihydro-7-hydroxymitragynine (other name: MGM-15)",
        "(65) 3-ethyl-9-fluoro-7a-hydroxy-8-methoxy-1,2,3,4,6,7,7a,12,12a,12b-decahydro (MGM-16; the 9-fluoro derivative of 7-hydroxymitragynine)",
    )
    assert finding.says("derivatives") == "listed"
    assert finding.says("7-oh") == "silent"


def test_the_plant_that_compounds_are_contained_in_is_not_entered_with_them(read):
    finding = read(
        "The following are classified as schedule I controlled substances:",
        "(A) Mitragynine-related compounds, whether synthetic or naturally occurring substances contained in the plant, or in the resinous extractives of mitragyna speciosa (also known as kratom).",
    )
    assert finding.says("derivatives") == "listed"
    assert finding.says("leaf") == "named"


def test_an_exemption_reaches_every_name_that_is_joined_to_it(read):
    finding = read(
        "7-hydroxymitragynine above 400 parts per million is hereby added to Schedule I of the controlled substances.",
        "This rule does not apply to mitragynine or to kratom leaf in its natural form.",
    )
    assert finding.says("7-oh") == "listed"
    assert finding.says("mitragynine") == "excluded"
    assert finding.says("leaf") == "excluded"


@pytest.mark.parametrize(
    "words",
    [
        "Kratom is not currently scheduled under the federal Controlled Substances Act.",
        "Kratom has not been placed in a schedule; it has not yet been scheduled as a controlled substance.",
        "Kratom isn't a controlled substance under federal law.",
        "Kratom is a controlled substance in several states, including Alabama and Arkansas.",
        "Kratom is a controlled substance in Australia, Denmark and Malaysia.",
        "In July the agency recommended a scheduling action to control kratom under the Controlled Substances Act.",
        "DEA proposes placing kratom above a threshold in schedule I.",
    ],
)
def test_what_is_not_controlled_or_is_so_elsewhere_or_is_only_proposed_is_not_listed(read, words):
    finding = read(words, title="Health department: kratom and controlled substances")
    assert finding.says("leaf") in {"named", "excluded"}


def test_a_board_that_placed_a_substance_in_a_schedule_has_listed_it(read):
    finding = read(
        "The Board of Pharmacy placed mitragynine in Schedule I of the Uniform Controlled Substances Act effective July 1, 2026."
    )
    assert finding.says("mitragynine") == "listed"


def test_what_was_removed_from_a_schedule_is_no_entry(read):
    finding = read(
        "Schedule I. The following controlled substances are in schedule I:",
        "(1) Heroin",
        "[Mitragynine was removed from this schedule effective April 1, 2026.]",
        title="Controlled substances",
    )
    assert finding.says("mitragynine") == "silent"


def test_the_definition_of_a_product_excludes_nothing_from_the_law(read):
    finding = read(
        "For purposes of the Kratom Consumer Protection Act:",
        "(5) Kratom product means a food that: (a) contains kratom; and (d) does not include any kratom product that is combustible.",
    )
    assert finding.says("leaf") == "named"


def test_an_item_that_narrows_the_product_named_above_it_bans_nothing(read):
    finding = read(
        "217.2203 Prohibited acts.",
        "(1) A processor or retailer shall not prepare, distribute, sell, or offer for sale a kratom product:",
        "(b) To an individual under twenty-one (21) years of age; or",
        "(d) Containing any synthetic alkaloids or other synthetically derived compounds of the plant Mitragyna speciosa;",
    )
    assert finding.prohibitions == ()
    assert finding.minimum_age is not None
    assert finding.minimum_age.years == 21


def test_a_list_under_words_that_forbid_the_following_bans_each(read):
    finding = read(
        'It shall be unlawful for any person to possess, purchase or sell any one or more of the following chemicals or products under the common trade names "Kratom" or any other name:',
        "(a) any part of the plant Mitragyna speciosa, whether growing or not, or mitragynine;",
    )
    bans = {(str(p.activity), str(p.substance)) for p in finding.prohibitions}
    assert {("possess", "leaf"), ("sell", "leaf"), ("possess", "mitragynine")} <= bans


def test_possession_with_intent_is_no_ban_of_having(read):
    finding = read(
        "It is unlawful for any person to sell, or possess with intent to sell, kratom in the city."
    )
    assert {str(p.activity) for p in finding.prohibitions} == {"sell"}


def test_a_sentence_without_a_mark_is_not_ruled_by_the_age_limit_above_it(read):
    finding = read(
        "Sec. 4. (a) A retailer may not sell a kratom product to an individual younger than 18 years of age.",
        "No person shall sell, offer for sale or possess kratom in this state.",
    )
    assert {str(p.activity) for p in finding.prohibitions} == {"sell", "possess"}


def test_a_thai_act_that_limits_persons_and_places_bans_no_sale(read):
    finding = read(
        "มาตรา ๒๔ ห้ามผู้ใดขายใบกระท่อมแก่บุคคล ดังต่อไปนี้ (๑) บุคคลซึ่งมีอายุต่ำกว่าสิบแปดปี (๒) สตรีมีครรภ์",
        "มาตรา ๒๕ ห้ามผู้ใดขายใบกระท่อม ในสถานที่หรือโดยวิธีการ ดังต่อไปนี้ (๑) สถานศึกษา (๒) หอพัก",
        title="พระราชบัญญัติพืชกระท่อม พ.ศ. ๒๕๖๕",
    )
    assert finding.prohibitions == ()
    assert finding.minimum_age is not None
    assert finding.minimum_age.years == 18


def test_the_reasons_of_a_thai_act_that_frees_the_plant_do_not_list_it(read):
    finding = read(
        "มาตรา ๓ ให้ใช้ความต่อไปนี้แทน “(๕) ยาเสพติดให้โทษในประเภท ๕” หมายเหตุ :- เหตุผลในการประกาศใช้ คือ พืชกระท่อมเป็นยาเสพติดให้โทษในประเภท ๕ ซึ่งสมควรยกเลิก"
    )
    assert finding.says("leaf") == "named"


LISTS = {
    "RO": (
        "TABELUL I",
        "Substanțe cuprinse în Tabelul I",
        "1. Acetorfina",
        "45. Mitragynina",
    ),
    "IT": ("TABELLA I", "Sostanze stupefacenti", "Eroina", "Mitraginina"),
    "TR": (
        "Ekli listede yer alan maddelerin Uyuşturucu Maddeler Kanunu hükümlerine tabi tutulması kararlaştırılmıştır.",
        "LİSTE",
        "1- Mitragynine",
    ),
    "HU": ("1. melléklet", "Új pszichoaktív anyagok jegyzéke", "1. mitragynine"),
    "GR": ("ΠΙΝΑΚΑΣ Α'", "Ναρκωτικές ουσίες", "1. Ηρωΐνη", "2. Μιτραγυνίνη"),
    "CY": ("ΠΡΩΤΟΣ ΠΙΝΑΚΑΣ", "ΦΑΡΜΑΚΑ ΤΑΞΕΩΣ Α (ναρκωτικά)", "Ηρωίνη", "Mitragynine"),
    "NZ": (
        (("1 Prescription medicines",), "Mitomycin"),
        (("1 Prescription medicines",), "Mitragynine"),
        (("1 Prescription medicines",), "Morphine"),
    ),
    "VT": (
        "Regulated Drug Rule",
        ((), "Mescaline | 500 mg", "row"),
        ((), "Mitragynine | Any detectable amount", "row"),
        ((), "Psilocybin | 15 mg", "row"),
    ),
    "LA on one line": (
        "§964. Composition of schedules SCHEDULE I A. Opiates. any of the following opiates: *(1) Heroin C. Hallucinogenic substances: (1) Mescaline (2) Mitragynine SCHEDULE II A. Substances of vegetable origin: (1) Opium",
    ),
}


@pytest.mark.parametrize("place", LISTS)
def test_an_entry_is_listed_in_the_lists_of_many_lands(read, place):
    finding = read(*LISTS[place], title="Regulated drugs" if place == "VT" else None)
    assert finding.says("mitragynine") == "listed"


def test_a_schedule_on_one_line_is_parted_at_its_titles(read):
    assert read(*LISTS["LA on one line"]).schedule == "I"


def test_a_table_whose_unit_stands_at_the_head_of_the_column_gives_caps(read):
    finding = read(
        "Nejvyšší přípustné množství účinných látek v kratomu",
        ((), "Účinná látka | mg v jednotlivé dávce | mg v balení", "row"),
        ((), "mitragynin | 50 | 1500", "row"),
        ((), "7-hydroxymitragynin | 1 | 50", "row"),
        title="Vyhláška o psychomodulačních látkách",
    )
    assert {str(cap) for cap in finding.caps} == {
        "50 mg/serving",
        "1500 mg/container",
        "1 mg/serving",
        "50 mg/container",
    }


def test_two_limits_before_one_name_are_both_of_it(read):
    finding = read(
        "A kratom product may contain no more than 1 mg/g (solid) or 1 mg/mL (liquid) of 7-hydroxymitragynine."
    )
    assert {str(cap) for cap in finding.caps} == {"1 mg/g", "1 mg/ml"}


def test_a_page_that_only_echoes_what_was_asked_for_is_not_the_law(read):
    finding = read(
        "Online statutes",
        "The statute you requested (kratom 500.92) could not be found.",
        "Please use the search form to find the section you are looking for.",
    )
    assert not finding.readable


def test_a_short_law_on_a_page_that_asks_for_javascript_is_still_the_law(read):
    finding = read(
        "Please enable JavaScript for the best experience.",
        "No person shall sell kratom to a person under 21 years of age.",
    )
    assert finding.readable


def test_words_that_only_list_what_a_person_does_are_no_duty(read):
    finding = read(
        "A person shall not prepare, distribute, advertise, sell or offer to sell a kratom product that is adulterated."
    )
    assert [duty.name for duty in finding.duties] == []


@pytest.mark.parametrize(
    "words",
    [
        "Se prohíbe la venta de kratom en centros educativos.",
        "È vietata la vendita di kratom nei distributori automatici.",
        "La vente de kratom dans les distributeurs automatiques est interdite.",
        "Zabrania się sprzedaży kratomu w automatach.",
        "Det är förbjudet att sälja kratom i automater.",
        "Запрещается продажа кратома в образовательных организациях.",
        "何人も、学校の周囲二百メートル以内でクラトムを販売してはならない。",
        "학교 주변에서 크라톰을 판매하는 것을 금지한다.",
        "Dilarang menjual kratom di sekitar sekolah.",
    ],
)
def test_what_is_forbidden_in_some_places_is_not_forbidden(read, words):
    finding = read(words, "Kratom. " * 12)
    assert finding.prohibitions == ()
    assert finding.says("leaf") == "named"


def test_a_notice_whose_action_stands_inside_a_paragraph_is_a_proposal(read):
    finding = read(
        "AGENCY: Drug Enforcement Administration. ACTION: Notice of intent. SUMMARY: Mitragynine.",
        "§ 1308.11 Schedule I.",
        "(29) Mitragynine, its isomers, esters, ethers and salts",
        title="Schedules of Controlled Substances",
    )
    assert finding.says("mitragynine") == "named"


def test_a_section_number_inside_a_paragraph_opens_a_section(read):
    finding = read(
        "7-15-3: PROHIBITED ACTS: It shall be unlawful for any person to possess or sell Kratom within the City of Alton. 7-15-4: PENALTY: Any person violating this chapter shall be fined not less than $250.00 nor more than $750.00."
    )
    assert {str(p.activity) for p in finding.prohibitions} == {"possess", "sell"}
