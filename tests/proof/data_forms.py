"""XML and JSON: names in attributes, beside what is read, nested; marks of repeal; errors."""

from __future__ import annotations

import json
from typing import Any

from tests.proof.case import JSON, XML, Case, cases
from tests.proof.laws import act, json_data, names_of, schedule, with_entry, with_names
from tests.proof.words import LISTS

N = "Mitragyna speciosa (kratom)"
EN = LISTS["en"]
_LIST_END = "\n</list>"

XML_NAMES = {
    "attribute of an entry": f'<item name="{N}"/>',
    "attribute and another text": f'<item label="{N}">(39) see the attribute</item>',
    "value attribute": f'<item value="{N}" number="39"/>',
    "nested entry": f"<item><item><item><name><main>{N}</main></name></item></item></item>",
    "entry of another name": f"<substanceEntry39>{N}</substanceEntry39>",
    "CDATA": f"<item><![CDATA[{N}]]></item>",
    "CDATA with HTML": f"<item><![CDATA[<p>{N}</p>]]></item>",
    "HTML as text": f"<item>&lt;p&gt;{N}&lt;/p&gt;</item>",
    "comment": f"<!-- <item>{N}</item> -->",
    "processing instruction": f"<?row {N}?>",
    "another namespace": f'<x:item xmlns:x="urn:other">{N}</x:item>',
    "metadata": f"<meta><subject>{N}</subject></meta>",
    "note": f"<note>{N}</note>",
    "footnote": f"<footnote>{N}</footnote>",
    "annotation": f"<annotation>{N}</annotation>",
    "authorial note": f'<authorialNote placement="bottom">{N}</authorialNote>',
    "heading": f"<heading>{N}</heading>",
    "table cell": f"<table><row><entry>39</entry><entry>{N}</entry></row></table>",
    "deleted element": f"<del>{N}</del>",
    "inserted element": f"<ins>{N}</ins>",
    "references": '<ref href="/kratom">39</ref>',
    "hidden element": f'<item hidden="true">{N}</item>',
    "status of another kind": f'<item status="active">{N}</item>',
    "letters apart": f"<item>{''.join(f'<c>{char}</c>' for char in 'kratom')}</item>",
    "letters as references": "<item>" + "".join(f"&#{ord(c)};" for c in "mitragynine") + "</item>",
    "base64": "<item encoding='base64'>TWl0cmFneW5hIHNwZWNpb3NhIChrcmF0b20p</item>",
    "base64url on two lines": "<data>TWl0cmFneW5hIHNw\n  ZWNpb3NhIChrcmF0b20p</data>",
    "base64 in an attribute": '<item data="a3JhdG9tIGFuZCBvdGhlcnM="/>',
    "synonym list": "<item>Another substance<synonyms><s>kratom</s></synonyms></item>",
    "CAS number in an attribute": '<item cas="4098-40-2">(39)</item>',
    "alternative text": f'<graphic alt="{N}"/>',
    "mixed scripts": "<item>krаtоm</item>",
}  # fmt: skip
XML_LOST = {
    "error element": ("<list>", "<error>partial result</error><list>"),
    "fault": ("<section>", "<fault><faultstring>timeout</faultstring></fault><section>"),
    "truncated attribute": ("<list>", '<list truncated="true" total="214">'),
    "more attribute": ("<list>", '<list count="38" of="120" more="true">'),
    "repealed element": ("<section>", "<repealed/><section>"),
    "section repealed": ("<section>", '<section status="repealed">'),
    "section not in force": ("<section>", '<section inForce="false">'),
    "section of another time": ("<section>", '<section start="2008-01-01" end="2014-05-31">'),
    "future version": ("<section>", '<section RestrictStartDate="2031-01-01">'),
    "prospective": ("<section>", '<section Status="Prospective">'),
    "lifecycle": ("<title>", '<meta><lifecycle><eventRef date="2014-05-31" type="repeal"/></lifecycle></meta><title>'),
    "withdrawn element of a section": ("<heading>", "<withdrawn/><heading>"),
    "superseded on a day": ("<title>", "<metadata><superseded>2019-01-01</superseded></metadata><title>"),
    "expiry among its events": ("<title>", '<meta><lifecycle><eventRef date="2020-01-01" type="expiry"/></lifecycle></meta><title>'),
    "empty table behind the list": ("\n</section>", "\n<heading>Part 2. Depressants</heading><table></table>\n</section>"),
    "validity that ended": ("<section>", '<section validFrom="2001-01-01" validTo="2014-05-31">'),
    "commencement to come": ("<section>", '<section commencementDate="2031-07-01">'),
    "draft": ("<title>", "<docStatus>draft</docStatus><title>"),
    "bill": ("<act", '<act type="bill" stage="introduced"'),
    "point in time": ("<act", '<act pointInTime="2009-01-01" isLatest="false"'),
    "expired": ("<title>", "<expired>2014-05-31</expired><title>"),
    "entry for paging": ("\n</list>", "\n<item>… 176 more</item>\n</list>"),
    "link to the next page": ("\n</section>", '\n<link rel="next" href="?page=2"/>\n</section>'),
    "include that was not followed": ("\n</list>", '\n<include href="part2.xml"/>\n</list>'),
    "empty second part": ("\n</section>", "\n<heading>(b) Further substances</heading><list></list>\n</section>"),
}  # fmt: skip


