"""Print a sentence to cite: what the law says, on which day, where, and how that is known."""

from __future__ import annotations

from regstatus.cli._common import KNOWN, QUESTION, SHOWN, Args, answered, print_json, tell

ARGUMENTS = {
    **QUESTION,
    **KNOWN,
    "--format": ("for a reference manager, with the laws cited", {"choices": ("bibtex", "csl")}),
    **SHOWN,
}


def run(args: Args) -> int:
    from regstatus.query.citing import bibtex, csl, sentence

    answer = answered(args)
    if args.format == "csl":
        print_json(csl(answer))
        return 0
    if args.format == "bibtex":
        print(bibtex(answer), end="")
        return 0
    names = ("jurisdiction", "on", "status", "citations", "evidence", "grade", "freshness")
    shown = {name: answer[name] for name in (*names, "snapshot")}  # type: ignore[literal-required]
    tell(args, {"citation": sentence(answer), **shown}, [sentence(answer)])
    return 0
