"""The one way from bytes to Text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from regstatus.base.errors import ReadingError
from regstatus.extract.behind import marked_behind
from regstatus.extract.blocks import Block, Sink, clean
from regstatus.extract.cut import cut_passages, cut_tree
from regstatus.extract.from_html.html_tree import main_part, parse_html, parse_xhtml, struck_classes
from regstatus.extract.from_html.html_walk import walk_html
from regstatus.extract.from_json.json_text import read_json
from regstatus.extract.from_json.load import load_json, pointed
from regstatus.extract.from_pdf.pdf import read_pdf
from regstatus.extract.from_text.plain import read_plain
from regstatus.extract.from_text.rtf import read_rtf
from regstatus.extract.from_xml.xml_tree import (
    force_of,
    is_gone,
    language_of,
    parse_xml,
    prepare,
    title_of,
)
from regstatus.extract.from_xml.xml_walk import walk_xml
from regstatus.extract.outline import outline
from regstatus.extract.selection import Selection
from regstatus.extract.zipped import unzip
from regstatus.model.charset import decode, without_declaration
from regstatus.model.media import NAMES, ZIP, form_of, kind
from regstatus.model.text import Text
from regstatus.model.words import Format

__all__ = ["extract"]

_SHELL_WORDS = 300
_ERROR_PAGE = re.compile(
    r"^\W*(?:error\W*|http\W*)?(?:40[0134]|410|50[0-4])\W*$"
    r"|\b(?:40[34]|50[0-4])\W+(?:error|page|not|forbidden|bad|service)"
    r"|\b(?:page|document|file|resource|url|address|site)\b[^.]{0,60}\bnot (?:be )?found"
    r"|^\W*(?:page )?not found\W*$"
    r"|^\W*(?:access (?:is )?denied|forbidden|service unavailable|attention required|just a moment"
    r"|unauthorized)\b[\W\d]*$"
    r"|\baccess denied\b|\b(?:under|site|scheduled|website|system) maintenance\b"
    r"|are you (?:a )?(?:human|robot)\b|captcha|verify (?:that )?you are|an error (?:has )?occurred"
    r"|internal server error|session (?:has )?expired"
    r"|seite nicht gefunden|page introuvable|página no encontrada|pagina non trovata",
    re.IGNORECASE,
)
_GONE_TITLE = re.compile(
    r"\W*(?:zaudējis spēku|repealed|revoked|aufgehoben|derogad[oa]|vervallen|uchylony|zrušen)\b",
    re.IGNORECASE,
)
_GONE_STATE = re.compile(
    r"(?:стан|статус)\s*:\s*(?:втратив чинність|не набрав чинності|скасован)", re.IGNORECASE
)
_XHTML_CLAIM = re.compile(
    r"\A\s*(?:<\?xml\b|<!DOCTYPE[^>]{0,200}XHTML)|<html[^>]{0,300}xmlns", re.IGNORECASE
)


def extract(
    body: bytes,
    *,
    format: Format | None = None,  # noqa: A002  (the word that Page and Text use)
    content_type: str | None = None,
    name: str | None = None,
    select: Selection | None = None,
) -> Text:
    """Read a document: bytes to passages in reading order, each under its headings.

    Args:
        body: What the host sent, decoded from any transfer encoding.
        format: The form that the source says it has; the bytes decide where it is None.
        content_type: The HTTP header, for the charset and as a hint to the form.
        name: A file name or address, as a hint to the form.
        select: Which part of the document is meant; all of it if None.

    Returns:
        The text. It may hold no passages where `problems` says why (a script shell, a frame).

    Raises:
        ReadingError: Where nothing can be read, or a selector matches nothing. No other
            exception, for any bytes.
    """
    try:
        return _extract(body, format, content_type, name, select or Selection())
    except ReadingError:
        raise
    except Exception as error:  # a run must outlive any page; the suite looks behind this net
        kind = type(error).__name__
        raise ReadingError(f"The document could not be read: {kind} inside the reader.") from error


def _extract(
    body: bytes,
    format: Format | None,  # noqa: A002
    content_type: str | None,
    name: str | None,
    select: Selection,
) -> Text:
    if not body.strip():
        raise ReadingError("The document is empty.")
    what = kind(body, content_type=content_type, name=name)
    if what == ZIP:
        body, name = unzip(body)
        content_type = None
        what = kind(body, name=name)
        if name == "word/document.xml":
            format = Format.XML  # noqa: A001
    found = form_of(what)
    if found is None:
        raise ReadingError(f"The document is {NAMES[what]}, a form that cannot be read.")
    form = _settle(format, found)
    if (select.css or select.xpath) and form not in {Format.HTML, Format.XML}:
        raise ReadingError(f"A CSS or XPath selector cannot be used on {form.value}.")
    if select.pointer is not None and form is not Format.JSON:
        raise ReadingError(f"A JSON pointer cannot be used on {form.value}.")
    if form is Format.PDF:
        text = _pdf(body)
    else:
        chars = decode(body, content_type=content_type)
        if form is Format.HTML:
            text = _html(chars, select)
        elif form is Format.XML:
            text = _xml(chars, select, sure=format is Format.XML or chars.lstrip()[:5] == "<?xml")
        elif form is Format.JSON:
            text = _json(chars, select)
        else:
            text = _plain(body, chars, name)
    passages = cut_passages(text.passages, select)
    if not passages and not text.problems:
        raise ReadingError("The document holds no text.")
    if sum(p.text.count("\ufffd") for p in passages) * 20 > sum(len(p.text) for p in passages):
        raise ReadingError("The document's character set is unknown: it declares none that fits.")
    return replace(text, passages=passages)


def _settle(said: Format | None, found: Format) -> Format:
    """The form to read, where source and bytes may differ.

    A host that sends a page where data should be has put up a wall or an error.
    """
    if said is None or said is found:
        return found
    if said in {Format.JSON, Format.PDF} and found is Format.HTML:
        raise ReadingError(f"The host sent an HTML page where {said.value.upper()} was expected.")
    if found in {Format.PDF, Format.JSON} or found in {Format.HTML, Format.XML}:
        return found
    if said is Format.PDF:
        raise ReadingError("The host sent no PDF where one was expected.")
    return said


def _text(
    blocks: Sequence[Block],
    form: Format,
    *,
    title: str | None = None,
    language: str | None = None,
    repealed: bool = False,
    problems: Sequence[str] = (),
    force: tuple[date | None, date | None] = (None, None),
    folded: Sequence[str] = (),
) -> Text:
    passages = marked_behind(outline(blocks))
    since, until = force
    if since or until:
        passages = tuple(
            replace(p, valid_from=p.valid_from or since, valid_until=p.valid_until or until)
            for p in passages
        )
    language = (
        language if language and re.fullmatch(r"[A-Za-z]{2,3}([-_]\w{2,8})*", language) else None
    )
    return Text(
        passages=passages,
        format=form,
        title=title or None,
        language=language.replace("_", "-") if language else None,
        repealed=repealed or bool(title and _GONE_TITLE.match(title)),
        problems=tuple(dict.fromkeys(problems)),
        folded=clean(" ".join(folded)),
    )


def _html(chars: str, select: Selection) -> Text:
    root: Any = None
    problems: list[str] = []
    if _XHTML_CLAIM.search(chars[:3000]):
        root = parse_xhtml(without_declaration(chars))
    if root is None:
        root, problems = parse_html(chars)
    title = clean(" ".join(root.xpath("string((//title)[1])").split()))[:500] or None
    language = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang")
    struck = struck_classes(root)
    if select.css or select.xpath:
        parts, whole = cut_tree(root, select, chars), False
    else:
        main = main_part(root, chars)
        parts, whole = ([root], True) if main is None else ([main], False)
    sink = Sink()
    struck_chars, frames = 0, []
    for part in parts:
        count, seen = walk_html(part, sink, struck_classes=struck, whole=whole)
        struck_chars += count
        frames += seen
    words = sum(len(block.text) for block in sink.blocks)
    if words < 2 * _SHELL_WORDS:
        for address in frames:
            if address and not address.startswith(("about:", "javascript:", "data:")):
                problems.append(f"the text sits in a frame: {address}")
    if not (select.css or select.xpath):
        problems += _shell(root, sink.blocks, words, title)
    if struck_chars > 3 * words and struck_chars > 2000:
        problems.append("most of the text is struck out")
    gone = any(
        _GONE_STATE.search(block.text) for block in sink.blocks[:12] if len(block.text) < 120
    )
    return _text(
        sink.blocks,
        Format.HTML,
        title=title,
        language=language,
        problems=problems,
        repealed=gone,
        folded=sink.folded,
    )


def _shell(root: Any, blocks: Sequence[Block], words: int, title: str | None) -> list[str]:
    """Pages sent with status 200 that hold no law: script shells, error pages, walls."""
    problems = []
    if words < _SHELL_WORDS and (
        root.find(".//script") is not None or root.find(".//noscript") is not None
    ):
        problems.append("script shell: hardly any text")
    if words < 3000:
        heads = [title or "", *(block.text for block in blocks[:40] if len(block.text) < 120)]
        marked = [
            text
            for number, text in enumerate(heads)
            if _ERROR_PAGE.search(text)
            and (number == 0 or words < 1500 or blocks[number - 1].kind == "heading")
        ]
        if marked:
            problems.append(f"error page: “{marked[0]}”")
    return problems


def _xml(chars: str, select: Selection, *, sure: bool) -> Text:
    try:
        root = parse_xml(chars)
    except ReadingError:
        if sure:
            raise
        return _html(chars, select)
    force = force_of(root)
    prepare(root)
    if root.tag.lower() == "html":
        return _html(chars, select)
    sink = Sink()
    parts = cut_tree(root, select, chars) if select.css or select.xpath else [root]
    for part in parts:
        walk_xml(part, sink)
    return _text(
        sink.blocks,
        Format.XML,
        title=title_of(root),
        language=language_of(root),
        repealed=is_gone(root),
        folded=sink.folded,
        force=force,
    )


def _json(chars: str, select: Selection) -> Text:
    data = load_json(chars)
    if select.pointer is not None:
        data = pointed(data, select.pointer)
    read = read_json(data)
    blocks, gone = read.sink.blocks, read.repealed
    return _text(
        blocks,
        Format.JSON,
        title=read.title,
        repealed=gone,
        problems=read.problems,
        folded=read.sink.folded,
    )


def _pdf(body: bytes) -> Text:
    read = read_pdf(body)
    return _text(read.blocks, Format.PDF, title=read.title, problems=read.problems)


def _plain(body: bytes, chars: str, name: str | None) -> Text:
    if chars.lstrip()[:5] == "{\\rtf":
        chars = read_rtf(body.decode("latin-1"))
        return _text(read_plain(chars, markdown=False).blocks, Format.TEXT)
    markdown = True if name and name.lower().endswith((".md", ".markdown")) else None
    read = read_plain(chars, markdown=markdown)
    return _text(
        read.blocks,
        Format.TEXT,
        title=read.title,
        language=read.language,
        repealed=read.repealed,
    )
