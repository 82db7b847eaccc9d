"""Kinds of misreading: what is glued, parted or hidden, and what is told of and not enacted."""

import io
import json
import zipfile

import pytest

from regstatus.pipeline.page_reader.inspection import inspect
from tests.extract.conftest import write_pdf
from tests.support.make import TODAY

LIST = "<h1>Health Act</h1><h2>Schedule I</h2><p>These are controlled substances of Schedule I:</p>"
ACT = "<h1>Plant Products Act</h1><h2>9-4. Kratom products.</h2>"
STRICTEST = ("listed", "excluded", "defined", "mentioned")


@pytest.fixture
def read():
    def reader(body, name="a.html"):
        return inspect(body.encode() if isinstance(body, str) else body, name=name, on=TODAY)

    return reader


def said(found, substance="leaf"):
    contexts = {one["context"] for one in found["terms"] if one["substance"] == substance}
    return next((one for one in STRICTEST if one in contexts), "silent")


def duties(found):
    return {name for name, place in found["duties"].items() if place}


@pytest.mark.parametrize(
    "lines",
    [
        "<b style='display:block'>heroin</b><b style='display:block'>kratom</b><b>x</b>",
        "<a style='color:red; display: list-item'>heroin</a><a style='display:list-item'>kratom</a>",
        "<em class='row'>heroin</em><em class='row'>kratom</em><em class='row'>mescaline</em>",
        "<i style='display:table-cell'>heroin</i><i style='display:table-cell'>kratom</i>",
    ],
)
def test_what_a_style_sets_on_lines_of_its_own_is_not_glued(read, lines):
    sheet = "<style>p {color: red} em.row, .cell {margin: 0; display: flex}</style>"
    assert (
        said(read(f"<html><head>{sheet}</head><body>{LIST}<div>{lines}</div></body></html>"))
        == "listed"
    )


NUMBERED = """
  9    Section 2. Schedule I of section 12 of the public health law is amended
 10  by adding these substances, and whatever holds any amount of each of
 11  them: (1) ibogaine; (2) an alkaloid of a plant, called {}
 12  {}, with its salts and isomers; (3) salvinorin A, which no person
 13  may sell; and (4) mescaline, except as it is used in a rite.
 14    Section 3. This act shall take effect on the ninetieth day after it
 15  shall have become a law.
"""  # fmt: skip


@pytest.mark.parametrize(
    ("first", "second", "substance"),
    [
        ("mitra-", "gynine", "mitragynine"),
        ("7-hydroxymi-", "tragynine", "7-oh"),
        ("Mitragyna", "speciosa", "leaf"),
    ],
)
@pytest.mark.parametrize("form", ["pre", "br", "text"])
def test_the_numbers_of_lines_part_no_name(read, form, first, second, substance):
    words = NUMBERED.format(first, second)
    if form == "text":
        found = read(words, "a.txt")
    elif form == "pre":
        found = read(f"<pre>{words}</pre>")
    else:
        found = read(f"<p>{words.strip().replace(chr(10), '<br>')}</p>")
    assert said(found, substance) == "listed"


@pytest.mark.parametrize(
    "names", ["Heroin DMT Kratom LSD PCP Ibogaine MDMA GHB", "heroin kratom lsd dmt pcp mdma"]
)
def test_the_numbers_of_a_list_stay(read, names):
    lines = "<br>".join(f"{n} {name}" for n, name in enumerate(names.split(), 1))
    quotes = {one["quote"] for one in read(f"{LIST}<p>{lines}</p>")["terms"]}
    assert any(
        f"{names.lower().split().index('kratom') + 1} kratom" in one.lower() for one in quotes
    )


@pytest.mark.parametrize(
    ("cell", "substance"),
    [
        ("Mitra-<br/>gynine", "mitragynine"),
        ("<i>Mitra&shy;<br>gyna</i> speciosa", "leaf"),
        ("7-<br>hydroxymitragynine", "7-oh"),
        ("mitragynine pseudo-<br>indoxyl", "derivatives"),
    ],
)
def test_a_name_that_a_cell_breaks_is_whole(read, cell, substance):
    rows = f"<table><tr><td>1</td><td>Heroin</td></tr><tr><td>2</td><td>{cell}</td></tr></table>"
    assert said(read(LIST + rows), substance) == "listed"


@pytest.mark.parametrize(
    "head", ["RULES OF THE BOARD Page {}", "CHAPTER 7, p. {}", "Part 3. Drugs - page {}"]
)
def test_a_running_head_with_the_number_of_its_page_parts_no_name(read, head):
    pages = [["Chapter 7", "Section 1. Each of these is a controlled substance of Schedule I:"]]
    pages += [
        ["(1) heroin;", "(2) the alkaloid 7-hydroxymitragy-"],
        ["nine, its salts;", "(3) the plant Mitragyna"],
    ]
    pages += [
        ["speciosa, its leaf;", "(4) ibogaine."],
        ["Section 2. Fines go to the fund for health."],
    ]
    lines = [[head.format(number), *page] for number, page in enumerate(pages, 1)]
    found = read(write_pdf(lines), "a.pdf")
    assert said(found, "7-oh") == "listed"
    assert "Mitragyna speciosa" in {one["term"] for one in found["terms"]}


@pytest.mark.parametrize(
    "hidden",
    [
        "<section hidden><p>(1) Heroin;</p><p>(2) Mitragynine, its salts and isomers;</p></section>",
        "<div style='visibility: hidden'><p>(1) Heroin;</p><p>(2) Mitragynine;</p><p>(3) LSD</p></div>",
        "<ul><li style='display:none'>Heroin, LSD, DMT, PCP</li><li style='display:none'>Mitragynine</li></ul>",
    ],
)
def test_a_page_that_hides_much_of_its_text_proves_nothing(read, hidden):
    found = read(
        f"<h1>Health Act</h1><p>Choose a list to see the substances of it.</p><h2>Schedule I</h2>{hidden}"
    )
    assert not found["readable"]
    assert any("hidden" in problem for problem in found["problems"])


