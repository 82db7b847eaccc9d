"""More readers, and a bucket for a folder: what each costs and gives, with the same results."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchlib import ROOT, Line, absent, has, in_turns, line, same

from regstatus.catalog.sources import check_text
from regstatus.fetch.settings import Settings
from regstatus.model.document import Document
from regstatus.model.request import Request
from regstatus.model.text import Page
from regstatus.model.words import Outcome
from regstatus.pipeline.page_reader.pool import Pool
from regstatus.pipeline.page_reader.read_page import ReadPage
from regstatus.pipeline.update import Options, update

SECTION = "Beyond one machine"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
WAITS = {"dask": "Dask (`distributed`) is not installed", "s3": "no S3 server is installed (Ceph)"}
ABOUT = """\
Readers wait for the processor, so more of them than idle cores give nothing; one run's own readers
are started with it, those of the cluster were there. The bucket is Ceph's on the
same machine, in memory: a real one adds its distance, once for a look-up of a new process."""


def measure(quick: bool) -> list[Line]:
    """Measure; see the module."""
    sys.path.insert(0, str(ROOT))
    return [*_reading(quick), *_bucket(quick)]


def _page(document: Document, body: bytes) -> Page:
    return Page(
        url=document.url, final_url=document.url, outcome=Outcome.OK, status=200, body=body,
        headers=(("content-type", "text/html; charset=utf-8"),), format=document.format,
        fetched_at=NOW,
    )  # fmt: skip


class _Asked:
    def __init__(self, document: Document) -> None:
        self.document, self.key = document, "US-TX:hs-444"


def _reading(quick: bool) -> Iterator[Line]:
    from tests.pipeline.test_update import chapter
    from tests.support.make import TEXAS

    document = check_text(TEXAS, "tx.toml").documents[0]
    filler = b"<p>The department may adopt rules for the labels of food and of other goods.</p>"
    pages = []
    for number in range(8 if quick else 40):
        body = chapter().replace(b"<h3>", filler * (500 + number) + b"<h3>", 1)
        pages.append(_page(document, body))

    asked: Any = _Asked(document)

    def alone() -> list[ReadPage]:
        with Pool() as read:  # started for each run, as a run does
            return [read(document, page, NOW.date()) for page in pages]

    def spread(executor: Executor) -> list[ReadPage]:
        with Pool(executor) as pool:
            given: Any = ((asked, page) for page in pages)
            coming = pool.ahead(given, lambda _: asked, NOW.date(), lambda *_: False)
            return [pool(document, page, NOW.date()) for _, page in coming]

    with ExitStack() as open_:
        threads = open_.enter_context(ThreadPoolExecutor(2))
        work: dict[str, Callable[[], object]] = {
            "one": alone,
            "two": lambda: spread(threads),
        }
        same(spread(threads), alone(), "two readers and one")
        if has("distributed"):
            from distributed import Client, LocalCluster

            cluster = open_.enter_context(
                LocalCluster(
                    n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1"
                )
            )
            dask = open_.enter_context(open_.enter_context(Client(cluster)).get_executor())
            same(spread(dask), alone(), "a cluster and one reader")
            work["dask"] = lambda: spread(dask)
        best = in_turns(work, 1 if quick else 3)
    size = sum(len(page.body) for page in pages) / 1e6
    what = f"{len(pages)} pages of law, {size:.1f} MB, read in confined processes: "
    yield line(SECTION, what + "`--workers 2`", best["two"], best["one"], name="one process")
    if "dask" in best:
        yield line(
            SECTION, what + "two workers of Dask", best["dask"], best["one"], name="one process"
        )
    else:
        yield absent(SECTION, what + "two workers of Dask", WAITS["dask"])


def _bucket(quick: bool) -> Iterator[Line]:
    from tests.store.bucket import ceph

    looking = "`regstatus lookup US-TX --json` from a bucket, mirror warm"
    running = "a run that finds one new version, published"
    if not has("obstore") or ceph.missing():
        yield absent(SECTION, looking, WAITS["s3"])
        yield absent(SECTION, running, WAITS["s3"])
        return
    from tests.pipeline.test_update import chapter, schedule
    from tests.store.bucket.conftest import KEYS, create_bucket
    from tests.support.make import FEDERAL, TEXAS

    with TemporaryDirectory() as folder, ceph.server(Path(folder, "ceph"), *KEYS.values()) as at:
        root = Path(folder)
        os.environ |= {
            "AWS_ENDPOINT_URL": at, "AWS_REGION": "us-east-1", **KEYS,
            "REGSTATUS_CACHE": str(root / "cache"),
        }  # fmt: skip
        bucket = create_bucket(f"law-{uuid.uuid4().hex[:12]}")
        (root / "sources").mkdir()
        (root / "sources" / "tx.toml").write_text(TEXAS, encoding="utf-8")
        (root / "sources" / "us.toml").write_text(FEDERAL, encoding="utf-8")
        count = {"folder": 0, "bucket": 0}

        def play(kind: str) -> None:
            count[kind] += 1
            moment = NOW + timedelta(days=count[kind])

            def pages(asked: Any, _: Settings, **__: Any) -> Iterator[tuple[Request, Page]]:
                for request in asked:
                    cap = ("one", "two")[count[kind] % 2]
                    law = chapter(cap=cap) if "444" in request.url else schedule()
                    document = check_text(TEXAS, "tx.toml").documents[0]
                    yield request, _page(document, law)

            done = update(
                Options(
                    sources=root / "sources",
                    snapshots=root / kind,
                    remote=bucket if kind == "bucket" else None,
                    isolate=False,
                ),
                now=lambda: moment,
                pages=pages,
            )
            assert done.version is not None

        best = in_turns({kind: lambda kind=kind: play(kind) for kind in count}, 2 if quick else 8)
        yield line(SECTION, running, best["bucket"], best["folder"], name="in a folder")
        commands = {
            kind: [
                sys.executable,
                "-m",
                "regstatus",
                "lookup",
                "US-TX",
                "--json",
                "--snapshots",
                where,
            ]
            for kind, where in (("folder", str(root / "folder")), ("bucket", bucket))
        }
        ours, peer = (
            json.loads(subprocess.run(commands[k], check=True, capture_output=True).stdout)
            for k in ("bucket", "folder")
        )
        same(ours, peer, "a look-up from a bucket and from a folder")
        best = in_turns(commands, 5 if quick else 20)
        yield line(SECTION, looking, best["bucket"], best["folder"], name="from a folder")
