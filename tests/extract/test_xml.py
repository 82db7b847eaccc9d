from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest

from regstatus.base.errors import ReadingError
from regstatus.extract import extract
from regstatus.model.words import Format


def read(xml, **more):
    return extract(f"<?xml version='1.0' encoding='utf-8'?>{xml}".encode(), **more)


def body_of(text):
    return [p for p in text.passages if p.kind != "heading"]


def test_the_federal_code():
    text = read(
        "<DIV5 N='1308' TYPE='PART' hierarchy_metadata='{&amp;quot;path&amp;quot;:1}'>"
        "<HEAD>PART 1308—SCHEDULES</HEAD><AUTH><HED>Authority:</HED><PSPACE>21 U.S.C. 811.</PSPACE></AUTH>"
        "<DIV8 N='1308.11' TYPE='SECTION'><HEAD>§ 1308.11 Schedule I.</HEAD>"
        "<P>(d) <I>Hallucinogens.</I> Any material:</P><DIV><TABLE><TR><TD>(1) Kra<I>tom</I></TD><TD>"
        "7200</TD></TR></TABLE></DIV>"
        "<CITA>[39 FR 22141; kratom]</CITA></DIV8></DIV5>"
    )
    assert text.title == "PART 1308—SCHEDULES"
    _, note, first, row, cita = body_of(text)
    assert row.text == "(1) Kratom | 7200"
    assert row.headings == ("PART 1308—SCHEDULES", "§ 1308.11 Schedule I.")
    assert (first.anchor, note.kind, cita.kind) == ("1308.11(d)", "note", "note")


def test_the_printed_federal_code():
    text = read(
        "<CFRGRANULE><FDSYS><TITLE>X</TITLE></FDSYS><PART><HD SOURCE='HED'>PART 1308</HD>"
        "<CONTENTS><SECTNO>1308.11</SECTNO><SUBJECT>Schedule I.</SUBJECT></CONTENTS>"
        "<SECTION><SECTNO>§ 1308.11</SECTNO><SUBJECT>Schedule I.</SUBJECT><P>(a) <E T='03'>Opium.</E> "
        "is listed</P>"
        "</SECTION></PART></CFRGRANULE>"
    )
    (entry,) = body_of(text)
    assert entry.headings == ("PART 1308", "§ 1308.11 Schedule I.")
    assert entry.anchor == "1308.11(a)"


def test_the_statute_book_of_the_united_kingdom():
    text = read(
        "<Legislation xmlns='http://www.legislation.gov.uk/namespaces/legislation' "
        "RestrictStartDate='2016-05-26'>"
        "<ukm:Metadata xmlns:ukm='m' xmlns:dc='d'><dc:title>Psychoactive Substances Act 2016</dc:title>"
        "</ukm:Metadata>"
        "<Primary><Body><P1group><Title>Supply</Title><P1 id='section-5'><Pnumber>5</Pnumber><P1para>"
        "<P2 id='section-5-1'><Pnumber>1</Pnumber><P2para><Text>A person commits an offence if—</Text>"
        "<P3 id='section-5-1-a'><Pnumber>a</Pnumber><P3para><Text>the <Emphasis>sub</Emphasis>stance "
        "is supplied</Text></P3para></P3>"
        "</P2para></P2></P1para></P1></P1group>"
        "<P1group Status='Prospective'><Title>Later</Title><P1><P1para><Text>Not yet.</Text></P1para>"
        "</P1></P1group>"
        "<P1group RestrictStartDate='2020-01-01' RestrictEndDate='2021-01-01'><Title>Old</Title><P1para>"
        "<Text>Was so.</Text></P1para></P1group>"
        "</Body><Schedules><Schedule><Number>SCHEDULE 1</Number><TitleBlock><Title>Exempted</Title>"
        "</TitleBlock>"
        "<ScheduleBody><P><Text>Caffeine</Text></P></ScheduleBody></Schedule></Schedules></Primary>"
        "<Commentaries><Commentary><Para><Text>Kratom note</Text></Para></Commentary></Commentaries>"
        "</Legislation>"
    )
    assert text.title == "Psychoactive Substances Act 2016"
    by_text = {p.text: p for p in text.passages}
    assert by_text["5 (1) A person commits an offence if—"].headings == ("Supply",)
    assert by_text["(a) the substance is supplied"].anchor == "section-5-1-a"
    assert by_text["(a) the substance is supplied"].valid_from == date(2016, 5, 26)
    assert by_text["Not yet."].repealed
    assert not by_text["Caffeine"].repealed
    assert (by_text["Was so."].valid_from, by_text["Was so."].valid_until) == (
        date(2020, 1, 1),
        date(2021, 1, 1),
    )
    assert by_text["Caffeine"].headings == ("SCHEDULE 1 Exempted",)
    assert by_text["Kratom note"].kind == "note"


