"""Address: where one page lies as seen from another, and names that outlive an address."""

from __future__ import annotations

from urllib.parse import quote

__all__ = ["TAG", "seen_from"]

TAG = "tag:regstatus.invalid,2026:"
"""Begins every id of a feed (RFC 4151). The ids must not change when a site moves, so
they rest on a name that nobody can own (RFC 6761), and never on the site's address."""


def seen_from(path: str, target: str, base: str | None) -> str:
    """The address of a target.

    Args:
        path: Where the link stands, without a leading slash, such as `feeds/US-AL.atom`.
        target: Where it leads, such as `j/US-AL.html`; a fragment may follow.
        base: Absolute address of the site, ending in a slash; None makes the link relative.
    """
    return f"{base or '../' * path.count('/')}{quote(target, safe='/#')}"
