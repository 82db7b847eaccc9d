"""What the project holds of its own, read once for all tests of a process."""

from functools import cache

from regstatus.catalog.sources import load_catalog
from regstatus.model.source import Source
from tests.support.pages import ROOT
from tools import make_languages


@cache
def catalogue() -> list[Source]:
    """Every source file."""
    return load_catalog(ROOT / "sources")


@cache
def languages() -> dict[str, dict[str, object]]:
    """The words of every language, as people wrote them."""
    return make_languages.read()
