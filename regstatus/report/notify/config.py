"""Settings: whom to tell of what, read from a TOML file of the user's, strictly.

No secret stands in the file: `{env:NAME}` and `secret_env` name environment
variables, so that the file can be published with the rest of a tracker.
"""

import re
from pathlib import Path
from typing import Annotated, Self
from urllib.parse import quote

from pydantic import AfterValidator, Field, StrictBool, model_validator

from regstatus.base.address import host_of, problem_with
from regstatus.base.errors import SettingsError, UsageError
from regstatus.catalog.places import Registry
from regstatus.catalog.toml import fault_lines, read_file, validated
from regstatus.model.event_kinds import Level
from regstatus.model.law import Substance
from regstatus.model.source_fields import Strict
from regstatus.model.words import EventKind

RUN = "run"
"""The kind of a message that the runs themselves began, or ceased, to be held or to fail."""

_PLACEHOLDER = re.compile(r"\{env:([A-Za-z_][A-Za-z0-9_]*)\}")
_QUERY = re.compile(r"[?&](?:pass|password|token|secret|api_?key)=[^\x00&]", re.IGNORECASE)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*)://\S")
_OPEN = frozenset(
    {
        *("dbus", "glib", "gnome", "kde", "macosx", "qt", "rsyslog", "syslog", "windows"),
        *("form", "forms", "json", "jsons", "mailto", "mailtos", "ntfy", "ntfys", "xml", "xmls"),
    }
)
"""Services whose addresses may do without a secret; with any other one it is part of the address."""
_KEYS = "docs/notify.md"


def _bare(value: str, placeholder: str) -> str:
    """An address with something else where its secrets will be."""
    bare = _PLACEHOLDER.sub(placeholder, value)
    if "{env" in bare:
        raise ValueError("write {env:NAME} with the name of an environment variable")
    return bare


def _no_secret_in(value: str) -> str:
    bare = _bare(value, "\x00")
    if bare == "\x00":
        return value
    if not _SCHEME.match(bare):
        raise ValueError(
            "an address of Apprise begins with a service, such as mailto:// or slack://"
        )
    scheme, _, rest = bare.partition("://")
    before, at, _ = re.split(r"[/?#]", rest)[0].rpartition("@")
    if (at and before.partition(":")[2].strip("\x00")) or _QUERY.search(bare):
        raise ValueError("the password stands in the file; write {env:NAME} in its place")
    if scheme not in _OPEN and "\x00" not in bare:
        raise ValueError(
            "an address of this service carries a secret; write {env:NAME} in its place, or "
            "for the whole address"
        )
    return value


def _web_address(value: str) -> str:
    bare = _bare(value, "x")
    if "{" in value.partition("://")[2].partition("/")[0]:
        raise ValueError("the host must stand in the file; {env:NAME} may follow it")
    if problem := problem_with(bare, private_ok=True):
        raise ValueError(f"not an address to send to: {problem}")
    return value


def _base(value: str) -> str:
    if problem := problem_with(value, private_ok=True):
        raise ValueError(f"not an address of pages: {problem}")
    return value


def _known_place(value: str) -> str:
    if re.search(r"[*?\[/]", value):
        return value
    try:
        place = Registry().get(value)
    except UsageError as error:
        raise ValueError(f"{error} Write an id such as US-TX, or a pattern such as US-*") from None
    return str(place.id)


def _known_kind(value: str) -> str:
    if value != RUN and value not in set(EventKind):
        raise ValueError(f"{value!r} is no kind of event; docs/answer.md lists them, and {RUN!r}")
    return value


