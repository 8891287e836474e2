"""Training of the network: texts are drawn and misheard, and it says what was said."""

from __future__ import annotations

import math
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import NamedTuple

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.utils.data import DataLoader, IterableDataset

from nlu.sounds.network import DANGER, LOST, MISHEARD, WANTED, Alphabet
from tools.hearing.graphs import read, write
from tools.hearing.mishearing import misheard
from tools.hearing.network import Network
from tools.hearing.texts import Texts

#: Texts of a batch, and batches that are filled together, each with texts about as long.
LINES, SORTED = 96, 8
#: The highest rate of learning, the steps until it is reached, and the share that is left at last.
RATE, WARM, LAST = 2e-3, 400, 0.01
#: Of the characters heard as they were said, so many are asked what was said.
ASKED = 0.35
#: How much it weighs whether a character was misheard or lost, which one was lost, danger, and
#: whether a character names what is wanted.
OF_SIGN, OF_MISSED, OF_DANGER, OF_NAMED = 2.0, 0.5, 0.15, 0.5
#: Stands past a text's end, and for what is unknown.
BEYOND = -1
REPORTED = 250


class Batch(NamedTuple):
    """Numbers of what was `heard`, `said` and `lost` before it, whether it names something
    `wanted`, and of each text whether it tells of danger; BEYOND past a text's end and where nobody
    has said."""

    heard: Tensor
    sounds: Tensor
    said: Tensor
    lost: Tensor
    wanted: Tensor
    danger: Tensor


class Batches(IterableDataset[Batch]):
    """Texts drawn and misheard, without end."""

    def __init__(self, texts: Texts, alphabet: Alphabet, seed: int) -> None:
        self.texts, self.alphabet, self.chance = texts, alphabet, Random(seed)

    def __iter__(self) -> Iterator[Batch]:
        while True:
            rows = sorted((self._row() for _ in range(LINES * SORTED)), key=lambda row: len(row[0]))
            starts = list(range(0, len(rows), LINES))
            self.chance.shuffle(starts)
            for start in starts:
                heard, sounds, *told, dangers = zip(*rows[start : start + LINES], strict=True)
                filled = [_filled(heard, 0), _filled(sounds, 0)]
                filled += [_filled(each, BEYOND) for each in told]
                yield Batch._make([*filled, torch.tensor(dangers)])

    def _row(self) -> tuple[list[int], list[int], list[int], list[int], list[int], float]:
        text = self.texts.draw()
        heard, said, lost, places = misheard(text.said, self.chance)
        number = self.alphabet.number
        return (
            [number(char) for char in heard],
            [self.alphabet.syllable(char) for char in heard],
            [number(char) if not char or number(char) else BEYOND for char in said],
            [number(char) for char in lost],
            [BEYOND if text.wanted is None else int(text.wanted[at]) for at in places],
            BEYOND if text.danger is None else float(text.danger),
        )


def _filled(rows: tuple[list[int], ...], pad: int) -> Tensor:
    length = max(map(len, rows))
    return torch.tensor([row + [pad] * (length - len(row)) for row in rows])


def loss_of(network: Network, batch: Batch) -> tuple[Tensor, dict[str, float]]:
    """What is to be made smaller, and what is reported: the shares of misheard characters put
    right, of right ones spoilt, of dangers missed, of false alarms, of what is wanted and not
    known for it, and of the rest taken for wanted."""
    heard, sounds, said, lost, wanted, danger = batch
    there = lost != BEYOND
    vectors = network(heard, sounds, there.float())
    signs = network.signs(vectors)
    known = said != BEYOND
    wrong, gone = known & (said != heard), lost > 0
    judged = F.binary_cross_entropy_with_logits
    loss = OF_SIGN * judged(signs[..., MISHEARD][known], wrong[known].float())
    loss = loss + OF_SIGN * judged(signs[..., LOST][there], gone[there].float())
    if gone.any():
        missed = F.cross_entropy(network.losses(vectors[gone]), lost[gone] - 1, reduction="sum")
        loss = loss + OF_MISSED * missed / there.sum()
    asked = wrong | known & (heard > 0) & (torch.rand(heard.shape) < ASKED)
    scores = network.chances(vectors[asked], signs[asked], heard[asked], sounds[asked])
    each = F.cross_entropy(scores, said[asked], reduction="none")
    changed = wrong[asked]
    loss = loss + (each * torch.where(changed, 1.0, 1 / ASKED)).sum() / known.sum()
    alarm = torch.logsumexp(signs[..., DANGER].masked_fill(~there, -1e9), 1)
    told = danger != BEYOND
    if told.any():
        loss = loss + OF_DANGER * judged(alarm[told], danger[told])
    marked = wanted != BEYOND
    asked_for = signs[..., WANTED]
    if marked.any():
        loss = loss + OF_NAMED * judged(asked_for[marked], wanted[marked].float())
    right = scores.argmax(1) == said[asked]
    return loss, {
        "loss": loss.item(),
        "put right": right[changed].float().mean().item(),
        "spoilt": 1 - right[~changed].float().mean().item(),
        "missed": (alarm[danger == 1] < 0).float().mean().item(),
        "alarms": (alarm[danger == 0] > 0).float().mean().item(),
        "unnamed": (asked_for[wanted == 1] < 0).float().mean().item(),
        "overnamed": (asked_for[wanted == 0] > 0).float().mean().item(),
    }


@dataclass(frozen=True)
class Plan:
    """How long to train, at which highest `rate`, on how many `threads`, by which `seed`, and the
    folder of the graphs `since` which to go on, if any."""

    minutes: float
    threads: int
    seed: int
    rate: float = RATE
    since: Path | None = None


def train(plan: Plan, out: Path) -> None:
    """Train, say every now and then how it goes, and write the graphs to the folder `out`.

    Computes in bfloat16: on an AMD EPYC with AVX512-BF16 a step takes 0.14 s where it took 0.23.
    """
    torch.manual_seed(plan.seed)
    torch.set_num_threads(plan.threads)
    texts = Texts(plan.seed)
    network = read(plan.since) if plan.since else Network(Alphabet(texts.characters))
    alphabet = network.alphabet
    _say(
        f"{len(texts.lines)} lines, {len(texts.dangers)} dangers and what looks like them, "
        f"{len(alphabet.characters)} characters"
    )
    optimiser = torch.optim.AdamW(
        network.parameters(), lr=plan.rate, betas=(0.9, 0.98), weight_decay=0.01
    )
    batches = DataLoader(
        Batches(texts, alphabet, plan.seed), batch_size=None, num_workers=1, prefetch_factor=16
    )
    began, shares = time.monotonic(), defaultdict[str, list[float]](list)
    for step, batch in enumerate(batches, 1):
        done = (time.monotonic() - began) / 60 / plan.minutes
        if done >= 1:
            break
        falling = LAST + (1 - LAST) * 0.5 * (1 + math.cos(math.pi * done))
        for group in optimiser.param_groups:
            group["lr"] = plan.rate * min(1.0, step / WARM) * falling
        with torch.autocast("cpu", torch.bfloat16):
            loss, told = loss_of(network, batch)
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        for name, share in told.items():
            shares[name].append(share)
        if step % REPORTED == 0:
            means = (f"{name} {np.nanmean(each):.4f}" for name, each in shares.items())
            _say(f"{step} {done:.0%}  " + "  ".join(means))
            shares.clear()
    write(network, out)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
