"""Say what the law says of kratom in one place, on one day, and how we know."""

from regstatus.cli._common import KNOWN, QUESTION, SHOWN, Args, answered, print_json

ARGUMENTS = {
    **QUESTION,
    "--history": "show all earlier periods",
    "--full --all": "show all there is, and what the layers above say",
    **KNOWN,
    **SHOWN,
}


def plain(words: list[str]) -> Args | None:
    """Read `NAME…` and `NAME… --json`, or leave it to the parser (None).

    Most questions have this form, and loading and filling a parser is a sixth of the answer.
    """
    json = words[-1:] == ["--json"]
    name = words[:-1] if json else words
    # A point may begin with a minus.
    if not name or any(word[:1] == "-" and not word[1:2].isdigit() for word in name):
        return None
    unasked = dict.fromkeys(("on", "substance", "as_known_on", "snapshots"))
    return Args(name=name, json=json, history=False, full=False, **unasked)


def run(args: Args) -> int:
    found = answered(args)
    if args.json:
        print_json(found)
    else:
        from regstatus.cli._text import show

        print(show(found, history=args.history, full=args.full))
    return 0
