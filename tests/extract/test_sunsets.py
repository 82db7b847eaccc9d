"""A provision that begins or ends on a day that a sentence names is law on the days between alone."""

from datetime import date

import pytest

from regstatus.assess import timeliness
from regstatus.extract import extract
from regstatus.model.finding import Finding
from tests.assess.test_completeness import document, read, trusted

ON = date(2026, 11, 22)
LAW = "<html lang=en><body><h1>Health Act</h1>{}</body></html>"


def spoken(*blocks, on=ON):
    """The paragraphs of a text that are in force on a day."""
    body = LAW.format("".join(block if block[0] == "<" else f"<p>{block}</p>" for block in blocks))
    passages = extract(body.encode()).passages
    return [p.text for p in passages if p.kind != "heading" and p.in_force(on)]


SECTION = (
    "<h2>12-7. Sale of kratom.</h2>",
    "(1) A person shall not sell kratom.",
    "(2) A label is needed.",
)


@pytest.mark.parametrize(
    "ends",
    [
        "(3) This section is repealed, effective July 1, 2021.", "(3) This section expires on June 30, 2020.",
        "(3) This section shall expire January 1, 2024.", "(3) This section sunsets on 2025-12-31.",
        "(3) This section shall remain in effect until January 1, 2022.",
        "(3) This section is automatically repealed on 1 January 2023.",
        "(3) This section does not apply after December 31, 2025.",
    ],
)  # fmt: skip
def test_a_section_that_ends_itself_speaks_no_more(ends):
    assert spoken(*SECTION, ends) == []
    assert spoken(*SECTION, ends, on=date(2019, 1, 1)) == [*SECTION[1:], ends]


@pytest.mark.parametrize(
    "ends",
    [
        "(3) This section is repealed, effective July 1, 2031.", "(3) This section expires on June 30, 2029.",
        "(3) Section 9 of the Act of 1990 is repealed, effective July 1, 2021.",
        "(3) A licence under this section expires on the last day of the year of 2020.",
        "(3) This section is repealed July 1, 2021, unless the assembly extends it.",
        "(3) This section took effect on July 1, 2021.", "(3) A report is due by July 1, 2021.",
    ],
)  # fmt: skip
def test_a_section_that_does_not_end_goes_on(ends):
    assert spoken(*SECTION, ends) == [*SECTION[1:], ends]


@pytest.mark.parametrize(
    ("ends", "left"),
    [
        (
            "(c) This subsection (1) is repealed, effective July 1, 2021.",
            ["(2) A label is needed."],
        ),
        ("(c) This subsection expires on July 1, 2021.", ["(2) A label is needed."]),
        ("(c) This subsection (1) shall expire on 1 July 2021.", ["(2) A label is needed."]),
    ],
)
def test_a_subsection_that_ends_itself_ends_alone(ends, left):
    parts = ("(1) (a) Sale is forbidden.", "(b) So is possession.", ends, "(2) A label is needed.")
    assert spoken("<h2>12-7. Kratom.</h2>", *parts) == left


@pytest.mark.parametrize(
    "opens",
    [
        "Effective July 1, 2031, a person shall not:", "(1) Beginning January 1, 2030, no person shall:",
        "(1) On and after July 1, 2031, a person shall not:", "Commencing 1 March 2029, a person shall not:",
        "(1) From and after July 1, 2031, no seller shall:", "(1) Starting on 2027-01-01 a person may not:",
    ],
)  # fmt: skip
def test_what_begins_on_a_day_to_come_is_no_law_today(opens):
    body = ("<h2>12-7. Sale of kratom.</h2>", opens, "(a) sell kratom; or", "(b) possess kratom.")
    assert spoken(*body) == []
    assert spoken(*body, on=date(2032, 1, 1)) == list(body[1:])
    past = opens.replace("203", "201").replace("2029", "2019").replace("2027", "2017")
    assert spoken(body[0], past, *body[2:]) == [past, *body[2:]]


@pytest.mark.parametrize(
    ("entry", "speaks"),
    [
        ("(4) Mitragynine [Effective January 1, 2031];", False),
        ("(4) Mitragynine (effective July 1, 2028)", False),
        ("(4) Mitragynine [Expires January 1, 2025];", False),
        ("(4) Mitragynine [Effective January 1, 2021];", True),
        ("(4) Mitragynine [Effective until January 1, 2025]", False), ("(4) Mitragynine (9873);", True),
    ],
)  # fmt: skip
def test_a_mark_in_brackets_dates_its_entry_alone(entry, speaks):
    before, behind = "(3) Heroin;", "(5) Psilocybin."
    assert spoken("<h2>Schedule I</h2>", before, entry, behind) == [
        before,
        *([entry] if speaks else []),
        behind,
    ]


