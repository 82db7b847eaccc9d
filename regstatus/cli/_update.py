"""Fetch the official texts once, decide, and write what changed, with a report.

examples:
  regstatus update
  regstatus update --only 'US-*' --due
  regstatus update --accept
  regstatus update --notify notify.toml
  regstatus update --replay evidence.warc.gz --snapshots again
  regstatus update --snapshots s3://bucket/prefix
"""

from __future__ import annotations

import sys

from regstatus.cli._common import add_json, clean, now, print_json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable, Iterable, Mapping
    from concurrent.futures import Executor
    from pathlib import Path
    from typing import Any

    from regstatus.model.run import Run
    from regstatus.pipeline.options import Options
    from regstatus.report.notify import Sent


def configure(parser: ArgumentParser) -> None:
    """Add the arguments."""
    add_run_options(parser)
    parser.add_argument("--accept", action="store_true", help="publish even over the flip budget")
    parser.add_argument(
        "--fail-on-change", action="store_true", help="exit status 1 if the law moved"
    )
    parser.add_argument(
        "--replay",
        metavar="FILE",
        help="play the runs of a WARC file again, offline, into an empty folder",
    )
    parser.add_argument("--quiet", action="store_true", help="print nothing but errors")
    add_json(parser)


def add_run_options(parser: ArgumentParser) -> None:
    """Add what `update` and `schedule` share."""
    parser.add_argument(
        "--only", action="append", metavar="PATTERN", help="ids such as US-TX or 'US-*'"
    )
    parser.add_argument("--due", action="store_true", help="only documents whose turn has come")
    parser.add_argument(
        "--sources", metavar="DIR", help="folder of source files (default: the package's)"
    )
    parser.add_argument(
        "--snapshots",
        metavar="DIR|URL",
        help="folder or s3://bucket/prefix to write to (default: your own data folder)",
    )
    parser.add_argument(
        "--workers", type=int, metavar="N", help="processes that read pages (default: 1)"
    )
    parser.add_argument(
        "--delay", type=float, metavar="SECONDS", help="least pause between requests to one host"
    )
    parser.add_argument(
        "--flip-budget", type=int, metavar="N", help="statuses one run may change unasked"
    )
    parser.add_argument(
        "--route",
        action="append",
        metavar="HOST=URL",
        help="connect to URL instead of an official host (a mirror or a replica); answers say so",
    )
    parser.add_argument(
        "--archive",
        action="store_true",
        help="last, ask a web archive for what the official hosts would not send; answers say so",
    )
    parser.add_argument(
        "--keep-evidence", metavar="SPAN", help="drop older captures, such as 365d (default: none)"
    )
    parser.add_argument(
        "--notify",
        metavar="FILE",
        help="when the run has ended, tell the targets of this file what changed "
        "(default: REGSTATUS_NOTIFY, then nobody)",
    )


def options_from(args: Namespace) -> Options:
    """Read the options of a run."""
    import os
    from dataclasses import replace
    from pathlib import Path

    from regstatus.base import paths as places
    from regstatus.base.days import span
    from regstatus.base.errors import UsageError
    from regstatus.fetch import Settings
    from regstatus.pipeline.options import FLIP_BUDGET, Options
    from regstatus.store.bucket.mirror import is_remote, mirror_of

    settings = Settings()
    if args.delay is not None:
        if not 0 <= args.delay < float("inf"):
            raise UsageError("--delay takes seconds, 0 or more, and not for ever")
        settings = replace(settings, delay=args.delay)
    origin = None
    if args.route:
        settings = replace(settings, routes=_routes(args.route))
        ways = sorted(map("=".join, settings.routes.items()))
        origin = f"some hosts were reached elsewhere: {', '.join(ways)}"
    if args.flip_budget is not None and args.flip_budget < 0:
        raise UsageError("--flip-budget takes a number of statuses, at least 0")
    settings = replace(settings, timegate=_timegate(args, os.environ))
    named = args.snapshots or os.environ.get("REGSTATUS_SNAPSHOTS")
    remote = named if is_remote(named) else None
    target = Path(named or places.user_snapshots()) if remote is None else Path(mirror_of(remote))
    if not named and not target.is_absolute():
        raise UsageError("your home folder is not known: name a folder with --snapshots")
    if remote and (args.keep_evidence or getattr(args, "replay", None)):
        raise UsageError(
            f"{remote}: nothing is ever dropped from a bucket, and no run is replayed into one; "
            "name a folder"
        )
    offline = getattr(args, "replay", None)
    if offline and (not named or args.route or args.due or args.notify):
        raise UsageError(
            "--replay works offline: name an empty folder with --snapshots, and leave out "
            "--due, --route and --notify"
        )
    sources = Path(args.sources or places.shipped("sources"))
    _see_that_all_fit(args.only or (), sources)
    own = not named or (args.sources is None and not offline)
    return Options(
        sources=sources,
        snapshots=target,
        only=tuple(args.only or ()),
        due=args.due,
        accept=getattr(args, "accept", False),
        flip_budget=FLIP_BUDGET if args.flip_budget is None else args.flip_budget,
        settings=settings,
        baseline=Path(places.shipped("snapshots")) if own else None,
        origin=origin,
        keep_evidence=span(args.keep_evidence) if args.keep_evidence else None,
        executor=_readers(args.workers),
        remote=remote,
    )


def _routes(given: Iterable[str]) -> dict[str, str]:
    """By official host, the address to connect to; what could never serve is a slip."""
    import re

    from regstatus.base.address import host_of, problem_with
    from regstatus.base.errors import UsageError

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


