"""The command line: one small module for each command, loaded only when it is asked for."""

from __future__ import annotations

import os
import sys
from itertools import pairwise
from types import SimpleNamespace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, HelpFormatter
    from argparse import _ActionsContainer as Container
    from collections.abc import Mapping, Sequence
    from typing import Any

COMMANDS = (
    "lookup", "list", "upcoming", "pending", "stale", "cite", "evidence", "changes", "doctor", "update",
    "build", "schedule", "serve", "mcp", "publish", "export", "screen", "notify", "inspect", "review", "attest",
    "sources", "snapshots", "completion",
)  # fmt: skip

_LISTS = ("list", "upcoming", "pending", "stale", "changes", "review")
"""The commands that print a list; they are one module."""

_MAY_BE_EMPTY = ("--", "--notify", "--on", "--since", "--as-known-on", "--day")
"""What is read with care where it is used: `--notify ''` tells nobody, whomever the environment names."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit status and never shows a traceback."""
    words = list(sys.argv[1:] if argv is None else argv)
    try:
        from regstatus.base import console

        console.ready()
        try:
            return _run(words)
        finally:
            console.finish()
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return 130
    except Exception as error:
        if os.environ.get("REGSTATUS_TRACEBACK"):
            raise
        return _explain(error, as_json=_wants_json(words))


def _wants_json(words: Sequence[str]) -> bool:
    """Whether a program reads what is printed; then it reads why nothing is, too."""
    pairs = pairwise(["", *words])
    return any(
        word == "--json" or f"{before}={word}".endswith("--format=json") for before, word in pairs
    )


def _explain(error: Exception, *, as_json: bool) -> int:
    try:
        # C code that gets no memory may end with no more than a SystemError.
        if isinstance(error, (MemoryError, SystemError)):
            raise error
        from regstatus.cli._failure import explain

        return explain(error, as_json=as_json)
    except (MemoryError, SystemError) as short:
        # What the command held is free again: to tell it needs memory, too.
        short.__traceback__ = error.__traceback__ = None
        from regstatus.base.console import NO_MEMORY

        sys.stderr.write(f"regstatus: {NO_MEMORY}\n")
        return 6


def _run(words: list[str]) -> int:
    _see_values(words)
    if words and words[0] in COMMANDS:
        name, *rest = words
        command = _module(name)
        if hasattr(command, "plain") and (plain := command.plain(rest)):
            return int(command.run(plain))
        asked = any(word.startswith("-h") or "--help".startswith(word) for word in rest)
        described = _described(command, _told()["commands"][name]) if asked else None
        filled = _filled(_new(f"regstatus {name}", described), command)
        # A point may begin with a minus, which argparse would take for an option.
        rest = [f" {word}" if word[:1] == "-" and word[1:2].isdigit() else word for word in rest]
        args = _parsed(filled, rest)
        return int(args.run(args))
    whole = parser()
    whole.parse_args(words)
    whole.print_help()
    return 2 if words else 0


def _parsed(parser: ArgumentParser, words: list[str]) -> SimpleNamespace:
    """What was given; where JSON is asked for, a mistake is an error like any other."""
    if not _wants_json(words):
        return parser.parse_args(words, SimpleNamespace())
    from contextlib import redirect_stderr
    from io import StringIO

    said = StringIO()
    try:
        with redirect_stderr(said):
            return parser.parse_args(words, SimpleNamespace())
    except SystemExit as end:
        if not end.code:
            raise
        from regstatus.base.errors import UsageError

        raise UsageError(said.getvalue().partition(": error: ")[2].strip()) from None


def _see_values(words: list[str]) -> None:
    """See that no option is given an empty value: an unset variable of a shell asks for nothing."""
    for before, word in pairwise(words):
        name, sign, value = word.partition("=")
        option = before if not word else name if sign and not value else ""
        if option.startswith("--") and option not in _MAY_BE_EMPTY:
            from regstatus.base.errors import UsageError

            raise UsageError(f"nothing stands behind {option}; give it a value, or leave it out")


