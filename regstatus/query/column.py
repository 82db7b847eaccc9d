"""Columns: what the columns of lists and tables are called, hold and mean."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

__all__ = ["Column"]


class Column(NamedTuple):
    """A column of a list or of a table.

    Attributes:
        name: Its name.
        type: `string`, `integer`, `boolean`, `date` or `datetime` (UTC), as Frictionless has them.
        says: What it means; also the line of `docs/export.md`.
        words: The words it is limited to, if it is.
        required: Whether it is never empty.
        form: What kind of string it is, such as `uri`, if that is known.
        of: Takes it from an item of a list; by its own name if None.
    """

    name: str
    type: str = "string"
    says: str = ""
    words: Iterable[object] = ()
    required: bool = False
    form: str | None = None
    of: Callable[[Mapping[str, Any]], Any] | None = None

    def cell(self, item: Mapping[str, Any]) -> Any:
        """What stands in it for an item of a list."""
        return item.get(self.name) if self.of is None else self.of(item)

    def described(self) -> dict[str, Any]:
        """The type as a table schema of Frictionless has it."""
        limits: dict[str, Any] = {"required": True} if self.required else {}
        if words := [str(word) for word in self.words]:
            limits["enum"] = words
        return {
            "type": self.type,
            **({"description": self.says} if self.says else {}),
            **({"format": self.form} if self.form else {}),
            **(_FLAGS if self.type == "boolean" else {}),
            **({"constraints": limits} if limits else {}),
        }


_FLAGS = {"trueValues": ["yes", "true"], "falseValues": ["no", "false"]}
