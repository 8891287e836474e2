"""What is read to her may be gone when she presses its key."""

import sqlalchemy as sa

from orders.catalogue import CatalogueVersion, Product
from orders.lifecycle import State
from tests.stories.town import Town


def goes_off_sale(place: Town, sku: str) -> None:
    """The catalogue is loaded anew, and this is no longer in it."""
    with place.house.db.begin() as session:
        session.get_one(Product, sku).on_sale = False
        session.execute(sa.update(CatalogueVersion).values(number=CatalogueVersion.number + 1))


def test_a_key_for_what_has_just_gone_is_answered_kindly_and_asked_on(place: Town) -> None:
    place.mei_orders("要一袋大米再要几个苹果")
    place.mei_picks_up()
    place.mei.hears("大米请按一")
    goes_off_sale(place, "rice-10")

    place.mei.presses("1")

    place.mei.hears("刚刚没有了")
    place.mei.hears("要哪一种")
    place.mei.presses("1")
    place.mei.hears("苹果您要多少")
    place.mei.says("四个")
    place.mei.hears("对吗")
    place.mei.presses("1")
    order = place.reaches(State.AWAITING_APPROVAL)
    skus = [line.sku for line in order.lines]
    assert skus[1:] == ["apple"] and skus[0].startswith("rice-") and skus[0] != "rice-10"
