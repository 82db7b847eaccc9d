"""Attest an official text that you hold, with proof, or prove an attestation again by the same file.

The file is read as a run would read it, and shown beside the record. What you confirm is written
into the source file, and the file itself is kept beside the snapshots.
"""

import json
import sys
from pathlib import Path

from regstatus.base.errors import SourceFileError, UsageError
from regstatus.cli._common import SOURCES, Args, clean, now, source_folders, warn

ARGUMENTS = {
    "name NAME": "id of the place, such as US-OH",
    "--page FILE": ("the official text, saved", {"required": True}),
    "--document ID": "whose text it is, by its id in the source file",
    "--day DATE": "the day of law for which it speaks: its edition, or the day on which it was saved",
    "--by NAME": "who read it",
    "--at WHERE": "where it was had (default: the official address)",
    "--kind": (
        "the office's own file, a copy of it, made from it in another form, or a part of it",
        {"choices": ("original", "copy", "conversion", "excerpt"), "default": "original"},
    ),
    "--format": ("(default: by its looks)", {"choices": ("html", "xml", "json", "pdf", "text")}),
    "--agree SUBSTANCE...": "confirm without being asked: leaf, mitragynine, 7-oh, derivatives, all",
    **SOURCES,
    "--snapshots DIR": "where the page is kept (default: your own folder of snapshots)",
    "--check": "prove again what was attested, by the same file; nothing is written",
}


def run(args: Args) -> int:
    """Read, show, ask, keep and write; exit status 1 where it was not confirmed, or not proven again."""
    from regstatus.base.days import day_of
    from regstatus.catalog.overlay import the_file_of
    from regstatus.catalog.sources import load_file
    from regstatus.decide.records import recorded
    from regstatus.model.words import Format
    from regstatus.pipeline.attestation import Held, attest, document_of, proven
    from regstatus.store.atomic import naming

    page = Path(args.page)
    if not page.is_file():
        raise UsageError(f"{args.page}: there is no such file")
    with naming(page):
        body = page.read_bytes()
    folder, own = source_folders(args.sources)
    file, _ = the_file_of(args.name, *(filter(None, (own, folder))))
    source, form = load_file(file), Format(args.format) if args.format else None
    if args.check:
        held = Held(body, args.page, now().date(), form)
        try:
            entries = proven(source, held, now())
        except UsageError as fault:  # it is understood, and other than what was attested
            warn(f"not proven: {fault}")
            return 1
        for entry in entries:
            told = f"{source.jurisdiction}:{entry.document} on {entry.day}: {_told(entry.says)}"
            print(clean(f"proven again: {told}, as {entry.by} attested"))
        return 0
    for option in ("document", "day", "by"):
        if not getattr(args, option):
            raise UsageError(
                f"--{option} is missing: an attestation says whose text, which day, who"
            )
    document = document_of(source, args.document)
    day = day_of(args.day)
    assert day is not None
    held = Held(body, args.page, day, form)
    at = args.at or document.url
    entry = attest(source, document, held, by=args.by, at=at, kind=args.kind, now=now())
    print(clean(f"{source.jurisdiction}: {document.title}, for {day}, from {at}"))
    print(clean(f"  {'it' if entry.kind == 'original' else 'a copy'} says  “{entry.quote}”"))
    held_now = recorded(source, day)
    for name, value in entry.says.items():
        print(clean(f"  {name:12} {value:10} on record: {held_now.get(name) or 'nothing'}"))
    if not _agreed(args, [str(name) for name in document.settles or document.shows.by_substance()]):
        print("Nothing was written.")
        return 1
    kept = _keep(args, entry.sha256, page.suffix, body)
    _append(file, entry.model_dump(mode="json", by_alias=True, exclude_none=True))
    print(clean(f"Written to {file}; the page is kept as {kept}."))
    return 0


def _agreed(args: Args, substances: list[str]) -> bool:
    """Whether a person confirms what was read of each substance that rests on the text."""
    agreed = set(args.agree or ())
    for name in substances:
        if agreed & {name, "all"}:
            continue
        if not sys.stdin.isatty():
            raise UsageError(f"{name} is not confirmed: say --agree {name}, or --agree all")
        if input(f"  Is that what it says of {name}? [y/N] ").strip().lower() not in {"y", "yes"}:
            return False
    return True


def _keep(args: Args, digest: str, suffix: str, body: bytes) -> Path:
    """Keep the page itself, under its digest, where nothing is ever dropped."""
    from regstatus.base import paths
    from regstatus.store import atomic

    folder = Path(args.snapshots or paths.user_snapshots())
    file = folder / "attested" / f"{digest}{suffix.lower()}"
    with atomic.writable(file.parent):
        atomic.put(file, body)
    return file


def _append(file: Path, entry: dict[str, object]) -> None:
    """Add an entry at the end of a source file, which is checked first."""
    from regstatus.catalog.sources import check_text
    from regstatus.store import atomic

    lines = [f"{key} = {_toml(value)}" for key, value in entry.items()]
    text = file.read_text(encoding="utf-8").rstrip("\n")
    text = "\n".join([text, "", "[[attestations]]", *lines, ""])
    check_text(text, str(file))
    try:
        atomic.write(file, text.encode())
    except OSError as error:
        raise SourceFileError(
            f"{file}: cannot be written ({error.strerror}): make a copy of your own with "
            "`regstatus sources copy`"
        ) from None


def _toml(value: object) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{json.dumps(k)} = {_toml(v)}" for k, v in value.items()) + " }"
    text = json.dumps(value, ensure_ascii=False)
    is_day = isinstance(value, str) and len(value) == 10 and value[4:5] == value[7:8] == "-"
    return value if is_day and isinstance(value, str) else text.replace("\x7f", "\\u007f")


def _told(says: dict[str, str | int]) -> str:
    return ", ".join(f"{name} {value}" for name, value in says.items())
