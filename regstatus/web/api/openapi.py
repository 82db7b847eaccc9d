"""OpenAPI 3.1: the description of the interface, made from the types that the answers have."""

from __future__ import annotations

from functools import cache
from typing import Any

from regstatus.base.version import __version__
from regstatus.query.formats import served
from regstatus.query.listings import KNOWN, LISTS, ON, SUBSTANCE, Parameter

__all__ = ["SCHEMAS", "document", "schema"]

SCHEMAS = ("answer", "change", "finding", "record", "snapshot", "source")
_DAY = {"type": "string", "format": "date"}
_VERSION = {
    "type": "string",
    "pattern": r"^([0-9]{4}\.[0-9]{2}\.[0-9]{2}(\.[0-9]+)?|[0-9]{4}-[0-9]{2}-[0-9]{2})$",
}
_ID = {"type": "string", "pattern": r"^[0-9]{4}\.[0-9]{2}\.[0-9]{2}(\.[0-9]+)?$"}
_TEXT = {"type": "string", "minLength": 1, "maxLength": 200}
_KINDS: dict[str, dict[str, Any]] = {
    "day": _DAY,
    "version": _VERSION,
    "flag": {"type": "boolean"},
    "text": _TEXT,
}


def schema(name: str) -> dict[str, Any]:
    """One of `SCHEMAS`, the JSON Schemas that are published."""
    return _schemas()[name]


@cache
def _schemas() -> dict[str, dict[str, Any]]:
    from regstatus.model.schemas import schemas

    return schemas()


def _models() -> dict[str, Any]:
    """What is sent, by the word that the interface uses."""
    from regstatus.model.schemas import SHAPES
    from regstatus.query.list_items import ShortAnswer, list_of

    return {
        "answer": SHAPES["AnswerSchema"],
        "status": list_of("Status", ShortAnswer),
        "changes": list_of("Changes", SHAPES["Event"]),
        "upcoming": list_of("Upcoming", SHAPES["UpcomingItem"]),
        "stale": list_of("Stale", SHAPES["StaleItem"]),
        "snapshots": list_of("Snapshots", SHAPES["VersionItem"]),
        "sources": list_of("Sources", SHAPES["DocumentItem"]),
        "version": SHAPES["VersionFile"],
        "problem": SHAPES["Problem"],
    }


@cache
def document() -> dict[str, Any]:
    """The whole description."""
    from pydantic.json_schema import models_json_schema

    models = _models()
    _, made = models_json_schema(
        [(model, "validation") for model in models.values()],
        ref_template="#/components/schemas/{model}",
    )
    names = {word: model.__name__ for word, model in models.items()}
    on, known, substance = map(_parameter, (ON, KNOWN, SUBSTANCE))
    named = _path("jurisdiction", "A code, name, id or OCD id. Ids of localities contain a slash.")
    paths: dict[str, Any] = {
        "/v1/status/{jurisdiction}": {
            "get": _operation(
                "answer",
                "What the law says of kratom in one place.",
                names["answer"],
                [
                    named,
                    on,
                    known,
                    substance,
                    {
                        "name": "Accept-Datetime",
                        "in": "header",
                        "description": "RFC 7089: answer as the records stood then.",
                        "schema": {"type": "string"},
                    },
                ],
            )
        }
    }
    offered = list(served())
    ends = " or ".join(f"`.{name}`" for name in offered if name != "json")
    form = _query("format", f"Or end the path in {ends}.", {"type": "string", "enum": offered})
    for word, listing in LISTS.items():
        query = [_parameter(item) for item in listing.parameters if item.served]
        made_of = _operation(f"list_{word}", listing.says, names[word], [*query, form], flat=True)
        paths[f"/v1/{word}"] = {"get": made_of}
    paths |= _others(names, named)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "regstatus",
            "version": __version__,
            "summary": "The legal status of kratom: here, on this day, for this substance.",
            "description": "Read-only. Information with its sources, not legal advice. "
            "`unknown` is never permission.",
            "license": {"name": "CC BY 4.0 (data)", "identifier": "CC-BY-4.0"},
        },
        "servers": [{"url": "../"}],
        "paths": paths,
        "components": {"schemas": made["$defs"]},
    }


def _others(names: dict[str, str], named: dict[str, Any]) -> dict[str, Any]:
    """What is neither an answer nor a list."""
    version = _path("version", "A version id; `.json` may follow.", _ID)
    name = _query("q", "A name, code or id.", _TEXT)
    found = {
        "/v1/snapshots/{version}": _operation(
            "version", "One version with its digest and its files.", names["version"], [version]
        ),
        "/v1/timemap/{jurisdiction}": _operation(
            "timemap",
            "Every version that an answer can be had from (RFC 7089).",
            None,
            [named],
            media="application/link-format",
        ),
        "/healthz": _operation("health", "Whether the service can answer.", None, []),
        "/metrics": _operation("metrics", "Numbers for Prometheus.", None, [], media="text/plain"),
        "/find": _operation(
            "find", "Where a name leads: to the page of its place.", None, [name], media="text/html"
        ),
    }
    seen = {"description": "The page of the place.", "headers": {"Location": {"schema": _TEXT}}}
    page = {"text/html": {"schema": {"type": "string"}}}
    answers = found["/find"]["responses"]
    answers |= {"303": seen, "404": {"description": "What was perhaps meant.", "content": page}}
    return {path: {"get": operation} for path, operation in found.items()}


def _path(name: str, text: str, schema: dict[str, Any] = _TEXT) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "description": text, "schema": schema}


def _query(name: str, text: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": text, "schema": schema}


def _parameter(item: Parameter) -> dict[str, Any]:
    """A parameter of a list as OpenAPI has it."""
    words = {"type": "string", "enum": list(item.kind)}
    schema: dict[str, Any] = words
    if isinstance(item.kind, str):
        schema = _KINDS[item.kind]
    if item.many:
        schema = {"type": "array", "items": schema}
    return _query(item.name, f"{item.says[:1].upper()}{item.says[1:]}.", schema)


def _operation(
    name: str,
    text: str,
    model: str | None,
    query: list[dict[str, Any]],
    *,
    flat: bool = False,
    media: str = "application/json",
) -> dict[str, Any]:
    plain = {"type": "object" if media == "application/json" else "string"}
    schema = {"$ref": f"#/components/schemas/{model}"} if model else plain
    content: dict[str, Any] = {media: {"schema": schema}}
    for other in served().values() if flat else ():
        content.setdefault(other.partition(";")[0], {"schema": {"type": "string"}})
    fault = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    problems = {
        "304": {"description": "Unchanged since the `ETag` or time that was sent."},
        "400": {"description": "Not understood; `detail` says what would be.", "content": fault},
        "404": {"description": "No such place; `suggestions` may help.", "content": fault},
        "406": {"description": "Nothing was recorded yet at that moment.", "content": fault},
        "431": {"description": "Headers of more than 16,384 bytes.", "content": fault},
        "429": {"description": "Too many; `Retry-After` says when.", "content": fault},
        "503": {"description": "The records cannot be read.", "content": fault},
    }
    return {
        "operationId": name,
        "summary": text,
        "parameters": query,
        "responses": {"200": {"description": text, "content": content}, **problems},
    }
