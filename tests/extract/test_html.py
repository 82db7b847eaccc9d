from __future__ import annotations

import pytest

from regstatus.base.errors import ReadingError
from regstatus.extract import extract
from regstatus.model.media import form_of, kind
from regstatus.model.words import Format


def texts(html, **more):
    return [p.text for p in extract(html.encode(), **more).passages]


def page(body, head=""):
    return f"<!DOCTYPE html><html lang='en'><head><title>Code</title>{head}</head><body>{body}</body></html>"


def test_inline_tags_join_and_block_tags_part():
    html = page("<p>mitra<b>gyn</b><i>ine</i> and</p><div>speciosa</div>tail<p>end")
    assert texts(html) == ["mitragynine and", "speciosa", "tail", "end"]


def test_a_species_set_in_italics_keeps_its_bracket():
    assert texts(page("<p>Kratom (<i>Mitragyna Speciosa)</i></p>")) == [
        "Kratom (Mitragyna Speciosa)"
    ]


def test_a_single_break_is_a_space_and_two_part_paragraphs():
    html = page("<div>one<br>goes on<br><br>two</div>")
    assert texts(html) == ["one goes on", "two"]


def test_a_break_before_an_entry_mark_opens_the_entry():
    html = page("<p>The following are listed:<br>(1) heroin;<br>(2) 7-<br>hydroxymitragynine;</p>")
    assert texts(html) == ["The following are listed:", "(1) heroin;", "(2) 7-hydroxymitragynine;"]


@pytest.mark.parametrize(
    "struck",
    [
        "<s>kratom</s>",
        "<strike>kratom</strike>",
        "<DEL>kra<b>tom</b></DEL>",
        "<span style='text-decoration: line-through'>kratom</span>",
        "<span style='color:red;TEXT-DECORATION:line-through red'>kratom</span>",
        "<span class='x amendDelete'>kratom</span>",
        "<span class='strikethrough'>kratom</span>",
        "<font class=crossed>kratom</font>",
        "<span hidden>kratom</span>",
        "<span style='display: none'>kratom</span>",
    ],
)
def test_struck_out_and_hidden_words_are_gone(struck):
    assert texts(page(f"<p>The drugs {struck} and heroin.</p>")) == ["The drugs and heroin."]


def test_classes_that_the_page_s_own_style_sheet_strikes_are_gone():
    head = "<style>.a, span.gone {color:red; text-decoration: line-through} .b {color: red}</style>"
    html = page("<p>x <span class='gone'>kratom</span> <span class=b>y</span></p>", head)
    assert texts(html) == ["x y"]


def test_inserted_words_stay():
    assert texts(page("<p>The <ins>new</ins> <u>drug</u>.</p>")) == ["The new drug."]


def test_a_table_row_is_one_passage_with_its_cells_apart():
    html = page(
        "<table><tr><th>Name</th><th>Other names</th><th>Part</th></tr>"
        "<tr><td><p>Mitragyna speciosa</p></td><td>kratom,<br>ketum</td><td>leaf</td></tr></table>"
    )
    passages = extract(html.encode()).passages
    assert [p.text for p in passages] == [
        "Name | Other names | Part",
        "Mitragyna speciosa | kratom, ketum | leaf",
    ]
    assert {p.kind for p in passages} == {"row"}


def test_a_table_that_only_places_the_text_is_read_block_by_block():
    inner = "".join(f"<p>Section {n}. Text number {n} of the law.</p>" for n in range(1, 20))
    html = page(f"<table><tr><td>menu</td><td>{inner}</td></tr></table>")
    assert len(texts(html)) == 20


def test_a_row_of_a_label_and_its_text_is_an_entry():
    html = page("<table><tr><td>&nbsp;</td><td>(a)</td><td>kratom leaf</td></tr></table>")
    (passage,) = extract(html.encode()).passages
    assert (passage.text, passage.kind) == ("(a) kratom leaf", "item")


