"""What no run could use is refused when it is read, at every door: file, line, key and remedy."""

import json
import os
import socket
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from regstatus.base.errors import SettingsError, SourceFileError
from regstatus.catalog.sources import check_text, load_catalog, load_file
from regstatus.cli import main
from regstatus.fetch.hosts.adapters import ADAPTERS
from regstatus.model.adapter_params import DECLARED
from regstatus.pipeline.update import Options, update
from regstatus.report.notify.config import load_file as load_notify
from tests.support.make import FEDERAL, NOON, TEXAS

ROOT = Path(__file__).parents[2]
URL = 'url = "https://statutes.example.gov/HS.481.htm"'
SCHEDULE = 'reads = "schedule"'
CONTROLS = 'controls = ["heroin", "psilocybin"]'
ON = NOON.date()


def refused(old, new, base=TEXAS, on=ON):
    """The fault of a file, whose line is that of the changed words."""
    text = base.replace(old, new, 1)
    assert text != base
    with pytest.raises(SourceFileError) as error:
        check_text(text, "tx.toml", on=on)
    told = str(error.value)
    line = text[: text.index(new)].count("\n") + 1
    lines = range(line, line + new.count("\n") + 1)
    assert any(told.startswith(f"tx.toml:{number}: ") for number in lines), told
    return told.partition(": ")[2]


# Addresses.

UNFIT = [
    "https:///path", "https://?q=1", "https://user@host.example.gov/", "https://:x@a.example.gov/",
    "https://a.example.gov:0/", "https://a.example.gov:99999/", "https://a.example.gov:http/",
    "https://10.1.2.3/law", "https://[fd00::1]/", "https://127.1/", "https://2130706433/",
    "https://printer.local/", "https://intranet/law", "https://a b.example.gov/",
    "https://a.example.gov/two words", "https://a.example.gov/tab\\tbed", "https://-a.example.gov/",
    "https://a..example.gov/", f"https://{'a' * 64}.example.gov/", "https://exa%6dple.gov/",
    "https://a.example.gov/?k={env:}", "https://a.example.gov/?k={env:A B}",
    "https://a.example.gov/?k={env:KEY", "https://a.example.gov/?k={ENV:KEY}",
    "https://a.example.gov\\\\@b.example.gov/", "#section-3", "file:///etc/passwd", "javascript:x",
    "https://\\u202Ea.example.gov/", "https://[::1", "https://xn--a.example.gov\\u0000/",
]  # fmt: skip


@pytest.mark.parametrize("url", UNFIT)
def test_an_address_that_cannot_work_is_refused(url):
    assert refused(URL, f'url = "{url}"').startswith("documents[1].url: ")


@pytest.mark.parametrize("url", UNFIT[::3])
def test_so_is_that_of_a_copy_an_instrument_or_a_proposal(url):
    copy = f'{URL}\ncopies = [\n{{ url = "https://b.example.gov/", url_basis = "seen" }},\n'
    copy += f'{{ url = "{url}", url_basis = "seen" }}]'
    text = TEXAS.replace(URL, copy)
    number = next(n for n, line in enumerate(text.splitlines(), 1) if url in line)
    with pytest.raises(SourceFileError, match=rf"x:{number}: documents\[1\]\.copies\[1\]\.url: "):
        check_text(text, "x", on=ON)
    here = f'effective = 2023-09-01\nurl_basis = "seen"\nurl = "{url}"'
    assert refused("effective = 2023-09-01", here).startswith("instruments[0].url: ")
    told = refused('stage = "notice', f'url = "{url}"\nstage = "notice', FEDERAL)
    assert told.startswith("pending[0].url: ")


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example.gov/?k={env:KEY}", "http://a.example.gov:8443/#p3", "https://8.8.8.8/x",
        "https://ministère.example.fr/loi", "https://a.example.gov/%7Bx%7D", "https://a.example.gov",
        "https://{env:HOST}/law", "https://a_b.example.gov/法",
    ],
)  # fmt: skip
def test_an_address_that_may_work_is_taken(url):
    assert check_text(TEXAS.replace(URL, f'url = "{url}"'), "x", on=ON).documents[1].url == url


