"""Placements: sentences that place a name in a schedule, or call it a narcotic.

A verb alone says nothing («dodaje się» adds anything to anything), and neither does the noun;
only both in one sentence do. What the same words deny is for `removals`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from regstatus.assess.prefilter import LazyPattern

__all__ = ["CLASS_NOUN", "DESIGNATED", "conditional", "designates"]

DESIGNATED = LazyPattern(
    r"\b(?:is|are|shall\s+be|be|been|hereby)\s+(?:hereby\s+|also\s+|temporarily\s+|permanently\s+)*(?:designated|classified|placed|listed|"
    r"included|added|scheduled|controlled|declared|deemed|considered|regulated)\b|"
    r"\b(?:designat|classif|plac|add|schedul|declar)(?:e|es|s|ies|y|ing|ed|ied)\b(?=.{1,200}\b(?:as|in|into|to|under)\b)|"
    r"\b(?:is|are|shall\s+be|as)\s+an?\s+(?:schedule\s+\w+|controlled|narcotic|dangerous\s+drug|prohibited)|"
    r"\b(?:temporary|final)\s+(?:scheduling\s+)?(?:order|rule)\b|"
    r"\b(?:ska|skall)\s+(?:även\s+|också\s+)?anses\b|\banses?\s+som\b|\b(?:gilt|gelten)\s+als\b|\b(?:považuj\w+\s+se|se\s+považuj\w+)|\bpovažujú\s+sa\b|"
    r"\b(?:je|jsou|sa)\s+zařazen\w*|\bzařazuj\w+|\buznaje\s+się\b|\bkatsotaan\b|\bpidetään\b|\b(?:est|sont)\s+(?:classée?s?|inscrit\w*|considérée?s?)|"
    r"\bse\s+consideran?\b|\bconsideran?-?se\b|\bconsidéranse\b|\bsono\s+(?:inserit|considerat)\w*|\bè\s+inserit\w*|\bвключен\w*|\bвносится\b|\bпризна\w+|"
    r"\b(?:är|er)\s+(?:et\s+)?(?:narkoti|euforiser)\w+|\bse\s+incluyen?\s+en\b|\bförklaras\s+(?:\w+\s+)?(?:vara|som)\b|\bska(?:ll)?\s+(?:vara|utgöra)\s+narkoti\w+|\b(?:förs|föras|tas|tages|føres|føyes)\s+(?:upp|opp|op|inn)\b|"
    r"\bop(?:tages|føres)\s+(?:\w+\s+)?på\b|\b(?:anses|regnes|betragtes)\s+(?:som|for)\b|\btel(?:st|jast)\s+(?:til|vera)\b|\bbætist\s+við\b|"
    r"\bon\s+(?:huumausaine|psykotroop|narkooti|psühhotroop)\w*|\b(?:lisätään|luokitellaan|loetakse|lisatakse|arvatakse)\b|"
    r"\bir\s+(?:uzskatām|iekļaut|atzīt|narkotisk)\w*|\bpapildināt\b|\biekļauj\w*|\b(?:įrašy(?:ta|ti|tas|tos)|įraš(?:oma|omas|omi|omos)|"
    r"įtraukt[aio]s?|įtraukiam\w+|priskiriam\w+|laikom\w+)\b|"
    r"\b(?:je|jsou|sú)\s+zar?aden\w*|\bvkládá\b|\bvkládají\b|\b(?:sa|se)\s+(?:\w+\s+){0,2}(?:považuj|zaraďuj|zařazuj|dopĺňa|doplňuj)\w*|"
    r"\b(?:zaraďuj|dopĺňa|doplňuj)\w*\s+s[ea]\b|\b(?:dodaje|zalicza|wpisuje|umieszcza)\s+się\b|"
    r"\bminősül(?:nek)?\b|\bkiegészül\w*|\b(?:este|sunt)\s+(?:\w+\s+)?(?:considera|inclus|înscris|clasifica|încadra)\w*|"
    r"\bse\s+(?:adaugă|introduce?|completează|înscriu?)\b|\bsay(?:ılır|ılırlar|ılmıştır)\b|\bkabul\s+edil(?:ir|miştir)\b|\btabidir\b|"
    r"\beklenmiştir\b|\b(?:adalah|merupakan)\s+(?!bukan)(?:\w+\s+){0,2}?(?:dadah|narkotika|racun)\b|\bdi(?:anggap|tetapkan)\s+sebagai\b|"
    r"\b(?:được\s+)?(?:bổ\s+sung|đưa|xếp)\s+vào\b|\blà\s+chất\s+ma\s+túy|\b(?:uvršč?a|uvrsti|uvršta|šteje)\w*\s+(?:se|med)\b|"
    r"\bse\s+(?:uvršč?a|uvrsti|uvršta|smatra|šteje)\w*|\bsmatra\w*\s+se\b|\b(?:сматра|уврш[ћт]а)\w*\s+се\b|\bсе\s+(?:сматра|уврш[ћт]а|счита)\w*|"
    r"\b(?:is|zijn|wordt|worden)\s+(?:\w+\s+){0,4}(?:toegevoegd|opgenomen|geplaatst|aangewezen)\b|\b(?:θεωρ|υπάγ|προστίθ|εντάσσ)\w+|"
    r"\b(?:wird|werden)\b.{1,160}?\b(?:aufgenommen|eingefügt|unterstellt)\b|"
    r"ให้เป็น|ให้[^\s]{1,60}?เป็นยาเสพติด|ระบุชื่อ|に指定|指定する|지정|列为|列為|増列|增列|dikategorikan|digolongkan",
    re.IGNORECASE,
)
CLASS_NOUN = LazyPattern(
    r"\bschedule\s+(?-i:[IVX]+|\d|one|two)|\b(?:first|second|third)\s+schedule\b|controlled\s+(?:dangerous\s+)?(?:substance|drug)|narcotic|dangerous\s+drug|"
    r"narkotik|betäubungsmittel|omamn\w+|návykov\w+|odurz\w+|psych?otrop\w*|psychoakt\w*|psykotrop\w*|huumausaine\w*|huumausaineina|stupéfiant|"
    r"estupefaciente|s[ip]{1,2}cotr[óo]pic|sicotr[óo]pic|stupefacent|entorpecent|opi[áa]t|\bopio\b|alucin[óo]gen|fíkniefn|наркот|психотроп|prohibited\s+substance|regulated\s+drug|class\s+(?-i:[A-C])\b|"
    r"euforiser|narkotisk|stupefiant|\bbilag\s+\d,?\s+liste\s+[A-E]\b|psi(?:ks|h|k)otrop|psichotrop|psiho[aá]kt|psichoakt|narkooti|psühhotroop|narkotin|kábítószer|pszichotr|pszichoa|"
    r"uyuşturucu|ma\s+túy|verdovend|opiumwet|ναρκωτικ|ψυχοτρόπ|prepovedan\w+\s+drog|\bdrog\w*\s+(?:i|in)\s+ps|"
    r"ยาเสพติด|指定薬物|麻薬|마약|향정신|毒品|管制|精神药品|麻醉药品|dadah|narkotika|penalty\s+group",
    re.IGNORECASE,
)
# «Jos kratom on huumausaine, …» asks, and places nothing.
_IF = LazyPattern(
    r"\b(?:jos|jollei|ellei|kui|om|hvis|dersom|ef|wenn|falls|sofern|indien|als|pokud|jestliže|ak|jeżeli|jeśli|ha|dacă|jei|jeigu|"
    r"eğer|jika|sekiranya|apabila|nếu|ako|če|ако|если|якщо|εάν|αν|si|soit\s+que)\s+(?:[^\W\d_]+\s+){0,2}[\"“„«(]?$",
    re.IGNORECASE,
)


@lru_cache(maxsize=256)
def designates(text: str) -> bool:
    """Whether a sentence has the verb and the noun of a placement; each of its terms asks."""
    return bool(DESIGNATED.search(text) and CLASS_NOUN.search(text))


def conditional(before: str) -> bool:
    """Whether the words before a name make its sentence a condition."""
    return _IF.search(before[-60:]) is not None
