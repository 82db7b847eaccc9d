from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regstatus.model.charset import decode

LAW = "Příloha č. 1 – látky „kratom“ § 5"
WESTERN = "Règlement: “kratom” – § 5 é"


def test_a_byte_order_mark_comes_before_everything():
    for codec in ("utf-8-sig", "utf-16", "utf-32"):
        assert decode(LAW.encode(codec), content_type="text/html; charset=iso-8859-1") == LAW


def test_the_header_is_believed_where_the_bytes_allow_it():
    assert decode(LAW.encode("cp1250"), content_type="text/html; charset=windows-1250") == LAW


def test_a_header_that_the_bytes_refute_is_not_believed():
    assert decode(WESTERN.encode("cp1252"), content_type="text/html; charset=utf-8") == WESTERN
    assert decode(LAW.encode(), content_type="text/html; charset=iso-8859-1") == LAW


def test_utf8_needs_no_declaration_and_survives_a_wrong_one():
    assert decode(LAW.encode()) == LAW
    page = f'<meta charset="utf-16"><meta charset="iso-8859-1">{LAW}'
    assert decode(page.encode()) == page


def test_the_page_s_own_declaration_is_read_where_it_is_not_utf8():
    page = f'<meta http-equiv="Content-Type" content="text/html; charset=windows-1250">{LAW}'
    assert decode(page.encode("cp1250")) == page
    page = '<?xml version="1.0" encoding="ISO-8859-2"?><a>Příloha č. 1</a>'
    assert decode(page.encode("iso8859-2")) == page


def test_pages_that_declare_nothing_are_windows_1252():
    assert decode(WESTERN.encode("cp1252")) == WESTERN


def test_latin_1_is_read_as_the_wider_table_that_hosts_mean_by_it():
    page = f'<meta charset="iso-8859-1">{WESTERN}'
    assert decode(page.encode("cp1252")) == page


def test_utf8_that_was_cut_off_inside_a_character_is_still_utf8():
    assert decode(("kratom é" * 20 + "é").encode()[:-1]) == "kratom é" * 20


def test_one_broken_byte_does_not_turn_a_page_into_another_encoding():
    text = "Příloha č. 1 obsahuje látky. " * 30
    assert "Příloha č. 1" in decode(text.encode() + b"\x96" + text.encode())


def test_utf16_without_a_mark_is_known_by_its_zeros():
    assert decode("<html>kratom</html>".encode("utf-16-le")) == "<html>kratom</html>"
    assert decode("<html>kratom</html>".encode("utf-16-be")) == "<html>kratom</html>"


@pytest.mark.parametrize(
    "label", ["base64", "nonsense", "rot13", "hex", "idna", "undefined", "utf-7\x00"]
)
def test_a_label_that_names_no_character_set_does_no_harm(label):
    assert decode(LAW.encode(), content_type=f"text/html; charset={label}") == LAW


@given(
    st.binary(),
    st.sampled_from([None, "x; charset=utf-8", "x; charset=gb2312", "x; charset=utf-16"]),
)
def test_any_bytes_become_characters(body, header):
    assert isinstance(decode(body, content_type=header), str)


@pytest.mark.parametrize(
    "label",
    [
        "undefined", "unicode_escape", "raw-unicode-escape", "idna", "punycode", "utf-7", "rot13",
        "hex", "zip", "base64", "mbcs", "oem", "cp037", "cp1140", "utf-16", "utf-32-le", "", "x" * 9999,
        "utf\x008", "ü",
    ],
)  # fmt: skip
def test_a_label_that_is_no_character_set_is_passed_over(label):
    text = r"<p>Příloha \\x41 \\u0041 +AGE- xn--e1afmkfd</p>"
    assert decode(text.encode(), content_type=f"text/html; charset={label}") == text
    plain = text.replace("ř", "r").replace("í", "i")
    assert decode(plain.encode(), content_type=f"text/html; charset={label}") == plain
    for page in (f'<meta charset="{label}">', f'<?xml version="1.0" encoding="{label}"?>'):
        assert decode((page + WESTERN).encode("cp1252", "replace")).endswith(WESTERN)