def test_akoma_ntoso():
    text = read(
        "<akomaNtoso xmlns='http://docs.oasis-open.org/legaldocml/ns/akn/3.0'><act><meta><identification>"
        "<FRBRExpression><FRBRlanguage language='deu'/></FRBRExpression></identification></meta>"
        "<body><article eId='art_1'><num><b>Art. 1</b></num><heading>Verbot</heading>"
        "<paragraph eId='art_1/para_1'><num>1</num><content><p>Kratom<authorialNote><p>SR 812.121 ist "
        "gemeint</p></authorialNote> ist verboten.</p></content></paragraph>"
        "</article><article eId='art_2'><num>Art. 2</num><content><p>Anderes gilt.</p></content>"
        "</article></body></act></akomaNtoso>"
    )
    assert text.language == "de"
    banned, note, other = body_of(text)
    assert banned.text == "1 Kratom ist verboten."
    assert banned.headings == ("Art. 1 Verbot",)
    assert (note.text, note.kind) == ("SR 812.121 ist gemeint", "note")
    assert other.text == "Art. 2 Anderes gilt."


def test_german_laws_and_their_annexes():
    text = read(
        "<!DOCTYPE dokumente SYSTEM 'http://www.gesetze-im-internet.de/dtd/1.01/gii-norm.dtd'>"
        "<dokumente><norm><metadaten><langue>Gesetz &uuml;ber Stoffe</langue></metadaten></norm>"
        "<norm><metadaten><enbez>§ 1</enbez><titel>Stoffe</titel></metadaten><textdaten><text><Content>"
        "<P>(1) Verboten ist <DL><DT>1.</DT><DD><LA>Opium,</LA></DD><DT>2.</DT><DD><LA>Kratom.</LA>"
        "</DD></DL></P>"
        "</Content></text></textdaten></norm><norm><metadaten><enbez>Anlage I</enbez><titel>(zu § "
        "1)<BR/>(Stoffe)</titel></metadaten>"
        "<textdaten><text><Content><table><tgroup cols='3'><tbody><row><entry nameend='col2' namest='col1'>"
        "<B>Mitragynin</B></entry>"
        "<entry>-</entry><entry>(<I>R</I>)-Methyl</entry></row></tbody></tgroup></table></Content>"
        "</text></textdaten></norm></dokumente>"
    )
    assert text.title == "Gesetz über Stoffe"
    by_text = {p.text: p for p in text.passages}
    assert by_text["2. Kratom."].headings == ("§ 1 Stoffe",)
    assert by_text["2. Kratom."].anchor == "§ 1(1)(2)"
    row = by_text["Mitragynin | | - | (R)-Methyl"]
    assert (row.kind, row.headings) == ("row", ("Anlage I (zu § 1) (Stoffe)",))


def test_canadian_schedules_and_what_is_not_in_force():
    text = read(
        "<Statute xml:lang='en' in-force='yes'><Identification><ShortTitle>Drugs Act</ShortTitle>"
        "</Identification>"
        "<Body><Heading level='1'><TitleText>Scope</TitleText></Heading><Section><MarginalNote>"
        "Definitions</MarginalNote>"
        "<Label>2</Label><Subsection><Label>(1)</Label><Text>In this Act,</Text></Subsection></Section></Body>"
        "<Schedule><ScheduleFormHeading><Label>SCHEDULE I</Label><OriginatingRef>(Section 2)</OriginatingRef>"
        "</ScheduleFormHeading>"
        "<List><Item><Label>1</Label><Text>Opi\u00adum</Text><List><Item><Label>(1)</Label><Text>"
        "3\u20116\u2013diol</Text></Item></List></Item></List></Schedule>"
        "<Schedule id='NifProvs'><ScheduleFormHeading><TitleText>AMENDMENTS NOT IN FORCE</TitleText>"
        "</ScheduleFormHeading>"
        "<BillPiece><Text>Kratom is added.</Text></BillPiece></Schedule></Statute>"
    )
    by_text = {p.text: p for p in text.passages}
    assert by_text["2 (1) In this Act,"].headings == ("Scope", "Definitions")
    assert by_text["1 Opium"].headings == ("SCHEDULE I (Section 2)",)
    assert "(1) 3-6-diol" in by_text
    assert by_text["Kratom is added."].repealed
    assert (text.title, text.language, text.repealed) == ("Drugs Act", "en", False)


