"""Changed words are laid beside those last confirmed: doubtful ones renew nothing until a person attests."""

import json
from datetime import timedelta

import pytest

from regstatus.base.errors import RegstatusError
from tests.pipeline.test_update import CHAPTER, SCHEDULE, World
from tests.support.make import TEXAS, source
from tests.support.replica import Replica

PENALTY = (
    "<h3>Sec. 444.006. CIVIL PENALTY.</h3><p>A person who violates this chapter owes the state $500 "
    "for each violation, and the attorney general may sue to recover the amount and the costs.</p>"
    "<h3>Sec. 444.009. RECORDS.</h3><p>Invoices are kept for three years at the place of business.</p>"
)
OTHERS = [f"{name}{kind}" for name in ("Acetyl", "Benzyl", "Etonit", "Furan", "Propion") for kind in
          ("fentanyl", "morphine", "azene", "methadol", "codeine", "prodine")]  # fmt: skip


def chapter(new="", **changes):
    page = CHAPTER.replace("AGE", "18").replace("CAP", "two")
    page = page.replace("</body>", f"{PENALTY}{new}</body>")
    for old, now in changes.values():
        assert old in page
        page = page.replace(old, now)
    return page.encode()


def schedule(*names):
    listed = SCHEDULE.replace("<li>Heroin</li>", "<li>Heroin</li>" + OTHERS_LISTED)
    return listed.replace("EXTRA", "".join(f"<li>{name}</li>" for name in names)).encode()


OTHERS_LISTED = "".join(f"<li>{name}</li>" for name in OTHERS)


@pytest.fixture
def world(tmp_path):
    with Replica([]) as site:
        made = World(tmp_path, site)
        made.serve("/HS.444.htm", chapter())
        made.serve("/HS.481.htm", schedule())
        made.run()
        yield made


def clock(world, name="hs-481"):
    return json.loads((world.path / "ledger.json").read_bytes())["documents"][f"US-TX:{name}"]


def later(world, path, body, **options):
    """Serve a page, run, and say whether its document was verified anew."""
    world.serve(path, body)
    world.run(**options)
    name = "hs-444" if "444" in path else "hs-481"
    return clock(world, name).get("verified_at") == f"{world.now:%Y-%m-%dT%H:%M:%SZ}"


NEW = {
    "a plain ban": "<p>Kratom is illegal.</p>",
    "an offence": "<p>A person commits an offense if the person possesses, sells, or delivers kratom.</p>",
    "a list": "<p>A person shall not:</p><p>(a) sell;</p><p>(b) possess; or</p><p>(c) use kratom.</p>",
    "an unknown language": "<p>Kratom ei bod yn anghyfreithlon.</p>",
    "a ban beside a name": "<p>It is unlawful for any person to deal in such goods.</p>",
    "a penalty beside a name": "<p>Whoever does so is guilty of a misdemeanor.</p>",
    "a repeal beside a name": "<p>[Repealed by Acts 2026, c. 5]</p>",
}
HARMLESS = {
    "another section": "<h3>Sec. 444.010. FEES.</h3><p>The fee for a copy of the register is $20.</p>",
    "a note": "<p>Acts 2023, 88th Leg., ch. 1003, eff. September 1, 2023.</p>",
    "a date": "<p>Last updated: November 24, 2026</p>",
}


@pytest.mark.parametrize("new", NEW.values(), ids=NEW)
def test_new_words_beside_a_name_renew_nothing_and_are_told(world, new):
    before = world.answer()
    page = chapter(sale=("of the product.</p>", f"of the product.</p>{new}"))
    assert not later(world, "/HS.444.htm", page)
    found = world.answer()
    assert found["status"] == before["status"]
    assert clock(world, "hs-444")["outcome"] == "doubtful"
    assert any("not trusted since" in why and "“" in why for why in found["freshness"]["reasons"])
    # It does not wear off, nor does the former text return the trust, until a person has looked.
    assert not later(world, "/HS.444.htm", page)
    assert not later(world, "/HS.444.htm", chapter())
    assert "no person has reviewed" in clock(world, "hs-444")["problem"]


@pytest.mark.parametrize("new", HARMLESS.values(), ids=HARMLESS)
def test_harmless_words_are_verified_and_are_the_next_baseline(world, new):
    assert later(world, "/HS.444.htm", chapter(new))
    assert not any("chapter 444" in why for why in world.answer()["freshness"]["reasons"])
    assert later(world, "/HS.444.htm", chapter(new + "<p>Printed by the office.</p>"))


