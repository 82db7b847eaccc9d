"""Every case of the harness, by family."""

from __future__ import annotations

from pathlib import Path

from tests.proof import (
    bans,
    data_forms,
    future,
    harmless,
    markup,
    missing,
    notices,
    older,
    prints,
    remarks,
    spellings,
)

FAMILIES = {
    "spellings": spellings.CASES,
    "markup": markup.CASES,
    "missing": missing.CASES,
    "notices": notices.CASES,
    "bans": bans.CASES,
    "PDFs": prints.CASES,
    "XML and JSON": data_forms.CASES,
    "future": future.CASES,
    "older": older.CASES,
    "remarks": remarks.CASES,
    "harmless": harmless.CASES,
}
CASES = tuple(case for family in FAMILIES.values() for case in family)
FORMS = sorted({case.law.form for case in CASES})
LANGUAGES = sorted({case.law.parts["lang"] for case in CASES})
KNOWN = {
    line
    for line in Path(__file__).with_name("known_wrong.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
}
"""Ids of the cases that are known to go wrong today, under their reasons."""
