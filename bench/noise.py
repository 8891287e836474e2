"""A bad telephone line: Chinese characters replaced by others of the same or a near sound.

Of the characters hit, half become homophones (tones aside), a quarter are said with an accent
(n/l, h/f, z/zh, c/ch, s/sh, an/ang, en/eng, in/ing), a quarter take another near sound: the same
initial or the same final with anything else, drawn without looking at the matcher's own table.
One hit in ten is a character dropped or doubled instead. The same seed gives the same noise.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from functools import lru_cache

from pypinyin import Style, lazy_pinyin

HAN = re.compile(r"[\u4e00-\u9fff]")
_INITIALS = ("zh", "ch", "sh", *"bpmfdtnlgkhjqxrzcsyw")
_ACCENTS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"), ("h", "f"))
_NASALS = (("ang", "an"), ("eng", "en"), ("ing", "in"))
BENT = 0.1  # of the hits, dropped or doubled


@lru_cache(maxsize=1)
def _by_sound() -> dict[str, str]:
    """The 3,755 common characters (GB 2312, first level) by toneless syllable."""
    found: dict[str, str] = defaultdict(str)
    for row in range(0xB0, 0xD8):
        for cell in range(0xA1, 0xFF):
            try:
                char = bytes((row, cell)).decode("gb2312")
            except UnicodeDecodeError:
                continue
            found[_syllable(char)] += char
    return dict(found)


@lru_cache(maxsize=8192)
def _syllable(char: str) -> str:
    return lazy_pinyin(char, style=Style.NORMAL)[0]


def _split(syllable: str) -> tuple[str, str]:
    initial = next((i for i in _INITIALS if syllable.startswith(i)), "")
    return initial, syllable[len(initial) :]


@lru_cache(maxsize=1024)
def _accented(syllable: str) -> tuple[str, ...]:
    initial, final = _split(syllable)
    initials = {other for pair in _ACCENTS if initial in pair for other in pair} | {initial}
    finals = {final}
    for pair in _NASALS:
        for tail, other in (pair, pair[::-1]):
            if final.endswith(tail) and not (tail.endswith("n") and final.endswith("ng")):
                finals.add(final[: -len(tail)] + other)
    said = {i + f for i in initials for f in finals} - {syllable}
    return tuple(sorted(said & _by_sound().keys()))


@lru_cache(maxsize=1024)
def _near(syllable: str) -> tuple[str, ...]:
    initial, final = _split(syllable)
    close = {
        other for other in _by_sound()
        if other != syllable
        and (_split(other)[1] == final or (initial and _split(other)[0] == initial))
    }
    return tuple(sorted(close - set(_accented(syllable))))


def alike(char: str) -> str:
    """The common characters of the same sound."""
    return _by_sound().get(_syllable(char), char)


@lru_cache(maxsize=8192)
def accents(char: str) -> tuple[str, ...]:
    """The common characters of each sound that an accent makes of this one."""
    return tuple(_by_sound()[sound] for sound in _accented(_syllable(char)))


@lru_cache(maxsize=8192)
def near(char: str) -> tuple[str, ...]:
    """The common characters of each other sound with the same beginning or end."""
    return tuple(_by_sound()[sound] for sound in _near(_syllable(char)))


def noisy(text: str, rate: float, seed: int | str) -> str:
    """`text` with about `rate` of its Chinese characters misheard."""
    draw = random.Random(f"{seed}:{rate}:{text}")
    return "".join(
        _misheard(char, draw) if HAN.match(char) and draw.random() < rate else char
        for char in text
    )


def _misheard(char: str, draw: random.Random) -> str:
    if draw.random() < BENT:
        return draw.choice(("", char * 2))
    return another(char, draw)


def another(char: str, draw: random.Random) -> str:
    """A character that is heard for this one."""
    kind = draw.random()
    if kind >= 0.5:
        sounds = accents(char) if kind < 0.75 else near(char)
        if sounds:
            return draw.choice(draw.choice(sounds))
    return draw.choice(alike(char).replace(char, "") or char)
