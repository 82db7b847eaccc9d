"""Kinds of misreading that real wording provokes, each with its siblings: what looks like it, and is not."""
# ruff: noqa: E501  (a sentence of law is quoted whole)

import pytest

from regstatus.assess import assess
from regstatus.extract import extract
from tests.assess.conftest import DAY


def duties(finding):
    return {duty.name for duty in finding.duties}


@pytest.mark.parametrize(
    "words",
    [
        "You asked how neighbouring states treat kratom.",
        "Vermont's regulated drug rule lists mitragynine among others.",
        "The board heard two physicians speak about kratom.",
    ],
)
def test_a_sentence_near_a_list_of_drugs_enters_nothing(read, words):
    finding = read("The schedules of controlled substances were read for this report.", words)
    assert "listed" not in {finding.says("leaf"), finding.says("mitragynine")}


@pytest.mark.parametrize(
    "entry",
    [
        "Kratom",
        "(3) Mitragyna speciosa, kratom.",
        "Heroin, kratom.",
        "Salvia Divinorium (Salvinorine A) Mytragyna Speciosa, Kratom (Mytragynine).",
    ],
)
def test_an_entry_of_such_a_list_still_counts(read, entry):
    title = "List of controlled substances"
    assert read("Heroin", "Mescaline", entry, title=title).says("leaf") == "listed"


SCHEDULE = ("Controlled Substances Act", "Schedule II")


@pytest.mark.parametrize(
    "words",
    [
        "(b) Mitragynine and 7-hydroxymitragynine, when naturally occurring in the leaf of the plant Mitragyna speciosa, are not controlled substances under this article.",
        "(b) Mitragynine and 7-hydroxymitragynine that are extracted from kratom are not scheduled.",
        "(b) Mitragynine and 7-hydroxymitragynine, as found in the plant Mitragyna speciosa, shall not be considered controlled substances.",
    ],
)
def test_where_it_comes_from_does_not_part_a_name_from_what_is_denied_of_it(read, words):
    finding = read((SCHEDULE, "(a) Opium."), (SCHEDULE, words))
    assert finding.says("mitragynine") == finding.says("7-oh") == "excluded"


def test_what_is_denied_of_another_entry_is_not_denied_of_the_one_before(read):
    words = (
        "(b) Mitragynine in any form; the leaf of Mitragyna speciosa is not a controlled substance."
    )
    assert read((SCHEDULE, "(a) Opium."), (SCHEDULE, words)).says("mitragynine") == "listed"


@pytest.mark.parametrize("opens", ["that:", "which:", "if:"])
def test_an_offence_whose_goods_are_narrowed_below_bans_no_sale(read, opens):
    finding = read(
        f"(a) A person commits an offense if the person knowingly sells a kratom product {opens}",
        "(1) is adulterated; or",
        "(2) contains a synthetic alkaloid of the plant Mitragyna speciosa.",
    )
    assert finding.says("leaf") == "named"
    assert not finding.prohibitions


def test_an_offence_that_narrows_nothing_still_bans(read):
    finding = read("A person commits an offense if the person knowingly sells kratom.")
    assert finding.says("leaf") == "listed"


@pytest.mark.parametrize(
    "words",
    [
        "The department shall submit a report on the labeling, testing, advertising, and registration of kratom products.",
        "The commissioner must publish data on the labeling and registration of kratom products.",
        "Nothing in this act requires a retailer to label a kratom product.",
        "Until rules are adopted, a kratom product may be sold without registration.",
        "A kratom product seized under this act shall be sealed and labeled by the officer.",
        "A processor shall report each injury by a kratom product, together with a copy of the label.",
    ],
)
def test_words_on_reports_officers_and_freedoms_are_no_duty(read, words):
    assert duties(read(words)) <= {"penalties"}


@pytest.mark.parametrize(
    ("words", "duty"),
    [
        (
            "A kratom product is misbranded if its label fails to state the amount of mitragynine.",
            "labelling",
        ),
        (
            "Mitragynine and 7-hydroxymitragynine are to be declared on the label of kratom.",
            "labelling",
        ),
        ("A kratom product may not be sold without registration.", "registration"),
        ("Kratom smí prodávat pouze osoba, která má povolení.", "registration"),
    ],
)
def test_a_duty_may_be_laid_down_in_other_words_than_shall(read, words, duty):
    assert duty in duties(read(words))


@pytest.mark.parametrize(
    "words",
    [
        "The sale of a kratom product to which a semi-synthetic alkaloid has been added is prohibited.",
        "Kratom products with a synthetic alkaloid are banned.",
        "A kratom product containing synthetic mitragynine shall not be sold.",
    ],
)
def test_synthetic_alkaloids_are_forbidden_by_words_behind_them_too(read, words):
    assert "synthetic_ban" in duties(read(words))


