"""Bills and acts that amend: what is struck out, inserted, found, forbidden, and told of in a register."""

import json

import pytest

from regstatus.extract import extract
from regstatus.pipeline.page_reader.inspection import inspect
from tests.extract.conftest import write_pdf
from tests.support.make import TODAY

OPENS = (
    "An act relating to botanicals.\n\nSection 1. Section 9-4 of the Code is amended to read:\n\n"
)
SALE = (
    "9-4. Sale. (1) A retailer shall not sell a kratom product to a person under {} years of age."
)
KRATOM = """Chapter 9. KRATOM PRODUCTS

9-1. As used here, "kratom product" means a food that holds any part of the plant Mitragyna speciosa.

"""


def read(body, name="a.txt"):
    return inspect(body.encode() if isinstance(body, str) else body, name=name, on=TODAY)


def duties(found):
    return {name for name, place in found["duties"].items() if place}


def texts(pdf):
    return " ".join(one.text for one in extract(pdf).passages if not one.repealed)


def said(found, substance):
    return {one["context"] for one in found["terms"] if one["substance"] == substance}


@pytest.mark.parametrize(
    "words",
    [
        "<s>21</s> <u>18</u>",
        "<span class='overstrike'>21</span><span class='underscore'>18</span>",
        "<span class='stricken-text'>21</span> 18",
        "<span class='billDeletedText'>21</span> 18",
        "<em class='x1'>21</em> <em class='x2'>18</em>",
        "<span style='text-decoration-line: line-through'>21</span> 18",
        "[<strike>21</strike>] 18",
        "((<del>twenty-one</del>)) eighteen",
        "<i class='sr-only'>deleted text begin </i><del>21</del> <i>deleted text end</i> 18",
    ],
)
def test_words_that_a_page_strikes_out_are_no_law(words):
    sheet = "<style>.x1 {color: red; text-decoration: line-through} .x2 {color: blue}</style>"
    page = (
        f"<html><head>{sheet}</head><body><h1>{OPENS}</h1><p>{SALE.format(words)}</p></body></html>"
    )
    assert read(page, "a.html")["minimum_age"] == 18


@pytest.mark.parametrize(
    "words",
    [
        "<deleted-phrase>21</deleted-phrase><added-phrase>18</added-phrase>",
        "<omitted>21</omitted> <ins>18</ins>",
        '<span style="text-decoration:line-through">21</span> <span>18</span>',
        '<seg class="strikethrough">21</seg> <seg>18</seg>',
    ],
)
def test_words_that_data_strike_out_are_no_law(words):
    act = f"<act><title>Kratom</title><section><p>{SALE.format(words)}</p></section></act>"
    assert read(act, "a.xml")["minimum_age"] == 18


@pytest.mark.parametrize(
    "legend",
    [
        "EXPLANATION--Matter underscored is new; matter in brackets [ ] is old law to be omitted.",
        "Matter enclosed in bold-faced brackets [thus] is not enacted and is intended to be omitted.",
        "CAPITALS INDICATE MATTER ADDED. [Brackets] indicate matter deleted from existing law.",
        "New Text Underlined [DELETED TEXT BRACKETED]",
        "Matter in boldfaced type is new; matter [italic and bracketed] is existing law to be omitted.",
        "Matter between brackets [omitted material] is material to be omitted.",
        "Proposed deletions are enclosed in brackets. Proposed additions are underlined.",
        "underscored material = new\n\n[bracketed material] = delete",
    ],
)
def test_brackets_are_deletions_where_a_legend_says_so(legend):
    words = SALE.format("[twenty-one] eighteen")
    assert read(f"{legend}\n\n{OPENS}{words}\n")["minimum_age"] == 18
    banned = f"{OPENS}9-4. Sale. No person shall sell kratom [to a minor]."
    assert read(f"{legend}\n\n{banned}\n")["minimum_age"] is None


