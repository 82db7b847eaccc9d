"""The same words in many character sets, as hosts send them: with what header, what of their own."""

from __future__ import annotations

from typing import NamedTuple

THAI = "พระราชบัญญัติพืชกระท่อม ห้ามผู้ใดขายใบกระท่อมแก่ผู้ซึ่งมีอายุต่ำกว่าสิบแปดปี"
JAPANESE = "指定薬物を定める省令 第一条 ミトラギニン及びその塩類を指定する"
KOREAN = "임시마약류 지정 공고 미트라기닌 및 크라톰은 임시마약류로 지정한다"
CHINESE = "精神药品品种目录 第一条 帽柱木碱列入第一类精神药品目录"
RUSSIAN = "Перечень наркотических средств: митрагинин, кратом и их соли запрещены к обороту"
CZECH = "Příloha č. 1 – zařazené látky „kratom“ a žlutý prášek"
FRENCH = "Règlement : la vente de l’herbe « kratom » est interdite – § 5"


class Sent(NamedTuple):
    """One page: its words, their codec, the charset of its header, and the one it names itself."""

    words: str
    codec: str
    header: str | None = None
    own: str | None = None


SENT = {
    "UTF-8 under the server's latin-1": Sent(THAI, "utf-8", "iso-8859-1"),
    "UTF-8 that calls itself windows-1252": Sent(KOREAN, "utf-8", None, "windows-1252"),
    "UTF-8 under GB2312": Sent(CHINESE, "utf-8", "gb2312"),
    "windows-874 by header": Sent(THAI, "cp874", "windows-874"),
    "TIS-620 of its own under the server's latin-1": Sent(THAI, "cp874", "iso-8859-1", "tis-620"),
    "TIS-620 by header, latin-1 of its own": Sent(THAI, "cp874", "tis-620", "iso-8859-1"),
    "Shift-JIS by header": Sent(JAPANESE, "cp932", "Shift_JIS"),
    "Shift-JIS by its old name": Sent(JAPANESE, "cp932", None, "x-sjis"),
    "EUC-JP under UTF-8": Sent(JAPANESE, "euc_jp", "utf-8", "euc-jp"),
    "Shift-JIS that declares nothing": Sent(JAPANESE, "cp932"),
    "EUC-JP that declares nothing": Sent(JAPANESE, "euc_jp"),
    "ISO-2022-JP that declares nothing": Sent(JAPANESE, "iso2022_jp"),
    "EUC-KR by the name of its table": Sent(KOREAN, "cp949", "ks_c_5601-1987"),
    "GB18030 called GB2312": Sent(CHINESE, "gb18030", None, "gb2312"),
    "windows-1251 under UTF-8": Sent(RUSSIAN, "cp1251", "utf-8", "windows-1251"),
    "KOI8-R by header": Sent(RUSSIAN, "koi8-r", "koi8-r"),
    "KOI8-R of its own under the server's latin-1": Sent(RUSSIAN, "koi8-r", "latin1", "koi8-r"),
    "windows-1250 by header": Sent(CZECH, "cp1250", "windows-1250"),
    "windows-1252 that declares nothing": Sent(FRENCH, "cp1252"),
    "windows-1252 called UTF-8": Sent(FRENCH, "cp1252", "utf-8", "utf-8"),
    "UTF-16 with its mark under UTF-8": Sent(THAI, "utf-16", "utf-8", "utf-8"),
    "UTF-16 without a mark, small end first": Sent(RUSSIAN, "utf-16-le"),
    "UTF-16 without a mark, large end first": Sent(THAI, "utf-16-be"),
    "UTF-16 without a mark by header": Sent(CHINESE, "utf-16-le", "utf-16le"),
    "UTF-32 with its mark": Sent(KOREAN, "utf-32"),
    "a mark of UTF-8 against the header": Sent(CZECH, "utf-8-sig", "windows-1251", "koi8-r"),
}
"""Pages of which the bytes or a declaration tell the character set."""

UNTOLD = {
    "TIS-620 under UTF-8": Sent(THAI, "cp874", "utf-8"),
    "KOI8-R that declares nothing": Sent(RUSSIAN, "koi8-r"),
    "windows-1251 under the server's latin-1": Sent(RUSSIAN, "cp1251", "iso-8859-1"),
    "EUC-KR called UTF-8": Sent(KOREAN, "cp949", "utf-8", "utf-8"),
}
"""Pages of which nothing tells it: in windows-1252 their words would be others."""


def header(sent: Sent, media: str) -> str:
    """The `Content-Type` of a page."""
    return f"{media}; charset={sent.header}" if sent.header else media
