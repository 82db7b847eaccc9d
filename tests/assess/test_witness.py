"""A name anywhere in a body of which silence is expected is seen, and what only looks like one is not."""

import io
import json
import zipfile
import zlib
from datetime import UTC, date, datetime

import pytest

from regstatus.assess import assess
from regstatus.assess.lexicon import find_terms
from regstatus.assess.witness import unexplained
from regstatus.extract import extract
from regstatus.model.document import Document
from regstatus.model.text import Page, Text
from regstatus.model.words import Format, Outcome
from regstatus.pipeline.page_reader.read_page import read_page
from tests.assess.test_languages import EXAMPLES, _texts
from tests.assess.test_lexicon import WHOLE
from tests.decide.test_only_people_soften import LIST, clock, hosts, texas, world
from tests.pipeline.test_update import schedule
from tools.make_example_pdfs import make_pdf

__all__ = ["hosts", "world"]

DAY = date(2026, 11, 22)
DRUGS = ("Cathinone", "Heroin", "Ibogaine", "Mescaline", "Peyote", "Psilocybin", "Bufotenine")
OPENS = "The following substances are included in this schedule:"
KEEPS = "The board keeps this schedule and publishes it once in each year. "
NAMES = ("kratom", "mitragynine", "Mitragyna speciosa", "7-hydroxymitragynine")


def html(*more, entry="", head=""):
    rows = [*DRUGS, *([entry] if entry else [])]
    listed = "".join(f"<p>({number}) {name};</p>" for number, name in enumerate(rows, 1))
    return (
        f"<!doctype html><html lang=en><head><title>Schedule I</title>{head}</head><body>"
        f"<h1>Schedule I</h1><p>{OPENS}</p>{listed}<p>{KEEPS * 8}</p>{''.join(more)}</body></html>"
    ).encode()


def in_json(more):
    text = f"{OPENS} {'; '.join(DRUGS)}. {KEEPS * 8}"
    return json.dumps({"title": "Schedule I", "text": text} | more).encode()


def in_xml(more):
    rows = "".join(f"<p>({number}) {name}</p>" for number, name in enumerate(DRUGS, 1))
    return f"<?xml version='1.0'?><law><p>{OPENS}</p>{rows}<p>{KEEPS * 8}</p>{more}</law>".encode()


def in_rtf(more):
    rows = "".join(rf"({number}) {name}\par " for number, name in enumerate(DRUGS, 1))
    return rf"{{\rtf1\ansi\ansicpg1252 {OPENS}\par {rows}{KEEPS * 8}\par {more}}}".encode()


def in_word(runs="", **files):
    def paragraph(words):
        return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"

    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = "".join(map(paragraph, (OPENS, *DRUGS, KEEPS * 8)))
    files["document"] = f"<w:document xmlns:w='{space}'><w:body>{body}{runs}</w:body></w:document>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        for name, words in files.items():
            archive.writestr(f"word/{name}.xml", f"<?xml version='1.0'?>{words}")
    return out.getvalue()


def in_pdf(more=b""):
    return make_pdf("\n".join((OPENS, *DRUGS, *[KEEPS] * 8))) + b"\n" + more


def judged(body, **how):
    text = extract(body, **how)
    found = assess(text, on=DAY, controls=("Heroin", "Psilocybin"), complete=True)
    return found, unexplained(text, found)


def is_noticed(body, **how):
    """Whether the text can no longer pass for a silent one: it is doubted, or the reader names it."""
    found, doubts = judged(body, **how)
    return bool(doubts) or any(mention.context != "repealed" for mention in found.mentions)


def shifted(first, capitals=False):
    start = "A" if capitals else "a"

    def spell(name):
        name = name.upper() if capitals else name.lower()
        return "".join(chr(first + ord(c) - ord(start)) if c.isalpha() else c for c in name)

    return spell


def swapped(plain, other, change=str):
    return lambda name: change(name).translate(str.maketrans(plain, other))


def apart(sign):
    return sign.join


def broken(sign, at=4):
    return lambda name: f"{name[:at]}{sign}{name[at:]}"


