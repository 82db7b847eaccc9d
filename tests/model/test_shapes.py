"""The shapes that the type checker and the readers of stores use are those of the types, written once."""

import ast
import importlib.util
from pathlib import Path

import pytest

from regstatus.model.canonical import KEYS
from regstatus.model.change import Change
from regstatus.model.schemas import SHAPES

ROOT = Path(__file__).parents[2]
STUB = (ROOT / "regstatus" / "model" / "shapes.pyi").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def tool():
    spec = importlib.util.spec_from_file_location("tool", ROOT / "tools" / "make_schemas.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_both_are_as_the_tool_makes_them(tool):
    keys = (ROOT / "regstatus" / "model" / "stored_keys.json").read_text(encoding="utf-8")
    assert tool.shapes() == STUB
    assert tool.stored_keys() == keys


@pytest.mark.parametrize("kind", ["RecordData", "ReadingData", "PeriodData", "ContradictionData"])
def test_what_is_stored_has_every_key_of_its_shape(kind):
    needed, rest, _ = KEYS[kind]
    for node in ast.walk(ast.parse(STUB)):
        if isinstance(node, ast.ClassDef) and node.name == kind:
            shape = {item.target.id for item in node.body}
        elif isinstance(node, ast.Call) and ast.unparse(node.args[0]) == repr(kind):
            shape = {key.value for key in node.args[1].keys}
    assert shape == {*needed, *rest}


def test_an_event_has_the_same_keys_in_the_program_and_in_its_schema(tool):
    made = {key for key, *_ in tool.fields(Change)}
    assert made == {key for key, *_ in tool.fields(SHAPES["ChangeSchema"])}
