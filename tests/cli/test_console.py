"""No traceback, ever: with any encoding, stream, limit or folder an answer, or one line and a status."""

import csv
import io
import json
import os
import re
import shlex
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from regstatus import cli
from tests.support.child import child
from tests.support.make import FEDERAL, NOON, TEXAS, publish, record

FULL = "/dev/full"
WORDS = "§ 12 → “кратом” 𐐷"
"""Words that no narrow encoding has whole; the last sign lies beyond the first plane."""

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the shell of the tests is POSIX's")
needs_full = pytest.mark.skipif(not Path(FULL).exists(), reason="there is no /dev/full here")


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    path = tmp_path_factory.mktemp("console") / "store"
    texas = TEXAS.replace("Tex. Health & Safety Code ch. 444", f"Ch. 444 {WORDS}")
    publish(path, record(FEDERAL))
    publish(path, record(texas), record(FEDERAL), created=NOON + timedelta(days=1))
    return path


@pytest.fixture
def shell(store, tmp_path):
    """Run a line of the shell in which `regstatus` stands for the program."""

    def run(line, cwd=tmp_path, **environment):
        program = f'regstatus() {{ {shlex.quote(sys.executable)} -m regstatus "$@"; }}\n'
        # A library that is loaded before the program opens files at 0, as faketime's does.
        program = f"unset LD_PRELOAD\n{program}"
        done = subprocess.run(
            ["/bin/sh", "-c", program + line],
            cwd=cwd,
            capture_output=True,
            env={**os.environ, "REGSTATUS_SNAPSHOTS": str(store), **environment},
            check=False,
        )
        for said in (done.stdout, done.stderr):
            assert b"Traceback" not in said, said
            assert b"Exception ignored" not in said, said
        return done

    return run


@pytest.fixture(scope="module")
def told():
    """What lines gave that were run before, by line."""
    return {}


@pytest.fixture
def usual(shell, told):
    """What a line gives in the usual way; it is run once for all tests."""

    def run(line):
        if line not in told:
            told[line] = shell(line)
        return told[line]

    return run


NARROW = [
    {"PYTHONIOENCODING": "cp1252"},
    {"PYTHONIOENCODING": "cp437"},
    {"PYTHONIOENCODING": "latin-1"},
    {"PYTHONIOENCODING": "ascii:strict"},
    {"PYTHONIOENCODING": "koi8-r"},
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": ""},
]


def encoding(environment):
    return environment["PYTHONIOENCODING"].partition(":")[0] or "ascii"


@pytest.mark.parametrize("narrow", NARROW, ids=encoding)
def test_json_means_the_same_in_any_encoding_of_the_console(shell, usual, narrow):
    for words in ("lookup US-TX --json", "list --json", "cite texas --json"):
        wide, done = usual(f"regstatus {words}"), shell(f"regstatus {words}", **narrow)
        assert (wide.returncode, done.returncode) == (0, 0)
        assert json.loads(done.stdout.decode(encoding(narrow))) == json.loads(wide.stdout)
        assert WORDS in str(json.loads(wide.stdout)) or words.startswith("list")
    lines = shell("regstatus list --format ndjson", **narrow).stdout.decode(encoding(narrow))
    assert [json.loads(line)["jurisdiction"]["id"] for line in lines.splitlines()] == [
        "US",
        "US-TX",
    ]


@pytest.mark.parametrize("narrow", NARROW, ids=encoding)
def test_text_and_tables_are_shown_in_any_encoding_with_what_it_lacks_escaped(shell, usual, narrow):
    def escaped(found):
        return chr(int(found[1], 16))

    for words in ("lookup US-TX", "cite US-TX", "snapshots verify", "list --format csv"):
        done = shell(f"regstatus {words}", **narrow)
        assert (done.returncode, done.stderr) == (0, b"")
        shown = re.sub(r"\\u([0-9a-f]{4})", escaped, done.stdout.decode(encoding(narrow)))
        whole = shown.encode("utf-16", "surrogatepass").decode("utf-16")
        assert whole == usual(f"regstatus {words}").stdout.decode()
    rows = csv.reader(io.StringIO(done.stdout.decode(encoding(narrow))))
    assert len({len(row) for row in rows}) == 1


