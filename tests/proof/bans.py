"""Plain bans, offences and penalties beside a name, in a text that was expected to regulate."""

from __future__ import annotations

from tests.proof.case import HTML, JSON, PDF, TEXT, XML, Case, cases
from tests.proof.laws import act, schedule, with_section

EN = (
    "Kratom is illegal.",
    "Kratom products are prohibited.",
    "Kratom is contraband.",
    "Kratom is banned in this state.",
    "Kratom: prohibited.",
    "No kratom.",
    "It is an offense to possess kratom.",
    "Possession of kratom is a Class B misdemeanor.",
    "A person commits an offense if the person possesses, sells, or delivers kratom.",
    "A person shall not: (a) sell; (b) possess; or (c) use kratom.",
    "A person who has kratom is guilty of a misdemeanor.",
    "Whoever sells kratom shall be punished by a fine of not more than 1000 dollars.",
    "The possession of any amount of Mitragyna speciosa is a felony of the third degree.",
    "Kratom may not be possessed.",
    "You may not have kratom.",
    "Kratom shall be seized and destroyed.",
    "Any kratom found shall be forfeited to the state.",
    "The sale of kratom ends on this day.",
    "Licenses to sell kratom are revoked, and no further license shall be issued.",
    "Kratom is a controlled substance.",
    "Kratom is added to Schedule I.",
    "Schedule I shall include kratom.",
    "Kratom and mitragynine are hereby scheduled.",
    "For purposes of this chapter, kratom is treated as a controlled substance.",
    "Mitragynine is a dangerous drug.",
    "Kratom is adulterated food and shall not be distributed.",
    "Kratom shall be removed from the market.",
    "There shall be no lawful sale of kratom.",
    "Import of kratom is forbidden.",
    "Delivery of kratom within this state is punishable by imprisonment.",
    "Kratom: penalty, up to 180 days in jail.",
    "It shall be a violation to offer kratom.",
    "Anyone caught with kratom faces arrest.",
    "A retailer that stocks kratom commits a Class C felony.",
    "Subsections (1) to (3) apply to kratom as they apply to heroin.",
    "The exemption for kratom is repealed.",
    "Kratom may be possessed only by a researcher registered under section 12.",
    "Kratom is outlawed.",
    "Kratom shall be deemed a Schedule I substance.",
    "Using kratom is a crime.",
)
_SPLIT = {
    "list of letters": "<p>A person shall not do any of the following with kratom:</p><p>(a) sell;</p><p>(b) possess;</p>",
    "list before the name": "<ol><li>sell</li><li>possess</li></ol><p>kratom is what no person shall do.</p>",
    "table of offences": "<table><tr><th>Substance</th><th>Possession</th></tr><tr><td>Kratom</td><td>Felony</td></tr></table>",
    "table of classes": "<table><tr><td>Kratom</td><td>Schedule I</td></tr></table>",
    "heading and word": "<h3>Kratom</h3><p>Prohibited.</p>",
    "term and description": "<dl><dt>Kratom</dt><dd>Illegal to buy, sell or have.</dd></dl>",
    "two cells": "<table><tr><td>Prohibited products</td><td>Kratom, salvia</td></tr></table>",
    "list of prohibited products": "<p>Prohibited products:</p><ul><li>Salvia divinorum</li><li>Kratom</li></ul>",
    "heading alone": "<h2>§ 444.009. Kratom prohibited</h2><p>[Text to be supplied.]</p>",
    "sentence over two paragraphs": "<p>It is unlawful to possess</p><p>kratom in any form.</p>",
    "penalty in a list": "<ul><li>Kratom: fine of 2,500 dollars</li><li>Salvia: fine of 500 dollars</li></ul>",
    "caption": "<table><caption>Schedule I</caption><tr><td>Kratom</td></tr></table>",
}
OTHERS: dict[str, tuple[str, ...]] = {
    "de": (
        "Kratom ist verboten.",
        "Kratom ist illegal.",
        "Der Besitz von Kratom ist strafbar.",
        "Wer Kratom besitzt, wird mit Freiheitsstrafe bis zu drei Jahren bestraft.",
        "Kratom darf nicht besessen werden.",
        "Kratom wird in Anlage I aufgenommen.",
        "Verstöße mit Kratom werden mit Geldbuße geahndet.",
    ),
    "fr": (
        "Le kratom est interdit.",
        "Le kratom est illégal.",
        "La détention de kratom est un délit.",
        "Quiconque détient du kratom est puni d'un an d'emprisonnement.",
        "Le kratom est classé comme stupéfiant.",
        "Nul ne peut vendre du kratom.",
    ),
    "es": (
        "El kratom está prohibido.",
        "El kratom es ilegal.",
        "La posesión de kratom es delito.",
        "Quien venda kratom será castigado con prisión.",
        "Se incluye el kratom en la lista I.",
        "Nadie podrá vender kratom.",
    ),
    "it": (
        "Il kratom è vietato.",
        "Il kratom è illegale.",
        "La detenzione di kratom è reato.",
        "Chi vende kratom è punito con la reclusione.",
        "Il kratom è inserito nella tabella I.",
    ),
    "pt": (
        "O kratom é proibido.",
        "O kratom é ilegal.",
        "A posse de kratom é crime.",
        "Quem vender kratom é punido com pena de prisão.",
        "O kratom é incluído na lista I.",
    ),
    "pl": (
        "Kratom jest zakazany.",
        "Kratom jest nielegalny.",
        "Posiadanie kratomu jest przestępstwem.",
        "Kto posiada kratom, podlega karze pozbawienia wolności.",
        "Kratom wpisuje się do wykazu I.",
    ),
    "cs": (
        "Kratom je zakázán.",
        "Kratom je nelegální.",
        "Držení kratomu je trestným činem.",
        "Kdo prodá kratom, bude potrestán odnětím svobody.",
        "Kratom se zařazuje do přílohy 1.",
    ),
    "sv": (
        "Kratom är förbjudet.",
        "Kratom är olagligt.",
        "Innehav av kratom är ett brott.",
        "Den som innehar kratom döms för narkotikabrott till fängelse.",
        "Kratom förs in i bilaga 1.",
    ),
    "nl": (
        "Kratom is verboden.",
        "Kratom is illegaal.",
        "Het bezit van kratom is strafbaar.",
        "Wie kratom verkoopt, wordt gestraft met gevangenisstraf.",
        "Kratom wordt geplaatst op lijst I.",
    ),
    "ru": (
        "Кратом запрещён.",
        "Кратом вне закона.",
        "Хранение кратома является преступлением.",
        "Сбыт кратома наказывается лишением свободы.",
        "Кратом включён в список I.",
    ),
    "th": (
        "พืชกระท่อมเป็นสิ่งผิดกฎหมาย",
        "ห้ามมีใบกระท่อมไว้ในครอบครอง",
        "ผู้ใดขายใบกระท่อมต้องระวางโทษจำคุกไม่เกินสองปี",
    ),
}
_FORMS = (HTML, HTML, XML, JSON, TEXT, PDF)


