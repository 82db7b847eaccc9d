"""The commands that print a list: what each takes, and what it exits with; `query.listings` has the rest."""

from __future__ import annotations

from regstatus.cli._common import LISTED, SNAPSHOTS, Args, clean, now, opened, print_listing, warn

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any


FIRST = 10
"""How much of the queue is shown at once: nobody looks at more in a sitting."""


def _print_queue(found: Sequence[Mapping[str, Any]], most: int) -> None:
    """Both sides of each, and the next step; how many more there are."""
    from regstatus.cli._layout import Block

    plainer = {"passed": "a proposal, perhaps law by now", "by_hand": "only people can read it"}
    for item in found[:most]:
        kind = plainer.get(item["kind"], item["kind"])  # no bill is to read as one that passed
        print(clean(f"{item['rank']}. {item['name']} ({item['jurisdiction']}): {kind}"))
        for label in ("about", "recorded", "other", "next", "url"):
            if item[label]:
                print(*Block(label, item[label]).lines, sep="\n")
    if more := len(found) - most if len(found) > most else 0:
        print(f"and {more} more: --jurisdiction NAME shows those of a place, --json shows all")


def _print_pending(found: Sequence[Mapping[str, Any]]) -> None:
    """Each with its stage, what it would do, and the day from which it may be law."""
    from regstatus.cli._layout import Block
    from regstatus.decide.proposals import perhaps_law

    for item in found:
        state = "perhaps law by now: look" if perhaps_law(item) else "NOT LAW"
        print(clean(f"{item['name']} ({item['jurisdiction']}): {item['citation']}: {state}"))
        heard = item["heard"] and f"{item['heard']} ({item['heard_on'] or 'no day given'})"
        due = (
            item["due_since"]
            and f"look at it: it could be law, or nobody looked, since {item['due_since']}"
        )
        lines = {
            "stage": f"{item['stage']}, as of {item['as_of']}",
            "would": item["says"],
            "about": ", ".join(item["substances"]),
            "earliest": item["earliest"] or "not known",
            "heard": heard,
            "due": due,
            "file": item["own"] and f"{item['jurisdiction']} is by a source file of your own",
            "url": item["url"],
        }
        for label, words in lines.items():
            if words:
                print(*Block(label, words).lines, sep="\n")


def _print_by_risk(found: Sequence[Mapping[str, Any]]) -> None:
    """One line for each, under the heading of its risk; the whole reasons are for other forms."""
    from itertools import groupby

    from regstatus.cli._layout import COLUMNS, broken, width
    from regstatus.query.review import RISKS

    for risk, group in groupby(found, lambda item: item["risk"]):
        print(f"{RISKS[risk]}:")
        items = [*group]
        wide = max(len(item["id"]) for item in items)
        for item in items:
            line = f"  {item['id'].ljust(wide)}  {item['state'].ljust(10)}  {item['why']}"
            line = clean(line)
            print(line if width(line) <= COLUMNS else f"{broken(line, COLUMNS - 1)[0]}…")


class Command:
    """One of the commands."""

    def __init__(self, name: str) -> None:
        self.list = {"list": "status"}.get(name, name)

    @property
    def ARGUMENTS(self) -> dict[str, object]:  # noqa: N802  (as of every command)
        """An option for each parameter of the list."""
        from regstatus.query.listings import LISTS

        options: dict[str, object] = {}
        for asked in LISTS[self.list].parameters:
            words = "" if isinstance(asked.kind, str) else f": {', '.join(asked.kind)}"
            again = "; may be given again" if asked.many else ""
            metavar = asked.metavar or asked.name.upper()
            value = "" if asked.kind == "flag" else f" {metavar}{'...' * asked.many}"
            options[f"--{asked.name.replace('_', '-')}{value}"] = f"{asked.says}{words}{again}"
        if self.list == "changes":
            options["--fail"] = "exit status 1 if anything changed"
        return {**options, **LISTED, **SNAPSHOTS}

    def run(self, args: Args) -> int:
        """Collect, print, and say by the exit status what a monitor asks."""
        from regstatus.base.days import day_of
        from regstatus.query.listings import LISTS, items
        from regstatus.query.lists import View
        from regstatus.store import open_store

        given = {asked.name: getattr(args, asked.name) for asked in LISTS[self.list].parameters}
        if "on" in given:
            given["on"] = day_of(args.on)
        view = View(
            open_store(args.snapshots),
            lambda: opened(args.snapshots, given.get("as_known_on")),
            now(),
            everywhere=bool(given.get("country")),
        )
        found = items(view, self.list, given)
        plain = args.format == "table" and not args.json
        if self.list == "review" and plain:
            _print_queue(found, FIRST if args.jurisdiction is None else len(found))
        elif self.list in {"stale", "pending"} and plain:
            (_print_by_risk if self.list == "stale" else _print_pending)(found)
        else:
            print_listing(self.list, args, found)
        if not found:  # a table's head alone, or nothing at all, would leave the reader guessing
            warn(f"{self.list}: nothing fits, the list is empty")
        wanted = self.list == "stale" or (self.list == "changes" and args.fail)
        return 1 if found and wanted else 0
