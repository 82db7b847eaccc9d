"""Render: templates to HTML, with everything from outside escaped, cleaned and linked safely."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from regstatus.base.safe import without_controls
from regstatus.web.links import IN_PAGE, host, outward, words

__all__ = ["render"]

_GLOSSARY = Path(__file__).with_name("words.toml")


def render(
    template: str, path: str, base: str | None, *, root: str | None = None, **context: Any
) -> str:
    """Fill a template.

    Args:
        template: Its file name.
        path: Where the page will stand, such as `j/US-AL.html`: links are relative to it, so
            that a tree works under any prefix, and from a disk.
        base: Absolute address of the site, or None.
        root: What links begin with instead, for a page that is shown at addresses of any depth.
        context: What the template shows.
    """
    up = "../" * path.count("/") if root is None else root

    def to(target: str) -> str:
        return up + quote(target)

    canonical = f"{base}{quote(path)}" if base else None
    page = _environment().get_template(template)
    text = page.render(to=to, path=path, canonical=canonical, policy=IN_PAGE, **context)
    # A lone surrogate out of a spoilt file has no UTF-8; one mark must not take the page with it.
    return text.encode("utf-8", "replace").decode()


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
    made.filters.update(outward=outward, words=words, day=day, host=host, clock=clock)
    made.globals["g"] = tomllib.loads(_GLOSSARY.read_text("utf-8"))
    return made


def _clean(value: Any) -> Any:
    """Control and bidi characters never reach a page; what is null is shown as nothing."""
    if value is None:
        return ""
    return (
        without_controls(value)
        if isinstance(value, str) and not isinstance(value, Markup)
        else value
    )


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
