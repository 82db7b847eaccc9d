"""Publish: the site as files, which any web server, object store or CDN can carry.

The new tree is written beside the old one and takes its place when it is whole,
so that readers of the folder see the one or the other.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from regstatus.base.errors import UsageError
from regstatus.web.policy import IN_HEADER
from regstatus.web.website import Site

__all__ = ["MARK", "publish"]

MARK = ".regstatus-site"
"""A file in every tree of ours: a folder without it is somebody else's, and is never replaced."""


def publish(site: Site, folder: Path) -> tuple[int, int]:
    """Write every resource of a site.

    Args:
        site: What is to be written.
        folder: Where; it is made, or replaced if it is an earlier tree of ours.

    Returns:
        The number of files, and of bytes.

    Raises:
        UsageError: If the folder holds anything that is not an earlier tree.
        OSError: If it cannot be written; what was there before is left as it was.
    """
    folder = folder.absolute()
    if folder.exists() and (not folder.is_dir() or _foreign(folder)):
        raise UsageError(
            f"{folder}: this is not an empty folder, nor one that `regstatus publish` wrote; "
            "choose another, or empty it"
        )
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = folder.with_name(f".{folder.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    files = size = 0
    for path in site.paths:
        resource = site.get(path)
        assert resource is not None
        target = fresh / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(resource.body)
        files, size = files + 1, size + len(resource.body)
    for name, text in _extras(site).items():
        (fresh / name).write_text(text, encoding="utf-8")
    _swap(fresh, folder)
    return files, size


def _extras(site: Site) -> dict[str, str]:
    """What only a static host needs: the headers that files cannot carry, where hosts read them."""
    headers = [
        "/*",
        f"  Content-Security-Policy: {IN_HEADER}",
        "  X-Content-Type-Options: nosniff",
        "  Referrer-Policy: no-referrer",
        "  Access-Control-Allow-Origin: *",
        "/feeds/*.atom",
        "  Content-Type: application/atom+xml; charset=utf-8",
        "/feeds/*.ics",
        "  Content-Type: text/calendar; charset=utf-8",
        "/v1/*.ndjson",
        "  Content-Type: application/x-ndjson",
    ]
    snapshot = site.edition.snapshot
    mark = {"version": snapshot.version, "digest": snapshot.digest}
    return {
        "_headers": "\n".join(headers) + "\n",
        ".nojekyll": "",
        MARK: json.dumps(mark) + "\n",
    }


def _foreign(folder: Path) -> bool:
    return not (folder / MARK).is_file() and any(folder.iterdir())


def _swap(fresh: Path, folder: Path) -> None:
    old = folder.with_name(f".{folder.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    fresh.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