@pytest.mark.parametrize(
    "host",
    ["https://a.example.gov", "a.example.gov/x", "a.example.gov:80", "*", "*.gov", "a b", "",
     "10.0.0.1", "localhost", "*.local", "a.*.gov", "user@a.example.gov"],
)  # fmt: skip
def test_an_allowed_host_that_is_none_is_refused(host):
    told = refused(URL, f'{URL}\nallowed_hosts = ["b.example.gov", "{host}"]')
    assert told.startswith("documents[1].allowed_hosts: ")


@pytest.mark.parametrize(
    "host", ["*.example.gov", "*.gov.uk", "*.a.example.gov", "*.example.gov.", "b.example.gov"]
)
def test_an_allowed_host_may_stand_for_all_below_it(host):
    text = TEXAS.replace(URL, f'{URL}\nallowed_hosts = ["{host}"]')
    assert check_text(text, "x", on=ON).documents[1].allowed_hosts == (host,)


# Adapters.


def test_each_adapter_says_what_it_must_be_told():
    assert set(DECLARED) == set(ADAPTERS)


@pytest.mark.parametrize(
    ("lines", "key", "says"),
    [
        ('adapter = "telepathy"', "adapter", "there are alison, boletin_oficial"),
        ('adapter = ""', "adapter", "no adapter"),
        ('adapter = "Link"\nparams = { link = "x" }', "adapter", "no adapter"),
        ('adapter = "link"', "adapter", "needs link"),
        ('adapter = "ecfr"\nparams = { title = "twenty" }', "params.title", "cannot be it"),
        ('adapter = "ecfr"\nparams = { title = "21", tite = "1" }', "params.tite", "no such"),
        ('adapter = "link"\nparams = { link = "x", pick = "best" }', "params.pick", "newest"),
        ('adapter = "paged"\nparams = { page = "p", pages = "n" }', "adapter", "needs items"),
        ('adapter = "federal_register"', "adapter", "needs term"),
        ('adapter = "fedlex"\nparams = { language = "se" }', "params.language", "de|fr"),
        ('params = { key_env = "A KEY" }', "params.key_env", "cannot be it"),
        ('params = { key_header = "X-Key" }', "params.key_header", "goes with key_env"),
        ('params = { "header.X-Key" = "{env:}" }', "params.header.X-Key", "{env:NAME}"),
        ('params = { colour = "red" }', "params.colour", "no such parameter"),
    ],
)
def test_an_adapter_that_cannot_work_is_refused(lines, key, says):
    told = refused(SCHEDULE, f"{SCHEDULE}\n{lines}")
    assert told.startswith(f"documents[1].{key}: ")
    assert says in told
    inline = lines.replace("\n", ", ")
    copies = f'copies = [{{ url = "https://b.example.gov/", url_basis = "seen", {inline} }}]'
    told = refused(SCHEDULE, f"{SCHEDULE}\n{copies}")
    assert told.startswith(f"documents[1].copies[0].{key}: ")


def test_what_works_with_every_adapter_and_api_is_taken():
    params = 'params = { key_env = "K", key_header = "X-K", "header.Accept" = "{env:A}" }'
    check_text(TEXAS.replace(SCHEDULE, f"{SCHEDULE}\n{params}"), "x", on=ON)
    lines = 'adapter = "federal_register"\nparams = { "conditions[type][]" = "RULE" }'
    check_text(TEXAS.replace(SCHEDULE, f"{SCHEDULE}\n{lines}"), "x", on=ON)


# Selectors.


@pytest.mark.parametrize(
    ("form", "select", "says"),
    [
        ("html", 'css = "p["', "not a CSS selector"),
        ("html", 'css = ">> p"', "not a CSS selector"),
        ("xml", 'css = ":nosuch(p)"', "not a CSS selector"),
        ("xml", 'xpath = "//p["', "not an XPath"),
        ("html", 'xpath = "//p[foo()]"', "not an XPath"),
        ("xml", 'xpath = "//div/akn:p"', "not an XPath"),
        ("html", 'xpath = "count(//p)"', "no element"),
        ("json", 'pointer = "data.text"', "not a JSON pointer"),
        ("json", 'pointer = "/a~2"', "not a JSON pointer"),
        ("pdf", 'css = "p"', "cannot be used on pdf"),
        ("json", 'xpath = "//p"', "cannot be used on json"),
        ("html", 'pointer = "/a"', "cannot be used on html"),
    ],
)
def test_a_selector_that_cannot_work_is_refused(form, select, says):
    told = refused(SCHEDULE, f'format = "{form}"\n{SCHEDULE}\nselect = {{ {select} }}')
    assert told.startswith(f"documents[1].select.{select.partition(' ')[0]}: ")
    assert says in told


