"""Each language of the watched law: one example, in official style, for each rule of reading.

The sentences are data as the words are: `examples/`. What a rule expects is the same in every
language. They show that a list works, and are no evidence that a law is written so: for what a
language claims from sentences, real texts are (`evidence.toml`).
"""

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest

from regstatus.assess import assess, completeness, lexicon
from regstatus.decide.passage_roles import weighs
from regstatus.extract import extract
from regstatus.model.document import Document
from regstatus.model.text import Passage, Text
from regstatus.model.vocabulary import fill
from regstatus.model.words import Format, Outcome
from tests.support import project
from tests.support.judged import judged
from tools import make_languages as tool

RULES = {
    "names": "the plant and both alkaloids are found under their names, inflected",
    "schedule": "an entry under the heading of a schedule is listed in it",
    "except": "what a list excepts is excluded",
    "apply": "what a law does not apply to is excluded",
    "repealed": "a repealed entry says nothing",
    "definition": "a definition lists nothing",
    "alkaloid": "an alkaloid is listed though the leaf is left out beside it",
    "removed": "a sentence that takes a name out of a list lists nothing",
    "denied": "what is said to be no narcotic is not listed",
    "besides": "other words by which a list leaves something out",
    "struck": "another mark of a repealed entry",
    "ban": "an outright ban of sale, possession and import: where it is not read, it is told",
    "placed": "a sentence that places a name in a list, or calls it a narcotic: likewise",
}
"""What every language of a watched law must have an example of. Latin only names plants."""

EXAMPLES = {
    path.stem: tomllib.loads(path.read_text(encoding="utf-8"))
    for path in sorted((Path(__file__).parents[1] / "examples" / "languages").glob("*.toml"))
}
EVIDENCE = EXAMPLES.pop("evidence")
"""One file a language: an example of each rule, and in `lists` of each list that has none yet."""
LANGUAGES = project.languages()
UNREAD = {"ar", "bs", "he", "ka", "km", "lo", "mk", "my", "sq"}
"""Languages of watched documents in which only names and headings are read so far."""


def cases(*rules):
    return [
        pytest.param(language, rule, words[rule], id=f"{language}-{rule}")
        for language, words in EXAMPLES.items()
        for rule in rules
        if rule in words
    ]


@pytest.fixture
def finding(day):
    def read(words, headings=()):
        passages = (Passage(words, headings=tuple(headings)),)
        return assess(Text(passages, Format.HTML), on=day)

    return read


def headings(language):
    return EXAMPLES[language]["schedule"][:2]


@pytest.mark.parametrize(("language", "rule", "words"), cases("names"))
def test_the_names_of_a_language_are_read(finding, language, rule, words):
    found = finding(words)
    said = {str(mention.substance) for mention in found.mentions}
    assert said == {"leaf", "mitragynine", "7-oh"}


@pytest.mark.parametrize(("language", "rule", "words"), cases("schedule"))
def test_the_heading_of_a_schedule_is_read(finding, language, rule, words):
    *above, entry, label = words
    found = finding(entry, above)
    assert {str(mention.context) for mention in found.mentions} == {"listed"}
    assert found.schedule == label


@pytest.mark.parametrize(("language", "rule", "words"), cases("except", "besides", "apply"))
def test_what_is_left_out_is_not_listed(finding, language, rule, words):
    for above in ((), headings(language)):
        found = finding(words, above)
        assert found.says("leaf") == "excluded"
        assert found.prohibitions == ()


@pytest.mark.parametrize(("language", "rule", "words"), cases("repealed", "struck"))
def test_a_repealed_entry_says_nothing(finding, language, rule, words):
    found = finding(words, headings(language))
    assert {str(mention.context) for mention in found.mentions} == {"repealed"}


@pytest.mark.parametrize(("language", "rule", "words"), cases("definition"))
def test_a_definition_lists_nothing(finding, language, rule, words):
    found = finding(words)
    assert {str(mention.context) for mention in found.mentions} == {"defined"}
    assert found.prohibitions == ()


def reads(language, role):
    section, _, key = role.partition(".")
    return key in LANGUAGES[language.partition("-")[0]].get(section, {})


@pytest.mark.parametrize(("language", "rule", "words"), cases("ban", "placed"))
def test_what_a_language_does_not_read_is_told_as_named_and_weighs(finding, language, rule, words):
    found = finding(words)
    if reads(language, "ban.passive" if rule == "ban" else "placement.verbs"):
        assert found.says("leaf") == "listed"
    else:
        assert found.says("leaf") in {"named", "listed"}
        assert weighs(words), "beside a name, a new passage with these words must be a doubt"
    forbidden = {(str(p.activity), str(p.substance)) for p in found.prohibitions}
    assert forbidden == (
        {("sell", "leaf"), ("possess", "leaf"), ("import", "leaf")}
        if rule == "ban" and language == "en"
        else set()
    )


