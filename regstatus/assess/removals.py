"""Removals: sentences that take a name out of a schedule, or say that it stands in none.

«Kratom stryks ur bilaga 1» and «พืชกระท่อมไม่เป็นยาเสพติดให้โทษ» have the noun and often the verb of a
placement, and enact its contrary. English has its own words in `exclusions` and `repeals`;
here are its open lists («the following are removed from Schedule I:») and «no longer».
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from regstatus.assess.clauses import Clause
from regstatus.assess.lexicon import Term
from regstatus.assess.placements import DESIGNATED
from regstatus.assess.prefilter import LazyPattern
from regstatus.assess.schedules import DRUGS

__all__ = ["removed"]

_NEAR = 160
"""Characters between a name and the verb that is said of it."""
_OPENING = 240
"""Characters between a verb and the colon of the list that it opens."""

# Verbs of amending acts, in the forms that enact; a participle in brackets is for `repeals`.
_TAKEN_OUT = LazyPattern(
    r"\b(?:is|are|was|were|be|been)\s+(?:hereby\s+)?(?:removed|deleted|omitted|stricken|struck(?:\s+out)?)\s+from\s+(?:\w+\s+){0,5}?"
    r"(?:schedules?|lists?|tables?|annex|appendix|sections?|controlled)\b|\bde-?scheduled\b|\bby\s+(?:deleting|omitting|striking)\b|"
    r"\bska(?:ll)?\s+utgå\b|\butgår\b|\bstryks\b|\b(?:tas|tages)\s+(?:bort|ud|ut)\b|\bavförs\b|\bupph(?:ävs|ör\s+att\s+gälla)\b|"
    r"\budgår\b|\b(?:slettes|ophæves|fjernes|stryges|oppheves|strykes)\b|"
    r"\bf(?:ell(?:ur|a)|elld\w*)\b.{0,60}?\b(?:brott|út)\b|\bfjarlæg\w+|\bstrikast?\s+út\b|"
    r"\b(?:poistetaan|kumotaan)\b|\bjäetakse\b.{0,90}?\bvälja\b|\b(?:kustutatakse|eemaldatakse)\b|"
    r"\btunnistatakse\b.{0,90}?\bkehtetuks\b|\b(?:svītro|izslēdz|izslēgt|svītrot)\w*|"
    r"\bišbrauk\w+|\bnetekus\w*\s+galios|"
    r"\b(?:gestrichen|aufgehoben|herausgenommen)\b|\bentf(?:ällt|allen)\b|"
    r"\b(?:vervalt|vervallen|geschrapt|doorgehaald)\b|\b(?:wordt|worden|is|zijn)\b.{0,90}?\bverwijderd\b|"
    r"\b(?:est|sont|été)\s+(?:\w+\s+){0,2}(?:supprim|abrog|radi|retir|ray)ée?s?\b|"
    r"\b(?:è|sono|viene|vengono|stat[aoei])\s+(?:\w+\s+){0,2}(?:espunt|soppress|eliminat|cancellat|abrogat|rimoss|esclus|depennat)[oaie]\b|"
    r"\bse\s+(?:excluye|suprime|elimina|deroga|retira)n?\b|\b(?:suprím|elimín|exclúy|deróg)\w{0,6}se\b|"
    r"\b(?:qued[ae]n?|es|son|fue|fueron|sido)\s+(?:\w+\s+)?(?:excluid|suprimid|eliminad|derogad|retirad)[oa]s?\b|"
    r"\b(?:fica|ficam|é|são|foi|foram)\s+(?:\w+\s+)?(?:excluíd|suprimid|eliminad|revogad|retirad)[oa]s?\b|"
    r"\b(?:exclu[ií]|suprime|elimina|revoga|retira)m?-se\b|"
    r"\bse\s+(?:elimină|abrogă|radiază|exclude?|scoate?|scot|[șş]terge?)(?!\w)|\b(?:este|sunt)\s+(?:eliminat|radiat|abrogat|exclus|scos)\w*|"
    r"\btörl(?:i|ésre|endő|ődik|ik|ődnek)\b|\bhatály(?:át|ukat)\s+veszti\w*|\bkikerül\w*|"
    r"\bçıkarıl(?:mış\w*|ır|acak\w*)|\b(?:yürürlükten\s+)?kaldırıl(?:mış\w*|ır|acak\w*)|"
    r"\bисключ(?:ить|аетс?я|аются|ен[аоы]?)\b|\bутрат\w+\s+силу|"
    r"\bви(?:ключ|луч)(?:ити|ає?ться|аються|ен[аоиі]?|ений)\b|\bвтра[тч]\w+\s+чинність|"
    r"\bсе\s+(?:заличава|изключва|отменя|премахва)\w*|\bотпада\w*|"
    r"\bse\s+(?:črta|izbriše|briše|razveljavi|ukida|uklanja|isključuje)\w*|\bse\s+brišu\b|\b(?:črta|briše|brišu|ukida|uklanja)\w*\s+se\b|"
    r"\bсе\s+(?:брише|бришу|укида|уклања|искључује)\w*|\b(?:брише|бришу|укида|уклања)\w*\s+се\b|"
    r"\bδιαγράφ\w+|\bκαταργ(?:είται|ούνται)\b|\bαφαιρ(?:είται|ούνται)\b|"
    r"\b(?:se|sa)\s+(?:\w+\s+){0,3}?(?:zrušuj|vypoušt|vypúšť|vyškrt|vyraď|vyřazuj|odstraňuj|vyjím)\w*|"
    r"\b(?:zrušuj|vypoušt|vypúšť|vyškrt|vyřazuj|vyraďuj|odstraňuj)\w*\s+s[ea]\b|"
    r"\b(?:u|s|wy)(?:chyla|kreśla)\s+się\b|\busuwa\s+się\b|\bzosta(?:je|ją|ła?|ły|ło)\s+(?:skreślon|wykreślon|usunięt)\w+|"
    r"ให้ยกเลิก|ให้ตัด|ให้ถอด|(?:ถอด|ถอน|ตัด).{1,80}?ออกจาก|พ้นจากการเป็น|"
    r"\bdi(?:potong|mansuhkan|batalkan|hapus(?:kan)?|cabut)\b|\bmemotong\b|"
    r"\bdikeluarkan\s+dari(?:pada)?\s+(?:\w+\s+){0,3}?(?:daftar|golongan|lampiran|jadual|senarai|narkotika|jenis)|"
    r"\bkhỏi\s+(?:\w+\s+){0,2}?(?:danh\s+mục|phụ\s+lục|bảng)|\bbãi\s+bỏ\b|\bhết\s+hiệu\s+lực\b|"
    r"(?:から|より)(?:削除|除外|除く|削る)|を(?:削除する|削る)|指定を(?:解除|取り消)|"
    r"에서\s*(?:제외|삭제)|[을를]\s*삭제|지정(?:을)?\s*해제|"
    r"移除|[刪删]除|剔除|移出|解除(?:列管|管制)|(?:停止|取消)(?:列管|管制)",
    re.IGNORECASE,
)
# What a name is said not to be, or not to stand in; the copula is in it, so that
# «soweit nicht in Anlage II aufgeführt» is no denial.
_NOT = (
    r"(?:is|are|be|shall|was|were)\s+no\s+longer|ceases?\s+to\s+be|"
    r"(?:är|ska|skall|anses|räknas|utgör|omfattas|klassas|klassificeras|hör|tillhör|upptas|er|skal|betragtes|regnes|"
    r"optages|opføres|hører|føres)\s+(?:inte|ej|icke|ikke)|(?:inte|ikke)\s+(?:längre|længere|lenger)|upphör\s+att|ophører\s+med|opphører|"
    r"(?:er|eru|skal|skulu|tel[sj]t?|teljast|fellur|falla)\s+(?:ekki|eigi)|ei(?:vät)?\s+(?:enää\s+)?(?:ole|pidetä|katsota|kuulu|sisälly|luokitella)|"
    r"ei\s+(?:loeta|peeta|käsitata|arvata|kuulu)|(?:nav|netiek|vairs\s+ne\w+|neietilpst)|"
    r"(?:nė|nebė)ra|ne(?:be)?(?:laikom|priskiriam|įtrauk|įraš)\w+|"
    r"(?:ist|sind|gilt|gelten|wird|werden|fällt|fallen|zählt|zählen|unterliegt|unterliegen)\s+(?:\w+\s+)?(?:nicht|kein\w*)|"
    r"(?:is|zijn|wordt|worden|valt|vallen|behoort|behoren|staat|staan)\s+(?:niet|geen)|niet\s+(?:langer|meer)|"
    r"n(?:['’]|e\s+)(?:est|sont|constitue\w*|figure\w*|relève\w*)\s+(?:pas|plus)|"
    r"non\s+(?:è|sono|costituisc\w+|rientra\w*|figura\w*)|no\s+(?:es|son|será\w*|está\w*|constituye\w*|figura\w*|pertenece\w*|se\s+\w+)|"
    r"dej[aó]\w*\s+de|não\s+(?:é|são|será\w*|est[áã]\w*|constitu\w+|consta\w*|pertence\w*|se\s+\w+)|deixa\w*\s+de|"
    r"nu\s+(?:mai\s+)?(?:este|sunt|se\s+\w+|fac\w*|figur\w+|constitu\w+)|"
    r"не\s+(?:явля[ею]тся|относ[ия]тся|включ\w+|вход[ия]т|призна\w+|счита\w+|подлеж\w+|є|належ\w+|віднос\w+|вважа\w+|визна\w+|"
    r"е|са|се\s+\w+|попада\w*|представлява\w*|сматра\w*|спада\w*|убраја\w*|налази\w*)|(?:није|нису)|"
    r"ni(?:so|je|su)?|ne\s+(?:spada|sodi|velja|uvršča|šteje|smatra|ubraja|nalazi)\w*|se\s+ne\s+(?:smatra|šteje|uvršča)\w*|"
    r"δεν\s+(?:είναι|θεωρ\w+|υπάγ\w+|περιλαμβάν\w+|αποτελ\w+|εμπίπτ\w+)|"
    r"(?:není|nejsou|nie\s+(?:je|sú)|nepovažuj\w+|nenáleží|nepatř?[ií]|nezařazuj\w+|nezaraďuj\w+)|"
    r"nie\s+(?:jest|są|stanowi\w*|należ\w+|uznaje|zalicza\w*|podlega\w*|uważa\w*)|"
    r"bukan(?:lah)?|tidak\s+(?:lagi\s+)?(?:termasuk|digolongkan|dikategorikan|merupakan|disenaraikan|dianggap|tergolong)|"
    r"(?:không|chưa)\s+(?:còn\s+)?(?:thuộc|là|phải\s+là|(?:được|bị)\s+\w+|nằm)"
)
_LISTS = (
    r"bilag|anlage|anhang|list[aeo]?\b|liit|lisa|nimekir|příloh|príloh|seznam|zoznam|załącznik|wykaz|grup[aęy]|lijst|bijlage|"
    r"annex|tabel|allegat|anex|cuadro|popis|prilog|skupin|приложени|списо?к|списък|перечн|таблиц|листе?\b|додат|перелік|"
    r"golongan|daftar|lampiran|danh\s+mục|πίνακ|παράρτημα|viðauk|fylgiskjal|schedule|sąraš|sarakst|jegyzék|mellékl|"
    r"pielikum|pried|cetvel|jadual|opiumwet|euforiser|verdovend"
)
_DENIED = LazyPattern(
    rf"\b(?:{_NOT})\s+(?:[^\W\d_][\w'’-]*\s+){{0,5}}?[^\W\d_]*?(?:{DRUGS.pattern}|{_LISTS})|"
    r"\bnem\s+(?:minősül|tartoz|számít|szerepel|kábítószer|pszicho)\w*|"
    r"\bsay(?:ılmaz|ılmayacak)\w*|\btabi\s+değil\w*|\bmadde\s+değil\w*|\byer\s+almaz\w*|"
    r"(?:ไม่|มิได้|มิ)(?:ให้)?(?:จัด|ถือ(?:ว่า)?|ใช่|อยู่)?(?:เป็น|ใน)?ยาเสพติด|(?:ไม่|มิได้)อยู่ใน(?:บัญชี|ประเภท)|"
    r"(?:ไม่|มิ)ให้.{0,60}?เป็นยาเสพติด|"
    r"(?:に|とは|では|には)(?:該当|指定|含ま)(?:し|され|れ)?(?:て(?:い|お))?(?:ない|ません|りません|らず|なくなる)|では(?:ない|ありません)|"
    r"(?:해당|지정|포함)(?:하|되)지\s*[아않]|[이가]\s*아니다|"
    r"[不非未](?:再)?(?:被)?(?:[屬属列納纳為为是]|視為|视为|認定|认定|受)(?:[於于為为入])?.{0,12}?(?:毒品|管制|附表|麻醉|精神|目[錄录]|[級级])",
    re.IGNORECASE,
    hint=rf"(?:{DRUGS.pattern}|{_LISTS}|nem\s|say[ıi]lma|de[ğg]il|almaz|ยาเสพติด|บัญชี|ประเภท|ない|ません|らず|なくなる|[하되]지|아니다|[不非未])",
)
# «… pokud nejsou uvedeny v jiné příloze»: a condition or a relative clause denies nothing.
_UNLESS = LazyPattern(
    r"\b(?:unless|if|which|that|pokud|jestliže|jež|jenž|kter\w+|ak|ktor\w+|o\s+ile|jeżeli|jeśli|że|ledaže|ibaže|hacsak|som|sem|hvis|nema|"
    r"jos|jollei\w*|ellei\w*|jo[tk]ka|joka|kui|mis|kas|kur[išaiou]\w*|jei|jeigu|qui|que|si|che|care|dacă|"
    r"если|котор\w+|якщо|як[ийіае]\w*|ако|кой?то|които|ki|če|ako|koj\w+|кој\w+|εφόσον|εάν|αν|που|yang|jika|nếu|mà|ha|amely\w*)"
    r"\W+(?:\w+\W+){0,2}$",
    re.IGNORECASE,
)
# Words that put something in: the nearer of both is said of the name.
_PUT_IN = LazyPattern(
    r"\b(?:insert|add)(?:s|ed|ing)?\b|\b(?:införs|läggs\s+till|tillförs|förs\s+(?:in|upp)|föras\s+(?:in|upp)|indsættes|tilføjes|optages|"
    r"opføres|innsettes|tilføyes|bætist|lisätään|lisatakse|täiendatakse|papildina?|papildināt|iekļau(?:j|t)\w*|papildom\w+|"
    r"įrašom\w+|eingefügt|angefügt|aufgenommen|ingevoegd|toegevoegd|opgenomen|dodaj[eu]|uvrsti\w*|vstavi\w*|kiegészül\w*)\b|"
    r"\b(?:est|sont)\s+(?:\w+\s+)?(?:insér|ajout|inscri)\w+|\b(?:inserit|aggiunt|inclus)[oaei]\b|"
    r"\b(?:incluyen?|inclúy\w+|inclui|incluem|incorpora\w*|incorpór\w+|añad\w+|agreg\w+|adicion\w+)\b|\b(?:adaugă|introduce?|introduc\w+)\b|"
    r"\beklen(?:mi\w*|ir|ecek\w*)|\bilave\b|\b(?:включ(?:ить|ити|аетс?я|ається|аются|ва|ен\w*)|внос[ия]тся|вноситься|"
    r"дополн\w+|доповн\w+|допълн\w+|добав\w+|додај\w+)\b|\bπροστίθ\w+|\bεντάσσ\w+|"
    r"\b(?:vklád|vklad|doplňuj|dopĺňa|přidáv|zařazuj|zaraďuj)\w*|\b(?:dodaje|wpisuje|umieszcza)\s+się|"
    r"ให้เพิ่ม|ให้ใช้ความ|ให้เป็น|ให้ระบุ|\bdi(?:tambah|masuk|sisip)\w*|\bmemasukkan\b|\bbổ\s+sung\b(?=.{1,120}\bvào\b)|"
    r"に加え|を加える|追加|추가|신설|增列|増列|列[為为入]|新增|增加",
    re.IGNORECASE,
)

_THAI = re.compile("[\u0e00-\u0e7f]")
_Span = tuple[int, int]


def _denials(text: str) -> Iterator[_Span]:
    for match in _DENIED.finditer(text):
        if not _UNLESS.search(text[max(0, match.start() - 40) : match.start()]):
            yield match.span()


def _verbs(text: str) -> Iterator[_Span]:
    """Where a text takes something out; a mark in brackets belongs to the entry before it."""
    for match in _TAKEN_OUT.finditer(text):
        if text[: match.start()].rstrip(" \t")[-1:] not in {"(", "[", "<", "（"}:
            yield match.span()


def _distance(text: str, span: _Span, term: Term) -> int | None:
    """How far a verb stands from a name, or None where it is not said of it."""
    start, end = span
    if start >= term.end:
        return gap if (gap := start - term.end) <= _NEAR else None
    gap = max(0, term.start - end)
    if gap <= _NEAR:
        return gap
    colon = max(text.find(sign, end, term.start) for sign in ":：")
    return gap if 0 <= colon - end <= _OPENING else None


def _nearest(text: str, spans: Sequence[_Span], term: Term) -> int | None:
    found = [far for span in spans if (far := _distance(text, span, term)) is not None]
    return min(found, default=None)


@lru_cache(maxsize=256)
def _opens_removal(text: str) -> bool | None:
    """Whether words above a list take its items out (True), put them in (False) or neither."""
    out = [end for _, end in _verbs(text)]
    put = [match.end() for match in _PUT_IN.finditer(text)]
    if out and (not put or max(out) > max(put)):
        return True
    return False if put or DESIGNATED.search(text) else None


@lru_cache(maxsize=256)
def _verbs_of(text: str) -> tuple[tuple[_Span, ...], tuple[_Span, ...]]:
    """Where a sentence takes out or denies, and where it puts in; each of its terms asks."""
    against = (*_denials(text), *_verbs(text))
    if not against:
        return (), ()
    spans = [match.span() for match in (*_PUT_IN.finditer(text), *DESIGNATED.finditer(text))]
    free = [p for p in spans if not any(a < p[1] and p[0] < b for a, b in against)]
    return against, tuple(free)


def removed(clause: Clause, term: Term, clauses: Sequence[Clause]) -> bool:
    """Whether a term is taken out of a list, or said not to stand in one.

    The sentence itself decides, by the verb that is nearest to the name; if it has none,
    the words that open the list it stands in, and then the heading right above it.
    """
    text = clause.text
    against, placing = _verbs_of(text)
    far = _nearest(text, against, term)
    if far is not None:
        near = _nearest(text, placing, term)
        return near is None or far <= near
    for index in reversed(clause.leads):
        said = _opens_removal(clauses[index].text)
        if said is not None:
            return said
    if clause.start and _THAI.search(text):  # cut at a space, in the midst of a sentence
        before = clauses[clause.index - 1]
        if before.number == clause.number and _opens_removal(before.text):
            return True
    path = clause.passage.headings
    return bool(path) and clause.passage.kind != "heading" and _opens_removal(path[-1]) is True