def test_what_is_only_taxed_is_not_forbidden(read):
    words = "A tax is imposed on synthetic 7-hydroxymitragynine in a kratom product sold at retail."
    assert "synthetic_ban" not in duties(read(words))


@pytest.mark.parametrize(
    "head",
    [
        "A laboratory shall use a method with a limit of quantitation no greater than this table:",
        "The limits of detection for kratom are:",
        "Reporting limits, at most:",
    ],
)
def test_how_little_a_laboratory_must_find_is_no_cap(read, head):
    rows = ((("Kratom",), "Analyte | Value", "row"), (("Kratom",), "7-OH | 0.01%", "row"))
    assert read((("Kratom",), head), *rows).seven_oh_cap is None


def test_a_czech_table_of_permitted_doses_gives_caps(read):
    rows = [
        ((), "Látka | Nejvyšší dovolené množství | ", "row"),
        ((), " | v jednotlivé dávce | denní dávka", "row"),
        ((), "7-hydroxymitragynin (kratom) | 2 mg | 6 mg", "row"),
    ]
    assert read(*rows).seven_oh_cap == "2 mg/serving; 6 mg/day"


@pytest.mark.parametrize(
    "lead",
    [
        "Deputies seized the following drugs during the year:",
        "The following controlled substances were detected in the samples:",
        "The laboratory screens for the following substances:",
    ],
)
def test_a_list_of_what_was_seized_or_looked_for_lists_nothing(read, lead):
    items = ("Methamphetamine, 14 pounds", "Heroin, 2 pounds", "Kratom powder, 31 pounds")
    said = "None of the kratom led to a charge."
    finding = read(lead, *(((), item, "item") for item in items), said, title="Annual drug report")
    assert finding.says("leaf") == "named"


def test_a_list_of_what_shall_be_seized_still_lists(read):
    lead = "The following controlled substances shall be seized wherever they are found:"
    assert read(lead, ((), "heroin", "item"), ((), "kratom", "item")).says("leaf") == "listed"


@pytest.mark.parametrize(
    "words",
    [
        "A city or county may not require the registration, labeling, or testing of kratom products.",
        "The inspector shall label each sample of kratom that is taken.",
        "An officer may register each package of kratom that was left behind.",
    ],
)
def test_what_towns_may_not_ask_and_officers_do_is_no_duty(read, words):
    assert duties(read(words)) == set()


@pytest.mark.parametrize(
    ("words", "duty"),
    [
        ("Prodejce kratomu ověří věk kupujícího.", "age_verification"),
        ("Za prodej kratomu lze uložit pokutu do 1 000 000 Kč.", "penalties"),
        ("Za prodej kratomu se mu uloží pokuta.", "penalties"),
    ],
)
def test_czech_duties_are_laid_down_in_plain_verbs(read, words, duty):
    assert duty in duties(read(words))


@pytest.mark.parametrize(
    "words",
    [
        "A delivery driver who hands over kratom must be at least 18 years old.",
        "Each clerk that sells kratom shall be at least 18 years of age.",
        "A survey of pupils under 18 years of age who have purchased kratom shall be made each year.",
    ],
)
def test_the_age_of_those_who_sell_or_are_asked_is_no_age_of_sale(read, words):
    assert read(words).minimum_age is None


@pytest.mark.parametrize(
    "words",
    [
        "A kratom product may not contain an alkaloid that was synthesized in a laboratory.",
        "A kratom product may not contain an alkaloid that was synthesized.",
        "A kratom product may not contain an alkaloid that is synthetic in a laboratory, or lead.",
    ],
)
def test_an_alkaloid_synthesized_in_a_laboratory_is_forbidden(read, words):
    assert "synthetic_ban" in duties(read(words))


ENTRIES = ("30 Mitragynine and its salts", "31 Kratom (Mitragyna speciosa)")
AMENDS = (
    "1 Schedule IV to the Controlled Drugs and Substances Act is amended by adding the following:"
)


@pytest.mark.parametrize("number", ["BILL C-314", "Bill S-12", "Bill 36", "A Bill"])
def test_a_bill_that_bears_its_number_alone_lists_nothing(read, number):
    finding = read("Parliament", number, AMENDS, *ENTRIES)
    assert finding.says("leaf") == finding.says("mitragynine") == "named"


