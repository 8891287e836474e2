"""What the tables say is so: events, errands, settings and commands, read against the code."""

import inspect
import pkgutil
import re
from pathlib import Path

import pytest

from orders.lifecycle import Event
from voiceapp.cli import COMMANDS, parser
from voiceapp.config import Settings
from voiceapp.errors import SettingsError
from voiceapp.providers import open_providers
from voiceapp.reactions import ERRANDS, QUEUES, REACTIONS

ROOT = Path(__file__).parent.parent

SILENT = {
    Event.TAKEN,
    Event.NOTHING_ORDERED,
    Event.NOT_UNDERSTOOD,
    Event.RUNG,
    Event.REVISED,
    Event.UNANSWERED,
    Event.REFUSED,
    Event.HANDED_OVER,
    Event.RESUMED,
}
"""Events that nothing follows: the call, the page or the escalation that made them has already
told whoever must know."""


def test_every_event_has_a_reaction_or_is_named_silent() -> None:
    assert set(REACTIONS) == set(Event)
    assert {event for event, names in REACTIONS.items() if not names} == SILENT


def test_every_reaction_is_an_errand() -> None:
    named = {name for names in REACTIONS.values() for name in names}

    assert named <= set(ERRANDS)


@pytest.mark.parametrize("name", ERRANDS)
def test_an_errand_has_its_function_and_providers_that_the_house_has(
    name: str, settings: Settings
) -> None:
    duty = ERRANDS[name]
    function = pkgutil.resolve_name(duty.function)
    first, *wanted = inspect.signature(function).parameters

    known = {*open_providers(settings), "transcriber"}

    assert duty.queue in QUEUES
    assert first == "work"
    assert set(wanted) <= known


def test_every_errand_that_the_code_writes_has_a_duty() -> None:
    written = set()
    for room in ("orders", "ivr", "family_link", "voiceapp"):
        for path in (ROOT / room).rglob("*.py"):
            text = path.read_text("utf-8")
            written |= set(re.findall(r'errands\.write\(\s*\w+,\s*"(\w+)"', text))

    assert written
    assert written <= set(ERRANDS)


def test_the_example_of_the_settings_is_what_the_code_says() -> None:
    assert (ROOT / ".env.example").read_text("utf-8") == Settings.example()


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_its_function_and_is_documented(command: str) -> None:
    assert callable(pkgutil.resolve_name(COMMANDS[command].function))

    documents = [ROOT / "README.md", ROOT / "docs" / "operations.md"]
    assert any(f"voiceapp {command}" in each.read_text("utf-8") for each in documents)


def test_every_setting_is_documented() -> None:
    operations = (ROOT / "docs" / "operations.md").read_text("utf-8")
    names = re.findall(r"^([A-Z_]+)=", Settings.example(), re.MULTILINE)

    assert [name for name in names if name not in operations] == []


def test_the_documents_name_no_command_that_there_is_not() -> None:
    words = {*COMMANDS, *(each.split()[0] for each in COMMANDS)}
    for path in [*ROOT.glob("README*.md"), *(ROOT / "docs").glob("*.md")]:
        for used in re.findall(r"voiceapp ([a-z]+(?: [a-z]+)?)", _code(path.read_text("utf-8"))):
            assert used in words or used.split()[0] in words, f"{path.name}: voiceapp {used}"


def _code(text: str) -> str:
    return "\n".join(re.findall(r"`+[^`]+`+", text))


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parser().parse_args(["--help"])

    told = capsys.readouterr().out
    assert all(command.split()[0] in told for command in COMMANDS)


def test_the_settings_error_names_every_wrong_setting_at_once() -> None:
    with pytest.raises(SettingsError) as refused:
        Settings.from_env({"CALLING_HOURS": "late", "TIMEZONE": "Mars/Base"})

    for name in ("PUBLIC_URL", "DATA_KEYS", "CALLING_HOURS", "TIMEZONE", "TWILIO_ACCOUNT_SID"):
        assert name in str(refused.value)
