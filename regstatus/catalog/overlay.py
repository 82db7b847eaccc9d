"""Overlay: a user's own source files, laid by their ids over those that ship.

A copy remembers of which file it was made: where that has changed since, the copy may hold law
that is no more, and every answer that rests on it says so.
"""

import re
from collections.abc import Iterable
from difflib import unified_diff
from hashlib import sha256
from pathlib import Path

from regstatus.base.errors import UsageError, quoted
from regstatus.base.version import __version__

_MADE_OF = re.compile(r"# Made of the file of regstatus \S{1,40}, sha256 ([0-9a-f]{64})\n")


def copied(shipped: str) -> str:
    """The text of a copy of a file that ships, which says of which it was made."""
    return f"# Made of the file of regstatus {__version__}, sha256 {_digest(shipped)}\n{shipped}"


def plain(own: str) -> str:
    """The text of an own file as the project would have it."""
    return _MADE_OF.sub("", own, count=1).rstrip("\n") + "\n"


def is_behind(own: str, shipped: str) -> bool:
    """Whether an own file was made of another than the one that ships."""
    made_of = _MADE_OF.match(own)
    return made_of is None or made_of[1] != _digest(shipped)


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def file_of(place: str, *folders: Path) -> tuple[Path, Path] | None:
    """The source file of a place and the folder that it lies in: the first folder that has one."""
    line = re.compile(rf"""^\s*jurisdiction\s*=\s*["']{re.escape(place)}["']""", re.MULTILINE)
    for folder in folders:
        for file in sorted(folder.rglob("*.toml")):
            if line.search(file.read_text(encoding="utf-8", errors="replace")):
                return file, folder
    return None


def the_file_of(place: str, *folders: Path) -> tuple[Path, Path]:
    """The same, or a `UsageError`."""
    if found := file_of(place, *folders):
        return found
    where = " or ".join(map(str, folders))
    raise UsageError(
        f"no source file below {where} is of {quoted(place)}: give the id of a place that has one; "
        f"`regstatus sources new {place}` prints one to fill in"
    )


def differences(own: Path, shipped: Path, files: Iterable[Path]) -> str:
    """What own files say otherwise than those that ship: a patch for the project's folder of sources."""
    patch = ""
    for file in files:
        name = f"sources/{file.relative_to(own).as_posix()}"
        after = plain(file.read_text(encoding="utf-8"))
        there = shipped / file.relative_to(own)
        before = there.read_text(encoding="utf-8") if there.is_file() else None
        lines = unified_diff(
            (before or "").splitlines(keepends=True),
            after.splitlines(keepends=True),
            f"a/{name}" if before is not None else "/dev/null",
            f"b/{name}",
        )
        if change := "".join(lines):
            new = "" if before is not None else "new file mode 100644\n"
            patch += f"diff --git a/{name} b/{name}\n{new}{change}"
    return patch