@pytest.mark.parametrize(
    "heads", [("Bill C-314", "ASSENTED TO JUNE 20, 2024"), ("BILL NO. 24-31", "ORDINANCE NO. 5012")]
)
def test_an_act_that_still_bears_the_number_of_its_bill_is_law(read, heads):
    assert read(*heads, AMENDS, *ENTRIES).says("mitragynine") == "listed"


@pytest.mark.parametrize(
    "warning",
    [
        "« Le kratom peut provoquer une dépendance. Ne pas associer à la cocaïne et l'héroïne. »",
        "„Kratom kann abhängig machen, wie Heroin und Kokain.“",
        "«El kratom puede causar dependencia, como la heroína y la cocaína.»",
    ],
)
def test_a_warning_that_an_annex_prints_enters_nothing(read, warning):
    finding = read((("Arrêté", "Annexe II"), warning))
    assert finding.says("leaf") == "named"


@pytest.mark.parametrize("person", ["minor", "young person", "juvenile"])
def test_a_word_for_young_people_has_the_age_that_the_law_gives_it(read, person):
    means = f'"{person.capitalize()}" means a person under the age of 19.'
    finding = read(f"It is an offence to supply kratom to a {person}.", means)
    assert finding.minimum_age.years == 19


@pytest.mark.parametrize(
    "words",
    [
        "A vendor may not offer a kratom product with an alkaloid whose molecular structure was changed by a chemical process.",
        "A vendor may not offer a kratom product with an alkaloid whose chemical structure has been altered.",
        "A kratom product may not contain artificially produced 7-hydroxymitragynine.",
    ],
)
def test_alkaloids_that_were_made_or_changed_are_forbidden(read, words):
    assert "synthetic_ban" in duties(read(words))


@pytest.mark.parametrize(
    ("heads", "row", "cap"),
    [
        (
            "Látka | Maximální obsah v jednom balení | Maximální obsah v jedné dávce",
            "20 mg | 1 mg",
            "20 mg/container; 1 mg/serving",
        ),
        ("Alkaloid | Maximum per lot | Maximum per serving", "20 mg | 1 mg", "1 mg/serving"),
        ("Alkaloid, per serving | Maximum | Remark", "1 mg | ", "1 mg/serving"),
    ],
)
def test_a_column_does_not_take_the_unit_of_the_one_beside_it(read, heads, row, cap):
    rows = (((), heads, "row"), ((), f"7-hydroxymitragynin (kratom) | {row}", "row"))
    assert read(*rows).seven_oh_cap == cap


@pytest.mark.parametrize(
    "lead",
    [
        "Les douanes ont saisi les stupéfiants suivants :",
        "Se han incautado las siguientes sustancias estupefacientes:",
        "Sono state sequestrate le seguenti sostanze stupefacenti:",
    ],
)
def test_what_customs_seized_is_no_list_of_the_law_in_other_languages_either(read, lead):
    items = ("Heroina : 8 kg", "Kratom : 8 kg")
    assert read(lead, *(((), item, "item") for item in items)).says("leaf") == "named"


@pytest.mark.parametrize(
    "words",
    [
        '"Hemp product" means a product made of hemp. It does not include a product that contains kratom.',
        '"Vape device" means a device. The term does not include a kratom beverage.',
        "No fee is due for a sample, except a sample of kratom, for which the fee is ten dollars.",
    ],
)
def test_what_is_no_other_good_or_has_a_fee_of_its_own_is_left_out_of_no_list(read, words):
    assert read(words).says("leaf") == "named"


def test_what_is_no_controlled_substance_by_its_definition_is_left_out(read):
    words = '"Controlled substance" means a drug in Schedule I. It does not include kratom.'
    assert read(words).says("leaf") == "excluded"


@pytest.mark.parametrize(
    "words",
    [
        "A person under eighteen years of age may not be employed to sell kratom.",
        "A person under 18 must not be hired to sell kratom.",
        "No retailer shall employ any person under 18 years of age to sell kratom.",
    ],
)
def test_the_age_of_those_who_may_be_employed_is_no_age_of_sale(read, words):
    assert read(words).minimum_age is None


@pytest.mark.parametrize(
    "opens", ["Except as provided in section 9, effective", "Subject to section 9, beginning"]
)
def test_a_day_behind_a_reservation_is_heeded(opens):
    page = (
        f"<h1>Act</h1><h2>7. Kratom</h2><p>{opens} July 1, 2031, a retailer shall label kratom.</p>"
    )
    assert not duties(assess(extract(page.encode()), on=DAY))


def test_products_that_must_contain_no_synthetic_alkaloid_forbid_it(read):
    words = "Kratom products must contain no synthetic or semi-synthetic mitragynine."
    assert "synthetic_ban" in duties(read(words))