def parser() -> ArgumentParser:
    """The whole parser, with every command: for help, for completion and for tests."""
    whole = _new(
        "regstatus",
        "The legal status of kratom: here, on this day, for this substance, and how we know.",
    )
    from regstatus.base.version import __version__

    whole.add_argument("--version", action="version", version=f"regstatus {__version__}")
    told = _told()
    statuses = "".join(f"\n  {status}  {says}" for status, says in told["exit_statuses"].items())
    whole.epilog = f"example:\n  regstatus lookup alabama\n\nexit statuses:{statuses}"
    commands = whole.add_subparsers(metavar="COMMAND", dest="command")
    for name in COMMANDS:
        command, help_of = _module(name), told["commands"][name]
        described = _described(command, help_of)
        sub = commands.add_parser(
            name, help=help_of["says"], description=described, formatter_class=_formatter
        )
        _filled(sub, command)
    return whole


def _told() -> dict[str, Any]:
    """`commands.toml`; only help waits for it."""
    import tomllib
    from pathlib import Path

    return tomllib.loads(Path(__file__).with_name("commands.toml").read_text(encoding="utf-8"))


def _described(command: Any, told: Mapping[str, Any]) -> str:
    """What a command does, and examples."""
    from textwrap import fill

    does = told.get("does") or command.__doc__.rstrip()
    does = "\n\n".join(fill(part, _width()) for part in does.split("\n\n"))
    return "\n  ".join([f"{does}\n\nexamples:", *told["examples"]])


def _filled(parser: ArgumentParser, command: Any) -> ArgumentParser:
    """A parser with what a command takes: its `ARGUMENTS`, or its `ACTIONS`, each with its own."""
    if hasattr(command, "ACTIONS"):
        actions = parser.add_subparsers(
            dest="action", required=True, metavar=" | ".join(command.ACTIONS)
        )
        for name, (run, says, arguments) in command.ACTIONS.items():
            action = actions.add_parser(name, help=says)
            action.set_defaults(run=run)
            _add(action, arguments)
    else:
        parser.set_defaults(run=command.run)
        _add(parser, command.ARGUMENTS)
    return parser


def _add(to: Container, arguments: Mapping[str, Any]) -> None:
    """Add arguments, each spelled as in a usage line and with its help.

    `--due` is a flag, `--on DATE` takes a value, `--only PATTERN...` may be given again; `name NAME`
    is no option and must stand there, `[name NAME]` may, `name NAME...` may go on. A tuple holds
    help and further settings of argparse, or a function gives it; a mapping, options of which one
    may be given.
    """
    for spelled, told in arguments.items():
        if isinstance(told, dict):
            _add(to.add_mutually_exclusive_group(), told)
            continue
        given = told() if callable(told) else told
        says, settings = given if isinstance(given, tuple) else (given, {})
        names = spelled.strip("[].").split()
        taken: dict[str, Any] = {"metavar": names.pop()} if names[-1].isupper() else {}
        again = "..." in spelled
        if not names[0].startswith("--"):
            maybe = spelled.startswith("[")
            taken["nargs"] = ("*" if maybe else "+") if again else "?" if maybe else None
        elif again:
            taken["action"] = "append"
        elif not taken and not settings:
            taken["action"] = "store_true"
        to.add_argument(*names, help=says, **taken, **settings)


def _new(prog: str, description: str | None) -> ArgumentParser:
    import argparse

    return argparse.ArgumentParser(prog=prog, description=description, formatter_class=_formatter)


def _formatter(prog: str) -> HelpFormatter:
    # Left to itself, argparse loads shutil, and with it three compression
    # libraries, to learn the width of the terminal.
    import argparse

    return argparse.RawDescriptionHelpFormatter(prog, width=_width())


def _width() -> int:
    from regstatus.cli._common import columns

    return max(min(columns(), 100) - 2, 1)


def _module(name: str):  # type: ignore[no-untyped-def]  # noqa: ANN202
    if name in _LISTS:
        from regstatus.cli._list import Command

        return Command(name)
    # importlib would do, and load the warnings with it: a hundredth of a look-up.
    return __import__(f"regstatus.cli._{name}", fromlist=["run"])
