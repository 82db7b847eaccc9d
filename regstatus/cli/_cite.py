"""Print a sentence to cite: what the law says, on which day, where, and how that is known.

examples:
  regstatus cite US-AL
  regstatus cite GB --on 2020-01-01
"""

from __future__ import annotations

import sys

from regstatus.cli._common import (
    add_json,
    add_known,
    add_question,
    add_snapshots,
    clean,
    now,
    opened,
    print_json,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from regstatus.model.shapes import AnswerData


def configure(parser: ArgumentParser) -> None:
    """Add the arguments."""
    add_question(parser)
    add_known(parser)
    add_json(parser)
    add_snapshots(parser)


def run(args: Namespace) -> int:
    """Compose and print."""
    answer = (
        opened(args.snapshots, args.as_known_on)
        .lookup(" ".join(args.name), on=args.on, substance=args.substance, now=now())
        .to_dict()
    )
    if answer["hint"]:
        print(f"regstatus: {clean(answer['hint'])}", file=sys.stderr)
    if args.json:
        shown = {
            "jurisdiction": answer["jurisdiction"],
            "on": answer["on"],
            "status": answer["status"],
            "citations": answer["citations"],
            "evidence": answer["evidence"],
            "grade": answer["grade"],
            "freshness": answer["freshness"],
            "snapshot": answer["snapshot"],
        }
        print_json({"citation": sentence(answer), **shown})
    else:
        print(clean(sentence(answer)))
    return 0


def sentence(answer: AnswerData) -> str:
    """One citable paragraph; it never claims more than the grade does."""
    parts = [answer["summary"]]
    # The law of the substance asked for: its own place's, and that of the layer that governs it.
    by = answer["details"][answer["substance"] or "leaf"]["by"]
    ours = {answer["jurisdiction"]["id"], by}
    laws = [
        f"{item['text']}{', ' + item['url'] if item['url'] else ''}"
        for item in answer["citations"]
        if item["jurisdiction"] in ours
    ]
    if laws:
        parts.append(f"Law: {'; '.join(laws)}.")
    quote = next((item for item in answer["evidence"] if item["jurisdiction"] in ours), None)
    if quote:
        where = quote["read_at"] or quote["url"]
        when = f", retrieved {quote['retrieved_at']}" if quote["retrieved_at"] else ""
        if quote["archived_at"]:
            when = f", an archive's capture of {quote['archived_at']}{when}"
        parts.append(f"“{quote['quote']}” ({where}{when}).")
    verified = answer["freshness"]["verified_at"]
    parts.append(
        f"Known from: {answer['grade'].replace('_', ' ')}; "
        + (
            f"last verified {verified}."
            if verified
            else "never verified against the official text."
        )
    )
    snapshot = answer["snapshot"]
    parts.append(f"regstatus {snapshot['version']} (sha256 {snapshot['digest'][:16]}…).")
    if snapshot["origin"]:
        parts.append(f"Not official: {snapshot['origin']}.")
    return " ".join(parts)
