"""The description of the interface is true: of every answer, and of whatever may be asked."""

import json

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator
from schemathesis.specs.openapi.checks import positive_data_acceptance

from regstatus.query.listings import LISTS
from regstatus.web.api.openapi import document
from tests.web.conftest import NOON

OPERATIONS = [
    (path, method.upper()) for path, item in document()["paths"].items() for method in item
]


def validator(name):
    whole = document()
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$ref": f"#/components/schemas/{name}",
        "components": whole["components"],
    }
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


def schema_of(path):
    answers = document()["paths"][path]["get"]["responses"]["200"]["content"]
    return answers["application/json"]["schema"]["$ref"].rpartition("/")[2]


@pytest.mark.parametrize("name", LISTS)
def test_every_list_has_the_form_that_is_described(get, name):
    found = get(f"/v1/{name}").json
    validator(schema_of(f"/v1/{name}")).validate(found)
    if name == "status":  # which may be asked for in part, and was not
        for item in found["items"]:
            validator("ShortAnswer").validate(item)


def test_every_answer_has_the_form_that_is_described(site):
    check = validator("AnswerSchema")
    answers = [path for path in site.paths if path.startswith("v1/status/")]
    for path in answers[::4]:
        check.validate(json.loads(site.get(path).body))


def test_a_problem_has_the_form_that_is_described(get):
    for target in ("/v1/status/Atlantis", "/v1/status/Georgia", "/v1/status?level=", "/v1/x"):
        reply = get(target)
        if reply.status >= 400:
            validator("Problem").validate(reply.json)


def test_the_description_is_served_with_every_operation(get):
    served = get("/v1/openapi.json").json
    assert served["openapi"] == "3.1.0"
    assert served == json.loads(json.dumps(document()))
    names = [one["operationId"] for item in served["paths"].values() for one in item.values()]
    assert len(set(names)) == len(names)


def test_every_route_of_the_service_is_described(get):
    from regstatus.web.service.app import application
    from regstatus.web.service.library import Library

    routes = {route.path for route in application(Library()).routes} - {
        "/v1/{name}",
        "/{path:path}",
    }
    assert len(routes) > 5
    for route in routes:
        described = route.replace("{name:path}", "{jurisdiction}")
        media = [*document()["paths"][described]["get"]["responses"]["200"]["content"]]
        target = route.replace("{name:path}", "US-TX").replace("{version}", "2026.11.22")
        reply = get(target)
        if reply.status == 200:
            assert [reply.headers["content-type"].partition(";")[0]] == media, route


def test_a_version_has_the_form_that_is_described_with_or_without_an_end(get):
    found = get("/v1/snapshots/2026.11.22")
    validator(schema_of("/v1/snapshots/{version}")).validate(found.json)
    assert get("/v1/snapshots/2026.11.22.json").body == found.body
    for version in ("2019.01.01", "2026.11.22.json.json", ".json", "2026.11.22.9"):
        assert get(f"/v1/snapshots/{version}").status == 404


@pytest.fixture(scope="module")
def described(whole):
    from regstatus.web.service.app import application
    from regstatus.web.service.library import Library

    app = application(Library(whole.path, now=lambda: NOON), limit=None)
    return schemathesis.openapi.from_asgi("/v1/openapi.json", app)


@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_whatever_is_asked_the_answer_is_one_that_is_described(described, path, method):
    operation = described[path][method]

    @given(operation.as_strategy())
    @settings(
        max_examples=20,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    def ask(case):
        reply = case.call()
        assert reply.status_code < 500, f"{case.as_curl_command()}: {reply.status_code}"
        # A well-formed name or version may still be none of ours: that is a problem, not a fault.
        case.validate_response(reply, excluded_checks=[positive_data_acceptance])

    ask()
