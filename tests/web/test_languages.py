"""The fixed words of an answer in other languages: none is missing, none says something else."""

from __future__ import annotations

from string import Formatter

import pytest
from lxml import html

from regstatus.model.law import Permission, Status
from regstatus.web.links import words
from regstatus.web.pages import languages
from regstatus.web.render import words_of

FIXED = {
    *words_of()["labels"].values(),
    *words_of()["activities"].values(),
    *map(words, Status),
    *map(words, Permission),
    *languages.CLOSING,
    languages.TRUSTED,
    languages.DISTRUSTED,
    *("probably {}", "at least {}", "limit {}", "stricter in parts"),
    *("Law of {}", "Age of sale: {}"),
}


def test_every_catalogue_is_offered():
    files = {file.stem for file in languages.CATALOGUES.iterdir()}
    assert files == {*languages.LANGUAGES}


@pytest.mark.parametrize("code", languages.LANGUAGES)
def test_no_word_is_missing_and_no_place_for_a_value_is_lost(code):
    catalogue = languages.catalogue(code)
    assert {*catalogue} == FIXED
    for english, said in catalogue.items():
        assert said, english
        fields = [[part[1] for part in Formatter().parse(text)] for text in (english, said)]
        assert fields[0].count("") == fields[1].count(""), english


@pytest.mark.parametrize("code", languages.LANGUAGES)
def test_two_statuses_and_two_permissions_are_never_called_the_same(code):
    catalogue = languages.catalogue(code)
    for kind in (Status, Permission):
        said = [catalogue[words(word)] for word in kind]
        assert len(said) == len(set(said))


@pytest.mark.parametrize("key", ["US-TN", "TH", "US-CA/san-diego"])
@pytest.mark.parametrize("code", languages.LANGUAGES)
def test_a_page_tells_each_substance_and_its_warning_in_each_language(site, code, key):
    answer = site.edition.answers[key]
    page = html.document_fromstring(site.get(f"j/{key}.html").body)
    (said,) = page.xpath(f"//section[@aria-labelledby='languages']//details[@lang='{code}']")
    catalogue, text = languages.catalogue(code), " ".join(said.text_content().split())
    facts = dict(zip(said.xpath(".//dt/text()"), said.xpath(".//dd/text()"), strict=True))
    for name, label in words_of()["labels"].items():
        assert catalogue[words(answer["substances"][name])] in facts[catalogue[label]]
    assert catalogue[languages.DISTRUSTED] in text
    assert answer["on"][:4] in text
    for line in languages.CLOSING:
        assert catalogue[line] in text


def test_7_oh_never_stands_without_its_limit_in_any_language(site):
    page = html.document_fromstring(site.get("j/US-TX.html").body)
    cap = site.edition.answers["US-TX"]["seven_oh_cap"]
    for item in page.xpath("//section[@aria-labelledby='languages']//details"):
        (said,) = item.xpath(".//dt[text()='7-OH']/following-sibling::dd[1]/text()")
        assert cap in said
