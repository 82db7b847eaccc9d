"""Source files are read strictly: every fault names file, line, key and remedy."""

from pathlib import Path

import pytest

from regstatus.base.errors import SourceFileError
from regstatus.catalog.close_checks import quote_faults
from regstatus.catalog.sources import check_text, load_catalog
from regstatus.cli import main
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


@pytest.mark.parametrize("ident", ["QQ", "US-QQ", "DE-BY"])
def test_an_unknown_jurisdiction_is_told_with_the_other_faults_of_its_file(ident):
    text = TEXAS.replace('"US-TX"', f'"{ident}"').replace('id = "hs-481"', 'id = "hs-444"')
    with pytest.raises(SourceFileError) as error:
        check_text(text, "x.toml")
    twice, unknown = str(error.value).splitlines()
    assert "used twice" in twice
    assert f"x.toml:2: jurisdiction: No jurisdiction is called '{ident}'" in unknown
    assert "ISO 3166" in unknown


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


def fault(old, new):
    text = TEXAS.replace(old, new, 1)
    assert text != TEXAS
    with pytest.raises(SourceFileError) as error:
        check_text(text, "tx.toml")
    return str(error.value)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("minimum_age = 18\nseven", "minimum_age = true\nseven"),
        ("minimum_age = 18\nseven", 'minimum_age = "18"\nseven'),
        ("{ minimum_age = 18,", "{ minimum_age = 18.0,"),
        ("complete = true", "complete = 1"),
        ("complete = true", 'complete = "t"'),
        ("testing = false", 'testing = "no"'),
        ("stale_after", 'read_officially = "yes"\nstale_after'),
        ("complete = true", "complete = true\npeople_only = 0.0"),
    ],
)
def test_no_number_is_a_flag_and_no_flag_or_text_a_number(old, new):
    key = new.partition("\n" if new.startswith("complete = true") else " =")[0].strip("{ ")
    assert ("people_only" if "people_only" in new else key) in fault(old, new)


@pytest.mark.parametrize("blank", [" ", "\\u200b", "\\u0000", "\u00a0\u3000"])
@pytest.mark.parametrize(
    ("key", "old"),
    [
        ("attested_by", "third-party reading"),
        ("citation", "Tex. Health & Safety Code ch. 444 (2023 SB 497)"),
        ("publisher", "Texas Legislature"),
    ],
)
def test_nothing_that_can_be_seen_is_no_name_and_no_law(key, old, blank):
    assert f"{key}: nothing that can be seen" in fault(old, blank)


@pytest.mark.parametrize(
    "limit", ["2,5%", "two percent", "-1%", "2 mg per bottle", "2%; some", ";"]
)
def test_a_limit_is_a_number_and_a_unit_that_is_known(limit):
    for written in ('seven_oh_cap = "2%" }', 'seven_oh_cap = "2%"\nduties'):
        said = fault(written, written.replace("2%", limit))
        assert "seven_oh_cap" in said
        assert "mg/serving" in said


@pytest.mark.parametrize("limit", ["2 %", "0.1% by weight; 50 mg/container", "100 ratio", "30 ppm"])
def test_a_limit_of_every_known_form_is_taken(limit):
    assert check_text(TEXAS.replace("2%", limit), "tx.toml").timeline[1].seven_oh_cap == limit


@pytest.mark.parametrize("language", ["", "english", "EN", 'en\\" x', "en_US"])
def test_a_language_is_a_tag(language):
    said = fault('reads = "schedule"', f'reads = "schedule"\nlanguage = "{language}"')
    assert "language" in said


def test_capitals_and_links_lose_no_file_and_hidden_names_disturb_none(tmp_path):
    folder, elsewhere = tmp_path / "sources", tmp_path / "elsewhere"
    (folder / ".git").mkdir(parents=True)
    elsewhere.mkdir()
    (folder / "TX.TOML").write_text(TEXAS, encoding="utf-8")
    (elsewhere / "us.Toml").write_text(FEDERAL, encoding="utf-8")
    (folder / "linked").symlink_to(elsewhere)
    (folder / "again").symlink_to(elsewhere)
    (elsewhere / "round").symlink_to(folder)
    (folder / ".#TX.TOML").symlink_to("somebody@host.1")
    (folder / "._TX.TOML").write_bytes(b"\x00\x05\x16\x07\xff")
    (folder / ".git" / "tx.toml").write_text(TEXAS, encoding="utf-8")
    assert [source.jurisdiction for source in load_catalog(folder)] == ["US", "US-TX"]


def test_a_folder_may_be_named_where_files_are(tmp_path, capsys):
    (tmp_path / "tx.toml").write_text(TEXAS, encoding="utf-8")
    assert main(["sources", "check", str(tmp_path), str(tmp_path / "tx.toml")]) == 0
    assert "1 jurisdictions, 2 documents: sound" in capsys.readouterr().out
    (tmp_path / "tx.toml").write_text(TEXAS.replace("60d", "x"), encoding="utf-8")
    assert main(["sources", "check", str(tmp_path)]) == 2
    assert "tx.toml:5: stale_after" in capsys.readouterr().err
    assert main(["sources", "check", "x" * 5000]) == 2


