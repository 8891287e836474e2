"""Whether a time said is wished for, or belongs to a story, a refusal or the past."""

from __future__ import annotations

import re
from datetime import date

from nlu.amounts.measures import amount_said
from nlu.cues import FILLER, TENDS
from nlu.patterns import patterns
from nlu.times.feasts import is_what_for
from nlu.times.timephrase import TimePhrase

_KIN = r"(?:儿子|闺女|女儿|姑娘|老伴|媳妇|家里|屋里|老头子?|老婆子?|孙子|孙女|我|俺|额|咱|我们)"
_COOKS = (
    "(?:[炖炒煮熬蒸炸烙腌煲涮焖卤煨烤擀]|烧(?!饼|麦|卖|鸡|鹅|酒)|"
    "包(?:点|些|个|顿)?(?:饺|水饺|馄饨|抄手|云吞|包子|粽|汤圆|元宵|春卷|百叶|团|扁食|角子))"
)
_WISH = re.compile(
    rf"{_KIN}{{0,2}}(?:都|才|就|也|肯定|一直)?(?:在家|在屋|有人|有空|方便|得空)(?!吃|带|做|待|看|"
    rf"睡|打|带)|"
    r"送|(?<!过)来(?!了)(?:人|个|位|我|俺|他|给|帮|修|取|拿|做|烧|剪|理|洗|打|擦|吧|就|一|趟|弄|坐|搞|通|看|瞧|瞅|瞄|望(?!我|老)|鼓捣|归置|拆|清|刷|搓|接|推|陪|"
    r"中|"
    r"行|成|可|不|两|三|四|五|六|七|八|九|十|俩|半|"
    r"点|把|桶|袋|箱|瓶|喊|叫|掏|收|搬|捏|按|量|护|教|整|查|装|换|开|点|得|要|哈|嘛|嘞|噢|哦|啊|哟|"
    r"取|$)|"
    r"(?:给|帮|替|跟|同|为)(?:我|俺|额|咱|阿拉|我们|老伴|老头|他|她|佢|家里|老太|我妈|我爸|我娘)|"
    r"给(?:送|派|修|来|做|弄|带|捎|看|找|安|整|办|换|"
    r"量|剪|取|拿|打|装)|"
    r"帮(?:忙|着|手|下)?|派|叫(?:人|个|师傅|位|他|小)|找(?:人|个|位|师傅)|喊(?:个|人|师傅|位)|"
    r"请(?:个|位|人|师傅|阿姨|钟点|护士|护工)|安排|(?<!跟人)(?<!别人)约(?!好|了(?:人|[^，]{0,3}[打搓下跳看吃逛]))|"
    r"(?:想|得|就|都|只|再|也|我|俺|"
    rf"额)?要(?!{_COOKS}|[去在走到出回上看打做陪接跟和给来带赶开交用搬住参请吃喝办])|上门|"
    r"过来(?!打(?:牌|麻将|[一两二三几]圈)|吃|喝|玩|耍|坐坐|搓|下棋|聚)|"
    r"(?:给|来)(?:我|俺|额)?(?:拾掇|归置|收拾|鼓捣|捣鼓)|"
    r"有个?人(?:跟|陪|帮|给|领|带|搀|扶|推)|跟着[我俺]|"
    r"就行|就成|就中|就好|就可以|就得|成不|行不|中不|好不|得不|可以不|可以吗|行吗|好吗|成吗|好伐|"
    r"得唔得|要得|吧|陪|推(?:我|他|她|老|阿婆|阿公)|教|修|擦|洗|通|剪|理|换|挂|"
    r"取|拿|收(?=[去走]|起走)|按|量|打扫|捎|带(?!.{0,3}(?:媳妇|孩|孙|娃|女朋友|崽|囡|伢))|称(?!了|体重|一称)|整|割|买|订|弄|搞|开锁|送货|到(?:货|"
    r"家|就)"
)
_STORY = re.compile(
    rf"{_COOKS}[^，来送给]{{0,3}}[用吃喝]|已经|聚餐|聚会|祭灶|祭祖|上坟|扫墓|要{_COOKS}|要(?:考|开学|手术|搬|走|出差|结婚|请客|上供|祭|过生日|[下落]雨|[下落]雪|降温|停水|停电)|血压(?:都|有|到)?[一二]百|饿|忌日|周年|还?要(?:打|做|炒|煮|包|熬|炖|请(?!个|位|一|人|师|阿姨|钟点|护|保姆|你)|吃|喝|开|去|赶|回|接)|"
    r"不在|没在|(?:我|俺|额|人)在(?!家|屋)|(?:我|俺|额)?(?:要|得|想|还要|还得|先|就|正)?(?:去|上|"
    r"到)(?!医院|取|拿|帮|看病|给|我家|家里)|"
    r"就(?:剩)?[我俺额]一个|回来|回家|下了|刮|打完|刚|才(?!送|来|方便|在家|有空|有人|能送|能来)|就没|下过|摔|放学|放假|"
    r"上学|上班|下班|"
    r"要?休息|要赶|赶火车|走了|出门|出去|吃饭|不安逸|不得劲|不自在|不好受|不爽快|血压(?:有点|又|还|偏)*[高低]|(?:老|总|直|有点|又|在)+(?:咳嗽|感冒|上火|头晕)|(?:吃|喝)(?!完)|吃斋|多少钱|啥价|什么价|吃素|拜拜|"
    r"上供|吃的|吃了|吃过|满月|过生日|生日|过年|结婚|喝喜酒|请客|"
    r"(?:我|俺|额|咱)?(?:家|屋)里?头?(?:要|会|得)?来(?:人(?!修|洗|擦|通|弄|搞|做)|客)|"
    r"来客|有客|都在|老是|总|天天|梦|睡|听说|说是|说好|约好|还没|要用|不舒服|疼|"
    r"要来(?!人|个)|来(?:了|的时候|过|住|看我|家里吃|吃|做客|玩)|开席|天气|天儿|怎么|雪|雨|冷|热得|"
    r"想买|想要买|想起|我(?:儿|女|孙|闺|外|侄|妹|弟|姐|"
    r"哥|嫂|老)|亲家|买的|要的|订的|送的|约的|打的|定的|吃药|一顿|起|一直|从|去了|懒得|没胃口|闹|"
    r"把腰|把脚|听见|抽筋|"
    r"疼得|没|不(?:用|着急|忙)"
)
REFUSED = re.compile(
    rf"(?:{FILLER}|个|的|可|都|就|千万|你们?|先|可千万|那天|当天|这天)*(?:别(?!的|太|忒|忘|误|耽误|迟|漏|(?:给|再|又)?我?(?:搞|弄|记|搅|听|说)(?:错|混|反|到一|岔|乱))|不要|甭|不用|莫|不行|不成|不中|"
    rf"没空|不买|不订|"
    rf"不得空|唔得|不方便|勿要|不来|不送|没人(?!{TENDS})|不在|"
    rf"再(?:说|讲|定)(?!一|遍)|冇人|无人|(?:我|俺|额|咱|家里|屋里)们?(?:也|都|又|正好|恐怕|怕是)*(?:没空|没时间|没工夫|有事|没人(?!{TENDS})|冇人|不在|不方便|不得空|不得闲|来不及)|有事|送?就?(?:来不及|晚了|太晚|迟了)|没工夫|不得闲|唔得闲|唔好|覅)"
)
REFUSED_LEAD = re.compile(
    r"(?:别|不要|甭|不用|莫|不是|勿要|唔好|唔系|(?<!能)不能|不想|唔使|除了|别在|别赶|不必)(?:等到?|"
    r"在|到|是|放|改|定在|安排在|赶|说|给我|拖到?|搁到|搞到|整到|挪到|推到|弄到|耽误到|晚到|超过|捱到|挨到)?$"
)
_STORY_LEAD = re.compile(
    r"(?:(?:吃|喝|用|够|管|撑|剩|住|哭|闹|吵|响|滴|漏|站|走|跑|干|做|病|咳|疼|烧|刮|坐|画|打|练|唱|跳|讲|骂|待|留|躺|玩|睡|等|排|挨)(?:不)?到|一直\S{0,3}到|下到|忙到|等到|熬到|过完|打从|直到|自从|从|睡到|打到|聊到|看到|早过|上过|"
    r"说好|说好的|梦见|乐意|爱|喜欢|习惯|就好|连着|每逢|每到|"
    r"每)$"
)
_SOON_TRAIL = re.compile(
    rf"(?:{FILLER}|的|你们?|赶?快|能不能|可以|能|先)*(?:就(?!缺|剩|差|想|有|没|这|一个|是|好$)|给|帮|叫|派|找|揾|嚟|喊|来|送|过来|上门|修|"
    rf"要(?!去|走)|安排|请|通|上|拿|取|到|打发|把|"
    rf"弄|开|$)"
)
_THAT_DAY = re.compile("那天|当天|这天|那日")
# 这几天牙疼: how long it has been so, unless somebody is to come right then.
# 三月份买的洗衣机, 礼拜三修的水管: when it was got or mended.
_GOT = re.compile(
    "(?:才|刚|新|我|俺|额|儿子|闺女|女儿|女婿|孙子|给我|叫人|请人|他们|你们|在|从|去|那会儿?|那阵子?|的时候)*"
    "(?:买|装|换|修|安|通|配|洗|擦|剪|理|打|做|领|开)(?:来|回来|上|好|过)?的(?!时候|话|人|师傅|吧|哈|就|也|[一二两三四五六七八九十半]|$)"
)
AHEAD = ("明", "后", "大后", "外后", "老后", "下", "今", "赶明")
_LATELY = re.compile("[这近]")
_AT_ONCE = 3
_SELF = ("我", "俺", "额", "咱")
_OWN = re.compile("就?(?:要|得)(?!你们|人|用)|就(?:好|来|完|到家)")
_NOT_SOON = re.compile(
    r"等我一[会下]|[眯睡歇坐躺站]一会|等一?下|等会儿?|回头|刚才|到现在|等等|稍等"
)
CUES = patterns("timecues.tsv", {"FILLER": FILLER})
_FOR_A_WHILE = tuple("睡困眯躺坐歇聊玩耍看站走")
_REACH = 12
_SERVED = ("碗", "顿", "口")  # 中午一碗面晚上一碗粥
EITHER = re.compile("(?:来|都行|也行|可以)?(?:或者?|或是|要么)(?:是|说)?")
_SEASONS = ("冬天", "夏天", "春天", "秋天", "今年", "明年", "年底", "开春")
_WISH_LEAD = re.compile(
    "(?:送到|送|放到|放|改到|改|挪到|约|约在|定在|定|来|到|要|在|改成|换到|换|推到|就|太早)$"
)
# 好的不过得下午我上午打针
_MUST = re.compile(
    "(?:^|不过|就是|只是|但|但是|可是|可|必须|那|还是|[好行对]的?)(?:要|得|只能|最好|顶好)(?:是|在|等)?$"
)
_ONLY_SELF = re.compile(rf"(?:{FILLER}|我|俺|额|阿拉|因为|家里)*")
# 大后天上午嘛莲花白一个: the time that was settled upon.
# 虾两斤明天中午前其他的后天上午: what else there is comes at another time.
_CHOSEN = re.compile(
    "(?:嘛|吧|好了)(?!我|俺|他|她)|"
    "(?:其他|其余|别的|剩下|余下)(?:的|都|就)*(?![^，]{0,4}(?:时|天|日|事|人))"
)
# 明天热, 后天他生日: what is said of the day itself.
_WEATHER_LEAD = re.compile("[冷热闷潮晒](?:死)?(?:了|人|得很|啊|呀|哦|嘞)*$")
_UNLIKE = re.compile(f"(?:{FILLER})*(?:不|没|[我俺额咱他她冷热干闷下刮降])")
# 门牌换了，原先是十二号如今是十五号: a house, and no day.
_ADDRESS = re.compile("(?:门牌|房号|门号|地址|单元|[栋幢弄巷街路])[^，来送给要]{0,14}$")
_CORRECTS = re.compile("(?<!不)是$")
_EVERY = re.compile("(?:就|要|得)*[^再，]{0,5}?一?[回趟次遍针]")


