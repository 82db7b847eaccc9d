"""What people type, and which place it means: never a guess, never a crash."""

from __future__ import annotations

import copy
import json
import pickle
import string
import subprocess
import sys
import tomllib
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import regstatus.catalog.places
from regstatus.base.errors import AmbiguousJurisdiction, UnknownJurisdiction
from regstatus.catalog.places import Jurisdiction, Registry, name_key

ROOT = Path(__file__).parents[2]
TABLE = json.loads(
    (Path(regstatus.catalog.places.__file__).parent / "table.json").read_text(encoding="utf-8")
)
ENTRIES = TABLE["jurisdictions"]
NAMES = TABLE["names"]
HAND = tomllib.loads((ROOT / "tools" / "jurisdiction_names.toml").read_text(encoding="utf-8"))


def locality(ident, name, level="city", parent=None, ocd_id=None):
    """A locality as a snapshot gives it."""
    return {"id": ident, "name": name, "ocd_id": ocd_id, "level": level, "parent": parent}


LOCALITIES = [
    locality(
        "US-CA/san-diego",
        "San Diego",
        parent="US-CA",
        ocd_id="ocd-division/country:us/state:ca/place:san_diego",
    ),
    locality("US-CA/orange-county", "Orange County (unincorporated)", "county"),
    locality("US-CA/fresno-county", "Fresno County", "county"),
    locality("US-MO/kansas-city", "Kansas City"),
    locality("US-MO/st-charles-county", "St. Charles County", "county"),
    locality("US-LA/ascension-parish", "Ascension Parish", "county"),
    locality("US-MS/columbus", "Columbus"),
    locality("US-NY/new-york", "New York"),
]
WITH_LOCALITIES = Registry(LOCALITIES)
BUILT_IN = Registry()
STATES = [place for place in BUILT_IN.all() if place.parent == "US"]


def meaning(text: str) -> str | tuple[str, ...]:
    """The id that a text means, or the ids that are asked back."""
    try:
        return WITH_LOCALITIES.resolve(text).id
    except AmbiguousJurisdiction as asked:
        return tuple(each.rpartition("(")[2].rstrip(")") for each in asked.candidates)


def suggestions(text: str) -> tuple[str, ...]:
    with pytest.raises(UnknownJurisdiction) as caught:
        WITH_LOCALITIES.resolve(text)
    return caught.value.suggestions


# The table


def test_the_table_holds_every_iso_country_once():
    iso = [entry for entry in ENTRIES.values() if "numeric" in entry]
    assert len(iso) == 249
    for code, size in (("alpha2", 2), ("alpha3", 3), ("numeric", 3)):
        assert len({entry[code] for entry in iso}) == 249
        assert all(len(entry[code]) == size for entry in iso)


def test_the_united_states_have_fifty_states_a_district_and_five_territories():
    levels = [place.level for place in STATES]
    assert {level: levels.count(level) for level in set(levels)} == {
        "state": 50,
        "district": 1,
        "territory": 5,
    }


def test_beside_iso_there_are_only_kosovo_the_states_and_two_layers_of_law():
    others = {ident for ident, entry in ENTRIES.items() if "numeric" not in entry}
    states = {place.id for place in STATES if place.level != "territory"}
    assert others == states | {"XK", "EU", "UN"}
    assert BUILT_IN.get("EU").level == BUILT_IN.get("UN").level == "context"


def test_only_known_names_ask_back():
    asked = {key: ids for key, ids in NAMES.items() if isinstance(ids, list)}
    assert asked == {
        "carolina": ["US-NC", "US-SC"],
        "carolinas": ["US-NC", "US-SC"],
        "congo": ["CG", "CD"],
        "corea": ["KR", "KP"],
        "czechoslovakia": ["CZ", "SK"],
        "dakota": ["US-ND", "US-SD"],
        "dakotas": ["US-ND", "US-SD"],
        "georgia": ["GE", "US-GA"],
        "guiana": ["GF", "GY"],
        "korea": ["KR", "KP"],
        "netherlandsantilles": ["BQ", "CW", "SX"],
        "saintmartin": ["MF", "SX"],
        "serbiamontenegro": ["RS", "ME"],
        "timor": ["TL", "ID"],
        "virginislands": ["US-VI", "VG"],
        "washington": ["US-WA", "US-DC"],
        "yugoslavia": ["BA", "HR", "ME", "MK", "RS", "SI", "XK"],
        "한국": ["KR", "KP"],
    }


