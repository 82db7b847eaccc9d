"""Interfaces of Switzerland, France, Italy and Alabama: what they are asked, and what is no answer."""

import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest

from regstatus.model.words import Format, Outcome

# The day of these tests is 2026-11-22.
PDF = b"%PDF-1.7\n1 0 obj\nendobj\ntrailer\n%%EOF\n"


def give(hosts, url, answer):
    """Let an interface answer; what is no text is sent as JSON."""
    body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
    hosts.put(url, body, Content_Type="application/json")


# --- Fedlex -------------------------------------------------------------------------------

SWISS = "fedlex.data.admin.ch"
WORK = f"https://{SWISS}/eli/cc/2011/363"
FILES = f"https://{SWISS}/filestore/{SWISS}"
STATES = f"https://{SWISS}/vocabulary/enforcement-status"


def file_of(day, language="de"):
    folder = f"/eli/cc/2011/363/{day.replace('-', '')}/{language}/pdf-a"
    return f"{FILES}{folder}/fedlex-data-admin-ch{folder.replace('/', '-')}-1.pdf"


def row(start, last=None, file="", status=0, work=WORK, **more):
    values = {
        "version": f"{work}/{start.replace('-', '')}",
        "from": start,
        "to": last,
        "status": None if status is None else f"{STATES}/{status}",
        "file": file_of(start) if file == "" else file,
        **more,
    }
    return {name: {"type": "literal", "value": value} for name, value in values.items() if value}


PAST = row("2023-01-01", "2026-09-30")
NOW = row("2026-10-01")
FUTURE = row("2027-01-01")


@pytest.fixture
def fedlex(fetch, hosts, settings):
    def one(*rows, url=WORK, form=Format.PDF, answer=None, **params):
        answer = answer or {"head": {"vars": []}, "results": {"bindings": list(rows)}}
        give(hosts, f"{SWISS}/sparqlendpoint?*", answer)
        for day in ("2023-01-01", "2026-10-01", "2027-01-01"):
            hosts.put(f"{SWISS}{urlsplit(file_of(day)).path}", PDF + day.encode())
        return fetch(url, settings(SWISS), adapter="fedlex", format=form, params=params)

    return one


def asked_of_fedlex(hosts):
    return parse_qs(urlsplit(hosts.paths(SWISS)[1]).query)["query"][0]


def test_the_swiss_consolidation_in_force_is_taken_and_not_the_next(fedlex, hosts):
    page = fedlex(PAST, NOW, FUTURE)
    assert (page.outcome, page.body) == (Outcome.OK, PDF + b"2026-10-01")
    assert page.url == WORK
    assert page.final_url == file_of("2026-10-01")
    for words in (f"<{WORK}>", "language/DEU>", "user-format/pdf-a>", "dateApplicability"):
        assert words in asked_of_fedlex(hosts)


def test_the_language_and_the_form_are_those_that_were_asked_for(fedlex, hosts):
    french = row("2026-10-01", file=file_of("2026-10-01", "fr"))
    assert fedlex(french, form=Format.XML, language="fr").final_url == file_of("2026-10-01", "fr")
    assert "language/FRA>" in asked_of_fedlex(hosts)
    assert "user-format/xml>" in asked_of_fedlex(hosts)


def test_the_last_day_of_a_consolidation_is_in_force(fedlex):
    page = fedlex(row("2023-01-01", "2026-11-22"), FUTURE)
    assert page.final_url == file_of("2023-01-01")


@pytest.mark.parametrize(
    ("rows", "outcome", "words"),
    [
        ([], Outcome.NO_LINK, "knows no consolidation"),
        ([FUTURE], Outcome.NO_LINK, "in force yet; the first is of 2027-01-01"),
        ([PAST], Outcome.NO_LINK, "the last ended on 2026-09-30"),
        ([PAST, row("2027-01-01", "2030-01-01")], Outcome.NO_LINK, "last ended on 2026-09-30"),
        ([PAST, row("2026-10-01", file=None)], Outcome.NO_LINK, "no file in this language"),
        ([NOW, row("2026-10-01", file=file_of("2026-10-01") + "x")], Outcome.BROKEN, "2 files"),
        ([row("2026-10-01", status=3)], Outcome.GONE, "not say that .* is in force"),
        ([row("2026-10-01", status=1)], Outcome.GONE, "not say that .* is in force"),
        ([NOW, row("2026-10-01", status=3)], Outcome.GONE, "not say that .* is in force"),
        ([row("2026-10-01", status=None)], Outcome.BROKEN, "does not say whether"),
        ([row("2026-10-01", ended="2026-11-22")], Outcome.GONE, "ended on 2026-11-22"),
        ([row("2026-10-01", work=f"{WORK}0")], Outcome.BROKEN, "another act"),
        ([row("2026-10-01", file=file_of("2023-01-01"))], Outcome.BROKEN, "not one of the"),
        ([row("2026-10-01", file=file_of("2026-10-01", "fr"))], Outcome.BROKEN, "not one of the"),
        ([row("2026-13-01")], Outcome.BROKEN, "is no day"),
        ([NOW, {"version": {"value": f"{WORK}/20261001"}}], Outcome.BROKEN, "is no day"),
        (["x"], Outcome.BROKEN, "does not say whether"),
        ([PAST] * 1000, Outcome.BROKEN, "may not be all"),
    ],
)
def test_what_is_no_swiss_consolidation_in_force_is_named(fedlex, rows, outcome, words):
    page = fedlex(*rows)
    assert page.outcome is outcome
    assert re.search(words, page.problem)
    assert page.body == b""


