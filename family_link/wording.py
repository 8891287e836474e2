"""Every text that a child gets: one table, in the words of the parent's own community."""

from typing import Any

from orders.messages import Message
from voiceapp.config import Settings
from voiceapp.money import format_yuan

TEXTS: dict[str, str] = {
    "login_code": "【邻里热线】验证码 {code}，10 分钟内有效。不要告诉别人，我们也不会向您要。",
    "please_approve": "【邻里热线】{parent}要买东西，共 {total}，等您同意。{where}",
    "please_pay": "【邻里热线】{parent}的订单 {code} 等您付款，共 {total}。{where}",
    "answered": "【邻里热线】{parent}的订单 {code} 已经有家人处理了，您不用管了。",
    "declined": "【邻里热线】{parent}的订单 {code} 家人没有同意，已经取消，我们会打电话告诉老人。",
    "paid": "【邻里热线】{parent}的订单 {code} 已付款，正在安排。",
    "on_tab": "【邻里热线】{parent}的订单 {code} 按您定的规矩已同意，{total} 记在家庭账上。",
    "dispatched": "【邻里热线】{parent}的订单 {code} 已经出门了。",
    "returned": "【邻里热线】{parent}的订单 {code} 没有送成，我们会另约时间。",
    "delivered": "【邻里热线】{parent}的订单 {code} 已送到。您可以替老人评个分。{where}",
    "withdrawn": "【邻里热线】{parent}的订单 {code} 已取消，付过的钱原路退回。",
    "at_door": "【邻里热线】{parent}的订单 {code} 没有等到家人答复，{total} 由老人上门时付。",
    "placed": "【邻里热线】家人替{parent}下了订单 {code}，共 {total}。",
    "bill": "【邻里热线】{parent}这一周的家庭账单共 {total}，请在 7 天内付清。{where}",
    "linked": "【邻里热线】{parent}同意了，您可以看到并处理老人的订单了。{where}",
    "not_linked": "【邻里热线】没有关联成功。请和老人说好，再试一次，或者让老人打热线来。",
    "unlinked": "【邻里热线】您和{parent}的关联已经取消。",
    "no_alerts": "【邻里热线】{parent}在电话里说，不想再让家人收到提醒，已经都关掉了。",
    "outcome": "【邻里热线】{parent}的事已经处理好了{how}。要问详情请打热线。",
    "alert": "【邻里热线】{parent}：{why}。您可以在亲情页里关掉这种提醒。{where}",
}
"""Template name to text. `where` says where to go on, and has no link for the mainland."""

MAINLAND = "+86"
"""Text messages to these numbers may carry no address of a page."""


def words_of(message: Message, settings: Settings) -> str:
    """The text of one message for its number."""
    return TEXTS[message.template].format_map(filled(message, settings))


def filled(message: Message, settings: Settings) -> dict[str, Any]:
    """What stands in the places of a template."""
    content = {"how": "", **message.content}
    if "total" in content:
        content["total"] = format_yuan(content["total"])
    mainland = message.to.startswith(MAINLAND)
    content["where"] = "请打开亲情页。" if mainland else f"请打开 {settings.public_url}/f"
    return content