SPELLINGS = {
    "capitals": str.upper,
    "Cyrillic": swapped("aeopcyxkmti", "аеорсухкмті"),
    "Cyrillic capitals": swapped("AETOMKHY", "АЕТОМКНУ", str.upper),
    "one Cyrillic letter": swapped("a", "а"),
    "Greek": swapped("aoikvtKMATY", "αοικντΚΜΑΤΥ"),
    "Armenian": swapped("onuhgq", "օոսհցզ"),
    "Cherokee": swapped("KRATMGYH", "ᏦᎡᎪᎢᎷᏀᎩᎻ", str.upper),
    "Lisu": swapped("KRATOMGYN", "ꓗꓣꓮꓔꓳꓟꓖꓬꓠ", str.upper),
    "Coptic": swapped("ktom", "ⲕⲧⲟⲙ"),
    "small capitals": swapped("abcdeghikmnoprstuxyz", "ᴀʙᴄᴅᴇɢʜɪᴋᴍɴᴏᴘʀꜱᴛᴜxʏᴢ"),
    "full width": lambda name: "".join(chr(ord(c) + 0xFEE0) if c > " " else c for c in name),
    "bold": shifted(0x1D41A),
    "script": shifted(0x1D4EA),
    "Fraktur": shifted(0x1D586),
    "monospace": shifted(0x1D68A),
    "circled": shifted(0x24D0),
    "bracketed": shifted(0x249C),
    "squared": shifted(0x1F170, capitals=True),
    "flags": shifted(0x1F1E6, capitals=True),
    "accents": swapped("aoi", "áöí"),
    "dots below": swapped("atm", "ạṭṃ"),
    "struck letters": apart("\u0336"),
    "i for y": swapped("y", "i"),
    "zero for o": swapped("o", "0"),
    "one for i": swapped("i", "1"),
    "l for i": swapped("i", "l"),
    "bar for i": swapped("i", "|"),
    "nine for g": swapped("g", "9"),
    "rn for m": lambda name: name.replace("m", "rn").replace("M", "RN"),
    "cl for d": lambda name: name.replace("d", "cl"),
    "soft hyphens": apart("\xad"),
    "zero width": apart("\u200b"),
    "joiners": broken("\u2060"),
    "byte order marks": broken("\ufeff", 2),
    "direction": lambda name: f"\u2067{name[:3]}\u2069{name[3:]}\u202c",
    "variation": apart("\ufe0f"),
    "grapheme joiners": apart("\u034f"),
    "control": broken("\x01"),
    "spaces": apart(" "),
    "no-break spaces": apart("\u00a0"),
    "thin spaces": apart("\u2009"),
    "hyphens": apart("-"),
    "no-break hyphens": apart("\u2011"),
    "minus": apart("\u2212"),
    "underscores": apart("_"),
    "stops": apart("."),
    "end of line": broken("-\n"),
    "end of an indented line": broken("-\r\n        "),
    "not sign at the end": broken("¬\n"),
    "numbered line": broken("-\n  14  "),
    "bold part": lambda name: f"{name[:3]}<b>{name[3:]}</b>",
    "tags with brackets": broken("<font title='a>b' color=\"x\">"),
    "spans": lambda name: "".join(f"<span class=c>{c}</span>" for c in name),
    "breaks of words": apart("<wbr>"),
    "comments": broken("<!-- > and < -->", 3),
    "entities": lambda name: "".join(f"&#{ord(c)};" for c in name),
    "entities in hex": lambda name: "".join(f"&#x{ord(c):x};" for c in name),
    "entities twice": lambda name: "".join(f"&amp;#{ord(c)};" for c in name),
    "entities between": apart("&shy;"),
    "entities between, twice": apart("&amp;#8203;"),
}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_name_in_any_spelling_ends_the_silence(spelling):
    written = [(name, SPELLINGS[spelling](name)) for name in NAMES]
    for name, words in written:
        if words != name:
            assert is_noticed(html(entry=words)), f"{words!r} in an entry"
            assert is_noticed(html(f"<div hidden>{words}</div>")), f"{words!r} unseen"


