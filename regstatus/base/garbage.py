"""Garbage: Python's search for dead circles of objects, which waits while a page is read.

Reading makes hundreds of thousands of objects and hardly a circle. Python would look through all of them
again and again, the longer the page the longer, and find nothing.
"""

import gc
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

_Given = ParamSpec("_Given")
_Made = TypeVar("_Made")


def uncollected(function: Callable[_Given, _Made]) -> Callable[_Given, _Made]:
    """The same function, while which runs nothing is collected; what counts no references is as before."""

    @wraps(function)
    def waiting(*args: _Given.args, **kwargs: _Given.kwargs) -> _Made:
        if not gc.isenabled():
            return function(*args, **kwargs)
        gc.disable()
        try:
            return function(*args, **kwargs)
        finally:
            gc.enable()

    return waiting
