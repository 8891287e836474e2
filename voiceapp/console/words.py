"""What the desk calls things: states, reasons, rulings and events, in words."""

from datetime import datetime, tzinfo

from flask_babel import lazy_gettext as _

from family_link.payments import Means, PaymentState
from family_link.refunds import RefundState
from orders.cases import CaseKind
from orders.common_words import WordState
from orders.escalations import Reason
from orders.lifecycle import Event, State
from orders.people import Role
from orders.visits import VisitState
from voiceapp.console.rights import DeskRole, Right

REASONS = {
    Reason.EMERGENCY: _("急事：有人需要马上帮忙"),
    Reason.ASKED_FOR_PERSON: _("要找人工"),
    Reason.COMPLAINT: _("投诉"),
    Reason.UNKNOWN_CALLER: _("不认识的号码"),
    Reason.NOT_UNDERSTOOD: _("听清了，但没听懂要什么"),
    Reason.NOT_AUDIBLE: _("录音听不清"),
    Reason.NOTHING_SAID: _("一直没有说话"),
    Reason.OTHER_WISH: _("要的事机器人办不了"),
    Reason.MISSED_TOO_OFTEN: _("问了几次都没听明白"),
    Reason.NOBODY_ANSWERS: _("回拨三次没人接"),
    Reason.WINDOW_LOST: _("要的时间赶不上了"),
    Reason.PATIENCE_SPENT: _("等得太久了"),
    Reason.ERRAND_FAILED: _("系统试了多次没办成"),
    Reason.NO_NUMBER: _("没有能回拨的号码"),
    Reason.CASH_NOT_COLLECTED: _("上门现金没有收到"),
    Reason.CASH_TO_RETURN: _("多收的现金要退"),
    Reason.WRONG_AMOUNT: _("付款金额对不上"),
    Reason.LOW_RATING: _("评分很低"),
    Reason.VISIT_FAILED: _("上门没办成"),
    Reason.PARENT_OBJECTS: _("老人不同意家里下的单"),
    Reason.DISTRESS: _("听着像是着急或难受"),
}

STATES = {
    State.HEARD: _("正在听录音"),
    State.DRAFT: _("等回拨核对"),
    State.CONFIRMING: _("正在电话核对"),
    State.WITH_STAFF: _("等坐席处理"),
    State.AWAITING_APPROVAL: _("等家人同意"),
    State.AWAITING_PAYMENT: _("等付款"),
    State.READY: _("可以派出"),
    State.DISPATCHED: _("在路上"),
    State.DELIVERED: _("已送到"),
    State.CLOSED: _("已办结"),
    State.CANCELLED: _("已取消"),
}

EVENTS = {
    Event.HEARD: _("来电录音到了"),
    Event.PLACED: _("家人下单"),
    Event.TAKEN: _("工作人员代下单"),
    Event.UNDERSTOOD: _("听懂了"),
    Event.NOTHING_ORDERED: _("没有要订的东西"),
    Event.NOT_UNDERSTOOD: _("没听懂，转坐席"),
    Event.RUNG: _("回拨核对"),
    Event.REVISED: _("电话里改了"),
    Event.RESAID: _("重新说了一遍"),
    Event.UNANSWERED: _("回拨没人接"),
    Event.CONFIRMED: _("老人确认了"),
    Event.REFUSED: _("老人都不要了"),
    Event.HANDED_OVER: _("转给坐席"),
    Event.REDRAFTED: _("坐席改好，重新回拨"),
    Event.TRIMMED: _("家人减了东西"),
    Event.APPROVED: _("家人同意"),
    Event.APPROVED_AT_DOOR: _("同意，上门付款"),
    Event.DECLINED: _("家人没同意"),
    Event.PAID: _("已付款"),
    Event.ON_TAB: _("记账"),
    Event.DISPATCHED: _("已派出"),
    Event.RETURNED: _("没送成，退回"),
    Event.RESUMED: _("接着做"),
    Event.REAPPROVAL_NEEDED: _("加钱，要再同意"),
    Event.DELIVERED: _("已送到"),
    Event.WITHDRAWN: _("取消"),
}

VISITS = {
    VisitState.WAITING: _("待派"),
    VisitState.SENT: _("已出发"),
    VisitState.DONE: _("已办好"),
    VisitState.FAILED: _("没办成"),
}

