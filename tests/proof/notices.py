"""What a page says of itself: that it is not the law in force. In twenty languages and all places."""

from __future__ import annotations

import json

from tests.proof.case import HTML, JSON, PDF, TEXT, XML, Case, cases
from tests.proof.laws import act, schedule
from tests.proof.words import ACTS

SENTENCES: dict[str, tuple[str, ...]] = {
    "en": (
        "This version has been superseded.", "This document has been archived.",
        "Historical version for the period January 1, 2019 to June 30, 2021",
        "This is not the current version of this law.", "Repealed effective July 1, 2024.",
        "No longer in force.", "Not in force", "This rule has been stayed by order of the court.",
        "DRAFT - for discussion only", "Proposed rule: comments are due by December 31.",
        "This bill has not been enacted.", "Introduced version", "Superseded by chapter 12 of 2025",
        "Current as of January 1, 2016", "Text as it stood on 30 June 2012",
        "Status: Revoked", "This page is no longer updated.", "Former text, for reference only",
        "Enforcement of this chapter is enjoined.", "Withdrawn", "This chapter expired on June 30, 2023.",
        "Unofficial consolidation, not updated since 2014", "Prior version", "Outdated content",
        "A newer version of this document is available.", "Suspended until further notice.",
        "Last updated: March 3, 2011", "Edition of 1998", "Page last modified on 4 May 2013",
        "Date modified: 2012-05-14", "Last reviewed: June 2014",
    ),
    "de": (
        "Diese Fassung ist nicht mehr in Kraft.", "Außer Kraft getreten am 1. Juli 2023",
        "Historische Fassung", "Aufgehoben durch Verordnung vom 3. Mai 2022",
        "Entwurf", "Stand: 1. Januar 2009", "Nicht mehr aktuell", "Zuletzt aktualisiert: 3. März 2011",
    ),
    "fr": (
        "Version abrogée", "Ce texte n'est plus en vigueur.", "Abrogé par décret du 3 mai 2022",
        "Version historique", "Projet de décret", "Version en vigueur du 1er janvier 2008 au 31 mai 2014",
        "Document archivé", "Dernière mise à jour : 3 mars 2011",
    ),
    "es": (
        "Norma derogada", "Este texto ya no está vigente.", "Disposición derogada por la Ley 3/2022",
        "Versión histórica", "Proyecto de ley", "Texto no vigente", "Documento archivado",
    ),
    "it": (
        "Provvedimento abrogato", "Testo non più in vigore", "Abrogato dal decreto del 3 maggio 2022",
        "Versione storica", "Disegno di legge", "Testo non vigente",
    ),
    "pt": (
        "Diploma revogado", "Este texto já não está em vigor.", "Revogado pela Lei n.º 3/2022",
        "Versão histórica", "Projeto de lei", "Texto não vigente",
    ),
    "nl": (
        "Deze regeling is vervallen.", "Ingetrokken per 1 juli 2023", "Niet meer van kracht",
        "Historische versie", "Ontwerpbesluit", "Geldig van 1 januari 2008 tot 31 mei 2014",
    ),
    "sv": (
        "Författningen är upphävd.", "Upphävd den 1 juli 2023", "Gäller inte längre",
        "Historisk version", "Förslag till förordning",
    ),
    "da": ("Historisk", "Ophævet den 1. juli 2023", "Ikke længere gældende", "Udkast til bekendtgørelse"),
    "no": ("Opphevet", "Forskriften er opphevet.", "Historisk versjon", "Høringsutkast"),
    "fi": ("Kumottu säädös", "Ei enää voimassa", "Säädös on kumottu.", "Luonnos"),
    "pl": (
        "Akt uchylony", "Akt prawny nie obowiązuje.", "Uchylony z dniem 1 lipca 2023 r.",
        "Wersja archiwalna", "Projekt ustawy", "Nieobowiązujący",
    ),
    "cs": (
        "Předpis byl zrušen.", "Zrušeno ke dni 1. července 2023", "Neplatné znění",
        "Historické znění", "Návrh zákona", "Již není účinné",
    ),
    "hu": ("Hatályon kívül helyezve", "Nem hatályos", "A jogszabály hatályát vesztette.", "Tervezet"),
    "ro": ("Act abrogat", "Abrogat la 1 iulie 2023", "Nu mai este în vigoare", "Proiect de lege"),
    "ru": (
        "Утратил силу", "Документ утратил силу с 1 июля 2023 года", "Не действует",
        "Недействующая редакция", "Проект закона", "Редакция от 01.01.2009 (не актуальна)",
    ),
    "uk": ("Втратив чинність", "Документ не чинний", "Закон втратив чинність.", "Проєкт закону"),
    "tr": ("Yürürlükten kaldırılmıştır", "Mülga", "Yürürlükte değildir", "Taslak"),
    "el": ("Καταργήθηκε", "Δεν ισχύει", "Ο νόμος καταργήθηκε την 1η Ιουλίου 2023.", "Σχέδιο νόμου"),
    "ja": ("廃止", "この法令は廃止されました。", "現行法令ではありません", "改正案"),
    "zh": ("已废止", "本法规已失效", "历史版本", "征求意见稿"),
    "ko": ("폐지", "이 법령은 폐지되었습니다.", "현행법령이 아닙니다", "입법예고"),
    "th": ("ยกเลิกแล้ว", "ประกาศนี้ถูกยกเลิก", "ไม่มีผลใช้บังคับแล้ว", "ร่างพระราชบัญญัติ"),
    "ar": ("ملغى", "هذا القانون ملغى", "لم يعد ساري المفعول", "مشروع قانون"),
    "lt": ("Negalioja", "Dokumentas neteko galios", "Negaliojanti redakcija"),
}  # fmt: skip
_MAIN = '<main id="content">\n'
PLACES = {
    "banner": (_MAIN, _MAIN + "<div class='banner alert'><p><b>{}</b></p></div>\n"),
    "title": ("<title>", "<title>{} - "),
    "first paragraph": (_MAIN, _MAIN + "<p>{}</p>\n"),
    "table of facts": (_MAIN, _MAIN + "<table class='facts'><tr><th>Status</th><td>{}</td></tr>"
                                      "<tr><th>No.</th><td>12</td></tr></table>\n"),
    "label": (_MAIN, _MAIN + "<span class='label badge'>{}</span>\n"),
    "line under the heading": ("</h1>", "</h1>\n<p class='status'>{}</p>"),
    "in the heading": ("</h1>", " ({})</h1>"),
    "metadata": ("</head>", "<meta name='status' content='{}'></head>"),
    "last line": ("\n</main>", "\n<p>{}</p>\n</main>"),
    "page's header": ("</header>", "<p>{}</p></header>"),
}  # fmt: skip
TOOLBARS = {
    "Wayback toolbar": (_MAIN, "<!-- BEGIN WAYBACK TOOLBAR INSERT --><div id='wm-ipp-base'>4 captures, "
                        "3 Feb 2015 - 7 May 2019</div><!-- END WAYBACK TOOLBAR INSERT -->" + _MAIN),
    "Wayback's comment": ("</html>", "</html>\n<!--\n FILE ARCHIVED ON 10:12:44 Mar 03, 2016 AND "
                          "RETRIEVED FROM THE INTERNET ARCHIVE ON 08:01:01 Nov 23, 2026.\n-->"),
    "addresses of the Wayback Machine": ('href="/code"', 'href="https://web.archive.org/web/2016/http://x/code"'),
    "archive.today": (_MAIN, "<div id='HEADER'>archive.today webpage capture, saved from https://law.example.gov "
                      "3 Mar 2016</div>" + _MAIN),
    "an archive's addresses of pictures": ("</header>", '<img src="/wayback/20160303101244im_/http://x/seal.png" '
                                           'alt="Seal"></header>'),
    "an archive's addresses of scripts": ("<script>", '<script src="https://wayback.archive-it.org/77/20160303/'
                                          'https://x/a.js"></script><script>'),
    "an archive's addresses in the footer": ("</footer>", '<a href="https://webarchive.example.gov/20160303101244/'
                                             'https://x/contact">Contact</a></footer>'),
    "perma.cc": (_MAIN, "<div class='perma-banner'>You are viewing a Perma.cc record captured Mar 3, 2016</div>" + _MAIN),
    "UK Government Web Archive": (_MAIN, "<div id='ukwa-banner'>[ARCHIVED CONTENT] UK Government Web Archive - "
                                  "The National Archives</div>" + _MAIN),
    "Library of Congress": (_MAIN, "<div>Archived Web Page captured on March 3, 2016. Library of Congress Web "
                            "Archive</div>" + _MAIN),
    "a search engine's cache": (_MAIN, "<div>This is Google's cache of https://law.example.gov/. It is a snapshot of the "
                                "page as it appeared on 3 Mar 2016.</div>" + _MAIN),
    "Portuguese web archive": (_MAIN, "<div class='arquivo'>Arquivo.pt: página arquivada em 3 de março de 2016</div>" + _MAIN),
    "memento in the head": ("</head>", "<link rel='original' href='https://law.example.gov/'><link rel='timegate' "
                            "href='https://archive.example/timegate/'></head>"),
}  # fmt: skip
METADATA = {
    "meta robots archive": "<meta name='archive' content='true'><meta name='DC.date.valid' content='2009-01-01/2014-05-31'>",
    "Dublin Core validity": "<meta name='DCTERMS.valid' scheme='DCTERMS.Period' content='end=2014-05-31'>",
    "ELI in-force": "<meta property='eli:in_force' resource='http://data.europa.eu/eli/ontology#InForce-notInForce'>",
    "JSON-LD legal force": '<script type="application/ld+json">{"@type":"Legislation","legislationLegalForce":"NotInForce"}</script>',
    "date no longer in force": "<meta property='eli:date_no_longer_in_force' content='2014-05-31'>",
    "canonical address of the newer one": "<meta name='superseded-by' content='/law/2025-12'>",
    "archived": "<meta name='archived' content='true'>",
    "repealed by": "<meta property='eli:repealed_by' content='/eli/act/2025/12'>",
    "period of ISO 8601": "<meta name='DC.coverage.temporal' content='2009-01-01/2014-05-31'>",
    "end of a month": "<meta name='dcterms.valid' content='start=2009-01; end=2014-05;'>",
    "end of force in RDFa": "<span property='eli:date_no_longer_in_force' content='2014-05-31'></span>",
    "JSON-LD expiry": '<script type="application/ld+json">{"@type": "Legislation", "expires": "2014-05-31"}</script>',
    "JSON-LD period": '<script type="application/ld+json">{"@type":"Legislation","temporalCoverage":"2009-01-01/2014-05-31"}</script>',
    "expiry": "<meta name='expires' content='2014-05-31'><meta name='status' content='expired'>",
}  # fmt: skip
DATA_FIELDS = {
    "status repealed": {"status": "repealed"}, "state: superseded": {"state": "SUPERSEDED"},
    "in force: false": {"inForce": False}, "isCurrent: false": {"isCurrent": False},
    "end of force": {"validFrom": "2008-01-01", "validTo": "2014-05-31"},
    "date of repeal": {"repealDate": "2014-05-31"}, "archived": {"archived": True},
    "version of drafts": {"version": "draft"}, "stage of bills": {"stage": "bill", "status": "introduced"},
    "legal status in German": {"gueltigBis": "2014-05-31"}, "etat: ABROGE": {"etat": "ABROGE"},
    "expired": {"expirationDate": "2014-05-31"}, "superseded by": {"supersededBy": "2025-12"},
}  # fmt: skip


