"""Serve the pages, the HTTP interface and the feeds; with --schedule also the updates."""

from regstatus.base.errors import UsageError
from regstatus.cli._common import Args, bucket_of, now, say, web
from regstatus.cli._publish import BASE, base_of
from regstatus.cli._runs import ALL, RUN, options_from, teller_of

ARGUMENTS = {
    "--host": ("address to listen on (default: %(default)s)", {"default": "127.0.0.1"}),
    "--port": ("port; 0 takes a free one (default: %(default)s)", {"type": int, "default": 8000}),
    "--limit RATE": (
        "requests that one client may make, or `none` (default: %(default)s)",
        {"default": "600/minute"},
    ),
    "--trust-proxy ADDRESS": "proxies whose word on the client's address is taken",
    **BASE,
    "when": {
        "--schedule SPAN": (
            "also update, every SPAN (6h if left out)",
            {"nargs": "?", "const": "6h"},
        ),
        "--cron CRON": "also update, at five cron fields, UTC",
    },
    **ALL,
    **RUN,
}


def run(args: Args) -> int:
    """Serve until interrupted."""
    from contextlib import suppress
    from dataclasses import replace

    web()
    from regstatus.base.background_log import BackgroundLog
    from regstatus.store.reader import Store
    from regstatus.store.writer import writing
    from regstatus.web.service.app import application
    from regstatus.web.service.library import Library
    from regstatus.web.service.server import serve

    path = args.snapshots
    bucket_of(args)  # a slip is told before it serves
    background = None
    if not (args.schedule or args.cron):
        _only_with_schedule(args)
    else:
        from regstatus.pipeline.schedule import background as scheduled
        from regstatus.pipeline.schedule import trigger_of

        trigger = trigger_of(args.schedule, args.cron)  # a fault is told before anything begins
        options = replace(options_from(args), due=not args.all)
        path = options.remote or str(options.snapshots)  # what the runs write is what is served
        tell = teller_of(args, options)
        if options.baseline and not options.remote and not Store(path).exists():
            with writing(options.snapshots) as writer:  # it answers before the first run ends
                writer.begin_with(options.baseline)

        def background():  # type: ignore[no-untyped-def]  # noqa: ANN202
            return scheduled(options, trigger, now=now, say=say, tell=tell)

    app = application(Library(path, now=now), base=base_of(args), limit=_limit(args.limit))
    with suppress(KeyboardInterrupt):  # to say more would wait for whoever does not read it
        return serve(
            app,
            host=args.host,
            port=args.port,
            trust_proxy=args.trust_proxy,
            background=background,
            say=BackgroundLog(say),
        )
    return 130


def _limit(text: str) -> str | None:
    from limits import parse

    if text == "none":
        return None
    try:
        parse(text)
    except ValueError:
        raise UsageError(
            f"--limit takes a rate such as 600/minute, or none, not {text!r}"
        ) from None
    return text


def _only_with_schedule(args: Args) -> None:
    """An option of a run that never comes would be silently ignored."""
    options = [spelled.split()[0] for spelled in (*RUN, *ALL)]
    options.remove("--snapshots")
    if given := [one for one in options if getattr(args, one[2:].replace("-", "_"))]:
        raise UsageError(f"{', '.join(given)}: only with --schedule or --cron")
