"""Compare the reading of real documents with what each truly says.

    python tools/measure_reading.py FOLDER

`tests/assess/documents.csv` has one line for each document: where a public copy is, its digest, and
the right values, written down by a person before it was read here (`?x` is a duty that may be told
or left out), and for those that came later how they were read at `first`. The texts are not kept: the
folder may hold any of them, under any names, and what is not there is left out. `outcome` in the table is
written anew for those that are there.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from datetime import date
from hashlib import sha256
from pathlib import Path

from regstatus.base.errors import ReadingError
from regstatus.extract import extract
from regstatus.model.finding import Finding
from regstatus.model.law import Substance
from regstatus.pipeline.page_reader.inspection import finding_of

TABLE = Path(__file__).parent.parent / "tests" / "assess" / "documents.csv"
LISTS = ("schedule", "minimum_age", "duties", "cap")
"""What makes a reading only partly right."""

Row = dict[str, str]


def rows() -> list[Row]:
    """The lines of the table, in its order."""
    with TABLE.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def found_in(folder: Path) -> dict[str, Path]:
    """The files of a folder, by their digest."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {sha256(path.read_bytes()).hexdigest(): path for path in files}


def reading(row: Row, path: Path) -> Finding:
    """What a document says on its day; one that cannot be read says why."""
    name = row["path"].rsplit("/", 1)[-1]
    try:
        return finding_of(extract(path.read_bytes(), name=name), date.fromisoformat(row["on"]))
    except ReadingError as error:
        return Finding(readable=False, problems=(str(error),))


def said(finding: Finding) -> Row:
    """A finding in the words of the table."""
    return {
        "readable": "yes" if finding.readable else "no",
        **{name.replace("7-oh", "seven_oh"): finding.says(name) for name in Substance},
        "schedule": finding.schedule or "",
        "minimum_age": str(finding.minimum_age.years) if finding.minimum_age else "",
        "duties": " ".join(sorted(duty.name for duty in finding.duties)),
        "cap": finding.seven_oh_cap or "",
    }


def _fits(right: str, got: str) -> bool:
    """Whether the duties that were told are those that must be, and no others than may be."""
    must = {word for word in right.split() if not word.startswith("?")}
    return must <= {*got.split()} <= must | {word.lstrip("?") for word in right.split()}


def faults(row: Row, finding: Finding) -> dict[str, tuple[str, str]]:
    """The fields in which a finding is not right, with what is right and what was found."""
    got = said(finding)
    wrong = {
        name: (row[name], value)
        for name, value in got.items()
        if row[name] != "either" and not {value, "*"} & {*row[name].split("|")}
    }
    if "duties" in wrong and any(_fits(one, got["duties"]) for one in row["duties"].split("|")):
        del wrong["duties"]
    if not finding.readable:
        # Nothing is concluded from it: what it may name is no answer. A bill says that it is none.
        if "readable" not in wrong or (row["bill"] and row["readable"] == "yes"):
            return {}
        return {"readable": wrong["readable"]}
    return wrong


def outcome(row: Row, finding: Finding) -> str:
    """`right`, `partly` or `wrong`."""
    wrong = faults(row, finding)
    return "right" if not wrong else "partly" if wrong.keys() <= {*LISTS} else "wrong"


def main() -> int:
    """Read what is there, tell each fault, and write the outcomes."""
    files, table = found_in(Path(sys.argv[1])), rows()
    counts: Counter[str] = Counter()
    for row in table:
        if path := files.get(row["sha256"]):
            finding = reading(row, path)
            row["outcome"] = outcome(row, finding)
            counts[row["outcome"]] += 1
            for field, (right, got) in faults(row, finding).items():
                print(
                    f"{row['outcome']:6} {row['id']} {field}: {got or '-'}, right is {right or '-'}"
                )
    print(", ".join(f"{counts[name]} {name}" for name in ("right", "partly", "wrong")))
    with TABLE.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, table[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
