"""The one way from bytes to Text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from regstatus.base.errors import ReadingError
from regstatus.base.garbage import uncollected
from regstatus.extract.blocks import Block, Content, Sink, clean
from regstatus.extract.cuts import cuts_of_page
from regstatus.extract.deletions import take_out_deletions
from regstatus.extract.force import marked_behind
from regstatus.extract.from_html.banners import html_banners, is_news, linked_data, valid_until
from regstatus.extract.from_html.html_tree import main_part, style_sheet
from regstatus.extract.from_html.html_walk import walk_html
from regstatus.extract.from_json.json_text import read_json
from regstatus.extract.from_pdf.pdf import read_pdf
from regstatus.extract.from_text.plain import read_plain
from regstatus.extract.from_text.rtf import read_rtf
from regstatus.extract.from_xml.xml_tree import parse_xml, read_xml
from regstatus.extract.outline import outline
from regstatus.extract.page_breaks import joined_blocks, without_page_marks
from regstatus.extract.page_tree import html_root
from regstatus.extract.references import lost_lists, nothing_but_references
from regstatus.extract.selection import cut_passages, cut_tree
from regstatus.extract.standing import as_of, disowned, ended, updated
from regstatus.extract.sunsets import dated_by_sentences
from regstatus.extract.zipped import unzip
from regstatus.model.charset import decode
from regstatus.model.document import Select
from regstatus.model.media import NAMES, ZIP, form_of, kind
from regstatus.model.sieve import Sieve
from regstatus.model.text import Text
from regstatus.model.vocabulary import WordPattern
from regstatus.model.words import Format

_SHELL_WORDS, _LINKS = 300, 3
_ERROR_PAGE = WordPattern("{page.failed}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}([-_]\w{2,8})*")
_GONE_TITLE = WordPattern(r"\W*{standing.titles}\b")
_GONE_STATE = WordPattern("{standing.state_lines}")


@uncollected
def extract(
    body: bytes,
    *,
    format: Format | None = None,  # noqa: A002  (the word that Page and Text use)
    content_type: str | None = None,
    name: str | None = None,
    select: Select | None = None,
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
        return _extract(body, format, content_type, name, select or Select())
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
    select: Select,
) -> Text:
    if not body.strip():
        raise ReadingError("The document is empty.")
    what = kind(body, content_type=content_type, name=name)
    rest = ""
    if what == ZIP:
        body, name, rest = unzip(body)
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
    chars = "" if form is Format.PDF else decode(body, content_type=content_type)
    chars = without_page_marks(chars)
    if form is Format.PDF:
        content = read_pdf(body)
    elif form is Format.HTML:
        content = _html(chars, select)
    elif form is Format.XML:
        sure = format is Format.XML or chars.lstrip()[:5] == "<?xml"
        content = _xml(chars, select, sure=sure)
    elif form is Format.JSON:
        content = read_json(chars, select)
    elif what == "rtf":
        content = read_plain(read_rtf(body.decode("latin-1")), markdown=False)
        chars = read_rtf(body.decode("latin-1"), everything=True)
    else:
        markdown = bool(name and name.lower().endswith((".md", ".markdown")))
        content = read_plain(chars, markdown=markdown or None)
    text = _text(content)
    passages = cut_passages(text.passages, select)
    hollow = content.hollow or nothing_but_references(passages)
    if not passages and not text.problems:
        raise ReadingError("The document holds no text.")
    if sum(p.text.count("\ufffd") for p in passages) * 20 > sum(len(p.text) for p in passages):
        raise ReadingError("The document's character set is unknown: it declares none that fits.")
    whole = "\n".join((content.whole or chars, rest))
    return replace(text, passages=passages, hollow=hollow, whole=whole)


def _settle(said: Format | None, found: Format) -> Format:
    """The form to read, where source and bytes may differ.

    A host that sends a page where data should be has put up a wall or an error.
    """
    if said is None or said is found:
        return found
    if said in {Format.JSON, Format.PDF} and found is Format.HTML:
        raise ReadingError(f"The host sent an HTML page where {said.value.upper()} was expected.")
    if found is not Format.TEXT:
        return found
    if said is Format.PDF:
        raise ReadingError("The host sent no PDF where one was expected.")
    return said


def _text(content: Content) -> Text:
    content.blocks = joined_blocks(content.blocks)
    content.until = content.until or ended(content)
    language, title = content.language or "", content.title
    problems, disowning = list(content.problems), [*disowned(content)]
    sieve, blocks = _sieve(content), content.blocks
    if doubt := take_out_deletions(content, sieve):
        problems.append(doubt)
    if content.blocks is not blocks:
        sieve = _sieve(content)
    passages = dated_by_sentences(marked_behind(outline(content, sieve), sieve), sieve)
    # What gave a part of the text its days was weighed, and says no more of the whole.
    dated = (one for one in passages if one.dated_by and one.valid_until)
    weighed = {one.dated_by or "" for one in dated} if disowning else ()
    said = next((one for one in disowning if not any(map(one.__contains__, weighed))), None)
    if said:
        problems.append(f"it says of itself that it is not the law in force: “{said[:160]}”")
    problems += lost_lists(passages)
    return Text(
        passages=passages,
        format=content.form,
        title=title or None,
        language=language.replace("_", "-") if _LANGUAGE.fullmatch(language) else None,
        repealed=content.repealed or bool(said) or bool(title and _GONE_TITLE.match(title)),
        problems=tuple(dict.fromkeys(problems)),
        cuts=tuple(dict.fromkeys(content.cuts)),
        as_of=as_of(content),
        updated=updated(content),
        told=content.told,
    )


def _sieve(content: Content) -> Sieve:
    return Sieve([block.text for block in content.blocks if block.kind != "close"])


def _html(chars: str, select: Select) -> Content:
    root, problems = html_root(chars)
    title = clean(" ".join(root.xpath("string((//title)[1])").split()))[:500] or None
    chosen = bool(select.css or select.xpath)
    own = main_part(root)
    main = None if chosen else own
    sink = Sink()
    sheet = style_sheet(root)
    for part in cut_tree(root, select) if main is None else [main]:
        walk_html(part, sink, sheet=sheet, whole=not chosen and main is None)
    data, words = linked_data(root), sum(len(block.text) for block in sink.blocks)
    if words < 2 * _SHELL_WORDS:
        problems += [
            f"the text sits in a frame: {address}"
            for address in sink.frames
            if address and not address.startswith(("about:", "javascript:", "data:"))
        ]
    if not chosen:
        problems += _shell(root, sink.blocks, words, title)
    if sink.struck > max(3 * words, 2000):
        problems.append("most of the text is struck out")
    if sink.hidden * 2 > words < 7 * _SHELL_WORDS:
        problems.append("much of the text is hidden until somebody opens it")
    return Content(
        form=Format.HTML,
        blocks=sink.blocks,
        title=title,
        language=root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang"),
        repealed=any(
            len(block.text) < 120 and _GONE_STATE.search(block.text) for block in sink.blocks[:12]
        ),
        problems=problems,
        cuts=cuts_of_page(root, main),
        banners=html_banners(root, chars, own, data),
        told=is_news(data),
        until=valid_until(root, data),
    )


def _shell(root: Any, blocks: Sequence[Block], words: int, title: str | None) -> Iterator[str]:
    """Pages sent with status 200 that hold no law: script shells, error pages, walls."""
    if words < _SHELL_WORDS and next(root.iter("script", "noscript"), None) is not None:
        yield "script shell: hardly any text"
    links = [block.text for block in blocks if block.linked or block.toc]
    linked = sum(map(len, links))
    rest = words - linked - sum(len(block.text) for block in blocks if block.kind == "heading")
    if len(links) >= _LINKS and rest < min(linked, _SHELL_WORDS):
        yield "table of contents: the page holds links, and hardly any text"
    if words >= 3000:
        return
    heads = [title or "", *(block.text for block in blocks[:40] if len(block.text) < 120)]
    for number, text in enumerate(heads):
        sure = number == 0 or words < 1500 or blocks[number - 1].kind == "heading"
        if sure and _ERROR_PAGE.search(text):
            yield f"error page: “{text}”"
            return


def _xml(chars: str, select: Select, *, sure: bool) -> Content:
    try:
        root = parse_xml(chars)
    except ReadingError:
        if sure:
            raise
        return _html(chars, select)
    return _html(chars, select) if root.tag.lower() == "html" else read_xml(root, select)
