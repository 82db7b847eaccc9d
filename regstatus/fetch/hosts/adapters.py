"""The table of adapters: how to get from an official address to the bytes of the document.

An adapter is an async function of a `FetchContext`, which may ask for several pages and returns
one `Page` for the document. A plain GET of an API needs none. What the file of a host needs of
other modules comes with this one.
"""

from collections.abc import Awaitable, Callable

from regstatus.fetch.visit import FetchContext
from regstatus.model.adapter_params import DECLARED, Declaration, Param
from regstatus.model.text import Page
from regstatus.model.words import Format

__all__ = ["ADAPTERS", "Adapter", "FetchContext", "Format", "Page", "Param", "adapter"]

Adapter = Callable[[FetchContext], Awaitable[Page]]
"""Returns the document of `visit.request`, whose parameters are as they were declared; raises
`BadAnswer` where there is none, which becomes a Page with that failure's name."""

ADAPTERS: dict[str, Adapter] = {}
"""By the name that a source file gives; `DECLARED` says what each must be told."""


def adapter(
    name: str,
    *,
    use: str,
    reads: str = "",
    params: dict[str, Param] | None = None,
    needs_any: tuple[str, ...] = (),
) -> Callable[[Adapter], Adapter]:
    """Put a function into the table under the name that source files give; see `Declaration`."""
    DECLARED[name] = Declaration(use=use, reads=reads, params=params or {}, needs_any=needs_any)
    return lambda function: ADAPTERS.setdefault(name, function)


@adapter("page", use="the address sends the document")
async def page(visit: FetchContext) -> Page:
    """The document of most requests: what the address sends."""
    return await visit.get(expect=visit.request.format, document=True)
