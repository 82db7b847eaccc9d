"""The file of settings: faults name file, line, key and remedy, and no secret stands in it."""

import pytest

from regstatus.base.errors import SettingsError
from regstatus.report.notify.config import check_text, fill, load_file
from tests.support.pages import Page

HOOK = '[[targets]]\nwebhook = "https://hooks.example.org/x"\nsecret_env = "KEY"\n'


def fault(text):
    with pytest.raises(SettingsError) as found:
        check_text(text, "notify.toml")
    return str(found.value)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "targets: Field required"),
        ("targets = []", 1, "at least one"),
        ("colour = 1\n" + HOOK, 1, "colour: unknown key; see docs/notify.md"),
        (HOOK + 'colour = "red"\n', 4, "targets[0].colour: unknown key"),
        ("[[targets]]\n", 1, "either apprise = or webhook ="),
        (HOOK + 'apprise = "json://localhost"\n', 1, "either apprise = or webhook ="),
        ('[[targets]]\nwebhook = "https://x.org/"\n', 1, "secret_env is missing"),
        (HOOK.replace("https", "http"), 1, "begin with https://"),
        (HOOK.replace("hooks.example.org", "127.0.0.1"), 1, "allow_private = true"),
        (HOOK.replace("hooks.example.org", "me:pw@x.org"), 2, "user name or password"),
        (HOOK.replace("hooks.example.org", "{env:HOST}"), 2, "host must stand in the file"),
        (HOOK.replace("/x", "/{env:}"), 2, "{env:NAME}"),
        (HOOK + 'kinds = ["status"]\n', 4, "no kind of event"),
        (HOOK + 'substances = ["tea"]\n', 4, "leaf"),
        (HOOK + 'jurisdictions = ["US-TZ"]\n', 4, "US-*"),
        (HOOK + 'minimum = "loud"\n', 4, "'low', 'medium' or 'high'"),
        (HOOK + 'name = "My Target"\n', 4, "pattern"),
        (HOOK + 'base_url = "me.example"\n', 4, "not an address of pages"),
        (HOOK + HOOK, 4, "give each its own name"),
        ('[[targets]]\napprise = "someone@example.org"\n', 2, "mailto://"),
        ('[[targets]]\napprise = "slack://T1/B1/abcdef"\n', 2, "carries a secret"),
        ('[[targets]]\napprise = "mailto://me:hunter2@example.org"\n', 2, "password stands in"),
        ('[[targets]]\napprise = "mailto://example.org?pass=hunter2"\n', 2, "password stands in"),
        ('[[targets]]\napprise = "json://localhost"\nsecret_env = "K"\n', 1, "webhook = alone"),
        ("[[targets]\n", 1, "not valid TOML"),
    ],
)
def test_a_fault_names_file_line_key_and_remedy(text, line, words):
    found = fault(text)
    assert found.startswith(f"notify.toml:{line}: ")
    assert words in found
    assert "hunter2" not in found
    assert "abcdef" not in found


def test_every_fault_of_a_file_is_told_at_once():
    assert len(fault(HOOK + 'kinds = ["x"]\nminimum = "y"\n').splitlines()) == 2


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    with pytest.raises(SettingsError, match="cannot be read: No such file"):
        load_file(tmp_path / "none.toml")
    (tmp_path / "bad.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(SettingsError, match="not UTF-8"):
        load_file(tmp_path / "bad.toml")


@pytest.mark.parametrize(
    ("target", "label"),
    [
        (HOOK, "hooks.example.org"),
        (HOOK + 'name = "mine"\n', "mine"),
        ('[[targets]]\napprise = "{env:CHAT_URL}"\n', "chat_url"),
        ('[[targets]]\napprise = "slack://{env:TOKEN}"\n', "slack"),
        ('[[targets]]\napprise = "mailto://{env:U}:{env:P}@example.org"\n', "mailto"),
    ],
)
def test_a_target_is_called_by_nothing_that_may_be_secret(target, label):
    assert check_text(target, "x").targets[0].label == label


def test_a_name_of_a_place_becomes_its_id_and_patterns_stay():
    text = HOOK + 'jurisdictions = ["US-TX", "US-*", "US-CA/san-diego"]\n'
    assert check_text(text, "x").targets[0].jurisdictions == ("US-TX", "US-*", "US-CA/san-diego")


def test_a_secret_is_quoted_inside_an_address_and_alone_is_all_of_it():
    assert fill("mailto://{env:U}:{env:P}@x.org", {"U": "a", "P": "p@s/s"}) == (
        "mailto://a:p%40s%2Fs@x.org"
    )
    assert fill("{env:U}", {"U": "slack://a/b/c"}) == "slack://a/b/c"


def test_every_file_shown_in_the_pages_is_sound():
    blocks = Page("docs/notify.md").blocks("toml")
    assert blocks
    for block in blocks:
        assert check_text(block, "docs/notify.md").targets
