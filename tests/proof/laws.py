"""The laws of the harness: lists and acts of our own, in many languages and forms."""

from __future__ import annotations

import json
from html import escape

from tests.proof.case import HTML, JSON, PDF, TEXT, XML, Law
from tests.proof.words import ACTS, INN, LISTS

_SILENT = """
reads = "schedule"
complete = true
controls = [CONTROLS]
shows = { leaf = "silent", mitragynine = "silent", "7-oh" = "silent" }
settles = ["leaf", "mitragynine", "7-oh"]
"""
UNREGULATED = """
[[timeline]]
leaf = "unregulated"
mitragynine = "unregulated"
"7-oh" = "unregulated"
derivatives = "unknown"
grade = "secondary"
basis = "silence"
"""
_LISTED = _SILENT.replace('"silent"', '"listed"').replace("shows = {", "shows = {", 1)
BANNED = """
[[instruments]]
id = "order"
citation = "Order 1 of 2015"
type = "order"
effective = 2015-01-01
document = "text"

[[timeline]]
until = 2015-01-01
leaf = "unknown"
mitragynine = "unknown"
"7-oh" = "unknown"
derivatives = "unknown"

[[timeline]]
from = 2015-01-01
leaf = "banned"
mitragynine = "banned"
"7-oh" = "banned"
derivatives = "unknown"
grade = "secondary"
instruments = ["order"]
"""
_STATUTE = """
reads = "statute"
controls = [CONTROLS]
shows = { leaf = "named"AGE }
settles = ["leaf", "mitragynine"]
"""
_REGULATED = (
    BANNED.replace("[[instruments]]", "[[instruments]]", 1)
    .replace('"7-oh" = "banned"', '"7-oh" = "unknown"')
    .replace('"banned"', '"regulated"')
    .replace('grade = "secondary"\n', 'grade = "secondary"\nminimum_age = YEARS\n')
)
NAMED_ENTRIES = ("Mitragyna speciosa (kratom)", "Mitragynine", "7-hydroxymitragynine")


def _quoted(words: tuple[str, ...]) -> str:
    return ", ".join(json.dumps(word, ensure_ascii=False) for word in words)


def frame(lang: str, title: str, body: str, site: str = "Office of the Revisor") -> str:
    """A page as official hosts send it: head, menu, main part, footer."""
    return f"""<!DOCTYPE html>
<html lang="{lang}">
<head><meta charset="utf-8"><title>{title}</title>
<meta name="description" content="{title}"><link rel="stylesheet" href="/s.css">
<script>var page = {{"view": 1}};</script></head>
<body class="law">
<header><a href="/">{site}</a></header>
<nav class="menu"><ul><li><a href="/">Home</a></li><li><a href="/code">Code</a></li>\
<li><a href="/search">Search</a></li></ul></nav>
<main id="content">
{body}
</main>
<footer><p>© 2026 {site}</p></footer>
</body></html>
"""


def html_items(names: list[str], form: str) -> str:
    """The entries of a list in a form of HTML."""
    rows = enumerate(names, 1)
    if form == "p":
        return "\n".join(f"<p>({n}) {name};</p>" for n, name in rows)
    if form == "table":
        inner = "\n".join(f"<tr><td>{n}</td><td>{name}</td></tr>" for n, name in rows)
        return f"<table>\n{inner}\n</table>"
    if form == "dl":
        return "<dl>\n" + "\n".join(f"<dt>{n}.</dt><dd>{name}</dd>" for n, name in rows) + "\n</dl>"
    tag = "ol" if form == "ol" else "ul"
    return f"<{tag}>\n" + "\n".join(f"<li>{name}</li>" for name in names) + f"\n</{tag}>"


def list_page(words: dict, names: list[str], form: str = "li") -> str:  # type: ignore[type-arg]
    """A list as a page."""
    body = (
        f"<h1>{words['title']}</h1>\n<h2>{words['heading']}</h2>\n<p>{words['intro']}</p>\n"
        f"{html_items(names, form)}\n<p>{words['end']}</p>"
    )
    return frame(words["lang"], words["title"], body)


def xml_page(words: dict, names: list[str], item: str = "item") -> str:  # type: ignore[type-arg]
    """A list as XML."""
    rows = "\n".join(f"<{item}>{escape(name)}</{item}>" for name in names)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<act lang="{words["lang"]}">\n'
        f"<title>{words['title']}</title>\n<section>\n<heading>{words['heading']}</heading>\n"
        f"<p>{words['intro']}</p>\n<list>\n{rows}\n</list>\n<p>{words['end']}</p>\n</section>\n"
        "</act>\n"
    )


def json_data(words: dict, names: list[str]) -> dict:  # type: ignore[type-arg]
    """A list as an interface gives it."""
    return {
        "id": 481,
        "title": words["title"],
        "schedule": {
            "heading": words["heading"],
            "intro": words["intro"],
            "substances": [{"number": n, "name": name} for n, name in enumerate(names, 1)],
            "end": words["end"],
        },
    }


