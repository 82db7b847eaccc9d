"""docs/cli.md names every command, option and exit status; every command line in the pages is understood."""

from __future__ import annotations

import argparse
import re
import shlex

import pytest

from regstatus.cli import COMMANDS, parser
from tests.support.pages import Page, codes, first_codes, pages

CLI = Page("docs/cli.md", "docs/cli-runs.md", "docs/first-run.md", "docs/assistants.md")


def subcommands(command):
    """Name and parser of each command below one, if it has any."""
    for action in command._actions:
        if isinstance(action, argparse._SubParsersAction):
            yield from action.choices.items()


def leaves():
    for name, command in subcommands(parser()):
        below = list(subcommands(command))
        yield from (
            ((f"{name} {sub}", found) for sub, found in below) if below else [(name, command)]
        )


def told_options(name):
    rows = CLI.table(name, "Option")
    return {code.split()[0].split("=")[0]: row[1] for row in rows for code in codes(row[0])}


LEAVES = list(leaves())


@pytest.mark.parametrize(("name", "command"), LEAVES, ids=[name for name, _ in LEAVES])
def test_every_option_of_a_command_is_documented_and_no_other(name, command):
    told = told_options(name)
    real = {}
    for action in command._actions:
        if not isinstance(action, argparse._HelpAction):
            long = [option for option in action.option_strings if option.startswith("--")]
            real[long[0] if long else action.metavar or action.dest.upper()] = action
    assert sorted(told) == sorted(real)
    for key, action in real.items():
        if action.choices:
            assert set(codes(told[key])) >= set(action.choices), key


def test_every_command_and_exit_status_is_documented_and_no_other():
    table = CLI.table("The command line", "Command")
    assert {row[0].split("`")[1]: row[1] for row in table}.keys() == {*COMMANDS}
    real = {int(found) for found in re.findall(r"^ {2}(\d+) ", parser().epilog, re.MULTILINE)}
    told = {int(code) for code in first_codes(CLI.table("Exit statuses", "Status"))}
    assert told == real
    assert len(real) >= 8


def parses(line):
    """Whether a command line is understood; what the shell would do with it is cut off."""
    argv = shlex.split(re.split(r"\s(?:[|>]|&&)\s", line)[0], comments=True)
    try:
        parser().parse_args(argv[1:])
    except SystemExit as end:
        return end.code == 0
    return True


@pytest.mark.parametrize("name", list(COMMANDS))
def test_the_help_of_a_command_has_examples_that_are_understood(name):
    shown = dict(subcommands(parser()))[name].description.partition("examples:\n")[2]
    lines = [line.strip() for line in shown.splitlines() if line.strip()]
    assert lines
    assert [line for line in lines if not line.startswith(f"regstatus {name}")] == []
    assert [line for line in lines if not parses(line)] == []


def test_every_command_line_in_the_pages_is_understood(capsys):
    lines = [(page.name, line) for page in pages() for line in page.command_lines()]
    assert len(lines) >= len(COMMANDS)
    assert [item for item in lines if not parses(item[1])] == []
    assert not parses("regstatus lookup --no-such-option x")


def test_commands_and_options_named_in_passing_exist():
    real = dict(LEAVES)
    options = {name: set(command._option_string_actions) for name, command in LEAVES}
    for name in COMMANDS:
        options.setdefault(
            name, set().union(*(o for key, o in options.items() if key.startswith(f"{name} ")))
        )
    seen = 0
    for page in pages():
        for span in page.spans():
            if not span.startswith("regstatus ") or not re.match(r"regstatus [a-z]", span):
                continue
            seen += 1
            name, *rest = re.split(r"\s+", span.removeprefix("regstatus "))
            assert name in COMMANDS, f"{page.name}: {span}"
            if rest and f"{name} {rest[0]}" in real:
                name = f"{name} {rest[0]}"
            flags = {word.split("=")[0] for word in rest if word.startswith("--")}
            assert flags <= options[name] | {"--help"}, f"{page.name}: {span}"
    assert seen > 10
