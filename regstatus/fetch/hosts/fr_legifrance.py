"""Légifrance, the law of France: consolidated laws, decrees and orders, by the API of PISTE."""

import re
from datetime import date
from typing import Any

from regstatus.fetch.failure import BadAnswer, empty, gone, no_link
from regstatus.fetch.hosts.adapters import FetchContext, Page, Param, adapter
from regstatus.fetch.hosts.json_fields import day, entries, json_page, parsed, pick, text

_TOKEN = "https://oauth.piste.gouv.fr/api/oauth/token"  # noqa: S105  (an address)
_CONSULT = "https://api.piste.gouv.fr/dila/legifrance/lf-engine-app/consult/lawDecree"
_ID = re.compile(r"/((?:JORF|LEGI)TEXT\d{12})/?")
_DEEPEST = 30

# In the words of the data base. VIGUEUR_DIFF is of a text that is not in force yet.
_STANDS = {"VIGUEUR", "ABROGE_DIFF"}
_FALLEN = {"ABROGE", "ANNULE", "DEPLACE", "DISJOINT", "MODIFIE", "MODIFIE_MORT_NE", "PERIME"}
_FALLEN |= {"SUBSTITUE", "TRANSFERE", "VIGUEUR_DIFF"}


@adapter(
    "legifrance",
    use="a French law, decree or order; the address is its page on legifrance.gouv.fr and ends in its id",
    reads="It reads the articles in force, as JSON. `allowed_hosts` names `oauth.piste.gouv.fr` and "
    "`api.piste.gouv.fr`",
    params=dict.fromkeys(("client_id", "client_secret"), Param("as `{env:NAME}`", needed=True)),
)
async def legifrance(visit: FetchContext) -> Page:
    """A consolidated text with the articles that are in force today."""
    found = _ID.search(visit.request.url)
    if found is None:
        raise no_link("legifrance needs an address with the id of a text.")
    keys = {name: visit.request.params[name] for name in ("client_id", "client_secret")}
    ask = {"grant_type": "client_credentials", **keys, "scope": "openid"}
    granted = await visit.post(_TOKEN, ask, form=True)
    token = text(pick(parsed(granted), "access_token"), "access token")
    on, bearer = visit.today, visit.learn("access_token", token)
    ask = {"textId": found[1], "date": on.isoformat()}
    answer = await visit.post(_CONSULT, ask, bearer=bearer, document=True)
    return json_page(visit, _text(parsed(answer), found[1], on), answer)


def _text(answer: Any, wanted: str, on: date) -> dict[str, Any]:
    """What is in force of the text that was asked for."""
    title = text(pick(answer, "title"), "title")
    ids = {str(pick(answer, name)).partition("_")[0] for name in ("id", "cid")}
    if wanted not in ids:
        raise BadAnswer(f"The answer is another text: {', '.join(sorted(ids))}.")
    state = text(pick(answer, "jurisState") or pick(answer, "etat"), "state").upper()
    if state not in _STANDS or pick(answer, "textAbroge") is True:
        raise gone(f"Légifrance says that the text is not in force: {state}.")
    start = day(pick(answer, "dateDebutVersion"), "first day of the version")
    end = day(pick(answer, "dateFinVersion"), "end of the version")
    if not start <= on < end:
        raise no_link(f"The version is in force from {start} until {end}, not today.")
    body = _part(answer)
    if not body:
        raise empty("No article of the text is in force.")
    return {**body, "title": title}


def _part(part: Any, depth: int = 0) -> dict[str, Any]:
    """A section with what is in force in it; empty if there is nothing."""
    if depth > _DEEPEST:
        raise BadAnswer("The sections of the text are nested too deeply.")
    articles = [
        {
            "title": f"Article {pick(article, 'num') or ''}".strip(),
            "content": text(pick(article, "content"), f"article {pick(article, 'num')}"),
        }
        for article in entries(pick(part, "articles"), "list of articles")
        if _stands(article)
    ]
    sections = [
        {**inner, "title": str(pick(section, "title") or "")}
        for section in entries(pick(part, "sections"), "list of sections")
        if (inner := _part(section, depth + 1))
    ]
    both = {"articles": articles, "sections": sections}
    return {name: found for name, found in both.items() if found}


def _stands(article: Any) -> bool:
    state = text(pick(article, "etat"), f"state of article {pick(article, 'num')}").upper()
    if state not in _STANDS | _FALLEN:
        raise BadAnswer(f"Article {pick(article, 'num')} has the unknown state {state}.")
    return state in _STANDS
