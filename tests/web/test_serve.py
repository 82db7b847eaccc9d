"""The command `regstatus serve`, as a process."""

import json
import re
import signal
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager

import pytest

from tests.support.make import publish, record

COMMAND = (sys.executable, "-m", "regstatus", "serve", "--port", "0")


@contextmanager
def served(*words):
    with subprocess.Popen(
        [*COMMAND, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            lines = []
            for line in process.stdout:
                lines.append(line)
                if found := re.search(r"serving (http://\S+)", line):
                    yield process, found[1], lines
                    return
            pytest.fail(f"it never served: {''.join(lines)}{process.stderr.read()}")
        finally:
            process.kill()


def test_it_serves_says_where_and_ends_when_told(tmp_path):
    publish(tmp_path, record())
    with served("--snapshots", str(tmp_path)) as (process, url, _):
        with urllib.request.urlopen(f"{url}v1/status/US-TX") as reply:
            assert json.load(reply)["status"] == "regulated"
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) in {0, -signal.SIGTERM}


def test_a_port_that_is_taken_is_said_in_one_line(tmp_path):
    publish(tmp_path, record())
    with served("--snapshots", str(tmp_path)) as (_, url, _):
        port = url.rstrip("/").rpartition(":")[2]
        second = subprocess.run(
            [
                sys.executable,
                "-m",
                "regstatus",
                "serve",
                "--port",
                port,
                "--snapshots",
                str(tmp_path),
            ],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert second.returncode == 6
    assert "Traceback" not in second.stderr
    assert port in second.stderr


@pytest.mark.parametrize(
    ("words", "remedy"),
    [
        (("--limit", "many"), "600/minute"),
        (("--only", "US"), "--schedule"),
        (("--schedule", "sometimes"), "6h"),
    ],
)
def test_a_setting_that_is_not_understood_stops_it_before_it_serves(words, remedy):
    done = subprocess.run(
        [*COMMAND, *words], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 2
    assert remedy in done.stderr
    assert "Traceback" not in done.stderr


def test_with_a_schedule_the_first_run_is_served_without_a_restart(tmp_path):
    from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
    from threading import Thread

    class Law(BaseHTTPRequestHandler):
        def do_GET(self):
            found = self.path != "/robots.txt"
            body = b"<html><body><h1>Code</h1><p>%s</p></body></html>" % (
                b"A kratom processor may not sell kratom to a person under 18 years of age. " * 40
            )
            self.send_response(200 if found else 404)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            if found:
                self.wfile.write(body)

        def log_message(self, *_):
            pass

    host = ThreadingHTTPServer(("127.0.0.1", 0), Law)
    Thread(target=host.serve_forever, daemon=True).start()
    sources = tmp_path / "sources/us"
    sources.mkdir(parents=True)
    (sources / "tx.toml").write_text(
        """
jurisdiction = "US-TX"
attested = 2026-06-07
attested_by = "third-party reading"
stale_after = "60d"

[[documents]]
id = "code"
title = "Code"
publisher = "Legislature"
url = "http://law.example.gov/code"
url_basis = "seen"
format = "html"
reads = "statute"
controls = ["kratom processor"]
shows = { minimum_age = 18 }
settles = ["leaf", "mitragynine", "7-oh"]

[[timeline]]
from = 2023-09-01
leaf = "age_restricted"
mitragynine = "age_restricted"
"7-oh" = "age_restricted"
derivatives = "unknown"
grade = "secondary"
minimum_age = 18
instruments = ["code"]
"""
    )
    words = (
        "--snapshots",
        str(tmp_path / "store"),
        "--sources",
        str(tmp_path / "sources"),
        "--schedule",
        "1h",
        "--delay",
        "0",
        "--route",
        f"law.example.gov=http://127.0.0.1:{host.server_port}",
    )
    with served(*words) as (process, url, _):
        codes, statuses = set(), set()
        for _ in range(300):
            try:
                with urllib.request.urlopen(f"{url}v1/status/US-TX") as reply:
                    answer = json.load(reply)
                statuses.add(answer["layers"][0]["status"])
                if answer["freshness"]["verified_at"]:  # the clocks are written after the version
                    break
            except urllib.error.HTTPError as error:
                codes.add(error.code)
            time.sleep(0.1)
        else:
            pytest.fail("the first run was never served")
        assert codes <= {503}  # nothing is known until the first run is done
        assert statuses == {"age_restricted"}
        with urllib.request.urlopen(f"{url}metrics") as reply:
            assert 'regstatus_last_run_seconds{state="complete"}' in reply.read().decode()
        process.send_signal(signal.SIGTERM)
        process.wait(60)
    host.shutdown()
    host.server_close()
