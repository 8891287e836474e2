"""Write nlu/data/pairs.txt.gz: which characters follow which when people order by telephone.

Counted over the development utterances of tests/nlu/data (never the kept ones), orders drawn at
random from the vocabulary's own words, and the words of services, ordering and everyday talk.
The same files give the same table. Run from the repository's root:
`python tools/character_pairs.py`. Format: a line for each first character, then its followers,
each with its count.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path


def words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


DATA = Path("nlu/data")
UTTERANCES = ("dev", "goods_north", "goods_south", "services_intents", "confirm_rating")
FRESH = ("confirm_1", "goods_1", "goods_2", "services_1", "hard_1", "hard_2", "hard_3")
EDGE = "^"
UTTERANCE, DRAWN, WORD = 12, 1, 1
NUMBERS = words(
    "一 两 三 四 五 六 七 八 十 半 二 十二 十五 二十 三十 一斤半"
)
LEADS = words(
    "给我来 我要 再来 来 要 买 送 给我送 拿 再要 还要 另外来 给我称 捎 麻烦送 你给我拿 "
    "再加 想要 我想买 顺便带"
)
TAILS = words(
    "啊 吧 就行 行不 麻烦你了 谢谢 就这些 要新鲜的 快点 了 呢 嘛 就好 可以吗"
)
WHEN = words(
    "今天 明天 后天 大后天 今晚 明早 周六 周日 星期三 礼拜五 下周二 下礼拜一 月底 二十八号 "
    "腊月二十六 初八 马上 现在 尽快"
)
PART = words(
    "早上 上午 中午 下午 傍晚 晚上 晌午 后半晌 头晌"
)
HOUR = words(
    "七点 八点半 九点 十点 两点 三点半 四点 五点 六点 七点半 九点到十一点 两点到四点 "
    "十一点以前 五点之前 一刻"
)
COME = words(
    "送 送来 送到 给我送 来个人 来修 派个师傅 找个人 叫个阿姨 来给我 帮我 来帮我 上门 "
    "找个师傅来"
)

UNITS = words("斤 个 瓶 袋 包 盒 箱 桶 提 把 根 条 块 只 颗 两 公斤")


def lines(name: str) -> Iterator[str]:
    for line in (DATA / name).read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line


def drawn(count: int) -> Iterator[str]:
    """Orders made of the vocabulary's own words."""
    draw = random.Random(20261121)
    things = [
        (name, row[5])
        for row in catalogue()
        for name in (row[3].split("（")[0], *row[10].split("|"))
        if name
    ]
    things += [(w, "") for line in lines("lexicon.tsv") for w in line.split("\t")[2].split()]
    said = [w for line in lines("services.tsv") for w in line.split("\t")[1].split()]
    services = [word for word in said if word.isalpha()]
    for _ in range(count):
        parts = []
        if draw.random() < 0.4:
            parts.append(draw.choice(WHEN))
            parts.append(draw.choice(PART) if draw.random() < 0.6 else "")
            parts.append(draw.choice(HOUR) if draw.random() < 0.5 else "")
        if draw.random() < 0.3:
            parts += [draw.choice(COME), draw.choice(services)]
        parts.append(draw.choice(LEADS))
        for _ in range(draw.randint(1, 4)):
            name, unit = draw.choice(things)
            measure = unit if unit and draw.random() < 0.6 else draw.choice(UNITS)
            amount = draw.choice(NUMBERS) + measure
            parts += [amount, name] if draw.random() < 0.6 else [name, amount]
            if draw.random() < 0.2:
                parts.append(draw.choice(LEADS))
        if draw.random() < 0.3:
            parts.append(draw.choice(TAILS))
        yield "".join(parts)


def catalogue() -> list[list[str]]:
    rows = Path("orders/data/catalogue.csv").read_text(encoding="utf-8").splitlines()[1:]
    return [row.split(",") for row in rows]


def count() -> Counter[str]:
    pairs: Counter[str] = Counter()

    def add(text: str, weight: int) -> None:
        for first, second in zip(EDGE + text, text + EDGE, strict=True):
            pairs[first + second] += weight

    for name in (*UTTERANCES, *(f"fresh_{part}" for part in FRESH)):
        for line in Path(f"tests/nlu/data/{name}.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if not row.get("noisy"):
                add(row["text"], UTTERANCE)
    for text in drawn(30_000):
        add(text, DRAWN)
    inner: Counter[str] = Counter()
    words = gzip.decompress((DATA / "common.txt.gz").read_bytes()).decode().split("\n")[0].split()
    for word in words + [w for line in lines("talk.txt") for w in line.split()[1:]] * 6:
        inner.update(word[at : at + 2] for at in range(len(word) - 1))
    for pair, number in inner.items():
        pairs[pair] += number * WORD
    return pairs


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=DATA / "pairs.txt.gz")
    args = parser.parse_args()
    table: dict[str, list[str]] = {}
    for pair, number in sorted(count().items()):
        table.setdefault(pair[0], []).append(f"{pair[1]}{number}")
    payload = "\n".join(first + " ".join(row) for first, row in table.items()).encode()
    with gzip.GzipFile(args.out, "wb", compresslevel=9, mtime=0) as file:
        file.write(payload)
    sys.stdout.write(f"{len(table)} characters, {args.out.stat().st_size} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