def is_wished(text: str, phrases: list[TimePhrase], index: int, today: date) -> bool:
    phrase = phrases[index]
    until = phrases[index + 1].start if index + 1 < len(phrases) else len(text)
    after = text[phrase.end : until]
    lead = text[max(0, phrase.start - 8) : phrase.start]
    said = text[phrase.start : phrase.end]
    if not after and _THAT_DAY.match(text, phrase.end):
        return False  # 腊八那天不在家: what is said of that day decides
    refused = REFUSED_LEAD.search(text, max(0, phrase.start - 8), phrase.start)
    if refused and refused[0][-1] in "用要行" and index and (
        phrases[index - 1].end == refused.start() and _WISH.match(after)
    ):
        refused = None  # 今天不用明天送: it is the one before that is refused
    if REFUSED.match(after) or refused:
        return False
    if is_got(text, phrase) or CUES["told"].match(after) or is_what_for(lead, said, after):
        return False
    if phrase.vague and CUES["left to us"].match(after):
        return False
    put_to = CUES["put to"].search(lead) and CUES["there"].match(after)
    if phrase.window and (put_to or CUES["moved to"].search(lead)):
        return True
    if said.endswith("号") and _ADDRESS.search(text, max(0, phrase.start - 20), phrase.start):
        return False
    put_off = lead.endswith("等到") and CUES["put off to"].match(after, 0, 3)
    if _STORY_LEAD.search(lead) and not put_off:
        return False
    if said.startswith("隔") and _EVERY.match(after):
        return False  # 隔一天来一回
    counted = amount_said(text, phrase.end)
    if said in _SEASONS or counted is not None and counted.unit in _SERVED:
        return False
    if said.startswith("一会") and lead[-1:] in _FOR_A_WHILE:
        return False  # 中午要睡一会儿
    if phrase.soon and said.startswith("越"):
        return True
    if phrase.soon and not after and index + 1 < len(phrases) and phrases[index + 1].past:
        return False  # 现在天天有五花肉
    if phrase.soon:
        if lead.endswith(_SELF) and _OWN.match(after):
            return False  # 我马上要赶车
        if _NOT_SOON.search(lead[-2:] + said):
            return bool(re.match(r"(?:再)?(?:送|来(?!几|两|三)|给我送|过来)", after))
        return bool(_SOON_TRAIL.match(after)) and not re.match("(?:就)?想", after)
    wish, story = _WISH.search(after), _STORY.search(after)
    if wish is None and _WEATHER_LEAD.search(lead):
        return False  # 好冷啊今天
    wish_first = wish is not None and (story is None or wish.start() <= story.start())
    if wish and story and wish.start() == story.start() and story[0].startswith("要"):
        wish_first = False  # 明天要降温
    if CUES["taken back"].match(after) and index + 1 < len(phrases):
        return not phrase.past
    if EITHER.fullmatch(after) and index + 1 < len(phrases):
        return is_wished(text, phrases, index + 1, today)
    if CUES["predicate"].match(after) or (
        said.endswith("开始") and CUES["event"].search(lead)
    ):
        return False
    if CUES["people"].search(lead) and CUES["they"].match(after):
        return False
    if not phrase.past and (CUES["comes"].match(after) or _errand(text, after, lead)):
        return True
    if _is_own_errand(after, lead):
        return False
    if phrase.past:
        too_late = phrase.hours is not None and (phrase.days or (today,))[0] >= today
        return too_late and (story is None or wish_first)
    if wish is not None and wish_first:
        if phrase.vague and _LATELY.match(said) and wish.start() > _AT_ONCE:
            return False
        done = "了" in after[: wish.start()] and wish.start() > 2
        return wish.start() <= _REACH and not done
    if story is not None and story.start() <= _REACH:
        return False
    before = phrases[index - 1] if index else None
    if before and REFUSED_LEAD.search(text, max(0, before.start - 8), before.start) and (
        _WISH_LEAD.fullmatch(text, before.end, phrase.start)
    ):
        return False  # 别今天来今天我有客
    return _stands_alone(text, phrase, after, lead)


