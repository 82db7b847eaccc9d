"""The acts of the United Kingdom on legislation.gov.uk, as CLML."""

from urllib.parse import urlsplit

from regstatus.fetch.hosts.adapters import FetchContext, Format, Page, adapter


@adapter("legislation_gov_uk", use="UK acts", reads="It asks for `/data.xml` of the address")
async def legislation_gov_uk(visit: FetchContext) -> Page:
    """The XML of a text.

    The API answers 202 while it makes the XML, which is retried like an
    overloaded host; and 300 with several texts where an address is ambiguous.
    """
    parts = urlsplit(visit.request.url)
    path = parts.path.rstrip("/")
    if not path.endswith("/data.xml"):
        path = path.removesuffix("/data.htm").removesuffix("/contents") + "/data.xml"
    url = parts._replace(path=path, fragment="").geturl()
    return await visit.get(url, expect=Format.XML, document=True)
