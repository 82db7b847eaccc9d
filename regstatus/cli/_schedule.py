"""Run the update again and again: due sources only, missed runs caught up, never two at once.

examples:
  regstatus schedule
  regstatus schedule --every 6h
  regstatus schedule --cron "17 4 * * mon-fri"
"""

from __future__ import annotations

from regstatus.cli._common import now, say
from regstatus.cli._update import add_run_options, options_from, teller_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def configure(parser: ArgumentParser) -> None:
    """Add the arguments."""
    when = parser.add_mutually_exclusive_group()
    when.add_argument("--every", metavar="SPAN", help="such as 6h, 1d or 90m (default: 6h)")
    when.add_argument(
        "--cron", metavar="CRON", help="five cron fields, UTC, days of the week by name"
    )
    parser.add_argument("--all", action="store_true", help="ask for every document, due or not")
    add_run_options(parser)


def run(args: Namespace) -> int:
    """Run until interrupted."""
    from dataclasses import replace

    from regstatus.pipeline.schedule import serve, trigger_of

    trigger = trigger_of(args.every, args.cron)  # a fault in it is told before anything begins
    options = replace(options_from(args), due=not args.all)
    return serve(options, trigger, now=now, say=say, tell=teller_of(args, options))
