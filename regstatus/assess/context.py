"""Context: what a text does with each name: lists it, leaves it out, defines it, or names it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from regstatus.assess.clauses import SECTION, Clause, without_marks
from regstatus.assess.definitions import controlled_class, defines, defines_other
from regstatus.assess.exclusions import SOURCE, left_out
from regstatus.assess.lexicon import Term
from regstatus.assess.placements import conditional, designates, removed
from regstatus.assess.prefilter import LazyPattern, Words
from regstatus.assess.schedule_names import is_plain, label_in
from regstatus.assess.schedules import Standing
from regstatus.model.law import Substance
from regstatus.model.sieve import Openings, Sieve
from regstatus.model.text import Passage
from regstatus.model.vocabulary import WordPattern
from regstatus.model.words import Context

_NEAR, _HEAD, _SENTENCE_LENGTH, _BEFORE_LAW = 400, 2, 1500, 400
"""Characters before a name in which the words that tell of its source begin; words before it in an entry;
characters of a sentence that are looked through for what opens it; clauses that an act may begin with."""

_OTHER_LAW = Words("other_law", "food_additive titles")
_ENACTS = LazyPattern("{recital.enacts}")
_REASONS = LazyPattern("{recital.reasons}")
_PROPOSAL = Words("proposal", "words documents enacted")
_PROPOSED_HEADING = WordPattern(
    r"(?:\W*(?:\w{1,4}[.)]|§+\s*[\d.-]+|{before_number.part}\s\w{1,4}\W))?\W*{proposal.headings}"
)
_OPENINGS = Openings(
    WordPattern(r"\W*(?:[\s\w§.-]{0,20}[.)]\s+)?{recital.opens}"),
    WordPattern(r"\W*{recital.reasons}"),
    _PROPOSED_HEADING,
)
_FORBIDS = LazyPattern("{ban.active}|{ban.passive}")
_BINDING = LazyPattern("{duty.binding}")
_TOLD = LazyPattern(r"{proposal.telling}[^.;“”\"«»„]{0,120}[“\"«„‘]")
_TOLD_BELOW = LazyPattern(r"{proposal.telling}[^.;“”\"«»„]{0,120}[:—]\s*$")
_STOP = re.compile(r"[^\W\d_]{3}\.\s+(?:\d+\s+)*(?=[(\d]|[^\W\d_a-z])")
_COUNT = re.compile(r"\|\s*\d[\d,.]*\s*(?:\||$)")
_OPENED, _PARTED = re.compile('[:："“«„]'), re.compile("[,;(]")
_QUOTE, _CLOSES = re.compile('[“"«„‘]'), re.compile('[”"»’](?!\\w)')
_PLACEMENT = Words("placement", "elsewhere holds nouns")
_LIST = Words("list", "following leads tells")
_SENTENCE = Words("sentence", "words after_name")
_ALSO = WordPattern(r"\s*[(,]*\s*{source.also}?\s*[\"“(]?\s*")
_THRESHOLD = LazyPattern("{threshold.words}")
_ALKALOIDS = WordPattern(r"[\s-]*{cap.alkaloids}")
_ALKALOIDS_OF = WordPattern(r"(?:[\w-]+\s+){0,4}{cap.alkaloids}\s+(?:[\w-]+\s+){1,8}\W?")
_MADE = WordPattern("{duty.synthetic}")
_GENUS = LazyPattern("{names.genus}")
# What leads to the number of a page: in lists of drugs it leads to codes of four digits.
_LEADERS = WordPattern(r"(?:\.\s?){3}(?:\.\s?)(?:\.\s?)+\s*\d{1,3}(?!\d)")


def is_proposal(openings: Sequence[str]) -> bool:
    """Whether the first passages say that the document is a proposed rule or a pending bill."""
    return any(_PROPOSAL.documents.search(text[:400]) for text in openings) and not any(
        _PROPOSAL.enacted.search(text[:300]) for text in openings
    )


@lru_cache(maxsize=1024)
def _opens(text: str) -> frozenset[WordPattern]:
    """As what a text opens: as a recital, or as a proposal."""
    head = text[:120]
    return frozenset(
        one for one in _OPENINGS.of(text) if one.match(head if one is _PROPOSED_HEADING else text)
    )


def enacting(
    clauses: Sequence[Clause], proposals: Proposals, title: str, texts: Sieve
) -> list[Clause]:
    """The clauses that lay something down: no recitals or proposals, nor in parts that are one.

    Nor what is told of other countries, is only to be studied, or stands in a table of contents.
    """
    may = {*texts.among(*_OPENINGS.patterns, begins="")}
    leaders, reasons = texts.holding(_LEADERS), {*texts.among(_REASONS)}
    return [
        clause
        for clause in clauses
        if not (
            (clause.text in may and proposes(clause.text))
            or proposals.hold(clause)
            or (not may.isdisjoint((clause.text, *_above(clause))) and is_recital(clause))
            or abroad(clause, title)
            or clause.text in leaders
            or (clause.about and not reasons.isdisjoint(_above(clause)) and studied(clause))
        )
    ]


def opening(clauses: Sequence[Clause], texts: Sieve) -> int:
    """How many clauses stand before «Be it enacted»: the long title of an act, a digest, reasons."""
    may = {*texts.among(_ENACTS)}
    for clause in clauses[:_BEFORE_LAW] if may else ():
        if clause.text in may and clause.passage.kind != "note" and _ENACTS.search(clause.text):
            before = clauses[: clause.index]
            return 0 if any(SECTION.match(one.text) for one in before) else clause.index
    return 0


def _above(clause: Clause) -> tuple[str, ...]:
    """The words that stand over a clause: its passage, what governs it, its nearest heading."""
    leads = (lead.text for lead in clause.leads)
    return (clause.passage.text, *leads, *clause.passage.headings[-1:])


def studied(clause: Clause) -> bool:
    """Whether a clause only says what somebody shall look into: «… shall study whether kratom …»."""
    end = clause.start + len(clause.text)
    said = clause.passage.text[max(0, end - _SENTENCE_LENGTH) : end].rstrip().rpartition(". ")[2]
    leads = (lead.text for lead in clause.leads)
    return bool(_REASONS.search(said, of=clause.passage.text)) or any(map(_REASONS.search, leads))


@lru_cache(maxsize=1024)
def _elsewhere(text: str) -> re.Match[str] | None:
    """Where a sentence tells of other countries; three rules ask."""
    return _PLACEMENT.elsewhere.search(text)


def abroad(clause: Clause, title: str) -> bool:
    """Whether a sentence tells of a country that its document is not of: «In Peru, kratom is listed …»."""
    told = _elsewhere(clause.text) if clause.terms else None
    if told is None or not told.lastindex:
        return False
    return told[told.lastindex] not in " ".join((title, *clause.passage.headings))


def proposes(words: str) -> bool:
    """Whether words open as a proposal: «Proposed new section: …»."""
    return _PROPOSED_HEADING in _opens(words)


@lru_cache(maxsize=16)
def _quoted(text: str) -> tuple[tuple[int, int], ...]:
    """Where quotations of what would be law begin and end; each clause of a passage asks."""
    if not _QUOTE.search(text):
        return ()
    opened = [told.end() for told in _TOLD.finditer(text)]
    closed = ((at, _CLOSES.search(text, at)) for at in opened)
    return tuple((at, found.end() if found else len(text) + 1) for at, found in closed)


def _told_as_proposal(clause: Clause, may: set[str]) -> bool:
    """Whether a clause stands in a quotation of what would be law: «HB 12 would add: “…”»."""
    if may.isdisjoint((clause.passage.text, *(lead.text for lead in clause.leads))):
        return False
    end = clause.start + len(clause.text)
    if any(
        opens <= end and closes > clause.start for opens, closes in _quoted(clause.passage.text)
    ):
        return True
    opens = (lead.text for lead in clause.leads if lead.text.rstrip()[-1:] in ":—")
    return any(map(_TOLD_BELOW.search, opens))


def _proposed_parts(passages: Sequence[Passage], title: str) -> set[tuple[str, ...]]:
    """Headings whose part says of itself that it is a proposal, by its own heading or below it.

    Where the title says so of the whole, the same words over a page are no part.
    """
    proposed: set[tuple[str, ...]] = set()
    for path in {passage.headings for passage in passages}:
        for depth, heading in enumerate(path, 1):
            if len(heading) < 120 and proposes(heading):
                proposed.add(path[:depth])
                break
    parted = not is_proposal([title])
    short = [one for one in passages if parted and one.headings and len(one.text) < 120]
    for number in Sieve([passage.text for passage in short]).may(_PROPOSAL.documents):
        words = short[number].text
        if _PROPOSAL.documents.search(words) and not _PROPOSAL.enacted.search(words):
            proposed.add(short[number].headings)
    return proposed


class Proposals:
    """The parts of a text that are proposals, and the quotations of what would be law.

    Args:
        passages: Those in force.
        title: That of the text.
        texts: Those of its clauses.
    """

    def __init__(self, passages: Sequence[Passage], title: str, texts: Sieve) -> None:
        self.passages = passages
        self._parts = _proposed_parts(passages, title)
        self._may_tell = {*texts.among(_TOLD, _TOLD_BELOW)}

    def hold(self, clause: Clause) -> bool:
        """Whether a clause stands in one of them."""
        path = clause.passage.headings
        inside = any(path[: len(part)] == part for part in self._parts)
        return inside or _told_as_proposal(clause, self._may_tell)


def not_drug_law(words: str) -> bool:
    """Whether headings or a title say that a list is of another kind (racing, tariffs, fees)."""
    return bool(_OTHER_LAW.titles.search(words))


_CHEMICAL = re.compile(r"\S*-\d[\d,]*-\S*")
"""Names in which «on» is a ketone and no word: «5,17-dimetylomorfinan-6-on»."""


def _entry(clause: Clause, term: Term) -> bool:
    """Whether the term is what the clause enters in a list, not a word in a sentence."""
    before = clause.text[: term.start]
    colon = max(before.rfind(":"), before.rfind("："), before.rfind("„"))
    before = _CHEMICAL.sub(" ", before[colon + 1 :][-400:])
    return not _SENTENCE.words.found(before, of=clause.text) and not _SENTENCE.after_name.match(
        clause.text[term.end :], of=clause.text
    )


def _cell(clause: Clause, term: Term) -> str:
    """What is entered together with the term: in a table its cell, else the clause."""
    if clause.passage.kind != "row" and " | " not in clause.text:
        return clause.text
    start = clause.text.rfind("|", 0, term.start) + 1
    end = clause.text.find("|", term.end)
    return clause.text[start : end if end >= 0 else len(clause.text)]


def _bare(cell: str) -> bool:
    """Whether an entry is a name and no sentence."""
    return len(cell) < 300 and not _SENTENCE.words.found(cell)


def _of_a_rule(clause: Clause) -> bool:
    """Whether the items above which a clause stands are of a sentence that neither bans nor lists them."""
    lead = clause.leads[-1].text if clause.leads else ""
    return bool(_BINDING.search(lead)) and not (
        _FORBIDS.search(lead) or _PLACEMENT.nouns.search(lead) or _LIST.leads.search(lead)
    )


def _told(clause: Clause, term: Term, standing: Standing) -> bool:
    """Whether a name stands behind other words of a sentence, and not at the head of an entry."""
    body = clause.body
    before = body[: term.start - len(clause.text) + len(body)]
    if not standing.near:  # what is no list but by its neighbours must be a bare one
        before = (_PARTED if standing.weak else _OPENED).split(before)[-1]
    words = before.split()
    marked = body != clause.text or clause.passage.kind != "paragraph"
    sentence = body.rstrip(' ”“»"').endswith(".")
    return (
        sentence
        and not marked
        and (
            sum(map(str.isalpha, words)) > _HEAD
            or _SENTENCE.words.found(clause.text[term.end :], of=clause.text)
        )
    )


def _listing_words(words: str) -> bool:
    """Whether words open a list of drugs: «… sustancias estupefacientes, las siguientes:»."""
    colon = max(words.rfind(":"), words.rfind("："))
    before = words[max(0, colon - 400) : colon] if colon >= 0 else ""
    said = _STOP.split(before)[-1]
    return bool(_LIST.following.search(said) and _PLACEMENT.nouns.search(said))


@lru_cache(maxsize=1024)
def _told_of(clause: Clause) -> frozenset[Term]:
    """The names that only say where another listed substance comes from."""
    found: set[Term] = set()
    substances: set[Substance] = set()
    for last, term in zip((None, *clause.terms), clause.terms, strict=False):
        if last:
            substances.add(last.substance)
        if SOURCE.search(clause.text, max(0, term.start - _NEAR), term.start):
            # «the following substances found in Mitragyna speciosa»
            others = _LIST.following.search(clause.text, 0, term.start)
            told = bool(others or substances - {term.substance})
        else:
            told = last is not None and (
                last in found
                and last.substance is term.substance
                and _ALSO.fullmatch(clause.text, last.end, term.start) is not None
            )
        if told:
            found.add(term)
    return frozenset(found)


def _genus_alone(clause: Clause, term: Term) -> bool:
    """Whether a genus is entered whose one species of ours is left out in the same breath.

    «Mitragynine, except the leaf …» enters no genus: there the alkaloid is what is listed.
    """
    return (
        term.substance is Substance.LEAF
        and " " not in term.written
        and _GENUS.match(term.written) is not None
        and any(
            other.substance is Substance.LEAF and other is not term for other in left_out(clause)
        )
    )


def _of_one_form(clause: Clause, term: Term) -> bool:
    """Whether a form alone of what is entered above is left out: «… not including 7-OH of the plant»."""
    above = clause.leads[-1]
    return any(
        other.substance is term.substance and other not in left_out(above) for other in above.terms
    )


def _designated(clause: Clause, *, entry: bool) -> bool:
    """Whether a sentence places what it names in a schedule or calls it a narcotic."""
    if designates(clause.text):
        told = _elsewhere(clause.text)
        return told is None or bool(told.lastindex)
    return entry and any(
        designates(lead.text) and _PLACEMENT.holds.search(lead.text) for lead in clause.leads
    )


def alkaloids_of(clause: Clause, term: Term) -> Iterator[Substance]:
    """What is listed with a plant that only tells of what its alkaloids are: «any alkaloid found in …»."""
    before, after = without_marks(clause.text[: term.start]), clause.text[term.end :]
    if term.substance is not Substance.LEAF or not (
        _ALKALOIDS_OF.fullmatch(before) or _ALKALOIDS.match(after)
    ):
        return
    named = {one.substance for one in clause.terms}
    made = _MADE.search(clause.text) is not None
    for substance in Substance:
        if substance not in named and (made or substance is not Substance.DERIVATIVES):
            yield substance


@lru_cache(maxsize=1024)
def is_recital(clause: Clause) -> bool:
    """Whether a clause tells why a law was made: it lays down nothing."""
    if _opens(clause.text) - {_PROPOSED_HEADING}:
        return True
    above = any(_opens(words) - {_PROPOSED_HEADING} for words in _above(clause))
    return above and not _FORBIDS.search(clause.text)


def context_of(
    clause: Clause,
    term: Term,
    *,
    standing: Standing,
    banned: bool,
    proposal: bool,
    other_law: bool,
) -> tuple[Context, str, str | None]:
    """The context of a term that stands in force, the rule that read it, and the schedule.

    A schedule is named only for a listed term.
    """
    text = clause.text
    kind = clause.passage.kind
    if kind == "note":
        return Context.MENTIONED, "note", None
    if is_recital(clause) or _REASONS.search(text, 0, term.start):
        return Context.MENTIONED, "recital", None
    if _OTHER_LAW.food_additive.search(text) and not banned:
        return Context.MENTIONED, "food-additive", None
    if other_law:
        return Context.MENTIONED, "not-drug-law", None
    exclusion = left_out(clause).get(term)
    if exclusion and not defines_other(clause):
        if exclusion == "exclusion" and clause.leads and _of_one_form(clause, term):
            return Context.MENTIONED, "form", None
        return Context.EXCLUDED, exclusion, None
    if defines(clause):
        return Context.DEFINED, "definition", None
    if not banned and removed(clause, term):
        return Context.MENTIONED, "removal", None
    entry = _entry(clause, term)
    if kind == "heading" and not clause.speaks:
        bare = entry and clause.body.strip().lower().startswith(term.written.lower())
        if not (standing.listing and standing.schedule and bare):
            return Context.MENTIONED, "heading", None
    rule: str | None = None
    schedule = standing.schedule
    told = (standing.weak or not is_plain(schedule or "")) and _told(clause, term, standing)
    bare = not standing.weak or _bare(_cell(clause, term))
    if standing.near and ((kind == "row" and _COUNT.search(text, term.end)) or _of_a_rule(clause)):
        bare = False  # how often, or what else is done, and not what is controlled
    if standing.listing and entry and bare and not told:
        rule = "schedule-entry"
    elif _designated(clause, entry=entry):
        rule = "designation"
        schedule = label_in(text) or schedule
    elif controlled_class(clause):
        rule = "class-definition"
    elif entry and (
        _listing_words(text[: term.start])
        or any(
            _LIST.leads.search(lead.text[-500:]) or _listing_words(lead.text)
            for lead in clause.leads
        )
    ):
        rule = "list-entry"
    elif banned:
        rule = "prohibition"
        schedule = None
    if rule is None or conditional(text[: term.start]):
        return Context.MENTIONED, "mention", None
    if term in _told_of(clause) or (
        rule in {"schedule-entry", "list-entry"}
        and any(_LIST.tells.search(lead.text) for lead in clause.leads)
    ):
        return Context.MENTIONED, "mention", None
    if _genus_alone(clause, term):
        return Context.MENTIONED, "genus", None
    if proposal or _PROPOSAL.words.search(text) or proposes(text):
        return Context.MENTIONED, "proposal", None
    if rule in {"schedule-entry", "designation"} and _THRESHOLD.search(
        text[term.end : term.end + 160]
    ):
        rule = "threshold-entry"
    return Context.LISTED, rule, schedule
