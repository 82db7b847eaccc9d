"""List the watched documents; check, start, copy, edit and send source files.

Your own files lie in the folder of your settings, over those that ship: a run reads yours in
their place, and answers that rest on one say so.
"""

import os
import sys
from pathlib import Path

from regstatus.base.errors import SnapshotError, SourceFileError, UnknownJurisdiction, UsageError
from regstatus.cli._common import (
    LISTED,
    SOURCES,
    Args,
    clean,
    now,
    print_list,
    source_folders,
    warn,
)

_COLUMNS = ("key", "reads", "format", "basis", "outcome", "last_fetched", "verified_at", "url")


def _list(args: Args) -> int:
    from fnmatch import fnmatchcase

    from regstatus.catalog.sources import load_catalog
    from regstatus.query.lists import outcome
    from regstatus.store import open_store
    from regstatus.store.clocks import Clocks

    try:
        clocks = open_store(args.snapshots).load().ledger
    except SnapshotError:  # they can be listed before anything was fetched
        clocks = Clocks()
    found = []
    for source in load_catalog(*source_folders(args.sources)):
        if args.only and not fnmatchcase(source.jurisdiction, args.only):
            continue
        for document in source.documents:
            key = f"{source.jurisdiction}:{document.id}"
            clock = clocks.get(key, {})
            names = ("title", "publisher", "reads", "format")
            shown = {
                "key": key,
                **{name: str(getattr(document, name)) for name in names},
                "basis": str(document.url_basis),
                "url": document.url,
                "outcome": outcome(clock, people_only=document.people_only),
                **{name: clock.get(name) for name in ("last_fetched", "verified_at")},
                "failures": clock.get("failures", 0),
                "problem": clock.get("problem"),
                "own": source.own,
            }
            found.append(shown)
    rows = [[item[column] for column in _COLUMNS] for item in found]
    print_list(args, _COLUMNS, rows, found)
    return 0


def _check(args: Args) -> int:
    import regstatus.fetch.hosts  # noqa: F401  (so that what adapters must be told is known)
    from regstatus.catalog.sources import load_catalog, load_file

    on = now().date()
    faults = []
    folder, own = source_folders(args.sources)
    for name in args.files or [folder]:
        try:
            if os.path.isdir(name) or not args.files:  # noqa: PTH112  (Path stumbles over odd names)
                over = None if args.files else own
                catalog = load_catalog(Path(name), over, on=on, closely=True)
                documents = sum(len(source.documents) for source in catalog)
                counted = f"{len(catalog)} jurisdictions, {documents} documents"
                if over and (mine := sum(source.own is not None for source in catalog)):
                    counted += f", {mine} of them by your own files in {over}"
            else:
                counted = load_file(Path(name), on=on, closely=True).jurisdiction
            print(clean(f"{name}: {counted}: sound"))
        except SourceFileError as error:
            faults.append(str(error))
    if faults:
        raise SourceFileError("\n".join(faults))
    return 0


def _new(args: Args) -> int:
    import re
    from string import Template

    from regstatus.catalog.places import Registry

    own = ""
    try:
        place = Registry().resolve(args.jurisdiction)
        known, name = place.id, place.name
    except UnknownJurisdiction:
        found = re.fullmatch(r"([A-Z]{2}-[A-Z0-9]+)/([a-z0-9]+(?:-[a-z0-9]+)*)", args.jurisdiction)
        if not found:
            raise
        Registry().resolve(found[1])  # a locality lies in a place that is known
        known, name = found[0], found[2].replace("-", " ").title()
        own = _LOCALITY.format(name=name)
    template = Path(__file__).with_name("new_source.toml.template").read_text(encoding="utf-8")
    print(Template(template).substitute(id=known, own=own, name=name, today=now().date()), end="")
    return 0


def _copy(args: Args) -> int:
    print(clean(f"{_own_copy(args.jurisdiction)}: yours now; `regstatus sources check` judges it"))
    return 0


def _own_copy(place: str) -> Path:
    """Make a user's own copy of the file of a place, where the user has none."""
    from regstatus.catalog.overlay import copied, file_of, the_file_of
    from regstatus.catalog.toml import read_file
    from regstatus.store import atomic

    shipped, own = _both()
    if has := file_of(place, own):
        raise UsageError(f"{has[0]}: there already; edit it, or remove it to begin anew")
    file, _ = the_file_of(place, shipped)
    target = own / file.relative_to(shipped)
    if os.path.lexists(target):
        raise UsageError(
            f"{target}: there already, though it is of no or another place: see to it first"
        )
    with atomic.writable(target.parent):
        atomic.put(target, copied(read_file(file, SourceFileError)).encode())
    return target


