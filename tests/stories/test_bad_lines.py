"""Every talk that we begin, on a bad day: she is silent, hangs up in the middle and presses keys
while she is spoken to; webhooks come twice, late and out of order; Redis is emptied. Each is done
once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from family_link import supplements
from ivr.calls import Call
from ivr.softphone import FINE, Weather
from orders.customers import household
from orders.lifecycle import Event
from orders.order import OrderEvent
from orders.people import ROBOT
from orders.wanted_calls import Outcome, Purpose, WantedCall, want_call
from tests.conftest import MEI
from tests.stories.arranging import arrived, on_the_way, ordered
from tests.stories.building import town
from tests.stories.ears import Told
from tests.stories.linking import bo_asks
from tests.stories.town import Passes, Town
from voiceapp.config import Settings
from voiceapp.phone import Phone
from voiceapp.reactions import CALLS, DEFAULT, LIVE, SPEECH

BAD = Weather(webhooks_doubled=True, callback_delay_s=0.3, answer_delay_s=0.3)
LATER = timedelta(minutes=41)
"""After this every call that failed once is tried again."""

LEASE_IS_OVER = timedelta(minutes=3)
KINDLY = (Event.UNDERSTOOD, Event.RUNG, Event.CONFIRMED)


@dataclass(frozen=True)
class Talk:
    """One kind of call. `begins` brings it about and says which keys answer it; it asks `question`,
    and once more in the words of `again`. What is only `told` is done when she has picked up."""

    purpose: Purpose | None
    begins: Callable[[Town], tuple[str, ...]]
    question: str
    again: str = ""
    outcome: Outcome = Outcome.YES
    told: bool = False

    def is_done(self, place: Town) -> bool:
        """Whether it has come to its end, once."""
        with place.house.db.reading() as session:
            if self.purpose is None:
                yes = sa.select(OrderEvent.id).where(OrderEvent.name == Event.CONFIRMED)
                return len(session.scalars(yes).all()) == 1
            wishes = sa.select(WantedCall.outcome).where(WantedCall.purpose == self.purpose)
            return session.scalars(wishes).all() == [self.outcome]


def _orders(place: Town) -> tuple[str, ...]:
    place.mei_says("两斤鸡蛋")
    place.mei.hears("打回去核对")
    place.mei.is_over_within()
    return ("1",)


def _arrives(place: Town) -> tuple[str, ...]:
    arrived(place, "egg")
    return ("4",)


def _links(place: Town) -> tuple[str, ...]:
    _, code = bo_asks(place)
    return (code, "1")


def _declines(place: Town) -> tuple[str, ...]:
    with place.house.db.begin() as session:
        ordered(session, "egg", events=KINDLY).move(Event.DECLINED, ROBOT, reason="too_dear")
    return ("1",)


def _sets_out(place: Town) -> tuple[str, ...]:
    on_the_way(place, "egg")
    return ("1",)


def _costs_more(place: Town) -> tuple[str, ...]:
    with place.house.db.begin() as session:
        order = ordered(session, "svc-plumb")
        supplements.ask_for_more(session, order, 3500, "换阀门", ROBOT)
    return ("1",)


def _wants(purpose: Purpose, **facts: str) -> Callable[[Town], tuple[str, ...]]:
    def wants(place: Town) -> tuple[str, ...]:
        with place.house.db.begin() as session:
            mei = household(session, Phone(MEI))[0]
            order = ordered(session, "egg", events=KINDLY)
            want_call(session, purpose, mei.id, order.id, **facts)
        return ("1",)

    return wants


TALKS = {
    "reading back": Talk(None, _orders, "对吗"),
    "rating": Talk(Purpose.RATING, _arrives, "您满意吗", "满意请按五"),
    "consent": Talk(Purpose.CONSENT, _links, "四个数字"),
    "a decline": Talk(Purpose.DECLINED, _declines, "再听一遍", outcome=Outcome.TOLD, told=True),
    "who comes": Talk(Purpose.COMING, _sets_out, "再听一遍", outcome=Outcome.TOLD, told=True),
    "a supplement": Talk(Purpose.SUPPLEMENT, _costs_more, "行请按一"),
    "cancelling": Talk(Purpose.CANCEL, _wants(Purpose.CANCEL), "取消鸡蛋，是吗"),
    "unlinking": Talk(Purpose.UNDO, _wants(Purpose.UNDO, about="links"), "看您的单子，是吗"),
    "no alerts": Talk(Purpose.UNDO, _wants(Purpose.UNDO, about="alerts"), "提醒您家里人，是吗"),
}
"""Every talk that we begin with her."""

each_talk = pytest.mark.parametrize("talk", TALKS.values(), ids=list(TALKS))


def nobody_talks(place: Town) -> None:
    """Wait until the firm has said that every call is over."""

    def over() -> bool:
        with place.house.db.reading() as session:
            return not session.scalar(sa.select(sa.exists().where(Call.ended_at.is_(None))))

    place.until(over)


@each_talk
def test_a_talk_on_a_bad_day_is_done_once(place: Town, talk: Talk) -> None:
    place.exchange.weather = BAD
    keys = talk.begins(place)
    place.mei_picks_up()
    place.mei.hears(talk.question)
    if not talk.told:
        place.mei.stays_silent()
        place.mei.hears(talk.again or talk.question)
        place.mei.hangs_up()
        nobody_talks(place)
        assert not talk.is_done(place)
        place.passes(LATER)
        place.mei_picks_up()
    for key in keys:
        place.mei.presses(key)

    place.until(lambda: talk.is_done(place))
    place.until(lambda: place.mei.state == "idle" or talk.told)
    assert place.dialled(MEI) == (1 if talk.told else 2)
    place.exchange.weather = FINE


@each_talk
def test_a_talk_whose_queue_was_emptied_is_begun_all_the_same(
    settings: Settings, tmp_path: Path, passes: Passes, talk: Talk
) -> None:
    with town(settings, tmp_path, Told(), passes, (LIVE, SPEECH, DEFAULT)) as place:
        keys = talk.begins(place)
        place.until(lambda: place.waiting(CALLS) > 0)
        place.house.redis.flushall()
        place.hire(CALLS)
        place.passes(LEASE_IS_OVER)

        place.mei_picks_up()
        for key in keys:
            place.mei.presses(key)

        place.until(lambda: talk.is_done(place))
        assert place.dialled(MEI) == 1
