"""What she let the family do ends when she says so by telephone, and whoever it was is told."""

import sqlalchemy as sa

from family_link import alerts
from family_link.alerts import Alert
from orders.consents import Consent
from orders.customers import household
from orders.people import Author, Role
from orders.relatives import Link, link, register, standing
from tests.conftest import BO, MEI, OURS
from tests.stories.town import Town
from voiceapp.phone import Phone


def linked(place: Town) -> list[str]:
    """Who may see Mei's orders."""
    with place.house.db.reading() as session:
        mei = household(session, Phone(MEI))[0]
        return [row.relative.name for row in standing(session, mei.id)]


def bo_is_linked(place: Town) -> None:
    with place.house.db.begin() as session:
        mei = household(session, Phone(MEI))[0]
        link(session, mei, register(session, "伯", Phone(BO)), "儿子")


def mei_asks(place: Town, words: str) -> None:
    place.mei_says(words)
    place.mei.hears("我马上给您打回去，问清楚再办")
    place.mei.is_over_within()
    place.mei_picks_up()


def test_a_link_is_revoked_by_telephone_after_a_yes_to_the_name(place: Town) -> None:
    lin = place.lin_signs_in()
    assert "王梅" in lin.opens("/family/parents").seen

    mei_asks(place, "别让我闺女看我的单子了")
    place.mei.hears("以后不让女儿林看您的单子，是吗")
    place.mei.says("是的")
    place.mei.hears("女儿林以后看不到了")

    assert "已经取消" in place.lin.reads("关联已经取消")
    assert "王梅" not in lin.opens("/family/parents").seen
    assert linked(place) == []


def test_a_no_leaves_the_link_as_it_is(place: Town) -> None:
    mei_asks(place, "取消关联")
    place.mei.hears("以后不让女儿林看您的单子，是吗")
    place.mei.presses("2")
    place.mei.hears("还照原来的")
    place.mei.is_over_within()

    assert linked(place) == ["林"]


def test_of_two_children_only_the_one_she_names_is_asked_about(place: Town) -> None:
    bo_is_linked(place)

    mei_asks(place, "不要让我儿子看我买啥了")
    place.mei.hears("以后不让儿子伯看您的单子，是吗")
    place.mei.presses("1")
    place.mei.hears("儿子伯以后看不到了")

    place.until(lambda: linked(place) == ["林"])


def test_the_key_that_the_consent_call_names_works_without_a_word(place: Town) -> None:
    bo_is_linked(place)
    place.mei.dial(OURS)
    place.mei.hears("您要什么")
    place.mei.presses("8")
    place.mei.hears("我马上给您打回去")
    place.mei.is_over_within()

    place.mei_picks_up()
    place.mei.hears("不让家里人看单子了，请按一")
    place.mei.presses("1")
    place.mei.hears("女儿林请按一，儿子伯请按二")
    place.mei.presses("2")
    place.mei.hears("以后不让儿子伯看您的单子，是吗")
    place.mei.presses("1")

    place.until(lambda: linked(place) == ["林"])
    assert place.orders() == []


def test_the_key_after_the_beep_leaves_nothing_for_the_desk(place: Town) -> None:
    noise = place.ears.voice("")
    place.ears.texts.clear()
    place.mei.dial(OURS)
    place.mei.hears("录音")
    place.mei.says_wav(noise, then="8")
    place.mei.hears("我马上给您打回去")
    place.mei_picks_up()
    place.mei.hears("请按一")
    place.mei.hangs_up()

    assert not any(place.asked_of_a_person(order) for order in place.orders())


def test_alerts_are_switched_off_by_telephone_and_the_ledger_says_so(place: Town) -> None:
    with place.house.db.begin() as session:
        row = session.scalars(sa.select(Link)).one()
        alerts.choose(session, row, {Alert.ODD_HOUR}, Author(Role.CHILD, row.relative_id))

    mei_asks(place, "别再提醒我孩子了")
    place.mei.hears("以后有什么事都不提醒您家里人，是吗")
    place.mei.says("对")
    place.mei.hears("以后不提醒他们了")

    assert place.lin.reads("不想再让家人收到提醒")
    with place.house.db.reading() as session:
        row = session.scalars(sa.select(Link)).one()
        consent = session.scalars(sa.select(Consent)).one()
        assert alerts.switched_on(session, row.id) == set()
    assert (consent.to_what, consent.words) == (alerts.NO_ALERTS, "对")
    assert consent.call_id is not None
