"""The version of this program, as `pyproject.toml` has it."""

SCHEMA = "1.0"
"""The version of the form of answers, as `docs/api.md` tells of it: major for `/v1`, then what was added."""

__version__ = "0.1.0"