@pytest.mark.parametrize(
    ("form", "select"),
    [
        ("html", "css = \"main > p.law:not(.note), #rule[data-x='1']\""),
        ("xml", "xpath = \"//schedule[@name='sch1']/part[position() < 3]\""),
        ("html", "xpath = \"//p[contains(normalize-space(@class), 'law')]/text()\""),
        ("json", 'pointer = "/data/0/a~1b"'),
    ],
)
def test_a_selector_that_may_work_is_taken(form, select):
    lines = f'format = "{form}"\n{SCHEDULE}\nselect = {{ {select} }}'
    check_text(TEXAS.replace(SCHEDULE, lines), "x", on=ON)


# Controls.


@pytest.mark.parametrize(
    "controls",
    [
        ["heroin", "heroin"], ["heroin", "HEROIN"], ["Heroín", "heroi n"], ["heroin", "heroin."],
        ["heroin", "heroin salts"], ["of heroin", "of  HEROIN, or"], ["heroin", "a"], ["heroin", "7"],
        ["heroin", "the"], ["heroin", "Für"], ["heroin", "--"], ["1985", "2026"], ["heroin", "法"],
        ["heroin", " et "], ["ﬁne heroin", "fine heroin"],
    ],
)  # fmt: skip
def test_controls_that_prove_nothing_are_refused(controls):
    told = refused(CONTROLS, f"controls = {controls!r}".replace("'", '"'))
    assert told.startswith("documents[1].controls: ")


@pytest.mark.parametrize(
    "controls",
    [["heroin", "§ 481.102"], ["指定薬物", "メスカリン"], ["愷他", "第三級毒品"], ["LSD", "MDA"]],
)
def test_controls_that_prove_something_are_taken(controls):
    text = TEXAS.replace(CONTROLS, f"controls = {controls!r}".replace("'", '"'))
    assert check_text(text, "x", on=ON).documents[1].controls == tuple(controls)


# Days.


@pytest.mark.parametrize(
    ("base", "old", "new", "key"),
    [
        (TEXAS, "attested = 2026-06-07", "attested = {}", "attested"),
        (FEDERAL, "as_of = 2026-10-10", "as_of = {}", "pending[0].as_of"),
        (TEXAS, "effective = 2023-09-01", "effective = 2190-01-01\nenacted = {}", "instruments[0].enacted"),
    ],
)  # fmt: skip
def test_what_somebody_did_on_a_day_still_to_come_is_refused(base, old, new, key):
    for on, late in ((ON, 1), (ON, 400), (date(2036, 2, 29), 1)):
        day = on + timedelta(days=late)
        told = refused(old, new.format(day), base, on=on)
        assert told.startswith(f"{key}: {day} is still to come")
        check_text(base.replace(old, new.format(on)), "x", on=on)


@pytest.mark.parametrize("on", [date(2020, 1, 1), date(2026, 11, 22), date(2036, 12, 31)])
def test_what_ships_is_sound_whatever_the_clock_shows(on):
    assert len(load_catalog(ROOT / "sources", on=on)) > 200


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("effective = 2023-09-01", "effective = 2023-09-01\nenacted = 2024-01-01", "reaches back"),
        (
            "effective = 2023-09-01",
            "enacted = 2023-09-01\nuntil = 2023-09-01",
            "later than enacted",
        ),
        ("from = 2023-09-01", "from = 2023-09-01\nuntil = 9999-12-31", "leave out what has no end"),
        ("from = 2023-09-01", "from = 2023-09-01\nuntil = 2023-09-01", "later than from"),
        ("from = 2023-09-01", "from = 0001-01-01", "before 1900"),
        ('stale_after = "60d"', "stale_after = 0", "such as"),
        ('stale_after = "60d"', "stale_after = -5", "such as"),
        ('stale_after = "60d"', 'stale_after = "-60d"', "such as"),
        ('stale_after = "60d"', 'stale_after = "9999w"', "never"),
        (SCHEDULE, f"{SCHEDULE}\ncheck_every = 0", "such as"),
        (SCHEDULE, f"{SCHEDULE}\ncheck_every = nan", "such as"),
        (SCHEDULE, f'{SCHEDULE}\ncheck_every = "00h"', "longer than nothing"),
    ],
)
def test_days_and_spans_that_cannot_be_are_refused(old, new, says):
    with pytest.raises(SourceFileError, match=says):
        check_text(TEXAS.replace(old, new, 1), "x", on=ON)


