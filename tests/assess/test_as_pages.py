"""Every wording of the tables reads the same when it comes as a page of HTML, menus and all."""

import importlib.util
from html import escape
from pathlib import Path

import pytest

from regstatus.assess import assess
from regstatus.extract import extract


def _cases(name):
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.CASES


def _page(case):
    lines = [
        f"<!doctype html><html><head><meta charset=utf-8><title>{escape(case.title or 'Code')}</title>",
        "</head><body><nav><a href=/>Home</a> <a href=/s>Search</a></nav><main>",
    ]
    last = None
    for item in case.passages:
        headings, text, *kind = ((), item) if isinstance(item, str) else item
        if headings != last:
            lines += [f"<h{n}>{escape(words)}</h{n}>" for n, words in enumerate(headings, 2)]
            last = headings
        if kind == ["row"]:
            cells = "".join(f"<td>{escape(cell.strip())}</td>" for cell in text.split("|"))
            lines.append(f"<tr>{cells}</tr>")
        elif kind == ["item"]:
            lines.append(f"<ul><li>{escape(text)}</li></ul>")
        else:
            lines.append(f"<p>{escape(text)}</p>")
    page = "\n".join(lines)
    page = page.replace("\n<tr>", "\n<table><tr>", 1) if "<tr>" in page else page
    return f"{page}</main><footer>State Legislature</footer></body></html>".encode()


@pytest.mark.parametrize(
    "case",
    [*_cases("test_us_statutes"), *_cases("test_other_countries")],
    ids=lambda case: case.name,
)
def test_a_page_of_html_reads_like_its_passages(case, day):
    finding = assess(extract(_page(case), name="page.html"), on=day)
    assert finding.readable, finding.problems
    assert {k: finding.says(k) for k in case.says} == case.says
    assert (finding.minimum_age.years if finding.minimum_age else None) == case.age
    assert tuple(str(cap) for cap in finding.caps) == case.caps
    assert {(str(p.activity), str(p.substance)) for p in finding.prohibitions} >= set(case.bans)
    assert bool(finding.prohibitions) == bool(case.bans)
    if case.schedule is not None:
        assert finding.schedule == case.schedule
