"""Print a completion script for a shell.

examples:
  regstatus completion bash > ~/.local/share/bash-completion/completions/regstatus
  regstatus completion zsh > ~/.zfunc/_regstatus
"""

from regstatus.cli._common import Args

ARGUMENTS = {"shell": (None, {"choices": ("bash", "zsh", "tcsh")})}


def run(args: Args) -> int:
    import shtab

    from regstatus.cli import parser

    print(shtab.complete(parser(), shell=args.shell))
    return 0