TITLES = (
    "Title 1. General provisions",
    "Title 2. Agencies",
    "Title 16. Health",
    "Title 21. Motor vehicles",
)


@pytest.mark.parametrize(
    "entry",
    [
        "<p><a href='{n}.html'>{words}</a></p>",
        "<li><a href='/code/{n}'>{words}</a></li>",
        "<div><a href='{n}'>{words}</a></div>",
    ],
)
def test_a_page_of_links_is_no_law(read, entry):
    entries = "".join(entry.format(n=n, words=words) for n, words in enumerate(TITLES))
    found = read(f"<html><body><h1>Code of the state</h1>{entries}</body></html>")
    assert not found["readable"]
    kratom = entry.format(
        n=9, words="Section 4. Label of kratom; no sale under 21; licence required."
    )
    kratom = kratom.replace("p>", "li>").replace("div>", "li>")
    named = read(f"<html><body><h1>Kratom Act</h1><ul>{entries}{kratom}</ul></body></html>")
    assert said(named) == "mentioned"
    assert (named["minimum_age"], duties(named)) == (None, set())


@pytest.mark.parametrize(
    "path",
    [
        "title-7/chapter-9-kratom-license-required",
        "code/kratom-sale-to-persons-under-21-prohibited/",
        "us/ks/kratom-label-must-bear-age",
    ],
)
def test_the_last_words_of_an_address_are_no_law(read, path):
    found = read(
        json.dumps(
            {
                "heading": "Kratom",
                "where": path,
                "text": "The director keeps a list of kratom shops.",
            }
        ),
        "a.json",
    )
    assert (said(found), duties(found), found["minimum_age"]) == ("mentioned", set(), None)


@pytest.mark.parametrize("level", ["title", "titel", "titre"])
def test_a_level_that_is_called_title_is_no_heading(read, level):
    body = (
        f"<law><body><{level}><num>TITLE II</num><heading>DRUGS</heading>"
        "<section><num>SEC. 1.</num><heading>[Repealed]</heading></section>"
        "<section><num>SEC. 2.</num><heading>SCHEDULE I.</heading>"
        "<p>These are controlled substances of schedule I:</p>"
        f"<p>(1) Heroin.</p><p>(2) Mitragynine.</p></section></{level}></body></law>"
    )
    found = read(body, "a.xml")
    assert (found["readable"], found["schedule"], said(found, "mitragynine")) == (
        True,
        "I",
        "listed",
    )


@pytest.mark.parametrize(
    "words",
    [
        "The kratom product is mixed with a drug that is classified as a controlled substance.",
        "Kratom is spoiled if it holds any other compound scheduled as a narcotic drug.",
        "No kratom product may hold another substance designated as a controlled substance in this state.",
    ],
)
def test_what_is_said_of_another_substance_designates_no_kratom(read, words):
    assert said(read(f"{ACT}<p>{words}</p>")) == "mentioned"


@pytest.mark.parametrize(
    "words",
    [
        "A new powder on the market looks like kratom.",
        "The agency answered many calls about drugs such as LSD, heroin and kratom.",
        "In the year the laboratory tested cocaine 12, heroin 30, kratom 4.",
    ],
)
def test_a_sentence_beside_well_known_drugs_lists_nothing(read, words):
    news = (
        "<h1>News of the drug agency</h1><p>The agency also watches heroin, LSD and mescaline.</p>"
    )
    assert said(read(f"{news}<p>{words}</p>")) == "mentioned"


@pytest.mark.parametrize(
    ("title", "annex", "words"),
    [
        (
            "Vyhláška o psychoaktivních látkách",
            "Příloha č. 2",
            "Na obalu musí stát varování o kratomu.",
        ),
        (
            "Vyhláška o psychotropných látkach",
            "Príloha č. 3",
            "Zaznamenali sme otravy kratomom u detí.",
        ),
        (
            "Verordnung über Betäubungsmittel",
            "Anlage 2",
            "Berichtet wurden Vergiftungen mit Kratom.",
        ),
    ],
)
def test_a_sentence_in_an_annex_is_no_entry(read, title, annex, words):
    assert said(read(f"<h1>{title}</h1><h2>{annex}</h2><p>{words}</p>")) == "mentioned"


@pytest.mark.parametrize("opening", ["A BILL", "- A bill -", "A Bill."])
def test_a_bill_that_only_calls_itself_one_lists_nothing(read, opening):
    found = read(f"<p>{opening}</p><p>An Act to amend the Poisons Act.</p>{LIST}<p>(1) Kratom.</p>")
    assert (said(found), found["schedule"]) == ("mentioned", None)


@pytest.mark.parametrize(
    "entry", ["V. A plant known as kratom;", "V. a leaf called kratom;", "V.A kratom extract;"]
)
def test_a_roman_five_and_an_article_leave_nothing_out(read, entry):
    assert said(read(f"{LIST}<p>IV. Ibogaine;</p><p>{entry}</p>")) == "listed"


@pytest.mark.parametrize(
    "words",
    [
        "MOVE: to carry other than by selling kratom;",
        "HOLD: to keep other than through a carrier of kratom;",
        "A kratom product does not include kratom in a form that children eat.",
        "The term does not include any kratom extract that is meant to be smoked.",
        "A kratom shop is not prohibited from showing kratom.",
    ],
)
def test_a_manner_or_a_form_leaves_no_kratom_out(read, words):
    assert said(read(f"{ACT}<p>{words}</p>")) in {"mentioned", "defined"}


@pytest.mark.parametrize(
    "words",
    [
        "A maker of kratom is not barred from advertising or labelling kratom.",
        "A seller of kratom need not obtain a license, and no test results shall be kept.",
        "Kratom must be dried, labeled, or stored in a room that is clean.",
        "The inspector shall enter each building where kratom is packed or labeled.",
    ],
)
def test_what_is_left_free_and_where_something_is_done_is_no_duty(read, words):
    assert duties(read(f"{ACT}<p>{words}</p>")) == set()


