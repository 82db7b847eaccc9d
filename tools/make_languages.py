"""Check the words of all languages and put them together; show what each language lacks.

A fault is told with file, line, key and remedy, and nothing is written then.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

sys.path.append(str(Path(__file__).parent.parent))

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, create_model

from regstatus.base.errors import RegstatusError
from regstatus.catalog.sources import load_catalog
from regstatus.catalog.toml import read_file, validated

ROOT = Path(__file__).resolve().parent.parent
WORDS = ROOT / "regstatus" / "model" / "languages"
PAGE = ROOT / "docs" / "languages.md"
LISTS_PAGE = ROOT / "docs" / "word-lists.md"
LISTS: dict[str, dict[str, str]] = tomllib.loads(
    Path(__file__).with_name("word_lists.toml").read_text(encoding="utf-8")
)
"""What each list is for, by section and key; `*` stands for any key."""
BEGIN, END = "<!-- made by make languages -->", "<!-- end of what is made -->"

LAID_OUT = {
    "labels": "labels labels_with_number label.number_first label.as_written",
    "headings": "before_number behind_number counter",
    "drugs": "drug_law.words placement.nouns",
}
GUARDS = {
    "removed": "removal.verbs",
    "denied": "removal.denials removal.denying_sentences",
    "repealed": "repeal.marks repeal.sentences",
    "except": "exclusion.before exclusion.after",
    "spared": "exclusion.not_to exclusion.spares_after exclusion.not_apply",
    "defined": "definition.means definition.sentences",
    "changed": "change.words ban.passive",
    "bills": "proposal.words",
    "gone": "repeal.headings",
    "drafts": "standing.sentences standing.labels",
    "days": "months",
    "notices": "page.not_found page.maintenance wall",
}
SENTENCES = {
    "placed": "placement.verbs",
    "banned": "ban.passive",
    "age": "age.below",
    "limits": "cap.at_most",
    "duties": "duty.binding",
}
"""What the table shows of a language: each word says that it has one of some lists."""

CLAIMS = {
    *("placement.verbs", "definition.controlled"),
    *("ban", "act", "age", "amounts", "cap", "duty", "scope"),
}
"""Lists by which a sentence claims something: in other languages than English each needs evidence."""
_FEW = 4
"""So many are named; of more there is a number."""

_WHOLE = ("leaf", "leaf_in_title", "leaf_beside", "derivatives", "seven_hydroxymitragynine")
"""Names that stand alone; the others are parts of longer ones and have no borders."""
_BARE = ("before_number", "behind_number", "counter")
"""Sections of words at which a number stands: they have no borders, and the longest goes first."""
_WRAPPED = re.compile(r"\n\s*")
_PART = re.compile(r"\{([a-z]\w*)\}")
_FILLED = {"age": {"age"}, "names": {"substituted"}}
"""What reading itself puts into phrases of a section."""
_AROUND = r"\(\?<?[=!](?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)"
_FIRST = re.compile(rf"(?:{_AROUND}|\(\?:|\((?!\?)|\[(?!\^))*([^\W\d_])")
_LAST = re.compile(r"(?<!\\)([^\W\d_])[)\]?]*$")
_ENDS_AROUND = re.compile(rf"{_AROUND}$")
_OTHER_SCRIPT, _NO_SPACES = "\u0370", "\u0590"
"""Where the letters of Greek and Cyrillic begin, and those of scripts without spaces."""
# Not inside a word of an alphabet («C21»); scripts without spaces write a number on to a word.
_LOOSE = r"(?<![A-Za-z\u00c0-\u04ff\d_.,])"


class WordsError(RegstatusError):
    """A file of words that cannot be used."""


def expanded(phrase: str, start: str = r"\b", end: str = r"\b", rest: str = r"\w*") -> str:
    """A phrase as a regular expression.

    Args:
        phrase: As it is written in a file: a space is any white space, `…` the rest of a word, and
            it stands between the borders of words, unless it begins with `…`.
        start: The border before its first letter.
        end: The border behind its last letter.
        rest: What `…` stands for.
    """
    inner = _WRAPPED.sub("", phrase.removeprefix("…"))
    first, last = _FIRST.match(inner), _LAST.search(inner)
    around = inner.startswith(("(?<", "(?=", "(?!")) and start == r"\b"
    opens = bool(first and first[1] < _NO_SPACES and phrase[0] != "…" and not around)
    if first and first[1] >= _OTHER_SCRIPT and start != r"\b":
        start = r"(?<![^\W\d_])" if start else ""
    closes = last and last[1] < _NO_SPACES and not _ENDS_AROUND.search(inner)
    inner = inner.replace("…", rest).replace(" ?", r"\s*").replace(" ", r"\s+")
    return f"{start if opens else ''}{inner}{end if closes else ''}"


def _expanded(section: str, key: str, phrase: str) -> str:
    if section in _BARE:
        return expanded(phrase, "", "")
    if section != "names":
        return expanded(phrase)
    if key in _WHOLE:
        return expanded(phrase, "{free}", r"(?![^\W\d_])", "{end}")
    return expanded(phrase, "", "", "{end}")


# --- what a file may hold ----------------------------------------------------------------


def _checked_pattern(section: str, key: str, phrase: str, parts: Iterable[str] = ()) -> None:
    known = {*parts, *_FILLED.get(section, ())}
    for part in _PART.findall(phrase):
        if part not in known:
            raise ValueError(
                f"{phrase!r}: there is no list {part} in this section; write its words"
            )
    try:
        pattern = re.compile(_PART.sub("x", _expanded(section, key, phrase)))
    except re.error as error:
        raise ValueError(
            f"{phrase!r} is no regular expression ({error}); write a backslash before a sign that"
            " is meant as it stands"
        ) from None
    if section == "names" and pattern.groups:
        raise ValueError(f"{phrase!r}: a bracket that counts; write (?: in the place of (")
    bare = _PART.sub("x", expanded(phrase, "", ""))
    if re.fullmatch(bare, "") and not re.match(_AROUND, phrase):
        raise ValueError(f"{phrase!r} matches where nothing stands; write what must be there")


def _phrases(section: str, key: str) -> Any:
    def check(phrases: list[str]) -> list[str]:
        seen: set[str] = set()
        for phrase in phrases:
            if not phrase.strip(" …") or phrase != phrase.strip():
                raise ValueError(f"{phrase!r} is empty or has spaces round it; take them out")
            if phrase in seen:
                raise ValueError(f"{phrase!r} stands twice; keep one")
            seen.add(phrase)
            _checked_pattern(section, key, phrase, LISTS[section])
        return phrases

    return Annotated[list[str], Field(min_length=1), AfterValidator(check)]


def _entries(section: str) -> Any:
    """The type of a section whose keys are words."""

    def check(entries: dict[str, Any]) -> dict[str, Any]:
        if not entries:
            raise ValueError("the section is empty; take it out")
        for key, value in entries.items():
            if section == "months" and not 1 <= value <= 12:
                raise ValueError(f"{key!r} = {value}: no month; write a number from 1 to 12")
            if section == "amounts" and value <= 0:
                raise ValueError(f"{key!r} = {value}: write a number above 0")
            if section.startswith("labels"):
                _checked_label(section, key, value)
        return entries

    value: Any = {"months": int, "amounts": float}.get(section, str)
    return Annotated[dict[str, value], AfterValidator(check)]


def _checked_label(section: str, form: str, words: str) -> None:
    _checked_pattern(section, form, words)
    numbered = section not in {"labels", "labels_with_number"}
    if numbered != ("{n}" in form) or re.compile(expanded(words)).groups != numbered:
        raise ValueError(
            f"{form!r}: write {{n}} in the form and one group in its pattern where the number is"
            if numbered
            else f"{form!r}: the number follows by itself; write no {{n}} and no group"
        )


def _form() -> type[BaseModel]:
    strict = ConfigDict(extra="forbid", strict=True)
    sections: dict[str, Any] = {"name": (str, ...)}
    for section, keys in LISTS.items():
        if "*" in keys:
            sections[section] = (_entries(section) | None, None)
        else:
            fields: dict[str, Any] = {key: (_phrases(section, key) | None, None) for key in keys}
            model = create_model(f"Words{section}", __config__=strict, **fields)
            sections[section] = (model | None, None)
    return create_model("Words", __config__=strict, **sections)


FORM = _form()


def read(folders: Iterable[Path] = (WORDS,)) -> dict[str, dict[str, Any]]:
    """The lists of each language by its code; English, in which most is written, first.

    Raises:
        WordsError: With one line for each fault: file, line, key, and what to write instead.
    """
    found = {path.stem: path for folder in folders for path in folder.glob("*.toml")}
    languages = {}
    for code in sorted(found, key=lambda code: (code != "en", code)):
        path = found[code]
        if not re.fullmatch("[a-z]{2,3}", code):
            raise WordsError(f"{path}: name the file by the ISO 639 code of its language: sv.toml")
        text = read_file(path, WordsError)
        form = validated(text, str(path), FORM, "docs/languages.md", WordsError)
        languages[code] = form.model_dump(exclude_none=True)
        if len(languages[code]) == 1:
            raise WordsError(f"{path}:1: there are no words in it; write a list, such as [names]")
    return languages


# --- what is made of them ----------------------------------------------------------------


def together(languages: dict[str, dict[str, Any]]) -> str:
    """The one file that reading reads: patterns by list and language, and the other tables."""
    patterns: dict[str, list[str]] = {}
    tables: dict[str, dict[str, Any]] = {}
    for words in languages.values():
        for section, lists in words.items():
            if section == "name":
                continue
            for key, value in lists.items():
                if f"{section}.{key}" == "ban.plain":
                    tables["ban.plain"] = dict.fromkeys(value, 1)
                elif isinstance(value, list):
                    ones = [_with_parts(section, key, phrase, lists) for phrase in value]
                    found = patterns.setdefault(f"{section}.{key}", [])
                    new = ones if section in _BARE else [_alternation(ones)]
                    found.extend(one for one in new if one not in found)
                else:
                    label = section.startswith("labels")
                    entry = value.replace(" ", r"\s+") if label else value
                    tables.setdefault(section, {}).setdefault(key, entry)
    for role, found in patterns.items():
        if role.startswith(_BARE):
            found.sort(key=len, reverse=True)
    patterns |= _numbers(tables) | _labels(tables)
    made = {"patterns": patterns, "tables": tables}
    return json.dumps(made, ensure_ascii=False, indent=0, sort_keys=True) + "\n"


def patterns(words: dict[str, Any]) -> dict[str, str]:
    """The pattern of each list of one language, by which its example is found."""
    found: dict[str, str] = {}
    for section, lists in words.items():
        for key, value in lists.items() if section != "name" else ():
            if isinstance(value, list):
                ones = [_with_parts(section, key, phrase, lists) for phrase in value]
                found[f"{section}.{key}"] = "|".join(ones)
            else:
                label = section.startswith("labels")
                one = expanded(value) if label else _worded([key])
                found[section] = "|".join(filter(None, (found.get(section), one)))
    return found


def _with_parts(section: str, key: str, phrase: str, lists: dict[str, Any]) -> str:
    """A phrase with other lists of its section in the place of `{key}`, and ages in that of `{age}`."""

    def part(match: re.Match[str]) -> str:
        if match[0] == "{age}":
            return "({number.age})"
        found = lists.get(match[1])
        inner = "|".join(expanded(one, "", "") for one in found) if found else ""
        return f"(?:{inner})" if found else match[0]

    return (
        _PART.sub(part, _expanded(section, key, phrase))
        if section != "names"
        else _expanded(section, key, _PART.sub(part, phrase))
    )


def _alternation(every: list[str]) -> str:
    """All phrases; what they begin and end with alike is told once, for that is quick to look for."""

    def ended(ones: list[str]) -> list[str]:
        long = [one.removesuffix(r"\w*") for one in ones if one.endswith(r"\w*")]
        rest = [one for one in ones if not one.endswith(r"\w*")]
        return [*([rf"(?:{'|'.join(long)})\w*"] if long else []), *rest]

    bordered = [one.removeprefix(r"\b") for one in every if one.startswith(r"\b")]
    others = [one for one in every if not one.startswith(r"\b")]
    return "|".join(
        [*([rf"\b(?:{'|'.join(ended(bordered))})"] if bordered else []), *ended(others)]
    )


def _numbers(tables: dict[str, dict[str, Any]]) -> dict[str, list[str]]:
    """Patterns of ages (`21`, `twenty-one (21)`, `๑๘`) and amounts (`0,1`, `1 250`, `one-half`)."""
    amounts = tables["amounts"]
    ages = (word for word, n in amounts.items() if n == int(n) and 15 <= n <= 25)
    word = rf"(?:{_worded(ages)})(?![a-zà-ž])"
    age = rf"{word}\s*\(\s*\d{{2}}\s*\)|\d{{2}}\s*\(\s*{word}\s*\)|\(?\d{{2}}\)?|{word}"
    amount = rf"{_LOOSE}\d{{1,3}}(?:[,\s]\d{{3}})+(?![\d,.])|{_LOOSE}\d+(?:[.,]\d+)?"
    return {
        "number.age": [age],
        "number.amount": [f"{amount}|(?<![^\\W\\d_])(?:{_worded(amounts)})(?![^\\W\\d_])"],
    }


def _labels(tables: dict[str, dict[str, Any]]) -> dict[str, list[str]]:
    """Patterns of all labels of a section, in the order of their forms."""
    every = {
        section: [tables[section][form] for form in sorted(tables[section])]
        for section in tables
        if section.startswith("labels")
    }
    every["labels_or_with_number"] = [*every["labels"], *every["labels_with_number"]]
    return {f"{section}.any": ["|".join(words)] for section, words in every.items()}


def _worded(words: Iterable[str]) -> str:
    """An alternation of words, longest first, with any space or hyphen inside, or none."""
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(r"[\s-]*".join(map(re.escape, word.split(" "))) for word in ordered)


def drawn(page: Path, languages: dict[str, dict[str, Any]]) -> str:
    """A page with its table made anew: what each language has and lacks, or what lists there are."""
    lines = _table_of_lists(languages) if page == LISTS_PAGE else _table_of_languages(languages)
    head, _, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    return "\n".join((head.rstrip() + "\n", BEGIN, *lines, END)) + rest.partition(END)[2]


def _table_of_languages(languages: dict[str, dict[str, Any]]) -> list[str]:
    columns = ("Language", "names", "lists", "guards", "sentences", "real texts of that language")
    lines = [f"| {' | '.join(columns)} |", f"|{'---|' * len(columns)}"]
    texts = _real_texts()
    for code, words in languages.items():
        cells = (
            f"`{code}` {words['name']}",
            "own" if _has(words, "names.leaf") or _has(words, "names.mitragynine") else "–",
            *(_told(words, rules) for rules in (LAID_OUT, GUARDS)),
            ", ".join(_rules(words, SENTENCES)) or "–",
            _listed(texts.get(code, ())),
        )
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def _rules(words: dict[str, Any], rules: dict[str, str]) -> list[str]:
    return [name for name, lists in rules.items() if any(_has(words, x) for x in lists.split())]


def _told(words: dict[str, Any], rules: dict[str, str]) -> str:
    has = _rules(words, rules)
    lacks = [name for name in rules if name not in has]
    but = f"all but {', '.join(lacks)}" if lacks else "all"
    return but if len(has) >= len(lacks) else ", ".join(has) or "–"


def _listed(texts: Iterable[str]) -> str:
    every = sorted(texts)
    return ", ".join(every) or "–" if len(every) <= _FEW else f"{len(every)} documents"


def _real_texts() -> dict[str, set[str]]:
    """The documents of each language of which a real text was read, by the catalogue's attestations."""
    found: dict[str, set[str]] = {}
    for source in load_catalog(ROOT / "sources"):
        documents = {document.id: document for document in source.documents}
        for one in source.attestations:
            code = documents[one.document].language.partition("-")[0]
            found.setdefault(code, set()).add(f"{source.jurisdiction} `{one.document}`")
    return found


def _table_of_lists(languages: dict[str, dict[str, Any]]) -> list[str]:
    lines = ["| List | What it is for | Languages |", "|---|---|---|"]
    for section, keys in LISTS.items():
        for key, meaning in keys.items():
            role = section if key == "*" else f"{section}.{key}"
            count = sum(_has(words, role) for words in languages.values())
            lines.append(f"| `{role}` | {meaning} | {count} |")
    return lines


def _has(words: dict[str, Any], role: str) -> bool:
    section, _, key = role.partition(".")
    return bool(words.get(section)) and (not key or key in words[section])


def main() -> None:
    """Write the words and the page anew."""
    try:
        languages = read()
    except WordsError as error:
        raise SystemExit(str(error)) from None
    (WORDS / "all.json").write_text(together(languages), encoding="utf-8")
    for page in (PAGE, LISTS_PAGE):
        page.write_text(drawn(page, languages), encoding="utf-8")


if __name__ == "__main__":
    main()
