"""Which things and amounts are only told of: bought before, brought by others, eaten every day.

A stretch tells where a word of the past, of another's doing or of habit stands before it and no
wish begins in between: 上礼拜送的那两斤排骨, 闺女寄了一箱木瓜, 一天得换四片.
"""

from __future__ import annotations

import re
from dataclasses import replace

from nlu.cues import OWNED_TRAIL, WANT_LEAD
from nlu.lexing import ends_in
from nlu.marks.binding import Event, Mention

_REACH = 24
# 上回给我送的: a wish that begins right at the past is no wish.
_ADJACENT = 3
_BEFORE = (
    r"昨天|昨儿个?|昨晚|昨日|昨朝|夜儿个|寻日|大?前天|大?前儿个?|前日|前两天|前几天|头[两几些]天|前些天|上一?[回次趟]|前回|上个?礼拜|上周|上个?星期|"
    r"上个?月|去年|大?前年"
)
_PAST = (
    r"昨天|昨儿个?|昨晚|昨日|昨朝|夜儿?个|寻日|琴日|大?前天|大?前儿个?|前日|前两天|前几天|前些天|前一?阵子?|"
    r"头两天|头几天|那天(?![早上中下晚送])|那回|那次|那趟|上一?[回次趟]|前回|上个?礼拜|上周|上个?星期|上个?月|去年|大?前年|往年|年轻|"
    r"小时候|从前|(?<![点天前月年])以前|早先|早年|当年|当初|那年|那阵子?|那时候?|那会儿|今早|刚才|刚刚|才刚|刚|头先|先前|往常|"
    r"平时|平常|往日"
)
_OTHERS = (
    r"儿媳妇?|儿子|闺女|女儿|姑娘|女婿|媳妇|外?孙女?子?|侄子|侄女|侄儿|外甥|老头子?|老伴|老婆子?|亲家母?|亲戚|邻居|隔壁|"
    r"对门|楼[上下]|人家|[他她佢]们?|老乡|战友|同事|徒弟|学生|老?姐妹|妹妹|妹子|弟弟|姐姐|哥哥|大姐|老?姐夫?|老?妹夫?|老弟|"
    r"娘家|婆家|老家|乡下|姑爷|新女婿|志愿者|大哥|嫂子|老表|大侄子|干女儿|社区|居委会|单位|超市|医院|饭店|食堂"
)
_DOES = (
    r"(?:买|订|定|送|寄|带|拎|捎|拿|钓|摘|拔|挖|背|扛|提|给|发|塞|分|端|拉|驮|搬|吃|喝|用|煮|炖|蒸|炒|做|包|烧|腌|晒|"
    r"种|养|收|抢|网购|存|囤|剩|扔|丢|摔|打|磕|碰|称|割|弄|整|换|炸|烙|熬|卤|泡|杀|宰|赢|输|掏|花|叫)"
)
_DONE = r"(?:了|过|着|来了?|回来?|过来|出来?|上来|给(?:我|俺|我们|咱)(?:了|过)|掉了?|完了?)+"
_LED = r"(?:我|俺|额|咱|他|她|我们|咱们)?(?:整整|足足|总共|一共|才|就|只|也|都|各)*"
_TOLD = re.compile(
    rf"(?:{_BEFORE})(?:你们|我们|我|俺|他们|他|她|老伴|给我|也|就|才|都)*{_DOES}(?:{_DONE}|得)?(?:的?(?:是|那|这)|的)?(?:那个|那种)?{_LED}$|"
    rf"(?:{_PAST})[^就]{{0,7}}?{_DOES}(?:{_DONE}|得|的(?=是|那|这)|的$)(?:的?(?:是|那|这)|的)?(?:那个|那种)?{_LED}$|"
    rf"(?:{_PAST})[^就]{{0,5}}?(?:要|来|订|说)(?:了|过)?的(?:是|那)?{_LED}$|"
    rf"(?:{_PAST}|{_OTHERS}|自己|自家|自个儿?)(?:[^给就要]{{0,14}}?|[^给就要]{{0,4}}给(?:我们?|俺|咱|家里)?)(?:{_DOES}{_DONE}|[扛拎带捎寄拿背提搬买拉驮送]来(?!的))(?:的?(?:是|那|这)|的)?(?:那个|那种)?{_LED}$|"
    rf"(?:{_OTHERS})(?:[^给就要]{{0,6}}|[^给就要]{{0,4}}给(?:我们?|俺|咱|家里)?)(?:买|订|送|寄|带|拎|捎|拿)(?:的|那)(?:那|是)?{_LED}$|"
    rf"(?:{_OTHERS})[^给就要让叫]{{0,4}}(?:偷?[吃喝用]|送|寄|捎|塞|偷|拿|借)(?:走|了|给)*(?:我|俺|咱)们?家?$|"
    rf"(?:{_PAST})[^就来要]{{0,12}}(?:给|帮|替)(?:我|俺|咱)们?把$|"
    rf"(?:一天|每天|天天|顿顿|每顿|一顿|一口气|一宿|一个月|一个?礼拜|一周|一年|一早上|一晚上|平时|平常|往常|从前|年轻时候?)"
    rf"(?:得|要|就|才|也|能|只|都|最多|至少|我|他|她|老头子?|老伴)*(?:吃|喝|用|换|煮|炖|抽|造|烧|啃|嚼|费|下|攒)(?:个|掉|上)?$|"
    r"(?:(?:就|才|只|光)(?:吃|喝)|(?<!不)(?<!没)(?:啃|嚼|扒拉))(?:了|的)$|"  # 中饭就啃了俩馒头
    r"(?:年年|月月|回回|次次|每年|每回|逢年过节|过年过节)(?:都|就|也|要|会|总)*(?:给|寄|送|捎|带|拎|背)(?:来|给)?(?:我|俺|额|咱)?们?(?:家)?$|"
    r"(?:一天|每天|天天|一顿|每顿|顿顿|一个月|一个?礼拜)(?:也就|就|才|顶多)$|"
    r"(?:能|可以|(?<![我俺额咱们])得|够)(?:蒸|做|包|炸|煮|炒|烙|擀|炖)(?:出|得)?(?:来)?$|[蒸做包炸煮炒烙擀炖熬]得(?:出|成|了)来?$|"
    r"(?:锅|一顿|一次|最多|顶多|冰箱|筐|屉)(?:最多|顶多|也)?(?:只|就|才)?能?(?:炖|煮|装|放|蒸|盛|吃)(?:得?下)?$|"
    r"(?:还|就(?![放搁]$)|只|光|都)(?:剩下?|余|存|囤|堆|冻|放|搁|晾|挂)(?:了|着|得)?(?:有)?(?:小|大)?$|"
    r"(?:桌|柜|窗|阳台|灶|冰箱|屋|家|院|缸|坛|地窖|厨房|床底|墙角|门后|角)(?:里|上|下|头|底|子|面|中)*(?:头|边)?(?:都|也|倒)?"
    r"(?:还有|有|(?:还|堆|冻|放|搁|晾|挂|囤|存|腌|养|泡|摆|剩|藏|塞|等)+(?:了|着|有))(?:好|小|大)?$"
)
# 两斤西红柿我要炒三个鸡蛋吃
_COOKS = re.compile("(?:要|想|得|打算|准备)[炒煮蒸炖煎煲熬](?:上|个)?$")
_LAST_TIME = re.compile("上[次回趟]|上个?(?:礼拜|星期|月)|上周|昨[天儿]|前[天儿]")
_THIS_TIME = re.compile("这[次回趟]|今[天儿]|再(?:来|送|要|拿|给)")
# A wish begins here, whatever was told before.
_WISH = re.compile(
    r"今天|今儿|今朝|今日|这[回次趟]|现在|眼下|明天|明儿|后天|(?:给|帮|替)(?:我|俺|额|咱)(?!们?(?:把|(?:送|买|拿|带|捎|寄|拎|扛|背|提|搬|拉|驮|端|塞|薅|摘)?(?:了|来|过|回)))|"
    r"麻烦|再(?:来|要|给|买|送|拿|称|捎|带|加|添|弄|整|割)|还(?:要|想|得)|想要|我要(?!了|过)|(?:那|我|俺|咱)就|所以|干脆|不如|(?<!不)够了|"
    r"你(?:们)?(?:再|就|快|赶紧)|(?<![带拎寄送买拿回起过出上下原本从后将捎扛提背驮拉搬端到])来(?:上|个)?$"
)
_REFUSED = re.compile(rf"(?:别|甭|莫|勿|不(?:用|要|必)?)(?:再|给我)*{_DOES}(?:来|过来)?了$")
# 茶叶喝完了，茉莉花茶一罐: what is named after that is a thing of its own.
_GONE = re.compile("[吃喝用使](?:完|光|没)[了啦咯]$")
# 刚才说的白菜改三颗
_CHANGED = re.compile("(?:也|都|还是|就|那|给我)*(?:[改换变添]|再?加|减|少来|多来)")
# 家里还有一瓶两瓶就够了: what suffices is wished.
_SUFFICES = re.compile("就(?:够|行|可以|好|成|中)")
# Where the one named before should not be there: 没有就来两斤葡萄, 要是没虾就换成鲈鱼.
_FAILING = re.compile(
    "(?<![这那])(?:没有?|没得|没货|缺货|卖完|卖光)(?:了|的话|货)*[^，来要给买拿送称你我]{0,4}?(?:的话)?(?:那|你们?)?就"
    "(?:给我|给俺|替我|帮我)?(?:换成?|改成?|来|要|拿|送|买|称)?(?:个|上|点)?$|"
    "(?:要是|如果|万一)没(?:有|得)?[大小活嫩好新鲜土散整]+的(?:话)?(?:就|你)?(?:给我)?(?:换成?|来|要|拿|送|称)(?:个|上)?$"
)
# 甜就一盒不甜就来二斤橘子
_UNLESS = re.compile(
    "(?P<so>.{1,2})就[^，]{1,6}?不(?P=so)(?:的话)?就"
    "(?:给我|给俺)?(?:换成?|改成?|来|要|拿|送)?(?:个|上|点)?$"
)
# 豆芽二斤韭黄没有就韭菜半斤: of another thing than the one named before, which is not to be had.
_OF_ANOTHER = re.compile(
    "(?:[啊呀呢哦嘛吧的]|要是|如果|若是|万一|假如|要|再|今天|你们?|你家|您|那儿?|这儿?|店里|家里?|都|也|有没有|有没|卖|实在|"
    "新鲜|好|活|大|小|嫩|便宜|就|可|反正|[哎唉嗯])*"
)
# 是给女婿买的尖椒半斤: for whom it is to be, unless it was bought then.
_FOR_THEM = re.compile("(?:是|这是|要)(?:买)?(?:给|替|帮)(?:我们?|俺|额)?家?$")
_WENT_BY = re.compile(f"(?:{_PAST})")
_AND = re.compile(r"(?:和|跟|还有|外加|加|、|又|再加|另外还有)?")


