"""Every sentence of the pages exists in both languages."""

import io
from pathlib import Path

from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

import family_link
from family_link.wording import TEXTS

ROOM = Path(family_link.__file__).parent
ENGLISH = ROOM / "translations" / "en" / "LC_MESSAGES"
METHODS = [("pages/**.py", "python"), ("api/**.py", "python"), ("templates/**.html", "jinja2")]


def test_every_sentence_has_an_english_one() -> None:
    catalogue = read_po(io.BytesIO((ENGLISH / "family.po").read_bytes()))

    written = {message for _, _, message, _, _ in extract_from_dir(str(ROOM), METHODS)}

    assert len(written) > 150
    assert {message for message in written if not catalogue.get(message)} == set()
    assert {message.id for message in catalogue if message.id} - written == set()
    assert all(message.string for message in catalogue if message.id)


def test_what_is_shipped_is_what_is_written() -> None:
    written = read_po(io.BytesIO((ENGLISH / "family.po").read_bytes()))

    shipped = read_mo(io.BytesIO((ENGLISH / "family.mo").read_bytes()))

    assert {m.id: m.string for m in shipped if m.id} == {m.id: m.string for m in written if m.id}


def test_text_messages_name_the_hotline_and_carry_no_address_of_their_own() -> None:
    for words in TEXTS.values():
        assert words.startswith("【邻里热线】")
        assert "http" not in words
