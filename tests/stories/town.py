"""A whole town on one machine: the people, their telephones and browsers, and the product.

The web server, the relay and the workers are the product's own, on a real Redis and a real
database. The telephone exchange and the cashier are outsiders that speak the firms' protocols.
"""

import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa
from rq import Queue

from family_link.cashier import Books
from ivr.calls import SPACING
from ivr.softphone import Exchange, Handset
from orders.customers import enrol
from orders.escalations import Escalation, Reason
from orders.lifecycle import State
from orders.order import Order
from tests.conftest import LIN, OURS
from tests.stories.browsing import PATIENCE, Browser, child, clerk
from tests.stories.ears import Ears
from voiceapp.house import House
from voiceapp.phone import Phone

PASSWORD = "only for tests, for Ana"
SECRET = "ONLYFORTESTSONLYFORTESTSONLYFORT"
Passes = Callable[[timedelta], None]


@dataclass
class Town:
    """Where stories happen. Everything is done through the public endpoints."""

    house: House
    exchange: Exchange
    exchange_url: str
    cashier_url: str
    ears: Ears
    books: Books
    passes: Passes
    hire: Callable[[str], None]
    folder: Path
    mei: Handset
    lin: Handset
    bo: Handset
    ana: Handset

    @property
    def url(self) -> str:
        """Where the product is."""
        return self.house.settings.public_url

    def mei_says(self, text: str) -> None:
        """Mei rings us and says something after the beep."""
        self.mei.dial(OURS)
        self.mei.hears("录音")
        self.mei.says_wav(self.ears.voice(text))

    def mei_orders(self, text: str) -> None:
        """Mei says what she wants, and we say that we ring back."""
        self.mei_says(text)
        self.mei.hears("给您打回去核对")
        self.mei.is_over_within()

    def mei_picks_up(self) -> None:
        """We ring, Mei answers and says that she is herself."""
        self.passes(SPACING)
        self.mei.rings_within(PATIENCE).answers()
        self.mei.hears("请问是王梅吗")
        self.mei.presses("1")

    def mei_confirms(self) -> None:
        """Mei is read her order and says a whole yes."""
        self.mei_picks_up()
        self.mei.hears("对吗")
        self.mei.says("对，没错")
        self.mei.hears("记下了")
        self.mei.is_over_within()

    def mei_says_it_again(self, text: str) -> None:
        """Mei picks up, says that what she is read is not right, and then how it should be."""
        self.mei_picks_up()
        self.mei.hears("对吗")
        self.mei.says("不对")
        self.mei.hears("要改请按一")
        self.mei.presses("1")
        self.mei.hears("请在嘀声后把要改的说一遍")
        self.mei.says_wav(self.ears.voice(text))

    def mei_is_told(self, words: str) -> None:
        """We ring only to tell her something."""
        self.mei_picks_up()
        self.mei.hears(words)
        self.mei.hears("再听一遍请按一")
        self.mei.hangs_up()

    def lin_pays(self, lin: Browser) -> None:
        """Lin, on the page of an order, says yes and pays at the cashier's."""
        lin.sends("/approve")
        lin.sends("/pay")
        lin.follows(self.cashier_url)
        lin.sends("/checkout")

    def orders(self) -> list[Order]:
        """All orders, oldest first, to look at and not to touch."""
        with self.house.db.reading() as session:
            rows = list(session.scalars(sa.select(Order).order_by(Order.created_at)))
            for order in rows:
                session.refresh(order, ["all_lines", "events", "questions"])
            return rows

    def until(self, true: Callable[[], bool], seconds: float = PATIENCE) -> None:
        """Wait until something is so."""
        deadline = time.monotonic() + seconds
        while not true():
            assert time.monotonic() < deadline, f"not so within {seconds:g} s"
            time.sleep(0.05)

    def reaches(self, state: State) -> Order:
        """Wait until the newest order is in a state."""
        self.until(lambda: bool(self.orders()) and self.orders()[-1].state is state)
        return self.orders()[-1]

    def escalated(self, reason: Reason) -> Escalation:
        """Wait until a person is asked for this reason."""
        found: list[Escalation] = []

        def asked() -> bool:
            with self.house.db.reading() as session:
                found[:] = session.scalars(
                    sa.select(Escalation).where(Escalation.reason == reason)
                ).all()
            return bool(found)

        self.until(asked)
        return found[0]

    def asked_of_a_person(self, order: Order) -> bool:
        """Whether the desk has something to look at because of an order or its caller."""
        with self.house.db.reading() as session:
            about = Escalation.subject_id.in_([order.id, order.customer_id])
            return session.scalar(sa.select(sa.exists().where(about))) is True

    def waiting(self, queue: str) -> int:
        """How many jobs wait on a queue."""
        return Queue(queue, connection=self.house.redis).count

    def dialled(self, to: str = "") -> int:
        """How often the firm was asked to ring somebody, or this number."""
        rung = [
            fields["To"][0]
            for verb, path, fields in self.exchange.requests
            if verb == "POST" and path.endswith("Calls.json")
        ]
        return len([number for number in rung if to in ("", number)])

    def enrols(self, name: str, phone: Phone) -> uuid.UUID:
        """Somebody else on file."""
        with self.house.db.begin() as session:
            return enrol(session, name, phone).id

    def lin_signs_in(self) -> Browser:
        """Lin at her phone's browser."""
        return child(self.url, self.lin, LIN)

    def ana_signs_in(self) -> Browser:
        """Ana at the desk."""
        return clerk(self.url, "ana", PASSWORD, SECRET)
