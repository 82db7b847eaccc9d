"""Channels: how a message goes to a target, as signed JSON to a webhook or through Apprise.

A signature covers the time and the body, so that neither can be altered nor an old
delivery be played again much later; the idempotency key lets the other side pass by
what it has already taken. Apprise, the extra `regstatus[notify]`, knows mail, chat
and some hundred others.
"""

from __future__ import annotations

import hmac
import logging
import os
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from importlib.util import find_spec
from typing import TYPE_CHECKING
from urllib.parse import unquote

from regstatus.base.errors import UsageError
from regstatus.fetch.post import deliver
from regstatus.fetch.settings import Settings
from regstatus.report.notify.config import Target, fill
from regstatus.report.notify.message import body_bytes

if TYPE_CHECKING:
    from regstatus.model.shapes import NotificationData

SIGNATURE = "X-Regstatus-Signature"
SHORTEST = 16
"""Least length of a key, in characters: a shorter one can be guessed."""
_PIECE = 4
"""Pieces of an address of at least this length are hidden in what the library says of a failure."""


def ready(targets: Iterable[Target]) -> None:
    """See that what the targets need is installed; else a UsageError has the command for it."""
    if any(target.apprise is not None for target in targets) and find_spec("apprise") is None:
        raise UsageError("a target with apprise = needs the extra: pip install 'regstatus[notify]'")


def send(
    target: Target,
    body: NotificationData,
    *,
    now: Callable[[], datetime],
    settings: Settings | None = None,
    env: Mapping[str, str] = os.environ,
) -> str | None:
    """Send one message now; `settings` say how patiently webhooks are asked, secrets are in `env`.

    Returns:
        None if every recipient took it; else why not, without any secret.

    Raises:
        UsageError: If a library is not installed.
    """
    ready([target])
    values = {name: env.get(name, "").strip() for name in target.variables}
    if unset := [name for name, value in values.items() if not value]:
        return f"The environment variable {unset[0]} is not set, which the address needs."
    if target.apprise is not None:
        return _by_apprise(fill(target.apprise, values), body, values)
    assert target.webhook is not None
    assert target.secret_env is not None
    secret, data = values[target.secret_env], body_bytes(body)
    if len(secret) < SHORTEST:
        return (
            f"The key in {target.secret_env} is shorter than {SHORTEST} characters; make one, "
            "such as with `openssl rand -hex 32`."
        )

    def headers() -> dict[str, str]:
        return {
            "Content-Type": "application/json",
            "Idempotency-Key": str(body["id"]),
            SIGNATURE: sign(data, secret, now()),
        }

    patience = settings or Settings()
    patience = replace(patience, allow_private=target.allow_private or patience.allow_private)
    return deliver(fill(target.webhook, values), data, headers, patience, now=now)


def sign(body: bytes, secret: str, moment: datetime) -> str:
    """The value of the signature's header: `t=<unix>,v1=<hex hmac-sha256 of "t.body">`."""
    stamp = str(int(moment.timestamp()))
    mac = hmac.new(secret.encode(), f"{stamp}.".encode() + body, "sha256")
    return f"t={stamp},v1={mac.hexdigest()}"


def _by_apprise(address: str, body: NotificationData, values: Mapping[str, str]) -> str | None:
    import apprise

    log = logging.getLogger("apprise")
    # The library logs parts of addresses: its words end here, and are shown masked.
    spreads, log.propagate = log.propagate, False
    capture = apprise.LogCapture(level=logging.WARNING, fmt="%(message)s")  # type: ignore[no-untyped-call]
    with capture as words:
        try:
            asset = apprise.AppriseAsset(app_id="regstatus", app_desc="regstatus", async_mode=False)
            service = apprise.Apprise(asset=asset)
            if not service.add(address):
                return "Apprise does not understand the address; see its pages for the service."
            markdown = apprise.NotifyFormat.MARKDOWN
            if service.notify(title=body["title"], body=body["text"], body_format=markdown):
                return None
        except Exception as error:  # noqa: BLE001  (a hundred services of others, and a run to end well)
            log.error("%s: %s", type(error).__name__, error)  # noqa: TRY400  (it ends here, too)
        finally:
            log.propagate = spreads
    said = _masked(" ".join(words.getvalue().splitlines()[:3]), address, values)
    return f"The service did not take it: {said or 'it gives no reason'}"


def _masked(said: str, address: str, values: Mapping[str, str]) -> str:
    """The library's words without any piece of the address, however it spells them."""
    rest = address.partition("://")[2]
    pieces = {piece for piece in re.split(r"[/:@?&=,;+#]", rest) if len(piece) >= _PIECE}
    hidden = {*pieces, *(unquote(piece) for piece in pieces), *filter(None, values.values())}
    for piece in sorted(hidden, key=len, reverse=True):
        said = said.replace(piece, "***")
    return said[:300]
