"""How a text is said: pinyin syllables with tone digits, now and then with a regional accent.

espeak-ng's own reading of characters (`cmn`) says 两 with an English "three"; its pinyin voice, fed
by pypinyin, says what is written.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from random import Random

import jieba

from ivr.speech.phonemes import syllables as _syllables

syllables = lru_cache(200_000)(_syllables)
_SYLLABLE = re.compile(r"[a-zü]+[1-5]")
#: Accents heard on the line: (share of speakers, pattern, what they say instead).
ACCENTS = (
    (0.05, re.compile(r"\b(z|c|s)h(?=[a-zü]+\d)|(?<=\d)(z|c|s)h(?=[a-zü])"), lambda m: m[0][0]),
    (0.02, re.compile(r"(?<![a-zü])n(?=[aeiouü])"), lambda m: "l"),
    (0.02, re.compile(r"(?<![a-zü])l(?=[aeiouü])"), lambda m: "n"),
    (0.02, re.compile(r"(?<=[ie])ng(?=\d)"), lambda m: "n"),
    (0.02, re.compile(r"(?<![a-zü])h(?=u)"), lambda m: "f"),
)
FLAT_TONES, SWAPPED_TONES = 0.03, 0.02


@dataclass(frozen=True)
class Reading:
    """`written` is what espeak-ng is given; `places` holds, for each character of the text, where
    in it its sound begins; `syllables` are the pinyin of what is said."""

    written: str
    places: tuple[int, ...]
    syllables: tuple[str, ...]


def accent(said: str, chance: Random) -> str:
    """The syllable string as a speaker from somewhere says it; mostly unchanged. Keeps the number
    of syllables."""
    for share, pattern, replace in ACCENTS:
        if chance.random() < share:
            said = pattern.sub(replace, said)
    if chance.random() < FLAT_TONES:
        said = re.sub(r"[1-4]", lambda m: m[0] if chance.random() < 0.5 else "1", said)
    elif chance.random() < SWAPPED_TONES:
        said = said.translate(
            str.maketrans(dict(zip("1234", chance.sample("1234", 4), strict=True)))
        )
    return said


def read_pinyin(chunks: list[str], chance: Random) -> Reading:
    """The text as pinyin: words run together or stand apart, pauses between some chunks."""
    glue = "" if chance.random() < 0.75 else " "
    pause = chance.choice((0.1, 0.4, 0.8))
    said = ""
    for at, chunk in enumerate(chunks):
        if at:
            said += ", " if chance.random() < pause else " "
        said += " ".join(glue.join(syllables(word)) for word in jieba.cut(chunk))
    said = accent(said, chance)
    found = list(_SYLLABLE.finditer(said))
    return Reading(said, tuple(m.start() for m in found), tuple(m[0] for m in found))


def read_characters(chunks: list[str], chance: Random) -> Reading:
    """The text as it is written, for espeak-ng's own reading."""
    pause = chance.choice((0.1, 0.4, 0.8))
    said = ""
    places: list[int] = []
    for at, chunk in enumerate(chunks):
        if at and chance.random() < pause:
            said += "，"
        places += range(len(said), len(said) + len(chunk))
        said += chunk
    return Reading(
        said,
        tuple(places),
        tuple(s for word in jieba.cut("".join(chunks)) for s in syllables(word)),
    )
