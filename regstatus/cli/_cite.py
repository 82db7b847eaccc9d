"""Print a sentence to cite: what the law says, on which day, where, and how that is known."""

from __future__ import annotations

from regstatus.cli._common import KNOWN, QUESTION, SHOWN, Args, answered, tell

TYPE_CHECKING = False
if TYPE_CHECKING:
    from regstatus.model.shapes import AnswerData

ARGUMENTS = {**QUESTION, **KNOWN, **SHOWN}


def run(args: Args) -> int:
    answer = answered(args)
    names = ("jurisdiction", "on", "status", "citations", "evidence", "grade", "freshness")
    shown = {name: answer[name] for name in (*names, "snapshot")}  # type: ignore[literal-required]
    tell(args, {"citation": sentence(answer), **shown}, [sentence(answer)])
    return 0


def sentence(answer: AnswerData) -> str:
    """One citable paragraph; it never claims more than the grade does."""
    from regstatus.decide.quotations import origin, says

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
        when = f", retrieved {quote['retrieved_at']}" if quote["retrieved_at"] else ""
        if quote["archived_at"]:
            when = f", as it stood on {quote['archived_at']}{when}"
        parts.append(f"{says(quote).capitalize()}: “{quote['quote']}” ({origin(quote)}{when}).")
    verified = answer["freshness"]["verified_at"]
    last = f"last verified {verified}" if verified else "never verified against the official text"
    if not (verified or answer["freshness"]["attested"] or answer["layers"][0]["recorded"]):
        last = "it has no record of its own"  # the grade is that of the law above it
    parts.append(f"Known from: {answer['grade'].replace('_', ' ')}; {last}.")
    snapshot = answer["snapshot"]
    parts.append(f"regstatus {snapshot['version']} (sha256 {snapshot['digest'][:16]}…).")
    if snapshot["origin"]:
        parts.append(f"Not official: {snapshot['origin']}.")
    return " ".join(parts)
