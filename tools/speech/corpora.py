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
    """The corpora (.jsonl), lists of sentences (.txt) and tables of them (.tsv) of a folder that
    training may read."""
    found = (path for kind in ("jsonl", "txt", "tsv") for path in folder.glob(f"*.{kind}"))
    return sorted(path for path in found if not path.name.startswith(KEPT))


def corpus_lines(paths: Iterable[Path], kept: bool = False) -> list[str]:
    """Texts of JSONL dialogue corpora, of lists of a sentence a line (.txt) and of tables with
    sentences between the rest (.tsv): all but the quarter kept for the last test (ids divisible by
    4, of whose files none is `WHOLE`), or only that quarter. Lines marked noisy hold a recogniser's
    mistakes: nobody's words."""
    lines: list[str] = []
    for path in paths:
        written = path.read_text(encoding="utf-8").splitlines()
        if path.suffix == ".txt":
            lines += [] if kept else map(han, written)
            continue
        if path.suffix == ".tsv":
            lines += [] if kept else _said_in(written)
            continue
        for row in map(json.loads, written):
            number = "".join(filter(str.isdigit, row.get("id", "").rpartition("-")[2]))
            quarter = int(number or 1) % 4 == 0 and not path.name.startswith(WHOLE)
            if quarter == kept and not row.get("noisy"):
                lines.append(han(row["text"]))
    return [line for line in lines if line]


def _said_in(table: Iterable[str]) -> list[str]:
    """The sentences in a table's rows: what is nothing but Chinese characters and has two."""
    said = " ".join(row for row in table if not row.startswith("#")).split()
    return [words for words in said if len(words) > 1 and words == han(words)]
