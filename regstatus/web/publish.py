"""Publish: the site as files, which any web server, object store or CDN can carry.

The new tree is written whole inside the folder, hidden, and its entries then take the
places of the old ones, one rename each. So the folder stays what it is: a mount point,
the end of a link, a working folder, a checkout with files of its owner's.
"""

import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path

from regstatus.base.errors import Locked, UsageError
from regstatus.store.atomic import naming
from regstatus.web.links import IN_HEADER, IN_PAGE, media
from regstatus.web.website import Site

MARK = ".regstatus-site"
"""A file in every tree of ours: a folder without it is somebody else's, and is never touched."""

_NEW, _OLD = ".regstatus-new", ".regstatus-old"
"""What is not whole yet, and what has made room for it; neither outlives a run that ends."""

_OWNERS = ("_headers", "favicon.svg", "robots.txt")
"""Files of ours that say nothing of the law: where their owner has changed them they stay."""

_HEADERS = f"""\
/*
  Content-Security-Policy: {IN_HEADER}
  X-Content-Type-Options: nosniff
  Referrer-Policy: no-referrer
  Access-Control-Allow-Origin: *
/embed/*
  ! Content-Security-Policy
  Content-Security-Policy: {IN_PAGE}
/feeds/*.atom
  Content-Type: {media("atom")}
/feeds/*.ics
  Content-Type: {media("ics")}
/v1/*.geojson
  Content-Type: {media("geojson")}
/v1/*.ndjson
  Content-Type: {media("ndjson")}
"""
"""What only a static host needs to be told: the headers that files cannot carry."""

_Held = Mapping[str, str | None]
"""What stands at the top of a tree of ours, with the digest of what its owner may change."""


