"""How was it? Asked once things have come, kept in her words, and never pressed for."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from orders.escalations import Escalation, Reason
from orders.ratings import Rating
from orders.wanted_calls import Outcome, Purpose, WantedCall
from tests.stories.arranging import arrived
from tests.stories.town import PATIENCE, Town

TWENTY_MINUTES = timedelta(minutes=21)


def rated(place: Town) -> list[tuple[int, str]]:
    with place.house.db.reading() as session:
        rows = session.scalars(sa.select(Rating).order_by(Rating.at))
        return [(row.stars, row.words) for row in rows]


def outcomes(place: Town) -> list[Outcome | None]:
    with place.house.db.reading() as session:
        wishes = sa.select(WantedCall).where(WantedCall.purpose == Purpose.RATING)
        return [wish.outcome for wish in session.scalars(wishes)]


def rings(place: Town) -> list[int]:
    with place.house.db.reading() as session:
        return list(session.scalars(sa.select(WantedCall.rings)))


def reasons(place: Town) -> list[Reason]:
    with place.house.db.reading() as session:
        return list(session.scalars(sa.select(Escalation.reason)))


def mei_is_asked(place: Town) -> None:
    arrived(place, "egg")
    place.mei_picks_up()
    place.mei.hears("您满意吗")


@pytest.mark.parametrize(
    ("said", "kept"),
    [("挺好的，五分", (5, "挺好的，五分")), ("还行吧", (4, "还行吧")), ("太差了", (1, "太差了"))],
)
def test_what_she_says_is_a_mark_and_her_words_are_kept(
    place: Town, said: str, kept: tuple[int, str]
) -> None:
    mei_is_asked(place)
    place.mei.says(said)
    place.mei.hears("谢谢您")

    assert rated(place) == [kept]
    assert (Reason.LOW_RATING in reasons(place)) is (kept[0] <= 2)


def test_a_key_while_the_question_is_spoken_is_a_mark(place: Town) -> None:
    arrived(place, "egg")
    place.mei_picks_up()
    place.mei.presses("3")
    place.mei.hears("谢谢您")

    assert rated(place) == [(3, "")]


def test_words_without_a_mark_are_kept_with_the_mark_that_follows(place: Town) -> None:
    mei_is_asked(place)
    place.mei.says("鸡蛋我还没打开看")
    place.mei.hears("满意请按五")
    place.mei.presses("2")
    place.mei.hears("谢谢您")

    assert rated(place) == [(2, "鸡蛋我还没打开看")]
    assert Reason.LOW_RATING in reasons(place)


def test_words_without_any_mark_are_a_persons(place: Town) -> None:
    mei_is_asked(place)
    place.mei.says("鸡蛋我还没打开看")
    place.mei.hears("满意请按五")
    place.mei.says("送货的小伙子没把东西拿上楼")
    place.mei.hears("工作人员会给您回电话")

    assert rated(place) == []
    assert reasons(place) == [Reason.NOT_UNDERSTOOD]


def test_silence_is_asked_once_more_and_then_let_go(place: Town) -> None:
    mei_is_asked(place)
    place.mei.stays_silent()
    place.mei.hears("满意请按五")
    place.mei.stays_silent()
    place.mei.hears("打扰您了")
    place.mei.is_over_within()
    place.passes(TWENTY_MINUTES)

    assert outcomes(place) == [Outcome.UNANSWERED]
    assert rated(place) == [] and reasons(place) == []


def test_nobody_answers_twice_and_it_is_let_go(place: Town) -> None:
    arrived(place, "egg")
    place.mei.rings_within(PATIENCE).lets_it_ring()
    place.until(lambda: rings(place) == [1])
    place.passes(TWENTY_MINUTES)
    place.mei.rings_within(PATIENCE).lets_it_ring()

    place.until(lambda: outcomes(place) == [Outcome.UNANSWERED])
    assert place.dialled() == 2
    assert reasons(place) == []


def test_two_visits_are_asked_about_on_one_call(place: Town) -> None:
    arrived(place, "egg", "svc-plumb")

    place.mei_picks_up()
    place.mei.hears("您满意吗")
    place.mei.presses("5")
    place.mei.hears("您满意吗")
    place.mei.presses("2")
    place.mei.hears("谢谢您")
    place.mei.is_over_within()
    place.passes(timedelta(minutes=5))

    place.until(lambda: outcomes(place) == [Outcome.YES, Outcome.YES])
    assert sorted(rated(place)) == [(2, ""), (5, "")]
    assert place.dialled() == 1
