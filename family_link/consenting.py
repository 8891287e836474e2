"""What the parent answered, what it opens, and how it ends."""

import uuid
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from family_link import notices
from family_link.linking import LinkRequest, RequestState
from orders import errands
from orders.consents import Consent
from orders.customers import Customer
from orders.errands import Work
from orders.people import Author, Role
from orders.relatives import Link, Relative, Scope, link, link_between, standing
from orders.wanted_calls import Outcome, Purpose, WantedCall, want_call
from voiceapp import clock
from voiceapp.config import Settings
from voiceapp.errors import NotAllowed

AT_ONCE = (Scope.SEE, Scope.APPROVE, Scope.PAY)
"""What her yes opens at once."""

LATER = (Scope.ORDER, Scope.AUDIO, Scope.ADDRESS)
"""What opens when somebody vouches, or by itself after OPENS_AFTER."""

OPENS_AFTER = timedelta(hours=24)

ENDED: dict[Outcome, RequestState] = {
    Outcome.NO: RequestState.REFUSED,
    Outcome.WRONG_CODE: RequestState.WRONG_CODE,
    Outcome.UNANSWERED: RequestState.UNANSWERED,
    Outcome.NOT_HERSELF: RequestState.UNANSWERED,
}


def consent_answered(work: Work, settings: Settings) -> None:
    """Errand: the consent call is over. The right code and her yes make the link, nothing less."""
    with work.db.begin() as session:
        wish = session.get_one(WantedCall, work.subject)
        request = session.get_one(LinkRequest, wish.subject, with_for_update=True)
        if request.state is RequestState.WAITING:
            _end(session, settings, request, wish)
        work.finish(session)


def _end(session: Session, settings: Settings, request: LinkRequest, wish: WantedCall) -> None:
    request.ended_at = clock.now()
    yes = wish.outcome is Outcome.YES
    if yes and request.takes(wish.keys):
        request.state = RequestState.LINKED
        row = _link(session, request, wish)
        content = {"parent": row.customer.name}
        notices.leave(session, settings, row, "linked", content, key=f"linked {request.id}")
        return
    outcome = Outcome.WRONG_CODE if yes or wish.outcome is None else wish.outcome
    request.state = ENDED.get(outcome, RequestState.REFUSED)


def end_wish(work: Work, settings: Settings) -> None:
    """Errand: a day has gone by. Who was not linked is told so, and only then: a text that came
    sooner where the number is on file would tell a stranger that it is."""
    with work.db.begin() as session:
        request = session.get_one(LinkRequest, work.subject, with_for_update=True)
        if request.state is RequestState.WAITING:
            request.state, request.ended_at = RequestState.UNANSWERED, clock.now()
        if request.state is not RequestState.LINKED and not _linked_since(session, request):
            relative = session.get_one(Relative, request.relative_id)
            key = f"not linked {request.id}"
            notices.leave_to(session, settings, relative, "not_linked", {}, key=key)
        work.finish(session)


def _linked_since(session: Session, request: LinkRequest) -> bool:
    who, whose = request.relative_id, request.customer_id
    return whose is not None and link_between(session, who, whose) is not None


def _link(session: Session, request: LinkRequest, wish: WantedCall) -> Link:
    assert request.customer_id is not None, "only a parent on file is rung"
    customer = session.get_one(Customer, request.customer_id)
    relative = session.get_one(Relative, request.relative_id)
    row = link_between(session, relative.id, customer.id)
    if row is None:
        row = link(session, customer, relative, request.relation, AT_ONCE)
        at = clock.now() + OPENS_AFTER
        errands.write(session, "open_link", row.id, at=at, key=f"open_link {row.id}")
    request.link_id = row.id
    session.add(
        Consent(
            customer_id=customer.id,
            relative_id=relative.id,
            to_what=" ".join((*AT_ONCE, *LATER)),
            words=wish.words,
            call_id=wish.call_id,
        )
    )
    return row


def open_link(work: Work) -> None:
    """Errand: a day has gone by and she has not taken it back."""
    with work.db.begin() as session:
        row = session.get_one(Link, work.subject)
        if row.revoked_at is None:
            _open(row)
        work.finish(session)


def _open(row: Link) -> None:
    held = row.scopes.split()
    row.scopes = " ".join(held + [scope for scope in LATER if scope not in held])


def vouch(session: Session, row: Link, by: Author) -> None:
    """A clerk, or a child who is linked already, stands in for somebody: all opens at once."""
    if by.role is Role.CHILD:
        sure = [each for each in standing(session, row.customer_id) if each.allows(Scope.ORDER)]
        if by.id not in {each.relative_id for each in sure} or by.id == row.relative_id:
            raise NotAllowed("only somebody who is linked already can vouch")
    elif by.role is not Role.CLERK:
        raise NotAllowed("only a clerk or a relative can vouch")
    if row.revoked_at is None:
        row.vouched_at = row.vouched_at or clock.now()
        _open(row)


def unvouched(session: Session, mine: Link) -> list[Link]:
    """The other children of the same parent for whom not everything is open yet."""
    rows = standing(session, mine.customer_id)
    return [row for row in rows if row.id != mine.id and not row.allows(Scope.ORDER)]


def revoke(session: Session, settings: Settings, row: Link, by: Author) -> None:
    """End a link: the child sees nothing more, the consent is withdrawn, both are told.

    Ending it twice changes nothing.
    """
    if row.revoked_at is not None:
        return
    row.revoked_at = clock.now()
    for consent in session.scalars(
        sa.select(Consent).where(
            Consent.customer_id == row.customer_id,
            Consent.relative_id == row.relative_id,
            Consent.withdrawn_at.is_(None),
        )
    ):
        consent.withdrawn_at = clock.now()
    if by.role is not Role.CALLER:
        want_call(session, Purpose.REVOKED, row.customer_id, row.id)
    notices.leave_to(
        session,
        settings,
        row.relative,
        "unlinked",
        {"parent": row.customer.name},
        key=f"unlinked {row.id}",
    )


def end_links(work: Work, settings: Settings) -> None:
    """Errand: on a call of ours she said yes to this: the child who was named to her is to see
    nothing more. Her words stay with the call that was wanted."""
    with work.db.begin() as session:
        wish = session.get_one(WantedCall, work.subject)
        row = session.get_one(Link, uuid.UUID(wish.facts["link"]))
        revoke(session, settings, row, Author(Role.CALLER, wish.customer_id))
        work.finish(session)


def ask_first(session: Session, row: Link) -> None:
    """This child is asked before the others; those keep their order."""
    if not row.allows(Scope.ORDER):
        raise NotAllowed("the order of asking changes when somebody vouches, or after a day")
    others = [each for each in standing(session, row.customer_id) if each.id != row.id]
    for rank, each in enumerate([row, *others], start=1):
        each.rank = rank
