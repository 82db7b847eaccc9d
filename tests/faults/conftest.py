"""What the fault suite shares: the host that misbehaves, and good stores to begin with."""

from time import monotonic

import pytest

from tests.faults.kinds import KINDS
from tests.faults.stage import Stage
from tests.fetch.conftest import Hosts, certificate  # noqa: F401  (a fixture)


@pytest.fixture
def hosts():
    made = Hosts()
    yield made
    made.close()


@pytest.fixture(scope="session")
def good_stores(tmp_path_factory):
    """For each kind of document, a store after a good first run, and how long that took."""
    made = {}

    def store(name):
        if name not in made:
            playing = Hosts()
            try:
                stage = Stage(KINDS[name], playing, tmp_path_factory.mktemp(name))
                began = monotonic()
                stage.run(hours=0)
                made[name] = stage.store, monotonic() - began
            finally:
                playing.close()
        return made[name]

    return store


@pytest.fixture
def stage(hosts, good_stores, tmp_path):
    """A stage for a kind of document, after its good first run."""
    return lambda name: Stage(KINDS[name], hosts, tmp_path, *good_stores(name))
