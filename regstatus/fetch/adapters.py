"""Adapters: how to get from an official address to the bytes of the document.

An adapter is an async function of a `Visit`. It may ask for several pages and
returns one `Page` for the document. A plain GET of an API needs none.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING, Protocol

from regstatus.fetch.apis import ecfr, federal_register, legislation_gov_uk
from regstatus.fetch.judgement import classify
from regstatus.fetch.links import link
from regstatus.fetch.sniff import ZIP
from regstatus.model.words import Format, Outcome

if TYPE_CHECKING:
    from regstatus.fetch.visit import Visit
    from regstatus.model.text import Page

_MEMBERS = 1_000


class Adapter(Protocol):
    """Fetches one document; failures are Pages, never exceptions."""

    async def __call__(self, visit: Visit, /) -> Page:
        """Return the document of `visit.request`, or a named failure."""


async def page(visit: Visit) -> Page:
    """The document is what the address sends."""
    return await visit.get(expect=visit.request.format, document=True)


async def zipped(visit: Visit) -> Page:
    """The document is a file inside a zip archive.

    Params: `member`, its name; without it, the only file of the expected form.
    """
    archive = await visit.get(expect=ZIP, document=True)
    if archive.outcome is not Outcome.OK:
        return archive
    limit = visit.limit
    form = visit.request.format or Format.XML
    try:
        with zipfile.ZipFile(io.BytesIO(archive.body)) as files:
            names = files.namelist()[:_MEMBERS]
            name = visit.request.params.get("member") or _only(names, form)
            if name is None or name not in names:
                wanted = name or f"a single .{form} file"
                problem = f"The archive has {len(names)} files and not {wanted}."
                return visit.fail(Outcome.NO_LINK, problem, at=archive)
            with files.open(name) as member:
                body = member.read(limit + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
        return visit.fail(Outcome.BROKEN, f"The archive is damaged: {error}.", at=archive)
    except (RuntimeError, NotImplementedError) as error:
        return visit.fail(Outcome.BROKEN, f"The archive cannot be opened: {error}.", at=archive)
    if len(body) > limit:
        problem = f"{name} in the archive is larger than {limit:,} bytes."
        return visit.fail(Outcome.TOO_LARGE, problem, at=archive)
    judged = classify(200, (), body, form, name, min_bytes=visit.request.min_bytes)
    if judged.outcome is not Outcome.OK:
        return visit.fail(judged.outcome, judged.problem or "", at=archive)
    return visit.made(body, form, archive)


def _only(names: list[str], form: Format) -> str | None:
    fitting = [name for name in names if name.lower().endswith(f".{form}")]
    if len(names) == 1:
        return names[0]
    return fitting[0] if len(fitting) == 1 else None


ADAPTERS: dict[str, Adapter] = {
    "page": page,
    "link": link,
    "zip": zipped,
    "ecfr": ecfr,
    "federal_register": federal_register,
    "legislation_gov_uk": legislation_gov_uk,
}
"""By the name that a source file gives; add your own under a new name."""
