"""The small numbered object that names one published state of a store in a bucket."""

import re
from dataclasses import dataclass, field

from regstatus.base.errors import SnapshotError
from regstatus.store.atomic import sealed
from regstatus.store.proof import is_digest, read_sealed

HEAD_FORMAT = "regstatus-head/2"
_KEYS = ("number", "before", "made", "files", "added")
_LAST = 9_999_999_999
BAD_FORM = (ValueError, TypeError, LookupError, AttributeError, RecursionError)
"""What Python says of JSON that is not of the form in which it is read."""
_PLAIN = re.compile(r"(?!\.)[A-Za-z0-9_.+%~-]{1,200}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """One published state of the whole store; `docs/store.md` says what each of its keys is."""

    number: int
    before: str | None = None
    made: str = ""
    files: dict[str, str] = field(default_factory=dict)
    added: dict[str, str] = field(default_factory=dict)
    data: bytes = b""
    """The head itself, as it was read."""

    def to_bytes(self) -> bytes:
        """The head as it lies in the bucket."""
        return sealed({"format": HEAD_FORMAT, **{name: getattr(self, name) for name in _KEYS}})


def head_name(number: int) -> str:
    """Where a head lies: counted down, so that a list by name begins with the newest."""
    return f"heads/{_LAST - number:010d}.json"


def object_name(sha: str) -> str:
    """Where the bytes of a digest lie, compressed."""
    return f"objects/{sha[:2]}/{sha}.gz"


def number_of(name: str) -> int:
    """The number of the head that lies there; 0 where none can."""
    stem = name.removeprefix("heads/").removesuffix(".json")
    return _LAST - int(stem) if re.fullmatch(r"\d{10}", stem, re.ASCII) else 0


def head_of(url: str, name: str, data: bytes) -> Head:
    """Read the head that must lie under this name in the store of `url`."""
    found = read_sealed(data, HEAD_FORMAT, f"{url}/{name}")
    try:
        head = Head(**{key: found[key] for key in _KEYS}, data=data)
        names = [*head.files, *(one.removeprefix("reports/") for one in head.added)]
        plain = all(map(is_file_name, names))
        proven = all(map(is_digest, [*head.files.values(), *head.added.values()]))
        if head.number != number_of(name) or not plain or not proven:
            raise ValueError("it is not what its name says")
    except BAD_FORM as error:
        raise SnapshotError(f"{url}/{name}: damaged: {error}") from None
    return head


def is_file_name(name: object) -> bool:
    """Whether a name is that of a file in a folder, and leads nowhere else."""
    return isinstance(name, str) and _PLAIN.fullmatch(name) is not None