@pytest.mark.parametrize(
    "words",
    [
        "(1) that it is not recommended below the age of 25;",
        "(1) that it is not meant for persons under 23 years of age who take medicine;",
        "(1) that the maker advises nobody under 25 years of age to possess it;",
    ],
)
def test_an_age_in_a_statement_on_a_label_is_no_age_of_sale(read, words):
    found = read(f"{ACT}<p>Kratom for sale shall bear a label that says:</p><p>{words}</p>")
    assert (found["minimum_age"], duties(found)) == (None, {"labelling"})


@pytest.mark.parametrize(
    "words",
    [
        "(a) Synthetic mitragynine is guilty of a misdemeanor.",
        "(a) Any semi-synthetic 7-hydroxymitragynine commits an offense.",
        "(b) A synthesized alkaloid such as mitragynine is subject to a fine.",
    ],
)
def test_who_makes_goods_with_synthetic_alkaloids_is_guilty(read, words):
    found = read(f"{ACT}<p>A maker of a kratom product that contains:</p><p>{words}</p>")
    assert "synthetic_ban" in duties(found)


@pytest.mark.parametrize(
    "glued", ["MitragynaS výjimkou rostliny", "MitragynaKromě rostliny", "MitragynaVyjma druhu"]
)
def test_an_exception_that_is_glued_to_the_cell_before_it_leaves_out(read, glued):
    law = "<h1>Nařízení o seznamu psychoaktivních látek</h1><h2>Příloha č. 1</h2>"
    assert said(read(f"{law}<p>„Rostliny rodu {glued} Mitragyna speciosa.“</p>")) == "excluded"


@pytest.mark.parametrize(
    ("label", "title"),
    [
        ("Příloha č. 1", "Maximální množství omamné látky v balení"),
        ("Schedule 2", "Maximum amounts of controlled substances in a pack"),
        ("Schedule 2", "Limits of narcotic substances in food"),
        ("Príloha č. 3", "Najvyššie povolené množstvo omamnej látky"),
    ],
)  # fmt: skip
def test_an_annex_of_limits_lists_nothing(read, label, title):
    page = "<h1>Omamné látky – controlled substances</h1><h2>{}</h2><p>{}</p><p>Kratom</p><p>Heroin</p>"
    assert said(read(page.format(label, title))) == "mentioned"
    assert said(read(page.format(label, ""))) == "listed"


@pytest.mark.parametrize(
    "reasons",
    [
        "หมายเหตุ :- เหตุผลในการประกาศใช้กฎกระทรวงฉบับนี้ คือ ผู้นำเข้าใบกระท่อมต้องได้รับใบอนุญาต",
        "WHEREAS, a seller of kratom shall obtain a license and shall label each package of kratom;",
        "Whereas no person may sell kratom to a person under 21 years of age and each seller must test it;",
    ],
)
def test_the_reasons_of_a_law_lay_down_nothing(read, reasons):
    found = read(f"{ACT}<p>{reasons}</p><p>Kratom is a plant.</p>")
    assert not duties(found)
    assert found["minimum_age"] is None


LAW = "Kratom is a Schedule I controlled substance. No person may sell kratom to anybody under 21 years of age."
NEWS, BLOG = '"NewsArticle"', '["BlogPosting"]'
POST = (
    '<script type="application/ld+json">{{"@context": "https://schema.org", "@type": {}}}</script>'
)


@pytest.mark.parametrize(
    ("body", "name"),
    [
        (f"---\ntitle: Ban\nslug: ban\ndate: 2026-06-24\n---\n\n{LAW}\n", "a.md"),
        (f"---\nlayout: default\ntitle: Ban\npermalink: /blog/ban/\n---\n{LAW}\n", "a.md"),
        (f"<head>{POST.format(NEWS)}</head><p>{LAW}</p>", "a.html"),
        (f"<head>{POST.format(BLOG)}</head><p>{LAW}</p>", "a.html"),
    ],
)  # fmt: skip
def test_news_and_posts_tell_of_law_and_are_none(read, body, name):
    found = read(body, name)
    assert said(found) == "mentioned"
    assert not duties(found)
    assert found["minimum_age"] is found["schedule"] is None


def test_a_copy_of_law_with_metadata_is_law(read):
    law = f"---\ntitle: Act\nidentifier: 12\nstatus: in_force\n---\n\n# Schedule I\n\n{LAW}\n"
    assert said(read(law, "a.md")) == "listed"
    assert said(read(f"<h1>Controlled substances</h1>{LIST}<p>Kratom</p>")) == "listed"


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_each_row_of_a_table_in_text_speaks_for_itself(read, sign):
    rows = (
        ["1", "Kratom products; age", "open"],
        ["2", "A license for each driver who must register", "law"],
    )
    lines = [
        sign.join(f'"{cell}"' for cell in row) for row in (["id", "title", "state"], *rows * 3)
    ]
    found = read("\n".join(lines), "a.csv")
    assert said(found) == "mentioned"
    assert not duties(found)


@pytest.mark.parametrize(
    "opens",
    [
        "The following kratom products may not be sold, distributed or exposed for sale by a retailer:",
        "None of the following kratom products shall be sold:",
        "The following kratom extracts are prohibited from sale:",
    ],
)  # fmt: skip
def test_goods_that_a_list_names_are_not_all_goods(read, opens):
    found = read(
        f"{ACT}<p>{opens}</p><p>(a) Those with more than two percent of 7-hydroxymitragynine.</p>"
    )
    assert said(found) == "mentioned"


@pytest.mark.parametrize(
    "words",
    [
        "excluding lottery funds, for implementing the Oregon Kratom Consumer Protection Act, is increased",
        "Fees, other than those under the Kratom Act, are due.",
        "Goods are kept out of reach, except for kratom products required to be refrigerated.",
    ],
)
def test_the_name_of_an_act_and_goods_in_the_cold_are_not_left_out(read, words):
    assert said(read(f"{ACT}<p>{words}</p>")) == "mentioned"


@pytest.mark.parametrize("looks", ["reasonably appears to be", "appears", "looks"])
def test_the_age_that_a_buyer_looks_is_no_limit(read, looks):
    words = f"No card is asked of a buyer of kratom who {looks} at least twenty-five years of age. "
    found = read(f"{ACT}<p>{words}Kratom may not be sold to a person under 21 years of age.</p>")
    assert found["minimum_age"] == 21


