"""Source files (`sources/**/*.toml`) as `Source`, or errors that name file, key and line.

Adapters are judged where `regstatus.fetch.hosts` is loaded, as in a run and in `sources check`.
"""

import os
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path

from regstatus.base.errors import SourceFileError, UsageError
from regstatus.catalog.close_checks import address_faults, period_faults, quote_faults
from regstatus.catalog.document_checks import address_problem, entry_faults
from regstatus.catalog.overlay import is_behind, toml_files
from regstatus.catalog.places import Registry
from regstatus.catalog.toml import Loc, fault_lines, read_file, validated
from regstatus.model.law import Grade, Permission, Status, Substance
from regstatus.model.source import PeriodEntry, Source
from regstatus.model.words import Own

_KEYS = "docs/source-file.md"
"""The page that explains every key."""
_SHIPPED = date(2026, 11, 22)
"""The last day on which anything that ships was attested: a clock that shows less is wrong."""


def load_catalog(
    folder: Path, own: Path | None = None, *, on: date | None = None, closely: bool = False
) -> list[Source]:
    """Read every `*.toml` below a folder; the sources come in the order of their ids.

    Args:
        folder: The folder.
        own: A user's folder, whose files stand in the place of those of the same id; it may not
            be there.
        on: The day of the run, UTC, after which nobody can have attested anything; today if
            left out.
        closely: Also judge what a person who wrote the law down may have mistaken, as
            `sources check` does: see `close_checks`.

    Raises:
        SourceFileError: With one line for each fault in all the files: file, line, key, remedy;
            a writer can mend them in one go.
    """
    if not os.path.isdir(folder):  # noqa: PTH112  (Path stumbles over odd names)
        raise SourceFileError(f"{folder}: there is no such folder of source files")
    faults: list[str] = []
    found = _read(folder, faults, on, closely=closely)
    if own is not None and os.path.lexists(own) and not os.path.isdir(own):  # noqa: PTH112
        raise SourceFileError(f"{own}: is no folder, and your own source files should lie in it")
    if own is not None and os.path.isdir(own):  # noqa: PTH112
        for key, (path, source) in _read(own, faults, on, closely=closely).items():
            shipped = read_file(found[key][0], SourceFileError) if key in found else None
            behind = shipped is not None and is_behind(read_file(path, SourceFileError), shipped)
            found[key] = path, source.laid_over(Own.BEHIND if behind else Own.OWN)
    for key, (path, _) in found.items():
        parent = key.rpartition("/")[0]
        if parent and parent not in found:
            faults.append(
                f"{path}: jurisdiction: {parent} has no source file of its own: "
                "add one, or take this file away, too"
            )
    if not found and not faults:
        faults.append(f"{folder}: there is no source file (*.toml) in this folder")
    if faults:
        raise SourceFileError("\n".join(faults))
    return [source for _, (_, source) in sorted(found.items())]


def _read(
    folder: Path, faults: list[str], on: date | None, *, closely: bool
) -> dict[str, tuple[Path, Source]]:
    """The source files of a folder by their ids."""
    found: dict[str, tuple[Path, Source]] = {}
    for path in toml_files(folder, faults):
        try:
            source = load_file(path, on=on, closely=closely)
        except SourceFileError as error:
            faults.append(str(error))
            continue
        other, _ = found.setdefault(source.jurisdiction, (path, source))
        if other != path:
            faults.append(f"{path}: {source.jurisdiction} is already described in {other}")
    return found


def load_file(path: Path, *, on: date | None = None, closely: bool = False) -> Source:
    """Read one source file, as `load_catalog` does."""
    return check_text(read_file(path, SourceFileError), str(path), on=on, closely=closely)


def check_text(text: str, where: str, *, on: date | None = None, closely: bool = False) -> Source:
    """The same from its text; `where` names it in errors."""
    source = validated(text, where, Source, _KEYS, SourceFileError)
    faults = [*_whole_file_faults(source), *_early_faults(source, on or datetime.now(UTC).date())]
    checks = (period_faults, quote_faults, address_faults) if closely else ()
    faults += [fault for check in checks for fault in check(source)]
    if faults:
        raise SourceFileError(fault_lines(where, text, faults, _KEYS))
    return source


def _early_faults(source: Source, on: date) -> Iterator[tuple[Loc, str]]:
    """Days on which somebody did something, and which are still to come."""
    said: list[tuple[Loc, date | None]] = [(("attested",), source.attested)]
    said += [(("pending", n, "as_of"), item.as_of) for n, item in enumerate(source.pending)]
    said += [(("instruments", n, "enacted"), i.enacted) for n, i in enumerate(source.instruments)]
    said += [(("attestations", n, "day"), item.day) for n, item in enumerate(source.attestations)]
    for loc, day in said:
        if day is not None and day > max(on, _SHIPPED):
            yield loc, f"{day} is still to come (today is {on}, UTC); write the day on which it was"