def _json_names() -> dict[str, Any]:
    data = lambda: json_data(EN, names_of("en"))  # noqa: E731

    def put(path: str, value: Any) -> Any:
        made = data()
        where: Any = made
        *keys, last = path.split(".")
        for key in keys:
            where = where.setdefault(key, {}) if isinstance(where, dict) else where[int(key)]
        where[last] = value
        return made

    def row(**facts: Any) -> Any:
        made = data()
        made["schedule"]["substances"].append(facts)
        return made

    return {
        "an entry": row(number=39, name=N),
        "an entry of another key": row(number=39, preferredTerm=N),
        "a key": row(**{N: 39}),
        "synonyms": row(number=39, name="Another substance", synonyms=["ketum", "kratom"]),
        "nested": row(number=39, name={"value": {"en": {"text": N}}}),
        "HTML in a value": row(number=39, html=f"<p hidden>{N}</p>"),
        "escaped HTML": row(number=39, html=f"&lt;p&gt;{N}&lt;/p&gt;"),
        "escaped letters": row(number=39, name="\u043aratom"),
        "JSON in a value": row(number=39, raw=json.dumps({"name": N})),
        "base64": row(number=39, data="TWl0cmFneW5hIHNwZWNpb3NhIChrcmF0b20p"),
        "base64 of a document": row(number=39, doc="PHA+bWl0cmFneW5pbmU8L3A+"),
        "note": put("schedule.note", f"Also {N}."),
        "metadata": put("meta", {"keywords": ["heroin", "kratom"]}),
        "table as rows": put("schedule.rows", [[38, "Tilidine"], [39, N]]),
        "another list": put("annexes", [{"heading": "Addendum", "substances": [N]}]),
        "CAS number alone": row(number=39, cas="4098-40-2"),
        "identifier": row(number=39, id="mitragyna-speciosa"),
        "address": row(number=39, link="/substances/kratom"),
        "letters apart": row(number=39, name=list("kratom")),
        "null beside a name": row(number=39, name=None, label=N),
        "history": put("changes", [{"date": "2026-11-01", "added": N}]),
        "image": row(number=39, image={"src": "39.png", "alt": N}),
        "zero-width": row(number=39, name="kra\u200btom"),
    }


def _all() -> tuple[Case, ...]:
    law = schedule("en", XML)
    rows: list[tuple[str, Any, str | bytes]] = [
        (f"XML: {name}", law, law.with_((_LIST_END, f"\n{piece}{_LIST_END}")))
        for name, piece in XML_NAMES.items()
    ]
    entity = law.page.replace("?>\n", '?>\n<!DOCTYPE act [<!ENTITY row39 "kratom">]>\n', 1)
    rows.append(
        ("XML: entity", law, entity.replace(_LIST_END, f"\n<item>&row39;</item>{_LIST_END}"))
    )
    api = schedule("en", JSON)
    rows += [
        (f"JSON: {name}", api, json.dumps(data, ensure_ascii=number % 2 == 0, indent=1))
        for number, (name, data) in enumerate(_json_names().items())
    ]
    lost: list[tuple[str, Any, str | bytes]] = [
        (f"XML: {name}", law, law.with_(change)) for name, change in XML_LOST.items()
    ]
    statute = act("en", XML)
    lost += [
        (f"XML act: {name}", statute, statute.with_(change))
        for name, change in {
            "section repealed": ("<section>", '<section status="repealed">'),
            "all repealed": ("<act", '<act status="repealed"'),
            "repealed in the heading": (
                "<heading>§ 444.003. Age",
                "<heading>§ 444.003. [Repealed] Age",
            ),
            "sunset": ("</act>", "<note>This act expired on 30 June 2024.</note></act>"),
        }.items()
    ]
    names = names_of("en")
    lost += [
        ("XML: cut", law, law.page[: len(law.page) * 2 // 3]),
        ("XML: its end lost", law, law.page.replace("</section>\n</act>\n", "")),
        ("XML: error page of its own", law, "<?xml version='1.0'?><error><code>500</code>"
         f"<message>Could not load {', '.join(EN['controls'])}</message></error>"),
        ("JSON: cut", api, api.page[: len(api.page) // 2]),
        ("JSON: error with the controls", api, json.dumps(
            {"error": "not found", "suggestions": list(EN["controls"]), "title": EN["title"]})),
        ("JSON: search hits", api, json.dumps(
            {"hits": [{"title": name, "score": 1.2} for name in EN["controls"]], "took": 12})),
        ("JSON: rows that are null", api, json.dumps(json_data(EN, names) | {"appendix": None, "errors": [None]})),
        ("JSON: half the rows", api, with_names(api, [
            n for n in names if n in EN["controls"] or n < "L"])),
        ("JSON: rows repealed", api, json.dumps({
            **json_data(EN, names), "schedule": {**json_data(EN, names)["schedule"], "status": "repealed"}})),
        ("JSON: rows of the future", api, json.dumps({
            **json_data(EN, names), "schedule": {**json_data(EN, names)["schedule"], "effectiveDate": "2031-01-01"}})),
        ("JSON: validity that ended", api, json.dumps({
            **json_data(EN, names), "schedule": {**json_data(EN, names)["schedule"], "validTo": "2014-05-31"}})),
        ("JSON: commencement to come", api, json.dumps({
            **json_data(EN, names), "schedule": {**json_data(EN, names)["schedule"], "valid_from": "2031-05-31"}})),
        ("XML: an entry that is proposed", law, law.with_(
            (_LIST_END, f'\n<item status="proposed">{N}</item>{_LIST_END}'))),
        ("XML: an entry of 2031", law, law.with_(
            (_LIST_END, f'\n<item start="2031-01-01">{N}</item>{_LIST_END}'))),
        ("XML: an entry that was repealed", law, with_entry(law, f"{N} [Repealed]")),
    ]  # fmt: skip
    return (*cases("XML and JSON", rows, stricter=True), *cases("XML and JSON", lost))


CASES = _all()
