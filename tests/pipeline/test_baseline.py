"""An empty store begins with the shipped history: changes are told against it, and nothing of it is lost."""

import json
import shutil

import pytest

from regstatus.base import paths as places
from regstatus.cli import main
from regstatus.store.atomic import sealed
from regstatus.store.reader import Store
from regstatus.store.verify import verify
from tests.pipeline.test_update import HOST, World, chapter, schedule
from tests.support.make import FEDERAL, NOON
from tests.support.replica import Replica

pytestmark = pytest.mark.usefixtures("read_here")

KRATOM = "<li>Mitragyna speciosa (kratom)</li>"


@pytest.fixture(scope="module")
def shipped(tmp_path_factory):
    """A history of two versions, the second with an open contradiction."""
    path = tmp_path_factory.mktemp("shipped")
    with Replica() as site:
        made = World(path, site)
        made.now = NOON.replace(year=2025)
        made.run()
        made.serve("/HS.444.htm", chapter(cap="one"))
        made.run()
    for name in ("ledger.json", "reports", "texts", "evidence"):
        (made.path / name).rename(path / name)  # what does not ship
    return made.path


@pytest.fixture
def world(shipped, tmp_path, monkeypatch):
    """A package that ships this history, and the hosts as they were when it was made."""
    with Replica() as site:
        made = World(tmp_path, site)
        made.serve("/HS.444.htm", chapter(cap="one"))
        shutil.copytree(shipped, tmp_path / "snapshots")
        monkeypatch.setattr(places, "shipped", lambda name: str(tmp_path / name))
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
        monkeypatch.delenv("REGSTATUS_SNAPSHOTS", raising=False)
        made.own = tmp_path / "home" / "regstatus" / "snapshots"
        yield made


def update(world, *words):
    return main(["update", "--route", f"{HOST}={world.site.address}", "--delay", "0", *words])


def nothing(_):
    """The folder is not there at all."""


def empty(folder):
    folder.mkdir(parents=True)


def left_by_a_refused_run(folder):
    (folder / "notify").mkdir(parents=True)
    (folder / ".lock").write_bytes(b"")
    (folder / "notify" / "outbox.json").write_bytes(
        sealed({"format": "regstatus-outbox/2", "targets": {}, "pending": []})
    )


def mounted(folder):
    (folder / "lost+found").mkdir(parents=True)


BEGINNINGS = [nothing, empty, left_by_a_refused_run, mounted]


