"""Every error that regstatus raises on purpose, in one tree."""


class RegstatusError(Exception):
    """Root of all errors raised on purpose; its text is one or more whole sentences for people."""


class UsageError(RegstatusError):
    """Raised where a name, date or option cannot be understood; the text says what would be."""


class AskedBack(UsageError):  # noqa: N818  (reads as the fact it states)
    """Raised where the words for a place are not enough to answer.

    Attributes:
        name: What was typed.
        offered: What may be meant, the likeliest first; each is understood when typed back.
        statuses: The status of each of these in a word, where a version was asked.
    """

    def __init__(self, name: str, offered: tuple[str, ...]) -> None:
        super().__init__(name)
        self.name, self.offered = name, offered
        self.statuses: dict[str, str] = {}

    def _listed(self) -> str:
        words = self.statuses
        told = [f"{one}: {words[one]}" if one in words else one for one in self.offered[:_TOLD]]
        more = len(self.offered) - _TOLD
        return "; ".join(told) + (f"; and {more} more, by their state" if more > 0 else "")


_TOLD = 12
"""Places that an error names: nobody reads more."""


class UnknownJurisdiction(AskedBack):
    """Raised where no jurisdiction goes by a name; offer the user `suggestions`.

    Args:
        name: What was typed.
        suggestions: What may have been meant.
        why: The text, where a place goes by the name but is not one that may be meant.
    """

    def __init__(
        self, name: str, suggestions: tuple[str, ...] = (), why: str | None = None
    ) -> None:
        super().__init__(name, suggestions)
        self.suggestions, self.why = suggestions, why

    def __str__(self) -> str:
        hint = f" Did you mean: {self._listed()}?" if self.offered else ""
        hint = hint or ("" if self.why else " Name the state or country that it lies in.")
        return (self.why or f"No jurisdiction is called {self.name!r}.") + hint


class AmbiguousJurisdiction(AskedBack):
    """Raised where a name fits several jurisdictions; ask the user which of `candidates`."""

    def __init__(self, name: str, candidates: tuple[str, ...]) -> None:
        super().__init__(name, candidates)
        self.candidates = candidates

    def __str__(self) -> str:
        return f"{self.name!r} may mean: {self._listed()}. Ask again with the code."


class SourceFileError(RegstatusError):
    """Raised for a fault in a source file; the text names file, line, key and remedy."""


class SettingsError(RegstatusError):
    """Raised for a fault in a settings file; the text names file, line, key and remedy."""


class SnapshotError(RegstatusError):
    """Raised where a snapshot is missing, damaged or of another format; the text names the file."""


class LaterFormat(SnapshotError):  # noqa: N818  (reads as the fact it states)
    """Raised where a later release wrote a file: it is not damaged, this program is too old."""


class Locked(RegstatusError):  # noqa: N818
    """Raised where another updater holds the snapshots; try again when it has finished."""


class ReadingError(RegstatusError):
    """Raised where bytes cannot be turned into text; the text says why in words for the report."""


def quoted(value: object) -> str:
    """A value as an error repeats it: short, whatever it is."""
    if isinstance(value, str):
        return f"{value!r:.60}"
    import reprlib

    try:
        return reprlib.repr(value)
    except ValueError:  # more digits than Python writes
        return f"a number of {type(value).__name__}"


def unforeseen(fault: Exception) -> str:
    """A fault of our own in one sentence for a report: its kind and place, and no word of a page."""
    last = fault.__traceback__
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    where = f" in {last.tb_frame.f_globals['__name__']}, line {last.tb_lineno}" if last else ""
    return f"A fault of regstatus itself, please report it: {type(fault).__name__}{where}."
