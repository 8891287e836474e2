"""Bars as SVG: pictures that need no script, each with its numbers as text."""

from collections.abc import Sequence
from html import escape

WIDTH, ROW, VALUE = 440, 24, 40
"""Pixels: the picture, one bar with its space, the room for its number."""

WIDE, NARROW, GAP = 13.5, 7.2, 12.0
"""Pixels of one Chinese character and of any other, and between a name and its bar."""

INK = "#1b1f24"
COLOURS = ("#0b4f8a", "#c77700", "#17602f", "#7a3b9a", "#6b7785")
"""Of the parts of a bar, in turn; the last is for all the rest."""

Bar = tuple[str, Sequence[float]]
"""A bar by name, with its parts one after the other."""


def bars(title: str, rows: Sequence[Bar], parts: Sequence[str] = ()) -> str:
    """Lying bars, one a row, to one scale. `title` is the picture's name for screen readers.

    Where bars have several parts, `parts` names them and stands above.
    """
    most = max((sum(values) for _, values in rows), default=0) or 1
    label = max((_breadth(name) for name, _ in rows), default=0.0) + GAP
    room, drawn = WIDTH - label - VALUE, _legend(parts)
    for place, (name, values) in enumerate(rows, start=len(drawn)):
        top, left = place * ROW, label
        drawn.append(
            f'<text x="{label - 8:g}" y="{top + 16}" text-anchor="end">{escape(name)}</text>'
        )
        for value, colour in zip(values, COLOURS, strict=False):
            width = round(room * value / most, 1)
            drawn[-1] += (
                f'<rect x="{left:g}" y="{top + 4}" width="{width}" height="{ROW - 8}" '
                f'fill="{colour}"/>'
            )
            left += width
        drawn[-1] += f'<text x="{left + 6:g}" y="{top + 16}">{sum(values):g}</text>'
    return _picture(title, max(1, len(drawn)) * ROW, drawn)


def _breadth(name: str) -> float:
    return sum(WIDE if ord(letter) > 0x2E80 else NARROW for letter in name)


def _legend(parts: Sequence[str]) -> list[str]:
    """What the colours stand for, two in a row."""
    named = list(zip(parts, COLOURS, strict=False))
    rows = [named[place : place + 2] for place in range(0, len(named), 2)]
    return [
        "".join(
            f'<rect x="{left}" y="{place * ROW + 6}" width="12" height="12" fill="{colour}"/>'
            f'<text x="{left + 18}" y="{place * ROW + 16}">{escape(name)}</text>'
            for left, (name, colour) in zip((0, WIDTH // 2), row, strict=False)
        )
        for place, row in enumerate(rows)
    ]


def _picture(title: str, height: int, parts: Sequence[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        f'width="{WIDTH}" height="{height}" role="img" font-family="sans-serif" '
        f'font-size="13" fill="{INK}"><title>{escape(title)}</title>{"".join(parts)}</svg>'
    )
