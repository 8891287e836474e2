"""Training, on as many processes as asked or on a GPU: next-token loss, phonemes by CTC at the
encoder's end, and a nudge for the first head of each decoder layer to listen where its character is
said.

Without the nudge the decoder loses its place in sentences over ten characters; it also makes those
heads the ones by which word times are read.
"""

import math
import os
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.distributed as processes
import torch.nn.functional as F
from tokenizers import Tokenizer

from tools.speech.batches import IGNORED, Batch, Batches
from tools.speech.network import Network, Shape
from tools.speech.optimiser import Optimiser
from tools.speech.shelf import Shelf

PHONEME_SHARE, SMOOTHING = 0.3, 0.03
#: The nudge's share of the loss in the second half.
NUDGED_AT_LAST = 0.1
#: Attention within about this of the right moment is not pushed, s.
NEAR = 0.2
WARM_UP = 60.0
SAVE_EVERY = 240.0
TELL_EVERY = 100


def save(path: Path, network: Network, phoneme_names: list[str], tokenizer: Tokenizer) -> None:
    part = path.with_suffix(".part")
    torch.save(
        {
            "network": network.state_dict(),
            "shape": asdict(network.shape),
            "phonemes": phoneme_names,
            "tokenizer": tokenizer.to_str(),
        },
        part,
    )
    part.rename(path)


def load(path: Path) -> tuple[Network, list[str], Tokenizer]:
    kept = torch.load(path, map_location="cpu")
    network = Network(Shape(**kept["shape"]))
    network.load_state_dict(kept["network"])
    return network, kept["phonemes"], Tokenizer.from_str(kept["tokenizer"])


Checkpoint = tuple[Network, list[str], Tokenizer]


def mixed(one: Checkpoint, other: Checkpoint, share: float) -> Checkpoint:
    """The first with `share` of each of the other's weights. Of the same tokens; what lies between
    a model and what it was trained from hears about as well as either."""
    network, names, tokenizer = one
    theirs = other[0].state_dict()
    network.load_state_dict(
        {key: weight.lerp(theirs[key], share) for key, weight in network.state_dict().items()}
    )
    return network, names, tokenizer


def astray_in_sounds(network: Network, ends: torch.Tensor, batch: Batch) -> torch.Tensor:
    """How badly the phoneme head's guesses from the encoder's vectors of the clips that speak fit
    what was said (CTC), for each phoneme."""
    loss = F.ctc_loss(
        F.log_softmax(network.phonemes(ends).float(), -1).transpose(0, 1),
        batch.said,
        batch.lengths[batch.speaking],
        batch.said_sizes,
        blank=network.shape.phonemes,
        reduction="sum",
        zero_infinity=True,
    )
    return loss / batch.said_sizes.sum().clamp(min=1)


