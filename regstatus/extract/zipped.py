"""ZIP archives that hold one document, as gesetze-im-internet.de sends its laws, or a book."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress

from regstatus.base.errors import ReadingError
from regstatus.model.charset import decode

_LIMIT = 64 * 1024 * 1024
_ENDINGS = (
    "word/document.xml", "content.xml", ".xml", ".xhtml", ".html", ".htm", ".json", ".akn", ".rtf", ".txt",
    ".md", ".pdf",
)  # fmt: skip
_PAGES = (".xhtml", ".html", ".htm")
_BODY = re.compile(rb"(?is)<body\b[^<>]*>(.*)</body")
_ALONE = re.compile(rb"<(?!(?:br|hr|img|input|link|meta|col|area)\b)([a-zA-Z][\w:-]*)([^<>]*)/>")
"""The body of a page; an element of XML without content, which would never end as HTML."""
_UNREADABLE = (RuntimeError, NotImplementedError, OSError, ValueError, LookupError, OverflowError)


def unzip(body: bytes) -> tuple[bytes, str, str]:
    """Take the one document out of an archive: its bytes, its name, and the text of all other files.

    It is the largest file of the likeliest kind, where pictures and style sheets travel with it; of
    a book (EPUB), all of its pages.

    Raises:
        ReadingError: Where the archive is damaged, locked, holds no document, or
            one that is larger than 64 MB.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            pages = [one for one in archive.infolist() if one.filename.lower().endswith(_PAGES)]
            if pages and "META-INF/container.xml" in archive.namelist():
                if sum(one.file_size for one in pages) > _LIMIT:
                    raise ReadingError("The book holds more than 64 MB of text.")
                bodies = (_BODY.search(archive.read(one)) for one in pages)
                whole = b"".join(b"<div>%s</div>\n" % body[1] for body in bodies if body)
                return _ALONE.sub(rb"<\1\2></\1>", whole), pages[0].filename, ""
            member = _choose(archive.infolist())
            with archive.open(member) as file:
                data = file.read(_LIMIT + 1)
            rest = "\n".join(_others(archive, member))
    except (zipfile.BadZipFile, zlib.error, EOFError, *_UNREADABLE) as error:
        raise ReadingError(f"The ZIP archive cannot be opened: {error}.") from error
    if len(data) > _LIMIT:
        raise ReadingError("The ZIP archive holds a document larger than 64 MB.")
    return data, member.filename, rest


def _others(archive: zipfile.ZipFile, chosen: zipfile.ZipInfo) -> Iterator[str]:
    """The names of all files, and what stands in those of text, up to the limit."""
    left = _LIMIT
    for member in archive.infolist():
        yield member.filename
        if member is not chosen and member.filename.lower().endswith(_ENDINGS) and left > 0:
            with suppress(zipfile.BadZipFile, zlib.error, EOFError, *_UNREADABLE):
                data = archive.read(member) if member.file_size <= left else b""
                left -= len(data)
                yield decode(data)


def _choose(members: list[zipfile.ZipInfo]) -> zipfile.ZipInfo:
    for ending in _ENDINGS:
        fitting = [member for member in members if member.filename.lower().endswith(ending)]
        if fitting:
            return max(fitting, key=lambda member: member.file_size)
    raise ReadingError("The ZIP archive holds no document that can be read.")
