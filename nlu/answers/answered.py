"""Which of the amounts said in an answer is the answer: 来两盒吧给对门老李也分几个."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from nlu.amounts.measures import IDLE_UNITS
from nlu.amounts.quantities import Amount
from nlu.cues import FILLER, MADE_OF, MEND, REFUTED_TRAIL, STORY_LEAD, WANT_LEAD
from nlu.marks.binding import Event

# 二十个吧老伴一天吃三个: what is said after the answer is told.
_FIRST = re.compile(rf"(?:{FILLER}|就|那|要|来|拿|给我|我|你|买|称)*")
_ANSWERED = re.compile("吧|就(?:行|够|好|成|中|可以)|[尽足]?够了|得了|好了|行了")
# 一天也就二两米, 上回买了两斤, 分几个, 腌一缸: what it is eaten by, was once, or is for.
_TOLD_LEAD = re.compile(
    "(?:一天|每天|天天|一顿|每顿|一回|一次|一个?月|一个?礼拜)(?:(?!那就)[^，来要买称拿]){0,6}$|"
    "(?:上[回次]|以前|平时|往常|上个?礼拜|上个?月)[^，这今就够]{0,6}$|"
    "(?:[送拿带寄捎拎背]来|还有|还剩|家里有|屋里有|搁着|放着|囤着|存着)(?:了|大|小|好)*$|"
    "(?:分|送|匀|舀)(?:给?[^，来要]{0,4})?$|[腌渍](?:个|上|了)?$"
)
# 一人两个: so many times as there are people.
_EACH_LEAD = re.compile("(?:(?<![我俺额咱])一|每)(?:个)?(?:人|口|家|顿|天)(?:就|要|吃|来)?$")
# 个头匀一点的: how it should be, and not how much.
_LIKE_LEAD = re.compile("[匀大小好嫩老宜鲜软硬肥瘦厚薄粗细圆红熟生甜净早晚快慢轻重贵矮高长短宜]$")
_SOME = ("点", "些", "")
_WISHED = re.compile("(?:就|吧|还是|那|改|是|嘛|这[次回趟])(?:要|来|拿)?$")
_MENDED = re.compile("吧不(?![要用是])|不对|[哦噢啊哎呃]不|不不|错了|算了|不是")
# 三斤四斤都行: either, and nobody can tell which.
_EITHER = re.compile("都(?:行|可以|成|中|好|要得|得)")
# 一袋就行不要两袋
_NOT_SO_MUCH = re.compile("(?:[不别莫甭唔勿]要|不用|用不着|不消)$")
_PRICES = ("块", "元", "毛")


def answered(text: str, events: Sequence[Event], sold_by: frozenset[str]) -> Amount | None:
    """The amount said last, whatever it was bound to; what is only told of it aside.

    One of which nobody can tell how much it comes to is vague; where all are told of, there is
    none. `sold_by` are the units of what was asked about, since 六十二块 is a price elsewhere.
    """
    said = [event.amount for event in events if event.amount is not None]
    said = [each for each in said if each.unit not in IDLE_UNITS and each.unit != "人"]
    said = [each for each in said if each.unit not in _PRICES or each.unit in sold_by]
    if not said:
        return None
    each = [amount for amount in said if _EACH_LEAD.search(text, 0, amount.start)]
    plain = [
        amount for amount, event in zip(said, _owners(said, events), strict=True)
        if amount not in each and not _was(text, amount)
        and (_is_wished(text, amount) or not (event.told or _is_told(text, amount)))
    ]
    if not plain:
        return replace(said[-1], value=None, vague=True) if each else None
    plain = [amount for amount in plain if not _NOT_SO_MUCH.search(text, 0, amount.start)] or plain
    plain = [amount for amount in plain if not _is_refuted(text, amount)] or plain
    if any(amount.value is not None for amount in plain):  # 来三斤给闺女带点
        plain = [amount for amount in plain if amount.unit not in _SOME]
    mended = [found.end() for found in _MENDED.finditer(text, plain[0].end, plain[-1].start)]
    plain = [amount for amount in plain if not mended or amount.start >= mended[-1]]
    wished = [amount for amount in plain if _is_wished(text, amount)] or plain
    first, last = wished[0], wished[-1]
    if first.end == last.start and _EITHER.match(text, last.end):
        return replace(last, value=None, vague=True)
    closed = _ANSWERED.match(text, first.end) and _FIRST.fullmatch(text, 0, first.start)
    return first if closed and not MEND.search(text, first.end) else last


def _owners(said: Sequence[Amount], events: Sequence[Event]) -> list[Event]:
    by_start = {event.amount.start: event for event in events if event.amount is not None}
    return [by_start[amount.start] for amount in said]


def _is_told(text: str, amount: Amount) -> bool:
    if amount.unit in _SOME and amount.vague and _LIKE_LEAD.search(text, 0, amount.start):
        return True
    return any(lead.search(text, 0, amount.start) for lead in (MADE_OF, STORY_LEAD))


def _is_refuted(text: str, amount: Amount) -> bool:
    """三斤吧两斤怕不够: what would be too little or too much."""
    return REFUTED_TRAIL.match(text, amount.end) is not None


def _was(text: str, amount: Amount) -> bool:
    return _TOLD_LEAD.search(text, 0, amount.start) is not None


def _is_wished(text: str, amount: Amount) -> bool:
    lead = WANT_LEAD.search(text, 0, amount.start) or _WISHED.search(text, 0, amount.start)
    return bool(lead or _ANSWERED.match(text, amount.end))
