"""The acts of the United Kingdom on legislation.gov.uk, as CLML."""

from urllib.parse import urlsplit

from regstatus.fetch.hosts.adapters import FetchContext, Format, Page, adapter


@adapter("legislation_gov_uk", use="UK acts", reads="It asks for `/data.xml` of the address")
async def legislation_gov_uk(visit: FetchContext) -> Page:
    """The XML of a text; while it is made the API answers 202, which is retried like a full host."""
    parts = urlsplit(visit.request.url)
    path = parts.path.rstrip("/")
    if not path.endswith("/data.xml"):
        path = path.removesuffix("/data.htm").removesuffix("/contents") + "/data.xml"
    url = parts._replace(path=path, fragment="").geturl()
    return await visit.get(url, expect=Format.XML, document=True)
