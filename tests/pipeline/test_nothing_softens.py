"""Over whole runs, with periods to come, people who act and days that pass, no page softens an answer."""

from datetime import date, timedelta

from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

import regstatus
from tests.decide.test_only_people_soften import LEAF, LIST, PAGE, hosts
from tests.pipeline.test_copies import World, http_date
from tests.pipeline.test_update import chapter, schedule
from tests.support.make import NOON

__all__ = ["hosts"]

RANK = ("unregulated", "age_restricted", "unknown", "regulated", "prescription_only",
        "sale_prohibited", "banned")  # fmt: skip
"""Status by strictness; `unknown` as the codebook has it: stricter than what puts no duty on a sale."""
ALLOWS = ("yes", "depends", "limited", "unknown", "no")
DAYS = [date(2026, 11, day) for day in (23, 26, 30)] + [date(2027, 3, 1), date(2029, 1, 1)]
PERIODS = ["2026-11-25", "2026-11-28", "2027-02-01"]


def ban(words):
    return chapter().replace(b"</body>", f"<p>(c) {words}</p></body>".encode())


TEXTS = {
    PAGE: [
        chapter(), chapter(age="19"), chapter(age="25", cap="one"), chapter(age="16", cap="three"),
        ban("It is unlawful for a person to possess kratom."),
        ban("The sale of kratom is prohibited."),
    ],
    LIST: [
        schedule(),
        schedule(f"<li>{LEAF}</li>"),
        schedule("<li>Mitragynine</li>"),
        schedule("<li>7-hydroxymitragynine</li>"),
        b"<html><body>Just a moment...</body></html>",
    ],
}  # fmt: skip


def answers(world):
    """What the public look-up says for each day and substance: all that can be softened."""
    found = {}
    for on in DAYS:
        for name in ("leaf", "mitragynine", "7-oh", "derivatives"):
            told = regstatus.lookup(
                "US-TX", on=on, substance=name, snapshots=world.store, now=world.now
            ).to_dict()
            found[on, name] = (
                RANK.index(told["layers"][0]["substances"][name]),
                *(ALLOWS.index(told["may"][what]) for what in ("possess", "sell", "import")),
                told["layers"][0]["minimum_age"] or 0,
                -least(told["layers"][0]["seven_oh_cap"]),
            )
    return found


def least(cap):
    """The percentage of a cap; more than any where there is none."""
    return min(
        (float(part.rstrip("%")) for part in (cap or "").split("; ") if "%" in part), default=999.0
    )


periods = st.lists(
    st.tuples(
        st.sampled_from(PERIODS), st.sampled_from([name for name in RANK if name != "unknown"]),
        st.sampled_from([16, 18, 25]), st.sampled_from(["1%", "2%", "5%"]),
    ),
    max_size=3, unique_by=lambda period: period[0],
)  # fmt: skip
listings = st.sampled_from(["banned", "prescription_only"])


def written(text, coming, listing):
    """The file with more periods, laxer or stricter in anything, and with what a listing means."""
    text = text.replace("complete = true", f'complete = true\nlisting = "{listing}"')
    last = text.rpartition("[[timeline]]")[2]
    for start, status, age, cap in sorted(coming):
        period = last.replace("from = 2023-09-01", f"from = {start}")
        for name in ("leaf", "mitragynine", '"7-oh"'):
            period = period.replace(f'{name} = "regulated"', f'{name} = "{status}"')
        period = period.replace("minimum_age = 18", f"minimum_age = {age}")
        text += "\n[[timeline]]" + period.replace('cap = "2%"', f'cap = "{cap}"')
    return text


steps = st.lists(
    st.tuples(
        st.sampled_from([PAGE, LIST]), st.integers(0, 5), st.sampled_from([None, 0, 3, 400]),
        st.sampled_from([1, 24, 70]),
    ),
    min_size=2, max_size=5,
)  # fmt: skip


@settings(
    max_examples=10,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # to shrink takes an hour of runs
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(periods, listings, steps)
@example([], "prescription_only", [(PAGE, 4, None, 24), (LIST, 1, None, 24)])
@example([("2027-02-01", "banned", 25, "1%")], "banned", [(PAGE, 5, None, 24), (PAGE, 1, None, 24)])
def test_no_run_softens_an_answer_for_any_day_and_a_person_who_does_is_told_of(
    tmp_path_factory, hosts, coming, listing, pages
):
    world = World(tmp_path_factory.mktemp("world"), hosts, copies="")
    text = written(world.text, coming, listing)
    world.write(text)
    world.run()
    alone = before = answers(world)
    for where, number, old, hours in pages:
        texts = TEXTS[where]
        dated = {} if old is None else {"Last_Modified": http_date(NOON - timedelta(days=old))}
        world.put(where, texts[number % len(texts)], **dated)
        world.run(hours)
        after = answers(world)
        for key, was in before.items():
            assert all(now >= then for now, then in zip(after[key], was, strict=True)), (key, where)
            assert all(now >= then for now, then in zip(after[key], alone[key], strict=True)), key
        before = after
    world.write(
        text.replace(
            "attested = 2026-06-07", f"attested = {world.now + timedelta(days=1):%Y-%m-%d}"
        )
    )
    for where, texts in TEXTS.items():
        world.put(where, texts[0])
    run = world.run(24)
    told = {str(change.kind) for change in run.changes}
    after, today = answers(world), world.now.date()
    softer = [key for key, was in before.items() if key[0] >= today and after[key][0] < was[0]]
    assert not softer or "restriction_lifted" in told, softer