def test_a_swiss_file_on_a_host_that_is_not_allowed_has_moved(fedlex, hosts):
    file = file_of("2026-10-01").replace(f"{SWISS}/filestore", "evil.example/filestore")
    assert fedlex(row("2026-10-01", file=file)).outcome is Outcome.MOVED
    assert hosts.paths("evil.example") == []


@pytest.mark.parametrize(
    "answer", [{"a": 1}, ["a"], {"results": {}}, {"results": {"bindings": {}}}]
)
def test_an_answer_of_fedlex_in_another_form_is_a_failure(fedlex, answer):
    assert fedlex(answer=answer).outcome is Outcome.BROKEN


@pytest.mark.parametrize(
    "how",
    [
        {"language": "es"},
        {"form": Format.JSON},
        {"url": f"{WORK}> {{ ?a ?b ?c"},
        {"url": f"https://{SWISS}/en"},
    ],
)
def test_what_fedlex_cannot_be_asked_is_not_asked(fedlex, hosts, how):
    assert fedlex(NOW, **how).outcome is Outcome.NO_LINK
    assert hosts.asked == []


# --- Légifrance ---------------------------------------------------------------------------

TEXT = "LEGITEXT000000000001"
FRENCH = f"https://www.legifrance.gouv.fr/loda/id/{TEXT}/"
OAUTH = "oauth.piste.gouv.fr/api/oauth/token"
CONSULT = "api.piste.gouv.fr/dila/legifrance/lf-engine-app/consult/lawDecree"
TOKEN = "a-token-of-one-hour"
ENV = {"PISTE_CLIENT_ID": "our-client-id", "PISTE_CLIENT_SECRET": "our-client-secret"}


def article(num, state="VIGUEUR", content="<p>Kratom.</p>"):
    return {"num": num, "etat": state, "content": content, "id": f"LEGIARTI{num}"}


def order(**changes):
    whole = {
        "executionTime": 7,
        "id": f"{TEXT}_22-11-2026",
        "cid": "JORFTEXT000000000001",
        "title": "Arrêté fixant une liste",
        "etat": None,
        "jurisState": "Vigueur",
        "dateDebutVersion": "2020-01-02",
        "dateFinVersion": "2999-01-01",
        "textAbroge": False,
        "articles": [article("1", content="<p>Sont classés :</p>")],
        "sections": [
            {
                "title": "Annexe",
                "articles": [
                    article("A", "MODIFIE", "<p>old words</p>"),
                    article("A"),
                    article("B", "VIGUEUR_DIFF", "<p>words to come</p>"),
                ],
                "sections": [],
            },
            {"title": "Fallen", "articles": [article("C", "ABROGE")], "sections": []},
        ],
    }
    return whole | changes


@pytest.fixture
def legifrance(fetch, hosts, settings):
    def one(answer, *, url=FRENCH, env=ENV, token=TOKEN, allowed=("*.piste.gouv.fr",)):
        give(hosts, OAUTH, {"access_token": token, "token_type": "Bearer", "expires_in": 3600})
        give(hosts, CONSULT, answer)
        names = ("www.legifrance.gouv.fr", "oauth.piste.gouv.fr", "api.piste.gouv.fr")
        return fetch(
            url,
            settings(*names, env=env),
            adapter="legifrance",
            format=Format.JSON,
            allowed_hosts=allowed,
            params={
                "client_id": "{env:PISTE_CLIENT_ID}",
                "client_secret": "{env:PISTE_CLIENT_SECRET}",
            },
        )

    return one


