"""List the adapters in `docs/sources.md`, from what each declares of itself."""

from __future__ import annotations

import sys
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import regstatus.fetch.hosts  # noqa: E402, F401  (the tools run without an installation)
from regstatus.model.adapter_params import DECLARED, PATTERN, Declaration, Param  # noqa: E402

PAGE = ROOT / "docs" / "sources.md"
BEGIN, END = "<!-- written by make adapters -->", "<!-- end of the adapters -->"
_GENERAL = ("page", "link", "zip", "paged")


def table() -> str:
    """A line for each adapter, those for any host first; below it what some of them bring."""
    names = [*_GENERAL, *sorted(set(DECLARED) - set(_GENERAL))]
    rows = [f"| `{name}` | {DECLARED[name].use} | {_told(DECLARED[name])} |" for name in names]
    brings = [f"- `{name}`: {DECLARED[name].reads}." for name in names if DECLARED[name].reads]
    return "\n".join(
        ["| `adapter` | Use it where | `params` |", "|---|---|---|", *rows, "", *brings]
    )


def _told(declared: Declaration) -> str:
    said = []
    for param, names in groupby(declared.params, key=declared.params.__getitem__):
        said.append(", ".join(f"`{name}`" for name in names) + _meaning(param))
    return ". ".join(said) or "none"


def _meaning(param: Param) -> str:
    parts = ["a pattern"] * (param.form == PATTERN) + [param.says] * bool(param.says)
    return f": {', '.join(parts)}" if parts else ""


def written(page: str) -> str:
    """The page with its table made anew."""
    head, _, rest = page.partition(BEGIN)
    return f"{head}{BEGIN}\n{table()}\n{END}{rest.partition(END)[2]}"


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    sys.stdout.write(f"written into {PAGE.relative_to(ROOT)}\n")
