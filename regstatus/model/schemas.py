"""JSON Schemas (2020-12) of everything that is written or may be handed in, made from the types.

What is only written, by a program that does without pydantic, has its shape in `shapes.toml`.
"""

import tomllib
from collections.abc import Container
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import AwareDatetime, BaseModel, Field, TypeAdapter, create_model
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode

from regstatus.model.finding import Finding
from regstatus.model.law import FreshnessState, Grade, Permission, Status, Substance
from regstatus.model.record import Contradiction, Record
from regstatus.model.source import ConflictEntry, PendingEntry, PositionEntry, Source
from regstatus.model.source_fields import Strict
from regstatus.model.words import EventKind, Own


class _Shape(Strict, use_attribute_docstrings=False):
    """What is made of a file, and has no source in which to look for its docstrings."""


_NAMED: dict[str, Any] = {
    kind.__name__: kind
    for kind in (
        AwareDatetime, ConflictEntry, Contradiction, EventKind, FreshnessState, Grade, Own,
        PendingEntry, Permission, PositionEntry, Record, Status, Substance, date,
    )
} | {"Strict": _Shape}  # fmt: skip


def _field(kind: str, says: str, *, left_out: bool) -> Any:
    if not left_out:
        return kind, Field(description=says)
    if kind.startswith("dict"):
        return kind, Field(default_factory=dict, description=says)
    return kind, Field(None, description=says)


def part(whole: type[BaseModel], always: Container[str]) -> dict[str, Any]:
    """The fields of a type of which some may be left out."""
    return {
        name: (
            field.annotation,
            ... if name in always else Field(None, description=field.description),
        )
        for name, field in whole.model_fields.items()
    }


def _read() -> dict[str, type[BaseModel]]:
    shapes: dict[str, type[BaseModel]] = {}
    text = Path(__file__).with_name("shapes.toml").read_text(encoding="utf-8")
    for name, told in tomllib.loads(text).items():
        out = told.get("out", ())
        fields = {
            key: _field(*field, left_out=key in out) for key, field in told.get("keys", {}).items()
        }
        if "part" in told:
            fields = part(shapes[told["part"]], told["always"])
        named = {"Literal": Literal} | _NAMED | shapes
        base = named[told.get("like", "Strict")]
        made = create_model(
            name, __base__=base, __doc__=told["says"], __module__=__name__, **fields
        )
        made.model_rebuild(_types_namespace=named)
        shapes[name] = made
    return shapes


SHAPES = _read()
"""The types of `shapes.toml`, by name."""


class _Dialect(GenerateJsonSchema):
    def generate(self, schema: Any, mode: JsonSchemaMode = "validation") -> dict[str, Any]:
        made = super().generate(schema, mode)
        made["$schema"] = "https://json-schema.org/draft/2020-12/schema"
        return made


@cache
def schemas() -> dict[str, dict[str, Any]]:
    """Every schema by its short name, which stands in the URN that names it."""
    types: dict[str, Any] = {
        "answer": SHAPES["AnswerSchema"],
        "change": SHAPES["ChangeSchema"],
        "finding": Finding,
        "notification": SHAPES["NotificationSchema"],
        "record": Record,
        "snapshot": SHAPES["SnapshotSchema"],
        "source": Source,
    }
    return {
        name: TypeAdapter(kind).json_schema(schema_generator=_Dialect, by_alias=True)
        | {"$id": f"urn:regstatus:schema:1:{name}"}
        for name, kind in types.items()
    }