def test_a_law_that_reaches_back_says_so():
    days = 'effective = 2023-09-01\nenacted = 2024-01-01\nnote = "Section 9 reaches back."'
    check_text(TEXAS.replace("effective = 2023-09-01", days), "x", on=ON)


# Files.


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_a_byte_order_mark_make_no_difference(tmp_path, ends, mark):
    file = tmp_path / "tx.toml"
    file.write_bytes((mark + TEXAS.replace("\n", ends)).encode())
    assert load_file(file, on=ON) == check_text(TEXAS, "x", on=ON)
    file.write_bytes((mark + TEXAS.replace("60d", "x").replace("\n", ends)).encode())
    line = TEXAS[: TEXAS.index("60d")].count("\n") + 1
    with pytest.raises(SourceFileError, match=rf"tx\.toml:{line}: stale_after"):
        load_file(file, on=ON)


def test_the_line_of_a_fault_is_counted_as_toml_counts_lines():
    text = TEXAS.replace("third-party reading", "a\u2028b\u0085c").replace("60d", "x")
    line = text[: text.index('"x"')].count("\n") + 1
    with pytest.raises(SourceFileError, match=rf"x:{line}: stale_after"):
        check_text(text, "x", on=ON)


def _fifo(path):
    os.mkfifo(path)


def _socket(path):
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(path))


ODD = {
    "fifo": (_fifo, "a pipe"),
    "socket": (_socket, "a socket"),
    "device": (lambda path: path.symlink_to("/dev/zero"), "a device"),
    "folder": (lambda path: path.mkdir(), "a folder"),
    "loop": (lambda path: path.symlink_to(path.name), "symbolic links|cannot be read"),
    "nothing": (lambda path: path.symlink_to("nowhere"), "No such file"),
    "latin-1": (lambda path: path.write_bytes(b"a = 1\nb = '\xe9'\n"), r"x\.toml:2: not UTF-8"),
    "UTF-16": (lambda path: path.write_bytes(TEXAS.encode("utf-16")), "save the file as UTF-8"),
    "NUL": (lambda path: path.write_bytes(b"# a\n\0\n"), r"x\.toml:2: not valid TOML"),
    "huge": (lambda path: path.write_bytes(b"#" * 1_000_001), "larger than"),
    "deep": (lambda path: path.write_text(f"a = 1\nx = {'[' * 9000}"), r"x\.toml:2: nested"),
    "deeper": (lambda path: path.write_text("x = " + "{a=" * 50_000), r"x\.toml:1: nested"),
    "dotted": (lambda path: path.write_text(f"a = 1\n{'a.' * 50_000}b = 1"), r"x\.toml:2: a key of"),
    "spaced": (lambda path: path.write_text('[ "a b" ' + ". 'c' " * 50_000 + "]"), "a key of more"),
    "many": (lambda path: path.write_text("\n".join(f"b{i}.a = 1" for i in range(5_000))), "more f"),
    "digits": (lambda path: path.write_text(f"a = {'1' * 5000}"), r"x\.toml:1: not valid TOML"),
    "open": (lambda path: path.write_text('a = 1\nb = """\nc\n'), r"x\.toml:\d: not valid TOML"),
    "nameless": (lambda path: path.write_text(TEXAS.replace("US-TX", "ZZ")), r"x\.toml:2: jurisdic"),
}  # fmt: skip


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
@pytest.mark.parametrize("kind", ODD)
def test_a_file_that_cannot_be_read_is_named_at_every_door(tmp_path, kind, capsys):
    make, says = ODD[kind]
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / "us.toml").write_text(FEDERAL, encoding="utf-8")
    make(folder / "x.toml")
    for call in (load_file, load_catalog):
        with pytest.raises(SourceFileError, match=says) as error:
            call(folder / "x.toml" if call is load_file else folder, on=ON)
        assert str(folder / "x.toml") in str(error.value)
    options = Options(sources=folder, snapshots=tmp_path / "store")
    with pytest.raises(SourceFileError, match=says):
        update(options, now=lambda: NOON)
    for words in (["check", str(folder / "x.toml")], ["check", "--sources", str(folder)]):
        assert main(["sources", *words]) == 2
        said = capsys.readouterr()
        assert str(folder / "x.toml") in said.err
        assert "Traceback" not in said.err


