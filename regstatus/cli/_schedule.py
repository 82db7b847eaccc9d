"""Run the update again and again: due sources only, missed runs caught up, never two at once."""

from regstatus.cli._common import Args, now, say
from regstatus.cli._runs import ALL, RUN, options_from, teller_of

ARGUMENTS = {
    "when": {
        "--every SPAN": "such as 6h, 1d or 90m (default: 6h)",
        "--cron CRON": "five cron fields, UTC, days of the week by name",
    },
    **ALL,
    **RUN,
}


def run(args: Args) -> int:
    from dataclasses import replace

    from regstatus.pipeline.schedule import serve, trigger_of

    trigger = trigger_of(args.every, args.cron)  # a fault in it is told before anything begins
    options = replace(options_from(args), due=not args.all)
    return serve(options, trigger, now=now, say=say, tell=teller_of(args, options))