def test_line_ends_that_were_escaped_twice_part_words(read):
    words = r"No person may sell\nkratom to anyone under twenty-one years\nof age."
    assert read(f"{ACT}<p>{words}</p>")["minimum_age"] == 21


@pytest.mark.parametrize(
    "hidden",
    [
        "<nav><a href='k.html'><div>Kratom</div></a><a href='l.html'><div>LSD</div></a></nav>",
        "<p hidden>(4) Mitragynine</p>", "<!-- (4) Kratom -->",
    ],
)  # fmt: skip
def test_a_name_that_is_left_out_of_a_silent_text_is_told_and_proves_nothing(read, hidden):
    law = "<p>(1) Heroin and morphine are narcotic drugs.</p>" * 3
    found = read(f"{LIST}{law}{hidden}")
    assert not found["readable"]
    assert found["problems"]
    assert read(f"{LIST}{law}")["readable"]


def test_a_fee_that_is_waived_leaves_nothing_out(read):
    words = "กฎกระทรวงกำหนดค่าธรรมเนียม ลด และยกเว้นค่าธรรมเนียมเกี่ยวกับการนำเข้าใบกระท่อม"
    assert said(read(f"{ACT}<p>{words}</p>")) == "mentioned"


def packed(files):
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as archive:
        for name, words in files.items():
            archive.writestr(name, words)
    return body.getvalue()


PAGE = "<?xml version='1.0'?><html xmlns='x'><head><title/></head><body>{}</body></html>"
BOOK = {
    "META-INF/container.xml": "<container><rootfiles/></container>",
    "text/1.xhtml": PAGE.format("<h1>Health Act</h1>" + "<p>The minister keeps the lists.</p>" * 9),
    "text/2.html": PAGE.format(LIST + "<p><a id='x'/>(1) Heroin;</p><p><s/>(2) Mitragynine;</p>"),
}
RUNS = "<p><r><t>Schedule I</t></r></p><p><r><t>These are controlled substances:</t></r></p>"
WORD = {
    "word/styles.xml": "<styles>" + "<x/>" * 999 + "</styles>",
    "word/document.xml": f"<document>{RUNS}<p><r><t>Mitra</t></r><r><t>gynine</t></r></p></document>",
}
GONE = "<tracked-changes><deletion><p>kratom</p></deletion></tracked-changes>"
OPEN = {
    "styles.xml": "<styles>" + "<x/>" * 999 + "</styles>",
    "content.xml": f"<text>{GONE}<h>Schedule I</h><p>These are controlled substances:</p>"
    "<p>(1)<s/>Heroin;</p><p>(2) an alkaloid,<line-break/>mitragynine;</p></text>",
}


@pytest.mark.parametrize(("name", "files"), [("a.epub", BOOK), ("a.docx", WORD), ("a.odt", OPEN)])
def test_books_and_files_of_word_processors_are_read_as_text(read, name, files):
    found = read(packed(files), name)
    assert (found["readable"], found["schedule"], said(found, "mitragynine")) == (
        True,
        "I",
        "listed",
    )
    assert said(found) == "silent"


RECORDS = "Such prohibited resale or dissemination of the scan includes any advertising of kratom."
SUBJECTS = (
    "<p>(2) The agency shall submit a report on kratom products. The report must identify and recommend"
    " action on the following subjects:</p><p>(a) Labeling requirements and advertising;</p><p>(b) Testing"
    " of kratom by a laboratory;</p><p>(c) Penalties, and registration of retailers.</p>"
)


@pytest.mark.parametrize("words", [f"<p>{RECORDS}</p>", SUBJECTS])
def test_what_a_report_looks_into_and_records_that_are_kept_are_no_duty(read, words):
    assert duties(read(f"{ACT}{words}")) == set()


def test_a_certificate_that_a_rule_must_ask_for_is_a_duty(read):
    words = (
        "The department shall adopt rules establishing procedures to register, including a requirement"
        " that a processor certify that kratom products are third-party tested."
    )
    assert duties(read(f"{ACT}<p>{words}</p>")) == {"registration", "testing"}


def test_a_list_that_begins_within_a_sentence_is_governed_by_it(read):
    words = (
        "No retailer shall (i) sell a kratom product without a label; (ii) offer a kratom product in a"
        " package that is attractive to children; or (iii) make a health claim."
    )
    assert duties(read(f"{ACT}<p>{words}</p>")) == {"labelling", "packaging", "advertising"}


def test_a_row_says_nothing_of_the_rows_beside_it(read):
    offences = (
        "(a) Forgery; (b) sale of kratom products to an individual under 21",
        "Sale of seeds without a registration that is required",
        *(f"Theft of goods of class {n}" for n in range(4)),
    )
    rows = "".join(
        f"<tr><td>{n}</td><td>{one}</td><td>VII</td></tr>" for n, one in enumerate(offences, 71)
    )
    found = read(f"<h1>Offences</h1><h2>14.22.02 Categories</h2><table>{rows}</table>")
    assert (said(found), duties(found), found["minimum_age"]) == ("mentioned", set(), 21)


def test_a_label_at_the_end_of_the_title_of_a_list_is_its_schedule(read):
    rows = "".join(
        f"<tr><td>1.1.{n}.</td><td>{name}</td></tr>"
        for n, name in enumerate(("Heroīns", "Mitragyna speciosa (kratom)", "Meskalīns"), 1)
    )
    title = "<h2>1. pielikums</h2><p>Latvijā kontrolējamo narkotisko vielu I saraksts</p>"
    assert read(f"<h1>Noteikumi</h1>{title}<table>{rows}</table>")["schedule"] == "I saraksts"


def test_a_table_in_text_whose_rows_differ_by_a_cell_is_one(read):
    rows = ('H1,"Masks, prohibited",House,', "H2,Reckless driving,Law,33-0", "H3,Kratom,Senate,")
    found = read(
        "\n".join((*rows, "H4,Sale to minors and registration required,House,")) * 2, "a.txt"
    )
    assert (duties(found), found["minimum_age"]) == (set(), None)


