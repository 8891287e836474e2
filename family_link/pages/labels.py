"""What states, events and reasons are called on a page."""

from family_link.alerts import Alert
from family_link.decisions import DeclineReason
from family_link.pages.door import _
from family_link.rules import Kind, Span
from family_link.trial import Would
from orders.lifecycle import Event, State
from orders.order import OrderEvent
from orders.relatives import Scope


def state(of: State) -> str:
    """Where an order stands, to a child."""
    return {
        State.HEARD: _("正在听"),
        State.DRAFT: _("等老人确认"),
        State.CONFIRMING: _("正在和老人确认"),
        State.WITH_STAFF: _("客服正在处理"),
        State.AWAITING_APPROVAL: _("等您同意"),
        State.AWAITING_PAYMENT: _("等付款"),
        State.READY: _("正在安排"),
        State.DISPATCHED: _("已出门"),
        State.DELIVERED: _("已送到"),
        State.CLOSED: _("已结束"),
        State.CANCELLED: _("已取消"),
    }[of]


def event(row: OrderEvent) -> str:
    """What happened, on the timeline. Empty for what only the desk needs to know."""
    if row.name is Event.APPROVED and "refused" in row.facts:
        return _("没有同意加钱")
    if row.name is Event.PAID and row.facts.get("due") == 0:
        return ""
    return {
        Event.HEARD: _("老人打来电话"),
        Event.PLACED: _("家人下了订单"),
        Event.TAKEN: _("客服记下了订单"),
        Event.UNDERSTOOD: _("听明白了"),
        Event.CONFIRMED: _("老人在电话里确认了"),
        Event.HANDED_OVER: _("转给了客服"),
        Event.TRIMMED: _("去掉了几样"),
        Event.APPROVED: _("同意了"),
        Event.APPROVED_AT_DOOR: _("老人上门时付款"),
        Event.DECLINED: _("没有同意"),
        Event.PAID: _("已付款"),
        Event.ON_TAB: _("记在家庭账上"),
        Event.DISPATCHED: _("出门了"),
        Event.RETURNED: _("没有送成，另约时间"),
        Event.RESUMED: _("接着做"),
        Event.REAPPROVAL_NEEDED: _("要加钱，等同意"),
        Event.DELIVERED: _("送到了"),
        Event.WITHDRAWN: _("取消了"),
    }.get(row.name, "")


def reasons() -> dict[str, str]:
    """Why a child may say no."""
    return {
        DeclineReason.TOO_DEAR.value: _("太贵了"),
        DeclineReason.HAVE_ENOUGH.value: _("家里还有"),
        DeclineReason.I_BRING_IT.value: _("我给您带过去"),
        DeclineReason.NOT_SAFE.value: _("怕不安全"),
        DeclineReason.TALK_FIRST.value: _("我们先打电话商量"),
    }


def relation(of: str) -> str:
    """What a child is to a parent; one that the community wrote itself stays as it is."""
    return {
        "女儿": _("女儿"),
        "儿子": _("儿子"),
        "儿媳": _("儿媳"),
        "女婿": _("女婿"),
        "孙女": _("孙女"),
        "孙子": _("孙子"),
        "亲戚": _("亲戚"),
    }.get(of, of)


def scope(of: Scope) -> str:
    """What a child may do."""
    return {
        Scope.SEE: _("看订单"),
        Scope.APPROVE: _("同意订单"),
        Scope.PAY: _("付款"),
        Scope.ORDER: _("替老人下单"),
        Scope.AUDIO: _("听录音"),
        Scope.ADDRESS: _("看地址"),
    }[of]


def alert(of: Alert) -> str:
    """What an alert is about."""
    return {
        Alert.USUAL_MISSING: _("每周都订，这周没订"),
        Alert.ODD_AMOUNT: _("订得比平时多很多"),
        Alert.ODD_HOUR: _("半夜打来订东西"),
        Alert.DISTRESS: _("听起来不太好，客服看过之后"),
        Alert.STRANGER: _("有陌生人想和老人关联"),
    }[of]


def kind(of: Kind) -> str:
    """What a rule does."""
    return {
        Kind.APPROVE: _("自动同意"),
        Kind.ASK: _("每次都问我"),
        Kind.NEVER: _("不买，直接去掉"),
        Kind.ESSENTIAL: _("必需品，不用等"),
    }[of]


def span(of: Span) -> str:
    """What a limit counts."""
    return {
        Span.ORDER: _("每单"),
        Span.DAY: _("每天"),
        Span.MONTH: _("每三十天"),
    }[of]


def would(of: Would) -> str:
    """What would have happened to an order."""
    return {
        Would.BY_ITSELF: _("自动同意"),
        Would.ASKED: _("会来问您"),
        Would.LESS_AND_ASKED: _("去掉几样，再来问您"),
        Would.LESS_BY_ITSELF: _("去掉几样，其余自动同意"),
        Would.REFUSED: _("不买"),
    }[of]
