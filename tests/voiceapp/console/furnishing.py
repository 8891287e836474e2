"""A desk in the middle of a working day: something to see on every page."""

import io
import uuid
import wave
from datetime import timedelta
from itertools import cycle

import sqlalchemy as sa
from sqlalchemy.orm import Session

from family_link.payments import Means, owe
from ivr.waiting import Left, Waiting
from orders import care, common_words, duty, ratings
from orders.cases import Case, CaseKind, open_case
from orders.customers import enrol, household
from orders.escalations import Escalation, Reason, Subject, escalate, open_for
from orders.lifecycle import Event, State
from orders.order import Order, OrderEvent
from orders.people import Author, Role, clerk
from orders.recordings import Recording
from orders.visits import of_order, send
from orders.vocabulary import CallerWord
from tests.conftest import MEI
from tests.voiceapp.console import scenes
from voiceapp import clock
from voiceapp.console import counter
from voiceapp.console.clerks import by_login
from voiceapp.console.models import Correction, Worker
from voiceapp.crypto import keys
from voiceapp.house import House
from voiceapp.phone import Phone

NEIGHBOURS = ("李秀英", "张国强", "陈桂兰", "赵建军", "周玉珍")
REASONS = (
    Reason.NOT_UNDERSTOOD, Reason.NOBODY_ANSWERS, Reason.ASKED_FOR_PERSON, Reason.NOT_AUDIBLE,
    Reason.WINDOW_LOST,
)  # fmt: skip
HEARD = (("洋柿子", "tomato", 7), ("红苕", "sweet-potato", 4), ("洋芋", "potato", 3))
WAITS = (8, 12, 15, 19, 27, 33, 48, 75, 140)


def furnish(house: House) -> uuid.UUID:
    """Fill the house; the id of Mei's order, which Ana has in hand."""
    with house.db.begin() as session:
        ana = by_login(session, "ana")
        assert ana is not None
        by = clerk(ana.id)
        duty.begin(session, ana.id, Phone("+12025550191"))
        order = scenes.at_desk(session)
        _let_it_speak(session, house, order)
        mei = household(session, Phone(MEI))[0]
        mei.hearing, mei.notes = "左耳听不清，请慢慢说", "钥匙在对门刘姐那里"
        mei.best_hours = "09:00-11:00"
        for row in open_for(session, order.id):
            row.claim(by)
        scenes.asked_for_person(session)
        _neighbours(session)
        _board(session, by)
        _case(session, by, mei.id)
        _learned(session, order, ana.id, mei.id)
        _waits(session)
        _emergency(session, mei.id, by)
        _days_before(session)
        counter.take(
            session, mei, "两斤鸡蛋，要几个苹果", "本人在柜台说的", by, house.settings.timezone
        )
        return order.id


def addresses(house: House, order_id: uuid.UUID) -> dict[str, str]:
    """Every page of the desk by a short name."""
    with house.db.reading() as session:
        mei = household(session, Phone(MEI))[0].id
        case = session.scalars(sa.select(Case).where(Case.kind == CaseKind.COMPLAINT)).one()
        alarm = session.scalars(
            sa.select(Escalation).where(Escalation.reason == Reason.EMERGENCY)
        ).one()
        took = session.scalars(
            sa.select(OrderEvent.order_id).where(OrderEvent.name == Event.TAKEN)
        ).one()
        sent = session.scalars(sa.select(Order.id).where(Order.state == State.DISPATCHED)).one()
        call = session.scalars(
            sa.select(Escalation).where(
                Escalation.subject_kind == Subject.CALL, Escalation.closed_at.is_(None)
            )
        ).one()
    return {
        "queue": "/desk/queue",
        "order": f"/desk/orders/{order_id}",
        "search": f"/desk/orders/{order_id}?q=xhs#lines",
        "escalation": f"/desk/escalations/{call.id}",
        "emergency": f"/desk/escalations/{alarm.id}",
        "care": f"/desk/customers/{mei}/care",
        "money": f"/desk/orders/{sent}#money",
        "gone": f"/desk/orders/{uuid.UUID(int=7)}",
        "person": f"/desk/customers/{mei}",
        "board": "/desk/board",
        "workers": "/desk/workers",
        "take": "/desk/take",
        "take-order": f"/desk/take?number=%2B{MEI[1:]}",
        "taken": f"/desk/taken/{took}",
        "cases": "/desk/cases",
        "case": f"/desk/cases/{case.id}",
        "figures": "/desk/figures",
        "words": "/desk/words",
        "looks": "/desk/looks",
        "people": "/desk/people",
    }


