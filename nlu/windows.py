"""Which of the times said is wished for, and which belong to a story or a refusal."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from nlu.contract import Window
from nlu.times import TimePhrase, find_times

_WISH = re.compile(
    r"送|来(?:人|个|位|给|帮|修|取|拿|做|烧|剪|理|洗|打|擦|吧|就|一|趟|弄|搞|通|看|瞧|接|推|陪|中|行|成|可|不|两|三|四|五|六|十|$)|"
    r"给我|给俺|给额|给咱|给送|给派|给修|给来|帮我|帮俺|帮忙|派|叫人|叫个|找人|找个|喊个|喊人|安排|要(?![去在走到出回上看打做陪接跟和给来])|上门|过来|"
    r"有人|在家|有空|方便|就行|就成|就中|就好|就可以|成不|行不|中不|好不|得不|可以不|吧|陪|推我|教|修|擦|洗|通|剪|理|换|挂|取|拿|按|量|打扫|捎|带|称|整"
)
_STORY = re.compile(
    r"不在|没在|我在|我去|我要去|得去|要去|去(?!医院|取|拿|帮|看病|给)|回来|回家|下了|刮|打完|刚|才|就没|下过|摔|到家|放学|放假|上学|上班|下班|休息|要赶|赶火车|"
    r"走了|出门|吃饭|吃的|吃了|过来吃|满月|过生日|生日|过年|结婚|喝喜酒|请客|来客|有客|都在|老是|总|天天|梦|睡|听说|说是|说好|约好|还没|要用|不舒服|疼|"
    r"我儿|我女|闺女|儿子|孙|媳妇|亲家"
)
_REFUSED = re.compile(r"^(?:个|的)?(?:可|都|就|千万)?(?:别|不要|甭|不用|莫|不行|不成|不中|没空|不得空|唔得|不方便|勿要|不来|不送|没人|不在|冇人|无人)")
_REFUSED_BEFORE = re.compile(r"(?:别|不要|甭|不用|莫|不是|勿要|唔好|唔系|不能|不想)(?:等到?|在|到|是|放|改|定在|安排在)?$")


@dataclass(frozen=True)
class WishedTime:
    """A time for a delivery or visit; `window` is None where it cannot be one (past, vague)."""

    phrase: TimePhrase
    window: Window | None


def wished_times(text: str, now: datetime) -> tuple[list[WishedTime], list[TimePhrase]]:
    """The times wished for, in the order said, and all times said."""
    phrases = list(find_times(text, now))
    wished = [
        WishedTime(phrase, _window(phrase))
        for index, phrase in enumerate(phrases)
        if _is_wished(text, phrases, index)
    ]
    return wished, phrases


def _window(phrase: TimePhrase) -> Window | None:
    return Window(phrase.window.start, phrase.window.end) if phrase.window else None


def _is_wished(text: str, phrases: list[TimePhrase], index: int) -> bool:
    phrase = phrases[index]
    until = phrases[index + 1].start if index + 1 < len(phrases) else len(text)
    after = text[phrase.end : until]
    before = text[phrases[index - 1].end if index else 0 : phrase.start]
    if _REFUSED.match(after) or _REFUSED_BEFORE.search(before):
        return False
    wish, story = _WISH.search(after), _STORY.search(after)
    if wish and (story is None or wish.start() <= story.start()):
        return True
    if story and story.start() <= 12:
        return False
    return not phrase.past or phrase.window is None and phrase.days is not None and _today(phrase)


def _today(phrase: TimePhrase) -> bool:
    return phrase.hours is not None
