"""A reader that fails as parsers do; the child of a worker is told to use it instead of the true one."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import sys
import tempfile
from datetime import date
from types import SimpleNamespace

from regstatus.pipeline.page_reader.read_page import read_page as true_read_page


def read_page(document, page, on, known=None):
    """Read as ever, or fail in the way that the page asks for: `FAULT:name` in its body."""
    fault = re.search(rb"FAULT:(\w+)", page.body)
    if fault:
        FAULTS[fault[1].decode()](page)
    return true_read_page(document, page, on, known)


def hang_in_c(_page):
    re.match(r"(a|aa)+$", "a" * 200 + "!")


def hang_in_a_process_of_its_own(_page):
    import subprocess

    subprocess.run([sys.executable, "-c", "import time; time.sleep(3600)"], check=False)


def swell(_page):
    bytearray(64 * 1024**3)


def die(_page):
    os.kill(os.getpid(), signal.SIGKILL)


def crash(_page):
    os.kill(os.getpid(), signal.SIGSEGV)


def leave(_page):
    os._exit(3)


def err(_page):
    raise KeyError("secret words of the page")


def too_deep(_page):
    def down(n):
        return down(n + 1)

    down(0)


def call_home(page):
    socket.create_connection(("127.0.0.1", int(page.header("x-port") or 9)), timeout=5)


def write(_page):
    with tempfile.TemporaryFile() as file:
        file.write(b"x")
        file.flush()


def chatter(_page):
    print("\x00" * 8 + "noise", flush=True)  # noqa: T201
    os.write(1, b"noise")


def tell_environment(_page):
    raise type("Sees_" + "_".join(sorted(os.environ)), (Exception,), {})


def tell_what_it_loads(page):
    from regstatus.pipeline.page_reader.inspection import inspect

    before = set(sys.modules)
    inspect(page.body, name="a.html", on=date.min)
    raise type("Loads_" + "_".join(sorted(set(sys.modules) - before)), (Exception,), {})


def answer_with(line):
    """Let this page be answered by something else than its reading."""
    from regstatus.pipeline.page_reader import sandbox

    sandbox.json = SimpleNamespace(loads=json.loads, dumps=lambda _: line)


def lie_at_length(_page):
    answer_with("x" * 5_000_000)


def babble(_page):
    answer_with("[" * 100_000)


FAULTS = {
    f.__name__: f
    for f in (
        hang_in_c, hang_in_a_process_of_its_own, swell, die, crash, leave, err, too_deep,
        call_home, write, chatter, tell_environment, tell_what_it_loads, lie_at_length, babble,
    )
}  # fmt: skip