def test_the_french_text_in_force_is_had_with_a_token_and_without_what_is_not_law(
    legifrance, hosts
):
    page = legifrance(order())
    assert (page.outcome, page.format, page.made) == (Outcome.OK, Format.JSON, True)
    assert json.loads(page.body) == {
        "title": "Arrêté fixant une liste",
        "articles": [{"title": "Article 1", "content": "<p>Sont classés :</p>"}],
        "sections": [
            {
                "title": "Annexe",
                "articles": [{"title": "Article A", "content": "<p>Kratom.</p>"}],
            }
        ],
    }
    (_, _, asked), (_, _, consulted) = hosts.posted
    assert parse_qs(asked.decode()) == {
        "grant_type": ["client_credentials"],
        "client_id": ["our-client-id"],
        "client_secret": ["our-client-secret"],
        "scope": ["openid"],
    }
    assert json.loads(consulted) == {"textId": TEXT, "date": "2026-11-22"}
    assert hosts.headers[-1]["Authorization"] == f"Bearer {TOKEN}"
    assert page.url == FRENCH
    assert page.final_url == f"https://{CONSULT}"


def test_the_same_french_text_gives_the_same_bytes(legifrance):
    assert legifrance(order()).body == legifrance(order(executionTime=9)).body


def test_a_french_text_may_be_asked_for_by_the_id_of_its_publication(legifrance):
    url = "https://www.legifrance.gouv.fr/loda/id/JORFTEXT000000000001"
    assert legifrance(order(), url=url).outcome is Outcome.OK


def test_days_in_milliseconds_are_days(legifrance):
    assert legifrance(order(dateDebutVersion=1577923200000)).outcome is Outcome.OK
    assert legifrance(order(dateDebutVersion=1832457600000)).outcome is Outcome.NO_LINK


@pytest.mark.parametrize(
    ("answer", "outcome", "words"),
    [
        ({"a": 1}, Outcome.BROKEN, "no title"),
        (order(title=" "), Outcome.EMPTY, "title"),
        (order(id="LEGITEXT000000000002_1", cid="x"), Outcome.BROKEN, "another text"),
        (order(jurisState=None), Outcome.BROKEN, "no state"),
        (order(jurisState="Abroge"), Outcome.GONE, "not in force"),
        (order(jurisState="Vigueur_diff"), Outcome.GONE, "not in force"),
        (order(jurisState="new word"), Outcome.GONE, "not in force"),
        (order(textAbroge=True), Outcome.GONE, "not in force"),
        (order(dateDebutVersion="2026-11-23"), Outcome.NO_LINK, "not today"),
        (order(dateFinVersion="2026-11-22"), Outcome.NO_LINK, "not today"),
        (order(dateFinVersion=None), Outcome.BROKEN, "no day"),
        (order(dateFinVersion="soon"), Outcome.BROKEN, "no day"),
        (order(dateFinVersion=10**30), Outcome.BROKEN, "no day"),
        (order(articles=None), Outcome.BROKEN, "no list of articles"),
        (order(sections={}), Outcome.BROKEN, "no list of sections"),
        (order(articles=[], sections=[]), Outcome.EMPTY, "No article"),
        (order(articles=[article("1", "ABROGE")], sections=[]), Outcome.EMPTY, "No article"),
        (order(articles=[article("1", None)]), Outcome.BROKEN, "state of article 1"),
        (order(articles=[article("1", "NEUF")]), Outcome.BROKEN, "unknown state NEUF"),
        (order(articles=[article("1", content="")]), Outcome.EMPTY, "article 1"),
        (order(articles=[article("1", content=None)]), Outcome.BROKEN, "article 1"),
        (order(articles=["x"]), Outcome.BROKEN, "state of article"),
        (b"not json at all, whatever the label may say of it", Outcome.WRONG_TYPE, "JSON"),
    ],
)
def test_what_is_no_french_text_in_force_is_named(legifrance, answer, outcome, words):
    page = legifrance(answer)
    assert page.outcome is outcome
    assert words in page.problem
    assert page.body == b""


def test_sections_without_end_are_a_failure(legifrance):
    part = {"title": "x", "articles": [article("1")], "sections": []}
    for _ in range(40):
        part = {"title": "x", "articles": [], "sections": [part]}
    assert legifrance(order(sections=[part])).outcome is Outcome.BROKEN


def test_without_one_of_the_french_keys_nothing_is_asked(legifrance, hosts):
    for name in ENV:
        page = legifrance(order(), env={key: ENV[key] for key in ENV if key != name})
        assert page.outcome is Outcome.SKIPPED
        assert name in page.problem
    assert hosts.asked == []


