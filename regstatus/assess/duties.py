"""Duties: what a text lays upon those who make or sell kratom."""

from __future__ import annotations

import re
from collections.abc import Sequence

from regstatus.assess.clauses import Clause
from regstatus.assess.definitions import defines
from regstatus.assess.prefilter import LazyPattern
from regstatus.assess.quotes import place
from regstatus.model.finding import DUTIES, Duty
from regstatus.model.words import Substance

__all__ = ["duties"]

_WORDS: dict[str, str] = {
    "labelling": (
        r"\blabel(?:l?ed|l?ing|s)?\b(?!,\s*(?:or\s+)?(?:distribut|s[eo]l[ld]|sold|market|stor))|\bquick\s+response\s+\(qr\)|\bQR\s+code\b|\betiket\w*|\boznačen\w*|"
        r"\betykiet\w*|\bkennzeichn\w*|\betiquet\w*|\bmärk(?:ning|t|as)\w*|ฉลาก|표시|表示"
    ),
    "testing": (
        r"\bcertificates?\s+of\s+analysis|\b(?:independent|third[\s-]party|accredited)\s+(?:testing\s+)?"
        r"laborator\w+|\blaborator\w+\s+(?:test|analys)\w*|\btest(?:ed|ing|s)\b[^.;]{0,80}\blaborator\w+|"
        r"\bthird[\s-]party\s+test\w*|\btesting\s+(?:requirements|standards|to\s+ensure)|\btest\s+results\b|"
        r"\blaboratorn\w+|\bprüflabor\w*|ตรวจวิเคราะห์"
    ),
    "registration": (
        r"\bregister(?:ed|ing|s)?\b|\bregistrations?\b|\b(?<!driver )(?<!driver's )licens(?:e|es|ure|ed|ing)\b"
        r"(?!\s*,?\s*(?:qualified|healthcare|health|physician|pharmacist|practitioner|plate))|"
        r"\blicence\b|\bpermits?\s+(?:issued|from|required|to\s+(?:sell|manufacture|process))|"
        r"\b(?:obtain|have|hold|secure)\s+a\s+permit|\bpovolen\w+|\bohlá(?:sit|šen\w+)|\bregistrac\w+|"
        r"\berlaubnis\w*|\bzezwoleni\w+|\bautorizaci[oó]n|ใบอนุญาต"
    ),
    "age_verification": (
        r"\bproof\s+of\s+age|\bphoto\s+id\b|\bverif(?:y|ies|ied|ying|ication)\b[^.;]{0,80}\b(?:age|years)|"
        r"\bage[\s-]verif\w+|\b(?:photo(?:graphic)?|proper|valid|government[\s-]issued)\b[^.;]{0,60}"
        r"\bidentification\b|\bidentification\b[^.;]{0,80}\b(?:age|years)\b|\bověř\w+\s+věk\w*|"
        r"\bprůkaz\w*\s+totožnosti|\baltersnachweis\w*|\baltersprüfung"
    ),
    "packaging": (
        r"\bchild[\s-](?:resistant|proof)|\btamper[\s-](?:evident|resistant|proof)|"
        r"\bpackag(?:e|ed|ing)\b[^.;]{0,60}\b(?:attractive|appeal\w*|resembl\w+|mimic\w*|cartoon|candy)|"
        r"\b(?:attractive|appeal\w*|resembl\w+|mimic\w*)\b[^.;]{0,60}\b(?:children|minors|candy)|"
        r"\b(?:jednotkov\w+|dětsk\w+)\s+(?:balení|pojistk\w+)|\bkindergesichert\w*|บรรจุภัณฑ์"
    ),
    "advertising": (
        r"\badvertis(?!es?,?\s+(?:or\s+)?(?:offers?|sells?|distribut|represent))(?:e|es|ed|ing|ement|ements)\b|\b(?:health|therapeutic|medical|disease|false)\s+claims?\b|"
        r"\bclaims?\b[^.;]{0,60}\b(?:diagnose|treat|cure|prevent)|\breklam\w*|\bwerb(?:ung|en)\b|\bpublicité|"
        r"\bpublicidad|\bpublicidade|\bpubblicità|\bmainon\w*|\bреклам\w*|โฆษณา|広告|광고|廣告"
    ),
    "display": (
        r"\bbehind\s+(?:a|the|any)?\s*(?:sales?\s+)?(?:counter|register)|\blocked\s+(?:case|cabinet|display|container)|"
        r"\b(?:not|only|in)\s*(?:be\s+)?(?:an\s+area\s+)?(?:directly\s+)?accessible\s+(?:only\s+)?(?:to|by)|\bself[\s-]service\b|"
        r"\bout\s+of\s+(?:the\s+)?reach|\bdisplay(?:ed|ing)?\b[^.;]{0,160}\b(?:access\w*|customer|public|employee)"
    ),
    "premises": (
        r"\bwithin\s+(?:one\s+thousand|five\s+hundred|[\d,]+)\s*(?:\([\d,]+\)\s*)?(?:feet|foot|yards|met(?:er|re)s)|"
        r"\bvending\s+machines?|\bretail\s+tobacco\s+specialty|\b(?:near|proximity\s+to)\s+(?:a\s+)?school|"
        r"\bprodejn\w+\s+automat\w*|\bautomatenverkauf|\bverkaufsautomat\w*|เครื่องขาย|สถานศึกษา|\bautomat\w*\s+na\b"
    ),
    "penalties": (
        r"\bmisdemeanor|\bfelony|\bcivil\s+(?:penalt|infraction|fine)\w*|\badministrative\s+(?:fine|penalt)\w*|"
        r"\bfined?\b[^.;]{0,60}\$|\b(?:fine|penalty)\s+(?:of|not|up)\b|\bimprison\w+|\bshall\s+be\s+(?:fined|punished)|"
        r"\bguilty\s+of|\bpokut\w+|\btrest\w*\s+odnětí|\bgeldstrafe|\bgeldbuße|\bfreiheitsstrafe|\bgrzywn\w+|"
        r"\bamende\b|\bmulta\b|\bböter\b|\bsakko\w*|\bштраф\w*|ปรับไม่เกิน|ต้องระวางโทษ|罰金|벌금|罚款|罰鍰|denda"
    ),
}
_PATTERNS = {name: LazyPattern(words, re.IGNORECASE) for name, words in _WORDS.items()}
_BINDING = LazyPattern(
    r"\b(?:shall|must|may\s+not|required?|requires|prohibit\w*|unlawful|no\s+(?:person|processor|retailer|"
    r"kratom|business|vendor|dealer)|failure|violat\w+|guilty|subject\s+to|commits?|cannot|offen[sc]e\s+(?:under|is|shall)|is\s+responsible|"
    r"may\s+(?:be|only|assess|impose|revoke)|"
    r"musí|nesmí|zakazuje|povinn\w+|je\s+povinen|muss|müssen|darf|dürfen|verboten|musi|zabrania|należy|"
    r"ska|skall|får|doit|doivent|interdit\w*|deberá\w*|debe|prohib\w+|deve\w*|vietat\w+|on\s+kielletty|"
    r"запрещ\w+|обязан\w*|забороня\w+)\b|ต้อง|ห้าม|禁止|しなければならない|해서는|不得|應|应当",
    re.IGNORECASE,
    often=True,
)
_NEGATIVE = LazyPattern(
    r"\b(?:shall\s+not|may\s+not|must\s+not|no\s+(?:person|processor|retailer|vendor|dealer|kratom|individual|"
    r"manufacturer|business)|unlawful|prohibit\w*|does\s+not|do\s+not|not\s+contain|free\s+of|adulterated|"
    r"cannot|without|illegal|offen[sc]e|zakaz\w*|nesmí|violation|deceptive|misbranded)\b",
    re.IGNORECASE,
)


