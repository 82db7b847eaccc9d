"""Schedules: in which schedule, list or annex of controlled substances a clause stands.

Read from the headings above it, from a label that stands alone («SCHEDULE I»,
«Bilaga 1») and from sentences that open a list («are included in Schedule I»).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from regstatus.assess.clauses import Clause
from regstatus.assess.prefilter import LazyPattern, Words
from regstatus.assess.schedule_names import (
    LABELS,
    bare_label,
    begins_with_label,
    ends_with_label,
    is_plain,
    label_in,
    plain_label,
)
from regstatus.model.sieve import Sieve
from regstatus.model.vocabulary import WordPattern


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a clause stands.

    Attributes:
        schedule: The label in its short form (`I`, `9`, `Anlage II`), or None.
        listing: Whether entries there are controlled substances.
        weak: True where no schedule is named and only a title or the neighbours say that it is a
            list of drugs: then nothing but a bare entry counts.
        near: True where nothing but the neighbours says so.
    """

    schedule: str | None = None
    listing: bool = False
    weak: bool = False
    near: bool = False


_State = tuple[str, tuple[str, ...], bool]
"""A label, the headings under which it was set, and whether its own words speak of drugs."""
_NOWHERE = Standing()
_NEAR = 12
"""Clauses before and behind one that are its neighbours."""

_ENTRY = re.compile(r"\d{1,2}(?:\.\d{1,2}){2,}\.\s")
"""The number of an entry, which is none of a section: «1.1.2. heroin»."""
_TITLE = 160
"""Characters of the title of a list, or of a row with it."""

_DRUG_LAW = Words("drug_law", "words known_drugs lists")
_LIST = Words("list", "opens no_title opens_in_passage")
_OF_LIMITS = WordPattern(r"\W*{list.of_limits}")
_NEW_CHAPTER = LazyPattern(r"^\W*(?:{division.chapters}|{division.ends_list})")
_TITLED = WordPattern(r"\s*(?:§|{division.sections})")
"""What begins with the title of a section, which enters nothing by itself."""
_NEW_SECTION = WordPattern(
    r"^\s*(?:§+\s*\d|{division.sections}|\d+[a-z]?\s*§|"
    r"\d{2,4}[A-Za-z]{0,2}[-.:]\d{2,5}[\w.:-]*\.?\s+(?:\|\s*)?[A-Z\"“\[]|"
    r"\d{1,4}[A-Za-z]{0,2}[-.:]\d{1,5}[A-Za-z]?[-.:]\d[\w.:-]*\.?\s+(?:\|\s*)?[A-Z\"“\[])",
    re.NOFLAG,
)


@lru_cache(maxsize=1024)
def _label_of_passage(text: str) -> str | None:
    """The label that a passage sets for what follows it, or None."""
    if len(text) <= _TITLE:
        stripped = re.sub(r"^\W*(?:[\d.:§-]+\s*)?(?:\(\w{1,3}\)\s*)?", "", text)
        label = label_in(stripped[:90])
        if (
            label
            and (
                begins_with_label(stripped)
                or text.rstrip().endswith((":", "—", "."))
                or ends_with_label(stripped)
            )
            and not _LIST.no_title.search(text)
        ):
            return label
        if bare := bare_label(text):
            return bare
    opening = plain_label(text[:400])
    if opening and _LIST.opens.search(text[:500]) and _LIST.opens_in_passage.search(text[:600]):
        return label_in(opening)
    return None


def standings(clauses: Sequence[Clause], title: str | None, texts: Sieve) -> list[Standing]:
    """For each clause that holds a name, the schedule it stands in; nothing for all others.

    `texts` are those of the clauses.
    """
    drugs_in = {*texts.among(_DRUG_LAW.known_drugs)}
    top = " ".join(dict.fromkeys((title or "", *(c.text[:400] for c in clauses[:25]))))
    drug_law = bool(_DRUG_LAW.words.search(top))
    is_list = bool(_DRUG_LAW.lists.search(title or "")) or bool(
        _DRUG_LAW.lists.search(" ".join(c.text[:300] for c in clauses[:6]))
    )
    titled = label_in(title) if title else None
    if titled and not (drug_law or is_plain(titled)):
        titled = None
    places = _Places(clauses, texts)
    opening: dict[tuple[str, ...], str] = {}
    found: list[Standing] = []
    for clause in clauses:
        if not clause.terms:
            found.append(_NOWHERE)
            continue
        opening = opening or {one.passage.headings: one.text for one in reversed(clauses)}
        if _OF_LIMITS.match(opening[clause.passage.headings]):
            found.append(_NOWHERE)  # «Annex 1. Maximum amounts»: what is limited is not listed
            continue
        state = places.state(clause.index)
        headed, drug_heading, list_heading = _headed(clause.passage.headings)
        inline = _inline_label(clause, drugs=drug_law or drug_heading)
        near = clauses[max(0, clause.index - _NEAR) : clause.index + _NEAR + 1]
        known = sum(_known_drugs(one.text) for one in near if one.text in drugs_in) > 1
        leads = (_lead_label(lead.text) for lead in reversed(clause.leads))
        label = (
            inline
            or next(filter(None, leads), None)
            or (state[0] if state else None)
            or headed
            or titled
        )
        drugs = drug_law or drug_heading or known or bool(state and state[2])
        listing = bool(inline) or (bool(label) and (drugs or is_plain(label or "")))
        alone = not (listing or is_list or list_heading)
        weak = not listing and (not alone or (known and (drug_law or drug_heading)))
        weak = weak and not (clause.start == 0 and _TITLED.match(clause.text))
        found.append(Standing(label, listing or weak, weak, alone))
    return found


