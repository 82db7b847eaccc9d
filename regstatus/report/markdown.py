"""A run's report as Markdown: contradictions first, then law, then sources."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from regstatus.base.safe import markdown
from regstatus.model.change import Change
from regstatus.model.event_kinds import KINDS, SECTIONS

if TYPE_CHECKING:
    from regstatus.model.shapes import RunFactsData


def render(run: RunFactsData, changes: Sequence[Change], failing: Sequence[str] = ()) -> str:
    """Write the report of a run, with every event of it and a line for each document that fails now."""
    origin = f"**Not from official hosts: {markdown(run['origin'] or '')}.**"
    blocks = [
        f"# Change report of {run['started']}",
        origin if run["origin"] else "",
        _opening(run, changes),
        _fetched(run),
        markdown(run["note"] or ""),
    ]
    for section, title in SECTIONS.items():
        chosen = [_entry(change) for change in changes if KINDS[change.kind].section == section]
        if chosen:
            blocks += [f"## {title} ({len(chosen)})", "\n".join(chosen)]
    if failing:
        lines = "\n".join(f"- {markdown(line)}" for line in failing)
        blocks += [f"## Failing now ({len(failing)})", lines]
    blocks.append("Information with its sources, not legal advice.")
    return "\n\n".join(filter(None, blocks)) + "\n"


def _opening(run: RunFactsData, changes: Sequence[Change]) -> str:
    state, events = run["state"], f"{len(changes)} event{'s' * (len(changes) != 1)}"
    if state == "held":
        return (
            "**Held.** The run would change more statuses than the flip budget allows. Nothing was "
            "published; read the changes below, then run `regstatus update --accept`."
        )
    if state == "failed":
        return "**Failed.** Nothing was published; every answer stands as it was."
    if run["version"]:
        parent = f" (after {run['parent']})" if run["parent"] else ""
        return f"Version **{run['version']}** was published{parent}, with {events}."
    if changes:
        return f"No fact changed, so no new version was written; {events}."
    return "Nothing changed, so no new version was written."


def _fetched(run: RunFactsData) -> str:
    counts = run["counts"]
    if not counts:
        return "No document was asked for: none that a program can fetch is due."
    words = ", ".join(f"{n} {name.replace('_', ' ')}" for name, n in sorted(counts.items()))
    return f"Documents asked for: {sum(counts.values())} ({words})."


def _entry(change: Change) -> str:
    lines = [f"- **{change.kind}** `{change.jurisdiction}` {markdown(change.sentence)}"]
    if change.quote:
        lines.append(f"  > {markdown(change.quote)}")
    if change.url:
        lines.append(f"  {markdown(change.url)}")
    return "\n".join([*lines, *(f"  - {markdown(detail)}" for detail in change.details)])
