"""Columns: what the columns of lists and tables are called, hold and mean."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any


class Column:
    """A column of a list or of a table.

    Attributes:
        name: Its name.
        type: `string`, `integer`, `boolean`, `date` or `datetime` (UTC), as Frictionless has them.
        says: What it means; also the line of `docs/export.md`.
        words: The words it is limited to, if it is.
        required: Whether it is never empty.
        form: What kind of string it is, such as `uri`, if that is known.
    """

    __slots__ = ("_of", "form", "name", "required", "says", "type", "words")

    def __init__(
        self,
        name: str,
        type: str = "string",  # noqa: A002  (the field's own word)
        says: str = "",
        words: Iterable[object] = (),
        *,
        required: bool = False,
        form: str | None = None,
        of: Callable[[Mapping[str, Any]], Any] | None = None,
    ) -> None:
        self.name, self.type, self.says, self.required, self.form = name, type, says, required, form
        self.words = tuple(map(str, words))
        self._of = of

    def cell(self, item: Mapping[str, Any]) -> Any:
        """What stands in it for an item of a list."""
        return item.get(self.name) if self._of is None else self._of(item)

    def described(self) -> dict[str, Any]:
        """The type as a table schema of Frictionless has it."""
        limits: dict[str, Any] = {"required": True} if self.required else {}
        if self.words:
            limits["enum"] = list(self.words)
        return {
            "type": self.type,
            **({"description": self.says} if self.says else {}),
            **({"format": self.form} if self.form else {}),
            **(_FLAGS if self.type == "boolean" else {}),
            **({"constraints": limits} if limits else {}),
        }


_FLAGS = {"trueValues": ["yes", "true"], "falseValues": ["no", "false"]}
