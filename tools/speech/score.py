"""How well a model hears: by the unmodified faster-whisper alone, and through the product's
transcriber."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from faster_whisper import WhisperModel

import nlu
from ivr.speech.alignment import errors
from ivr.speech.engines import open_transcriber
from tools.speech.phrases import han
from tools.speech.testset import Spoken
from voiceapp.samples import wav

SETTINGS = {
    "language": "zh",
    "beam_size": 5,
    "temperature": 0.0,
    "condition_on_previous_text": False,
    "without_timestamps": True,
}
#: Any moment will do: only products and quantities are compared.
NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
LENGTHS = ((5, "1-5"), (10, "6-10"), (15, "11-15"), (10_000, "16+"))


@dataclass(frozen=True)
class Heard:
    said: str
    heard: str
    group: str

    @property
    def wrong(self) -> int:
        """Characters to change, drop or add."""
        return errors(self.said, self.heard)


def hear(model: Path, clips: Iterable[Spoken]) -> list[Heard]:
    """What the engine writes of whole clips."""
    whisper = WhisperModel(str(model), device="cpu", compute_type="int8", cpu_threads=1)

    def text(clip: Spoken) -> str:
        segments, _ = whisper.transcribe(clip.for_whisper, **SETTINGS)
        return "".join(segment.text for segment in segments)

    return [_heard(clip, text(clip)) for clip in clips]


def hear_as_the_product(model: Path, clips: Iterable[Spoken]) -> list[Heard]:
    """What the transcriber makes of them as recordings, unsure or not."""
    transcriber = open_transcriber("faster-whisper", model, "cpu", 1)
    return [
        _heard(clip, transcriber.transcribe(wav(clip.for_whisper)).text) for clip in clips
    ]


def _heard(clip: Spoken, text: str) -> Heard:
    return Heard(han(clip.text), han(text), clip.voice or "plain")


def error(heard: Iterable[Heard]) -> float:
    """Character error: wrong characters for each hundred said."""
    heard = list(heard)
    return 100 * sum(one.wrong for one in heard) / max(1, sum(len(one.said) for one in heard))


def table(heard: list[Heard]) -> dict[str, tuple[int, float]]:
    """Clips and character error, of all and by length and group."""
    groups: dict[str, list[Heard]] = defaultdict(list)
    for one in heard:
        groups["all"].append(one)
        groups[next(name for top, name in LENGTHS if len(one.said) <= top)].append(one)
        groups[one.group].append(one)
    return {name: (len(members), round(error(members), 1)) for name, members in groups.items()}


def exact_orders(heard: list[Heard], vocabulary: nlu.Vocabulary) -> tuple[int, int]:
    """Of the sentences that order something as they were said: how many order exactly the same
    (product and quantity of every line) as they were heard, and how many there are."""

    def ordered(text: str) -> list[tuple[str, str]]:
        understood = nlu.parse(nlu.Heard(text, NOW), vocabulary)
        return [(item.sku, str(item.quantity)) for item in understood.items]

    orders = [(mine, ordered(one.heard)) for one in heard if (mine := ordered(one.said))]
    return sum(mine == theirs for mine, theirs in orders), len(orders)
