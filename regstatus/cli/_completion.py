"""Print a completion script for a shell."""

from regstatus.cli._common import Args

ARGUMENTS = {"shell": (None, {"choices": ("bash", "zsh", "tcsh")})}


def run(args: Args) -> int:
    import shtab

    from regstatus.cli import parser

    print(shtab.complete(parser(), shell=args.shell))
    return 0
