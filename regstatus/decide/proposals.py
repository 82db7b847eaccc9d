"""Proposals: bills and proposed rules, recorded by people or heard of in a publisher's feed; never law."""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from regstatus.model import shapes
    from regstatus.store.clocks import Announced

_NUMBER = re.compile(r"[A-Z]{1,4}[ .]*\d+\Z|\d{4}-\d{4,6}\Z")
"""The number of a bill or of a document of the Federal Register, at the end of what a feed calls it."""
_APART = re.compile(r"(?<=[A-Z])[ .]+(?=\d)|(?<=\b[A-Z])[. ]+(?=[A-Z]\b)")


_LAW = re.compile(
    r"(?<!not )(?<!be )\b(?:chaptered|enacted|became law|effective|in force|approved by (?:the )?governor"
    r"|signed(?! by (?:the )?(?:speaker|president of)))\b",
    re.IGNORECASE,
)
"""What is said of a proposal that became law, or is about to."""


def perhaps_law(item: Mapping[str, Any], news: Announced | None = None) -> str | None:
    """The day of the first step that says that a proposal became law: look. None if none says so."""
    steps = [(item["stage"], item["as_of"])]
    if "heard" in item:  # as the list of proposals has it
        steps.append((item["heard"], item["heard_on"]))
    if news:
        steps.append((news["step"], news["day"]))
    return next((day or item["as_of"] for step, day in steps if _LAW.search(step or "")), None)


def proposals(
    record: shapes.RecordData, announced: Mapping[str, Announced]
) -> Iterator[tuple[shapes.PendingData, Announced | None]]:
    """The proposals of a record, each with what feeds told of it last; then those that nobody recorded.

    A recall of goods is no proposal. What a person has attested the record after is recorded, or nothing.
    """
    heard = [one for key, one in announced.items() if _is_of(record, key, one)]
    for item in record["pending"]:
        news = [one for one in heard if _same(one, item)]
        heard = [one for one in heard if one not in news]
        # What the record knows is no older than its stage.
        newer = (one for one in news if (one["day"] or "") > item["as_of"])
        yield item, max(newer, key=lambda one: one["day"] or "", default=None)
    for one in heard:
        if (one["day"] or one["heard"] or "") > record["attested"]:
            told: Any = {
                "citation": one["name"],
                "stage": one["step"] or one["kind"],
                "says": one["title"],
                "substances": [],
                "earliest": one["effective"],
                "as_of": one["day"] or one["heard"],
                "url": one["url"],
            }
            yield told, one


def _is_of(record: shapes.RecordData, key: str, one: Announced) -> bool:
    """Whether a feed speaks of a place; that of a country has the bills of all its states."""
    place, kind, name = key.partition(":")[0], one["kind"], one["name"] or ""
    if kind != "bill":
        return place == record["id"] and kind != "alert"
    whose = _NUMBER.sub("", name).strip()
    ours = {record["id"], record["id"].rpartition("-")[2], record["name"], ""}
    above = place == record["id"].partition("-")[0] and whose != ""
    return whose in ours and (place == record["id"] or above)


def _same(heard: Announced, item: shapes.PendingData) -> bool:
    """Whether a feed and a record speak of one document: by its address, or by its number."""
    if heard["url"] and heard["url"] == item["url"]:
        return True
    number = _NUMBER.search(heard["name"] or "")
    return bool(number) and f" {_plain(number[0])} " in f" {_plain(item['citation'])} "  # type: ignore[index]


def _plain(citation: str) -> str:
    """A citation as words, a bill's number one of them: `H. B. 468` and `HB 468` are the same."""
    long = citation.replace("House Bill", "HB").replace("Senate Bill", "SB")
    return re.sub(r"[^\w-]+", " ", _APART.sub("", long)).upper()