def test_every_name_in_the_table_is_found_under_its_own_key():
    for ident, entry in ENTRIES.items():
        for name in (entry["name"], *entry.get("aliases", ())):
            assert ident in {place.id for place in BUILT_IN.readings(name)}, name


def test_every_key_in_the_table_is_borne_by_a_name_of_its_place():
    for key, ids in NAMES.items():
        for ident in [ids] if isinstance(ids, str) else ids:
            entry = ENTRIES[ident]
            borne = {name_key(name) for name in (entry["name"], *entry.get("aliases", ()))}
            assert key in borne, (key, ident)


def test_the_table_is_as_new_as_the_names_kept_by_hand():
    stale = "run tools/make_jurisdictions.py"
    for ident, name in HAND["name"].items():
        assert ENTRIES[ident]["name"] == name, stale
    for ident, aliases in HAND["aliases"].items():
        for alias in aliases:
            assert ident in {place.id for place in BUILT_IN.readings(alias)}, (alias, stale)
    for name, ids in HAND["asks"].items():
        assert NAMES[name_key(name)] == ids, stale
    for form, ident in HAND["short"].items():
        assert TABLE["short"][name_key(form)] == ident, stale


def test_the_table_has_one_entry_on_each_line():
    text = (Path(regstatus.catalog.places.__file__).parent / "table.json").read_text("utf-8")
    assert text.count("\n") > len(ENTRIES) + len(NAMES)
    assert "\r" not in text


# Laws that hold for every entry


@pytest.mark.parametrize("ident", ENTRIES)
def test_an_id_means_itself_in_any_case_and_by_its_other_codes(ident):
    for typed in (ident, ident.lower(), ident.title(), f"  {ident} "):
        assert BUILT_IN.resolve(typed).id == ident
        assert WITH_LOCALITIES.resolve(typed).id == ident
    for code in ("alpha2", "alpha3", "numeric"):
        if code in ENTRIES[ident]:
            assert BUILT_IN.resolve(ENTRIES[ident][code]).id == ident
            assert BUILT_IN.resolve(ENTRIES[ident][code].lower()).id == ident


@pytest.mark.parametrize("place", WITH_LOCALITIES.all(), ids=lambda place: place.id)
def test_a_place_as_shown_and_its_division_id_mean_the_place(place):
    assert WITH_LOCALITIES.resolve(str(place)) == place
    assert meaning(place.id) == place.id
    if place.ocd_id:
        assert WITH_LOCALITIES.resolve(place.ocd_id) == place
        assert WITH_LOCALITIES.resolve(place.ocd_id.upper() + "/") == place


@pytest.mark.parametrize("ident", [ident for ident in ENTRIES if ident.startswith("US-")])
def test_a_state_is_found_below_the_united_states_by_its_postal_code(ident):
    code = ident.removeprefix("US-")
    name = ENTRIES[ident]["name"]
    for typed in (f"{code}, US", f"US {code}", f"{code.lower()} usa"):
        assert BUILT_IN.resolve(typed).id == ident
    assert BUILT_IN.resolve(code, within="US").id == ident
    assert BUILT_IN.resolve(f"{name} ({code})").id == ident
    if ident != "US-WA":  # Washington, US may still be the city
        assert BUILT_IN.resolve(f"{name}, USA").id == ident
        assert BUILT_IN.resolve(f"United States, {name}").id == ident


def test_division_ids_are_unique():
    divisions = [place.ocd_id for place in BUILT_IN.all() if place.ocd_id]
    assert len(divisions) == len(set(divisions)) == len(ENTRIES) - 2