@pytest.mark.parametrize(
    ("opens", "words"),
    [
        (OPENS, "deleted text begin 21 deleted text end new text begin 18 new text end"),
        (OPENS, "<DELETED>21</DELETED> 18"),
        (OPENS.replace("Section 9-4 of the Code is", "RCW 9.4.010 is"), "((21)) 18"),
        (
            OPENS.replace("Section 9-4 of the Code is", "WAC 9-4-10 and 9-4-20 are each"),
            "((21)) 18",
        ),
    ],
)
def test_signs_that_mean_nothing_else_are_deletions(opens, words):
    assert read(f"{opens}{SALE.format(words)}\n")["minimum_age"] == 18


def test_double_brackets_of_chemistry_are_none():
    law = "Schedule I\n\nThese substances are controlled:\n\n(1) Aminorex ((+-)cis-4,5-dihydro (one));\n\n"
    found = read(f"{law}(2) Kratom ((Mitragyna) speciosa);\n\n(3) Heroin.\n")
    assert (said(found, "leaf"), found["readable"]) == ({"listed"}, True)


AMENDED = [
    "9-4. A retailer shall not sell kratom products to a person under",
    "21",
    "18 years of age.",
]


@pytest.mark.parametrize(
    ("above", "age"), [(2.5, 18), (3.2, 18), (-1.2, 21), (-3.5, 21), (9.0, 21)]
)
def test_a_line_through_the_words_of_a_print_strikes_them_out(above, age):
    assert read(write_pdf([AMENDED], drawn=((1, 11.1, above),)), "a.pdf")["minimum_age"] == age


def test_brackets_with_a_line_through_them_go_with_what_stands_between():
    lines = ["9-4. No person shall sell kratom products", "[21]", "in this state."]
    assert (
        texts(write_pdf([lines])) == "9-4. No person shall sell kratom products [21] in this state."
    )
    struck = write_pdf([lines], drawn=((1, 16.7, 2.8),))
    assert texts(struck) == "9-4. No person shall sell kratom products in this state."


PAGES = [
    ["HB 12", "1 9-4. Schedule I. These substances are controlled, whatever", "2", "3 their form:",
     "4 (1) Heroin;", "5 (2) Ibogaine;", "6 (3) Mitragynine;", "7 (4) Mescaline;"],
    ["HB 12", "1 (5) Kratom;", "2 (6) Psilocybin;", "3 (7) Bufotenine;", "4 (8) Dimethyltryptamine;",
     "5 (9) Peyote;", "6 (10) Salvinorin A;", "7 (11) Cathinone."],
]  # fmt: skip


def test_the_numbers_of_lines_go_on_every_page_of_a_print_that_has_them():
    prose = [f"{n} and whatever else of this list the board may find by rule" for n in range(1, 8)]
    found = read(write_pdf([["HB 12", *prose], *PAGES]), "a.pdf")
    quotes = [one["quote"] for one in found["terms"] if one["substance"] == "leaf"]
    assert (said(found, "leaf"), said(found, "mitragynine")) == ({"listed"}, {"listed"})
    assert quotes == ["(5) Kratom;"]


@pytest.mark.parametrize("first", [1, 98, 996])
def test_the_numbers_of_lines_may_have_three_digits_and_stand_behind_blank_ones(first):
    words = (
        "No person shall sell|a kratom product to|a person who is under|twenty-one years of age.||"
    )
    words += "Each person who does so is|guilty of a misdemeanor|and shall be fined."
    lines = "\n".join(f" {n}  {line}" for n, line in enumerate(words.split("|"), first))
    assert read(f"<pre>{lines}</pre>", "a.html")["minimum_age"] == 21


def test_a_column_of_numbers_behind_the_lines_is_no_text():
    lines = ["9-4. No person shall sell", "a kratom product to a minor,", *map(str, range(1, 25))]
    lines += ["nor may any person give", "one to a minor."]
    assert " 7 " not in " ".join(one["quote"] for one in read(write_pdf([lines]), "a.pdf")["terms"])


