"""The example pages of all watched documents, over four runs: as they are, and changed harmlessly."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from regstatus.catalog.sources import load_catalog
from regstatus.model.words import Format, Reads
from regstatus.pipeline.update import update
from regstatus.query.dataset import Dataset
from regstatus.store.reader import Store
from tests.proof.stage import run_options
from tests.support import replica
from tests.support.make import NOON
from tests.support.mutate import Example
from tests.support.pages import ROOT
from tests.support.reading import reading_once
from tests.support.replica import KEYS, PAGES, Replica, example

if TYPE_CHECKING:
    from pathlib import Path

    from regstatus.model.document import Document

COOKIES = b'<div id="cookies"><p>We use cookies.</p><button>OK</button></div>'


def around(body: bytes, form: str) -> bytes:
    """The same document with something small and harmless around its text."""
    if form == Format.HTML:
        return re.sub(rb"(?i)(<body[^>]*>)", lambda m: m[1] + COOKIES, body, count=1) + b"\n"
    if form == Format.XML:
        return re.sub(rb"(\?>\s*)", rb"\1<!-- run 81 -->\n", body, count=1) + b"\n"
    if form == Format.PDF:
        return body.replace(b"%%EOF", b"%%EOF\n% run 81\n%%EOF", 1)
    return body.replace(b"\n", b"\r\n") if form == Format.TEXT else b"\n " + body + b"\n"


def another(document: Document, path: Path) -> bytes:
    """A whole list with one more entry, for another drug; of other documents, the page as it is."""
    named = [one for one in document.controls if re.fullmatch(r"[^\W\d_]{4,}", one)]
    title = document.title.casefold()
    entries = [one for one in named if one.casefold() not in title]
    if not document.complete or not entries:
        return path.read_bytes()
    made = Example(path, document.format).with_entry(entries[0], "Brorphine").body
    if document.format is Format.JSON:
        try:
            json.loads(made)
        except ValueError:  # its lines are not its entries
            return path.read_bytes()
    return made


@dataclass(frozen=True)
class Watched:
    """A document of the catalogue and what each run left of it.

    Attributes:
        key: Its key in the ledger.
        times: When it was last verified, after each run.
        told: The answer for its place, after each run.
        words: What its clock has against each page.
    """

    key: str
    times: tuple[str | None, ...]
    told: tuple[str, ...]
    words: str

    @property
    def doubted(self) -> bool:
        """Whether a run did not take a good page as proof."""
        return any(a == b for a, b in zip(self.times, self.times[1:], strict=False))


def play(path: Path) -> list[Watched]:
    """Play four runs of the whole catalogue: as it is twice, changed around, with other drugs."""
    catalog = load_catalog(ROOT / "sources")
    made = {"around": path / "around", "another": path / "another"}
    for folder in made.values():
        shutil.copytree(PAGES, folder)
    for source in catalog:
        for document in source.documents:
            page = example(source.jurisdiction, document)
            if page is not None and document.reads is not Reads.FEED:
                name = page.relative_to(PAGES)
                (made["around"] / name).write_bytes(around(page.read_bytes(), document.format))
                (made["another"] / name).write_bytes(another(document, page))
    found: dict[str, list[tuple[str | None, str, str]]] = {}
    with reading_once():
        for turn, folder in enumerate((PAGES, PAGES, *made.values())):
            now = NOON + timedelta(days=turn)
            with patch.object(replica, "PAGES", folder), Replica(catalog) as hosts:
                options = run_options(ROOT / "sources", path / "store", KEYS, hosts.routes)
                update(options, now=lambda now=now: now)
            dataset = Dataset(Store(path / "store").load())
            clocks: dict[str, Any] = json.loads((path / "store" / "ledger.json").read_bytes())
            for key, clock in clocks["documents"].items():
                answer = dataset.lookup(key.partition(":")[0], on=NOON.date(), now=now).to_dict()
                told = {name: answer[name] for name in ("substances", "may", "minimum_age")}
                words = f"{clock.get('outcome')}: {clock.get('problem') or ''}"
                found.setdefault(key, []).append(
                    (clock.get("verified_at"), json.dumps(told), words)
                )
    feeds = {
        f"{s.jurisdiction}:{d.id}" for s in catalog for d in s.documents if d.reads is Reads.FEED
    }
    return [
        Watched(
            key, *(tuple(one[n] for one in seen) for n in (0, 1)), "; ".join(one[2] for one in seen)
        )
        for key, seen in sorted(found.items())
        if key not in feeds and seen[0][0] is not None
    ]
