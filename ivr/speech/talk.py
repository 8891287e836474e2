"""How callers talk, by which the readings of a small model are weighed."""

from functools import lru_cache
from importlib.resources import files

from nlu import Sequences


@lru_cache(maxsize=1)
def sequences() -> Sequences:
    """The one table of the process; `python -m tools.speech talk` counts it."""
    return Sequences((files("ivr.speech") / "data" / "talk.txt.gz").read_bytes())


def surprisal(text: str) -> float:
    """How unlike callers' talk a text is: the natural logarithm of its chance, negated."""
    return sequences().surprisal(text)
