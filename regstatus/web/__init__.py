"""The pages and the HTTP interface, served or published from the same snapshot.

Needs the extra `regstatus[web]`.
"""

from __future__ import annotations

__all__: list[str] = []
