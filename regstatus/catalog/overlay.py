"""Overlay: a user's own source files, laid by their ids over those that ship.

A copy remembers of which file it was made: where that has changed since, the copy may hold law
that is no more, and every answer that rests on it says so.
"""

import os
import re
from collections.abc import Iterable, Mapping
from difflib import unified_diff
from hashlib import sha256
from pathlib import Path

from regstatus.base.errors import SourceFileError, UsageError, quoted
from regstatus.base.version import __version__
from regstatus.catalog.toml import read_file

_MADE_OF = re.compile(r"# Made of the file of regstatus \S{1,40}, sha256 ([0-9a-f]{64})\n")

_ID = re.compile(r"""^\s*["']?jurisdiction["']?\s*=\s*["']?([^"'\s#]{1,80})""", re.MULTILINE)


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


def toml_files(folder: Path, faults: list[str] | None = None) -> list[Path]:
    """Whatever is called `*.toml` below a folder, in any case; what cannot be read is told in `faults`.

    Hidden names are passed over: editors, version control and other systems keep theirs so.
    """
    seen = set[tuple[int, int]]()

    def cannot(error: OSError) -> None:
        if faults is not None:
            faults.append(f"{error.filename}: cannot be read: {error.strerror or error}")

    found: list[Path] = []
    for top, below, files in os.walk(folder, onerror=cannot, followlinks=True):
        here = Path(top).stat()
        if (here.st_dev, here.st_ino) in seen:  # a link leads back here
            below.clear()
            continue
        seen.add((here.st_dev, here.st_ino))
        below[:] = (name for name in below if not name.startswith("."))
        plain = (name for name in files if not name.startswith("."))
        found += (Path(top, n) for n in (*below, *plain) if n.lower().endswith(".toml"))
    return sorted(found)


def id_of(file: Path) -> str | None:
    """The place that a file is of, by its own word; also where the rest of it is at fault."""
    try:
        found = _ID.search(file.read_text(encoding="utf-8-sig", errors="replace"))
    except OSError:
        return None
    return found and found[1]


def file_of(place: str, *folders: Path) -> tuple[Path, Path] | None:
    """The source file of a place and the folder that it lies in: the first folder that has one."""
    for folder in folders:
        for file in toml_files(folder):
            if id_of(file) == place:
                return file, folder
    return None


def the_file_of(place: str, *folders: Path) -> tuple[Path, Path]:
    """The same, or a `UsageError`."""
    if found := file_of(place, *folders):
        return found
    where = " or ".join(map(str, folders))
    raise UsageError(
        f"no source file below {where} is of {quoted(place)}: give the id of a place that has one, "
        "as `regstatus sources list` writes it; `regstatus sources new` prints one to fill in"
    )


def counterparts(files: Iterable[Path], shipped: Path) -> dict[Path, Path | None]:
    """Own files, each with the one that ships and is of the same place, if any is."""
    by_id = {id_of(file): file for file in toml_files(shipped)}
    return {file: by_id.get(id_of(file)) for file in files}


def differences(own: Path, shipped: Path, files: Mapping[Path, Path | None]) -> str:
    """What own files say otherwise than those that ship: a patch for the project's folder of sources.

    Args:
        own: The folder of the own files.
        shipped: The folder of those that ship.
        files: The own files with their `counterparts`.
    """
    patch = ""
    for file, there in files.items():
        path = there.relative_to(shipped) if there else file.relative_to(own)
        name = f"sources/{path.as_posix()}"
        after = plain(read_file(file, SourceFileError))
        before = read_file(there, SourceFileError) if there else None
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
