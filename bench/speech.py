"""How well and how fast the transcriber hears, beside the reference implementations.

    python -m bench.speech error MANIFEST   the shipped model, ours beside PyTorch's (transformers)
    python -m bench.speech settings MANIFEST   how the search for the text is set, and why
    python -m bench.speech pauses MANIFEST   two recordings with a pause between, cut there or not
    python -m bench.speech hints MANIFEST      what words told before gain or cost the shipped model
    python -m bench.speech thresholds MANIFEST   what each threshold of confidence would keep
    python -m bench.speech speed   ours beside openai-whisper: audio by core-second
    python -m bench.speech capacity   cores and memory for a thousand calls a day, by model
    python -m bench.speech split   threads by processes: which split hears most

Without arguments, all of them on tests/speech/data/sample. Needs the group `train` and the extra
`openai-whisper`. What it prints is Markdown, for docs/speech.md.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from bench import whispers
from bench.listening import (
    MODEL,
    ROOT,
    hinted,
    paused,
    samples_of,
    say,
    settings,
    share_wrong,
    thresholds,
)
from ivr.speech.audio import RATE
from ivr.speech.cases import Case, read_manifest
from ivr.speech.hearing import Listener
from ivr.speech.hints import NO_HINTS
from ivr.speech.transcriber_faster_whisper import FasterWhisper

SAMPLE = ROOT / "tests/speech/data/sample/sample.jsonl"
TURN = 10.0  # seconds of a caller's turn, by which speed is counted
TOKENS = 40  # that every engine writes for it
CORES = len(os.sched_getaffinity(0))
CALLS, TURNS = 1_000, 5  # a day, and of each: the order and the answers to the call back
PEAK = 0.15  # share of a day's calls in its busiest hour


def error(cases: list[Case]) -> None:
    """The same weights, the same recordings: ours beside transformers' generate()."""
    ours = Listener(FasterWhisper(MODEL, "cpu", 1))
    engine = ours.recogniser
    reference = whispers.Reference(MODEL)

    def alone(case: Case) -> str:
        passage = engine.recognise(samples_of(case), NO_HINTS)
        return passage.text if passage else ""

    say(f"| {len(cases)} recordings | characters wrong |\n|---|---|")
    for name, hear in {
        "our transcriber": lambda case: ours.transcribe(case.audio).text,
        "the engine alone, whole recordings": alone,
        "transformers, PyTorch, beam 5": lambda case: reference.hear(samples_of(case), 5),
        "transformers, PyTorch, greedy": lambda case: reference.hear(samples_of(case), 1),
    }.items():
        say(f"| {name} | {100 * share_wrong(cases, hear):.1f} % |")


def speed(room: Path) -> None:
    """Random weights of a size's dimensions, one turn, the same number of tokens, beam 5."""
    say(
        f"A turn of {TURN:.0f} s, {TOKENS} tokens, beam 5, random weights; {CORES} cores, "
        f"load {os.getloadavg()[0]:.1f}. Seconds of audio by core-second.\n"
    )
    say("| size | threads | ours | openai-whisper | ratio |\n|---|---|---|---|---|")
    for size in ("base", "small"):
        for threads in dict.fromkeys((1, CORES)):
            ours, theirs = (
                alone(engine, size, threads, room).by_core
                for engine in ("faster-whisper", "openai-whisper")
            )
            say(f"| {size} | {threads} | {ours:.2f} | {theirs:.2f} | {ours / theirs:.2f} |")


def capacity(room: Path) -> None:
    """One thread a process, our engine: what the busiest hour keeps busy, and what it holds."""
    say(f"{CORES} cores, load {os.getloadavg()[0]:.1f}; {CALLS} calls a day.\n")
    say("| size | seconds for a turn | cores busy in the busiest hour | MB of a process |")
    say("|---|---|---|---|")
    for size in ("shipped", *whispers.SIZES):
        one = alone("faster-whisper", size, 1, room)
        cores = CALLS * TURNS * TURN * PEAK / 3600 / one.by_core
        say(f"| {size} | {TURN / one.by_clock:.1f} | {cores:.2f} | {one.memory:.0f} |")


def split(room: Path) -> None:
    """All cores shared out: few processes of many threads, or many of one."""
    say(f"{CORES} cores, load {os.getloadavg()[0]:.1f}.\n")
    say("| size | processes | threads of each | seconds of audio a second | MB of each |")
    say("|---|---|---|---|---|")
    for size in ("shipped", "base"):
        threads = CORES
        while threads:
            found = together("faster-whisper", size, threads, CORES // threads, room)
            heard = sum(each.by_clock for each in found)
            memory = max(each.memory for each in found)
            say(f"| {size} | {len(found)} | {threads} | {heard:.1f} | {memory:.0f} |")
            threads //= 2


@dataclass(frozen=True)
class Rate:
    """Seconds of audio that one process hears."""

    by_core: float  # in a second of one core's time
    by_clock: float  # in a second
    memory: float  # MB at its highest


def alone(engine: str, size: str, threads: int, room: Path) -> Rate:
    return together(engine, size, threads, 1, room)[0]


def together(engine: str, size: str, threads: int, processes: int, room: Path) -> list[Rate]:
    """The rates of so many processes of this file that hear at the same time."""
    whispers.prepare(engine, size, room)
    command = [sys.executable, "-m", "bench.speech", "turns", engine, size, str(threads), str(room)]
    running = [
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
        for _ in range(processes)
    ]
    return [Rate(**json.loads(process.communicate()[0])) for process in running]


def turns(engine: str, size: str, threads: int, room: Path) -> None:
    """One process of a measurement: hear turns for a while, and say how fast."""
    noise = np.random.default_rng(1).standard_normal(int(TURN * RATE)).astype(np.float32) * 0.1
    hear = whispers.engine(engine, size, threads, room, TOKENS)
    hear(noise)
    count, core, clock = 0, time.process_time(), time.perf_counter()
    while count < 3 or time.perf_counter() - clock < 8:
        hear(noise)
        count += 1
    core, clock = time.process_time() - core, time.perf_counter() - clock
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rate = Rate(count * TURN / core, count * TURN / clock, peak)
    sys.stdout.write(json.dumps(asdict(rate)))


def main(arguments: list[str]) -> None:
    what, *rest = arguments or ["all"]
    if what == "turns":
        engine, size, threads, room = rest
        return turns(engine, size, int(threads), Path(room))
    cases = read_manifest(Path(rest[0]) if rest else SAMPLE)
    with tempfile.TemporaryDirectory() as room:
        parts: dict[str, Callable[[], None]] = {
            "error": lambda: error(cases),
            "settings": lambda: settings(cases),
            "pauses": lambda: paused(cases),
            "hints": lambda: hinted(cases),
            "thresholds": lambda: thresholds(cases),
            "speed": lambda: speed(Path(room)),
            "capacity": lambda: capacity(Path(room)),
            "split": lambda: split(Path(room)),
        }
        for name in parts if what == "all" else (what,):
            say(f"### {name}\n")
            parts[name]()
            say()


if __name__ == "__main__":
    main(sys.argv[1:])
