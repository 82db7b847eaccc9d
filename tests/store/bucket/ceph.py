"""A real S3 server on loopback: Ceph's gateway, over one monitor and one disk in memory.

Debian has it: `apt-get install --no-install-recommends ceph-base ceph-mon ceph-osd radosgw`.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
import uuid
from contextlib import closing, contextmanager, suppress
from pathlib import Path

PROGRAMS = (
    "ceph",
    "ceph-authtool",
    "ceph-mon",
    "ceph-osd",
    "monmaptool",
    "radosgw",
    "radosgw-admin",
)
CONF = """[global]
fsid = {fsid}
mon host = [v2:127.0.0.1:{mon}/0]
public addr = 127.0.0.1
cluster addr = 127.0.0.1
keyring = {root}/keyring
auth allow insecure global id reclaim = false
osd pool default size = 1
osd pool default min size = 1
mon allow pool size one = true
osd pool default pg num = 1
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0
osd objectstore = memstore
memstore device bytes = 1073741824
run dir = {root}/run
admin socket = {root}/run/$name.asok
log file = {root}/log/$name.log
mon data = {root}/mon
osd data = {root}/osd
mon data avail crit = 1
[client.rgw]
rgw frontends = beast endpoint=127.0.0.1:{port}
rgw data = {root}/rgw
"""


def missing():
    """The programs that are not installed."""
    return [name for name in PROGRAMS if shutil.which(name) is None]


@contextmanager
def server(root: Path, key: str, secret: str):
    """Start the server, and end it; yields its address."""
    port, mon = _free(), _free()
    for name in ("mon", "osd", "run", "log", "rgw"):
        (root / name).mkdir(parents=True)
    conf = root / "ceph.conf"
    fsid, disk = str(uuid.uuid4()), str(uuid.uuid4())
    conf.write_text(CONF.format(fsid=fsid, mon=mon, port=port, root=root))
    env = {**os.environ, "CEPH_CONF": str(conf)}
    started = []

    def run(*words, **options):
        done = subprocess.run(
            words,
            env=env,
            cwd=root,
            timeout=90,
            check=True,
            capture_output=True,
            text=True,
            **options,
        )
        return done.stdout.strip()

    def start(*words):
        log = (root / "log" / f"{words[0]}.out").open("wb")
        with log:
            started.append(
                subprocess.Popen([*words, "-f"], env=env, cwd=root, stdout=log, stderr=log)
            )

    everything = ("--cap", "mon", "allow *", "--cap", "osd", "allow *")
    run("ceph-authtool", "--create-keyring", "keyring", "--gen-key", "-n", "mon.", *everything[:3])
    for name in ("client.admin", "client.rgw"):
        run("ceph-authtool", "keyring", "--gen-key", "-n", name, *everything)
    run("monmaptool", "--create", "--fsid", fsid, "--addv", "a", f"[v2:127.0.0.1:{mon}]", "monmap")
    run("ceph-mon", "-i", "a", "--mkfs", "--monmap", "monmap", "--keyring", "keyring")
    try:
        start("ceph-mon", "-i", "a")
        own = run("ceph-authtool", "--gen-print-key")
        (root / "secret.json").write_text(json.dumps({"cephx_secret": own}))
        run("ceph", "osd", "new", disk, "-i", "secret.json")
        run("ceph-authtool", "keyring", "--name", "osd.0", "--add-key", own)
        run("ceph-osd", "-i", "0", "--mkfs", "--osd-uuid", disk)
        start("ceph-osd", "-i", "0")
        run(
            "radosgw-admin", "-n", "client.rgw", "user", "create", "--uid=test",
            "--display-name=test", f"--access-key={key}", f"--secret-key={secret}",
        )  # fmt: skip
        start("radosgw", "-n", "client.rgw")
        until = time.monotonic() + 60
        while True:
            with suppress(OSError), closing(socket.create_connection(("127.0.0.1", port), 1)):
                break
            if time.monotonic() > until or started[-1].poll() is not None:
                raise TimeoutError("the gateway did not come up")
            time.sleep(0.2)
        yield f"http://127.0.0.1:{port}"
    finally:
        for process in reversed(started):
            process.terminate()
        for process in reversed(started):
            with suppress(subprocess.TimeoutExpired):
                process.wait(10)
            if process.poll() is None:
                process.kill()
                process.wait()


def _free():
    with closing(socket.socket()) as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]
