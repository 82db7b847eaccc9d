"""Problems: errors as RFC 9457 `application/problem+json`, with a remedy where there is one."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import Response

from regstatus.base import errors
from regstatus.base.safe import without_controls
from regstatus.query.formats import encoded

MEDIA = "application/problem+json"


def problem(
    status: int, detail: str, *, headers: Mapping[str, str] | None = None, **more: Any
) -> Response:
    """A problem document as a reply; see `body`."""
    return Response(
        encoded(body(status, detail, **more)), status, headers=dict(headers or {}), media_type=MEDIA
    )


def body(status: int, detail: str, *, kind: str | None = None, **more: Any) -> dict[str, Any]:
    """What is wrong and what would be right, for people and, by `kind`, programs.

    What else is given are further members, such as `suggestions`.
    """
    return {
        "type": f"urn:regstatus:problem:{kind}" if kind else "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": without_controls(detail),
        **more,
    }


def of_error(error: Exception, **more: Any) -> Response:
    """The problem that an error is; `more` are further members."""
    if isinstance(error, HTTPException):
        kind = {429: "too-many"}.get(error.status_code)
        return problem(error.status_code, error.detail, kind=kind, headers=error.headers, **more)
    status, told = described(error)
    wait = {"Retry-After": "60"} if status == 503 else None
    # Of a fault of ours, or of the records, nothing of what was asked matters.
    return Response(
        encoded({**told, **(more if status < 500 else {})}), status, headers=wait, media_type=MEDIA
    )


def described(error: Exception) -> tuple[int, dict[str, Any]]:
    """The status and the body of the problem that an error is."""
    said = str(error)
    if isinstance(error, errors.UnknownJurisdiction):
        kind, told = "unknown-jurisdiction", error.statuses
        return 404, body(404, said, kind=kind, suggestions=error.suggestions, statuses=told)
    if isinstance(error, errors.AmbiguousJurisdiction):
        kind, told = "ambiguous-jurisdiction", error.statuses
        return 400, body(400, said, kind=kind, candidates=error.candidates, statuses=told)
    if isinstance(error, errors.SnapshotError):
        # The text names files of this machine; what is wrong inside is for the log.
        detail = "The records cannot be read at present. Nothing is known until they can."
        return 503, body(503, detail, kind="no-sound-snapshot")
    if isinstance(error, errors.RegstatusError):
        return 400, body(400, said, kind="not-understood")
    # What we did not foresee: no trace goes out, and nothing that could pass for an answer.
    return 500, body(500, "The service failed here. Nothing is known until it is mended.")
