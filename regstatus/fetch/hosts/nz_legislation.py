"""The developer API of the Parliamentary Counsel Office (New Zealand): a work as it is in force."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from regstatus.model.words import Format, Outcome

if TYPE_CHECKING:
    from regstatus.fetch.visit import FetchContext
    from regstatus.model.text import Page

_WORK = re.compile(r"[a-z-]{3,40}_[a-z-]{3,40}_\d{4}_\d{1,5}")
_WRONG = "The answer has not the form that the API describes."


async def legislation_govt_nz(visit: FetchContext) -> Page:
    """The XML of the newest version of a work that is in force.

    The address is the list of the work's versions (`/v0/works/{work}/versions/`). Versions of a
    day to come, and those whose day is not settled (`~`), do not count. The API says where
    the XML lies. The key goes to the API alone, never to the host of the XML.

    Params: `work`, such as `act_public_1981_118`.
    """
    work = visit.request.params.get("work", "")
    if not _WORK.fullmatch(work):
        return visit.fail(Outcome.NO_LINK, "The source names no work.")
    listing = await visit.get(expect=Format.JSON)
    if listing.outcome is not Outcome.OK:
        return listing
    answer = _json(listing)
    rows = answer.get("results") if isinstance(answer, dict) else None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        return visit.fail(Outcome.BROKEN, _WRONG, at=listing)
    total = answer.get("total", len(rows))
    if total != len(rows) and "sort=desc" not in visit.request.url:
        problem = f"The list has {total} versions, and its answer only {len(rows)}, in any order."
        return visit.fail(Outcome.TOO_LARGE, problem, at=listing)
    dated = [(day, row) for row in rows if (day := _day(row, work)) and day <= visit.today]
    if not dated:
        problem = f"None of {len(rows)} versions of {work} has come into force."
        return visit.fail(Outcome.NO_LINK, problem, at=listing)
    row = max(dated, key=lambda pair: pair[0])[1]
    if "formats" not in row:
        parts = urlsplit(visit.request.url)
        url = f"{parts.scheme}://{parts.netloc}/v0/versions/{row['version_id']}/"
        listing = await visit.get(url, expect=Format.JSON)
        if listing.outcome is not Outcome.OK:
            return listing
        detail = _json(listing)
        if not isinstance(detail, dict) or detail.get("version_id") != row["version_id"]:
            return visit.fail(Outcome.BROKEN, _WRONG, at=listing)
        row = detail
    if row.get("legislation_status", "in_force") != "in_force":
        return visit.fail(Outcome.NO_LINK, f"{work} is not in force.", at=listing)
    address = _xml(row)
    if address is None:
        problem = f"The API names no XML of {row['version_id']}."
        return visit.fail(Outcome.NO_LINK, problem, at=listing)
    if not visit.may_go(address):
        problem = f"The XML lies on a host that the source does not allow: {address}"
        return visit.fail(Outcome.MOVED, problem, at=listing)
    return await visit.get(address, expect=Format.XML, document=True)


def _day(row: dict[str, Any], work: str) -> date | None:
    """The first day of a version, from its id; None for another work or an unsettled day."""
    found = re.fullmatch(rf"{re.escape(work)}_en_(\d{{4}}-\d\d-\d\d)", str(row.get("version_id")))
    try:
        return date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None


def _xml(row: dict[str, Any]) -> str | None:
    formats = row.get("formats")
    for one in formats if isinstance(formats, list) else ():
        if isinstance(one, dict) and str(one.get("type")).lower() == "xml":
            return str(one.get("url") or "") or None
    return None


def _json(page: Page) -> Any:
    try:
        return json.loads(page.body)
    except (ValueError, RecursionError):
        return None
