"""Remarks of which no list has the words: new sentences in law on kratom, and beside the entries of a list."""

from __future__ import annotations

from tests.proof.case import HTML, JSON, PDF, TEXT, XML, Case, cases
from tests.proof.laws import act, names_of, schedule, with_names
from tests.proof.words import ACTS

_SAID = {
    "en": ("Certificates lapse at midnight.", "The stock goes to the sheriff."),
    "de": ("Aufgefundene Ware wird eingezogen.", "Die Abgabe erfolgt nur noch durch Apotheken."),
    "fr": ("Les produits saisis sont détruits.", "Délivrance par les seuls pharmaciens."),
    "es": ("Los productos serán decomisados.", "No se otorgan más licencias."),
    "it": ("La merce rinvenuta è confiscata.", "Non sono rilasciate altre licenze."),
    "pt": ("Os produtos serão apreendidos.", "Não são concedidas novas licenças."),
    "pl": ("Znaleziony towar przepada.", "Licencji już nie wydaje się."),
    "cs": ("Nalezené zboží propadá státu.", "Další povolení se nevydávají."),
    "sv": ("Påträffad vara ska förverkas.", "Nya tillstånd meddelas inte."),
    "ru": ("Обнаруженный товар изымается.", "Лицензии более не выдаются."),
    "th": ("ของกลางให้ริบเสีย", "ไม่ออกใบอนุญาตอีกต่อไป"),
}
_LISTS = ("en", "de", "fr", "es", "it", "pt", "pl", "cs", "sv", "ru")
_CITES = ("{} gives way to the order of the mayor.", "Nobody applies {} until the court has ruled.",
          "The council has set {} aside.")  # fmt: skip


def _in_acts():
    for lang, said in _SAID.items():
        for sentence in said:
            law = act(lang)
            text = ACTS[lang]["sections"][0][1]
            later = law.with_((f"{text}</p>", f"{text}</p>\n<p>{sentence}</p>"))
            yield f"act {lang}: {sentence}", law, later
    for form in (XML, JSON, TEXT, PDF):
        law = act("en", form)
        for sentence in _SAID["en"]:
            old = "kratom" if form in {TEXT, PDF} else ACTS["en"]["sections"][0][1]
            new = f"{sentence} {old}" if old == "kratom" else f"{old} {sentence}"
            yield f"act {form}: {sentence}", law, law.with_((old, new))
    law = act("en", HTML)
    label = ACTS["en"]["sections"][1][0].split(". ")[0]
    for sentence in _CITES:
        told = sentence.format(label)
        yield f"act: {told}", law, law.with_(("</main>", f"<h2>Savings</h2><p>{told}</p></main>"))


def _in_lists():
    for number, lang in enumerate(_LISTS):
        for listed in (False, True):
            law = schedule(lang, "li", listed=listed)
            entry = names_of(lang)[(2, -2)[number % 2]]
            sentence = _SAID[lang][0]
            later = law.page.replace(f"<li>{entry}</li>", f"<li>{entry}</li><li>{sentence}</li>", 1)
            if later == law.page:
                raise ValueError(f"no entry {entry!r}")
            yield f"list {lang}{', listed' if listed else ''}: {sentence}", law, later
    for form in ("p", "xml", "json", "text", "pdf"):
        law = schedule("en", form)
        names = names_of("en")
        at = len(names) // 2
        for sentence in ("The board keeps another list of herbs.", "Herbs are told by the mayor."):
            entry = f"{names[at].rstrip('.;')}. {sentence}"
            later = with_names(law, [*names[:at], entry, *names[at + 1 :]])
            yield f"list {form}: {sentence}", law, later


def _good():
    for lang in ("en", "de", "fr", "ru"):
        law = act(lang)
        yield f"act {lang}: cookies", law, law.with_(("</main>", "<p>© 2027</p></main>"))
    law = act("en")
    for name, said in {
        "references with their years": "Acts 2021, ch. 12; Acts 2025, ch. 77.",
        "when it was printed": "Printed on November 23, 2026",
        "the site's cookies": "This site uses cookies to count its visitors.",
    }.items():
        yield f"act: {name}", law, law.with_(("</main>", f"<p>{said}</p></main>"))
    names = names_of("en")
    long = (
        "Nitazenes, meaning any compound derived from 2-benzylbenzimidazole by a change of its ring"
    )
    for form in ("p", "xml", "pdf"):
        law = schedule("en", form)
        later = with_names(law, [*names[:4], long, *names[4:]])
        yield f"list {form}: a class told at length", law, later


CASES: tuple[Case, ...] = (
    *cases("remarks", _in_acts()),
    *cases("remarks", _in_lists()),
    *cases("remarks: good", _good(), good=True),
)
