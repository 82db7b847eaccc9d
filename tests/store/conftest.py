"""Patience: what tests of a store that is held need not have."""

import pytest


@pytest.fixture
def impatient(monkeypatch):
    """Whoever finds a store held gives up at once."""
    monkeypatch.setattr("regstatus.store.atomic.PATIENCE", 0.0)