def test_rows_that_are_the_lines_of_a_bill_are_one_text():
    words = "Sec. 9-4. OFFENSE. (a) A person commits an offense if the|person sells or offers for sale a"
    words += (
        " kratom product or a product|marketed as containing kratom to an individual younger than|"
    )
    words += "21 years of age.|(b) An offense under this section is a misdemeanor, unless|it is shown that"
    words += (
        " the person was convicted before under this|section, in which case the offense is a felony"
    )
    words += " of the third|degree.|(c) The board may adopt rules that it finds necessary to put|this section"
    words += " into effect, and shall tell each person who|sells such a product of them.|(d) So it applies."
    rows = "".join(f"<tr><td>&nbsp;</td><td colspan=2>{one}</td></tr>" for one in words.split("|"))
    found = read(f"<h1>9-4. Kratom products</h1><table>{rows}</table>", "a.html")
    assert (found["minimum_age"], duties(found)) == (21, {"penalties"})


def test_rows_that_are_entries_stay_apart():
    names = (
        "Heroin|ibogaine|Kratom|mescaline|Peyote|psilocybin|Bufotenine|cathinone|LSD|dmt|PCP|mdma"
    )
    rows = "".join(
        f"<tr><td>{n}</td><td>{one}</td></tr>" for n, one in enumerate(names.split("|"), 1)
    )
    found = read(f"<h1>Schedule I controlled substances</h1><table>{rows}</table>", "a.html")
    assert [one["quote"] for one in found["terms"]] == ["3 Kratom"]


@pytest.mark.parametrize("new", ["NEW SECTION. Sec. 3.", "New Sec. 3.", "NEW SECTION. Section 3."])
def test_a_new_section_is_one_of_its_own(new):
    act = "An act relating to kratom.\n\nSec. 2. RS 4.1 is amended: Kratom is a plant.\n\n"
    act += f"{new} (1) No person may sell kratom to a person under 21 years of age.\n\n"
    act += f"{new.replace('3', '4')} Section 2 of this act takes effect January 1, 2099.\n"
    assert read(act)["minimum_age"] == 21


@pytest.mark.parametrize(
    "found",
    [
        "(a) Legislative findings. - The legislature finds that shops sell kratom to minors.",
        "Section 2. Findings. Kratom is bought by minors.",
        "The general assembly further finds and declares that kratom is sold to persons under 18.",
        "Section 2. Findings and purpose.\n\n(a) Shops supply kratom to people under 18.",
    ],
)
def test_what_a_legislature_finds_lays_down_no_age(found):
    assert read(f"{KRATOM}{found}\n")["minimum_age"] is None
    law = "It is unlawful to sell kratom to a person under 21 years of age."
    assert read(f"{KRATOM}{found} {law}\n")["minimum_age"] == 21


@pytest.mark.parametrize(
    ("words", "age"),
    [
        ("A retailer shall not employ a person under eighteen years of age to sell kratom.", None),
        ("An employee who sells kratom products must be at least 18 years of age.", None),
        ("No one shall sell a kratom product that is attractive to persons under 18 years of age.", None),
        ("(1) A person shall not grow, synthesize, sell or give kratom or a variant of kratom.\n\n"
         "(2) If a violation of this section involves sale to a person under 18, it is a felony.", None),
        ("A person shall not do any of the following unless the person holds a license:\n\n"
         "(a) Sell a kratom product.\n\n9-3. A licensee shall not sell one to a person under 21.", 21),
        ("A person commits an offense if the person sells kratom at a location that sells beer.\n\n"
         "9-3. It is an offense to sell kratom to an individual younger than 21.", 21),
        ("It is unlawful to:\n\n1. sell kratom to anyone less than twenty-one (21) years old;\n\n"
         "2. sell kratom from a vending machine.", 21),
    ],
)  # fmt: skip
def test_the_age_is_that_of_those_who_may_buy(words, age):
    assert read(f"{KRATOM}9-2. {words}\n")["minimum_age"] == age


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("A kratom product shall include on its package:\n\n(1) a batch number.", "labelling"),
        ("Kratom products may be sold only in establishments that admit no minors.", "premises"),
        (
            "A retailer that displays kratom products shall do so beyond the reach of customers.",
            "display",
        ),
        ("It is a crime of the third degree to sell kratom to a minor.", "penalties"),
        (
            "A processor shall not sell kratom that contains synthesized kratom material.",
            "synthetic_ban",
        ),
        (
            "The label shall bear a statement that kratom be kept out of the reach of children.",
            "labelling",
        ),
        (
            "A buyer must show an operator’s license issued by a state as proof of age.",
            "age_verification",
        ),
        ("The licensing board shall hear appeals under chapter 45, Kratom Act.", ""),
        ("No rule may impose any registration of kratom products.", ""),
        ("A city may not adopt an ordinance on labels, testing or registration of kratom.", ""),
        ("Funds shall be used for laboratory testing of kratom products.", ""),
        ("The department shall study whether kratom products should be labeled.", ""),
    ],
)
def test_a_duty_is_what_sellers_must_do(words, expected):
    assert duties(read(f"{KRATOM}9-2. {words}\n")) == {*expected.split()}


