"""The web edition of Argentina's gazette: the annex of a notice, which has no link of its own."""

from __future__ import annotations

import base64
import binascii
import json
import re
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from regstatus.fetch.hosts.link import choose, links_of
from regstatus.fetch.hosts.zip_member import judged
from regstatus.model.page_media import decode
from regstatus.model.words import Format, Outcome

if TYPE_CHECKING:
    from regstatus.fetch.visit import FetchContext
    from regstatus.model.text import Page

_ANNEX = re.compile(
    r"""descargarPDFAnexo\(\s*["'](\w{1,20})["']\s*,\s*["'](\d{1,4})["']\s*,"""
    r"""\s*["'](\d{1,12})["']\s*,\s*["'](\d{8})["']"""
)
_LOOKED_AT = 4_000_000


async def boletin_oficial(visit: FetchContext) -> Page:
    """The PDF of an annex: the day's list, then the notice, then what its button asks for.

    The address is the list of a section on one day (`/seccion/primera/20260302`).

    Params: `notice`, a pattern found in the address or the words of a link on that list;
    `annex`, the number of the annex (default 1).
    """
    params = visit.request.params
    if "notice" not in params:
        return visit.fail(Outcome.NO_LINK, "The source does not say which notice to read.")
    day = await visit.get(expect=Format.HTML)
    if day.outcome is not Outcome.OK:
        return day
    found = choose(links_of(day), params["notice"], "first")
    if isinstance(found, str):
        return visit.fail(Outcome.NO_LINK, f"{day.final_url}: {found}", at=day)
    if not visit.may_go(found.url):
        problem = f"The list links to a host that the source does not allow: {found.url}"
        return visit.fail(Outcome.MOVED, problem, at=day)
    notice = await visit.get(found.url, expect=Format.HTML)
    if notice.outcome is not Outcome.OK:
        return notice
    text = unescape(decode(notice.body, notice.header("content-type") or "")[:_LOOKED_AT])
    wanted = params.get("annex", "1")
    # All annexes of a notice share one id; the number tells them apart.
    asked = dict.fromkeys(one.groups() for one in _ANNEX.finditer(text) if one[2] == wanted)
    if len(asked) != 1:
        problem = f"{notice.final_url} offers {len(asked)} annexes of the number {wanted}."
        return visit.fail(Outcome.NO_LINK, problem, at=notice)
    names = ("seccion", "nroAnexo", "idAnexo", "fechaPublicacion")
    query = urlencode(dict(zip(names, next(iter(asked)), strict=True)))
    parts = urlsplit(visit.request.url)
    url = f"{parts.scheme}://{parts.netloc}/pdf/download_anexo?{query}"
    answer = await visit.get(url, expect=Format.JSON)
    if answer.outcome is not Outcome.OK:
        return answer
    body = _pdf(answer)
    if body is None:
        problem = "The answer holds no PDF in the form that the gazette's own pages read."
        return visit.fail(Outcome.BROKEN, problem, at=answer)
    return judged(visit, body, Format.PDF, "The annex", answer)


def _pdf(answer: Page) -> bytes | None:
    try:
        found = json.loads(answer.body)
        coded = found.get("pdfBase64") if isinstance(found, dict) else None
        return base64.b64decode(coded, validate=True) if isinstance(coded, str) else None
    except (ValueError, RecursionError, binascii.Error):
        return None
