"""How a page is written never changes what it says."""

from __future__ import annotations

import json
import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regstatus.extract import extract

PARAGRAPHS = (
    "(a) A person may not sell 7-hydroxymitragynine to a person who is younger than 21.",
    "(b) In this section kratom means the plant Mitragyna speciosa & its leaf é § 5.",
    "Schedule I holds mitragynine pseudoindoxyl, MGM-15 and other alkaloids of it.",
)
PLAIN = "<html><body><h2>Sec. 9. Kratom</h2>" + "".join(
    f"<p>{text.replace('&', '&amp;')}</p>" for text in PARAGRAPHS
)
HYPHENS = ["-", "\u2010", "\u2011", "\u2012", "\u2013", "\u2212", "&#8209;", "&#x2011;", "&ndash;"]
SPACES = [" ", "\n", "\t \n", "\u00a0", "&nbsp;", "&#160;", "\u2003", "&ensp;", "\u202f", "\r\n  "]
NOTHING = ["", "\u00ad", "&shy;", "\u200b", "<b></b>", "<!-- x -->", "<wbr>", "&#8203;", "\u2060"]
SPLITS = [
    "<b>{}</b>",
    "<i>{}</i>",
    "<span class='x'>{}</span>",
    "<font size=2>{}</font>",
    "<a href='/y'>{}</a>",
]


def passages(html):
    return [
        (p.text, p.headings, p.kind, p.repealed)
        for p in extract(html.encode(), content_type="text/html").passages
    ]


EXPECTED = passages(PLAIN)


def written(text, choose):
    """One paragraph in another writing: each character by its own chance."""
    out = []
    for char in text:
        if char == "-":
            piece = choose(HYPHENS)
        elif char == " ":
            piece = choose(SPACES)
        elif char == "&":
            piece = choose(["&amp;", "&#38;"])
        elif not char.isascii():
            piece = choose([char, f"&#{ord(char)};", f"&#x{ord(char):X};"])
        elif char.isalpha() and choose(range(6)) == 0:
            piece = choose(SPLITS).format(char) + choose(NOTHING)
        else:
            piece = char
        out.append(piece)
    return "".join(out)


@given(st.randoms(use_true_random=False))
def test_spaces_hyphens_entities_and_splits_change_no_passage(rng):
    body = "".join(
        f"{rng.choice(['', chr(10), '  '])}<p>{written(text, rng.choice)}</p>"
        for text in PARAGRAPHS
    )
    assert (
        passages(f"<html><body><h2>{written('Sec. 9. Kratom', rng.choice)}</h2>{body}") == EXPECTED
    )


@given(st.randoms(use_true_random=False))
def test_the_case_of_tags_and_the_order_of_attributes_change_no_passage(rng):
    def tag(name, *attributes):
        shown = list(attributes)
        rng.shuffle(shown)
        quote = rng.choice(["'", '"'])
        pairs = [f"{rng.choice([k, k.upper()])}={quote}{v}{quote}" for k, v in shown]
        return f"<{' '.join([rng.choice([name, name.upper(), name.title()]), *pairs])}>"

    html = (
        tag("html") + tag("body") + tag("h2", ("id", "s9"), ("class", "h")) + "Sec. 9. Kratom</H2>"
    )
    for text in PARAGRAPHS:
        start = tag("p", ("style", "margin: 0"), ("class", "MsoNormal"), ("lang", "en"))
        html += start + text.replace("&", "&amp;") + rng.choice(["</p>", "</P>", ""])
    assert passages(html) == EXPECTED


@given(
    st.randoms(use_true_random=False), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"])
)
def test_the_encoding_changes_no_passage(rng, codec):
    declared = rng.choice(["", "<meta charset=utf-8>", "<meta charset='windows-1252'>"])
    html = PLAIN.replace("<body>", f"<head>{declared}</head><body>")
    got = extract(html.encode(codec), content_type=rng.choice([None, "text/html"])).passages
    assert [p.text for p in got] == [text for text, *_ in EXPECTED]


@pytest.mark.parametrize(
    "name", ["mitragynine", "pseudoindoxyl", "7-hydroxymitragynine", "speciosa"]
)
@pytest.mark.parametrize("split", [*SPLITS, "{}&shy;", "{}\u200b", "<b></b>{}<i></i>"])
def test_a_name_split_anywhere_by_tags_is_whole(name, split):
    for place in range(1, len(name)):
        html = f"<p>the {split.format(name[:place])}{name[place:]} there</p>"
        assert [p.text for p in extract(html.encode()).passages] == [f"the {name} there"]


@pytest.mark.parametrize("form", ["html", "json", "text", "xml"])
@pytest.mark.parametrize("hyphen", HYPHENS[:6])
def test_hyphens_read_alike_in_every_form(form, hyphen):
    words = f"the drug 7{hyphen}hydroxy\u00admitra\u200bgynine\u00a0there"
    body = {
        "html": f"<html><p>{words}</p></html>",
        "json": json.dumps({"text": words}, ensure_ascii=False),
        "text": words,
        "xml": f"<?xml version='1.0'?><law><p>{words}</p></law>",
    }[form]
    assert [p.text for p in extract(body.encode()).passages] == [
        "the drug 7-hydroxymitragynine there"
    ]


def test_menus_ids_and_view_state_do_not_move_the_digest():
    law = "<p>Kratom is banned in this state.</p>" * 20
    pages = [
        f"<html><body><nav>{random.Random(n).random()}</nav><form><input type=hidden value='{n}'>"
        f"<div id='d{n}' class='c{n}'>{law}</div></form><script>var t={n}</script></body></html>"
        for n in range(3)
    ]
    assert len({extract(page.encode()).sha256 for page in pages}) == 1


def test_the_expected_passages_are_what_the_page_says():
    assert [text for text, *_ in EXPECTED] == ["Sec. 9. Kratom", *PARAGRAPHS]
    assert all(re.search(r"\S", text) for text, *_ in EXPECTED)
