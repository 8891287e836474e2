"""The phoneme head alone, taught on an encoder that stays as it is: for a model that has been
averaged since its head was trained, or has lost it."""

import sys
import time
from pathlib import Path

import numpy as np
import torch

from tools.speech.batches import Batches
from tools.speech.shelf import Shelf
from tools.speech.train import TELL_EVERY, astray_in_sounds, cosine, load, save

RATE = 3e-3


def teach(start: Path, folder: Path, out: Path, words: list[str], minutes: float) -> None:
    """Train the head of `start` on the shards of `folder`, the rate down along a cosine."""
    device = "cuda" if torch.cuda.is_available() else "cpu"
    network, names, tokenizer = load(start)
    network.to(device).requires_grad_(False)
    network.phonemes.requires_grad_(True)
    shelf = Shelf(tokenizer, names, words, device)
    shelf.follow(folder, 0, 1)
    batches, draw = Batches(shelf, tokenizer), np.random.default_rng(1)
    optimiser = torch.optim.Adam(network.phonemes.parameters(), RATE)
    begun, recent, done = time.monotonic(), [], 0.0
    while done < 1:
        for rows in shelf.portions(10_000, draw):
            done = (time.monotonic() - begun) / (minutes * 60)
            if done >= 1:
                break
            optimiser.param_groups[0]["lr"] = cosine(RATE, done)
            batch = batches.batch(rows, disguise=True)
            with torch.no_grad():
                sound, _ = network.encode(batch.sound)
            ends = sound[batch.speaking, : batch.sound.shape[2] // 2]
            loss = astray_in_sounds(network, ends, batch)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            recent.append(float(loss.detach()))
            if len(recent) == TELL_EVERY:
                sys.stderr.write(f"{done * minutes:.1f} min: phonemes {np.mean(recent):.3f}\n")
                recent.clear()
    save(out, network, names, tokenizer)
