"""Answer assistants by the Model Context Protocol, read-only: over standard input and output, or over HTTP."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from regstatus.base.errors import UsageError
from regstatus.cli._common import SNAPSHOTS, Args, clean, now, say, web

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mcp.server import Server

    from regstatus.query.listings import Parameter
    from regstatus.web.edition import Edition
    from regstatus.web.service.library import Library

ARGUMENTS = {
    "--http": "answer over streamable HTTP, at /mcp, not over standard input and output",
    "--host": (
        "with --http: address to listen on (default: %(default)s)",
        {"default": "127.0.0.1"},
    ),
    "--port": (
        "with --http: port; 0 takes a free one (default: %(default)s)",
        {"type": int, "default": 8000},
    ),
    **SNAPSHOTS,
}

_OF_PLACE, _OF_LIST = 1_900, 8_000
"""Bytes of an answer: whoever asks pays for each word, and what lies far back is forgotten."""
_GUIDE = (
    "The law of kratom by place, day and substance, from one version of a record. With each answer pass on "
    "its day, how well it is known and whether it may be relied on (STALE and UNVERIFIED may not). "
    "«unknown» is never permission; what is proposed is not law. Options such as --full, and `regstatus "
    "update`, are for people at a terminal. Information with its sources, not legal advice."
)
_SAYS = {
    "lookup": "What the law says in one place on one day, all layers together: status of each substance, age, "
    "limits, what one may do, what is coming, how it is known and whether it may be relied on.",
    "list": "Every recorded place on one day, filtered; with a country, or `all`, also those without a record.",
    "upcoming": "Enacted changes still to come, nearest first; proposals are never among them.",
    "changes": "What changed in the record after a version or a day, newest first.",
    "evidence": "The words of the law behind an answer, each with where it was read, and the laws cited.",
    "screen": "Whether one order may ship: `ship`, `do not ship` or `ask`, and why.",
}


def run(args: Args) -> int:
    """Answer until the other side, or a signal, ends it."""
    try:
        import anyio
        from mcp.server.stdio import stdio_server
    except ModuleNotFoundError:
        raise UsageError("this needs mcp: pip install 'regstatus[mcp]'") from None
    if args.http:
        web()
    from regstatus.web.service.library import Library

    os.environ["NO_COLOR"] = "1"  # standard output may be a terminal, and the reader is none
    server = _server(Library(args.snapshots, now=now))
    if args.http:
        from regstatus.web.service.server import serve

        app = server.streamable_http_app(stateless_http=True, json_response=True, host=args.host)
        return serve(app, host=args.host, port=args.port, say=lambda text: say(f"{text}mcp"))

    async def answer() -> None:
        async with stdio_server() as (asked, told):
            await server.run(asked, told, server.create_initialization_options())

    anyio.run(answer)
    return 0


def _server(library: Library) -> Server[Any]:
    import json

    from mcp import types
    from mcp.server import Server

    from regstatus.base.version import __version__
    from regstatus.web.api.openapi import parameter
    from regstatus.web.api.params import read
    from regstatus.web.api.problems import of_error

    known = _parameters()
    hints = types.ToolAnnotations(
        read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
    )

    def tool(name: str) -> types.Tool:
        told = [parameter(item) for item in known[name]]
        fields = {one["name"]: {**one["schema"], "description": one["description"]} for one in told}
        schema: dict[str, Any] = {"type": "object", "properties": fields}
        schema |= {"required": [*fields.keys() & {"place", "product"}]}
        schema |= {"additionalProperties": False}
        return types.Tool(
            name=name, description=_SAYS[name], input_schema=schema, annotations=hints
        )

    def told(name: str, arguments: dict[str, Any]) -> str:
        if name not in _SAYS:
            raise UsageError(f"{name!r} is no tool; there are: {', '.join(_SAYS)}")
        given = read(_pairs(arguments), known[name])
        edition = library.edition(given.pop("as_known_on", None))
        return "\n".join(map(clean, _lines(name, edition, given)))

    async def tools(*_: object) -> types.ListToolsResult:
        return types.ListToolsResult(tools=[*map(tool, _SAYS)])

    async def call(_: object, asked: types.CallToolRequestParams) -> types.CallToolResult:
        try:
            text, failed = told(asked.name, asked.arguments or {}), False
        except Exception as error:  # noqa: BLE001  (it says what may be told, and nothing of this machine)
            text, failed = json.loads(bytes(of_error(error).body))["detail"], True
        content = types.TextContent(type="text", text=text)
        return types.CallToolResult(content=[content], is_error=failed)

    return Server(
        "regstatus",
        version=__version__,
        instructions=_GUIDE,
        on_list_tools=tools,
        on_call_tool=call,
    )


def _parameters() -> dict[str, Sequence[Parameter]]:
    """What each tool takes: the same as the list, the address or the batch that it stands for."""
    from regstatus.query.listings import LISTS, Parameter
    from regstatus.web.api.params import QUESTION
    from regstatus.web.api.screening import OPTIONS, ORDER

    place = Parameter("place", "a name, code, ZIP code, point (27.1,-82.45) or OCD id")
    skip = Parameter("skip", "how many items of the list to pass over, where it was cut")
    lists = {
        name: [*(item for item in LISTS[kind].parameters if item.served), skip]
        for name, kind in (("list", "status"), ("upcoming", "upcoming"), ("changes", "changes"))
    }
    question = [place, *QUESTION]
    return {"lookup": question, "evidence": question, "screen": [*ORDER, *OPTIONS], **lists}


def _pairs(arguments: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Arguments as a query has them; null is as good as left out."""
    for name, value in arguments.items():
        for one in value if isinstance(value, list) else [value]:
            if one is not None:
                yield name, str(one).lower() if isinstance(one, bool) else str(one)


