"""Which of the options that were read is meant: 头一个, 要便宜的, 大的太沉了小的吧, 二十斤的."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from nlu.amounts.measures import in_jin
from nlu.amounts.numerals import numeral_at
from nlu.amounts.quantities import Amount
from nlu.answers.uses import by_use, hidden
from nlu.catalogue import Product
from nlu.sounds.sound import SLACK, distance, readings

# Only of few words may one stand for another by its sound.
_SHORT = 8
_PLACES = re.compile(
    r"(?<![跟和同与连])(?:第(?P<nth>[一二三四五六])|(?P<first>头[一1]|打头|最前|前面|前头|前一|先头|先说|上面|上头)"
    r"|(?P<last>最后|末了|末尾|后面|后头|后一|后说|后边|下面|下头|后者|尾))"
    r"(?:头|一)?(?:那|的)?(?:个|样|种|款|只|袋|瓶|桶)?"
    r"|^(?:就|要|选|嗯|那|来)*(?P<bare>[一二三四五六])(?:号|吧|个)?$|(?<![大小])(?P<number>[一二三四五六])号|(?P<middle>中间|当中|正中)"
)
_PRICES = re.compile(
    r"(?P<dear>贵|粗(?!粮)|(?<!风)(?<!风好)(?<!雨好)(?<!声音)大(?!米|豆|葱|蒜|白菜|家|概|约|夫|妈|爷|姐|哥)|多的|重的|沉的)|"
    r"(?P<cheap>便宜|细(?!心)|小(?!米|时|心|白菜|青菜|伙|姑|子)|(?<!刺)少的|轻|[提拎扛搬抱背]得[动起]|贱|相因|平(?=[的啲嘅点]))"
)
_MEATY = re.compile("荤(?=的|馅)")
_COSTS = re.compile(
    "(?P<yuan>[一二两三四五六七八九十百]+)(?:(?P<unit>块|元)钱?(?:[一二三四五六七八九]毛?)?)?(?:一[条斤个只袋桶瓶])?(?=的|那)"
)
# 三十多块那个, 五十几块的
_COSTS_ABOUT = re.compile("(?P<tens>[二三四五六七八九])?十(?:多|几|来)(?:块|元)钱?(?=的|那)")
_NUMBERED = re.compile("^([一二三四五六七八九])号")
# 都一样: no one of them, whatever it sounds like.
_WHICHEVER = re.compile("一样|差不多|随便|随你|无所谓|都(?:行|可以|好|成|中)")
_FIGURES = re.compile("[0-9]+号")
_REFUSED_LEAD = re.compile(
    r"除[了开去](?:那个|那|这个|这)?$|(?:太|忒|嫌|恁)$|[提扛拎拧抱搬背吃咬嚼拿][不勿唔](?:动|了|起|来|得)(?:那个|那|这个|这)?$|嫌(?:那个|那|这个)?$|(?:(?<![哦噢啊哎呃唉诶])不(?:要|是|让|许|准|敢|能|得|想|爱|吃|喜欢|用|买|拿|送|来|带|放|含|加|太)+|(?:别|甭|莫|勿|唔|嫑)(?:要|是|让|许|准|敢|能|得|想|爱|吃|喜欢|用|买|拿|送|来|带|放|含|加)*)(?:那个|那|这个|这|太)*$|(?<!有)没(?:得|有)?$"
)
_REFUSED_TRAIL = re.compile(
    r"(?:袋|瓶|桶|包|个|号|种|样|装|盒|罐|一|儿|子|的|那|就|我|俺|又|也|都|是|可|怕|太|吃)*"
    r"(?:不(?:爱|要|想|喜欢|能|敢|让|许|准|中意|好)?(?:吃|喝|用|要|拿|买)?了?(?=$|[，。啊呀的就还我俺你要来给那]|[^，要]{1,4}(?:也|都)[不别])|太|忒|[吃用喝]不(?:完|掉|清|赢)|[吃用抱拎扛提搬背咬]不[动了起来](?!(?:那个|那|这个)?[大小贵])|(?:一个|[^来要就小大，一二两三四五六七八九十]){0,10}?[扛搬提拎拿背抱咬嚼啃][不勿唔][动了起上得下来](?!了?(?:那个|那|这个)?(?:[大小贵]|[一二三四五六七八九十]+斤))|[一两二三四五六几]天就?[吃用喝](?:完|光|没)|[^来小大，一二两三四五六七八九十不没]{0,8}(?<!不)(?<!不会)(?:要|会|容易|又|得)*(?:[招长生]虫|发霉|受潮|回潮|返潮|放坏|会坏|[都就]?陈了|放陈)|[^来小大，不没]{0,6}[吃用喝]不[完了](?:要|会|就|都|又|得|该|怕)*(?:[招长生]虫|坏|发霉|陈|潮|浪费)|[吃用喝][^来小大，]{0,3}[年月][^来小大，]{0,2}陈|[^来要小大，一二两三四五六七八九十]{0,6}?[倒放搁装塞摆存盛]不[进下了]|放不|咬不|浪费|不(?:够|划算|合算|经|值|顶|耐|实惠)|划不来|(?:上[次回]|老|总|都|又|回回)+(?:得|要)?(?:长|生|招)虫|[一两二三四五六几]天就(?:没|见底)|吃到(?:哪|猴|啥|什么|明年|过年)|老得|坏|沉|重|贵了|莫|甭|别|勿|唔|没(?![^，]{1,3}(?:咋|怎么|哪|不|吃))|吃腻|嫌)"
)


# 十斤的吧二十斤的我倒不进米缸: what is settled upon, whatever is said of the other.
_SETTLED_LEAD = re.compile("(?:就要|还是|那就|就来|给我来|就拿)(?:那个?|这个?)?$")
_SETTLED_TRAIL = re.compile(
    "(?:装|一)?[的个种袋桶包瓶盒箱]*(?:那[个种袋桶包瓶])?(?:吧|就(?:行|好|成|中|得|可以|够)|得了)(?!不)"
)
# 不要头一个要另外那个, 花生的菜籽的都不要剩下那个吧
_THE_OTHER = re.compile("(?:剩下?|余下|另外|另)的?(?:那|一)(?:个|种|样|款|桶|袋|瓶|盒|板|提|条)")
_MEND = re.compile("不对|算了|不是|错了|改|要不|等等|哎|还是|不不")


@dataclass(frozen=True)
class _Pick:
    """An option that the words at `start` point to, or refuse."""

    start: int
    product: Product
    refused: bool
    settled: bool = False


def chosen(text: str, options: Sequence[Product], amounts: Sequence[Amount]) -> Product | None:
    """The one option that is meant, or None where the words leave more than one."""
    text = _MEATY.sub("肉", text)
    picks = sorted(_picks(text, options, amounts), key=lambda pick: pick.start)
    spoken_of = {pick.product.sku for pick in picks}
    rest = [option for option in options if option.sku not in spoken_of]
    if picks and len(rest) == 1 and _THE_OTHER.search(text, picks[-1].start):
        return rest[0]
    wanted = [pick for pick in picks if not pick.refused]
    if wanted:
        settled = [pick for pick in wanted if pick.settled]
        if settled and not _MEND.search(text, settled[-1].start):
            return settled[-1].product
        return wanted[-1].product
    refused = [pick.product for pick in picks]
    left = [product for product in options if product not in refused]
    if refused and len(left) == 1:
        return left[0]
    if picks or len(text) > _SHORT or _WHICHEVER.search(text):
        return None
    return _by_sound(text, options)


def is_refused(text: str, start: int, end: int) -> bool:
    """大的太沉了, 花生油吃不起: whether what stands there is named to be left."""
    lead, trail = _REFUSED_LEAD.search(text, 0, start), _REFUSED_TRAIL.match(text, end)
    return bool(lead or trail)


def _picks(
    text: str, options: Sequence[Product], amounts: Sequence[Amount]
) -> list[_Pick]:
    found: list[_Pick] = []

    def pick(start: int, end: int, product: Product) -> None:
        refused = is_refused(text, start, end)
        if product.is_service:  # 电视没影 is what is wrong with it
            refused = _REFUSED_LEAD.search(text, 0, start) is not None
        settled = _SETTLED_LEAD.search(text, 0, start) or _SETTLED_TRAIL.match(text, end)
        found.append(_Pick(start, product, refused, bool(settled)))

    told = by_use(text, options)
    for start, end, product in told:
        pick(start, end, product)
    text = hidden(text, [(start, end) for start, end, _ in told])
    by_price = _by_size(options)
    for match in _PRICES.finditer(text) if by_price else ():
        pick(*match.span(), by_price[-1 if match["dear"] else 0])
    placed: list[tuple[int, int]] = []  # 面 of 前面 is no mark
    for match in _PLACES.finditer(text):
        said = match["nth"] or match["bare"] or match["number"]
        place = "一二三四五六".index(said) if said else -1 if match["last"] else 0
        if match["middle"]:
            place = 1 if len(options) == 3 else len(options)
        if place < len(options):
            pick(*match.span(), options[place])
            placed.append(match.span())
    for amount in amounts:
        weight = in_jin(amount)
        packs = [product for product in options if weight and product.pack_jin == weight]
        if len(packs) == 1:
            pick(amount.start, amount.end, packs[0])
    for start, end, product in [*_by_price(text, options), *_by_number(text, options)]:
        pick(start, end, product)
    for at, product in _own_marks(hidden(text, placed), options):
        pick(*_part(text, at, product), product)
    return found


def _by_size(options: Sequence[Product]) -> list[Product]:
    """The options from small to large: by their price, or 七号 before 五号; none where all are
    alike."""
    numbers = {o.sku: n[1] for o in options if (n := _NUMBERED.search(o.name))}
    if len(numbers) == len(options):
        order = "九八七六五四三二一"
        return sorted(options, key=lambda product: order.index(numbers[product.sku]))
    if len({option.price_fen for option in options}) == 1:
        return []
    return sorted(options, key=lambda product: product.price_fen or 0)


def _by_price(text: str, options: Sequence[Product]) -> list[tuple[int, int, Product]]:
    """三十二块九的, 六十二的那个: the one that costs so much."""
    found = []
    for match in _COSTS.finditer(text):
        numeral = numeral_at(text, match.start("yuan"))
        if numeral is None or numeral.vague:
            continue
        so_heavy = any(numeral.value in (o.pack_jin, *o.inner.values()) for o in options)
        at = [
            o for o in options
            if o.price_fen and numeral.value in (o.price_fen // 100, -(-o.price_fen // 100))
        ]
        if so_heavy and not match["unit"]:
            at = [o for o in options if o.pack_jin == numeral.value]  # 二十的那袋
        if len(at) == 1:
            found.append((*match.span(), at[0]))
    for match in _COSTS_ABOUT.finditer(text):
        tens = 10 * ("一二三四五六七八九".find(match["tens"] or "一") + 1)
        at = [o for o in options if o.price_fen and tens <= o.price_fen // 100 < tens + 10]
        if len(at) == 1:
            found.append((*match.span(), at[0]))
    return found


def _by_number(text: str, options: Sequence[Product]) -> list[tuple[int, int, Product]]:
    """5号: what is written with a figure in one option's names alone."""
    return [
        (*match.span(), having[0])
        for match in _FIGURES.finditer(text)
        if len(having := [o for o in options if match[0] in _said_of(o)]) == 1
    ]