def _whole_file_faults(source: Source) -> Iterator[tuple[Loc, str]]:
    """Rules that bind several entries together, or need more than an entry's own form."""
    for index, document in enumerate(source.documents):
        yield from entry_faults(index, document)
    for table in ("instruments", "positions", "pending"):
        for index, entry in enumerate(getattr(source, table)):
            if entry.url is not None and (problem := address_problem(entry.url)):
                yield (table, index, "url"), problem
    for table in ("documents", "instruments"):
        ids = [entry.id for entry in getattr(source, table)]
        for index, name in enumerate(ids):
            if name in ids[:index]:
                yield (table, index, "id"), f"{name!r} is used twice; ids must differ"
    documents = {document.id for document in source.documents}
    known = documents | {instrument.id for instrument in source.instruments}
    for table in ("instruments", "attestations"):
        for index, entry in enumerate(getattr(source, table)):
            if entry.document is not None and entry.document not in documents:
                yield (table, index, "document"), f"no document has the id {entry.document!r}"
    for index, period in enumerate(source.timeline):
        for name in period.instruments:
            if name not in known:
                problem = f"no instrument or document has the id {name!r}"
                yield ("timeline", index, "instruments"), problem
        yield from _period_faults(source, index, period)
    yield from _order_faults(source.timeline)
    if not source.is_locality:
        try:
            Registry().get(source.jurisdiction)
        except UsageError as error:
            yield ("jurisdiction",), f"{error} Write the code of ISO 3166, or of a state behind US-"
    else:
        for key in ("name", "kind", "ocd_id"):
            if getattr(source, key) is None:
                yield (key,), "missing: a locality needs name, kind and ocd_id"


def _period_faults(source: Source, index: int, period: PeriodEntry) -> Iterator[tuple[Loc, str]]:
    here: Loc = ("timeline", index)
    statuses = period.by_substance()
    named = set(statuses.values())
    if not source.is_locality:
        for substance in (one for one in Substance if one not in statuses):
            remedy = f'write {substance} = "unknown" where nothing is known'
            yield here, f"{substance} is missing; {remedy}"
    elif not statuses:
        yield here, "no substance is named"
    if named - {Status.UNREGULATED, Status.UNKNOWN} and not period.instruments:
        yield here, "a restriction needs instruments = [...]: no claim without a law"
    # Also a fine for having it makes a ban, so that no softer word covers an unlawful holding.
    if period.possess == Permission.NO and named - {Status.UNKNOWN} != {Status.BANNED}:
        remedy = "also where the offence is a civil one: name the fine in penalties"
        yield (*here, "possess"), f'possess = "no" means "banned", {remedy}'
    yield from _probably_faults(here, period, statuses)
    if period.grade is None and named - {Status.UNKNOWN}:
        yield here, "grade is missing: official_text, official_notice or secondary"
    if period.grade == Grade.NONE and named != {Status.UNKNOWN}:
        yield (*here, "grade"), 'grade "none" goes with status "unknown" alone'
    if period.grade == Grade.OFFICIAL_TEXT and not source.read_officially:
        remedy = "the machine raises the grade itself when it has read the text"
        needs = "read_officially = true and attested_by with the reader's name"
        yield (*here, "grade"), f"official_text needs {needs}; {remedy}"


def _probably_faults(
    here: Loc, period: PeriodEntry, statuses: dict[Substance, Status]
) -> Iterator[tuple[Loc, str]]:
    """What is called probable without need or ground, or as if it allowed anything."""
    for substance, status in period.probably.items():
        if statuses.get(substance) is not Status.UNKNOWN:
            remedy = f'take {substance} out, or write {substance} = "unknown"'
            yield (*here, "probably"), f"it stands beside unknown alone: {remedy}"
        if status.severity < Status.PRESCRIPTION_ONLY.severity:
            remedy = "write banned, sale_prohibited or prescription_only, or take it out"
            yield (*here, "probably"), f"{substance}: nothing is probably {status}: {remedy}"
    accounts = {" ".join(line.casefold().split()) for line in period.accounts}
    if period.probably and len(accounts) < 2:
        remedy = "name in accounts those who say so, or leave probably out"
        yield (*here, "probably"), f"it needs two independent accounts at least: {remedy}"
    if period.accounts and not period.probably:
        yield (*here, "accounts"), "they say what an unknown status probably is: write probably"
    may = period.model_dump(by_alias=True, include={"possess", "sell", "import_"})
    for name, allowed in may.items():
        if period.probably and allowed not in {None, Permission.UNKNOWN, Permission.NO}:
            yield (*here, name), "nobody knows that beside probably: leave it out"


def _order_faults(timeline: tuple[PeriodEntry, ...]) -> Iterator[tuple[Loc, str]]:
    for index, (before, after) in enumerate(pairwise(timeline), start=1):
        here: Loc = ("timeline", index, "from")
        if after.from_ is None:
            yield here, "only the first period may leave out from"
            continue
        if before.from_ is not None and after.from_ <= before.from_:
            yield here, f"periods must run forward: {after.from_} is not later"
        if before.until is not None and after.from_ < before.until:
            yield here, f"overlaps the period before, which lasts until {before.until}"