PLACES = [
    "<script>var topics = ['{}']</script>",
    '<script type="application/ld+json">{{"about": "{}"}}</script>',
    "<script>show(' ' + '{}' + '!')</script>",
    "<!-- {} -->",
    "<!--[if IE]><p>{}</p><![endif]-->",
    "<img src=a.png alt='{}'>",
    "<span title='What is {}?'>i</span>",
    "<div data-entry={}></div>",
    "<button aria-label='{}'></button>",
    "<a href='/topics/{}'>More</a>",
    "<a href='/search?q=buy%20{}'>More</a>",
    "<form><input type=hidden value='{}'></form>",
    "<select><option>{}</option></select>",
    "<form><textarea>{}</textarea></form>",
    "<style>.more:before {{ content: '{}' }}</style>",
    "<noscript><p>{}</p></noscript>",
    "<template id=more>{}</template>",
    "<dialog>{}</dialog>",
    "<svg><text>{}</text></svg>",
    "<iframe srcdoc='&lt;p&gt;{}'></iframe>",
    "<nav hidden><a href=/k>{}</a></nav>",
    "<footer>{}</footer>",
    "<s>(8) {}</s>",
    "<section hidden><ol>{}</ol></section>",
    "<div hidden='until-found'>{}</div>",
    "<div class=tab id=t2 style='color: red; DISPLAY : none !important'>{}</div>",
    "<table style='visibility:hidden'><tr><td>9</td><td>{}</td></tr></table>",
    "<h2><button aria-expanded=false>{}</button></h2>",
    "<object data='{}.pdf'></object>",
    "</body></html><p>{}",
]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", [*NAMES, "Kratom (leaf)", "ใบกระท่อม", "4098-40-2"])
def test_a_name_in_any_part_of_a_page_ends_the_silence(place, name):
    assert is_noticed(html(place.format(name)))


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("words", ["Khat", "Show all", "Ibogaine, Bufotenine", ""])
def test_what_names_nothing_raises_no_doubt_anywhere(place, words):
    found, doubts = judged(html(place.format(words)))
    assert found.readable
    assert doubts == ()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("escape", [r"\u{:04x}", r"\x{:02x}", r"\{:x} ", r"\u{{{:x}}}"])
def test_escapes_of_scripts_and_style_sheets_hide_no_name(escape, name):
    words = "".join(escape.format(ord(char)) for char in name)
    assert is_noticed(html(f"<script>a = '{words}'</script>"))
    assert is_noticed(html(f"<style>a:after {{ content: '{words}' }}</style>"))


@pytest.mark.parametrize("name", NAMES)
def test_no_value_and_no_key_of_json_hides_a_name(name):
    bold = SPELLINGS["bold"](name)
    for more in (
        {"url": f"https://law.example.gov/{name}"}, {"_id": [name]}, {name: 1}, {"a": {"href": bold}},
        {"slug": SPELLINGS["end of line"](name)}, {"html": f"<p hidden>{name}</p>"},
        {"uri": json.dumps({"about": f"– {name}"})},
    ):  # fmt: skip
        assert is_noticed(in_json(more)), more
    assert not is_noticed(in_json({"url": "https://law.example.gov/khat", "_id": ["7-ODH"]}))


@pytest.mark.parametrize("name", NAMES)
def test_no_part_of_xml_hides_a_name(name):
    for more in (
        f"<p note='{name}'>Khat</p>", f"<?note {name}?>", f"<!-- {name} -->", f"<meta><q>{name}</q></meta>",
        f"<p><![CDATA[{name[:3]}]]><![CDATA[{name[3:]}]]></p>", f"<index>{name[:3]}<x/>{name[3:]}</index>",
    ):  # fmt: skip
        assert is_noticed(in_xml(more)), more
    assert not is_noticed(in_xml("<!-- Khat --><p note='Ibogaine'>Khat</p>"))