def test_the_french_secret_goes_to_no_host_that_the_source_does_not_name(legifrance, hosts):
    assert legifrance(order(), allowed=()).outcome is Outcome.REFUSED
    assert hosts.posted == []


def test_no_french_key_and_no_token_is_shown(legifrance):
    secrets = (TOKEN, *ENV.values())
    told = " ".join(secrets)
    for answer in (
        order(title=f"Arrêté {told}"),
        order(jurisState=told),
        {"error": told, "message": told},
    ):
        page = legifrance(answer)
        for secret in secrets:
            assert secret not in repr(page)
            assert secret.encode() not in page.body


@pytest.mark.parametrize("token", [None, "", 7])
def test_an_answer_without_a_token_is_a_failure(legifrance, hosts, token):
    assert legifrance(order(), token=token).outcome in {Outcome.BROKEN, Outcome.EMPTY}
    assert len(hosts.posted) == 1


def test_a_french_address_without_an_id_is_not_asked(legifrance, hosts):
    assert legifrance(order(), url="https://www.legifrance.gouv.fr/").outcome is Outcome.NO_LINK
    assert hosts.asked == []


# --- Normattiva ---------------------------------------------------------------------------

ITALIAN = "https://www.normattiva.it/uri-res/N2Ls?urn:nir:stato:decreto:1990-10-09;309"
DETAIL = "api.normattiva.it/t/normattiva.api/bff-opendata/v1/api/v1/atto/dettaglio-atto"


def act(**changes):
    found = {
        "titolo": "DECRETO DEL PRESIDENTE DELLA REPUBBLICA 9 ottobre 1990, n. 309",
        "articoloHtml": '<div class="bodyTesto">TABELLA I</div>',
        "numeroProvvedimento": 309,
        "annoProvvedimento": 1990,
        "articoloDataInizioVigenza": "20160826",
        "articoloDataFineVigenza": "99999999",
        **changes,
    }
    return {"code": None, "message": None, "success": True, "data": {"atto": found, "lista": None}}


@pytest.fixture
def normattiva(fetch, hosts, settings):
    def one(answer, **params):
        give(hosts, DETAIL, answer)
        how = {"code": "090G0363", "gazette": "1990-10-31", "number": "309", "year": "1990"}
        return fetch(
            ITALIAN,
            settings("www.normattiva.it", "api.normattiva.it"),
            adapter="normattiva",
            format=Format.JSON,
            allowed_hosts=("api.normattiva.it",),
            params=how | params,
        )

    return one


def test_an_italian_annex_in_force_is_asked_for_by_its_numbers(normattiva, hosts):
    page = normattiva(act(), annex="1", article="1")
    assert (page.outcome, page.made) == (Outcome.OK, True)
    found = json.loads(page.body)
    assert found["content"] == '<div class="bodyTesto">TABELLA I</div>'
    assert found["title"].endswith("n. 309")
    assert json.loads(hosts.posted[0][2]) == {
        "codiceRedazionale": "090G0363",
        "dataGU": "1990-10-31",
        "flagTipoArticolo": 1,
        "idArticolo": 1,
    }


@pytest.mark.parametrize(
    ("answer", "outcome", "words"),
    [
        ({"success": False, "message": "non trovato", "data": None}, Outcome.GONE, "non trovato"),
        ({"data": {"atto": {}}}, Outcome.GONE, "found nothing"),
        ({"success": True, "data": {"atto": None}}, Outcome.BROKEN, "no act"),
        (act(titolo=None), Outcome.BROKEN, "no title"),
        (act(numeroProvvedimento=310), Outcome.GONE, "another act"),
        (act(articoloHtml=""), Outcome.EMPTY, "text"),
        (act(articoloHtml=None), Outcome.BROKEN, "no text"),
        (act(articoloDataInizioVigenza="20261123"), Outcome.NO_LINK, "not today"),
        (act(articoloDataFineVigenza="20261121"), Outcome.NO_LINK, "not today"),
        (act(articoloDataFineVigenza=None), Outcome.BROKEN, "last day"),
        (act(articoloDataInizioVigenza="ieri"), Outcome.BROKEN, "no day"),
    ],
)
def test_what_is_no_italian_text_in_force_is_named(normattiva, answer, outcome, words):
    page = normattiva(answer)
    assert page.outcome is outcome
    assert words in page.problem
    assert page.body == b""


