"""Answer: the reply to one question (jurisdiction, day, substance), with its proof.

It is a thin, read-only face over the JSON of the contract in `docs/answer.md`,
so that the Python import, the command line and any service say the same.
"""

from __future__ import annotations

from regstatus.model.law import FreshnessState, Grade, Permission, Status

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from regstatus.model.shapes import AnswerData, SeatData, UpcomingData

DISCLAIMER = "Information with its sources, not legal advice."


class Answer:
    """What the law says of kratom in one place on one day.

    Attributes are typed views; `to_dict()` gives the whole contract.

    Example:
        >>> import regstatus
        >>> regstatus.lookup("US-AL").status.value
        'banned'
    """

    __slots__ = ("_data",)

    def __init__(self, data: AnswerData) -> None:
        self._data = data

    @property
    def jurisdiction(self) -> SeatData:
        """`id`, `name`, `ocd_id`, `level`, `parent`."""
        return self._data["jurisdiction"].copy()

    @property
    def id(self) -> str:
        """Id of the jurisdiction."""
        return self._data["jurisdiction"]["id"]

    @property
    def on(self) -> str:
        """The day that the answer is for: law time, local, ISO format."""
        return self._data["on"]

    @property
    def status(self) -> Status:
        """The strictest status of the layers: of the substance asked for, else of the leaf."""
        return Status(self._data["status"])

    @property
    def probably(self) -> Status | None:
        """What the status probably is, by several accounts, where nothing as strict is known."""
        return Status(word) if (word := self._data["probably"]) else None

    @property
    def substances(self) -> dict[str, Status]:
        """The strictest status of the layers for each of the four substances."""
        return {name: Status(value) for name, value in self._data["substances"].items()}

    @property
    def may(self) -> dict[str, Permission]:
        """Whether one may `possess`, `sell`, `import`, `cultivate`, `export`; `unknown` is no yes."""
        return {name: Permission(value) for name, value in self._data["may"].items()}

    @property
    def grade(self) -> Grade:
        """How well the status is known."""
        return Grade(self._data["grade"])

    @property
    def freshness(self) -> FreshnessState:
        """Whether the record may still be trusted; the reasons are in `to_dict()`."""
        return FreshnessState(self._data["freshness"]["state"])

    @property
    def stale(self) -> bool:
        """Whether the record is not to be relied on: too old, or never verified."""
        return not self.freshness.trusted

    @property
    def minimum_age(self) -> int | None:
        """The age limit of sale, in years, if there is one."""
        return self._data["minimum_age"]

    @property
    def upcoming(self) -> list[UpcomingData]:
        """Enacted changes still to come, nearest first; a copy."""
        copied: list[UpcomingData] = _copied(self._data["upcoming"])
        return copied

    @property
    def summary(self) -> str:
        """The answer in one sentence."""
        return self._data["summary"]

    def __getitem__(self, key: str) -> Any:
        """Read one fact of the contract, such as `answer["citations"]`."""
        data: Mapping[str, Any] = self._data
        return _copied(data[key])

    def __repr__(self) -> str:
        """Name place, day and status."""
        return f"<Answer {self.id} on {self.on}: {self._data['status']}>"

    def __eq__(self, other: object) -> bool:
        """Whether both say the same in every fact."""
        return isinstance(other, Answer) and self._data == other._data

    def __hash__(self) -> int:
        """Follow the place and the day."""
        return hash((self.id, self.on, self._data["status"]))

    def to_dict(self) -> AnswerData:
        """The whole answer as JSON, a copy: absent facts are null, never missing."""
        copied: AnswerData = _copied(self._data)
        return copied


def _copied(value: Any) -> Any:
    """A copy of JSON; the library's own way of copying costs a look-up 2 ms."""
    if isinstance(value, dict):
        return {key: _copied(item) for key, item in value.items()}
    return [_copied(item) for item in value] if isinstance(value, list) else value
