"""Make the tables of places that have no record: `subdivisions.json`, `us_places.json`, `outlines.json`.

For maintainers only; nothing that is installed needs it. What it reads, and where that is had:

- `pycountry` (codes and own names of ISO 3166-2, from Debian's iso-codes) and the npm packages
  `cldr-subdivisions-full` and `cldr-core` (English and former names; Unicode licence);
- `US.txt` of the GeoNames postal codes (CC BY 4.0): the post office and county of each ZIP code;
- the Census relation of ZIP areas and counties of 2020, as the CRAN package `zctaCrosswalk` keeps
  it, and the Census list of places with their counties, as `censusplaces.rda` of EJAM keeps it
  (works of the United States, in the public domain);
- the npm packages `us-atlas` and `world-atlas` for the outlines of counties (Census) and countries
  (Natural Earth), both in the public domain.

    python -m venv /tmp/places && /tmp/places/bin/pip install pycountry pyreadr
    PYTHONPATH=. /tmp/places/bin/python tools/make_places.py FOLDER    # the files and .tgz archives
"""

from __future__ import annotations

import json
import sys
import tarfile
from collections import defaultdict
from pathlib import Path
from typing import Any

from regstatus.catalog.places import name_key, table

OUT = Path(__file__).parent.parent / "regstatus" / "catalog" / "places"
FORMER = Path(__file__).with_name("former_subdivisions.json")
_OWN_WORDS = (
    "city and borough", "metropolitan government", "metro government", "consolidated government",
    "unified government", "metro township", "urban county", "city", "town", "village", "borough",
    "municipality", "township", "CDP", "comunidad", "zona urbana", "corporation",
)  # fmt: skip
_COUNTRIES = {
    *("GB-ENG", "GB-NIR", "GB-SCT", "GB-WLS"),
    *("CN-HK", "CN-MO", "CN-TW", "FI-01", "NL-AW", "NL-CW", "NL-SX", "NL-BQ1", "NL-BQ2", "NL-BQ3"),
    *(f"FR-{code}" for code in ("BL", "CP", "MF", "NC", "PF", "PM", "TF", "WF", "GF", "GP")),
    *("FR-MQ", "FR-RE", "FR-YT", "FR-973", "FR-971", "FR-972", "FR-974", "FR-976"),
    *("NO-21", "NO-22"),
}
"""Subdivisions that have a code of ISO 3166-1, and a record or law, of their own."""
_UNCODED = {"Kosovo": "XK"}
_BALANCE = " (balance)"


def main() -> None:
    """Write the three tables and say how large they are."""
    folder = Path(sys.argv[1])
    _write("subdivisions.json", _subdivisions(folder))
    atlas = json.loads(_member(folder, "us-atlas", "counties-10m.json"))
    _write("us_places.json", _us_places(folder, atlas))
    world = json.loads(_member(folder, "world-atlas", "countries-50m.json"))
    countries = _outlines(world, "countries", _numeric())
    _write(
        "outlines.json", {"counties": _outlines(atlas, "counties", None), "countries": countries}
    )


def _subdivisions(folder: Path) -> dict[str, Any]:
    """Each ISO 3166-2 subdivision with its names, and the codes that it once had."""
    import pycountry

    english: dict[str, str] = json.loads(_member(folder, "cldr-sub", "subdivisions/en/en.json"))[
        "subdivisions"
    ]["localeDisplayNames"]["subdivisions"]
    places: dict[str, list[Any]] = {}
    for item in pycountry.subdivisions:
        if item.country_code == "US" or item.code in _COUNTRIES or item.type == "Geographical unit":
            continue
        named = english.get(item.code.lower().replace("-", ""), item.name)
        named = named.rstrip("¹²³*")
        own = [part.strip(" ]¹²³*") for part in item.name.split("[")]
        own = [part for part in own if part not in {"city", "region", "state"}]
        names = [named, *own, *own[0].split("/")]
        places[item.code] = [*{name_key(name): name for name in reversed(names)}.values()][::-1]
        places[item.code].insert(0, item.parent_code or item.country_code)
    for entry in places.values():
        entry[0] = entry[0] if entry[0] in places else entry[0][:2]
    former: dict[str, str] = {code: code[3:] for code in sorted(_COUNTRIES) if code[3:].isalpha()}
    former["FR-CP"] = "FR"  # Clipperton is ruled from Paris
    former |= {"FI-01": "AX", "NO-21": "SJ", "NO-22": "SJ"}
    former |= dict.fromkeys(("GB-ENG", "GB-NIR", "GB-SCT", "GB-WLS"), "GB")
    aliases = json.loads(_member(folder, "cldr-core", "supplemental/aliases.json"))
    for old, new in aliases["supplemental"]["metadata"]["alias"]["subdivisionAlias"].items():
        code = _code(new["_replacement"].split()[0])
        if code in places and " " not in new["_replacement"]:
            former[_code(old)] = code
            if old in english and name_key(english[old]) not in map(name_key, places[code]):
                places[code].append(english[old])
    for code, names in json.loads(FORMER.read_text("utf-8")).items():
        known = set(map(name_key, places[code]))
        places[code] += [name for name in names if name_key(name) not in known]
    return {"places": places, "former": former}


