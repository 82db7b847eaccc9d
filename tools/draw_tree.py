"""Draw the tree of folders into `docs/design.md`, from the imports themselves."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "regstatus"
PAGE = ROOT / "docs" / "design.md"
BEGIN, END = "<!-- drawn by make picture -->", "<!-- end of the drawing -->"

FLOORS = (
    ("base",),
    ("model",),
    ("catalog", "fetch", "extract", "assess", "store"),
    ("decide",),
    ("query", "report"),
    ("pipeline", "tables", "web"),
    ("cli",),
)
"""The folders of the package, lowest first; imports run down only, and stages on one floor stand alone."""


def modules() -> dict[str, Path]:
    """Every module of the package by its dotted name."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts).removesuffix(".__init__")] = path
    return found


def imports(path: Path, known: dict[str, Path]) -> Iterator[tuple[str, int]]:
    """What a module imports of the package, also inside functions: name and line."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((a.name, node.lineno) for a in node.names if a.name in known)
        elif isinstance(node, ast.ImportFrom) and node.module in known:
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if inner in known else node.module, node.lineno


def folder(module: str) -> str:
    """The folder at the root in which a module lies; empty for the root itself."""
    return module.split(".")[1] if "." in module else ""


def drawing() -> str:
    """The floors with their folders and how many modules each holds, and which folders each imports."""
    known = modules()
    lines = ["```text"]
    for number, names in reversed(list(enumerate(FLOORS))):
        row = []
        for name in names:
            own = [path for module, path in known.items() if folder(module) == name]
            row.append(f"{name} ({len(own)})")
        lines.append(f"{number}  " + "   ".join(row))
    lines += ["```", "", "| Folder | imports |", "|---|---|"]
    for name in (name for names in reversed(FLOORS) for name in names):
        below = {
            folder(target)
            for module, path in known.items()
            if folder(module) == name
            for target, _ in imports(path, known)
        } - {name, ""}
        order = [f"`{other}`" for floor in FLOORS for other in floor if other in below]
        lines.append(f"| `{name}` | {', '.join(order) or 'nothing of ours'} |")
    return "\n".join(lines)


def drawn(page: str) -> str:
    """The page with its drawing made anew."""
    head, _, rest = page.partition(BEGIN)
    return f"{head}{BEGIN}\n{drawing()}\n{END}{rest.partition(END)[2]}"


if __name__ == "__main__":
    PAGE.write_text(drawn(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    sys.stdout.write(f"drawn into {PAGE.relative_to(ROOT)}\n")