def _both() -> tuple[Path, Path]:
    """The folder of source files that ship, and the user's own."""
    shipped, own = source_folders(None)
    assert own is not None
    return shipped, own


def _edit(args: Args) -> int:
    import shlex
    import subprocess

    from regstatus.catalog.overlay import file_of

    editor = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "")
    has = file_of(args.jurisdiction, _both()[1])
    if not editor:
        raise UsageError(
            "no editor is named: set EDITOR, such as EDITOR=nano; or `regstatus sources copy`"
        )
    file = has[0] if has else _own_copy(args.jurisdiction)
    try:
        ended = subprocess.run([*editor, str(file)], check=False).returncode  # noqa: S603
    except OSError as error:
        raise UsageError(f"{editor[0]}: cannot be started: {error.strerror}") from None
    if ended:
        warn(f"{editor[0]} ended with {ended}")
    return _check(Args(files=[file], sources=None))


def _show(args: Args) -> int:
    from regstatus.catalog.overlay import the_file_of

    shipped, own = _both()
    file, folder = the_file_of(args.jurisdiction, own, shipped)
    warn(f"{file}: {'your own' if folder == own else 'the one that ships'}")
    sys.stdout.write(file.read_text(encoding="utf-8", errors="replace"))
    return 0


def _diff(args: Args) -> int:
    """What the own files say otherwise; exit status 1 if anything."""
    patch = _patch(_own_files(args.places))
    sys.stdout.write(patch)
    return 1 if patch else 0


def _own_files(places: list[str]) -> list[Path]:
    """The user's own files of these places, or all of them."""
    from regstatus.catalog.overlay import the_file_of, toml_files

    own = _both()[1]
    return [the_file_of(place, own)[0] for place in places] or toml_files(own)


def _patch(files: list[Path]) -> str:
    from regstatus.catalog.overlay import counterparts, differences, is_behind
    from regstatus.catalog.toml import read_file

    shipped, own = _both()
    pairs = counterparts(files, shipped)
    for file, there in pairs.items():
        if there and is_behind(*(read_file(one, SourceFileError) for one in (file, there))):
            warn(f"{file}: not made of the file that ships now: see what that knows beyond yours")
    return differences(own, shipped, pairs)


def _pack(args: Args) -> int:
    """The text of a pull request, and behind it the patch; `git apply` passes over the text."""
    from regstatus.catalog.sources import load_catalog, load_file

    files = _own_files(args.places)
    patch = _patch(files)
    if not patch:
        raise UsageError("your own files say what those that ship say: there is nothing to send")
    shipped, own = _both()
    load_catalog(shipped, own, on=now().date(), closely=True)
    sources = [load_file(file) for file in files]
    names = ", ".join(source.jurisdiction for source in sources)
    lines = [f"Mend the source {'file' if len(sources) == 1 else 'files'} of {names}", ""]
    for source in sources:
        lines.append(f"- {source.jurisdiction}: attested {source.attested} by {source.attested_by}")
        lines += [f"  - {doc.id} ({doc.url_basis}): {doc.url}" for doc in source.documents]
    lines += ["", "Checked with `regstatus sources check`. Apply with `git apply`.", "", ""]
    print("\n".join(map(clean, lines)), end="")
    sys.stdout.write(patch)
    return 0


_PLACE = {"jurisdiction ID": "id of a place, such as US-OH"}
_PLACES = {"[places ID...]": "ids of places (default: all your own files)"}
ACTIONS = {
    "list": (
        _list,
        "every watched document with its clocks",
        {
            "--only PATTERN": "ids such as 'US-*'",
            "--snapshots DIR": "whose clocks to show",
            **LISTED,
            **SOURCES,
        },
    ),
    "check": (
        _check,
        "check every source file, or those named",
        {"[files FILE...]": "files or folders (default: all)", **SOURCES},
    ),
    "new": (
        _new,
        "print a source file to fill in",
        {"jurisdiction NAME": "name or code of the place; a new locality: US-OH/lima"},
    ),
    "show": (_show, "print the file of a place, your own if you have one", _PLACE),
    "copy": (_copy, "make your own copy of the file of a place, which a run reads instead", _PLACE),
    "edit": (_edit, "open your own copy in VISUAL or EDITOR, and check it", _PLACE),
    "diff": (_diff, "what your own files say otherwise than those that ship", _PLACES),
    "pack": (_pack, "your own files as a patch for the project, with words for it", _PLACES),
}

_LOCALITY = """\
name = "{name}"
kind = "city"                       # as its law calls it: city, county, town, …
ocd_id = ""                         # its Open Civic Data id, if it has one; else leave this line out
"""