@pytest.mark.parametrize(("language", "rule", "words"), cases("allowed", "licence", "school"))
def test_what_is_forbidden_in_part_or_not_at_all_is_no_outright_ban(finding, language, rule, words):
    found = finding(words)
    assert found.prohibitions == ()
    assert found.says("leaf") in {
        "named",
        "excluded",
    }  # English says «not prohibited» of exclusions


@pytest.mark.parametrize(("language", "rule", "words"), cases("age"))
def test_the_age_of_sale_is_read_and_bans_nothing(finding, language, rule, words):
    found = finding(words)
    assert found.minimum_age is not None
    assert found.minimum_age.years == 18
    assert found.prohibitions == ()


@pytest.mark.parametrize(("language", "rule", "words"), cases("alkaloid"))
def test_an_alkaloid_is_listed_though_the_leaf_is_left_out_beside_it(
    finding, language, rule, words
):
    found = finding(words, headings(language))
    assert found.says("mitragynine") == "listed"
    assert found.says("leaf") == "excluded"


@pytest.mark.parametrize(("language", "rule", "words"), cases("removed", "denied"))
def test_a_removal_and_a_denial_list_nothing(finding, language, rule, words):
    for above in ((), headings(language)):
        found = finding(words, above)
        assert {str(mention.context) for mention in found.mentions} <= {
            "mentioned",
            "excluded",
            "repealed",
        }
        assert found.mentions
        assert found.schedule is None


def test_every_language_has_an_example_of_every_rule():
    missing = {
        language: sorted(set(RULES) - set(words))
        for language, words in EXAMPLES.items()
        if "ban" in words and not set(RULES) <= set(words)
    }
    assert missing == {}


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_list_of_a_language_has_an_example(code):
    texts = [
        text
        for tag, words in EXAMPLES.items()
        if tag.partition("-")[0] == code
        for text in _texts([*words.values()])
    ]
    lists = tool.patterns(LANGUAGES[code])
    assert [
        role
        for role, pattern in lists.items()
        if not any(re.search(_filled(pattern), text, re.IGNORECASE) for text in texts)
    ] == [], "write a sentence with a word of the list in `lists` of its examples"


def claims(code):
    """The lists by which a sentence of a language claims something."""
    return {
        role: re.compile(_filled(pattern), re.IGNORECASE)
        for role, pattern in tool.patterns(LANGUAGES[code]).items()
        if role in tool.CLAIMS or role.partition(".")[0] in tool.CLAIMS
    }


# «mul» holds signs and units, which English laws have as others do.
@pytest.mark.parametrize("code", sorted({*LANGUAGES} - {"en", "mul"}))
def test_what_a_language_claims_of_a_sentence_is_written_so_in_a_real_text(code):
    quoted = [words for text in EVIDENCE.get(code, ()) for words in text["words"]]
    lists = claims(code)
    assert [
        role for role, one in lists.items() if not any(one.search(words) for words in quoted)
    ] == [], "quote an official text that needs the list in evidence.toml, or take the list out"
    assert [words for words in quoted if not any(one.search(words) for one in lists.values())] == []


def test_evidence_is_a_short_quotation_with_its_address_and_day(catalogue):
    watched = {d.language.partition("-")[0] for source in catalogue for d in source.documents}
    assert {*EVIDENCE} <= watched
    for text in (text for texts in EVIDENCE.values() for text in texts):
        assert {*text} == {"from", "on", "words"}
        assert text["from"].startswith("https://")
        assert isinstance(text["on"], date)
        assert all(len(words) <= 150 for words in text["words"])


def _texts(examples):
    for one in examples:
        yield from _texts(one) if isinstance(one, list) else [str(one)]


def _filled(pattern):
    for part, words in (("{free}", lexicon._FREE), ("{end}", lexicon._END)):
        pattern = pattern.replace(part, words)
    return fill(pattern.replace("{substituted}", lexicon._SUBSTITUTED))


def test_every_language_of_the_watched_documents_has_examples(catalogue):
    watched = {d.language for source in catalogue for d in source.documents}
    written = {tag.partition("-")[0] for tag, words in EXAMPLES.items() if "ban" in words}
    assert {tag.partition("-")[0] for tag in watched} - written <= UNREAD
    assert not UNREAD & written


@pytest.mark.parametrize("words", ["poškozené zkratom", "zariadenie poškodené skratom"])
def test_a_short_circuit_is_no_kratom(finding, words):
    for above in ((), ("Příloha č. 4", "Seznam psychotropních látek")):
        assert finding(words, above).mentions == ()


@pytest.mark.parametrize(
    "words",
    [
        "Tento zákon se nevztahuje na prodej kratomu v lékárnách.",
        "Przepisów ustawy nie stosuje się do kratomu zawierającego do 2 % alkaloidów.",
        "Diese Verordnung gilt nicht für Kratom, das nach Absatz 2 abgegeben wird.",
        "本规定不适用于卡痛的销售。",
        "พระราชบัญญัตินี้มิให้ใช้บังคับแก่พืชกระท่อมที่ใช้ในการวิจัย",
    ],
)
def test_what_a_law_spares_in_part_is_not_left_out(finding, words):
    assert finding(words).says("leaf") == "named"


