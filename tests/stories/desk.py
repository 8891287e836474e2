"""The desk in a story: telephones that ring there, callers who wait, and who hangs up first."""

from datetime import timedelta

import sqlalchemy as sa

from ivr.softphone import Handset
from ivr.waiting import Waiting
from tests.conftest import OURS
from tests.stories.town import PATIENCE, Town

ANA_RINGS_AT, IVO_RINGS_AT = "+12025550191", "+12025550192"


def asks_for_a_person(place: Town, who: Handset) -> None:
    who.dial(OURS)
    who.hears("要人工请按零")
    who.presses("0")
    who.hears("我给您转人工")


def takes_the_call(telephone: Handset, words: str = "接听请按一") -> None:
    telephone.rings_within(PATIENCE).answers()
    telephone.hears(words)
    telephone.presses("1")


def hear_each_other(caller: Handset, clerk: Handset) -> None:
    """They are put through: nothing less than both hearing is a bridge."""
    caller.says("喂，听得见吗")
    clerk.hears("喂，听得见吗")
    clerk.says("听得见，您请说")
    caller.hears("听得见，您请说")


def keeps_a_place(place: Town, who: Handset) -> None:
    """Who waits goes, and is to be rung back when it is her turn."""
    asks_for_a_person(place, who)
    who.hears("不想等，请按一")
    who.presses("1")
    who.hears("位置给您留着")
    who.is_over_within()


def is_rung_back_in_place_of_waiting(place: Town, who: Handset, telephone: Handset) -> None:
    """Nobody at the desk is free; who waits goes, and is put through once `telephone` is."""
    telephone.is_owned_by("busy")
    keeps_a_place(place, who)

    telephone.is_owned_by("person")
    place.passes(timedelta(seconds=40))
    who.rings_within(PATIENCE).answers()
    who.hears("您刚才要找人")
    takes_the_call(telephone)

    hear_each_other(who, telephone)


def places(place: Town) -> list[Waiting]:
    with place.house.db.reading() as session:
        return list(session.scalars(sa.select(Waiting).order_by(Waiting.enqueued_at)))
