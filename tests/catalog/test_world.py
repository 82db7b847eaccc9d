"""The whole world answers: what is known, and what was never checked, for every ISO country."""

from regstatus.catalog.places import Registry
from regstatus.query.dataset import Dataset
from tests.support.make import NOON


def test_every_country_on_earth_is_answered_and_none_claims_more_than_its_evidence(whole):
    places = {place.id: place for place in Registry().all()}
    countries = {key for key, place in places.items() if place.level == "country"}
    territories = {"US-PR", "US-GU", "US-VI", "US-AS", "US-MP"}
    assert len(countries - {"XK"}) + len(territories) == 249
    found = {a.id: a for a in Dataset(whole).answers(on="2026-11-22", now=NOON, everywhere=True)}
    assert set(found) >= countries | territories
    for key, answer in found.items():
        data = answer.to_dict()
        if data["status"] == "unknown":
            assert set(data["may"].values()) & {"yes", "limited", "depends"} == set(), key
        else:
            assert data["grade"] != "none", key
            assert data["citations"] or data["basis"] == "silence", key
        if key not in whole:
            assert data["status"] == "unknown", key
            assert data["freshness"]["state"] == "unverified", key


def test_the_union_and_the_conventions_stand_beside_a_country_and_never_govern_it(whole):
    data = Dataset(whole)
    germany, japan = (data.lookup(key, on="2026-11-22", now=NOON).to_dict() for key in ("DE", "JP"))
    assert [item["id"] for item in germany["context"]] == ["EU", "UN"]
    assert [item["id"] for item in japan["context"]] == ["UN"]
    assert germany["status"] == "unregulated"
    assert [layer["id"] for layer in germany["layers"]] == ["DE"]
    union = next(place for place in Registry().all() if place.id == "EU")
    assert union.level == "context"


def test_the_members_of_the_union_are_27_countries(whole):
    members = whole.get("EU")["members"]
    assert len(members) == len(set(members)) == 27
    assert all(Registry().get(key).level == "country" for key in members)
