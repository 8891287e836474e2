"""What sentences are drawn from: the catalogue, the parser's regional names, services and times,
dialogue corpora, names of foods and a dictionary's words by frequency."""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import accumulate
from pathlib import Path

import jieba

from tools.speech.corpora import corpus_lines
from tools.speech.phrases import HERE, WORDS, han

#: The parser's own tables.
LEXICON = Path(__file__).parents[2] / "nlu" / "data"
COMMON_CHARACTERS = 2700
#: A dictionary's word is drawn by its frequency to this power, a single character more seldom.
FLATTEN, SINGLE = 0.6, 0.25


class Source:
    """Everything that sentences are drawn from. `characters` are those that may be said."""

    def __init__(self, catalogue: Path, corpora: Iterable[Path], lexicon: Path = LEXICON) -> None:
        self.unit: dict[str, str] = {}
        self.services = _words(lexicon / "services.tsv", 1)
        for row in csv.DictReader(catalogue.open(encoding="utf-8")):
            names = {han(name) for name in (row["name"].split("（")[0], *row["aliases"].split("|"))}
            if row["kind"] == "goods":
                self.unit |= dict.fromkeys(sorted(names - {""}), row["unit"])
            else:
                self.services += sorted(names - {""})
        self.goods = sorted(self.unit)
        self.regional = [*_words(lexicon / "lexicon.tsv", 2), *_words(lexicon / "unheld.txt", 0)]
        self.troubles = [
            (row[2].split(), row[3].split())
            for row in _table(lexicon / "services.tsv")
            if len(row) == 4 and row[2] and row[3]
        ]
        self.times = [*_words(lexicon / "times.tsv", 3), *_words(lexicon / "holidays.tsv", 1)]
        self.everyday = (HERE / "everyday.txt").read_text(encoding="utf-8").split()
        self.lines = corpus_lines(corpora)
        foods = [word for word in _lines(HERE / "names.txt") if han(word) == word]
        frequency = dict(_dictionary())
        self.characters = self._characters(frequency, foods)
        self.alphabet = sorted(self.characters)
        speakable = self.characters.issuperset
        self.foods = [word for word in foods if len(word) <= 7 and speakable(word)]
        self._keep_words({w: times for w, times in frequency.items() if times > 2 and speakable(w)})
        for known in (*self.goods, *self.services, *self.regional):
            jieba.add_word(known)
        self.cut = [list(jieba.cut(line)) for line in self.lines]

    @property
    def hintable(self) -> list[str]:
        """What a hint may hold: goods and services of more than one character."""
        return [word for word in (*self.goods, *self.services) if len(word) > 1]

    def _keep_words(self, frequency: dict[str, int]) -> None:
        """The dictionary's words with their summed weights, and for each character the dozen most
        frequent words that hold it, so that no character goes unsaid."""
        self.words = list(frequency)
        self.weights = list(
            accumulate(n**FLATTEN * (SINGLE if len(w) == 1 else 1) for w, n in frequency.items())
        )
        self.holding: dict[str, list[str]] = defaultdict(list)
        for word in sorted(frequency, key=frequency.__getitem__, reverse=True):
            for character in set(word):
                if len(self.holding[character]) < 12:
                    self.holding[character].append(word)

    def _characters(self, frequency: dict[str, int], foods: list[str]) -> set[str]:
        count: Counter[str] = Counter()
        for word, times in frequency.items():
            count.update(dict.fromkeys(word, times))
        common = {character for character, _ in count.most_common(COMMON_CHARACTERS)}
        in_foods = {character for character, times in Counter("".join(foods)).items() if times > 3}
        ours = [*self.goods, *self.services, *self.regional, *self.times, *self.everyday]
        troubles = [word for things, said in self.troubles for word in (*things, *said)]
        tables = [word for words in WORDS.values() for word in words]
        return common | in_foods | set(han("".join((*ours, *troubles, *tables, *self.lines))))


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def _table(path: Path) -> list[list[str]]:
    """The rows of one of the parser's tables: columns parted by tabs, comments left out."""
    return [line.split("\t") for line in _lines(path) if line.strip() and line[0] != "#"]


def _words(path: Path, column: int) -> list[str]:
    cells = [row[column] for row in _table(path) if len(row) > column]
    return [word for cell in cells for word in cell.split() if word == han(word)]


def _dictionary() -> Iterator[tuple[str, int]]:
    """Words of up to four characters in jieba's dictionary, and how often they were counted."""
    for line in _lines(Path(jieba.__file__).parent / "dict.txt"):
        word, times, *_ = line.split(" ")
        if len(word) <= 4 and word == han(word):
            yield word, int(times)
