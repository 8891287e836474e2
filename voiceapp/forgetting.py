"""What a call leaves behind is forgotten when the promised days are over.

Recordings, messages and photos each have an errand of their own, written when they come. Words,
keys and numbers of calls lie in many rows: they go together, once a day, by the days that are
promised on that day.
"""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from family_link.grants import Grant
from family_link.linking import LinkRequest
from family_link.login import FamilySession, LoginCode
from family_link.once import KeptAnswer
from family_link.payments import Attempt
from ivr.calls import Call, CallTurn
from ivr.waiting import DeskCall
from orders.consents import Consent
from orders.duty import Duty
from orders.errands import Work
from orders.order import Order
from orders.relatives import Link, Relative
from orders.wanted_calls import Outcome, WantedCall
from voiceapp import clock
from voiceapp.config import Settings

NO_NUMBER = {"number": None, "number_index": None}


def forget(work: Work, settings: Settings) -> None:
    """Errand, once a day: numbers, keys and words of calls older than RETENTION_DAYS.

    That there was a call stays, with its times and what it was for; an order keeps its lines and
    the yes to them. A number stays only with somebody on file, and with the orders that are hers.
    """
    past = clock.now() - timedelta(days=settings.retention_days)
    with work.db.begin() as session:
        _calls(session, past)
        _wishes(session, past)
        _strangers(session, past)
        _desk(session, past)
        _unlinked(session, past)
        session.execute(sa.delete(LoginCode).where(LoginCode.made_at < past))
        session.execute(sa.delete(KeptAnswer).where(KeptAnswer.at < past))
        work.finish(session)


def _calls(session: Session, past: datetime) -> None:
    turns = sa.exists().where(CallTurn.call_id == Call.id)
    old = sa.and_(Call.began_at < past, sa.or_(Call.number.is_not(None), turns))
    session.execute(sa.update(Call).where(old).values(talk={}, **NO_NUMBER))
    began = sa.select(Call.id).where(Call.began_at < past)
    session.execute(sa.delete(CallTurn).where(CallTurn.call_id.in_(began)))


def _wishes(session: Session, past: datetime) -> None:
    # One that nothing came of is over too: without its number it would ring somebody else.
    session.execute(
        sa.update(WantedCall)
        .where(WantedCall.wanted_at < past)
        .values(
            number=None,
            keys="",
            words="",
            outcome=sa.func.coalesce(WantedCall.outcome, Outcome.UNANSWERED),
            done_at=sa.func.coalesce(WantedCall.done_at, clock.now()),
        )
    )


def _strangers(session: Session, past: datetime) -> None:
    nobodys = sa.and_(Order.customer_id.is_(None), Order.number.is_not(None))
    session.execute(sa.update(Order).where(Order.created_at < past, nobodys).values(**NO_NUMBER))


def _desk(session: Session, past: datetime) -> None:
    session.execute(sa.update(DeskCall).where(DeskCall.asked_at < past).values(number=""))
    session.execute(sa.update(Duty).where(Duty.until < past).values(number=""))


def _unlinked(session: Session, past: datetime) -> None:
    """Who signed in, was nobody's child, and has not come back since."""
    known = (
        Link.relative_id == Relative.id,
        Consent.relative_id == Relative.id,
        Order.placed_by == Relative.id,
        Attempt.payer == Relative.id,
        sa.and_(LinkRequest.relative_id == Relative.id, LinkRequest.made_at >= past),
        sa.and_(
            FamilySession.relative_id == Relative.id,
            sa.func.coalesce(FamilySession.refresh_until, FamilySession.expires_at) >= past,
        ),
    )
    nobodys = session.scalars(
        sa.select(Relative.id).where(
            Relative.created_at < past, *(~sa.exists().where(tie) for tie in known)
        )
    ).all()
    for hers in (FamilySession, KeptAnswer, Grant, LinkRequest):
        session.execute(sa.delete(hers).where(hers.relative_id.in_(nobodys)))
    session.execute(sa.delete(Relative).where(Relative.id.in_(nobodys)))
