"""A process of its own, for as long as a test needs it and no longer, whatever the test runs into."""

import atexit
import os
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from functools import cache
from pathlib import Path

WARM = Path(__file__).with_name("warm.py")


@contextmanager
def child(words, **how):
    """Start it with its output in pipes and unbuffered; kill what still runs at the end."""
    how = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, **how}
    env = {**os.environ, "PYTHONUNBUFFERED": "1", **how.pop("env", {})}
    with subprocess.Popen(words, env=env, **how) as process:
        try:
            yield process
        finally:
            process.kill()


def python(script):
    """How a command line begins that runs a script, in a process that has the package imported."""
    if not hasattr(os, "pidfd_open"):
        return [sys.executable, "-c", script]
    return [sys.executable, "-I", "-S", str(WARM), _server(), script]


@cache
def _server():
    """The socket of the server of `warm`, which ends with this process."""
    folder = tempfile.TemporaryDirectory(prefix="warm")
    path = str(Path(folder.name) / "socket")
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    server = subprocess.Popen([sys.executable, str(WARM), path], **pipes)
    assert server.stdout.readline() == b"ready\n"
    atexit.register(folder.cleanup)
    atexit.register(server.communicate)  # its input has an end
    return path
