"""Which certificate authorities are trusted."""

import os
import re
import ssl
from functools import lru_cache
from pathlib import Path

import certifi

from regstatus.base.errors import UsageError

_REHASHED = re.compile(r"[0-9a-f]{8}\.\d+")


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
