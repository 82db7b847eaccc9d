"""Zip archives, read one member at a time and never beyond a limit."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from regstatus.fetch.failure import BadAnswer
from regstatus.fetch.hosts.adapters import adapter
from regstatus.fetch.page_check.classify import classify
from regstatus.fetch.visit import FetchContext
from regstatus.model.adapter_params import Param
from regstatus.model.media import ZIP
from regstatus.model.text import Page
from regstatus.model.words import Format, Outcome

_END = b"PK\x05\x06"
_END_WITHIN = 22 + 65_535
_DIRECTORY = 8_000_000
"""Largest table of contents, in bytes; each entry costs about ten times its size in memory."""
_NAMES = 1_000


class Archive:
    """An open archive; all that is read from it counts against one limit.

    Args:
        files: The archive.
        limit: Most bytes that may be unpacked, all members together.
    """

    def __init__(self, files: zipfile.ZipFile, limit: int) -> None:
        self._files = files
        self._limit = limit
        self._left = limit

    @property
    def names(self) -> list[str]:
        """The first thousand names, in the order of the archive."""
        return [info.filename for info in self._files.filelist[:_NAMES]]

    @property
    def size(self) -> int:
        """How many members there are."""
        return len(self._files.filelist)

    def has(self, name: str) -> bool:
        """Whether a member of exactly this name is there."""
        return name in self._files.NameToInfo

    def read(self, name: str) -> bytes:
        """One member, unpacked.

        Raises:
            BadAnswer: If it is not there, or what was read grows beyond the limit.
        """
        if not self.has(name):
            problem = f"The archive has {self.size} files and not {name}."
            raise BadAnswer(problem, Outcome.NO_LINK)
        with self._files.open(name) as member:
            body = member.read(self._left + 1)
        if len(body) > self._left:
            problem = f"{name} in the archive is larger than {self._limit:,} bytes."
            if self._left < self._limit:
                problem = f"The archive holds more than {self._limit:,} bytes of text."
            raise BadAnswer(problem, Outcome.TOO_LARGE)
        self._left -= len(body)
        return body


@contextmanager
def open_archive(body: bytes, limit: int) -> Iterator[Archive]:
    """Open an archive, of which at most `limit` bytes may be unpacked.

    Raises:
        BadAnswer: If it is damaged, locked or too large, also inside.
    """
    end = body.rfind(_END, max(0, len(body) - _END_WITHIN))
    if end >= 0 and int.from_bytes(body[end + 12 : end + 16], "little") > _DIRECTORY:
        problem = f"The archive's table of contents is larger than {_DIRECTORY:,} bytes."
        raise BadAnswer(problem, Outcome.TOO_LARGE)
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as files:
            yield Archive(files, limit)
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
        name = visit.request.params.get("member") or _only(files.names, form)
        if name is None:
            problem = f"The archive has {files.size} files and not a single .{form} file."
            raise BadAnswer(problem, Outcome.NO_LINK)
        body = files.read(name)
    return checked_page(visit, body, form, name, archive)


def checked_page(visit: FetchContext, body: bytes, form: Format, name: str, page: Page) -> Page:
    """What an adapter made out of `page`, judged as if a host had sent it; `name` is for people."""
    found = classify(200, (), body, form, name, min_bytes=visit.request.min_bytes)
    if found.outcome is not Outcome.OK:
        raise BadAnswer(found.problem or "", found.outcome, at=page.final_url)
    return visit.made(body, form, page)


def _only(names: list[str], form: Format) -> str | None:
    fitting = [name for name in names if name.lower().endswith(f".{form}")]
    if len(names) == 1:
        return names[0]
    return fitting[0] if len(fitting) == 1 else None
