"""The service against a bare Starlette app that sends the same bytes; and publishing the world."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

from benchlib import ROOT, Line, absent, program, same

SECTION = "Service"
TARGETS = ("v1/status/US-AL", "index.html")
ABOUT = (
    "Both run under uvicorn with one worker, on loopback, asked in turns by wrk with 16 connections; the best "
    "rate of the rounds counts, and the p99 of that round. The bare app has two routes that return the "
    "bytes from memory: no validators, no limits, no metrics, no compression. wrk asks for no compression. "
    "Our limit of requests for each client is off. Of rates, a higher ratio is better."
)

BARE = """
import sys
from pathlib import Path
import uvicorn
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

folder = Path(sys.argv[1])

def route(path, media):
    body = (folder / path.replace("/", "+")).read_bytes()
    async def answer(_):
        return Response(body, media_type=media)
    return Route("/" + path, answer)

app = Starlette(routes=[route("v1/status/US-AL", "application/json"), route("index.html", "text/html")])
config = uvicorn.Config(app, port=0, log_level="warning", access_log=False, server_header=False)
server = uvicorn.Server(config)
import asyncio
async def main():
    task = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    print("serving http://127.0.0.1:%d/" % server.servers[0].sockets[0].getsockname()[1], flush=True)
    await task
asyncio.run(main())
"""


@contextmanager
def _started(command: list[str]) -> Iterator[str]:
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            for text in process.stdout:
                if found := re.search(r"http://\S+", text):
                    yield found[0]
                    return
            message = f"{command[:4]} never served"
            raise RuntimeError(message)
        finally:
            process.terminate()


def _get(url: str) -> bytes:
    with urllib.request.urlopen(url) as reply:  # noqa: S310  (our own loopback address)
        body: bytes = reply.read()
    return body


def _rate(wrk: str, url: str, seconds: int) -> tuple[float, str]:
    """Requests a second, and the p99 as wrk writes it."""
    done = subprocess.run(
        [wrk, "-t1", "-c16", f"-d{seconds}s", "--latency", url],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    rate = re.search(r"Requests/sec:\s+([\d.]+)", done)
    p99 = re.search(r"99%\s+(\S+)", done)
    if rate is None or p99 is None or "Non-2xx" in done:
        message = f"wrk: {done}"
        raise RuntimeError(message)
    return float(rate[1]), p99[1]


def measure(quick: bool) -> list[Line]:
    """Measure both targets, and the publishing."""
    lines = [_published()]
    wrk = program("wrk")
    if wrk is None:
        return [*lines, absent(SECTION, "requests a second", "wrk is not installed (Debian: wrk)")]
    ours_command = [sys.executable, "-m", "regstatus", "serve", "--port", "0", "--limit", "none"]
    ours_command += ["--snapshots", str(ROOT / "snapshots")]
    with ExitStack() as stack:
        ours = stack.enter_context(_started(ours_command))
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        for target in TARGETS:
            (folder / target.replace("/", "+")).write_bytes(_get(ours + target))
        (folder / "bare.py").write_text(BARE, encoding="utf-8")
        bare = stack.enter_context(_started([sys.executable, str(folder / "bare.py"), str(folder)]))
        for target in TARGETS:
            same(_get(ours + target), _get(bare + target), target)
            best = {"ours": (0.0, ""), "bare": (0.0, "")}
            for _ in range(2 if quick else 5):
                for name, base in (("ours", ours), ("bare", bare)):
                    best[name] = max(best[name], _rate(wrk, base + target, 1 if quick else 3))
            ratio = best["ours"][0] / best["bare"][0]
            lines.append(
                Line(
                    SECTION,
                    f"`/{target}`, requests a second",
                    f"{best['ours'][0]:,.0f}/s, p99 {best['ours'][1]}",
                    f"bare Starlette: {best['bare'][0]:,.0f}/s, p99 {best['bare'][1]}",
                    ratio,
                    "at least 0.8 of bare",
                    met=ratio >= 0.8,
                )
            )
    return lines


def _published() -> Line:
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "regstatus",
                "publish",
                f"{folder}/site",
                "--snapshots",
                str(ROOT / "snapshots"),
            ],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        took = time.perf_counter() - start
    what = done.partition(": ")[2].rpartition(", version")[0]
    return Line(
        SECTION,
        "`regstatus publish`, the whole world",
        f"{took:.1f} s",
        what,
        took / 10,
        "under 10 s (ratio: of 10 s)",
        met=took < 10,
        note="an absolute time, so it depends on the machine",
    )
