"""What does not work at home, whatever is said to be wrong with it: 洗衣机进不了水, 卧室的灯打不开.

For a sentence of which nothing else was made. What may be wrong with a thing is told in more ways
than a list holds; a thing of the house that will not do something is one to be mended.
"""

from __future__ import annotations

import re

from nlu.visits.callouts import things_held
from nlu.vocabulary import Sense, Vocabulary

_MENDED = (
    "家电维修", "水管维修", "疏通下水道", "电路维修", "开锁换锁", "燃气灶维修", "家具维修",
    "修网络",
)
# Where nothing of a story, a shop or a cure stands between the thing and what is wrong.
_BETWEEN = (
    r"(?!里(?:面|头)?(?!的)|上(?:说|讲|演)|说|机构|台)"
    r"(?:的|看着|出来|[^，来要买送给修换说讲看睡听]){0,8}?"
)
_WRONG = (
    r"(?:不(?:了|着|上|下|动|开|出|住|紧|严|起|转|灵|亮|热|燃|准|响|走|通|冷|凉|摇|吹|喷|抽|进|退|停|化|脱|关|跳|稳|牢|净|满|灭|"
    r"充|显|正常|好使|好用|好开|好关|中用|顶用|管用|对劲|大行|太行|往下|往外)|"
    r"没(?:有)?(?:声|电|水|火|反应|图|信号|动静|风|气|影|人影|台|字|光)|"
    r"忽.忽|时.时|一会儿?[^，]{1,5}一会|(?<![没不])(?:坏|断|裂|破|松|歪|崩|锈|卡|堵|漏|滴|渗|空转|打滑|结冰|结霜|黑屏|花屏|死机|"
    r"失灵|罢工)|有毛病|出毛病|有问题|[往直乱老]冒|[往光直]上?涨|结了[^，]{0,4}[冰霜]|自己(?:停|开|关|响)|[咣哐嗡吱咔轰咚嗒嘎叽呜哗]{2}|"
    r"(?:跟|像|和)[^，]{1,8}似的|打雷|拖拉机|满(?:屋|地)[子里]?(?:乱)?跑|乱[跑跳蹦]|慢吞吞|[吵响晃抖颤]得|声音?(?:太|好|老)?大|[怪焦糊]味|"
    r"还是(?:凉|冷|热|黑|湿)|半天(?:才|还|都|也)|[几一二三四五六七八九十]+下才|才[亮着转动]|[收调排热抽吸烧加充转甩脱放]不(?:到|大|小|掉|了|熟|断|干)|"
    r"发[黄黑红烫浑]|自己在?(?:转|走|跳|亮|灭|流)|一[跳闪]一[跳闪]|不理(?:人|我)?|(?:只|光)有声|没人(?:了|影)|老是湿)"
)
_FAILS = re.compile(_BETWEEN + _WRONG)
# 电视坏了不看了也好, 我儿子修过了: nobody is asked.
_SETTLED = re.compile(
    "修(?:好|过|了)|不(?:用|要|必|想|打算)(?:你们)?(?:修|来|换|管)|别来|买(?:了|个)?新|换(?:了|个)?新|算了|随它|以前|当年|小时候|人家|"
    "邻居|隔壁"
)


def failing(text: str, vocabulary: Vocabulary) -> tuple[Sense, int, int] | None:
    """The service for the thing that fails, and where that is said."""
    if _SETTLED.search(text):
        return None
    found = [
        (-len(thing[0]), wrong.end() - thing.end(), thing.start(), sense)
        for sense, things in things_held(_MENDED, vocabulary)
        for thing in things.finditer(text)
        if (len(thing[0]) > 1 or thing[0] in "灯锁门灶")
        and (wrong := _FAILS.match(text, thing.end()))
    ]
    if not found:
        return None
    length, after, start, sense = min(found, key=lambda one: one[:3])
    return sense, start, start - length + after
