"""Write `docs/hosts.md`: what of each host in `tests/hosts/hosts.toml` is proven by what, and what is not."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from regstatus.catalog.sources import load_catalog  # noqa: E402  (the tools run without an installation)

TABLE, PAGE = ROOT / "tests" / "hosts" / "hosts.toml", ROOT / "docs" / "hosts.md"
HEAD = """# Hosts: what is proven of each, and by what

**No host was asked by this project.** `tests/hosts` plays {hosts} of the {all} hosts that a run asks, each in
the form in which it is known to answer, through real sockets and under its own name, to a run of the
project's own source file. For each of them a test shows:

- its good page is read, its controls are met, it verifies where its source file lets it on the day of the
  tests, and the doctor calls it good;
- the same page again, by `304` and in a new frame round the same words, renews the proof and changes nothing;
- half a page, broken off or sent as if it were whole, proves nothing and leaves nothing behind: the next good
  page counts;
- what it sends in place of the document (the third column) proves nothing, and run and doctor name its cause;
- a text that is not of today, by the host's own mark, is in doubt (`marked`); where the law before its last
  change reads otherwise, that contradicts the record (`contradicts`).

How the form of each is known, the strongest first:

- {real} by **real documents**: their bytes are played where the folder that has them is at hand; elsewhere that
  test is skipped, and says so. {own} are the very document, {sibling} a sibling of it, the others pages that
  must not count.
- {copy} by **a copy of a page** in a public repository: ours has its elements, and words of our own.
- {form} by **notes** or code alone: status, elements and headers as others wrote them down; no page was seen.

Written by `tools/list_hosts.py` from [the table](../tests/hosts/hosts.toml), which has the pages and the places
where each was seen.

"""
ROWS = """| Host | Document | In place of it | Old text | Known by | Not proven |
|---|---|---|---|---|---|
"""


def known_by(said: dict[str, Any]) -> str:
    """How the form of a host is known: `real`, `copy` or `form`."""
    if said.get("real"):
        return "real"
    return "copy" if any("fixtures/" in place for place in said["seen"]) else "form"


def page(hosts: dict[str, dict[str, Any]]) -> str:
    """The whole page."""
    asked = {
        document.url.split("/")[2]
        for source in load_catalog(ROOT / "sources")
        for document in source.documents
        if not document.people_only
    }
    ways = [known_by(said) for said in hosts.values()]
    reals = [{real["is"] for real in said.get("real", ())} for said in hosts.values()]
    own = sum("the document" in seen for seen in reals)
    sibling = sum(seen >= {"a sibling"} and "the document" not in seen for seen in reals)
    counts = {way: ways.count(way) for way in ("real", "copy", "form")}
    head = HEAD.format(hosts=len(hosts), all=len(asked), own=own, sibling=sibling, **counts)
    return head + ROWS + "".join(_row(host, hosts[host]) for host in sorted(hosts))


def _row(host: str, said: dict[str, Any]) -> str:
    reals = ", ".join(dict.fromkeys(real["is"] for real in said.get("real", ())))
    shown = reals or {"copy": "a copy", "form": "notes"}[known_by(said)]
    answers = [answer["name"] for answer in said.get("answers", ())]
    old = "marked" if "old" in said else "contradicts" if "before" in said else ""
    old = old or ("repealed is marked" if "same" not in said else f"no: {said['same']}")
    cells = (f"`{host}`", f"`{said['document']}`", "; ".join(answers), old, shown, said["missing"])
    return f"| {' | '.join(cells)} |\n"


if __name__ == "__main__":
    PAGE.write_text(page(tomllib.loads(TABLE.read_text("utf-8"))), encoding="utf-8")