def test_list_entries_carry_the_number_that_markup_gives_them():
    html = page(
        "<ol type='a' start='3'><li>heroin</li><li>(d) kratom</li><li value='7'>LSD</li></ol>"
    )
    assert texts(html) == ["c. heroin", "(d) kratom", "g. LSD"]


def test_a_label_in_an_element_of_its_own_belongs_to_what_follows():
    html = page("<div><div class='num'>(mk)</div><div class='txt'>Kratom.</div></div>")
    assert texts(html) == ["(mk) Kratom."]


def test_terms_of_a_definition_list_stand_with_their_meaning():
    html = page("<dl><dt>1.</dt><dd>kratom</dd><dt>Extract</dt><dd><p>a concentrate</p></dd></dl>")
    assert texts(html) == ["1. kratom", "Extract | a concentrate"]


def test_footnote_numbers_do_not_glue_to_the_word():
    html = page("<p>kratom<sup>1</sup>, leaf<sup>2)</sup> § 46<sup>5</sup> 1<sup>er</sup></p>")
    assert texts(html) == ["kratom ¹, leaf 2) § 46⁵ 1er"]


def test_a_note_inside_a_sentence_follows_it_as_a_note():
    html = page(
        "<p>Sale of kratom<span class='footnote'>See the rules of 2019.</span> is banned.</p>"
    )
    passages = extract(html.encode()).passages
    assert [(p.text, p.kind) for p in passages] == [
        ("Sale of kratom is banned.", "paragraph"),
        ("See the rules of 2019.", "note"),
    ]


def test_menus_headers_and_footers_are_left_out_and_the_law_is_not():
    law = "<p>Kratom is banned.</p>" * 30
    html = page(
        "<header><nav><a href='/'>Home</a></nav></header><nav>Menu kratom shop</nav>"
        "<div class='breadcrumbs'>Home &gt; Code</div>"
        f"<form id='aspnetForm'>{law}</form><footer>Contact</footer>"
    )
    assert set(texts(html)) == {"Kratom is banned."}


def test_where_the_page_names_its_main_part_only_that_is_read():
    html = page(
        "<div>Search the code</div><main><h1>Chapter 1</h1><p>Kratom.</p></main><div>Ad</div>"
    )
    assert texts(html) == ["Chapter 1", "Kratom."]


def test_an_empty_main_part_does_not_hide_the_law():
    law = "<p>Kratom is banned here.</p>" * 30
    assert len(texts(page(f"<main></main><div>{law}</div>"))) == 30


def test_a_footer_that_swallows_the_whole_law_is_no_footer():
    law = "<p>Kratom is banned here.</p>" * 100
    assert len(texts(page(f"<footer>{law}</footer>"))) == 100


def test_an_empty_struck_tag_of_xhtml_strikes_nothing():
    html = (
        "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><body>"
        "<s/><p>Kratom<a name='x'/> is banned.</p></body></html>"
    )
    assert texts(html) == ["Kratom is banned."]


def test_entities_that_were_escaped_twice_are_undone():
    assert texts(page("<p>7&amp;nbsp;mg of&amp;#160;kratom &amp;amp; tea</p>")) == [
        "7 mg of kratom & tea"
    ]


def test_signs_of_consolidation_stand_in_no_word():
    assert texts(page("<p>▼M4</p><p>►M4 Kratom ◄ is listed.</p>")) == ["Kratom is listed."]


def test_preformatted_lines_are_joined_as_text_is():
    html = page("<pre>The substance 7-\nhydroxymitragynine and mitra-\ngynine\n\nare listed.</pre>")
    assert texts(html) == ["The substance 7-hydroxymitragynine and mitragynine", "are listed."]


def test_title_and_language_are_told():
    text = extract(page("<p>x y z</p>").encode())
    assert (text.title, text.language, text.format) == ("Code", "en", Format.HTML)