def told(text: str, events: list[Event]) -> list[Event]:
    """The events, those that are only told of marked so."""
    marked: list[Event] = []
    before: Event | None = None
    wished: Mention | None = None
    for event in events:
        start = _asked_at(event)
        tells = _tells(text, start) or _was_then(text, event, events) or (
            wished is not None and bool(_COOKS.search(text, 0, start))
        )
        if tells and isinstance(event, Mention) and start == event.named[0]:
            tells = not (_of_the_one_before(text, before, start) or _WISH.search(event.link))
            tells = tells and not (_GONE.search(text, 0, start) or _CHANGED.match(event.link))
        asked = isinstance(event, Mention) and _WISH.search(event.link)
        if not tells and not asked and before is not None and before.told:
            tells = _AND.fullmatch(text, before.end, start) is not None
            tells = tells and not _in_another_order(before, event)
            tells = tells and not _is_wished_now(event, marked)
            tells = tells and not (start == before.end and _SUFFICES.match(text, event.end))
        if tells:
            event = replace(event, told=True)
        elif _is_spare(text, wished, before, event):
            event = replace(event, spare=True)
        elif isinstance(event, Mention):
            wished = event if event.amounts and event.sense.held == "held" else wished
        marked.append(event)
        before = event
    return marked


def _was_then(text: str, event: Event, events: list[Event]) -> bool:
    """上次少给我一斤鸡蛋这次三斤鸡蛋: what was then, where the same is named for this time."""
    if not isinstance(event, Mention) or not event.amounts:
        return False
    now = _THIS_TIME.search(text, event.end)
    if now is None or not _LAST_TIME.search(text, max(0, event.start - _REACH), event.start):
        return False
    return any(
        isinstance(later, Mention) and later.start >= now.end() and later.amounts
        and set(later.sense.skus) & set(event.sense.skus)
        for later in events
    )


