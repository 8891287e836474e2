"""The figures of an evaluation: errors by group with their intervals, orders, confusions."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ivr.speech.alignment import confusions
from ivr.speech.cases import Outcome

Counts = NDArray[np.int64]

RESAMPLES = 2000
SEED = 20_261_121
COMMONEST = 25
THRESHOLDS = (0.0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


@dataclass(frozen=True)
class Group:
    """The recordings of one group. Shares are 0 to 1."""

    name: str
    recordings: int
    characters: int  # said
    error: float  # characters to replace, drop or add, by characters said
    low: float  # 95 % interval of `error`, bootstrapped over recordings
    high: float
    exact: float  # recordings without an error
    orders: dict[str, int]  # how many orders were right, asked about, silently wrong


@dataclass(frozen=True)
class Kept:
    """What a threshold would do: the share of recordings over it, and their error."""

    threshold: float
    share: float
    error: float


@dataclass(frozen=True)
class Summary:
    """What one model made of all recordings."""

    model: str
    groups: tuple[Group, ...]  # all of them first
    qualities: dict[str, int]
    kept: tuple[Kept, ...]
    confusions: tuple[tuple[str, str, int], ...]  # said, heard, how often
    seconds: float  # of audio


def summarise(model: str, outcomes: Sequence[Outcome]) -> Summary:
    """The figures of one model's outcomes, of which there is at least one."""
    names = sorted({outcome.case.group for outcome in outcomes})
    groups = [_group("all", outcomes)]
    if len(names) > 1:
        groups += [_group(name, [o for o in outcomes if o.case.group == name]) for name in names]
    found = confusions((outcome.said, outcome.heard) for outcome in outcomes)
    return Summary(
        model=model,
        groups=tuple(groups),
        qualities=dict(Counter(outcome.hearing.quality.value for outcome in outcomes)),
        kept=tuple(_kept(threshold, outcomes) for threshold in THRESHOLDS),
        confusions=tuple((*pair, count) for pair, count in found.most_common(COMMONEST)),
        seconds=round(sum(outcome.hearing.seconds for outcome in outcomes), 1),
    )


def _group(name: str, outcomes: Sequence[Outcome]) -> Group:
    said = np.array([len(outcome.said) for outcome in outcomes])
    wrong = np.array([outcome.wrong for outcome in outcomes])
    low, high = interval(wrong, said)
    verdicts = Counter(outcome.verdict for outcome in outcomes if outcome.verdict)
    return Group(
        name=name,
        recordings=len(outcomes),
        characters=int(said.sum()),
        error=_share(wrong.sum(), said.sum()),
        low=low,
        high=high,
        exact=_share((wrong == 0).sum(), len(outcomes)),
        orders={str(verdict): count for verdict, count in sorted(verdicts.items())},
    )


def interval(wrong: Counts, said: Counts) -> tuple[float, float]:
    """The 95 % interval of Σwrong / Σsaid when recordings are drawn again with repeats.

    Recordings, not characters, are drawn: the errors of one speaker go together.
    """
    random = np.random.default_rng(SEED)
    drawn = random.integers(len(said), size=(RESAMPLES, len(said)))
    shares = wrong[drawn].sum(axis=1) / np.maximum(said[drawn].sum(axis=1), 1)
    low, high = np.percentile(shares, [2.5, 97.5])
    return round(float(low), 4), round(float(high), 4)


def _kept(threshold: float, outcomes: Sequence[Outcome]) -> Kept:
    over = [o for o in outcomes if o.hearing.text and o.hearing.confidence >= threshold]
    return Kept(
        threshold,
        _share(len(over), len(outcomes)),
        _share(sum(o.wrong for o in over), sum(len(o.said) for o in over)),
    )


def _share(part: float, whole: float) -> float:
    return round(float(part) / float(whole), 4) if whole else 0.0
