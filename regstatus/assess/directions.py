"""Directions: words that are written backwards, and shown forwards, by a sign, a tag or a style."""

import re
import tomllib
from pathlib import Path

_DATA = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
_PATTERNS = {name: re.compile(words, re.IGNORECASE) for name, words in _DATA["patterns"].items()}
_LETTERS = str.maketrans({turned: letter for letter, turned in _DATA["letters"].items()})


def as_shown(body: str) -> str:
    """A body in which what is turned round stands as it is shown, and behind it all of it backwards.

    Which parts of a page its styles turn is not known: where one may, the whole of it is looked at
    backwards, too, without its tags.
    """
    if not _PATTERNS["turns"].search(body):
        return body
    shown = _PATTERNS["overridden"].sub(lambda found: found[1] + found[2][::-1], body)
    return f"{shown}\n{_PATTERNS['tag'].sub('', body)[::-1].translate(_LETTERS)}"