def _is_wished_now(event: Event, marked: list[Event]) -> bool:
    """天天得喝牛奶纯牛奶十袋: what was told of is named again, with how much is to come."""
    if not isinstance(event, Mention) or not event.amounts:
        return False
    if event.link and not WANT_LEAD.search(event.link):
        return False
    return any(
        isinstance(each, Mention) and each.told and not each.amounts
        and set(each.sense.skus) & set(event.sense.skus)
        for each in marked
    )


def _in_another_order(before: Event, event: Event) -> bool:
    """孙子一天喝两瓶奶牛奶两箱: a list of what is told goes on as it began."""
    if not (isinstance(before, Mention) and isinstance(event, Mention)):
        return False
    if before.amount is None or event.amount is None:
        return False
    return before.amount.start < before.named[0] and event.amount.start >= event.named[1]


def _is_spare(text: str, wished: Mention | None, before: Event | None, event: Event) -> bool:
    """草莓来一盒没有就来两斤葡萄: the strawberries are held, and the grapes are not wished for."""
    if before is not None and before.spare:
        return before.end < event.start and bool(_AND.fullmatch(text, before.end, event.start))
    if ends_in(_UNLESS, text, _asked_at(event)):
        return True
    if wished is None:
        return False
    failing = _FAILING.search(text, wished.end, _asked_at(event))
    return failing is not None and _OF_ANOTHER.fullmatch(
        text, wished.end, failing.start()
    ) is not None


def _asked_at(event: Event) -> int:
    """Where the amount begins, or the name where no amount stands before it."""
    if isinstance(event, Mention) and event.amount and event.amount.start > event.named[1]:
        return event.named[0]
    return event.start


def _of_the_one_before(text: str, before: Event | None, start: int) -> bool:
    """面粉家里有肉馅来二斤: what is there already was named before it."""
    if not isinstance(before, Mention) or before.amounts:
        return False
    return OWNED_TRAIL.match(text, before.end, start) is not None


def _tells(text: str, start: int) -> bool:
    lead = text[max(0, start - _REACH) : start]
    found = _TOLD.search(lead)
    if found is None or _FOR_THEM.search(lead, 0, found.start()) and not _WENT_BY.search(lead):
        return False
    if _REFUSED.search(lead, found.start()):
        return False  # 老伴已经买了豆腐豆腐别送了
    return not any(
        wish.start() - found.start() > _ADJACENT for wish in _WISH.finditer(lead, found.start())
    )
