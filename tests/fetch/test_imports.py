"""What may know the HTTP library, and what may load it."""

import re
import subprocess
import sys
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "regstatus"


def test_one_module_alone_imports_the_http_library():
    imports = re.compile(
        r"^\s*(?:import|from)\s+(?:\w+\s*,\s*)*(?:httpx2?|httpcore)\b", re.MULTILINE
    )
    files = PACKAGE.rglob("*.py")
    found = [file for file in files if imports.search(file.read_text(encoding="utf-8"))]
    assert [file.relative_to(PACKAGE).as_posix() for file in found] == ["fetch/client.py"]


def test_the_nouns_of_fetching_load_no_heavy_library():
    code = (
        "import sys, regstatus.fetch.settings, regstatus.model.request, regstatus.fetch.failure; "
        "heavy = {'httpx', 'protego', 'lxml', 'bs4'} & set(sys.modules); "
        "sys.exit(f'loaded: {heavy}' if heavy else 0)"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=PACKAGE.parent, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