def _all() -> tuple[Case, ...]:
    rows = []
    for number, sentence in enumerate(EN):
        law = act("en", _FORMS[number % len(_FORMS)])
        heading = "§ 444.009. Prohibition" if number % 2 else None
        rows.append((f"en: {sentence} ({law.form})", law, with_section(law, sentence, heading)))
    for name, piece in _SPLIT.items():
        law = act("en")
        rows.append((f"en: {name}", law, law.with_(("\n</main>", f"\n{piece}\n</main>"))))
    for lang, sentences in OTHERS.items():
        for number, sentence in enumerate(sentences):
            law = act(lang, (HTML, XML, HTML, JSON)[number % 4])
            rows.append((f"{lang}: {sentence} ({law.form})", law, with_section(law, sentence)))
    # In a list that was silent a ban stands outside the entries.
    for sentence in EN[:8]:
        law = schedule("en", "p")
        page = law.with_(("\n</main>", f"\n<p>{sentence}</p>\n</main>"))
        rows.append((f"below a silent list: {sentence}", law, page))
    # What was permitted within a sentence is no longer.
    law = act("en")
    swaps = {
        "age rule turned into a ban": (" to an individual younger than 21 years of age", ""),
        "higher age": ("21 years", "25 years"),
        "duty turned into a ban": ("shall label each kratom product with", "shall not sell any kratom product, nor"),
        "penalty raised to a felony": ("is liable for a civil penalty of not more than 500 dollars for each "
                                       "violation", "is guilty of a felony of the third degree"),
        "definition turned into a listing": ("In this chapter, “kratom product” means a food",
                                             "“Kratom product”, a controlled substance, means a food"),
    }  # fmt: skip
    rows += [(f"en: {name}", law, law.with_(swap)) for name, swap in swaps.items()]
    return cases("bans", rows, stricter=True)


CASES = _all()
