from __future__ import annotations

import json

import pytest

from regstatus.base.errors import ReadingError
from regstatus.extract import extract
from regstatus.model.document import Select


def read(data, **more):
    return extract(json.dumps(data).encode(), **more)


def test_strings_are_read_in_order_and_addresses_are_no_words():
    data = {
        "a": "First words",
        "url": "https://x.example/a",
        "b": {"c": ["Second", "d1f3a5d1f3a5d1f3a5d1"]},
        "n": 3,
    }
    assert [p.text for p in read(data).passages] == ["First words", "Second"]


def test_a_title_heads_what_its_object_holds():
    data = {
        "label": "Title 21",
        "children": [
            {
                "label": "§ 1308.11 Schedule I.",
                "text": "(d)(1) kratom and its salts are listed here, with isomers",
            },
            {
                "label": "§ 1308.12 Schedule II.",
                "text": "(a) opium and its salts are listed here, with all isomers",
            },
        ],
    }
    listed = [p for p in read(data).passages if p.kind != "heading"]
    assert [p.headings for p in listed] == [
        ("Title 21", "§ 1308.11 Schedule I."),
        ("Title 21", "§ 1308.12 Schedule II."),
    ]
    assert listed[0].anchor == "1308.11(d)(1)"


def test_markup_inside_a_string_is_read_as_markup():
    data = {
        "html": "<div><h2>Tabella I</h2><p>Mitra<b>gynina</b> &egrave; vietata</p><p><del>oppio</del> "
        "LSD</p></div>"
    }
    passages = read(data).passages
    assert [p.text for p in passages] == ["Tabella I", "Mitragynina è vietata", "LSD"]
    assert passages[1].headings == ("Tabella I",)


def test_of_two_forms_of_one_document_one_is_read():
    html = "<p>Bilaga 1</p><p>" + "mitragynin och annat " * 5 + "</p>"
    data = {
        "dokument": {
            "titel": "SFS",
            "html": html,
            "text": "Bilaga 1\n\n" + "mitragynin och annat " * 5,
        }
    }
    assert sum("mitragynin" in p.text for p in read(data).passages) == 1


def test_newlines_escaped_twice_are_line_ends():
    assert [p.text for p in read({"t": "La hoja\\r\\nde kratom\\r\\n\\r\\nSegundo"}).passages] == [
        "La hoja de kratom",
        "Segundo",
    ]


def test_comments_and_latin_1_are_tolerated():
    body = '// note\n{"a": "Regulación // http", /* x */ "b": "mitraginina",}'.encode("latin-1")
    assert [p.text for p in extract(body).passages] == ["Regulación // http", "mitraginina"]


def test_fragments_of_the_czech_collection_make_an_outline():
    def fragment(kind, depth, text, *, force=True, place=""):
        return {
            "kodTypuFragmentu": kind,
            "hloubka": depth,
            "xhtml": text,
            "jeUcinny": force,
            "staleUrl": f"/sb/2025/1{place}",
        }

    data = {
        "seznam": [
            fragment("Paragraf", 2, "<var>§ 2</var>", place="#par_2"),
            fragment(
                "Odstavec_Dc", 3, "Zakázáno je prodávat <i>kratom</i>.", place="#par_2-odst_1"
            ),
            fragment("Odstavec_Dc", 3, "Zrušeno.", force=False),
            fragment("Priloha", 2, "<var>Příloha č. 1</var>"),
            fragment("Odstavec_Dc", 3, "Mitragynin"),
        ],
        "pocetStranek": 7,
    }
    text = read(data)
    assert text.problems == ("page 1 of 7",)
    sold, gone, listed = (p for p in text.passages if p.kind != "heading")
    assert (sold.headings, sold.anchor) == (("§ 2",), "§ 2")
    assert gone.repealed
    assert not listed.repealed
    assert listed.headings == ("Příloha č. 1",)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        ({"page": 2, "total_pages": 9, "results": ["some words here"]}, "page 2 of 9"),
        (
            {"count": 3, "next_page_url": "https://x.example?page=2", "results": ["some words"]},
            "page 1 of several",
        ),
    ],
)
def test_one_page_of_several_says_so(data, problem):
    assert read(data).problems == (problem,)


def test_one_page_of_one_is_whole():
    assert (
        read({"page": 1, "total_pages": 1, "next_page_url": None, "results": ["words"]}).problems
        == ()
    )


@pytest.mark.parametrize("status", ["uchylony", "Repealed", "NOT_IN_FORCE"])
def test_the_publisher_s_word_that_a_law_is_gone_is_taken(status):
    assert read({"title": "Ustawa o lekach", "status": status}).repealed
    assert not read({"title": "Ustawa o lekach", "status": "obowiązujący"}).repealed


@pytest.mark.parametrize(
    "held",
    [
        {"text": "Mitragynine is listed here,\nbroken as in print."},
        {
            "heading": "Mitragynine",
            "text": "It is listed here, with its isomers, its esters, its ethers and all salts of these.",
        },
        {"text": "Mitragynine is listed here.\r\n\r\nIt was added later."},
        {"html": "<p>Mitragynine is listed here.</p>"},
    ],
)
def test_an_object_gives_its_days_to_all_that_it_holds(held):
    dated = {"validFrom": "2024-01-01", "validUntil": "2025-01-01", **held}
    passages = read({"title": "Act", "parts": [dated, {"text": "Heroin is listed."}]}).passages
    *ours, other = (p for p in passages if p.text != "Act")
    assert {(str(p.valid_from), str(p.valid_until)) for p in ours} == {("2024-01-01", "2025-01-01")}
    assert (other.valid_from, other.valid_until) == (None, None)
    gone = read({"title": "Act", "parts": [{"inForce": False, **held}]}).passages
    assert all(p.repealed for p in gone if p.text != "Act")


def test_damaged_json_is_an_error_and_not_a_text():
    for body in (b'{"a": "kratom', b'[{"a": "kratom"}, ', b"[" * 100_000):
        with pytest.raises(ReadingError, match="JSON"):
            extract(body)


def test_a_pointer_chooses_a_value():
    data = {"results": [{"title": "x"}, {"a/b": "kratom is listed"}]}
    assert [p.text for p in read(data, select=Select(pointer="/results/1/a~1b")).passages] == [
        "kratom is listed"
    ]
    for missing in ("/results/2", "/results/x", "/nothing", "results"):
        with pytest.raises(ReadingError, match="not found"):
            read(data, select=Select(pointer=missing))
