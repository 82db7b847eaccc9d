"""The table of adapters: how to get from an official address to the bytes of the document.

An adapter is an async function of a `FetchContext`, which may ask for several pages and returns
one `Page` for the document. A plain GET of an API needs none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from regstatus.model.adapter_params import DECLARED, Declaration, Param

if TYPE_CHECKING:
    from collections.abc import Callable

    from regstatus.fetch.visit import FetchContext
    from regstatus.model.text import Page

ADAPTERS: dict[str, Adapter] = {}
"""By the name that a source file gives; `DECLARED` says what each must be told."""


class Adapter(Protocol):
    """Fetches one document."""

    async def __call__(self, visit: FetchContext, /) -> Page:
        """Return the document of `visit.request`, whose parameters are as they were declared.

        Raises:
            BadAnswer: Where there is none; it becomes a Page with that failure's name.
        """


def adapter(
    name: str,
    *,
    use: str,
    reads: str = "",
    params: dict[str, Param] | None = None,
    needs_any: tuple[str, ...] = (),
) -> Callable[[Adapter], Adapter]:
    """Put a function into the table under the name that source files give; see `Declaration`."""

    def put(function: Adapter) -> Adapter:
        ADAPTERS[name] = function
        DECLARED[name] = Declaration(use=use, reads=reads, params=params or {}, needs_any=needs_any)
        return function

    return put
