"""What a release and a container are made from fits what is there."""

from __future__ import annotations

import re
import shlex
import tomllib

import pytest
import yaml

from regstatus.cli import COMMANDS, parser
from tests.support.pages import ROOT, tool

release = tool("prepare_release")
HOME = "https://example.org/owner/regstatus"


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


def test_links_of_the_readme_lead_to_files_of_the_tag_and_others_stay():
    before, after = read("README.md"), release.absolute(read("README.md"), HOME, "v1")
    links = re.findall(r"\]\((.+?)\)", before)
    for was, now in zip(links, re.findall(r"\]\((.+?)\)", after), strict=True):
        assert now == (was if was.startswith("https:") else f"{HOME}/blob/v1/{was}")
    assert len(links) > 10


def test_a_release_has_its_addresses_and_another_tag_is_refused():
    settings = tomllib.loads(read("pyproject.toml"))["project"]
    tag = f"v{settings['version']}"
    made = tomllib.loads(release.with_addresses(read("pyproject.toml"), HOME, tag))["project"]
    assert made["urls"]["Issues"] == f"{HOME}/issues"
    assert made.keys() - {"urls"} == settings.keys()
    with pytest.raises(SystemExit, match="is not the version"):
        release.with_addresses(read("pyproject.toml"), HOME, "v99.0")


def test_every_action_of_the_workflows_is_pinned_by_digest():
    files = [*(ROOT / ".github" / "workflows").glob("*.yml")]
    used = [line for file in files for line in re.findall(r"uses: (.+)", file.read_text("utf-8"))]
    assert len(used) > 4
    assert [one for one in used if not re.match(r"[\w./-]+@[0-9a-f]{40}  # v\d", one)] == []


def test_the_container_runs_a_command_that_is_understood_and_as_nobody_in_particular():
    lines = read("Dockerfile").splitlines()
    command = yaml.safe_load(next(line for line in lines if line.startswith("CMD"))[4:])
    composed = yaml.safe_load(read("compose.yaml"))["services"]["regstatus"]
    assert command == composed["command"]
    assert parser().parse_args(command).host == "0.0.0.0"
    assert "USER 10001" in lines
    assert [line for line in lines if line.startswith(("VOLUME", "HEALTHCHECK"))][1:]
    wanted = [line[1:] for line in read(".dockerignore").splitlines() if line.startswith("!")]
    assert {"regstatus", "snapshots", "sources", "pyproject.toml"} <= {*wanted}


def test_forms_of_issues_ask_for_what_contributing_asks_for():
    for name in ("record", "fault"):
        form = yaml.safe_load(read(f".github/ISSUE_TEMPLATE/{name}.yml"))
        assert form["name"]
        assert all(item["validations"]["required"] for item in form["body"])
    assert "regstatus cite" in read(".github/ISSUE_TEMPLATE/record.yml")


@pytest.mark.parametrize("form", ["fish", "man"])
def test_completion_for_fish_and_the_manual_know_every_command_and_option(form, capsys):
    from regstatus.cli import main

    assert main(["completion", form]) == 0
    said = capsys.readouterr().out
    for name in COMMANDS:
        assert (f"-a {name} -d" if form == "fish" else f".SH {name.upper()}\n") in said
    if form == "fish":
        for line in said.splitlines():
            assert shlex.split(line.replace("\\'", ""))[:3] == ["complete", "-c", "regstatus"]
        assert "'__fish_seen_subcommand_from lookup' -l on -r" in said
        assert "__fish_seen_subcommand_from sources; and __fish_seen_subcommand_from check'" in said
