"""Every sentence that a caller hears. One question at a time, at most three choices."""

from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from ivr import saying
from ivr.speech.transcriber import Quality
from nlu import Window
from orders.lifecycle import State
from voiceapp.money import Fen

# The ring
NOTICE = "您好，社区订购热线，本次通话会录音。"
GREETING = "您要什么，请在嘀声后说，说完挂机就行。要人工请按零。"
GREETING_DRAFT = "您刚才订的还没跟您核对。要加什么请在嘀声后说，说完挂机。要人工请按零。"
LISTENING = "好的，您稍等，我记一下。"
NOTED = "好，记下了。我马上给您打回去核对，请您接电话。再见。"
NOTED_LATER = "好，记下了。我过会儿给您打回去核对，请您接电话。再见。"
NOTED_PERSON = "您说的我记下了。工作人员会给您回电话。再见。"
NOTED_COMPLAINT = "您要的我记下了，过会儿打给您核对。我先给您转人工，请别挂机。"
ANYTHING_ELSE = "还要什么请在嘀声后说，不要就挂机。"
GOODBYE = "再见。"

# A person
CONNECTING = "好的，我给您转人工，请别挂机。"
EMERGENCY = "别着急，别挂机，我马上给您接人。也可以直接拨幺二零、幺幺九、幺幺零。"
NINE = "要是有急事，请再按两下九。"
NOBODY_FREE = "现在工作人员都在忙。"

# Not heard
UNHEARD: dict[Quality, str] = {
    Quality.UNSURE: "不好意思，我没听清。请您在嘀声后再说一遍。",
    Quality.NOISE: "您那边有点吵，我没听清。请您在嘀声后再说一遍。",
    Quality.SILENT: "我没听见您说话。请您在嘀声后说。",
    Quality.EMPTY: "我没听见您说话。请您在嘀声后说。",
    Quality.TOO_SHORT: "您说得太短了，我没听清。请您在嘀声后再说一遍。",
    Quality.CLIPPED: "声音太大了，我没听清。请您离话筒远一点再说一遍。",
    Quality.NOT_AUDIO: "电话线不太好，我没听见。请您在嘀声后再说一遍。",
    Quality.TOO_LONG: "您说得有点长，我没记全。请您在嘀声后慢慢说，一次少说几样。",
    Quality.TOO_BIG: "您说得有点长，我没记全。请您在嘀声后慢慢说，一次少说几样。",
}
NOT_UNDERSTOOD = "不好意思，我没听明白。请您在嘀声后再说一遍。"
AGAIN = "不好意思，我没听清。"

# The call back
WHO = "您好，社区订购热线。请问是{name}吗？是请按一，不是请按二。"
WHO_OF = "您好，社区订购热线。请问您是哪一位？{choices}，都不是请按{none}。"
FETCH = "麻烦您请{name}来接电话。来了请按一，不在请按二。"
RING_LATER = "好的，我们晚点再打。再见。"
MACHINE = "您好，社区订购热线，我们晚点再打给您。"
CONFIRMED = "好，记下了，我们来安排。再见。"
CONFIRMED_FAMILY = "好，记下了，跟您家里人说一声就安排。再见。"
REFUSED = "好的，都不要了，给您取消了。再见。"
OPTIONS = "要改请按一，都不要了请按二，要人工请按零。"
SAY_AGAIN = "好，请在嘀声后把要改的说一遍。"
SURE_NOTHING = "都不要了，是吗？是请按一，不是请按二。"
CHANGED = "好，改好了。"
WINDOW_LOST = "您要的时间已经来不及了，工作人员马上跟您商量。"
SOLD_OUT = "真不巧，{name}刚刚没有了。"
NOTHING_LEFT = "现在单子上没有东西了。"

# Other wishes
NO_USUAL = "您以前还没订过，请在嘀声后说您要什么。"
USUAL = "好，照上次的来。我马上给您打回去核对，请您接电话。再见。"
NO_ORDERS = "您现在没有在办的单子。"
SPENT = "这个月您一共花了{money}。"
SPENT_NOTHING = "这个月您还没花钱。"
PRICE = "{name}一{unit}{money}。"
NO_PRICE = "这个我这里查不到，我请工作人员给您回电话。再见。"
COMPLAINT = "真对不住。我给您转人工，请别挂机。"
CANCEL_NOTED = "好，我马上给您打回去，问清楚再取消。请您接电话。再见。"
CANCEL_NONE = "您现在没有能取消的单子。"
WHICH_CANCEL = "要取消哪一单？{choices}。"
SURE_CANCEL = "取消{name}，是吗？是请按一，不是请按二。"
CANCELLED = "好，取消了。再见。"
NOT_CANCELLED = "好，没取消。再见。"
TOO_LATE_TO_CANCEL = "这一单已经送出来了，取消不了。工作人员会给您回电话。再见。"

