"""A process of its own, for as long as a test needs it and no longer, whatever the test runs into."""

import os
import subprocess
from contextlib import contextmanager


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
