"""What the console script's commands do, and how they begin and speak."""

import os
import sys
from typing import TYPE_CHECKING

from dotenv import load_dotenv

from voiceapp.config import Settings
from voiceapp.house import House
from voiceapp.logs import set_up_logs

if TYPE_CHECKING:
    from ivr.speech.transcriber import Transcriber


def say(line: str = "") -> None:
    """One line to whoever called the command, at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def settings() -> Settings:
    """The settings from the environment and, behind it, from `.env` in this folder."""
    load_dotenv(".env")
    return Settings.from_env()


def ears(model: str = "") -> "Transcriber":
    """Whisper without a house: the model named, or the environment's, or the shipped one."""
    from ivr.speech.engines import open_transcriber
    from voiceapp.providers import DEMO_MODEL

    load_dotenv(".env")
    return open_transcriber(
        os.environ.get("WHISPER_ENGINE") or "faster-whisper",
        model or os.environ.get("WHISPER_MODEL") or DEMO_MODEL,
        os.environ.get("WHISPER_DEVICE") or "auto",
    )


def house() -> House:
    """The installation that the settings describe."""
    from voiceapp.providers import open_house

    return open_house(settings())


def logged_house() -> House:
    """The same, for a process that stays and writes logs."""
    set_up_logs()
    return house()