def test_a_person_who_attests_later_lets_the_new_words_count(world):
    page = chapter(sale=("of the product.</p>", "of the product. Kratom tea counts as one.</p>"))
    assert not later(world, "/HS.444.htm", page)
    seen = world.now.date()
    for day, counts in ((seen, False), (seen + timedelta(days=1), True)):
        world.write("tx.toml", TEXAS.replace("attested = 2026-06-07", f"attested = {day}"))
        assert later(world, "/HS.444.htm", page) is counts
    assert later(world, "/HS.444.htm", page)
    assert "unreviewed" not in clock(world, "hs-444")


@pytest.mark.parametrize(
    "page",
    [
        schedule().replace(OTHERS_LISTED[len(OTHERS_LISTED) // 2 :].encode(), b"</li>"),
        b"<html><body><h1>News</h1><p>"
        + b"Heroin, Mescaline, Ibogaine, Psilocybin remain. " * 20
        + b"</p></body></html>",
        schedule().replace(b"Heroin", b"Diacetylmorphine (heroin is its name)"),
    ],
    ids=["half the list", "a sentence", "a control elsewhere"],
)
def test_a_list_that_lost_what_it_had_is_doubted_until_it_is_there_again(world, page):
    assert not later(world, "/HS.481.htm", page)
    assert any("not trusted since" in why for why in world.answer()["freshness"]["reasons"])
    assert later(world, "/HS.481.htm", schedule())


def test_entries_for_other_drugs_come_and_go(world):
    assert later(world, "/HS.481.htm", schedule("Nitazolam"))
    assert later(world, "/HS.481.htm", schedule("Nitazolam", "Zolpidone"))
    assert later(world, "/HS.481.htm", schedule("Zolpidone"))


def test_words_that_were_never_confirmed_are_no_baseline(world):
    assert not later(world, "/HS.444.htm", chapter(age=("18 years", "16 years")))
    assert clock(world, "hs-444")["verdict"] == "contradicts"
    page = chapter(sale=("of the product.</p>", "of the product.</p><p>Kratom is illegal.</p>"))
    assert not later(world, "/HS.444.htm", page)
    assert clock(world, "hs-444")["outcome"] == "doubtful"


def test_the_same_bytes_are_not_read_again_within_two_weeks(world, monkeypatch):
    read = []
    from regstatus.pipeline import update as one_run

    real = one_run.read_page
    monkeypatch.setattr(
        one_run, "read_page", lambda *given: read.append(given[0].id) or real(*given)
    )
    for _ in range(3):
        world.run()
        assert clock(world, "hs-444")["verified_at"] == f"{world.now:%Y-%m-%dT%H:%M:%SZ}"
    assert read == []
    world.run(hours=24 * 14)
    assert "hs-444" in read


MENUS = (
    "<nav><a href='/drugs/kratom'>Kratom</a></nav>",
    "<script>var menu = [{'page': 'Kratom facts'}];</script>",
    "<form><input type='hidden' name='topic' value='kratom'></form>",
)


def with_menu(menu, page=None):
    return (page or schedule()).replace(b"<body>", f"<body>{menu}".encode(), 1)


@pytest.mark.parametrize("menu", MENUS)
def test_the_words_of_a_sites_own_frame_are_no_doubt_where_the_source_file_gives_them(world, menu):
    assert b"<body>" in schedule()
    assert not later(world, "/HS.481.htm", with_menu(menu))
    old = 'controls = ["heroin"'
    assert old in TEXAS
    world.write("tx.toml", TEXAS.replace(old, f'site_words = ["""{menu}"""]\n{old}'))
    assert later(world, "/HS.481.htm", with_menu(menu))
    assert not later(world, "/HS.481.htm", with_menu(menu * 2))
    assert not later(world, "/HS.481.htm", with_menu(menu + "<p hidden>Kratom</p>"))
    assert not later(world, "/HS.481.htm", with_menu(menu, schedule("Kratom")))


@pytest.mark.parametrize("words", ["Kratom", "Mitragyna speciosa (kratom)", "7-hydroxymitragynine"])
def test_a_name_without_its_markup_is_refused_as_words_of_a_frame(words):
    text = TEXAS.replace(
        'controls = ["heroin"', f"site_words = ['{words}']\ncontrols = [\"heroin\""
    )
    with pytest.raises(RegstatusError, match="markup round them"):
        source(text)
