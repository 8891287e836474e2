"""Sentences for the voices to say, drawn without end from a seed: varied text is what a recogniser
lives on. A sentence is a list of chunks; where two meet, the speaker may pause."""

from collections.abc import Iterator
from random import Random

from tools.speech import phrases
from tools.speech.phrases import WORDS
from tools.speech.source import Source

#: What the slots of `data/everyday.txt` hold, but for those a `Writer` fills.
SLOT = {
    "q": phrases.amount,
    "m": phrases.measure,
    "a": phrases.address,
    "x": phrases.name,
    "d": lambda chance: phrases.digits(chance, chance.choice((3, 4, 4, 6, 8, 11))),
    "n": lambda chance: phrases.number(
        chance.choice((chance.randint(0, 20), chance.randint(0, 99), chance.randint(100, 999)))
    ),
}


class Writer:
    """Sentences out of a `Source`, by a seed. With `practice`, also random words and characters:
    nobody says them, and they teach the ear to follow what it has not expected."""

    def __init__(self, source: Source, seed: int | str, practice: bool = True) -> None:
        self.source = source
        self.chance = Random(seed)
        kinds = {
            self.said_before: 26,
            self.said_at_length: 14,
            self.order: 28,
            self.everyday_line: 28,
            self.spliced: 4,
            self.trouble: 4,
        }
        if practice:
            kinds |= {self.any_words: 8, self.any_characters: 2}
        self.kinds, self.shares = list(kinds), list(kinds.values())

    def sentence(self) -> list[str]:
        """One sentence as chunks, one to about sixty characters in all."""
        chunks = self.chance.choices(self.kinds, self.shares)[0]()
        if self.chance.random() < 0.12:
            chunks.insert(self.chance.randint(0, len(chunks)), self.chance.choice(WORDS["fillers"]))
        return [chunk for chunk in chunks if chunk]

    def goods(self) -> str:
        source = self.source
        return self.chance.choice(
            self.chance.choices((source.goods, source.regional, source.foods), (60, 25, 15))[0]
        )

    def time(self) -> str:
        if self.chance.random() < 0.25:
            part, at = self.chance.choice(WORDS["parts"]), phrases.hour(self.chance)
            return (
                self.chance.choice(self.source.times)
                + part
                + (at if self.chance.random() < 0.4 else "")
            )
        return phrases.time(self.chance)

    def trouble(self) -> list[str]:
        """A thing of the house and what is wrong with it."""
        things, said = self.chance.choice(self.source.troubles)
        thing, wrong = self.chance.choice(things), self.chance.choice(said)
        said_so = [thing, wrong] if self.chance.random() < 0.7 else [wrong, thing]
        return [
            *said_so,
            self.chance.choice(
                ("", "了", "找个人来看看", "派个师傅来", self.time() + "来修", "帮我弄弄")
            ),
        ]

    def item(self) -> str:
        name = self.goods()
        amount = phrases.amount(
            self.chance, self.source.unit.get(name) if self.chance.random() < 0.6 else None
        )
        return self.chance.choices((amount + name, name + amount, name), (70, 20, 10))[0]

    def word(self) -> str:
        if self.chance.random() < 0.4:
            found = self.source.holding.get(self.chance.choice(self.source.alphabet))
            if found:
                return self.chance.choice(found)
        return self.chance.choices(self.source.words, cum_weights=self.source.weights)[0]

    def everyday_line(self) -> list[str]:
        parts = self.chance.choice(self.source.everyday).replace("}", "{").split("{")
        chunks = []
        for at, part in enumerate(parts):
            chunks.append(part if at % 2 == 0 else self._fill(part))
        if self.chance.random() < 0.15:
            chunks.insert(0, self.chance.choice(WORDS["openings"]))
        if self.chance.random() < 0.12:
            chunks.append(self.chance.choice(WORDS["closings"]))
        return ["".join(chunks)] if self.chance.random() < 0.5 else chunks

    def _fill(self, slot: str) -> str:
        ours = {
            "g": self.goods,
            "i": self.item,
            "t": self.time,
            "s": lambda: self.chance.choice(self.source.services),
        }
        return ours[slot]() if slot in ours else SLOT[slot](self.chance)

    def order(self) -> list[str]:
        chance = self.chance
        chunks = [chance.choice(WORDS["openings"])] if chance.random() < 0.25 else []
        if chance.random() < 0.1:
            chunks.append(self.time())
        if chance.random() < 0.7:
            chunks.append(chance.choice(WORDS["wanting"]))
        for at in range(chance.choices((1, 2, 3, 4, 5), (34, 32, 20, 10, 4))[0]):
            if at and chance.random() < 0.4:
                chunks.append(chance.choice(WORDS["joining"]))
            chunks.append(self.item())
        if chance.random() < 0.15:
            chunks.append(self.time() + chance.choice(("送来", "送到", "要", "送", "")))
        if chance.random() < 0.2:
            chunks.append(chance.choice(WORDS["closings"]))
        return chunks

    def said_before(self, low: int = 4, high: int = 26) -> list[str]:
        """A span of a corpus line, often with its goods, amounts or other words swapped."""
        chance, words = self.chance, self.chance.choice(self.source.cut)
        length = chance.randint(low, high)
        start = 0 if sum(map(len, words)) <= length else chance.randrange(len(words))
        swap = chance.choice((0, 0, 0, 0.15))
        said: list[str] = []
        for word in words[start:]:
            if sum(map(len, said)) >= length:
                break
            if word in self.source.goods and chance.random() < 0.6:
                word = self.goods()
            elif chance.random() < swap:
                word = (
                    chance.choice(chance.choice(self.source.cut))
                    if chance.random() < 0.5
                    else self.word()
                )
            said.append(word)
        return ["".join(said)] if chance.random() < 0.7 else _halves(said, chance)

    def said_at_length(self) -> list[str]:
        """What a caller says who takes their time: a line and, now and then, another."""
        said = self.said_before(20, 46)
        return said if self.chance.random() < 0.6 else [*said, *self.said_before(4, 20)]

    def spliced(self) -> list[str]:
        return [
            *self.said_before(2, 8),
            self.time() if self.chance.random() < 0.4 else self.item(),
            *self.said_before(2, 8),
        ]

    def any_words(self) -> list[str]:
        words = [self.word() for _ in range(self.chance.randint(1, 9))]
        return ["".join(words)] if self.chance.random() < 0.8 else words

    def any_characters(self) -> list[str]:
        if self.chance.random() < 0.3:
            return [phrases.digits(self.chance, self.chance.randint(2, 11))]
        return [
            "".join(
                self.chance.choice(self.source.alphabet) for _ in range(self.chance.randint(2, 8))
            )
        ]

    def unlike(self, known: set[str], shortest: int = 1, longest: int = 48) -> Iterator[list[str]]:
        """Sentences without end, none twice and none in `known`, of a length within the bounds."""
        told = set(known)
        while True:
            chunks = self.sentence()
            text = "".join(chunks)
            if (
                shortest <= len(text) <= longest
                and text not in told
                and self.source.characters.issuperset(text)
            ):
                told.add(text)
                yield chunks


def _halves(words: list[str], chance: Random) -> list[str]:
    at = chance.randint(0, len(words))
    return ["".join(words[:at]), "".join(words[at:])]