# Calls that tell
DECLINED = "您家里人看了，{why}，这回先不订{what}。"
DECLINED_WHY: dict[str, str] = {
    "too_dear": "说这回有点贵",
    "have_enough": "说家里还有",
    "i_bring_it": "说过几天给您带来",
    "not_safe": "怕您用着不方便",
    "talk_first": "想先跟您商量商量",
}
DECLINED_PLAIN = "让您别惦记"
MORE_DECLINED = "您家里人看了，{why}，加钱的那一样先不做，别的照旧。"
TRIMMED = "您家里人改了一下，这回送{what}。"
COMING = "{window}{worker}给您送{what}。敲门会说：{phrase}。"
COMING_SERVICE = "{window}{worker}上门来做{what}。敲门会说：{phrase}。"
PLACED = "您家里人给您订了{what}，{window}送到。"
OBJECT = "不要请按二，没事就挂机。"
OBJECTED = "好，先不送了，工作人员会问清楚。再见。"
TELL_AGAIN = "再听一遍请按一，听清了就挂机。"
TOLD = "就是跟您说一声。再见。"
RING_US = "要买东西，请您打这个电话来说。再见。"
UNDO_NOTED = "好，我马上给您打回去，问清楚再办。请您接电话。再见。"
UNDO = "不让家里人看单子了，请按一。只是别再提醒他们，请按二。"
UNDO_NOBODY = "现在没有家里人能看您的单子。"
WHICH_UNLINK = "不让谁看了？{choices}。"
SURE_UNLINK = "以后不让{name}看您的单子，是吗？是请按一，不是请按二。"
UNLINKED = "好，{name}以后看不到了。再见。"
SURE_NO_ALERTS = "以后有什么事都不提醒您家里人，是吗？是请按一，不是请按二。"
NO_ALERTS = "好，以后不提醒他们了。再见。"
NOT_UNDONE = "好，还照原来的。再见。"
REVOKED = "有一位家里人以后看不到您的单子了。要是不对，请按零。"
SUPPLEMENT = "师傅说要多花{money}。行请按一，不行请按二。"
SUPPLEMENT_YES = "好，记下了。再见。"
SUPPLEMENT_NO = "好，不加钱，工作人员会给您回电话。再见。"
OUTCOME: dict[str, str] = {
    "helped": "您上次说的事，处理好了，给您办妥了。",
    "called_back": "您上次说的事，处理好了。",
    "redrafted": "您上次说的事，处理好了，单子改过来了。",
    "withdrawn": "您上次说的事，处理好了，那张单子取消了。",
    "new_time": "您上次说的事，处理好了，另约了时间。",
    "refunded": "您上次说的事，处理好了。",
    "cash_returned": "您上次说的事，处理好了，现金退还了。",
    "apologised": "您上次说的事，是我们没做好，给您赔个不是。",
    "false_alarm": "上次是虚惊一场，没事就好。有事您随时打来，别怕麻烦。",
    "emergency_services": "上次的急事，处理好了。您多保重，有事随时打来。",
    "nothing_needed": "您上次说的事，我们看过了，您放心。",
}
"""How a case ended, by the clerk's ruling."""
REFUNDED = "退{money}，退给付钱的人。"
PROMISED = "您好，社区订购热线，您刚才要找人，我给您转过去，请别挂机。"
FOR_A_CHILD = "您好，社区订购热线，您家老人有件事要告诉您。要听请按一。"
FOR_A_CHILD_ABOUT: dict[str, str] = {
    "please_approve": "{parent}要买东西，一共{money}，等您同意。请打开亲情页看一看。",
    "please_pay": "{parent}的订单一共{money}，等您付款。请打开亲情页付一下。",
}
"""What a child is told of a message that she has not answered, by the message's template."""
FOR_A_CHILD_LATER = "好，请您有空打开亲情页看一看。再见。"
ALARM = "您好，{name}家里刚才打电话说有急事，我们正在联系。请您马上给家里打个电话。"
ALL_HANDS = "急事！{name}需要马上帮忙，同事在处理，请您马上看坐席台。"
LINE_LOST = "您好，刚才电话断了，我马上给您接人，请别挂机。"

