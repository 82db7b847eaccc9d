"""Whether what a host sent is the document, before anyone reads it as law.

A wall, a notice or an empty shell sent with status 200 must never be taken for
a text in which kratom is not named. The judgement weighs signs against the
amount of visible words: hosts put the scripts of their walls, a search box with a
captcha and a login field on law too, and a page of law that speaks of the
maintenance of records is still law.
"""

import json
import re
import tomllib
from pathlib import Path
from typing import Any

from regstatus.base.safe import one_line
from regstatus.fetch.failure import BadAnswer, Reply
from regstatus.fetch.page_check.shape import HEAD, Shape, read_shape
from regstatus.model.charset import decode
from regstatus.model.media import NAMES, XHTML, form_of, kind
from regstatus.model.vocabulary import WordPattern
from regstatus.model.words import Format, Outcome

# Visible characters. A notice has few; the shortest section of law that we know, with its
# menus, has some eight hundred; a section that bans a drug has several thousand.
_BARE = 80
_SHELL = 250
_BRIEF = 600
_WALL = 800
_SHORT = 1_500
_NOTICE = 3_000
_MENUS = 4_000

_ALSO: dict[str, set[str]] = {
    Format.HTML: {XHTML},
    Format.XML: {XHTML},
    Format.TEXT: {Format.JSON},
}
"""What is good besides the form that was asked for."""
_BY_STATUS = {
    202: (Outcome.SERVER_ERROR, "accepted, but not ready yet"),
    **dict.fromkeys((204, 205), (Outcome.EMPTY, "there is no content")),
    206: (Outcome.BROKEN, "only a part was sent, though all was asked for"),
    300: (Outcome.HTTP_ERROR, "the host offers several documents"),
    **dict.fromkeys((401, 403, 407, 451), (Outcome.BLOCKED, "access was refused")),
    **dict.fromkeys((404, 410), (Outcome.GONE, "the document is not there")),
    408: (Outcome.TIMEOUT, "the host gave up waiting for us"),
    429: (Outcome.RATE_LIMITED, "the host asks for fewer requests"),
}
_BLANK = " \t\r\n\x00\ufeff"
_UNFINISHED: dict[str, re.Pattern[str]] = {
    Format.XML: re.compile("<[^>]"),
    Format.JSON: re.compile(r"[{\[][^}\]]"),
}
"""The first and the last sign of a text that has a beginning and no end."""
_READABLE = frozenset({*Format, XHTML})

# What an answer consists of that is nothing but an error.
_ERROR_KEYS = frozenset(
    {"error", "errors", "error_message", "error_code", "error_description", "message", "detail"}
    | {"status", "statuscode", "code", "type", "title", "path", "timestamp", "success"}
    | {"request_id", "requestid"}
)


_WALLS: dict[str, dict[str, WordPattern]] = {
    place: {
        means: WordPattern(sign, re.IGNORECASE if place == "words" else 0)
        for means, sign in signs.items()
    }
    for place, signs in tomllib.loads(
        Path(__file__).with_name("walls.toml").read_text(encoding="utf-8")
    ).items()
}
"""By where it stands and what it means, each sign of a wall."""
_CAPTCHA_BOX = re.compile(
    r"g-recaptcha|h-captcha|hcaptcha\.com|cf-turnstile|recaptcha/api|friendlycaptcha|mtcaptcha"
)
"""Feedback forms carry one too."""

# In markup in lower case.
_ROOT = re.compile(
    r"<app-root|<[a-z]+-app[\s>]|\bng-app\b|\bng-version\b|\bdata-reactroot\b"
    r"|\bid\s*=\s*[\"']?(?:root|app|__next|___gatsby|q-app|__nuxt|app-root|main-app)[\"'\s>]"
)
"""An element that a script is meant to fill."""
_PASSWORD = re.compile(r"<input\b[^>]{0,400}?\btype\s*=\s*[\"']?password\b")
# In markup as it stands, each with an address.
_FRAME = re.compile(r"<i?frame\b[^>]{0,600}?\bsrc\s*=\s*[\"']?([^\"'\s>]{1,400})", re.IGNORECASE)
_REFRESH = re.compile(
    r"<meta\b[^>]{0,200}?http-equiv\s*=\s*[\"']?refresh\b[^>]{0,200}?"
    r"content\s*=\s*[\"']?\s*\d{1,2}\s*[;,]\s*url\s*=\s*[\"']?([^\"'\s>]{1,400})",
    re.IGNORECASE,
)
"""Where a page sends its reader by itself within seconds."""

