"""Write nlu/data/common.txt.gz: ordinary words that are no mishearing of a product.

Source: jieba 0.42.1's dict.txt (fxsjy/jieba, MIT), a word, its count and its class a line. Kept are
words of two to four Han characters that were counted at least `--least` times; the first line of
the file holds those counted `--usual` times, the second the others. Run from the
repository's root: `python tools/common_words.py path/to/jieba/dict.txt`.
"""

from __future__ import annotations

import argparse
import gzip
import re
import sys
from pathlib import Path

_HAN = re.compile(r"[\u4e00-\u9fff]{2,4}")
# Names of people, places and firms are often the sound of a thing sold, and seldom said.
_NAMES = ("nr", "ns", "nt", "nz")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("dictionary", type=Path)
    parser.add_argument("--least", type=int, default=12)
    parser.add_argument("--usual", type=int, default=150)
    parser.add_argument("--least-name", type=int, default=400)
    parser.add_argument("--out", type=Path, default=Path("nlu/data/common.txt.gz"))
    args = parser.parse_args()
    usual: set[str] = set()
    seldom: set[str] = set()
    for line in args.dictionary.read_text(encoding="utf-8").splitlines():
        word, count, kind = line.split(" ")[:3]
        least = args.least_name if kind.startswith(_NAMES) else args.least
        if _HAN.fullmatch(word) and int(count) >= least:
            (usual if int(count) >= args.usual else seldom).add(word)
    payload = (" ".join(sorted(usual)) + "\n" + " ".join(sorted(seldom))).encode()
    with gzip.GzipFile(args.out, "wb", compresslevel=9, mtime=0) as file:
        file.write(payload)
    sys.stdout.write(
        f"{len(usual)} usual and {len(seldom)} other words, {args.out.stat().st_size} bytes\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
