"""`update --notify` and `notify test`, as people call them."""

import json
import sys

import pytest

from regstatus.cli import main
from tests.pipeline.test_update import HOST, World, chapter
from tests.report.notify.conftest import ENV, SECRET, signed
from tests.support.child import child
from tests.support.replica import Replica


@pytest.fixture
def file(tmp_path, hook, monkeypatch):
    for name, value in ENV.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("REGSTATUS_NOTIFY", raising=False)
    path = tmp_path / "notify.toml"
    path.write_text(
        f'[[targets]]\nname = "hook"\nwebhook = "{hook.base}/{{env:HOOK_TOKEN}}"\n'
        'secret_env = "HOOK_KEY"\nallow_private = true\n',
        encoding="utf-8",
    )
    return path


@pytest.fixture
def update(tmp_path):
    with Replica() as site:
        world = World(tmp_path, site)

        def run(*words):
            return main(
                [
                    "update", "--sources", str(world.sources), "--snapshots", str(world.path),
                    "--route", f"{HOST}={site.address}", "--delay", "0", *words,
                ]
            )  # fmt: skip

        run.world = world
        yield run


def test_a_run_tells_and_its_exit_status_stays_its_own(update, file, hook, capsys):
    assert update("--notify", str(file)) == 0
    hook.got.clear()
    update.world.serve("/HS.444.htm", chapter(cap="one"))
    hook.answers = [410]
    assert update("--notify", str(file)) == 0
    shown = capsys.readouterr()
    assert "notify: hook: 127.0.0.1 answered with status 410." in shown.err
    hook.answers = [200]
    assert update("--notify", str(file)) == 0
    assert "notify: hook: told" in capsys.readouterr().out
    assert SECRET not in shown.out + shown.err
    assert "tok" not in shown.err
    signed(hook.got[-1][1], hook.got[-1][2])


def test_the_environment_may_name_the_file_and_json_says_what_was_told(
    update, file, hook, capsys, monkeypatch
):
    update("--quiet")
    monkeypatch.setenv("REGSTATUS_NOTIFY", str(file))
    update.world.serve("/HS.444.htm", chapter(cap="one"))
    capsys.readouterr()
    assert update("--json") == 0
    [told] = json.loads(capsys.readouterr().out)["told"]
    assert (told["target"], told["problem"]) == ("hook", None)
    assert update("--notify", "", "--json") == 0
    assert json.loads(capsys.readouterr().out)["told"] == []


def test_a_fault_in_the_file_stops_the_run_before_it_begins(update, file, capsys):
    file.write_text("[[targets]]\n", encoding="utf-8")
    assert update("--notify", str(file)) == 2
    assert "notify.toml:1: targets[0]: a target needs either" in capsys.readouterr().err
    assert not update.world.path.exists()


def test_a_run_that_breaks_off_is_told_and_ends_as_it_would(update, file, hook, capsys):
    assert update("--notify", str(file)) == 0
    update.world.write("tx.toml", 'jurisdiction = "US-TX"\n')
    hook.got.clear()
    assert update("--notify", str(file)) == 2
    assert update("--notify", str(file)) == 2
    [body] = hook.bodies
    assert body["title"] == "regstatus: the runs fail"
    assert "tx.toml" in body["text"]
    assert "tx.toml" in capsys.readouterr().err


def test_a_recording_played_again_tells_nobody(file, tmp_path, capsys):
    words = ["update", "--replay", "x.warc", "--snapshots", str(tmp_path / "s")]
    assert main([*words, "--notify", str(file)]) == 2
    assert "--notify" in capsys.readouterr().err


def test_the_service_tells_too_and_goes_on(file, hook, tmp_path):
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "us.toml").write_text('jurisdiction = "US"\n', encoding="utf-8")
    words = [
        sys.executable, "-m", "regstatus", "schedule", "--notify", str(file),
        "--sources", str(tmp_path / "sources"), "--snapshots", str(tmp_path / "store"),
    ]  # fmt: skip
    with child(words) as process:
        lines = [process.stdout.readline() for _ in range(3)]
        assert process.poll() is None
        process.terminate()
        process.communicate(timeout=60)
    assert "run failed" in lines[1]
    assert "notify: hook: told “regstatus: the runs fail”" in lines[2]
    assert process.returncode == 0
    signed(hook.got[0][1], hook.got[0][2])


def test_a_test_message_is_sent_signed_and_says_that_it_is_one(file, hook, capsys):
    assert main(["notify", "test", str(file)]) == 0
    [(_, headers, body)] = hook.got
    signed(headers, body)
    assert json.loads(body)["test"] is True
    assert "hook (webhook): took" in capsys.readouterr().out
    hook.answers = [404]
    assert main(["notify", "test", str(file)]) == 1
    assert "status 404" in capsys.readouterr().err


def test_a_dry_run_sends_nothing_and_says_which_variables_are_not_set(
    file, hook, capsys, monkeypatch
):
    monkeypatch.delenv("HOOK_KEY")
    monkeypatch.setenv("REGSTATUS_NOTIFY", str(file))
    assert main(["notify", "test", "--dry-run"]) == 0
    out = capsys.readouterr().out
    assert "would get" in out
    assert "not set: HOOK_KEY" in out
    assert hook.got == []
    assert main(["notify", "test", "--dry-run", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["unset"] == ["HOOK_KEY"]


def test_an_unknown_target_or_no_file_is_a_mistake_with_a_remedy(file, capsys, monkeypatch):
    assert main(["notify", "test", str(file), "--target", "x"]) == 2
    assert "it has: hook" in capsys.readouterr().err
    assert main(["notify", "test"]) == 2
    assert "REGSTATUS_NOTIFY" in capsys.readouterr().err
