"""Deletions that an act prints in square brackets."""

import pytest

from regstatus.extract import extract

HEAD = "AN ACT relating to botanicals.\n\nSection 1. RS 12.30 is amended to read as follows:\n\n"
HABIT = (
    "A dealer[or vendor] shall keep records for six[two] years and show[produce] them to the "
    "board[, the cabinet,] or its agent[ on demand].\n\n"
)


def words(body: str) -> str:
    return " ".join(
        passage.text for passage in extract(body.encode()).passages if not passage.repealed
    )


def test_words_in_brackets_behind_words_are_deleted() -> None:
    assert "for six years and show them to the board or its agent." in words(HEAD + HABIT)


def test_a_deletion_reaches_over_paragraphs() -> None:
    read = words(
        HEAD
        + HABIT
        + "(2) No person shall sell kratom[ that:\n\n(a) Is synthetic; or\n\n(b) Is unlabeled].\n\n"
        + "(3) The board shall meet."
    )
    assert "sell kratom" in read
    assert "The board shall meet." in read
    assert "synthetic" not in read
    assert "unlabeled" not in read


def test_brackets_that_the_act_explains_are_deletions() -> None:
    told = "EXPLANATION: Matter in italics is new; matter in brackets [ ] is old law to be omitted.\n\n"
    assert "under 21 years" in words(
        told + "§ 1. No person shall sell kratom to one under [18] 21 years."
    )


@pytest.mark.parametrize(
    "body",
    [
        HEAD
        + "1-[1-(2-phenylethyl)-4-piperidyl]amine, benzo[b]furan and naphtho[2,3-d]oxazole are "
        "controlled[1], as are esters[s] thereof and what the board [in its wisdom] adds.",
        HABIT,
    ],
)
def test_other_brackets_are_not(body: str) -> None:
    assert "[" in words(body)
    assert not extract(body.encode()).problems


@pytest.mark.parametrize(
    "body",
    [
        HEAD + "No person shall sell kratom[ to an individual under 21 years of age].",
        HEAD + HABIT + "No person shall sell kratom[ to a minor.",
        HEAD + HABIT + "No person shall sell kratom to a minor].",
    ],
)
def test_what_cannot_be_proven_is_doubted(body: str) -> None:
    assert "deleted" in extract(body.encode()).problems[0]