LIST = "<h1>Controlled substances</h1><h2>Schedule I</h2><p>(1) Heroin;</p><p>(2) {}</p><p>(3) Ibogaine.</p>"


@pytest.mark.parametrize(
    "entry",
    [
        "Any alkaloids found in or derived from Mitragyna speciosa, or synthetic;",
        "Alkaloids contained in the plant Mitragyna speciosa, with their synthetic analogs;",
        "Kratom alkaloids and whatever is synthesized from them;",
    ],
)
def test_a_class_of_the_alkaloids_of_the_plant_takes_in_each(entry):
    found = read(LIST.format(entry), "a.html")
    names = ("mitragynine", "7-oh", "derivatives")
    assert [said(found, name) for name in names] == [{"listed"}] * 3


@pytest.mark.parametrize(
    ("entry", "listed"),
    [
        ("Kratom, with its leaves, resin and extracts;", {"leaf"}),
        ("Any semi-synthetic kratom alkaloid;", {"derivatives"}),
        ("Alkaloids of the poppy;", set()),
        ("Mitragynine, other than within kratom in its natural form;", {"mitragynine"}),
    ],
)
def test_what_is_no_such_class_takes_in_what_it_names(entry, listed):
    found = read(LIST.format(entry), "a.html")
    assert {one["substance"] for one in found["terms"] if one["context"] == "listed"} - {
        "leaf"
    } == (listed - {"leaf"})


BILLS = [(f"HB{n}", "Introduced", f"Health; board of health number {n}; amend") for n in range(9)]
BILLS.append(
    ("HB99", "Introduced", "Crimes; sale of kratom to minors; prohibit, and provide penalties")
)


@pytest.mark.parametrize(
    "head", ["bill_number", "BillNo", "SUM_BILNO", "Measure", "legislation_id"]
)
def test_a_register_of_bills_proves_no_law(head):
    rows = "\n".join(",".join(row) for row in [(head, "status", "title"), *BILLS])
    found = read(rows + "\n", "a.csv")
    assert (found["minimum_age"], duties(found), said(found, "leaf")) == (
        None,
        set(),
        {"mentioned"},
    )


def test_a_table_of_substances_is_no_such_register():
    rows = "substance,schedule,law\nHeroin,I,Act 1\nKratom,I,Act 2\nLSD,I,Act 1\nMDMA,I,Act 1\nPCP,II,Act 1\n"
    assert said(read(f"{rows}Controlled substance list,,\n", "a.csv"), "leaf") == {"listed"}


@pytest.mark.parametrize("key", ["title", "title_en", "name_th"])
def test_an_index_of_laws_with_their_addresses_is_not_read_as_silent(key):
    acts = [
        {
            key: f"Kratom Plant Act, part {n}, on plants",
            "year": 2500 + n,
            "url": f"https://law.example/doc/{n}",
        }
        for n in range(30)
    ]
    assert not read(json.dumps(acts), "a.json")["readable"]


@pytest.mark.parametrize("codec", ["latin-1", "cp1252"])
def test_a_page_that_was_encoded_twice_is_read(codec):
    page = f"<h1>§ 9-4. Kratom</h1><p>(1) {SALE.format('twenty-one')} — “kratom“ §</p>"
    twice = page.encode().decode(codec).encode()
    found = read(twice, "a.html")
    assert (found["minimum_age"], "Â" in json.dumps(found, ensure_ascii=False)) == (21, False)
