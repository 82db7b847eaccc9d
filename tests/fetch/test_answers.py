"""The way to each text that needs several questions, played from list to text on loopback."""

from datetime import UTC, datetime

import pytest

from regstatus.decide.verdicts import judge
from regstatus.fetch.fetcher import fetch_many
from regstatus.fetch.settings import Settings
from regstatus.model.request import Request
from regstatus.model.words import Outcome
from regstatus.pipeline.page_reader.read_page import read_page
from tests.support import project
from tests.support.answers import ANSWERS
from tests.support.replica import KEYS, Replica

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
CATALOG = project.catalogue()
DOCUMENTS = {
    f"{source.jurisdiction}:{document.id}": document
    for source in CATALOG
    for document in source.documents
    if document.adapter in ANSWERS
}


@pytest.fixture(scope="module")
def pages():
    requests = [
        Request(
            key=key,
            url=document.url,
            format=document.format,
            adapter=document.adapter,
            params=document.params,
            allowed_hosts=document.allowed_hosts,
        )
        for key, document in DOCUMENTS.items()
    ]
    with Replica(CATALOG) as replica:
        how = Settings(delay=0.0, retries=0, routes=replica.routes, env=KEYS)
        return {request.key: page for request, page in fetch_many(requests, how, now=lambda: NOON)}


def test_every_such_interface_is_used_by_a_source_file():
    assert {document.adapter for document in DOCUMENTS.values()} == set(ANSWERS)


@pytest.mark.parametrize("key", DOCUMENTS)
def test_the_text_that_comes_out_confirms_its_source_file(pages, key):
    page, document = pages[key], DOCUMENTS[key]
    assert page.outcome is Outcome.OK, page.problem
    assert page.url == document.url
    reading = read_page(document, page, NOON.date())
    assert reading.finding is not None, reading.problem
    assert judge(document, reading.finding, None) == ()
