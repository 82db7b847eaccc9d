"""Several files put in place as one: all of them or none, even where the writer is killed.

They are written to a folder beside their places; once that folder is renamed they count. Then
they are moved to their places, which needs no room on the disk, and which the next writer
finishes where this one was killed.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from regstatus.store.atomic import TEMPORARY, sync_folder, write
from regstatus.store.reader import note_write

__all__ = ["WHOLE", "finish", "put_together"]

WHOLE = ".whole"
"""The folder with what is whole and not all in its place yet."""


def put_together(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Put files in place as one; each has a name, such as `texts/US.txt`, and its content.

    They are written one after the other, so that one alone is in memory.

    Raises:
        OSError: If they cannot be written; all is then as it was.
    """
    fresh = folder / f"{TEMPORARY}whole"
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        fresh.mkdir()
        for name, data in files:
            (fresh / name).parent.mkdir(exist_ok=True)
            write(fresh / name, data)
        for made in (*filter(Path.is_dir, fresh.iterdir()), fresh):
            sync_folder(made)
        fresh.rename(folder / WHOLE)
    except OSError:
        shutil.rmtree(fresh, ignore_errors=True)  # on a full disk it would take the room of others
        raise
    finish(folder)


def finish(folder: Path) -> None:
    """Move to their places what a writer had made whole; where there is nothing, do nothing.

    Raises:
        OSError: If the folder cannot be written; what was not moved yet waits.
    """
    whole = folder / WHOLE
    if not whole.is_dir():
        return
    sync_folder(folder)
    # Readers may come at any moment: what the index names is there before it, clocks come last.
    for made in sorted(whole.iterdir(), key=lambda made: (made.is_file(), made.name)):
        place = folder / made.name
        if not (made.is_dir() and place.is_dir()):
            made.replace(place)
            continue
        for file in made.iterdir():
            file.replace(place / file.name)
        sync_folder(place)
    sync_folder(folder)
    shutil.rmtree(whole)
    note_write()
