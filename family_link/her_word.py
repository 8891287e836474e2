"""The parent's own word on a supplement: she is rung, and her no stands, whoever said yes."""

from sqlalchemy.orm import Session

from family_link import approval, supplements
from orders.deadlines import needs_person
from orders.errands import Work
from orders.escalations import Reason
from orders.lifecycle import Event, State
from orders.order import Order
from orders.people import Author, caller
from orders.wanted_calls import Outcome, WantedCall
from voiceapp.errors import NotAllowed


def supplement_answered(work: Work) -> None:
    """Errand: she was asked about a supplement, or could not be.

    1. Her no leaves the order as it was confirmed; a person sees to it.
    2. Her yes is enough where she pays by herself, or where all the others were asked in vain.
    3. Where only she can say it and she was not reached, a person is asked.
    """
    with work.db.begin() as session:
        wish = session.get_one(WantedCall, work.subject)
        order = session.get_one(Order, wish.subject)
        row = supplements.waiting(session, order.id)
        waits = row is not None and order.state is State.AWAITING_APPROVAL
        hers = waits and approval.only_she_is_left(session, order)
        if wish.outcome is Outcome.NO:
            if row is not None and waits:
                supplements.rule_on(row, agreed=False)
                order.move(Event.APPROVED, caller(wish.customer_id), refused=str(row.id))
            needs_person(session, order, Reason.PARENT_OBJECTS)
        elif hers and wish.outcome is Outcome.YES:
            approval.approve_at_door(session, order, "her_own_word")
        elif hers:
            needs_person(session, order, Reason.PATIENCE_SPENT)
        work.finish(session)


def take_down(session: Session, order: Order, agrees: bool, by: Author) -> None:
    """A clerk has asked her about a supplement. Her no stands; her yes where only she is left.

    Raises NotAllowed where nothing waits, or where the family has yet to answer.
    """
    row = supplements.waiting(session, order.id)
    if row is None or order.state is not State.AWAITING_APPROVAL:
        raise NotAllowed("no supplement of this order waits")
    if not agrees:
        supplements.rule_on(row, agreed=False)
        order.move(Event.APPROVED, by, refused=str(row.id))
    elif approval.only_she_is_left(session, order):
        approval.approve_at_door(session, order, "her_own_word", by)
    else:
        raise NotAllowed("the family is being asked, and pays if it agrees")
