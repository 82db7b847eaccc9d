"""The words of languages are data: checked strictly, put together, and shown with what they lack."""

import ast
import gc
import importlib
import json
import pkgutil
import re
import shutil
import subprocess
import sys

import pytest

import regstatus
from regstatus.assess import lexicon
from regstatus.assess.prefilter import LazyPattern
from regstatus.model import vocabulary
from regstatus.model.vocabulary import WordPattern
from tests.support import project
from tests.support.pages import ROOT
from tools import make_languages as tool

LANGUAGES = project.languages()


def test_the_words_were_put_together_after_the_last_change():
    made = tool.together(LANGUAGES)
    assert vocabulary.PUT_TOGETHER[0].read_text(encoding="utf-8") == made, "run `make languages`"


def test_the_page_shows_what_each_language_lacks():
    for path in (tool.PAGE, tool.LISTS_PAGE):
        assert path.read_text(encoding="utf-8") == tool.drawn(path, LANGUAGES), (
            "run `make languages`"
        )
    page = tool.PAGE.read_text(encoding="utf-8")
    assert "| `ka` Georgian | own | all | – | – | – |" in page
    assert all(len(line) <= 200 for line in page.splitlines())


READERS = ("extract", "assess", "fetch.page_check")
"""The packages that read pages: their Python holds no word of any language."""
WALLS = (ROOT / "regstatus/fetch/page_check/walls.toml").read_text(encoding="utf-8")
"""The signs of walls, which are data, too, and of no language."""


def _patterns():
    """Every pattern of the readers as Python has it, words left out."""
    for one in pkgutil.walk_packages(regstatus.__path__, "regstatus."):
        if one.name.startswith(tuple(f"regstatus.{package}" for package in READERS)):
            importlib.import_module(one.name)
    importlib.import_module("regstatus.catalog.document_checks")
    importlib.import_module("regstatus.decide.passage_roles")
    modules = [
        module for name, module in sys.modules.items() if name.startswith("regstatus.assess.")
    ]
    values = [one for module in modules for one in vars(module).values()]
    names = [one[1] for one in lexicon._NAMES]
    gc.unfreeze()  # else what was made when the tests were collected is left out
    return [
        *(one for one in (*vars(lexicon).values(), *names) if isinstance(one, str) and "{" in one),
        *(one.source for one in gc.get_objects() if isinstance(one, LazyPattern | WordPattern)),
        *lexicon._CERTAIN,
        *lexicon._ANY,
        *(
            str(one.pattern, "ascii") if isinstance(one.pattern, bytes) else one.pattern
            for one in values
            if isinstance(one, re.Pattern)
        ),
    ]


def test_no_list_is_unread_and_no_pattern_asks_for_a_list_that_is_not():
    asked = {
        *re.findall(
            r"\{([a-z]\w*\.[a-z]\w*)\}",
            " ".join(_patterns()),
        )
    }
    known = {f"{s}.{key}" for s, keys in tool.LISTS.items() for key in keys if key != "*"}
    looked_up = {"ban.plain"}
    # what other lists of their files hold
    parts = {"names.made", "age.citations", "page.things", "page.not", "standing.this"}
    made = {"number.age", "number.amount"}
    labels = {f"{s}.any" for s in (*tool.LISTS, "labels_or_with_number") if s.startswith("labels")}
    assert asked - made - labels == known - looked_up - parts


def test_no_pattern_holds_a_letter_that_folds_with_an_everyday_one_of_greek_in_python_alone():
    held = {*vocabulary.PUT_TOGETHER[0].read_text("utf-8"), *"".join(_patterns())}
    assert "\u03b9" in held
    assert not held & {"\u1fd3", "\u1fe3"}  # `base/relaxed.py` counts on it


NOMENCLATURE = {"alpha", "beta", "di", "tri", "tetra", "hexa", "OH", "mL"}
"""What chemists write in every language, and a unit that is no enumerator."""


def test_the_patterns_of_the_reader_hold_no_word_of_any_language():
    tags = ("</?", "<(?:!--")  # names of elements are of no language
    sources = [one for one in _patterns() if one not in WALLS and not one.startswith(tags)]
    assert len(sources) > 150
    found = {}
    for source in sources:
        signs = r"\{[a-z]\w*(?:\.[a-z{]\w*)?\}+|\(\?P<\w+>|\(\?-i:|\\[a-zA-Z](?:[0-9a-f]{4})?"
        bare = re.sub(r"\[(?:[^]\\]|\\.)*\]", " ", re.sub(signs, " ", source))
        words = {*re.findall(r"[^\W\d_]{2,}", bare)} - NOMENCLATURE
        if words:
            found[source[:90]] = words
    assert found == {}


