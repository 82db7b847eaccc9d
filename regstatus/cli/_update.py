"""Fetch the official texts once, decide, and write what changed, with a report."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from regstatus.base.errors import UsageError
from regstatus.cli._common import JSON, Args, clean, now, print_json, warn
from regstatus.cli._runs import RUN, options_from, say_sent, teller_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from regstatus.model.change import Run
    from regstatus.pipeline.options import Options
    from regstatus.pipeline.saved_pages import SavedPages

ARGUMENTS = {
    **RUN,
    "--accept": "publish even over the flip budget",
    "--fail-on-change": "exit status 1 if the law moved",
    "--replay FILE": "play the runs of a WARC file again, offline, into an empty folder",
    "--from-pages DIR": "read pages that people saved in a folder, and ask no host: HTML, PDF, MHTML, "
    "WARC, WACZ",
    "--by NAME": "with --from-pages: who saved them",
    "--day DATE": "with --from-pages: when they were saved, where a file does not say so",
    "--document KEY=FILE...": "with --from-pages: a file that does not say of which document it is, "
    "such as US-OH:oac-4729-9-1-01-1=rule.pdf; `sources list` has the keys",
    "--quiet": "print nothing but errors",
    **JSON,
}


def run(args: Args) -> int:
    """Play one run and print its report."""
    options = options_from(args)
    if args.replay:
        return _replay(args, options)
    pages = _saved(args)
    if pages:
        options = replace(options, brought=True)
    teller = teller_of(args, options)
    from regstatus.pipeline.update import update

    try:
        done = update(options, now=now, progress=progress_of(args), pages=pages)
    except Exception as error:
        say_sent(teller(None, error), quiet=True)
        raise
    sent = teller(done, None)
    if args.json:
        from dataclasses import asdict

        print_json({**shown(done), "told": [asdict(one) for one in sent]})
    else:
        print_report(args, done)
    say_sent(sent, quiet=args.quiet or args.json)
    for file, why in pages.unused() if pages else ():
        warn(f"{file}: not used: {why}")
    if pages and not pages.used:
        return 4
    status = exit_status(done, fail_on_change=args.fail_on_change)
    return 3 if pages and pages.faulty and status < 3 else status


def _saved(args: Args) -> SavedPages | None:
    """The pages of a folder, and who brought them when."""
    named, by, day = args.document or (), args.by, args.day
    if not args.from_pages:
        if named or by or day:
            raise UsageError("--by, --day and --document go with --from-pages")
        return None
    from datetime import UTC, datetime, time

    from regstatus.base.days import day_of
    from regstatus.pipeline.saved_files import read_file, read_folder
    from regstatus.pipeline.saved_pages import SavedPages

    if not (by or "").strip():
        raise UsageError("--from-pages: say who saved the pages, with --by NAME")
    if args.replay or args.route or args.archive or args.due:
        raise UsageError(
            "--from-pages asks no host: leave out --replay, --route, --archive and --due"
        )
    saved, keyed = read_folder(Path(args.from_pages)), {}
    for given in named:
        key, sign, file = given.partition("=")
        if not sign or ":" not in key or not file or key in keyed:
            raise UsageError(
                f"--document {given}: write it once for each, as US-OH:oac-4729-9-1-01-1=rule.pdf"
            )
        path = Path(file) if Path(file).exists() else Path(args.from_pages, file)
        found = read_file(path)
        if len(found) != 1:
            raise UsageError(f"--document {given}: {file} holds {len(found)} pages, and not one")
        keyed[key] = found[0]
    chosen = {Path(page.file).resolve() for page in keyed.values()}
    on = day_of(day) if day else None
    return SavedPages(
        [page for page in saved if Path(page.file).resolve() not in chosen],
        by=by,
        at=datetime.combine(on, time(), UTC) if on else None,
        named=keyed,
    )


def shown(done: Run) -> dict[str, Any]:
    """A run as JSON."""
    return {
        "state": done.state,
        "version": done.version,
        "counts": dict(done.counts),
        "report": str(done.report_file) if done.report_file else None,
        "changes": [c.to_dict() for c in done.changes],
    }


def print_report(args: Args, done: Run) -> None:
    """The report of a run, and where it lies."""
    if not args.json and not getattr(args, "quiet", False):
        print(f"{done.report}report: {done.report_file or 'not written'}")


def _replay(args: Args, options: Options) -> int:
    """Play recorded runs again; exit status 1 if any gives other records than it did then."""
    from regstatus.pipeline.replay import Recording, replay

    all_of_them, differ, status = [], 0, 0
    recording = Recording(Path(args.replay))
    for done, recorded, same in replay(recording, options, progress=progress_of(args)):
        was = recorded["id"] if recorded else None
        all_of_them.append({**shown(done), "recorded_version": was, "same": same})
        differ += not same
        status = max(status, exit_status(done))
        print_report(args, done)
        if not args.json and not args.quiet:
            words = "the same records" if same else "OTHER RECORDS"
            print(clean(f"replay: {words} as then ({was or 'no version'})"))
    if args.json:
        print_json(all_of_them)
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


def progress_of(args: Args) -> Callable[[int, int, str], None] | None:
    """A line that moves on a terminal; nothing in a pipe."""
    if args.json or getattr(args, "quiet", False) or not sys.stderr.isatty():
        return None

    def show(done: int, total: int, key: str) -> None:
        end = "\n" if done == total else ""
        print(f"\r\x1b[K{done}/{total} {clean(key)}", end=end, file=sys.stderr, flush=True)

    return show
