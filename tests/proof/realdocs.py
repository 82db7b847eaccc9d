"""Real official documents, read twice: as they are, and with a small change around the text.

They lie outside the project; where the folder is not there, there are no such cases.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from regstatus.assess import assess
from regstatus.extract import extract
from tests.proof.case import HTML, JSON, PDF, TEXT, XML, Case, Law
from tests.proof.examples import around
from tests.proof.laws import BANNED, UNREGULATED
from tests.support.make import TODAY

ROOT = Path(
    os.environ.get("REGSTATUS_REALDOCS", Path(__file__).parents[2].parent / "shared" / "realdocs")
)
HERE = (ROOT / "INDEX.tsv").is_file()
_FORMS = {
    "html": HTML,
    "htm": HTML,
    "xhtml": HTML,
    "xml": XML,
    "json": JSON,
    "pdf": PDF,
    "md": TEXT,
}
SILENT_LISTS = (
    "us_dc_law_html/48-902.04.html",
    "us_wa_app_leg/wac-246-945-051.html",
    "fi_finlex_asd_xml/asd20080543.fi.xml",
    "fi_finlex_asd_xml/asd20141130.fi.xml",
    "de_gesetze_im_internet/btmg_1981.xml",
)
"""Whole lists of controlled substances on which kratom does not stand."""
CONTROLS = {
    "us_dc_law_html/48-902.04.html": ("Acetylmethadol", "Heroin", "Mescaline"),
    "de_gesetze_im_internet/btmg_1981.xml": ("Acetorphin", "Heroin", "Tilidin"),
    "ua_rada/rada-1103-16-law.xml": ("рекомбінантними", "цільовий таксон"),
    "us_or_sos_oar/oar-division-450.html": ("artistic activities", "guidelines shall be written"),
}
"""Words that prove some of them; of the others they are taken from the text."""
NO_PROOF = {
    "lv_likumi/likumi-1000-repealed.html": "repealed",
    "lv_likumi/likumi-310000-with-table.html": "repealed",
    "cl_bcn/bcn-decreto-29-258831.xml": "repealed",
    "dk_retsinformation/2023-1547.xml": "historical",
    "dk_retsinformation/2024-1709.xml": "historical",
    "at_ris/ris-nor-NOR12030057.xml": "no passage of it is in force",
    "at_ris/ris-metadata-10002333.json": "facts of a decree, without its text",
    "us_ecfr/structure-3.json": "a tree of headings",
    "li_gesetze/recent-ordinance-meta.html": "the text sits in a frame",
    "ch_fedlex/sparql-regulation.json": "an answer about a text",
    "pl_sejm_eli/sample-rozporzadzenie-tables-2024-1977.meta.json": "facts, without the text",
    "ua_rada/card-1103-16.json": "facts, without the text",
    "cz_esbirka/sample-regulation-meta.json": "facts, without the text",
    "ad_bopa/api_GetMonthButlletins_2026-04.json": "an index of gazettes",
    "us_dc_law_html/404.html": "not found",
    "us_ia_legis_rtf/iowa-court-rules-chapter-18.pdf": "hardly any text",
    "us_nv_leg_nrs/NRS-036.html": "a revision of 2018",
    "us_or_leg_ors/ors156.html": "an edition of 2021",
    "us_state_shells/GA.html": "a shell",
    "us_state_shells/IN.html": "a shell",
    "us_state_shells/LA.html": "not found",
}
"""Documents that prove nothing, and why."""
_PAGES = ("no_lovdata/sample-recent-act.xml", "ua_rada/rada-1103-16-law.xml")
"""Pages of HTML under a name of XML."""
_TERMS = ("leaf", "mitragynine", "7-oh", "derivatives")


def _controls(passages: list[str]) -> tuple[str, ...]:
    """A long word of the beginning, the middle and the end of a text."""
    words = [re.findall(r"[^\W\d_]{5,20}", passage) for passage in passages]
    found: list[str] = []
    for at in (0.1, 0.4, 0.7):
        for number in sorted(range(len(words)), key=lambda n: abs(n - at * len(words))):
            longest = max(words[number], key=len, default="").lower()
            if longest and not any(longest[:5] in one or one[:5] in longest for one in found):
                found.append(longest)
                break
    return tuple(found)


def _law(name: str, body: bytes, form: str) -> Law | None:
    text = extract(body, name=Path(name).name)
    finding = assess(text, on=TODAY)
    controls = CONTROLS.get(name) or _controls([passage.text for passage in text.passages])
    if not finding.readable or len(controls) < 2:
        return None
    shows = {term: said for term in _TERMS if (said := finding.says(term)) != "silent"}
    kind = 'reads = "statute"\n'
    if name in SILENT_LISTS:
        kind = 'reads = "schedule"\ncomplete = true\n'
        shows = dict.fromkeys(("leaf", "mitragynine", "7-oh"), "silent")
    elif "listed" in shows.values():
        kind = 'reads = "schedule"\n'
    told = ", ".join(f'"{term}" = "{said}"' for term, said in shows.items())
    listed = [term for term, said in shows.items() if said == "listed"]
    period = UNREGULATED
    if listed:
        before, _, after = BANNED.rpartition("[[timeline]]")
        for term in _TERMS:
            key = f'"{term}"' if term == "7-oh" else term
            status = "banned" if term in listed else "unknown"
            after = re.sub(rf'^{key} = "\w+"', f'{key} = "{status}"', after, flags=re.MULTILINE)
        period = f"{before}[[timeline]]{after}"
    quoted = ", ".join(f'"{word}"' for word in controls)
    entry = f'{kind}controls = [{quoted}]\nshows = {{ {told} }}\nsettles = ["leaf"]\n'
    return Law(entry, period, form, "")


def cases() -> tuple[Case, ...]:
    """A case for each document that can be read; none where the folder is not there."""
    found = []
    for path in sorted(ROOT.rglob("*")) if HERE else ():
        name, form = path.relative_to(ROOT).as_posix(), _FORMS.get(path.suffix[1:])
        form = HTML if name in _PAGES else form
        if form is None or "/" not in name or name in NO_PROOF:
            continue
        body = path.read_bytes()
        law = _law(name, body, form)
        if law is None:
            raise ValueError(f"{name} cannot be read, and does not stand among those that cannot")
        changed = around(body, form)
        found.append(Case(f"realdocs: {name}", law, body, now=body, last=changed, good=True))
    return tuple(found)
