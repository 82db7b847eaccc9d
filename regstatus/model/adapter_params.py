"""Adapters as a source file names them: what each must be told, and what else it may be.

`regstatus.fetch.hosts.adapters` holds what they do, under the same names.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from regstatus.base.patterns import Pattern, PatternError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["PARAMS", "VARIABLE", "Param", "params_faults"]

VARIABLE = r"[A-Za-z_][A-Za-z0-9_]*"
"""Name of an environment variable."""
_PATTERN = "pattern"


class Param(NamedTuple):
    """One parameter.

    Attributes:
        form: Regular expression of the whole value; `pattern` where it is a pattern itself.
        needed: Whether the adapter can do nothing without it.
    """

    form: str = r".*\S.*"
    needed: bool = False


_NUMBER, _WORDS = r"\d{1,5}", Param()
_NEEDED = Param(needed=True)

PARAMS: dict[str, dict[str, Param]] = {
    "page": {},
    "link": {
        "link": Param(_PATTERN, needed=True),
        "then": Param(_PATTERN),
        "pick": Param("first|last|newest"),
        "date_order": Param("dmy|mdy"),
    },
    "zip": {"member": _WORDS},
    "ecfr": {
        "title": Param(_NUMBER, needed=True),
        **dict.fromkeys(
            ("subtitle", "chapter", "subchapter", "part", "subpart", "section", "appendix"), _WORDS
        ),
    },
    "federal_register": {"term": _WORDS, "per_page": Param(_NUMBER)},
    "legislation_gov_uk": {},
    "fedlex": {"language": Param("de|fr|it|rm|en")},
    "legifrance": {"client_id": _NEEDED, "client_secret": _NEEDED},
    "normattiva": {
        "code": Param(r"[0-9A-Z]{8}", needed=True),
        "gazette": Param(r"\d{4}-\d\d-\d\d", needed=True),
        **dict.fromkeys(("number", "year"), Param(_NUMBER, needed=True)),
        **dict.fromkeys(("article", "sub_article", "annex"), Param(_NUMBER)),
    },
    "alison": {},
    "paged": {
        **dict.fromkeys(("page", "pages", "items"), _NEEDED),
        "first": Param("0|1"),
    },
    "legislation_gov_au": {"title": Param(_PATTERN, needed=True)},
    "legislation_govt_nz": {"work": Param(r"[a-z-]+_[a-z-]+_\d{4}_\d{1,5}", needed=True)},
    "hkel": {"chapter": Param(r"\d{1,4}[A-Z]{0,3}", needed=True)},
    "law_go_kr": {"law": _NEEDED, "annex": Param(r"\d+(-\d+)?", needed=True)},
    "boletin_oficial": {"notice": Param(_PATTERN, needed=True), "annex": Param(_NUMBER)},
}
"""The parameters of each adapter; one that is added needs its entry here, too."""

_OF_ALL = {"key_env": Param(VARIABLE), "key_header": Param(r"[A-Za-z0-9-]+")}
_HEADER = re.compile(r"header\.[A-Za-z0-9-]+")


def params_faults(adapter: str, params: Mapping[str, str]) -> Iterator[tuple[str | None, str]]:
    """What is wrong with the parameters of a known adapter: each fault's key, if it has one, and why."""
    known = {**PARAMS[adapter], **_OF_ALL}
    searches = adapter == "federal_register"
    for name, param in known.items():
        if param.needed and name not in params:
            yield None, f"params: the adapter {adapter} needs {name}; see docs/sources.md"
    if searches and not any(n == "term" or n.startswith("conditions[") for n in params):
        yield None, f"params: the adapter {adapter} needs term, or a conditions[…] of its API"
    if "key_header" in params and "key_env" not in params:
        yield "key_header", "it goes with key_env, which names the variable that holds the key"
    for name, value in params.items():
        if _HEADER.fullmatch(name) or (searches and name.startswith("conditions[")):
            continue
        if name not in known:
            others = ", ".join(known)
            yield name, f"the adapter {adapter} knows no such parameter; it knows {others}"
        elif known[name].form == _PATTERN:
            try:
                Pattern(value, ignore_case=True)
            except PatternError as error:
                yield name, str(error)
        elif not re.fullmatch(known[name].form, value):
            yield name, f"{value!r} cannot be it; its form is {known[name].form}"
