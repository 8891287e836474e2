"""A clerk hears on a call that something is wrong, and is not left alone with it."""

from family_link.alerts import Alert, choose
from ivr.softphone import Handset
from orders.customers import household
from orders.people import child
from orders.relatives import standing
from tests.conftest import MEI
from tests.stories.browsing import Browser
from tests.stories.desk import asks_for_a_person, takes_the_call
from tests.stories.town import PATIENCE, Town
from voiceapp.phone import Phone


def her_page(place: Town) -> str:
    with place.house.db.reading() as session:
        return f"/desk/customers/{household(session, Phone(MEI))[0].id}"


def test_a_clerks_button_rings_the_other_clerks_and_the_family_while_she_talks(
    place: Town, ana: Browser, ana_rings: Handset, ivo_rings: Handset
) -> None:
    page = her_page(place)
    ana.opens(f"{page}/care").sends(
        "/care",
        address="幸福里3号楼2单元501", hint="", keys="对门刘姐有钥匙", illnesses="冠心病",
        neighbours="对门刘姐",
    )  # fmt: skip
    asks_for_a_person(place, place.mei)
    takes_the_call(ana_rings)
    place.mei.is_connected_within()

    ana.opens(page).sends("/emergency")

    assert "对门刘姐有钥匙" in ana.seen and "冠心病" in ana.seen
    ivo_rings.rings_within(PATIENCE).answers()
    ivo_rings.hears("急事")
    place.lin.rings_within(PATIENCE).answers()
    place.lin.hears("急事")
    place.mei.says("我喘不上气")
    ana_rings.hears("我喘不上气")


def test_a_clerks_ruling_on_words_of_distress_reaches_the_daughter_who_wants_it(
    place: Town, ana: Browser
) -> None:
    with place.house.db.begin() as session:
        (link,) = standing(session, household(session, Phone(MEI))[0].id)
        choose(session, link, {Alert.DISTRESS}, child(link.relative_id))

    ana.opens(her_page(place)).sends("/distress")
    ana.sends("/close", ruling="called_back")

    assert "已经给老人回了电话" in place.lin.reads("听起来不太好")
