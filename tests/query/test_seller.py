"""A seller's profile: only what it says, of what was read in the law, meets a condition."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import regstatus
from regstatus.base.errors import UsageError
from regstatus.catalog.profile_file import Profile, read_profile
from regstatus.model.finding import CAP_UNITS
from regstatus.model.law import DUTIES, LIMITS, SUBSTANCES
from regstatus.query.answer import Answer
from regstatus.query.lookup import answer
from regstatus.query.seller import Judged, judge

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)


@pytest.fixture
def read(tmp_path):
    def write(text):
        file = tmp_path / "shop.toml"
        file.write_text(text, encoding="utf-8")
        return read_profile(file)

    return write


@cache
def law(place, on="2026-11-30"):
    snapshot = regstatus.load().snapshot
    return answer(snapshot, place, on=date.fromisoformat(on), now=NOW)


def asked(place="US-NE", **facts):
    """The answer for a place with some other facts; all duties not named are laid down nowhere."""
    data = law(place).to_dict()
    facts.setdefault("limits", [])
    facts["duties"] = {**dict.fromkeys(DUTIES, False), **facts.get("duties", {})}
    return Answer({**data, "minimum_age": None, "seven_oh_cap": None, **facts})


def place_of(judged, words):
    """Under which head a condition with these words stands; nowhere is None."""
    held = [head for head in Judged._fields for item in getattr(judged, head) if words in item]
    assert len(held) <= 1, judged
    return held[0] if held else None


@pytest.mark.parametrize(
    ("duty", "words", "profile", "found"),
    [
        ("labelling", "labelling", "labelling = true", "met"),
        ("labelling", "labelling", "labelling = false", "unmet"),
        ("labelling", "labelling", "", "open"),
        ("labelling", "labelling", "places.US-NE.keeps = ['labelling']", "met"),
        ("labelling", "labelling", "places.US-SD.keeps = ['labelling']", "open"),
        ("labelling", "labelling", "places.US-NE.read = true", "open"),
        ("packaging", "packaging", "packaging = true\nappeals_to_children = false", "met"),
        ("packaging", "packaging", "packaging = true", "open"),
        ("packaging", "packaging", "packaging = true\nappeals_to_children = true", "unmet"),
        ("advertising", "advertising", "advertising = true", "met"),
        ("advertising", "advertising", "packaging = true", "open"),
        ("display", "out of reach", "display = true", "met"),
        ("display", "out of reach", "display = false", "unmet"),
        ("premises", "premises", "display = true", "open"),
        ("premises", "premises", "places.Nebraska.keeps = ['premises']", "met"),
        ("premises", "premises", "places.US.keeps = ['premises']", "open"),
        ("testing", "testing", "tests = { by = 'accredited', certificate = true }", "met"),
        ("testing", "testing", "tests = { by = 'accredited' }", "open"),
        ("testing", "testing", "tests = { by = 'third-party', certificate = true }", "open"),
        ("testing", "testing", "tests = { by = 'own', certificate = true }", "open"),
        ("testing", "testing", "tests = { by = 'none' }", "unmet"),
        ("age_verification", "proof of age", "age_check = { age = 21, by = 'document' }", "met"),
        ("age_verification", "proof of age", "age_check = { age = 21, by = 'database' }", "open"),
        ("age_verification", "proof of age", "age_check = { age = 21, by = 'declared' }", "unmet"),
        ("age_verification", "proof of age", "labelling = true", "open"),
        ("synthetic_ban", "synthetic", "synthetic = false", "met"),
        ("synthetic_ban", "synthetic", "form = 'powder'", "open"),
        ("registration", "registration", "places.US-NE.registered = true", "met"),
        ("registration", "registration", "places.US-NE.registered = 2026-11-30", "met"),
        ("registration", "registration", "places.US-NE.registered = 2026-11-29", "unmet"),
        ("registration", "registration", "places.US-NE.registered = false", "unmet"),
        ("registration", "registration", "places.US-OR.registered = true", "open"),
        ("registration", "registration", "registered = false", "unmet"),
        ("registration", "registration", "registered = false\nplaces.US-NE.registered = true", "met"),
        ("registration", "registration", "", "open"),
        ("penalties", "penalties", "", None),
    ],
)  # fmt: skip
def test_a_duty_is_met_by_what_the_profile_says_and_by_nothing_else(
    read, duty, words, profile, found
):
    assert place_of(judge(asked(duties={duty: True}), "leaf", read(profile)), words) == found
    assert place_of(judge(asked(duties={duty: False}), "leaf", read(profile)), words) is None


@pytest.mark.parametrize(
    ("profile", "found"),
    [
        ("age_check = { age = 21, by = 'document' }", "met"),
        ("age_check = { age = 25, by = 'database' }", "met"),
        ("age_check = { age = 20, by = 'document' }", "unmet"),
        ("age_check = { age = 18, by = 'declared' }", "unmet"),
        ("age_check = { age = 21, by = 'declared' }", "open"),
        ("labelling = true", "open"),
    ],
)
def test_an_age_needs_a_check_to_that_age_at_least(read, profile, found):
    assert place_of(judge(asked(minimum_age=21), "leaf", read(profile)), "age 21") == found


def test_an_age_limit_whose_age_is_not_recorded_stays_open(read):
    sold = asked("US-MN", minimum_age=None)
    profile = read("age_check = { age = 21, by = 'document' }")
    assert place_of(judge(sold, "leaf", profile), "age limit") == "open"


@pytest.mark.parametrize(
    ("cap", "held", "found"),
    [
        ("2%", "'%' = 1.9", "met"),
        ("2%", "'%' = 2", "open"),
        ("2%", "'%' = 2.01", "unmet"),
        ("2%", "'% by weight' = 0.1", "open"),
        ("2%", "ppm = 1", "open"),
        ("400 ppm", "ppm = 399.9", "met"),
        ("400 ppm", "'mg/g' = 0.3", "met"),
        ("400 ppm", "'mg/g' = 0.5", "unmet"),
        ("400 ppm", "'% by weight' = 0.04", "open"),
        ("400 ppm", "'% by weight' = 0.041", "unmet"),
        ("400 ppm", "'mg/ml' = 0.1", "open"),
        ("0.1% by weight", "ppm = 999", "met"),
        ("0.1% by weight", "'mg/g' = 1.1", "unmet"),
        ("0.1% by weight", "'%' = 0.01", "open"),
        ("1 mg/serving", "'mg/serving' = 0.9", "met"),
        ("1 mg/serving", "'mg/container' = 0.9", "open"),
        ("0.5 mg/container", "'mg/container' = 30", "unmet"),
        ("15 mg/day", "'mg/day' = 0", "met"),
        ("100 ratio", "ratio = 101", "met"),
        ("100 ratio", "ratio = 100", "open"),
        ("100 ratio", "ratio = 99", "unmet"),
        ("100 ratio", "'%' = 0.1", "open"),
        ("as the agency says", "'%' = 0.1", "open"),
        ("2 grains", "'%' = 0", "open"),
        ("2 %of alkaloids", "'%' = 0", "open"),
    ],
)  # fmt: skip
def test_a_cap_is_compared_in_its_own_unit_or_not_at_all(read, cap, held, found):
    judged = judge(asked(seven_oh_cap=cap), "leaf", read(f"seven_oh = {{ {held} }}"))
    assert place_of(judged, "7-OH") == found


def test_every_unit_of_a_cap_counts_and_solids_have_no_millilitres(read):
    sold = asked(seven_oh_cap="1 mg/g; 1 mg/ml; 100 ratio")
    solid = judge(sold, "leaf", read("form = 'capsule'\nseven_oh = { ppm = 10, ratio = 120 }"))
    assert [len(items) for items in solid] == [3, 0, 0]
    for form in ("", "form = 'drink'\n", "form = 'vape'\n"):
        judged = judge(sold, "leaf", read(f"{form}seven_oh = {{ ppm = 10, ratio = 120 }}"))
        assert place_of(judged, "mg/ml") == "open"


def test_a_limit_is_open_with_its_own_words_until_the_seller_keeps_it_in_that_place(read):
    thai = law("TH")
    assert "online" in LIMITS
    for item in thai["limits"]:
        mine = read(f"places.TH.keeps = ['{item['about']}']")
        assert place_of(judge(thai, "leaf", mine), item["says"]) == "met"
        other = read(f"places.CZ.keeps = ['{item['about']}']")
        assert place_of(judge(thai, "leaf", other), item["says"]) == "open"


def test_what_nobody_read_in_the_law_is_open_until_the_seller_did(read):
    sold = asked("US-TX", duties=dict.fromkeys(("registration", "packaging", "labelling")))
    words = "whether the law asks for"
    assert place_of(judge(sold, "leaf", read("labelling = true")), words) == "open"
    (told,) = judge(sold, "leaf", read("labelling = true")).open
    assert "registration, packaging" in told
    assert "labelling" not in told
    assert judge(sold, "leaf", read("places.Texas.read = true")) == Judged((), (), ())
    assert judge(sold, "leaf", read("places.US-UT.read = true")).open
    # Where the law lays down nothing at all there is nothing more to be read.
    assert judge(law("US-DE"), "leaf", Profile()) == Judged((), (), ())


def test_where_two_layers_may_ask_for_a_registration_both_must_be_held(read):
    ids = ("US-MO/kansas-city", "US-MO", "US")
    layers = [
        {**layer, "recorded": True, "substances": {"leaf": "regulated"}, "id": ident}
        for layer, ident in zip(law("US-MO/kansas-city")["layers"], ids, strict=True)
    ]
    layers[2]["substances"] = {"leaf": "unregulated"}
    sold = asked("US-MO/kansas-city", layers=layers, duties={"registration": True})
    town, state = "[places.'US-MO/Kansas-City']\n", "[places.US-MO]\n"
    for text, found in (
        (f"{town}registered = true\n{state}registered = true", "met"),
        (f"{town}registered = true", "open"),
        (f"{state}registered = true", "open"),
        (f"registered = false\n{state}registered = true", "open"),
        ("registered = false", "unmet"),
    ):
        assert place_of(judge(sold, "leaf", read(text)), "registration") == found
    # The same of a rule that is kept, and of law that was read.
    shops = asked("US-MO/kansas-city", layers=layers, duties={"premises": True, "testing": None})
    one, other = (f"{at}keeps = ['premises']\nread = true\n" for at in (town, state))
    for text, found in ((one, "open"), (other, "open"), (one + other, "met")):
        judged = judge(shops, "leaf", read(text))
        assert place_of(judged, "rules on premises") == found
        assert place_of(judged, "asks for") == (None if found == "met" else "open")
    # One of them may say that it asks for nothing, the other was perhaps not read.
    for unread in (None, False):
        silent = asked("US-MO/kansas-city", layers=layers, duties={"registration": unread})
        assert place_of(judge(silent, "leaf", read("")), "registration") == "open"


def test_a_registration_ends_on_a_day_of_law_of_its_own(read):
    profile = read("""
        [places]
        US-NE = { registered = 2027-06-30 }
        US-OR = { registered = true }
        US-FL = { registered = 2028-02-29 }
        US-TX = { registered = false }
    """)
    assert profile.turns() == {"2027-07-01", "2028-03-01"}
    for day, found in (("2027-06-30", "met"), ("2027-07-01", "unmet"), ("2026-12-01", "met")):
        assert place_of(judge(law("US-NE", day), "leaf", profile), "registration") == found


def test_a_product_with_its_own_table_says_all_of_its_content(read):
    profile = read("""
        synthetic = false
        seven_oh = { "%" = 0.5 }
        [products."Red  100"]
        substance = "kratom"
        synthetic = false
        [products.shot]
        substance = "7-OH"
        seven_oh = { "%" = 60 }
        [products.isolate]
        substance = "mitragynine"
        synthetic = true
        [products.mgm]
        substance = "MGM-15"
        synthetic = false
    """)
    assert profile.mapped() == {
        "red 100": "leaf",
        "shot": "7-oh",
        "isolate": "mitragynine",
        "mgm": "derivatives",
    }
    sold = asked(seven_oh_cap="2%", duties={"synthetic_ban": True})
    found = {
        (substance, product): [
            place_of(judge(sold, substance, profile, product), words) for words in ("%", "synthetic")
        ]
        for substance, product in (
            ("leaf", None), ("leaf", "unheard of"), ("leaf", "RED 100"), ("7-oh", "shot"),
            ("7-oh", None), ("leaf", "shot"), ("mitragynine", None), ("derivatives", "mgm"),
            ("mitragynine", "isolate"),
        )
    }  # fmt: skip
    assert [*found.values()] == [
        ["met", "met"], ["met", "met"], ["open", "met"], ["unmet", "open"],
        ["open", "open"], ["open", "open"], ["open", "open"], ["open", "unmet"],
        ["open", "unmet"],
    ]  # fmt: skip


FULL = {
    "age_check": {"age": 21, "by": "document"},
    "tests": {"by": "accredited", "certificate": True},
    **dict.fromkeys(("labelling", "packaging", "advertising", "display"), True),
    "registered": False,
    "form": "powder",
    "synthetic": False,
    "appeals_to_children": False,
    "seven_oh": dict.fromkeys(CAP_UNITS, 0.01)
    | {"% by weight": 0.0001, "mg/g": 0.001, "ppm": 1, "ratio": 500},
}
"""A profile that keeps what it can; the places are added by the tests."""


@cache
def answers():
    """What the law says everywhere on each day on which it turns."""
    snapshot = regstatus.load().snapshot
    found = []
    for ident in snapshot.ids:
        days = {"2026-11-30", *(p["from"] or "2013-01-01" for p in snapshot.get(ident)["timeline"])}
        found += [law(ident, day) for day in sorted(days)]
    return found


def names(conditions):
    return {item.partition(" (")[0] for item in conditions}


def test_without_a_profile_every_condition_is_open_and_an_empty_profile_is_no_other():
    told = 0
    for found in answers():
        for substance in SUBSTANCES:
            none, empty = judge(found, substance, None), judge(found, substance, Profile())
            assert none.met == none.unmet == empty.met == empty.unmet == ()
            assert names(none.open) == names(empty.open)
            told += bool(none.open)
    assert told > 200


def test_whatever_the_record_names_is_judged():
    for found in answers():
        for substance in SUBSTANCES:
            said = " ".join(" ".join(items) for items in judge(found, substance, Profile(**FULL)))
            assert not found.minimum_age or f"age {found.minimum_age}" in said
            assert all(item["says"] in said for item in found["limits"])
            caps = (found["seven_oh_cap"] or "").split("; ")
            assert all(cap.split(" ")[0] in said for cap in caps)
            unread = [name for name in ("registration", "testing") if found["duties"][name] is None]
            if found.substances[substance] == "regulated" and unread:
                assert place_of(judge(found, substance, None), "whether the law asks") == "open"


def parts(table, path=()):
    """The path of each key of a profile."""
    for key, value in table.items():
        yield (*path, key)
        if isinstance(value, dict):
            yield from parts(value, (*path, key))


def without(table, path):
    head, *rest = path
    held = {**table}
    if rest:
        held[head] = without(held[head], rest)
    else:
        del held[head]
    return held


def rank(judged):
    return 2 if judged.unmet else 1 if judged.open else 0


PLACES = st.dictionaries(
    st.sampled_from(["US-TX", "US-NE", "US-UT", "US-MO/kansas-city", "US-MO", "US", "TH", "CZ"]),
    st.fixed_dictionaries(
        {},
        optional={
            "registered": st.sampled_from([True, False, date(2026, 1, 1), date(2030, 1, 1)]),
            "read": st.booleans(),
            "keeps": st.sets(st.sampled_from(["labelling", "premises", *LIMITS])).map(tuple),
        },
    ),
)
CONTENT = {
    "form": st.sampled_from(["powder", "drink", "gummy"]),
    "synthetic": st.booleans(),
    "appeals_to_children": st.booleans(),
    "seven_oh": st.dictionaries(
        st.sampled_from([unit for unit in CAP_UNITS if unit not in {"ppm", "mg/g"}]),
        st.sampled_from([0, 0.01, 0.5, 1, 2, 50, 100]),
    ),
}
PROFILES = st.fixed_dictionaries(
    {},
    optional={
        **CONTENT,
        "synthetic": st.just(value=False),
        "age_check": st.fixed_dictionaries(
            {"age": st.sampled_from([18, 21]), "by": st.sampled_from(["document", "database", "declared"])}
        ),
        "tests": st.fixed_dictionaries(
            {"by": st.sampled_from(["accredited", "third-party", "none"])},
            optional={"certificate": st.booleans()},
        ),
        **dict.fromkeys(("labelling", "packaging", "advertising", "display"), st.booleans()),
        "registered": st.just(value=False),
        "places": PLACES,
        "products": st.dictionaries(
            st.sampled_from(["a", "b"]),
            st.fixed_dictionaries(
                {"substance": st.sampled_from(SUBSTANCES)}, optional=CONTENT
            ).filter(lambda one: not (one["substance"] == "leaf" and one.get("synthetic"))),
        ),
    },
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_profile_that_says_less_never_meets_more(data):
    whole = data.draw(PROFILES)
    found = data.draw(st.sampled_from(answers()))
    substance, product = (
        data.draw(st.sampled_from(SUBSTANCES)),
        data.draw(st.sampled_from([None, "a"])),
    )
    before = judge(found, substance, Profile(**whole), product)
    for path in parts(whole):
        if path[-1] in {"age", "by", "substance"} or path in {("products",), ("products", "a")}:
            continue  # needed keys; and without its table the product is one of the shop's leaf
        after = judge(found, substance, Profile(**without(whole, path)), product)
        assert names(after.met) <= names(before.met), path
        assert rank(after) > 0 or rank(before) == 0, path
        assert len(sum(after, ())) >= len(sum(before, ())) - 1


def test_taking_any_one_key_from_a_profile_that_clears_never_clears_a_place_more():
    for found in answers():
        if found.id[:2] not in {"US", "TH", "CZ"} or found.on != "2026-11-30":
            continue
        places = {
            layer["id"]: {"registered": True, "read": True, "keeps": ("premises", *LIMITS)}
            for layer in found["layers"]
        }
        whole = {**FULL, "places": places}
        before = judge(found, "leaf", Profile(**whole))
        for path in parts(whole):
            if path[-1] not in {"age", "by"}:
                assert names(judge(found, "leaf", Profile(**without(whole, path))).met) <= names(
                    before.met
                )


WRONG = [
    ("colour = 'red'", "colour: unknown key"),
    ("Labelling = true", "Labelling: unknown key"),
    ("age_check = { age = 200, by = 'document' }", "age_check.age: "),
    ("age_check = { age = 0, by = 'document' }", "age_check.age: "),
    ("age_check = { age = -21, by = 'document' }", "age_check.age: "),
    ("age_check = { age = 21.5, by = 'document' }", "age_check.age: "),
    ("age_check = { age = true, by = 'document' }", "age_check.age: "),
    ("age_check = { age = '21', by = 'document' }", "age_check.age: "),
    ("age_check = { age = 21 }", "age_check.by: "),
    ("age_check = { by = 'document' }", "age_check.age: "),
    ("age_check = { age = 21, by = 'guess' }", "age_check.by: "),
    ("age_check = { age = 21, by = 'document', at = 'door' }", "age_check.at: unknown key"),
    ("[age_check]\nage = 21\nby = 'document'\nlabelling = true", "stands above the first [table]"),
    ("[tests]\nby = 'own'\nsynthetic = false", "stands above the first [table]"),
    ("[places.US-NE]\nread = true\nform = 'powder'", "stands above the first [table]"),
    ("age_check = 21", "age_check: "),
    ("age_check = true", "age_check: "),
    ("labelling = 'true'", "labelling: write true or false"),
    ("labelling = 1", "labelling: write true or false"),
    ("labelling = ['warnings']", "labelling: write true or false"),
    ("packaging = 'yes'", "packaging: write true or false"),
    ("advertising = nan", "advertising: write true or false"),
    ("display = {}", "display: write true or false"),
    ("premises = true", "premises: unknown key"),
    ("registered = true", "name the places instead"),
    ("registered = ['US-NE']", "registered: write true or false"),
    ("tests = true", "tests: "),
    ("tests = { certificate = true }", "tests.by: "),
    ("tests = { by = 'friend' }", "tests.by: "),
    ("tests = { by = 'own', certificate = 'yes' }", "tests.certificate: write true or false"),
    ("synthetic = 'no'", "synthetic: write true or false"),
    ("synthetic = true", "is no leaf"),
    ("products.A = { substance = 'leaf', synthetic = true }", "is no leaf"),
    ("synthetic = 0", "synthetic: write true or false"),
    ("form = 'rocket'", "form: "),
    ("form = ['powder']", "form: "),
    ("form = ''", "form: "),
    ("appeals_to_children = 'some'", "appeals_to_children: write true or false"),
    ("seven_oh = 2", "seven_oh: "),
    ("seven_oh = '2%'", "seven_oh: "),
    ("seven_oh = { '%' = 120 }", "seven_oh: 120 % cannot be"),
    ("seven_oh = { '% by weight' = 100.5 }", "cannot be"),
    ("seven_oh = { 'mg/g' = 1001 }", "cannot be"),
    ("seven_oh = { ppm = 2e6 }", "cannot be"),
    ("seven_oh = { '%' = -1 }", "seven_oh.%: "),
    ("seven_oh = { '%' = nan }", "seven_oh.%: "),
    ("seven_oh = { '%' = inf }", "seven_oh.%: "),
    ("seven_oh = { '%' = true }", "seven_oh.%: "),
    ("seven_oh = { '%' = '1' }", "seven_oh.%: "),
    ("seven_oh = { percent = 1 }", "unknown unit percent; the units are %"),
    ("seven_oh = { 'mg/kg' = 1 }", "unknown unit mg/kg"),
    ("seven_oh = { mg.g = 1 }", "seven_oh.mg: "),
    ("seven_oh = { ppm = 600, 'mg/g' = 0.2 }", "these differ"),
    ("places = ['US-NE']", "places: write a table"),
    ("places.US-NE = true", "places.US-NE: "),
    ("places.US-XX.registered = true", "US-XX"),
    ("places.Atlantis.registered = true", "Atlantis"),
    ("places.NE.registered = true", "for Nebraska write US-NE"),
    ("places.CA.registered = true", "for California write US-CA"),
    ("places.Georgia.registered = true", "Georgia (US-GA)"),
    ("places.'US-XX/town'.registered = true", "US-XX"),
    ("places.'US-MO/'.registered = true", "write a town by its id"),
    ("places.'US-MO/kansas city'.registered = true", "write a town by its id"),
    ("places.''.registered = true", "places: "),
    ("places.US-TX.read = true\nplaces.Texas.read = true", "there twice"),
    ("places.US-NE.registered = 'yes'", "write true, false, or its last day"),
    ("places.US-NE.registered = 1", "write true, false, or its last day"),
    ("places.US-NE.registered = 2027-01-01T10:00:00", "write true, false, or its last day"),
    ("places.US-NE.registered = 9999-01-01", "write true, false, or its last day"),
    ("places.US-NE.registered = 2027-02-30", "not valid TOML"),
    ("places.US-NE.read = 'all'", "places.US-NE.read: write true or false"),
    ("places.US-NE.keeps = 'premises'", "places.US-NE.keeps: write a list"),
    ("places.US-NE.keeps = ['registration']", "unknown rule registration"),
    ("places.US-NE.keeps = ['all']", "unknown rule all"),
    ("places.US-NE.licence = true", "places.US-NE.licence: unknown key"),
    ("products = ['A']", "products: write a table"),
    ("products.A = 'leaf'", "products.A: "),
    ("products.A.form = 'powder'", "products.A.substance: "),
    ("products.A.substance = 'gold'", "'gold' is not a substance"),
    ("products.A.substance = 7", "products.A.substance: "),
    ("products.A = { substance = 'leaf', labelling = true }", "products.A.labelling: unknown key"),
    ("products.A.substance = 'leaf'\nproducts.a.substance = '7-oh'", "there twice"),
    ("products.' '.substance = 'leaf'", "no name"),
    (r'"\u001b[31m" = 1', "unknown key"),
    (r'products."\u202eX".substance = "gold"', "'gold' is not a substance"),
    (r'seven_oh = { "\u001b[2J" = 1 }', "unknown unit"),
    (r'places.US-TX.keeps = ["\u001b[2J"]', "unknown rule"),
    (r'places."\u001b[2J".read = true', "No jurisdiction"),
    ("labelling = true\nlabelling = false", "not valid TOML"),
    ("labelling = yes", "not valid TOML"),
    ("<html>", "not valid TOML"),
    ("\x00", "not valid TOML"),
    (f"age_check = {{ age = {'9' * 5000}, by = 'document' }}", "TOML"),
    ("form = " + "[" * 5000, "nested too deeply"),
]


@pytest.mark.parametrize(("text", "told"), WRONG, ids=lambda item: str(item)[:40])
def test_a_wrong_profile_is_refused_by_file_key_and_remedy(read, tmp_path, text, told):
    with pytest.raises(UsageError) as fault:
        read(text)
    message = str(fault.value)
    assert told in message
    assert message.startswith(f"{tmp_path / 'shop.toml'}:")
    assert not {"\x1b", "\u202e"} & {*message}
    assert " instance of " not in message
    assert len(message) < 2000


def test_a_profile_that_cannot_be_read_names_the_file(tmp_path):
    latin = tmp_path / "latin.toml"
    latin.write_bytes(b"form = '\xff'")
    for file, told in ((tmp_path, "folder"), (tmp_path / "none", "none"), (latin, "UTF-8")):
        with pytest.raises(UsageError, match=told):
            read_profile(file)


def test_control_characters_of_a_record_do_not_reach_the_words():
    limit = {"jurisdiction": "TH", "about": "online", "says": "no\x1b[31m mail"}
    (told,) = judge(asked(limits=[limit]), "leaf", None).open
    assert "\x1b" not in told
