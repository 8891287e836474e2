"""Bars as SVG: pictures that need no script, each with its numbers as text."""

from collections.abc import Sequence
from html import escape

WIDTH, ROW, LABEL, VALUE = 440, 24, 170, 40
"""Pixels: the picture, one bar with its space, the room for its name and for its number."""

INK, BAR = "#1b1f24", "#0b4f8a"


def bars(title: str, rows: Sequence[tuple[str, float]], unit: str = "") -> str:
    """Lying bars, one a row, to one scale. `title` is the picture's name for screen readers."""
    most = max((value for _, value in rows), default=0) or 1
    room = WIDTH - LABEL - VALUE
    parts = []
    for place, (name, value) in enumerate(rows):
        top = place * ROW
        width = round(room * value / most, 1)
        parts.append(
            f'<text x="{LABEL - 8}" y="{top + 16}" text-anchor="end">{escape(name)}</text>'
            f'<rect x="{LABEL}" y="{top + 4}" width="{width}" height="{ROW - 8}" fill="{BAR}"/>'
            f'<text x="{LABEL + width + 6}" y="{top + 16}">{value:g}{escape(unit)}</text>'
        )
    height = max(1, len(rows)) * ROW
    return _picture(title, height, parts)


def _picture(title: str, height: int, parts: Sequence[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        f'width="{WIDTH}" height="{height}" role="img" font-family="sans-serif" '
        f'font-size="13" fill="{INK}"><title>{escape(title)}</title>{"".join(parts)}</svg>'
    )