# Single cases, each a thing that people type


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        # names that fit several
        ("Georgia", ("US-GA", "GE")),
        ("GE", "GE"),
        ("GEO", "GE"),
        ("US-GA", "US-GA"),
        ("Georgia, US", "US-GA"),
        ("Georgia (country)", "GE"),
        ("Georgia (U.S. state)", "US-GA"),
        ("State of Georgia", "US-GA"),
        ("Republic of Georgia", "GE"),
        ("South Georgia", "GS"),
        ("Washington", ("US-WA", "US-DC")),
        ("Washington, D.C.", "US-DC"),
        ("Washington DC", "US-DC"),
        ("D.C.", "US-DC"),
        ("Washington State", "US-WA"),
        ("state of Washington", "US-WA"),
        ("Washington, USA", ("US-WA", "US-DC")),
        ("Korea", ("KR", "KP")),
        ("South Korea", "KR"),
        ("Korea, Republic of", "KR"),
        ("DPRK", "KP"),
        ("Congo", ("CG", "CD")),
        ("Congo-Kinshasa", "CD"),
        ("Congo (Brazzaville)", "CG"),
        ("The Democratic Republic of the Congo", "CD"),
        ("Guinea", "GN"),
        ("Guinea-Bissau", "GW"),
        ("Papua New Guinea", "PG"),
        ("Virginia", "US-VA"),
        ("West Virginia", "US-WV"),
        ("W. Va.", "US-WV"),
        ("Virgin Islands", ("US-VI", "VG")),
        ("Virgin Islands, US", "US-VI"),
        ("Virgin Islands, British", "VG"),
        ("Samoa", "WS"),
        ("American Samoa", "US-AS"),
        ("Dominica", "DM"),
        ("Niger", "NE"),
        ("Sudan", "SD"),
        ("Ireland", "IE"),
        ("Northern Ireland", "GB"),
        ("Jersey", "JE"),
        ("New Jersey", "US-NJ"),
        ("Mexico", "MX"),
        ("New Mexico", "US-NM"),
        ("China", "CN"),
        ("Republic of China", "TW"),
        ("Saint Martin (French part)", "MF"),
        # common, former and native names
        ("Burma", "MM"),
        ("Holland", "NL"),
        ("Kosovo", "XK"),
        ("Czech Republic", "CZ"),
        ("Česko", "CZ"),
        ("Swaziland", "SZ"),
        ("Ivory Coast", "CI"),
        ("Cote d Ivoire", "CI"),
        ("Cape Verde", "CV"),
        ("Macedonia", "MK"),
        ("Turkey", "TR"),
        ("TÜRKİYE", "TR"),
        ("turkiye", "TR"),
        ("UK", "GB"),
        ("Great Britain", "GB"),
        ("England", "GB"),
        ("Scotland", "GB"),
        ("America", "US"),
        ("the United States of America", "US"),
        ("U.S.A.", "US"),
        ("Russia", "RU"),
        ("Vietnam", "VN"),
        ("Viet Nam", "VN"),
        ("Laos", "LA"),
        ("Syria", "SY"),
        ("Bolivia", "BO"),
        ("Siam", "TH"),
        ("ประเทศไทย", "TH"),
        ("Deutschland", "DE"),
        ("Sverige", "SE"),
        ("España", "ES"),
        ("espana", "ES"),
        ("Österreich", "AT"),
        ("日本", "JP"),
        ("Ελλάς", "GR"),
        ("Россия", "RU"),
        ("საქართველო", "GE"),
        ("대한민국", "KR"),
        ("भारत", "IN"),
        ("ישראל", "IL"),
        ("Føroyar", "FO"),
        ("Trinidad & Tobago", "TT"),
        ("St. Kitts and Nevis", "KN"),
        ("Isle of Man", "IM"),
        ("Gambia, The", "GM"),
        # codes that are also postal or press abbreviations: the standard wins
        ("AL", "AL"),
        ("“AL”", "AL"),
        ("ca", "CA"),
        ("KY", "KY"),
        ("IND", "IN"),
        ("Ala.", "AX"),
        ("AND", "AD"),
        ("ST", "ST"),
        ("TX", "US-TX"),
        ("tx", "US-TX"),
        ("DC", "US-DC"),
        ("Calif.", "US-CA"),
        ("AL, US", "US-AL"),
        ("US AL", "US-AL"),
        ("us_al", "US-AL"),
        # the five territories have one id, and two codes
        ("PR", "US-PR"),
        ("PRI", "US-PR"),
        ("630", "US-PR"),
        ("GU", "US-GU"),
        ("VI", "US-VI"),
        ("AS", "US-AS"),
        ("MP", "US-MP"),
        ("UM", "UM"),
        ("US-UM", "UM"),
        ("ocd-division/country:pr", "US-PR"),
        ("ocd-division/country:us/territory:pr", "US-PR"),
        ("ocd-division/country:us/district:dc", "US-DC"),
        ("ocd-division/country:us/state:al", "US-AL"),
        ("ocd-division/country:uk", "GB"),
        # localities
        ("San Diego", "US-CA/san-diego"),
        ("san diego ca", "US-CA/san-diego"),
        ("San Diego, CA", "US-CA/san-diego"),
        ("San Diego (CA)", "US-CA/san-diego"),
        ("San Diego, California", "US-CA/san-diego"),
        ("San Diego, Calif., USA", "US-CA/san-diego"),
        ("City of San Diego", "US-CA/san-diego"),
        ("us-ca/san-diego", "US-CA/san-diego"),
        ("US-CA/San Diego", "US-CA/san-diego"),
        ("Orange County", "US-CA/orange-county"),
        ("Saint Charles County, Missouri", "US-MO/st-charles-county"),
        ("Kansas City, MO", "US-MO/kansas-city"),
        ("New York", ("US-NY", "US-NY/new-york")),
        ("New York, NY", "US-NY/new-york"),
        ("New York, New York", "US-NY/new-york"),
        ("New York City", "US-NY/new-york"),
        ("New York State", "US-NY"),
        ("New York (US-NY)", "US-NY"),
    ],
)
def test_what_people_type_means(typed, meant):
    assert meaning(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "Fresno, CA",  # the county is known, the city is not
        "San Diego County, CA",
        "Kansas City, KS",
        "Columbus, Ohio",
        "Columbus Georgia",
        "Nevada, Missouri",
        "Jersey City",
        "Mexico City",
        "Georgia Washington",
        "Alabama, Germany",
        "TH, US",
        "New York, CA",
        "ČR",  # no way to write Costa Rica
        unicodedata.normalize("NFD", "ČR"),
        "7-64",  # numeric codes count only as written
        "76",
        "ZZ",
        "the",
        "and of",
        "state",
        "",
        " ",
        "../../etc",
        "\x1b[31m",
        "\ud800",
        "\x00",
        "ocd-division/",
        "ocd-division/country:",
        "ocd-division/country:us/state:dc",
        "ocd-division/country:us/state:al/place:mobile",
        "ocd-division/state:al/country:us",
        "x" * 10_000,
        "AL" + "." * 300,
        "US " * 4_000,
        "(" * 200,
        "Georgia " * 24,
    ],
)
def test_what_is_not_known_is_never_widened_or_guessed(typed):
    with pytest.raises(UnknownJurisdiction) as caught:
        WITH_LOCALITIES.resolve(typed)
    assert len(caught.value.suggestions) <= 3
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 1000


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Kentuky", "Kentucky (US-KY)"),
        ("Virgina", "Virginia (US-VA)"),
        ("Thailnd", "Thailand (TH)"),
        ("Tailand", "Thailand (TH)"),
        ("Columbia", "Colombia (CO)"),
        ("Californa, US", "California (US-CA)"),
        ("San Deigo, CA", "San Diego (US-CA/san-diego)"),
        ("Fresno, CA", "Fresno County (US-CA/fresno-county)"),
        ("Bakersfield, CA", "California (US-CA)"),
        ("New Yrok", "New York (US-NY)"),
        ("Paris, France", "France (FR)"),
        ("ocd-division/country:us/state:ca/place:fresno", "California (US-CA)"),
    ],
)
def test_a_slip_gets_a_suggestion(typed, first):
    assert suggestions(typed)[0] == first