def _let_it_speak(session: Session, house: House, order: Order) -> None:
    recording = session.get_one(Recording, order.recording_id)
    recording.stored_as = "mei.wav.sealed"
    recording.seconds = 4.2
    recording.transcript = {
        "quality": "speech",
        "words": [
            {
                "text": letter,
                "start": 0.3 * place,
                "end": 0.3 * place + 0.3,
                "probability": 0.4 if letter in "洋柿" else 0.95,
            }
            for place, letter in enumerate(recording.text)
        ],
    }
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        file.writeframes(b"\x00\x10\x00\xf0" * 4000 * 5)
    house.providers["store"].kept["mei.wav.sealed"] = out.getvalue()


def _neighbours(session: Session) -> None:
    moment = clock.now()
    for place, (name, reason) in enumerate(zip(NEIGHBOURS, cycle(REASONS), strict=False)):
        number = f"+120255501{20 + place}"
        enrol(session, name, Phone(number), f"幸福里{place + 1}号楼")
        order = scenes.at_desk(session, reason, number)
        for row in open_for(session, order.id):
            row.opened_at = moment - timedelta(minutes=4 + 9 * place)


def _board(session: Session, by: Author) -> None:
    session.add(Worker(name="老赵", provider="邻里配送"))
    session.add(Worker(name="小孙", provider="安心家政"))
    scenes.ready(session, ends_in=timedelta(minutes=20))
    scenes.ready(session, ends_in=timedelta(hours=3))
    sent = scenes.ready(session, ends_in=timedelta(hours=2))
    owe(session, sent, sent.total, Means.DOOR)
    send(session, of_order(session, sent.id)[0], "老赵", by)


def _case(session: Session, by: Author, mei: uuid.UUID) -> None:
    order = scenes.delivered(session)
    owe(session, order, order.total, Means.DOOR)
    (visit,) = of_order(session, order.id)
    ratings.rate(session, visit, Author(Role.CALLER, mei), 1, "油漏了一半")
    (row,) = open_for(session, visit.id)
    case = open_case(session, row)
    assert case is not None
    case.own(by)
    complaint = scenes.heard(session, "上回的菜不新鲜")
    escalate(session, Subject.ORDER, complaint.id, Reason.COMPLAINT, mei)


def _learned(session: Session, order: Order, ana: uuid.UUID, mei: uuid.UUID) -> None:
    session.add(CallerWord(customer_id=mei, spoken="洋柿子", sku="tomato", taught_by=ana))
    for heard, sku, times in HEARD:
        common_words.propose(session, heard, sku, times)
        for _ in range(times):
            session.add(
                Correction(
                    order_id=order.id,
                    customer_id=mei,
                    clerk_id=ana,
                    heard=heard,
                    heard_index=keys().index(heard),
                    sku=sku,
                )
            )


def _days_before(session: Session) -> None:
    """What was seen to on earlier days: more on some, and less from day to day."""
    for back, times in enumerate((3, 4, 2, 6, 5, 4, 7, 6, 8, 7), start=1):
        opened = clock.now() - timedelta(days=back)
        for _, reason in zip(range(times), cycle(REASONS)):
            session.add(
                Escalation(
                    subject_kind=Subject.CALL, subject_id=uuid.uuid4(), reason=reason, priority=5,
                    opened_at=opened, claimed_at=opened, closed_at=opened + timedelta(minutes=4),
                )
            )  # fmt: skip


def _emergency(session: Session, mei: uuid.UUID, by: Author) -> None:
    care.write(
        session, mei, by,
        keys="对门刘姐有一把；物业值班室有备用",
        illnesses="冠心病，放过支架；糖尿病。每天吃阿司匹林、二甲双胍",
        neighbours="对门刘姐（白天在家）；楼下 401 老张",
    )  # fmt: skip
    row = escalate(session, Subject.CUSTOMER, mei, Reason.EMERGENCY, mei)
    open_case(session, row)


def _waits(session: Session) -> None:
    moment = clock.now() - timedelta(hours=1)
    for seconds in WAITS:
        session.add(
            Waiting(
                call_id=uuid.uuid4(),
                priority=2,
                enqueued_at=moment,
                answered_at=moment + timedelta(seconds=seconds),
                left_at=moment + timedelta(minutes=4),
                left=Left.BRIDGED,
            )
        )
    session.add(
        Waiting(
            call_id=uuid.uuid4(), priority=2, enqueued_at=moment, left_at=moment,
            left=Left.HUNG_UP,
        )
    )  # fmt: skip
    session.add(Waiting(call_id=uuid.uuid4(), priority=2))