def test_finnish_annexes():
    text = read(
        "<v:Laki xmlns:v='v' xmlns:s='s' xmlns:m='m' m:kieliKoodi='fi'><v:Nimeke><m:NimekeTeksti>Asetus "
        "aineista</m:NimekeTeksti></v:Nimeke>"
        "<s:Pykala><s:PykalaTunnusKooste>1 §</s:PykalaTunnusKooste><s:MomenttiKooste>Kielletyt aineet "
        "ovat liitteessä.</s:MomenttiKooste></s:Pykala>"
        "<s:Liite><s:KappaleKooste><s:KursiiviTeksti>Liite </s:KursiiviTeksti></s:KappaleKooste>"
        "<s:KappaleKooste>Kratom (<s:KursiiviTeksti>Mitragyna Speciosa)</s:KursiiviTeksti></s:KappaleKooste>"
        "</s:Liite></v:Laki>"
    )
    entry = next(p for p in text.passages if "Kratom" in p.text)
    assert entry.text == "Kratom (Mitragyna Speciosa)"
    assert entry.headings == ("Liite",)
    assert text.language == "fi"


def test_danish_dutch_and_district_forms():
    danish = read(
        "<Dokument><Meta><Status>Historic</Status></Meta><Kapitel><Explicatus>Kapitel 1</Explicatus>"
        "<Rubrica><Char>Stoffer</Char></Rubrica>"
        "<Paragraf><Explicatus>§ 1.</Explicatus><Stk><Exitus><Linea><Char>Kratom er forbudt.</Char>"
        "</Linea></Exitus></Stk></Paragraf></Kapitel></Dokument>"
    )
    (entry,) = body_of(danish)
    assert (entry.text, entry.headings) == (
        "§ 1. Kratom er forbudt.",
        ("Kapitel 1 Stoffer", "§ 1. Kratom er forbudt."),
    )
    assert danish.repealed
    dutch = read(
        "<toestand><artikel status='goed'><kop><label>Artikel</label><nr>1</nr></kop><lid><lidnr>"
        "1</lidnr><al>Kratom.</al></lid>"
        "<meta-data><jcis>kratom</jcis></meta-data></artikel><artikel status='vervallen'><kop><label>"
        "Artikel</label><nr>2</nr></kop><al>Weg.</al></artikel></toestand>"
    )
    first, second = body_of(dutch)
    assert (first.text, first.headings, first.repealed) == ("1 Kratom.", ("Artikel 1",), False)
    assert second.repealed
    district = read(
        "<section xmlns='https://code.dccouncil.us/schemas/dc-library'><num>48-902.04</num><heading>"
        "Schedule I.</heading>"
        "<para><num>(3)</num><text>Any:</text><para><num>(A)</num><text>LSD;</text></para></para>"
        "<annotations><annotation type='History'>Kratom was added for 90 days.</annotation></annotations>"
        "</section>"
    )
    _, lsd, history = body_of(district)
    assert (lsd.text, lsd.anchor, history.kind) == ("(A) LSD;", "48-902.04(3)(A)", "note")


@pytest.mark.parametrize(
    "xml",
    [
        "<act stage='repealed'><body><prov><text>Kratom.</text></prov></body></act>",
        "<Norma derogado='derogado'><Texto>Kratom.</Texto></Norma>",
        "<Statute in-force='no'><Text>Kratom.</Text></Statute>",
        "<Legislation Status='Repealed'><Text>Kratom.</Text></Legislation>",
    ],
)
def test_a_law_that_its_publisher_marks_as_gone_is_gone(xml):
    assert read(xml).repealed


