"""What is said to the network: the lines in view, the same with other days, amounts and goods,
orders drawn from the vocabulary, and words of a dictionary; and what is known of their danger, of
what the caller is about, and of what is wanted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import accumulate, chain
from pathlib import Path
from random import Random
from typing import NamedTuple

import jieba

import nlu
from nlu.contract import Heard, Understood, heard_from
from nlu.scoring import compare
from tools.runs import dictionary
from tools.speech.corpora import corpus_lines, visible
from tools.speech.phrases import han
from tools.speech.source import Source
from tools.speech.text import Writer
from tools.talk_sequences import UTTERANCES, rows
from tools.talk_variants import Variants

TALK = (Path("tools/speech/data/callers.txt"), Path("tools/talk.txt"))
DANGERS = Path("tools/hearing/data/dangers.tsv")
WANTED = Path("tools/hearing/data/wanted.tsv")
#: Tables of requests that the parser reads as its tests expect; and two that tell the intent.
REQUESTS = frozenset(
    UTTERANCES / f"{name}.tsv" for name in (
        "goods_brief", "goods_northern", "goods_southern", "goods_timed", "grieved",
        "services_called", "usual", "visit_times", "visits_apart",
    )
)
BRIEF, TOLD = UTTERANCES / "brief.tsv", UTTERANCES / "told.tsv"
#: When their callers ring.
NOW = "2026-11-20T09:30:00+08:00"
CATALOGUE = Path("orders/data/catalogue.csv")
LONGEST = 80
#: How often a text is of each kind: in a hundred.
KINDS = {
    "line": 42, "variant": 30, "danger": 12, "order": 7, "trouble": 2, "everyday": 3, "words": 4
}
#: A character of the dictionary that this many of its words hold is known.
HELD = 2


class Text(NamedTuple):
    """A sentence, and whether it tells of danger; its intent, and for each character whether it
    names something wanted. None where nobody has said."""

    said: str
    danger: bool | None
    intent: str | None = None
    wanted: tuple[bool, ...] | None = None


class Texts:
    """Draws them without end from a seed. `characters` are all that they may hold."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)
        marked = {text.said: text.danger for text in _dangers()}
        judged = [Text(*line) for line in marked.items() if line[1] is not None]
        labelled = list(told())
        known = {text.said for text in labelled}
        rest = (Text(line, marked.get(line, False)) for line in _untold() if line not in known)
        self.lines = [*labelled, *rest]
        self.dangers = [*judged, *(line for line in self.lines if line.danger)]
        source = Source(CATALOGUE, [])
        source.lines = [line.said for line in self.lines]
        self._cut = [list(jieba.cut(line)) for line in source.lines]
        source.cut = self._cut
        self._writer = Writer(source, seed, practice=False)
        self._writer.word = self._writer.goods  # type: ignore[method-assign]
        self._variants = Variants(self._writer, seed)
        words = list(dictionary())
        self._known = [word for word, _ in words]
        self._often = list(accumulate(times for _, times in words))
        held = Counter(char for word in self._known for char in set(word))
        spoken = {*"".join(line.said for line in (*self.lines, *self.dangers))}
        self.characters = sorted(spoken | {char for char, times in held.items() if times > HELD})

    def draw(self) -> Text:
        """One more text, at most `LONGEST` characters long."""
        [kind] = self.chance.choices(list(KINDS), list(KINDS.values()))
        text: Text = getattr(self, f"_{kind}")()
        wanted = text.wanted and text.wanted[:LONGEST]
        return text._replace(said=text.said[:LONGEST], wanted=wanted)

    def _line(self) -> Text:
        return self.chance.choice(self.lines)

    def _variant(self) -> Text:
        at = self.chance.randrange(len(self.lines))
        line, pieces = self.lines[at], list(self._variants.pieces(self._cut[at]))
        said = "".join(piece for piece, _ in pieces)
        if line.wanted is None:
            return line._replace(said=said)
        wanted = tuple(line.wanted[place] for piece, place in pieces for _ in piece)
        return line._replace(said=said, wanted=wanted)

    def _danger(self) -> Text:
        """A danger or what looks like one, sometimes beside something else."""
        text = self.chance.choice(self.dangers)
        if self.chance.random() < 0.7:
            return text
        other = Text("".join(self._writer.order()), False)
        if self.chance.random() < 0.5:
            other = self.chance.choice(self.dangers)
        both = [text, other] if self.chance.random() < 0.5 else [other, text]
        return Text("".join(each.said for each in both), bool(text.danger or other.danger))

    def _order(self) -> Text:
        return Text("".join(self._writer.order()), False)

    def _trouble(self) -> Text:
        return Text("".join(self._writer.trouble()), None)

    def _everyday(self) -> Text:
        return Text("".join(self._writer.everyday_line()), None)

    def _words(self) -> Text:
        count = self.chance.randint(1, 4)
        words = self.chance.choices(self._known, cum_weights=self._often, k=count)
        return Text("".join(words), None)


