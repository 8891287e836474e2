"""The steps of the story, in order. Each ends when the next can begin."""

from collections.abc import Callable
from datetime import datetime

import requests
import sqlalchemy as sa

from ivr.softphone import Handset
from orders.order import Order
from voiceapp import samples
from voiceapp.demo import callers
from voiceapp.demo.people import Clerk, Daughter
from voiceapp.demo.person import Person
from voiceapp.demo.telling import Teller
from voiceapp.laptop import LIN, LOGIN, MEI, Laptop

CALL_S, ERRAND_S = 120, 60
"""Seconds that a call, and what follows from an event, may take on a slow machine."""

WORKERS = ("小张", "李师傅")

PROMISE = "您好，我是安娜，我听一下录音，改好了马上给您打回去"
LISTENING, WITH_STAFF = "正在听录音", "等坐席处理"
"""What the desk's page says of an order that is being heard, and of one that needs a person."""

MOST_HELP = 3
"""So often the desk may have to help before the story ends badly."""


class Story:
    """One caller's order on one laptop."""

    def __init__(self, running: Laptop, tell: Teller, number: int) -> None:
        self.running, self.tell = running, tell
        self.said, self.wants = callers.CALLERS[number]
        self.ours = running.settings.twilio_number
        zone = running.settings.timezone
        self.today = datetime.now(zone).date()
        handset = Handset(running.exchange_url, MEI)
        self.mei = Person(handset, "Mei", tell, samples.pcm(f"caller-{number}"), self.wants)
        self.lin = Daughter(running.url, Handset(running.exchange_url, LIN), tell)
        self.ana = Clerk(running.url, tell, zone)
        self.desk = Handset(running.exchange_url, running.settings.desk_number)
        self.order = ""

    def run(self) -> bool:
        """Whether it ended as it should."""
        try:
            self._sign_in()
            self._ring()
            return self._order() if self.wants else self._emergency()
        except (AssertionError, LookupError, requests.RequestException) as error:
            self.tell(f"✗ {error}", "bad")
            return False

    def _sign_in(self) -> None:
        self.tell.step("The daughter and the clerk sign in")
        self.lin.signs_in()
        running = self.running
        self.ana.signs_in(LOGIN, running.password, running.totp_secret)

    def _ring(self) -> None:
        self.tell.step(f"Mei rings the hotline and says: {self.said}")
        self.mei.rings(self.ours)

    def _order(self) -> bool:
        self._until(lambda: self.mei.idle and bool(self.mei.heard), CALL_S, "Mei's call ends")
        self._understand()
        self._confirm()
        self._page()
        self.tell.step("The daughter approves and pays")
        self.lin.approves_and_pays(self.order)
        self._until(lambda: self._stands("正在安排"), ERRAND_S, "the payment arrives")
        visits = self._deliver()
        self.tell.step("The robot rings and asks how it was")
        self._until(lambda: self._rated() >= visits, CALL_S * visits, "Mei rates")
        return self._judge(visits)

    def _confirm(self) -> None:
        """Each call back ends in a yes, or a person helps and it is read to her anew."""
        for _ in range(MOST_HELP):
            if self._given_up():
                self._correct_at_the_desk()
            self.mei.fresh()
            self.tell.step("The robot rings her back and reads the order over")
            self._until(
                lambda: self._stands("等您同意") or self._given_up(), CALL_S, "she confirms"
            )
            if self._stands("等您同意"):
                return
        raise AssertionError("she has not confirmed, for all the help of the desk")

    def _given_up(self) -> bool:
        if not self.mei.idle:
            return False
        return PROMISE in self.mei.unread or WITH_STAFF in self.ana.sees(self.order)

    def _understand(self) -> None:
        self.tell.step("What Whisper wrote, and what was made of it (the desk's page of the order)")
        self._until(
            lambda: self._find() and LISTENING not in self.ana.sees(self.order),
            ERRAND_S,
            "the recording is heard",
        )
        self.ana.reads(self.order)

    def _find(self) -> bool:
        # Until she has confirmed it an order is on no page that lists orders, unless it needs a
        # person; its id is read from the table.
        with self.running.db.reading() as session:
            newest = session.scalar(sa.select(Order.id).order_by(Order.created_at.desc()).limit(1))
        self.order = str(newest or "")
        return bool(self.order)

    def _page(self) -> None:
        page = self.lin.looks_at(self.order)
        for row in page.rows:
            if row.strip():
                self.tell(f"  {row.strip()}", "page")

    def _correct_at_the_desk(self) -> None:
        self.tell.step("The robot was not sure: a clerk listens, as the caller was told")
        self.ana.corrects(self.order, self.wants, self.said)

    def _deliver(self) -> int:
        self.tell.step("The desk sends people out, and ticks them off")
        sent = [0]

        def out() -> bool:
            sent[0] += self.ana.sends_everybody(WORKERS)
            return sent[0] > 0

        self._until(out, ERRAND_S, "the board shows the visits")
        told = len(self.mei.heard)
        self._until(
            lambda: any("敲门会说" in heard for heard in self.mei.heard[told:]) and self.mei.idle,
            CALL_S,
            "Mei is told who comes",
        )
        self.ana.ticks_off_everything()
        self._until(lambda: self._stands("已送到"), ERRAND_S, "all is delivered")
        return sent[0]

    def _rated(self) -> int:
        page = self.lin.looks_at(self.order)
        return sum("5 分 · 老人自己评的" in row for row in page.rows)

    def _stands(self, label: str) -> bool:
        self._find()
        return any(row.strip() == label for row in self.lin.looks_at(self.order).rows)

    def _judge(self, visits: int) -> bool:
        self._page()
        rows = [row for row in self.lin.looks_at(self.order).rows if "¥" in row]
        lines = [row for row in rows if "合计" not in row and "同意" not in row]
        right = len(lines) == len(self.wants) and all(
            any(all(part in row for part in want.on_page(self.today)) for row in lines)
            for want in self.wants
        )
        self.tell(
            f"{'✓' if right else '✗'} delivered and rated ({visits} of {visits} visits); its lines "
            f"are {'what she wanted' if right else 'not what she wanted'}: {self.said}",
            "good" if right else "bad",
        )
        return right

    def _emergency(self) -> bool:
        self._until(
            lambda: self._answered("我是安娜，别动，我马上叫人过来"), CALL_S, "Ana picks up"
        )
        self._until(lambda: self.mei.idle, 30, "the call ends")
        self.tell.step("The clerk rules on it")
        self.ana.takes_the_first()
        self.ana.rules("emergency_services", "已叫120，家人在路上")
        closed = "急事" not in self.ana.queue().words
        self.tell(
            f"{'✓' if closed else '✗'} connected to a person and ruled on",
            "good" if closed else "bad",
        )
        return closed

    def _answered(self, words: str) -> bool:
        """Whether the clerk's telephone rang; then Ana has picked up and said this."""
        if self.desk.state != "ringing":
            return False
        self.tell("☎ the desk's telephone rings; Ana picks up", "said")
        self.desk.answers().is_connected_within(10).says(words)
        told = self.mei.lives_until(lambda: words in self.mei.heard, 10)
        self.desk.hangs_up()
        return told

    def _until(self, done: Callable[[], bool], seconds: float, what: str) -> None:
        def come() -> bool:
            if self.wants:
                self._answered(PROMISE)
            return done()

        if not self.mei.lives_until(come, seconds):
            raise AssertionError(f"in {seconds:g} s it did not come to this: {what}")
