"""Make a checkout ready to be released: links of the README that lead there from elsewhere, too.

    python tools/prepare_release.py https://github.com/OWNER/regstatus v0.1.0

It is for a checkout that is thrown away: README.md and pyproject.toml are written anew. The
standard library is enough.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def absolute(text: str, home: str, tag: str) -> str:
    """A page of the root whose links to files of ours lead to those of a tag."""
    return re.sub(r"\]\((?![a-z]+:|#)([^)]+)\)", rf"]({home}/blob/{tag}/\1)", text)


def with_addresses(pyproject: str, home: str, tag: str) -> str:
    """The settings with the project's addresses."""
    if f'version = "{tag.removeprefix("v")}"' not in pyproject:
        raise SystemExit(f"{tag} is not the version in pyproject.toml")
    urls = {
        "Homepage": home,
        "Documentation": f"{home}/blob/{tag}/docs/README.md",
        "Changelog": f"{home}/blob/{tag}/CHANGELOG.md",
        "Issues": f"{home}/issues",
    }
    lines = "".join(f'{name} = "{url}"\n' for name, url in urls.items())
    return pyproject.replace("[project.scripts]", f"[project.urls]\n{lines}\n[project.scripts]", 1)


def main(home: str, tag: str) -> None:
    """Write both files anew."""
    for name, made in (("README.md", absolute), ("pyproject.toml", with_addresses)):
        path = ROOT / name
        path.write_text(made(path.read_text("utf-8"), home, tag), "utf-8", newline="\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
