"""List the watched documents, check source files, or start a new one."""

import os
from pathlib import Path

from regstatus.base.errors import SnapshotError, SourceFileError, UnknownJurisdiction
from regstatus.cli._common import LISTED, Args, clean, now, print_list

_COLUMNS = ("key", "reads", "format", "basis", "outcome", "last_fetched", "verified_at", "url")


def _folder(args: Args) -> Path:
    from regstatus.base import paths as places

    return Path(args.sources or places.shipped("sources"))


def _list(args: Args) -> int:
    from fnmatch import fnmatchcase

    from regstatus.catalog.sources import load_catalog
    from regstatus.store import open_store
    from regstatus.store.clocks import Clocks

    try:
        clocks = open_store(args.snapshots).load().ledger
    except SnapshotError:  # they can be listed before anything was fetched
        clocks = Clocks()
    found = []
    for source in load_catalog(_folder(args)):
        if args.only and not fnmatchcase(source.jurisdiction, args.only):
            continue
        for document in source.documents:
            key = f"{source.jurisdiction}:{document.id}"
            clock = clocks.get(key, {})
            unasked = "for people only" if document.people_only else "never fetched"
            names = ("title", "publisher", "reads", "format")
            shown = {
                "key": key,
                **{name: str(getattr(document, name)) for name in names},
                "basis": str(document.url_basis),
                "url": document.url,
                "outcome": clock.get("outcome") or unasked,
                **{name: clock.get(name) for name in ("last_fetched", "verified_at")},
                "failures": clock.get("failures", 0),
                "problem": clock.get("problem"),
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
    for name in args.files or [_folder(args)]:
        try:
            if os.path.isdir(name) or not args.files:  # noqa: PTH112  (Path stumbles over odd names)
                catalog = load_catalog(Path(name), on=on, closely=True)
                documents = sum(len(source.documents) for source in catalog)
                counted = f"{len(catalog)} jurisdictions, {documents} documents"
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


_SOURCES = {"--sources DIR": "folder of source files (default: the package's)"}
ACTIONS = {
    "list": (
        _list,
        "every watched document with its clocks",
        {
            "--only PATTERN": "ids such as 'US-*'",
            "--snapshots DIR": "whose clocks to show",
            **LISTED,
            **_SOURCES,
        },
    ),
    "check": (
        _check,
        "check every source file, or those named",
        {"[files FILE...]": "files or folders (default: all)", **_SOURCES},
    ),
    "new": (
        _new,
        "print a source file to fill in",
        {"jurisdiction NAME": "name or code of the place; a new locality: US-OH/lima"},
    ),
}

_LOCALITY = """\
name = "{name}"
kind = "city"                       # as its law calls it: city, county, town, …
ocd_id = ""                         # its Open Civic Data id, if it has one; else leave this line out
"""