def test_two_letters_that_are_no_code_get_no_suggestion():
    assert suggestions("ZZ") == suggestions("Q") == ()


def test_an_error_names_what_was_typed_and_what_to_type():
    with pytest.raises(AmbiguousJurisdiction, match=r"Georgia \(US-GA\); Georgia \(GE\)"):
        BUILT_IN.resolve("Georgia")
    with pytest.raises(UnknownJurisdiction, match=r"'Kentuky'.*Kentucky \(US-KY\)"):
        BUILT_IN.resolve("Kentuky")


# The other readings


@pytest.mark.parametrize(
    ("typed", "place", "also"),
    [
        ("AL", "AL", ["US-AL"]),
        ("ga", "GA", ["US-GA"]),
        ("CA", "CA", ["US-CA"]),
        ("Ind.", "IN", ["US-IN"]),
        ("ind", "IN", ["US-IN"]),
        ("TX", "US-TX", []),
        ("PR", "US-PR", []),
        ("Alabama", "US-AL", []),
    ],
)
def test_the_other_readings_of_a_code_are_told(typed, place, also):
    read = BUILT_IN.interpret(typed)
    assert (read.jurisdiction.id, [other.id for other in read.also]) == (place, also)
    assert [each.id for each in BUILT_IN.readings(typed)] == [place, *also]
    assert (read.hint is None) == (not also)