FUTURE = [
    "<h2>Proposed additions</h2><p>(37) Mitragynine;</p>",
    "<h2>Schedule I (proposed)</h2><p>(37) Mitragynine;</p>",
    "<h3>Pending amendments</h3><p>(37) Kratom;</p>",
    "<h2>Draft entries</h2><p>Mitragyna speciosa</p>",
    "<p>(37) Mitragynine [Effective January 1, 2031];</p>",
    "<p>Effective January 1, 2031, mitragynine is added to Schedule I.</p>",
]


@pytest.mark.parametrize("below", FUTURE)
def test_what_is_proposed_or_comes_later_is_not_listed_today(below):
    from tests.assess.test_completeness import page

    reading = read(page(below=below))
    assert reading.finding is not None
    assert {str(mention.context) for mention in reading.finding.mentions} <= {
        "mentioned",
        "repealed",
    }


@pytest.mark.parametrize(
    "words",
    [
        "<h2>Proposed additions</h2><p>It is unlawful to sell or possess kratom.</p>",
        "<h2>Section 4 (proposed)</h2><p>No person shall sell or possess kratom.</p>",
        "<h2>Proposed amendments</h2><p>Whoever sells kratom to persons under 21 years is fined.</p>",
    ],
)
def test_a_ban_or_an_age_that_is_proposed_is_none(words):
    body = (
        f"<html><body><h1>Act on drugs</h1><p>Heroin is a controlled drug.</p>{words}</body></html>"
        + " " * 99
    )
    finding = read(body, complete=False, controls=("Heroin",), shows={"leaf": "named"}).finding
    assert finding is not None
    assert (finding.prohibitions, finding.minimum_age) == ((), None)


@pytest.mark.parametrize(
    "words",
    [
        "Kratom may be sold to adults until July 1, 2025.",
        "The sale of kratom is permitted through December 31, 2024.",
        "A person may not sell kratom, effective January 1, 2031, to a person under 21 years of age.",
        "Kratom processors shall register beginning January 1, 2030.",
    ],
)
def test_a_day_in_what_a_finding_rests_on_is_a_doubt(words):
    body = f"<html><body><h1>Kratom Act</h1><p>{words}</p><p>A kratom processor keeps books.</p></body></html>"
    how = {
        "complete": False,
        "controls": ("kratom processor",),
        "shows": {"leaf": "named"},
        "reads": "statute",
    }
    assert not trusted(read(body, **how))
    assert trusted(read(body.replace(words, "Kratom may be sold to adults."), **how))


@pytest.mark.parametrize(
    "words", ["Current through the 2019 session", "Stand: 1.1.2020", "Up to date to 2021"]
)
def test_a_page_that_was_kept_up_to_a_day_long_ago_is_a_doubt(words):
    from tests.assess.test_completeness import page

    assert not trusted(read(page(above=f"<div class=notice>{words}</div>")))
    newer = words.replace("2019", "2026").replace("2020", "2026").replace("2021", "2025")
    assert trusted(read(page(above=f"<div class=notice>{newer}</div>")))
    assert document().entries is None


@pytest.mark.parametrize(
    "ends",
    [
        "(3) This section expires on June 30, 2020.", "(3) This section takes effect when Congress acts.",
        "(3) This section takes effect on January 1, 2031.", "(3) This act is repealed July 1, 2021.",
    ],
)  # fmt: skip
def test_a_sentence_that_silences_a_name_leaves_a_doubt_on_the_first_reading(ends):
    body = LAW.format(f"{SECTION[0]}<p>{SECTION[1]}</p><p>{ends}</p><h2>13. Heroin</h2>" + " " * 99)
    assert any("a sentence is read to say" in doubt for doubt in doubts_of(body))
    quiet = body.replace("kratom", "salvia")
    assert not any("a sentence is read to say" in doubt for doubt in doubts_of(quiet))


def doubts_of(body):
    return timeliness.doubts(document(), Finding(readable=True), extract(body.encode()), ON)


@pytest.mark.parametrize(
    "note",
    [
        "Acts 1997, cc. 1 and 3, cl. 2, provide: That the provisions of this act shall expire July 1, 2001.",
        "Acts 2014, c. 8, cl. 3 provides that this act is repealed on January 1, 2016.",
        "Laws 2009, c. 77, s. 4 provided that this act expires June 30, 2012.",
        "Act of 2010, No. 44, provides: This act shall sunset on July 1, 2015.",
    ],
)  # fmt: skip
def test_what_a_note_tells_of_an_older_act_ends_its_own_section_alone(note):
    title = "<h2>12-8. Reports.</h2>"
    assert spoken(*SECTION, title, f"The board reports. Editor's note. {note}") == [*SECTION[1:]]
    own = note[note.lower().index("this act") :]
    assert spoken(*SECTION, title, f"The board reports. T{own[1:]}") == []


