"""What an adapter of `regstatus.fetch.hosts` declares of itself, and whether a source file heeds it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from regstatus.base.patterns import Pattern, PatternError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

VARIABLE = r"[A-Za-z_][A-Za-z0-9_]*"
"""Name of an environment variable."""
PATTERN = "pattern"
"""The form of a parameter that is a pattern itself (`regstatus.base.patterns`)."""
_MORE = "…]"


class Param(NamedTuple):
    """One parameter.

    Attributes:
        says: What it is, for the table in `docs/sources.md`; empty where its name says it.
        form: Regular expression of the whole value; or `PATTERN`.
        needed: Whether the adapter can do nothing without it.
    """

    says: str = ""
    form: str = r".*\S.*"
    needed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """What an adapter is for and what it must be told.

    Attributes:
        use: Where to use it, for the table in `docs/sources.md`.
        reads: What it gets there, a sentence for the same table, or empty.
        params: By name; a name that ends in `…]` stands for all that begin as it does.
        needs_any: Names of parameters of which it needs one, whichever.
    """

    use: str
    reads: str = ""
    params: dict[str, Param] = field(default_factory=dict)
    needs_any: tuple[str, ...] = ()

    def param(self, name: str) -> Param | None:
        """The parameter of a name in a source file, if there is one."""
        found = (p for known, p in (self.params | _OF_ALL).items() if _fits(name, known))
        return next(found, Param() if _HEADER.fullmatch(name) else None)


DECLARED: dict[str, Declaration] = {}
"""By the name that a source file gives; filled by `regstatus.fetch.hosts` when that is loaded."""

_OF_ALL = {"key_env": Param(form=VARIABLE), "key_header": Param(form=r"[A-Za-z0-9-]+")}
_HEADER = re.compile(r"header\.[A-Za-z0-9-]+")


def params_faults(adapter: str, params: Mapping[str, str]) -> Iterator[tuple[str | None, str]]:
    """What is wrong with an adapter and its parameters: each fault's parameter, if any, and why."""
    declared = DECLARED.get(adapter)
    if declared is None:
        yield None, f"there is no adapter {adapter!r}; there are {', '.join(sorted(DECLARED))}"
        return
    for name, param in declared.params.items():
        if param.needed and name not in params:
            yield None, f"params: the adapter {adapter} needs {name}; see docs/sources.md"
    any_of = declared.needs_any
    if any_of and not any(_fits(name, known) for name in params for known in any_of):
        names = ", or a ".join(any_of)
        yield None, f"params: the adapter {adapter} needs {names}; see docs/sources.md"
    if "key_header" in params and "key_env" not in params:
        yield "key_header", "it goes with key_env, which names the variable that holds the key"
    for name, value in params.items():
        known = declared.param(name)
        if known is None:
            others = ", ".join(declared.params | _OF_ALL)
            yield name, f"the adapter {adapter} knows no such parameter; it knows {others}"
        elif known.form == PATTERN:
            try:
                Pattern(value, ignore_case=True)
            except PatternError as error:
                yield name, str(error)
        elif name in declared.params | _OF_ALL and not re.fullmatch(known.form, value):
            yield name, f"{value!r} cannot be it; its form is {known.form}"


def _fits(name: str, known: str) -> bool:
    more = known.endswith(_MORE) and name.startswith(known.removesuffix(_MORE))
    return name == known or more
