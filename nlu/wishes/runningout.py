"""What is there still and is wished for all the same: it runs out, or the shop was asked for it."""

from __future__ import annotations

import re

from nlu import cues

_RUNS_OUT = re.compile(
    rf"{cues.MORE.pattern}|剩(?:(?!儿子|女儿|闺女|孙|邻|她|他|人).){{1,12}}?(?:[了啦咧喽咯]|(?=[你给]?[来拿送再捎称要]))|"
    "(?:够|能)[^，]{0,5}?[天顿回次](?:的|了|儿)*(?=[你给我再]*[来拿送捎称要])|(?:不多|没多少)了?|快[没完]了"
)
_ASKED_OF_US = re.compile(
    "(?:你们?|你家|恁家?|店里)?(?:今天|今儿)?"
    "有[^，家]{1,4}?(?<![半还])没(?:有)?(?![吃用喝开动拆使])"
)


def runs_out(link: str) -> bool:
    """大米就剩半袋了赶紧给送一袋来, 鲫鱼有大的没有大的来两条: by the words before the amount."""
    if cues.WANT_LEAD.search(link) is None:
        return False
    return bool(_RUNS_OUT.search(link) or _ASKED_OF_US.match(link))
