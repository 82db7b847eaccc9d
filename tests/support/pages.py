"""Markdown pages as the documentation's tests see them: sections, tables, code, links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parents[2]

_CODE = re.compile(r"`([^`\n]+)`")
_HEADING = re.compile(r"(#{1,6}) (.+)")


def tool(name: str) -> ModuleType:
    """A program of `tools/`, loaded without being run."""
    spec = spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    loaded = module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


class PageError(AssertionError):
    """Raised where a page lacks what a test looks for: a heading, a table, a row."""


class Page:
    """One page, or several that make one.

    Args:
        names: Their paths from the root of the repository.
    """

    def __init__(self, *names: str) -> None:
        self.name = names[0]
        self.text = "\n".join((ROOT / name).read_text(encoding="utf-8") for name in names)

    def items(self) -> list[tuple[str, str]]:
        """Each item of its lists, with the items below it as one text."""
        found = re.findall(r"^- (.+\n(?: {2}\w.*\n)*)((?: {2}- .*\n)+)", self.text, re.MULTILINE)
        return [(item.strip(), below) for item, below in found]

    def section(self, heading: str) -> str:
        """The text under a heading, up to the next heading of any level."""
        lines = self.text.splitlines()
        at = [i for i, line in enumerate(lines) if (m := _HEADING.match(line)) and m[2] == heading]
        if len(at) != 1:
            raise PageError(f"{self.name}: {len(at)} headings «{heading}»")
        body = lines[at[0] + 1 :]
        end = next((i for i, line in enumerate(body) if _HEADING.match(line)), len(body))
        return "\n".join(body[:end])

    def table(self, heading: str, first: str) -> list[list[str]]:
        """The rows of the table under a heading whose first column is called `first`."""
        for block in re.findall(r"(?:^\|.*\n?)+", self.section(heading), re.MULTILINE):
            head, _, *rows = [_cells(line) for line in block.strip().splitlines()]
            if head[0] == first:
                if any(len(row) != len(head) for row in rows):
                    raise PageError(f"{self.name}, {heading}: a row has too many or few cells")
                return rows
        raise PageError(f"{self.name}: no table «{first}» under «{heading}»")

    def blocks(self, language: str) -> list[str]:
        """Fenced blocks of one language."""
        return re.findall(rf"^```{language}\n(.*?)^```$", self.text, re.DOTALL | re.MULTILINE)

    def command_lines(self) -> Iterator[str]:
        """Indented or fenced lines that call `regstatus`."""
        for line in self.text.splitlines():
            if match := re.match(r"(?: {4,}|\t)?(?:\$ )?(regstatus [a-z].*)", line):
                yield match[1]

    def spans(self) -> list[str]:
        """All inline code."""
        return codes(re.sub(r"^```.*?^```$", "", self.text, flags=re.DOTALL | re.MULTILINE))

    def links(self) -> Iterator[str]:
        """Targets of links, in the order of the page."""
        prose = re.sub(r"^```.*?^```$", "", self.text, flags=re.DOTALL | re.MULTILINE)
        prose = _CODE.sub("", prose)
        yield from re.findall(r"\]\(([^)\s]+)\)", prose)
        yield from re.findall(r"^\[[^\]]+\]: (\S+)$", prose, re.MULTILINE)

    def anchors(self) -> set[str]:
        """The fragments that its headings give, as forges make them."""
        prose = re.sub(r"^```.*?^```$", "", self.text, flags=re.DOTALL | re.MULTILINE)
        found = [m[2] for line in prose.splitlines() if (m := _HEADING.match(line))]
        return {re.sub(r"[^\w\- ]", "", name.lower()).replace(" ", "-") for name in found}


def codes(text: str) -> list[str]:
    """The inline code in a text."""
    return [found.replace("\\|", "|") for found in _CODE.findall(text)]


def first_codes(rows: list[list[str]]) -> list[str]:
    """The inline code in the first column of a table."""
    return [code for row in rows for code in codes(row[0])]


def pages() -> list[Page]:
    """Every Markdown page of the project's own: at the root and under `docs/`."""
    found = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    return [Page(path.relative_to(ROOT).as_posix()) for path in sorted(found)]


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))]
