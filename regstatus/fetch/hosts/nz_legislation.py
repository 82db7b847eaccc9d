"""The developer API of the Parliamentary Counsel Office (New Zealand): a work as it is in force."""

import re
from datetime import date
from typing import Any
from urllib.parse import urljoin

from regstatus.fetch.failure import BadAnswer, no_link, too_large
from regstatus.fetch.hosts.adapters import FetchContext, Format, Page, Param, adapter
from regstatus.fetch.hosts.json_fields import listed, objects, parsed, pick

_WORK = r"[a-z-]{3,40}_[a-z-]{3,40}_\d{4}_\d{1,5}"


@adapter(
    "legislation_govt_nz",
    use="New Zealand law; the address is the API's list of a work's versions",
    reads="It reads the newest version in force",
    params={"work": Param("`act_public_1981_118`", _WORK, needed=True)},
)
async def legislation_govt_nz(visit: FetchContext) -> Page:
    """The XML of the newest version of a work that is in force.

    Versions of a day to come, and those whose day is not settled (`~`), do not count. The key
    goes to the API alone, never to the host of the XML.
    """
    work = visit.request.params["work"]
    answer = parsed(await visit.get(expect=Format.JSON))
    rows = objects(pick(answer, "results"), "list of versions")
    total = answer.get("total", len(rows))
    if total != len(rows) and "sort=desc" not in visit.request.url:
        problem = f"The list has {total} versions, and its answer only {len(rows)}, in any order."
        raise too_large(problem)
    dated = [(day, row) for row in rows if (day := _day(row, work)) and day <= visit.today]
    if not dated:
        raise no_link(f"None of {len(rows)} versions of {work} has come into force.")
    row: Any = max(dated, key=lambda pair: pair[0])[1]
    version = row["version_id"]
    if "formats" not in row:
        url = urljoin(visit.request.url, f"/v0/versions/{version}/")
        row = parsed(await visit.get(url, expect=Format.JSON))
        if pick(row, "version_id") != version:
            raise BadAnswer(f"The answer is not about {version}.")
    if row.get("legislation_status", "in_force") != "in_force":
        raise no_link(f"{work} is not in force.")
    listing = reversed(listed(row.get("formats")))
    files = {str(one.get("type")).lower(): one.get("url") for one in listing}
    if not files.get("xml"):
        raise no_link(f"The API names no XML of {version}.")
    return await visit.get(str(files["xml"]), expect=Format.XML, document=True)


def _day(row: dict[str, Any], work: str) -> date | None:
    """The first day of a version, from its id; None for another work or an unsettled day."""
    found = re.fullmatch(rf"{re.escape(work)}_en_(\d{{4}}-\d\d-\d\d)", str(row.get("version_id")))
    try:
        return date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None
