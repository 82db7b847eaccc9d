"""Adapters: how to get from an official address to the bytes of the document.

An adapter is an async function of a `FetchContext`. It may ask for several pages and
returns one `Page` for the document. A plain GET of an API needs none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from regstatus.fetch.hosts.ar_boletin_oficial import boletin_oficial
from regstatus.fetch.hosts.au_legislation import legislation_gov_au
from regstatus.fetch.hosts.ch_fedlex import fedlex
from regstatus.fetch.hosts.fr_legifrance import legifrance
from regstatus.fetch.hosts.hk_elegislation import hkel
from regstatus.fetch.hosts.it_normattiva import normattiva
from regstatus.fetch.hosts.kr_law_go_kr import law_go_kr
from regstatus.fetch.hosts.link import link
from regstatus.fetch.hosts.nz_legislation import legislation_govt_nz
from regstatus.fetch.hosts.paged import paged
from regstatus.fetch.hosts.us_alabama import alison
from regstatus.fetch.hosts.us_federal import ecfr, federal_register, legislation_gov_uk
from regstatus.fetch.hosts.zip_member import zipped

if TYPE_CHECKING:
    from regstatus.fetch.visit import FetchContext
    from regstatus.model.text import Page


class Adapter(Protocol):
    """Fetches one document; failures are Pages, never exceptions."""

    async def __call__(self, visit: FetchContext, /) -> Page:
        """Return the document of `visit.request`, or a named failure."""


async def page(visit: FetchContext) -> Page:
    """The document is what the address sends."""
    return await visit.get(expect=visit.request.format, document=True)


ADAPTERS: dict[str, Adapter] = {
    "page": page,
    "link": link,
    "zip": zipped,
    "ecfr": ecfr,
    "federal_register": federal_register,
    "legislation_gov_uk": legislation_gov_uk,
    "fedlex": fedlex,
    "legifrance": legifrance,
    "normattiva": normattiva,
    "alison": alison,
    "paged": paged,
    "legislation_gov_au": legislation_gov_au,
    "legislation_govt_nz": legislation_govt_nz,
    "hkel": hkel,
    "law_go_kr": law_go_kr,
    "boletin_oficial": boletin_oficial,
}
"""By the name that a source file gives; add your own under a new name, and to `model.adapters`."""
