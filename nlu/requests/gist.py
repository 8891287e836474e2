"""What a request is about, by the runs of characters in it: 怎么还没 asks what became of an order.

A linear model: each run of one to three characters speaks for each intent or against it, by as
much as data/gist.npz says, and the sum counts the less the longer the text is. tools/gist.py
learns it of callers' lines of which somebody has said what they are about.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from nlu.contract import Intent

#: What a caller may be about who was asked what they would like, and is in no danger.
INTENTS: tuple[Intent, ...] = (
    "order", "reorder", "order_status", "cancel_order", "complaint", "question", "agent", "other"
)
#: The longest run that counts, and what stands for a text's beginning and its end.
LONGEST, BEGINNING, END = 3, "^", "$"
#: Weights are kept as whole numbers of this.
STEP = 1 / 1024


def runs(text: str) -> Iterator[str]:
    """Each run of a text's characters, of which marks and spaces are none; some come twice."""
    said = "".join(filter(str.isalnum, text))
    whole = BEGINNING + said + END if said else ""
    for length in range(1, LONGEST + 1):
        for at in range(len(whole) - length + 1):
            yield whole[at : at + length]


class Gist:
    """The runs that are known, a row of `weights` for each, in STEPs, with a column for each of
    INTENTS; and what each intent has to begin with."""

    def __init__(
        self, known: Sequence[str], weights: NDArray[np.int16], beginning: NDArray[np.float64]
    ) -> None:
        self._rows = {run: row for row, run in enumerate(known)}
        self._weights, self._beginning = weights, beginning

    def about(self, text: str) -> dict[Intent, float]:
        """How likely each intent is, as natural logarithms; nothing where no run is known."""
        rows = list({self._rows[run]: None for run in runs(text) if run in self._rows})
        if not rows:
            return {}
        told = self._weights[rows].sum(0, dtype=np.int64) * (STEP / len(rows) ** 0.5)
        scores = self._beginning + told
        chances = scores - np.logaddexp.reduce(scores)
        return dict(zip(INTENTS, chances.tolist(), strict=True))


@lru_cache(maxsize=1)
def gist() -> Gist:
    """The one model of the process."""
    with (files("nlu") / "data" / "gist.npz").open("rb") as file, np.load(file) as held:
        known = held["runs"].tobytes().decode().split("\n")
        return Gist(known, held["weights"], held["beginning"])


@lru_cache(maxsize=64)
def about(text: str) -> dict[Intent, float]:
    """What the one model says of a text."""
    return gist().about(text)
