"""Danger is heard whatever else is said, and talk of danger is not taken for it."""

import pytest

from tests.nlu.utterances import said

DANGER = (
    "我摔了一跤起不来了", "哎哟我跌在地上动不了了", "老伴从床上栽下来了叫不醒", "我胸口疼得厉害",
    "心口憋得慌喘不上气", "我喘不过气来了快来人", "他流了好多血止不住", "血一个劲往外冒按不住",
    "我这半边身子动不了嘴也歪了", "说话舌头打卷胳膊抬不起来", "老头子叫他不应推也推不醒",
    "她晕过去了怎么办", "修插座让电给打了一下手麻了", "屋里好大的煤气味", "厨房着火了",
    "电褥子冒烟了", "救命啊", "快叫救护车", "孙子噎住了脸发紫",
    "老伴在卫生间里滑了一下坐地上了怎么拉都拉不起来", "我妈从炕上掉下来腿伸不直了疼得直叫",
    "我家老头子一头倒下去了喊他没声儿", "我老婆子磕了后脑勺直淌血", "他突然脸煞白直冒冷汗",
    "老头躺地上没反应了咋喊都不应", "我爸嘴里呜噜呜噜说不成话",
    "我要两斤鸡蛋哎哟我胸口疼得喘不上气",
    "两斤肉哎呀不好我滑倒了起不来", "老婆子昏过去了", "我一头栽在厕所里了站不起来",
)
NO_DANGER = (
    "我就怕哪天摔了没人知道", "去年摔过一跤现在好了", "吓死我了来两斤鸡蛋", "累死了给我送袋米",
    "想问问摔伤的保险怎么办", "电视里头喊救命呢不是我", "前年得的脑中风现在说话不利索给我来斤豆腐",
    "煤气灶打不着火没漏气", "煤气费帮我交一下", "笑得我喘不上气", "路滑你们小心别摔了",
    "我孙子小时候从床上摔下来哭得喘不上气来两斤苹果", "听说三号楼着火了来两斤土豆",
    "我那救命的药快没了", "叫不醒的懒孙子给他来两袋方便面",
    "隔壁老王上个月摔断了腿", "万一着火了咋办你说", "体检抽了我两管子血", "热死了来箱啤酒",
)


@pytest.mark.parametrize("text", DANGER)
@pytest.mark.parametrize("dialogue", ["request", "confirm", "rating", "answer"])
def test_danger_now_comes_before_all_else(text: str, dialogue: str) -> None:
    out = said(text, dialogue, draft=[{"sku": "egg", "quantity": "2"}])

    assert out["intent"] == "emergency"


@pytest.mark.parametrize("text", NO_DANGER)
def test_fear_the_past_and_idioms_are_no_danger(text: str) -> None:
    out = said(text)

    assert out["intent"] != "emergency"
