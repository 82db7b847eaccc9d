"""The catalogue: `sources/**/*.toml` read into `Source`, or errors that name file, key and line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from regstatus import registry
from regstatus.errors import SourceFileError, UsageError
from regstatus.faults import fault_line, validated
from regstatus.model.source import Copy, Document, PeriodEntry, Source
from regstatus.model.words import Grade, Permission, Status, Substance
from regstatus.patterns import Pattern, PatternError

__all__ = ["Catalog", "check_text", "load_catalog", "load_file"]

_KEYS = "docs/codebook.md"
"""The page that explains every key."""
_PATTERNS = {
    "link": ("link", "then"),
    "legislation_gov_au": ("title",),
    "boletin_oficial": ("notice",),
}
"""The parameters that are patterns, by adapter."""


@dataclass(frozen=True, slots=True)
class Catalog:
    """Every source, by jurisdiction id, in the order of their ids."""

    sources: dict[str, Source]
    files: dict[str, Path]

    def __iter__(self) -> Iterator[Source]:
        """Yield the sources in the order of their ids."""
        return iter(self.sources.values())

    def __len__(self) -> int:
        """Count the jurisdictions."""
        return len(self.sources)


def load_catalog(folder: Path) -> Catalog:
    """Read every `*.toml` below a folder.

    Raises:
        SourceFileError: With one line for each fault in all the files, so that
            a writer can mend them in one go.
    """
    if not folder.is_dir():
        raise SourceFileError(f"{folder}: there is no such folder of source files")
    sources: dict[str, Source] = {}
    files: dict[str, Path] = {}
    faults: list[str] = []
    for path in sorted(folder.rglob("*.toml")):
        try:
            source = load_file(path)
        except SourceFileError as error:
            faults.append(str(error))
            continue
        other = files.get(source.jurisdiction)
        if other is not None:
            faults.append(f"{path}: {source.jurisdiction} is already described in {other}")
            continue
        sources[source.jurisdiction], files[source.jurisdiction] = source, path
    for key, source in sources.items():
        parent = key.rpartition("/")[0]
        if parent and parent not in sources:
            faults.append(
                f"{files[key]}: jurisdiction: {parent} has no source file of its own: "
                "add one, or take this file away, too"
            )
        faults.extend(_name_faults(source, files[key]))
    if faults:
        raise SourceFileError("\n".join(faults))
    return Catalog(dict(sorted(sources.items())), dict(sorted(files.items())))


def load_file(path: Path) -> Source:
    """Read one source file.

    Raises:
        SourceFileError: With one line for each fault.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceFileError(f"{path}: cannot be read as UTF-8 text: {error}") from None
    return check_text(text, str(path))


def check_text(text: str, where: str) -> Source:
    """Read a source file from its text; `where` names it in errors.

    Raises:
        SourceFileError: With one line for each fault: file, line, key, remedy.
    """
    source = validated(text, where, Source, _KEYS, SourceFileError)
    faults = [
        fault_line(where, text, loc, message, _KEYS) for loc, message in _whole_file_faults(source)
    ]
    if faults:
        raise SourceFileError("\n".join(faults))
    return source


def _name_faults(source: Source, path: Path) -> Iterator[str]:
    if source.is_locality:
        return
    try:
        registry.get(source.jurisdiction)
    except UsageError as error:
        yield f"{path}: jurisdiction: {error}"


_Loc = tuple[int | str, ...]


def _whole_file_faults(source: Source) -> Iterator[tuple[_Loc, str]]:
    """Rules that bind several entries together."""
    for table in ("documents", "instruments"):
        seen: set[str] = set()
        for index, entry in enumerate(getattr(source, table)):
            if entry.id in seen:
                yield (table, index, "id"), f"{entry.id!r} is used twice; ids must differ"
            seen.add(entry.id)
    for index, document in enumerate(source.documents):
        yield from _pattern_faults(index, document)
    documents = {document.id for document in source.documents}
    known = documents | {instrument.id for instrument in source.instruments}
    for index, instrument in enumerate(source.instruments):
        if instrument.document is not None and instrument.document not in documents:
            yield (
                ("instruments", index, "document"),
                f"no document has the id {instrument.document!r}",
            )
    for index, period in enumerate(source.timeline):
        for name in period.instruments:
            if name not in known:
                yield (
                    ("timeline", index, "instruments"),
                    f"no instrument or document has the id {name!r}",
                )
        yield from _period_faults(source, index, period)
    yield from _order_faults(source.timeline)
    if source.is_locality:
        for key in ("name", "kind", "ocd_id"):
            if getattr(source, key) is None:
                yield (key,), "missing: a locality needs name, kind and ocd_id"


def _pattern_faults(index: int, document: Document) -> Iterator[tuple[_Loc, str]]:
    """The patterns among an adapter's parameters, which pydantic takes for any words."""
    entries: tuple[Document | Copy, ...] = (document, *document.copies)
    for entry in entries:
        where = "params" if entry is document else "copies"
        for name in _PATTERNS.get(entry.adapter, ()):
            if name not in entry.params:
                continue
            try:
                Pattern(entry.params[name], ignore_case=True)
            except PatternError as error:
                yield ("documents", index, where, name), str(error)


def _period_faults(source: Source, index: int, period: PeriodEntry) -> Iterator[tuple[_Loc, str]]:
    statuses = period.statuses()
    if not source.is_locality:
        for substance in Substance:
            if substance not in statuses:
                yield (
                    ("timeline", index),
                    f'{substance} is missing; write {substance} = "unknown" where nothing is known',
                )
    elif not statuses:
        yield ("timeline", index), "no substance is named"
    restricted = any(status not in {"unregulated", "unknown"} for status in statuses.values())
    if restricted and not period.instruments:
        yield ("timeline", index), "a restriction needs instruments = [...]: no claim without a law"
    # Also a fine for having it makes a ban, so that no softer word covers an unlawful holding.
    if period.possess == Permission.NO and set(statuses.values()) - {Status.UNKNOWN} != {
        Status.BANNED
    }:
        yield (
            ("timeline", index, "possess"),
            'possess = "no" means "banned", also where the offence is a civil one: name the fine in penalties',
        )
    if period.grade is None and any(status != Status.UNKNOWN for status in statuses.values()):
        yield ("timeline", index), "grade is missing: official_text, official_notice or secondary"
    if period.grade == Grade.NONE and set(statuses.values()) != {Status.UNKNOWN}:
        yield ("timeline", index, "grade"), 'grade "none" goes with status "unknown" alone'
    if period.grade == Grade.OFFICIAL_TEXT and not source.read_officially:
        yield (
            ("timeline", index, "grade"),
            (
                "official_text needs read_officially = true and attested_by with the reader's name; "
                "the machine raises the grade itself when it has read the text"
            ),
        )


def _order_faults(timeline: tuple[PeriodEntry, ...]) -> Iterator[tuple[_Loc, str]]:
    for index, (before, after) in enumerate(pairwise(timeline), start=1):
        if after.from_ is None:
            yield ("timeline", index, "from"), "only the first period may leave out from"
            continue
        if before.from_ is not None and after.from_ <= before.from_:
            yield (
                ("timeline", index, "from"),
                f"periods must run forward: {after.from_} is not later",
            )
        if before.until is not None and after.from_ < before.until:
            yield (
                ("timeline", index, "from"),
                f"overlaps the period before, which lasts until {before.until}",
            )