def test_the_words_that_a_label_shall_bear_are_no_duty(read):
    words = (
        "No kratom product may be sold unless its label states: “Not registered. Not tested by any"
        " laboratory. Keep out of the reach of children.”"
    )
    assert duties(read(f"{ACT}<p>{words}</p>")) == {"labelling"}


@pytest.mark.parametrize(
    ("words", "right"),
    [
        ("Kratom leaf in its natural form is not included in this schedule.", "excluded"),
        ("(2) mitragynine, except as found in the leaf of Mitragyna speciosa;", "excluded"),
        ("(2) mitragynine, as found in the leaf;", "silent"),
    ],
)
def test_what_a_list_does_not_include_is_left_out(read, words, right):
    assert said(read(f"{LIST}<p>(1) heroin;</p><p>{words}</p>")) == right


def test_the_head_of_a_column_says_whether_a_dose_or_a_day_is_meant(read):
    head = "<tr><th>Alkaloid</th><th>Single serving</th><th>Per day</th></tr>"
    row = "<tr><td>7-hydroxymitragynine</td><td>1 mg</td><td>3 mg</td></tr>"
    found = read(f"{ACT}<p>Maximum amounts of alkaloids:</p><table>{head}{row}</table>")
    assert found["seven_oh_cap"] == "1 mg/serving; 3 mg/day"


def test_how_often_somebody_called_lists_nothing(read):
    rows = "".join(
        f"<tr><td>{name}</td><td>{calls}</td></tr>"
        for name, calls in (("Heroin", 212), ("Kratom", 87), ("Fentanyl", 431))
    )
    assert said(read(f"<h1>Poison center, calls</h1><table>{rows}</table>")) == "mentioned"


def test_what_is_the_law_abroad_is_told(read):
    page = "<h1>Drug policy abroad</h1><p>In Malaysia, mitragynine is listed in the First Schedule.</p>"
    assert said(read(page), "mitragynine") == "mentioned"


def test_a_short_act_names_its_subject_in_one_section_and_its_penalty_in_another(read):
    page = (
        "<h1>Ordinance 14</h1><p>Section 1. No person shall sell or give away kratom within the town"
        " limits.</p><p>Section 2. A violation is punishable by a fine of not more than $500.</p>"
    )
    found = read(page)
    assert (said(found), duties(found)) == ("listed", {"penalties"})


def test_deleted_words_in_brackets_are_no_law(read):
    act = (
        "<h1>AN ACT relating to plants.</h1><p>Section 1. RS 9.41 is amended to read as follows:</p>"
        "<p>A vendor[or peddler] shall keep books for ten[two] years, show[lend] them to the board[,"
        " if asked,] and pay the fee[ of five dollars].</p><p>No vendor shall:</p><p>(1) Make available"
        " for sale any kratom product[ to an individual under twenty-one (21) years of age]; or</p>"
        "<p>(2) Prepare or sell kratom[ that:</p><p>(a) Contains synthetic mitragynine; or</p><p>(b) Is"
        " not labeled].</p>"
    )
    found = read(act)
    assert (said(found), found["minimum_age"], duties(found)) == ("listed", None, set())
    assert said(found, "mitragynine") == "silent"
    assert not found["problems"]


@pytest.mark.parametrize(
    "words",
    [
        "This section does not apply to kratom that has been authorized by the board as a food.",
        "There is an exception for the manufacture of kratom by a licensed laboratory.",
        "Nobody may move, except for inspection, kratom products under a stop order.",
        "“Semi-synthesized alkaloid” does not include an alkaloid of the kratom leaf made by drying.",
    ],
)
def test_an_act_a_person_and_a_part_of_the_goods_leave_no_name_out(read, words):
    assert said(read(f"{ACT}<p>{words}</p>")) in {"mentioned", "defined"}


@pytest.mark.parametrize("substance", ["7-hydroxymitragynine", "mitragynine"])
def test_a_form_that_an_entry_leaves_out_leaves_the_entry(read, substance):
    items = f"<p>(3) {substance}—</p><p>(A) with its salts; but</p>"
    items += f"<p>(B) not including {substance} naturally contained in Mitragyna speciosa.</p>"
    found = read(f"{LIST}<p>(1) heroin;</p>{items}")
    assert said(found, "mitragynine" if substance == "mitragynine" else "7-oh") == "listed"
    assert said(found) == "excluded"


def test_what_a_list_says_to_be_expressly_excluded_is_left_out(read):
    words = "The following are expressly excluded for purposes of this paragraph:"
    page = f"{LIST}<p>(1) heroin;</p><p>{words}</p><p>(1) Dried Mitragyna speciosa leaf.</p>"
    assert said(read(page)) == "excluded"


@pytest.mark.parametrize(
    "words",
    [
        "<p>The following substances found in Mitragyna speciosa:</p><p>(a) 7-hydroxymitragynine.</p>",
        "<p>7-hydroxymitragynine.</p><h2>STATEMENT</h2><p>Kratom and others have no approved use.</p>",
        "<p>7-hydroxymitragynine.</p><p>None of them occurs naturally in kratom.</p>",
        "<p>7-hydroxymitragynine.</p><p>By adding a chapter relating to kratom.</p>",
    ],
)
def test_where_an_entry_comes_from_and_what_is_told_of_it_lists_no_leaf(read, words):
    found = read(f"{LIST}<p>heroin;</p>{words}")
    assert (said(found), said(found, "7-oh")) == ("mentioned", "listed")


def test_a_ban_of_what_holds_other_listed_drugs_and_the_title_of_a_section_list_nothing(read):
    words = (
        "<p>“Blend” means opium, heroin, cocaine and LSD.</p><p>§ 9-5 Kratom products; limits.</p>"
    )
    words += "<p>(1) The kratom product contains substances listed as a controlled substance.</p>"
    assert said(read(f"<h1>Drug and Food Act</h1>{words}")) == "mentioned"


