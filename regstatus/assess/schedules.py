"""Schedules: in which schedule, list or annex of controlled substances a clause stands.

Read from the headings above it, from a label that stands alone («SCHEDULE I»,
«Bilaga 1») and from sentences that open a list («are included in Schedule I»).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from regstatus.assess.clauses import Clause

__all__ = ["Standing", "label_in", "standings"]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a clause stands.

    Attributes:
        schedule: The label in its short form (`I`, `9`, `Anlage II`), or None.
        listing: Whether entries there are controlled substances.
    """

    schedule: str | None = None
    listing: bool = False


_NUMBER_WORDS = {"one": "I", "two": "II", "three": "III", "four": "IV", "five": "V", "six": "VI"}
_ENGLISH = re.compile(
    r"\bschedule\s+(?P<n>(?-i:I{1,3}[AN]?|IVA?|VI{0,3}A?|IX|X)|[1-9]|10|one|two|three|four|five|six)"
    r"(?:-?(?-i:[NF]))?(?![\w])(?!\s*(?:,|or|and|through|to|-)\s*(?:(?-i:[IVX]+)|\d)\b)",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"\b(first|second|third|fourth|fifth|sixth)\s+schedule\b", re.IGNORECASE)
_GROUP = re.compile(r"\bpenalty\s+group\s+(\d(?:-?[A-C])?)(?!\w)", re.IGNORECASE)
_CLASS = re.compile(
    r"\bclass\s+(?-i:([A-C]))\b(?=\s+(?:controlled|drugs?|and\s+class)|\s*[:.–—-]?\s*$|\s*\(?drugs?)",
    re.IGNORECASE,
)
# Word of a list in any case, its form in the label; the number follows.
_NUMBER = (
    r"(?-i:(?P<n>[IVX]{1,4}|\d{1,2}|[A-H]\d?)(?P<s>\s?[./-]?\s?[A-Z]{1,2}(?![a-zà-ž]))?)(?!\w)"
)
_SIGN = r"\s*(?:č\.|čís\.|nr\.?|n[rº°]\.?|no\.?|num\.|numărul|№|υπ'\s*αριθ\.?)?\s*"
_WORDED: tuple[tuple[str, str], ...] = (
    ("Anlage", "anlage"),
    ("Anhang", "anhang"),
    ("Verzeichnis", "verzeichnis(?:ses)?"),
    ("Bilaga", "bilaga"),
    ("Förteckning", "förteckning"),
    ("Bilag", "bilag"),
    ("Vedlegg", "vedlegg"),
    ("Liite", "liit(?:e|teen)"),
    ("Lisa", "lisa"),
    ("Nimekiri", "nimekir(?:i|ja)"),
    ("Příloha č.", r"příloh(?:a|y|ou)|příloze|přílohu"),
    ("Príloha č.", r"príloh(?:a|y|e|ou)|prílohe"),
    ("Seznam č.", r"seznam(?:u)?(?=\s*č\.)"),
    ("Załącznik nr", r"załącznik(?:a|u|iem)?"),
    ("Wykaz", r"wykaz(?:u)?"),
    ("Grupa", r"grup(?:a|y|ie)"),
    ("Lista", r"lista"),
    ("Liste", r"liste"),
    ("Lijst", r"lijst"),
    ("Bijlage", r"bijlage"),
    ("Tableau", r"tableau"),
    ("Annexe", r"annexe"),
    ("Tabella", r"tabella"),
    ("Tabelle", r"tabelle"),
    ("Allegato", r"allegato"),
    ("Anexo", r"anexo"),
    ("Anexa", r"anexa"),
    ("Cuadro", r"cuadro"),
    ("Tabelul", r"tabelul(?:ui)?"),
    ("Tabela", r"tabela"),
    ("Popis", r"popis"),
    ("Prilog", r"prilog"),
    ("Skupina", r"skupin(?:a|e|y|u)"),
    ("Приложение", r"приложени[ея]"),
    ("Список", r"списо?к(?:а|у|ом)?"),
    ("Списък", r"списък"),
    ("Перечень", r"переч(?:ень|ня)"),
    ("Таблица", r"таблиц[аы]"),
    ("Таблиця", r"таблиц[яі]"),
    ("Додаток", r"додат(?:ок|ку)"),
    ("Golongan", r"golongan"),
    ("Lampiran", r"lampiran"),
    ("Danh mục", r"danh\s+mục"),
    ("Phụ lục", r"phụ\s+lục"),
    ("Πίνακας", r"πίνακα(?:ς)?"),
    ("Παράρτημα", r"παράρτημα"),
    ("Viðauki", r"viðauki"),
    ("Fylgiskjal", r"fylgiskjal"),
    ("Annex", r"annex"),
    ("Appendix", r"appendix"),
    ("Table", r"table"),
    ("List", r"list"),
)
_FORWARD = tuple(
    (form, re.compile(rf"(?<![^\W\d_])(?:{word}){_SIGN}(?<![a-z]){_NUMBER}", re.IGNORECASE))
    for form, word in _WORDED
)
_BARE = tuple(
    (form.split(" ")[0], re.compile(rf"^\W*(?:{word})(?![^\W\d_])\W*$", re.IGNORECASE))
    for form, word in _WORDED
    if form not in {"Table", "List", "Liste", "Lista", "Lisa"}
)
_REVERSED = re.compile(
    r"(?<![\w.])(?P<n>(?-i:[IVX]{1,4})|\d{1,2})\.?\s*(?:számú\s+)?"
    r"(?P<w>nimekir(?:i|ja)|sąraša[si]|sąrašo|saraksts?|sarakst[aā]|melléklet\w*|pielikum\w+|pried\w+|skupin(?:a|y|e)|"
    r"lisa|liite|sayılı\s+cetvel)(?!\w)",
    re.IGNORECASE,
)
_MALAY = re.compile(r"\bjadual\s+(pertama|kedua|ketiga|keempat|kelima)\b", re.IGNORECASE)
_ASIAN = re.compile(
    r"별표\s*\d+(?:의\s*\d+)?|別表第?[一二三四五六七八九十\d]*|附表[一二三四五六七\d]*|第[一二三四1-4]\s*[級级](?:管制藥品|毒品)|"
    r"(?:ยาเสพติดให้โทษ(?:ใน)?)?ประเภท\s*[๑-๕1-5]|บัญชี(?:ที่)?\s*[๑-๙\d]+|指定薬物|الجدول\s+(?:رقم\s*)?\(?\S{1,12}|תוספת\s+\S+"
)
# Words of drug law in the sources' languages: an annex that has none near it may list anything.
_DRUGS = re.compile(
    r"narco|narko|narkot|psych?[oö]?tro|psihotro|psykotro|psykoakt|psichotro|psicotro|psihoakt|psychoakt|psykoaktiv|"
    r"psychomodul|controlled|substan[czt]|substân|substanč|drug|betäub|stupéf|estupef|stup?efac|entorpec|omamn|odurz|"
    r"huumau|poison|hallucin|opioid|opiate|opiát|prohibited\s+(?:plants?|goods)|médicament|läkemedel|aineiden|ainete|"
    r"лекарств|наркот|психотроп|ναρκωτ|uyuşturucu|ma\s+túy|racun|dadah|麻薬|指定薬物|向精神|향정신|마약|管制|毒品|精神药|精神藥|"
    r"ยาเสพติด|مخدر|סמים|ვნარკ",
    re.IGNORECASE,
)
_LIST = re.compile(
    r"\b(?:list(?:ing)?|schedules?)\s+of\s+(?:\w+\s+){0,3}(?:substances|drugs|narcotics|poisons|plants)|"
    r"\b(?:controlled|dangerous|prohibited|scheduled)\s+(?:dangerous\s+)?(?:substances?|drugs?)\s+(?:list|schedules?|act)\b|"
    r"\bregulated\s+drugs?\b|\bschedules?\s+enumerated|\bförteckning\s+över|\bseznam\s+\w*\s*(?:látek|návykov)|"
    r"\bzoznam\s+\w*\s*látok|\bnimekirja?d?\b|\bwykaz\s+(?:środków|substancji|nowych)|\belenco\s+delle\s+sostanze|"
    r"\bliste\s+(?:des|over)\s+(?:substances|stupéfiants|plantes|euforiserende)|\blista\s+(?:d[aeo]s?\s+)?(?:las\s+)?"
    r"(?:sustancias|subst[âa]ncias|plantas|drogas)|\bhuumausainelu|\b(?:перечень|список|перелік)\s+(?:наркот|психотроп)|"
    r"指定薬物|管制藥品分級|마약류|psychotropic\s+substances",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"\b(?:listed|included?|placed|controlled|contained|enumerated|consists?|comprises?|add(?:ed|ing)|designated|"
    r"classified|adopts?|specified|established)\b",
    re.IGNORECASE,
)
_NEW_SECTION = re.compile(
    r"^\s*(?:§+\s*\d|Sec(?:tion|\.)\s*\d|SECTION\s|Art(?:icle|\.)\s*\d|\d{2,4}[A-Za-z]?[-.:]\d{2,5}[\w.:-]*\.?\s+[A-Z\"“\[]|"
    r"\d+[a-z]?\s*§)"
)