_LABELS = {"1": True, "0": False, "?": None}


def told() -> Iterator[Text]:
    """The lines of which it is known what they are about: the tests' and callers'."""
    yield from _tested()
    yield from _wanted()


def _tested() -> Iterator[Text]:
    """The tests' lines; what is wanted is known of those that the parser reads as it should."""
    vocabulary = nlu.Vocabulary(nlu.load_catalogue(CATALOGUE))
    for row in rows():
        text = Text(han(row["text"]), row["expect"]["intent"] == "emergency")
        understood = nlu.parse(heard_from(row), vocabulary)
        plain = row["dialogue"] == "request" and not compare(row, understood.as_dict())
        yield _understood(text, understood) if plain else text
    for said in corpus_lines(sorted(REQUESTS)):
        understood = nlu.parse(_request(said), vocabulary)
        yield _understood(Text(said, understood.intent == "emergency"), understood)
    for intent, said in chain(_brief(), _roundabout()):
        understood = nlu.parse(_request(said), vocabulary)
        text = Text(said, intent == "emergency", intent)
        yield _understood(text, understood) if understood.intent == intent else text


def _request(said: str) -> Heard:
    return heard_from({"text": said, "now": NOW, "dialogue": "request"})


def _brief() -> Iterator[tuple[str, str]]:
    for line in BRIEF.read_text(encoding="utf-8").splitlines():
        if line.startswith("request\t"):
            _, intent, said = line.split("\t")
            yield from ((intent, han(each)) for each in said.split())


def _roundabout() -> Iterator[tuple[str, str]]:
    for line in TOLD.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            intent, *_, said = line.split("\t")
            yield intent, han(said)


def _understood(text: Text, understood: Understood) -> Text:
    """The same with its intent, and with what is ordered or asked about as what is wanted."""
    named = [item.heard for item in understood.items]
    named += [question.heard for question in understood.clarify if question.about != "time"]
    return text._replace(
        intent=understood.intent, wanted=_places(text.said, map(han, named))
    )


def _places(said: str, named: Iterable[str]) -> tuple[bool, ...]:
    """For each character whether it is part of one of those stretches."""
    places = {
        at for each in named if each and each in said
        for at in range(said.index(each), said.index(each) + len(each))
    }
    return tuple(at in places for at in range(len(said)))


def _wanted() -> Iterator[Text]:
    """Callers' lines of which somebody has said what they are about, and what is wanted."""
    for line in WANTED.read_text(encoding="utf-8").splitlines():
        intent, _, marked = line.partition("\t")
        wanted, inside = list[bool](), False
        for char in marked:
            inside = char == "[" or inside and char != "]"
            wanted += [inside] if char not in "[]" else []
        said = marked.replace("[", "").replace("]", "")
        yield Text(said, intent == "emergency", intent, tuple(wanted))


def _untold() -> Iterator[str]:
    yield from corpus_lines(path for path in _tables() if path not in REQUESTS | {TOLD})
    for path in TALK:
        lines = path.read_text(encoding="utf-8").split()
        yield from (line for line in lines if "{" not in line)


def _tables() -> Iterator[Path]:
    return (path for path in visible(UTTERANCES) if path.suffix == ".tsv")


def _dangers() -> Iterator[Text]:
    for line in DANGERS.read_text(encoding="utf-8").splitlines():
        label, _, said = line.partition("\t")
        yield Text(said, _LABELS[label])
    for name, label in (("danger", True), ("no_danger", False)):
        for line in (UTTERANCES / f"{name}.txt").read_text(encoding="utf-8").splitlines():
            if not line.startswith("#"):
                yield Text(han(line), label)
