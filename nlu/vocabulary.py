"""What can be named: the catalogue's names and aliases, regional names, the caller's own words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from importlib.resources import files
from typing import Literal

from nlu.catalogue import Product
from nlu.contract import How
from nlu.sounds.nearest import NearestNames
from nlu.sounds.repair import Repairer

Held = Literal["held", "shelf", "unheld"]
_LONGEST_KIND = 6
_OF_EACH = ("各", "都", "每", "一样")


@dataclass(frozen=True)
class Sense:
    """What a word may mean: products of the catalogue, a whole shelf, or a thing not held.

    `covers` lists, for a shelf (油, 水果), the categories and endings of names that it takes in. A
    `kind` only says which of a family named before: 肉的, 七号的.
    """

    word: str
    held: Held
    skus: tuple[str, ...] = ()
    how: How = "name"
    covers: tuple[str, ...] = ()
    margin: float = 1.0
    kind: bool = False


class Vocabulary:
    """All words for things, built once and shared between sentences.

    `lexicon` holds the caller's own words as (spoken name, sku); `history` the skus ordered
    before, latest first: it breaks ties and never adds a candidate.
    """

    def __init__(
        self,
        catalogue: Iterable[Product],
        lexicon: Iterable[tuple[str, str]] = (),
        history: Sequence[str] = (),
    ) -> None:
        self.products = {product.sku: product for product in catalogue}
        self.history = tuple(history)
        self.words: dict[str, Sense] = {}
        self._own = tuple(lexicon)
        for word, skus in _names(self.products.values()):
            self._add(word, skus)
        self._add_regional()
        for word, sku in self._own:
            if sku in self.products:
                self.words[word] = Sense(word, "held", (sku,), "alias")
        for word, *covers in _rows("general.tsv"):
            self.words.setdefault(word, Sense(word, "shelf", covers=tuple(covers[0].split())))
        for word in _words("unheld.txt"):
            self.words.setdefault(word, Sense(word, "unheld"))
        # Of these none is ever meant by another sound: they only stand where they are said.
        self._elsewhere = frozenset(_words("elsewhere.txt")) - self.words.keys()
        self.words.update((word, Sense(word, "unheld")) for word in self._elsewhere)
        self.kinds = dict(self._kinds())
        self.heads = {row[0].split()[0]: row[0].split() for row in _rows("kinds.tsv")}
        self._families = self._family_words()
        self._words_for: dict[frozenset[str], frozenset[str]] = {}
        self._longest: dict[str, int] = {}
        for word in self.words:
            self._longest[word[0]] = max(self._longest.get(word[0], 0), len(word))

    def _add(self, word: str, skus: dict[str, How]) -> None:
        how: How = "name" if "name" in skus.values() else "alias"
        self.words[word] = Sense(word, "held", tuple(skus), how)

    def _add_regional(self) -> None:
        found: dict[str, dict[str, None]] = defaultdict(dict)
        named = {product.name: (product.sku,) for product in self.products.values()}
        for name, _where, words in _rows("lexicon.tsv"):
            sense = self.words.get(name)
            skus = named.get(name) if "（" in name else sense.skus if sense else None
            for word in words.split():
                if word not in self.words:
                    found[word].update(dict.fromkeys(skus or ()))
        for word, skus_found in found.items():
            held: Held = "held" if skus_found else "unheld"
            self.words[word] = Sense(word, held, tuple(skus_found), "regional")

    def _kinds(self) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
        """Each word said with 的 in place of a name: the families that it sorts, and products."""
        named = {product.name: product.sku for product in self.products.values()}
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for family, name, words in _rows("kinds.tsv"):
            for word in words.split() if name in named else ():
                used = ("的", "用的", "使的") if len(word) > 1 else ("的",)
                for said in used:
                    found[word + said].append((family.split()[0], named[name]))
        yield from ((word, tuple(pairs)) for word, pairs in found.items())

    def _family_words(self) -> dict[str, frozenset[str]]:
        """For each family the words that name it or one of its products."""
        words: dict[str, set[str]] = defaultdict(set)
        named = {product.name: product.sku for product in self.products.values()}
        for family, name, _ in _rows("kinds.tsv"):
            first = family.split()[0]
            words[first] |= set(family.split())
            if sku := named.get(name):
                words[first] |= {word for word, sense in self.words.items() if sku in sense.skus}
        return {family: frozenset(found) for family, found in words.items()}

    @cached_property
    def _kind_heads(self) -> frozenset[str]:
        return frozenset(word[0] for word in self.kinds)

    def kind_at(self, text: str, pos: int, named: Iterable[str]) -> Sense | None:
        """The kind said at `pos` of a family of which one of the words `named` speaks."""
        end = text.find("的", pos + 1, pos + _LONGEST_KIND)
        pairs = self.kinds.get(text[pos : end + 1]) if end > 0 else None
        if pairs is None and (end := text.find("那种", pos + 2, pos + _LONGEST_KIND)) > 0:
            pairs = self.kinds.get(text[pos:end] + "的")  # 低脂那种
        if pairs:
            end += 2 if text.startswith(("那种", "这种"), end + 1) else 0
            end += text[end] == "那"
        if pairs is None and text[pos + 1 : pos + 2] == "号":  # 七号一板
            end, pairs = pos + 1, self.kinds.get(text[pos : pos + 2] + "的")
        spoken_of = frozenset(named) if pairs else frozenset()
        for family, sku in pairs or ():
            if not self._families[family].isdisjoint(spoken_of):
                return Sense(text[pos : end + 1], "held", (sku,), kind=True)
        if text[pos : pos + 1] not in self._kind_heads or self.sense_at(text, pos):
            return None
        return self._half_named(text, pos)

    def _half_named(self, text: str, pos: int) -> Sense | None:
        """五号七号电池各两板: the first of two kinds, whose family is named with the second."""
        for end in (pos + 2, pos + 1):
            following = self.sense_at(text, end) if end < len(text) else None
            if following is None or not text.startswith(_OF_EACH, end + len(following.word)):
                continue
            for family, sku in self.kinds.get(text[pos:end] + "的", ()):
                named = any(following.word.endswith(word) for word in self._families[family])
                if named and sku not in following.skus:
                    return Sense(text[pos:end], "held", (sku,))
        return None

    def words_for(self, skus: Iterable[str]) -> frozenset[str]:
        """All words that may mean one of these products."""
        wanted = frozenset(skus)
        found = self._words_for.get(wanted)
        if found is None:
            found = frozenset(
                word for word, sense in self.words.items() if wanted.intersection(sense.skus)
            )
            self._words_for[wanted] = found
        return found

    def sounded(self, sense: Sense, margin: float, rivals: Iterable[str]) -> Sense:
        """The sense of a word found by sound; what sounds as much like it is in doubt too."""
        skus = dict.fromkeys(sense.skus)
        for word in rivals:
            rival = self.words.get(word)
            if rival and rival.held == "held":
                skus.update(dict.fromkeys(rival.skus))
        return replace(sense, skus=tuple(skus), how="sound", margin=min(1.0, margin))

    def sense_at(self, text: str, pos: int) -> Sense | None:
        """The longest known word that starts at `pos`."""
        longest = self._longest.get(text[pos], 0)
        for length in range(min(longest, len(text) - pos), 0, -1):
            sense = self.words.get(text[pos : pos + length])
            if sense and not (sense.held == "unheld" and self._is_cut(text, pos + 1, pos + length)):
                return sense
        return None

    def _is_cut(self, text: str, first: int, end: int) -> bool:
        """吃饭豆腐三块: 饭豆 would cut off the 豆 of 豆腐, and leave what is no word."""
        if self._longest.get(text[end : end + 1], 0) and text[end] in self.words:
            return False
        return any(
            sense.held == "held" and sense.how != "regional"
            for start in range(first, end)
            for stop in range(end + 1, start + self._longest.get(text[start], 0) + 1)
            if (sense := self.words.get(text[start:stop])) and len(sense.word) == stop - start
        )

    def is_service(self, sense: Sense) -> bool:
        return any(self.products[sku].is_service for sku in sense.skus)

    def covered(self, sense: Sense, sku: str) -> bool:
        """Whether the word takes this product in: 油 the peanut oil, 水果 the apples."""
        if sense.held != "shelf":
            return sku in sense.skus
        product = self.products[sku]
        names = (product.short_name, *product.aliases)
        return any(
            cover == product.category or any(name.endswith(cover) for name in names)
            for cover in sense.covers
        )

    @cached_property
    def repairer(self) -> Repairer:
        """Puts right by their sound the words that this vocabulary knows."""
        held = frozenset(word for word, sense in self.words.items() if sense.held == "held")
        regional = frozenset(w for w, sense in self.words.items() if sense.how == "regional")
        # 苕 of one syllable, said in one region, would be heard in every 少 and 烧.
        plain = self._elsewhere | {word for word in regional if len(word) == 1}
        plain |= frozenset(_words("known.txt")) - self.words.keys()
        return Repairer(
            self.words.keys() - plain, held - plain, regional - plain, plain | self.kinds.keys(),
            lambda one, other: self.words[one].skus == self.words[other].skus != (),
        )

    @cached_property
    def nearest(self) -> NearestNames:
        """Finds the held names that an answer as a whole sounds like."""
        return NearestNames(
            word for word, sense in self.words.items() if sense.held == "held" and len(word) > 1
        )


def _names(products: Iterable[Product]) -> Iterator[tuple[str, dict[str, How]]]:
    skus: dict[str, dict[str, How]] = defaultdict(dict)
    for product in products:
        for name in (product.name, product.short_name):
            skus[name][product.sku] = "name"
        for alias in product.aliases:
            skus[alias].setdefault(product.sku, "alias")
    yield from skus.items()


def _lines(name: str) -> Iterator[str]:
    text = (files("nlu") / "data" / name).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            yield line


def _words(name: str) -> Iterator[str]:
    for line in _lines(name):
        yield from line.split()


def _rows(name: str) -> Iterator[list[str]]:
    for line in _lines(name):
        yield line.split("\t")
