"""What the pages link to, show as code and publish as schemas is there, sound and the code's own."""

from __future__ import annotations

import ast
import doctest
import inspect
import json
import re

import jsonschema
import pytest

from regstatus.base.errors import SourceFileError
from regstatus.catalog.places import Registry
from regstatus.catalog.sources import check_text
from regstatus.model import law, schemas
from regstatus.query.answer import Answer
from tests.support import make
from tests.support.pages import ROOT, Page, first_codes, pages

PYTHON = Page("docs/python.md")


def test_every_relative_link_leads_somewhere():
    anchors = {page.name: page.anchors() for page in pages()}
    broken, seen = [], 0
    for page in pages():
        for link in page.links():
            if re.match(r"[a-z]+:", link):
                continue
            seen += 1
            target, _, fragment = link.partition("#")
            path = ((ROOT / page.name).parent / target).resolve() if target else ROOT / page.name
            name = path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else link
            there = path.exists() and (not fragment or fragment in anchors.get(name, set()))
            if not there:
                broken.append(f"{page.name}: {link}")
    assert broken == []
    assert seen > 20


def test_every_module_and_folder_that_a_page_names_is_there():
    package = ROOT / "regstatus"
    folders = "|".join(path.name for path in package.iterdir() if path.is_dir())
    named, gone = 0, []
    for page in pages():
        for name in re.findall(rf"`((?:{folders})[./][\w./]+)`", page.text):
            named += 1
            parts = name.removesuffix(".py").rstrip("/").replace(".", "/").split("/")
            # The last part may be a name inside the module, as in `model.text.Text`.
            tried = [package.joinpath(*parts), package.joinpath(*parts[:-1])]
            if not any(
                p.is_dir() or p.with_suffix(".py").is_file()
                for p in tried[: 1 + parts[-1].istitle()]
            ):
                gone.append(f"{page.name}: {name}")
    assert gone == []
    assert named > 10


def test_no_page_is_too_long_to_read_and_each_is_in_the_index():
    index = set(Page("docs/README.md").links())
    for page in pages():
        lines = page.text.splitlines()
        assert len(lines) <= 300, page.name
        assert [line for line in lines if len(line) > 200] == [], page.name
        name = page.name.removeprefix("docs/")
        assert name in {page.name, "README.md", *index}, f"{page.name} is not in docs/README.md"


def test_every_public_name_of_python_is_explained_and_no_other():
    import regstatus

    rows = [row for what in ("Function", "Type", "Error") for row in PYTHON.table("Python", what)]
    told = [code.partition("(")[0] for code in first_codes(rows)]
    assert sorted(told) == sorted(regstatus.__all__)
    for name, (_, wanted) in zip(
        told, (code.partition("(")[::2] for code in first_codes(rows)), strict=True
    ):
        if wanted:
            real = list(inspect.signature(getattr(regstatus, name)).parameters)
            shown = [word for word in wanted.rstrip(")").split(", ") if word != "…"]
            assert shown == real or ("…" in wanted and set(shown) <= set(real)), name


def test_toml_in_the_pages_is_sound():
    found = [(page.name, block) for page in pages() for block in page.blocks("toml")]
    assert {name for name, _ in found} >= {"docs/sources.md", "CONTRIBUTING.md"}
    for name, block in found:
        if re.search(r"^jurisdiction\b", block, re.MULTILINE):
            check_text(block, name)
    with pytest.raises(SourceFileError, match="unknown key"):
        check_text(found[0][1] + '\ncolour = "red"\n', "x")


def test_python_in_the_pages_compiles_and_uses_names_that_exist():
    import regstatus

    found = [(page.name, block) for page in pages() for block in page.blocks("python")]
    assert found
    for name, block in found:
        if ">>>" in block:
            code = "".join(
                example.source for example in doctest.DocTestParser().get_examples(block)
            )
        else:
            code = block
        tree = ast.parse(code, name)
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                owner = {"regstatus": regstatus, "answer": Answer}.get(node.value.id)
                assert owner is None or hasattr(owner, node.attr), f"{name}: {node.attr}"


def test_the_published_schemas_are_those_of_the_types():
    folder = ROOT / "docs" / "schema"
    made = schemas.schemas()
    assert {path.name for path in folder.iterdir()} == {f"{name}.schema.json" for name in made}
    for name, schema in made.items():
        text = json.dumps(schema, indent=2, ensure_ascii=False, sort_keys=True) + "\n"
        kept = (folder / f"{name}.schema.json").read_text(encoding="utf-8")
        assert kept == text, f"{name}: the types changed; run `make schema`"


@pytest.mark.parametrize("name", sorted(schemas.schemas()))
def test_a_published_schema_is_valid_and_says_which_draft_it_follows(name):
    schema = json.loads((ROOT / "docs" / "schema" / f"{name}.schema.json").read_bytes())
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"].endswith(f":{name}")
    jsonschema.Draft202012Validator.check_schema(schema)


def test_the_record_schema_takes_a_record_and_refuses_a_foreign_key():
    check = jsonschema.Draft202012Validator(schemas.schemas()["record"])
    made = make.record()
    assert list(check.iter_errors(made)) == []
    assert list(check.iter_errors({**made, "verified": True}))
    assert list(check.iter_errors({**made, "timeline": [{**made["timeline"][0], "basis": 3}]}))


def test_the_smallest_source_file_shown_names_a_real_place():
    block = Page("CONTRIBUTING.md").blocks("toml")[0]
    key = check_text(block, "CONTRIBUTING.md").jurisdiction
    assert Registry().get(key).level == "country"
    taken = [path.stem for path in (ROOT / "sources").rglob("*.toml")]
    assert key.lower() not in taken, "whoever follows the recipe must not write over a file"
    assert set(check_text(block, "x").timeline[0].by_substance().values()) == {law.Status.UNKNOWN}
