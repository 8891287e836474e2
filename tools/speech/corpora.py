"""Which lines of the parser's corpora training may say, and which are kept for a last test."""

import json
from collections.abc import Iterable
from pathlib import Path

from tools.speech.phrases import han

#: Corpora that no test of hearing is kept from begin so. All others keep their ids divisible by 4.
WHOLE = ("fresh_", "dev")
#: Corpora that are kept from training altogether begin so.
KEPT = "kept"


def visible(folder: Path) -> list[Path]:
    """The corpora (.jsonl) and lists of sentences (.txt) of a folder that training may read."""
    found = (*folder.glob("*.jsonl"), *folder.glob("*.txt"))
    return sorted(path for path in found if not path.name.startswith(KEPT))


def corpus_lines(paths: Iterable[Path], kept: bool = False) -> list[str]:
    """Texts of JSONL dialogue corpora, and of lists of a sentence a line (.txt): all but the
    quarter kept for the last test (ids divisible by 4, of whose files none is `WHOLE`), or only
    that quarter. Lines marked noisy hold a recogniser's mistakes: nobody's words."""
    lines = []
    for path in paths:
        written = path.read_text(encoding="utf-8").splitlines()
        if path.suffix == ".txt":
            lines += [] if kept else map(han, written)
            continue
        for row in map(json.loads, written):
            number = "".join(filter(str.isdigit, row.get("id", "").rpartition("-")[2]))
            quarter = int(number or 1) % 4 == 0 and not path.name.startswith(WHOLE)
            if quarter == kept and not row.get("noisy"):
                lines.append(han(row["text"]))
    return [line for line in lines if line]