@pytest.mark.parametrize("mark", ['ea="erase"', 'changed="deleted"', 'revisionflag="deleted"'])
def test_what_an_amending_text_marks_as_struck_out_is_not_read(read, mark):
    old, new = f"<amend {mark}>eighteen (18)</amend>", "<amend>twenty-one (21)</amend>"
    words = f"Nobody may sell kratom products to a person under {old}{new} years of age."
    gone = f"<part {mark}><para>No more than 2% of 7-hydroxymitragynine.</para></part>"
    found = read(f"<act><title>Kratom products</title><para>{words}</para>{gone}</act>", "a.xml")
    assert (found["minimum_age"], said(found, "7-oh")) == (21, "silent")


@pytest.mark.parametrize("rows", [0, 60, 150])
@pytest.mark.parametrize("ketone", ["", "METOPON 5-metylomorfinan-6-on "])
def test_a_list_in_running_text_has_one_label_however_long_it_is(read, rows, ketone):
    law = "Ustawa o zmianie ustawy o przeciwdziałaniu narkomanii"
    opens = (
        "1) w załączniku nr 1 do ustawy część 1 „Środki odurzające grupy II-N” otrzymuje brzmienie: „ 1."
        " Środki odurzające grupy II-N Nazwy "
    )
    names = "".join(f"ALFAMETADOL{n} kwas {n}-dimetyloamino-4-heptanowy " for n in range(rows))
    last = f"HEROINA {ketone}MITRAGYNA SPECIOSA - rośliny żywe, susz, nasiona MORFINA kwas solny"
    found = read(f"<h1>{law}</h1><h2>Art. 1</h2><p>{opens}{names}{last}</p>")
    assert (said(found), found["schedule"]) == ("listed", "Grupa II-N")


ELSEWHERE = [
    "In Peru, kratom is listed in Schedule 3 of the law on poisons, and it is a controlled drug there.",
    "Malaysia controls kratom as a poison of Schedule 1.",
    "Kratom has been a controlled narcotic in Thailand for many years.",
    "In Ruritania, it is unlawful to sell or possess kratom.",
]


@pytest.mark.parametrize("words", ELSEWHERE)
def test_what_a_report_tells_of_another_country_lists_nothing(read, words):
    found = read(
        f"<h1>Study of herbs</h1><p>The office was asked what others do.</p><p>{words}</p>"
    )
    assert said(found) == "mentioned"
    assert (found["schedule"], found["prohibitions"]) == (None, [])


@pytest.mark.parametrize("place", ["Wisconsin", "New Zealand"])
def test_what_an_office_tells_of_its_own_country_is_told_of_here(read, place):
    words = f"In {place}, kratom is a controlled drug of Schedule 1."
    assert said(read(f"<h1>{place} Office of Drug Control</h1><p>{words}</p>")) == "listed"


@pytest.mark.parametrize(
    ("heading", "opens"),
    [
        ("Annex 4. Plants under observation", "These drugs are looked at again each year:"),
        ("Annex. Watch list of drugs", "These substances may be looked at by the members:"),
        ("Annex 1. Drugs", "The working group keeps these narcotic drugs under surveillance:"),
        ("Annex 1. Drugs", "The committee does not recommend control of these narcotic drugs:"),
    ],
)
def test_what_is_only_watched_is_not_controlled(read, heading, opens):
    items = "<ul><li>Khat</li><li>Kratom</li><li>Salvia</li></ul>"
    found = read(f"<h1>Report on narcotics</h1><h2>{heading}</h2><p>{opens}</p>{items}")
    assert (said(found), found["schedule"]) == ("mentioned", None)


@pytest.mark.parametrize(
    "opens",
    [
        "<h1>Vládní návrh</h1><p>ZÁKON</p>",
        "<h1>Vládny návrh</h1><p>Zákon</p>",
        "<p>Read a first time, and ordered to be printed</p><h1>Poisons Bill</h1>",
        "<h1>Poisons (Plants) Amendment Bill 2026</h1>",
        "<p>Member's Bill</p><h1>Poisons (Plants)</h1>",
        "<h1>Poisons (Plants)</h1><p>A Bill for an Act to amend the law on poisons</p>",
        "<h1>Voorstel van wet</h1>",
        "<h1>Seaduse eelnõu</h1>",
        "<h1>Įstatymo projektas</h1>",
    ],
)
def test_a_bill_of_any_parliament_lists_nothing(read, opens):
    entries = "<h2>Annex I: narcotic drugs</h2><p>Heroin</p><p>Mitragynine</p><p>Mescaline</p>"
    assert said(read(f"{opens}{entries}"), "mitragynine") in {"mentioned", "silent"}
    assert said(read(f"<h1>Poisons Act</h1>{entries}"), "mitragynine") == "listed"


@pytest.mark.parametrize(
    "words",
    [
        "<p>Nothing in this title shall be read as exempting kratom from the sales tax.</p>",
        "<p>This relief shall not exempt or exclude kratom sellers from the duty to keep books.</p>",
        "<p>The grant of leave does not exclude kratom from the law on food.</p>",
        "<p>This chapter does not exempt any of the following:</p><p>(1) tea;</p><p>(2) kratom.</p>",
    ],
)
def test_an_exemption_that_is_denied_leaves_nothing_out(read, words):
    assert said(read(f"<h1>Trade Act</h1><h2>11. Other law.</h2>{words}")) == "mentioned"


@pytest.mark.parametrize(
    "words",
    [
        "It shall be unlawful for anyone to keep, hold, store or trade kratom in this town.",
        "No person may stock, swap or give away kratom.",
        "No person shall hold, use or sell any product that contains kratom within the county.",
    ],
)
def test_a_ban_may_name_its_acts_in_any_plain_words(read, words):
    page = f"{ACT}<p>(a) {words}</p><p>(b) A breach of this section is a misdemeanor.</p>"
    found = read(page)
    assert (said(found), duties(found)) == ("listed", {"penalties"})


