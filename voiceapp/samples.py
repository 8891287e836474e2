"""The sample callers' recordings as a telephone's microphone would give them to the line."""

import io
import json
import wave
from importlib.resources import files
from pathlib import Path

from ivr.speech import audio

SAMPLES = Path(str(files("ivr.speech") / "callers"))


def pcm(name: str) -> bytes:
    """One recording, such as `caller-4` or `answers/yes`, as a WAV of 16-bit PCM."""
    sound = audio.load(SAMPLES / f"{name}.wav", audio.Limits())
    assert isinstance(sound, audio.Sound), f"{name} is a recording"
    return wav(sound.samples)


def wav(samples: audio.Samples) -> bytes:
    """A WAV file of 16-bit PCM; what is louder than full scale is clipped."""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setparams((1, 2, audio.RATE, 0, "NONE", ""))
        file.writeframes((samples.clip(-1, 1) * 32767).astype("<i2").tobytes())
    return out.getvalue()


def lay_out(folder: Path) -> Path:
    """Every recording in a folder, named by what is said in it, callers first; the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    known = json.loads((SAMPLES / "callers.json").read_text("utf-8"))
    for kind in ("callers", "answers"):
        for number, row in enumerate(known[kind], start=1):
            first = number if kind == "callers" else "答"
            path = folder / f"{first} {row['text']}.wav"
            path.write_bytes(pcm(row["file"].removesuffix(".wav")))
    return folder
