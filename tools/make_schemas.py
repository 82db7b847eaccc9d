"""Write what follows from the types, so that nothing can ever disagree with them.

`docs/schema/*.schema.json` for the world; `regstatus/model/shapes.pyi`, the same as `TypedDict`s, for
the type checker, because answers are made without pydantic; and `regstatus/model/stored_keys.json`,
what a stored value must have and what stands for the rest, for readers of other releases' files: for a
key that must be there, what `careful.json` says can only make an answer more careful.
"""

from __future__ import annotations

import dataclasses
import json
import keyword
from collections.abc import Iterator
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel
from pydantic_core import to_jsonable_python

from regstatus.model import finding
from regstatus.model.change import Change
from regstatus.model.record import Record
from regstatus.model.schemas import SHAPES, schemas
from regstatus.web.api.openapi import short_answer

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs" / "schema"
STUB = ROOT / "regstatus" / "model" / "shapes.pyi"
KEYS = ROOT / "regstatus" / "model" / "stored_keys.json"
CAREFUL = ROOT / "regstatus" / "model" / "careful.json"

TYPED = (
    Record,
    SHAPES["AnswerSchema"],
    SHAPES["TimelineSchema"],
    SHAPES["NotificationSchema"],
    SHAPES["ReportSchema"],
    SHAPES["RunFactsSchema"],
    SHAPES["Event"],
    SHAPES["UpcomingItem"],
    SHAPES["StaleItem"],
    SHAPES["QueueItem"],
    SHAPES["PendingItem"],
    SHAPES["DocumentItem"],
    SHAPES["VersionItem"],
    SHAPES["VersionFile"],
    short_answer(),
    SHAPES["About"],
)
STORED = (Record, Change, SHAPES["VersionItem"], SHAPES["Former"], SHAPES["ReportSchema"])
"""What is read from the files of stores."""

NAMES: dict[Any, str] = {
    SHAPES["Place"]: "SeatData",
    finding.Place: "PlaceData",
    SHAPES["PositionOut"]: "PositionOutData",
    SHAPES["PendingOut"]: "PendingOutData",
    SHAPES["ConflictOut"]: "ConflictOutData",
}
"""Where two types would share a name."""


def shape_name(kind: Any) -> str:
    """The name of a type's `TypedDict`."""
    word = kind.__name__
    for end in ("Schema", "Out", "Entry"):
        word = word.removesuffix(end)
    return NAMES.get(kind) or f"{word}Data"


def is_shape(kind: Any) -> bool:
    """Whether a type has keys of its own."""
    return isinstance(kind, type) and (
        issubclass(kind, BaseModel) or dataclasses.is_dataclass(kind)
    )


def fields(kind: Any) -> Iterator[tuple[str, Any, bool, Any]]:
    """Key, type, whether it must be there, and what stands for it where it is not."""
    if dataclasses.is_dataclass(kind):
        hints = get_type_hints(kind, include_extras=True)
        for field in dataclasses.fields(kind):
            needed = field.default is dataclasses.MISSING
            yield field.name, hints[field.name], needed, None if needed else field.default
        return
    for name, told in kind.model_fields.items():
        needed = told.is_required()
        default = None if needed else told.get_default(call_default_factory=True)
        yield told.alias or name, told.annotation, needed, default


def parts(kind: Any) -> list[Any]:
    """The types that a type is made of, without `None`."""
    if get_origin(kind) is Annotated:
        return parts(get_args(kind)[0])
    if get_origin(kind) in {Union, UnionType}:
        return [part for one in get_args(kind) for part in parts(one)]
    return [] if kind is type(None) else [kind]


def spelled(kind: Any) -> str:
    """A type as JSON has it, for the type checker."""
    if get_origin(kind) is Annotated:
        return spelled(get_args(kind)[0])
    if get_origin(kind) in {Union, UnionType}:
        return " | ".join(dict.fromkeys(spelled(one) for one in get_args(kind)))
    if get_origin(kind) is tuple:
        return f"list[{spelled(get_args(kind)[0])}]"
    if get_origin(kind) is dict:
        return f"dict[str, {spelled(get_args(kind)[1])}]"
    if kind is type(None):
        return "None"
    if kind is SHAPES["May"]:  # asked by activity, like duties
        return "dict[str, str]"
    if is_shape(kind):
        return shape_name(kind)
    return kind.__name__ if kind in {int, float, bool} else "str"


def shapes() -> str:
    """`shapes.pyi`: every type as a `TypedDict`, those that others are made of first."""
    found: dict[str, str] = {}

    def add(kind: Any) -> None:
        inner = [kind] if not is_shape(kind) else [told for _, told, *_ in fields(kind)]
        for told in inner:
            for part in parts(told):
                for one in (part, *(p for a in get_args(part) for p in parts(a))):
                    if is_shape(one) and one is not SHAPES["May"] and shape_name(one) not in found:
                        add(one)
        if is_shape(kind):
            found.setdefault(shape_name(kind), typed(kind))

    for kind in TYPED:
        add(kind)
    head = "# The shapes of what is stored, answered and told, as JSON. Made by `make schema`.\n"
    return f"{head}\nfrom typing import TypedDict\n\n" + "\n".join(found.values())


def typed(kind: Any) -> str:
    """One `TypedDict`."""
    name, keys = shape_name(kind), [(key, spelled(told)) for key, told, *_ in fields(kind)]
    if all(key.isidentifier() and not keyword.iskeyword(key) for key, _ in keys):
        return f"class {name}(TypedDict):\n" + "".join(f"    {k}: {t}\n" for k, t in keys)
    lines = "".join(f'        "{key}": {told},\n' for key, told in keys)
    return f'{name} = TypedDict(\n    "{name}",\n    {{\n{lines}    }},\n)\n'


def stored_keys() -> str:
    """`stored_keys.json`: for each stored type, its keys, one type a line."""
    found: dict[str, list[Any]] = {}
    careful = json.loads(CAREFUL.read_text(encoding="utf-8"))

    def add(kind: Any) -> None:
        must, rest, inner = {}, {}, {}
        stands = careful.get(shape_name(kind), {})
        found[shape_name(kind)] = [must, rest, inner]
        for key, told, needed, default in fields(kind):
            if needed:
                must[key] = [stands[key]] if key in stands else []
            else:
                rest[key] = to_jsonable_python(default)
            for part in parts(told):
                held = [p for a in get_args(part) for p in parts(a) if is_shape(p)]
                for one in [part] if is_shape(part) else held:
                    inner[key] = [shape_name(one), get_origin(part) is dict]
                    if shape_name(one) not in found:
                        add(one)

    for kind in STORED:
        add(kind)
    lines = (f"{json.dumps(name)}: {json.dumps(keys)}" for name, keys in found.items())
    return "{\n" + ",\n".join(lines) + "\n}\n"


def main() -> None:
    """Write every schema, and the shapes."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, schema in schemas().items():
        text = json.dumps(schema, indent=2, ensure_ascii=False, sort_keys=True) + "\n"
        (FOLDER / f"{name}.schema.json").write_text(text, encoding="utf-8")
        print(FOLDER / f"{name}.schema.json")
    for file, text in ((STUB, shapes()), (KEYS, stored_keys())):
        file.write_text(text, encoding="utf-8")
        print(file)


if __name__ == "__main__":
    main()