def duties(clauses: Sequence[Clause], about: Sequence[bool]) -> tuple[Duty, ...]:
    """Each duty found in provisions about kratom, once, at its first binding words."""
    found: dict[str, Duty] = {}
    for clause in clauses:
        if not (about[clause.index] and clause.speaks):
            continue
        text = clause.text
        governing = " ".join(clauses[i].text for i in clause.leads)
        _synthetic(clause, governing, found)
        matches = {
            name: match
            for name, pattern in _PATTERNS.items()
            if name not in found and (match := pattern.search(text))
        }
        if not matches or not (_BINDING.search(text) or _BINDING.search(governing)):
            continue
        if not defines(clause, clauses):
            for name, match in matches.items():
                where = place(clause, match.start(), match.end(), "duty")
                found[name] = Duty(name=name, place=where)
    return tuple(found[name] for name in DUTIES if name in found)


_SYNTHETIC = LazyPattern(
    r"\b(?:semi-?\s?)?synthe(?:tic|si[sz]ed)\b|\bsynthetically\b|\bsyntetick\w+|\bsynthetische\w*",
    re.IGNORECASE,
)
_NO_SYNTHETIC = LazyPattern(
    r"\b(?:not|nor|no)\s+(?:\w+\s+){0,3}?(?:include|contain)\w*[^.;]{0,80}$|\bfree\s+of[^.;]{0,40}$",
    re.IGNORECASE,
)


def _synthetic(clause: Clause, governing: str, found: dict[str, Duty]) -> None:
    """A ban on synthetic alkaloids: as forbidden content, or left out of the lawful product."""
    if "synthetic_ban" in found:
        return
    alkaloids = [t for t in clause.terms if t.substance is not Substance.LEAF]
    for match in _SYNTHETIC.finditer(clause.text):
        if not any(match.start() - 12 <= t.start <= match.end() + 60 for t in alkaloids):
            continue
        before = clause.text[: match.start()]
        if _NO_SYNTHETIC.search(before):
            rule = "duty-definition"
        elif _NEGATIVE.search(before) or _NEGATIVE.search(governing):
            rule = "duty"
        else:
            continue
        where = place(clause, match.start(), match.end(), rule)
        found["synthetic_ban"] = Duty(name="synthetic_ban", place=where)
        return
