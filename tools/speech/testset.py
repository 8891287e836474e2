"""The fixed test set: `data/test_texts.txt`, drawn once and left out of training, by voices that
training used and by voices it never met, unfiltered. Its seeds are used nowhere else."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tools.speech import recordings
from tools.speech.clips import Studio
from tools.speech.corpora import corpus_lines
from tools.speech.line import Line, for_whisper
from tools.speech.noises import Sound
from tools.speech.phrases import HERE
from tools.speech.voices import HELD_OUT

TEXTS = HERE / "test_texts.txt"
#: Every so many sentences go into the sample that the project's tests listen to.
SAMPLED = 9


@dataclass(frozen=True)
class Spoken:
    sound: Sound
    rate: int
    text: str
    voice: str

    @property
    def for_whisper(self) -> Sound:
        return for_whisper(self.sound, self.rate)


def texts() -> list[list[str]]:
    """Sentences as chunks."""
    return [line.split("|") for line in TEXTS.read_text(encoding="utf-8").splitlines()]


def spoken(
    studio: Studio,
    sentences: Iterable[list[str]],
    voices: tuple[str, ...],
    seed: str,
    wideband: float = 0.1,
) -> list[Spoken]:
    """Each sentence once. Only what is over `clips.LONGEST` is left out."""
    made = []
    for number, chunks in enumerate(sentences):
        chance = Random(f"{seed} {number}")
        on = Line.draw(chance, wideband)
        try:
            clip, sound = studio.clip([chunks], chance, voices, on=on)
        except ValueError:
            continue
        made.append(Spoken(sound, on.rate, clip.text, clip.voice))
    return made


def seen_and_unseen(studio: Studio) -> dict[str, list[Spoken]]:
    """Half the sentences by voices of the training, half by voices never trained on."""
    sentences = texts()
    half = len(sentences) // 2
    return {
        "seen voices": spoken(studio, sentences[:half], studio.voices, "test seen"),
        "unseen voices": spoken(studio, sentences[half:], HELD_OUT, "test unseen"),
    }


def kept_quarter(studio: Studio, corpora: Iterable[Path]) -> dict[str, list[Spoken]]:
    """The corpora's kept lines by voices never trained on."""
    sentences = [[line] for line in corpus_lines(corpora, kept=True)]
    return {"kept quarter": spoken(studio, sentences, HELD_OUT, "kept")}


def sample(studio: Studio, folder: Path, every: int = SAMPLED) -> None:
    """A part of the set, one sentence of `every`, as a telephone records it: WAV files and
    `sample.jsonl`."""
    folder.mkdir(parents=True, exist_ok=True)
    sentences = texts()
    half = len(sentences) // 2
    rows = []
    for group, part, voices in (
        ("seen", sentences[:half:every], studio.voices),
        ("unseen", sentences[half::every], HELD_OUT),
    ):
        clips = spoken(studio, part, voices, f"sample {group}", wideband=0)
        for number, clip in enumerate(clips, 1):
            name = f"{group}-{number:02}.wav"
            recordings.write(folder / name, clip.sound)
            rows.append({"audio": name, "text": clip.text, "group": group, "voice": clip.voice})
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (folder / "sample.jsonl").write_text("".join(lines), encoding="utf-8")
