"""The small parts that need no host: addresses, decoding, dates in links, words made safe."""

import gzip
import zlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regstatus.base.address import hop, is_private, may_go, problem_with, routed_address
from regstatus.base.safe import one_line
from regstatus.fetch.decompress import Corrupt, TooLarge, unpack
from regstatus.fetch.hosts.link import date_in
from regstatus.fetch.masking import Secrets


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "a.localhost",
        "127.0.0.1",
        "10.1.2.3",
        "192.168.0.1",
        "172.16.0.1",
        "0.0.0.0",
        "169.254.169.254",
        "::1",
        "fe80::1%eth0",
        "fd00::1",
        "::ffff:127.0.0.1",
        "127.1",
        "017700000001",
        "2130706433",
        "0x7f.1",
        "0x7f000001",
        "224.0.0.1",
        "100.64.0.1",
        "printer.local",
        "db.internal",
    ],
)
def test_private_hosts_are_known_in_every_spelling(host):
    assert is_private(host)


@pytest.mark.parametrize(
    "host",
    ["127\u30020\u30020\u30021", "10\uff0e0\uff0e0\uff0e1", "localhost\uff61", "db\u3002internal"],
)
def test_the_dots_of_other_scripts_hide_no_private_host(host):
    assert "private or local" in (problem_with(f"http://{host}/") or "")


def test_a_public_name_with_the_dots_of_its_script_is_asked():
    assert problem_with("http://\u6cd5\u5f8b\u3002\u4e2d\u56fd/") is None


@pytest.mark.parametrize("host", ["law.example.gov", "8.8.8.8", "2606:4700::1111", "1.example.gov"])
def test_public_hosts_are_not_private(host):
    assert not is_private(host)


@pytest.mark.parametrize("url", ["https://a.gov/x", "http://a.gov:8080/", "https://8.8.8.8/"])
def test_ordinary_addresses_may_be_asked(url):
    assert problem_with(url) is None


@pytest.mark.parametrize(
    "url",
    ["", "a.gov", "//a.gov/", "https:///x", "http://a.gov:99999/", "http://[::1", "mailto:a@b.gov"],
)
def test_what_is_no_address_is_said_so(url):
    assert problem_with(url)


def test_another_port_is_another_place():
    assert may_go("https://a.gov/x", "https://www.a.gov:443/y", ())
    assert not may_go("https://a.gov/x", "https://a.gov:8443/y", ())
    assert not may_go("https://a.gov/x", "https://a.gov.evil.example/y", ())


def test_a_route_keeps_path_and_query():
    routes = {"a.gov": "http://127.0.0.1:8000/replica/a.gov/"}
    assert (
        routed_address("https://a.gov/x?y=1", routes) == "http://127.0.0.1:8000/replica/a.gov/x?y=1"
    )
    assert routed_address("https://b.gov/x", routes) is None
    back = hop("https://a.gov/x", "http://127.0.0.1:8000/replica/a.gov/z", routes=routes)
    assert back == ("https://a.gov/z", None)


def bare(data):
    squeeze = zlib.compressobj(wbits=-15)
    return squeeze.compress(data) + squeeze.flush()


PACK = {"": bytes, "identity": bytes, "gzip": gzip.compress, "deflate": zlib.compress}


@given(data=st.binary(max_size=2000))
def test_what_was_packed_is_unpacked(data):
    for name, pack in PACK.items():
        assert unpack(pack(data), name, 10**6) == data
    assert unpack(gzip.compress(data) + gzip.compress(b"more"), "gzip", 10**6) == data + b"more"
    assert unpack(gzip.compress(data) + b"\0\0", "gzip", 10**6) == data


@given(data=st.binary(min_size=1, max_size=2000), cut=st.integers(1, 40))
def test_packed_data_that_stops_short_is_never_taken_as_whole(data, cut):
    for name in ("gzip", "deflate"):
        packed = PACK[name](data)
        with pytest.raises(Corrupt):
            unpack(packed[: max(1, len(packed) - cut)], name, 10**6)


@given(data=st.binary(min_size=2, max_size=3000), room=st.integers(0, 3000))
def test_the_limit_is_exact(data, room):
    for name, pack in PACK.items():
        if len(data) > room:
            with pytest.raises(TooLarge):
                unpack(pack(data), name, room)
            assert unpack(pack(data), name, room, cut=True) == data[:room]
        else:
            assert unpack(pack(data), name, room) == data


def test_bare_deflate_is_understood():
    assert unpack(bare(b"law " * 100), "deflate", 10**6) == b"law " * 100


def test_damaged_data_is_corrupt():
    packed = bytearray(gzip.compress(b"law " * 100))
    packed[-8] ^= 0xFF  # the checksum
    with pytest.raises(Corrupt):
        unpack(bytes(packed), "gzip", 10**6)
    with pytest.raises(Corrupt):
        unpack(b"x", "br", 10**6)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("schedules-2026-03-02.pdf", date(2026, 3, 2)),
        ("/2026/03/02/list.pdf", date(2026, 3, 2)),
        ("list_20260302.pdf", date(2026, 3, 2)),
        ("rev 3/2/2026", date(2026, 3, 2)),
        ("stand 2.3.2026", date(2026, 3, 2)),
        ("rev 25/3/2026", date(2026, 3, 25)),
        ("March 2, 2026", date(2026, 3, 2)),
        ("effective 2nd", None),
        ("2 Mar 2026", date(2026, 3, 2)),
        ("Sept. 1st, 2025", date(2025, 9, 1)),
        ("March 2026", date(2026, 3, 1)),
        ("2026-03 edition", date(2026, 3, 1)),
        ("Edition 2026", date(2026, 1, 1)),
        ("2024-13-45 and 2025-01-15", date(2025, 1, 15)),
        ("chapter 20263", None),
        ("no day at all", None),
    ],
)
def test_dates_are_found_in_links(words, day):
    assert date_in(words) == day


def test_the_order_of_day_and_month_can_be_told():
    assert date_in("03/04/2026") == date(2026, 3, 4)
    assert date_in("03/04/2026", dmy=True) == date(2026, 4, 3)


@given(st.text(max_size=600), st.integers(1, 100))
def test_words_shown_are_one_short_printable_line(words, limit):
    shown = one_line(words, limit)
    assert len(shown) <= limit
    assert shown.isprintable()


@given(st.text(min_size=1, max_size=30))
def test_a_masked_key_is_gone(key):
    secrets = Secrets({"K": key})
    if key not in "{env:K}":
        assert key not in secrets.mask("x").replace("{env:K}", "")
    assert secrets.mask(f"a{key}b") == "a{env:K}b" or key in "a{env:K}b" or key in "ab"
