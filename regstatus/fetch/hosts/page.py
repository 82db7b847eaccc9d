"""The adapter of most documents: the address sends them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regstatus.fetch.hosts.adapters import adapter

if TYPE_CHECKING:
    from regstatus.fetch.visit import FetchContext
    from regstatus.model.text import Page


@adapter("page", use="the address sends the document")
async def page(visit: FetchContext) -> Page:
    """The document is what the address sends."""
    return await visit.get(expect=visit.request.format, document=True)
