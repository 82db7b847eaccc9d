"""Make `regstatus/catalog/places/table.json` from the ISO tables and the names kept by hand.

For maintainers only; nothing that is installed needs it. pycountry (23 MB) is
no dependency of the project: install it into a throwaway environment.

    python -m venv /tmp/iso && /tmp/iso/bin/pip install pycountry
    PYTHONPATH=. /tmp/iso/bin/python tools/make_jurisdictions.py

Codes and English short names come from pycountry; all other names, and which
of them are ambiguous, from `tools/jurisdiction_names.toml`. The run stops where
a name fits two places and no one has said that it must be asked back.
"""

from __future__ import annotations

import json
import sys
import tomllib
from pathlib import Path
from typing import Any

from regstatus.catalog.places import name_key

HERE = Path(__file__).resolve().parent
NAMES = HERE / "jurisdiction_names.toml"
TABLE = HERE.parent / "regstatus" / "catalog" / "places" / "table.json"

US_TERRITORIES = ("AS", "GU", "MP", "PR", "VI")
"""In both ISO tables; here they stand below the United States, whose law applies to them."""

Entry = dict[str, Any]


def main() -> None:
    """Write the table and say how large it is."""
    hand = tomllib.loads(NAMES.read_text(encoding="utf-8"))
    entries = _entries(hand)
    names = _names(entries, hand["asks"])
    short = _short(entries, hand["short"])
    for entry in entries.values():
        entry["aliases"] = _without_repeats(entry["name"], entry["aliases"])
    entries = {ident: _without_blanks(entry) for ident, entry in entries.items()}
    TABLE.write_text(_written(entries, names, short), encoding="utf-8", newline="\n")
    asked = sum(isinstance(value, list) for value in names.values())
    sys.stdout.write(
        f"{TABLE.name}: {len(entries)} places, {len(names)} names of which {asked} ask back, "
        f"{len(short)} short forms, {TABLE.stat().st_size} bytes\n"
    )


def _entries(hand: dict[str, Any]) -> dict[str, Entry]:
    import pycountry

    entries: dict[str, Entry] = {}
    for country in pycountry.countries:
        below = country.alpha_2 in US_TERRITORIES
        ident = f"US-{country.alpha_2}" if below else country.alpha_2
        ocd = f"country:us/territory:{country.alpha_2}" if below else f"country:{country.alpha_2}"
        entries[ident] = _entry(
            country.name,
            level="territory" if below else "country",
            parent="US" if below else None,
            ocd=ocd,
            codes=(country.alpha_2, country.alpha_3, country.numeric),
        )
        for extra in ("common_name", "official_name"):
            entries[ident]["aliases"].append(getattr(country, extra, country.name))
    for part in pycountry.subdivisions.get(country_code="US"):
        kind = part.type.lower()
        if kind in ("state", "district"):
            code = part.code.removeprefix("US-")
            entries[part.code] = _entry(
                part.name, level=kind, parent="US", ocd=f"country:us/{kind}:{code}"
            )
    # Not in ISO 3166-1: XK and XKX are user-assigned codes that the European Union and the
    # World Bank use; EU and UN are reserved there and are layers of law, not places.
    entries["XK"] = _entry("Kosovo", level="country", ocd="country:xk", codes=("XK", "XKX", None))
    entries["EU"] = _entry("European Union", level="context")
    entries["UN"] = _entry("United Nations", level="context")
    for ident, name in hand["name"].items():
        entries[ident]["aliases"].append(entries[ident]["name"])
        entries[ident]["name"] = name
    for ident, aliases in hand["aliases"].items():
        entries[ident]["aliases"].extend(aliases)
    return dict(sorted(entries.items()))


def _entry(
    name: str,
    *,
    level: str,
    parent: str | None = None,
    ocd: str | None = None,
    codes: tuple[str | None, str | None, str | None] = (None, None, None),
) -> Entry:
    alpha2, alpha3, numeric = codes
    return {
        "name": name,
        "level": level,
        "parent": parent,
        "ocd_id": f"ocd-division/{ocd.lower()}" if ocd else None,
        "alpha2": alpha2,
        "alpha3": alpha3,
        "numeric": numeric,
        "aliases": [],
    }


def _names(entries: dict[str, Entry], asks: dict[str, list[str]]) -> dict[str, str | list[str]]:
    """Every key of a name to its place, or to its places in the order in which they are asked."""
    found: dict[str, list[str]] = {}
    written: dict[str, str] = {}
    for ident, entry in entries.items():
        for name in (entry["name"], *entry["aliases"]):
            key = name_key(name)
            written[key] = name
            if ident not in found.setdefault(key, []):
                found[key].append(ident)
    declared = {name_key(name): places for name, places in asks.items()}
    for key, places in found.items():
        if len(places) > 1 and set(places) - set(declared.get(key, ())):
            sys.exit(f"{written[key]!r} fits {', '.join(places)}: put it under [asks] or drop one.")
    for name, places in asks.items():
        if unknown := set(places) - set(entries):
            sys.exit(f"[asks] {name!r} names {', '.join(sorted(unknown))}, which do not exist.")
        for ident in places:
            if name not in (entries[ident]["name"], *entries[ident]["aliases"]):
                entries[ident]["aliases"].append(name)
    codes = {
        name_key(code): ident
        for ident, entry in entries.items()
        for code in (ident, entry["alpha2"], entry["alpha3"])
        if code
    }
    for key, places in {**found, **declared}.items():
        if key in codes and places != [codes[key]]:
            sys.exit(f"The name {written.get(key, key)!r} of {places} is the code of {codes[key]}.")
    # A name that is a code says nothing new.
    kept = {key: places for key, places in {**found, **declared}.items() if key not in codes}
    return {key: places[0] if len(places) == 1 else places for key, places in sorted(kept.items())}


def _short(entries: dict[str, Entry], press: dict[str, str]) -> dict[str, str]:
    postal = {
        ident.removeprefix("US-").lower(): ident for ident in entries if ident.startswith("US-")
    }
    return dict(sorted((postal | {name_key(form): ident for form, ident in press.items()}).items()))


def _without_repeats(name: str, aliases: list[str]) -> list[str]:
    kept = {name_key(alias): alias for alias in reversed(aliases)}
    kept.pop(name_key(name), None)
    return sorted(kept.values(), key=name_key)


def _without_blanks(entry: Entry) -> Entry:
    """What is absent is left out here, because every look-up reads the table."""
    return {key: value for key, value in entry.items() if value}


def _written(entries: dict[str, Entry], names: dict[str, Any], short: dict[str, str]) -> str:
    """Canonical JSON with one entry on each line, so that a difference can be read."""

    def table(rows: dict[str, Any]) -> str:
        lines = (f"{_json(key)}: {_json(value)}" for key, value in rows.items())
        return "{\n" + ",\n".join(lines) + "\n}"

    about = "Made by tools/make_jurisdictions.py; do not edit. See tools/jurisdiction_names.toml."
    parts = {"jurisdictions": entries, "names": names, "short": short}
    body = ",\n".join(f"{_json(name)}: {table(rows)}" for name, rows in parts.items())
    return f'{{\n"about": {_json(about)},\n{body}\n}}\n'


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    main()
