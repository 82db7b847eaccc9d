"""Limits of an alkaloid in tables: cells over rows and columns, heads in two rows, rows turned to columns."""

import pytest

from regstatus.pipeline.page_reader.inspection import inspect
from tests.support.make import TODAY

ACT = "<h1>Kratom Products Order</h1><h2>Schedule of limits</h2><p>The maximum amounts are:</p>"


def cap(body, name="a.html"):
    return inspect(body.encode(), name=name, on=TODAY)["seven_oh_cap"]


def table(*rows):
    return f"{ACT}<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


TABLES = {
    "a name over two rows": table(
        "<th>Alkaloid</th><th>Taken</th><th>Amount</th>",
        "<td rowspan=2>Mitragynine</td><td>per serving</td><td>20 mg</td>",
        "<td>per day</td><td>60 mg</td>",
        "<td rowspan=2>7-hydroxymitragynine</td><td>per serving</td><td>1 mg</td>",
        "<td>per day</td><td>3 mg</td>",
    ),
    "a product over two rows": table(
        "<th>Product</th><th>Alkaloid</th><th>Per serving</th><th>Per day</th>",
        "<td rowspan=2>Leaf</td><td>Mitragynine</td><td>20 mg</td><td>60 mg</td>",
        "<td>7-hydroxymitragynine</td><td>1 mg</td><td>3 mg</td>",
    ),
    "heads over two columns": table(
        "<th rowspan=2>Product</th><th colspan=2>Mitragynine</th><th colspan=2>7-OH</th>",
        "<th>per serving</th><th>per day</th><th>per serving</th><th>per day</th>",
        "<td>Kratom tea</td><td>20 mg</td><td>60 mg</td><td>1 mg</td><td>3 mg</td>",
    ),
    "alkaloids as heads": table(
        "<th></th><th>Mitragynine</th><th>7-hydroxymitragynine</th>",
        "<th>Each serving</th><td>20 mg</td><td>1 mg</td>",
        "<th>Each day</th><td>60 mg</td><td>3 mg</td>",
    ),
    "units in the heads": table(
        "<th>Alkaloid</th><th>per serving (mg)</th><th>per day (mg)</th>",
        "<td>Mitragynine</td><td>20</td><td>60</td>",
        "<td>7-hydroxymitragynine</td><td>1</td><td>3</td>",
    ),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_cell_counts_for_its_column_and_for_all_rows_that_it_covers(name):
    assert cap(TABLES[name]) == "1 mg/serving; 3 mg/day"


def test_a_cell_over_rows_of_xml_does_as_much():
    rows = (
        "<row><entry morerows='1'>7-hydroxymitragynine</entry><entry>per serving</entry>"
        "<entry>1 mg</entry></row><row><entry>per day</entry><entry>3 mg</entry></row>"
    )
    body = (
        "<act><section><heading>Maximum amounts of kratom products</heading><table><tgroup><tbody>"
        f"{rows}</tbody></tgroup></table></section></act>"
    )
    assert cap(body, "a.xml") == "1 mg/serving; 3 mg/day"


def test_a_cell_ends_with_its_table():
    first = "<tr><td rowspan=9>7-hydroxymitragynine</td><td>per day</td><td>3 mg</td></tr>"
    other = "<tr><td>Caffeine</td><td>per day</td><td>300 mg</td></tr>"
    assert cap(f"{ACT}<table>{first}</table><table>{other}</table>") == "3 mg/day"


@pytest.mark.parametrize(
    "rule",
    [
        "may differ by no more than 10 percent from the amount found",
        "shall not vary by more than 10 percent from what is found",
        "must not deviate from the amount found by more than 10 percent",
    ],
)
def test_what_a_label_may_be_off_by_is_no_limit(rule):
    body = (
        f"{ACT}<p>The amount of 7-hydroxymitragynine on the label of a kratom product {rule}.</p>"
    )
    assert cap(body) is None
