"""The Electronic Code of Federal Regulations (United States), by its API."""

import re
from urllib.parse import urlencode, urljoin

from regstatus.fetch.failure import no_link
from regstatus.fetch.hosts.adapters import FetchContext, Format, Page, Param, adapter
from regstatus.fetch.hosts.json_fields import listed, parsed, pick

_PARTS = ("subtitle", "chapter", "subchapter", "part", "subpart", "section", "appendix")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@adapter(
    "ecfr",
    use="US federal rules",
    reads="It asks for the newest day that the API offers",
    params={
        "title": Param("its number", r"\d{1,5}", needed=True),
        **dict.fromkeys(_PARTS, Param("what of it")),
    },
)
async def ecfr(visit: FetchContext) -> Page:
    """A part or section as of the newest day that the API offers."""
    params = visit.request.params
    title = params["title"]
    base = urljoin(visit.request.url, "/api/versioner/v1")
    titles = parsed(await visit.get(f"{base}/titles.json", expect=Format.JSON, shared=True))
    listing = listed(pick(titles, "titles"))
    days = {str(entry.get("number")): str(entry.get("up_to_date_as_of")) for entry in listing}
    day = days.get(str(int(title)), "")
    # The day becomes part of an address: nothing but a day may pass.
    if not _DAY.fullmatch(day):
        raise no_link(f"The eCFR's list of titles shows no day for title {title}.")
    wanted = urlencode({name: params[name] for name in _PARTS if name in params})
    url = f"{base}/full/{day}/title-{title}.xml"
    return await visit.get(f"{url}?{wanted}" if wanted else url, expect=Format.XML, document=True)