def test_the_hint_says_how_to_ask_for_the_other():
    assert BUILT_IN.interpret(" AL ").hint == "AL is Albania; for Alabama write US-AL."


def test_a_locality_without_its_state_is_read_with_a_hint():
    assert WITH_LOCALITIES.interpret("Columbus").hint == (
        "Read as Columbus (US-MS/columbus), the only place of that name in the catalogue."
    )
    for whole in ("Columbus, MS", "US-MS/columbus"):
        assert WITH_LOCALITIES.interpret(whole).hint is None
    assert WITH_LOCALITIES.interpret("Columbus", within="US-MS").hint is None


def test_within_a_place_only_what_lies_there_is_meant():
    for typed, meant in (("CA", "US-CA"), ("Georgia", "US-GA"), ("AL", "US-AL"), ("US", "US")):
        assert BUILT_IN.resolve(typed, within="US").id == meant
    assert WITH_LOCALITIES.resolve("New York", within="US-NY/new-york").id == "US-NY/new-york"
    for typed, within in (("Germany", "US"), ("TX", "DE"), ("Texas", "US-CA")):
        with pytest.raises(UnknownJurisdiction):
            BUILT_IN.resolve(typed, within=within)
    with pytest.raises(UnknownJurisdiction):
        BUILT_IN.resolve("Texas", within="nowhere")


def test_what_lies_elsewhere_is_named_and_nothing_from_elsewhere_is_suggested():
    for typed, within, says in (
        ("Germany", "US", "Germany (DE) does not lie in United States."),
        ("india", "US", "India (IN) does not lie in United States."),
        ("ocd-division/country:us/state:tx", "US-CA", "Texas (US-TX) does not lie in California."),
        ("Georgia", "DE", "Georgia (GE); Georgia (US-GA) do not lie in Germany."),
    ):
        with pytest.raises(UnknownJurisdiction) as caught:
            BUILT_IN.interpret(typed, within=within)
        assert str(caught.value) == says
        assert caught.value.suggestions == ()
    for typed, within, near in (
        ("Alabma", "US", ("Alabama (US-AL)",)),
        ("Inda", "US", ("Indiana (US-IN)",)),
        ("Inda", None, ("India (IN)", "Indiana (US-IN)")),
        ("Germny", "US", ()),
        ("Germny", None, ("Germany (DE)",)),
    ):
        with pytest.raises(UnknownJurisdiction) as caught:
            BUILT_IN.interpret(typed, within=within)
        assert caught.value.suggestions == near, (typed, within)


# Localities and the ladder


