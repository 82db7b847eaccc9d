"""Verdicts over HTTP: those of files, for one order and for a batch, whatever is sent."""

import csv
import json
import socket
from datetime import UTC, datetime

import pytest

from regstatus.cli import main
from regstatus.query.destination import Destination
from regstatus.query.verdict import Screener
from regstatus.store.reader import Store
from tests.conftest import ROOT
from tests.web.test_openapi import validator

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
DAY = "2026-11-30"
FRESH = "official_text:20y,official_notice:20y,secondary:20y"
SHOP = {"age_check": {"age": 21, "by": "document"}, "labelling": True, "synthetic": False}
FIELDS = ("verdict", "status", "reason", "record", "version")


@pytest.fixture(scope="module")
def ask(serving):
    with serving(ROOT / "snapshots", now=lambda: NOW, limit=None) as client:
        yield client


@pytest.fixture(scope="module")
def snapshot():
    return Store(ROOT / "snapshots").load()


def post(ask, body, kind="application/json", query="", **headers):
    data = body if isinstance(body, (str, bytes)) else json.dumps(body)
    return ask(f"/v1/screen{query}", "POST", data, Content_Type=kind, **headers)


ORDERS = [
    {"to": "Texas", "product": "kratom"},
    {"to": "US-FL", "zip": "34285", "product": "leaf"},
    {"zip": "62002", "product": "7-OH"},
    {"city": "Austin", "to": "TX", "product": "MGM-15", "day": "2026-01-01"},
    {"county": "Cook County", "to": "US-IL", "product": "kratom"},
    {"to": "Springfield", "product": "kratom"},
    {"to": "Atlantis", "product": "kratom"},
    {"to": "TH", "product": "tea"},
    {"to": "US-OH", "product": "kratom", "day": "tomorrow"},
    {"product": "kratom"},
]


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"country": "US", "from": "US"},
        {"fresh_enough": FRESH},
        {"allow_stale": "9999d", "from": "US"},
    ],
    ids=str,
)
def test_a_batch_says_what_the_screener_of_files_says(ask, snapshot, options):
    from datetime import timedelta

    asked = {
        "country": options.get("country"), "sent_from": options.get("from"),
        "fresh_enough": options.get("fresh_enough"),
        "allow_stale": timedelta(days=9999) if "allow_stale" in options else None,
    }  # fmt: skip
    screener = Screener(snapshot, now=NOW, **asked)
    reply = post(ask, {**options, "orders": ORDERS})
    assert reply.status == 200
    validator("ScreenReply").validate(reply.json)
    assert [item["row"] for item in reply.json["items"]] == [*range(1, len(ORDERS) + 1)]
    for order, item in zip(ORDERS, reply.json["items"], strict=True):
        cells = {name: order.get(name, "") for name in ("zip", "city", "county")}
        to = Destination(order.get("to", ""), **cells)
        verdict = screener.verdict(to, order["product"], order.get("day"))
        assert tuple(item[name] for name in FIELDS) == tuple(verdict)
        if any(order.get(name) for name in ("to", "zip", "city", "county")):
            words = "&".join(f"{k}={v}".replace(" ", "+") for k, v in {**order, **options}.items())
            one = ask(f"/v1/screen?{words}").json
            validator("ScreenAnswer").validate(one)
            assert tuple(one[name] for name in FIELDS) == tuple(verdict)
    counts = {
        word: sum(i["verdict"] == word for i in reply.json["items"])
        for word in reply.json["verdicts"]
    }
    assert counts == reply.json["verdicts"]
    assert reply.json["count"] == len(ORDERS)


