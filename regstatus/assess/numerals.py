"""Numbers: as statutes write them, in digits of any script or in words."""

from __future__ import annotations

import re

__all__ = ["AGE", "AGE_WORDS", "AMOUNT", "age_of", "amount_of"]

_ONES = "one two three four five six seven eight nine".split()  # noqa: SIM905
_TEENS = (
    "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()  # noqa: SIM905
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()  # noqa: SIM905

_WORDS: dict[str, float] = {
    **{word: float(n) for n, word in enumerate(_ONES, 1)},
    **{word: float(n) for n, word in enumerate(_TEENS, 10)},
    **{word: 10.0 * n for n, word in enumerate(_TENS, 2)},
    **{f"twenty {word}": 20.0 + n for n, word in enumerate(_ONES, 1)},
    "one half": 0.5,
    "one half of one": 0.5,
    "one quarter": 0.25,
    "one quarter of one": 0.25,
    "one fourth": 0.25,
    "one tenth": 0.1,
    "one tenth of one": 0.1,
    "one and one half": 1.5,
    "one hundred": 100.0,
    "one hundred fifty": 150.0,
    "one hundred and fifty": 150.0,
    "two hundred": 200.0,
    "two hundred fifty": 250.0,
    "four hundred": 400.0,
    "five hundred": 500.0,
    "one thousand": 1000.0,
}
_AGE_WORDS: dict[str, int] = {
    **{word: int(n) for word, n in _WORDS.items() if 15 <= n <= 25 and n == int(n)},
    # the other languages of the sources, in the forms their statutes use
    **dict.fromkeys(("achtzehn", "achtzehnte", "achtzehnten"), 18),
    **dict.fromkeys(("dix huit", "dieciocho", "dezoito", "diciotto", "achttien"), 18),
    **dict.fromkeys(("arton", "atten", "osmnácti", "osemnásť", "osiemnastu", "osiemnaście"), 18),
    **dict.fromkeys(("osiemnastego", "optsprezece", "tizennyolc", "tizennyolcadik"), 18),
    **dict.fromkeys(("восемнадцати", "восемнадцатилетнего", "вісімнадцяти", "осемнадесет"), 18),
    **dict.fromkeys(("osmnáct", "osamnaest", "осамнаест", "osemnajst", "osemnajstega"), 18),
    **dict.fromkeys(("kahdeksantoista", "kahdeksaatoista", "kaheksateist", "átján"), 18),
    **dict.fromkeys(("aštuoniolika", "aštuoniolikos", "astoņpadsmit", "on sekiz"), 18),
    **dict.fromkeys(("δεκαοκτώ", "δεκαοχτώ", "열여덟", "восемнадцать", "вісімнадцять"), 18),
    **dict.fromkeys(("สิบแปด", "十八", "mười tám", "lapan belas", "delapan belas"), 18),
    **dict.fromkeys(("ยี่สิบ", "二十", "veinte", "vinte", "vingt", "zwanzig"), 20),
    **dict.fromkeys(("einundzwanzig", "vingt et un", "veintiún", "veintiuno", "vinte e um"), 21),
    **dict.fromkeys(("двадцати одного", "ยี่สิบเอ็ด", "dua puluh satu"), 21),
}


def _worded(words: dict[str, float] | dict[str, int]) -> str:
    """An alternation of words, longest first, with any space or hyphen inside, or none."""
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(r"[\s-]*".join(map(re.escape, word.split(" "))) for word in ordered)


def _key(written: str) -> str:
    return re.sub(r"[\s-]+", "", written.lower())


_AGE_KEYS = {_key(word): years for word, years in _AGE_WORDS.items()}
_WORD_KEYS = {_key(word): amount for word, amount in _WORDS.items()}
_AGE_WORD = rf"(?:{_worded(_AGE_WORDS)})(?![a-zà-ž])"
AGE_WORDS = frozenset(max(w.split(" "), key=len) for w in _AGE_WORDS if w.isascii())
"""A word of each number of an age that is written in ASCII."""
AGE = rf"(?:{_AGE_WORD}\s*\(\s*\d{{2}}\s*\)|\d{{2}}\s*\(\s*{_AGE_WORD}\s*\)|\(?\d{{2}}\)?|{_AGE_WORD})"
"""Pattern of an age: `21`, `twenty-one`, `twenty-one (21)`, `สิบแปด`, `๑๘`."""

# Not inside a word of an alphabet («C21»); scripts without spaces write a number on to a word.
_LOOSE = r"(?<![A-Za-z\u00c0-\u04ff\d_.,])"
AMOUNT = (
    rf"(?:{_LOOSE}\d{{1,3}}(?:[,\s]\d{{3}})+(?![\d,.])|{_LOOSE}\d+(?:[.,]\d+)?"
    rf"|(?<![^\W\d_])(?:{_worded(_WORDS)})(?![^\W\d_]))"
)
"""Pattern of an amount: `0.5`, `0,1`, `1 250`, `two`, `one-half of one`."""


def age_of(written: str) -> int | None:
    """The age in years, or None where it is no plausible age of sale (15 to 25)."""
    digits = re.search(r"\d+", written)
    years = int(digits.group()) if digits else _AGE_KEYS.get(_key(written), 0)
    return years if 15 <= years <= 25 else None


def amount_of(written: str) -> float | None:
    """The amount, or None; a comma before exactly three digits parts thousands."""
    text = written.strip()
    if text[:1].isdigit():
        if re.fullmatch(r"[1-9]\d{0,2}(?:[,\s]\d{3})+", text):
            return float(re.sub(r"[,\s]", "", text))
        return float(text.replace(",", ".").replace(" ", ""))
    return _WORD_KEYS.get(_key(text))