def json_page(words: dict, names: list[str]) -> str:  # type: ignore[type-arg]
    """The same as text."""
    return json.dumps(json_data(words, names), ensure_ascii=False, indent=1)


def lines(words: dict, names: list[str]) -> str:  # type: ignore[type-arg]
    """A list as lines of print."""
    rows = "\n".join(f"  {n}. {name}" for n, name in enumerate(names, 1))
    return (
        f"{words['title']}\n\n{words['heading']}\n\n{words['intro']}\n\n{rows}\n\n{words['end']}\n"
    )


def pdf_lines(words: dict, names: list[str]) -> str:  # type: ignore[type-arg]
    """The same as two pages of print."""
    half = len(names) // 2
    rows = [f"({n}) {name}" for n, name in enumerate(names, 1)]
    top = f"{words['title']}\n\n{words['heading']}\n\n{words['intro']}\n\n"
    return top + "\n".join(rows[:half]) + "\n\f" + "\n".join(rows[half:]) + f"\n\n{words['end']}\n"


_PAGES = {XML: xml_page, JSON: json_page, TEXT: lines, PDF: pdf_lines}


def schedule(lang: str = "en", form: str = "li", *, listed: bool = False) -> Law:
    """A list of controlled substances.

    Args:
        lang: Its language.
        form: `xml`, `json`, `text`, `pdf`, or a form of HTML: `li`, `ol`, `p`, `table`, `dl`.
        listed: Whether kratom stands in it and is recorded as banned; else it is silent.
    """
    words = LISTS[lang]
    names = list(words.get("names", INN))
    if listed:
        names[len(names) // 2 : len(names) // 2] = NAMED_ENTRIES
    entry = (_LISTED if listed else _SILENT).replace("CONTROLS", _quoted(words["controls"]))
    make = _PAGES.get(form)
    page = make(words, names) if make else list_page(words, names, form)
    return Law(
        entry + f'language = "{lang}"\n',
        BANNED if listed else UNREGULATED,
        form if make else HTML,
        page,
        {"style": form, "lang": lang},
    )


def names_of(lang: str) -> list[str]:
    """The substances of a list."""
    return list(LISTS[lang].get("names", INN))


def with_names(law: Law, names: list[str]) -> str:
    """The page of a list with other names in it."""
    words, style = LISTS[law.parts["lang"]], law.parts["style"]
    make = _PAGES.get(style)
    return make(words, names) if make else list_page(words, names, style)


def with_entry(law: Law, entry: str, at: int | None = None) -> str:
    """The page of a list with one more entry, in the middle unless said otherwise."""
    names = names_of(law.parts["lang"])
    at = len(names) // 2 if at is None else at
    return with_names(law, [*names[:at], entry, *names[at:]])


def act(lang: str = "en", form: str = HTML) -> Law:
    """An act that permits kratom under duties, from an age."""
    words = ACTS[lang]
    sections = words["sections"]
    if form in {TEXT, PDF}:
        parts = [words["title"], *(part for pair in sections for part in pair)]
        page = "\n\n".join("\n".join(_wrapped(part)) for part in parts) + "\n"
    elif form == XML:
        inner = "\n".join(
            f"<section><heading>{escape(head)}</heading>\n<p>{escape(text)}</p></section>"
            for head, text in sections
        )
        page = (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            f"<act><title>{words['title']}</title>\n{inner}\n</act>\n"
        )
    elif form == JSON:
        rows = [{"heading": head, "text": text} for head, text in sections]
        data = {"id": 444, "title": words["title"], "sections": rows}
        page = json.dumps(data, ensure_ascii=False, indent=1)
    else:
        inner = "\n".join(f"<h2>{head}</h2>\n<p>{text}</p>" for head, text in sections)
        page = frame(lang, words["title"], f"<h1>{words['title']}</h1>\n{inner}")
    age = words.get("age")
    entry = _STATUTE.replace("CONTROLS", _quoted(words["controls"]))
    entry = entry.replace("AGE", f", minimum_age = {age}" if age else "")
    period = _REGULATED.replace("YEARS", str(age or 18))
    return Law(
        entry + f'language = "{lang}"\n',
        period,
        form,
        page,
        {"style": form, "lang": lang, "last": sections[-1][1], "title": words["title"]},
    )


def with_section(law: Law, text: str, heading: str | None = None) -> str:
    """The page of an act with one more provision at its end."""
    last = law.parts["last"]
    if law.form == JSON:
        data = json.loads(law.page)
        data["sections"].append({"heading": heading or "", "text": text})
        return json.dumps(data, ensure_ascii=False, indent=1)
    if law.form in {TEXT, PDF}:
        more = "\n\n".join(filter(None, (heading, "\n".join(_wrapped(text)))))
        return f"{law.page}\n{more}\n"
    end = f"{escape(last) if law.form == XML else last}</p>"
    head = "heading" if law.form == XML else "h2"
    more = (f"\n<{head}>{heading}</{head}>" if heading else "") + f"\n<p>{text}</p>"
    return law.with_((end, end + more))


def _wrapped(text: str, width: int = 88) -> list[str]:
    import textwrap

    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)