@pytest.mark.parametrize("name", NAMES)
def test_no_part_of_a_rich_text_file_hides_a_name(name):
    codes = "".join(rf"\u{ord(char)}?" for char in name)
    for more in (
        codes, "".join(rf"\'{ord(char):02x}" for char in name), rf"{{\v {name}}}", rf"{{\strike {name}}}",
        rf"{{\info{{\keywords {name}}}}}", rf"{{\header {codes}}}", rf"{name[:3]}{{\b {name[3:]}}}",
        rf"{name[:3]}\-{name[3:]}", rf"{{\*\bkmkstart {name}}}",
    ):  # fmt: skip
        assert is_noticed(in_rtf(more)), more
    assert not is_noticed(in_rtf(r"{\v Khat}{\info{\title Schedule I}}"))


@pytest.mark.parametrize("name", NAMES)
def test_no_part_of_a_word_document_hides_a_name(name):
    run = "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>{}</w:t></w:r></w:p>"
    assert is_noticed(in_word(run.format(name)))
    assert is_noticed(
        in_word(f"<w:p><w:del><w:r><w:delText>{name}</w:delText></w:r></w:del></w:p>")
    )
    cut = f"<f><w:r><w:t>{name[:3]}</w:t></w:r><w:proofErr/><w:r><w:t>{name[3:]}</w:t></w:r></f>"
    for part in ("footnotes", "comments", "header1"):
        assert is_noticed(in_word(**{part: cut}))
        assert not is_noticed(in_word(run.format("Khat"), **{part: "<f><w:t>Khat</w:t></f>"}))


@pytest.mark.parametrize("name", NAMES)
def test_no_string_of_a_pdf_hides_a_name(name):
    wide = (b"\xfe\xff" + name.encode("utf-16-be")).replace(b"\\", b"\\\\")
    octal = "".join(rf"\{ord(char):03o}" for char in name).encode()
    plain = name.encode()
    packed = zlib.compress(b"8 0 9 60 << /FT /Tx /V (" + plain + b") >> << /T (a) >>")
    for more in (
        b"90 0 obj << /FT /Tx /V (" + plain + b") >> endobj", b"<< /Subtype /Text /Contents (" + wide + b") >>",
        b"<< /Title (" + octal + b") /Parent 2 0 R >>", b"<< /Alt <" + wide.hex().encode() + b"> >>",
        b"<< /Keywords (" + plain[:4] + b"\\\n" + plain[4:] + b") >>",
        b"<< /JS (app.alert\\('" + plain + b"'\\)) >>",
        b"91 0 obj << /Type /ObjStm /N 2 /First 9 >> stream\n" + packed + b"\nendstream endobj",
        b"92 0 obj << /Type /Metadata >> stream\n<x:meta><title>" + plain + b"</title></x:meta>\nendstream",
    ):  # fmt: skip
        assert is_noticed(in_pdf(more)), more
    assert not is_noticed(
        in_pdf(b"<< /Contents (Khat) /V (\376\377\000K) >> << /Alt <4b686174aa> >>")
    )


ALIKE = [
    "poškozené zkratom, zariadenie poškodené skratom", "2krát omezit, 10 krát omezen, třikrát omytý",
    "en demokrat om kvällen, demo-krat om", "een krat om te dragen", "demokratomat, autokratom, stratomic",
    "non-kratom goods; nonkratom goods", "17-OH progesterone, 4,7-OH, 7-OH-DPAT, 27-OH",
    "17-hydroxymitragynine-like", "Suite 7, OH 43215; section 7. Ohio; 7 OH; 7. OH", "กระท่อม ชาวนา",
    "Mitragyna parvifolia, Mitragyna <i>inermis</i>", "Magnolia speciosa", "biak-biak, purik",
    "data:image/png;base64,iVBORw0KGgokUmFUb01BAAAkcmF0b20aa==", "id=14098-40-21 4098402",
    "k, l, m, n, o; kra and tom; K<td>r</td>a", "刷卡 痛", "アカトム", "ketumbar, ketumpat, ke tumpuan",
    "paynantheine, speciogynine, mitraphylline", "<kra>tom</kra>", "krypton, kraton, karatom",
]  # fmt: skip


