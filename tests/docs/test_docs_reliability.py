"""docs/reliability.md names tests that exist, and its figures are those of the suite."""

import ast

from tests.faults.kinds import KINDS
from tests.faults.matrix import CASES, CORE, OF_A_FORM, ONE, RIGHT
from tests.proof import suite
from tests.support.pages import ROOT, Page, codes, first_codes

RELIABILITY = Page("docs/reliability.md", "docs/reliability-service.md")
NAMED = [span for span in RELIABILITY.spans() if "::" in span]


def functions(path):
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_every_test_that_the_page_names_exists():
    missing = [
        span
        for span in NAMED
        if not (ROOT / span.partition("::")[0]).exists()
        or span.partition("::")[2] not in functions(span.partition("::")[0])
    ]
    assert missing == []
    assert len(NAMED) > 40


def test_every_promise_names_a_test():
    promises = [(text, below) for text, below in RELIABILITY.items() if text.endswith(":")]
    assert len(promises) > 40
    for promise, tests in promises:
        assert [span for span in codes(tests) if "::" in span], promise


def test_the_figures_are_those_of_the_suite():
    told = dict(RELIABILITY.table("The fault suite", "Figure"))
    assert {name: int(number) for name, number in told.items()} == {
        "cases": len(CASES),
        "kinds of document": len(KINDS),
        "faults that every kind meets": len(CORE),
        "further faults of one page of law": len(ONE),
        "faults that only one form of document can have": sum(map(len, OF_A_FORM.values())),
        "cases in which the document must be read all the same": sum(
            case.outcomes == {RIGHT} for case in CASES
        ),
    }
    assert first_codes(RELIABILITY.table("The fault suite", "Kind")) == list(KINDS)


def test_the_figures_are_those_of_the_proof_harness():
    told = dict(RELIABILITY.table("The proof harness", "Figure"))
    assert {name: int(number) for name, number in told.items()} == {
        "cases": len(suite.CASES),
        "later pages that prove nothing": sum(not case.good for case in suite.CASES),
        "later pages that are good": sum(case.good for case in suite.CASES),
        "languages": len(suite.LANGUAGES),
        "forms of document": len(suite.FORMS),
        "cases that are known to go wrong": len(suite.KNOWN),
    }
    assert first_codes(RELIABILITY.table("The proof harness", "Family")) == list(suite.FAMILIES)
