"""What kind of request it is, where it is not an order."""

from __future__ import annotations

import re

from nlu.patterns import patterns

_SAID = patterns("intents.tsv")
_DONE_BY_US = re.compile(
    "你们|师傅|阿姨|工人|上[回次趟]|那[回次]|送|买|[修洗擦剪通换装做弄][的了]|完|过"
)
# 厕所一股臭味: what is the caller's own smells.
_SMELLS = re.compile(
    "(?:厕所|卫生间|插座|插头|插排|电线|电表|下水道?|马桶|地漏|水池|池子|冰箱|洗衣机|空调|屋里|家里|被子|身上|头发|脚|厨房)[^，送买]{0,6}?"
    "(?:还?有|一)股[^，]{0,2}(?:味儿?|怪)|"
    "(?:地[上下板]|厨房|厕所|卫生间|屋里|家里|楼道)(?:里|上)?[^，送买拖擦]{0,2}(?:全|都|净)是水"
)
# 别送成酱油, 别拿猪肉糊弄我: what should not be done was not done.
_FORBIDDEN = re.compile(
    "(?:别|甭|莫|不要|勿|覅)(?:给我|给俺|把[^，]{1,4})?(?:(?:送|拿|弄|搞|记|听|装|整)(?:错|成|混|串|岔)|(?:拿[^，]{1,4})?糊弄)"
)
_BY_KIN = re.compile(
    "(?:儿子|女婿|老伴|老头子?|孙子|我|自己|邻居|侄子)(?:给我|帮我|在家)?[修弄换通洗擦装](?:了|得|的)"
)
CANCEL, REORDER, NEVER_CAME = _SAID["cancel"], _SAID["reorder"], _SAID["never came"]
QUESTION, PRAISE, CUT_OFF = _SAID["question"], _SAID["praise"], _SAID["cut off"]
MADE_GOOD = _SAID["made good"]
ONLY_ASKS, PRICED = _SAID["only asks"], _SAID["priced"]
MISDIALLED, PUBLIC = _SAID["misdialled"], _SAID["public"]
ASKS_OF_IT, CHAT = _SAID["asks of it"], _SAID["chat"]


def status(text: str) -> re.Match[str] | None:
    """Where somebody asks what became of an order, and asks for nothing anew."""
    found = _SAID["status"].search(text)
    if _SAID["not ours"].search(text):
        return None
    return None if found is None or _SAID["anew"].search(text, found.start()) else found


def is_agent(text: str) -> bool:
    return bool(_SAID["agent"].search(text)) and not _SAID["agent refused"].search(text)


def is_missent(text: str) -> bool:
    """Whether what was sent or done was wrong, and nothing is wished for in its place."""
    text = _FORBIDDEN.sub("", text)
    if _SAID["elsewhere"].search(text):
        return False
    return bool(_SAID["missent"].search(text)) and not _SAID["made good"].search(text)


def is_of_staff(text: str) -> bool:
    """上门做饭那个女的把我锅烧穿了: who came is spoken of, and nobody is to come again."""
    return bool(_SAID["STAFF"].search(text)) and not _SAID["made good"].search(text)


def is_made_good(text: str) -> bool:
    """Whether something is to come in its place, or others than we are at fault."""
    return bool(MADE_GOOD.search(text) or _SAID["elsewhere"].search(text))


def is_own_trouble(text: str) -> bool:
    """昨天晚上水管漏了一夜: nothing that was sent or done is at fault."""
    told = _SMELLS.sub("", text)
    return not (_SAID["complaint"].search(told) or _DONE_BY_US.search(told))


def is_grieved(text: str) -> bool:
    """Whether something was amiss the last time, said beside what is ordered now."""
    if _SAID["elsewhere"].search(text) or _BY_KIN.search(text):
        return False
    return any(_SAID[kind].search(text) for kind in ("missent", "amiss", "never came"))


def is_complaint(text: str) -> bool:
    text = _FORBIDDEN.sub("", text)
    if _SAID["elsewhere"].search(text):
        return False
    if _SAID["complaint"].search(text):
        return True
    return bool(_SAID["bad"].search(text) and _SAID["earlier"].search(text))
