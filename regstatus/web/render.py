"""Render: templates to HTML and XML, with everything from outside escaped, cleaned and linked safely."""

import tomllib
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.sax.saxutils import escape

from jinja2 import Environment, PackageLoader, StrictUndefined
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from regstatus.base.address import host_of
from regstatus.base.safe import without_controls
from regstatus.decide.proposals import perhaps_law
from regstatus.model.law import CALLED, FreshnessState
from regstatus.query.headline import inside
from regstatus.web.links import IN_PAGE, outward, seen_from, words, xml_text


def render(
    template: str, path: str, base: str | None, *, root: str | None = None, **context: Any
) -> str:
    """Fill a template of a page that will stand at a path of the site.

    Links are relative to it, so that a tree works under any prefix, and from a disk. With a
    `root` they begin with that, for a page that is shown at addresses of any depth.
    """
    text = (
        _environment()
        .get_template(template)
        .render(
            to=partial(seen_from, path, base=root),
            path=path,
            canonical=f"{base}{quote(path)}" if base else None,
            policy=IN_PAGE,
            **context,
        )
    )
    # A lone surrogate out of a spoilt file has no UTF-8; one mark must not take the page with it.
    return text.encode("utf-8", "replace").decode()


def render_xml(template: str, path: str, base: str | None, **context: Any) -> str:
    """Fill a template of XML; its texts go through `xml` or `attribute`, and are of one line."""
    to = partial(seen_from, path, base=base)
    text = _environment().get_template(template).render(to=to, path=path, **context)
    lines = "".join(line.strip(" ") for line in text.split("\n"))
    return f'<?xml version="1.0" encoding="utf-8"?>\n{lines}\n'


@cache
def words_of() -> dict[str, Any]:
    """The words of the law and of the record, by kind, as people are told them."""
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("regstatus.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_clean,
    )
    made.filters["data"] = data
    made.filters.update(outward=outward, words=words, day=day, host=host_of, clock=clock)
    made.tests["trusted"] = lambda state: FreshnessState(state).trusted
    made.filters.update(xml=xml, attribute=partial(xml, quotes=True))
    made.tests["perhaps_law"] = perhaps_law
    made.globals["within"] = lambda answer, name: inside(answer["stricter_within"], name)
    made.globals["g"] = words_of() | {
        "called": {name: "|".join(words) for name, words in CALLED.items()}
    }
    return made


def _clean(value: Any) -> Any:
    """Control and bidi characters never reach a page; what is null is shown as nothing."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return without_controls(value)
    return "" if value is None else value


def data(value: Any) -> Markup:
    """A value as JSON for a script of the page, which shows its texts as they are."""

    def clean(item: Any) -> Any:
        if isinstance(item, dict):
            return {key: clean(one) for key, one in item.items()}
        if isinstance(item, list):
            return [clean(one) for one in item]
        return without_controls(item) if isinstance(item, str) else item

    return htmlsafe_json_dumps(clean(value), separators=(",", ":"))


def day(value: str | date | None) -> str:
    """A day as `1 July 2026`; months by name, so that no reader takes it for another day."""
    if not value:
        return ""
    try:
        found = value if isinstance(value, date) else date.fromisoformat(value[:10])
    except ValueError:  # a spoilt clock is shown as it is, and takes no page with it
        return str(value)
    return f"{found.day} {found:%B} {found.year}"


def clock(value: str | None) -> str:
    """A time as `1 July 2026, 14:05 UTC`, from the form in which clocks are written."""
    return f"{day(value)}, {value[11:16]} UTC" if value and value[10:11] == "T" else day(value)


def xml(value: object, *, quotes: bool = False) -> Markup:
    """A text of an element, or, with `quotes`, of an attribute."""
    return Markup(escape(xml_text(value), {'"': "&quot;"} if quotes else {}))  # noqa: S704
