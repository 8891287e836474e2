"""The parser's own figures in one run: right and silent shares, noise, latency, recall of names.

`python -m bench.nlu` from the repository's root. The lists of names are bench/data/names_*.txt.gz.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from pypinyin import lazy_pinyin
from rapidfuzz import fuzz, process

import nlu
from bench.noise import noisy
from nlu.catalogue import Product
from nlu.contract import heard_from
from nlu.scoring import Score
from nlu.sounds.nearest import NearestNames

ROOT = Path(__file__).parents[1]
UTTERANCES = (
    "goods_north",
    "goods_south",
    "services_intents",
    "confirm_rating",
    "kept",
    "kept_2",
    "kept_3",
    "kept_4",
    "kept_5",
    "kept_6",
    "kept_7",
)
RATES = (0.0, 0.1, 0.2, 0.3)
NAMES_TRIED = 400
NOW = "2026-11-20T09:30:00+08:00"


def rows(name: str) -> list[dict[str, object]]:
    path = ROOT / "tests" / "nlu" / "data" / f"{name}.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def names(size: str) -> list[str]:
    packed = (ROOT / "bench" / "data" / f"names_{size}.txt.gz").read_bytes()
    return gzip.decompress(packed).decode().split()


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def understanding(vocabulary: nlu.Vocabulary) -> None:
    """Shares right and silently wrong: as given, and with noise put on the lines that had none."""
    say("utterances           " + "  ".join(f"noise {rate:.0%}" for rate in RATES))
    for name in UTTERANCES:
        cells = []
        for rate in RATES:
            total = Score()
            for row in rows(name):
                heard = dict(row)
                if rate and not row.get("noisy"):
                    heard["text"] = noisy(str(row["text"]), rate, 7)
                total.add(heard, nlu.parse(heard_from(heard), vocabulary).as_dict())
            cells.append(f"{total.right_share:.1%}/{total.silent_share:.1%}")
        say(f"{name:20} " + "  ".join(cells))


def talk(vocabulary: nlu.Vocabulary) -> None:
    """Of what callers say who ring about anything, the share of which it is known what about."""
    path = ROOT / "tests" / "nlu" / "data" / "kept_talk.tsv"
    lines = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:]]
    cells = []
    for rate in RATES:
        right = 0
        for intent, text in lines:
            heard = heard_from({"text": noisy(text, rate, 7), "now": NOW, "dialogue": "request"})
            right += nlu.parse(heard, vocabulary).intent == intent
        cells.append(f"{right / len(lines):.1%}")
    say(f"kept_talk, intent      {'  '.join(cells)}")


def dangers(vocabulary: nlu.Vocabulary) -> None:
    """Of lines that nobody read: dangers that were missed, and false alarms."""
    told = rows("kept_danger")
    cells = []
    for rate in RATES:
        missed = alarms = 0
        for row in told:
            text = noisy(str(row["text"]), rate, 7)
            danger = nlu.parse(heard_from({**row, "text": text}), vocabulary).intent == "emergency"
            expected = row["expect"] == {"intent": "emergency"}
            missed, alarms = missed + (expected > danger), alarms + (danger > expected)
        cells.append(f"{missed} missed, {alarms} alarms")
    say(f"dangers ({len(told)} lines)  " + "  ".join(cells))


def latency(vocabulary: nlu.Vocabulary, label: str, built: float, rate: float = 0.0) -> None:
    """Milliseconds a sentence of 20 to 40 characters, p50 and p95: by the clock, and of CPU time,
    which a busy machine lengthens less."""
    spent, cpu = [], []
    for row in rows("goods_north") + rows("goods_south") + rows("services_intents"):
        if 20 <= len(str(row["text"])) <= 40:
            heard = heard_from({**row, "text": noisy(str(row["text"]), rate, 7)})
            began, worked = time.perf_counter(), time.process_time()
            nlu.parse(heard, vocabulary)
            spent.append((time.perf_counter() - began) * 1000)
            cpu.append((time.process_time() - worked) * 1000)
    say(
        f"{label:6} noise {rate:4.0%}   index {built:5.2f} s CPU   wall {percentiles(spent)}   "
        f"CPU {percentiles(cpu)}"
    )


def percentiles(spent: list[float]) -> str:
    last = sorted(spent)[int(len(spent) * 0.95)]
    return f"p50 {statistics.median(spent):5.2f} ms p95 {last:5.2f} ms"


def built(products: Sequence[Product]) -> tuple[nlu.Vocabulary, float]:
    """A vocabulary, and the seconds of CPU time that it took."""
    began = time.process_time()
    vocabulary = nlu.Vocabulary(products)
    vocabulary.repairer.repair("热身")
    return vocabulary, time.process_time() - began


def more(catalogue: Sequence[Product], size: str) -> list[Product]:
    """The pilot's catalogue and so many names beside it."""
    known = {name for product in catalogue for name in (product.short_name, *product.aliases)}
    extra = [name for name in names(size) if name not in known]
    return [
        *catalogue,
        *(Product(f"x{n}", "goods", "名单", name, "", "件") for n, name in enumerate(extra)),
    ]


def recall(found: Callable[[str], str | None], chosen: Sequence[str], rate: float) -> float:
    heard = [(name, noisy(name, rate, 11)) for name in chosen]
    changed = [(name, text) for name, text in heard if text and text != name]
    return sum(found(text) == name for name, text in changed) / max(1, len(changed))


def recalls() -> None:
    """The name first found for a name misheard, beside rapidfuzz on characters and on pinyin."""
    known = list(dict.fromkeys(name for name in names("10k") if len(name) > 1))
    index = NearestNames(known)
    spelt = [" ".join(lazy_pinyin(name)) for name in known]

    def ours(text: str) -> str | None:
        found = index.to(text)
        return found[0][1] if found else None

    def by_characters(text: str) -> str | None:
        best = process.extractOne(text, known, scorer=fuzz.ratio)
        return best[0] if best else None

    def by_pinyin(text: str) -> str | None:
        best = process.extractOne(" ".join(lazy_pinyin(text)), spelt, scorer=fuzz.ratio)
        return known[best[2]] if best else None

    draw = random.Random(5)
    groups = {
        "two syllables": [name for name in known if len(name) == 2],
        "longer": [name for name in known if len(name) > 2],
    }
    for label, group in groups.items():
        chosen = draw.sample(group, min(NAMES_TRIED, len(group)))
        for rate in RATES[1:]:
            shares = [recall(way, chosen, rate) for way in (ours, by_characters, by_pinyin)]
            say(
                f"{label:14} noise {rate:.0%}   ours {shares[0]:.1%}   "
                f"rapidfuzz characters {shares[1]:.1%}   rapidfuzz pinyin {shares[2]:.1%}"
            )


def main() -> int:
    argparse.ArgumentParser(description=__doc__).parse_args()
    catalogue = nlu.load_catalogue(ROOT / "orders" / "data" / "catalogue.csv")
    vocabulary, seconds = built(catalogue)
    understanding(vocabulary)
    talk(vocabulary)
    dangers(vocabulary)
    for rate in RATES[:2]:
        latency(vocabulary, "pilot", seconds, rate)
    for size in ("10k", "100k"):
        large, seconds = built(more(catalogue, size))
        for rate in RATES[:2]:
            latency(large, size, seconds, rate)
    recalls()
    return 0


if __name__ == "__main__":
    sys.exit(main())
