"""Service: mail, chat and some hundred others, through Apprise, the extra `regstatus[notify]`."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from importlib.util import find_spec
from typing import TYPE_CHECKING
from urllib.parse import unquote

from regstatus.base.errors import UsageError
from regstatus.report.notify.config import Target, fill

if TYPE_CHECKING:
    from regstatus.model.shapes import NotificationData

__all__ = ["require", "send"]

_PIECE = 4
"""Pieces of an address of at least this length are hidden in what the library says of a failure."""


def require() -> None:
    """Make sure that the library is there.

    Raises:
        UsageError: With the command that installs it.
    """
    if find_spec("apprise") is None:
        raise UsageError("a target with apprise = needs the extra: pip install 'regstatus[notify]'")


def send(target: Target, body: NotificationData, values: dict[str, str]) -> str | None:
    """Deliver one message; `values` are the environment variables that the target names.

    Returns:
        None if every recipient took it, else why not; the address never stands in it.

    Raises:
        UsageError: If the library is not installed.
    """
    require()
    import apprise

    assert target.apprise is not None
    address = fill(target.apprise, values)
    words = _Words()
    log = logging.getLogger("apprise")
    level, spreads = log.level, log.propagate
    log.addHandler(words)
    # The library logs parts of addresses: its words end here, and are shown masked.
    log.setLevel(logging.WARNING)
    log.propagate = False
    try:
        asset = apprise.AppriseAsset(app_id="regstatus", app_desc="regstatus", async_mode=False)
        service = apprise.Apprise(asset=asset)
        if not service.add(address):
            return "Apprise does not understand the address; see its pages for the service."
        markdown = apprise.NotifyFormat.MARKDOWN
        if service.notify(title=body["title"], body=body["text"], body_format=markdown):
            return None
    except Exception as error:  # noqa: BLE001  (a hundred services of others, and a run to end well)
        words.said.append(f"{type(error).__name__}: {error}")
    finally:
        log.removeHandler(words)
        log.setLevel(level)
        log.propagate = spreads
    said = _masked(" ".join(words.said[:3]), address, values)
    return f"The service did not take it: {said or 'it gives no reason'}"


class _Words(logging.Handler):
    """What the library says while it works."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


def _masked(said: str, address: str, values: Mapping[str, str]) -> str:
    """The library's words without any piece of the address, however it spells them."""
    rest = address.partition("://")[2]
    pieces = {piece for piece in re.split(r"[/:@?&=,;+#]", rest) if len(piece) >= _PIECE}
    hidden = {*pieces, *(unquote(piece) for piece in pieces), *filter(None, values.values())}
    for piece in sorted(hidden, key=len, reverse=True):
        said = said.replace(piece, "***")
    return said[:300]
