"""On duty and off: whose telephone rings."""

from flask import request

from orders import duty
from voiceapp.console import holding
from voiceapp.console.models import Clerk
from voiceapp.console.rights import Right
from voiceapp.console.room import Page, back_to, desk, house, me, needs
from voiceapp.errors import NotAllowed
from voiceapp.phone import parse_phone


@desk.post("/duty")
@needs(Right.TELEPHONE)
def go_on_duty() -> Page:
    """Be rung at this number from here on; it is offered again next time."""
    phone = parse_phone(request.form["number"])
    if not phone.rings_at(house().settings.allowed_prefixes):
        raise NotAllowed("this number is not one of those that we may ring")
    with house().db.begin() as session:
        session.get_one(Clerk, me().clerk_id).number = phone.e164
        duty.begin(session, me().clerk_id, phone)
    return back_to("desk.queue")


@desk.post("/duty/end")
@needs(Right.TELEPHONE)
def go_off_duty() -> Page:
    """Be rung no more; what is in hand goes back."""
    with house().db.begin() as session:
        holding.go_home(session, me().clerk_id)
    return back_to("desk.queue")
