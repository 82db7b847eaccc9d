"""Write the pages, the API and the feeds as files for any web server, object store or CDN."""

from pathlib import Path

from regstatus.base.errors import UsageError
from regstatus.cli._common import SNAPSHOTS, Args, clean, now, web

BASE = {"--base-url URL": "absolute address of the site, for feeds and canonical links"}
ARGUMENTS = {
    "folder DIR": "where to; an earlier tree is replaced, what is not ours is kept",
    **BASE,
    **SNAPSHOTS,
}


def base_of(args: Args) -> str | None:
    """The base, checked, ending in a slash; None if there is none."""
    from regstatus.base.address import problem_with

    if not args.base_url:
        return None
    if problem_with(args.base_url, private_ok=True) or {"?", "#"} & {*args.base_url}:
        raise UsageError(f"{args.base_url!r} is not an address such as https://kratom.example.org/")
    return str(args.base_url).rstrip("/") + "/"


def run(args: Args) -> int:
    if not args.folder:
        raise UsageError("the name of the folder is empty; write . for this folder")
    web()
    from regstatus.web.publish import publish
    from regstatus.web.service.library import Library
    from regstatus.web.website import Site

    edition = Library(args.snapshots, now=now).current()
    where = Path(args.folder)
    files, size = publish(Site(edition, base_of(args)), where)
    told = f"{files:,} files, {size / 1e6:.1f} MB, version {edition.snapshot.version}"
    print(clean(f"{where}: {told}"))
    return 0
