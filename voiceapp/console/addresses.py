"""Where somebody lives: changed by a clerk, with the old one kept in the notes."""

from flask_babel import gettext
from sqlalchemy.orm import Session

from orders.customers import Address, Customer
from orders.people import Author
from voiceapp.console.models import Note
from voiceapp.errors import NotAllowed


def put(session: Session, person: Customer, text: str, hint: str, by: Author) -> None:
    """Another first address, or another hint for whoever comes. Raises NotAllowed for none."""
    text, hint = text.strip(), hint.strip()
    if not text:
        raise NotAllowed("an address is needed: help must find her")
    before = person.address
    if not person.addresses:
        person.addresses.append(Address(text=text, hint=hint))
    person.addresses[0].text, person.addresses[0].hint = text, hint
    if before != text:
        assert by.id is not None, "a clerk changes addresses"
        words = gettext("地址：%(before)s → %(after)s", before=before or "—", after=text)
        session.add(Note(customer_id=person.id, clerk_id=by.id, words=words))