def test_a_batch_says_what_a_screened_file_says(ask, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("REGSTATUS_SNAPSHOTS", str(ROOT / "snapshots"))
    monkeypatch.setattr("regstatus.cli._screen.now", lambda: NOW)
    orders = [{"to": "TX", "zip": "", "product": "kratom", "day": DAY}] + [
        {"to": "", "zip": code, "product": "kratom", "day": DAY}
        for code in ("34285", "62002", "02861", "09001", "00000")
    ]
    with (tmp_path / "orders.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, ["to", "zip", "product", "day"])
        writer.writeheader()
        writer.writerows(orders)
    words = [
        "--to",
        "to",
        "--to-zip",
        "zip",
        "--product",
        "product",
        "--day",
        "day",
        "--country",
        "US",
    ]
    out = tmp_path / "out.csv"
    assert main(["screen", str(tmp_path / "orders.csv"), *words, "--output", str(out)]) == 0
    capsys.readouterr()
    with out.open(newline="") as file:
        rows = [*csv.DictReader(file)]
    items = post(ask, {"country": "US", "orders": orders}).json["items"]
    for row, item in zip(rows, items, strict=True):
        assert [row[f"regstatus_{name}"] for name in FIELDS] == [
            item[name] or "" for name in FIELDS
        ]


def test_a_profile_of_the_body_counts_as_one_of_a_file(ask, snapshot):
    from regstatus.catalog.profile_file import profile_of

    screener = Screener(
        snapshot, now=NOW, profile=profile_of(SHOP), sent_from="US", fresh_enough=FRESH
    )
    orders = [{"to": name, "product": "kratom"} for name in ("US-TX", "US-NY", "US-IL", "US-AL")]
    body = {"profile": SHOP, "from": "US", "fresh_enough": FRESH, "orders": orders}
    items = post(ask, body).json["items"]
    assert [i["reason"] for i in items] == [
        screener.verdict(o["to"], "kratom").reason for o in orders
    ]
    assert any("Met: " in item["reason"] or "age" in item["reason"] for item in items)


@pytest.mark.parametrize(
    ("id_of_row", "comes_back"),
    [("o-1", "o-1"), (17, 17), (None, None), ("Ünï\u202e", "Ünï\u202e")],
)
def test_ids_come_back_with_each_row_and_with_the_whole(ask, id_of_row, comes_back):
    order = {"to": "US-TX", "product": "kratom", "id": id_of_row}
    reply = post(ask, {"id": "batch 7", "orders": [order]}, X_Correlation_ID="c-1")
    assert (reply.json["id"], reply.json["items"][0]["id"]) == ("batch 7", comes_back)
    assert reply.headers["x-correlation-id"] == "c-1"
    assert post(ask, {"orders": [order]}, X_Correlation_ID="c-2").json["id"] == "c-2"
    assert post(ask, {"orders": [order]}).json["id"] is None
    assert "no-store" in reply.headers["cache-control"]
    assert post(ask, {"orders": []}, X_Correlation_ID="c-3").headers["x-correlation-id"] == "c-3"


BAD = [
    ({"to": 5, "product": "kratom"}, "to"),
    ({"to": "US-TX"}, "product"),
    ({"zip": 34285, "product": "kratom"}, "zip"),
    ({"to": "US-TX", "product": "kratom", "colour": "red"}, "colour"),
    ({"to": "US-TX", "product": ["kratom"]}, "product"),
    ("US-TX", "order"),
    (None, "order"),
    ([], "order"),
]


@pytest.mark.parametrize(("bad", "field"), BAD, ids=str)
def test_one_bad_row_is_named_and_loses_none_of_the_others(ask, bad, field):
    good = {"to": "US-TX", "product": "kratom", "id": "good"}
    alone = post(ask, {"orders": [good]}).json["items"][0]
    items = post(ask, {"orders": [good, bad, good]}).json["items"]
    assert [item["row"] for item in items] == [1, 2, 3]
    assert items[0] == alone == {**items[2], "row": 1}
    assert (items[1]["verdict"], items[1]["status"], items[1]["record"]) == ("ask", "unknown", None)
    assert items[1]["reason"].startswith(f"Row 2, {field}: ")
    lines = "\n".join(json.dumps(order) for order in (good, bad, good))
    told = post(ask, lines, "application/x-ndjson")
    assert [json.loads(line)["verdict"] for line in told.text.splitlines()][1] == "ask"
    assert f"Row 2, {field}: " in told.text


@pytest.mark.parametrize(("bad", "field"), BAD, ids=str)
def test_a_batch_without_one_good_row_is_refused_by_row_and_field(ask, bad, field):
    reply = post(ask, {"orders": [bad, bad]})
    assert reply.status == 400
    validator("Problem").validate(reply.json)
    assert [(row["row"], row["field"]) for row in reply.json["rows"]] == [(1, field), (2, field)]
    assert f"Row 1, {field}: " in reply.json["detail"]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("", "no JSON"), ("{", "no JSON"), ("[]", "orders"), ("17", "orders"), ("{}", "orders"),
        ('{"orders": {}}', "orders"), ('{"orders": []}', "orders"), ("[" * 50_000, "deep"),
        (b"\xff\xfe", "UTF-8"), ({"orders": ORDERS, "colour": 1}, "colour"),
        ({"orders": ORDERS, "country": 5}, "country"), ({"orders": ORDERS, "country": "Atlantis"}, "Atlantis"),
        ({"orders": ORDERS, "allow_stale": "soon"}, "soon"),
        ({"orders": ORDERS, "fresh_enough": "best:1y"}, "best"),
        ({"orders": ORDERS, "allow_stale": "1d", "fresh_enough": FRESH}, "give one"),
        ({"orders": ORDERS, "as_known_on": "2999-01-01"}, "as_known_on"),
        ({"orders": ORDERS, "products": {"tea": "coffee"}}, "products.tea"),
        ({"orders": ORDERS, "profile": {"labeling": True}}, "profile.labeling: unknown key"),
        ({"orders": ORDERS, "profile": {"age_check": {"age": "21", "by": "document"}}},
         "profile.age_check.age"),
        ({"orders": ORDERS, "profile": {"places": {"Atlantis": {}}}}, "profile.places"),
        ({"orders": ORDERS, "profile": []}, "profile"),
    ],
    ids=lambda value: str(value)[:40],
)  # fmt: skip
def test_a_batch_that_is_not_understood_says_why(ask, body, told):
    reply = post(ask, body)
    assert reply.status == 400
    assert reply.headers["content-type"] == "application/problem+json"
    assert told in reply.json["detail"]


