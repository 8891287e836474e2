"""Who pays is heard beside the order, at the read-back and in an answer."""

import pytest

from tests.nlu.utterances import said

OWN = (
    "来两斤鸡蛋我自己付", "给我送袋盐钱我自己出", "送十个馒头我自己掏钱", "两斤土豆钱我自己给",
    "来两斤排骨别让闺女付", "来两斤排骨不要紧记我账上",
    "来瓶醋别告诉闺女我自己付", "送一斤香菇货到我给钱", "来桶花生油我来付钱",
    "来两斤鸡蛋这回我自己来付别走我儿子的账", "要五斤土豆不用我女儿掏钱", "来瓶酱油钱我付",
    "两斤鸡蛋我有退休金我自己给钱", "来两斤苹果俺自个儿掏", "送袋盐货到付款",
    "来两斤鸡蛋叫闺女付算了还是我自己付吧",
)
NOT_OWN = (
    "来两斤鸡蛋", "来两斤鸡蛋叫我闺女付钱", "上回是我自己付的来两斤鸡蛋", "来两斤鸡蛋我不付",
    "来两斤鸡蛋我付不起让闺女付", "来两斤鸡蛋凭什么我付", "昨天我自己出钱买的烂了再来两斤土豆",
    "来两斤鸡蛋他自己付", "我自己出门买不动来两斤鸡蛋", "来两斤鸡蛋钱我闺女付",
    "来两斤鸡蛋我自己付算了还是叫闺女付吧",
    "是我自己付还是闺女付来两斤鸡蛋", "来两斤鸡蛋不用我付吧",
    "我自己给老伴做饭来两斤鸡蛋", "要是我自己付贵不贵来两斤鸡蛋",
)


@pytest.mark.parametrize("text", OWN)
def test_a_caller_who_pays_themselves_is_heard(text: str) -> None:
    out = said(text)

    assert (out["pay"], out["intent"]) == ("self", "order")


@pytest.mark.parametrize("text", NOT_OWN)
def test_who_pays_in_stories_questions_and_refusals_is_left_open(text: str) -> None:
    assert said(text)["pay"] is None


def test_who_pays_is_heard_at_the_read_back_too() -> None:
    out = said("对钱我自己付", "confirm", draft=[{"sku": "egg", "quantity": "2"}])

    assert (out["intent"], out["pay"]) == ("yes", "self")


def test_an_emergency_asks_nobody_who_pays() -> None:
    assert said("我摔了一跤起不来了我自己付")["pay"] is None
