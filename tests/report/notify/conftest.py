"""A small world with a host, a store, and someone on loopback who wants to be told."""

import hmac
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from regstatus.fetch.settings import Settings
from regstatus.report.notify.config import check_text
from regstatus.report.notify.delivery import after_run
from tests.pipeline.test_update import World
from tests.support.replica import Replica

SECRET = "a-key-of-thirty-two-characters-x"
ENV = {"HOOK_KEY": SECRET, "HOOK_TOKEN": "tok/en+of the-path"}


class Hook:
    """Takes posts; `answers` are given in turn, the last one for ever."""

    def __init__(self):
        self.answers = [200]
        self.headers = {}
        self.got = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.got.append((self.path, dict(self.headers), body))
                answer = outer.answers.pop(0) if len(outer.answers) > 1 else outer.answers[0]
                if answer is None:  # lost on the way back
                    self.close_connection = True
                    self.connection.close()
                    return
                self.send_response(answer)
                for name, value in outer.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.handle_error = lambda *args: None
        self.base = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def bodies(self):
        return [json.loads(body) for _, _, body in self.got]

    def kinds(self):
        """The kinds of event in each message."""
        return [[change["kind"] for change in body["changes"]] for body in self.bodies]

    def close(self):
        self.server.shutdown()
        self.server.server_close()


def signed(headers, body, secret=SECRET):
    """Verify a signature as a receiver would, from the documentation alone; the time it names."""
    parts = dict(part.split("=", 1) for part in headers["X-Regstatus-Signature"].split(","))
    mac = hmac.new(secret.encode(), f"{parts['t']}.".encode() + body, "sha256").hexdigest()
    assert hmac.compare_digest(mac, parts["v1"])
    return int(parts["t"])


async def no_sleep(seconds):
    """Waits are counted elsewhere; here nobody waits."""


PATIENCE = Settings(sleep=no_sleep, retries=2)


class Told(World):
    """The world of the runs, with someone to tell."""

    def __init__(self, tmp_path, site, hook):
        super().__init__(tmp_path, site)
        self.hook = hook
        self.env = dict(ENV)
        self.config = check_text(
            f'[[targets]]\nname = "hook"\nwebhook = "{hook.base}/in/{{env:HOOK_TOKEN}}"\n'
            'secret_env = "HOOK_KEY"\nallow_private = true\n',
            "notify.toml",
        )

    def set(self, **values):
        """Set keys of the target."""
        target = self.config.targets[0].model_copy(update=values)
        self.config = self.config.model_copy(update={"targets": (target,)})

    def tell(self, done=None, error=None):
        return after_run(
            self.path, self.config, done, error,
            now=lambda: self.now, settings=PATIENCE, env=self.env,
        )  # fmt: skip

    def step(self, **options):
        """One run and what it told."""
        return self.tell(self.run(**options))

    def outbox(self):
        return json.loads((self.path / "notify" / "outbox.json").read_bytes())


@pytest.fixture
def hook():
    made = Hook()
    yield made
    made.close()


@pytest.fixture
def told(tmp_path, hook):
    with Replica() as site:
        yield Told(tmp_path, site, hook)