def test_products_of_a_shop_are_mapped(ask):
    orders = [{"to": "US-TX", "product": "SKU-1"}, {"to": "US-TX", "product": "kratom"}]
    mapped, plain = post(ask, {"products": {"SKU-1": "leaf"}, "orders": orders}).json["items"]
    assert mapped["reason"] == plain["reason"]


@pytest.mark.parametrize(
    "first", [{"profile": SHOP}, {"country": "US", "id": "b"}, {"products": {"SKU": "leaf"}}]
)
def test_the_first_line_of_ndjson_may_hold_what_holds_for_all(ask, first):
    orders = [{"to": "US-NY", "product": "SKU" if "products" in first else "kratom"}] * 2
    lines = "\n".join(map(json.dumps, [first, *orders])) + "\n\n"
    told = [json.loads(line) for line in post(ask, lines, "application/x-ndjson").text.splitlines()]
    assert told == post(ask, {**first, "orders": orders}).json["items"]


def test_the_form_of_the_reply_is_that_of_the_request_or_of_accept(ask):
    line = json.dumps(ORDERS[0])
    assert (
        post(ask, line, "application/x-ndjson; charset=utf-8").headers["content-type"]
        == "application/x-ndjson"
    )
    reply = post(ask, {"orders": ORDERS}, Accept="application/x-ndjson")
    assert len(reply.text.splitlines()) == len(ORDERS)


@pytest.mark.parametrize("number", [1_001, 1_500, 5_000])
def test_too_many_orders_are_refused(ask, number):
    reply = post(ask, {"orders": [{"to": "TX", "product": "leaf"}] * number})
    assert reply.status == 413
    assert "1,000" in reply.json["detail"]
    assert post(ask, "{}\n" * number, "application/x-ndjson").status == 413


def test_a_thousand_orders_are_answered(ask):
    orders = [
        {"zip": f"{number:05}", "product": "kratom", "id": number}
        for number in range(10_000, 11_000)
    ]
    reply = post(ask, {"country": "US", "orders": orders})
    assert [item["id"] for item in reply.json["items"]] == [order["id"] for order in orders]


@pytest.mark.parametrize("size", [1_000_001, 3_000_000])
def test_a_body_that_is_too_long_is_refused(ask, size):
    assert post(ask, b" " * size).status == 413
    assert ask("/robots.txt").status == 200


def test_a_body_without_a_length_is_not_gathered_without_end(ask):
    head = (
        b"POST /v1/screen HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n"
    )
    chunk = b"10000\r\n" + b" " * 65_536 + b"\r\n"
    with socket.create_connection(("127.0.0.1", ask.port), 30) as wire:
        wire.sendall(head)
        answer = b""
        try:
            for _ in range(200):
                wire.sendall(chunk)
            while data := wire.recv(65_536):
                answer += data
        except OSError:
            pass
    assert answer == b"" or answer.startswith(b"HTTP/1.1 413 ")
    assert ask("/robots.txt").status == 200