def _laws(lang: str):
    yield schedule(lang, "p"), "silent list"
    if lang in ACTS:
        yield act(lang), "act"
    yield schedule(lang, "li", listed=True), "listed"


def _all() -> tuple[Case, ...]:
    rows = []
    places = list(PLACES.items())
    number = 0
    for lang, sentences in SENTENCES.items():
        laws = list(_laws(lang))
        for sentence in sentences:
            law, kind = laws[number % len(laws)]
            for step in range(2 if lang == "en" else 1):
                name, (old, new) = places[(number + 3 * step) % len(places)]
                page = law.with_((old, new.replace("{}", sentence)))
                rows.append((f"{lang}: {sentence} ({name}, {kind})", law, page))
            number += 1
    for number, (name, (old, new)) in enumerate(TOOLBARS.items()):
        law = (schedule("en", "p"), act("en"))[number % 2]
        rows.append((name, law, law.with_((old, new))))
    for number, (name, piece) in enumerate(METADATA.items()):
        law = (schedule("en", "p"), act("en"))[number % 2]
        rows.append((f"metadata: {name}", law, law.with_(("</head>", piece + "</head>"))))
    for number, (name, fields) in enumerate(DATA_FIELDS.items()):
        law = (schedule("en", "json"), act("en", JSON))[number % 2]
        data = {**fields, **json.loads(law.page)}
        rows.append((f"JSON: {name}", law, json.dumps(data, indent=1)))
        attributes = " ".join(
            f'{key}="{json.dumps(value).strip(chr(34))}"' for key, value in fields.items()
        )
        law = (schedule("en", "xml"), act("en", XML))[number % 2]
        rows.append((f"XML: {name}", law, law.with_(("<act", f"<act {attributes}"))))
    for number, sentence in enumerate(SENTENCES["en"][:14]):
        form = (TEXT, PDF, XML)[number % 3]
        law = (schedule("en", form), act("en", form))[number % 2]
        if form == XML:
            page = law.with_(("<title>", f"<note>{sentence}</note>\n<title>"))
        else:
            page = f"{sentence.upper() if number % 4 == 0 else sentence}\n\n{law.page}"
        rows.append((f"{form}: {sentence}", law, page))
    return cases("notices", rows)


CASES = _all()
__all__ = ["CASES", "HTML"]
