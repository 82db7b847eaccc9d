"""Write the tables of `docs/profile.md`: what the shop of `docs/shop.toml` may ship to the United States.

They follow from the source files and the example alone, on a fixed day.
"""

from __future__ import annotations

import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from regstatus.catalog.places import table  # noqa: E402  (the tools run without an installation)
from regstatus.catalog.profile_file import Profile, read_profile  # noqa: E402
from regstatus.catalog.sources import load_catalog  # noqa: E402
from regstatus.model.canonical import digest, snapshot_bytes  # noqa: E402
from regstatus.pipeline.update import assemble  # noqa: E402
from regstatus.query.lookup import answer  # noqa: E402
from regstatus.query.seller import judge  # noqa: E402
from regstatus.query.verdict import Screener, Verdict  # noqa: E402
from regstatus.store.snapshot import Snapshot  # noqa: E402

PAGE, SHOP = ROOT / "docs" / "profile.md", ROOT / "docs" / "shop.toml"
MARK = "<!-- Written by tools/measure_profile.py from here on. -->\n"
NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
ENOUGH = "secondary:200d"
WAIVED = {"allow_stale": timedelta(days=3660)}
STATES = [ident for ident in table()["jurisdictions"] if ident.startswith("US-")]
ORDER = ("ship", "do not ship", "ask")


def snapshot() -> Snapshot:
    """The records as they ship: built from the source files alone."""
    made = assemble(load_catalog(ROOT / "sources"), {}, {}, NOW.date())
    data = snapshot_bytes({key: record.to_json() for key, record in made.items()}, {})
    entry = {"id": f"{NOW:%Y.%m.%d}", "created": NOW.isoformat(), "digest": digest(data)}
    return Snapshot(data, entry, {}, path="", warning=None, known_until=None)


def verdicts(law: Snapshot, profile: Profile | None, proof: dict[str, Any]) -> dict[str, Verdict]:
    """The verdict on leaf sent within the United States to each state, district and territory."""
    screener = Screener(law, now=NOW, profile=profile, country="US", sent_from="US", **proof)
    return {state: screener.verdict(state, "leaf") for state in STATES}


def why(law: Snapshot, state: str, verdict: Verdict, profile: Profile) -> str:
    """What decides, in few words."""
    found = answer(law, state, on=NOW.date(), now=NOW, substance="leaf")
    met, unmet, open_ = (
        ", ".join(item.partition(" (")[0].partition(": ")[0] for item in items)
        for items in judge(found, "leaf", profile)
    )
    status = verdict.status.replace("_", " ")
    if verdict.verdict == "do not ship":
        return (
            f"{status}, not met: {unmet}"
            if unmet
            else status + ", probably banned" * (found.probably is not None)
        )
    if verdict.verdict == "ship":
        return f"{status}, met: {met}" if met else status
    within = ", stricter places within it" if "ithin it (" in verdict.reason else ""
    return status + within + (f", open: {open_}" if open_ else "")


def section() -> str:
    """The measured tables."""
    law, profile = snapshot(), read_profile(SHOP)
    bare = profile.model_copy(update={"places": {}})
    asked: list[tuple[str, Profile | None, dict[str, Any]]] = [
        ("no profile", None, {}),
        ("the profile", profile, {}),
        (f"the profile, `--fresh-enough {ENOUGH}`", profile, {"fresh_enough": ENOUGH}),
        ("no profile, staleness waived", None, WAIVED),
        ("the profile without its places, staleness waived", bare, WAIVED),
        ("the profile, staleness waived", profile, WAIVED),
    ]
    lines = ["| Asked with | Ship | Do not ship | Ask |", "|---|---|---|---|"]
    for words, held, proof in asked:
        found = verdicts(law, held, proof)
        counts = Counter(item.verdict for item in found.values())
        lines.append(f"| {words} | {' | '.join(str(counts[name]) for name in ORDER)} |")
    groups: dict[tuple[str, str], list[str]] = {}
    for state, item in found.items():
        groups.setdefault((item.verdict, why(law, state, item, profile)), []).append(state[3:])
    lines += ["", "The last line, by what decides:", "", "| Verdict | Why | Number | Where |"]
    lines.append("|---|---|---|---|")
    ranked = sorted(groups.items(), key=lambda pair: (ORDER.index(pair[0][0]), -len(pair[1]), pair))
    for (verdict, reason), states in ranked:
        lines.append(f"| {verdict} | {reason} | {len(states)} | {', '.join(states)} |")
    return "\n".join(lines) + "\n"


def page() -> str:
    """The whole page, with the tables written anew."""
    return PAGE.read_text(encoding="utf-8").partition(MARK)[0] + MARK + "\n" + section()


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(f"written into {PAGE.relative_to(ROOT)}")
