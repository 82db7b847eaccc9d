"""Runs: what `update`, `schedule` and `serve` are told of them, and who is told of what they do."""

from __future__ import annotations

import os
from pathlib import Path

from regstatus.base.errors import SourceFileError, UsageError
from regstatus.cli._common import SOURCES, Args, bucket_of, clean, now, source_folders, warn

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from regstatus.model.change import Run
    from regstatus.pipeline.options import Options
    from regstatus.report.notify.delivery import Sent

ALL = {"--all": "ask for every document, due or not"}
RUN = {
    "--only PATTERN...": "ids such as US-TX or 'US-*'",
    "--due": "only documents whose turn has come",
    **SOURCES,
    "--snapshots DIR|URL": "folder or s3://bucket/prefix to write to "
    "(default: your own data folder)",
    "--workers N": ("processes that read pages (default: 1)", {"type": int}),
    "--delay SECONDS": ("least pause between requests to one host", {"type": float}),
    "--flip-budget N": ("statuses one run may change unasked", {"type": int}),
    "--route HOST=URL...": "connect to URL instead of an official host (a mirror or a replica); "
    "answers say so",
    "--archive": "last, ask a web archive for what the official hosts would not send; "
    "answers say so",
    "--keep-evidence SPAN": "drop older captures, such as 365d (default: none)",
    "--notify FILE": "when the run has ended, tell the targets of this file what changed "
    "(default: REGSTATUS_NOTIFY, then nobody)",
}


def options_from(args: Args) -> Options:
    """Read the options of a run; a command may leave some of them out."""
    from concurrent.futures import ThreadPoolExecutor
    from dataclasses import replace

    from regstatus.base import paths as places
    from regstatus.base.days import span
    from regstatus.fetch.settings import Settings
    from regstatus.pipeline.options import FLIP_BUDGET, Options
    from regstatus.store.bucket.mirror import mirror_of

    unsaid = (spelled.split()[0].lstrip("-").replace("-", "_") for spelled in RUN)
    args = Args(**{**dict.fromkeys(unsaid), **vars(args)})
    for option, given, least, takes in (
        ("--delay", args.delay, 0, "seconds, 0 or more, and not for ever"),
        ("--flip-budget", args.flip_budget, 0, "a number of statuses, at least 0"),
        ("--workers", args.workers, 1, "a number of processes, at least 1"),
    ):
        if given is not None and not least <= given < float("inf"):
            raise UsageError(f"{option} takes {takes}")
    settings = Settings(routes=_routes(args.route or ()), timegate=_timegate(args))
    if args.delay is not None:
        settings = replace(settings, delay=args.delay)
    ways = ", ".join(sorted(map("=".join, settings.routes.items())))
    named = args.snapshots or os.environ.get("REGSTATUS_SNAPSHOTS")
    remote, replayed = bucket_of(args), getattr(args, "replay", None)
    target = Path(mirror_of(remote) if remote else named or places.user_snapshots())
    if not named and not target.is_absolute():
        raise UsageError("your home folder is not known: name a folder with --snapshots")
    if remote and (args.keep_evidence or replayed):
        raise UsageError(
            f"{remote}: nothing is ever dropped from a bucket, and no run is replayed into one; "
            "name a folder"
        )
    if replayed and (not named or args.route or args.due or args.notify):
        raise UsageError(
            "--replay works offline: name an empty folder with --snapshots, and leave out "
            "--due, --route and --notify"
        )
    only, (sources, own_files) = tuple(args.only or ()), source_folders(args.sources)
    _see_that_all_fit(only, sources, own_files)
    own = not named or (args.sources is None and not replayed)
    return Options(
        sources=sources,
        snapshots=target,
        only=only,
        due=args.due,
        accept=getattr(args, "accept", False),
        flip_budget=FLIP_BUDGET if args.flip_budget is None else args.flip_budget,
        settings=settings,
        baseline=Path(places.shipped("snapshots")) if own else None,
        origin=f"some hosts were reached elsewhere: {ways}" if ways else None,
        keep_evidence=span(args.keep_evidence) if args.keep_evidence else None,
        # Each thread waits for a confined process of its own.
        executor=ThreadPoolExecutor(args.workers) if (args.workers or 1) > 1 else None,
        remote=remote,
        own=own_files,
    )


def _routes(given: Iterable[str]) -> dict[str, str]:
    """By official host, the address to connect to; what could never serve is a slip."""
    import re

    from regstatus.base.address import host_of, problem_with

    routes: dict[str, str] = {}
    for route in given:
        host, _, base = route.partition("=")
        official = f"https://{host}/"
        problem: str | None
        if not re.fullmatch(r"[\w.-]+=[!-~]+", route) or {"?", "#"} & {*base}:
            problem = "it takes HOST=URL, the host alone and the URL of a folder"
        else:
            problem = problem_with(official, private_ok=True) or problem_with(base, private_ok=True)
        if routes.setdefault(host_of(official), base) != base:
            problem = "it is named twice"
        if problem:
            raise UsageError(
                f"--route {host}: {problem}; write it as example.gov=http://127.0.0.1:8000"
            )
    return routes


def _see_that_all_fit(only: tuple[str, ...], sources: Path, own: Path | None) -> None:
    """A pattern that fits nothing is a slip; a run that asks for nothing would look like success."""
    if not only:
        return
    from contextlib import suppress
    from fnmatch import fnmatchcase

    from regstatus.catalog.sources import load_catalog

    with suppress(SourceFileError):  # the run itself tells it, also to those who are notified
        ids = [source.jurisdiction for source in load_catalog(sources, own)]
        for pattern in only:
            if not any(fnmatchcase(ident, pattern) for ident in ids):
                raise UsageError(
                    f"--only {pattern}: no jurisdiction of the source files fits; "
                    "write ids such as US-TX or 'US-*'"
                )


def _timegate(args: Args) -> str | None:
    """The archive to ask: none, unless the option or the environment says so."""
    from regstatus.base.address import problem_with
    from regstatus.fetch.settings import TIMEGATE

    named = os.environ.get("REGSTATUS_TIMEGATE", "").strip()
    if named and problem_with(named, private_ok=True):
        raise UsageError(
            "REGSTATUS_TIMEGATE takes the address of an archive's TimeGate, such as "
            f"{TIMEGATE}; the official address is put behind it"
        )
    return named or (TIMEGATE if args.archive else None)


def teller_of(args: Args, options: Options) -> Callable[[Run | None, Exception | None], list[Sent]]:
    """Read whom to tell, before the run, so that a fault in the file stops it before it begins."""
    named = os.environ.get("REGSTATUS_NOTIFY", "") if args.notify is None else args.notify
    if not named.strip():
        return lambda _done, _error: []

    from regstatus.report.notify.channels import ready
    from regstatus.report.notify.config import load_file
    from regstatus.report.notify.delivery import after_run, enlist

    config = load_file(Path(named))
    ready(config.targets)
    say_sent(
        enlist(config, options.snapshots, now(), remote=options.remote is not None), quiet=True
    )
    return lambda done, error: after_run(options.snapshots, config, done, error, now=now)


def say_sent(sent: Iterable[Sent], *, quiet: bool) -> None:
    """One line for each message; failures always, and never in the exit status of the run."""
    for one in sent:
        if one.problem is not None:
            warn(str(one))
        elif not quiet:
            print(clean(str(one)))
