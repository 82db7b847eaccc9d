"""The tree shows the road: imports run down its floors, and every module has a name of its own."""

from __future__ import annotations

import sys
from collections import Counter
from functools import cache

import pytest

from tests.support.pages import ROOT, tool

tree = tool("draw_tree")

KNOWN = tree.modules()
FLOOR = {name: number for number, names in enumerate(tree.FLOORS) for name in names}


@cache
def arrows():
    """Every import of the package's own: the module, what it imports, the line."""
    return [
        (module, target, line)
        for module, path in KNOWN.items()
        for target, line in tree.imports(path, KNOWN)
    ]


def test_the_root_holds_the_folders_of_the_floors_and_its_public_face():
    found = (ROOT / "regstatus").iterdir()
    entries = {path.name for path in found if path.is_file() or any(path.rglob("*.py"))}
    entries -= {"__pycache__", "_data", "py.typed"}  # the mark of PEP 561, and what a build adds
    assert entries == {*FLOOR, "__init__.py", "__main__.py"}
    assert len(entries) <= 16


def test_imports_run_down_the_floors():
    upward = [
        f"{module}:{line} imports {target}"
        for module, target, line in arrows()
        if folder_of(module) and FLOOR.get(folder_of(target), 99) > FLOOR[folder_of(module)]
    ]
    assert upward == []
    assert len(arrows()) > 500


def folder_of(module):
    return tree.folder(module) if tree.folder(module) in FLOOR else ""


def test_nothing_below_imports_the_public_face():
    assert [
        (module, line)
        for module, target, line in arrows()
        if target == "regstatus" and folder_of(module)
    ] == []


@pytest.mark.parametrize("floor", [names for names in tree.FLOORS if len(names) > 1])
def test_folders_on_one_floor_do_not_know_each_other(floor):
    sideways = [
        f"{module}:{line} imports {target}"
        for module, target, line in arrows()
        if folder_of(module) in floor
        and folder_of(target) in floor
        and folder_of(module) != folder_of(target)
    ]
    assert sideways == []


def test_no_imports_run_in_a_circle():
    above = {}
    for module, target, _ in arrows():
        above.setdefault(module, set()).add(target)
    done, path = set(), []

    def visit(module):
        assert module not in path, " → ".join([*path[path.index(module) :], module])
        if module in done:
            return
        path.append(module)
        for target in sorted(above.get(module, ())):
            visit(target)
        path.pop()
        done.add(module)

    for module in KNOWN:
        visit(module)


def test_no_module_has_the_name_of_another_or_of_the_standard_library():
    names = Counter(module.rpartition(".")[2] for module in KNOWN if "__main__" not in module)
    assert [name for name, count in names.items() if count > 1] == []
    assert {*names} & {*sys.stdlib_module_names} == set()


def test_the_picture_of_the_tree_is_drawn_from_the_imports():
    page = (ROOT / "docs" / "design.md").read_text(encoding="utf-8")
    assert page == tree.drawn(page), "run `make picture`"