@lru_cache(maxsize=1024)
def _known_drugs(text: str) -> int:
    """How many well-known drugs are named where a text begins."""
    return sum(1 for _ in _DRUG_LAW.known_drugs.finditer(text[:200]))


@lru_cache(maxsize=1024)
def _headed(path: tuple[str, ...]) -> tuple[str | None, bool, bool]:
    """The innermost label of headings, and whether they speak of drugs and of a list."""
    label = next((x for h in reversed(path) if (x := label_in(h))), None)
    words = " ".join(path)
    return label, bool(_DRUG_LAW.words.search(words)), bool(_DRUG_LAW.lists.search(words))


class _Places:
    """The labels that stand above clauses; looked for from a clause upwards, where one asks."""

    def __init__(self, clauses: Sequence[Clause], texts: Sieve) -> None:
        self.clauses = clauses
        self._labelled = {*texts.among(*LABELS), *(t for t in texts.texts if not t.isascii())}
        self._chapters = texts.holding(_NEW_CHAPTER)
        self._states: dict[int, _State | None] = {}

    def state(self, index: int) -> _State | None:
        """The label that holds for a clause: the last one set above it, if nothing has ended it."""
        state: _State | None = None
        passed: set[tuple[str, ...]] = set()
        for at in range(index, -1, -1):
            if at in self._states:
                state = self._states[at]
                break
            clause = self.clauses[at]
            own = self._own(clause)
            if own:
                state = (own, clause.passage.headings, bool(_DRUG_LAW.words.search(clause.text)))
                break
            if self._ends(at):
                break
            passed.add(clause.passage.headings)
        if state and any(path[: len(state[1])] != state[1] for path in passed):
            state = None
        self._states[index] = state
        return state

    def _own(self, clause: Clause) -> str | None:
        """The label that a clause sets for itself and what follows."""
        text = clause.text
        if clause.passage.kind == "row" and len(clause.passage.text) > _TITLE:
            return None  # it says its own, and nothing of the rows below
        if clause.start == 0 or text.rstrip().endswith((":", "—")) or len(text) < 60:
            words = clause.passage.text
            text = words if clause.start == 0 and len(words) < 600 else text
            return _label_of_passage(text) if text in self._labelled else None
        return None

    def _ends(self, at: int) -> bool:
        """Whether a new section or chapter begins with a clause."""
        clause = self.clauses[at]
        text = clause.passage.text
        if clause.start == 0 and _NEW_SECTION.match(text) and not _ENTRY.match(text):
            return True
        if clause.passage.kind == "heading" and clause.text in self._chapters:
            return True
        path = clause.passage.headings
        if not path or path == (self.clauses[at - 1].passage.headings if at else ()):
            return False
        return _NEW_SECTION.match(path[-1]) is not None and not _headed(path)[0]


def _inline_label(clause: Clause, *, drugs: bool) -> str | None:
    """The schedule named before a colon in the same clause («In Anlage I is inserted: …»)."""
    text, end = clause.text, clause.terms[-1].start
    while (before := clause.before) and before.start + len(before.text) == clause.start > 0:
        clause, text, end = before, before.text + text, end + len(before.text)  # a giant, in pieces
    colon = text.rfind(":", 0, end)
    words = text[max(colon - 300, 0) : max(colon, 0)]
    return label_in(words) if words and (drugs or _DRUG_LAW.words.search(words)) else None


@lru_cache(maxsize=1024)
def _lead_label(text: str) -> str | None:
    """A label in words that open a list («Schedule I is amended by adding:»)."""
    return label_in(text[-300:]) if plain_label(text[-300:]) or _LIST.opens.search(text) else None