def _lines(tool: str, edition: Edition, given: dict[str, Any]) -> Iterator[str]:
    """What a tool answers; whatever it is, the day and how well it is known are in it."""
    from regstatus.cli._head import first_lines

    if edition.snapshot.warning:
        yield f"warning: {edition.snapshot.warning}"
    if tool in {"list", "upcoming", "changes"}:
        yield from _listed(tool, edition, given)
        return
    if tool == "screen":
        yield from _screened(edition, given)
        return
    answer = edition.answer(given.pop("place", ""), **given)
    if answer["hint"]:
        yield answer["hint"]
    if tool == "lookup":
        from regstatus.cli._text import show

        yield from show(answer).splitlines()
        return
    from regstatus.decide.quotations import origin, says

    words = [
        f"{says(item)}: “{item['quote']}” ({item['jurisdiction']}, {item['place'] or item['document']}; "
        f"{origin(item)}; {item['retrieved_at'] or 'recorded by people'}) {item['url'] or ''}"
        for item in answer["evidence"]
    ]
    words += [
        f"law of {item['jurisdiction']}: {item['text']}, from {item['effective'] or 'a day not recorded'} "
        f"{item['url'] or ''}"
        for item in answer["citations"]
    ]
    head = first_lines(answer)
    room = _OF_PLACE - sum(len(line.encode()) for line in head)
    yield from head
    yield from _cut(words or ["no words of law are recorded for it"], room, "`regstatus evidence`")
    yield f"Snapshot {edition.snapshot.version}. {answer['disclaimer']}"


def _listed(tool: str, edition: Edition, given: dict[str, Any]) -> Iterator[str]:
    from regstatus.query.answer import DISCLAIMER
    from regstatus.query.dataset import Dataset
    from regstatus.query.formats import FORMS
    from regstatus.query.listings import LISTS, items
    from regstatus.query.lists import View

    skip = given.pop("skip", "0")
    if not skip.isdecimal():
        raise UsageError(f"skip: give a number, not {skip!r}")
    snapshot, kind = edition.snapshot, {"list": "status"}.get(tool, tool)
    view = View(
        edition.store, lambda: Dataset(snapshot), edition.moment, everywhere="country" in given
    )
    found = items(view, kind, given)
    found = found[::-1] if tool == "changes" else found
    names, cells = LISTS[kind].table(found[int(skip) :], given)
    text = FORMS["csv"].text(names, cells, found)
    columns, *rows = text.splitlines()
    day = given.get("on") or edition.on
    yield f"{len(found)} of {tool}, on {day}, snapshot {snapshot.version} of {snapshot.created[:10]}."
    if snapshot.origin:
        yield f"NOT OFFICIAL: {snapshot.origin}"
    if "freshness" not in names:
        yield "How well each place is known, and whether it may be relied on, `lookup` says."
    yield columns
    yield from _cut(rows, _OF_LIST, "ask for less, or pass over with skip those that you have")
    yield DISCLAIMER


def _screened(edition: Edition, given: dict[str, Any]) -> Iterator[str]:
    import json

    from regstatus.cli._head import first_lines
    from regstatus.query.answer import DISCLAIMER
    from regstatus.web.api import screening
    from regstatus.web.api.params import read_day

    day = read_day(given["day"], "day") if "day" in given else None
    found = json.loads(screening.one(edition, given))
    yield f"{found['verdict'].upper()} on {day or edition.on}: {found['reason']}"
    yield f"status of what is sent: {found['status'].replace('_', ' ')}"
    if found["record"]:
        yield from first_lines(edition.answer(found["record"], on=day))
    else:
        yield "nothing is known: no place was understood"
    yield f"Snapshot {edition.snapshot.version}. {DISCLAIMER}"


def _cut(lines: Sequence[str], most: int, remedy: str) -> Iterator[str]:
    """The first of some lines, in so many bytes, and how many more there are."""
    for at, line in enumerate(lines):
        most -= len(line.encode()) + 1
        if most < 0:
            yield f"… and {len(lines) - at} more: {remedy}"
            return
        yield line