RULINGS = {
    "helped": _("已帮老人办好"),
    "called_back": _("已回电话说清"),
    "redrafted": _("改好后重新核对"),
    "withdrawn": _("取消了订单"),
    "new_time": _("另约了时间"),
    "refunded": _("已退款"),
    "cash_returned": _("现金已退到老人手里"),
    "apologised": _("已道歉"),
    "false_alarm": _("虚惊一场"),
    "emergency_services": _("已叫 120 / 119 / 110"),
    "nothing_needed": _("不需要处理"),
}
"""How a clerk may rule. The key is what is stored."""

HOW = {
    "name": _("说的是名字"),
    "alias": _("说的是别名"),
    "regional": _("方言叫法"),
    "sound": _("按读音猜的"),
    "history": _("按以前订的"),
    "edit": _("核对时改的"),
    "clerk": _("坐席填的"),
}
"""How a line came about."""

ABOUT = {
    "product": _("不知道要哪一样"),
    "quantity": _("不知道要多少"),
    "time": _("不知道什么时候要"),
}
"""Why the robot asks."""

WHO = {
    Role.CALLER: _("老人"),
    Role.CHILD: _("家人"),
    Role.CLERK: _("坐席"),
    Role.PROVIDER: _("师傅"),
    Role.FIRM: _("外部系统"),
    Role.ROBOT: _("机器人"),
}

MEANS = {
    Means.WECHAT: _("微信"),
    Means.DOOR: _("上门现金"),
    Means.TAB: _("家庭账"),
}

PAYMENTS = {
    PaymentState.DUE: _("还没付"),
    PaymentState.PAID: _("付过了"),
    PaymentState.COLLECTED: _("现金收了"),
    PaymentState.CANCELLED: _("不用付了"),
}

REFUNDS = {
    RefundState.WANTED: _("正在退"),
    RefundState.DONE: _("退好了"),
    RefundState.FAILED: _("没退成"),
}

CASES = {
    CaseKind.COMPLAINT: _("投诉"),
    CaseKind.INCIDENT: _("差错"),
    CaseKind.EMERGENCY: _("急事"),
}

LOOKED_AT = {
    "order": _("订单"),
    "audio": _("录音"),
    "customer": _("老人档案"),
    "escalation": _("待办"),
    "care": _("急事要用的"),
    "photo": _("上门照片"),
    "case": _("案件"),
}

PLACES = {
    "order": ("desk.order", "order_id"),
    "customer": ("desk.customer", "customer_id"),
    "care": ("desk.customer", "customer_id"),
    "escalation": ("desk.escalation", "escalation_id"),
    "case": ("desk.case", "case_id"),
    "photo": ("desk.order", "order_id"),
}
"""The page of what was looked at, and what its address calls the id."""

WORD_STATES = {
    WordState.PROPOSED: _("等主管定"),
    WordState.ACCEPTED: _("大家都能用"),
    WordState.REFUSED: _("不采用"),
}

ROLES = {
    DeskRole.CLERK: _("坐席"),
    DeskRole.SUPERVISOR: _("主管"),
    DeskRole.COORDINATOR: _("社区联络员"),
    DeskRole.ADMINISTRATOR: _("管理员"),
}


PAGES = (
    (Right.QUEUE, "desk.queue", _("待办")),
    (Right.BOARD, "desk.board", _("派单")),
    (Right.TAKE_ORDER, "desk.take", _("代下单")),
    (Right.CASES, "desk.list_cases", _("案件")),
    (Right.WORDS, "desk.common", _("叫法")),
    (Right.PEOPLE, "desk.people", _("人员")),
    (Right.LOOKS, "desk.looks", _("查看记录")),
    (Right.FIGURES, "desk.figures", _("数字")),
)
"""The pages of the menu, each for those who have the right; the first is where one begins."""


def masked(name: str) -> str:
    """A name for screens that do not need all of it: 王梅 is 王＊."""
    return name[:1] + "＊" * max(1, len(name) - 1) if name else ""


def spell_time(moment: datetime | None, zone: tzinfo) -> str:
    """A moment as the desk reads it, where the community lives: 11-21 09:30."""
    return moment.astimezone(zone).strftime("%m-%d %H:%M") if moment else ""


def spell_window(start: datetime | None, end: datetime | None, zone: tzinfo) -> str:
    """A wished time: 11-21 09:00–11:00."""
    if start is None or end is None:
        return ""
    first, last = start.astimezone(zone), end.astimezone(zone)
    same_day = first.date() == last.date()
    return f"{first:%m-%d %H:%M}–{last.strftime('%H:%M' if same_day else '%m-%d %H:%M')}"
