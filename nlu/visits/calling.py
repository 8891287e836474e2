"""Whether a service that is named or described is only told of.

来修洗衣机 calls for it; 昨天修的洗衣机, 我儿子会修 and 洗衣机专用的粉 do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from nlu.visits.atwork import is_at_work
from nlu.vocabulary import Sense

# Somebody is asked to come and do it.
CALLS = re.compile(
    r"来个?(?:人|师傅|阿姨|护士|大夫|医生|老师|懂|会|修|小伙|手艺|开锁|理发|修脚|剃头|钟点|擦|通|"
    r"洗|陪|推|剪|打扫|按摩|搓|推拿|电工|水工|工人|师付|搞)|"
    r"来一?[个位]|来给|来帮|来(?:修|通|擦|洗|做|烧|剪|理|推|陪|教|收|取|换|看看|瞧瞧|弄|打|搞|量|"
    r"捏|按|帮|拿)|派|找(?:个|人|位|师傅|阿姨|一)|"
    r"叫(?:个|人|师傅|位|钟|修|一)|"
    r"喊(?:个|人|师傅|位|一)|请(?:个|人|师傅|位|一|你们)|约|上门|师傅|帮(?!衬)|(?:给|替)(?:(?:我|俺|额|咱)(?![^，来]{1,2}(?:了个|得|成|坏了|断了|丢了))|俺|"
    r"额|咱|老|他|她|佢|阿拉|修|通|弄|剪|理|做|取|交|办|"
    r"擦|洗|推|烧|看|拾)|陪(?!骨)|教我|推我|换个|安排|预约|要(?:个|一个|人|做|修|洗|理|剪|换)|"
    r"想(?:找|请|要|叫|约|理|剪|洗|按|做|学)|能不能|"
    r"重(?:新)?[修弄做擦洗通剪换装打理]|返工|能来|可以来|就来|过来|[叫喊让请][他她](?:再|重新)来|得(?:找|叫|请|派|有人|修|换|通)|送"
)
_TOLD_LEAD = re.compile(
    r"[跟和同](?:人|人家|他们?|她们?|老.|隔壁|对门|邻居|老姐妹|老哥们|[^，你们师]{1,3})"
    r"约(?:好|了|好了)(?:去|要|一起)*$|"
    r"(?:昨天|昨儿|昨晚|前天|前儿|前日|上回|上次|上礼拜|上周|那回|刚|刚才|以前|当年|年轻时|去年|"
    r"前年|上个月|寻日|头两天|前几天|前些天)(?:(?![来找派叫请喊加添]个)[^要想不]|不(?![了动得])){0,9}$"
)
_TOLD_TRAIL = re.compile(
    r"(?:完|好)?(?:回来|过了|的时候|那个(?:小伙|师傅|大姐|阿姨|人)|的(?:那个)?(?:小伙|师傅|阿姨|"
    r"大姐|人|姑娘)(?:.{0,3}(?:回|走|请假|手|把|"
    r"每[次回]|回回|次次|总是|老是|天天|没|不|来了|态度|真))|(?:要|也|就|都)?(?:走了|辞工|辞了|不干了|回(?:家|老家|乡下?)|请假)|(?:我|他|她)?(?:要|想|得|需要)(?:找|请|有|派)?一?个?(?:人|姑娘|阿姨|小伙子?)陪|了三天|了半天|了两天|了一(?:天|上午|下午|宿)|的钱|的单子|得(?:不|真|干净|乱|一塌))|"
    r"(?:之前|以前|前)(?=送|来|要|拿|到|给|帮|替|就|$)|"  # 赶在中午做饭前送来
    r"(?:好|完)(?:了|咯|哒|啦)(?!再|以后|之后|就|你|顺|还|然后|接着|[七八九十一二三四五六两]+点)"
)
# 炒个菜跟打仗似的, 做顿饭满屋子烟: what it is like, and no call.
_LIKE_TRAIL = re.compile(
    "(?:老|好|大)?半天|我?(?:心里|都|就)?(?:直|就)?(?:犯|提心|发愁|担心)|嫌(?:麻烦|累)|(?:就|都|也)?(?:(?:跟|像|和|好像|好比)[^，]{1,8}?(?:似的|一样|一般)|(?:呛|熏|满屋|一屋)|就(?:跳闸|没水|没电|断电))"
)
# 晌午饭都凑合啃的饼子, 晚饭都没顾上吃: how the meal was, unless a portion is to be brought.
_MEALS = ("送午餐", "送晚餐")
_EATEN_TRAIL = re.compile(
    "(?:我们?|俺们?|额|咱们?|他们?|她们?|两口|一家子?|也|都|就|还|是|只|好|能|光|全|净)*"
    "(?:(?:没|冇)[得有]?(?:顾[得]?上|来得及|心思|法[子儿]?|胃口|[做吃烧煮弄])|吃不[上下成]|做不[成了]|"
    "(?:凑合|对付|将就|糊弄)|[啃吃嚼泡喝][^，来送要]{0,6}[的了])(?![^，]*?(?:[送端订][^，]{0,4}[份盒饭餐]|送(?:过?来|一下)?$))"
)
# 洗衣粉, 洗澡用的毛巾, 剪指甲的剪子: a thing for it and not the service.
_STUFF_TRAIL = re.compile(
    r"用(?=$|[了的吧啊呢])|(?:用)?的?(?:那种|那个)?(?:粉|液|皂|水(?!管|龙)|膏|刷|药(?!水)|酒|油|袋|剪子|剪刀|刀|盆|桶|巾|毛巾|机(?!器)|椅|器|夹|锅|炉|纸|布|剂|架|绳|针|棒|仪|费(?![劲力事]))"
)
# 来块肥皂洗衣服用的: what the soap is for
_USED = ("用的", "使的")
# 昨天水管就开始滴答 is a trouble still; 昨天修的灯 is a deed done.
DEED = re.compile("[修换装洗擦扫剪理推拿取买按捏捶陪教挂抹搞弄通掏捅打收扎交做看量缴寄充开]")
# 明早空腹抽血要去医院.
_ELSEWHERE_TRAIL = re.compile(
    "(?:要|得|想|还要|还得)?(?:去|上|到)(?:趟|一趟)?(?:医院|卫生院|社区|诊所|门诊)"
)
_MENDED_TRAIL = re.compile(
    r"[^，。 ]{0,10}(?:修|弄|通|换|搞|整|拾掇)好(?:了|咯|哒|啦)(?!没)|"
    r"[^，。 ]{0,12}(?:自己|自个儿?|自家|各人|儿子|孙子|女婿|老头子?|闺女)(?:会|能|来|给|帮我)?"
    r"(?:换|修|装|弄|通|搞)(?!不)"
)
_ORDERED_LEAD = re.compile(
    "(?:大夫|医生|护士)(?:让|叫|喊|说|要求|建议)(?:我|他|她|得|要|去|接着|多)*$"
)
# 把肉送来我要做饭.
_MYSELF = re.compile(
    "(?:(?:我|俺|额|咱)(?:还|就|正)?(?:要|得|好|急着|赶着)|等着|急着|赶着|"
    "[我俺额咱]们?(?:也|还|就|得|要|想|来)*给(?:[他她]们?|孙[子女]|孩子|娃们?|闺女|女儿|儿子|老伴儿?|老头子?|一家子?))$"
)
# 老伴儿的药我自己拿
_BY_ONESELF = re.compile(
    "(?:[我俺额他她]|老头子?|闺女|儿子)(?:自己|自个儿?)(?:去|能|会|来|就)*[^不没]$"
)
# 我上午打针去, 老伴明早抽血去: who goes there, and needs nobody.
_GOES_TRAIL = re.compile(
    "去(?=$|了|呢|啊|的|，|[你完回就不下上中后明今晚早十]|[一二两三四五六七八九]点)"
)
_GOES_LEAD = re.compile("(?:[我俺额咱]|老伴儿?|老头子?|老婆子|儿子|闺女|媳妇)们?[^，。来]{0,7}$")
_FOR_ME = re.compile("[陪带领帮给替推送叫让派找请跟想]|要人")
# 我先看看啊冰箱里还冻着排骨: the caller looks.
_LOOKS = ("看看", "瞧瞧", "查查")
# 下午打完针五点来修水管: the caller's own, and over by then.
_DONE = re.compile(f"{DEED.pattern}完")
_FOR_US = re.compile("[来帮给替派][^，]{0,6}$")
_ALONE = re.compile("没人|不敢|[我很]怕")  # 要去拔牙没人陪 asks for company
_TOGETHER = re.compile("(?:一起|一块儿?|陪着?我|跟我|坐着)$")
_LOOKING = re.compile("(?:我|俺|额|让我|咱)(?:先|再|去|来|得)*$")
_COOKING = re.compile(
    "[做烧煮炒弄]顿?(?:点儿?)?好(?:吃)?的|[做烧煮炒弄](?:一桌子?|一顿|几个|两个|点儿?|些)?(?:午|晚|中|早)?[饭菜]"
    "(?!的|阿姨|师傅|保姆|人|嘛?吧|来)"
)
# 自个儿洗不了澡 asks for it.
UNABLE = re.compile("[洗擦剪]不[了动成着]")
_DENIED_LEAD = re.compile(
    r"(?:不用|不要|不想|甭|别|没|不会|不能|不敢|(?<![个位人的])会|爱|不|自己|自个儿|我来|勿要|唔使|包|在家|懒得|"
    r"烦|没劲|没力气|没法|没办法|没空|没心思|不爱|不用人|爱人|儿子|闺女|女儿)(?:会|再|给我|来|去|人|帮我|把)?$"
)
TROUBLE = re.compile(
    "堵|漏|坏|跳闸|不着|没电|不亮|不转|不制冷|管裂|爆|渗水|不通|不畅|塞|短路|停电|断电|没得电|家里没水"
)
_ON_BATTERIES = re.compile("收音机|血糖仪|遥控|手电|闹钟|门铃|手机|血压计|秤|表")
_USE_LEAD = re.compile(
    r"(?:(?:要|得|想)去|(?<![陪带领送跟帮替给让叫着扶推搀])[我俺额咱](?:先|还|正)?去|打|用来|用|学人家|等着|等|(?<!越[早快]越)(?<!不)(?<!不太)(?<!不大)好|回来|回去|"
    r"(?<![帮给替陪推])[我俺额](?:刚才?|就|早上)?(?:出去|下楼|出门|上街)|"
    r"放假|学(?:着|会|一下|怎么)?|(?<!陪我)(?<![帮替给]我)(?<!你)去(?:[^，来要给]{0,3}医院|诊所|卫生院|卫生所|卫生站|社区|街道|门诊|药店|澡堂|浴室|理发店))$"
)


@dataclass(frozen=True)
class ServiceMention:
    """A service named or described at `[start, end)`; `plain` where a phrase says it alone.

    `told` marks one that belongs to a story: done already, or somebody else's business. `words`
    are where the thing and its trouble stand.
    """

    sense: Sense
    start: int
    end: int
    plain: bool
    told: bool = False
    words: tuple[tuple[int, int], ...] = ()

    def is_within(self, spans: Iterable[tuple[int, int]]) -> bool:
        """Whether a span covers what it is told by, as 午饭前 does the meal and 三号 the 号."""
        return any(
            start <= word[0] and word[1] <= end for start, end in spans for word in self.words
        )


def as_told(text: str, mention: ServiceMention) -> ServiceMention:
    """The mention, marked where it belongs to a story, a denial or a thing's purpose."""
    lead, trail = text[max(0, mention.start - 14) : mention.start], text[mention.end :]
    deed = mention.plain or DEED.search(text, *mention.words[-1])
    said = text[mention.start : mention.end]
    near = text[max(0, mention.start - 14) : mention.end + 3]
    battery = _ON_BATTERIES.search(near) and ("电池" in text or "没电" in said)
    if _ORDERED_LEAD.search(lead):
        return mention
    told = (
        battery and mention.sense.word != "上门护理"
        or (deed and _TOLD_LEAD.search(lead))
        or (mention.plain and _STUFF_TRAIL.match(trail))
        or deed and trail.startswith(_USED)
        or _TOLD_TRAIL.match(trail) and (deed or not trail.startswith("的时候"))
        or mention.sense.word in _MEALS and _EATEN_TRAIL.match(trail)
        or mention.plain and not TROUBLE.search(said) and _LIKE_TRAIL.match(trail)
        or deed and _ELSEWHERE_TRAIL.match(trail)
        or _MENDED_TRAIL.match(trail)
        or is_at_work(text, mention.start, mention.end, mention.words)
        or deed and _BY_ONESELF.search(said)
        or _DENIED_LEAD.search(lead) and not UNABLE.search(said)
        or _USE_LEAD.search(lead) and not _ALONE.search(said)
        or _DONE.search(said) and not _FOR_US.search(lead)
        or said.startswith(_LOOKS) and _TOGETHER.search(lead)
        or said.startswith(_LOOKS) and _LOOKING.search(lead)
        or _MYSELF.search(lead) and _COOKING.match(text, mention.start)
        or _GOES_TRAIL.match(trail) and _GOES_LEAD.search(lead) and not _FOR_ME.search(lead)
    )
    return replace(mention, told=bool(told))
