"""A bucket in memory, machines that share it, and a real S3 server where one is installed."""

from __future__ import annotations

import os
import subprocess
import uuid
from datetime import timedelta

import pytest

from regstatus.fetch.settings import Settings
from regstatus.model.text import Page
from regstatus.model.words import Outcome
from regstatus.pipeline.update import Options, update
from regstatus.store.bucket import mirror as remote
from regstatus.store.bucket import objects as bucket_module
from regstatus.store.bucket.objects import Bucket
from tests.pipeline.test_update import chapter, schedule
from tests.store.bucket import ceph
from tests.support.make import FEDERAL, NOON, TEXAS

URL = "s3://law/here"
KEYS = {"AWS_ACCESS_KEY_ID": "testkey", "AWS_SECRET_ACCESS_KEY": "testsecret"}


class Killed(BaseException):
    """Stands for a kill: nothing that catches errors may catch it."""


class Machine:
    """One machine: its cache, its clock, and what the hosts show it."""

    def __init__(self, folder, url, sources, monkeypatch):
        self.folder, self.url, self.sources = folder, url, sources
        self.monkeypatch = monkeypatch
        self.now = NOON
        self.cap = "two"
        self.asked = []

    def here(self):
        """What follows runs on this machine."""
        self.monkeypatch.setenv("REGSTATUS_CACHE", str(self.folder))
        remote._looked.clear()
        return self

    def pages(self, requests, settings, *, now):
        for request in requests:
            self.asked.append(request)
            law = chapter(cap=self.cap) if "444" in request.url else schedule()
            yield (
                request,
                Page(
                    url=request.url,
                    final_url=request.url,
                    outcome=Outcome.OK,
                    status=200,
                    headers=(("content-type", "text/html; charset=utf-8"), ("etag", '"1"')),
                    body=law,
                    format=request.format,
                    fetched_at=now(),
                ),
            )

    def options(self, **options):
        self.here()
        options.setdefault("isolate", False)
        return Options(
            sources=self.sources,
            snapshots=remote.Path(remote.mirror_of(self.url)),
            remote=self.url,
            settings=Settings(delay=0.0, retries=0),
            **options,
        )

    def run(self, hours=24, pages=None, **options):
        self.now += timedelta(hours=hours)
        return update(self.options(**options), now=lambda: self.now, pages=pages or self.pages)

    def store(self):
        self.here()
        return remote.open_remote(self.url)

    def versions(self):
        return [entry["id"] for entry in self.store().versions()]


@pytest.fixture
def sources(tmp_path):
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / "tx.toml").write_text(TEXAS, encoding="utf-8")
    (folder / "us.toml").write_text(FEDERAL, encoding="utf-8")
    return folder


@pytest.fixture
def machines(tmp_path, sources, monkeypatch):
    def make(name, url=URL):
        return Machine(tmp_path / name, url, sources, monkeypatch)

    return make


@pytest.fixture
def memory(monkeypatch):
    """All addresses lead to stores in memory; returns the objects of one as name to bytes."""
    obstore = pytest.importorskip("obstore")
    from obstore.store import MemoryStore

    stores = {}

    def connect(url, *, patient):
        return stores.setdefault(url, MemoryStore())

    monkeypatch.setattr(bucket_module, "_connect", connect)

    class Objects:
        def __call__(self, url=URL):
            store = connect(url, patient=True)
            found = [item["path"] for page in obstore.list(store) for item in page]
            return {name: bytes(obstore.get(store, name).bytes()) for name in found}

        def spoil(self, name, data=b"spoilt", url=URL):
            obstore.put(connect(url, patient=True), name, data)

        def remove(self, name, url=URL):
            obstore.delete(connect(url, patient=True), name)

    return Objects()


@pytest.fixture
def at_write(monkeypatch):
    """Have something happen at the n-th creation of an object, before or after it is made."""

    def plan(number, act, *, after=False):
        count = [0]
        real = Bucket.create

        def create(self, name, data):
            count[0] += 1
            if count[0] != number:
                return real(self, name, data)
            if not after:
                act(name)
                return real(self, name, data)
            made = real(self, name, data)
            act(name)
            return made

        patch = pytest.MonkeyPatch()
        patch.setattr(Bucket, "create", create)
        return patch, count

    return plan


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """Environment of a real S3 server: the one of REGSTATUS_TEST_S3, or Ceph where it is installed."""
    pytest.importorskip("obstore")
    named = os.environ.get("REGSTATUS_TEST_S3")
    if named:
        yield {
            "AWS_ENDPOINT_URL": named,
            "AWS_REGION": os.environ.get("AWS_REGION", "us-east-1"),
            **{name: os.environ.get(name, value) for name, value in KEYS.items()},
        }
        return
    if lacks := ceph.missing():
        pytest.skip(
            f"no S3 server: {', '.join(lacks)} not installed (Debian: ceph-base, ceph-mon, "
            "ceph-osd, radosgw), and REGSTATUS_TEST_S3 names none"
        )
    try:
        with ceph.server(tmp_path_factory.mktemp("ceph"), *KEYS.values()) as endpoint:
            yield {"AWS_ENDPOINT_URL": endpoint, "AWS_REGION": "us-east-1", **KEYS}
    except (subprocess.SubprocessError, TimeoutError) as error:
        pytest.skip(f"the S3 server could not be started here: {error}")


@pytest.fixture
def s3(server, monkeypatch):
    """A fresh bucket of the real server: its address."""
    for name, value in server.items():
        monkeypatch.setenv(name, value)
    return create_bucket(f"law-{uuid.uuid4().hex[:12]}")


def create_bucket(name):
    """Create a bucket on the server of the environment; returns an address in it."""
    import obstore
    from obstore.store import S3Store

    # To a store that takes the bucket's name for the host's, a bucket is an object.
    root = S3Store(
        "any",
        config={"virtual_hosted_style_request": "true"},
        client_options={"allow_http": True},
    )
    try:
        obstore.put(root, name, b"", use_multipart=False)
    except obstore.exceptions.GenericError as error:
        if "ETag Header missing" not in str(error):  # a bucket has none
            raise
    return f"s3://{name}/some/prefix"
