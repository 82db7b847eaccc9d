from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regstatus.extract import normalise

HYPHENS = "-\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d"
SPACES = " \t\n\u00a0\u2002\u2003\u2007\u2009\u202f\u3000\u2028"


@pytest.mark.parametrize("hyphen", HYPHENS)
def test_every_hyphen_is_the_ordinary_one(hyphen):
    assert normalise(f"7{hyphen}hydroxymitragynine") == "7-hydroxymitragynine"


@pytest.mark.parametrize("space", SPACES)
def test_every_space_is_one_ordinary_space(space):
    assert normalise(f"{space}Mitragyna{space}{space}speciosa{space}") == "Mitragyna speciosa"


@pytest.mark.parametrize(
    "char", "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u202a\u2066\x00\x07\x9f"
)
def test_characters_that_nobody_sees_part_no_word(char):
    assert normalise(f"mitra{char}gynine") == "mitragynine"
    assert normalise(f"mitra{char}gynin\u00e9{char}") == "mitragyniné"


def test_what_is_written_anew_is_so_beside_letters_of_any_script():
    for code in range(0x80, 0x3000):
        char = chr(code)
        for letter in ("a", "ö", "ж", "ώ", "字"):
            long_way = normalise(f"\u200b{letter}{char}{letter}")
            assert normalise(f"{letter}{char}{letter}") == long_way, hex(code)


def test_an_accent_set_apart_is_joined_to_its_letter():
    assert normalise("Pr\u030ci\u0301loha") == normalise("Příloha") == "Příloha"
    assert normalise("e\u00ad\u0301") == "é"


def test_signs_of_law_and_quotation_marks_stay():
    text = "§ 5(1) “kratom” — „Anlage“ № 3 º ª ≥ 2 %"
    assert normalise(text) == text


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("kratom\u00b9", "kratom \u00b9"),
        ("speciosa,\u00b2 or", "speciosa, \u00b2 or"),
        ("\u0394\u2079-THC", "\u03949-THC"),
        ("\u00a7 46\u2075", "\u00a7 46\u2075"),
        ("m\u00b2", "m2"),
        ("C\u2082\u2083H\u2083\u2080", "C23H30"),
    ],
)
def test_raised_digits_are_read_by_what_they_stand_on(written, meant):
    assert normalise(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("７－ＯＨ", "7-OH"),
        ("Schedule \u2160", "Schedule I"),
        ("de\ufb01ned", "defined"),
        ("5\u00b5g", "5\u03bcg"),
        ("10 \u338e", "10 mg"),
    ],
)
def test_compatibility_forms_hide_no_word(written, meant):
    assert normalise(written) == meant


def test_a_stray_space_in_a_chemical_name_is_closed_and_a_list_is_not():
    assert normalise("7- hydroxymitragynine") == "7-hydroxymitragynine"
    assert normalise("6- and 7-membered") == "6- and 7-membered"


@given(st.text())
def test_normalising_twice_changes_nothing(text):
    once = normalise(text)
    assert normalise(once) == once


@given(st.text())
def test_a_normal_text_has_no_space_at_its_ends_and_none_doubled(text):
    result = normalise(text)
    assert result == " ".join(result.split())
