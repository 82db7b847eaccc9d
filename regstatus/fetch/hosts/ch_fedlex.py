"""Fedlex, the law of the Swiss Confederation: the consolidation in force, by way of SPARQL."""

import re
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import quote, urlsplit

from regstatus.fetch.failure import BadAnswer, gone, no_link
from regstatus.fetch.hosts.adapters import FetchContext, Format, Page, Param, adapter
from regstatus.fetch.hosts.json_fields import day, entries, parsed, pick, text

_LANGUAGES = {"de": "DEU", "fr": "FRA", "it": "ITA", "rm": "ROH", "en": "ENG"}
_FORMS = {Format.PDF: "pdf-a", Format.HTML: "html", Format.XML: "xml"}
_WORK = re.compile(r"(https://[a-z.]+)(/eli/cc/[0-9A-Za-z_/]+)")
_IN_FORCE = "/enforcement-status/0"
_MOST = 1_000
"""The act with the most consolidations has less than three hundred rows."""

# The file is optional, so that the consolidation in force is seen even where it has none in
# this language and form: an older one that has must not take its place.
_QUERY = """\
PREFIX jolux: <http://data.legilux.public.lu/resource/ontology/jolux#>
SELECT DISTINCT ?version ?from ?to ?status ?ended ?file WHERE {
  ?version jolux:isMemberOf <%(work)s> ; jolux:dateApplicability ?from .
  OPTIONAL { ?version jolux:dateEndApplicability ?to }
  OPTIONAL { <%(work)s> jolux:inForceStatus ?status }
  OPTIONAL { <%(work)s> jolux:dateNoLongerInForce ?ended }
  OPTIONAL {
    ?version jolux:isRealizedBy ?expression .
    ?expression jolux:isEmbodiedBy ?manifestation ;
      jolux:language <http://publications.europa.eu/resource/authority/language/%(language)s> .
    ?manifestation jolux:isExemplifiedBy ?file ;
      jolux:userFormat <https://fedlex.data.admin.ch/vocabulary/user-format/%(form)s> .
  }
} ORDER BY ?from ?file LIMIT"""


class _Version(NamedTuple):
    """One row: a consolidation of the act, and a file of it."""

    uri: str
    start: date
    last: date | None
    file: str | None


@adapter(
    "fedlex",
    use="a Swiss act; the address is its ELI, `https://fedlex.data.admin.ch/eli/cc/2011/363`",
    reads="It reads the consolidation in force, as PDF/A, HTML or XML, as the document says",
    params={"language": Param("`de` if left out, `fr`, `it`, `rm`, `en`", "|".join(_LANGUAGES))},
)
async def fedlex(visit: FetchContext) -> Page:
    """The consolidation of an act that is in force today, in the form that the source file asks."""
    work = _WORK.fullmatch(visit.request.url.rstrip("/"))
    language = visit.request.params.get("language", "de")
    form = _FORMS.get(visit.request.format or Format.PDF)
    if work is None or form is None:
        raise no_link("fedlex needs the ELI of an act, and one of PDF, HTML and XML.")
    query = _QUERY % {"work": work[0], "language": _LANGUAGES[language], "form": form}
    url = f"{work[1]}/sparqlendpoint?query={quote(f'{query} {_MOST}')}"
    answer = await visit.get(url, expect=Format.JSON)
    file = _file(parsed(answer), work[0], language, visit.today)
    return await visit.get(file, expect=visit.request.format, document=True)


def _file(answer: Any, work: str, language: str, on: date) -> str:
    """The address of the file of the consolidation in force on a day."""
    rows = entries(pick(answer, "results", "bindings"), "list of consolidations")
    if not rows:
        raise no_link(f"Fedlex knows no consolidation of {work}.")
    if len(rows) >= _MOST:
        raise BadAnswer(f"Fedlex lists {len(rows)} consolidations, which may not be all of them.")
    _check_in_force(rows, work, on)
    versions = [_version(row, work) for row in rows]
    begun = [version for version in versions if version.start <= on]
    if not begun:
        raise no_link(f"No consolidation is in force yet; the first is of {versions[0].start}.")
    # Unlike elsewhere, the last day is a day in force.
    current = [version for version in begun if version.last is None or on <= version.last]
    if not current:
        last = max(version.last for version in begun if version.last)
        raise no_link(f"No consolidation is in force today; the last ended on {last}.")
    newest = max(current, key=lambda version: version.start)
    files = {version.file for version in current if version.start == newest.start}
    if len(files) > 1:
        raise BadAnswer(f"Fedlex offers {len(files)} files of the consolidation of {newest.start}.")
    file = files.pop()
    if file is None:
        problem = f"The consolidation of {newest.start} has no file in this language and form yet."
        raise no_link(problem)
    parts = urlsplit(file)
    if parts.scheme != "https" or f"{urlsplit(newest.uri).path}/{language}/" not in parts.path:
        raise BadAnswer(f"The file is not one of the consolidation of {newest.start}: {file}")
    return file


def _check_in_force(rows: list[Any], work: str, on: date) -> None:
    """The act's own state: the last consolidation of a repealed act may have no end."""
    states = {state for row in rows if (state := pick(row, "status", "value")) is not None}
    ends = {day(end, "end") for row in rows if (end := pick(row, "ended", "value")) is not None}
    if any(end <= on for end in ends):
        raise gone(f"Fedlex says that {work} ended on {min(ends)}.")
    if not states:
        raise BadAnswer(f"Fedlex does not say whether {work} is in force.")
    if any(not str(state).endswith(_IN_FORCE) for state in states):
        raise gone(f"Fedlex does not say that {work} is in force: {states}.")


def _version(row: Any, work: str) -> _Version:
    names = ("version", "from", "to", "file")
    uri, start, last, file = (pick(row, name, "value") for name in names)
    if not text(uri, "name of a consolidation").startswith(f"{work}/"):
        raise BadAnswer(f"The answer is about another act: {uri}")
    return _Version(
        uri,
        day(start, "first day of a consolidation"),
        None if last is None else day(last, "last day of a consolidation"),
        None if file is None else text(file, "address of a file"),
    )
