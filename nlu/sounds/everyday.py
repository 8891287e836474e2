"""The words of every day: those of ordering, and those that are no mishearing of anything."""

from __future__ import annotations

import gzip
from functools import lru_cache
from importlib.resources import files

# What an ordinary word costs and each of its characters, usual or seldom (see nlu.lattice).
_WORD, _WORD_CHAR, _SELDOM_CHAR = 0.3, 0.25, 0.38


@lru_cache(maxsize=1)
def talk() -> dict[str, str]:
    """Words of ordering, and of the services' signs, each with its kind (see `Piece`)."""
    words: dict[str, str] = {}
    for line in _read("services.tsv").splitlines():
        if not line.startswith("#"):
            said = " ".join(line.split("\t")[1:]).split()
            words.update((word, "C") for word in said if word.isalpha() and len(word) > 1)
    for line in _read("talk.txt").splitlines():
        if not line.startswith("#"):
            kind, *said = line.split()
            words.update(dict.fromkeys(said, kind))
    return words


@lru_cache(maxsize=1)
def common() -> dict[str, float]:
    """What each ordinary word costs when it is heard as it is."""
    packed = (files("nlu") / "data" / "common.txt.gz").read_bytes()
    usual, seldom = gzip.decompress(packed).decode().split("\n")
    costs = {word: _WORD + _SELDOM_CHAR * len(word) for word in seldom.split()}
    costs.update((word, _WORD + _WORD_CHAR * len(word)) for word in usual.split())
    return costs
def _read(name: str) -> str:
    return (files("nlu") / "data" / name).read_text(encoding="utf-8")
