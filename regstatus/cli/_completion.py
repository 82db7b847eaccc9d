"""Print a completion script for a shell, or the manual page."""

from __future__ import annotations

from regstatus.cli._common import Args

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Iterator

ARGUMENTS = {"shell": (None, {"choices": ("bash", "zsh", "tcsh", "fish", "man")})}


def run(args: Args) -> int:
    from regstatus.cli import parser

    whole = parser()
    if args.shell in {"fish", "man"}:
        print("\n".join((_fish if args.shell == "fish" else _man)(whole)))
        return 0
    import shtab

    print(shtab.complete(whole, shell=args.shell))
    return 0


def _commands(parser: ArgumentParser) -> Iterator[tuple[str, str, ArgumentParser]]:
    """Name, line of help and parser of each command below one."""
    import argparse

    for action in parser._actions:  # noqa: SLF001  (argparse has no other way to them)
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            says = {one.dest: one.help for one in action._choices_actions}  # noqa: SLF001
            for name, command in action.choices.items():
                yield name, says[name] or "", command


def _fish(parser: ArgumentParser, *above: str) -> Iterator[str]:
    def quoted(text: str) -> str:
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"

    below = [*_commands(parser)]
    seen = "; and ".join(f"__fish_seen_subcommand_from {name}" for name in above)
    others = f"not __fish_seen_subcommand_from {' '.join(name for name, *_ in below)}"
    here = quoted("; and ".join(filter(None, (seen, others if below else ""))))
    for name, says, command in below:
        yield f"complete -c regstatus -f -n {here} -a {name} -d {quoted(says)}"
        yield from _fish(command, *above, name)
    for action in parser._actions:  # noqa: SLF001
        for option in (one[2:] for one in action.option_strings if one.startswith("--")):
            takes = " -r" if action.nargs != 0 else ""
            words = f" -f -a {quoted(' '.join(action.choices))}" if action.choices else ""
            says = quoted((action.help or "").partition(" (default: %")[0])
            yield f"complete -c regstatus -n {here} -l {option}{takes}{words} -d {says}"


def _man(parser: ArgumentParser) -> Iterator[str]:
    def plain(text: str) -> str:
        return "\n".join(rf"\&{line}" for line in text.replace("\\", r"\e").split("\n"))

    yield f'.TH REGSTATUS 1 "" "{parser.prog}"\n.SH NAME\nregstatus \\- {parser.description}'
    for title, one in (
        ("SYNOPSIS", parser),
        *((name.upper(), command) for name, _, command in _commands(parser)),
    ):
        yield f".SH {title}\n.nf\n{plain(one.format_help())}.fi"
