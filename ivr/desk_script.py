"""What callers who wait for a person hear, and clerks whose telephones ring."""

from datetime import datetime, timedelta

from ivr import saying

NEXT = "您是下一位，请别挂机。"
PLACE = "您前面还有{ahead}位，大约要等{minutes}分钟。"
OR_CALL_BACK = "不想等，请按一，轮到您我们就打过去。"
URGENT = "正在给您叫人，请别挂机。也可以直接拨幺二零、幺幺九、幺幺零。"
PROMISED = "好，位置给您留着，最晚{time}给您打过去。再见。"
LATEST = "最晚{time}打给您。"
CLOSED = "现在工作人员下班了。"
ALONE = "现在没有人接。别等，请马上拨幺二零、幺幺九或者幺幺零。"
NO_CALL_BACK = "您这个号码我们打不过去，请您过会儿再打来。"
MESSAGE = "有什么事请在嘀声后说，说完挂机。"
TAKEN_UP = "工作人员来了，您请说。"

OFFER = "有来电要找人工，接听请按一，不接请挂机。"
OFFER_URGENT = "急事来电，有人需要马上帮忙，接听请按一。"
OFFER_OUT = "请按一，给对方拨过去。"
GONE = "已经有人接了，或者对方挂机了。再见。"


def wait(ahead: int, minutes: int, urgent: bool, can_ring: bool) -> str:
    """What somebody who waits hears: the truth about her place, and about being rung back."""
    if urgent:
        return URGENT
    told = NEXT
    if ahead:
        told = PLACE.format(ahead=saying.count_words(ahead), minutes=saying.count_words(minutes))
    return told + (OR_CALL_BACK if can_ring else "")


def by_when(moment: datetime, now: datetime) -> str:
    """A promised time, rounded up to five minutes: 今天下午三点半. Both are local."""
    up = moment + (datetime.min.replace(tzinfo=moment.tzinfo) - moment) % timedelta(minutes=5)
    return saying.day_words(up, now) + saying.clock_words(up)