@pytest.mark.parametrize("words", ALIKE)
def test_what_only_looks_like_a_name_raises_no_doubt(words):
    for page in (
        html(f"<p>{words}</p>"),
        html(f"<div hidden>{words}</div>"),
        in_json({"url": words}),
    ):
        assert judged(page)[1] == ()


def seen(words):
    """The substances that the witness sees in a body of which the reader read nothing."""
    empty = Text((), Format.HTML, whole=words)
    return [doubt.partition(" is named")[0] for doubt in unexplained(empty, assess(empty, on=DAY))]


def certain(words):
    return {
        str(t.substance)
        for t in find_terms(words)
        if not t.contextual or t.written.upper() == "7-OH"
    }


@pytest.mark.parametrize("name", [name for name, _ in WHOLE if certain(name)])
def test_every_name_of_the_lexicon_is_known_to_the_witness(name):
    assert set(seen(f"… ({name}), …")) == certain(name) or "related" in name


@pytest.mark.parametrize("language", EXAMPLES)
def test_every_name_in_the_examples_of_a_language_is_known_to_the_witness(language):
    for words in _texts([*EXAMPLES[language].values()]):
        assert bool(seen(words)) >= bool(certain(words)), words
        for term in find_terms(words):
            if not term.contextual:
                assert seen(term.written), term.written


def document(**more):
    about = {
        "id": "schedule", "title": "Schedule I", "publisher": "Board", "url_basis": "seen",
        "url": "https://law.example.gov/schedule", "reads": "schedule", "complete": True,
        "controls": ["Heroin", "Psilocybin"],
    }  # fmt: skip
    return Document.model_validate(about | more)


def doubts(body, *, select=None, **shows):
    page = Page(
        url="https://law.example.gov/schedule",
        final_url="https://law.example.gov/schedule",
        outcome=Outcome.OK,
        headers=(("content-type", "text/html"),),
        body=body,
        fetched_at=datetime(2026, 11, 22, tzinfo=UTC),
    )
    reading = read_page(document(shows=shows, **({"select": select} if select else {})), page, DAY)
    assert reading.finding is not None, reading.problem
    return reading.doubts


HIDDEN = "<div hidden>{}</div>"


def test_a_doubt_says_which_words_stand_where():
    [doubt] = doubts(html("\n<script>a = 'Kr\u0430tom\x1b[31m'</script>"), leaf="silent")
    assert doubt.startswith("leaf is named in line 2 in a script")
    assert "Kr\u0430tom" in doubt
    assert doubt.isprintable()


@pytest.mark.parametrize("name", NAMES)
def test_only_where_silence_is_expected_is_anything_doubted(name):
    assert doubts(html(HIDDEN.format(name)), leaf="silent")
    assert doubts(html(HIDDEN.format(name))) == ()
    assert doubts(html(HIDDEN.format("Kratom"), entry="Kratom"), leaf="listed") == ()


@pytest.mark.parametrize(
    ("entry", "hidden", "doubted"),
    [
        ("Kratom", "Kratom, Mitragyna speciosa", False),
        ("Kratom", "7-hydroxymitragynine", True),
        ("Mitragynine", "mitragynine; MITRAGYNINE", False),
        ("Mitragynine", "7-OH-mitragynine", True),
        ("Mitragynine", "mitragynine pseudoindoxyl", True),
        ("7-hydroxymitragynine", "7-Hydroxymitragynin", False),
        ("7-hydroxymitragynine", "mitragynine", True),
    ],
)
def test_what_the_text_says_of_a_substance_accounts_for_it_alone(entry, hidden, doubted):
    found, doubts = judged(html(HIDDEN.format(hidden), entry=entry))
    assert found.mentions
    assert bool(doubts) == doubted


