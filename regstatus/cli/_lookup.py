"""Say what the law says of kratom in one place, on one day, and how we know.

examples:
  regstatus lookup alabama
  regstatus lookup US-KY --on 2027-01-01
  regstatus lookup "San Diego, CA" --substance 7-oh --json
"""

from __future__ import annotations

import sys

from regstatus.cli._common import (
    add_json,
    add_known,
    add_question,
    add_snapshots,
    clean,
    now,
    opened,
    print_json,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Sequence
    from types import SimpleNamespace


def configure(parser: ArgumentParser) -> None:
    """Add the arguments."""
    add_question(parser)
    parser.add_argument("--history", action="store_true", help="show all earlier periods")
    parser.add_argument("--all", action="store_true", help="show what the layers above say in full")
    add_known(parser)
    add_json(parser)
    add_snapshots(parser)


def plain(words: Sequence[str]) -> SimpleNamespace | None:
    """Read `NAME…` and `NAME… --json`, or leave it to the parser (None).

    Most questions have this form, and loading and filling a parser is a sixth of the answer.
    """
    json = words[-1:] == ["--json"]
    name = list(words[:-1] if json else words)
    if not name or any(word.startswith("-") for word in name):
        return None
    from types import SimpleNamespace

    return SimpleNamespace(
        name=name,
        json=json,
        on=None,
        substance=None,
        history=False,
        all=False,
        as_known_on=None,
        snapshots=None,
    )


def run(args: Namespace | SimpleNamespace) -> int:
    """Look up and print."""
    dataset = opened(args.snapshots, args.as_known_on)
    found = dataset.lookup(
        " ".join(args.name), on=args.on, substance=args.substance, now=now()
    ).to_dict()
    if found["hint"]:
        print(f"regstatus: {clean(found['hint'])}", file=sys.stderr)
    if args.json:
        print_json(found)
    else:
        from regstatus.cli._text import show

        print(show(found, history=args.history, whole=args.all))
    return 0
