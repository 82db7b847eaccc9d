"""Policy: what a page may do. Nothing but the site itself; no inline code, no frame around it."""

from __future__ import annotations

__all__ = ["IN_HEADER", "IN_PAGE"]

IN_PAGE = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'"
)
"""Stands in each page, for hosts that send no headers of ours."""

IN_HEADER = f"{IN_PAGE}; frame-ancestors 'none'"
"""Stands in the header; who may frame a page can be said only there."""