@pytest.mark.parametrize(
    ("ends", "left"),
    [
        ("(c) This subsection (1) takes effect when Congress acts.", ["(2) A label is needed."]),
        ("(c) This subsection takes effect on January 1, 2031.", ["(2) A label is needed."]),
        ("(c) This section becomes operative only if the board so finds.", []),
        ("(c) [Effective upon approval by Congress] Sale is free.", None),
    ],
)
def test_a_part_that_begins_on_some_day_begins_alone(ends, left):
    parts = ("(1) (a) Sale is forbidden.", "(b) So is possession.", ends, "(2) A label is needed.")
    rest = [*parts[:2], parts[3]]
    assert spoken("<h2>12-7. Kratom.</h2>", *parts) == (rest if left is None else left)


@pytest.mark.parametrize(
    "begins",
    [
        "(3) This section takes effect upon its passage.", "(3) This act takes effect upon becoming law.",
        "(3) This section is effective upon approval by the governor.",
        "(3) This section applies if a person sells.", "(3) This section takes effect when it is published.",
    ],
)  # fmt: skip
def test_what_began_with_its_passage_is_law(begins):
    assert spoken(*SECTION, begins) == [*SECTION[1:], begins]


ACT = (
    "<h2>Section 1. Schedule I.</h2>",
    "(a) Mitragynine is listed.",
    "<h2>Section 2. Sale.</h2>",
    "No sale.",
)


@pytest.mark.parametrize(
    "begins",
    [
        "This act takes effect on January 1, 2031.",
        "This Act shall take effect and be in force from and after July 1, 2031.",
        "This ordinance shall be in full force and effect on the 1st day of July, 2031.",
        "The provisions of this act shall become effective July 1, 2031.",
        "The effective date of this act is January 1, 2031.",
        "Tämä asetus tulee voimaan 18 päivänä marraskuuta 2031.",
        "Denna förordning träder i kraft den 9 augusti 2031.",
        "Diese Verordnung tritt am 1. Juli 2031 in Kraft.", "Bekendtgørelsen træder i kraft den 1. juli 2031.",
        "Le présent arrêté entre en vigueur le 1er juillet 2031.",
        "Tento zákon nadobúda účinnosť 1. januára 2031.",
        "Rozporządzenie wchodzi w życie z dniem 1 stycznia 2031 r.",
        "El presente real decreto entrará en vigor el 1.º de enero de 2031.",
        "A presente portaria entra em vigor em 1º de janeiro de 2031.",
        "Il presente decreto entra in vigore il 1° gennaio 2031.",
        "Tento zákon nabývá účinnosti dnem 1. ledna 2031.",
    ],
)  # fmt: skip
def test_an_act_that_begins_later_is_no_law_yet(begins):
    assert spoken(*ACT, begins) == []


def test_the_first_of_several_beginnings_of_an_act_counts():
    old = "Denna förordning träder i kraft den 1 juni 2005."
    assert spoken(*ACT, old, "Denna förordning träder i kraft den 9 augusti 2031.")[-2] == old


@pytest.mark.parametrize("mark", ["Träder i kraft I:2031-05-12", "Upphör att gälla U:2026-05-12"])
def test_what_bears_a_day_of_its_own_is_no_doubt_for_the_day_on_which_its_act_began(mark):
    text = f"Bilaga 1 /{mark}/\n\nmitragynin\n\nBilaga 2\n\ndiazepam\n\n"
    act = "Denna förordning träder i kraft den 1 juni 2005."
    passages = extract(f"{text}{act}".encode()).passages
    listed, other = (one for one in passages if one.text in {"mitragynin", "diazepam"})
    assert not listed.in_force(ON)
    assert listed.dated_by is None
    assert other.valid_from == date(2005, 6, 1)
    assert other.dated_by in act


@pytest.mark.parametrize(
    ("begins", "left"),
    [
        ("Section 2 of this act takes effect January 1, 2031.", ["(a) Mitragynine is listed."]),
        ("Sections 1 and 2 of this act take effect on January 1, 2031.", []),
        ("Section 9 of this act takes effect January 1, 2031.", ["(a) Mitragynine is listed.", "No sale."]),
    ],
)  # fmt: skip
def test_sections_of_an_act_that_begin_later_are_no_law_yet(begins, left):
    said = spoken(*ACT, "<h2>Section 3. Effective date.</h2>", begins)
    assert [one for one in said if one in {"(a) Mitragynine is listed.", "No sale."}] == left


def test_a_mark_of_force_that_ends_the_last_words_of_a_section_dates_it():
    parts = ("(a) Kratom is a plant.", "(b) A label is needed. * NB Effective December 19, 2031")
    assert spoken("<h2>398-g. Kratom.</h2>", *parts) == []
    assert len(spoken("<h2>398-g. Kratom.</h2>", *parts, on=date(2032, 1, 1))) == 2


