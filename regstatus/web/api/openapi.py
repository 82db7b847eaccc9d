"""OpenAPI 3.1: the description of the interface, made from the types that the answers have."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, create_model
from pydantic.json_schema import models_json_schema

from regstatus.base.version import __version__
from regstatus.model.schemas import SHAPES, part, schemas
from regstatus.model.source_fields import Strict
from regstatus.query.formats import served
from regstatus.query.listings import FIELDS, KNOWN, LISTS, ON, SUBSTANCE, Parameter
from regstatus.query.lists import ALWAYS, SHORT
from regstatus.web.api.params import NAME, of_list
from regstatus.web.api.screening import OPTIONS, ORDER

_TOLD = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
SCHEMAS = ("answer", "change", "finding", "record", "snapshot", "source")


def schema(name: str) -> dict[str, Any]:
    """One of `SCHEMAS`, the JSON Schemas that are published."""
    return schemas()[name]


def short_answer() -> type[BaseModel]:
    """The type of the short form, made of that of the whole one."""
    fields = SHAPES["AnswerSchema"].model_fields
    says = "An answer without its proof, as lists give it."
    return _made("ShortAnswer", says, {name: fields[name].annotation for name in SHORT})


def _models() -> dict[str, Any]:
    """What is sent, by the word that the interface uses."""
    short = short_answer()
    some = _made("ShortAnswerPart", str(SHAPES["AnswerPart"].__doc__), part(short, ALWAYS))
    kinds: Any = {**SHAPES, "ShortAnswer": short | some}
    says, about = (
        "A list, with the version that answers.",
        {"snapshot": SHAPES["About"], "count": int},
    )
    lists = {
        name: _made(f"{name.title()}List", says, about | {"items": tuple[kinds[listing.item], ...]})
        for name, listing in LISTS.items()
    }
    return {
        "answer": SHAPES["AnswerSchema"],
        "part": SHAPES["AnswerPart"],
        "timeline": SHAPES["TimelineSchema"],
        **lists,
        "version": SHAPES["VersionFile"],
        "problem": SHAPES["Problem"],
        "batch": SHAPES["ScreenBatch"],
        "order": SHAPES["Order"],
        "screen_answer": SHAPES["ScreenAnswer"],
        "screen_reply": SHAPES["ScreenReply"],
        "questions": SHAPES["QuestionBatch"],
        "question": SHAPES["Question"],
        "question_reply": SHAPES["QuestionReply"],
    }


def _made(name: str, says: str, fields: dict[str, Any]) -> type[BaseModel]:
    return create_model(name, __base__=Strict, __doc__=says, **fields)


@cache
def document() -> dict[str, Any]:
    """The whole description."""
    models = _models()
    _, made = models_json_schema(
        [(model, "validation") for model in models.values()],
        ref_template="#/components/schemas/{model}",
    )
    named = {
        item.name: parameter(item)
        for item in (ON, KNOWN, SUBSTANCE, FIELDS, NAME, *ORDER, *OPTIONS)
    }
    named |= _TOLD["parameters"]
    answer, *others = (
        {
            **item,
            "parameters": [named[name] for name in item.get("parameters", ())]
            + [
                parameter(asked) for asked in (LISTS[item["of"]].parameters if "of" in item else ())
            ],
        }
        for item in _TOLD["operations"]
    )
    operations = [answer, *map(_list, LISTS), *others]
    paths: dict[str, dict[str, Any]] = {}
    for item in operations:
        paths.setdefault(item["path"], {})[item.get("method", "get")] = _operation(item, models)
    return {
        "openapi": _TOLD["openapi"],
        "info": _TOLD["info"] | {"version": __version__},
        "servers": _TOLD["servers"],
        "paths": paths,
        "components": {"schemas": made["$defs"]},
    }


def _list(name: str) -> dict[str, Any]:
    """The operation of a list; it is also sent in other forms."""
    return {
        "path": f"/v1/{name}",
        "name": f"list_{name}",
        "summary": LISTS[name].says,
        "parameters": [parameter(item) for item in of_list(name)],
        "sends": name,
        "also": [media.partition(";")[0] for media in served().values()],
    }


def parameter(item: Parameter) -> dict[str, Any]:
    """A parameter of a query as OpenAPI has it."""
    schema: dict[str, Any] = (
        _TOLD["kinds"][item.kind]
        if isinstance(item.kind, str)
        else {"type": "string", "enum": list(item.kind)}
    )
    if item.many:
        schema = {"type": "array", "items": schema}
    says = f"{item.says[:1].upper()}{item.says[1:]}."
    return {"name": item.name, "in": "query", "description": says, "schema": schema}


def _operation(item: dict[str, Any], models: dict[str, Any]) -> dict[str, Any]:
    media = item.get("media", "application/json")
    sent: dict[str, Any] = {"type": "object" if media.endswith("json") else "string"}
    sent = item.get("schema", sent)
    if "sends" in item:
        sent, *parts = (
            {"$ref": f"#/components/schemas/{models[name].__name__}"}
            for name in (item["sends"], *item.get("or", ()))
        )
        sent = {"anyOf": [sent, *parts]} if parts else sent
    content = {media: {"schema": sent}}
    for other in item.get("also", ()):
        content.setdefault(other, {"schema": {"type": "string"}})
    fault = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    responses: dict[str, Any] = {"200": {"description": item["summary"], "content": content}}
    for code, says in _TOLD["problems"].items():
        responses[code] = {"description": says}
        if code != "304":
            responses[code]["content"] = fault
    taken = {
        media: {"schema": {"$ref": f"#/components/schemas/{models[name].__name__}"}}
        for media, name in item.get("takes", {}).items()
    }
    return {
        "operationId": item["name"],
        "summary": item["summary"],
        "parameters": item["parameters"],
        **({"requestBody": {"required": True, "content": taken}} if taken else {}),
        "responses": responses | item.get("responses", {}),
    }
