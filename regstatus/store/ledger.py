"""For each document when it was last fetched, with what outcome, and when it last verified.

Freshness changes on every run and law rarely, so the clocks are kept apart from
the versions. All times are UTC, ISO format, passed in by the run.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime
from typing import Any

from regstatus.model.request import Validators
from regstatus.model.text import Page
from regstatus.model.words import Outcome, Verdict
from regstatus.store.clocks import LEDGER_FORMAT, Clocks

RUNS_KEPT = 60
"""Runs remembered in the ledger: two months of daily ones."""
EARLIER_KEPT = 40
"""Earlier texts, and addresses, remembered of one document: its newest ones."""


def stamp(moment: datetime) -> str:
    """A moment as the ledger writes it: UTC, whole seconds, `Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchState:
    """The clocks and validators of one document; `docs/store.md` says what each of them is."""

    url: str
    final_url: str | None = None
    via: str | None = None
    last_fetched: str | None = None
    outcome: str | None = None
    problem: str | None = None
    http_status: int | None = None
    last_ok: str | None = None
    last_whole: str | None = None
    verified_at: str | None = None
    verdict: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    validators_url: str | None = None
    read_at: str | None = None
    turns_at: str | None = None
    tree: str | None = None
    recipe: str | None = None
    sha256: str | None = None
    text_sha256: str | None = None
    text_changed_at: str | None = None
    baseline: str | None = None
    doubted: dict[str, str] = field(default_factory=dict)
    unreviewed: str | None = None
    failures: int = 0
    failing_since: str | None = None
    via_copy: str | None = None
    archived_at: str | None = None
    copied: dict[str, str] = field(default_factory=dict)
    earlier: dict[str, str] = field(default_factory=dict)
    former_until: str | None = None
    modified: dict[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """The clock as the ledger has it: without what is null or empty."""
        values = ((name, getattr(self, name)) for name in self.__slots__)
        return {name: value for name, value in values if value is not None and value != {}}

    def digest_at(self, url: str) -> str | None:
        """Digest of the words last read at an address, the main one or a copy's."""
        return self.text_sha256 if url == self.url else self.copied.get(url)

    @property
    def known_as_of(self) -> str | None:
        """The moment for which the text last read speaks, or of the last verification if later."""
        return max(filter(None, (self.archived_at or self.last_ok, self.verified_at)), default=None)

    def after_failure(self, page: Page, outcome: Outcome, problem: str | None) -> FetchState:
        """The clock after an attempt that said nothing: only the count of failures moves."""
        return replace(
            self.answered(page, outcome, problem),
            failures=self.failures + 1,
            failing_since=self.failing_since or stamp(page.fetched_at),
        )

    def answered(self, page: Page, outcome: Outcome, problem: str | None = None) -> FetchState:
        """The clock that knows of an attempt, and no more."""
        return replace(
            self,
            last_fetched=stamp(page.fetched_at),
            outcome=str(outcome),
            problem=problem,
            http_status=page.status,
            final_url=page.final_url,
            via=page.via,
        )

    def after_reading(
        self,
        page: Page,
        verdict: Verdict | None,
        *,
        sha256: str | None,
        text_sha256: str | None,
        validators: Validators | None = None,
        modified: str | None = None,
        undoes: bool = False,
    ) -> FetchState:
        """The clock after a readable text; only a text that confirms renews the verification.

        An `unchanged` page has no digests and keeps those we have, with their validators. There is
        no verdict where the text need not speak of the day. `modified` is how new the text at the
        address that answered is known to be. A text that `undoes` says less than one before it:
        which of the two is the later is not known, so that neither becomes an earlier one.
        """
        when = stamp(page.fetched_at)
        text = text_sha256 or self.text_sha256
        changed = self.text_sha256 is not None and text != self.text_sha256
        read = self.with_modified(page, modified)
        # The same bytes that a newer release reads otherwise are no other text.
        if changed and not undoes and sha256 != self.sha256:
            read = read.with_replaced(text, self.text_sha256, *self.copied.values(), when=when)
            until = self.last_whole if self.via_copy else self.last_ok
            read = replace(read, copied={}, former_until=until)
        if verdict is Verdict.CONFIRMS:
            read = replace(read, baseline=text, doubted={}, unreviewed=None, verified_at=when)
        if page.outcome is not Outcome.UNCHANGED:
            read = replace(read.with_validators(validators), last_whole=when)
        return replace(
            read.answered(page, page.outcome),
            last_ok=when,
            verdict=verdict and str(verdict),
            sha256=sha256 or self.sha256,
            text_sha256=text,
            text_changed_at=when if changed else self.text_changed_at,
            failures=0,
            failing_since=None,
            via_copy=None,
            archived_at=None,
        )

    def with_validators(self, given: Validators | None) -> FetchState:
        """The clock with other validators; None asks for the whole text again."""
        given = given or Validators()
        return replace(
            self, etag=given.etag, last_modified=given.last_modified, validators_url=given.url
        )

    def with_modified(self, page: Page, modified: str | None) -> FetchState:
        """The clock that knows how new the text of an address is."""
        if modified is None:
            return self
        return replace(self, modified=_newest({**self.modified, page.final_url: modified}))

    def with_replaced(self, text: str | None, *replaced: str | None, when: str) -> FetchState:
        """The clock that knows words which others have replaced."""
        earlier = {**self.earlier, **dict.fromkeys(filter(None, replaced), when)}
        earlier.pop(text or "", None)
        return replace(self, earlier=_newest(earlier))

    def with_doubted(self, text: str, when: str, *, new: bool) -> FetchState:
        """The clock that knows words which may not be trusted, and whether they say something new."""
        if text in self.doubted:
            return replace(self, unreviewed=self.unreviewed or (when if new else None))
        doubted = _newest({**self.doubted, text: when})
        return replace(self, doubted=doubted, unreviewed=when if new else self.unreviewed)

    def with_doubts_of(self, other: FetchState) -> FetchState:
        """The clock that knows, too, which words were doubted by another of the same document."""
        seen = filter(None, (self.unreviewed, other.unreviewed))
        doubted = {**other.doubted, **self.doubted}
        return replace(self, doubted=doubted, unreviewed=max(seen, default=None))

    def after_copy(
        self,
        page: Page,
        verdict: Verdict | None,
        *,
        sha256: str | None,
        text_sha256: str | None = None,
        modified: str | None = None,
        undoes: bool = False,
    ) -> FetchState:
        """The clock after a text was read in another copy, because the main address failed.

        What is known of the main address stands: its failures, and the digest of its own words. Its
        validators go, so that it must send its whole text when it is back. An archive's capture
        verifies for its own date. The arguments are those of `after_reading`.
        """
        when = stamp(page.fetched_at)
        read = self
        if text_sha256 is not None and page.archived_at is None:
            before = self.copied.get(page.url)
            read = self.with_modified(page, modified)
            if before not in {None, text_sha256} and not undoes:
                read = read.with_replaced(text_sha256, before, when=when)
            read = replace(read, copied={**self.copied, page.url: text_sha256})
        archived = stamp(page.archived_at) if page.archived_at else None
        if verdict is Verdict.CONFIRMS:
            read = replace(read, verified_at=max(archived or when, self.verified_at or ""))
        return replace(
            read.with_validators(None),
            last_ok=when,
            via=page.via,
            via_copy=page.final_url,
            archived_at=archived,
            verdict=verdict and str(verdict),
            sha256=sha256,
        )


def _newest(stamps: dict[str, str]) -> dict[str, str]:
    return dict(sorted(stamps.items(), key=lambda item: item[1])[-EARLIER_KEPT:])


@dataclass(slots=True)
class Ledger:
    """All clocks by document key (`US-TX:hs-444`), and what else a ledger holds; see `Clocks`."""

    clocks: dict[str, FetchState] = field(default_factory=dict)
    runs: list[dict[str, Any]] = field(default_factory=list)
    leads: dict[str, str] = field(default_factory=dict)
    announced: dict[str, dict[str, str | None]] = field(default_factory=dict)
    kept: dict[str, str] = field(default_factory=dict)
    pruned: str | None = None

    @classmethod
    def of(cls, found: Clocks) -> Ledger:
        """Read a ledger; keys of a later release are left aside rather than fatal."""
        known = {item.name for item in fields(FetchState)}
        clocks = {
            key: FetchState(**{name: value for name, value in entry.items() if name in known})
            for key, entry in found.items()
        }
        return cls(clocks, found.runs, found.leads, found.announced, found.kept, found.pruned)

    def cited(self) -> set[str]:
        """Digests of the bodies on which its clocks rest; the evidence must hold them."""
        return {clock.sha256 for clock in self.clocks.values() if clock.sha256}

    def to_json(self) -> dict[str, Any]:
        """The ledger as JSON, sorted, with what is null or empty left out."""
        return {
            "format": LEDGER_FORMAT,
            "documents": {key: clock.to_json() for key, clock in sorted(self.clocks.items())},
            "runs": self.runs[-RUNS_KEPT:],
            "leads": dict(sorted(self.leads.items())),
            "announced": dict(sorted(self.announced.items())),
            "kept": dict(sorted(self.kept.items())),
            "pruned": self.pruned,
        }