def test_nothing_from_outside_replaces_or_renames_what_is_built_in():
    registry = Registry(
        [
            locality("TH", "Siamland"),
            locality("GERM-ANY", "Nowhere"),
            locality("U-S", "Nowhere"),
            *LOCALITIES,
        ]
    )
    assert registry.resolve("Germany").id == "DE"
    assert registry.resolve("US").id == "US"
    assert registry.get("TH").name == "Thailand"
    with pytest.raises(UnknownJurisdiction):
        registry.resolve("Siamland")


def test_a_locality_with_the_name_of_a_code_leaves_the_code_alone():
    read = Registry([locality("US-CA/la", "LA")]).interpret("LA")
    assert read.jurisdiction.id == "LA"
    assert [other.id for other in read.also] == ["US-CA/la", "US-LA"]
    with pytest.raises(AmbiguousJurisdiction):
        Registry([locality("US-CA/laos", "Laos")]).resolve("Laos")


def test_two_localities_of_one_name_are_asked_back_until_the_state_is_named():
    registry = Registry([locality(f"US-{at}/springfield", "Springfield") for at in ("MO", "IL")])
    with pytest.raises(AmbiguousJurisdiction):
        registry.resolve("Springfield")
    assert registry.resolve("Springfield, Ill.").id == "US-IL/springfield"


def test_a_name_without_letters_is_no_name():
    with pytest.raises(UnknownJurisdiction):
        Registry([locality("US-CA/x", name) for name in ("–", "")]).resolve("")


def test_the_same_locality_given_twice_is_one():
    registry = Registry([*LOCALITIES, *LOCALITIES])
    assert registry.resolve("San Diego").id == "US-CA/san-diego"
    assert len(registry.all()) == len(ENTRIES) + len(LOCALITIES)


def test_localities_do_not_stay_behind():
    Registry(LOCALITIES).resolve("San Diego")
    with pytest.raises(UnknownJurisdiction):
        BUILT_IN.resolve("San Diego")


def test_the_ladder_goes_up():
    ups = [place.id for place in WITH_LOCALITIES.ancestors("US-CA/san-diego")]
    assert ups == ["US-CA", "US"]
    assert [place.id for place in BUILT_IN.ancestors("US-TX/nowhere-yet")] == ["US-TX", "US"]
    assert BUILT_IN.ancestors("US") == BUILT_IN.ancestors("TH") == ()
    with pytest.raises(UnknownJurisdiction):
        BUILT_IN.ancestors("QQ/here")


def test_a_ring_of_parents_does_not_hang():
    registry = Registry(
        [
            locality("US-CA/a", "Aa", parent="US-CA/b"),
            locality("US-CA/b", "Bb", parent="US-CA/a"),
        ]
    )
    assert registry.resolve("Aa").id == "US-CA/a"
    assert len(registry.ancestors("US-CA/a")) == 2
    with pytest.raises(UnknownJurisdiction):
        registry.resolve("Aa, Texas")


@pytest.mark.parametrize("level", ["town", "tribal", "?"])
def test_a_level_that_this_release_does_not_know_is_a_place(level):
    assert Jurisdiction(locality("US-CA/x", "X", level)).level == "place"


def test_the_parent_is_read_off_the_id_where_it_is_not_given():
    for ident, parent in (("AU-NSW", "AU"), ("US-CA/x", "US-CA"), ("QQ", None)):
        assert Jurisdiction(locality(ident, "X")).parent == parent


def test_get_takes_ids_only():
    assert BUILT_IN.get("US-AL").name == "Alabama"
    for other in ("us-al", "Alabama", "ALB", "PR", "US-CA/san-diego", ""):
        with pytest.raises(UnknownJurisdiction):
            BUILT_IN.get(other)


# The type


def test_a_jurisdiction_is_written_as_the_answer_carries_it():
    assert BUILT_IN.get("US-PR").to_dict() == {
        "id": "US-PR",
        "name": "Puerto Rico",
        "ocd_id": "ocd-division/country:us/territory:pr",
        "level": "territory",
        "parent": "US",
    }
    assert BUILT_IN.get("EU").to_dict()["ocd_id"] is None


