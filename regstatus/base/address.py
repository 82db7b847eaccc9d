"""Which web addresses may be asked, where a redirect leads, and which are still the same place."""

from __future__ import annotations

import re
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urldefrag, urljoin, urlsplit

from regstatus.base.front_page import HOME

if TYPE_CHECKING:
    from collections.abc import Mapping

PORTS = {"http": 80, "https": 443}
"""The schemes that are fetched, and the port of each."""
LONGEST = 3_000
"""Most characters of an address: with a longer one few hosts could do anything."""
_LOCAL_NAMES = (".localhost", ".local", ".internal", ".localdomain", ".home.arpa")
_UNICAST = IPv6Network("2000::/3")
"""All that the internet has of IPv6 so far; what lies elsewhere stays at home."""
_NAT64 = IPv6Network("64:ff9b::/96")
"""IPv4 as a network without it sees it."""
_CLOUDS = (IPv4Network("168.63.129.16/32"), IPv4Network("192.0.0.0/24"))
"""Where clouds tell their own machines of themselves, though the addresses look public."""
_DOTS = str.maketrans("\u3002\uff0e\uff61", "...")
"""What the HTTP library takes for dots, too, as names of other scripts have them (RFC 3490)."""
_NUMERIC = re.compile(r"(?:0x[0-9a-f]*|\d+)(?:\.(?:0x[0-9a-f]*|\d+))*\.?")


_NO_NAME = re.compile(r"[^\w.:{}-]")


@lru_cache(4096)
def host_of(url: str) -> str:
    """The host name in lower case, without port; empty where there is none."""
    try:
        return (urlsplit(url).hostname or "").translate(_DOTS).rstrip(".")
    except ValueError:
        return ""


def throttle_key(url: str) -> str:
    """The host whose pauses a request must keep; `www.` is the same host."""
    return host_of(url).removeprefix("www.")


@lru_cache(4096)
def origin_of(url: str) -> str:
    """Scheme, host and port: what one robots.txt speaks for."""
    parts = urlsplit(url)
    port = parts.port or PORTS.get(parts.scheme)
    return f"{parts.scheme}://{host_of(url)}:{port}"


def problem_with(url: str, *, private_ok: bool = False) -> str | None:
    """Why an address must not be asked, or None.

    Only http and https; no user name or password in it; no private, loopback
    or otherwise special address, in any spelling that a resolver accepts.
    """
    try:
        parts = urlsplit(url)
        host = host_of(url)
        _ = parts.port
    except ValueError:
        return "it is not a valid address"
    if parts.scheme not in PORTS:
        return f"only http and https are fetched, not {parts.scheme or 'an address without scheme'}"
    if not host:
        return "it names no host"
    if parts.username is not None or parts.password is not None:
        return "it carries a user name or password"
    if len(url) > LONGEST:
        return f"it is longer than {LONGEST:,} characters"
    if not private_ok and is_private(host):
        return f"{host} is a private or local address"
    if _NO_NAME.search(host):
        return f"{host!r} holds a character that no name of a host has"
    return None


def is_private(host: str) -> bool:
    """Whether a host is not on the public internet, as far as its spelling says."""
    if host == "localhost" or host.endswith(_LOCAL_NAMES):
        return True
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        # `127.1`, `2130706433` and `0x7f.1` are loopback to a resolver.
        return _NUMERIC.fullmatch(host) is not None
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address in _NAT64:
            inner = IPv4Address(int(address) & 0xFFFF_FFFF)
        if inner is not None:
            return is_private(str(inner))
        return address not in _UNICAST or not address.is_global
    return not address.is_global or address.is_multicast or any(address in net for net in _CLOUDS)


def hop(
    current: str, location: str, *, allowed: tuple[str, ...] = (), routes: Mapping[str, str]
) -> tuple[str, str | None]:
    """Where a redirect of an official address leads, and why it is not followed, or None.

    The document may also lie on hosts that are `allowed`; by its route a replica which names itself
    is understood as the official host.
    """
    try:
        target = urldefrag(urljoin(current, _official(current, location.strip(), routes))).url
        parts, here = urlsplit(target), urlsplit(current)
        _ = parts.port
    except ValueError:
        return location, "redirected to an address that makes no sense"
    if parts.scheme not in PORTS or not parts.hostname:
        return target, "redirected to something that is not a web address"
    if parts.username is not None or parts.password is not None:
        return target, "redirected to an address with a user name or password"
    if here.scheme == "https" and parts.scheme == "http":
        return target, "redirected from https to plain http, which proves nothing"
    if not may_go(current, target, allowed):
        return target, f"redirected to another host, {host_of(target)}"
    if _is_home(parts) and not _is_home(here):
        return target, "redirected to the home page of the host"
    return target, None


def may_go(current: str, target: str, allowed: tuple[str, ...]) -> bool:
    """Whether a document may lie there: on the same host or on one that the source allows."""
    if _place(current) == _place(target):
        return True
    host = host_of(target)
    for name in allowed:
        rule = name.lower().rstrip(".")
        if rule.startswith("*."):
            if host.endswith(rule[1:]):
                return True
        elif host.removeprefix("www.") == rule.removeprefix("www."):
            return True
    return False


def routed_address(url: str, routes: Mapping[str, str]) -> str | None:
    """The address to connect to where a route says so; None where the official one serves."""
    base = routes.get(host_of(url))
    if base is None:
        return None
    parts = urlsplit(url)
    query = f"?{parts.query}" if parts.query else ""
    return base.rstrip("/") + (parts.path or "/") + query


def _official(current: str, location: str, routes: Mapping[str, str]) -> str:
    base = routes.get(host_of(current), "").rstrip("/")
    if base and (location == base or location.startswith((f"{base}/", f"{base}?"))):
        parts = urlsplit(current)
        return f"{parts.scheme}://{parts.netloc}{location[len(base) :] or '/'}"
    return location


def _place(url: str) -> tuple[str, int]:
    """Host without `www.`, and port, where 80 and 443 are one place."""
    parts = urlsplit(url)
    port = parts.port or PORTS.get(parts.scheme, 0)
    return throttle_key(url), 443 if port == PORTS["http"] else port


def _is_home(parts: SplitResult) -> bool:
    return not parts.query and HOME.fullmatch(parts.path) is not None
