"""What was written beside what was said: errors by character, and what was taken for what."""

from collections import Counter
from collections.abc import Iterable
from functools import cache
from itertools import groupby

from opencc import OpenCC
from rapidfuzz.distance import Levenshtein, Opcode


def plain(text: str) -> str:
    """The text as it is compared: simplified, letters and digits only, in lower case.

    Recognisers punctuate and space as they please, and nobody speaks either.
    """
    simplified: str = _converter().convert(text)
    return "".join(character for character in simplified.lower() if character.isalnum())


def errors(said: str, heard: str) -> int:
    """Characters of the plain texts to replace, drop or add."""
    return Levenshtein.distance(said, heard)


def confusions(pairs: Iterable[tuple[str, str]]) -> Counter[tuple[str, str]]:
    """How often each stretch that was said (first) was written as another, over (said, heard).

    An empty first is something invented, an empty second something lost.
    """
    found: Counter[tuple[str, str]] = Counter()
    for said, heard in pairs:
        steps = Levenshtein.opcodes(said, heard)
        for wrong, run in groupby(steps, key=lambda step: step.tag != "equal"):
            if wrong:
                found[_stretch(said, heard, list(run))] += 1
    return found


def _stretch(said: str, heard: str, run: list[Opcode]) -> tuple[str, str]:
    first, last = run[0], run[-1]
    return said[first.src_start : last.src_end], heard[first.dest_start : last.dest_end]


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")
