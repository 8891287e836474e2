"""Which of the services said are called for: what somebody is to come for, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nlu.visits.calling import CALLS, DEED, TROUBLE, UNABLE, ServiceMention

_CANNOT = re.compile("不会|弄不来|不识|不懂")
_SELF = re.compile("(?<![帮给替陪])[我俺额咱](?:还|也|就|要|得|正好)*$")
_COMES_FOR = re.compile("(?:来|派|上门)[^，]{0,4}$")
_SYMPTOM = re.compile(
    TROUBLE.pattern + "|打不|不动|关不|没反应|不燃|不热|不冷|不出|冒|滴|裂|断|黑屏|没声|没图|"
    "没影|返水|反水|溢|下不去|不下水|失灵|嗡嗡|灭|拧不"
)
_CALL_LEAD = re.compile(
    r"(?:顺带|顺便|另外|把|来|帮|给|派|找|叫|喊|请|上门|替|要|再|先|陪|想|得|去|个|去趟|完|送|和|"
    r"跟|约|"
    r"还)[^，。]{0,8}$"
)
# 换药的护士明天上午来一趟.
_COMES_TRAIL = re.compile(
    r"(?:的(?:那个)?(?:护士|师傅|阿姨|大夫|老师|人|小伙子?|姑娘)?)?[^，。 没了]{0,8}?"
    r"来(?:一趟|一下|个人|$|吧|就|给|(?![了过的个点些一两二三四五六七八九十半几]))"
)
# 晚饭两份, 剪头发一次: asked for like goods.
_PORTIONS = re.compile(
    "(?:也|还|就|要|来|给我|送|订|给送|再)*[一二两三四五六七八九十\\d]+[份次趟](?!了)"
)
# 明天上午打扫顺便带两卷垃圾袋, 修水管的来的时候带两袋盐.
_BRINGS = re.compile(
    "(?:的(?:那个)?(?:师傅|阿姨|护士|大夫|人|小伙子?)?)?[^，。要买]{0,8}?(?:来的?时候?|顺便|顺带|顺手|顺路|捎带手?|路上)"
    "(?:再|给我|帮我|也|把)*(?:带|捎|送|买|拿|搭|称)|(?:的(?:师傅|阿姨|护士|人)?)?(?:捎|带)(?:上|个|一|两|几|半|点)"
)
_FOR_MYSELF = re.compile("(?:我|俺|额|咱|自己|自个儿?|等着|好|用来)(?:要|去|还|先|正)?$")
_SO_MANY = re.compile("[一两二三四五六][份盒]$")
_PORTIONS_LEAD = re.compile("(?:要|来|送|订|加|给我)[一二两三四五六七八九十]+份$")
# 打扫是明天上午, 修灯定在后天
_SET_FOR = re.compile("(?:的事|的|呢|嘛|么)?(?:就)?(?:是|(?:[定放约改搁挪]|安排)?[在到]|定|要|得)?")
_ASKED_DEED = re.compile("[修换洗擦通捅掏剪理](?:一[修换洗擦通捅掏剪理]|一?下)")  # 水槽通一通
_ALSO_LEAD = re.compile(
    r"(?:再|顺便|顺带|另外|还要|还有|添|加|完了|先)(?:来|给|要|做|个|一个|次|一次|做个)*$"
)
# 打扫屋子和擦玻璃, 理个发再修个脚: both are called for, or neither.
_AND = re.compile(
    "(?:一?[个下次]|和|跟|再|还有?|顺便|顺带|另外|加上?|连|又|同|与|带着?|完了?|以后|之后|也|然后|"
    "接着|都|把|给我|来|你们|师傅|要|想|一起|一块儿?|，)*"
)
# 膝盖不练就僵了来人带我练腿: what the exercise is for. 没人给烧饭送一份来: why a meal is brought.
_STIFF = re.compile("僵|不[了动]|[酸硬麻]")
_NOBODY_TO = re.compile("没[得有]?人(?:给|帮|会|能|来|替)?(?:我们?|俺们?|咱们?)?$")
_OWN_VISIT = re.compile("(?:(?<![帮给替])[我俺额他她](?:还|也|就)*(?:得|要|想)(?:去)?|去|到)$")


def only_called(
    text: str, called: list[ServiceMention], times: Sequence[tuple[int, int]] = ()
) -> list[ServiceMention]:
    """来修洗衣机，过年洗床单洗坏的: what somebody is called for, not what is told beside it.

    Nothing but a wished time beside it calls for it too: 明天上午通马桶.
    """
    after, before = {end for _, end in times}, {start for start, _ in times}
    # 热水器打不着洗不成澡: what cannot be done for want of what is broken.
    able = [m for m in called if not UNABLE.search(text, m.start, m.end)]
    called = able if any(is_trouble(text, m) for m in able) else called
    ends = [0, *(m.end for m in called)]
    sure = [
        m
        for m, since in zip(called, ends, strict=False)
        if text[m.start] in "陪推教帮" and not text.startswith("推拿", m.start)
        or re.search("[换改][成做为]个?$", text[max(0, m.start - 4) : m.start])
        or m.plain and (m.start in after or _PORTIONS.match(text, m.end))
        or m.plain and (link := _SET_FOR.match(text, m.end)) and link.end() in before
        or _SO_MANY.search(text, 0, m.start)
        or m.plain and "送" in text[m.start : m.end]
        or _COMES_TRAIL.match(text, m.end)
        or _CALL_LEAD.search(text, max(since, m.start - 12), m.start)
    ]
    for one, other in zip(called, called[1:], strict=False):
        if (one in sure) != (other in sure) and _AND.fullmatch(text, one.end, other.start):
            sure += [one, other]
    told = [m for m in called if m not in sure and not _is_wrong(text, m)]
    left = [m for m in called if m not in told] if sure else called
    # 跑一趟卫生站把药取回来, 我得抽血找个人陪着去: one errand, and what the visit is for.
    words = {m.sense.word for m in left}
    if "代取药" in words:
        left = [m for m in left if m.sense.word != "代办跑腿" or text[m.start] not in "跑去"]
    if words & {"送午餐", "送晚餐"}:  # 做不了饭给我送一份: why a meal is to be brought
        left = [
            m for m in left
            if m.sense.word != "上门做饭"
            or not (text.startswith("做不", m.start) or _NOBODY_TO.search(text, 0, m.start))
        ]
    if "康复训练" in words:
        left = [
            m for m in left
            if m.sense.word != "推拿按摩" or m.plain or not _STIFF.search(text, *m.words[-1])
        ]
    if "陪诊" in words:
        left = [
            m for m in left
            if m.sense.word != "上门护理"
            or not (_OWN_VISIT.search(text, 0, m.start) or "在医院" in text)
        ]
    # 我三点打针五点来修水管: what the caller does then, beside what somebody comes for.
    own = [m for m in left if _is_own(text, m, times)]
    if any(_COMES_FOR.search(text, 0, m.start) for m in left if m not in own):
        left = [m for m in left if m not in own]
    # 我不会弄手机给我跑一趟交费: why somebody is asked, not what for.
    if len(left) > 1 and not re.search("[教学]", text):
        left = [m for m in left if not _CANNOT.search(text, m.start, m.end)] or left
    return left


def _is_own(text: str, mention: ServiceMention, times: Sequence[tuple[int, int]]) -> bool:
    return mention.plain and any(
        end == mention.start and _SELF.search(text, 0, start) for start, end in times
    )


def is_trouble(text: str, mention: ServiceMention) -> bool:
    """Whether something is wrong, which is told to have it put right."""
    trouble = TROUBLE if mention.plain else _SYMPTOM
    return any(trouble.search(text, *word) for word in mention.words)


def _is_wrong(text: str, mention: ServiceMention) -> bool:
    """A thing and what is said of it, where that is nothing to be done: 灯一闪一闪."""
    if mention.plain or is_trouble(text, mention):
        return is_trouble(text, mention)
    return not DEED.match(text, mention.words[-1][0])


def is_called(text: str, mention: ServiceMention, goods: bool) -> bool:
    """Whether the service is asked for, and not a purpose or a habit beside the shopping."""
    if mention.told:
        return False
    lead = text[max(0, mention.start - 14) : mention.start]
    near = lead + text[mention.start : mention.end + 5]
    if not mention.sense.skus and not CALLS.search(near):
        return False
    if not mention.plain and any(_ASKED_DEED.fullmatch(text, *word) for word in mention.words):
        return True
    if mention.plain and (_PORTIONS.match(text, mention.end) or _PORTIONS_LEAD.search(lead)):
        return True
    if is_trouble(text, mention) or not (mention.plain or goods):
        return True
    return not goods or bool(
        CALLS.search(near) or _ALSO_LEAD.search(lead) or _COMES_TRAIL.match(text, mention.end)
        or mention.plain and not _FOR_MYSELF.search(lead) and _BRINGS.match(text, mention.end)
    )
