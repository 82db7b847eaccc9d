"""Show the words, addresses, times and kept pages behind an answer; export or prune what is kept."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from regstatus.base.errors import UsageError
from regstatus.cli._common import SHOWN, Args, bucket_of, clean, now, opened, print_json, tell, warn

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from regstatus.store.evidence import Evidence
    from regstatus.store.reader import Snapshot

ARGUMENTS = {
    "[name NAME...]": "a place; or the word `export`, or `prune`",
    "--warc --export FILE": "with export: the WARC file to write; .gz in its name compresses it",
    "--only PATTERN...": "with export: ids such as 'US-*'",
    "--older-than --prune SPAN": "with prune: drop captures older than this, such as 365d",
    "--dry-run": "with prune: only say what would be dropped",
    **SHOWN,
}


def run(args: Args) -> int:
    """Show, export or prune; no place is called by either of these words."""
    name = " ".join(args.name)
    action = name if name in {"export", "prune"} else "show" if name else None
    action = action or ("export" if args.warc else "prune" if args.older_than else None)
    given = {"export": args.warc or args.only, "prune": args.older_than or args.dry_run}
    if action is None or any(value and key != action for key, value in given.items()):
        raise UsageError(
            "say `evidence NAME`, `evidence export --warc FILE` or `evidence prune --older-than SPAN`"
        )
    return {"show": _show, "export": _export, "prune": _prune}[action](args)


def _show(args: Args) -> int:
    from regstatus.catalog.places import Registry
    from regstatus.query.lookup import resolve
    from regstatus.store.evidence import Evidence

    snapshot = opened(args.snapshots).snapshot
    name = " ".join(args.name)
    place = name if name in snapshot else resolve(snapshot, name).jurisdiction.id
    ids = [place, *(above.id for above in Registry().ancestors(place))]
    remote = bucket_of(args)
    if remote is None:
        evidence = Evidence(Path(snapshot.path))
    else:
        from regstatus.store.bucket.clone import RemoteEvidence
        from regstatus.store.bucket.mirror import RemoteStore

        evidence = RemoteEvidence(RemoteStore(remote, patient=False))
    from regstatus.decide.days_of_law import turns
    from regstatus.decide.layer import Layer
    from regstatus.decide.quotations import origin, quotations

    found = [item for key in ids if key in snapshot for item in _passages(snapshot, evidence, key)]
    status = 1 if any(item["fault"] for item in found) else 0
    if args.json:
        version = {name: getattr(snapshot, name) for name in ("version", "digest", "origin")}
        print_json({"jurisdiction": place, "snapshot": version, "evidence": found})
        return status
    heads = [(item["jurisdiction"], item["document"]) for item in found]
    found.sort(key=lambda item: heads.index((item["jurisdiction"], item["document"])))
    titles: set[tuple[str, str | None]] = set()
    for item in found:
        head = (item["jurisdiction"], item["document"])
        if head not in titles:
            print(("\n" if titles else "") + "\n".join(map(clean, _heading(item))))
            titles.add(head)
        attested = item["sha256"] and not item["retrieved_at"]
        proof = f"sha256 {item['sha256']}" if attested else None
        where = "; ".join(filter(None, (item["place"], origin(item), item["rule"], proof)))
        print(clean(f"  “{item['quote']}”"))
        print(clean(f"    {where}"))
    if not found:
        record = snapshot.get(place)
        days = [date.fromisoformat(day) for day in sorted(turns(record))] if record else []
        other = [day for day in days if quotations(Layer(place, record, day), snapshot.ledger)]
        more = (
            f"; of the law of another day: lookup {place} --on {other[-1]} --full" if other else ""
        )
        print(clean(f"{place}: no words of law are recorded for it{' today' * bool(more)}{more}"))
    elif snapshot.origin:
        print(clean(f"not from official hosts: {snapshot.origin}"))
    return status


def _passages(snapshot: Snapshot, evidence: Evidence, key: str) -> Iterator[dict[str, Any]]:
    """Every passage of one layer, with the page that it stands in, if that is kept."""
    from regstatus.decide.layer import Layer
    from regstatus.decide.quotations import quotations

    layer = Layer(key, snapshot.get(key), now().date())
    kept: dict[str | None, dict[str, Any]] = {}
    for item in quotations(layer, snapshot.ledger, most=None):
        document = layer.record["documents"].get(item["document"] or "")
        clock = snapshot.ledger.get(f"{key}:{item['document']}", {})
        name = item["document"]
        if name not in kept:
            kept[name] = _kept(evidence, f"{key}:{name}", clock.get("sha256"))
        fetched = item["retrieved_at"] is not None
        yield {
            **item,
            "title": document["title"] if document else None,
            "own": layer.record["own"],
            "read_from": (clock.get("via_copy") or clock.get("final_url")) if fetched else None,
            "via": clock.get("via") if fetched else None,
            **(kept[name] if fetched else _kept(evidence, "", None)),
        }


def _kept(evidence: Evidence, key: str, digest: str | None) -> dict[str, Any]:
    """Where the page lies, proven by its digest, and when it was sent; else why it is not there."""
    from regstatus.model.words import Outcome

    found: dict[str, Any] = dict.fromkeys(("kept", "captured_at", "fault"))
    if digest is None or not evidence.holds(digest):
        return found
    if fault := evidence.fault(digest):
        return {**found, "fault": fault}
    captures, _ = evidence.captures(key)
    sent = [c.fetched_at for c in captures if c.sha256 == digest and c.outcome is Outcome.OK]
    found["kept"] = str(evidence.body_file(digest))
    found["captured_at"] = f"{sent[-1]:%Y-%m-%dT%H:%M:%SZ}" if sent else None
    return found


def _heading(item: dict[str, Any]) -> Iterator[str]:
    from regstatus.model.text import BROUGHT

    whose = ", by a source file of your own" if item["own"] else ""
    yield f"{item['jurisdiction']}: {item['title'] or item['document'] or 'recorded words'}{whose}"
    yield f"  {item['read_from'] or item['url'] or 'no address is known'}"
    brought = (item["via"] or "").startswith(BROUGHT)
    if item["via"]:
        yield f"  {'' if brought else 'really read from '}{item['via']}"
    if item["retrieved_at"]:
        yield f"  retrieved {item['retrieved_at']} · sha256 {item['sha256']}"
        if item["archived_at"]:
            what = "a page saved on" if brought else "an archive's capture of"
            yield f"  {what} {item['archived_at']}: the words stood there then"
        sent = f" (sent {item['captured_at']})" if item["captured_at"] else ""
        yield f"  kept: {item['kept'] or item['fault'] or 'no copy'}{sent}"
    else:
        yield "  recorded by people; no page was fetched for it"


def _export(args: Args) -> int:
    from regstatus.store.warc import export

    if not args.warc:
        raise UsageError("say which file to write: evidence export --warc evidence.warc.gz")
    store = _store(args)
    done = export(store, Path(args.warc), created=now(), only=tuple(args.only or ()))
    for fault in done.faults:
        warn(f"left out: {fault}")
    found = {"file": args.warc, "captures": done.captures, "faults": list(done.faults)}
    tell(args, found, [f"{args.warc}: {done.captures} captures of {store}"])
    return 1 if done.faults else 0


def _prune(args: Args) -> int:
    from regstatus.base.days import span
    from regstatus.store.writer import writing

    if remote := bucket_of(args):
        raise UsageError(f"{remote}: nothing is ever dropped from a bucket")
    if not args.older_than:
        raise UsageError("say how old: evidence prune --older-than 365d")
    before = now() - span(args.older_than)
    with writing(_store(args)) as writer:
        done = writer.prune(before, writer.ledger(), dry_run=args.dry_run)
    captures = [f"{one.key} {one.fetched_at:%Y-%m-%dT%H:%M:%SZ}" for one in done.captures]
    files = [str(file) for file in done.bodies]
    words = (
        f"{'would be dropped' if args.dry_run else 'dropped'}: {len(done.captures)} captures and "
        f"{len(done.bodies)} pages, {done.size:,} bytes; "
        "the newest of each document and what the clocks cite stay"
    )
    told = {"dry_run": args.dry_run, "captures": captures, "files": files, "bytes": done.size}
    tell(args, told, [words])
    return 0


def _store(args: Args) -> Path:
    """The folder that answers, in which evidence is kept."""
    from regstatus.store import open_store

    if remote := bucket_of(args):
        from regstatus.store.bucket.clone import clone_store
        from regstatus.store.bucket.mirror import mirror_of

        store = Path(mirror_of(remote), "copy")
        for fault in clone_store(remote, store, evidence_only=True):
            warn(fault)
    else:
        store = Path(open_store(args.snapshots).path)
    if not (store / "evidence").is_dir():
        raise UsageError(f"{store}: no evidence is kept here; a run of `regstatus update` keeps it")
    return store
