"""A pool of connections for each host: bounded, and never closed under a host that is still answering."""

import asyncio
import ssl

import httpx  # noqa: TID251  (what the client makes of it is what is tested)
import pytest

from regstatus.fetch import client


class Stream(httpx.AsyncByteStream):
    async def __aiter__(self):
        yield b"law"


class Transport(httpx.AsyncBaseTransport):
    """Stands for the library's own: answers at once, and remembers that it was closed."""

    made: list["Transport"] = []  # noqa: RUF012

    def __init__(self, **_):
        self.host, self.asked, self.closed = "", 0, False
        self.made.append(self)

    async def handle_async_request(self, request):
        assert not self.closed
        self.host, self.asked = request.url.host, self.asked + 1
        if request.url.path == "/refused":
            raise httpx.ConnectError("refused")
        return httpx.Response(200, stream=Stream())

    async def aclose(self):
        self.closed = True


@pytest.fixture
def pools(monkeypatch):
    monkeypatch.setattr(client, "_KEPT_OPEN", 3)
    monkeypatch.setattr(client.httpx, "AsyncHTTPTransport", Transport)
    monkeypatch.setattr(Transport, "made", [])
    return client._Pools(ssl.create_default_context())


async def ask(pools, host, path="/", *, read=True):
    request = httpx.Request("GET", f"http://{host}.example.gov{path}")
    response = await pools.handle_async_request(request)
    if read:
        await response.aread()
        await response.aclose()
    return response


def still_open():
    return [pool.host.partition(".")[0] for pool in Transport.made if not pool.closed]


def test_a_host_keeps_its_pool_and_the_one_unused_for_longest_makes_room(pools):
    async def run():
        for host in ("a", "b", "c", "a", "d"):
            await ask(pools, host)

    asyncio.run(run())
    assert sorted(still_open()) == ["a", "c", "d"]
    assert [pool.asked for pool in Transport.made] == [2, 1, 1, 1]


def test_a_host_that_is_still_answering_is_never_closed(pools):
    async def run():
        slow = await ask(pools, "slow", read=False)
        for host in "abcdefgh":
            await ask(pools, host)
        assert "slow" in still_open()
        assert len(still_open()) == 3
        await slow.aread()
        await slow.aclose()
        for host in "abc":
            await ask(pools, host)
        assert "slow" not in still_open()

    asyncio.run(run())


def test_a_refused_request_leaves_its_host_to_make_room(pools):
    async def run():
        with pytest.raises(httpx.ConnectError):
            await ask(pools, "a", "/refused")
        for host in "bcd":
            await ask(pools, host)

    asyncio.run(run())
    assert sorted(still_open()) == ["b", "c", "d"]


def test_closing_closes_every_pool(pools):
    async def run():
        for host in "abc":
            await ask(pools, host)
        await pools.aclose()

    asyncio.run(run())
    assert still_open() == []
