"""Feeds raise leads and never set a status; a bill or a proposal is never called law."""

import json

import pytest

from regstatus.assess.announcements import announcements
from regstatus.base.errors import ReadingError
from regstatus.model.text import Page
from regstatus.model.words import Outcome
from tests.support.make import NOON

REGISTER = {
    "results": [
        {"document_number": "2026-9", "type": "Proposed Rule", "title": "Placement of 7-Hydroxymitragynine",
         "publication_date": "2026-10-14", "effective_on": None, "html_url": "https://x.example/9"},
        {"document_number": "2026-8", "type": "Rule", "title": "Fishing for pollock"},
        {"document_number": "2026-7", "type": "Notice", "title": "Meeting", "abstract": "On kratom."},
    ]
}  # fmt: skip
OPEN_STATES = {
    "results": [
        {"id": "ocd-bill/1", "identifier": "AB 1088", "title": "Public health: kratom.",
         "jurisdiction": {"name": "California"}, "latest_action_date": "2025-06-11",
         "latest_action_description": "Referred to Com. on HEALTH.", "openstates_url": "https://o.example/1"},
        {"id": "ocd-bill/2", "identifier": "HB 2", "title": "Roads", "jurisdiction": {"name": "Ohio"}},
    ]
}  # fmt: skip
LEGISCAN = {
    "status": "OK",
    "searchresult": {
        "summary": {"count": 2},
        "0": {"bill_id": 5, "bill_number": "SB758", "state": "CA", "title": "7-hydroxymitragynine",
              "last_action_date": "2026-01-15", "last_action": "Amended", "url": "https://l.example/5"},
        "1": {"bill_id": 6, "bill_number": "SB1", "state": "CA", "title": "Budget"},
    },
}  # fmt: skip


def read(value):
    body = value if isinstance(value, bytes) else json.dumps(value).encode()
    page = Page(url="u", final_url="u", outcome=Outcome.OK, body=body, fetched_at=NOON)
    return list(announcements(page))


def test_the_register_says_what_each_document_is():
    found = read(REGISTER)
    assert [(item.name, item.kind, item.is_rule) for item in found] == [
        ("2026-9", "Proposed Rule", False), ("2026-7", "Notice", False),
    ]  # fmt: skip


def test_a_bill_is_told_again_only_when_it_takes_a_step():
    [item] = read(OPEN_STATES)
    assert (item.name, item.kind, item.is_rule) == ("California AB 1088", "bill", False)
    assert item.key == "ocd-bill/1@2025-06-11"
    [item] = read(LEGISCAN)
    assert (item.name, item.step) == ("CA SB758", "Amended")


@pytest.mark.parametrize(
    "body", [b"<html>", b"[]", b"{}", b'{"results": 3}', b'{"status": "ERROR"}', b'"x"']
)
def test_a_feed_of_another_shape_is_a_named_failure(body):
    with pytest.raises(ReadingError, match="feed"):
        read(body)


def test_an_alert_is_told_by_its_product_too_and_again_when_it_changes():
    bicycle = {"NID": "3", "Title": "Bicycle recalled", "Product": "Bicycle", "Issue": "Fall"}
    shots = {"NID": "2", "Title": "Shots seized", "Product": "Shots with mitragynine"}
    capsules = {
        "NID": "1", "Title": "Unauthorized kratom capsules", "Product": "Capsules",
        "Last updated": "2026-11-18", "URL": "https://r.example/1",
    }  # fmt: skip
    found = read([bicycle, shots, capsules])
    assert [item.key for item in found] == ["2@None", "1@2026-11-18"]
    assert (found[1].kind, found[1].is_rule, found[1].url) == (
        "alert",
        False,
        "https://r.example/1",
    )


def test_a_dump_of_no_alerts_is_a_fault_of_the_host():
    with pytest.raises(ReadingError, match="feed"):
        read([{"Title": "kratom"}, 3])