# Titles and headings of notices, and what their few words say.
_LOGIN_NAMES = WordPattern("{page.login}")
_MAINTENANCE = WordPattern("{page.maintenance}")
_NOT_FOUND = WordPattern("{page.not_found}")
_SERVER_FAULT = WordPattern("{page.server_fault}")
_MISSING = WordPattern("{page.missing}")
_ABSENT = WordPattern("{page.not_found}|{page.missing}")
_WAITING = WordPattern("{page.waiting}")
_NEEDS_SCRIPT = WordPattern("{page.needs_script}")
# A heading that cites a law is no notice, "§ 31. Where a record cannot be found", save one.
_CITATION = WordPattern(r"§|{page.cites}\.?\s*[\divxl]|^\d+[a-z]?[-.:‑–]\s?\w")
_SECTION_MISSING = WordPattern("{page.section_missing}")


def check_page(
    reply: Reply, expected: str | None = None, url: str = "", *, min_bytes: int = 0
) -> Format | None:
    """The form of a good page, where it is one that we read; the same always gets the same.

    Args:
        reply: The answer, which is no redirect and no 304.
        expected: A value of `Format`, `zip`, or None for anything that we can read.
        url: Where it came from, for the sentence.
        min_bytes: A smaller body is `empty`.

    Raises:
        BadAnswer: If it is something in the place of the document.
    """
    status, body, content_type = reply.status, reply.body, reply.header("content-type")
    what = kind(body, content_type=content_type, labelled=False)
    packed = what == Format.PDF or (form_of(what) is None and what != "binary")
    text = "" if packed else decode(body, content_type=content_type)
    shape = read_shape(text) if what in {Format.HTML, XHTML, Format.TEXT} else None
    where = one_line(url, 200) or "The host"

    def no(outcome: Outcome, why: str) -> BadAnswer:
        return BadAnswer(one_line(f"{where}: {why}"), outcome, reply=reply)

    if wall := _wall(reply, shape):
        raise no(Outcome.BLOCKED, f"the page is {wall}, not the document (status {status}).")
    if shape and (line := _says(shape, _MAINTENANCE, _NOTICE)):
        raise no(Outcome.MAINTENANCE, f"a maintenance page, {line!r} (status {status}).")
    if status not in {200, 203}:
        if status not in _BY_STATUS and status < 500:
            raise no(Outcome.HTTP_ERROR, f"unexpected status {status}.")
        outcome, why = _BY_STATUS.get(status, (Outcome.SERVER_ERROR, "the host failed"))
        raise no(outcome, f"{why} (status {status}).")
    ends = text.strip(_BLANK)
    if not packed and not ends:
        raise no(Outcome.EMPTY, "the body is empty.")
    if shape and (notice := _notice(shape)):
        raise no(*notice)
    if shape and len(shape.text) < _BRIEF and (refresh := _REFRESH.search(text[:HEAD])):
        raise no(Outcome.MOVED, f"the page only sends its reader on to {refresh[1]}.")
    unfinished = _UNFINISHED.get(expected or "")
    if unfinished and not reply.cut and unfinished.match(ends[:1] + ends[-1:]):
        raise no(Outcome.BROKEN, f"the {NAMES[expected or '']} stops before its end.")
    if what not in ({expected, *_ALSO.get(expected, ())} if expected else _READABLE):
        asked = NAMES.get(expected or "", "something readable")
        raise no(Outcome.WRONG_TYPE, f"asked for {asked}, got {NAMES[what]}.")
    if shape and what != Format.TEXT and (hollow := _hollow(shape, text)):
        raise no(Outcome.EMPTY, hollow)
    if what == Format.JSON and expected != Format.TEXT and (answer := _json_notice(text)):
        raise no(*answer)
    if what == Format.PDF and not reply.cut and b"%%EOF" not in body:
        raise no(Outcome.BROKEN, "the PDF stops before its end.")
    if len(body) < min_bytes:
        raise no(Outcome.EMPTY, f"only {len(body)} bytes, at least {min_bytes} were expected.")
    if what == XHTML:
        what = Format.XML if expected == Format.XML else Format.HTML
    return Format(what) if what in set(Format) else None