@pytest.mark.parametrize(
    "kind", ["text/csv", "application/x-www-form-urlencoded", "application/jsonp", ""]
)
def test_a_batch_of_another_kind_is_refused(ask, kind):
    reply = post(ask, {"orders": ORDERS}, kind)
    assert reply.status == 415
    assert "application/x-ndjson" in reply.json["detail"]


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("to=US-TX", "product"), ("product=kratom", "to"), ("to=US-TX&product=kratom&colour=red", "colour"),
        ("to=US-TX&product=", "product"), ("to=US-TX&to=US-OH&product=kratom", "twice"),
        ("to=US-TX&product=kratom&allow_stale=soon", "soon"),
        ("to=US-TX&product=kratom&country=Atlantis", "Atlantis"),
        ("to=US-TX&product=kratom&country=Texas", "country: Texas (US-TX) is no country"),
    ],
)  # fmt: skip
def test_a_question_that_is_not_understood_names_its_word(ask, query, told):
    reply = ask(f"/v1/screen?{query}")
    assert reply.status == 400
    assert told in reply.json["detail"]


def test_an_option_is_given_once(ask):
    reply = post(ask, {"country": "US", "orders": ORDERS}, query="?country=US")
    assert reply.status == 400
    assert "country" in reply.json["detail"]
    assert (
        post(ask, {"orders": ORDERS}, query="?country=US").json
        == post(ask, {"country": "US", "orders": ORDERS}).json
    )


def test_only_batches_are_posted_and_any_site_may_post_them(ask):
    for method in ("PUT", "PATCH", "DELETE"):
        assert ask("/v1/screen", method, b"x").status == 405
    assert "POST" in ask("/v1/screen", "PUT", b"x").headers["allow"]
    assert "POST" not in ask("/v1/changes", "POST", b"x").headers["allow"]
    may = ask("/v1/screen", "OPTIONS")
    assert "POST" in may.headers["access-control-allow-methods"]
    assert "Content-Type" in may.headers["access-control-allow-headers"]
    assert "POST" not in ask("/v1/changes", "OPTIONS").headers["access-control-allow-methods"]


def test_a_batch_is_answered_anew_and_one_order_may_be_remembered(ask):
    orders = {"orders": ORDERS}
    first = post(ask, orders)
    again = post(ask, orders, If_None_Match=first.headers.get("etag", "*"))
    assert (again.status, again.body) == (200, first.body)
    one = ask("/v1/screen?to=US-TX&product=kratom")
    assert (
        ask("/v1/screen?to=US-TX&product=kratom", If_None_Match=one.headers["etag"]).status == 304
    )
    other = ask("/v1/screen?to=US-TX&product=7-oh")
    assert other.json["reason"] != one.json["reason"]


LETTERS = [chr(ord("a") + number) for number in range(10)]


@pytest.mark.parametrize(
    "words",
    [
        lambda n: {"to": f"Qu{LETTERS[n % 10]}{LETTERS[n // 10]}zzbury"},
        lambda n: {"to": f"{-10 - n / 4},{-20 - n / 4}"},
        lambda n: {"to": "US-CA", "city": f"Lake {LETTERS[n % 10]}{LETTERS[n // 10]}xville"},
    ],
    ids=["names that nobody knows", "points at sea", "cities that nobody knows"],
)
def test_others_are_answered_while_a_batch_is_being_judged(ask, words):
    orders = [{**words(number), "product": "kratom"} for number in range(100)]
    body = json.dumps({"orders": orders}).encode()
    head = (
        b"POST /v1/screen HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        b"Content-Length: %d\r\n\r\n" % len(body)
    )
    with socket.create_connection(("127.0.0.1", ask.port), 60) as wire:
        wire.sendall(head + body)
        for _ in range(4):  # one or two may be answered before it is read
            assert ask("/v1/screen?to=US-AL&product=kratom").status == 200
        wire.settimeout(0)
        with pytest.raises(BlockingIOError):
            wire.recv(1)
        wire.settimeout(60)
        assert wire.recv(65_536).startswith(b"HTTP/1.1 200 ")