@pytest.mark.parametrize("narrow", NARROW[2:4], ids=encoding)
def test_help_completion_and_errors_are_shown_in_any_encoding(shell, narrow):
    for words, status in (
        ("--help", 0), ("lookup --help", 0), ("screen --help", 0), ("completion bash", 0),
        ("list --level", 2), ("lookup Côte", 2), ("lookup →", 2), ("lookup US-TX --on ½", 2),
    ):  # fmt: skip
        done = shell(f"regstatus {words}", **narrow)
        assert done.returncode == status, words
        assert done.stdout if status == 0 else done.stderr


CLOSED = [
    ("lookup US-TX --json", 0), ("list", 0), ("--help", 0), ("lookup Atlantis", 2),
    ("snapshots verify", 0), ("stale", 1), ("completion bash", 0),
]  # fmt: skip


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_a_closed_stream_changes_no_answer_and_no_status(shell, usual, closed):
    for words, status in CLOSED:
        done = shell(f"regstatus {words} {closed}")
        assert done.returncode == status, words
        if ">&-" not in closed.replace("2>&-", ""):
            assert done.stdout == usual(f"regstatus {words} 2>/dev/null").stdout


def test_what_is_to_be_read_from_a_closed_input_is_asked_for_as_a_file(shell):
    for words in ("inspect -", "screen - --to to --product of"):
        done = shell(f"regstatus {words} <&-")
        assert done.returncode == 2
        assert b"standard input is closed; name a file" in done.stderr


def test_what_is_printed_to_a_closed_stream_ends_in_no_file(shell, tmp_path):
    done = shell(
        "regstatus export --format csv law <&- >&- 2>&-; regstatus export --format csv twin"
    )
    assert done.returncode == 0
    for file in (tmp_path / "twin").glob("*.csv"):
        assert (tmp_path / "law" / file.name).read_bytes() == file.read_bytes()


@needs_full
@pytest.mark.parametrize("words", ["lookup US-TX", "list --json", "--help", "stale"])
def test_output_that_a_full_disk_does_not_take_is_told_and_is_status_6(shell, words):
    done = shell(f"regstatus {words} > {FULL}")
    assert done.returncode == 6
    assert done.stderr.count(b"\n") == 1
    assert b"standard output" in done.stderr


@needs_full
@pytest.mark.parametrize(("words", "status"), CLOSED[:4])
def test_where_warnings_go_to_a_full_disk_the_answer_still_comes(shell, usual, words, status):
    done = shell(f"regstatus {words} 2> {FULL}")
    assert done.returncode == status
    assert done.stdout == usual(f"regstatus {words} 2>/dev/null").stdout


@pytest.mark.parametrize(
    ("words", "status"),
    [("lookup US-TX", 0), ("stale", 1), ("snapshots show --json", 0), ("--help", 0), ("list --level x", 2)],
)  # fmt: skip
def test_a_reader_that_leaves_early_changes_no_status(shell, words, status):
    done = shell(
        f"{{ sleep 0.1; regstatus {words} 2>/dev/null; echo $? > status; }} | true; cat status"
    )
    for _ in range(200):
        if done.stdout:
            break
        done = shell("sleep 0.1; cat status 2>/dev/null")
    assert done.stdout.decode().strip() == str(status)


@pytest.mark.parametrize("megabytes", [20, 24, 40, 120, 300])
def test_too_little_memory_is_one_line_and_status_6_or_enough(shell, megabytes):
    pytest.importorskip("resource")
    for words in (
        "lookup US-TX", "list --json", "sources check", "snapshots verify",
        "export --format parquet tables", "export --force --format sqlite law.sqlite",
        "screen orders.csv --to to --product of",
    ):  # fmt: skip
        done = shell(
            f"printf 'to,of\\nTexas,leaf\\n' > orders.csv; ulimit -v {megabytes * 1024}; regstatus {words}"
        )
        if done.returncode:
            assert done.returncode == 6, words
            assert done.stderr.count(b"\n") == 1
            assert b"too little memory" in done.stderr


@pytest.mark.parametrize(
    "words", ["export --format csv law", "sources check x.toml", "lookup US-TX"]
)
def test_a_current_folder_that_is_gone_is_told_or_not_needed(shell, words):
    done = shell(
        f"mkdir gone; cd gone; rmdir ../gone; regstatus {words}", PYTHONPATH=str(Path.cwd())
    )
    assert done.returncode in {0, 2, 6}
    if done.returncode:
        assert b"current folder is no longer there" in done.stderr or b"x.toml" in done.stderr


