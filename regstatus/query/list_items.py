"""What the lists hold, made of the shapes of `model.schemas`."""

from typing import Any

from pydantic import BaseModel, ConfigDict, create_model

from regstatus.model.schemas import SHAPES
from regstatus.query.lists import SHORT


class _Made(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def _made(name: str, says: str, fields: dict[str, Any]) -> type[BaseModel]:
    required: dict[str, Any] = {key: (kind, ...) for key, kind in fields.items()}
    return create_model(name, __base__=_Made, __doc__=says, **required)


_ANSWER = SHAPES["AnswerSchema"].model_fields
ShortAnswer = _made(
    "ShortAnswer",
    "An answer without its proof, as lists give it.",
    {name: _ANSWER[name].annotation for name in SHORT},
)


def list_of(name: str, item: Any) -> type[BaseModel]:
    """A list of such items, with the version that answers."""
    says = "A list, with the version that answers."
    fields = {"snapshot": SHAPES["About"], "count": int, "items": tuple[item, ...]}
    return _made(f"{name}List", says, fields)
