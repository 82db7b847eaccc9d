"""Scheduled runs: late rather than never, caught up from our own ledger, ended cleanly."""

import signal
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from regstatus.base.days import span
from regstatus.base.errors import UsageError
from regstatus.cli import main
from regstatus.pipeline.schedule import _first_run, trigger_of
from regstatus.pipeline.update import Options
from regstatus.store.atomic import sealed
from tests.support.child import child
from tests.support.make import FEDERAL, NOON


@pytest.mark.parametrize(
    ("text", "expected"),
    [("90m", timedelta(minutes=90)), ("6h", timedelta(hours=6)), ("2d", timedelta(days=2))],
)
def test_spans_are_minutes_hours_or_days(text, expected):
    assert span(text) == expected


@pytest.mark.parametrize("text", ["6", "h", "0h", "-1h", "6 hours", "1w"])
def test_other_spans_are_refused_with_the_form(text):
    with pytest.raises(UsageError, match="90m, 6h or 1d"):
        span(text)


def test_days_of_the_week_by_number_are_refused_for_they_mean_two_things():
    with pytest.raises(UsageError, match="by name"):
        trigger_of(None, "0 4 * * 0")
    with pytest.raises(UsageError, match="not five cron fields"):
        trigger_of(None, "whenever")
    sunday = trigger_of(None, "0 4 * * sun").get_next_fire_time(None, NOON)
    assert (sunday.strftime("%a"), sunday.hour, sunday.tzinfo) == ("Sun", 4, UTC)


NEVER = [
    "0 0 31 2 *", "0 0 30 2 *", "0 0 30,31 feb *", "15 3 31 4,6,9,11 *", "0 0 31 jun,nov *",
    "* * 30-31 2 *", "0 0 31 2 mon-fri", "59 23 31 apr *",
]  # fmt: skip
RARE = {
    "0 0 29 2 *": "2028-02-29",
    "0 0 29 feb mon": "2044-02-29",
    "0 0 31 1-12 *": "2026-12-31",
    "0 0 30,29 2 *": "2028-02-29",
    "0 0 31 2,3 *": "2027-03-31",
}


@pytest.mark.parametrize("cron", NEVER)
def test_a_cron_line_that_never_comes_is_refused_and_named_at_every_door(
    tmp_path, capsys, monkeypatch, cron
):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    with pytest.raises(UsageError, match="never comes"):
        trigger_of(None, cron)
    for command in ("schedule", "serve"):
        assert main([command, "--cron", cron]) == 2
        assert cron in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("cron", "day"), RARE.items())
def test_a_cron_line_that_comes_rarely_is_taken(cron, day):
    found = trigger_of(None, cron).get_next_fire_time(None, NOON)
    assert found.date().isoformat() == day


def options(path):
    return Options(sources=path / "sources", snapshots=path / "store")


def remember(path, started):
    (path / "store").mkdir(parents=True, exist_ok=True)
    runs = {"format": "regstatus-ledger/2", "documents": {}, "runs": [{"started": started}]}
    (path / "store" / "ledger.json").write_bytes(sealed(runs))


@pytest.mark.parametrize(
    ("started", "every", "first"),
    [
        ("2026-11-22T11:00:00Z", "6h", NOON + timedelta(hours=5)),
        ("2026-11-22T01:00:00Z", "6h", NOON),
        ("2026-10-01T00:00:00Z", "1d", NOON),
    ],
)
def test_a_run_missed_while_down_is_made_at_once(tmp_path, started, every, first):
    remember(tmp_path, started)
    assert _first_run(options(tmp_path), trigger_of(every, None), NOON) == first


def test_without_a_ledger_or_with_a_broken_one_the_first_run_is_now(tmp_path):
    trigger = trigger_of(None, "0 4 * * *")
    assert _first_run(options(tmp_path), trigger, NOON) == NOON
    remember(tmp_path, "2026-11-22T04:00:00Z")
    assert _first_run(options(tmp_path), trigger, NOON) == datetime(2026, 11, 23, 4, tzinfo=UTC)
    (tmp_path / "store" / "ledger.json").write_text("{", encoding="utf-8")
    assert _first_run(options(tmp_path), trigger, NOON) == NOON


def start(path: Path, *begin: str):
    return child(
        [
            sys.executable, *(begin or ("-m", "regstatus")), "schedule", "--every", "6h",
            "--sources", str(path / "sources"), "--snapshots", str(path / "store"),
        ]
    )  # fmt: skip


def test_the_service_runs_reports_and_ends_cleanly_on_sigterm(tmp_path):
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "us.toml").write_text(FEDERAL, encoding="utf-8")
    with start(tmp_path) as process:
        assert "first run at" in process.stdout.readline()
        line = process.stdout.readline()
        assert "complete: 0 asked" in line
        assert "version 20" in line
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=60)
    assert "SIGTERM: finishing the run under way" in out
    assert (process.returncode, err) == (0, "")
    assert len(list((tmp_path / "store" / "reports").glob("*.md"))) == 1


HEARD_BESIDE = """
import signal, sys, threading, time
from pathlib import Path
from regstatus.cli import main

def hear():
    while not Path(sys.argv[-1], "ledger.json").exists():
        time.sleep(0.05)
    time.sleep(0.5)
    signal.pthread_kill(threading.get_ident(), signal.{})

threading.Thread(target=hear, daemon=True).start()
sys.exit(main())
"""


@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT"])
def test_a_signal_that_another_thread_of_it_receives_ends_it_too(tmp_path, name):
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "us.toml").write_text(FEDERAL, encoding="utf-8")
    with start(tmp_path, "-c", HEARD_BESIDE.format(name)) as process:
        out, err = process.communicate(timeout=60)
    assert f"{name}: finishing the run under way" in out
    assert (process.returncode, err) == (0, "")


def test_a_run_that_fails_is_told_and_does_not_end_the_service(tmp_path):
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "us.toml").write_text(FEDERAL.replace("order", "", 1), encoding="utf-8")
    with start(tmp_path) as process:
        process.stdout.readline()
        assert "run failed" in process.stdout.readline()
        assert process.poll() is None
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
    assert process.returncode == 0
