"""Each notice once, by the way that the child granted, at an hour when people are awake."""

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from family_link import approval, grants, login, notices
from orders.errands import Errand
from orders.lifecycle import Event
from orders.messages import Channel, Message
from orders.order import Order
from orders.people import clerk
from orders.relatives import Link, Relative
from orders.wanted_calls import Purpose, WantedCall
from tests.conftest import LIN
from tests.family_link.scenes import delivered
from tests.family_link.town import Family, moment_in
from voiceapp import clock
from voiceapp.config import Hours, Settings
from voiceapp.errors import ProviderDown

MAINLAND = "+8613800000000"


def sent_by_wechat(home: Family) -> list[str]:
    return [row["data"]["phrase3"]["value"] for row in home.wechat]


def bound(home: Family, *templates: str) -> None:
    with home.db.begin() as session:
        lin = session.get_one(Relative, home.people.lin.id)
        login.bind_openid(session, lin, "o-lin")
        for template in templates:
            grants.grant(session, lin.id, template)


def test_a_granted_message_goes_by_wechat_once_and_then_by_text(home: Family) -> None:
    bound(home, "order-news")

    for _ in range(2):
        home.confirmed("egg")
        home.work()

    assert sent_by_wechat(home) == ["等您同意"]
    assert len(home.texts.to(LIN)) == 1


def test_a_token_that_ended_is_got_anew(home: Family) -> None:
    bound(home, "order-news", "order-news")
    home.confirmed("egg")
    home.work()
    home.forget_token()

    home.confirmed("egg")
    home.work()

    assert sent_by_wechat(home) == ["等您同意"] * 2


def test_a_grant_that_was_taken_back_at_wechat_becomes_a_text(home: Family) -> None:
    bound(home, "order-news")
    home.refuse_messages()
    home.confirmed("egg")

    home.work()

    assert sent_by_wechat(home) == []
    assert len(home.texts.to(LIN)) == 1


def at_night(home: Family) -> Settings:
    """It is night: people wake in two hours."""
    zone = home.house.settings.timezone
    hours = [moment_in(hours).astimezone(zone).time() for hours in (2, 3)]
    return replace(home.house.settings, calling_hours=Hours(*hours))


@pytest.mark.parametrize(
    ("needed_in", "waits"), [(None, True), (3, True), (1, False)], ids=["news", "late", "soon"]
)
def test_at_night_only_what_cannot_wait_for_the_morning_is_sent(
    home: Family, needed_in: float | None, waits: bool
) -> None:
    order_id = home.confirmed("egg")
    needed_by = moment_in(needed_in) if needed_in else None
    with home.db.begin() as session:
        link = session.get_one(Link, home.people.link.id)
        order = session.get_one(Order, order_id)
        notices.tell(
            session, at_night(home), link, order, "paid", key="a", needed_by=needed_by
        )
        due = session.scalars(
            sa.select(Errand.next_try_at).where(Errand.name == "send_message")
        ).one()

    assert (timedelta(hours=1, minutes=50) < due - clock.now() < timedelta(hours=22)) is waits
    assert (due <= clock.now()) is not waits


@pytest.mark.parametrize(
    ("window", "answer_in"), [(None, (3.9, 4.1)), (6, (3, 4.1)), (1.5, (0.2, 0.9))]
)
def test_nobodys_night_counts_as_time_to_answer_unless_the_window_leaves_no_morning(
    home: Family, window: float | None, answer_in: tuple[float, float]
) -> None:
    within = timedelta(hours=window) if window else None
    with home.db.begin() as session:
        order = session.get_one(Order, home.confirmed("egg", within=within))

        until = approval.waits_until(at_night(home), order, clock.now(), 1)

    hours = (until - clock.now()) / timedelta(hours=1)
    assert answer_in[0] < hours < answer_in[1]


def wishes(home: Family) -> list[tuple[str | None, float]]:
    """Whose telephone is to ring about a message, and in how many minutes."""
    with home.db.reading() as session:
        wanted = sa.select(WantedCall).where(WantedCall.purpose == Purpose.NOTICE)
        return [
            (
                wish.number,
                (
                    session.scalars(
                        sa.select(Errand.next_try_at).where(Errand.subject == wish.id)
                    ).one()
                    - clock.now()
                )
                / timedelta(minutes=1),
            )
            for wish in session.scalars(wanted)
        ]


def test_who_has_not_answered_when_half_the_time_is_gone_is_to_be_rung_once(home: Family) -> None:
    home.confirmed("egg")

    home.work()
    home.work()

    ((number, minutes),) = wishes(home)
    assert number == LIN
    assert 55 < minutes <= 60


def test_nobody_is_rung_about_news(home: Family) -> None:
    delivered(home)

    assert wishes(home) == []


def test_a_text_to_the_mainland_names_no_address(home: Family) -> None:
    with home.db.begin() as session:
        lin = session.get_one(Relative, home.people.lin.id)
        lin.number = MAINLAND
    home.confirmed("egg")

    home.work()

    assert "http" not in home.texts.to(MAINLAND)[0]
    assert "请打开亲情页" in home.texts.to(MAINLAND)[0]


def test_a_message_whose_sending_was_cut_short_is_not_sent_again(home: Family) -> None:
    home.confirmed("egg")
    home.relay.react()
    with home.db.begin() as session:
        link = session.get_one(Link, home.people.link.id)
        message = notices.leave(
            session, home.house.settings, link, "linked", {"parent": "王"}, key="k"
        )
        assert message is not None
        message.claimed_at = clock.now()

    home.work()

    assert not any("同意了" in words for words in home.texts.to(LIN))


def test_a_firm_that_is_down_is_tried_again(home: Family) -> None:
    home.confirmed("egg")
    home.texts.trouble = ProviderDown("no answer")
    home.work()
    assert home.texts.sent == []
    home.texts.trouble = None

    home.work(ahead=timedelta(minutes=1))

    assert len(home.texts.to(LIN)) == 1


def test_whom_a_message_went_to_and_what_it_said_is_forgotten_in_time(home: Family) -> None:
    home.confirmed("egg")
    home.work()
    home.work(ahead=timedelta(days=home.house.settings.retention_days - 1))
    with home.db.reading() as session:
        kept = session.scalars(sa.select(Message)).all()
    assert all(message.to and message.content for message in kept)

    home.work(ahead=timedelta(days=home.house.settings.retention_days + 1))

    with home.db.reading() as session:
        first = session.get_one(Message, kept[0].id)
        assert (first.to, first.content, first.key) == ("", {}, kept[0].key)


def test_a_cancelled_order_is_told_once_to_each_child(home: Family) -> None:
    order_id = home.confirmed("egg")
    home.work()
    with home.db.begin() as session:
        session.get_one(Order, order_id).move(Event.WITHDRAWN, clerk(uuid.uuid4()))

    home.work()
    home.work()

    assert len([words for words in home.texts.to(LIN) if "已取消" in words]) == 1
    with home.db.reading() as session:
        channels = set(session.scalars(sa.select(Message.channel)))
    assert channels == {Channel.SMS}
