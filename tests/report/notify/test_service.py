"""Apprise, against a server on loopback; and what is said where it is not installed."""

import importlib.util
import json
import subprocess
import sys

import pytest

from regstatus.base.errors import UsageError
from regstatus.report.notify import channels
from regstatus.report.notify.config import Target
from regstatus.report.notify.message import compose
from tests.report.notify.test_message import HOSTILE, RUN, event

# One of its services imports what a later Python will no longer have.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
needs_apprise = pytest.mark.skipif(
    importlib.util.find_spec("apprise") is None, reason="the extra regstatus[notify] is missing"
)


def target(hook, path="/in/{env:TOKEN}"):
    return Target(name="x", apprise=hook.base.replace("http", "json") + path)


def send(to, body, env):
    return channels.send(to, body, now=None, env=env)


@needs_apprise
def test_a_message_goes_through_apprise_with_its_title_and_words(hook):
    to = target(hook)
    body = compose(to, RUN, "complete", [event()])
    assert send(to, body, {"TOKEN": "tok/en"}) is None
    [(path, _, sent)] = hook.got
    assert path.startswith("/in/tok")
    data = json.loads(sent)
    assert data["title"] == body["title"]
    assert "Texas: leaf went from regulated to banned." in data["message"]


@needs_apprise
def test_hostile_words_call_nobody_through_apprise(hook):
    to = target(hook)
    body = compose(to, RUN, "complete", [event(sentence=HOSTILE, quote=HOSTILE)])
    assert send(to, body, {"TOKEN": "token"}) is None
    message = json.loads(hook.got[0][2])["message"]
    assert "@everyone" not in message
    assert "\x1b" not in message


@needs_apprise
def test_a_refusal_is_told_without_any_piece_of_the_address(hook, caplog):
    hook.answers = [500]
    to = target(hook)
    body = compose(to, RUN, "complete", [event()])
    problem = send(to, body, {"TOKEN": "hunter2hunter2"})
    assert "did not take it" in problem
    assert "500" in problem
    assert "hunter2" not in problem + caplog.text
    gone = Target(name="x", apprise="json://127.0.0.1:9/{env:TOKEN}")
    assert "hunter2" not in send(gone, body, {"TOKEN": "hunter2hunter2"})


@needs_apprise
def test_an_address_that_apprise_does_not_know_is_told(hook):
    to = Target(name="x", apprise="{env:URL}")
    body = compose(to, RUN, "complete", [event()])
    problem = send(to, body, {"URL": "nonsense://hunter2"})
    assert "does not understand" in problem
    assert "hunter2" not in problem


@needs_apprise
def test_a_service_that_raises_is_a_problem_and_not_a_crash(hook, monkeypatch, caplog):
    import apprise

    def broken(*args, **kwargs):
        raise RuntimeError("hunter2hunter2 went wrong")

    monkeypatch.setattr(apprise.Apprise, "notify", broken)
    to = target(hook)
    body = compose(to, RUN, "complete", [event()])
    problem = send(to, body, {"TOKEN": "hunter2hunter2"})
    assert "RuntimeError: *** went wrong" in problem
    assert "hunter2" not in caplog.text


def test_without_the_extra_the_command_that_installs_it_is_named(hook, monkeypatch):
    monkeypatch.setattr(channels, "find_spec", lambda name: None)
    with pytest.raises(UsageError, match=r"pip install 'regstatus\[notify\]'"):
        send(target(hook), {}, {"TOKEN": "token"})


def test_telling_by_webhook_never_loads_apprise():
    code = "import regstatus.report.notify.delivery, sys; print('apprise' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
