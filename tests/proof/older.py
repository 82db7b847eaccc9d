"""Earlier, cached and copied texts: readable, complete, and no word of today."""

from __future__ import annotations

from tests.proof.case import Case, Law, encoded
from tests.proof.laws import act, schedule, with_entry

OLD = "Wed, 04 Mar 2015 10:00:00 GMT"


def _all() -> tuple[Case, ...]:
    silent, listed, statute = schedule("en", "p"), schedule("en", "p", listed=True), act("en")
    rows: dict[str, tuple[Law, str]] = {
        "the list as it was before kratom entered": (listed, silent.page),
        "a list that lost the plant's name": (
            listed, listed.page.replace("Mitragyna speciosa (kratom)", "[Reserved]")),
        "a list that lost the alkaloid": (listed, listed.page.replace("Mitragynine;", "[Reserved];")),
        "an act before its age rule": (
            statute, statute.page.replace("younger than 21 years of age", "without consent")),
        "an act with a lower age": (statute, statute.page.replace("21 years", "18 years")),
        "an edition of an old year in its title": (
            statute, statute.with_(("<title>", "<title>2012 edition: "))),
        "current through an old session": (
            silent, silent.with_(("</h1>", "</h1>\n<p>Current through the 2011 session.</p>"))),
        "as of an old day": (silent, silent.with_(("</h1>", "</h1>\n<p>As of 1 May 2009</p>"))),
        "a point in time": (silent, silent.with_(("</h1>", "</h1>\n<p>Point in time: 01/02/2010</p>"))),
        "the supplement of an old year": (
            statute, statute.with_(("</h1>", "</h1>\n<p>1998 Supplement</p>"))),
        "an edition of an old year over the list": (
            silent, silent.with_(("<h1>", "<h1>2014 Edition. "))),
        "a replacement volume of an old year": (
            statute, statute.with_(("</h1>", "</h1>\n<p>Volume 12, 2009 Replacement Volume</p>"))),
        "a reprint of an old year": (
            silent, silent.with_(("</title>", ", reprint of 2011</title>"))),
        "a cumulative supplement": (
            listed, listed.with_(("<title>", "<title>2016 Cumulative Supplement, "))),
        "kratom listed as proposed then": (
            silent, with_entry(silent, "Kratom (as proposed in 2016, withdrawn)")),
    }  # fmt: skip
    found = [Case(f"older: {name}", law, encoded(page)) for name, (law, page) in rows.items()]
    for form in ("p", "json", "pdf", "xml", "text"):
        law = schedule("en", form)
        found.append(
            Case(
                f"older: an archive's capture by its header ({form})",
                law,
                encoded(law.page, law.form),
                headers={"Memento-Datetime": OLD},
            )
        )
    return tuple(found)


CASES = _all()