def test_austrian_documents_end_on_their_day():
    text = read(
        "<risdok xmlns='http://www.bka.gv.at'><nutzdaten><abschnitt><kzinhalt><absatz>Bundesrecht</absatz>"
        "</kzinhalt>"
        "<ueberschrift typ='titel'>Kurztitel</ueberschrift><absatz typ='erltext' ct='kurztitel'>"
        "Stoffverordnung</absatz>"
        "<ueberschrift typ='titel'>Außerkrafttretensdatum</ueberschrift><absatz typ='erltext' ct='akra'>"
        "14.10.1994</absatz>"
        "<ueberschrift typ='titel'>Text</ueberschrift><absatz typ='abs' ct='text'><gldsym>§ 1.</gldsym> "
        "Kratom.</absatz>"
        "</abschnitt></nutzdaten></risdok>"
    )
    entry = next(p for p in text.passages if "Kratom" in p.text)
    assert entry.in_force(date(1994, 10, 14))
    assert not entry.in_force(date(1994, 10, 15))
    assert entry.headings == ("Stoffverordnung", "§ 1. Kratom.")


def test_markup_in_a_section_of_characters_is_read():
    text = read(
        "<oigusakt><HTMLKonteiner><![CDATA[<p><b>1)</b> 7-hüdroksü<i>mitragüniin</i></p><p>2) tee</p>"
        "]]></HTMLKonteiner></oigusakt>"
    )
    assert [p.text for p in text.passages] == ["1) 7-hüdroksümitragüniin", "2) tee"]


