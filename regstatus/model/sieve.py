"""Sieve: in which of many texts a pattern may stand, told for all of them in one pass.

Most patterns of reading hold the words of many languages and match in hardly any passage. RE2 reads
a whole document in the time in which Python's `re` tries such a pattern on a few passages.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from typing import Any

from regstatus.base.relaxed import is_odd, relaxed
from regstatus.model.vocabulary import WordPattern, fill


class Sieve:
    """Some texts, laid together.

    Args:
        texts: Each is a text of its own: no match reaches into the next.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        lines = [text.replace("\n", " ").encode("utf-8", "replace") for text in texts]
        self._data = b"\n".join(lines)
        self._ends = [*accumulate(len(line) + 1 for line in lines)]
        odd = is_odd("\n".join(texts))
        self._odd = {number for number, text in enumerate(texts) if odd and is_odd(text)}

    def may(self, *patterns: WordPattern, begins: str | None = None) -> set[int]:
        """Places of the texts in which one of the patterns may match; in no other text one does.

        With `begins` a match must stand at the beginning, or behind nothing but these signs.
        """
        found = set(self._odd)
        for pattern in patterns:  # one by one: together they would have too many states
            search, at = _automaton(pattern, begins).search, 0
            while match := search(self._data, at):
                place = bisect_right(self._ends, match.start())
                found.add(place)
                at = self._ends[place]
        return found


@cache
def _automaton(pattern: WordPattern, begins: str | None) -> Any:
    import re2

    options = re2.Options()
    options.max_mem, options.never_capture = 64 << 20, True
    opens = "" if begins is None else f"^[{re.escape(begins)}]*" if begins else "^"
    return re2.compile(f"(?im){opens}(?:{relaxed(fill(pattern.source), in_line=True)})", options)
