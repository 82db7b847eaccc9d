"""What several commands share: options, output forms, colours, the clock."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any, TextIO

    from regstatus.query.dataset import Dataset

SUBSTANCES = "leaf, mitragynine, 7-oh or derivatives"


def now() -> datetime:
    """The present moment, UTC: the one place where the command line asks for it."""
    return datetime.now(UTC)


def add_question(parser: ArgumentParser) -> None:
    """Add what a question is made of: place, day and substance."""
    parser.add_argument("name", nargs="+", metavar="NAME", help="name, code or OCD id of a place")
    parser.add_argument(
        "--on", metavar="DATE", help="day of the law, such as 2026-11-22 (default: today)"
    )
    parser.add_argument("--substance", metavar="NAME", help=SUBSTANCES)


def add_snapshots(parser: ArgumentParser) -> None:
    """Add the option that says where the snapshots are."""
    parser.add_argument(
        "--snapshots",
        metavar="DIR|URL",
        help="folder of snapshots, or s3://bucket/prefix "
        "(default: REGSTATUS_SNAPSHOTS, then your own, then the package's)",
    )


def add_json(parser: ArgumentParser) -> None:
    """Add `--json`."""
    parser.add_argument("--json", action="store_true", help="print JSON")


def add_known(parser: ArgumentParser) -> None:
    """Add the option for record time."""
    parser.add_argument(
        "--as-known-on", metavar="DATE|VERSION", help="answer as our records stood then"
    )


def opened(path: str | None, known: str | None = None) -> Dataset:
    """Open the snapshots and say on standard error if they are not the newest or not official."""
    from regstatus.query.dataset import opened as open_dataset

    dataset = open_dataset(path, known)
    if dataset.snapshot.warning:
        print(f"regstatus: warning: {clean(dataset.snapshot.warning)}", file=sys.stderr)
    return dataset


def web() -> None:
    """See that the extra for the service is installed.

    Raises:
        UsageError: If it is not; the text says how to have it.
    """
    from importlib.util import find_spec

    from regstatus.base.errors import UsageError

    missing = [name for name in ("starlette", "jinja2", "uvicorn") if find_spec(name) is None]
    if missing:
        raise UsageError(f"this needs {', '.join(missing)}: pip install 'regstatus[web]'")


def clean(text: str) -> str:
    """Make outside text safe for a terminal."""
    from regstatus.base.safe import without_controls

    return without_controls(text)


def say(text: str) -> None:
    """Print a line of a service, and at once.

    It goes past the stream's lock: a thread that waits in it for a pipe that nobody empties
    would abort the whole program at its end.
    """
    out = sys.stdout
    buffer = getattr(out, "buffer", None)
    if buffer is None:
        print(clean(text), flush=True)
        return
    data = f"{clean(text)}\n".encode(out.encoding, out.errors or "replace")
    raw = buffer
    while deeper := getattr(
        raw, "raw", None
    ):  # past `console`, too: what is lost here costs lines only
        raw = deeper
    while data and (size := raw.write(data)):
        data = data[size:]


def print_json(value: Any) -> None:
    """Print JSON for people and programs alike: indented, keys as they are, UTF-8."""
    import json

    print(json.dumps(value, ensure_ascii=False, indent=2))


def print_rows(form: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], data: Any) -> None:
    """Print rows as a table, CSV, JSON or NDJSON.

    Args:
        form: `table`, `csv`, `json` or `ndjson`.
        columns: Names of the columns.
        rows: Their cells.
        data: What JSON and NDJSON print: a list of objects.
    """
    if form == "json":
        print_json(data)
    elif form == "ndjson":
        import json

        for item in data:
            print(json.dumps(item, ensure_ascii=False, separators=(",", ":")))
    elif form == "csv":
        from regstatus.query.lists import csv_lines

        print(csv_lines(columns, rows), end="")
    else:
        from regstatus.query.lists import cell_text

        _table(columns, [[clean(cell_text(cell)) for cell in row] for row in rows])


def print_list(kind: str, form: str, data: Sequence[Mapping[str, Any]]) -> None:
    """Print one of the lists of `regstatus.query.lists` in any form."""
    from regstatus.query.lists import LISTS

    columns, row = LISTS[kind]
    print_rows(form, columns, map(row, data), data)


def _table(columns: Sequence[str], rows: list[list[str]]) -> None:
    widths = [
        max(len(name), *(len(row[index]) for row in rows)) if rows else len(name)
        for index, name in enumerate(columns)
    ]
    for row in ([name.upper() for name in columns], *rows):
        line = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        print(line.rstrip())


_CODES = {"red": "31", "green": "32", "yellow": "33", "bold": "1", "dim": "2"}


def colour(text: str, name: str, stream: TextIO | None = None) -> str:
    """Colour a word, on a terminal only, and never where NO_COLOR is set."""
    out = stream or sys.stdout
    plain_wanted = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    if plain_wanted or out is None or not out.isatty():
        return text
    return f"\x1b[{_CODES[name]}m{text}\x1b[0m"


def columns() -> int:
    """Width of the terminal; 100 where there is none (shutil's own answer costs a look-up 3 ms)."""
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or 100
    except (OSError, ValueError, AttributeError):  # the last where standard output is closed
        return 100