def is_got(text: str, phrase: TimePhrase) -> bool:
    """Whether something was got or mended then."""
    ahead = text.startswith(AHEAD, phrase.start)
    return not ahead and _GOT.match(text, phrase.end) is not None


def is_told(after: str) -> bool:
    """Whether a story or a refusal goes on from a time, and not a thing as in 明天排骨三斤."""
    return bool(_STORY.search(after) or REFUSED.match(after) or _UNLIKE.match(after))


def _is_own_errand(after: str, lead: str) -> bool:
    """我上午得去给老伴上坟, 下半天我要困觉; or 医院的号是九点的, when something else is."""
    if CUES["appointment"].search(lead) and after.startswith("的"):
        return True
    if CUES["self"].search(lead):
        return CUES["own errand"].match(after) is not None
    begun = CUES["self begins"].match(after)
    return begun is not None and CUES["rest"].match(after, begun.end()) is not None


def is_taken(text: str, phrase: TimePhrase) -> bool:
    """Whether somebody does something else then: 下半天我要困中觉, 我九点才起得来."""
    lead, after = text[max(0, phrase.start - 8) : phrase.start], text[phrase.end :]
    if _is_own_errand(after, lead) or CUES["own time"].match(after):
        return True
    return bool(CUES["people"].search(lead) and CUES["they"].match(after))


def _errand(text: str, after: str, lead: str) -> bool:
    """明天下午去帮我取药, 下周一我去复查派个人陪我: somebody is to go."""
    if CUES["appointed"].match(after) and CUES["accompanied"].search(text):
        return True
    if CUES["outing"].match(after) and CUES["pushed"].search(text):
        return True
    if CUES["registered"].match(after) and CUES["registering"].search(text):
        return True
    return bool(
        CUES["goes"].match(after)
        and CUES["for me"].search(text)
        and not re.search("[我俺他她额家伴]$", lead)
    )


def _stands_alone(text: str, phrase: TimePhrase, after: str, lead: str) -> bool:
    """明天上午三斤土豆, 送三斤土豆明天上午: a time that nothing is told of."""
    if re.fullmatch(rf"(?:{FILLER}|的|行|好|就|可以|左右|前后|之前|以前|成|中|不)*", after):
        return True
    if phrase.vague:
        return False
    if _CHOSEN.match(after):
        return True
    if _CORRECTS.search(lead) and after.startswith("不是"):
        return True
    if _MUST.search(lead) and _ONLY_SELF.fullmatch(after):
        return True
    return bool(_WISH_LEAD.search(lead)) or amount_said(text, phrase.end) is not None
