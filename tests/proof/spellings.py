"""Names as they are spelt where a plain search misses them; each enters a list that was silent."""

from __future__ import annotations

from tests.proof.case import Case, cases
from tests.proof.laws import schedule, with_entry

K, M, S, H = "kratom", "mitragynine", "Mitragyna speciosa", "7-hydroxymitragynine"

_CYRILLIC = str.maketrans("aeopcxyKMTHBCOPAEi", "аеорсхуКМТНВСОРАЕі")
_GREEK = str.maketrans("oKAMTINHEPuvky", "οΚΑΜΤΙΝΗΕΡυνκγ")
_ARMENIAN = str.maketrans("oun", "օսո")
_CHEROKEE = str.maketrans("KRATM", "ᏦᎡᎪᎢᎷ")


def _shift(word: str, lower: int, upper: int) -> str:
    """The word in another alphabet of mathematical letters, or in full width."""
    out = []
    for char in word:
        if "a" <= char <= "z":
            out.append(chr(lower + ord(char) - 97))
        elif "A" <= char <= "Z":
            out.append(chr(upper + ord(char) - 65))
        else:
            out.append(char)
    return "".join(out)


def _each(word: str, between: str) -> str:
    return between.join(word)


def _mid(word: str, between: str) -> str:
    half = len(word) // 2
    return word[:half] + between + word[half:]


_SMALL_CAPS = {
    **dict(zip("abcdeghijklmnoprtuvwyz", "ᴀʙᴄᴅᴇɢʜɪᴊᴋʟᴍɴᴏᴘʀᴛᴜᴠᴡʏᴢ", strict=True)),
    "s": "s",
}

