"""Prohibitions: what a text forbids outright, not merely below an age or above a cap."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from regstatus.assess.ages import speaks_of_age
from regstatus.assess.clauses import Clause
from regstatus.assess.definitions import defines
from regstatus.assess.exclusions import excluded
from regstatus.assess.lexicon import Term
from regstatus.assess.quotes import place
from regstatus.model.finding import Prohibition
from regstatus.model.words import Activity, Substance

__all__ = ["Banned", "outright", "prohibitions"]


@dataclass(frozen=True, slots=True)
class Banned:
    """An outright prohibition: the clause, the terms it forbids and the activities."""

    clause: Clause
    terms: tuple[Term, ...]
    activities: tuple[Activity, ...]
    rule: str


_ACTS: tuple[tuple[Activity, re.Pattern[str]], ...] = tuple(
    (activity, re.compile(words, re.IGNORECASE))
    for activity, words in (
        (
            Activity.POSSESS,
            (
                r"\b(?:possess\w*|držen\w*|držet|přechováv\w+|besitz\w*|innehav\w*|inneha|hallussapi\w+|détention|détenir|"
                r"posesi[oó]n|poseer|tenencia|posse\b|possuir|detenzione|bezit|besiddelse|posiadani\w+|хранени\w+)\b|ครอบครอง|所持|소지|持有"
            ),
        ),
        (
            Activity.SELL,
            (
                r"\b(?:sell(?:s|ing)?|sold|sale|retail|offer(?:s|ed|ing)?|distribut\w+|deliver\w*|dispens\w+|traffic\w*|market(?:ed|ing)?|"
                r"furnish\w*|suppl(?:y|ies|ied|ying)|prodej\w*|prodáva\w+|predaj\w*|verkauf\w*|vertrieb|vertreiben|inverkehrbringen|"
                r"handel\w*|sälj\w*|försälj\w*|saluför\w*|myy\w*|myyn\w*|luovut\w+|vente|vendre|cession|vent[ao]\b|vend[ao]s?\b|vender|comerciali\w+|"
                r"com[eé]rcio|vendita|verkopen|verkoop|salg|sælge|selge|sprzeda\w+|wprowadzani\w+|сбыт\w*|реализаци\w+|продаж\w*|оборот)\b|"
                r"ขาย|จำหน่าย|販売|판매|销售|銷售|penjualan|jualan"
            ),
        ),
        (
            Activity.IMPORT,
            (
                r"\b(?:import\w*|bring(?:ing)?\s+into|transport(?:ing)?\s+into|dovoz\w*|dovážet|einfuhr\w*|einführen|införs?el|föra\s+in|"
                r"maahantuon\w*|maahantuot\w+|importa\w*|invoer\w*|indførsel|innførsel|przyw[oó]z\w*|ввоз\w*|импорт\w*)\b|นำเข้า|輸入|수입|进口|輸入"
            ),
        ),
    )
)
_ACTIVE = re.compile(
    r"\b(?:it\s+(?:is|shall\s+be)\s+(?:hereby\s+)?(?:declared\s+)?(?:to\s+be\s+)?(?:unlawful|illegal|prohibited|an?\s+(?:offen[sc]e|crime|violation))|"
    r"(?:is|are|be)\s+(?:hereby\s+)?(?:unlawful|illegal|prohibited|forbidden)\s+(?:for|to)\b|"
    r"no\s+(?:person|individual|retailer|business|establishment|entity|one|seller|vendor|processor|store|merchant|owner|dealer|manufacturer)\b"
    r"[^.;:]{0,90}?\b(?:shall|may|can)\b|(?:shall|may|must|can)\s*not\b|"
    r"(?:is|are|becomes?|remains?)\s+(?:hereby\s+)?(?:unlawful|illegal|banned|prohibited)|"
    r"hereby\s+(?:bans?|prohibits?|forbids?)|(?:law|ordinance|section|chapter|act|regulation)\s+(?:bans|prohibits|forbids))\b",
    re.IGNORECASE,
)
_PASSIVE = re.compile(
    r"\b(?:is|are|shall\s+be|remains?)\s+(?:hereby\s+)?(?:strictly\s+|expressly\s+|absolutely\s+)?(?:declared\s+)?(?:to\s+be\s+)?"
    r"(?:prohibited|unlawful|illegal|banned|forbidden)\b|"
    r"\b(?:shall|may|can|must)\s*not\s+(?:lawfully\s+|legally\s+)?be\s+(?:lawfully\s+|legally\s+)?(?:sold|offered|distributed|possessed|imported|marketed|delivered)|"
    r"^\W*neither\b.{3,160}\bcan\s+(?:lawfully|legally)\s+be\s+(?:sold|marketed)|"
    r"\b(?:ist|sind)\s+(?:\w+\s+){0,3}verboten\b|\b(?:je|jsou|sa|se)\s+zak[aá]z[aá]n\w*|\bzakazuje\s+se\b|\bsa\s+zakazuje\b|\bzabrania\s+się\b|"
    r"\bär\s+förbjud\w+|\bförbjuds\b|\ber\s+(?:forbudt|bannlyst)\b|\bon\s+kielletty\b|\bovat\s+kiellettyj\w+|"
    r"\b(?:est|sont)\s+interdit\w*|\bqueda\w?\s+prohibid\w+|\bse\s+prohíbe\b|\bfica\w?\s+proibid\w+|\bé\s+proibid\w+|\bè\s+vietat\w+|\bsono\s+vietat\w+|"
    r"\b(?:is|zijn)\s+verboden\b|\bsão\s+proibid\w+|\b(?:son|están|quedan)\s+prohibid\w+|\bsono\s+proibit\w+|\bist\s+untersagt|\bsind\s+untersagt|\bзапреща\w+|\bзапрещен\w*|\bзаборон\w+|\bзабранява\w*|dilarang|cấm|(?<!มิให้)ห้าม|禁止|してはならない|금지|不得",
    re.IGNORECASE,
)
_OFFENDER = re.compile(
    r"\b(?:whoever|any\s+person\s+who|a\s+person\s+who|person\s+commits\s+an?\s+(?:offen[sc]e|crime)\s+if)\b",
    re.IGNORECASE,
)
_GUILTY = re.compile(
    r"\b(?:guilty|commits?|shall\s+be\s+(?:fined|punished|imprisoned|sentenced)|is\s+subject\s+to|violat\w+)\b",
    re.IGNORECASE,
)
# Words by which a prohibition reaches only some products or ways.
_QUALIFIED = re.compile(
    r"\b(?:that|which)\s+(?:is|are|was|has|have|does|do|contains?|exceeds?|fails?|may|bears?|cannot|violates?|mimics?|resembles?)\b|"
    r"\bunless\b|\bwithout\b|\bexcept\b|\badulterated\b|\bcontaminated\b|\bmisbranded\b|\bnot\s+(?:registered|labell?ed|derived|in\s+compliance|tested|"
    r"approved|licensed|contained|comply)|\bwithin\s+[\d\w]+\s*(?:\(|feet|yards|met)|\bvending\b|\bgreater\s+than\b|\bmore\s+than\b|\bexceed\w*|"
    r"\bin\s+excess\b|\bif\b(?!\s+any)|\bprior\s+to\b|\buntil\b|\bby\s+means\b|\bclaims?\b|\bin\s+(?:any|a)\s+(?:form|manner|way)\s+(?:that|which)|"
    r"\battractive\b|\bwhose\b|\bin\s+violation\b|\badvertis\w+|\bcontaining\s+(?:any\s+)?(?:synthetic|a\s+level|more)|\bdesigned\s+to|\bby\s+mail\b|"
    r"\bdisplays?\b|\bpublic\s+(?:place|view|property)|\bgeneral\s+public|\bin\s+view\b|\bdelivery\s+sale|\bmail\b|\binternet\b|\bonline\b|"
    r"\btast(?:e|ing)\b|\bcoupons?\b|\bother\s+than\b|\bnot\s+meet|\bnon-?compliant|\bunregistered|\bunlicensed|"
    r"\bheating\s+element|\bvapor|\bsamples?\s+of\b|\bfree\s+of\s+charge|\bself-service|\bon\s+(?:school|the\s+premises)|\bpursuant\s+to|\bnot\s+include\b|"
    r"\bohne\s+(?:erlaubnis|genehmigung)|\bbez\s+povolení|\bs\s+výjimkou|\bkter[áéý]\b|\bsans\s+autorisation|\bsin\s+autorización|\bcuando\b|\bwenn\b|"
    r"\bsofern\b|\bsoweit\b|\bsauf\b|\bsalvo\b|\bexcepto\b|\bellei\b|\bom\s+inte\b|\bchyba\s+że\b|\bкроме\b|\bесли\b|\bkecuali\b|"
    r"เว้นแต่|ยกเว้น|แก่บุคคล|ในสถานที่|โดยวิธีการ|ในลักษณะ|บริเวณ|โดยไม่ได้รับ|เพื่อขาย|"
    r"\b[šs]kol\w*|\bschul\w*|\bécoles?\b|\bescuelas?\b|\bosobám\b|\bbezpłatn\w*|\breklam\w*|\bwerbung|\bdans\s+les\s+lieux|ただし|除いて|다만|除外|"
    r"\bpokud\b|\bz\s+wyjątkiem|\bw\s+automatach|\bautomat\w*|\blanguage\b",
    re.IGNORECASE,
)
# A doctor's or a researcher's exception leaves a prohibition outright.
_MEDICAL = re.compile(
    r",?\s*\b(?:except|unless|other\s+than|without)\b[^.;]{0,80}\b(?:prescri\w+|physician|practitioner|"
    r"research\w*|scientific|law\s+enforcement)\b[^.;]*",
    re.IGNORECASE,
)
_OBJECT = re.compile(
    r"\b(?:that|which)\s+(?:contains?|include)\s+(?:any\s+(?:quantity|amount)\s+of\s+|any\s+)?$",
    re.IGNORECASE,
)
# The words that may stand between «shall not» and the plant, if nothing narrows the ban.
_PLAIN = frozenset(
    """
    a active after alkaloid alkaloids all also amount an analog analogs analogue analogues and any anyone anywhere april area
    areas as attempt attempting august barter be been beginning being beverage boundaries
    business but buy buying by called caplet caplets capsule capsules chemical city commerce
    commonly commonwealth company composed compound compounds concentrate concentrates
    consisting conspire constituent constituents consume consuming consumption containing
    contains corporate corporation country county crushed cultivate cultivated cultivating
    cultivation date dealer december deliver delivered delivering delivery derivative
    derivatives dietary directly dispense dispensing display displayed distribute distributed
    distributes distributing distribution district dried drink edible effective either entire
    entity establishment ester esters ether ethers every exchange expose exposed extract
    extracts farm february firm following food for form fresh from furnish furnished gelcap
    gelcaps give given giving grow growing hereafter hereby herein human illegal import
    importation imported importing in include including indirectly individual ingest ingredient
    ingredients inhale intended intent intentionally is isomer isomers it item items itself
    january july june jurisdiction keep knowing knowingly known kratom leaf leaves limit limited
    limits liquid located made maintain make manufacture manufactured manufacturer manufactures
    manufacturing march market marketed marketing material may mixture more municipality named
    national natural naturally neither no not november october of offer offered offering offers
    on one or other otherwise own owner ownership parish part partnership parts person persons
    pill pills plant plants possess possessed possesses possessing possession powder powdered
    preparation prepare prepared preparing processor produce produced produces producing product
    production products provide providing publicly purchase purchased purchases purchasing
    quantity raw recklessly resale reseller resin retail retailer sale salt salts seeds sell
    seller selling sells september several shall smoke smoking sold species spp state stems
    store substance substances such supplement supplements supply supplying synthetic tablet
    tablets tea territory that the their them therein this throughout tincture tinctures to town
    trade traffic trafficking transfer transferring transport transported transporting type
    under unincorporated unlawful unlawfully use used using vegetation vegetative vendor village
    where whether which whole wholesale willfully with within
    """.split()  # noqa: SIM905
)
_OPEN = re.compile(r"(?:[:—–]|\bthat|\bwhich|\bif)\s*$", re.IGNORECASE)
_QUOTED = re.compile(r"\([^)]*\)|[\"“”'‘’]")
_CONTENT = re.compile(r"\s*products?,?\s+(?:that\s+|which\s+)?(?:contain|with\b)", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.;:]|,?\s+(?:and|or)\s+(?:any\s+person\s+who|whoever|violat)|\[")
_NOT_BANNED = re.compile(
    r"\bnot\s+(?:be\s+)?(?:unlawful|illegal|prohibited|banned|an\s+offen[sc]e)|\bwhereas\b|\bnothing\s+in\b|"
    r"\bnot\s+be\s+construed|\bcounty\s+or\s+municipality\s+(?:may|shall)|\bpolitical\s+subdivision",
    re.IGNORECASE,
)
_NARROWS = re.compile(r"\b(?:that|which|who|whose|if|when|where|unless)\W*$", re.IGNORECASE)
_LEAD_OPEN = re.compile(r"[:：—–-]\s*$|\bfollowing\W*$|\bto\s*$", re.IGNORECASE)


def _plain(words: str) -> bool:
    """Whether nothing but acts and goods is named; what is not plain English is not judged here."""
    return all(word in _PLAIN for word in re.findall(r"[a-z']+", _QUOTED.sub(" ", words.lower())))


def _plain_object(words: str, offset: int, terms: Sequence[Term]) -> bool:
    """Whether nothing after the first name narrows the goods; names of places may follow."""
    end = _SENTENCE_END.search(words, terms[-1].end - offset)
    words = _MEDICAL.sub("", words[: end.start() if end else len(words)])
    if words.isupper():
        return True  # capitals hide the names of places; the other tests must do
    for written in sorted({term.written for term in terms}, key=len, reverse=True):
        words = words.replace(written, " ")
    rest = re.sub(r"\b[A-Z]\w*", " ", _QUOTED.sub(" ", words))
    return all(word in _PLAIN for word in re.findall(r"[a-z']+", rest))


def _activities(words: str) -> tuple[Activity, ...]:
    return tuple(activity for activity, pattern in _ACTS if pattern.search(words))


def _objects(clause: Clause, clauses: Sequence[Clause], start: int) -> tuple[Term, ...]:
    """The terms after `start` that nothing narrows, or none."""
    text = clause.text
    terms = tuple(t for t in clause.terms if t.start >= start)
    if not terms:
        return ()
    if any(_CONTENT.match(text[t.end :]) for t in terms):
        return ()  # only a product with some content is meant
    if not _plain_object(text[terms[0].start :], terms[0].start, terms):
        return ()
    acts = _OBJECT.sub("", text[start : terms[0].start])
    if _QUALIFIED.search(acts) or _QUALIFIED.search(_MEDICAL.sub("", text[terms[0].end :])):
        return ()
    if _OPEN.search(text.rstrip()) and not text.rstrip().endswith("whether"):
        return ()  # what follows narrows it
    return tuple(t for t in terms if excluded(clause, t, clauses) is None)


def _read(clause: Clause, clauses: Sequence[Clause]) -> Iterator[Banned]:
    text = clause.text
    governing = [clauses[i] for i in clause.leads]
    everything = " ".join((*(lead.text for lead in governing), text))
    if speaks_of_age(everything) or _NOT_BANNED.search(everything) or defines(clause, clauses):
        return
    for trigger in _ACTIVE.finditer(text):
        terms = _objects(clause, clauses, trigger.end())
        if terms and _plain(text[trigger.end() : terms[0].start]):
            acts = _activities(text[trigger.end() : terms[-1].end])
            if acts:
                yield Banned(clause, terms, acts, "ban-active")
                return
        head = [t for t in clause.terms if t.end <= trigger.start()]
        acts = _activities(text[trigger.end() : trigger.end() + 90])
        forbids = re.search(r"illegal|unlawful", trigger.group(), re.IGNORECASE)
        if head and acts and forbids and not _QUALIFIED.search(text[head[-1].end :]):
            yield Banned(clause, tuple(head), acts, "ban-passive")
            return
    if _PASSIVE.search(text) and not _QUALIFIED.search(_MEDICAL.sub("", text)):
        acts = _activities(text)
        terms = tuple(t for t in clause.terms if excluded(clause, t, clauses) is None)
        english = re.search(
            r"\b(?:prohibited|unlawful|illegal|banned|forbidden)\b", text, re.IGNORECASE
        )
        plain = not english or _plain(
            clause.body[: len(clause.body) - len(text) + terms[0].start] if terms else ""
        )
        if acts and terms and plain:
            yield Banned(clause, terms, acts, "ban-passive")
            return
    offender = _OFFENDER.search(text)
    if offender and _GUILTY.search(text):
        terms = tuple(t for t in clause.terms if t.start >= offender.end())
        guilty = _GUILTY.search(text, terms[0].end) if terms else None
        if terms and (guilty or "commits" in offender.group().lower()):
            reach = text[offender.end() : guilty.start() if guilty else len(text)]
            object_ = text[offender.end() : terms[0].start]
            if (
                _activities(reach)
                and _plain(object_)
                and not _QUALIFIED.search(_OBJECT.sub("", reach))
            ):
                yield Banned(clause, terms, _activities(reach), "ban-offender")
                return
    for lead in reversed(governing):
        trigger_in_lead = _ACTIVE.search(lead.text)
        shape = lead.text.rstrip()
        if not trigger_in_lead or not _LEAD_OPEN.search(shape) or _NARROWS.search(shape):
            continue
        acts = _activities(lead.text[trigger_in_lead.end() :])
        body = clause.body
        if not acts:  # «it is unlawful to: (a) possess kratom»
            acts = _activities(body[:160])
        elif not _plain(lead.text[trigger_in_lead.end() :]):
            continue
        terms = _objects(clause, clauses, 0)
        if acts and terms and _plain(body[: max(0, len(body) - len(text) + terms[0].start)]):
            yield Banned(clause, terms, acts, "ban-list")
            return


def outright(clauses: Sequence[Clause], about: Sequence[bool]) -> tuple[Banned, ...]:
    """Every outright prohibition of kratom or an alkaloid, in reading order."""
    found: list[Banned] = []
    for clause in clauses:
        if about[clause.index] and clause.terms and clause.speaks:
            found.extend(_read(clause, clauses))
    return tuple(found)


def prohibitions(banned: Sequence[Banned]) -> tuple[Prohibition, ...]:
    """The prohibitions of a text, each activity once for a substance."""
    found: dict[tuple[Activity, Substance], Prohibition] = {}
    for ban in banned:
        for term in ban.terms:
            substance = substance_of(ban.clause, term)
            for activity in ban.activities:
                where = place(ban.clause, term.start, term.end, ban.rule)
                found.setdefault(
                    (activity, substance),
                    Prohibition(activity=activity, substance=substance, place=where),
                )
    return tuple(found.values())


_SYNTHETIC_BEFORE = re.compile(
    r"(?<!non)(?<!non-)\b(?:(?:fully\s+)?(?:semi-?\s?)?synthe(?:tic|si[sz]ed)|synthetically\s+\w+)(?:\s+or\s+\S+)?\s+$",
    re.IGNORECASE,
)


def substance_of(clause: Clause, term: Term) -> Substance:
    """What is really controlled: «synthetic mitragynine» is not mitragynine."""
    if _SYNTHETIC_BEFORE.search(clause.text[: term.start]):
        return Substance.DERIVATIVES
    return term.substance
