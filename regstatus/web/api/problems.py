"""Problems: errors as RFC 9457 `application/problem+json`, with a remedy where there is one."""

import tomllib
from collections.abc import Mapping
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import Response

from regstatus.base import errors
from regstatus.base.safe import without_controls
from regstatus.query.formats import encoded

MEDIA = "application/problem+json"
PROBLEMS: Mapping[str, Mapping[str, Any]] = tomllib.loads(
    Path(__file__).with_suffix(".toml").read_text("utf-8")
)
"""Every kind of problem: the `status`, the `title` and the `remedy` of each."""
FOLDER = "v1/problems/"
"""Where each kind is told of."""
ROOT = ContextVar("ROOT", default="/")
"""The address of the site for the request that is answered, ending in a slash."""
_BY_STATUS = {told["status"]: kind for kind, told in PROBLEMS.items()}


def problem(
    status: int, detail: str, *, headers: Mapping[str, str] | None = None, **more: Any
) -> Response:
    """A problem document as a reply; see `body`."""
    return _sent(body(_BY_STATUS[status], detail, **more), headers)


def body(kind: str, detail: str, **more: Any) -> dict[str, Any]:
    """What is wrong and what would be right, for people and, by its type, programs.

    What else is given are further members, such as `suggestions`.
    """
    return {
        "type": f"{ROOT.get()}{FOLDER}{kind}.json",
        "title": PROBLEMS[kind]["title"],
        "status": PROBLEMS[kind]["status"],
        "detail": without_controls(detail),
        **more,
    }


def of_error(error: Exception, **more: Any) -> Response:
    """The problem that an error is; `more` are further members."""
    if isinstance(error, HTTPException):
        return problem(error.status_code, error.detail, headers=error.headers, **more)
    told = described(error)
    # Of a fault of ours, or of the records, nothing of what was asked matters.
    wait = {"Retry-After": "60"} if told["status"] == 503 else None
    return _sent(told | (more if told["status"] < 500 else {}), wait)


def described(error: Exception) -> dict[str, Any]:
    """The body of the problem that an error is."""
    said = str(error)
    if isinstance(error, errors.UnknownJurisdiction):
        more = {"suggestions": error.suggestions, "statuses": error.statuses}
        return body("unknown-jurisdiction", said, **more)
    if isinstance(error, errors.AmbiguousJurisdiction):
        more = {"candidates": error.candidates, "statuses": error.statuses}
        return body("ambiguous-jurisdiction", said, **more)
    if isinstance(error, errors.SnapshotError):
        # The text names files of this machine; what is wrong inside is for the log.
        said = "The records cannot be read at present. Nothing is known until they can."
        return body("no-sound-snapshot", said)
    if isinstance(error, errors.RegstatusError):
        return body("not-understood", said)
    # What we did not foresee: no trace goes out, and nothing that could pass for an answer.
    return body("failed", "The service failed here. Nothing is known until it is mended.")


def _sent(told: Mapping[str, Any], headers: Mapping[str, str] | None) -> Response:
    return Response(encoded(told), told["status"], headers=dict(headers or {}), media_type=MEDIA)
