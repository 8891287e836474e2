"""The family of a caller: standing in for one of them, and ending what one may do."""

import uuid

from flask import request
from sqlalchemy.orm import Session

from family_link import consenting
from orders.relatives import Link
from voiceapp.console.models import Note
from voiceapp.console.rights import Right
from voiceapp.console.room import Page, back_to, desk, house, me, needs
from voiceapp.errors import NotAllowed


@desk.post("/links/<uuid:link_id>/vouch")
@needs(Right.RELATIVES)
def vouch(link_id: uuid.UUID) -> Page:
    """The clerk knows who it is: ordering, audio and address open at once."""
    with house().db.begin() as session:
        link = session.get_one(Link, link_id)
        consenting.vouch(session, link, me().author)
        _write_down(session, link)
        customer_id = link.customer_id
    return back_to("desk.customer", customer_id=customer_id)


@desk.post("/links/<uuid:link_id>/revoke")
@needs(Right.RELATIVES)
def revoke(link_id: uuid.UUID) -> Page:
    """The relative sees nothing more; both are told."""
    with house().db.begin() as session:
        link = session.get_one(Link, link_id)
        consenting.revoke(session, house().settings, link, me().author)
        _write_down(session, link)
        customer_id = link.customer_id
    return back_to("desk.customer", customer_id=customer_id)


def _write_down(session: Session, link: Link) -> None:
    why = request.form["why"].strip()
    if not why:
        raise NotAllowed("write down what you know it from")
    words = f"{link.relation} {link.relative.name}：{why[:500]}"
    session.add(Note(customer_id=link.customer_id, clerk_id=me().clerk_id, words=words))