def test_a_jurisdiction_cannot_be_changed_and_survives_a_copy():
    place = BUILT_IN.get("US-AL")
    with pytest.raises(AttributeError):
        place.name = "Elsewhere"
    with pytest.raises(AttributeError):
        del place.name
    for twin in (copy.deepcopy(place), pickle.loads(pickle.dumps(place))):
        assert twin == place
        assert hash(twin) == hash(place)
        assert twin.aliases == place.aliases
    assert place != BUILT_IN.get("AL")
    assert place != "US-AL"


# Laws over all names, and over all texts

ALL_NAMES = sorted(
    {name for entry in ENTRIES.values() for name in (entry["name"], *entry.get("aliases", ()))}
)


@given(name=st.sampled_from(ALL_NAMES), data=st.data())
def test_case_spacing_punctuation_and_accents_never_change_the_reading(name, data):
    meant = [place.id for place in BUILT_IN.readings(name)]
    cased = data.draw(
        st.sampled_from([str.upper, str.lower, str.swapcase, str.title, str.casefold])
    )(name)
    assert [place.id for place in BUILT_IN.readings(cased)] == meant
    form = data.draw(st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]))
    assert [place.id for place in BUILT_IN.readings(unicodedata.normalize(form, name))] == meant
    gap = data.draw(st.sampled_from(["  ", "\t", "\u00a0", "-", ", ", " . ", "_", " & ", " the "]))
    spaced = gap.join(name.split(" "))
    assert [place.id for place in BUILT_IN.readings(f" {spaced} ")] == meant
    assert [place.id for place in BUILT_IN.readings(f"«{name}».")] == meant
    bare = "".join(
        char for char in unicodedata.normalize("NFD", name) if unicodedata.category(char) != "Mn"
    )
    assert [place.id for place in BUILT_IN.readings(bare)] == meant


def outcome(registry: Registry, text: str) -> tuple[str, ...]:
    """The ids read, asked back or suggested; any other error passes through."""
    try:
        return (registry.resolve(text).id,)
    except AmbiguousJurisdiction as asked:
        return asked.candidates
    except UnknownJurisdiction as unknown:
        return unknown.suggestions


@given(text=st.text(max_size=300))
def test_no_text_at_all_raises_anything_but_the_two_errors(text):
    assert len(outcome(WITH_LOCALITIES, text)) < len(ENTRIES)
    assert len(WITH_LOCALITIES.readings(text)) < len(ENTRIES)


@given(
    words=st.lists(
        st.one_of(
            st.sampled_from(ALL_NAMES),
            st.sampled_from(["US", "CA", "AL", "state", "city", "of", "(", ")", ",", "/", "San"]),
            st.text(alphabet=string.ascii_letters, min_size=1, max_size=3),
        ),
        min_size=1,
        max_size=6,
    )
)
def test_words_put_together_by_chance_are_read_or_refused(words):
    text = " ".join(words)
    try:
        place = WITH_LOCALITIES.resolve(text)
    except (UnknownJurisdiction, AmbiguousJurisdiction):
        return
    assert place in WITH_LOCALITIES.readings(text)


@given(text=st.text(max_size=60))
def test_the_key_of_a_key_is_the_key(text):
    key = name_key(text)
    assert all(char.isalnum() for char in key)
    if key not in {"the", "of", "and"}:
        assert name_key(key) == key


def test_a_slip_in_the_name_of_a_state_is_never_read_as_another_place():
    for state in STATES:
        for at in range(len(state.name)):
            for slip in ("", *string.ascii_lowercase, state.name[at] * 2):
                typed = state.name[:at] + slip + state.name[at + 1 :]
                if name_key(typed) != name_key(state.name):
                    assert BUILT_IN.readings(typed) in ((), (state,)), typed


# The cost


def test_a_look_up_brings_in_nothing_but_itself():
    code = (
        "import __future__, sys, json, regstatus.base.errors; before = set(sys.modules);"
        "from regstatus.catalog.places import Registry as r; r().resolve('kentucky'); r().resolve('AL, US');"
        "print(*sorted(set(sys.modules) - before))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    new = run.stdout.split()
    assert new
    assert all(name.startswith("regstatus.catalog") for name in new), new
    assert "difflib" not in new
