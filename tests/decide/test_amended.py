"""Several entries in one passage: an entry for another drug says nothing new, all else does."""

import pytest

from tests.decide.test_difference import CHAPTER, HEADINGS, LAW, LIST, SCHEDULE, told, with_line

TOP, END = SCHEDULE[:12], SCHEDULE[12:]
ROWS = {
    "brackets": "Heroin (diacetylmorphine) Mescaline (a phenethylamine) Mitragynine (9-methoxy) Peyote",
    "semicolons": "Heroin; Mescaline; Kratom, all parts of the plant; Peyote;",
    "cells": "Heroin | 0,001 g | 1 g Mescaline | 1 g | 5 g Kratom | 1 g | 5 g Peyote | 2 g",
    "codes": "9053 07-19-1971 Codeine 9200 07-19-1971 Heroin 9201 05-01-2016 Mitragynine 9202 Peyote",
}


def rows(row):
    return [*TOP, row, *END]


def put(row, behind, words):
    assert row.count(behind) == 1
    return row.replace(behind, f"{behind} {words}")


@pytest.mark.parametrize(
    ("row", "behind", "words"),
    [
        ("brackets", "(diacetylmorphine)", "Brorphine (an opioid)"),
        ("brackets", "phenethylamine)", "Metonitazene (nitazene)"),
        ("brackets", "(9-methoxy)", "Xylazine (a sedative)"),
        ("semicolons", "Heroin;", "Brorphine;"),
        ("semicolons", "Mescaline;", "Protonitazene (an opioid);"),
        ("semicolons", "plant;", "Carfentanil;"),
        ("cells", "0,001 g | 1 g", "Brorphine | 0,1 g | 1 g"),
        ("codes", "Heroin", "9200 07-19-1971 Brorphine"),
        ("codes", "Codeine", "9054 01-02-2020 Etazene"),
    ],
)  # fmt: skip
def test_an_entry_for_another_drug_between_those_of_one_passage_says_nothing_new(
    row, behind, words
):
    found = told(LIST, rows(ROWS[row]), rows(put(ROWS[row], behind, words)))
    assert found.new == found.lost == ()


@pytest.mark.parametrize(
    "now",
    [
        [
            "Peyotl Peyote Eriline (Kratom) Heroiin Heroin",
            "Brorfiin Heroin Mitraginiin Mitragynine",
        ],
        [
            "Peyotl Peyote",
            "Mescalin Mescaline Eriline (Kratom) Heroiin Heroin Mitraginiin Mitragynine",
        ],
        ["Peyotl Peyote Eriline (Kratom) Heroiin", "Brorfiin", "Heroin Mitraginiin Mitragynine"],
    ],
)
def test_nor_does_one_that_moves_the_border_between_two_passages(now):
    was = ["Peyotl Peyote Eriline (Kratom) Heroiin Heroin Mitraginiin Mitragynine"]
    found = told(LIST, [*TOP, *was, *END], [*TOP, *now, *END])
    assert found.new == found.lost == ()


@pytest.mark.parametrize(
    ("row", "behind", "words"),
    [
        ("brackets", "phenethylamine)", "Synthetic"),
        ("brackets", "phenethylamine)", "Except:"),
        ("brackets", "phenethylamine)", "Salts of (pure)"),
        ("brackets", "(9-methoxy)", "(synthetic only)"),
        ("brackets", "(9-methoxy)", "Kr\u0430tom (a tree)"),
        ("semicolons", "Mescaline;", "Schedule V;"),
        ("semicolons", "Mescaline;", "Repealed;"),
        ("semicolons", "Mescaline;", "the following are not controlled when sold to adults;"),
        ("semicolons", "Kratom,", "Synthetic,"),
        ("cells", "1 g | 5 g Kratom", "extract"),
        ("cells", "Mescaline | 1 g", "0,5 %"),
        ("codes", "05-01-2016", "Synthetic"),
        ("codes", "Mitragynine", "Removed"),
    ],
)
def test_words_that_may_belong_to_an_entry_with_a_name_are_new(row, behind, words):
    assert told(LIST, rows(ROWS[row]), rows(put(ROWS[row], behind, words))).new


LEAVES = ["(1) Heroin;", "(2) Furethidine;", "(3) Ketobemidone;", "(4) Kratom;", "(5) Peyote;"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Furethidine;", "[Repealed];"),
        ("Furethidine;", "[Reserved]"),
        ("Ketobemidone;", "(Deleted)"),
        ("Peyote;", "[Repealed by Order 12 of 2026];"),
        ("Psilocybe", "Rescinded."),
    ],
)
@pytest.mark.parametrize("before", [[], ["(8) [Repealed];", "(9) Etonitazene;"]])
def test_what_is_left_of_an_entry_for_another_drug_says_nothing_new(old, new, before):
    was = [*TOP, *before, *LEAVES, "(6) Psilocybe", "(7) Thebaine", *END]
    found = told(LIST, was, [line.replace(old, new) for line in was])
    assert found.new == found.lost == ()


@pytest.mark.parametrize(
    "now",
    [
        with_line(SCHEDULE, 2, "[Repealed]"),
        with_line(SCHEDULE, 12, "(1) [Repealed];"),
        [*SCHEDULE[:1], "[Repealed]", *SCHEDULE[2:]],
        [line.replace("Heroin", "[Repealed]") for line in SCHEDULE],
    ],
)
def test_a_mark_that_stands_for_no_entry_or_for_a_control_is_told(now):
    found = told(LIST, SCHEDULE, now)
    assert found.new or found.lost


def test_a_provision_or_a_name_that_was_struck_is_told():
    was = [*TOP, *LEAVES, *END]
    assert told(LIST, was, [line.replace("Kratom;", "[Repealed];") for line in was]).lost
    law = [line.replace("It is a misdemeanor to hide one.", "(9) [Repealed]") for line in LAW]
    found = told(CHAPTER, LAW, law, HEADINGS)
    assert found.new or found.lost
