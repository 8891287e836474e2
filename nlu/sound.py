"""How words sound, without tones, and how far one sound lies from another over a telephone.

The accents folded are those of the contract's rule 6: n/l, h/f, z/zh, c/ch, s/sh, an/ang, en/eng,
in/ing. Costs are in characters: 1.0 is as unlikely as a whole character heard wrong by chance.
"""

from __future__ import annotations

from functools import lru_cache

from pypinyin import Style, lazy_pinyin, pinyin

SAME, ACCENT, NEAR, FAR, OTHER = 0.0, 0.25, 0.7, 1.2, 9.0
_INITIALS = ("zh", "ch", "sh", *"bpmfdtnlgkhjqxrzcsyw")
_FOLD_INITIAL = {"zh": "z", "ch": "c", "sh": "s", "n": "l"}
_NEAR_INITIALS = ("bp", "dt", "gk", "jqx", "zcs", "lr", "mn", "gkf", "bpf", "jz", "qc", "xs", "wf", "yr", "hk", "tl", "dl", "ry", "zd")
_NEAR_FINALS = (
    ("o", "e", "uo", "er", "u"), ("ai", "ei", "a", "ua"), ("ao", "ou", "o", "iao"), ("ie", "ia", "ian", "i", "ve"), ("u", "v", "iu", "ou"),
    ("en", "in", "un", "vn", "ong"), ("ong", "iong", "un"), ("an", "ai", "uan", "ian", "ua"), ("ian", "in", "ie", "uan", "van"),
    ("ui", "ei", "i", "uei"), ("ua", "a", "uo"), ("iu", "ou", "u"), ("iao", "ao", "ie"), ("i", "v", "in", "ei"), ("uai", "ai", "ui", "ua"),
)
_Y = {"i": "i", "a": "ia", "e": "ie", "ao": "iao", "ou": "iu", "an": "ian", "in": "in", "ang": "iang", "ing": "ing", "ong": "iong", "u": "v", "ue": "ve", "uan": "van", "un": "vn", "o": "o"}
_W = {"u": "u", "a": "ua", "o": "uo", "ai": "uai", "ei": "ui", "an": "uan", "en": "un", "ang": "uang", "eng": "ueng"}
_HU = {"u": "u", "ua": "a", "uai": "ai", "uan": "an", "uang": "ang", "ui": "ei", "un": "en", "uo": "o"}


@lru_cache(maxsize=2048)
def parts(syllable: str) -> tuple[str, str]:
    """Initial and final of a toneless syllable, y and w spelt out."""
    text = syllable.replace("ü", "v")
    initial = next((i for i in _INITIALS if text.startswith(i)), "")
    final = text[len(initial) :]
    if initial == "y":
        return "", _Y.get(final, final)
    if initial == "w":
        return "", _W.get(final, final)
    if initial in ("j", "q", "x") and final.startswith("u"):
        final = "v" + final[1:]
    return initial, final


@lru_cache(maxsize=2048)
def folded(syllable: str) -> tuple[str, str]:
    """The syllable as a speaker with every accent would say it."""
    initial, final = parts(syllable)
    if initial == "h" and final in _HU:
        initial, final = "f", _HU[final]
    initial = _FOLD_INITIAL.get(initial, initial)
    if final.endswith("ng") and final not in ("ong", "iong"):
        final = final[:-1]
    return initial, final


@lru_cache(maxsize=400_000)
def distance(first: str, second: str) -> float:
    """What it costs to take one toneless syllable for the other."""
    if first == second:
        return SAME
    one, two = folded(first), folded(second)
    if one == two or {first[0], second[0]} == {"h", "f"} and first[1:] == second[1:]:
        return ACCENT
    same_initial, same_final = one[0] == two[0], one[1] == two[1]
    if same_final and _near(one[0], two[0], _NEAR_INITIALS):
        return NEAR
    if same_initial and any(one[1] in group and two[1] in group for group in _NEAR_FINALS):
        return NEAR
    return FAR if same_final or (same_initial and one[0]) else OTHER


def _near(one: str, two: str, groups: tuple[str, ...]) -> bool:
    if not one or not two:
        return False
    return any(one in group and two in group for group in groups)


@lru_cache(maxsize=20_000)
def readings(char: str) -> tuple[str, ...]:
    """The toneless syllables of a character, the commonest first; none for what is not Han."""
    if not "\u4e00" <= char <= "\u9fff":
        return ()
    found = pinyin(char, style=Style.NORMAL, heteronym=True, errors="ignore", v_to_u=False)
    return tuple(dict.fromkeys(found[0]))[:3] if found else ()


def spoken(word: str) -> tuple[str, ...]:
    """The toneless syllables of a word, in its own context (银行 is hang, 行走 xing)."""
    return tuple(lazy_pinyin(word, style=Style.NORMAL, errors=list, v_to_u=False))
