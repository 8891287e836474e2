"""Is this right? A whole yes, a no, a change to what was read, or something else."""

from __future__ import annotations

import re

from nlu import intents
from nlu.changes import edits_of
from nlu.contract import Heard, Understood
from nlu.emergency import is_emergency
from nlu.repair import Repaired
from nlu.requesting import look, wishes_of
from nlu.vocabulary import Vocabulary
from nlu.wishes import Lines

_YES = re.compile(
    r"^(?:嗯|哦|啊|哎|好|那)*(?:对|是|没错|行|好|可以|中|成|要得|得|就这|没问题|冇错|啱|管|能行|没啥不对|没毛病|正确|系|照|按|OK|ok|当然|恁|妥|冒得错|冇得问题)"
)
_YES_WITHIN = re.compile(r"就这些|就这样|就这么|都对|没错|照你念|你念的|按这个送|送来吧|没漏|没问题|不改了|对对|行的|一模一样|挺清楚|记得.{0,3}(?:清|准|好)|蛮好")
_NO = re.compile(r"不对|错了|错晒|听错|记错|记岔|不是这|唔啱|没一样对|弄错|搞错|不要了|都不要|甭送|别送|不送了|拉倒|不整|算了|算哒|取消|不订|不买|唔要|不用送|全错|不成|不行|不中|岔了")
_EVERYTHING = re.compile(r"(?:都|全|统统|全部|啥都|什么都|一样都)(?:给我)?(?:不要|别要|甭|不买|取消|唔要|勿要|不用)|甭送|别送|不送了|取消|拉倒|不用送|不买了|不订了|算了|算哒|不整了|不要了")
_REPEAT = re.compile(r"没听(?:清|见|着|到|明)|再(?:说|念|讲|报|来)(?:一)?(?:遍|回|次|下)|听唔|听不清|听不见|啥来着|你说啥|说的啥|讲啥|咩话|从头|念.{0,4}快|重新(?:念|说|报)|慢点|再报|重复|没听懂|啥子哟")
_SPLIT_MORE = re.compile("再|另外|还要|还想|添|加|多")


def read_confirm(heard: Heard, said: Repaired, vocabulary: Vocabulary) -> Understood:
    text = said.text
    if is_emergency(text):
        return Understood("emergency")
    if intents.is_agent(text):
        return Understood("agent")
    change = _change(heard, said, vocabulary)
    if change:
        return change
    if _REPEAT.search(text):
        return Understood("repeat")
    if _YES_WITHIN.search(text) and not re.match("(?:嗯|哦)*不(?!改|用)", text):
        return Understood("yes")
    if _NO.search(text):
        return Understood("no", everything=bool(_EVERYTHING.search(text)))
    if _YES.search(text):
        return Understood("yes")
    return Understood("other")


def _change(heard: Heard, said: Repaired, vocabulary: Vocabulary) -> Understood | None:
    scene = look(heard, said, vocabulary)
    wished = scene.wished
    lines = wishes_of(scene, vocabulary, Lines(vocabulary, heard.draft))
    edits, asked = edits_of(lines, said)
    window = wished[-1].window if wished else None
    if window and heard.window and window.start == heard.window.start:
        window = None
    if not edits and not asked and window is None:
        return None
    return Understood("change", edits=tuple(edits), clarify=tuple(asked), window=window)