@pytest.mark.parametrize("name", ["Kratom", "Mitragynine", "7-Hydroxymitragynine"])
def test_a_name_that_the_reader_takes_for_repealed_is_accounted_for_once(name):
    entry = f"{name} [Repealed]"
    assert judged(html(entry=entry))[1] == ()
    assert judged(html(f"<script>all = ['Khat', '{name}', 'LSD']</script>", entry=entry))[1]
    assert judged(html(f"<meta name=topic content='new: {name} (added)'>", entry=entry))[1]


@pytest.mark.parametrize("law", ["Kratom", "Mitragynine", "7-hydroxymitragynine"])
def test_other_law_on_the_page_may_name_what_the_part_that_is_meant_is_silent_of(law):
    select = {"before": "^Article 5"}
    named = f"<h1>Article 5</h1><p>A vendor of {law} products shall keep a record of its tests.</p>"
    silent = dict.fromkeys(("leaf", "mitragynine", "7-oh"), "silent")
    assert doubts(html(named), select=select, **silent) == ()
    assert doubts(html(named, HIDDEN.format("kratom leaves")), select=select, **silent)
    added = f"<h1>Article 5</h1><p>{law} is included in Schedule I.</p>"
    assert doubts(html(added), select=select, **silent)


@pytest.mark.parametrize(
    "part",
    [
        "<p data-added='Mitragynine'></p>",
        "<li>Kr\u0430tom</li>",
        "<!-- 7-hydroxymitragynine -->",
        "<section hidden>Mitragyna speciosa</section>",
    ],
)
def test_such_a_list_verifies_nothing_and_changes_no_answer(world, part):
    world.run()
    verified = clock(world)["verified_at"]
    world.put(LIST, schedule(part))
    run = world.run()
    assert clock(world)["verified_at"] == verified
    assert clock(world)["outcome"] == "doubtful"
    assert "is named in line" in clock(world)["problem"]
    assert "source_failing" in {str(change.kind) for change in run.changes}
    assert texas(world).status("leaf") == "regulated"
    world.put(LIST, schedule("<p data-added='Khat'></p>"))
    world.run()
    # A new entry is for people, though it be gone again.
    assert (clock(world)["verified_at"] > verified) is ("<li>" not in part)


def test_of_many_names_few_are_told():
    assert (
        1
        <= len(doubts(html(f"<script>{'kratom, kräuter, ' * 30_000}</script>"), leaf="silent"))
        <= 3
    )


@pytest.mark.parametrize("sign", ["kratom, ", "mitragynin", "7-OH; "])
def test_more_names_than_anybody_looks_at_are_a_doubt(sign):
    entry = {"m": "Mitragynine", "k": "Kratom", "7": "7-hydroxymitragynine"}[sign[0]]
    for times, doubted in ((40, False), (3500, True)):
        found, doubts = judged(html(f"<script>{sign * times}</script>", entry=entry))
        assert found.mentions
        assert bool(doubts) == doubted


@pytest.mark.parametrize(
    "words",
    [
        "\u202emotark\u202c", "&#x202e;motark", "<bdo dir=rtl>enynigartim</bdo>", "kra<bdo dir='rtl'>mot</bdo>",
        "<b style='direction:rtl;unicode-bidi:isolate-override'>motark</b>",
        "mi\u202enyygart\u202cine kra\u202emot",
        "<style>.x{flex-direction:row-reverse}</style><p class=x><i>mo</i><i>ta</i><i>r</i><i>k</i>",
        "\u026fo\u0287\u0250\u0279\u029e", "<i style='transform: rotateY(180deg)'>motark</i>",
    ],
)  # fmt: skip
def test_a_name_that_is_written_backwards_and_shown_forwards_is_one(words):
    assert judged(html(f"<div>{words}</div>"))[1]


@pytest.mark.parametrize(
    "words",
    [
        "<bdo dir=rtl>Heroin</bdo>", "\u202eotua\u202c", "<style>.a{transform:scaleX(-1)}</style>",
        "<p dir=rtl>\u05e9\u05dc\u05d5\u05dd</p>", "motark",
    ],
)  # fmt: skip
def test_other_words_that_are_turned_round_raise_no_doubt(words):
    assert judged(html(f"<div>{words}</div>"))[1] == ()