def test_a_script_shell_says_so():
    for body in (
        "<noscript>You need to enable JavaScript to run this app.</noscript><div id='root'></div>",
        "<app-root>Loading...</app-root><script src='main.js'></script>",
    ):
        text = extract(page(body).encode())
        assert "script shell: hardly any text" in text.problems


def test_a_frame_says_where_the_text_is():
    text = extract(page("<p>Gesetz</p><iframe src='/konso/html/2024?x=1'></iframe>").encode())
    assert "the text sits in a frame: /konso/html/2024?x=1" in text.problems


@pytest.mark.parametrize(
    "title", ["Page Not Found", "404", "Error 404 - Page not found", "Access denied"]
)
def test_an_error_page_says_so(title):
    html = f"<html><head><title>{title}</title></head><body><h1>{title}</h1><p>Sorry.</p></body></html>"
    assert any(problem.startswith("error page") for problem in extract(html.encode()).problems)


@pytest.mark.parametrize(
    "title", ["Forbidden plants", "Maintenance of records", "§ 404 Kratom", "503 IAC 2"]
)
def test_a_law_with_a_like_title_is_no_error_page(title):
    html = (
        f"<html><head><title>{title}</title></head><body><h1>{title}</h1><p>Law.</p></body></html>"
    )
    assert extract(html.encode()).problems == ()


def test_most_of_a_page_struck_out_is_told():
    html = page(f"<p>Kept.</p><del><p>{'Old law. ' * 500}</p></del>")
    assert "most of the text is struck out" in extract(html.encode()).problems


def test_a_page_without_any_text_is_an_error():
    for body in (b"", b"  ", b"<html><body></body></html>", b"<p>___</p>"):
        with pytest.raises(ReadingError):
            extract(body)


def test_a_wall_sent_for_data_is_an_error():
    with pytest.raises(ReadingError, match="HTML page where JSON was expected"):
        extract(b"<html><body>Please wait</body></html>", format=Format.JSON)
    with pytest.raises(ReadingError, match="HTML page where PDF was expected"):
        extract(b"<html><body>Please wait</body></html>", format=Format.PDF)


@pytest.mark.parametrize(
    ("body", "form"),
    [
        (b"\xef\xbb\xbf<!DOCTYPE html><p>x", Format.HTML),
        (b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'/>", Format.HTML),
        (b"<?xml version='1.0'?><law/>", Format.XML),
        (b"<law><p>x</p></law>", Format.XML),
        (b"<dl><dt>x</dl>", Format.HTML),
        (b'{"a": 1}', Format.JSON),
        (b"// note\n[1]", Format.JSON),
        (b"[Repealed] text", Format.TEXT),
        (b"%PDF-1.7", Format.PDF),
        (b"{\\rtf1 x}", Format.TEXT),
        (b"plain words", Format.TEXT),
        ("<html>x</html>".encode("utf-16"), Format.HTML),
    ],
)
def test_the_form_is_told_by_the_bytes(body, form):
    assert form_of(kind(body)) is form
    if body.startswith(b"<"):
        assert form_of(kind(b"<!-- " + b"made by us " * 1000 + b"-->" + body)) is form


@pytest.mark.parametrize(
    "head",
    [
        "From: <Saved by a browser>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b",
        "Date: Mon, 2 Mar 2026 10:00:00 +0000\ncontent-type:  multipart/mixed; boundary=b",
        "MIME-Version: 1.0\nContent-Type: Multipart/Alternative;\n boundary=b",
    ],
)
def test_a_message_of_several_parts_is_not_read_as_text(head):
    body = f"{head}\n\n--b\nContent-Type: text/html\n\n<html><p>mitra=\ngynine</p></html>\n--b--"
    assert kind(body.encode(), name="a.mhtml") == "mhtml"
    with pytest.raises(ReadingError, match="MHTML"):
        extract(body.encode(), name="a.mhtml")


def test_hints_decide_only_what_the_bytes_leave_open():
    assert kind(b"some words", content_type="text/html") == Format.HTML
    assert kind(b"%PDF-1.4", content_type="text/html", name="x.html") == Format.PDF
