"""Words that this caller is likely to say, given to the recogniser before it listens."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Hints:
    """`prompt` goes before the speech as if it had just been said; `hotwords` are single words."""

    prompt: str = ""
    hotwords: str = ""


NO_HINTS = Hints()
