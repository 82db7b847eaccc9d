"""Reads TOML files that people write; a fault names file, line, key and what is wrong, in one line."""

import re
import stat
import tomllib
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from regstatus.base.errors import RegstatusError
from regstatus.base.patterns import Pattern
from regstatus.base.safe import without_controls

Loc = tuple[int | str, ...]
_Form = TypeVar("_Form", bound=BaseModel)

_LARGEST = 1_000_000
"""Most bytes of a file that a person wrote: the largest that ships has 14,000."""
_MOST_FAULTS = 20
"""Most faults that are listed of one file."""
_DEEPEST = 24
_PLAINER = {
    "Input should be a valid tuple": 'write a list, such as ["…", "…"]',
    "Input should be a valid dictionary": "write a table, such as { key = … }",
    "Input should be a valid boolean": "write true or false, without quotation marks",
    "Input should be a valid integer": "write a whole number, without quotation marks",
    "Input should be a valid string": "write text in quotation marks",
    "String should match pattern '^ocd-division/country:[a-z]{2}/'": "write it as Open Civic Data "
    "does, such as ocd-division/country:us/state:oh, or leave the key out",
    "String should have at least 1 character": "is empty: write it, or leave the key out if it may be",
}
"""What pydantic says, as TOML has it."""
_PART = r"""([\w-]+|"[^"]*"|'[^']*')[ \t]*"""
_DEEP = rf"{_PART}(\.[ \t]*{_PART}){{{_DEEPEST}}}"
"""A key of more parts than any of ours: the parser's time grows with their square."""


def read_file(path: Path, error: type[RegstatusError]) -> str:
    """The text of a TOML file, with plain line ends and no byte order mark, or an `error`.

    A pipe or a device is refused, for reading it may never end.
    """
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            kind = "a folder" if stat.S_ISDIR(mode) else "a pipe, a socket or a device"
            raise error(f"{path}: cannot be read: it is {kind}; write a regular file in its place")
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
    except (OSError, ValueError) as found:  # ValueError: a name with a NUL
        reason = getattr(found, "strerror", None) or found
        raise error(f"{path}: cannot be read: {reason}") from None
    if len(data) > _LARGEST:
        raise error(f"{path}: larger than {_LARGEST:,} bytes; no file of this kind is: split it")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as found:
        line = data.count(b"\n", 0, found.start) + 1
        raise error(f"{path}:{line}: not UTF-8 text; save the file as UTF-8") from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def validated(
    text: str, where: str, form: type[_Form], keys: str, error: type[RegstatusError]
) -> _Form:
    """Read the TOML of a file into its form; else raise an `error` with one line for each fault."""
    try:
        for number, line in enumerate(text.split("\n"), 1):
            if line.count(".") >= _DEEPEST and Pattern(_DEEP).found_in(line):
                raise error(f"{where}:{number}: a key of more than {_DEEPEST} parts; see {keys}")
        return form.model_validate(tomllib.loads(text.removeprefix("\ufeff")))
    except ValidationError as found:
        faults = [(f["loc"], f["msg"]) for f in found.errors(include_input=False)]
        raise error(fault_lines(where, text, faults, keys)) from None
    except ValueError as found:  # also a number of more digits than Python reads
        at = re.search(r"at line (\d+)", str(found))
        last = at[1] if at else len(text.splitlines())
        raise error(f"{where}:{last}: not valid TOML: {found}") from None
    except (RecursionError, MemoryError):
        problem = f"nested too deeply, or too large for the memory here; see {keys} for the form"
        raise error(f"{where}:{_deepest(text)}: {problem}") from None


def fault_lines(where: str, text: str, faults: Iterable[tuple[Loc, str]], keys: str) -> str:
    """What is wrong with the keys that pydantic names by their place, one line each, the first of them.

    `where` names the file, `text` is all of it, and `keys` the page that explains the keys, for
    those that do not exist.
    """
    all_of_them, lines = [*faults], []
    for loc, message in all_of_them[:_MOST_FAULTS]:
        key = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc)
        told = f"{where}:{_line_of(text, loc)}: {key.lstrip('.') or 'file'}: {plain(message, keys)}"
        if "unknown key" in told and len(loc) > 1:
            told += ", and where: what is of the whole file stands above the first [table]"
        lines.append(without_controls(told))
    if more := len(all_of_them) - len(lines):
        lines.append(f"{where}: and {more} more faults")
    return "\n".join(lines)


def plain(message: str, keys: str) -> str:
    """What pydantic says is wrong, in plainer words; `keys` is the page that explains the keys."""
    said = message.removeprefix("Value error, ").partition(" or instance of ")[0]
    for words, ours in _PLAINER.items():
        said = said.replace(words, ours)
    unknown = f"unknown key; see {keys} for those that exist"
    return said.replace("Extra inputs are not permitted", unknown)


def _deepest(text: str) -> int:
    """The line on which the most brackets are open."""
    depth, most, place = 0, 0, 1
    for number, line in enumerate(text.split("\n"), 1):
        depth += line.count("[") + line.count("{")
        if depth > most:
            most, place = depth, number
        depth -= line.count("]") + line.count("}")
    return place


def _line_of(text: str, loc: Loc) -> int:
    """The line on which a key stands; tomllib does not keep it, so the tables are counted."""
    lines = text.split("\n")  # TOML knows no other ends of lines
    start, end, parts = 0, len(lines), loc
    if len(loc) >= 2 and isinstance(loc[1], int):
        table, parts = re.escape(str(loc[0])), loc[2:]
        header = re.compile(rf"\s*\[\[\s*{table}\s*\]\]")
        heads = [number for number, line in enumerate(lines) if header.match(line)]
        if loc[1] < len(heads):
            start = heads[loc[1]]
        inner = re.compile(rf"\s*\[\[(?!\s*{table}\s*\.)")
        later = (number for number in range(start + 1, end) if inner.match(lines[number]))
        end = next(later, end)
    here, before = start, 0
    for part in parts:
        if isinstance(part, int):
            before = part  # so many others of its kind stand before it
            continue
        key = rf"""["']?{re.escape(part)}["']?\s*[=.\]]"""
        spelling = re.compile(rf"""(?:^\s*(?:\[+\s*)?(?:[\w."'-]+\.)?|[{{,]\s*){key}""")
        found = (n for n in range(here, end) for _ in spelling.finditer(lines[n]))
        here, before = next(islice(found, before, None), here), 0
    return here + 1