def _wall(reply: Reply, shape: Shape | None) -> str | None:
    """Whether a bot wall or a login stands before the document, and which."""
    if "challenge" in (reply.header("cf-mitigated") or "").lower():
        return "a Cloudflare challenge"
    if (reply.header("x-amzn-waf-action") or "").lower() in {"challenge", "captcha"}:
        return "an AWS WAF challenge"
    if shape is None:
        return None
    size = len(shape.text)
    if size < _SHORT:
        lines = shape.names if size >= _WALL else (*shape.names, shape.text)
        looked_at = [
            ("markup", shape.source),
            *[("injected", shape.source)] * (size < _SHELL),
            *(("words", _folded(line)) for line in lines),
        ]
        for place, words in looked_at:
            for means, sign in _WALLS[place].items():
                if sign.search(words):
                    return means
    if size < _BRIEF and _CAPTCHA_BOX.search(shape.source) and reply.status != 404:
        return "a captcha"
    # A form to sign in stands among the menus of a not-found page, too.
    login = any(_LOGIN_NAMES.search(_folded(name)) for name in shape.names)
    most = _NOTICE if login else _BRIEF * (reply.status != 404)
    if size < most and _PASSWORD.search(shape.source):
        return "a login"
    return None


def _notice(shape: Shape) -> tuple[Outcome, str] | None:
    """A not-found or error page that was sent as a success."""
    line = _says(shape, _NOT_FOUND, _MENUS)
    if line := line or _says(shape, _SECTION_MISSING, _MENUS, cites=True):
        return Outcome.GONE, f"the host's own not-found page, {line!r}, sent as a success."
    if line := _says(shape, _SERVER_FAULT, _NOTICE):
        return Outcome.SERVER_ERROR, f"an error page, {line!r}, sent as a success."
    return None


def _says(shape: Shape, pattern: WordPattern, limit: int, *, cites: bool = False) -> str | None:
    """The line in which a short page calls itself so: its title, a heading, its few words."""
    size = len(shape.text)
    if size >= limit:
        return None
    for line in shape.names if size >= _SHELL else (*shape.names, shape.text):
        folded = _folded(line)
        if (cites or not _CITATION.search(folded)) and pattern.search(folded):
            return one_line(line, 80)
    return None


def is_missing(shape: Shape) -> bool:
    """Whether a page without a word of the document says among its menus that it is not there."""
    return len(shape.text) < _MENUS and _ABSENT.search(_folded(shape.text)) is not None


def _hollow(shape: Shape, page: str) -> str | None:
    """Why a page has no text of its own, or None."""
    size = len(shape.text)
    if size >= _BRIEF:
        return None
    asks = shape.needs_script or _NEEDS_SCRIPT.search(shape.text) is not None
    root = _ROOT.search(shape.source) is not None
    waits = (
        size < _SHELL
        and "<script" in shape.source
        and (root or asks or _WAITING.search(shape.text))
    )
    if waits or (root and asks):
        return f"a shell that only a script could fill ({size} visible characters)."
    if size < _BARE:
        if frame := _FRAME.search(page[:HEAD]):
            return f"no text of its own; it shows {frame[1]} in a frame."
        return f"hardly any text ({size} visible characters)."
    return None


def _json_notice(text: str) -> tuple[Outcome, str] | None:
    """Empty and error answers of APIs that say so with status 200."""
    if len(text) > _MENUS:
        return None
    try:
        answer: Any = json.loads(text)
    except (ValueError, RecursionError):
        return None  # the extractor names what is wrong with it
    if answer in ([], {}):
        return Outcome.EMPTY, "the JSON answer is empty."
    if not isinstance(answer, dict):
        return None
    if "captcha-delivery" in str(answer.get("url", "")):
        return Outcome.BLOCKED, "the answer is a DataDome challenge, not the document."
    said = {key.lower(): value for key, value in answer.items()}
    fault = said.get("error") or said.get("errors") or said.get("error_message")
    if fault and not said.keys() - _ERROR_KEYS:
        words = one_line(str(said.get("message") or said.get("detail") or fault), 120)
        gone = _MISSING.search(words) or said.get("status") == 404
        return (Outcome.GONE if gone else Outcome.HTTP_ERROR), f"the API answered {words!r}."
    return None


def _folded(line: str) -> str:
    return line.replace("’", "'")
