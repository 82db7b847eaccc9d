"""What several commands share: options, output forms, colours, the clock."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
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


def add_format(parser: ArgumentParser) -> None:
    """Add the form in which a list is printed."""
    from regstatus.query.formats import forms

    parser.add_argument("--format", choices=forms(lambda form: form.lists), default="table")
    add_json(parser)


def print_rows(form: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], data: Any) -> None:
    """Print rows in one of the forms of lists.

    Args:
        form: Its name.
        columns: Names of the columns.
        rows: Their cells.
        data: The same as a list of objects, for JSON and NDJSON.
    """
    from regstatus.query.formats import FORMS

    print(FORMS[form].text(columns, rows, data), end="")


def print_list(kind: str, args: Namespace, data: Sequence[Mapping[str, Any]]) -> None:
    """Print one of the lists of `regstatus.query.listings` in the form that was asked for."""
    from regstatus.query.listings import LISTS

    listing = LISTS[kind]
    form = "json" if args.json else args.format
    print_rows(form, listing.names, map(listing.cells, data), data)


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