@pytest.mark.parametrize(
    "words",
    [
        "No retailer shall hold or sell kratom unless it is registered.",
        "No person shall hold a kratom event in a park.",
        "It is unlawful to hold or give away kratom to a person under 18 years of age.",
    ],
)
def test_what_is_forbidden_in_part_bans_nothing(read, words):
    found = read(f"{ACT}<p>{words}</p>")
    assert (said(found), found["prohibitions"]) == ("mentioned", [])


@pytest.mark.parametrize(
    ("words", "lang"),
    [
        ("The chapter which you searched for could not be shown. Go back to the list of titles.", "en"),
        ("We could not find the page of the code, so it may exist no more. Tell us if you like.", "en"),
        ("Your session is over. Please log in again to see what you had on your screen before.", "en"),
        ("0 matches found. Try other words, or ask the clerk who keeps the books of the county.", "en"),
        ("La ley que solicitó no está disponible. Vuelva a la lista, o escriba a la biblioteca.", "es"),
        ("Le texte que vous recherchez n'existe plus. Retournez à la liste de tous les textes.", "fr"),
        ("Das gesuchte Gesetz wurde nicht gefunden. Gehen Sie zur Liste aller Gesetze zurück.", "de"),
        ("La legge richiesta non esiste. Si prega di tornare alla lista di tutte le leggi vigenti.", "it"),
        ("A lei solicitada não foi encontrada. Volte para a lista de todas as leis, por favor.", "pt"),
        ("Nie znaleziono dokumentów. Proszę wrócić do listy wszystkich aktów i szukać inaczej.", "pl"),
        ("Předpis, který hledáte, neexistuje. Vraťte se prosím na seznam všech předpisů státu.", "cs"),
    ],
)  # fmt: skip
def test_a_page_without_the_document_proves_nothing(read, words, lang):
    assert not read(f"<html lang={lang}><h1>Library</h1><p>{words}</p></html>")["readable"]


@pytest.mark.parametrize(
    "entries",
    [
        "INDEX\n\nBEES, 3-14\n\nBEETS, see FARMS\n\nCocaine, 12-7 to 12-9\n\nHeroin, see also POISONS\n",
        "INDEX\n\nHeroin, 12.7\n\nHONEY, 3.15\n\nHorses, see RACES\n\nHotels, 8.1 to 8.44\n",
        "INDEX\n\nOPIUM, see DRUGS\nOaths, 1-3\nOats, 9-12\nOffices, 2-1 to 2-60\n",
    ],
)
def test_an_index_by_words_is_no_list_of_drugs(read, entries):
    assert not read(entries, "a.txt")["readable"]


def test_drugs_with_their_numbers_are_a_list(read):
    names = (
        "Heroin, 561-27-3",
        "Cocaine, 50-36-2",
        "Morphine, 57-27-2",
        "Codeine, 76-57-3",
        "Opium, 8008-60-4",
    )
    assert read("Schedule I\n\n" + "\n\n".join(names), "a.txt")["readable"]


@pytest.mark.parametrize(
    "words",
    ["Showing 1 to 3 of 90 entries", "Page 1 of 7", "3 of 212 substances", "The list continues"],
)
def test_what_says_that_it_is_a_part_has_a_problem(read, words):
    items = "<ol><li>Heroin</li><li>Morphine</li><li>Opium</li></ol>"
    assert read(f"{LIST}{items}")["problems"] == []
    assert read(f"{LIST}{items}<p>{words}</p>")["problems"] != []


CONTENTS = [
    "Part 1 Trade in general",
    "12-3 No kratom may be sold to persons under 21",
    "12-4 Kratom products must be labeled",
]


@pytest.mark.parametrize("style", ["TOC1", "Verzeichnis2", "TM1"])
def test_a_table_of_contents_of_a_word_processor_lays_nothing_down(read, style):
    lines = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{line}</w:t></w:r></w:p>'
        for line in CONTENTS
    )
    last = "<w:p><w:r><w:t>A shop shall keep its books for three years.</w:t></w:r></w:p>"
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = f'<w:document xmlns:w="{space}"><w:body>{lines}{last}</w:body></w:document>'
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", body)
    found = read(packed.getvalue(), "a.docx")
    assert (found["minimum_age"], duties(found)) == (None, set())


@pytest.mark.parametrize("leaders", [" ........ {}", " . . . . . . . {}", ".............{}"])
def test_lines_that_lead_to_pages_lay_nothing_down(read, leaders):
    lines = [line + leaders.format(number) for number, line in enumerate(CONTENTS, 3)]
    found = read(write_pdf([["KRATOM ACT", *lines]]), "a.pdf")
    assert (found["minimum_age"], duties(found)) == (None, set())
    assert read(write_pdf([["KRATOM ACT", *(f"{line}." for line in CONTENTS)]]), "a.pdf")[
        "minimum_age"
    ]


@pytest.mark.parametrize(
    "words",
    [
        "The board shall examine how kratom is sold, and: whether a seller must be licensed; whether"
        " labels must be tested by laboratories; and an age of 21 years for those who buy it.",
        "The office is directed to study the need for a law by which kratom must be labeled and sold"
        " only to a person who is at least 21 years of age.",
        "The agency shall report on kratom: its sale to persons under 18 years of age; and the fine"
        " of $500 that a person must pay.",
    ],
)
def test_what_shall_be_studied_is_no_duty(read, words):
    found = read(f"<h1>Resolution 7</h1><p>{words}</p>")
    assert (found["minimum_age"], duties(found)) == (None, set())


@pytest.mark.parametrize(
    ("words", "banned"),
    [
        ("This part does not prevent a laboratory from making synthetic 7-hydroxymitragynine.", False),
        ("The law shall not be construed to forbid synthetic mitragynine in research.", False),
        ("No person may sell kratom with an alkaloid that is produced by synthesis.", True),
        ("A seller may not offer kratom of which any alkaloid was chemically modified.", True),
        ("No person may sell kratom that holds an alkaloid made by chemical synthesis, or its salt.", True),
        ("No person may sell kratom in bottles that were chemically altered.", False),
    ],
)  # fmt: skip
def test_a_ban_of_what_is_made_by_synthesis_is_one_and_its_denial_is_none(read, words, banned):
    assert ("synthetic_ban" in duties(read(f"{ACT}<p>{words}</p>"))) is banned