def publish(site: Site, folder: Path) -> tuple[int, int]:
    """Write every resource of a site; the number of files is returned, and of bytes.

    The folder is made, or filled anew if it holds an earlier tree of ours. What is not ours in
    such a tree is kept.

    Raises:
        UsageError: If the folder is not ours to fill, or something is in the way.
        Locked: If another run publishes there.
        OSError: If it cannot be written; what was there before is left as it was.
    """
    folder = _place(site, folder)
    begun = [path for path in (folder, *folder.parents) if not path.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _alone(folder):
            _settle(folder)
            extras = {"_headers": _HEADERS.encode(), ".nojekyll": b""}
            ours = _holds(site, extras)
            snapshot = site.edition.snapshot
            mark = {"version": snapshot.version, "digest": snapshot.digest, "holds": ours}
            extras[MARK] = f"{json.dumps(mark)}\n".encode()  # the last that is written
            held = _held(folder / MARK, ours)
            if held is None:  # a run that is killed must find its own folder again
                begun.insert(0, folder / MARK)
                _write(folder / MARK, extras[MARK])
                held = {}
            names = (held.keys() | ours.keys()) - {*_edited(folder, held)}
            guests = [*_guests(site, folder, names, held)]
            try:
                written = _fill(folder, site, extras, guests)
                _swap(folder, sorted(names))
            finally:
                _settle(folder)
    except BaseException:
        for path in begun:
            with suppress(OSError):
                path.rmdir() if path.is_dir() else path.unlink()
        raise
    return written


def _place(site: Site, folder: Path) -> Path:
    """The folder that a name leads to, if it is ours to fill."""
    real, store = Path(os.path.realpath(folder)), Path(os.path.realpath(site.edition.snapshot.path))
    if real.is_symlink():
        raise UsageError(f"{folder}: this link leads nowhere but to itself; name another folder")
    if store in (real, *real.parents):
        raise UsageError(f"{folder}: the snapshots are kept here ({store}); choose another folder")
    if real.exists() and (
        not real.is_dir() or (not (real / MARK).is_file() and any(real.iterdir()))
    ):
        raise UsageError(
            f"{folder}: this is not an empty folder, nor one that `regstatus publish` wrote; "
            "choose another, or empty it"
        )
    return real


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the folder itself, so that no file is needed for it, and a kill lets it go."""
    try:
        import fcntl
    except ImportError:  # Windows: there the renames of a second run fail, and it puts back
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Locked(f"{folder}: another run publishes here; wait for its end") from None
        except OSError:
            pass  # a file system without locks
        yield
    finally:
        os.close(handle)


def _holds(site: Site, extras: Mapping[str, bytes]) -> _Held:
    """What the tree of a site holds at its top."""
    held: dict[str, str | None] = dict.fromkeys(path.partition("/")[0] for path in site.paths)
    held |= dict.fromkeys(extras)
    for name in _OWNERS:
        found = site.get(name)
        held[name] = sha256(extras[name] if found is None else found.body).hexdigest()
    return held


def _held(mark: Path, ours: _Held) -> _Held | None:
    """What an earlier run left at the top; None if there was none."""
    if not mark.exists():
        return None
    with suppress(ValueError, TypeError, LookupError, RecursionError):
        told = json.loads(mark.read_bytes())["holds"]
        ways_out = ("", "..", MARK, _NEW, _OLD)
        return {n: told[n] for n in told if n not in ways_out and Path(n).name == n}
    return dict.fromkeys(ours)


def _edited(folder: Path, held: _Held) -> Iterator[str]:
    """Files that a host reads and that their owner has put in the place of ours: they stay."""
    for name in _OWNERS:
        path, was = folder / name, held.get(name, "")
        changed = was is not None and path.exists() and was != sha256(path.read_bytes()).hexdigest()
        if path.is_symlink() or changed:
            yield name


def _guests(site: Site, folder: Path, names: Iterable[str], held: _Held) -> Iterator[Path]:
    """Files inside our own folders that we did not write: they are taken along.

    Raises:
        UsageError: If something can neither be taken along nor be replaced.
    """
    endings = {(path.partition("/")[0], Path(path).suffix) for path in site.paths}
    for top in map(folder.joinpath, names):
        if top.exists() and top.name not in held:
            raise UsageError(f"{top}: `regstatus publish` did not write it, and needs its place")
        for path in (top, *top.rglob("*")):
            plain = path.is_file() or path.is_dir() or not path.exists()
            if path.is_symlink() or os.path.ismount(path) or not plain:
                raise UsageError(f"{path}: no link, mount or device can stay here; take it away")
            inside = path.relative_to(folder)
            if (
                path.is_file()
                and path != top
                and (
                    (top.name, path.suffix) not in endings
                    or any(part.startswith(".") for part in inside.parts)
                )
            ):
                yield inside


def _fill(
    folder: Path, site: Site, extras: Mapping[str, bytes], guests: Iterable[Path]
) -> tuple[int, int]:
    """Write the whole tree where nobody reads it yet, its mark last."""
    fresh = folder / _NEW
    fresh.mkdir()
    files = size = 0
    for path in site.paths:
        resource = site.get(path)
        assert resource is not None
        _write(fresh / path, resource.body)
        files, size = files + 1, size + len(resource.body)
    for inside in guests:
        with naming(fresh / inside):
            (fresh / inside).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(folder / inside, fresh / inside)
    for name, body in extras.items():
        _write(fresh / name, body)
    return files, size


def _write(path: Path, body: bytes) -> None:
    with naming(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)


def _swap(folder: Path, names: Iterable[str]) -> None:
    """Put the new entries in the places of the old ones; it is done when the mark is there."""
    fresh, old = folder / _NEW, folder / _OLD
    old.mkdir()
    for name in names:
        if (folder / name).exists():
            (folder / name).rename(old / name)
        if (fresh / name).exists():
            (fresh / name).rename(folder / name)
    (fresh / MARK).replace(folder / MARK)


def _settle(folder: Path) -> None:
    """Put back what a swap that was broken off had moved; then take away what is left over."""
    fresh, old = folder / _NEW, folder / _OLD
    if old.exists() and (fresh / MARK).exists():
        for name in _held(fresh / MARK, {}) or ():
            if not (fresh / name).exists():
                (folder / name).rename(fresh / name)
        for entry in old.iterdir():
            entry.rename(folder / entry.name)
    for path in (fresh, old):
        if path.exists():
            shutil.rmtree(path)
