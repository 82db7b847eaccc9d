"""Write `docs/schema/*.schema.json` from the types, so that both can never disagree."""

from __future__ import annotations

import json
from pathlib import Path

from regstatus.model.schemas import schemas

FOLDER = Path(__file__).parent.parent / "docs" / "schema"


def main() -> None:
    """Write every schema."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, schema in schemas().items():
        text = json.dumps(schema, indent=2, ensure_ascii=False, sort_keys=True) + "\n"
        (FOLDER / f"{name}.schema.json").write_text(text, encoding="utf-8")
        print(FOLDER / f"{name}.schema.json")


if __name__ == "__main__":
    main()
