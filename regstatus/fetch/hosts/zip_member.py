"""Zip archives, read one member at a time and never beyond a limit."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from regstatus.fetch.failure import BadAnswer, no_link, too_large
from regstatus.fetch.hosts.adapters import FetchContext, Format, Page, Param, adapter
from regstatus.model.media import ZIP

_END = b"PK\x05\x06"
_END_WITHIN = 22 + 65_535
_DIRECTORY = 8_000_000
"""Largest table of contents, in bytes; each entry costs about ten times its size in memory."""
_NAMES = 1_000


class Archive(zipfile.ZipFile):
    """An open archive, of which at most `limit` bytes may be unpacked, all members together."""

    def __init__(self, body: bytes, limit: int) -> None:
        super().__init__(io.BytesIO(body))
        self._limit = self._left = limit

    def unpack(self, name: str) -> bytes:
        """One member."""
        if name not in self.NameToInfo:
            raise no_link(f"The archive has {len(self.filelist)} files and not {name}.")
        with self.open(name) as member:
            body = member.read(self._left + 1)
        if len(body) > self._left:
            problem = f"{name} in the archive is larger than {self._limit:,} bytes."
            if self._left < self._limit:
                problem = f"The archive holds more than {self._limit:,} bytes of text."
            raise too_large(problem)
        self._left -= len(body)
        return body


@contextmanager
def open_archive(body: bytes, limit: int) -> Iterator[Archive]:
    """Open an archive; what is damaged, locked or too large, also inside, is a `BadAnswer`."""
    end = body.rfind(_END, max(0, len(body) - _END_WITHIN))
    if end >= 0 and int.from_bytes(body[end + 12 : end + 16], "little") > _DIRECTORY:
        raise too_large(f"The archive's table of contents is larger than {_DIRECTORY:,} bytes.")
    try:
        with Archive(body, limit) as files:
            yield files
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
        raise BadAnswer(f"The archive is damaged: {error}.") from error
    except (RuntimeError, NotImplementedError, ValueError, OverflowError) as error:
        raise BadAnswer(f"The archive cannot be opened: {error}.") from error


@adapter(
    "zip",
    use="it is a file in an archive",
    params={"member": Param("its name; without it, the only file of that form")},
)
async def zipped(visit: FetchContext) -> Page:
    """The document is a file inside a zip archive."""
    archive = await visit.get(expect=ZIP, document=True)
    form = visit.request.format or Format.XML
    with open_archive(archive.body, visit.limit) as files:
        names = files.namelist()
        if len(names) > 1:
            names = [name for name in names[:_NAMES] if name.lower().endswith(f".{form}")]
        name = visit.request.params.get("member") or (names[0] if len(names) == 1 else None)
        if name is None:
            problem = f"The archive has {len(files.filelist)} files and not a single .{form} file."
            raise no_link(problem)
        body = files.unpack(name)
    return visit.made(body, form, archive, name)
