"""A text as it is read, with where each of its characters was heard."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

Found = TypeVar("Found")


@dataclass(frozen=True)
class Repaired:
    """The text as it is read, and for each of its characters where it was `heard`.

    `sounded` maps the start of a thing found by sound to its margin over the next best thing,
    and `rivals` to the words that sound as much like it. `strange` are characters of which
    nothing was made. Before the characters at `pauses` a mark or a space was heard, which the text
    leaves out.
    """

    text: str
    heard: str
    origin: tuple[int, ...]
    sounded: dict[int, float] = field(default_factory=dict)
    rivals: dict[int, tuple[str, ...]] = field(default_factory=dict)
    strange: frozenset[int] = frozenset()
    pauses: frozenset[int] = frozenset()

    def within(self, heard: str, kept: Sequence[int]) -> Repaired:
        """The same text, of what was `heard` with its marks; `kept` are those not left out."""
        origin = tuple(kept[at] for at in self.origin)
        pauses = frozenset(
            at for at in range(1, len(origin)) if origin[at] - origin[at - 1] > 1
            and self.origin[at] - self.origin[at - 1] == 1
        )
        return replace(self, heard=heard, origin=origin, pauses=pauses)

    def after(self, before: str) -> Repaired:
        """The same text, read on from what was said `before` it."""
        by = len(before)
        return replace(
            self, text=before + self.text, origin=(*(0 for _ in before), *self.origin),
            sounded={at + by: margin for at, margin in self.sounded.items()},
            rivals={at + by: words for at, words in self.rivals.items()},
            strange=frozenset(at + by for at in self.strange),
            pauses=frozenset(at + by for at in self.pauses),
        )

    @property
    def is_changed(self) -> bool:
        """Whether anything is read otherwise than it was heard."""
        return self.text != self.heard

    @property
    def _spoken(self) -> str:
        """What was heard, without its marks."""
        return re.sub(r"[\W_]", "", self.heard) if self.pauses else self.heard

    @property
    def is_mended(self) -> bool:
        """Whether something was put right, so that the rest is in doubt too."""
        spoken = self._spoken
        if len(self.text) != len(spoken):
            return True
        wrong = sum(read != heard for read, heard in zip(self.text, spoken, strict=True))
        return wrong > 0.04 * len(spoken)

    def either(self, find: Callable[[str], Found]) -> Found:
        """What is found in the text as it is read, or else as it was heard."""
        found = find(self.text)
        if found or not self.is_changed:
            return found
        found = find(self.heard)
        return found if found or not self.pauses else find(self._spoken)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where in the text heard the characters `[start, end)` of the text read come from."""
        if not self.origin or start >= end:
            return (0, 0)
        last = self.origin[min(end, len(self.origin)) - 1]
        return (self.origin[min(start, len(self.origin) - 1)], last + 1)
