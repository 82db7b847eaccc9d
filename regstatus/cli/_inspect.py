"""Read a file or page with no source file, and show what was read: for writing new sources."""

from pathlib import Path

from regstatus.base.errors import UsageError
from regstatus.cli._common import JSON, Args, now, print_json
from regstatus.model.words import Format, Outcome

ARGUMENTS = {
    "what FILE-OR-URL": "a file, an address, or - for standard input",
    "--format": ("(default: by its looks)", {"choices": ("html", "xml", "json", "pdf", "text")}),
    "--on DATE": "read it for this day (default: today)",
    **JSON,
}


def run(args: Args) -> int:
    """Fetch or open, read, print; exit status 1 where it cannot be read."""
    from regstatus.base.days import day_of
    from regstatus.pipeline.page_reader.inspection import render
    from regstatus.pipeline.page_reader.worker import Worker

    form = Format(args.format) if args.format else None
    body, content_type, problem = _bytes(args.what, form)
    on = day_of(args.on) or now().date()
    with Worker() as worker:
        result = worker.inspect(body, name=args.what, content_type=content_type, format=form, on=on)
    if problem:
        result["readable"] = False
        result["problems"] = [problem, *result["problems"]]
    if args.json:
        print_json(result)
    else:
        print(render(result))
    return 0 if result["readable"] else 1


def _bytes(what: str, form: Format | None) -> tuple[bytes, str | None, str | None]:
    from regstatus.base.console import standard_input
    from regstatus.store.atomic import naming

    if what == "-":
        with naming(Path("standard input")):
            return standard_input().read(), None, None
    if what.startswith(("http://", "https://")):
        from regstatus.fetch.fetcher import fetch_many
        from regstatus.model.request import Request

        ((_, page),) = fetch_many([Request(key=what, url=what, format=form)], now=now)
        problem = None if page.outcome is Outcome.OK else f"{page.outcome}: {page.problem}"
        return page.body, page.header("content-type"), problem
    path = Path(what)
    if not path.is_file():
        raise UsageError(f"{what}: there is no such file; give a file, an http(s) address or -")
    with naming(path):
        return path.read_bytes(), None, None
