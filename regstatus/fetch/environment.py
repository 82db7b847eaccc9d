"""What the environment says of the network: whom to trust, and through which proxy to ask."""

import os
import re
import ssl
from collections.abc import Callable, Mapping
from functools import lru_cache
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import certifi

from regstatus.base.address import PORTS, host_of
from regstatus.base.errors import UsageError

_REHASHED = re.compile(r"[0-9a-f]{8}\.\d+")
_THIS_MACHINE = ("localhost", "127.0.0.0/8", "::1")


class Proxy(NamedTuple):
    """A proxy: its address, which may hold a password and is never shown, and what names it."""

    url: str
    variable: str


class Proxies:
    """The proxies of `HTTP_PROXY`, `HTTPS_PROXY` and `ALL_PROXY`, in either case, or of the system.

    Nothing on this machine is asked through a proxy, nor what `NO_PROXY` covers: names with all
    below them, addresses, networks (`10.0.0.0/8`), each with a port or without; `*` is all. They are
    `found` by `urllib.request.getproxies`; `usable` raises for one that the HTTP library cannot use.

    Raises:
        UsageError: If a variable names no proxy that can be used.
    """

    def __init__(self, found: Mapping[str, str], *, usable: Callable[[str], object]) -> None:
        self._direct = [*_THIS_MACHINE, *filter(None, re.split(r"[\s,]+", found.get("no", "")))]
        everything = "*" in self._direct
        self._by_scheme = {
            scheme: _proxy(scheme, found[scheme].strip(), usable)
            for scheme in (*PORTS, "all")
            if found.get(scheme, "").strip() and not everything
        }

    def of(self, url: str) -> Proxy | None:
        """The proxy through which an address is asked; None where it is asked directly."""
        parts, host = urlsplit(url), host_of(url)
        proxy = self._by_scheme.get(parts.scheme) or self._by_scheme.get("all")
        if proxy is None:
            return None
        port = parts.port or PORTS.get(parts.scheme)
        return None if any(_covers(entry, host, port) for entry in self._direct) else proxy


def _proxy(scheme: str, value: str, usable: Callable[[str], object]) -> Proxy:
    names = (f"{scheme}_proxy", f"{scheme}_proxy".upper())
    name = next((name for name in names if os.environ.get(name)), "this system")
    url = value if "://" in value else f"http://{value}"
    try:
        parts = urlsplit(url)
        whole = parts.hostname and parts.port != 0 and not re.search(r"[\s\"'<>]", parts.netloc)
        usable(url if whole else "")
    except ImportError:
        why, remedy = "for SOCKS a library is missing", "pip install 'httpx[socks]', or "
    except Exception:  # noqa: BLE001  (the value may hold a password, and so may what is raised)
        why, remedy = "it cannot be read", "write it as http://HOST:PORT (or https, socks5), or "
    else:
        return Proxy(url, name)
    raise UsageError(f"{name} names no proxy that can be used: {why}; {remedy}unset it")


def _covers(entry: str, host: str, port: int | None) -> bool:
    """Whether an entry of `NO_PROXY` is about a host; one that makes no sense is about none."""
    entry = entry.rpartition("://")[2].rstrip("/")
    try:
        return ip_address(host) in ip_network(entry.strip("[]"), strict=False)
    except ValueError:
        pass  # a name on either side, or a port behind the address
    try:
        parts = urlsplit(f"//{entry}")
        name, only = (parts.hostname or "").strip("*."), parts.port
    except ValueError:
        return False
    return only in {None, port} and bool(name) and (host == name or host.endswith(f".{name}"))


def load_trust(ca_file: Path | None) -> ssl.SSLContext:
    """The authorities of `SSL_CERT_FILE`, else `SSL_CERT_DIR`, else certifi; and of a file.

    Raises:
        UsageError: If one of them holds no certificate that can be read.
    """
    names = ("SSL_CERT_FILE", "SSL_CERT_DIR", "SSLKEYLOGFILE")
    return _read(*map(os.environ.get, names), ca_file)


@lru_cache(maxsize=4)
def _read(
    file: str | None, folder: str | None, log: str | None, ca_file: Path | None
) -> ssl.SSLContext:
    """Read once, because loading the world's authorities takes a while."""
    name, value = ("SSL_CERT_FILE", file) if file else ("SSL_CERT_DIR", folder or "")
    try:
        if not file and folder:
            # The library opens it only when a host shows its certificate, and finds nothing then.
            files = (entry for part in folder.split(os.pathsep) for entry in Path(part).iterdir())
            if not any(_REHASHED.fullmatch(entry.name) for entry in files):
                raise FileNotFoundError(
                    0, "no certificate under a name that `openssl rehash` gives"
                )
            trust = ssl.create_default_context(capath=folder)
        else:
            trust = ssl.create_default_context(cafile=file or certifi.where())
        if ca_file is not None:
            name, value = "ca_file", str(ca_file)
            trust.load_verify_locations(cafile=ca_file)
    except OSError as error:
        if log and error.filename == log:
            raise UsageError(f"SSLKEYLOGFILE names {log}: {error.strerror}; unset it") from None
        why = getattr(error, "reason", None) or error.strerror
        raise UsageError(
            f"{name} holds no certificates that can be read: {value} ({why}); "
            "name what holds them in PEM form, or unset it"
        ) from None
    return trust
