"""How the listener is set, measured on recordings: the search for the text, the length of pieces,
pauses, hints, and the threshold of confidence."""

import csv
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from random import Random

import numpy as np

from ivr.speech import levels, voice
from ivr.speech.alignment import errors, plain
from ivr.speech.audio import RATE, Limits, Samples, Sound, load
from ivr.speech.cases import Case
from ivr.speech.decoding import Decoding
from ivr.speech.evaluating import hear
from ivr.speech.hearing import Listener
from ivr.speech.hints import NO_HINTS, Hints, hints
from ivr.speech.summary import THRESHOLDS
from ivr.speech.transcriber_faster_whisper import (
    SMALL_MODELS_PAUSE,
    SMALL_MODELS_PIECE,
    FasterWhisper,
)
from voiceapp.samples import wav

ROOT = Path(__file__).parents[1]
MODEL = ROOT / "ivr/speech/model"
CATALOGUE = ROOT / "orders/data/catalogue.csv"


def say(line: str = "") -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def share_wrong(cases: Iterable[Case], hear: Callable[[Case], str]) -> float:
    """Characters wrong by characters said."""
    said = wrong = 0
    for case in cases:
        text = plain(case.text)
        said += len(text)
        wrong += errors(text, plain(hear(case)))
    return wrong / said


def samples_of(case: Case) -> Samples:
    sound = load(case.audio, Limits())
    assert isinstance(sound, Sound), case.audio
    return sound.samples


SETTINGS = {
    f"beam {beam}, talk {talk}, sounds {sounds}": Decoding(beam=beam, talk=talk, sounds=sounds)
    for beam, talk, sounds in (
        (1, 0.0, 0.0), (5, 0.0, 0.0), (5, 0.5, 0.35), (16, 0.5, 0.0), (16, 0.5, 0.35),
        (32, 0.0, 0.0), (32, 0.5, 0.0), (32, 0.0, 0.35), (32, 0.5, 0.35), (32, 0.6, 0.45),
        (64, 0.5, 0.35),
    )
}
PIECES = (30.0, 15.0, 10.0, 7.0, 5.0, 3.0)


def settings(cases: list[Case]) -> None:
    """The same recordings by other settings of the search and other lengths of pieces."""
    say("| search | characters wrong | ms a recording |\n|---|---|---|")
    for name, decoding in SETTINGS.items():
        ours = Listener(FasterWhisper(MODEL, "cpu", 1, decoding))
        ours.warm_up()
        start = time.perf_counter()
        wrong = share_wrong(cases, lambda case, ours=ours: ours.transcribe(case.audio).text)
        spent = 1000 * (time.perf_counter() - start) / len(cases)
        say(f"| {name} | {100 * wrong:.1f} % | {spent:.0f} |")
    say("\n| longest piece | pieces | characters wrong |\n|---|---|---|")
    engine = FasterWhisper(MODEL, "cpu", 1)
    for longest in PIECES:
        count = 0

        def pieces(case: Case, longest: float = longest) -> str:
            nonlocal count
            samples = levels.normalise(samples_of(case))
            cut = voice.turns(samples, voice.voiced(samples), longest, SMALL_MODELS_PAUSE)
            count += len(cut)
            passages = [engine.recognise(samples[p.start : p.end], NO_HINTS) for p in cut]
            return "".join(passage.text for passage in passages if passage)

        wrong = share_wrong(cases, pieces)
        say(f"| {longest:.0f} s | {count} | {100 * wrong:.1f} % |")


THINKING = (1.0, 2.0, 4.0)  # seconds between two sentences
FAINT = 0.001  # full scale: an idle line


class Patient(FasterWhisper):
    """The shipped model, given whatever has room in a piece, with the pauses in it."""

    pause = SMALL_MODELS_PIECE


def paused(cases: list[Case]) -> None:
    """Two recordings with a faint hiss between them: cut there, or heard through."""
    say("| seconds of pause | characters wrong, cut there | heard through |\n|---|---|---|")
    engines = [Listener(engine(MODEL, "cpu", 1)) for engine in (FasterWhisper, Patient)]
    random = np.random.default_rng(1)
    for seconds in THINKING:
        hiss = (random.standard_normal(int(seconds * RATE)) * FAINT).astype(np.float32)
        said, wrong = 0, [0, 0]
        for first, then in zip(cases[::2], cases[1::2], strict=False):
            sound = np.concatenate([samples_of(first), hiss, samples_of(then)])
            text = plain(first.text + then.text)
            said += len(text)
            for number, ours in enumerate(engines):
                wrong[number] += errors(text, plain(ours.transcribe(wav(sound)).text))
        say(f"| {seconds:.0f} | {' | '.join(f'{100 * one / said:.1f} %' for one in wrong)} |")


class Told(FasterWhisper):
    """The shipped model, given the hints that a small model is otherwise spared."""

    full = True
    longest = SMALL_MODELS_PIECE
    pause = SMALL_MODELS_PAUSE


def hinted(cases: list[Case]) -> None:
    """What hints gain or cost, put before the speech or weighed in the choice of readings."""
    with CATALOGUE.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["kind"] == "goods"]
    names = [
        name
        for row in rows
        for name in (row["name"].split("（")[0], *row["aliases"].split("|"))
        if len(name) > 1
    ]
    engines = [Listener(engine(MODEL, "cpu", 1)) for engine in (Told, FasterWhisper)]

    def said(case: Case) -> list[str]:
        return [name for name in names if name in case.text]

    def others(case: Case) -> list[str]:
        return Random(case.text).sample([name for name in names if name not in case.text], 8)

    telling: dict[str, Callable[[Case], Hints]] = {
        "none": lambda case: NO_HINTS,
        "eight of the catalogue that are not said": lambda case: hints(catalogue=others(case)),
        "the same, and what is said among them": lambda case: hints(
            catalogue=[*said(case), *others(case)][:8]
        ),
        "what is said as her usual things": lambda case: hints(usual=said(case)),
        "the same among eight others": lambda case: hints(usual=[*said(case), *others(case)]),
        "eight usual things that are not said": lambda case: hints(usual=others(case)),
    }
    cases = [case for case in cases if said(case)]
    say(f"| hints, {len(cases)} recordings that name goods | before the speech | in the choice |")
    say("|---|---|---|")
    for name, told in telling.items():
        wrong = [
            share_wrong(
                cases,
                lambda case, ours=ours, told=told: ours.transcribe(case.audio, told(case)).text,
            )
            for ours in engines
        ]
        say(f"| {name} | {' | '.join(f'{100 * one:.1f} %' for one in wrong)} |")


def thresholds(cases: list[Case]) -> None:
    """What each threshold of confidence would keep, and what it would ask again."""
    ours = Listener(FasterWhisper(MODEL, "cpu", 1), threshold=0)
    outcomes = [hear(case, ours, None) for case in cases]
    say("| threshold | recordings kept | their characters wrong | wrong in those asked again |")
    say("|---|---|---|---|")
    for threshold in THRESHOLDS:
        kept = [o for o in outcomes if o.heard and o.hearing.confidence >= threshold]
        again = [o for o in outcomes if o not in kept]
        wrong = (
            f"{100 * sum(o.wrong for o in some) / sum(len(o.said) for o in some):.1f} %"
            if some
            else ""
            for some in (kept, again)
        )
        say(f"| {threshold} | {len(kept)} of {len(cases)} | {' | '.join(wrong)} |")
