"""What stored values hold. Made by `make schema` from the types; see `stored`."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Keys = tuple[tuple[str, ...], dict[str, "Any"], dict[str, tuple[str, bool]]]

KEYS: "dict[str, Keys]" = {
    "PeriodData": (
        ("statuses", "grades", "basis"),
        {"schedule": None, "minimum_age": None, "seven_oh_cap": None, "limits": {}, "duties": {},
         "penalties": None, "summary": None, "instruments": [], "challenged": None, "from": None,
         "until": None, "may": {}},
        {},
    ),
    "InstrumentData": (
        ("id", "citation", "type"),
        {"title": None, "enacted": None, "effective": None, "until": None, "url": None,
         "url_basis": None, "document": None, "quote": None, "quote_from": None, "note": None},
        {},
    ),
    "ReadingData": (
        ("title", "publisher", "url", "url_basis", "format", "reads", "language"),
        {"settles": [], "people_only": False, "verdict": None, "period": None, "finding": None},
        {"finding": ("FindingData", False)},
    ),
    "FindingData": (
        ("readable",),
        {"problems": [], "mentions": [], "schedule": None, "minimum_age": None, "caps": [], "duties": [],
         "prohibitions": [], "controls": [], "phrases": [], "text_sha256": None},
        {"mentions": ("MentionData", False), "minimum_age": ("MinimumAgeData", False),
         "caps": ("CapData", False), "duties": ("DutyData", False), "prohibitions": ("ProhibitionData",
         False), "controls": ("ControlData", False), "phrases": ("ControlData", False)},
    ),
    "MentionData": (
        ("substance", "written", "context", "place"),
        {"schedule": None},
        {"place": ("PlaceData", False)},
    ),
    "PlaceData": (
        ("quote", "rule"),
        {"headings": [], "anchor": None},
        {},
    ),
    "MinimumAgeData": (
        ("years", "place"),
        {},
        {"place": ("PlaceData", False)},
    ),
    "CapData": (
        ("substance", "amount", "unit", "place"),
        {},
        {"place": ("PlaceData", False)},
    ),
    "DutyData": (
        ("name", "place"),
        {},
        {"place": ("PlaceData", False)},
    ),
    "ProhibitionData": (
        ("activity", "substance", "place"),
        {},
        {"place": ("PlaceData", False)},
    ),
    "ControlData": (
        ("phrase", "found"),
        {"quote": None},
        {},
    ),
    "ContradictionData": (
        ("document", "about", "recorded", "observed", "found_on"),
        {"sets": {}, "quote": None, "recorded_quote": None, "held": False, "undoes": None,
         "bearing": None},
        {},
    ),
    "PositionData": (
        ("by", "citation", "says"),
        {"date": None, "url": None, "enforced": False},
        {},
    ),
    "PendingData": (
        ("citation", "stage", "says", "as_of"),
        {"substances": [], "earliest": None, "url": None},
        {},
    ),
    "ConflictData": (
        ("about", "claims", "held"),
        {},
        {},
    ),
    "RecordData": (
        ("id", "name", "level", "parent", "ocd_id", "attested", "attested_by", "read_officially",
         "stale_after_days", "timeline"),
        {"adopts_federal": None, "members": [], "instruments": {}, "documents": {}, "contradictions": [],
         "positions": [], "pending": [], "conflicts": [], "notes": None},
        {"timeline": ("PeriodData", False), "instruments": ("InstrumentData", True),
         "documents": ("ReadingData", True), "contradictions": ("ContradictionData", False),
         "positions": ("PositionData", False), "pending": ("PendingData", False),
         "conflicts": ("ConflictData", False)},
    ),
    "ChangeData": (
        ("kind", "jurisdiction", "observed", "sentence"),
        {"substance": None, "before": None, "after": None, "law_date": None, "document": None,
         "url": None, "quote": None, "details": []},
        {},
    ),
    "VersionItemData": (
        ("id", "created", "parent", "digest", "records", "changes", "files", "origin", "seal"),
        {},
        {},
    ),
    "FormerData": (
        ("id", "name", "ocd_id", "level", "parent"),
        {},
        {},
    ),
    "ReportData": (
        ("started", "finished", "state", "version", "parent", "origin", "counts", "flips", "changes"),
        {"note": None},
        {"changes": ("ChangeData", False)},
    ),
}  # fmt: skip
"""For each: the keys that must be there; the others, with what stands for them; and those that
hold further such values, by the name of their kind and whether by id."""