@pytest.mark.parametrize(
    "days",
    [
        "This act takes effect on January 1, 2131.",
        "This act expires on January 1, 2020.",
        "This act is repealed effective July 1, 2021.",
    ],
)
@pytest.mark.parametrize("form", ["html", "text", "pdf"])
def test_a_text_of_which_nothing_is_in_force_proves_no_silence(read, days, form):
    lines = [
        "House Bill 2291",
        "BE IT ENACTED BY THE LEGISLATURE OF THE STATE OF WASHINGTON:",
        "Sec. 1. No person may sell kratom without a license of the board.",
        "Sec. 2. The board adopts rules for licenses.",
        f"Sec. 3. {days}",
    ]
    body = "".join(f"<p>{line}</p>" for line in lines)
    if form == "text":
        body = "\n\n".join(lines)
    name = {"html": "a.html", "text": "a.txt", "pdf": "a.pdf"}[form]
    found = read(write_pdf([lines]) if form == "pdf" else body, name)
    assert said(found) == "silent"
    assert not found["readable"]


TITLE = (
    "An act relating to kratom; amending s. 500.92, F.S.; providing that it is unlawful to sell"
    " kratom; requiring labels on kratom and registration of each seller; providing penalties."
)
SOLD = "Section 1. A person may not sell a kratom product to a person under 21 years of age."


@pytest.mark.parametrize("form", ["html", "text", "pdf"])
@pytest.mark.parametrize(
    "enacts",
    [
        "Be It Enacted by the Legislature of the State of Florida:",
        "THEREFORE BE IT ORDAINED by the city council:",
        "The people of the State of California do enact as follows:",
    ],
)
def test_the_long_title_of_an_act_lays_nothing_down(read, enacts, form):
    lines = ["A bill to be entitled", TITLE, enacts, SOLD]
    body = "".join(f"<p>{line}</p>" for line in lines) if form == "html" else "\n\n".join(lines)
    name = {"html": "a.html", "text": "a.txt", "pdf": "a.pdf"}[form]
    found = read(write_pdf([lines]) if form == "pdf" else body, name)
    assert said(found) == "mentioned"
    assert (found["minimum_age"], duties(found), found["prohibitions"]) == (21, set(), [])


@pytest.mark.parametrize("end", ["deleted text end ", "deleted text end"])
@pytest.mark.parametrize("name", ["a.html", "a.txt"])
def test_marks_of_deleted_text_that_are_glued_to_words_are_seen(read, end, name):
    words = (
        f"No person may sell kratomdeleted text begin tea{end}new text begin  to a person under"
        f" 21new text end years of age or todeleted text begin {end} others."
    )
    found = read(f"<h1>Act</h1><p>{words}</p>" if name == "a.html" else words, name)
    assert (found["minimum_age"], found["readable"]) == (21, True)


@pytest.mark.parametrize(
    ("words", "age"),
    [
        ("It is a felony to sell kratom, of class A if the offense involved its sale to a minor.", None),
        ("Who sells kratom has a fine of $50, or of $90 where the violation involves a minor.", None),
        ("It is a felony to sell kratom to a minor.", 18),
    ],
)  # fmt: skip
def test_what_makes_an_offense_worse_is_no_age_of_sale(read, words, age):
    found = read(f"{ACT}<p>{words}</p>")["minimum_age"]
    assert found == age


@pytest.mark.parametrize(
    ("words", "duty"),
    [
        ("A person who possesses a drug that is synthetic mitragynine is guilty of a felony.", False),
        ("A convicted seller whose offense is not related to synthetic mitragynine pays $5.", False),
        ("A person who sells what contains synthetic mitragynine is guilty of a felony.", True),
    ],
)  # fmt: skip
def test_a_ban_for_all_is_no_duty_of_those_who_sell(read, words, duty):
    assert ("synthetic_ban" in duties(read(f"{ACT}<p>{words}</p>"))) is duty


@pytest.mark.parametrize(
    ("words", "context"),
    [
        ("“Eligible property” does not include: (a) tobacco; (b) kratom or kratom extract.", "defined"),
        ("“Prepared food” means a meal, and does not include kratom.", "defined"),
        ("“Controlled substance” means an opiate, and does not include kratom.", "excluded"),
        ("The sale of drugs is banned, except: (a) at a shop that must place kratom apart.", "mentioned"),
        ("A club may sell controlled drugs, excluding kratom, for on-premises consumption.", "mentioned"),
    ],
)  # fmt: skip
def test_what_is_left_out_of_another_matter_is_left_out_of_no_list(read, words, context):
    assert said(read(f"<h1>Tax Act</h1><p>{words}</p>")) == context


@pytest.mark.parametrize(
    "lead",
    [
        "Every retailer shall report to the department, on its forms, the:",
        "A license fee is required of retailers at the rate of:",
        "The certificate must state for each lot the:",
    ],
)
def test_items_of_another_rule_beside_drugs_are_no_list_of_drugs(read, lead):
    drugs = "".join(f"<p>({n}) Total {name};</p>" for n, name in enumerate(["heroin", "LSD"], 1))
    body = (
        f"<h1>Revenue</h1><p>Controlled drugs.</p><p>{lead}</p>{drugs}<p>(3) Total mitragynine;</p>"
    )
    assert said(read(body), "mitragynine") != "listed"


@pytest.mark.parametrize("tag", ["p", "div", "td"])
@pytest.mark.parametrize(
    "words", ["This version is effective January 1, 2131.", "[Effective until January 1, 2020]"]
)
def test_days_above_the_first_heading_are_those_of_the_page(read, words, tag):
    table = ("<table><tr>", "</tr></table>") if tag == "td" else ("", "")
    mark = f"{table[0]}<{tag}>{words}</{tag}>{table[1]}"
    found = read(f"{mark}<h1>9-4. Kratom products</h1><p>{SOLD}</p><p>Nothing else.</p>")
    assert (found["minimum_age"], found["readable"]) == (None, False)
