"""The record that the evidence keeps of one page that was read or vouched for."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from regstatus.base.errors import SnapshotError
from regstatus.model.canonical import canonical
from regstatus.model.text import Page
from regstatus.model.words import Format, Outcome
from regstatus.store.proof import NoFile, content, read_object, unpacked

CAPTURE_FORMAT: Literal["regstatus-capture/2"] = "regstatus-capture/2"

_SECRET = re.compile(
    r"cookie|authoriz|authentic|token|secret|api-?key|session|password", re.IGNORECASE
)
"""Headers that may hold a secret of ours or of a session; they prove nothing of a text."""

_OF_THE_PAGE = ("url", "final_url", "via", "status", "fetched_at", "made", "archived_at")
"""What page and capture call by one name."""

_Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
_Line = Annotated[str, Field(max_length=4000)]
_Moment = Annotated[AwareDatetime, AfterValidator(lambda value: value.astimezone(UTC))]


class Capture(BaseModel):
    """What is kept of one answer of a host beside the body; `docs/store.md` says what each key is."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    format: Literal["regstatus-capture/2"]
    key: Annotated[str, Field(min_length=1, max_length=300)]
    url: _Line
    final_url: _Line
    via: _Line | None = None
    status: Annotated[int, Field(ge=100, le=999)] | None = None
    headers: tuple[tuple[str, str], ...] = ()
    fetched_at: _Moment
    run: _Moment
    outcome: Literal[Outcome.OK, Outcome.UNCHANGED]
    form: Format | None = None
    adapter: Annotated[str, Field(max_length=100)] = "page"
    made: bool = False
    archived_at: _Moment | None = None
    before: _Moment | None = None
    sha256: _Digest
    text_sha256: _Digest | None = None

    @classmethod
    def of(
        cls,
        page: Page,
        *,
        key: str,
        adapter: str,
        run: datetime,
        sha256: str,
        text_sha256: str | None,
        before: str | None = None,
    ) -> Self:
        """What to remember of a page, without the headers that may hold secrets."""
        return cls(
            **{name: getattr(page, name) for name in _OF_THE_PAGE},
            format=CAPTURE_FORMAT,
            key=key,
            headers=tuple(pair for pair in page.headers if not _SECRET.search(pair[0])),
            run=run,
            outcome=Outcome.OK if page.outcome is Outcome.OK else Outcome.UNCHANGED,
            form=page.format,
            adapter=adapter,
            before=datetime.fromisoformat(before) if before else None,
            sha256=sha256,
            text_sha256=text_sha256,
        )

    @classmethod
    def from_json(cls, data: bytes) -> Self:
        """Read a capture; a `ValueError` says on one line why it is none."""
        try:
            return cls.model_validate_json(data)
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            where = ".".join(str(part) for part in first["loc"])
            raise ValueError(f"{where + ': ' if where else ''}{first['msg']}") from None

    def to_json(self) -> dict[str, object]:
        """The capture as JSON."""
        return self.model_dump(mode="json")

    def page(self, body: bytes) -> Page:
        """The page as it was, for reading it again."""
        return Page(
            **{name: getattr(self, name) for name in _OF_THE_PAGE},
            outcome=Outcome(self.outcome),
            headers=self.headers,
            body=body if self.outcome is Outcome.OK else b"",
            format=self.form,
        )


def list_name(run: datetime) -> str:
    """The name of the file in which the captures of a run stand: in the order of names is that of time."""
    return f"{run:%Y%m%dT%H%M%S.%fZ}.gz"


def line_of(capture: Capture) -> tuple[datetime, str, str]:
    """The line of a capture in its list, behind what it is sorted by."""
    return capture.fetched_at, capture.key, canonical(capture.to_json())


def list_bytes(lines: Iterable[tuple[datetime, str, str]]) -> bytes:
    """The captures of a run, a line each, oldest first."""
    return "".join(f"{line}\n" for *_, line in sorted(lines)).encode()


def read_list(file: Path, key: str | None = None) -> list[Capture]:
    """The captures of a file, or those of one document; raises `SnapshotError` if it is damaged."""
    try:
        lines = unpacked(content(file), str(file)).splitlines()
    except NoFile:  # it was dropped since it was listed
        return []
    if not lines:
        raise SnapshotError(f"{file}: damaged: it is empty")
    wanted = canonical(key).encode() if key else b""
    found = [_captured(line, file) for line in lines if wanted in line]
    return [one for one in found if key in {None, one.key}]


def _captured(line: bytes, file: Path) -> Capture:
    read_object(line, str(file), CAPTURE_FORMAT)
    try:
        one = Capture.from_json(line)
    except ValueError as error:
        raise SnapshotError(f"{file}: damaged: {error}") from None
    if file.name != list_name(one.run):
        raise SnapshotError(f"{file}: damaged: it lies under another name than its own")
    return one
