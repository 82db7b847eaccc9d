"""Webhook: signed JSON to an address of the user's.

The signature covers the time and the body, so that neither can be altered nor an
old delivery be played again much later; the idempotency key lets the other side
pass by what it has already taken.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from regstatus.fetch.post import deliver
from regstatus.fetch.settings import Settings
from regstatus.report.notify.config import Target, fill
from regstatus.report.notify.message import body_bytes

if TYPE_CHECKING:
    from regstatus.model.shapes import NotificationData

__all__ = ["SIGNATURE", "send", "sign"]

SIGNATURE = "X-Regstatus-Signature"
SHORTEST = 16
"""Least length of a key, in characters: a shorter one can be guessed."""


def sign(body: bytes, secret: str, moment: datetime) -> str:
    """The value of the signature's header: `t=<unix>,v1=<hex hmac-sha256 of "t.body">`."""
    stamp = str(int(moment.timestamp()))
    mac = hmac.new(secret.encode(), f"{stamp}.".encode() + body, "sha256")
    return f"t={stamp},v1={mac.hexdigest()}"


def send(
    target: Target,
    body: NotificationData,
    values: dict[str, str],
    *,
    settings: Settings,
    now: Callable[[], datetime],
) -> str | None:
    """Deliver one message, as `channels.send` does; `settings` says how patiently."""
    assert target.webhook is not None
    assert target.secret_env is not None
    secret = values[target.secret_env]
    if len(secret) < SHORTEST:
        return (
            f"The key in {target.secret_env} is shorter than {SHORTEST} characters; make one, "
            "such as with `openssl rand -hex 32`."
        )
    data = body_bytes(body)

    def headers() -> dict[str, str]:
        return {
            "Content-Type": "application/json",
            "Idempotency-Key": str(body["id"]),
            SIGNATURE: sign(data, secret, now()),
        }

    settings = replace(settings, allow_private=target.allow_private or settings.allow_private)
    return deliver(fill(target.webhook, values), data, headers, settings, now=now)
