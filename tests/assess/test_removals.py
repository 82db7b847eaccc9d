"""What is taken out of a list, or denied, lists nothing; what stands beside it goes on speaking."""
# ruff: noqa: E501  (a sentence of law is quoted whole, in its own script)

import pytest

DE = ("Anlage I", "Betäubungsmittel")
SV = ("Bilaga 1", "Förteckning över narkotika")
CS = ("Příloha č. 4", "Seznam psychotropních látek")
TH = ("ยาเสพติดให้โทษในประเภท ๕", "ยาเสพติดให้โทษ")


def contexts(finding):
    return [str(mention.context) for mention in finding.mentions]


def test_a_list_that_is_opened_by_a_removal_lists_nothing_and_the_next_one_lists(read):
    finding = read(
        "The following are removed from Schedule I of the controlled substances:",
        "(a) mitragynine",
        "(b) kratom",
        "The following are added to Schedule I:",
        "(a) 7-hydroxymitragynine",
    )
    assert contexts(finding) == ["mentioned", "mentioned", "listed"]
    assert finding.mentions[0].place.rule == "removal"


def test_each_list_of_an_amending_act_has_its_own_verb(read):
    opening = "Anlage I des Betäubungsmittelgesetzes wird wie folgt geändert:"
    out, put = (
        "a) Folgende Positionen werden gestrichen:",
        "b) Folgende Positionen werden eingefügt:",
    )
    added = read(opening, out, "aa) Heroin", put, "aa) Mitragynin")
    taken = read(opening, out, "aa) Mitragynin", put, "aa) Heroin")
    assert contexts(added) == ["listed"]
    assert contexts(taken) == ["mentioned"]


def test_a_heading_that_takes_out_speaks_for_what_stands_under_it(read):
    headings = ("Anlage I Betäubungsmittel", "Folgende Positionen werden gestrichen:")
    assert contexts(read((headings, "a) Mitragynin"))) == ["mentioned"]


def test_the_nearer_verb_is_said_of_a_name(read):
    finding = read(
        "In Anlage I des Betäubungsmittelgesetzes wird die Position „Heroin“ gestrichen und die Position „Mitragynin“ eingefügt."
    )
    assert contexts(finding) == ["listed"]


@pytest.mark.parametrize(
    ("headings", "words"),
    [
        (DE, ("Mitragynin und seine Salze, soweit sie nicht in Anlage II aufgeführt sind",)),
        (CS, ("Mitragynin a jeho soli, pokud nejsou uvedeny v jiné příloze",)),
        (CS, ("Látky, které nejsou zařazeny v jiné příloze:", "Mitragynin")),
        (CS, ("Mitragynin, z něhož byly odstraněny soli",)),
        (SV, ("Mitragynin, såvida det inte är upptaget i bilaga 2",)),
        (SV, ("Heroin utgår ur förteckningen.", "Mitragynin")),
        (
            TH,
            (
                "ให้ยกเลิกความในบัญชียาเสพติดให้โทษในประเภท ๕ และให้ใช้ความต่อไปนี้แทน",
                "(๔) พืชกระท่อม",
            ),
        ),
        ((), ("Kratom, som inte är ett läkemedel, ska anses som narkotika.",)),
        (
            ("Anexo I", "Substâncias psicotrópicas"),
            ("Mitragyna speciosa (excluída a semente)",),
        ),
    ],
)
def test_a_condition_or_a_word_on_something_else_takes_nothing_out(read, headings, words):
    assert contexts(read(*((headings, text) for text in words))) == ["listed"]


@pytest.mark.parametrize(
    "words",
    [
        "Kratom optages ikke på bilag 1, liste B.",
        "Kratomia ei pidetä huumausaineena.",
        "Kratomu nie uznaje się za substancję psychotropową.",
        "Kratom není zařazen mezi psychotropní látky.",
        "Kratom nie je zaradený medzi psychotropné látky.",
        "A kratom nem kábítószer.",
        "Kratomul nu este inclus în Tabelul I al substanțelor stupefiante.",
        "Kratomas nėra įrašytas į narkotinių medžiagų sąrašą.",
        "Kratom ei ole narkootiline aine.",
        "Kratom uyuşturucu madde değildir.",
        "Ketum adalah bukan dadah.",
        "Kratom không được xếp vào Danh mục I các chất ma túy.",
        "クラトムは麻薬に指定されていない。",
        "크라톰은 마약류로 지정되지 않는다.",
        "卡痛未列為第三級毒品。",
        "มิให้ถือว่าพืชกระท่อมเป็นยาเสพติดให้โทษ",
        "Kratom wird nicht in Anlage I des Betäubungsmittelgesetzes aufgenommen.",
        "Le kratom n'est plus classé comme stupéfiant.",
        "El kratom no está incluido en la lista de estupefacientes.",
        "Кратом не включен в Перечень наркотических средств.",
        "ให้ยกเลิกความใน (๕) พืชกระท่อม ของบัญชียาเสพติดให้โทษในประเภท ๕",
        "Jos kratom on huumausaine, sitä ei saa myydä.",
        "Mitragynin föreslås förklaras vara narkotika.",
    ],
)
def test_what_is_denied_asked_or_only_proposed_is_not_listed(read, words):
    assert set(contexts(read(words))) == {"mentioned"}


@pytest.mark.parametrize(
    "words",
    [
        "Mitraginin, a Mitragyna speciosa levelének kivételével",
        "Mitragyniini, Mitragyna speciosa -kasvin lehtiä lukuun ottamatta",
        "Mitragynine, except the leaf of Mitragyna speciosa",
    ],
)
def test_the_order_of_an_exception_does_not_silence_the_alkaloid(read, words):
    finding = read((("Schedule I", "Controlled substances"), words))
    assert contexts(finding) == ["listed", "excluded"]


def test_not_and_a_verb_is_no_exception(read):
    assert read("Es ist jedoch nicht erlaubt, Kratom zu verkaufen.").says("leaf") == "named"


def test_a_mark_behind_one_entry_does_not_silence_the_next(read):
    assert contexts(read((DE, "Heroin (gestrichen), Mitragynin"))) == ["listed"]
    assert contexts(read((DE, "Kratom (gestrichen), Mitragyna speciosa"))) == ["repealed"] * 2
    finding = read((DE, "Kratom (gestrichen), 7-Hydroxymitragynin"))
    assert contexts(finding) == ["repealed", "listed"]
