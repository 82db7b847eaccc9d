"""Left out: the words by which laws in other languages than English leave something out.

Each language says it in its own order: «s výjimkou kratomu» before the name, «kratomia
lukuun ottamatta» after it, «neattiecas uz kratomu» with the law as the subject.
"""

from __future__ import annotations

import re

from regstatus.assess.prefilter import LazyPattern

__all__ = ["EXCEPT_AFTER", "EXCEPT_BEFORE", "sets_apart", "spares"]

EXCEPT_BEFORE = (
    r"\bmit\s+ausnahme\b|\bausgenommen\b|\baußer\b|\bs\s+výjimkou\b|\bkromě\b|\bvyjma\b|\bs\s+výnimkou\b|\bokrem\b|"
    r"\bz\s+wyjątkiem\b|\boprócz\b|\bz\s+wyłączeniem\b|\bmed\s+undantag\b|\butom\b|\bundtagen\b|\bmed\s+undtagelse\b|"
    r"\bbortset\s+fra\b|\bunntatt\b|\bmed\s+unntak\b|\bað\s+undanskild\w+|\bpaitsi\b|\bpois\s+lukien\b|"
    r"\blukuun\s+ottamatta\b|\bà\s+l['’](?:exception|exclusion)\b|\bsauf\b|\bhormis\b|"
    r"\b(?:con|com|a)\s+(?:la\s+)?(?:excepci[óo]n|exce[çp]?[çt]?ão|exclusión)\b|\bexce(?:pt|t)o\b|\bsalvo\b|"
    r"\bexcluid[oa]s?\b|\bad\s+eccezione\b|\beccetto\b|\besclus[oaie]\b|\bmet\s+uitzondering\b|\bbehalve\b|"
    r"\buitgezonderd\b|\bза\s+исключением\b|\bкроме\b|\bза\s+винятком\b|\bкрім\b|\bс\s+изключение\b|\bосвен\b|"
    r"\bосим\b|\bcu\s+excep[țţt]ia\b|\bvälja\s+arvatud\b|\bizņemot\b|\bišskyrus\b|\bosim\b|\brazen\b|\bkivéve\b|"
    r"\bkecuali\b|\btidak\s+termasuk\b|\b(?:ngoại\s+)?trừ\b|\bεκτός\b|\bεξαιρουμέν\w+|"
    r"(?:ยกเว้น|เว้นแต่|ไม่รวม(?:ถึง)?)|不包括|(?<![移刪删解免])除(?!去|外)|不含|"
    r"\bmit\s+ausschluss\b|\bad\s+esclusione\b|\bcom\s+(?:a\s+)?exclusão\b|\bcon\s+exclusión\b|\bexceptând\b|\bcu\s+excluderea\b|"
    r"\bneskaitot\b|\bneįskaitant\b|\bkhông\s+(?:bao\s+gồm|kể)\b|\bfyrir\s+utan\b|\bmet\s+uitsluiting\b|"
    # Written out twice: with « ?» the filter of patterns could rule out none of these.
    r"\bv\.a\b|\bv\. a\b|"
    r"\bπλην\b|\bизузев\b|\bizuzev\b|\bz\s+izjemo\b|\bбез\s+да\s+се\s+включва\w*"
)
EXCEPT_AFTER = (
    r"\blukuun\s+ottamatta\b|\bkivéve\b|\bkivételével\b|\bhariç\b|\bdışında\w*|"
    r"を除く|を除き|(?:은|는|을|를)?\s*제외|以外|除外"
)

