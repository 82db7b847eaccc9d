from __future__ import annotations

import pytest

from regstatus.base.errors import ReadingError
from regstatus.extract import extract
from regstatus.model.document import Select

PAGE = (
    "<html><body><div id='menu' class='x'>Kratom shop</div><div class='law main' id='s1'><h2>Schedule I</h2>"
    "<p>heroin</p><p class='e'>kratom</p></div><div class='law'><h2>Schedule II</h2><p>opium</p></div>"
    "</body></html>"
)


def texts(body, **more):
    return [p.text for p in extract(body.encode(), select=Select(**more)).passages]


@pytest.mark.parametrize(
    ("css", "found"),
    [
        ("#s1 p", ["heroin", "kratom"]),
        ("div.law > p.e", ["kratom"]),
        (".law.main", ["Schedule I", "heroin", "kratom"]),
        ("[id=s1] h2, div[class^=law] h2", ["Schedule I", "Schedule II"]),
        (".law", ["Schedule I", "heroin", "kratom", "Schedule II", "opium"]),
        ("div:has(> p.e) p:nth-of-type(2)", ["kratom"]),
        ("div:not(#menu):not(.main)", ["Schedule II", "opium"]),
    ],
)
def test_css_chooses_elements(css, found):
    assert texts(PAGE, css=css) == found


def test_an_element_inside_a_chosen_one_is_not_read_twice():
    assert texts(PAGE, css="div, p").count("kratom") == 1


def test_xpath_chooses_elements():
    assert texts(PAGE, xpath="//h2[.='Schedule I']/following-sibling::p[2]") == ["kratom"]
    assert texts(PAGE, xpath="//p[@class='e']/text()") == ["kratom"]


def test_xml_is_searched_without_namespaces():
    xml = (
        "<?xml version='1.0'?><a xmlns='urn:x'><b id='1'><p>one</p></b><b id='2'><p>two</p></b></a>"
    )
    assert texts(xml, xpath="//b[@id='2']") == ["two"]
    assert texts(xml, css="b[id='2'] p") == ["two"]


def test_passages_are_cut_by_their_words_and_headings():
    assert texts(PAGE, heading="^Schedule I$") == ["Schedule I", "heroin", "kratom"]
    assert texts(PAGE, after="heroin") == ["heroin", "kratom", "Schedule II", "opium"]
    assert texts(PAGE, after="^Schedule I$", before="^Schedule") == [
        "Schedule I",
        "heroin",
        "kratom",
    ]
    assert texts(PAGE, css=".law", before="Schedule II") == ["Schedule I", "heroin", "kratom"]


@pytest.mark.parametrize(
    "select",
    [
        {"css": "#nothing"},
        {"css": "p:nth-of-type(9):has(i)"},
        {"xpath": "//article"},
        {"after": "cocaine"},
        {"before": "cocaine"},
        {"heading": "Schedule IX"},
        {"css": ".law", "after": "shop"},
    ],
)
def test_what_is_not_there_is_a_fault_and_never_an_empty_text(select):
    with pytest.raises(ReadingError, match="not found"):
        texts(PAGE, **select)


@pytest.mark.parametrize(
    "select", [{"css": "p:::"}, {"xpath": "//p["}, {"xpath": "count(//p)"}, {"xpath": "$x"}]
)
def test_a_selector_that_cannot_be_understood_says_so(select):
    with pytest.raises(ReadingError, match=r"cannot be understood|names a value"):
        texts(PAGE, **select)


def test_a_selector_on_the_wrong_form_says_so():
    with pytest.raises(ReadingError, match="cannot be used"):
        texts("plain words", css="p")
    with pytest.raises(ReadingError, match="cannot be used"):
        texts(PAGE, pointer="/a")


@pytest.mark.parametrize("field", ["after", "before", "heading"])
def test_a_pattern_that_is_none_is_refused_at_once(field):
    with pytest.raises(ValueError, match=rf"{field}\n.*not a regular expression"):
        Select(**{field: "("})


@pytest.mark.parametrize(
    ("body", "css", "words"),
    [
        (
            '<Act><Part Status="old"><Text>a</Text></Part><Part Status="new"><Text>b</Text></Part></Act>',
            'Part[Status="new"] > Text',
            ["b"],
        ),
        ("<act><num>1</num><p>one</p><num>2</num><p>two</p></act>", "num + p", ["one", "two"]),
        ("<html><body><p class='x'>a<p>b<p class='y x'>c</body></html>", "p:not(.x)", ["b"]),
        ("<html><body><div><p>a<o:p>b</o:p></div><p>c</body></html>", "div:has(p) p", ["ab"]),
        ("<html><body><ul><li>a<li>b<li>c</ul></body></html>", "li:nth-of-type(n+2)", ["b", "c"]),
    ],
)
def test_the_whole_of_css_is_known_in_html_and_in_xml(body, css, words):
    text = extract(body.encode(), select=Select(css=css))
    assert [passage.text for passage in text.passages] == words
    assert {passage.anchor for passage in text.passages} == {None}
