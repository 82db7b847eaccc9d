"""What ships: the snapshot that the project's own code makes from its own source files."""

import os
import shutil
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import pytest

from regstatus.model.canonical import digest, snapshot_bytes
from regstatus.model.record import Record
from regstatus.pipeline.update import assemble
from regstatus.store.reader import Store
from regstatus.store.verify import verify

ROOT = Path(__file__).parents[2]
FIRST = {
    "US", "US-AL", "US-CA", "US-CA/san-diego", "US-DC", "US-GA", "US-KY", "US-TN", "US-TX", "US-WI",
    "GB", "DE", "CZ", "SE", "TH",
}  # fmt: skip


@pytest.fixture(scope="module")
def shipped():
    return Store(ROOT / "snapshots").load()


def test_the_shipped_store_is_sound():
    assert verify(ROOT / "snapshots") == []


def test_the_shipped_snapshot_says_what_the_source_files_say(shipped, catalogue):
    day = date.fromisoformat(shipped.created[:10])
    records = assemble(catalogue, {}, {}, day)
    made = snapshot_bytes({key: record.to_json() for key, record in records.items()})
    assert digest(made) == shipped.digest, "run `make snapshot` after editing sources/"


@pytest.mark.skipif(shutil.which("git") is None, reason="no git here")
@pytest.mark.parametrize(
    "settings",
    [("core.autocrlf=true",), ("text eol=crlf",), ("text=auto eol=crlf",)],
)
def test_a_checkout_that_turns_line_ends_holds_the_bytes_that_were_sealed(tmp_path, settings):
    mine, theirs = tmp_path / "mine", tmp_path / "theirs"
    for name in ("snapshots", "sources"):
        shutil.copytree(ROOT / name, mine / name, ignore=shutil.ignore_patterns(".lock"))
    shutil.copy(ROOT / ".gitattributes", mine)
    anyone = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    for order in (["init", "-q"], ["add", "--all"], [*anyone, "commit", "-q", "-m", "all"]):
        subprocess.run(["git", "-C", mine, *order], check=True)
    if "=crlf" in settings[0]:  # what a person wrote for all repositories of the machine
        (tmp_path / "attributes").write_text(f"* {settings[0]}\n", encoding="utf-8")
        settings = (f"core.attributesFile={tmp_path / 'attributes'}", "core.autocrlf=true")
    given = [word for setting in settings for word in ("-c", setting)]
    subprocess.run(["git", *given, "clone", "-q", mine, theirs, *given], check=True)
    assert verify(theirs / "snapshots") == []
    for file in (theirs / "sources").rglob("*.toml"):
        assert file.read_bytes() == (ROOT / file.relative_to(theirs)).read_bytes()


def test_every_shipped_record_is_of_the_published_form(shipped):
    for record in shipped.records():
        assert Record.model_validate(record).to_json() == record


def test_the_first_sources_are_all_there(shipped):
    assert set(shipped.ids) >= FIRST


def test_nothing_shipped_claims_to_have_been_fetched_and_official_texts_are_attested(shipped):
    for record in shipped.records():
        assert not record["read_officially"]
        assert {document["verdict"] for document in record["documents"].values()} <= {None}
        grades = {grade for period in record["timeline"] for grade in period["grades"].values()}
        assert record["attestations"] or "official_text" not in grades
    assert not any(clock.get("verified_at") for clock in shipped.ledger.values())


def test_a_wheel_answers_at_once_with_nothing_beside_it(tmp_path):
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT, check=True, capture_output=True,
    )  # fmt: skip
    [wheel] = tmp_path.glob("*.whl")
    site = tmp_path / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    names = {path.relative_to(site).as_posix() for path in site.rglob("*")}
    assert "regstatus/_data/snapshots/index.json" in names
    assert "regstatus/_data/sources/us/tx.toml" in names
    assert "regstatus/py.typed" in names
    assert {
        f"regstatus/model/languages/{name}" for name in ("all.json", "en.toml", "th.toml")
    } <= names
    home = tmp_path / "home"
    home.mkdir()
    env = {k: v for k, v in os.environ.items() if not k.startswith(("REGSTATUS", "XDG"))}
    done = subprocess.run(
        [sys.executable, "-c", "from regstatus.cli import main; main(['lookup', 'alabama'])"],
        cwd=tmp_path, env={**env, "PYTHONPATH": str(site), "HOME": str(home)},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "Alabama (US-AL)" in done.stdout
    assert "BANNED" in done.stdout
