"""A checkpoint to begin with: tokenizer and phonemes from the text's characters, weights drawn
anew."""

from pathlib import Path

import torch

from ivr.speech.phonemes import phonemes
from tools.speech import tokens
from tools.speech.batches import Batches
from tools.speech.network import Network, Shape
from tools.speech.pool import read_shard
from tools.speech.shelf import Shelf
from tools.speech.source import Source
from tools.speech.spoken import syllables
from tools.speech.train import save

PUNCTUATION = "，。？！、"


def phoneme_names(characters: set[str]) -> list[str]:
    """Initials and finals of the characters in every tone: accents change tones."""
    said = {part for character in characters for part in phonemes(syllables(character)[0])}
    toned = {part[:-1] + tone for part in said if part[-1].isdigit() for tone in "12345"}
    return sorted(said | toned)


def begin(source: Source, pool: Path, out: Path) -> None:
    """Write a checkpoint whose convolutions are scaled to the sound of `pool`."""
    tokenizer = tokens.build(source.characters | set(PUNCTUATION))
    names = phoneme_names(source.characters)
    torch.manual_seed(0)
    network = Network(Shape(tokenizer.get_vocab_size(), len(names)))
    shelf = Shelf(tokenizer, names, ["好"] * 12, "cpu")
    shelf.put(read_shard(min(pool.glob("*.jsonl"))))
    shelf.lay()
    speaking = shelf.tokens.sizes.nonzero().squeeze(1)[:64]
    network.scale_convolutions(Batches(shelf, tokenizer).batch(speaking, disguise=False).sound)
    save(out, network, names, tokenizer)