@pytest.mark.parametrize(
    "ends",
    [
        "(9) This section is repealed, effective January 1, 2040.",
        "(9) This section shall be repealed on 1 May 2033.",
        "(9) This section is automatically repealed, effective 2031-12-31.",
    ],
)
def test_a_repeal_to_come_at_the_end_of_a_page_leaves_its_section_law_until_then(ends):
    body = LAW.format(f"{SECTION[0]}<p>{SECTION[1]}</p><p>{ends}</p>").encode()
    text = extract(body)
    assert (text.repealed, text.problems) == (False, ())
    assert spoken(SECTION[0], SECTION[1], ends) == [SECTION[1], ends]
    assert spoken(SECTION[0], SECTION[1], ends, on=date(2041, 1, 1)) == []
    beside = ("<h2>12-8. Heroin.</h2>", "No person shall sell heroin.")
    assert spoken(*SECTION, ends, *beside, on=date(2041, 1, 1)) == [beside[1]]


@pytest.mark.parametrize(
    ("ends", "gone"),
    [
        ("(3) Paragraph (1)(b) of this section is repealed, effective May 1, 2022.", "(b)"),
        ("(3) Subsection (2) of this section expires on May 1, 2022.", "(2)"),
        ("(3) Items (1)(a) of this section shall expire on 1 May 2022.", "(a)"),
    ],
)
def test_the_end_of_a_named_part_silences_that_part_alone(ends, gone):
    body = ("(1) These are drugs:", "(a) heroin;", "(b) kratom.", "(2) Labels are needed.", ends)
    assert not extract(LAW.format("".join(f"<p>{one}</p>" for one in body)).encode()).repealed
    assert spoken("<h2>12-7. List.</h2>", *body) == [one for one in body if one[:3] != gone]


@pytest.mark.parametrize(
    "ends",
    [
        "9-4. End. The provisions of section 9-3 shall cease to apply on July 1, 2024.",
        "9-4. End. Section 9-3 expires on June 30, 2024.",
        "9-4. End. Section 9-3 of this chapter is repealed, effective 1 July 2024.",
    ],
)
def test_a_section_that_another_one_ends_by_its_number_speaks_no_more(ends):
    kept, gone = "9-2. Age. No minor may buy kratom.", "9-3. Tests. Each batch is tested."
    text = extract(f"CHAPTER 9. KRATOM\n\n{kept}\n\n{gone}\n\nTwice.\n\n{ends}".encode())
    on = [one.text for one in text.passages if one.in_force(ON) and one.kind != "heading"]
    assert on == [kept, ends]
    permit = "9-4. End. A permit under section 9-3 expires on June 30, 2024."
    text = extract(f"{kept}\n\n{gone}\n\n{permit}".encode())
    assert all(one.in_force(ON) for one in text.passages)


@pytest.mark.parametrize(
    "opens",
    [
        "Until 1 May 2025, these are controlled drugs:", "(1) Until May 1, 2025 no person shall sell:",
        "(1) Through April 30, 2025, the following are banned:",
    ],
)  # fmt: skip
def test_what_held_until_a_day_is_law_no_more_with_all_that_it_opens(opens):
    body = ("<h2>12-7. For a time.</h2>", opens, "(a) heroin;", "(b) kratom.")
    assert spoken(*body) == []
    assert spoken(*body, on=date(2025, 4, 30)) == list(body[1:])


@pytest.mark.parametrize(
    "ends",
    [
        "Diese Verordnung tritt am 1. Mai 2019 in Kraft. Sie tritt mit Ablauf des 30. April 2025 außer Kraft.",
        "Dieses Gesetz tritt am 1. Mai 2025 außer Kraft.",
        "Diese Verordnung tritt am 1. Mai 2019 in Kraft und mit Ablauf des 30. April 2025 außer Kraft.",
        "Le présent arrêté cesse d'être en vigueur le 1 mai 2025.",
        "El presente decreto dejará de estar en vigor el 1 de mayo de 2025.",
        "Esta portaria deixa de vigorar em 1 de maio de 2025.",
        "Il presente decreto cessa di avere efficacia il 1 maggio 2025.",
        "Tento zákon pozbývá platnosti dnem 1. května 2025.",
        "Niniejsze rozporządzenie traci moc z dniem 1 maja 2025 r.",
    ],
)
def test_an_act_that_ends_itself_in_another_language_is_law_no_more(ends):
    body = ("<h2>§ 1</h2>", "Kratom ist verboten.", "<h2>§ 2</h2>", ends)
    assert spoken(*body) == []
    assert spoken(*body, on=date(2025, 4, 30)) == [body[1], ends]
    assert spoken(*body[:3], "Die Verordnung vom 3. Mai 2004 tritt am 1. Mai 2025 außer Kraft.")
