"""A text as it is read, with where each of its characters was heard."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Repaired:
    """The text as it is read, and for each of its characters where it was `heard`.

    `sounded` maps the start of a thing found by sound to its margin over the next best thing,
    and `rivals` to the words that sound as much like it. `strange` are characters of which
    nothing was made.
    """

    text: str
    heard: str
    origin: tuple[int, ...]
    sounded: dict[int, float] = field(default_factory=dict)
    rivals: dict[int, tuple[str, ...]] = field(default_factory=dict)
    strange: frozenset[int] = frozenset()

    @property
    def is_mended(self) -> bool:
        """Whether something was put right, so that the rest is in doubt too."""
        if len(self.text) != len(self.heard):
            return True
        wrong = sum(read != heard for read, heard in zip(self.text, self.heard, strict=True))
        return wrong > 0.04 * len(self.heard)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where in the text heard the characters `[start, end)` of the text read come from."""
        if not self.origin or start >= end:
            return (0, 0)
        last = self.origin[min(end, len(self.origin)) - 1]
        return (self.origin[min(start, len(self.origin) - 1)], last + 1)