@pytest.mark.parametrize(
    ("body", "status", "comes_back"),
    [
        ({"id": "b-1", "orders": [{}]}, 400, "b-1"),
        ({"id": "b-2", "colour": 1, "orders": ORDERS}, 400, "b-2"),
        ({"id": 3, "profile": {"labeling": True}, "orders": ORDERS}, 400, 3),
        ({"id": "b-4", "country": "Atlantis", "orders": ORDERS}, 400, "b-4"),
        ({"id": "b-5", "orders": ORDERS * 101}, 413, "b-5"),
        ({"id": {}, "orders": ORDERS}, 400, None),
        ("{", 400, "c-1"),
    ],
    ids=lambda value: str(value)[:40],
)  # fmt: skip
def test_the_id_of_a_batch_that_is_refused_comes_back(ask, body, status, comes_back):
    reply = post(ask, body, X_Correlation_ID="c-1")
    validator("Problem").validate(reply.json)
    assert (reply.status, reply.headers["x-correlation-id"]) == (status, "c-1")
    assert reply.json.get("id") == comes_back


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b" " * 1_000_001, "application/json", 413),
        ("a,b", "text/csv", 415),
        ("[", "application/json", 400),
    ],
    ids=["too long", "of another kind", "no JSON"],
)
def test_the_correlation_id_comes_back_whatever_is_refused(ask, body, kind, status):
    reply = post(ask, body, kind, X_Correlation_ID="c-9")
    assert (reply.status, reply.headers["x-correlation-id"]) == (status, "c-9")


def test_ids_of_rows_come_back_where_none_is_understood(ask):
    orders = [{"id": "o-1", "to": 5}, {"id": 2}, {"id": "o-3", "zip": "34285", "prodct": "leaf"}]
    reply = post(ask, {"orders": orders})
    validator("Problem").validate(reply.json)
    assert [row["id"] for row in reply.json["rows"]] == ["o-1", 2, "o-3"]


@pytest.mark.parametrize(
    ("twice", "key"),
    [
        ('{"to": "US-AL", "to": "US-TX", "product": "kratom"}', "to"),
        ('{"zip": "34285", "product": "kratom", "zip": "78701"}', "zip"),
        ('{"to": "US-TX", "product": "7-OH", "product": "kratom"}', "product"),
        ('{"to": "US-TX", "product": "kratom", "id": "1", "id": "2"}', "id"),
    ],
)
def test_of_a_key_that_stands_twice_neither_is_taken(ask, twice, key):
    good = json.dumps({"to": "US-TX", "product": "kratom"})
    items = post(ask, f'{{"orders": [{good}, {twice}]}}').json["items"]
    assert items[0]["record"] == "US-TX"
    assert items[1]["record"] is None
    assert items[1]["reason"] == f"Row 2, order: {key} is given twice."
    told = post(ask, f"{good}\n{twice}", "application/x-ndjson").text.splitlines()
    assert json.loads(told[1])["reason"] == items[1]["reason"]
    whole = post(ask, f'{{"country": "US", "country": "TH", "orders": [{good}]}}')
    assert (whole.status, whole.json["detail"]) == (400, "country is given twice")


@pytest.mark.parametrize(
    ("first", "key"),
    [
        ({"country": "US", "fresh_enugh": "official_text:30d"}, "fresh_enugh"),
        ({"profil": SHOP}, "profil"),
        ({"id": "b", "country": "US", "from": "US", "alow_stale": "1d"}, "alow_stale"),
    ],
    ids=str,
)
def test_a_misspelt_option_of_ndjson_is_refused_and_not_left_out(ask, first, key):
    lines = "\n".join(map(json.dumps, [first, *ORDERS]))
    reply = post(ask, lines, "application/x-ndjson")
    assert reply.status == 400
    assert f"{key}: unknown key" in reply.json["detail"]


@pytest.mark.parametrize(
    "option", ["country", "from", "allow_stale", "fresh_enough", "as_known_on"]
)
@pytest.mark.parametrize("value", ["", "?", "US-TX/nowhere"])
def test_an_option_that_is_not_understood_is_named(ask, option, value):
    for reply in (
        ask(f"/v1/screen?to=US-TX&product=kratom&{option}={value.replace('?', '%3F')}"),
        post(ask, {option: value, "orders": ORDERS}),
    ):
        assert reply.status == 400
        assert reply.json["detail"].startswith(f"{option}: ")


@pytest.mark.parametrize("name", ["US-TX", "Puerto Rico", "EU", "California"])
def test_what_is_no_country_is_none_that_goods_are_sent_to_or_from(ask, name):
    for option in ("country", "from"):
        reply = post(ask, {option: name, "orders": ORDERS})
        assert reply.status == 400
        assert reply.json["detail"].startswith(f"{option}: ")
        assert "is no country" in reply.json["detail"]
