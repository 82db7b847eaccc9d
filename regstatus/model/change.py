"""Change: one typed difference between two snapshots, two days or two runs; and what one run did."""

from __future__ import annotations

from dataclasses import dataclass, fields

from regstatus.model.words import EventKind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from typing import Any

    from regstatus.model.shapes import ChangeData


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One event, with before, after, dates, evidence and one plain sentence.

    Attributes:
        kind: What happened.
        jurisdiction: Id of the jurisdiction.
        substance: The substance concerned, or None where it is not about one.
        before: What was said before, in words of the law; None where nothing was.
        after: What is said now.
        law_date: The day on which the law moved or will move (local to the place), if known.
        observed: The day of the run that saw it, UTC, ISO format.
        document: Id of the document that shows it, if one does.
        url: Official address of the evidence.
        quote: The words that show it.
        sentence: The event for people, in one sentence.
        details: Further lines, such as the difference of a passage.
    """

    kind: EventKind
    jurisdiction: str
    substance: str | None = None
    before: str | None = None
    after: str | None = None
    law_date: str | None = None
    observed: str
    document: str | None = None
    url: str | None = None
    quote: str | None = None
    sentence: str
    details: tuple[str, ...] = ()

    def to_dict(self) -> ChangeData:
        """The event as JSON; absent facts are null."""
        data: Any = {field.name: getattr(self, field.name) for field in fields(self)}
        shown: ChangeData = data
        shown["kind"], shown["details"] = str(self.kind), list(self.details)
        return shown


@dataclass(frozen=True, kw_only=True)
class Run:
    """What a run did.

    Attributes:
        state: `complete`, `held` (over the flip budget) or `failed` (the evidence could not
            be kept).
        version: Id of the version that was published, or None.
        changes: Every event.
        counts: Outcome to number of documents.
        report: The report as Markdown.
        report_file: Where it was written; None where the disk would not take it.
    """

    state: str
    version: str | None
    changes: tuple[Change, ...]
    counts: Mapping[str, int]
    report: str
    report_file: Path | None

    @property
    def failed(self) -> int:
        """Documents that were asked for and could not be read."""
        return sum(
            number
            for name, number in self.counts.items()
            if name not in {"ok", "unchanged", "skipped"}
        )

    @property
    def asked(self) -> int:
        """Documents that were asked for; those left out for want of a key do not count."""
        return sum(number for name, number in self.counts.items() if name != "skipped")
