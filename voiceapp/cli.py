"""The console script: one table of commands, each a function of the parsed arguments."""

import argparse
import pkgutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from voiceapp.errors import SettingsError, VoiceappError

WRONG_SETTINGS, FAILED = 2, 1
"""Exit statuses: a setting is missing or wrong; the command could not do what it is for."""


def arg(*names: str, **how: Any) -> tuple[tuple[str, ...], dict[str, Any]]:
    """One argument, as argparse takes it."""
    return names, how


@dataclass(frozen=True)
class Command:
    """What a command does, the function that does it (`module:function`), and its arguments."""

    about: str
    function: str
    arguments: tuple[tuple[tuple[str, ...], dict[str, Any]], ...] = ()


FOLDER = arg("--folder", default="var", help="where everything is kept (default: ./var)")
PORT = arg("--port", type=int, default=8000, help="the pages' port, if it is free")
CALLER = arg("--caller", type=int, default=4, choices=range(1, 7), help="which sample caller")

COMMANDS: dict[str, Command] = {
    "demo": Command(
        "one spoken order from the ring to the rating, told as it happens",
        "voiceapp.demo:demo",
        (arg("--exit", action="store_true", help="end after the story"), CALLER, PORT),
    ),
    "serve": Command(
        "everything on this machine, to try: softphone, family pages, desk",
        "voiceapp.commands.processes:serve",
        (FOLDER, PORT),
    ),
    "web": Command(
        "the pages and webhooks, by gunicorn",
        "voiceapp.commands.processes:web",
        (
            arg("--workers", type=int, default=2, help="processes (default: 2)"),
            arg("--threads", type=int, default=8, help="threads in each (default: 8)"),
        ),
    ),
    "worker": Command(
        "does errands, for the queues named or for all",
        "voiceapp.commands.processes:worker",
        (arg("queues", nargs="*", help="live, calls, speech, default"),),
    ),
    "relay": Command("the one clock: hands errands out", "voiceapp.commands.processes:relay"),
    "db upgrade": Command("migrate up", "voiceapp.commands.database:upgrade"),
    "db downgrade": Command(
        "migrate down to a revision",
        "voiceapp.commands.database:downgrade",
        (arg("revision", help="such as 0001, -1, or base for no tables at all"),),
    ),
    "db check": Command(
        "whether the database is what the code expects", "voiceapp.commands.database:check"
    ),
    "db reindex": Command(
        "find numbers under a new INDEX_KEY", "voiceapp.commands.database:reindex"
    ),
    "db rotate": Command(
        "encrypt everything anew under the first of DATA_KEYS", "voiceapp.commands.database:rotate"
    ),
    "seed": Command(
        "load the catalogue where there is none, and enrol somebody at the desk",
        "voiceapp.commands.furnishing:seed",
        (
            arg("--login", default="desk", help="(default: desk)"),
            arg("--name", default="坐席", help="as the desk shows it"),
            arg(
                "--role",
                default="supervisor",
                choices=("clerk", "supervisor", "coordinator", "administrator"),
            ),
        ),
    ),
    "catalogue load": Command(
        "make the catalogue what a file says, while everything runs",
        "voiceapp.commands.furnishing:load_catalogue",
        (arg("file", metavar="FILE.csv"),),
    ),
    "customers import": Command(
        "put residents on file; each row is taken or refused with the reason",
        "voiceapp.commands.furnishing:import_customers",
        (arg("file", metavar="FILE.csv"),),
    ),
    "reconcile": Command(
        "a day's bill of WeChat Pay's against our own books; 1 where they differ",
        "voiceapp.commands.reconciling:reconcile",
        (
            arg(
                "day",
                nargs="?",
                type=date.fromisoformat,
                help="such as 2026-11-21 (default: yesterday)",
            ),
        ),
    ),
    "doctor": Command(
        "check every setting and service, and say what to do",
        "voiceapp.commands.checking:doctor",
        (arg("--new-key", action="store_true", help="print a key for DATA_KEYS, and end"),),
    ),
    "transcribe": Command(
        "what each recording says, one JSON object a line",
        "voiceapp.commands.hearing:transcribe",
        (arg("files", nargs="+", metavar="FILE"),),
    ),
    "evaluate": Command(
        "how well the model hears a set of recordings with their texts",
        "voiceapp.commands.hearing:evaluate",
        (
            arg("manifest", metavar="MANIFEST", help="JSON lines of audio, text and order"),
            arg("--model", action="append", default=[], help="a name or folder; may be repeated"),
            arg("--catalogue", help="the CSV that the orders are of (default: the pilot's)"),
            arg("--page", help="write an HTML page too"),
        ),
    ),
}
"""Every command by its words. The order is that of the help."""


def parser() -> argparse.ArgumentParser:
    """The command line as argparse reads it."""
    root = argparse.ArgumentParser(
        prog="voiceapp", description="A telephone line to order by speaking."
    )
    groups = {"": root.add_subparsers(metavar="COMMAND", required=True)}
    for words, command in COMMANDS.items():
        group, _, last = words.rpartition(" ")
        if group not in groups:
            members = [each for each in COMMANDS if each.startswith(f"{group} ")]
            about = ", ".join(each.removeprefix(f"{group} ") for each in members)
            deeper = groups[""].add_parser(group, help=about)
            groups[group] = deeper.add_subparsers(metavar="COMMAND", required=True)
        reader = groups[group].add_parser(last, help=command.about, description=command.about)
        for names, how in command.arguments:
            reader.add_argument(*names, **how)
        reader.set_defaults(command=command)
    return root


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; its exit status. A mistake is a sentence, never a traceback."""
    chosen = parser().parse_args(argv)
    try:
        status = pkgutil.resolve_name(chosen.command.function)(chosen)
    except SettingsError as error:
        return _refuse(error, WRONG_SETTINGS)
    except VoiceappError as error:
        return _refuse(error, FAILED)
    except FileNotFoundError as error:
        return _refuse(error, FAILED)
    except KeyboardInterrupt:
        return 130
    return int(status or 0)


def _refuse(error: Exception, status: int) -> int:
    sys.stderr.write(f"voiceapp: {error}\n")
    return status
