"""Normattiva, the law of Italy: an article or annex in force, by its open API."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from regstatus.fetch.hosts.json_fields import BadAnswer, day, made, parsed, pick, text
from regstatus.fetch.question import Question
from regstatus.model.words import Format, Outcome

if TYPE_CHECKING:
    from regstatus.fetch.visit import FetchContext
    from regstatus.model.text import Page

_DETAIL = "https://api.normattiva.it/t/normattiva.api/bff-opendata/v1/api/v1/atto/dettaglio-atto"
_CODE = re.compile(r"[0-9A-Z]{8}")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_NUMBERS = {"article": "idArticolo", "sub_article": "sottoArticolo", "annex": "flagTipoArticolo"}
_NO_END = "99999999"


async def normattiva(visit: FetchContext) -> Page:
    """One article of an Italian act, or one part of its annexes, as in force today, as JSON.

    The address is the act's on normattiva.it, for people; the host of the API must be
    allowed.

    Params: `code` (codice redazionale), `gazette` (its day in the Gazzetta Ufficiale),
    `number` and `year` of the act; `article`, `sub_article` (2 is bis) and `annex` (0, the
    default, is the body of the act, n its nth annex) by number.
    """
    params = visit.request.params
    act = (params.get("number", ""), params.get("year", ""))
    numbers = {_NUMBERS[name]: value for name, value in params.items() if name in _NUMBERS}
    if (
        not _CODE.fullmatch(params.get("code", ""))
        or not _DATE.fullmatch(params.get("gazette", ""))
        or not all(value.isdecimal() for value in (*act, *numbers.values()))
    ):
        problem = "normattiva needs code, gazette, number and year of an act, and plain numbers."
        return visit.fail(Outcome.NO_LINK, problem)
    ask = Question(
        fields={
            "codiceRedazionale": params["code"],
            "dataGU": params["gazette"],
            **{name: int(value) for name, value in numbers.items()},
        }
    )
    answer = await visit.post(_DETAIL, ask, expect=Format.JSON, document=True)
    if answer.outcome is not Outcome.OK:
        return answer
    try:
        return made(visit, _article(parsed(answer), act, visit.today), answer)
    except BadAnswer as unfit:
        return visit.fail(unfit.outcome, unfit.problem, at=answer)


def _article(answer: Any, act: tuple[str, str], on: date) -> dict[str, Any]:
    """The words of the article, if it is of this act and in force."""
    if pick(answer, "success") is not True:
        said = pick(answer, "message") or pick(answer, "data", "message")
        raise BadAnswer(f"Normattiva found nothing: {said!r}.", Outcome.GONE)
    found = pick(answer, "data", "atto")
    if not isinstance(found, dict):
        raise BadAnswer("The answer holds no act; its form is not the one that was promised.")
    title = text(found.get("titolo"), "title")
    named = (str(found.get("numeroProvvedimento")), str(found.get("annoProvvedimento")))
    if named != act:
        raise BadAnswer(f"The answer is another act: {title}.")
    start = day(found.get("articoloDataInizioVigenza"), "first day in force")
    last = text(found.get("articoloDataFineVigenza"), "last day in force")
    if start > on or (last != _NO_END and day(last, "last day in force") < on):
        problem = f"The text is in force from {start} to {last}, not today."
        raise BadAnswer(problem, Outcome.NO_LINK)
    return {"title": title, "content": text(found.get("articoloHtml"), "text")}
