"""RTF to lines: control words go, struck-out text goes, the words stay."""

import re

from regstatus.model.charset import codec_of

_TOKEN = re.compile(
    r"\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-z])|([{}])|([^\\{}\r\n]+)"
)
_words = str.split

_SKIPPED = frozenset(
    _words(
        "fonttbl colortbl stylesheet info pict object themedata datastore latentstyles listtable "
        "listoverridetable rsidtbl generator header headerl headerr headerf footer footerl footerr "
        "footerf xmlnstbl filetbl fldinst bkmkstart bkmkend shppict nonshppict mmathPr"
    )
)
_BREAKS = {
    "par": "\n\n", "sect": "\n\n", "page": "\n\n", "row": "\n\n", "line": "\n", "cell": " | ",
    "tab": " ", "emspace": " ", "enspace": " ", "emdash": "—", "endash": "-", "bullet": "•",
    "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
}  # fmt: skip
_SYMBOLS = {
    "~": "\u00a0", "_": "-", "-": "\u00ad", "\\": "\\", "{": "{", "}": "}", "\n": "\n\n", "\r": "\n\n",
}  # fmt: skip


def read_rtf(text: str, *, everything: bool = False) -> str:  # noqa: PLR0915  (one small machine; its parts share all state)
    """Strip a file, decoded as latin-1 (a character a byte), down to its words.

    Paragraphs are parted by blank lines; text marked as struck or hidden is left out, and so are
    headers, notes of the file and objects, unless `everything` is wanted.
    """
    page = re.search(r"\\ansicpg(\d{3,5})", text[:2000])
    codec = codec_of(f"cp{page.group(1)}" if page else None) or "cp1252"
    out: list[str] = []
    # Each group: left out, struck, hidden, characters that follow a \u.
    stack: list[tuple[bool, bool, bool, int]] = []
    skip, struck, hidden, follow = False, False, False, 1
    starred = False
    eat = 0
    pending = bytearray()

    def put(piece: str) -> None:
        if pending:
            out.append(pending.decode(codec, "replace"))
            pending.clear()
        if everything or not (skip or struck or hidden):
            out.append(piece)

    for match in _TOKEN.finditer(text):
        word, number, byte, symbol, brace, plain = match.groups()
        if brace:
            put("")
            if brace == "{":
                stack.append((skip, struck, hidden, follow))
            elif stack:
                skip, struck, hidden, follow = stack.pop()
        elif word:
            on = number != "0"
            if word in _SKIPPED or starred:
                skip = True
            elif word in {"strike", "striked", "deleted"}:
                struck = on
            elif word == "v":
                hidden = on
            elif word == "plain":
                struck = hidden = False
            elif word == "uc":
                follow = min(int(number or 1), 8)
            elif word == "u" and number:
                put(chr(int(number) % 65536))
                eat = follow
            elif word in _BREAKS:
                put(_BREAKS[word])
            starred = False
        elif byte:
            if eat:
                eat -= 1
            elif everything or not (skip or struck or hidden):
                pending.append(int(byte, 16))
        elif symbol == "*":
            starred = True
        elif symbol:
            put(_SYMBOLS.get(symbol, ""))
        elif plain:
            if eat:
                cut = min(eat, len(plain))
                plain, eat = plain[cut:], eat - cut
            put(plain)
    put("")
    return "".join(out).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