def test_an_italian_text_is_in_force_on_its_last_day(normattiva):
    assert normattiva(act(articoloDataFineVigenza="20261122")).outcome is Outcome.OK


@pytest.mark.parametrize(
    "params", [{"code": "x"}, {"gazette": "1990"}, {"number": ""}, {"article": "1; drop"}]
)
def test_what_normattiva_cannot_be_asked_is_not_asked(normattiva, hosts, params):
    assert normattiva(act(), **params).outcome is Outcome.NO_LINK
    assert hosts.asked == []


# --- ALISON -------------------------------------------------------------------------------

ALISON = "alison.legislature.state.al.us"
ALABAMA = f"https://{ALISON}/code-of-alabama?section=20-2-23"


def section(**changes):
    return {
        "displayId": "20-2-23",
        "title": "Section 20-2-23 Schedule I.",
        "content": "<p>The controlled substances listed in this section are Schedule I.</p>",
        "effectiveDate": None,
        "supersessionDate": None,
        **changes,
    }


@pytest.fixture
def alison(fetch, hosts, settings):
    def one(*rows, url=ALABAMA, answer=None, **kwargs):
        give(hosts, f"{ALISON}/graphql", answer or {"data": {"codesOfAlabama": {"data": rows}}})
        return fetch(url, settings(ALISON), adapter="alison", format=Format.JSON, **kwargs)

    return one


def test_a_section_of_alabama_is_asked_for_without_its_history(alison, hosts):
    page = alison(section())
    assert (page.outcome, page.made) == (Outcome.OK, True)
    assert json.loads(page.body)["title"] == "Section 20-2-23 Schedule I."
    asked = json.loads(hosts.posted[0][2])
    assert asked["variables"] == {"displayId": "20-2-23"}
    assert "history" not in asked["query"]


def test_of_two_texts_of_a_section_the_one_in_force_is_taken(alison):
    now = section(content="<p>now</p>", supersessionDate="2027-01-01")
    later = section(content="<p>later</p>", effectiveDate="2027-01-01T00:00:00Z")
    for rows in ((now, later), (later, now)):
        assert json.loads(alison(*rows).body)["content"] == "<p>now</p>"


@pytest.mark.parametrize(
    ("rows", "outcome", "words"),
    [
        ([], Outcome.GONE, "no section"),
        ([section(displayId="20-2-230")], Outcome.BROKEN, "another section"),
        ([section(), section()], Outcome.NO_LINK, "2 of 2 texts"),
        ([section(effectiveDate="2026-11-23")], Outcome.NO_LINK, "0 of 1 texts"),
        ([section(supersessionDate="2026-11-22")], Outcome.NO_LINK, "0 of 1 texts"),
        ([section(effectiveDate="upon ratification")], Outcome.BROKEN, "no day"),
        ([section(content="")], Outcome.EMPTY, "text"),
        ([section(content=None)], Outcome.BROKEN, "no text"),
        ([section(content="<p>Repealed by Act 2000-220.</p>")], Outcome.GONE, "no longer law"),
        ([section(content="Reserved.")], Outcome.GONE, "no longer law"),
        ([section(title=None)], Outcome.BROKEN, "no title"),
    ],
)
def test_what_is_no_section_in_force_is_named(alison, rows, outcome, words):
    page = alison(*rows)
    assert page.outcome is outcome
    assert words in page.problem
    assert page.body == b""


@pytest.mark.parametrize(
    "answer",
    [
        {"errors": [{"message": "no"}], "data": None},
        {"errors": [{"message": "no"}]},
        {"data": {"codesOfAlabama": None}},
        {"data": {"codesOfAlabama": {"data": {}}}},
    ],
)
def test_an_answer_of_alison_in_another_form_is_a_failure(alison, answer):
    assert alison(answer=answer).outcome in {Outcome.BROKEN, Outcome.HTTP_ERROR}


def test_the_least_size_is_for_the_text_and_not_for_what_is_around_it(alison):
    long = section(effectiveDate=" " * 3000)
    assert alison(long, min_bytes=2000).outcome is not Outcome.OK
    assert alison(section(content="<p>law</p>" * 300), min_bytes=2000).outcome is Outcome.OK
    assert alison(section(other="x" * 3000), min_bytes=2000).outcome is Outcome.EMPTY


def test_an_address_without_a_section_is_not_asked(alison, hosts):
    for end in ("", "?section=", "?section=20", '?section=1-1-1"'):
        url = ALABAMA.partition("?")[0] + end
        assert alison(section(), url=url).outcome is Outcome.NO_LINK
    assert hosts.asked == []
