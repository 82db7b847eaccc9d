"""The words of a page are the same whatever its form and character set, or it cannot be read."""

import io
import json
import zipfile

import pytest

from regstatus.base.errors import ReadingError
from regstatus.extract import extract, normalise
from regstatus.model import charset
from tests.support.charsets import SENT, UNTOLD, header

WORD = '<w:document xmlns:w="urn:w"><w:body>{}</w:body></w:document>'


def html(sent):
    own = f'<meta charset="{sent.own}">' if sent.own else ""
    return (
        f"<html><head>{own}<title>1</title></head><body>{_times(sent, '<p>{}</p>')}</body></html>"
    )


def xml(sent):
    own = f'<?xml version="1.0" encoding="{sent.own}"?>' if sent.own else ""
    return f"{own}<act>{_times(sent, '<p>{}</p>')}</act>"


def text(sent):
    return _times(sent, "{}\n\n")


def data(sent):
    return json.dumps({"articles": [{"text": sent.words}] * 3}, ensure_ascii=False)


def _times(sent, form):
    return form.format(sent.words) * 3


DOORS = {
    "text/html": html,
    "application/xml": xml,
    "text/plain": text,
    "application/json": data,
}


def packed(name, body):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(name, body)
    return file.getvalue()


@pytest.mark.parametrize("media", DOORS)
@pytest.mark.parametrize("name", SENT)
def test_the_words_of_every_form_are_right_in_every_character_set(name, media):
    sent = SENT[name]
    if media not in {"text/html", "application/xml"} and sent.header != "tis-620":
        sent = sent._replace(
            header=sent.own or sent.header
        )  # such files declare nothing themselves
    body = DOORS[media](sent).encode(sent.codec)
    found = [passage.text for passage in extract(body, content_type=header(sent, media)).passages]
    assert found == [normalise(sent.words)] * 3


@pytest.mark.parametrize("name", [name for name, sent in SENT.items() if not sent.header])
def test_files_in_an_archive_are_read_in_their_own_character_set(name):
    sent = SENT[name]
    pages = {"law.html": html(sent), "law.xml": xml(sent), "word/document.xml": _word(sent)}
    for file, page in pages.items():
        passages = extract(packed(file, page.encode(sent.codec))).passages
        assert {passage.text for passage in passages} == {normalise(sent.words)}


def _word(sent):
    own = f'<?xml version="1.0" encoding="{sent.own}"?>' if sent.own else ""
    return own + WORD.format(_times(sent, "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"))


@pytest.mark.parametrize("media", DOORS)
@pytest.mark.parametrize("name", UNTOLD)
def test_a_page_whose_character_set_nobody_can_tell_cannot_be_read(name, media):
    sent = UNTOLD[name]
    body = DOORS[media](sent).encode(sent.codec)
    with pytest.raises(ReadingError, match="character set"):
        extract(body, content_type=header(sent, media))


def test_a_foreign_name_in_an_old_character_set_does_not_cost_the_rest_of_the_page():
    page = b"<p>Kratom is listed in Schedule I of the Act, and so is mitragynine.</p>" * 20
    body = b"<html><body>" + page + "<p>กระท่อม</p></body></html>".encode("cp874")
    assert len(extract(body).passages) == 21


@pytest.mark.parametrize("codec", ["cp932", "euc_jp"])
def test_japanese_that_nobody_declared_is_read(codec):
    text = "<p>クラトム及びミトラギニンを含有する植物は、指定薬物とする。</p>"
    assert charset.decode(text.encode(codec)) == text


@pytest.mark.parametrize(
    "text",
    [
        "В списке I: кратом, митрагинин; героин.",
        "กระท่อม เป็นยาเสพติดให้โทษ",
        "Liste I: l’œuvre, 5 €, § 3, kratom",
        "ミトラギニンを含有する植物",
    ],
)
@pytest.mark.parametrize("western", ["latin-1", "cp1252"])
def test_what_was_written_as_utf_8_twice_is_read_once(text, western):
    def shown(byte):
        try:
            return bytes([byte]).decode(western)
        except UnicodeDecodeError:  # as browsers show it
            return chr(byte)

    twice = "".join(map(shown, text.encode()))
    assert charset.decode(twice.encode()) == text


@pytest.mark.parametrize(
    "text", ["Verkäufe für Österreich: Größe, Straße", "L’été «à Genève» où ça œuvre, Ñandú €5"]
)
def test_western_letters_stay_what_they_are(text):
    assert charset.decode(text.encode("cp1252")) == text
    assert charset.decode(text.encode()) == text
