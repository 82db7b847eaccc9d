"""Processes of their own that begin with the package imported: to start each anew takes longer than its test.

A server imports all of it once and forks itself for whoever asks. A few milliseconds of a small
process stand for the fork: it hands on its standard streams, its environment and the signals it
gets, and ends as the fork ends. The fork runs and ends as an interpreter does, and is killed when
what stands for it is gone. Where the system cannot do that, a process is started as ever.

Started as a program, with a socket and words it asks; with a socket alone it is the server.
"""

import gc
import json
import os
import signal
import socket
import sys

STREAMS = (0, 1, 2)
NEEDED = (
    "anyio._backends._asyncio", "apscheduler.schedulers.background", "apscheduler.triggers.interval",
    "argparse", "encodings.idna", "filelock", "h2.connection", "httpcore", "httpx", "uvicorn",
    "regstatus.cli._common", "regstatus.store.bucket.mirror",
    "regstatus.pipeline.schedule", "regstatus.pipeline.update", "regstatus.report.notify.delivery",
    "regstatus.web.service.app", "regstatus.web.service.server",
)  # fmt: skip


def _ask(path, words):
    """Have the words run, and end as that ends."""
    opened = []
    for stream in STREAMS:
        try:
            os.fstat(stream)
        except OSError:
            continue
        opened.append(stream)
    server = socket.socket(socket.AF_UNIX)
    server.connect(path)
    said = json.dumps([words, dict(os.environ), os.getcwd(), opened]).encode()  # noqa: PTH109  (pathlib takes as long as all else)
    socket.send_fds(server, [len(said).to_bytes(4, "big")], opened)
    server.sendall(said)
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda number, _frame: server.send(bytes([number])))
    status = int(server.recv(16))
    if status < 0:
        if status != -signal.SIGKILL:
            signal.signal(-status, signal.SIG_DFL)
        os.kill(os.getpid(), -status)
    sys.exit(status)


def _serve(path):
    """Fork for whoever asks until the parent is gone; returns in each fork, with its words."""
    import select

    listener = socket.socket(socket.AF_UNIX)
    listener.bind(path)
    listener.listen(64)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    print("ready", flush=True)  # noqa: T201
    while listener in select.select([listener, 0], [], [])[0]:
        asker, _ = listener.accept()
        length, streams, *_ = socket.recv_fds(asker, 4, len(STREAMS))
        if os.fork() == 0:
            listener.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            left, said = int.from_bytes(length, "big"), b""
            while len(said) < left:
                said += asker.recv(left - len(said))
            if (process := os.fork()) == 0:
                asker.close()
                return _become(streams, *json.loads(said))
            for stream in (*streams, *STREAMS):
                os.close(stream)
            _keep(process, asker)
        asker.close()
        for stream in streams:
            os.close(stream)
    sys.exit()


def _keep(process, asker):
    """Hand signals on until the process has ended, and say how it did."""
    import select

    ended = os.pidfd_open(process)
    while ended not in select.select([ended, asker], [], [])[0]:
        for number in asker.recv(16) or [signal.SIGKILL]:
            os.kill(process, number)
    status = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    try:
        asker.send(b"%d" % status)
    finally:
        os._exit(0)


def _become(streams, words, environment, folder, opened):
    """Take the place of a process that was started so."""
    import io

    for stream in STREAMS:
        os.close(stream)
    for given, stream in zip(streams, opened, strict=True):
        os.dup2(given, stream)
        os.close(given)
    os.chdir(folder)
    sys.path[0] = ""
    os.environ.clear()
    os.environ.update(environment)
    bare = bool(environment.get("PYTHONUNBUFFERED"))
    for stream, name, errors in ((1, "stdout", "strict"), (2, "stderr", "backslashreplace")):
        written = None
        if stream in opened:
            written = io.TextIOWrapper(
                open(stream, "wb", 0 if bare else -1, closefd=False),  # noqa: SIM115
                encoding="utf-8", errors=errors, newline="\n",
                line_buffering=stream == 2, write_through=bare,
            )  # fmt: skip
        setattr(sys, name, written)
        setattr(sys, f"__{name}__", written)
    return words


def _warm():
    """Import what a run and a service need, and make what reading makes once for a process."""
    from datetime import date
    from importlib import import_module
    from pathlib import Path

    from regstatus.assess import assess
    from regstatus.assess.witness import unexplained
    from regstatus.extract import extract

    for name in NEEDED:
        import_module(name)
    for page in sorted((Path(__file__).parents[1] / "examples" / "pages").glob("us-[lt]*/*.html")):
        text = extract(page.read_bytes(), name=page.name)
        unexplained(text, assess(text, on=date.max))


if __name__ == "__main__":
    if len(sys.argv) > 2:
        _ask(sys.argv[1], sys.argv[2:])
    _warm()
    gc.freeze()  # what all share is looked through by none
    script, *words = _serve(sys.argv[1])
    sys.argv = ["-c", *words]
    exec(compile(script, "<string>", "exec"), {"__name__": "__main__"})
