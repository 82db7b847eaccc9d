"""Write `docs/official-texts.md` and the count in the README: which official texts were attested.

Both are taken from the source files, so that nothing in them can be claimed by hand.
"""

from __future__ import annotations

import re
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from regstatus.catalog.sources import load_catalog  # noqa: E402  (the tools run without an installation)
from regstatus.decide.attested import carried, places  # noqa: E402
from regstatus.model.law import Grade  # noqa: E402
from regstatus.pipeline.update import assemble  # noqa: E402

PAGE, README = ROOT / "docs" / "official-texts.md", ROOT / "README.md"
HEAD = """# Official texts that were attested

{count} of {all} places rest on an official text, as of a stated day, and {notices} more on an office's
own words, graded as a notice. Nothing here was fetched from the office itself: each text was had in
a public repository or stored page that keeps what the office published, and read by
`regstatus attest`. Who has the same file proves it again:
`regstatus attest US-AK --check --page FILE`. What is told of a text is what it says on its own day:
no later law is proven by it (where the law moved since, as in Ohio, today's answer does not rest on
it), and one whose day lies too long back raises no grade ([codebook](codebook.md#grade)). An answer
has the grade of its weakest layer: of a state that stands here it may still be `secondary`, for the
federal law. Written by `tools/list_official_texts.py`.

`original` is the office's own file, `copy` a copy of it, `conversion` a text made from it,
`excerpt` a part, which is evidence of its words and raises no grade.

"""
TABLE = """| Place | Document | Day | Kind | Rests on it | SHA-256 |
|---|---|---|---|---|---|
"""
KEPT = """## Kept in public, and not read yet

Repositories that keep these texts are known, and were too large to be had when the others were read.
Who has the file attests it with `regstatus attest`.

- `NO` `narkotikaforskriften`, of 2026-07-28: `github:bartoszkobylinski/lovverk`, commit `3d499af6bbf5`,
  `forskrifter/narkotikaforskriften.md`
- `NL` `opiumwet`, of 2026-01-28: `github:legalize-dev/legalize-nl`, `nl/BWBR0001941.md`
- `GB` `psa-2016` and `mda-1971-sch-2`: `github:legalize-dev/legalize-uk`, `uk/ukpga-2016-2.md` and
  `uk/ukpga-1971-38.md`
- `CH` `betmvv-edi`, the publisher's own pages of 2023-10-09 to 2026-03-13: `github:droid-f/fedlex-assets`,
  `eli/cc/2011/363/20231009/de/html/` and the folders beside it
- `PL` `du-2018-1591`: `github:legalize-dev/legalize-pl`, `pl/DU-2018-1591.md`
- `US-WA` `rcw-69-50-204`: `github:tannewt/wa-law.org`, commit `898d0d746454`,
  `rcw/69_food_drugs_cosmetics_and_poisons/69.50_uniform_controlled_substances_act.html`
- `US` `ecfr-1308-11`: `github:AlextheYounga/ecfr` and its fork `MichalOpoka/ecfr`, a file for each section

Looked through on 2026-11-30 in vain, so that nobody need do it again:

- `UniCourt/cic-code-*` (`ar`, `ga`, `id`, `ky`, `ms`, `nc`, `nd`, `ri`, `tn`, `va`, `vt`, `wy`): the title with
  the drugs is left out of the copies, or was released too long ago
- `CosilicoAI/rules-us-*`, `rules-us`, `rules-nz` and `arch-data`: taxes, sections that lost their lists, or
  (Virginia § 54.1-3446) a section that is cut off
- `legalize-dev` (`ad`, `ar`, `ch`, `fr`, `gr`, `ie`, `li`, `lu`, `no`, `ro`, `sk`, `uy`),
  `Jakobkoding2/legalize-no`, `fgreve/legalize-cl`: acts without the annexes that hold their lists, or others
- the `Ansvar-Systems` law servers (`at`, `be`, `br`, `cy`, `dk`, `hr`, `is`, `it`, `jp`, `kr`, `lt`, `lu`,
  `ru`, `sg`, `si`, `sk`, `uk`, `us` and others): the lists are left out
- `saint1415/us-statutes` (headings alone), `stephenhage/texas_sos_statutes` (2020, before the law),
  `opengovfoundation/maryland-state-code` (2014), `etalab/lois-non-codifiees` (2014), `ICJIA`, `public-law`,
  `Boxylmer/OKStatuteProject`, `michaelpetik/wvlegislature-scraper`, `Vaquill-AI/open-law-id`: other laws, or
  code alone"""
_LONGEST = 150
"""Characters of an address that are shown; the source file has it whole."""


def records() -> list[dict[str, Any]]:
    """The records as they ship: built from the source files alone."""
    made = assemble(load_catalog(ROOT / "sources"), {}, {}, datetime.now(UTC).date())
    return [record.to_json() for record in made.values()]


def page(known: list[dict[str, Any]]) -> str:
    """The page of the official texts, of where each was had, and of what is missing."""
    pairs = [(record, entry) for record in known for entry in record["attestations"]]
    missing = {record["id"]: _missing(record) for record in known}
    lacking = [
        f"- `{key}`: {', '.join(f'`{name}`' for name in names)}"
        for key, names in missing.items()
        if names
    ]
    done, told = set(places(known)), set(places(known, Grade.OFFICIAL_NOTICE))
    none = [f"`{key}`" for key, names in missing.items() if not names and key not in told]
    head = HEAD.format(count=len(done), all=len(known), notices=len(told - done))
    parts = (
        head + TABLE + "".join(_row(*one) for one in pairs),
        "## Where each was had\n\n" + "".join(_had(*one) for one in pairs),
        KEPT,
        "## What is missing\n\nThese documents bear on the law and are not attested yet:\n\n"
        + "\n".join(lacking),
        "No document that settles anything is known of the others:\n"
        + "\n".join(", ".join(none[at : at + 6]) for at in range(0, len(none), 6)),
    )
    return "\n\n".join(part.rstrip() for part in parts) + "\n"


def _row(record: dict[str, Any], entry: dict[str, Any]) -> str:
    text = carried(record, entry, Grade.OFFICIAL_TEXT)
    cells = (
        f"`{record['id']}` {record['name']}",
        f"`{entry['document']}`",
        entry["day"],
        entry["kind"],
        ", ".join(n if n in text else f"{n} (notice)" for n in carried(record, entry))
        or "nothing yet",
        f"`{entry['sha256'][:12]}`",
    )
    return f"| {' | '.join(cells)} |\n"


def _had(record: dict[str, Any], entry: dict[str, Any]) -> str:
    at = entry["at"]
    shown = at if len(at) <= _LONGEST else at[:_LONGEST] + "…"
    return f"- `{record['id']}` `{entry['document']}`: `{shown}`\n"


def _missing(record: dict[str, Any]) -> list[str]:
    """The documents that settle something and that nobody has attested."""
    read = {entry["document"] for entry in record["attestations"]}
    return [
        name
        for name, document in record["documents"].items()
        if document["settles"] and document["reads"] != "feed" and name not in read
    ]


def counted(text: str, known: list[dict[str, Any]]) -> str:
    """The README with its count made anew."""
    told = f"{len(places(known))} of {len(known)} places rest on an official text"
    return re.sub(r"\d+ of \d+ places rest on an official text", told, text)


if __name__ == "__main__":
    found = records()
    PAGE.write_text(page(found), encoding="utf-8")
    README.write_text(counted(README.read_text(encoding="utf-8"), found), encoding="utf-8")
    sys.stdout.write(f"written: {len(places(found))} places rest on an official text\n")
