"""What several commands share: options, output forms, colours, the clock."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from types import SimpleNamespace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path
    from typing import Any

    from regstatus.model.shapes import AnswerData
    from regstatus.query.dataset import Dataset

Args = SimpleNamespace
"""What a command was given, by the names of its arguments."""

JSON = {"--json": "print JSON"}
KNOWN = {"--as-known-on DATE|VERSION": "answer as our records stood then"}
SNAPSHOTS = {
    "--snapshots DIR|URL": "folder of snapshots, or s3://bucket/prefix "
    "(default: REGSTATUS_SNAPSHOTS, then your own, then the package's)"
}
SOURCES = {
    "--sources DIR": "folder of source files (default: the package's, and over them your own)"
}
SHOWN = {**JSON, **SNAPSHOTS}
QUESTION = {
    "name NAME...": "name, code, ZIP, point or OCD id of a place",
    "--on DATE": "day of the law, such as 2026-11-22 (default: today)",
    "--substance NAME": "leaf, mitragynine, 7-oh or derivatives",
}
"""Arguments of several commands; `cli` says how they are spelled."""


def format_for(
    use: str, default: str | None = "csv", says: str | None = None
) -> Callable[[], tuple[str | None, dict[str, Any]]]:
    """The option for a form of output that is for `lists`, `files` or `orders`, made when it is added."""

    def option() -> tuple[str | None, dict[str, Any]]:
        from regstatus.query.formats import forms

        return says, {"choices": forms(lambda form: getattr(form, use)), "default": default}

    return option


LISTED: dict[str, Any] = {"--format": format_for("lists", "table"), **JSON}


def now() -> datetime:
    """The present moment, UTC: the one place where the command line asks for it."""
    return datetime.now(UTC)


def opened(path: str | None, known: str | None = None) -> Dataset:
    """Open the snapshots and say on standard error if they are not the newest or not official."""
    from regstatus.query.dataset import opened as open_dataset

    dataset = open_dataset(path, known)
    if dataset.snapshot.warning:
        warn(f"warning: {dataset.snapshot.warning}")
    return dataset


def answered(args: Args, dataset: Dataset | None = None, place: str | None = None) -> AnswerData:
    """Answer for all its words, or for one of its places; tell on standard error what else is meant."""
    data = dataset or opened(args.snapshots, args.as_known_on)
    name = place or " ".join(args.name)
    found = data.lookup(name, on=args.on, substance=args.substance, now=now()).to_dict()
    if found["hint"]:
        warn(found["hint"])
    return found


def bucket_of(args: Args) -> str | None:
    """The address of the bucket that holds the snapshots, if one does."""
    from regstatus.base.paths import in_bucket

    named = args.snapshots or os.environ.get("REGSTATUS_SNAPSHOTS") or ""
    return named if in_bucket(named) else None


def source_folders(named: str | None) -> tuple[Path, Path | None]:
    """The folder of source files, and of the user's own that are laid over those that ship."""
    from pathlib import Path

    from regstatus.base import paths

    if named is not None:
        return Path(named), None
    return Path(paths.shipped("sources")), Path(paths.user_sources())


def web() -> None:
    """See that the extra for the service is installed."""
    from importlib.util import find_spec

    from regstatus.base.errors import UsageError

    missing = [name for name in ("starlette", "jinja2", "uvicorn") if find_spec(name) is None]
    if missing:
        raise UsageError(f"this needs {', '.join(missing)}: pip install 'regstatus[web]'")


def clean(text: str) -> str:
    """Make outside text safe for a terminal."""
    from regstatus.base.safe import without_controls

    return without_controls(text)


def warn(text: str) -> None:
    """Say something on standard error, beside what was asked for."""
    print(f"regstatus: {clean(text)}", file=sys.stderr)


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
    while deeper := getattr(raw, "raw", None):  # past `console`, too: what is lost costs lines only
        raw = deeper
    while data and (size := raw.write(data)):
        data = data[size:]


def print_json(value: Any) -> None:
    """Print JSON for people and programs alike: indented, keys as they are, UTF-8."""
    import json

    print(json.dumps(value, ensure_ascii=False, indent=2))


def tell(args: Args, data: Any, lines: Iterable[str]) -> None:
    """Print what was found as JSON, if that was asked for, or in lines for people."""
    if args.json:
        print_json(data)
    else:
        for line in lines:
            print(clean(line))


def print_list(args: Args, names: Sequence[str], rows: Iterable[Sequence[Any]], data: Any) -> None:
    """Print a list in the form that was asked for; `data` is the same as objects, for JSON."""
    from regstatus.query.formats import FORMS

    print(FORMS["json" if args.json else args.format].text(names, rows, data), end="")


def print_listing(kind: str, args: Args, data: Sequence[Mapping[str, Any]]) -> None:
    """Print one of the lists of `regstatus.query.listings`."""
    from regstatus.query.listings import LISTS

    print_list(args, *LISTS[kind].table(data, vars(args)), data)


_CODES = {"red": "31", "green": "32", "yellow": "33", "bold": "1"}


def colour(text: str, name: str) -> str:
    """Colour a word, on a terminal only, and never where NO_COLOR is set."""
    plain_wanted = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    if plain_wanted or sys.stdout is None or not sys.stdout.isatty():
        return text
    return f"\x1b[{_CODES[name]}m{text}\x1b[0m"


def columns() -> int:
    """Width of the terminal; 100 where there is none (shutil's own answer costs a look-up 3 ms)."""
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or 100
    except (OSError, ValueError, AttributeError):  # the last where standard output is closed
        return 100