@pytest.mark.parametrize("named", [False, True])
@pytest.mark.parametrize("begin", BEGINNINGS)
def test_an_empty_place_keeps_the_shipped_history_and_tells_changes_against_it(
    world, tmp_path, monkeypatch, capsys, begin, named
):
    own = world.own
    if named:
        own = tmp_path / "elsewhere"
        monkeypatch.setenv("REGSTATUS_SNAPSHOTS", str(own))
    begin(own)
    shipped = Store(tmp_path / "snapshots").versions()
    world.serve("/HS.481.htm", schedule(KRATOM))
    assert update(world, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert {c["kind"] for c in told["changes"]} >= {"contradicted"}
    assert Store(own).versions()[:2] == shipped
    assert verify(own) == []
    day = shipped[0]["created"][:10]
    assert main(["lookup", "US-TX", "--as-known-on", day, "--json"]) == 0
    then = json.loads(capsys.readouterr().out)
    assert (then["status"], then["seven_oh_cap"]) == ("regulated", "2%")
    assert main(["lookup", "US-TX", "--json"]) == 0
    now = json.loads(capsys.readouterr().out)
    assert now["status"] == "banned"
    documents = {found["document"] for found in now["review"]["contradictions"]}
    assert documents >= {"hs-444", "hs-481"}, "what was open stays open"
    assert main(["changes", "--since", day, "--json"]) == 0
    assert "hs-444" in capsys.readouterr().out


@pytest.mark.parametrize("begin", BEGINNINGS)
def test_flips_of_a_first_run_are_held_against_the_shipped_history(world, begin, capsys):
    begin(world.own)
    world.serve("/HS.481.htm", schedule(KRATOM))
    assert update(world, "--flip-budget", "0") == 5
    assert "Held" in capsys.readouterr().out
    assert len(Store(world.own).versions()) == 2
    assert update(world, "--accept") == 0


def test_a_named_place_with_source_files_of_its_own_begins_with_nothing(world, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "us.toml").write_text(FEDERAL, encoding="utf-8")
    where = tmp_path / "elsewhere"
    assert update(world, "--sources", str(tmp_path / "mine"), "--snapshots", str(where)) in {0, 4}
    [entry] = Store(where).versions()
    assert entry["parent"] is None


def test_a_place_with_a_history_of_its_own_keeps_it(world, tmp_path):
    assert update(world) == 0
    before = Store(world.own).versions()
    (tmp_path / "snapshots" / "index.json").unlink()
    world.serve("/HS.481.htm", schedule(KRATOM))
    assert update(world) == 0
    assert Store(world.own).versions()[: len(before)] == before


def test_killed_while_it_begins_a_store_is_not_half_begun(world, monkeypatch):
    from regstatus.store import atomic as together

    class Killed(BaseException):
        """Stands for a kill."""

    real, left = together.write, 0

    def write(path, data, **how):
        nonlocal left
        left -= 1
        if left == 0:
            raise Killed
        real(path, data, **how)

    for step in range(1, 8):
        left = step
        with monkeypatch.context() as patch:
            patch.setattr(together, "write", write)
            with pytest.raises(Killed):
                update(world)
        assert not (world.own / "index.json").exists()
    assert update(world) == 0
    assert verify(world.own) == []
    assert len(Store(world.own).versions()) >= 2
    assert not list(world.own.glob(".[nw]*"))


@pytest.mark.parametrize(
    ("route", "why"),
    [
        (f"{HOST}:443=BASE", "host alone"),
        (f"https://{HOST}=BASE", "host alone"),
        (f"*.{HOST}=BASE", "host alone"),
        (f"{HOST}/x=BASE", "host alone"),
        (f" {HOST}=BASE", "host alone"),
        (HOST, "HOST=URL"),
        ("=BASE", "HOST=URL"),
        (f"{HOST}=BASE/x?y=1", "a folder"),
        (f"{HOST}=BASE#top", "a folder"),
        (f"{HOST}=BASE\n", "HOST=URL"),
        (f"{HOST}=http://a b/", "HOST=URL"),
        (f"{HOST}=http://", "no host"),
        (f"{HOST}=http://..", "no host"),
        (f"{HOST}=ftp://mirror.example.net", "only http and https"),
        (f"{HOST}=http://[::1", "not a valid address"),
        (f"{HOST}=http://127.0.0.1:99999", "not a valid address"),
        (f"{HOST}=http://127.0.0.1:port", "not a valid address"),
        (f"{HOST}=http://u:s3cret@127.0.0.1", "password"),
    ],
)
def test_a_route_that_could_never_serve_is_refused_before_anybody_is_asked(
    world, capsys, route, why
):
    asked = len(world.site.asked)
    route = route.replace("BASE", world.site.address)
    assert main(["update", "--route", route, "--delay", "0"]) == 2
    told = capsys.readouterr().err
    assert why in told
    assert "write it as" in told
    assert told.count("\n") == 1
    assert "s3cret" not in told
    assert len(world.site.asked) == asked
    assert not world.own.exists()


def test_a_host_has_one_route(world, capsys):
    words = ["--route", f"{HOST}=http://127.0.0.1:1", "--route", f"{HOST}={world.site.address}"]
    assert main(["update", *words]) == 2
    assert "named twice" in capsys.readouterr().err


@pytest.mark.parametrize("host", [HOST.upper(), f"{HOST}.", HOST.title()])
@pytest.mark.parametrize("scheme", ["http", "HTTP"])
def test_a_route_is_taken_in_any_spelling_of_its_host(world, host, scheme):
    asked = len(world.site.asked)
    base = world.site.address.replace("http", scheme, 1)
    assert main(["update", "--route", f"{host}={base}", "--delay", "0", "--quiet"]) in {0, 1}
    assert len(world.site.asked) > asked


@pytest.mark.parametrize(
    ("option", "value", "why"),
    [
        ("--delay", "nan", "seconds"), ("--delay", "inf", "seconds"), ("--delay", "1e999", "seconds"),
        ("--delay=-inf", None, "seconds"), ("--delay=-1", None, "seconds"),
        ("--flip-budget=-1", None, "at least 0"), ("--flip-budget=-99", None, "at least 0"),
    ],
)  # fmt: skip
def test_a_number_that_no_run_could_keep_to_is_refused(world, capsys, option, value, why):
    assert main(["update", option, *([value] if value else [])]) == 2
    assert why in capsys.readouterr().err
    assert not world.own.exists()
