"""Fresh enough: how old a reading of each grade may be and still count, as somebody asks for it."""

from __future__ import annotations

import re
from datetime import date

from regstatus.base.errors import UsageError, quoted
from regstatus.model.law import Grade

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from regstatus.model import shapes

    Ages = Mapping[str, int]

_DAYS = {"d": 1, "w": 7, "y": 365}


def read_ages(text: str) -> Ages:
    """Read `official_text:2y,secondary:90d`: the most days for each grade, and for all that are better.

    Raises:
        UsageError: If a part is no grade with an age, or a grade is given twice.
    """
    given: dict[Grade, int] = {}
    grades = [grade for grade in Grade if grade is not Grade.NONE]
    for part in text.split(","):
        word, _, age = part.strip().casefold().partition(":")
        grade = next((one for one in grades if one == word.strip().replace("-", "_")), None)
        match = re.fullmatch(r"\s*([0-9]{1,4})([dwy])", age)
        if grade is None or match is None or grade in given:
            raise UsageError(
                f"{quoted(part)} is no grade with an age, or its grade is given twice; write "
                f"official_text:2y,secondary:90d (of {', '.join(grades)}, in d, w or y)"
            )
        given[grade] = int(match[1]) * _DAYS[match[2]]
    return {
        str(grade): max(days for least, days in given.items() if least.rank <= grade.rank)
        for grade in grades
        if any(least.rank <= grade.rank for least in given)
    }


def is_enough(grade: str, fresh: shapes.FreshnessData, ages: Ages, today: date) -> bool:
    """Whether what is known so well was read within its age, and nothing speaks against it since."""
    read, doubt = fresh["as_of"], fresh["doubtful_from"]
    if not read or grade not in ages or (doubt and doubt <= today.isoformat()):
        return False
    # A day ahead is another zone's today; more is no reading.
    return -1 <= (today - date.fromisoformat(read)).days <= ages[grade]
