"""Assessor: runs the readers over one text and puts what they found together."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from regstatus.assess.clauses import Clause, cut, texts_of
from regstatus.assess.context import (
    Proposals,
    abroad,
    alkaloids_of,
    context_of,
    enacting,
    is_proposal,
    not_drug_law,
    opening,
)
from regstatus.assess.controls import length_of, look_for, shell_problem, too_little
from regstatus.assess.lexicon import Term, may_be_topic, may_name
from regstatus.assess.limits import alkaloid_caps, minimum_age
from regstatus.assess.prefilter import LazyPattern
from regstatus.assess.provisions import duties, outright, prohibitions, substance_of
from regstatus.assess.repeals import take_repealed
from regstatus.assess.schedules import standings
from regstatus.assess.scope import mark_about_kratom
from regstatus.base.garbage import uncollected
from regstatus.model.finding import Finding, Mention
from regstatus.model.law import Activity, Substance
from regstatus.model.sieve import Sieve
from regstatus.model.text import Text
from regstatus.model.words import Context, Reads

_PRODUCT = LazyPattern("{sentence.products}")
_Placed = tuple[tuple[int, int], Mention]
_OTHER_DAYS = frozenset({"expired", "not-yet-in-force"})
_ECHOES, _ECHO = 2, 600
"""An error page repeats what was asked for, once or twice, in a few characters."""


@uncollected
def assess(
    text: Text,
    *,
    on: date,
    controls: Sequence[str] = (),
    phrases: Sequence[str] = (),
    reads: Reads | None = None,
    complete: bool = False,
) -> Finding:
    """What `text` says on the day `on`.

    Args:
        text: The passages of one document, as extracted.
        on: The day of law asked about (no time of day, no zone: law counts days).
        controls: Words that must stand in the real text; where one is missing the
            finding is unreadable, because the page is then not the document.
        phrases: Further phrases to look for; a missing one is reported, no more.
        reads: What kind of document it is; a feed never lists anything.
        complete: True where silence would be taken as evidence; whatever may have
            cut the text short then makes it unreadable.

    Returns:
        The finding. Nothing raises: what cannot be read is said in `problems`.
    """
    speaking = () if text.repealed else tuple(p for p in text.passages if p.in_force(on))
    found_controls = look_for(controls, text.passages if text.repealed else speaking)
    found_phrases = look_for(phrases, speaking)
    mentions: tuple[Mention, ...] = ()
    body = Finding(readable=True)
    if may_be_topic("\n".join((text.title or "", *(passage.text for passage in text.passages)))):
        body, mentions = _read(text, on, reads)
    problems = list(text.problems)
    missing = [control.phrase for control in found_controls if not control.found]
    if missing:
        problems.append(f"positive controls are missing: {', '.join(missing)}")
    if text.repealed:
        problems.append("the publisher says that the whole document is repealed or not yet law")
    elif text.passages and not speaking:
        problems.append(f"no passage is in force on {on.isoformat()}")
    shell = shell_problem(text)
    named = any(mention.context is not Context.REPEALED for mention in mentions)
    echo = _echoes(body, mentions, text)
    says = not shell  # a title without any sentence enacts nothing
    dated = any(mention.place.rule in _OTHER_DAYS for mention in mentions)
    if ((named or dated) and not (echo and shell != too_little(text))) or (
        found_controls and not missing
    ):
        shell = None
    said_of = {mention.context for mention in mentions} - {Context.REPEALED, Context.MENTIONED}
    hollow = bool(text.hollow) and not (said_of or (says and _enacts(body)))
    problems += [shell] if shell else []
    problems += [text.hollow] if hollow else []
    cut_short = bool(text.problems) and (complete or echo or not named)
    return replace(
        body,
        readable=not (missing or shell or hollow or cut_short or not speaking),
        problems=tuple(dict.fromkeys(problems)),
        mentions=mentions,
        controls=found_controls,
        phrases=found_phrases,
        text_sha256=text.sha256 if text.passages else None,
    )


def _read(text: Text, on: date, reads: Reads | None) -> tuple[Finding, tuple[Mention, ...]]:
    numbered = tuple(enumerate(text.passages))
    live = tuple((n, p) for n, p in numbered if not text.repealed and p.in_force(on))
    dead = tuple((n, p) for n, p in numbered if text.repealed or not p.in_force(on))
    title = text.title or ""
    clauses, old = cut(live), cut(dead)
    _drop_uncertain(clauses, title)
    _drop_uncertain(old, title)
    texts = texts_of(clauses)
    repealed = take_repealed(clauses, texts)
    mark_about_kratom(clauses, title, texts)
    for clause in repealed:
        clauses[clause.index].about = False
    proposals = Proposals([p for _, p in live], title, texts)
    begins = opening(clauses, texts)
    enacted = [] if text.told else enacting(clauses[begins:], proposals, title, texts)
    banned = outright(enacted)
    objects = {(ban.clause.index, term.start) for ban in banned for term in ban.terms}
    told = [(c, t) for c in (clauses if text.told else clauses[:begins]) for t in c.terms]
    rule = "news" if text.told else "recital"
    named = [_placed(clause, term, Context.MENTIONED, rule) for clause, term in told]
    if not text.told:
        named += _mentions(clauses, begins, title, objects, reads, proposals, texts)
    found = sorted((*named, *_gone(old, on), *_gone(repealed)), key=lambda item: item[0])
    mentions = tuple(mention for _, mention in found)
    listed = [m for m in mentions if m.context is Context.LISTED]
    forbidden = prohibitions(banned)
    age = minimum_age(enacted)
    if any(p.activity is Activity.SELL and p.substance is Substance.LEAF for p in forbidden):
        age = None  # where all sale is forbidden, an age is a matter of the penalty
    body = Finding(
        readable=True,
        schedule=next((m.schedule for m in listed if m.schedule), None),
        minimum_age=age,
        caps=alkaloid_caps(enacted),
        duties=duties(enacted),
        prohibitions=forbidden,
    )
    return body, mentions


def _echoes(body: Finding, mentions: Sequence[Mention], text: Text) -> bool:
    """Whether the names found are no more than the echo of a search on an error page."""
    contexts = {mention.context for mention in mentions} - {Context.REPEALED}
    few = len(mentions) <= _ECHOES and length_of(text) <= _ECHO
    return contexts == {Context.MENTIONED} and few and not _enacts(body)


def _enacts(body: Finding) -> bool:
    return bool(body.minimum_age or body.caps or body.duties or body.prohibitions)


def _drop_uncertain(clauses: Sequence[Clause], title: str) -> None:
    """Drop names that need another beside them, where the document has no certain one.

    Bare «7-OH» stays where the words round it speak of products or alkaloids.
    """
    every = (term for clause in clauses for term in clause.terms)
    sure = any(not term.contextual or "kratom" in term.written.lower() for term in every)
    if sure or may_name(title, alone=True):
        return
    for clause in clauses:
        alone = clause.terms and _PRODUCT.search(clause.text)
        kept = [term for term in clause.terms if alone and term.substance is Substance.SEVEN_OH]
        clause.terms = tuple(kept)


def _placed(
    clause: Clause, term: Term, context: Context, rule: str, schedule: str | None = None
) -> _Placed:
    mention = Mention(
        substance=substance_of(clause, term) if context is Context.LISTED else term.substance,
        written=term.written,
        context=context,
        schedule=schedule,
        place=clause.place(term.start, term.end, rule),
    )
    return (clause.number, clause.start + term.start), mention


def _mentions(
    clauses: Sequence[Clause],
    begins: int,
    title: str,
    objects: set[tuple[int, int]],
    reads: Reads | None,
    proposals: Proposals,
    texts: Sieve,
) -> Iterator[_Placed]:
    if not any(clause.terms for clause in clauses):
        return
    where = standings(clauses, title, texts)
    openings = [title, *(passage.text for passage in proposals.passages[:40])]
    proposal = reads is Reads.FEED or is_proposal(openings)
    other = not_drug_law(title)
    for clause in clauses[begins:]:
        if not clause.terms:
            continue
        path = clause.passage.headings
        other_law = other or not_drug_law(" ".join(path)) or abroad(clause, title)
        pending = proposal or proposals.hold(clause)
        for term in clause.terms:
            context, rule, schedule = context_of(
                clause,
                term,
                standing=where[clause.index],
                banned=(clause.index, term.start) in objects,
                proposal=pending,
                other_law=other_law,
            )
            yield _placed(clause, term, context, rule, schedule)
            if context is Context.LISTED:
                for substance in alkaloids_of(clause, term):
                    one = replace(term, substance=substance)
                    yield _placed(clause, one, context, "class-entry", schedule)


def _gone(clauses: Sequence[Clause], on: date | None = None) -> Iterator[_Placed]:
    """The names that speak no more: those in a passage not in force `on` a day, or in a repealed one."""
    for clause in clauses:
        passage, rule = clause.passage, "repealed"
        if on and passage.valid_from and passage.valid_from > on:
            rule = "not-yet-in-force"
        elif on and passage.valid_until and passage.valid_until <= on:
            rule = "expired"
        for term in clause.terms:
            yield _placed(clause, term, Context.REPEALED, rule)
