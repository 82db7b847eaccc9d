"""What one run did."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from regstatus.model.change import Change


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
