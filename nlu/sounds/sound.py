"""How words sound, without tones, and how far one sound lies from another over a telephone.

The accents folded are those of the contract's rule 6: n/l, h/f, z/zh, c/ch, s/sh, an/ang, en/eng,
in/ing. Costs are in characters: 1.0 is as unlikely as a whole character heard wrong by chance.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from pypinyin import Style, lazy_pinyin, pinyin

SAME, ACCENT, SLACK, NEAR, FAR, OTHER = 0.0, 0.25, 0.35, 0.7, 1.2, 9.0
_INITIALS = ("zh", "ch", "sh", *"bpmfdtnlgkhjqxrzcsyw")
_FOLD_INITIAL = {"zh": "z", "ch": "c", "sh": "s", "n": "l"}
# Groups of initials and of finals that a telephone confuses.
def _pairs(text: str) -> frozenset[tuple[str, str]]:
    groups = [group.split() for group in text.split("|")]
    return frozenset((one, two) for group in groups for one in group for two in group)


def _table(text: str) -> dict[str, str]:
    """written:spelt pairs, blanks between them."""
    found = {}
    for pair in text.split():
        written, spelt = pair.split(":")
        found[written] = spelt
    return found


_NEAR_INITIALS = _pairs(
    "b p|d t|g k|j q x|z c s|l r|m n|g k f|b p f|j z|q c|x s|w f|y r|h k|t l|d l|z d"
)
_NEAR_FINALS = _pairs(
    "o e uo er u|ai ei a ua|ao ou o iao|ie ia ian i ve|u v iu ou|en in un vn ong|ong iong un|"
    "an ai uan ian ua|ian in ie uan van|ui ei i uei|ua a uo|iu ou u|iao ao ie|i v in ei|"
    "uai ai ui ua"
)
_Y = _table(
    "i:i a:ia e:ie ao:iao ou:iu an:ian in:in ang:iang ing:ing ong:iong u:v ue:ve uan:van un:vn o:o"
)
_W = _table("u:u a:ua o:uo ai:uai ei:ui an:uan en:un ang:uang eng:ueng")
_HU = _table("u:u ua:a uai:ai uan:an uang:ang ui:ei un:en uo:o")
# Characters that a recogniser may have meant in either reading; a dictionary lists many more.
_POLYPHONES = _table(
    "血:xue/xie 角:jiao/jue 薄:bao/bo 削:xiao/xue 落:luo/lao/la 露:lu/lou 行:xing/hang "
    "长:chang/zhang 重:zhong/chong 调:tiao/diao 乐:le/yue 着:zhe/zhao 得:de/dei 还:hai/huan "
    "便:bian/pian 盛:sheng/cheng 给:gei/ji 豉:chi/shi 茄:qie/jia 芥:jie/gai 绿:lv/lu "
    "率:shuai/lv 参:shen/can 蕃:fan/bo 蛤:ge/ha 卷:juan 朝:zhao/chao 弹:dan/tan 系:xi/ji "
    "觉:jue/jiao 色:se/shai 熟:shu/shou 钥:yao/yue 卜:bo/bu 单:dan/shan 车:che/ju 大:da/dai "
    "都:dou/du 干:gan 空:kong 处:chu 曾:ceng/zeng 传:chuan/zhuan 藏:cang/zang 脏:zang 扇:shan "
    "扎:za/zha 粘:zhan/nian 称:cheng/chen 秤:cheng 择:ze/zhai "
)


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


class Neighbours:
    """Syllables by what they share, so that a syllable is measured against the few that can lie
    near it and not against all."""

    def __init__(self, syllables: Iterable[str]) -> None:
        self._sharing: dict[tuple[str, str], list[str]] = defaultdict(list)
        for syllable in syllables:
            for trait in _traits(syllable):
                self._sharing[trait].append(syllable)

    def of(self, syllable: str) -> list[tuple[str, float]]:
        """Those at most FAR from this one, each with its distance, in the order of the alphabet."""
        shared = [("letter", _R_FOR_Y.get(syllable[0], "")), *_traits(syllable)]
        near = sorted({other for trait in shared for other in self._sharing.get(trait, ())})
        found = [(other, distance(syllable, other)) for other in near]
        return [(other, gap) for other, gap in found if gap <= FAR]


_R_FOR_Y = {"r": "y", "y": "r"}


def _traits(syllable: str) -> tuple[tuple[str, str], ...]:
    """What `distance` compares: two syllables that share none of it are OTHER."""
    initial, final = folded(syllable)
    return (
        ("letter", syllable[0]), ("initial", initial), ("final", final), ("rest", syllable[1:])
    )


@lru_cache(maxsize=400_000)
def distance(first: str, second: str) -> float:
    """What it costs to take one toneless syllable for the other."""
    if first == second:
        return SAME
    one, two = folded(first), folded(second)
    if _r_for_y(first, second) or _r_for_y(second, first):
        return NEAR
    if {one[0], two[0]} == {"r", "l"} and one[1] == two[1]:
        return SLACK
    if one == two or {first[0], second[0]} == {"h", "f"} and first[1:] == second[1:]:
        return ACCENT
    same_initial, same_final = one[0] == two[0], one[1] == two[1]
    if same_final and (one[0], two[0]) in _NEAR_INITIALS:
        return NEAR
    if same_initial and (one[1], two[1]) in _NEAR_FINALS:
        return NEAR
    return FAR if same_final or first[0] == second[0] else OTHER


def _r_for_y(first: str, second: str) -> bool:
    """肉 said you, 人 said yin: common from Shandong to the north-east."""
    if first[0] != "r" or second[0] != "y":
        return False
    return first[1:] in (second[1:], second[1:].replace("i", "e"))


@lru_cache(maxsize=20_000)
def readings(char: str) -> tuple[str, ...]:
    """The toneless syllables of a character, the commonest first; none for what is not Han."""
    if not "\u4e00" <= char <= "\u9fff":
        return ()
    if char in _POLYPHONES:
        return tuple(_POLYPHONES[char].split("/"))
    found = pinyin(char, style=Style.NORMAL, errors="ignore", v_to_u=False)
    return tuple(found[0][:1]) if found else ()


def spoken(word: str) -> tuple[str, ...]:
    """The toneless syllables of a word, in its own context (银行 is hang, 行走 xing)."""
    return tuple(lazy_pinyin(word, style=Style.NORMAL, v_to_u=False))
