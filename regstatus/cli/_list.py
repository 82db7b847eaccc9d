"""The commands that print a list: what each is, and what it exits with; the rest is its description."""

from __future__ import annotations

from regstatus.cli._common import add_format, add_snapshots, now, opened, print_list

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from datetime import date

    from regstatus.model.shapes import (
        DocumentItemData,
        EventData,
        ShortAnswerData,
        StaleItemData,
        UpcomingItemData,
        VersionItemData,
    )
    from regstatus.query.dataset import Dataset
    from regstatus.store.reader import Store

__all__ = ["COMMANDS", "Command"]

COMMANDS = {
    "list": (
        "status",
        """List every record on one day, filtered; with a country, or `all`, also places without a record.

examples:
  regstatus list --status banned --substance 7-oh
  regstatus list --country US --grade official_text --format csv
  regstatus list --json | jq '.[].jurisdiction.id'
""",
    ),
    "upcoming": (
        "upcoming",
        """Show enacted changes whose day is still to come, nearest first. Proposals are never among them.

examples:
  regstatus upcoming
  regstatus upcoming --on 2026-01-01 --format csv
""",
    ),
    "stale": (
        "stale",
        """List records that are too old to trust, and why; exit status 1 if there are any, for monitors.

examples:
  regstatus stale
  regstatus stale --due --json
""",
    ),
    "changes": (
        "changes",
        """Show what changed since a version or a day, as typed events.

examples:
  regstatus changes --since 2026-11-01
  regstatus changes --since 2026.11.22 --json
""",
    ),
}
"""For each command, its list, and its help."""


class Command:
    """One of the commands."""

    def __init__(self, name: str) -> None:
        self.list, self.__doc__ = COMMANDS[name]

    def configure(self, parser: ArgumentParser) -> None:
        """Add an option for each parameter of the list."""
        from regstatus.query.listings import LISTS

        for asked in LISTS[self.list].parameters:
            option = f"--{asked.name.replace('_', '-')}"
            if asked.kind == "flag":
                parser.add_argument(option, action="store_true", help=asked.says)
                continue
            words = "" if isinstance(asked.kind, str) else f": {', '.join(asked.kind)}"
            again = "; may be given again" if asked.many else ""
            parser.add_argument(
                option,
                action="append" if asked.many else "store",
                metavar=asked.metavar,
                help=f"{asked.says}{words}{again}",
            )
        if self.list == "changes":
            parser.add_argument(
                "--fail", action="store_true", help="exit status 1 if anything changed"
            )
        add_format(parser)
        add_snapshots(parser)

    def run(self, args: Namespace) -> int:
        """Collect, print, and say by the exit status what a monitor asks."""
        from regstatus.base.days import day_of
        from regstatus.query.listings import LISTS, items

        given = {asked.name: getattr(args, asked.name) for asked in LISTS[self.list].parameters}
        if "on" in given:
            given["on"] = day_of(args.on)
        found = items(_View(args), self.list, given)
        print_list(self.list, args, found)
        wanted = self.list == "stale" or (self.list == "changes" and args.fail)
        return 1 if found and wanted else 0


class _View:
    """The version that answers, at this moment; opened when it is asked."""

    def __init__(self, args: Namespace) -> None:
        self._args, self._now = args, now()

    @property
    def _dataset(self) -> Dataset:
        return opened(self._args.snapshots, getattr(self._args, "as_known_on", None))

    @property
    def _store(self) -> Store:
        from regstatus.store.open import open_store

        return open_store(self._args.snapshots)

    def status(self, *, on: date | None, substance: str | None) -> list[ShortAnswerData]:
        from regstatus.query.lookup import shorten

        everywhere = bool(self._args.country)
        answers = self._dataset.answers(
            on=on, substance=substance, now=self._now, everywhere=everywhere
        )
        return [shorten(answer.to_dict()) for answer in answers]

    def events(self, since: str | None = None) -> list[EventData]:
        from regstatus.query.lists import events

        return events(self._store, since)

    def coming(self, on: date | None = None) -> list[UpcomingItemData]:
        from regstatus.query.lists import upcoming

        return upcoming(self._dataset, on, self._now)

    def unproven(self, *, due: bool = True) -> list[StaleItemData]:
        from regstatus.query.lists import stale

        return stale(self._dataset.snapshot, self._now, due=due)

    def id_of(self, name: str) -> str:
        return self._dataset.lookup(name, now=self._now).id

    @property
    def versions(self) -> list[VersionItemData]:
        from regstatus.query.lists import versions

        return versions(self._store)

    @property
    def documents(self) -> list[DocumentItemData]:
        from regstatus.query.lists import documents

        return list(documents(self._dataset.snapshot))