def _see_that_all_fit(only: Iterable[str], sources: Path) -> None:
    """A pattern that fits nothing is a slip; a run that asks for nothing would look like success."""
    if not only:
        return
    from contextlib import suppress
    from fnmatch import fnmatchcase

    from regstatus.base.errors import SourceFileError, UsageError
    from regstatus.catalog.sources import load_catalog

    with suppress(SourceFileError):  # the run itself tells it, also to those who are notified
        ids = [source.jurisdiction for source in load_catalog(sources)]
        for pattern in only:
            if not any(fnmatchcase(ident, pattern) for ident in ids):
                raise UsageError(
                    f"--only {pattern}: no jurisdiction of the source files fits; "
                    "write ids such as US-TX or 'US-*'"
                )


def _readers(number: int | None) -> Executor | None:
    """A pool of readers on this machine: each thread waits for a confined process of its own."""
    from concurrent.futures import ThreadPoolExecutor

    from regstatus.base.errors import UsageError

    if number is not None and number < 1:
        raise UsageError("--workers takes a number of processes, at least 1")
    return None if number is None or number == 1 else ThreadPoolExecutor(number)


def _timegate(args: Namespace, env: Mapping[str, str]) -> str | None:
    """The archive to ask: none, unless the option or the environment says so."""
    from regstatus.base.address import problem_with
    from regstatus.base.errors import UsageError
    from regstatus.fetch.settings import TIMEGATE

    named = env.get("REGSTATUS_TIMEGATE", "").strip()
    if not named:
        return TIMEGATE if args.archive else None
    if problem_with(named, private_ok=True):
        raise UsageError(
            "REGSTATUS_TIMEGATE takes the address of an archive's TimeGate, such as "
            f"{TIMEGATE}; the official address is put behind it"
        )
    return named


def run(args: Namespace) -> int:
    """Play one run and print its report."""
    options = options_from(args)
    if args.replay:
        return _replay(args, options)
    teller = teller_of(args, options)
    from regstatus.pipeline.update import update

    try:
        done = update(options, now=now, progress=_progress(args))
    except Exception as error:
        _say(teller(None, error), quiet=True)
        raise
    sent = teller(done, None)
    if args.json:
        from dataclasses import asdict

        print_json({**_shown(done), "told": [asdict(one) for one in sent]})
    elif not args.quiet:
        print(done.report, end="")
        print(f"report: {done.report_file or 'not written'}")
    _say(sent, quiet=args.quiet or args.json)
    return exit_status(done, fail_on_change=args.fail_on_change)


def teller_of(
    args: Namespace, options: Options
) -> Callable[[Run | None, Exception | None], list[Sent]]:
    """Read whom to tell, before the run, so that a fault in the file stops it before it begins."""
    import os

    named = os.environ.get("REGSTATUS_NOTIFY", "") if args.notify is None else args.notify
    if not named.strip():
        return lambda _done, _error: []
    from pathlib import Path

    from regstatus.report.notify import after_run, enlist, load_file, ready

    config = load_file(Path(named))
    ready(config)
    _say(enlist(config, options.snapshots, now(), remote=options.remote is not None), quiet=True)
    return lambda done, error: after_run(options.snapshots, config, done, error, now=now)


def _say(sent: list[Sent], *, quiet: bool) -> None:
    """One line for each message; failures always, and never in the exit status of the run."""
    for one in sent:
        if one.problem is not None:
            print(clean(f"regstatus: {one}"), file=sys.stderr)
        elif not quiet:
            print(clean(str(one)))


def _shown(done: Run) -> dict[str, Any]:
    return {
        "state": done.state,
        "version": done.version,
        "counts": dict(done.counts),
        "report": str(done.report_file) if done.report_file else None,
        "changes": [c.to_dict() for c in done.changes],
    }


def _replay(args: Namespace, options: Options) -> int:
    """Play recorded runs again; exit status 1 if any gives other records than it did then."""
    from pathlib import Path

    from regstatus.pipeline.replay import Recording, replay

    shown, differ, status = [], 0, 0
    for done, recorded, same in replay(
        Recording(Path(args.replay)), options, progress=_progress(args)
    ):
        was = recorded["id"] if recorded else None
        shown.append({**_shown(done), "recorded_version": was, "same": same})
        differ += not same
        status = max(status, exit_status(done))
        if not args.json and not args.quiet:
            print(done.report, end="")
            print(f"report: {done.report_file or 'not written'}")
            words = "the same records" if same else "OTHER RECORDS"
            print(clean(f"replay: {words} as then ({was or 'no version'})"))
    if args.json:
        print_json(shown)
    return 1 if differ else status


def exit_status(done: Run, *, fail_on_change: bool = False) -> int:
    """The exit status of a run."""
    if done.state == "failed":
        return 6
    if done.state == "held":
        return 5
    if done.asked and done.failed == done.asked:
        return 4
    if done.failed:
        return 3
    return 1 if fail_on_change and done.version else 0


def _progress(args: Namespace):  # type: ignore[no-untyped-def]  # noqa: ANN202
    """A line that moves on a terminal; nothing in a pipe."""
    if args.json or args.quiet or not sys.stderr.isatty():
        return None

    def show(done: int, total: int, key: str) -> None:
        end = "\n" if done == total else ""
        print(f"\r\x1b[K{done}/{total} {clean(key)}", end=end, file=sys.stderr, flush=True)

    return show