class Target(Strict):
    """One address, and what is sent to it."""

    name: str = Field("", pattern=r"^[a-z0-9][a-z0-9._-]{0,60}$")
    """Names it in logs and in the outbox; the service or host if left out."""
    apprise: Annotated[str, AfterValidator(_no_secret_in)] | None = None
    """An address of Apprise: mail, Slack, Discord and some hundred more."""
    webhook: Annotated[str, AfterValidator(_web_address)] | None = None
    """An address that takes signed JSON."""
    secret_env: str | None = Field(None, pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")
    """With a webhook: the environment variable that holds the key of its signature."""
    allow_private: StrictBool = False
    """With a webhook: it may lie on a private or loopback address, and speak plain http."""
    jurisdictions: tuple[Annotated[str, AfterValidator(_known_place)], ...] = ()
    """Ids or patterns such as `US-*`; all if left out."""
    substances: tuple[Substance, ...] = ()
    """Substances; events that are about no single one are told all the same. All if left out."""
    kinds: tuple[Annotated[str, AfterValidator(_known_kind)], ...] = ()
    """Kinds of event, and `run` for the runs themselves; all if left out."""
    minimum: Level = Level.LOW
    """The least level that is told."""
    base_url: Annotated[str, AfterValidator(_base)] | None = None
    """As for the whole file, for this target alone."""

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if (self.apprise is None) == (self.webhook is None):
            raise ValueError("a target needs either apprise = or webhook =")
        if self.webhook is None:
            if self.secret_env is not None or self.allow_private:
                raise ValueError("secret_env and allow_private go with webhook = alone")
            return self
        if self.secret_env is None:
            raise ValueError(
                "secret_env is missing: name the environment variable that holds the key with "
                "which messages are signed"
            )
        if not self.allow_private:
            if not self.webhook.startswith("https://"):
                raise ValueError("webhook must begin with https:// (or set allow_private = true)")
            if problem := problem_with(_PLACEHOLDER.sub("x", self.webhook)):
                raise ValueError(f"{problem}; set allow_private = true if that is meant")
        return self

    @property
    def label(self) -> str:
        """What it is called in logs: never any part of an address that may be secret."""
        if self.name:
            return self.name
        if self.webhook is not None:
            return host_of(self.webhook)
        assert self.apprise is not None
        whole = _PLACEHOLDER.fullmatch(self.apprise)
        return whole[1].lower() if whole else self.apprise.partition("://")[0]

    @property
    def variables(self) -> tuple[str, ...]:
        """Names of the environment variables that it needs."""
        found = _PLACEHOLDER.findall(self.apprise or self.webhook or "")
        return tuple(dict.fromkeys([*found, *([self.secret_env] if self.secret_env else [])]))


class Notify(Strict):
    """The whole file."""

    base_url: Annotated[str, AfterValidator(_base)] | None = None
    """Where `regstatus publish` puts the pages; each event then links to its jurisdiction's."""
    targets: tuple[Target, ...]
    """Whom to tell."""


def load_file(path: Path) -> Notify:
    """Read a file of settings; see `check_text`."""
    return check_text(read_file(path, SettingsError), str(path))


def check_text(text: str, where: str) -> Notify:
    """Read settings; `where` names them in errors.

    Raises:
        SettingsError: With one line for each fault: file, line, key, remedy.
    """
    made = validated(text, where, Notify, _KEYS, SettingsError)
    if not made.targets:
        problem = "nobody to tell; name at least one"
        raise SettingsError(fault_lines(where, text, [(("targets",), problem)], _KEYS))
    seen: set[str] = set()
    for index, target in enumerate(made.targets):
        if target.label in seen:
            problem = f'two targets are called {target.label}; give each its own name = "…"'
            raise SettingsError(fault_lines(where, text, [(("targets", index), problem)], _KEYS))
        seen.add(target.label)
    return made


def fill(address: str, values: dict[str, str]) -> str:
    """An address with its secrets in place, quoted as a part of it; alone, a value is all of it."""
    whole = _PLACEHOLDER.fullmatch(address)
    if whole:
        return values[whole[1]]
    return _PLACEHOLDER.sub(lambda found: quote(values[found[1]], safe=""), address)