# «, dock inte kratom»: «not» is said of the next name alone, not of a verb or of a manner.
_APART = LazyPattern(
    r"[,(]\s*(?:dock\s+(?:inte|ej)|dog\s+ikke|(?:men|likevel)\s+ikke|(?:jedoch|aber)\s+nicht|nicht\s+jedoch|(?:doch|maar)\s+niet|"
    r"þó\s+ekki|ei\s+kuitenkaan|kuid\s+mitte|bet\s+ne|tačiau\s+ne|nikoli\s+však|ne\s+však|mais\s+(?:non|pas)|ma\s+non|"
    r"pero\s+no|mas\s+não|dar\s+nu|de\s+nem|но\s+не|але\s+не|vendar\s+ne|ali\s+ne|али\s+не|αλλά\s+όχι)\s+"
    r"(?!(?:ohne|mit|in|im|über|unter|bei|mehr|utan|i|på|med|om|uden|uten|over|under|for|för|zonder|boven|meer|sans|senza|sin|"
    r"sem|fără|без|brez|bez|ilman)\s)(?:[^\W\d_]+\s+){0,4}[\"“„«(]?$",
    re.IGNORECASE,
)
# «… does not apply to», up to the name itself: what stands between would narrow it.
_NOT_TO = (
    r"\bse\s+nevztahuj\w+\s+na|\bse\s+nepouž\w+\s+na|\bsa\s+ne(?:vzťahuj|uplatňuj)\w+\s+na|"
    r"\bnie\s+stosuje\s+się\s+do|\bnie\s+maj?ą?\s+zastosowania\s+do|\bgäller\s+inte(?:\s+för)?|"
    r"\b(?:tillämpas\s+inte|inte\s+tillämpas)\s+på|\bfinder\s+ikke\s+anvendelse\s+(?:på|for)|"
    r"\bg(?:æ|je)lder\s+ikke(?:\s+for)?|\bgild(?:ir|a)\s+ekki\s+um|\bei\s+(?:sovelleta|koske|kohaldata)|"
    r"\bneattiecas\s+uz|\bnetaikom\w+|\bg(?:ilt|elten)\s+nicht\s+für|"
    r"\bf(?:indet|inden)\s+keine\s+anwendung\s+auf|\bnicht\s+(?:anzuwenden|anwendbar)\s+auf|"
    r"\bniet\s+van\s+toepassing\s+op|\bne\s+s['’]appliqu(?:e|ent)\s+pas\s+(?:aux?|à(?:\s+la)?)|"
    r"\bnon\s+si\s+applica(?:no)?\s+a(?:l|lla|i|gli|lle)?|"
    r"\bno\s+(?:se\s+aplica\w*|(?:será|es)\s+aplicable)\s+al?(?:\s+(?:la|las|los))?|"
    r"\bnão\s+se\s+aplicam?\s+(?:aos?|às?|a)|\bnu\s+se\s+aplic\w+|\bnem\s+terjed\s+ki|"
    r"\bне\s+(?:распростран|поширю)\w+\s+на|\bне\s+применя\w+\s+к|\bне\s+застосову\w+\s+до|"
    r"\bне\s+се\s+прилагат?\s+(?:за|към|спрямо)|\bse\s+ne\s+uporablja\w*\s+za|"
    r"\bne\s+prim(?:j)?enjuj\w+\s+(?:se\s+)?na|\bне\s+примењуј\w+\s+(?:се\s+)?на|"
    r"\bδεν\s+εφαρμόζ\w+\s+(?:στ\w{1,2}|σε|για)|(?:มิ|ไม่)ให้ใช้บังคับ(?:แก่|กับ)|ไม่ใช้บังคับ(?:แก่|กับ)|"
    r"\btidak\s+(?:terpakai|berlaku)\s+(?:bagi|kepada|untuk|terhadap)|\bkhông\s+áp\s+dụng\s+(?:đối\s+với|với|cho)|"
    r"不[適适]用[於于]"
)
_PLANT = (
    r"(?:rostlin\w*|roślin\w*|växten|planten|plantas?|plante|pianta|pflanzen?|растени\w*|рослин\w*|"
    r"tanaman|tumbuhan|daun|pokok|cây|lá|az?|la|le|el|il|de|die|das|den)"
)
_SPARES_BEFORE = LazyPattern(
    rf"(?:{_NOT_TO})\s*[\"“„«(]?\s*(?:{_PLANT}\s+){{0,2}}[\"“„«(]?$", re.IGNORECASE
)
# What follows the name may be no more than its case or a closing word: «kratomi suhtes».
_ENDS = re.compile(r"(?:\s+[^\W\d_]+){0,2}\W*")
_SPARES_AFTER = LazyPattern(
    r"\W{0,3}(?:hakkında\s+uygulan(?:maz|mayacaktır)|(?:について)?(?:に)?は、?(?:これを)?適用しない|"
    r"에(?:는|\s*대하여는|\s*대하여|\s*대해서는)?\s*적용하지\s*아니)",
    re.IGNORECASE,
)


def spares(before: str, after: str) -> bool:
    """Whether a law says, in the words round a name, that it does not apply to it."""
    if _SPARES_AFTER.match(after):
        return True
    return _SPARES_BEFORE.search(before[-120:]) is not None and _ENDS.fullmatch(after) is not None


def sets_apart(before: str) -> bool:
    """Whether the words before a name leave it, and it alone, out: «, dock inte kratom»."""
    return _APART.search(before[-120:]) is not None