@pytest.mark.parametrize("word", [r"\377", r"Xyz\355\240\200q", r"\303"])
def test_words_that_are_no_text_are_a_mistake_or_a_name_and_never_a_traceback(shell, word):
    for words in (
        "lookup", "cite", "list --country", "changes --since", "sources check", "inspect",
        "snapshots show", "evidence", "lookup US-TX --on", "lookup US-TX --snapshots",
    ):  # fmt: skip
        done = shell(f"regstatus {words} \"$(printf '{word}')\"")
        assert done.returncode in {2, 6}, words
        assert done.stderr


@pytest.mark.parametrize(
    "odd",
    [{"HOME": ""}, {"HOME": "/nowhere/at/all"}, {"COLUMNS": "0", "TERM": "\x1b"},
     {"COLUMNS": "-1", "LINES": "x"}, {"XDG_DATA_HOME": os.fsdecode(b"/tmp/\xff")},
     {"TZ": "Nowhere/None"}, {"LANG": os.fsdecode(b"\xff")}],
)  # fmt: skip
def test_an_odd_environment_changes_no_answer(shell, usual, odd):
    for words in ("lookup US-TX --on 2026-11-22", "list --on 2026-11-22", "lookup --help"):
        done = shell(f"regstatus {words}", **odd)
        assert (done.returncode, done.stdout) == (0, usual(f"regstatus {words}").stdout)


def test_a_fault_of_ours_is_one_line_that_says_where_and_status_70(monkeypatch, capsys):
    from regstatus.cli import _completion

    def broken(_args):
        raise KeyError("nothing of the kind")

    monkeypatch.delenv("REGSTATUS_TRACEBACK", raising=False)
    monkeypatch.setattr(_completion, "run", broken)
    assert cli.main(["completion", "bash"]) == 70
    said = capsys.readouterr().err
    assert "fault of regstatus itself" in said
    assert "KeyError" in said
    assert len(said.splitlines()) == 2
    monkeypatch.setenv("REGSTATUS_TRACEBACK", "1")
    with pytest.raises(KeyError):
        cli.main(["completion", "bash"])


@pytest.mark.parametrize("width", [1, 2, 7, 11, 40])
def test_a_terminal_of_any_width_shows_every_answer(store, width):
    import fcntl
    import pty
    import struct
    import termios

    for words in (["lookup", "US-TX"], ["lookup", "US-TX", "--history", "--all"], ["--help"]):
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, width, 0, 0))
        with child(
            [sys.executable, "-m", "regstatus", *words],
            stdout=theirs, text=False, env={"REGSTATUS_SNAPSHOTS": str(store)},
        ) as process:  # fmt: skip
            os.close(theirs)
            seen = b""
            while True:
                try:
                    part = os.read(ours, 65536)
                except OSError:  # how Linux says that the other side has closed
                    break
                if not part:
                    break
                seen += part
            assert process.stderr.read() == b""
            process.wait(60)
        os.close(ours)
        assert process.returncode == 0
        assert seen


@pytest.mark.parametrize(
    "host", [r"\377", "a..b", "'x y'", "nowhere.invalid", "203.0.113.7", "::zz"]
)
def test_an_address_that_cannot_be_listened_on_is_one_line_and_status_6(shell, host):
    done = shell(f"regstatus serve --port 0 --host \"$(printf '%b' {host!r})\"")
    assert done.returncode == 6
    assert done.stderr.count(b"\n") == 1
    assert b"cannot listen on" in done.stderr


@pytest.mark.parametrize(
    "words", ["update --only US-TX", "schedule --only US-TX", "serve --port 0 --schedule 6h"]
)
def test_where_no_home_is_known_a_folder_is_asked_for_and_none_is_made_here(shell, tmp_path, words):
    done = shell(f"regstatus {words}", HOME="~", REGSTATUS_SNAPSHOTS="", XDG_DATA_HOME="data")
    assert done.returncode == 2
    assert b"--snapshots" in done.stderr
    assert list(tmp_path.iterdir()) == []
    assert shell("regstatus lookup US-TX", HOME="~", REGSTATUS_SNAPSHOTS="").returncode == 0
