"""How fast documents are read, as ratios, so that the machine matters little.

Run it with one or more saved pages, or without any for a chapter that it makes up:

    python tools/bench_extract.py [FILE …]
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from lxml import etree

from regstatus.extract import extract

ROUNDS = 7
FLOOR = 5.0
"""Megabytes of HTML a second on one core that extraction must keep to, end to end."""


def made_up_chapter(sections: int = 600) -> bytes:
    """A code chapter of about 0.7 MB in the manner of a state legislature's pages."""
    head = "<!DOCTYPE html><html lang='en'><head><title>Chapter 1</title></head><body><main>"
    section = (
        "<p class='section'><a name='s{0}'></a><b>Sec. 1.{0:03d}. <u>LABELS AND TESTS</u>.</b> (a) "
        "A processor may not prepare, distribute, sell, or expose for sale a product that is "
        "adulterated with a dangerous substance, as the executive commissioner defines it by rule; "
        "the <i>label</i> must show the directions for its safe use.</p>"
        "<p style='text-indent:7ex'>(b) In this section, &ldquo;product&rdquo; means a food that "
        "contains any part of the leaf of the plant, or an extract of it, in whatever form it is "
        "offered, and &#8209; where the context requires &#8209; its container.</p>"
        "<p style='text-indent:14ex'>(1)&nbsp;&nbsp;the first condition, with words enough to make "
        "a line of the usual length for a subdivision of a section;</p>"
        "<p style='text-indent:14ex'>(2)&nbsp;&nbsp;the second condition, likewise.</p>"
        "<p class='history'>Added by Acts 2023, 88th Leg., R.S., Ch. {0}, Sec. 1, eff. 2023.</p>"
    )
    body = "".join(section.format(number) for number in range(1, sections + 1))
    return f"{head}{body}</main></body></html>".encode()


def best(work: Callable[[], object]) -> float:
    """Least processor time of some rounds, in seconds."""
    least = float("inf")
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        least = min(least, time.process_time() - start)
    return least


def bare(body: bytes) -> str:
    """What lxml alone needs to turn the page into one string: the yardstick."""
    root = etree.fromstring(body, etree.HTMLParser(encoding="utf-8", huge_tree=True))
    return "".join(root.itertext())


def main(paths: list[str]) -> int:
    """Print one line for each document; status 1 if HTML is read below the floor."""
    documents = {path: Path(path).read_bytes() for path in paths} or {"made up": made_up_chapter()}
    slow = False
    for name, body in documents.items():
        took = best(lambda body=body, name=name: extract(body, name=name))
        speed = len(body) / took / 1e6
        line = f"{name}: {len(body) / 1e6:.2f} MB, {took * 1000:.0f} ms, {speed:.1f} MB/s"
        if b"<" in body[:200] and not body.startswith(b"<?xml"):
            line += f", {took / best(lambda body=body: bare(body)):.1f} times lxml's own text"
            slow = slow or (speed < FLOOR and len(body) > 300_000)
        sys.stdout.write(f"{line}\n")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