def _compact(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip(" .:-")


def label_in(text: str) -> str | None:
    """The schedule that `text` names, in its short form; the innermost («first» for English)."""
    match = _ENGLISH.search(text)
    if match:
        return _NUMBER_WORDS.get(match["n"].lower(), match["n"].upper())
    if match := _GROUP.search(text):
        return f"Penalty Group {match[1].upper()}"
    if match := _CLASS.search(text):
        return f"Class {match[1].upper()}"
    if match := _ORDINAL.search(text):
        return f"{match[1].capitalize()} Schedule"
    best: tuple[int, str] | None = None
    for form, pattern in _FORWARD:
        for match in pattern.finditer(text):
            found = f"{form} {match['n']}{_compact(match['s'] or '') if match['s'] else ''}"
            if (match["s"] or "").strip().startswith("-"):
                found = f"{form} {match['n']}-{match['s'].strip(' -')}"
            if best is None or match.start() > best[0]:
                best = (match.start(), found)
    if (match := _REVERSED.search(text)) and (best is None or match.start() > best[0]):
        number = match["n"]
        dot = "." if number.isdigit() or "." in match.group() else ""
        best = (match.start(), f"{number}{dot} {match['w'].lower()}")
    if best:
        return best[1]
    if match := _MALAY.search(text):
        return f"Jadual {match[1].capitalize()}"
    if match := _ASIAN.search(text):
        return _compact(match.group())
    return next((form for form, pattern in _BARE if pattern.search(text)), None)


def _plain_english(label: str) -> bool:
    return re.fullmatch(r"[IVX]+[AN]?|\d+|Penalty Group .+|Class .", label) is not None


def _label_of_passage(text: str) -> str | None:
    """The label that a passage sets for what follows it, or None."""
    if len(text) <= 160:
        stripped = re.sub(r"^\W*(?:[\d.:§-]+\s*)?(?:\(\w{1,3}\)\s*)?", "", text)
        label = label_in(stripped[:90])
        if (
            label
            and (_begins(stripped) or text.rstrip().endswith((":", "—", ".")))
            and not re.search(r"\b(?:shall|may|who|under|pursuant|means)\b", text, re.IGNORECASE)
        ):
            return label
        bare = next((form for form, pattern in _BARE if pattern.search(text)), None)
        if bare:
            return bare
    match = _ENGLISH.search(text[:400])
    if (
        match
        and _OPENS.search(text[:500])
        and re.search(
            r"following|listed|in\s+this\s+section|enumerated|:\s*$|\bconsists?\b",
            text[:600],
            re.IGNORECASE,
        )
    ):
        return label_in(match.group())
    return None


def _begins(text: str) -> bool:
    """Whether a text begins with its label: a title, not a mention."""
    head = text[:60]
    label = label_in(head)
    return bool(label) and bool(
        re.match(
            r"\W*(?:schedule|first|second|third|fourth|penalty|class|[^\W\d_]+|[IVX]+|\d+|第|別|附|별)",
            head,
            re.IGNORECASE,
        )
    )


def standings(clauses: Sequence[Clause], title: str | None) -> list[Standing]:
    """For each clause, the schedule it stands in."""
    top = " ".join(dict.fromkeys((title or "", *(c.text[:400] for c in clauses[:25]))))
    drug_law = bool(_DRUGS.search(top))
    is_list = bool(_LIST.search(title or "")) or bool(
        _LIST.search(" ".join(c.text[:300] for c in clauses[:6]))
    )
    by_heading: dict[tuple[str, ...], tuple[str | None, bool, bool]] = {}
    state: tuple[str, tuple[str, ...], bool] | None = None
    found: list[Standing] = []
    for clause in clauses:
        path = clause.passage.headings
        if path not in by_heading:
            label = next((x for h in reversed(path) if (x := label_in(h))), None)
            words = " ".join(path)
            by_heading[path] = (label, bool(_DRUGS.search(words)), bool(_LIST.search(words)))
        headed, drug_heading, list_heading = by_heading[path]
        new_section = clause.start == 0 and _NEW_SECTION.match(clause.text)
        if state and (path[: len(state[1])] != state[1] or new_section):
            state = None
        own = None
        if clause.start == 0 or clause.text.rstrip().endswith((":", "—")) or len(clause.text) < 60:
            own = _label_of_passage(
                clause.passage.text
                if clause.start == 0 and len(clause.passage.text) < 600
                else clause.text
            )
        if own:
            state = (own, path, bool(_DRUGS.search(clause.text)))
        lead = next(
            (x for i in reversed(clause.leads) if (x := _lead_label(clauses[i].text))), None
        )
        label = lead or (state[0] if state else None) or headed
        drugs = drug_law or drug_heading or bool(state and state[2])
        listing = bool(label) and (drugs or _plain_english(label or ""))
        found.append(Standing(label, listing or is_list or list_heading))
    return found


def _lead_label(text: str) -> str | None:
    """A label in words that open a list («Schedule I is amended by adding:»)."""
    return label_in(text[-300:]) if _ENGLISH.search(text[-300:]) or _OPENS.search(text) else None
