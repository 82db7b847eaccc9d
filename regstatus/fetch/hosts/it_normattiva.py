"""Normattiva, the law of Italy: an article or annex in force, by its open API."""

from datetime import date
from typing import Any

from regstatus.fetch.failure import BadAnswer, gone, no_link
from regstatus.fetch.hosts.adapters import FetchContext, Page, Param, adapter
from regstatus.fetch.hosts.json_fields import day, json_page, parsed, pick, text

_DETAIL = "https://api.normattiva.it/t/normattiva.api/bff-opendata/v1/api/v1/atto/dettaglio-atto"
_NUMBER = r"\d{1,5}"
_NUMBERS = {"article": "idArticolo", "sub_article": "sottoArticolo", "annex": "flagTipoArticolo"}
_NO_END = "99999999"


@adapter(
    "normattiva",
    use="an Italian act; the address is its page on normattiva.it",
    reads="It reads one article in force, or one annex, as JSON; `sub_article` 2 is bis, and `annex` 0, "
    "or none, the body of the act. `allowed_hosts` names `api.normattiva.it`",
    params={
        "code": Param("codice redazionale", r"[0-9A-Z]{8}", needed=True),
        "gazette": Param("its day", r"\d{4}-\d\d-\d\d", needed=True),
        **dict.fromkeys(("number", "year"), Param("of the act", _NUMBER, needed=True)),
        **dict.fromkeys(("article", "sub_article", "annex"), Param("by number", _NUMBER)),
    },
)
async def normattiva(visit: FetchContext) -> Page:
    """One article of an act, or one part of its annexes, as in force today."""
    params = visit.request.params
    act = (params["number"], params["year"])
    numbers = {_NUMBERS[name]: int(value) for name, value in params.items() if name in _NUMBERS}
    ask = {"codiceRedazionale": params["code"], "dataGU": params["gazette"], **numbers}
    answer = await visit.post(_DETAIL, ask, document=True)
    return json_page(visit, _article(parsed(answer), act, visit.today), answer)


def _article(answer: Any, act: tuple[str, str], on: date) -> dict[str, Any]:
    """The words of the article, if it is of this act and in force."""
    if pick(answer, "success") is not True:
        said = pick(answer, "message") or pick(answer, "data", "message")
        raise gone(f"Normattiva found nothing: {said!r}.")
    found = pick(answer, "data", "atto")
    if not isinstance(found, dict):
        raise BadAnswer("The answer holds no act; its form is not the one that was promised.")
    title = text(found.get("titolo"), "title")
    named = (str(found.get("numeroProvvedimento")), str(found.get("annoProvvedimento")))
    if named != act:
        raise gone(f"The answer is another act: {title}.")
    start = day(found.get("articoloDataInizioVigenza"), "first day in force")
    last = text(found.get("articoloDataFineVigenza"), "last day in force")
    if start > on or (last != _NO_END and day(last, "last day in force") < on):
        raise no_link(f"The text is in force from {start} to {last}, not today.")
    return {"title": title, "content": text(found.get("articoloHtml"), "text")}
