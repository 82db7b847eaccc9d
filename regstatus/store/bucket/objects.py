"""Objects under one prefix of an S3-compatible store, created once and never changed.

The only module that knows obstore. It creates, reads and lists; it never overwrites
and never deletes, so the rights to do so need not be given to it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from regstatus.base.errors import SnapshotError, UsageError

if TYPE_CHECKING:
    from obstore.store import ObjectStore

_Found = TypeVar("_Found")

_ADDRESS = re.compile(r"s3://([A-Za-z0-9][A-Za-z0-9._-]{1,62})(?:/(.*))?")
_CREDENTIALS = (
    "AWS_ACCESS_KEY_ID",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
    "AWS_METADATA_ENDPOINT",
    "AWS_SKIP_SIGNATURE",
)
"""Any of these says who asks. A machine's own metadata service is asked only where it is named."""

_ENDPOINTS = ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL", "AWS_ENDPOINT")
_ENDPOINT = re.compile(
    r"https?://(?:[\w.-]+|\[[0-9A-Fa-f:.]+\])(?::(\d{1,5}))?(?:/[^\s?#]*)?", re.ASCII
)
"""What the library takes for a server; at anything else it panics, which no caller could catch."""

_BACKOFF = {
    "init_backoff": timedelta(milliseconds=200),
    "max_backoff": timedelta(seconds=5),
    "base": 2,
}


class Bucket:
    """The objects under one address.

    Args:
        url: `s3://bucket/prefix`.
        patient: Whether to try for a minute; else for some seconds, as there is a copy to answer.

    Raises:
        UsageError: If it is no such address, or the library is not installed.
        SnapshotError: If the environment does not say who asks, or names a server that is none;
            and by each method where the server cannot be asked.
    """

    def __init__(self, url: str, *, patient: bool = True) -> None:
        found = _ADDRESS.fullmatch(url)
        parts = [part for part in (found[2] or "").split("/") if part] if found else []
        if found is None or any(part in {".", ".."} for part in parts):
            raise UsageError(f"{url!r} is no address of a bucket; write s3://bucket/prefix")
        self.url = "s3://" + "/".join([found[1], *parts])
        self._store = _connect(self.url, patient=patient)

    def get(self, name: str) -> bytes | None:
        """An object's bytes, or None if there is none of that name."""
        found = self._ask(lambda: self._store.get(name).bytes())
        return None if found is None else bytes(found)

    def holds(self, name: str) -> bool:
        """Whether there is an object of that name; it is not read."""
        return self._ask(lambda: self._store.head(name)) is not None

    def create(self, name: str, data: bytes) -> bool:
        """Create an object; False if there is one of that name already, which stays as it is."""
        from obstore.exceptions import AlreadyExistsError

        made = self._ask(
            lambda: self._store.put(name, data, mode="create", use_multipart=False),
            AlreadyExistsError,
        )
        return made is not None

    def names(self, folder: str) -> Iterator[tuple[str, str]]:
        """Names under a folder, in their order, each with its ETag; asked for page by page."""
        pages = iter(self._store.list(folder))
        while (page := self._ask(lambda: next(pages, None), None)) is not None:
            for item in page:
                yield item["path"], (item["e_tag"] or "").strip('"')

    def _ask(
        self, do: Callable[[], _Found], no: type[Exception] | None = FileNotFoundError
    ) -> _Found | None:
        """Ask the library; None for the kind of error that is an answer in itself."""
        try:
            return do()
        except Exception as error:  # noqa: BLE001  (the library has no one root for its errors)
            if no is not None and isinstance(error, no) and "NoSuchBucket" not in str(error):
                return None
            raise self._failed(error) from None

    def _failed(self, error: Exception) -> SnapshotError:
        """What went wrong, in one sentence; the library's own account goes on for a page."""
        text = str(error)
        kind = type(error).__name__
        line = re.sub(r"\s+", " ", text.split("Debug source", maxsplit=1)[0])
        if "NoSuchBucket" in text:
            return SnapshotError(f"{self.url}: there is no such bucket")
        status = re.search(r"status code: (40[13])\b", line)  # a list has no kind of its own for it
        if status or kind in {"PermissionDeniedError", "UnauthenticatedError"}:
            code = re.search(r"<Code>(\w+)</Code>", text)
            what = code[1] if code else status[1] if status else kind
            return SnapshotError(
                f"{self.url}: access is refused ({what}); see that the "
                "credentials of the environment may list, get and put objects there"
            )
        inner = re.search(r"HTTP error: .*|status code: \d{3}[^:<]*", line)
        reason = inner[0] if inner else line
        return SnapshotError(f"{self.url}: cannot be reached: {reason.strip(' -:')[:200]}")


def _connect(url: str, *, patient: bool) -> ObjectStore:
    """Open a bucket as the environment says, with the names that all tools for S3 know."""
    env = os.environ
    bucket, _, prefix = url.removeprefix("s3://").partition("/")
    try:
        from obstore.store import S3Store
    except ModuleNotFoundError:
        raise UsageError(f"{url} needs the library obstore: pip install 'regstatus[s3]'") from None
    if not any(env.get(name) for name in _CREDENTIALS):
        raise SnapshotError(
            f"{url}: no credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or "
            "AWS_SKIP_SIGNATURE=true for a bucket that anyone may read"
        )
    for name in _ENDPOINTS:
        found = _ENDPOINT.fullmatch(env.get(name) or "http://unset")
        if found is None or int(found[1] or 0) > 65535:
            raise SnapshotError(
                f"{url}: {name} is {env[name]!r}, which is no address of a server; "
                "write it as https://host or http://host:port"
            )
    endpoint = env.get("AWS_ENDPOINT_URL_S3") or env.get("AWS_ENDPOINT_URL") or ""
    connect, whole, tries, seconds = ("5s", "120s", 4, 60) if patient else ("3s", "15s", 1, 5)
    http = endpoint.startswith("http://")
    client: Any = {"allow_http": http, "connect_timeout": connect, "timeout": whole}
    retry_timeout = timedelta(seconds=seconds)
    retries: Any = {"max_retries": tries, "retry_timeout": retry_timeout, "backoff": _BACKOFF}
    try:
        return S3Store(bucket, prefix=prefix or None, client_options=client, retry_config=retries)
    except Exception as error:  # noqa: BLE001  (a setting of the environment that it cannot take)
        raise SnapshotError(f"{url}: {str(error).splitlines()[0]}") from None