def _part(text: str, at: int, product: Product) -> tuple[int, int]:
    """The part of the name about its own mark at `at`: 大豆油 of 除了大豆油, 花生 of 花生的不要."""
    start, end = at, at + 1
    while start and text[start - 1 : start + 1] in product.name:
        start -= 1
    while end < len(text) and text[end - 1 : end + 1] in product.name:
        end += 1
    return start, end


def _own_marks(text: str, options: Sequence[Product]) -> list[tuple[int, Product]]:
    """Where the text has a character that only one option has in its names, spec and unit."""
    found = []
    for at, char in enumerate(text):
        if "\u4e00" <= char <= "\u9fff" and char not in "的一个要来大小不坏修了好":
            having = [product for product in options if char in _said_of(product)]
            if len(having) == 1:
                found.append((at, having[0]))
    return found


def _by_sound(text: str, options: Sequence[Product]) -> Product | None:
    """要漏的: 肉, of the two that were read."""
    names = {product.sku: set(product.name) for product in options}
    found = set()
    for product in options:
        others = set().union(*(names[o.sku] for o in options if o is not product))
        for mark in names[product.sku] - others:
            near = (_distance(mark, char) for char in text)
            found |= {product.sku} if min(near, default=9) <= SLACK else set()
    return next((p for p in options if p.sku in found), None) if len(found) == 1 else None


def _distance(one: str, other: str) -> float:
    return min((distance(a, b) for a in readings(one) for b in readings(other)), default=9.0)


def _said_of(product: Product) -> str:
    return product.name + product.spec + product.unit + "".join(product.aliases)
