"""The machine on which runs are played: its disk, its way to the network, its name and its clock."""

import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median
from urllib.request import getproxies

from regstatus.base.errors import UsageError
from regstatus.base.version import __version__
from regstatus.fetch.client import HttpClient
from regstatus.fetch.settings import user_agent
from regstatus.model.request import http_date
from regstatus.model.text import Page
from regstatus.pipeline.options import Options

_ROOM = 1_000_000_000
"""Bytes that should be free: pages are kept, and a version is written beside the old one."""
_APART = 300
"""Seconds by which clocks may differ."""
PROXY = "was not asked: the proxy of"
"""What the client says of a document where a proxy is at fault."""
_STATES = ("wrong", "note", "ok")


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at, and what to do where it is not well.

    It is `ok`, `wrong`, or a `note`: a run works, and could be better.
    """

    name: str
    state: str
    says: str
    step: str = ""


def ranked(checks: Iterable[Check]) -> tuple[Check, ...]:
    """One check of each name, the later, with what is wrong first."""
    by_name = {check.name: check for check in checks}
    return tuple(sorted(by_name.values(), key=lambda check: _STATES.index(check.state)))


def before(options: Options, faults: list[str]) -> list[Check]:
    """What can be told without a network, and of a ledger with `faults`; nothing is written."""
    found = [Check("version", "ok", f"regstatus {__version__}"), _disk(options), _proxy(options)]
    if faults:
        found.append(Check("ledger", "wrong", faults[0], "run `regstatus snapshots verify`"))
    contact, says = os.environ.get("REGSTATUS_CONTACT", "").strip(), f"hosts see {user_agent()}"
    if not contact:
        step = "set REGSTATUS_CONTACT to your address, so that a host can write before it blocks"
        return [*found, Check("contact", "note", says, step)]
    if not contact.isascii() or not ("@" in contact or "://" in contact):
        step = "REGSTATUS_CONTACT takes a mail or web address in plain letters"
        return [*found, Check("contact", "wrong", says, step)]
    return [*found, Check("contact", "ok", says)]


def _disk(options: Options) -> Check:
    folder = options.snapshots.absolute()
    there = next(one for one in (folder, *folder.parents) if one.exists())
    step = "make room (1 GB), make it writable, or name another folder with --snapshots"
    if not there.is_dir() or not os.access(there, os.W_OK | os.X_OK):
        return Check("disk", "wrong", f"{folder} cannot be written", step)
    free = shutil.disk_usage(there).free
    says = f"{free / 1e9:,.1f} GB are free for {folder}"
    return Check("disk", "wrong", says, step) if free < _ROOM else Check("disk", "ok", says)


def _proxy(options: Options) -> Check:
    """The proxies and authorities of the environment, by name: their values may hold passwords."""
    try:
        HttpClient(options.settings)
    except UsageError as error:
        return Check("proxy", "wrong", str(error), "mend or unset that variable")
    names = ", ".join(sorted({*getproxies()} - {"no"}))
    return Check("proxy", "ok", f"one is used for {names}" if names else "none is set")


def after(pages: Iterable[Page]) -> list[Check]:
    """What the answers tell of the machine: whether its proxy serves, and its clock is right."""
    found, apart = [], []
    for page in pages:
        if PROXY in (page.problem or ""):
            found.append(Check("proxy", "wrong", str(page.problem), "mend or unset that variable"))
        if sent := http_date(page.header("date")):
            age = page.header("age") or ""  # seconds for which a cache has kept it
            kept = int(age[:9]) if age.isascii() and age.isdigit() else 0
            apart.append((page.fetched_at - sent).total_seconds() - kept)
    if not apart:
        return [*found, Check("clock", "note", "not compared: no answer told the time")]
    by = median(apart)
    way = "ahead of" if by > 0 else "behind"
    says = f"{abs(by):,.0f} s {way} what {len(apart)} answers say"
    if abs(by) > _APART:
        step = "set the clock of this machine before any run"
        return [*found, Check("clock", "wrong", says, step)]
    return [*found, Check("clock", "ok", says)]