LETTERS = {
    "Cyrillic letter in kratom": K.replace("a", "а"),
    "Cyrillic letters all over kratom": K.translate(_CYRILLIC),
    "Cyrillic K at the start": "К" + K[1:],
    "Cyrillic letters in mitragynine": M.replace("a", "а").replace("e", "е"),
    "Cyrillic y in mitragynine": M.replace("y", "у"),
    "Cyrillic letters in the plant's name": S.translate(_CYRILLIC),
    "Cyrillic letters in 7-hydroxymitragynine": H.translate(_CYRILLIC),
    "capital Cyrillic letters": "KRATOM".translate(_CYRILLIC),
    "Ukrainian i in mitragynine": M.replace("i", "і"),
    "Greek omicron in kratom": K.translate(_GREEK),
    "Greek capital letters": "KRATOM".translate(_GREEK),
    "Greek nu in mitragynine": M.replace("n", "ν"),
    "Greek letters in 7-hydroxymitragynine": H.replace("o", "ο").replace("y", "γ"),
    "Greek iota in mitragynine": M.replace("i", "ι"),
    "Armenian letters": K.translate(_ARMENIAN),
    "Cherokee letters": "KRATOM".translate(_CHEROKEE),
    "dotless i": M.replace("i", "ı"),
    "Turkish capital İ": "MİTRAGYNİNE",
    "script g": M.replace("g", "ɡ"),
    "long s and script a": "Mitrɑgyna ſpeciosa",
    "full width": _shift("Kratom", 0xFF41, 0xFF21),
    "full width mitragynine": _shift(M, 0xFF41, 0xFF21),
    "full width digit and hyphen": "７－" + _shift(H[2:], 0xFF41, 0xFF21),
    "mathematical bold": _shift("Kratom", 0x1D41A, 0x1D400),
    "mathematical sans": _shift(M, 0x1D5BA, 0x1D5A0),
    "mathematical monospace": _shift(H, 0x1D68A, 0x1D670),
    "mathematical bold fraktur": _shift(S, 0x1D586, 0x1D56C),
    "circled letters": _shift("Kratom", 0x24D0, 0x24B6),
    "small capitals": "".join(_SMALL_CAPS.get(char, char) for char in K),
    "parenthesised letters": "".join(chr(0x249C + ord(char) - 97) for char in K),
    "regional letters": "".join(chr(0x1F1E6 + ord(char) - 97) for char in K),
    "modifier letters": "ᵏʳᵃᵗᵒᵐ",
    "accent on kratom": "Kratóm",
    "ring and caron": "kråťom",
    "combining accents": _each(K, "\u0301") + "\u0301",
    "combining dot below": K.replace("t", "t\u0323"),
    "stroked letters": "kraŧøm",
    "accents in mitragynine": "mìtrågýnîné",
    "accents in the plant's name": "Mítragyná spéciosà",
    "umlauts": "mïtragÿnïne",
    "polytonic Greek": "Mitragynα specιoσα",
}
OCR = {
    "zero for o": "Krat0m",
    "rn for m": "Kratorn",
    "rn for m at the start": "rnitragynine",
    "1 for i": "m1tragyn1ne",
    "l for i": "mltragyna speclosa",
    "I for l and 1": "MITRAGYNlNE",
    "vv and rn": "Mitragyna speciosa".replace("Mi", "rni").replace("o", "0"),
    "zero in 7-hydroxymitragynine": H.replace("o", "0"),
    "l for i in 7-hydroxymitragynine": H.replace("i", "l"),
    "rn in 7-hydroxymitragynine": H.replace("m", "rn"),
    "5 for s": "Mitragyna 5peciosa",
    "4 for a": "Kr4tom",
    "exclamation mark for i": "M!tragyn!ne",
    "vertical bar for i": "m|tragynine",
    "broken letters of a scan": "K ratom (M itragyna speciosa)",
    "q for g": "mitraqynine",
    "v for y": "Mitragvna speciosa",
    "space in the middle": "Mitra gyna spe ciosa",
}
HYPHENS = {
    f"{name} in 7-hydroxymitragynine": H.replace("-", char)
    for name, char in {
        "hyphen U+2010": "\u2010", "no-break hyphen": "\u2011", "figure dash": "\u2012",
        "en dash": "\u2013", "em dash": "\u2014", "horizontal bar": "\u2015", "minus": "\u2212",
        "small hyphen": "\ufe63", "full width hyphen": "\uff0d", "hyphen bullet": "\u2043",
        "soft hyphen": "\u00ad", "Armenian hyphen": "\u058a", "Hebrew maqaf": "\u05be",
        "Mongolian hyphen": "\u1806", "double hyphen": "\u2e17", "katakana dash": "\u30fc",
        "underscore": "_", "space and hyphen": " - ", "nothing": "", "comma": ",",
    }.items()
}  # fmt: skip
HYPHENS |= {
    "hyphen inside kratom": "kra-tom",
    "en dash inside mitragynine": "mitra\u2013gynine",
    "7 (hydroxy) mitragynine": "7-(hydroxy)mitragynine",
    "prime": "7\u2032-hydroxymitragynine",
    "hydroxy apart": "7 - hydroxy - mitragynine",
}
HIDDEN_SIGNS = {
    f"{name} in {word}": _mid(word, char)
    for word in (K, M)
    for name, char in {
        "zero-width space": "\u200b", "zero-width non-joiner": "\u200c",
        "zero-width joiner": "\u200d", "word joiner": "\u2060", "byte order mark": "\ufeff",
        "soft hyphen": "\u00ad", "combining grapheme joiner": "\u034f",
        "left-to-right mark": "\u200e", "Arabic letter mark": "\u061c",
        "invisible separator": "\u2063", "variation selector": "\ufe0f", "tag letter": "\U000e0061",
        "Mongolian vowel separator": "\u180e", "Hangul filler": "\u3164",
    }.items()
}  # fmt: skip
SPACES = {
    "letter-spaced": _each(K, " "),
    "letter-spaced with no-break spaces": _each(K, "\u00a0"),
    "letter-spaced with thin spaces": _each(M, "\u2009"),
    "letter-spaced capitals": _each("MITRAGYNINE", " "),
    "points between letters": _each(K, "."),
    "middle dots between syllables": "mi·tra·gy·nine",
    "hyphens between letters": _each(K, "-"),
    "two spaces in the plant's name": "Mitragyna \u00a0 speciosa",
    "line break in the plant's name": "Mitragyna\n    speciosa",
    "line break in a word": "mitra\ngynine",
    "hyphen at a line's end": "mitra-\n   gynine",
    "tab in a word": "kra\ttom",
    "ideographic space": "Mitragyna\u3000speciosa",
    "line separator in a word": "kra\u2028tom",
}
MARKED = {
    "bold letter": "<b>k</b>ratom",
    "spans between letters": "".join(f"<span>{char}</span>" for char in K),
    "comment in a word": "kra<!-- x -->tom",
    "break chance in a word": "mitra<wbr>gynine",
    "line break element in a word": "mitra-<br>gynine",
    "italics in the plant's name": "<i>Mitra</i><em>gyna</em> <i>spe</i>ciosa",
    "empty element in a word": "kra<span></span>tom",
    "superscript in a word": "kratom<sup>1</sup>ine",
    "decimal entities": "".join(f"&#{ord(char)};" for char in K),
    "hexadecimal entities": "".join(f"&#x{ord(char):X};" for char in M),
    "entity of a soft hyphen": "mitra&shy;gynine",
    "entity of a zero-width space": "kra&#8203;tom",
    "entity of a hyphen": "7&hyphen;hydroxymitragynine",
    "entity of a dash": "7&ndash;hydroxymitragynine",
    "entities twice": "&amp;#107;ratom",
    "entities without semicolons": "&#107ratom",
    "cells of a table": "<table><tr><td>Mitra</td><td>gyna speciosa</td></tr></table>",
    "letters in two directions": "<bdo dir='rtl'>motark</bdo>",
    "letters in two directions, in a part of the name": "kra<bdo dir=rtl>mot</bdo>",
    "letters in two directions, each in a tag": "<bdo dir='rtl'><i>m</i><i>o</i><i>t</i><i>a</i><i>r</i><i>k</i></bdo>",
    "letters under a sign of direction": "\u202emotark\u202c",
    "letters under an entity of direction": "&#x202E;enynigartim&#x202C;",
    "letters under a style of direction": "<span style='unicode-bidi:bidi-override;direction:rtl'>motark</span>",
    "letters mirrored by a style": "<style>.m{transform:scaleX(-1)}</style><span class='m'>enynigartim</span>",
    "letters turned on their heads": "\u026fo\u0287\u0250\u0279\u029e",
    "ruby": "<ruby>kratom<rt>クラトム</rt></ruby>",
    "struck and set anew": "<del>kra</del><ins>kratom</ins>",
    "link inside": "kra<a href='#n1'>tom</a>",
    "font tags": "<font size=2>KRA</font><font size=1>TOM</font>",
}
OTHER_NAMES = {
    "CAS number of mitragynine": "CAS No. 4098-40-2",
    "CAS number with en dashes": "4098–40–2",
    "CAS number with spaces": "CAS 4098 - 40 - 2",
    "CAS number of 7-hydroxymitragynine": "174418-82-7",
    "CAS number with no-break hyphens": "174418\u201182\u20117",
    "systematic name": "methyl (E)-2-[(2S,3S,12bS)-3-ethyl-8-methoxy-1,2,3,4,6,7,12,12b-octahydro"
    "indolo[2,3-a]quinolizin-2-yl]-3-methoxyprop-2-enoate",
    "systematic name with other hyphens": "methyl (E)‑2‑[3‑ethyl‑8‑methoxy‑1,2,3,4,6,7,12,12b‑"
    "octahydroindolo[2,3‑a]quinolizin‑2‑yl]‑3‑methoxyprop‑2‑enoate",
    "Thai name": "ใบกระท่อม",
    "Malay name": "daun ketum",
    "Japanese name": "クラトム",
    "half-width katakana": "ｸﾗﾄﾑ",
    "Chinese name": "美丽帽柱木",
    "Korean name": "크라톰",
    "decomposed Korean": "\u110f\u1173\u1105\u1161\u1110\u1169\u11b7",
    "Arabic name": "كراتوم",
    "Arabic name with tatweel": "كراتـــوم",
    "Hebrew name": "קראטום",
    "Russian name": "кратом",
    "Russian name with Latin letters": "кpaтoм",
    "Russian alkaloid": "митрагинин",
    "Greek name": "κρατόμ",
    "Ukrainian alkaloid": "мітрагінін",
    "old synonym": "Nauclea speciosa",
    "short form": "7-OH-mitragynine",
    "official misspelling": "Mytragyna speciosa",
    "German alkaloid": "Mitragynin",
    "Finnish alkaloid": "mitragyniini",
    "Lithuanian plant": "Mitragynos speciosos",
}
_STYLES = ("li", "p", "table", "dl", "ol")
_TABLES = {
    "letters": LETTERS, "OCR": OCR, "hyphens": HYPHENS, "hidden signs": HIDDEN_SIGNS,
    "spaces": SPACES, "names": OTHER_NAMES,
}  # fmt: skip


def _all() -> tuple[Case, ...]:
    rows = []
    number = 0
    for kind, table in _TABLES.items():
        for name, written in table.items():
            # Each form of page meets each kind of spelling.
            style = ("li", "p", "xml", "table", "text", "dl", "json", "ol")[number % 8]
            law = schedule("de" if number % 5 == 3 else "en", style)
            rows.append((f"{kind}: {name} ({style})", law, with_entry(law, written)))
            number += 1
    for number, (name, written) in enumerate(MARKED.items()):
        law = schedule("en", _STYLES[number % len(_STYLES)])
        rows.append((f"markup: {name}", law, with_entry(law, written)))
    return cases("spellings", rows, stricter=True)


CASES = _all()
