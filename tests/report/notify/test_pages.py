"""docs/notify.md and docs/github-action.yml say what the code does."""

import re
import shlex

import pytest
import yaml

from regstatus.cli import parser
from regstatus.model.event_kinds import KINDS
from regstatus.model.schemas import SHAPES
from regstatus.report.notify.channels import SHORTEST, SIGNATURE, sign
from regstatus.report.notify.config import Notify, Target
from regstatus.report.notify.message import EVENTS, FORMAT, LONGEST
from regstatus.report.notify.outbox import KEPT
from tests.support.make import NOON
from tests.support.pages import ROOT, Page, codes, first_codes

NOTIFY = Page("docs/notify.md")
RECIPE = ROOT / "docs" / "github-action.yml"


def test_every_key_is_explained_and_no_other():
    assert set(first_codes(NOTIFY.table("The file", "Key"))) == set(Notify.model_fields)
    assert set(first_codes(NOTIFY.table("The file", "Key of a target"))) == set(Target.model_fields)


def test_every_field_of_a_message_is_explained_and_no_other():
    rows = NOTIFY.table("The webhook", "Field")
    assert set(first_codes(rows)) == set(SHAPES["NotificationSchema"].model_fields)
    run = next(row[1] for row in rows if row[0] == "`run`")
    assert set(SHAPES["RunOut"].model_fields) <= set(codes(run))
    assert FORMAT in codes(rows[0][1])
    assert SIGNATURE in first_codes(NOTIFY.table("The webhook", "Header"))


def test_the_levels_are_those_of_the_code():
    told = {
        kind: level for level, kinds in NOTIFY.table("Levels", "Level") for kind in codes(kinds)
    }
    assert told == {str(kind): f"`{one.level}`" for kind, one in KINDS.items()}


def test_the_numbers_are_those_of_the_code():
    from regstatus.fetch.post import WITHIN
    from regstatus.fetch.settings import Settings

    for claim, number in (
        (r"up to (\d+) for each target", KEPT),
        (r"at most ([\d,]+) characters", LONGEST),
        (r"`link`; at most (\d+)", EVENTS),
        (r"of (\d+) characters or more", SHORTEST),
        (r"at most (\d+) seconds in all", int(WITHIN)),
    ):
        assert int(re.search(claim, NOTIFY.text)[1].replace(",", "")) == number, claim
    assert "again up to three times" in NOTIFY.text
    assert Settings().retries == 3


def test_the_code_shown_for_receivers_verifies_a_signature_and_refuses_others():
    names = {}
    exec(NOTIFY.blocks("python")[0], names)
    sound, when = names["sound"], int(NOON.timestamp())
    header = sign(b"{}", "key", NOON)
    assert sound(header, b"{}", "key", when)
    assert not sound(header, b"{ }", "key", when)
    assert not sound(header, b"{}", "other", when)
    assert not sound(header, b"{}", "key", when + 3600)


def steps():
    recipe = yaml.safe_load(RECIPE.read_text(encoding="utf-8"))
    for job in recipe["jobs"].values():
        yield from job["steps"]


def command_lines():
    for step in steps():
        for line in step.get("run", "").splitlines():
            if found := re.match(r"\s*(regstatus .*)", line):
                yield re.split(r"\s(?:[|>]|\|\||&&)\s?", found[1])[0]


def test_the_recipe_is_sound_yaml_with_a_schedule_and_least_rights():
    recipe = yaml.safe_load(RECIPE.read_text(encoding="utf-8"))
    assert recipe[True]["schedule"][0]["cron"]  # YAML takes the key `on` for a truth
    assert recipe["permissions"] == {"contents": "read"}
    assert recipe["concurrency"]["cancel-in-progress"] is False
    used = [step["uses"] for step in steps() if "uses" in step]
    assert all(re.fullmatch(r"actions/[a-z-]+@v\d+", name) for name in used)


def test_nothing_from_outside_is_put_into_a_script_of_the_recipe():
    assert [step for step in steps() if "${{" in step.get("run", "")] == []


@pytest.mark.parametrize("line", list(command_lines()))
def test_every_command_of_the_recipe_is_understood(line):
    parser().parse_args(shlex.split(line.replace("${GITHUB_REPOSITORY#*/}", "name"))[1:])


def test_the_recipe_updates_verifies_and_publishes():
    said = " ".join(command_lines())
    for words in ("regstatus update", "regstatus snapshots verify", "regstatus publish site"):
        assert words in said


@pytest.mark.parametrize("step", [s for s in steps() if "run" in s], ids=lambda s: s["name"])
def test_every_script_of_the_recipe_is_sound_for_the_shell(step):
    import shutil
    import subprocess

    if shutil.which("bash") is None:
        pytest.skip("bash is not installed")
    done = subprocess.run(
        ["bash", "-n"], input=step["run"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
