"""Tables of what people say: rows of a meaning and a pattern, alternatives on several rows."""

from __future__ import annotations

import re
from collections.abc import Mapping

from nlu.lexing import rows


def patterns(name: str, parts: Mapping[str, str] | None = None) -> dict[str, re.Pattern[str]]:
    """Each meaning of a table under data/ with all that says it.

    `<WORD>` in a pattern stands for the meaning WORD of the same table, above it, or for one of
    `parts`.
    """
    said: dict[str, str] = dict(parts or {})
    for meaning, pattern in (row[:2] for row in rows(name)):
        for word, known in said.items():
            pattern = pattern.replace(f"<{word}>", f"(?:{known})")
        said[meaning] = f"{said[meaning]}|{pattern}" if meaning in said else pattern
    return {meaning: re.compile(pattern) for meaning, pattern in said.items()}
