"""A batch of questions: place, substance and day of each, and the whole answer or what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from regstatus.base.errors import UsageError
from regstatus.model.schemas import SHAPES
from regstatus.query.lists import SHORT, keys_of, part
from regstatus.web.api.batch import Batch, Judge, parameters
from regstatus.web.api.params import read_day
from regstatus.web.api.problems import described
from regstatus.web.edition import Edition

OPTIONS = parameters("QuestionOptions")
"""What a query may ask of a batch."""


def _begin(edition: Edition, asked: Mapping[str, Any]) -> Judge:
    fields = [text for text in (asked.get("fields"),) if text is not None]
    keys_of(fields or SHORT, SHAPES["AnswerSchema"].model_fields)

    def judge(question: Any, wrong: str) -> dict[str, Any]:
        if wrong:
            return _refused(UsageError(wrong))
        try:
            day, substance = question.get("on"), question.get("substance")
            on = None if day is None else read_day(day, "on")
            found = edition.answer(question["jurisdiction"], on=on, substance=substance)
        except UsageError as error:
            return _refused(error)
        return {"answer": part(found, fields), "problem": None}

    return judge


def _refused(error: UsageError) -> dict[str, Any]:
    return {"answer": None, "problem": described(error)}


BATCH = Batch("questions", 100, "Question", "QuestionOptions", _begin, counted=True)