@pytest.mark.parametrize(
    "words",
    [
        "Betäubungsmittel im Sinne dieses Gesetzes sind Mitragynin und Kratom.",
        "Med narkotika avses i denna lag kratom och mitragynin.",
        "За целите на закона наркотични вещества по смисъла на чл. 3 са кратом и митрагинин.",
    ],
)
def test_a_meaning_of_narcotics_is_no_mere_definition_of_kratom(finding, words):
    assert {str(mention.context) for mention in finding(words).mentions} != {"defined"}


@pytest.mark.parametrize(
    ("words", "cap"),
    [pytest.param(*words["limit"], id=tag) for tag, words in EXAMPLES.items() if "limit" in words],
)
def test_a_limit_of_the_alkaloid_is_read_in_the_languages_of_product_laws(finding, words, cap):
    assert finding(words).seven_oh_cap == cap


def laid_out(key):
    """Each example of how law or a notice is laid out, with its language."""
    return [
        pytest.param(one, id=f"{tag}-{one}")
        for tag, words in EXAMPLES.items()
        for one in (words[key] if isinstance(words.get(key), list) else [words.get(key)])
        if one
    ]


def extracted(*blocks, title=""):
    words = "".join(f"<p>{block}</p>" for block in blocks)
    return extract(f"<html><title>{title}</title><body>{words}</body></html>".encode())


def named(title, *, more=""):
    page = f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{more}</body></html>"
    return judged(page.encode(), Format.HTML).outcome


@pytest.mark.parametrize("example", laid_out("headings"))
def test_what_stands_below_a_heading_of_law_is_read_under_it(example):
    kind, heading = example
    below = extracted(heading, "The sale of kratom and of its leaves is forbidden.").passages[-1]
    assert below.headings == (heading,)
    named = kind in {"section", "article"}
    assert bool(below.anchor) == named


@pytest.mark.parametrize("example", laid_out("gone"))
def test_a_heading_that_says_that_it_is_repealed_ends_what_stands_below(example):
    page = f"<html><body><h2>{example}</h2><p>Kratom.</p></body></html>"
    assert [one.repealed for one in extract(page.encode()).passages] == [True, True]


@pytest.mark.parametrize("example", laid_out("force"))
def test_a_heading_gives_what_stands_below_its_day_of_force(example):
    heading, bound, day_ = example
    page = f"<html><body><h2>4 § Kratom</h2><h3>{heading}</h3><p>Kratom.</p></body></html>"
    below = extract(page.encode()).passages[-1]
    days = {"since": below.valid_from, "until": below.valid_until}
    assert days.pop(bound) == date.fromisoformat(day_)
    assert set(days.values()) == {None}


@pytest.mark.parametrize("example", laid_out("disowned"))
def test_a_page_that_says_that_it_is_not_the_law_in_force_is_none(example):
    assert extracted("Kratom.", title=example).repealed
    assert not extracted("Kratom.", title="Kratom").repealed


@pytest.mark.parametrize(
    ("example", "outcome"),
    [
        pytest.param(*one.values, outcome, id=one.id)
        for key, outcome in (
            ("missing_page", Outcome.GONE),
            ("maintenance", Outcome.MAINTENANCE),
            ("walls", Outcome.BLOCKED),
        )
        for one in laid_out(key)
    ],
)
def test_a_notice_that_was_sent_as_a_success_is_no_document(example, outcome):
    assert named(example) is outcome


@pytest.mark.parametrize("example", laid_out("login"))
def test_a_login_is_no_document(example):
    more = f"<input type=password>{'<p>Kratom and its leaves.</p>' * 40}"
    assert named(example, more=more) is Outcome.BLOCKED
    assert named("Kratom", more=more) is Outcome.OK


LISTED = "".join(f"<li>{name}</li>" for name in ("Acetorphine", "Heroin", "Khat", "Tilidine"))


@pytest.mark.parametrize("example", laid_out("cut"))
def test_a_remark_that_more_of_a_list_exists_is_a_doubt(example):
    source = Document.model_validate(
        {"id": "a", "title": "A", "publisher": "B", "url": "https://a.example.gov/", "reads": "schedule",
         "url_basis": "seen", "complete": True, "controls": ["Heroin", "Khat"]}
    )  # fmt: skip
    whole, cut = (
        extract(f"<h1>Schedule</h1><ul>{LISTED}</ul>{more}".encode())
        for more in ("", f"<p>{example[0].upper()}{example[1:]}</p>")
    )
    assert completeness.doubts(source, whole) == ()
    assert completeness.doubts(source, cut) != ()


@pytest.mark.parametrize("example", laid_out("stated"))
def test_a_page_that_says_so_in_a_banner_is_no_proof(example):
    assert extracted("Kratom.", title=example).repealed
    banner = f"<h1>Act</h1><p>Kratom.</p><p>Heroin.</p><div class=alert>{example}</div>"
    assert extract(f"<html><body>{banner}</body></html>".encode()).repealed