def losses(
    network: Network, batch: Batch, warming: bool = False
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Next token, phonemes, and attention away from its character. While `warming`, the phoneme
    head learns alone: a new one would push a trained encoder about."""
    sound, weight = network.encode(batch.sound)
    asked = batch.wanted != IGNORED
    scores, listened = network.decode(batch.given, sound, weight, asked)
    text = F.cross_entropy(scores.float(), batch.wanted[asked], label_smoothing=SMOOTHING)
    length = batch.sound.shape[2] // 2
    ends = sound[batch.speaking, :length]
    phonemes = astray_in_sounds(network, ends.detach() if warming else ends, batch)
    spoken = batch.moments >= 0
    seconds = torch.arange(length, device=sound.device) * 0.02
    far = 1 - torch.exp(-((seconds - batch.moments[spoken][:, None]) ** 2) / (2 * NEAR**2))
    far = F.pad(far, (0, listened[0].shape[-1] - length), value=1.0)
    astray = torch.stack(
        [(first[spoken].float() * far).sum(-1).mean() for first in listened]
    ).mean()
    return text, phonemes, astray


def briefly(device: str) -> bool:
    """Whether to compute in bfloat16: on a GPU, and on a CPU that multiplies faster so. Of two that
    have AVX512-BF16, an EPYC did twice as much in it as in float32, and a Xeon half as much."""
    if device == "cuda":
        return True
    taken = {}
    for kind in (torch.float32, torch.bfloat16):
        rows, columns = torch.ones(2000, 256, dtype=kind), torch.ones(256, 1024, dtype=kind)
        tries = []
        for _ in range(20):
            begun = time.perf_counter()
            rows @ columns
            tries.append(time.perf_counter() - begun)
        taken[kind] = min(tries)
    return taken[torch.bfloat16] < taken[torch.float32]


def _even_out(parameters: list[torch.nn.Parameter], figures: torch.Tensor) -> torch.Tensor:
    """Average gradients and figures over the processes."""
    if not processes.is_initialized():
        return figures
    flat = torch.cat([p.grad.flatten() for p in parameters] + [figures])
    processes.all_reduce(flat)
    flat /= processes.get_world_size()
    at = 0
    for parameter in parameters:
        parameter.grad.copy_(flat[at : at + parameter.numel()].view_as(parameter))
        at += parameter.numel()
    return flat[at:]


def cosine(highest: float, done: float) -> float:
    """Down from the highest to nothing while `done` goes from 0 to 1."""
    return highest * (1 + math.cos(math.pi * done)) / 2


class Progress:
    """How far training is, and what it says of itself."""

    def __init__(self, minutes: float) -> None:
        self.seconds = minutes * 60
        self.begun = time.monotonic()
        self.steps = self.seen = 0
        self._recent: list[torch.Tensor] = []

    @property
    def elapsed(self) -> float:
        return time.monotonic() - self.begun

    def rate(self, highest: float, done: float) -> float:
        """The learning rate: up for a minute, then down along a cosine to nothing."""
        warm = min(1, (done * self.seconds + 1) / WARM_UP)
        return warm * cosine(highest, done)

    def note(self, figures: torch.Tensor, clips: int) -> None:
        self.steps += 1
        self.seen += clips
        self._recent.append(figures)

    def tell(self, held: int) -> None:
        text, phonemes, astray = torch.stack(self._recent).mean(0).tolist()
        sys.stderr.write(
            f"{self.elapsed / 60:.1f} min, step {self.steps}, {self.seen} of {held} clips: "
            f"text {text:.3f}, phonemes {phonemes:.3f}, astray {astray:.3f}\n"
        )
        sys.stderr.flush()
        self._recent.clear()


def train(
    start: Path,
    folder: Path,
    out: Path,
    words: list[str],
    minutes: float,
    rate: float,
    frames: int,
    seed: int,
    nudge: float,
    rank: int,
    world: int,
) -> None:
    """Train `start` on the shards of `folder`, each process on its own part, until `minutes` are
    over. Shards that appear on the way are taken in."""
    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.manual_seed(seed * 100 + rank)
    if world > 1:
        torch.set_num_threads(1)
    network, phoneme_names, tokenizer = load(start)
    network.to(device)
    shelf = Shelf(tokenizer, phoneme_names, words, device)
    shelf.follow(folder, rank, world)
    batches, draw = Batches(shelf, tokenizer), np.random.default_rng(seed * 100 + rank)
    parameters = list(network.parameters())
    optimiser = Optimiser(network, rate, rank, world)
    brief = briefly(device)
    progress = Progress(minutes)
    saved = done = 0.0
    while done < 1:
        for rows in shelf.portions(frames, draw):
            batch = batches.batch(rows, disguise=True)
            with torch.autocast(device, torch.bfloat16, enabled=brief):
                parts = losses(network, batch, warming=progress.elapsed < WARM_UP)
            nudged = max(min(nudge, NUDGED_AT_LAST), nudge * (1 - 2 * done))
            (parts[0] + PHONEME_SHARE * parts[1] + nudged * parts[2]).backward()
            here = torch.tensor(progress.elapsed / progress.seconds, device=device)
            *figures, agreed = _even_out(
                parameters, torch.stack([*(part.detach() for part in parts), here])
            )
            # Processes stop at the same step; one alone need not wait for its device to answer.
            done = agreed.item() if world > 1 else progress.elapsed / progress.seconds
            if done >= 1:
                break
            torch.nn.utils.clip_grad_norm_(parameters, 1.0)
            optimiser.step(progress.rate(rate, done))
            network.zero_grad()
            progress.note(torch.stack(figures), len(rows) * world)
            if rank == 0 and progress.steps % TELL_EVERY == 0:
                progress.tell(shelf.count * world)
            if rank == 0 and progress.elapsed - saved > SAVE_EVERY:
                save(out, network, phoneme_names, tokenizer)
                saved = progress.elapsed
    if rank == 0:
        save(out, network, phoneme_names, tokenizer)


def _join(rank: int, world: int, port: int, arguments: dict[str, Any]) -> None:
    os.environ.update(MASTER_ADDR="127.0.0.1", MASTER_PORT=str(port))
    processes.init_process_group("gloo", rank=rank, world_size=world)
    train(**arguments, rank=rank, world=world)
    processes.destroy_process_group()


def train_with(world: int, **arguments: Any) -> None:
    """`train` on this many processes of one thread each (single threads beat one process of many:
    the layers are too narrow to share out)."""
    if world == 1:
        train(**arguments, rank=0, world=1)
        return
    port = 29_600 + os.getpid() % 300
    torch.multiprocessing.start_processes(
        _join, args=(world, port, arguments), nprocs=world, start_method="spawn"
    )
