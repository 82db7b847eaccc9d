"""What may know the HTTP library, and what may load it."""

import ast
import subprocess
import sys
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "regstatus"


def test_one_module_alone_imports_the_http_library():
    found = set()
    for file in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            if any(name.split(".")[0] in {"httpx", "httpx2", "httpcore"} for name in names):
                found.add(file.relative_to(PACKAGE).as_posix())
    assert found == {"fetch/client.py"}


def test_the_nouns_of_fetching_load_no_heavy_library():
    code = (
        "import sys, regstatus.fetch.settings, regstatus.model.request, regstatus.fetch.failure; "
        "heavy = {'httpx', 'protego', 'lxml', 'bs4'} & set(sys.modules); "
        "sys.exit(f'loaded: {heavy}' if heavy else 0)"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=PACKAGE.parent, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