@pytest.mark.parametrize(
    "where",
    [
        "the title of a bill that failed (2025 SB 9)",
        "substitute amendment 1 to the act",
        "a morning newspaper of 2024-02-03",
        "the caption as a tracker shows it",
        "the section as printed in a later bill",
        "an advocacy site's reprint",
    ],
)
def test_words_that_are_not_the_law_are_no_quotation_of_it(where):
    text = TEXAS.replace(
        'id = "sb-497"',
        f'id = "sb-497"\nquote = "kratom is a controlled substance"\nquote_from = "{where}"',
        1,
    ).replace('type = "bill"', 'type = "statute"')
    assert where in text
    with pytest.raises(SourceFileError, match="not the words of the law"):
        check_text(text, "sources/us/tx.toml", closely=True)


def quoting(words, *lines, text=TEXAS):
    made = "\n".join((f"quote = '{words}'", *lines))
    return text.replace('id = "sb-497"\n', f'id = "sb-497"\n{made}\n', 1)


POSITION = """
[[positions]]
by = "An agency"
citation = "Letter"
says = "No"
"""
COPY = 'quote_from = "a copy of the section"'
LATER = """
[[timeline]]
from = 2026-01-01
leaf = "regulated"
mitragynine = "regulated"
"7-oh" = "regulated"
derivatives = "sale_prohibited"
grade = "secondary"
minimum_age = 21
seven_oh_cap = "1%"
instruments = ["sb-497"]
"""
ATTESTED = """
[[attestations]]
document = "hs-444"
day = 2026-06-01
by = "Jane Roe"
at = "{at}"
kind = "copy"
sha256 = "{sha}"
says = {{ leaf = "named" }}
quote = "kratom product"
"""
PROVEN = ATTESTED.format(at="a copy of the chapter", sha="a" * 64)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        # words that nobody read anywhere that is named, at whatever address the law may stand
        (quoting("a kratom product"), "name the copy in quote_from"),
        (quoting("a kratom product", 'url = "https://a.gov/x"', 'url_basis = "seen"'), "quote_from"),
        (quoting("a product") + PROVEN.replace('"hs-444"', '"hs-481"'), "name the copy"),
        (quoting("kratom").replace('reads = "statute"', 'reads = "notice"') + PROVEN, "name the copy"),
        # words about a change of law
        (quoting("The amendment also adds kratom", COPY), "tells of a change"),
        (quoting("This bill prohibits the sale of kratom", COPY), "tells of a change"),
        (quoting("under the proposed rule kratom is listed", COPY), "tells of a change"),
        (quoting("added 6-15-2016 by O-20657", COPY), "tells of a change"),
        (quoting("Source: Laws 2025, LB230, § 5", COPY), "tells of a change"),
        # places that hold no law
        (quoting("kratom", 'quote_from = "a newswire"'), "newswire"),
        (quoting("kratom", 'quote_from = "the index of announcements"'), "index of"),
        (quoting("kratom", 'quote_from = "record of meeting 41"'), "record of meeting"),
        (quoting("kratom", 'quote_from = "a copy of the file"'), "the file"),
        (TEXAS + ATTESTED.format(at="a tracker", sha="a" * 64), "no text of the law"),
        # a notice that no period rests on as law
        (quoting("kratom", COPY).replace('type = "statute"', 'type = "notice"'), "no law where"),
        # one wording for two
        (quoting("more than two percent (2%)", COPY) + LATER, "another seven_oh_cap"),
        (quoting("5 mg a serving", COPY) + LATER, "another seven_oh_cap"),
        (quoting("a person under 18 years of age", COPY) + LATER, "another minimum_age"),
        # foreign words in sentences
        (TEXAS + 'summary = "It says “no person shall sell any kratom product”."\n', "quotation"),
        (TEXAS + 'limits = { places = "«within 500 feet of a school»" }\n', "quotation"),
        (TEXAS + POSITION.replace("No", "«Kratom is a Schedule 9 prohibited substance»"), "own words"),
        (TEXAS + 'penalties = "As „a felony of the third degree“."\n', "quotation"),
    ],
)  # fmt: skip
def test_whatever_is_shown_as_words_of_the_law_says_where_they_were_read(text, why):
    with pytest.raises(SourceFileError, match=why):
        check_text(text, "sources/us/tx.toml", closely=True)


@pytest.mark.parametrize(
    "text",
    [
        quoting("a kratom product") + PROVEN,
        quoting("more than two percent (2%)", COPY, "until = 2026-01-01") + LATER,
        quoting("a kratom product", COPY) + LATER,
        quoting("kratom", COPY).replace('type = "statute"', 'type = "notice"') + 'basis = "agency"\n',
        TEXAS + 'summary = "The “Kratom Consumer Protection Act” binds sellers."\n',
    ],
)  # fmt: skip
def test_words_of_the_law_with_their_origin_are_sound(text):
    check_text(text, "sources/us/tx.toml", closely=True)


@pytest.mark.parametrize("where", ["a third-party copy of the section", "a mirror of the gazette"])
def test_the_law_s_own_words_may_be_read_in_a_copy(where):
    text = TEXAS.replace(
        'id = "sb-497"', f'id = "sb-497"\nquote = "a kratom product"\nquote_from = "{where}"', 1
    )
    check_text(text, "sources/us/tx.toml", closely=True)


def test_no_shipped_file_quotes_what_is_not_the_law():
    shipped = load_catalog(Path(__file__).parents[2] / "sources")
    assert len(shipped) > 200
    assert [
        (source.jurisdiction, *quote_faults(source))
        for source in shipped
        if [*quote_faults(source)]
    ] == []
