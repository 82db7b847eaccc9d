"""Faults in TOML files that people write: file, line, key, and what is wrong, in one line each."""

from __future__ import annotations

import re
import tomllib
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from regstatus.errors import RegstatusError

__all__ = ["fault_line", "validated"]

_Loc = tuple[int | str, ...]
_Form = TypeVar("_Form", bound=BaseModel)


def validated(
    text: str, where: str, form: type[_Form], keys: str, error: type[RegstatusError]
) -> _Form:
    """Read TOML into its form.

    Args:
        text: All of the file.
        where: Its name.
        form: What it must hold.
        keys: As for `fault_line`.
        error: What is raised, with one line for each fault.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as found:
        line = re.search(r"at line (\d+)", str(found))
        place = f"{where}:{line[1]}" if line else where
        raise error(f"{place}: not valid TOML: {found}") from None
    try:
        return form.model_validate(data)
    except ValidationError as found:
        lines = (fault_line(where, text, f["loc"], f["msg"], keys) for f in found.errors())
        raise error("\n".join(lines)) from None


def fault_line(where: str, text: str, loc: _Loc, message: str, keys: str) -> str:
    """One fault as one line.

    Args:
        where: Name of the file.
        text: All of it.
        loc: The key at fault, as pydantic names it.
        message: What is wrong, and what would be right.
        keys: The page that explains the keys, for those that do not exist.
    """
    line = _line_of(text, loc)
    key = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc).lstrip(".")
    message = message.removeprefix("Value error, ").replace(
        "Extra inputs are not permitted", f"unknown key; see {keys} for those that exist"
    )
    return f"{where}:{line}: {key or 'file'}: {message}"


def _line_of(text: str, loc: _Loc) -> int:
    """The line on which a key stands; tomllib does not keep it, so the tables are counted."""
    lines = text.splitlines()
    start = 0
    keys = [part for part in loc if isinstance(part, str)]
    if len(loc) >= 2 and isinstance(loc[1], int):
        header = re.compile(rf"\s*\[\[\s*{re.escape(str(loc[0]))}\s*\]\]")
        heads = [number for number, line in enumerate(lines) if header.match(line)]
        if loc[1] < len(heads):
            start = heads[loc[1]]
        keys = keys[1:]
    here = start
    for key in keys:
        spelling = re.compile(
            rf"""\s*(\[+\s*)?["']?{re.escape(key)}["']?\s*[=.\]]|.*[{{,]\s*["']?{re.escape(key)}["']?\s*="""
        )
        for number in range(here, len(lines)):
            if number > start and re.match(r"\s*\[\[", lines[number]) and len(loc) >= 2:
                break
            if spelling.match(lines[number]):
                here = number
                break
    return here + 1
