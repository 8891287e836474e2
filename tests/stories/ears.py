"""What stands behind the transcriber's port in a story, and the voices that it hears."""

import io
import json
import wave
from importlib.resources import files
from typing import Any, Protocol

from ivr.speech.transcriber import Audio, Hearing, Quality, Transcriber
from voiceapp import samples
from voiceapp.config import Settings
from voiceapp.providers import transcriber_of


class Ears(Transcriber, Protocol):
    """A transcriber, and recordings of what is said to it."""

    def voice(self, text: str) -> bytes:
        """A recording that says this."""
        ...


class Whisper:
    """The shipped model, and the sample callers' recordings."""

    def __init__(self, settings: Settings) -> None:
        self._transcriber = transcriber_of(settings)
        rows = json.loads((files("ivr.speech") / "callers" / "callers.json").read_text("utf-8"))
        self._files = {row["text"]: row["file"] for row in rows["callers"] + rows["answers"]}

    def voice(self, text: str) -> bytes:
        """The recording of a sample caller or answer."""
        return samples.pcm(self._files[text].removesuffix(".wav"))

    def transcribe(self, audio: Audio, hints: Any = None) -> Hearing:
        """What the model hears."""
        return self._transcriber.transcribe(audio, hints)

    def warm_up(self) -> None:
        """Load the model."""
        self._transcriber.warm_up()


class Told:
    """A transcriber that was told what each recording says, by its length in tenths of a second;
    anything else is noise to it."""

    def __init__(self) -> None:
        self.texts: dict[int, str] = {}

    def voice(self, text: str) -> bytes:
        """A recording that says this."""
        length = 10 + len(self.texts)
        self.texts[length] = text
        out = io.BytesIO()
        with wave.open(out, "wb") as file:
            file.setparams((1, 2, 8000, 0, "NONE", ""))
            loud = b"\x00\x40\x00\xc0" * 200
            file.writeframes(loud * (2 * length))
        return out.getvalue()

    def transcribe(self, audio: Audio, hints: Any = None) -> Hearing:
        """What was told of this audio."""
        assert isinstance(audio, bytes)
        with wave.open(io.BytesIO(audio)) as file:
            length = round(10 * file.getnframes() / file.getframerate())
        text = self.texts.get(length)
        if text is None:
            return Hearing(Quality.NOISE, length / 10, model="told")
        return Hearing(Quality.SPEECH, length / 10, text, confidence=0.9, model="told")

    def warm_up(self) -> None:
        """Nothing to load."""