# Consent
CONSENT = (
    "有人自称是您的{relation}，电话最后四位是{tail}。"
    "他想帮您看单子、付钱、订东西。知道这事，请按他告诉您的四个数字。不知道就挂机。"
)
CONSENT_SURE = "让{relation}帮您看单子、付钱、订东西。同意请按一，不同意请按二。"
CONSENT_YES = "好，记下了。以后不愿意了，打这个电话说一声，或者按八。再见。"
CONSENT_NO = "好，不给看。再见。"

# Rating
RATING = "{what}到了，您满意吗？说一说，或者从一到五按一个，五最满意。"
RATING_SERVICE = "{what}做完了，您满意吗？说一说，或者从一到五按一个，五最满意。"
RATING_KEYS = "满意请按五，不满意请按一。"
RATED_ONE = "好，记下了。"
RATED = "谢谢您，记下了。再见。"
UNRATED = "没关系，打扰您了。再见。"

STATUS: dict[State, str] = {
    State.HEARD: "还在听您的录音",
    State.DRAFT: "等着跟您核对",
    State.CONFIRMING: "正在跟您核对",
    State.WITH_STAFF: "工作人员正在看",
    State.AWAITING_APPROVAL: "等您家里人点头",
    State.AWAITING_PAYMENT: "等您家里人付钱",
    State.READY: "正在备货安排",
    State.DISPATCHED: "已经在路上了",
}


class SpokenLine(NamedTuple):
    """One line of an order as it is read to the caller; `window` in local time."""

    name: str
    quantity: Decimal
    unit: str
    window: Window | None
    service: bool


def plain_name(name: str) -> str:
    """大米（10斤） is 大米 where its size does not matter."""
    return name.partition("（")[0]


def spoken_name(name: str) -> str:
    """大米（10斤） is 十斤的大米 to a listener."""
    plain, _, spec = name.partition("（")
    return f"{saying.figures_words(spec.rstrip('）'))}的{plain}" if spec else plain


def line_words(line: SpokenLine) -> str:
    """两斤鸡蛋; a service once is only its name."""
    name = spoken_name(line.name)
    if line.service and line.quantity == 1:
        return name
    return f"{saying.amount_words(line.quantity, line.unit)}{name}"


def lines_words(lines: tuple[SpokenLine, ...]) -> str:
    """All lines, for a sentence that only names them."""
    return saying.joined(line_words(line) for line in lines)


def read_back(lines: tuple[SpokenLine, ...], total: Fen, now: datetime) -> tuple[str, ...]:
    """The order as it is confirmed: lines by their times, the money, the question."""
    groups: dict[Window | None, list[SpokenLine]] = {}
    for line in lines:
        groups.setdefault(line.window, []).append(line)
    said = ["跟您核对一下。"]
    for window, group in groups.items():
        when = saying.window_words(window, now) + "，" if window else ""
        said.append(f"{when}{lines_words(tuple(group))}。")
    said.append(f"一共{saying.money_words(total)}。")
    said.append("对吗？对请按一，不对请按二。")
    return tuple(said)


def question_words(
    about: str, heard: str, known: str, options: tuple[str, ...], more: bool = False
) -> str:
    """One open question: which product, how much, or when. `more` as in `choices`."""
    what = known or heard
    if about == "quantity":
        return f"{what}您要多少？"
    if about == "time":
        return f"{what}您想什么时候来？" if what else "您想什么时候要？"
    if not options:
        return f"您要的{what}是哪一种？请说一下。" if what else "您要哪一种？请说一下。"
    numbered = choices(options, more)
    return f"{what}要哪一种？{numbered}。" if what else f"您要哪一种？{numbered}。"


def choices(options: tuple[str, ...], more: bool = False) -> str:
    """甲请按一，乙请按二; with `more` to choose from, 别的请按三."""
    read = (*options, "别的") if more else options
    return saying.joined(
        f"{name}请按{saying.number_words(n)}" for n, name in enumerate(read, start=1)
    )
