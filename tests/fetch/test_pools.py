"""Connections are kept open: a bounded number, and none is closed under a host that is still answering."""

import asyncio
from contextlib import aclosing

import httpx  # noqa: TID251  (what the client makes of it is what is tested)
import pytest

from regstatus.fetch import client
from regstatus.fetch.failure import BadAnswer
from regstatus.fetch.settings import Settings


class Stream(httpx.AsyncByteStream):
    async def __aiter__(self):
        yield b"law"


class Transport(httpx.AsyncBaseTransport):
    """Stands for the library's own: answers at once unless told to wait, and remembers that it was closed."""

    made: list["Transport"] = []  # noqa: RUF012
    answers: asyncio.Event

    def __init__(self, *_, **__):
        self.host, self.asked, self.closed = "", 0, False
        self.made.append(self)

    async def handle_async_request(self, request):
        assert not self.closed
        self.host, self.asked = request.url.host.partition(".")[0], self.asked + 1
        if request.url.path == "/refused":
            raise httpx.ConnectError("refused")
        if request.url.path == "/slow":
            await self.answers.wait()
        return httpx.Response(200, stream=Stream())

    async def aclose(self):
        self.closed = True


@pytest.fixture
def ask(monkeypatch, no_proxies):
    """Ask hosts one after the other, with the client and in a loop of the test's own."""
    monkeypatch.setattr(client, "_KEPT_OPEN", 3)
    monkeypatch.setattr(client, "_Direct", Transport)
    monkeypatch.setattr(Transport, "made", [])

    def run(steps):
        async def play():
            Transport.answers = asyncio.Event()
            async with aclosing(client.HttpClient(Settings())) as pool:

                def send(host, path="/", **how):
                    return pool.send(f"http://{host}.example.gov{path}", {}, **how)

                await steps(send)
            assert still_open() == []

        asyncio.run(play())

    return run


def still_open():
    return sorted(one.host for one in Transport.made if not one.closed)


def test_a_host_keeps_its_connection_and_the_one_unused_for_longest_makes_room(ask):
    async def steps(send):
        for host in ("a", "b", "c", "a", "d"):
            assert (await send(host)).body == b"law"
        assert still_open() == ["a", "c", "d"]
        assert [one.asked for one in Transport.made] == [2, 1, 1, 1]

    ask(steps)


def test_a_host_that_is_still_answering_is_never_closed(ask):
    async def steps(send):
        slow = asyncio.create_task(send("slow", "/slow"))
        await asyncio.sleep(0)  # it is under way
        for host in "abcdefgh":
            await send(host)
        assert still_open() == ["f", "g", "h", "slow"]
        Transport.answers.set()
        assert (await slow).body == b"law"
        assert still_open() == ["g", "h", "slow"]

    ask(steps)


def test_two_requests_to_one_host_at_once_share_no_connection(ask):
    async def steps(send):
        slow = asyncio.create_task(send("a", "/slow"))
        await asyncio.sleep(0)
        await send("a")
        Transport.answers.set()
        await slow
        await send("a")
        assert [one.asked for one in Transport.made] in ([2, 1], [1, 2])

    ask(steps)


@pytest.mark.parametrize("times", [1, 2, 5])
def test_a_connection_that_failed_is_not_kept(ask, times):
    async def steps(send):
        for _ in range(times):
            with pytest.raises(BadAnswer):
                await send("a", "/refused")
        assert still_open() == []
        await send("a")
        assert still_open() == ["a"]

    ask(steps)


@pytest.mark.parametrize(
    ("first", "second", "asked"),
    [(True, False, [1, 1]), (False, True, [1, 1]), (True, True, [2]), (False, False, [2])],
)
def test_a_connection_to_a_trusted_address_serves_no_request_that_is_guarded(
    ask, first, second, asked
):
    async def steps(send):
        await send("a", trusted=first)
        await send("a", trusted=second)
        assert [one.asked for one in Transport.made] == asked

    ask(steps)
