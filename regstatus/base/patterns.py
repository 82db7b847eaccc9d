r"""Regular expressions that people write in source files, run in linear time.

A page from outside meets these patterns, so one that backtracks could be made to run
for hours by whoever writes the page. RE2 never backtracks: its time grows with the
length of the text alone. The price is that it knows no lookaround and no
backreferences, and that `\s`, `\w`, `\d` and `\b` mean ASCII.
"""

from typing import Any

LONGEST = 300
"""Most characters of a pattern: a landmark of a page needs no more."""

_REMEDIES = {
    "invalid perl operator: (?": (
        "lookahead, lookbehind and named groups in Python's form are not known here, because "
        "patterns run in linear time; say what may stand there, such as ([^0-9]|$)"
    ),
    "invalid escape sequence: \\": (
        "if this was meant as a backreference: there are none, because patterns run in linear time"
    ),
}


class PatternError(ValueError):
    """Raised where a pattern cannot be used; the text says why, and the remedy."""


class Pattern:
    """One pattern, searched for anywhere in a text.

    Args:
        text: The pattern, in RE2's syntax.
        ignore_case: Whether capitals count as small letters.

    Raises:
        PatternError: If it is no regular expression, too long, or needs more than linear time.
    """

    def __init__(self, text: str, *, ignore_case: bool = False) -> None:
        from regstatus.base import re2  # here, so that a look-up never loads it

        if len(text) > LONGEST:
            raise PatternError(f"longer than {LONGEST} characters")
        options = re2.Options()
        options.log_errors = False
        options.case_sensitive = not ignore_case
        try:
            self._meant: Any = re2.compile(text, options)
        except re2.error as error:
            raise PatternError(_reason(error)) from None
        except UnicodeEncodeError:
            raise PatternError("not a regular expression: half of a character") from None

    def found_in(self, text: str) -> bool:
        """Whether the pattern stands anywhere in a text."""
        # RE2 works on UTF-8, which has no form for half a surrogate pair.
        return self._meant.search(text.encode("utf-8", "replace").decode()) is not None


def _reason(error: Exception) -> str:
    said = error.args[0] if error.args else ""
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    for start, remedy in _REMEDIES.items():
        if words.startswith(start):
            return f"not a regular expression of the kind used here ({words}): {remedy}"
    return f"not a regular expression: {words}"