def test_a_run_tells_of_an_unknown_adapter_and_ask_nobody(tmp_path, capsys):
    folder, store = tmp_path / "sources", tmp_path / "store"
    folder.mkdir()
    (folder / "tx.toml").write_text(TEXAS.replace(SCHEDULE, f'{SCHEDULE}\nadapter = "fax"'))
    assert main(["update", "--sources", str(folder), "--snapshots", str(store)]) == 2
    assert "tx.toml:25: documents[1].adapter: there is no adapter 'fax'" in capsys.readouterr().err
    assert not store.exists()


def test_a_settings_file_that_cannot_be_read_is_named_as_well(tmp_path):
    for kind in ("fifo", "folder", "latin-1", "huge", "deep", "dotted"):
        make, says = ODD[kind]
        folder = tmp_path / kind
        folder.mkdir()
        make(folder / "x.toml")
        with pytest.raises(SettingsError, match=says):
            load_notify(folder / "x.toml")


def test_all_named_files_are_checked_and_every_fault_told(tmp_path, capsys):
    for name in ("a", "b", "c"):
        text = TEXAS if name == "b" else TEXAS.replace("60d", "x")
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    files = [str(tmp_path / f"{name}.toml") for name in "abc"]
    assert main(["sources", "check", *files]) == 2
    said = capsys.readouterr()
    assert (said.err.count("stale_after"), said.out.count("sound")) == (2, 1)


def test_a_folder_without_source_files_is_a_fault_and_withdraws_nothing(tmp_path):
    (tmp_path / "notes.txt").write_text("x", encoding="utf-8")
    with pytest.raises(SourceFileError, match=r"no source file \(\*\.toml\)"):
        load_catalog(tmp_path)


def test_python_and_the_command_line_know_the_day_by_themselves(tmp_path, capsys):
    late = max(datetime.now(UTC).date(), ON) + timedelta(days=40)
    file = tmp_path / "tx.toml"
    file.write_text(TEXAS.replace("2026-06-07", late.isoformat(), 1), encoding="utf-8")
    for call in (lambda: load_catalog(tmp_path), lambda: load_file(file)):
        with pytest.raises(SourceFileError, match=r"attested: .* is still to come"):
            call()
    assert main(["sources", "check", "--sources", str(tmp_path)]) == 2
    assert "still to come" in capsys.readouterr().err


# The number of entries of a list.


@pytest.mark.parametrize(
    "value",
    ["[400, 120]", "[0, 5]", "[1]", "[1, 2, 3]", "120", '["1", "2"]', "[1.5, 2]", "[true, 5]"],
)
def test_a_number_of_entries_that_cannot_be_is_refused_with_its_place(value):
    assert refused(CONTROLS, f"entries = {value}\n{CONTROLS}").startswith("documents[1].entries")


def test_only_a_whole_list_has_its_entries_counted():
    text = TEXAS.replace('controls = ["kratom', 'entries = [1, 5]\ncontrols = ["kratom', 1)
    with pytest.raises(
        SourceFileError, match=r"tx\.toml:\d+: documents\[0\]: .* set complete = true"
    ):
        check_text(text, "tx.toml", on=ON)


@pytest.mark.parametrize("value", ["[120, 400]", "[1, 1]"])
def test_a_number_of_entries_is_taken(value):
    text = TEXAS.replace(CONTROLS, f"entries = {value}\n{CONTROLS}")
    assert list(check_text(text, "x", on=ON).documents[1].entries or ()) == json.loads(value)
