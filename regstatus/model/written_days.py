"""Days as texts of law write them, in figures and in the words of languages."""

import re
from datetime import date

from regstatus.model.vocabulary import table

_DATES = (
    r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})",
    r"(?P<month>[^\W\d_]{3,9})\.?\s+(?P<day>\d{1,2}),?\s+(?P<year>\d{4})",
    r"(?P<day>\d{1,2})(?:[.º°]{1,2}|[^\W\d_]{2})?\s+(?:(?:(?:[^\W\d_]{3}\s+)?[^\W\d_]{2}|[^\W\d_]{6}ä)\s+)?(?P<month>[^\W\d_]{3,12}),?\s+(?:[^\W\d_]{2}\s+)?(?P<year>\d{4})",
    r"(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4})",
    r"(?P<day>\d{1,2})[-.](?P<month>\d{1,2})[-.](?P<year>\d{4})",
)
_NAME = re.compile(r"\?P<\w+>")
DATE = _NAME.sub("?:", f"(?:{'|'.join(_DATES)})")
"""A day in one of the forms that law uses, as part of a pattern."""
_FIRST_DATE = re.compile(DATE)
_SHORT = r"(?P<month>\d{1,2})[-/](?P<day>\d{1,2})[-/](?P<year>\d\d)"
MARKED = rf"(?:{DATE}|{_NAME.sub('?:', _SHORT)}(?!\d))"
"""The same in a mark, where a year of two figures can be nothing else: `[Effective 1-1-31]`."""


def parse_date(text: str) -> date | None:
    """The first day written in a text, in one of the forms that law uses; None if there is none.

    `7/1/2026` is read as people in the United States write it, month first, and so is `7-1-26`,
    which counts only where nothing else stands.
    """
    if len(text) == 8 and text.isdecimal():
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    found = _FIRST_DATE.search(text)
    part = re.fullmatch(_SHORT, text.strip()) if found is None else None
    if found:
        part = next(match for form in _DATES if (match := re.fullmatch(form, found[0])))
    if part is None:
        return None
    month = part["month"]
    number = int(month) if month.isdecimal() else table("months").get(month.lower(), 0)
    try:
        return date(int(f"20{part['year']}"[-4:]), number, int(part["day"]))
    except ValueError:
        return None
