"""How the story is told: one line for each thing that happens, with the time since its start."""

import os
import sys
import time

COLOURS = {
    "step": "1;36",
    "heard": "33",
    "said": "32",
    "page": "35",
    "quiet": "2",
    "good": "1;32",
    "bad": "1;31",
}
"""Who speaks: the story itself, the line, the person on it, a page; as terminals number colours."""


class Teller:
    """Writes to the terminal; in colour where it is one and nobody asked for none."""

    def __init__(self) -> None:
        self._begun = time.monotonic()
        asked_for_none = "NO_COLOR" in os.environ
        forced = "FORCE_COLOR" in os.environ
        self._coloured = forced or (sys.stdout.isatty() and not asked_for_none)

    def __call__(self, line: str, kind: str = "quiet") -> None:
        """One line of this kind."""
        seconds = time.monotonic() - self._begun
        stamp = f"{int(seconds) // 60:02d}:{seconds % 60:04.1f}"
        if self._coloured:
            line, stamp = f"\x1b[{COLOURS[kind]}m{line}\x1b[0m", f"\x1b[2m{stamp}\x1b[0m"
        sys.stdout.write(f"{stamp}  {line}\n")
        sys.stdout.flush()

    def step(self, line: str) -> None:
        """Something begins."""
        self(f"■ {line}", "step")
