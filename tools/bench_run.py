"""A run: many documents on many hosts, one request at a time for each host, with a pause between.

The hosts are addresses of this machine (127.1.x.y), served by one process that answers
after 100 ms. It notes how each client behaved, so that the rule is checked and not
believed. Every client runs in a process of its own.
"""

from __future__ import annotations

import asyncio
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.request import urlopen

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
from benchlib import Line, absent, has, line, program, same

SECTION = "A run"
HOSTS = 200
LATENCY = 0.1
PAUSE = 1.0
"""The default of `regstatus update`, in seconds."""
ABOUT = """\
The bound is what the rule itself takes: for each host its robots.txt and its documents, one after
the other, each after 100 ms, with a second of rest between an answer and the next question. Ours is
the whole process: it reads every page (2 kB each), keeps it as evidence, decides every record and publishes a
version. Scrapy and urlwatch fetch the same pages and keep them. The server checks that nobody asks a
host twice at once or too soon. Scrapy counts its pause from question to question, so it is given
the pause and the answer's time together; urlwatch has no such rule, so it is given one in its hooks,
and as many threads as there are hosts."""


def bound(documents: int) -> float:
    """Least time of a run that obeys the rule, in seconds."""
    each = -(-documents // HOSTS)
    return LATENCY + each * (PAUSE + LATENCY)


def measure(quick: bool) -> list[Line]:
    """First and second run of ours, then the others, then one of ten times the size."""
    few, many = (400, 1_200) if quick else (1_000, 10_000)
    lines = []
    with tempfile.TemporaryDirectory(prefix="regstatus-bench-") as folder:
        world = World(Path(folder, "few"), few)
        with serving(few) as server:
            first = ours(world, server, run=1)
            second = ours(world, server, run=2)
        scrapy = urlwatch = None
        if has("scrapy"):
            with serving(few) as server:
                scrapy = fetched_by("scrapy", world, server)
        if program("urlwatch"):
            with serving(few) as server:
                urlwatch = fetched_by("urlwatch", world, server)
        large = World(Path(folder, "many"), many)
        with serving(many) as server:
            long = ours(large, server, run=1)
    least = bound(few)
    lines += [
        line(SECTION, f"{few:,} documents, whole process", first["seconds"], least, name="the bound",
             goal="at most 1.15 x", most=1.15, unit=_seconds),
        line(SECTION, f"{few:,} documents, second run, all unchanged (304)", second["seconds"], least,
             name="the bound", goal="at most 1.10 x", most=1.10, unit=_seconds),
        Line(SECTION, "pages parsed in that second run", f"{second['parsed']}",
             f"first run: {first['parsed']:,}", second["parsed"] / first["parsed"], "none",
             met=second["parsed"] == 0),
        _memory(f"peak memory, {few:,} documents", first),
        _memory(f"peak memory, {many:,} documents", long),
    ]  # fmt: skip
    for name, found in (("Scrapy", scrapy), ("urlwatch", urlwatch)):
        if found is None:
            lines.append(absent(SECTION, name, f"{name} is not installed"))
        else:
            lines.append(
                line(SECTION, f"{few:,} documents, whole process", first["seconds"], found["seconds"],
                     name=f"{name}, which only fetches", unit=_seconds,
                     note=f"The shortest pause that a host had from {name}: {found['shortest']:.2f} s.")
            )  # fmt: skip
            lines.append(
                Line(SECTION, "peak memory", _mega(first["memory"]), f"{name}: {_mega(found['memory'])}",
                     first["memory"] / found["memory"], "", met=True)
            )  # fmt: skip
    grown = bound(many) / least
    time_ratio = long["seconds"] / first["seconds"] / grown
    lines += [
        line(SECTION, f"{many:,} documents, whole process", long["seconds"], bound(many),
             name="the bound", goal="at most 1.08 x", most=1.08, unit=_seconds),
        Line(SECTION, f"time of {many:,} documents to that of {few:,}",
             f"{long['seconds'] / first['seconds']:.2f} x", f"the bounds: {grown:.2f} x", time_ratio,
             "linear: at most 1.15 x the bounds'", met=time_ratio <= 1.15),
        Line(SECTION, f"memory of {many:,} documents to that of {few:,}", _mega(long["memory"]),
             _mega(first["memory"]), long["memory"] / first["memory"], "flat: at most 1.2 x",
             met=long["memory"] <= 1.2 * first["memory"],
             note="The most that the run's process and its reading child ever held, together."),
    ]  # fmt: skip
    return lines


def _memory(what: str, run: dict[str, Any]) -> Line:
    return Line(SECTION, what, _mega(run["memory"]), "250 MB", run["memory"] / 250e6, "under 250 MB",
                met=run["memory"] < 250e6)  # fmt: skip


def _seconds(seconds: float) -> str:
    return f"{seconds:.2f} s"


def _mega(size: float) -> str:
    return f"{size / 1e6:.0f} MB"


def place(document: int) -> tuple[int, str]:
    """The host of a document, and its path."""
    return document % HOSTS, f"/law/{document % HOSTS}/{document // HOSTS}.html"


def address(host: int) -> str:
    """The loopback address that stands for a host."""
    return f"127.1.{host // 100}.{host % 100 + 1}"


def page(path: str) -> bytes:
    """A section of law of our own making, of about 2 kB, another for each path."""
    name = path.strip("/").replace("/", "-").removesuffix(".html")
    filler = "".join(
        f"<p class='subsection'>({number}) A person who sells a product under section {name} shall "
        "keep a record of each sale for two years and show it to the department when asked, and "
        "shall not sell to a person who is visibly unwell or who asks for another's account.</p>\n"
        for number in range(1, 9)
    )
    return (
        f"<!doctype html><html lang='en'><head><title>Section {name}</title></head><body>"
        f"<h1>Section {name}. Kratom products</h1><p>(0) A retailer may not sell a kratom product to "
        f"a person who is younger than 18 years of age.</p>\n{filler}</body></html>"
    ).encode()


class World:
    """The documents of one size, as source files and as a list of addresses."""

    def __init__(self, folder: Path, documents: int) -> None:
        self.folder, self.documents = folder, documents
        (folder / "sources" / "us" / "tx").mkdir(parents=True)
        (folder / "sources" / "us.toml").write_text(_PLAIN.format(id="US"), encoding="utf-8")
        (folder / "sources" / "us" / "tx.toml").write_text(
            _PLAIN.format(id="US-TX"), encoding="utf-8"
        )
        for host in range(min(HOSTS, documents)):
            parts = [_TOWN.format(host=host)]
            parts += [
                _DOCUMENT.format(host=host, number=number, path=place(number)[1],
                                 name=place(number)[1].strip("/").replace("/", "-").removesuffix(".html"))
                for number in range(host, documents, HOSTS)
            ]  # fmt: skip
            parts.append(_TIMELINE)
            file = folder / "sources" / "us" / "tx" / f"town{host}.toml"
            file.write_text("".join(parts), encoding="utf-8")

    @property
    def digests(self) -> list[str]:
        """Of every page, sorted."""
        return sorted(sha256(page(place(n)[1])).hexdigest() for n in range(self.documents))

    def addresses(self, port: int) -> list[str]:
        """Where the documents lie."""
        found = (place(number) for number in range(self.documents))
        return [f"http://{address(host)}:{port}{path}" for host, path in found]


_PLAIN = """jurisdiction = "{id}"
attested = 2026-11-01
attested_by = "this bench"

[[timeline]]
leaf = "unregulated"
mitragynine = "unregulated"
"7-oh" = "unregulated"
derivatives = "unregulated"
grade = "secondary"
basis = "silence"
"""
_TOWN = """jurisdiction = "US-TX/town{host}"
name = "Town {host}"
kind = "city"
ocd_id = "ocd-division/country:us/state:tx/place:town{host}"
attested = 2026-11-01
attested_by = "this bench"
"""
_DOCUMENT = """
[[documents]]
id = "d{number}"
title = "Code of the town, section {name}"
publisher = "Town {host}"
url = "https://town{host}.example.gov{path}"
url_basis = "pattern"
reads = "statute"
controls = ["Section {name}"]
shows = {{ minimum_age = 18 }}
settles = ["leaf"]
"""
_TIMELINE = """
[[instruments]]
id = "code"
citation = "Code of the town"
type = "ordinance"

[[timeline]]
leaf = "age_restricted"
mitragynine = "age_restricted"
"7-oh" = "age_restricted"
derivatives = "age_restricted"
grade = "secondary"
basis = "express"
minimum_age = 18
instruments = ["code"]
"""


# The server, in a process of its own.


@contextmanager
def serving(documents: int) -> Iterator[int]:
    """Run the server; yields its port."""
    command = [sys.executable, __file__, "serve", str(documents)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield int(process.stdout.readline())
        finally:
            process.terminate()


def told(port: int) -> dict[str, Any]:
    """What the server saw since it was asked last: requests, statuses, and how polite they were."""
    with urlopen(f"http://127.0.0.1:{port}/told") as answer:
        found: dict[str, Any] = json.load(answer)
    return found


class _Server:
    def __init__(self, documents: int) -> None:
        self.pages = {place(n)[1]: page(place(n)[1]) for n in range(documents)}
        self.tags = {
            path: f'"{sha256(body).hexdigest()[:16]}"' for path, body in self.pages.items()
        }
        self.clear()

    def clear(self) -> None:
        self.busy: dict[str, int] = {}
        self.ended: dict[str, float] = {}
        self.statuses: dict[str, int] = {}
        self.crowded, self.shortest = 0, 1e9

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        host = writer.get_extra_info("sockname")[0]
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                path = head.split(" ", 2)[1]
                if path == "/told":
                    writer.write(self._told())
                else:
                    writer.write(await self._page(host, path, head))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async def _page(self, host: str, path: str, head: str) -> bytes:
        now = time.monotonic()
        self.crowded = max(self.crowded, self.busy.get(host, 0))
        if host in self.ended:
            self.shortest = min(self.shortest, now - self.ended[host])
        self.busy[host] = self.busy.get(host, 0) + 1
        await asyncio.sleep(LATENCY)
        self.busy[host] -= 1
        self.ended[host] = time.monotonic()
        kind, body, status, tag = "text/html; charset=utf-8", b"", "200 OK", ""
        if path == "/robots.txt":
            kind, body = "text/plain", b"User-agent: *\nAllow: /\n"
        elif path not in self.pages:
            status = "404 Not Found"
        else:
            tag = self.tags[path]
            if tag in head:
                status = "304 Not Modified"
            else:
                body = self.pages[path]
        self.statuses[status[:3]] = self.statuses.get(status[:3], 0) + 1
        more = f"ETag: {tag}\r\n" if tag else ""
        top = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{more}Content-Length: {len(body)}\r\n\r\n"
        return top.encode() + body

    def _told(self) -> bytes:
        found = {"statuses": self.statuses, "crowded": self.crowded, "shortest": self.shortest}
        self.clear()
        body = json.dumps(found).encode()
        return f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


async def _serve(documents: int) -> None:
    server = _Server(documents)
    listening = await asyncio.start_server(server.answer, "0.0.0.0", 0, backlog=1024)  # noqa: S104
    print(listening.sockets[0].getsockname()[1], flush=True)
    await listening.serve_forever()


# The clients, each in a process of its own.


def play(command: list[str], *, cwd: Path, env: dict[str, str] | None = None) -> dict[str, Any]:
    """Run a command; its wall time in seconds, and the most memory that it and its children held."""
    start = time.perf_counter()
    with subprocess.Popen(command, cwd=cwd, env={**os.environ, **(env or {})},
                          stdout=subprocess.DEVNULL) as process:  # fmt: skip
        memory = 0
        while process.poll() is None:
            memory = max(memory, _held(process.pid))
            time.sleep(0.05)
    took = time.perf_counter() - start
    if process.returncode:
        raise RuntimeError(f"{command[:4]} ended with status {process.returncode}")
    return {"seconds": took, "memory": memory}


def _held(pid: int) -> int:
    """Resident memory of a process and of those below it, in bytes; shared pages count once each."""
    total = 0
    todo = [pid]
    while todo:
        one = todo.pop()
        try:
            fields = Path(f"/proc/{one}/statm").read_text(encoding="ascii").split()
            total += int(fields[1]) * resource.getpagesize()
            for task in Path(f"/proc/{one}/task").iterdir():
                todo += map(int, (task / "children").read_text(encoding="ascii").split())
        except (OSError, ValueError):
            continue
    return total


def ours(world: World, port: int, run: int) -> dict[str, Any]:
    """`regstatus update` on the documents; the pages that it kept are those that were served."""
    told(port)
    count = world.folder / f"parsed-{run}"
    command = [
        sys.executable,
        __file__,
        "update",
        str(world.folder),
        str(port),
        str(run),
        str(count),
    ]
    found = play(command, cwd=world.folder)
    seen = told(port)
    _polite("regstatus", seen)
    expected = (
        {"200": HOSTS + world.documents} if run == 1 else {"200": HOSTS, "304": world.documents}
    )
    same(seen["statuses"], expected, f"what the server answered in run {run}")
    kept = sorted(
        file.name.removesuffix(".gz")
        for file in (world.folder / "store" / "evidence").glob("[0-9a-f][0-9a-f]/*.gz")
    )
    same(kept, world.digests, "the pages that were kept")
    return {**found, "parsed": int(count.read_text(encoding="ascii"))}


def _polite(name: str, seen: dict[str, Any], least: float = PAUSE) -> None:
    same(seen["crowded"], 0, f"{name}: requests to a host that had one in hand already")
    # The server's clock begins when a question arrives; a few milliseconds are the road's.
    if seen["shortest"] < least - 0.02:
        raise AssertionError(f"{name} waited only {seen['shortest']:.3f} s between two questions")


def _update(folder: Path, port: int, run: int, count: Path) -> None:
    """The process of ours: one run, as `regstatus update` plays it."""
    from dataclasses import replace
    from datetime import UTC, datetime, timedelta

    from regstatus.fetch.settings import Settings
    from regstatus.pipeline.page_reader.pool import Pool
    from regstatus.pipeline.update import Options, update

    calls = 0
    read = Pool.__call__

    def counted(self: Pool, *args: Any) -> Any:
        nonlocal calls
        calls += 1
        return read(self, *args)

    Pool.__call__ = counted  # type: ignore[method-assign]
    routes = {f"town{host}.example.gov": f"http://{address(host)}:{port}" for host in range(HOSTS)}
    settings = replace(Settings(), routes=routes)
    options = Options(
        sources=folder / "sources", snapshots=folder / "store", settings=settings, origin="a bench"
    )
    now = datetime.now(UTC) + timedelta(hours=run)
    done = update(options, now=lambda: now)
    same((done.state, done.failed), ("complete", 0), "how the run ended")

    count.write_text(str(calls), encoding="ascii")


def fetched_by(name: str, world: World, port: int) -> dict[str, Any]:
    """Scrapy or urlwatch on the same documents; what they kept is what was served."""
    folder = world.folder / name
    folder.mkdir()
    (folder / "addresses").write_text("\n".join(world.addresses(port)), encoding="ascii")
    told(port)
    if name == "scrapy":
        command = [sys.executable, __file__, "scrapy", str(folder)]
        found = play(command, cwd=folder)
    else:
        found = play(_urlwatch(folder), cwd=folder)
    seen = told(port)
    # Scrapy measures its pause where it queues a question, not where the host sees it.
    _polite(name, seen, least=0.5 if name == "scrapy" else PAUSE)
    robots = HOSTS if name == "scrapy" else 0
    same(seen["statuses"], {"200": robots + world.documents}, f"what the server answered to {name}")
    kept = sorted(sha256(file.read_bytes()).hexdigest() for file in (folder / "kept").iterdir())
    same(kept, world.digests, f"the pages that {name} kept")
    return {**found, "shortest": seen["shortest"]}


def _scrapy(folder: Path) -> None:
    """The process of Scrapy: its own politeness, and each page put into a file."""
    import scrapy
    from scrapy.crawler import CrawlerProcess

    kept = folder / "kept"
    kept.mkdir()

    class Spider(scrapy.Spider):  # type: ignore[misc]
        name = "bench"
        start_urls = (folder / "addresses").read_text(encoding="ascii").split()
        custom_settings = {  # noqa: RUF012  (as Scrapy wants it)
            "ROBOTSTXT_OBEY": True,
            "CONCURRENT_REQUESTS": HOSTS,
            "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
            "DOWNLOAD_DELAY": PAUSE + LATENCY,
            "RANDOMIZE_DOWNLOAD_DELAY": False,
            "AUTOTHROTTLE_ENABLED": False,
            "TELNETCONSOLE_ENABLED": False,
            "LOG_ENABLED": False,
        }

        def parse(self, response: Any) -> None:
            (kept / response.url.rpartition("/law/")[2].replace("/", "-")).write_bytes(
                response.body
            )

    process = CrawlerProcess({"LOG_ENABLED": False})
    process.crawl(Spider)
    process.start()


_HOOKS = """
import threading, time
from collections import defaultdict
from pathlib import Path
from urllib.parse import urlsplit

import urlwatch.worker
from urlwatch.jobs import UrlJob

urlwatch.worker.MAX_WORKERS = {hosts}
kept = Path({kept!r})
turns, ended = defaultdict(threading.Lock), {{}}


class PoliteJob(UrlJob):
    __kind__ = "polite"

    def retrieve(self, job_state):
        host = urlsplit(self.url).hostname
        with turns[host]:
            rest = ended.get(host, 0) + {pause} - time.monotonic()
            if rest > 0:
                time.sleep(rest)
            try:
                text = super().retrieve(job_state)
            finally:
                ended[host] = time.monotonic()
        name = self.url.rpartition("/law/")[2].replace("/", "-")
        (kept / name).write_text(text, encoding="utf-8", newline="")
        return text
"""


def _urlwatch(folder: Path) -> list[str]:
    """The command of urlwatch, with a rule of politeness in its hooks, where it has its own ways."""
    (folder / "kept").mkdir()
    addresses = (folder / "addresses").read_text(encoding="ascii").split()
    # One host after the other would keep most threads waiting for their turn.
    jobs = "\n---\n".join(f"kind: polite\nurl: {url}" for url in addresses)
    (folder / "urls.yaml").write_text(f"{jobs}\n", encoding="ascii")
    hooks = _HOOKS.format(hosts=HOSTS, kept=str(folder / "kept"), pause=PAUSE)
    (folder / "hooks.py").write_text(hooks, encoding="utf-8")
    report = "report:\n  stdout:\n    enabled: false\n"
    (folder / "config.yaml").write_text(report, encoding="ascii")
    found = program("urlwatch")
    assert found is not None
    files = {
        "--urls": "urls.yaml",
        "--config": "config.yaml",
        "--hooks": "hooks.py",
        "--cache": "cache.db",
    }
    return [found, *(word for name, file in files.items() for word in (name, str(folder / file)))]


def main() -> None:
    """The processes that `measure` starts."""
    kind, *rest = sys.argv[1:]
    if kind == "serve":
        asyncio.run(_serve(int(rest[0])))
    elif kind == "update":
        _update(Path(rest[0]), int(rest[1]), int(rest[2]), Path(rest[3]))
    elif kind == "scrapy":
        _scrapy(Path(rest[0]))


if __name__ == "__main__":
    main()
