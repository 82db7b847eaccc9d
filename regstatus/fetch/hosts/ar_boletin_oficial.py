"""The web edition of Argentina's gazette: the annex of a notice, which has no link of its own."""

import re
from html import unescape
from urllib.parse import urlencode, urljoin

from regstatus.fetch.failure import BadAnswer, no_link
from regstatus.fetch.hosts.adapters import FetchContext, Format, Page, Param, adapter
from regstatus.fetch.hosts.json_fields import file_of, parsed, pick
from regstatus.fetch.hosts.link import follow
from regstatus.model.adapter_params import PATTERN

_ANNEX = re.compile(
    r"""descargarPDFAnexo\(\s*["'](\w{1,20})["']\s*,\s*["'](\d{1,4})["']\s*,"""
    r"""\s*["'](\d{1,12})["']\s*,\s*["'](\d{8})["']"""
)
_LOOKED_AT = 4_000_000


@adapter(
    "boletin_oficial",
    use="an annex in Argentina's gazette; the address is the list of a section on one day",
    params={
        "notice": Param("for its link", PATTERN, needed=True),
        "annex": Param("its number, `1` if left out", r"\d{1,5}"),
    },
)
async def boletin_oficial(visit: FetchContext) -> Page:
    """The PDF of an annex: the day's list (`/seccion/primera/20260302`), the notice, its button."""
    params = visit.request.params
    address = follow(await visit.get(expect=Format.HTML), params["notice"])
    notice = await visit.get(address, expect=Format.HTML)
    text = unescape(notice.chars()[:_LOOKED_AT])
    wanted = params.get("annex", "1")
    # All annexes of a notice share one id; the number tells them apart.
    asked = dict.fromkeys(one.groups() for one in _ANNEX.finditer(text) if one[2] == wanted)
    if len(asked) != 1:
        raise no_link(f"{notice.final_url} offers {len(asked)} annexes of the number {wanted}.")
    names = ("seccion", "nroAnexo", "idAnexo", "fechaPublicacion")
    query = urlencode(dict(zip(names, next(iter(asked)), strict=True)))
    url = urljoin(visit.request.url, f"/pdf/download_anexo?{query}")
    answer = await visit.get(url, expect=Format.JSON)
    coded = pick(parsed(answer), "pdfBase64")
    if not isinstance(coded, str) or (coded and not file_of(coded)):
        raise BadAnswer("The answer holds no PDF in the form that the gazette's own pages read.")
    return visit.made(file_of(coded), Format.PDF, answer, "The annex")
