"""Assets: the files of the pages that never change with the data."""

from __future__ import annotations

from pathlib import Path

__all__ = ["FILES", "read"]

_FOLDER = Path(__file__).parent / "static"

FILES = {
    "style.css": "text/css; charset=utf-8",
    "pages.css": "text/css; charset=utf-8",
    "site.js": "text/javascript; charset=utf-8",
}
"""Name and media type of each."""


def read(name: str) -> bytes:
    """The bytes of one."""
    return (_FOLDER / name).read_bytes()
