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
    status: int,
    detail: str,
    *,
    kind: str | None = None,
    headers: Mapping[str, str] | None = None,
    **more: Any,
) -> Response:
    """A problem document: what is wrong and what would be right, for people and, by `kind`, programs.

    What else is given are further members, such as `suggestions`.
    """
    body = {
        "type": f"urn:regstatus:problem:{kind}" if kind else "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": without_controls(detail),
        **more,
    }
    return Response(encoded(body), status, headers=dict(headers or {}), media_type=MEDIA)


def of_error(error: Exception, **more: Any) -> Response:
    """The problem that an error is; `more` are further members."""
    if isinstance(error, HTTPException):
        return problem(error.status_code, error.detail, **more)
    said = str(error)
    if isinstance(error, errors.UnknownJurisdiction):
        kind, told = "unknown-jurisdiction", error.statuses
        return problem(404, said, kind=kind, suggestions=error.suggestions, statuses=told, **more)
    if isinstance(error, errors.AmbiguousJurisdiction):
        kind, told = "ambiguous-jurisdiction", error.statuses
        return problem(400, said, kind=kind, candidates=error.candidates, statuses=told, **more)
    if isinstance(error, errors.SnapshotError):
        # The text names files of this machine; what is wrong inside is for the log.
        detail = "The records cannot be read at present. Nothing is known until they can."
        return problem(503, detail, kind="no-sound-snapshot", headers={"Retry-After": "60"})
    if isinstance(error, errors.RegstatusError):
        return problem(400, said, kind="not-understood", **more)
    # What we did not foresee: no trace goes out, and nothing that could pass for an answer.
    return problem(500, "The service failed here. Nothing is known until it is mended.")
