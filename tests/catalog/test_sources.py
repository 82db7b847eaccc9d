"""Source files are read strictly: every fault names file, line, key and remedy."""

import pytest

from regstatus.base.errors import SourceFileError
from regstatus.catalog.sources import check_text, load_catalog
from tests.support.make import FEDERAL, TEXAS

CASES = [
    ('leaf = "regulated"\nmitra', 'leef = "regulated"\nmitra', "unknown key", "leef"),
    ("attested = 2026-06-07", "attested = 1826-06-07", "before 1900", "attested"),
    ("attested = 2026-06-07", "attested = 2026-06-07T10:00:00", "without a time", "attested"),
    ("attested = 2026-06-07", "attested = 2026-02-30", "not valid TOML", ""),
    ('stale_after = "60d"', 'stale_after = "sixty"', "such as", "stale_after"),
    ('stale_after = "60d"', 'stale_after = "0d"', "longer than nothing", "stale_after"),
    ("from = 2023-09-01", "from = 2023-08-01", "overlaps", "from"),
    ('id = "hs-481"', 'id = "hs-444"', "used twice", "id"),
    ('url = "https://statutes.example.gov/HS.481.htm"', 'url = "ftp://x"', "whole address", "url"),
    ('controls = ["heroin", "psilocybin"]', "controls = []", "controls", "documents"),
    ('controls = ["heroin", "psilocybin"]', 'controls = ["heroin"]', "at least two", "documents"),
    ("complete = true\n", "", "silence is evidence only", "documents"),
    ('instruments = ["sb-497"]', "instruments = []", "no claim without a law", "timeline"),
    ('instruments = ["sb-497"]', 'instruments = ["sb-999"]', "no instrument", "instruments"),
    ('document = "hs-444"', 'document = "hs-445"', "no document", "document"),
    ('grade = "secondary"\nbasis', 'grade = "official_text"\nbasis', "read_officially", "grade"),
    ('grade = "secondary"\nbasis', 'grade = "none"\nbasis', "unknown", "grade"),
    ("labelling = true", "labeling = true", "unknown duty", "duties"),
    ('derivatives = "unknown"\n', "", "derivatives is missing", "timeline"),
    ("minimum_age = 18\nseven", "minimum_age = 180\nseven", "less than or equal", "minimum_age"),
    ('leaf = "regulated"\nmitra', 'possess = "no"\nleaf = "regulated"\nmitra', "banned", "possess"),
    ('leaf = "unregulated"', 'leaf = "legal"', "Input should be", "leaf"),
    ('jurisdiction = "US-TX"', 'jurisdiction = "Texas"', "pattern", "jurisdiction"),
]


@pytest.mark.parametrize(("old", "new", "says", "key"), CASES)
def test_a_fault_is_named_with_file_line_key_and_remedy(old, new, says, key):
    text = TEXAS.replace(old, new, 1)
    assert text != TEXAS
    with pytest.raises(SourceFileError) as error:
        check_text(text, "sources/us/tx.toml")
    message = str(error.value)
    assert "sources/us/tx.toml:" in message
    assert says in message
    assert key in message


def test_the_line_of_a_fault_is_the_line_of_its_key():
    text = TEXAS.replace('reads = "schedule"', 'reads = "list"')
    line = next(n for n, t in enumerate(text.splitlines(), 1) if t.startswith('reads = "list"'))
    with pytest.raises(SourceFileError, match=rf"x\.toml:{line}: documents\[1\]\.reads"):
        check_text(text, "x.toml")


def test_a_bad_regular_expression_is_a_fault():
    text = TEXAS.replace('reads = "schedule"', 'reads = "schedule"\nselect = { heading = "(" }')
    with pytest.raises(SourceFileError, match="not a regular expression"):
        check_text(text, "x.toml")


def test_all_faults_of_all_files_are_told_at_once(tmp_path):
    (tmp_path / "a.toml").write_text(TEXAS.replace("60d", "x"), encoding="utf-8")
    (tmp_path / "b.toml").write_text(FEDERAL.replace("2026-10-10", "1826-10-10"), encoding="utf-8")
    with pytest.raises(SourceFileError) as error:
        load_catalog(tmp_path)
    assert "a.toml" in str(error.value)
    assert "b.toml" in str(error.value)


def test_one_jurisdiction_has_one_file(tmp_path):
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_text(FEDERAL, encoding="utf-8")
    with pytest.raises(SourceFileError, match="already described"):
        load_catalog(tmp_path)


def test_a_locality_needs_its_state_and_an_unknown_code_is_refused(tmp_path):
    locality = FEDERAL.replace(
        'jurisdiction = "US"',
        'jurisdiction = "US-CA/oz"\nname = "Oz"\nkind = "city"\n'
        'ocd_id = "ocd-division/country:us/state:ca/place:oz"',
    )
    (tmp_path / "oz.toml").write_text(locality, encoding="utf-8")
    with pytest.raises(SourceFileError, match="US-CA has no source file"):
        load_catalog(tmp_path)
    (tmp_path / "oz.toml").write_text(FEDERAL.replace('"US"', '"ZZ"'), encoding="utf-8")
    with pytest.raises(SourceFileError, match="ZZ"):
        load_catalog(tmp_path)


def test_a_missing_folder_is_told(tmp_path):
    with pytest.raises(SourceFileError, match="no such folder"):
        load_catalog(tmp_path / "nowhere")
