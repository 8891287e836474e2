"""Clips on disk: made by several processes, read by training without loading them all.

A shard is two files: `NAME.frames`, the log-mel bytes of its clips one after the other, and
`NAME.jsonl`, a line a clip.
"""

import itertools
import json
import multiprocessing
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from random import Random

import numpy as np

from tools.speech.clips import Clip, Studio, draw_manner
from tools.speech.line import Line
from tools.speech.source import Source
from tools.speech.text import Writer
from tools.speech.voices import Manner

SHARD = 1000
#: Shares of clips in which nobody speaks, and in which one voice says two to four sentences.
NOTHING, SEVERAL = 0.04, 0.15
THROATS = 200
#: Beyond what the test set draws, shares of clips: hurried, slow, shrill or deep to the limits of
#: the voices; read from characters by espeak-ng itself; without any noise; not from a telephone.
EXTREME, CHARACTERS, CLEAN, WIDEBAND = 0.2, 0.35, 0.12, 0.2


def write_shard(path: Path, clips: Iterable[Clip]) -> None:
    """Write under another name first: a reader never sees half a shard."""
    with (
        path.with_suffix(".part").open("wb") as frames,
        path.with_suffix(".rows").open("w", encoding="utf-8") as rows,
    ):
        for clip in clips:
            clip.frames.tofile(frames)
            rows.write(
                json.dumps(
                    {
                        "length": len(clip.frames),
                        "text": clip.text,
                        "end": round(clip.end, 3),
                        "starts": [round(float(start), 2) for start in clip.starts],
                        "syllables": clip.syllables,
                        "voice": clip.voice,
                    },
                    ensure_ascii=False,
                )
                + "\n"
            )
    path.with_suffix(".part").rename(path.with_suffix(".frames"))
    path.with_suffix(".rows").rename(path.with_suffix(".jsonl"))


def read_shard(path: Path) -> Iterator[Clip]:
    """The clips of one shard; their frames stay on disk until they are looked at."""
    frames = np.memmap(path.with_suffix(".frames"), np.uint8, "r").reshape(-1, 80)
    at = 0
    for row in map(json.loads, path.with_suffix(".jsonl").read_text(encoding="utf-8").splitlines()):
        yield Clip(
            frames[at : at + row["length"]],
            row["text"],
            np.array(row["starts"], np.float32),
            row["end"],
            tuple(map(sys.intern, row["syllables"])),
            row["voice"],
        )
        at += row["length"]


def _manner(chance: Random, voices: tuple[str, ...]) -> Manner:
    manner = replace(draw_manner(chance, voices), reads_characters=chance.random() < CHARACTERS)
    if chance.random() > EXTREME:
        return manner
    return replace(manner, rate=chance.randint(80, 290), pitch=chance.randint(0, 99))


def _line(chance: Random) -> Line:
    line = Line.draw(chance, WIDEBAND)
    return replace(line, signal_to_noise=90) if chance.random() < CLEAN else line


def _clips(writer: Writer, studio: Studio, chance: Random, known: set[str]) -> Iterable[Clip]:
    sentences = writer.unlike(known)
    while True:
        try:
            if chance.random() < NOTHING:
                yield studio.nothing(chance)[0]
            else:
                several = chance.random() < SEVERAL
                spoken = [next(sentences) for _ in range(chance.randint(2, 4) if several else 1)]
                manner = _manner(chance, studio.draw_voices(chance))
                yield studio.clip(spoken, chance, manner=manner, on=_line(chance))[0]
        except ValueError:
            continue


def fill(
    folder: Path, source: Source, known: set[str], seconds: float, seed: str, number: int
) -> None:
    """One process's work: shards named by `seed` and `number` until `seconds` are over."""
    until = time.monotonic() + seconds
    first = Random(f"{seed} {number}").randrange(10_000) * THROATS
    studio = Studio(range(first, first + THROATS))
    chance = Random(f"clips {seed} {number}")
    clips = _clips(Writer(source, f"{seed} {number}"), studio, chance, known)
    for shard in itertools.count():
        if time.monotonic() > until:
            return
        write_shard(folder / f"{seed}-{number}-{shard:04}", itertools.islice(clips, SHARD))


def fill_with(
    processes: int, folder: Path, source: Source, known: set[str], seconds: float, seed: str
) -> int:
    """Fill `folder` and return how many clips it holds."""
    folder.mkdir(parents=True, exist_ok=True)
    context = multiprocessing.get_context("fork")
    until, numbers = time.monotonic() + seconds, itertools.count()

    def worker() -> BaseProcess:
        left = until - time.monotonic()
        hired = context.Process(
            target=fill, args=(folder, source, known, left, seed, next(numbers))
        )
        hired.start()
        return hired

    workers = {one.sentinel: one for one in (worker() for _ in range(processes))}
    while workers:
        for sentinel in wait(list(workers)):
            one = workers.pop(sentinel)
            one.join()
            if (one.exitcode or 0) > 0:
                raise RuntimeError("a voice process failed")
            # espeak-ng crashes now and then, once in some ten thousand clips: another goes on.
            if one.exitcode and time.monotonic() < until:
                other = worker()
                workers[other.sentinel] = other
    return sum(
        len(rows.read_text(encoding="utf-8").splitlines()) for rows in folder.glob("*.jsonl")
    )