def _code(text: str) -> str:
    return f"{text[:2]}-{text[2:]}".upper()


def _us_places(folder: Path, atlas: Any) -> dict[str, Any]:
    """Counties by FIPS code, towns by state and key, ZIP codes."""
    import pyreadr

    relation = pyreadr.read_r(folder / "zcta_crosswalk.rda")["zcta_crosswalk"]
    census = pyreadr.read_r(folder / "censusplaces.rda")["censusplaces"]
    kinds = {
        row.county_fips: row.county_name.rsplit(" ", 1)[-1].capitalize()
        for row in relation.itertuples()
    }
    states = {row.state_fips: row.state_usps for row in relation.itertuples()}
    counties: dict[str, list[str]] = {}
    for shape in atlas["objects"]["counties"]["geometries"]:
        fips, name = shape["id"], shape["properties"]["name"]
        if fips[:2] not in states:
            continue
        kind = kinds.get(fips, "County")
        whole = name if kind in {"Columbia", "Guam", "City"} else f"{name} {kind}"
        counties[fips] = [states[fips[:2]], f"{name} city" if kind == "City" else whole]
    towns: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for row in census.itertuples():
        if isinstance(row.placename, str) and isinstance(row.ST, str) and row.countyfips > 0:
            _add_town(towns[row.ST], _plain(row.placename), f"{int(row.countyfips):05d}")
    zips: dict[str, list[str]] = {}
    lies: dict[str, dict[str, None]] = defaultdict(dict)
    for row in relation.itertuples():
        if row.county_fips in counties:  # but for three islands nobody lives on
            lies[row.zcta][row.county_fips] = None
    for line in (folder / "geonames-US.txt").read_text("utf-8").splitlines():
        _, code, office, _, state, _, county, *_ = line.split("\t")
        if state in {"", "MH"}:
            zips.setdefault(code, [office, ""])
            continue
        fips = next(one for one, name in states.items() if name == state) + county
        inside = {**({fips: None} if fips in counties else {}), **lies.get(code, {})}
        zips[code] = [office, " ".join(inside)]
        if fips in counties:
            _add_town(towns[state], office, fips)
    for code, inside in lies.items():
        zips.setdefault(code, ["", " ".join(inside)])
    return {"counties": counties, "towns": towns, "zips": dict(sorted(zips.items()))}


def _add_town(towns: dict[str, list[str]], name: str, county: str) -> None:
    _, inside = towns.setdefault(name_key(name), [name, ""])
    if county not in inside.split():
        towns[name_key(name)][1] = f"{inside} {county}".strip()


def _plain(name: str) -> str:
    """`Venice city` and `Nashville-Davidson metropolitan government (balance)` without their kinds."""
    name = name.removesuffix(_BALANCE)
    for word in _OWN_WORDS:
        if name.endswith(f" {word}"):
            return name.removesuffix(f" {word}")
    return name


def _numeric() -> dict[str, str]:
    known = table()["jurisdictions"]
    return {entry["numeric"]: ident for ident, entry in known.items() if "numeric" in entry}


def _outlines(atlas: Any, name: str, codes: dict[str, str] | None) -> dict[str, Any]:
    """TopoJSON without what a point needs not: transform, arcs, and the rings of each place."""
    rings: dict[str, list[Any]] = {}
    for one in atlas["objects"][name]["geometries"]:
        ident = one.get("id") if codes is None else codes.get(one.get("id"))
        ident = ident or _UNCODED.get(one["properties"].get("name"))
        if ident and one.get("arcs"):
            parts = one["arcs"] if one["type"] == "MultiPolygon" else [one["arcs"]]
            rings.setdefault(ident, []).extend(ring for part in parts for ring in part)
    return {"transform": atlas["transform"], "arcs": atlas["arcs"], "rings": rings}


def _member(folder: Path, package: str, name: str) -> bytes:
    """A file of an npm package."""
    archive = next(folder.glob(f"{package}*.tgz"))
    with tarfile.open(archive) as tar:
        found = tar.extractfile(f"package/{name}")
        assert found is not None
        return found.read()


def _write(name: str, data: dict[str, Any]) -> None:
    about = "Made by tools/make_places.py; do not edit. Sources and licences: docs/places.md."
    parts = [f'"about": "{about}"']
    for key, value in data.items():
        text = _compact(value)
        if key in {"places", "counties", "towns"}:  # a line each, so that a change can be read
            lines = (f"{_compact(name)}:{_compact(entry)}" for name, entry in value.items())
            text = "{\n" + ",\n".join(lines) + "\n}"
        parts.append(f'"{key}": {text}')
    (OUT / name).write_text("{\n" + ",\n".join(parts) + "\n}\n", encoding="utf-8", newline="\n")
    sys.stdout.write(f"{name}: {(OUT / name).stat().st_size} bytes\n")


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


if __name__ == "__main__":
    main()