def test_no_string_of_a_reader_has_a_letter_beyond_ascii_but_in_a_class_of_letters():
    """English is found by people; any other language by its letters."""
    found = set()
    for package in READERS:
        for path in (tool.ROOT / "regstatus" / package.replace(".", "/")).rglob("*.py"):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            told = {id(one.value) for one in ast.walk(tree) if isinstance(one, ast.Expr)}
            for one in ast.walk(tree):
                if isinstance(one, ast.Constant) and isinstance(one.value, str):
                    bare = re.sub(r"\[(?:[^]\\]|\\.)*\]", " ", one.value)
                    words = re.findall(r"[^\W\d_]{2,}", "" if id(one) in told else bare)
                    found |= {word for word in words if word.isalpha() and not word.isascii()}
    assert found <= LETTERS


LETTERS = {"ºª", "\u115f\u1160", "\u3164\uffa0\u0640"}
"""Signs behind a number, and letters that are blank or only draw another out."""


GOOD = 'name = "Klingon"\n[names]\nleaf = ["qatlh…"]\n[amounts]\n"cha\' maH" = 20\n'


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[names]\nleaf = ['x']\n", "name: Field required"),
        ('name = "K"\n', "there are no words in it"),
        (GOOD + "[ban]\npasive = ['x']\n", "7: ban.pasive: unknown key; see docs/languages.md"),
        (GOOD + "[bans]\npassive = ['x']\n", "6: bans: unknown key; see docs/languages.md"),
        (GOOD + "[ban]\npassive = []\n", "7: ban.passive: List should have at least 1 item"),
        (GOOD + "[ban]\npassive = ['']\n", "7: ban.passive: '' is empty"),
        (GOOD + "[ban]\npassive = [' x']\n", "7: ban.passive: ' x' is empty or has spaces round it"),
        (GOOD + "[ban]\npassive = ['x', 'y', 'x']\n", "7: ban.passive: 'x' stands twice; keep one"),
        (GOOD + "[ban]\npassive = ['(x']\n", "7: ban.passive: '(x' is no regular expression"),
        (GOOD + "[ban]\npassive = ['x?']\n", "7: ban.passive: 'x?' matches where nothing stands"),
        (GOOD + "[ban]\npassive = ['{y} x']\n", "7: ban.passive: '{y} x': there is no list y"),
        (GOOD + "[ban]\npassive = 'x'\n", "7: ban.passive: Input should be a valid list"),
        (GOOD + "[ban]\npassive = [1]\n", "7: ban.passive[0]: write text in quotation marks"),
        (GOOD + "[ban]\npassive = ['x']\npassive = ['y']\n", "8: not valid TOML: Cannot overwrite"),
        (GOOD.replace("20", "0"), "4: amounts: \"cha' maH\" = 0.0: write a number above 0"),
        (GOOD.replace("qatlh", "(qatlh)"), "3: names.leaf: '(qatlh)…': a bracket that counts"),
        (GOOD + "[labels]\n'X {n}' = 'x'\n", "6: labels: 'X {n}': the number follows by itself"),
        (GOOD + "[labels_ordinal]\nX = 'x'\n", "6: labels_ordinal: 'X': write {n} in the form"),
        (GOOD + "[labels]\n", "6: labels: the section is empty"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_used_is_refused_with_file_line_key_and_remedy(tmp_path, text, told):
    (tmp_path / "tlh.toml").write_text(text, encoding="utf-8")
    with pytest.raises(tool.WordsError) as error:
        tool.read([tmp_path])
    assert f"{tmp_path / 'tlh.toml'}:" in str(error.value)
    assert told in str(error.value)


def test_a_file_is_named_by_the_code_of_its_language(tmp_path):
    (tmp_path / "Klingon.toml").write_text(GOOD, encoding="utf-8")
    with pytest.raises(tool.WordsError, match="ISO 639"):
        tool.read([tmp_path])


@pytest.mark.parametrize(
    ("phrase", "pattern"),
    [
        ("gäller inte", r"\bgäller\s+inte\b"),
        ("förbjud…", r"\bförbjud\w*"),
        ("…narkotik…", r"narkotik\w*"),
        ("в обороте", r"\bв\s+обороте\b"),
        ("ห้าม", "ห้าม"),
        ("(?:ist|sind) untersagt", r"\b(?:ist|sind)\s+untersagt\b"),
        ("under {age} år", r"\bunder\s+{age}\s+år\b"),
        ("if(?! any)", r"\bif(?!\s+any)"),
        ("annex\\.?", r"\bannex\.?"),
        ("(?:is|\n    are) banned", r"\b(?:is|are)\s+banned\b"),
        ("web ?page", r"\bweb\s*page\b"),
    ],
)
def test_a_phrase_is_written_as_people_read_it(phrase, pattern):
    assert tool.expanded(phrase) == pattern


@pytest.fixture
def inspected(tmp_path):
    """What a page says to a reader that knows further words, in a process of its own."""

    def read(page, **files):
        folder = tmp_path / "words"
        shutil.copytree(tool.WORDS, folder, dirs_exist_ok=True)
        for code, added in files.items():
            path = folder / f"{code}.toml"
            text = path.read_text(encoding="utf-8") if path.exists() else ""
            path.write_text(added(text), encoding="utf-8")
        made = tmp_path / "all.json"
        made.write_text(tool.together(tool.read([folder])), encoding="utf-8")
        (tmp_path / "page.html").write_text(page, encoding="utf-8")
        code = (
            "import json, sys; from datetime import date; from pathlib import Path\n"
            "from regstatus.model import vocabulary\n"
            "vocabulary.PUT_TOGETHER[0] = Path(sys.argv[1])\n"
            "from regstatus.pipeline.page_reader.inspection import inspect\n"
            "page = Path(sys.argv[2])\n"
            "said = inspect(page.read_bytes(), name=page.name, on=date(2026, 7, 1))\n"
            "print(json.dumps(said))"
        )
        arguments = [sys.executable, "-c", code, made, tmp_path / "page.html"]
        done = subprocess.run(arguments, check=True, capture_output=True, text=True, cwd=tool.ROOT)
        return json.loads(done.stdout)

    return read


def _said(found):
    return {(one["substance"], one["term"], one["context"]) for one in found["terms"]}


SWEDISH = """<html lang="sv"><head><meta charset="utf-8"><title>Läkemedelsverkets föreskrifter</title></head>
<body><h2>Bilaga 1</h2><h3>Förteckning över narkotika</h3>
<p>Siambladet, torkat eller pulvriserat, i alla former.</p>
<p>Heroin, amfetamin och meskalin i alla former.</p></body></html>"""


def test_a_name_in_a_known_language_is_one_line_of_data(inspected):
    assert _said(inspected(SWEDISH)) == set()
    found = inspected(SWEDISH, sv=lambda text: text + "\n[names]\nleaf = ['siamblad…']\n")
    assert _said(found) == {("leaf", "Siambladet", "listed")}
    assert found["schedule"] == "Bilaga 1"


SWAHILI = """<html lang="sw"><head><meta charset="utf-8"><title>Sheria ya dawa za kulevya</title></head><body>
<h2>Jedwali la 2</h2><h3>Dawa za kulevya</h3><p>Mitragynine</p>
<p>Mimea ya jenasi Mitragyna, isipokuwa mkratomu.</p>
<h2>Marufuku</h2><p>Ni marufuku kuuza, kumiliki au kuingiza mkratomu.</p>
<h2>Sura ya 9 (imefutwa)</h2><p>Mkratomu.</p></body></html>"""
WORDS = """name = "Swahili"
[names]
leaf = ['mkratom…']
[labels]
Jedwali = 'jedwali la'
[drug_law]
words = ['dawa za kulevya']
[exclusion]
before = ['isipokuwa']
[change]
words = ['ni marufuku']
[before_number]
chapter = ['sura ya']
[repeal]
headings = ['imefutwa']
"""


def test_a_language_is_one_file_of_data(inspected):
    before = inspected(SWAHILI)
    assert "Mitragynine" in {term for _, term, _ in _said(before)}
    assert before["schedule"] is None
    found = inspected(SWAHILI, sw=lambda _: WORDS)
    assert _said(found) >= {
        ("mitragynine", "Mitragynine", "listed"),
        ("leaf", "mkratomu", "excluded"),
        ("leaf", "mkratomu", "mentioned"),  # what a sentence forbids is told, and not read
        ("leaf", "Mkratomu", "repealed"),
    }
    assert found["schedule"] == "Jedwali 2"
    assert found["prohibitions"] == []
