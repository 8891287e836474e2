"""The desk in English, for a clerk whose browser asks for it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from tests.voiceapp.console.browser import DeskBrowser
from tests.voiceapp.console.conftest import PASSWORD, SECRET
from voiceapp import console

ROOM = Path(str(console.__file__)).parent
CATALOGUE = ROOM / "translations" / "en" / "LC_MESSAGES"
KINDS = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
WORDS = {"_": None, "gettext": None, "lazy_gettext": None}


def written() -> set[str]:
    """Every sentence of the desk's pages."""
    found = extract_from_dir(str(ROOM), KINDS, {}, WORDS)
    return {str(message) for _, _, message, _, _ in found}


def test_every_sentence_has_its_english_and_nothing_else_has() -> None:
    with (CATALOGUE / "desk.po").open("rb") as file:
        catalogue = read_po(file)

    assert {message.id for message in catalogue if message.id} == written()
    assert [message.id for message in catalogue if not message.string] == []


def test_the_compiled_catalogue_is_the_written_one() -> None:
    with (CATALOGUE / "desk.po").open("rb") as po, (CATALOGUE / "desk.mo").open("rb") as mo:
        source, compiled = read_po(po), read_mo(mo)

    strings = {message.id: message.string for message in source if message.id}
    assert {message.id: message.string for message in compiled if message.id} == strings


@pytest.mark.parametrize(("language", "word"), [("en", "Queue"), ("zh-CN", "待办"), ("fr", "待办")])
def test_a_page_speaks_the_browsers_language_or_chinese(
    browser: Callable[[], DeskBrowser], language: str, word: str
) -> None:
    desk = browser()
    desk.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = language  # type: ignore[attr-defined]

    desk.sign_in("ana", PASSWORD, SECRET)

    assert word in desk.page
