"""No list is silent that names kratom in a part that the page folds in, in any form."""

import json
from datetime import date

import pytest

from regstatus.assess import assess
from regstatus.extract import extract
from regstatus.model.law import Substance
from tests.decide.test_only_people_soften import LIST, clock, hosts, texas, world
from tests.pipeline.test_update import schedule

__all__ = ["hosts", "world"]

DAY = date(2026, 11, 22)
NAMES = ("Cathinone", "Heroin", "Mescaline", "Peyote", "Psilocybin")
ROWS = "".join(f"<li>({number}) {name}</li>" for number, name in enumerate(NAMES, 1))
BODY = (
    "<!doctype html><html lang=en><head><title>Table 1</title></head><body><h1>Table 1</h1>"
    "<p>The substances in this table are controlled:</p><ul>{}</ul>{}{}</body></html>"
)
TEXT = "<p>The board keeps this table and publishes it once in each year.</p>" * 12
FOLDS = [
    "<section hidden><ol>{}</ol></section>",
    "<h3>Added since</h3><div hidden='until-found'>{}</div>",
    "<div class=tab id=t2 style='color: red; DISPLAY : none !important'>{}</div>",
    "<table style='visibility:hidden'><tr><td>9</td><td>{}</td></tr></table>",
    "<template id=more>{}</template>",
    "<noscript><p>{}</p></noscript>",
    "<dialog>{}</dialog>",
    "<div style='display:none'><div><p><span>{}</span></p></div></div>",
    "<h2><button aria-expanded=false>{}</button></h2>",
]  # fmt: skip


def read(body, **how):
    return assess(extract(body, **how), on=DAY, controls=("Heroin", "Psilocybin"), complete=True)


@pytest.mark.parametrize("fold", FOLDS)
@pytest.mark.parametrize(
    "name", ["Mitragynine", "Mitragyna speciosa", "7-hydroxymitragynine", "Kratom (leaf)", "กระท่อม"]
)
def test_a_name_that_is_folded_in_ends_the_silence(fold, name):
    found = read(BODY.format(ROWS, fold.format(name), TEXT).encode())
    assert not found.readable
    assert any("folded in names" in problem for problem in found.problems)


@pytest.mark.parametrize("fold", FOLDS)
@pytest.mark.parametrize("words", ["Khat", "Show all", "Ibogaine, Bufotenine", ""])
def test_what_is_folded_in_beside_a_list_and_names_nothing_raises_no_doubt(fold, words):
    assert read(BODY.format(ROWS, fold.format(words), TEXT).encode()).readable


@pytest.mark.parametrize(
    "harmless",
    [
        "<nav hidden><a href=/k>Kratom</a></nav>",
        "<div class='megamenu' style='display:none'>Kratom</div>",
        "<s>(6) Mitragynine</s>",
        "<script>var topics = ['kratom']</script>",
        "<form><input type=hidden value=kratom></form>",
    ],
)
def test_menus_scripts_and_deleted_words_are_no_part_of_the_list(harmless):
    assert read(BODY.format(ROWS, harmless, TEXT).encode()).readable


def test_a_statute_that_speaks_openly_is_read_whatever_it_folds_in():
    law = "<h1>Kratom products</h1><p>A vendor shall not sell kratom to a person under 21.</p>"
    page = f"<html><body>{law}{TEXT}<div hidden>Kratom: read more</div></body></html>"
    found = assess(extract(page.encode()), on=DAY)
    assert found.readable
    assert found.minimum_age.years == 21
    assert found.says(Substance.LEAF) != "silent"


@pytest.mark.parametrize(
    ("make", "how"),
    [
        (lambda part: json.dumps({"title": "Table 1", "html": BODY.format(ROWS, part, TEXT)}), {}),
        (lambda part: "<?xml version='1.0'?>" + BODY.removeprefix("<!doctype html>").replace(
            "<html lang=en>", "<html xmlns='http://www.w3.org/1999/xhtml'>").format(ROWS, part, TEXT), {}),
    ],
)  # fmt: skip
def test_the_same_holds_for_pages_inside_other_forms(make, how):
    hidden = '<div hidden="hidden">{}</div>'
    assert not read(make(hidden.format("Mitragynine")).encode(), **how).readable
    assert read(make(hidden.format("Khat")).encode(), **how).readable


def test_hidden_text_of_a_word_document_ends_the_silence():
    def run(words, marks=""):
        return f"<w:p><w:r><w:rPr>{marks}</w:rPr><w:t>{words}</w:t></w:r></w:p>"

    def document(*more):
        body = "".join((*map(run, ("Table 1. Controlled substances:", *NAMES)), *more))
        space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        return (
            f"<?xml version='1.0'?><w:document xmlns:w='{space}'><w:body>{body}"
            f"{run('The board keeps this table and publishes it once in each year. ' * 12)}"
            "</w:body></w:document>"
        ).encode()

    assert read(document()).readable
    assert read(document(run("Mitragynine", "<w:strike/>"))).readable
    assert not read(document(run("Mitragynine", "<w:vanish/>"))).readable


@pytest.mark.parametrize("fold", FOLDS[:3])
def test_such_a_list_verifies_nothing_and_changes_no_answer(world, fold):
    world.run()
    verified = clock(world)["verified_at"]
    world.put(LIST, schedule(fold.format("Mitragynine")))
    run = world.run()
    assert clock(world)["verified_at"] == verified
    assert "folded in names Mitragynine" in clock(world)["problem"]
    assert "source_failing" in {str(change.kind) for change in run.changes}
    assert texas(world).status("leaf") == "regulated"