def test_documents_of_a_word_processor():
    w = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'"
    document = (
        f"<w:document {w}><w:body><w:p><w:pPr><w:pStyle w:val='Heading1'/></w:pPr><w:r><w:t>Schedule "
        f"I</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>Kra</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>tom</w:t></w:r><w:del><w:r>"
        "<w:delText>x</w:delText></w:r></w:del>"
        "<w:r><w:rPr><w:strike/></w:rPr><w:t> heroin</w:t></w:r></w:p>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>b</w:t></w:r>"
        "</w:p></w:tc></w:tr></w:tbl></w:body></w:document>"
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", f"<?xml version='1.0'?>{document}")
    text = extract(file.getvalue())
    assert [p.text for p in text.passages] == ["Schedule I", "Kratom", "a | b"]
    assert text.passages[1].headings == ("Schedule I",)


def test_an_archive_with_one_law_is_opened():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(
            "BJNR.xml",
            "<dokumente><norm><text><Content><P>Kratom.</P></Content></text></norm></dokumente>",
        )
        archive.writestr("picture.jpg", b"x" * 5000)
    assert extract(file.getvalue(), name="xml.zip").passages[0].text == "Kratom."


def test_an_archive_that_unpacks_without_end_is_refused():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xml", "<a>" + " " * (65 * 1024 * 1024))
    with pytest.raises(ReadingError, match="larger than 64 MB"):
        extract(file.getvalue())


def test_entities_are_never_expanded_or_loaded(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("kratom-secret")
    text = read(
        f"<!DOCTYPE a [<!ENTITY x SYSTEM 'file://{secret}'><!ENTITY y 'kratom-y'>]><a><p>one &x; &y; "
        f"&eacute; two</p></a>"
    )
    assert "secret" not in str(text)
    assert "kratom-y" not in str(text)
    assert text.passages[0].text == "one é two"


def test_damaged_xml_is_an_error_where_mending_would_lose_words():
    with pytest.raises(ReadingError, match="damaged"):
        read("<a><p>Heroin</p></b>" + "<p>Kratom and much more text</p>" * 20, format=Format.XML)


def test_xml_that_nests_without_end_is_an_error():
    with pytest.raises(ReadingError):
        read("<a>" * 100_000 + "kratom")


@pytest.mark.parametrize(
    "table",
    [
        "<table><tr><td><title>Name</title></td><td>Kratom</td></tr></table>",
        "<tgroup><row><entry><heading>Name</heading></entry><entry>Kratom</entry></row></tgroup>",
        "<TABLE><TR><TH><HD>Name</HD></TH></TR><TR><TD>Kratom</TD></TR></TABLE>",
    ],
)
def test_a_heading_in_a_table_does_not_run_all_that_follows_into_one(table):
    text = read(f"<a><p>One.</p>{table}<p>Two.</p><heading>PART 2</heading><p>Three.</p></a>")
    told = [(p.text, p.headings) for p in text.passages if p.text in {"Two.", "Three."}]
    assert told == [("Two.", ()), ("Three.", ("PART 2",))]


@pytest.mark.parametrize(
    ("marks", "in_force"),
    [
        ("status='proposed'", False),
        ("status='Draft'", False),
        ("status='repealed'", False),
        ("inForce='false'", False),
        ("start='2031-01-01'", False),
        ("start='2008-01-01' end='2014-05-31'", False),
        ("status='current'", True),
        ("inForce='true'", True),
        ("start='2008-01-01'", True),
        ("start='#e1' end='#e2'", True),
    ],
)
def test_an_entry_speaks_only_while_its_own_marks_say_that_it_is_in_force(marks, in_force):
    text = read(
        f"<act><list><item>Heroin</item><item {marks}>Kratom</item><item>LSD</item></list></act>"
    )
    spoken = [p.text for p in text.passages if p.in_force(date(2026, 11, 22))]
    assert ("Kratom" in spoken) is in_force
    assert {"Heroin", "LSD"} <= {*spoken}


@pytest.mark.parametrize("end", ["", "</list>", "</list></act", "</list><!-- more -->"])
def test_an_act_whose_end_is_missing_is_damaged_however_little_it_is(end):
    entries = "".join(f"<item>Substance {number}</item>" for number in range(60))
    with pytest.raises(ReadingError, match="damaged"):
        read(f"<act><list>{entries}{end}")


@pytest.mark.parametrize("part", ["title", "Titel", "headline"])
def test_a_title_that_holds_chapters_is_a_part_of_the_law_and_no_heading(part):
    body = (
        f"<act><body><{part}><num>11</num><heading>Criminal law</heading><chapter><num>71</num>"
        "<heading>Controlled substances</heading><p>(1) Heroin;</p><p>(2) Mescaline.</p></chapter>"
        f"</{part}></body></act>"
    )
    passages = extract(body.encode(), name="law.xml").passages
    assert [p.text for p in passages if p.kind != "heading"] == ["(1) Heroin;", "(2) Mescaline."]
    assert "Controlled substances" in passages[-1].headings[-1]


@pytest.mark.parametrize(
    "title",
    [
        "<title><num>TITRE III</num><heading>Plantes</heading>{}</title>",
        "<title><enum>III</enum><header>Plants</header>{}</title>",
        "<title><num>Parte III</num>{}</title>",
    ],
)
def test_a_title_whose_articles_have_but_a_number_is_a_part_of_the_law(title):
    said = "Il est interdit de vendre du kratom."
    article = f"<article><num>Art. 8</num><content><p>{said}</p></content></article>"
    last = read(f"<act><body>{title.format(article)}</body></act>").passages[-1]
    assert (last.kind, last.text[-len(said) :]) == ("paragraph", said)


GONE_PARTS = [
    "<title status='repealed'><num>TITLE I—</num><heading>[Repealed]</heading><p>Kava is banned.</p></title>",
    "<title><num>TITLE I—</num><heading>[REVOKED]</heading></title>",
    "<title><num>TITLE I—</num><heading>[RESERVED]</heading></title>",
    "<section><catchline>Repealed.</catchline></section>",
    "<section><title>Expired</title><para>It ended in 2004.</para></section>",
]


@pytest.mark.parametrize("gone", GONE_PARTS)
@pytest.mark.parametrize("first", [True, False])
def test_a_part_that_is_gone_says_nothing_of_the_part_beside_it(gone, first):
    tag = "section" if gone.startswith("<section") else "title"
    lives = f"<{tag}><heading>Lists</heading><p>Kratom is banned.</p></{tag}>"
    text = read(f"<code><main>{gone + lives if first else lives + gone}</main></code>")
    (kratom,) = [one for one in text.passages if "Kratom" in one.text]
    assert (text.repealed, text.problems, kratom.repealed) == (False, (), False)
    assert kratom.headings == ("Lists",)
