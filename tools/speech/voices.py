"""Mandarin speech from espeak-ng's library, with the moment at which each word begins.

Besides the variants that espeak-ng brings (`+f3`, `+klatt2`...), made-up throats are drawn from a
seed: formants, pitch, breath and roughness within what the brought ones span. Hearing many throats
is what lets a model follow a new one.
"""

import ctypes
import ctypes.util
import os
import random
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

#: Where Debian's and Ubuntu's package keeps the phoneme tables; `ESPEAK_DATA` points elsewhere.
DATA = Path(os.environ.get("ESPEAK_DATA", "/usr/lib/x86_64-linux-gnu/espeak-ng-data"))

#: Never trained on, so that the test set can ask for voices the model has not met.
HELD_OUT = ("m7", "f3", "michel", "shelby")
#: Whispers, croaks and robots: nobody on the telephone sounds like these. `rob` crashes espeak-ng
#: 1.51.
NOT_PEOPLE = (
    "rob",
    "Demonic",
    "UniRobot",
    "anikaRobot",
    "croak",
    "whisper",
    "whisperf",
    "Tweaky",
    "fast",
    "Storm",
    "robosoft",
    "robosoft2",
    "robosoft3",
    "robosoft4",
    "robosoft5",
    "robosoft6",
    "robosoft7",
    "robosoft8",
    "language",
    "Mr serious",
)

_SYNCHRONOUS, _UTF8, _WORD = 2, 1, 1
_RATE, _VOLUME, _PITCH, _RANGE, _WORDGAP = 1, 2, 3, 4, 7


class _Event(ctypes.Structure):
    _fields_ = [
        ("type", ctypes.c_int),
        ("unique", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", ctypes.c_char * 8),
    ]


_Callback = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event)
)


@dataclass(frozen=True)
class Manner:
    """How something is said: `voice` names a variant ("" is the plain one), `rate` is words a
    minute, `pitch` and `swing` go from 0 to 99, `gap` is the pause between words in units of 10
    ms."""

    voice: str
    rate: int = 175
    pitch: int = 50
    swing: int = 50
    gap: int = 0
    reads_characters: bool = False


@lru_cache
def people() -> tuple[str, ...]:
    """The variants that espeak-ng brings and that a person could sound like; "" is the plain
    voice."""
    brought = sorted(path.name for path in (DATA / "voices" / "!v").iterdir())
    return ("", *(name for name in brought if name not in NOT_PEOPLE and " " not in name))


def seen_voices() -> tuple[str, ...]:
    """The brought voices that training may use."""
    return tuple(name for name in people() if name not in HELD_OUT)


def made_up(number: int) -> str:
    """The variant file of made-up throat `number`."""
    chance = random.Random(f"throat {number}")
    throat = chance.uniform(0.88, 1.26)
    low = chance.uniform(65, 190) if throat > 1.05 else chance.uniform(55, 130)
    lines = [
        "language variant",
        f"name made{number}",
        f"pitch {low:.0f} {low * chance.uniform(1.15, 1.8):.0f}",
    ]
    for formant in range(9):
        scale = throat * chance.uniform(0.95, 1.05) * 100
        strength = chance.uniform(75, 120) if formant < 6 else chance.uniform(10, 110)
        lines.append(f"formant {formant} {scale:.0f} {strength:.0f} {chance.uniform(75, 160):.0f}")
    options = {
        "flutter": f"{chance.randint(0, 20)}",
        "roughness": f"{chance.randint(0, 5)}",
        "voicing": f"{chance.randint(60, 150)}",
        "consonants": f"{chance.randint(60, 150)} {chance.randint(70, 140)}",
        "tone": " ".join(
            f"{hertz} {chance.randint(60, 255 - hertz // 20)}" for hertz in (600, 1200, 2000, 3000)
        ),
        "breath": "0 " + " ".join(str(chance.randint(0, 5)) for _ in range(7)),
        "echo": f"{chance.randint(10, 140)} {chance.randint(2, 12)}",
        "intonation": f"{chance.randint(1, 3)}",
        "klatt": f"{chance.randint(1, 5)}",
    }
    odds = {"breath": 0.2, "echo": 0.2, "klatt": 0.08, "flutter": 0.7}
    lines += [
        f"{key} {value}" for key, value in options.items() if chance.random() < odds.get(key, 0.45)
    ]
    return "\n".join(lines) + "\n"


def _furnish(folder: Path, throats: Iterable[int]) -> None:
    """Lay out espeak-ng's data in `folder` by links: Chinese alone, since the library keeps at most
    350 voices and variants, and the made-up throats among the variants."""
    for source in DATA.iterdir():
        if source.name not in ("voices", "lang"):
            (folder / source.name).symlink_to(source)
    (folder / "lang").mkdir()
    (folder / "lang" / "sit").symlink_to(DATA / "lang" / "sit")
    variants = folder / "voices" / "!v"
    shutil.copytree(DATA / "voices" / "!v", variants)
    for number in throats:
        (variants / f"made{number}").write_text(made_up(number))


class Speaker:
    """espeak-ng in this process. One a process: the library keeps its state in globals."""

    def __init__(self, throats: Iterable[int] = ()) -> None:
        self._room = tempfile.TemporaryDirectory(prefix="espeak-")
        data = Path(self._room.name) / "espeak-ng-data"
        data.mkdir()
        _furnish(data, throats)
        self._lib = ctypes.CDLL(ctypes.util.find_library("espeak-ng") or "libespeak-ng.so.1")
        self.sample_rate: int = self._lib.espeak_Initialize(
            _SYNCHRONOUS, 400, self._room.name.encode(), 0
        )
        if self.sample_rate <= 0:
            raise RuntimeError("espeak-ng did not start: is its data where ESPEAK_DATA says?")
        self._sound: list[np.ndarray] = []
        self._words: list[tuple[int, float]] = []
        self._callback = _Callback(self._collect)
        self._lib.espeak_SetSynthCallback(self._callback)
        self._voice: str | None = None

    def _collect(
        self,
        sound: "ctypes._Pointer[ctypes.c_short]",
        count: int,
        events: "ctypes._Pointer[_Event]",
    ) -> int:
        if sound and count:
            self._sound.append(np.ctypeslib.as_array(sound, (count,)).copy())
        at = 0
        while events[at].type:
            if events[at].type == _WORD:
                self._words.append((events[at].text_position - 1, events[at].audio_position / 1000))
            at += 1
        return 0

    def say(self, text: str, manner: Manner) -> tuple[np.ndarray, list[tuple[int, float]]]:
        """The sound of `text` (pinyin with tone digits, or characters) as float32 within ±1, and
        for each word the place of its first character in `text` and the second at which it
        begins."""
        language = "cmn" if manner.reads_characters else "cmn-latn-pinyin"
        voice = f"{language}+{manner.voice}" if manner.voice else language
        if voice != self._voice:
            if self._lib.espeak_SetVoiceByName(voice.encode()) != 0:
                raise ValueError(f"espeak-ng has no voice {voice}")
            self._voice = voice
        for parameter, value in (
            (_RATE, manner.rate),
            (_PITCH, manner.pitch),
            (_RANGE, manner.swing),
            (_WORDGAP, manner.gap),
            (_VOLUME, 100),
        ):
            self._lib.espeak_SetParameter(parameter, value, 0)
        self._sound, self._words = [], []
        spoken = text.encode() + b"\0"
        self._lib.espeak_Synth(spoken, len(spoken), 0, 1, 0, _UTF8, None, None)
        if not self._sound:
            return np.zeros(0, np.float32), []
        return np.concatenate(self._sound).astype(np.float32) / 32768, self._words
