"""Standing: whether a page says of itself that it is not the law in force.

Offices leave old consolidations, archived pages and drafts at their addresses, with a banner,
a heading or a title above that says so. Such a text reads like law, and proves nothing of today.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = ["disowned"]

_BANNER, _LABEL = 400, 70
"""Characters that a banner, and a mere label, has at most: longer is text of the law."""
_THIS = (
    r"(?:page|content|document|text|version|edition|consolidation|law|act|statute|code|chapter|"
    r"section"
    r"|regulation|rule|order|ordinance|schedule|list|legislation|decree|title)"
)
_SENTENCE = re.compile(
    rf"\bnot (?:be )?(?:the |a |an )?(?:current|latest|most recent|up[- ]to[- ]date|"
    rf"official current)\s+(?:\w+\s+)?{_THIS}\b"
    rf"|\bthis {_THIS}[^.;]{{0,60}}\b(?:superseded|out of date|outdated|archived|rescinded|"
    rf"withdrawn|no longer (?:current|maintained|updated))\b"
    rf"|\b(?:it|this {_THIS}) (?:was|has been|is) (?:superseded|replaced|repealed|revoked|"
    rf"rescinded)\b"
    rf"|\b(?:superseded|archived|outdated|out-of-date|historical|historic|previous|prior|older|"
    rf"earlier|past|point-in-time) {_THIS}\b"
    rf"[^.;]{{0,40}}\b(?:of this|of the|you are|kept|for reference|in force from)\b"
    r"|\byou are (?:now )?(?:viewing|reading|looking at|seeing) (?:an? |"
    r"the )?(?:\w+ )?(?:archived|historical|historic|older|old|outdated|previous|prior|past|"
    r"superseded|earlier|draft)\b"
    rf"|\bthis {_THIS}[^.;]{{0,40}}\b(?:no longer|not yet|not) (?:in force|in effect|law|"
    rf"effective|enacted)\b"
    rf"|\b(?:law|act|regulation|rule|text|version) (?:that is )?(?:no longer|"
    rf"not yet) in (?:force|effect)\b"
    r"|\bnot yet (?:law|in force|enacted)\b"
    r"|\b(?:nicht (?:mehr|die) (?:geltende|aktuelle|in kraft)|historische fassung|"
    r"außer kraft getreten)"
    r"|\bn'est (?:plus|pas encore) en vigueur\b|\bversion (?:historique|périmée|abrogée)\b|"
    r"\bversion (?:qui n'est )?plus en vigueur"
    r"|\bya no está(?: en)? vig|\btexto (?:derogado|no vigente)\b|\bnon (?:è )?(?:più|"
    r"ancora) in vigore\b"
    r"|\bneplatné znění\b|\bhistorické znění\b|\bnieobowiązując|\bhar upphört att gälla\b|"
    r"\bikke lenger i kraft\b"
    r"|\bikke længere gældende\b|\bkumottu (?:laki|säädös)\b|\bniet meer (?:van kracht|"
    r"geldend)\b|\bnenī? spēkā\b|\bnav spēkā\b"
    r"|\bneteko galios\b|\bhatályát vesztette\b|\bвтратив чинність\b|\bутратил силу\b|"
    r"\byürürlükten kald"
    r"|失効|廃止された|現行法令ではありません|已(?:废止|廢止|失效)|현행법령이 아닙니다|이 법은 폐지",
    re.IGNORECASE,
)  # fmt: skip
_WORD = re.compile(
    r"^\W*(?:this \w+ (?:is|was|has been) )?(?:superseded|archived?(?: (?:content|page|version|"
    r"copy|document|text))?|historical version|repealed|revoked"
    r"|rescinded|expired|withdrawn|outdated|obsolete|not in force|no longer in force|not current"
    r"|(?:(?:working|consultation|discussion|exposure|preliminary|public) )?draft"
    r"|aufgehoben|außer kraft|entwurf|abrogé|projet de (?:loi|décret)|derogad[oa]|"
    r"proyecto de (?:ley|decreto)|revogad[oa]|abrogat[oa]?"
    r"|zrušen\w*|návrh|uchylony|projekt ustawy|upphävd|utkast|ophævet|historisk|opphevet|"
    r"kumottu|luonnos|vervallen|ontwerp"
    r"|kehtetu|zaudējis spēku|projekts|hatályon kívül|нечинний|проєкт|проект|taslak)(?=\W|$)",
    re.IGNORECASE,
)  # fmt: skip
_OTHER = re.compile(r"\blink", re.IGNORECASE)
"""The sentence speaks of a page elsewhere."""


def disowned(title: str | None, banners: Iterable[str]) -> str | None:
    """The words in which a page says that it is not the law in force; None where it does not.

    Args:
        title: Its title.
        banners: What stands above the text: headings, alerts, first paragraphs.
    """
    for words in (title or "", *banners):
        told = _SENTENCE.search(words) if len(words) <= _BANNER else None
        if told and not _OTHER.search(words[: told.start()]):
            return words
        if len(words) <= _LABEL and _WORD.search(words):
            return words
    return None
