"""The daughter and the clerk: each a browser, and what each does on the product's pages."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pyotp

from ivr.softphone import Handset
from voiceapp import clock
from voiceapp.demo.browser import Browser, Page
from voiceapp.demo.callers import DAYS, TIMES, Want
from voiceapp.demo.telling import Teller


class Daughter:
    """Lin: signs in by a code, looks, approves, pays."""

    def __init__(self, url: str, handset: Handset, tell: Teller) -> None:
        self.browser, self.handset, self.tell = Browser(url), handset, tell
        self.url = url

    def signs_in(self) -> None:
        """Her number, and the six digits that come to her telephone."""
        self.browser.open(f"{self.url}/f")
        self.browser.send("", number=self.handset.number)
        text = self.handset.reads("验证码", 20)
        self.tell(f"✉ Lin reads: {text}", "heard")
        code = re.search(r"\d{6}", text)
        assert code is not None, "the message has six digits"
        self.browser.send("", code=code[0])
        self.tell(f"  Lin is signed in at {self.url}/f", "page")

    def looks_at(self, order: str) -> Page:
        """The page of an order; an empty one while it is nobody's business but her mother's."""
        return self.browser.open(f"{self.url}/family/orders/{order}")

    def approves_and_pays(self, order: str) -> None:
        """Approve what is shown; then to the firm's checkout page, and back."""
        self.looks_at(order)
        self.tell("→ Lin approves", "said")
        self.browser.send("/approve")
        self.tell("→ Lin chooses to pay", "said")
        page = self.browser.send("/pay")
        self.browser.open(page.link("checkout"))
        self.tell(f"  the firm's checkout page: {self.browser.page.words}", "page")
        self.tell("→ Lin pays; the firm posts its signed notice", "said")
        self.browser.send("checkout")


class Clerk:
    """Ana at the desk."""

    def __init__(self, url: str, tell: Teller, zone: ZoneInfo) -> None:
        self.browser, self.tell, self.zone = Browser(url), tell, zone
        self.url = url

    def signs_in(self, login: str, password: str, totp_secret: str) -> None:
        """Password and code."""
        self.browser.open(f"{self.url}/desk/login")
        self.browser.send("", login=login, password=password)
        code = pyotp.TOTP(totp_secret).at(clock.now())
        page = self.browser.send("", code=code)
        assert "/login" not in self.browser.url, f"Ana is not let in: {page.words}"
        self.tell(f"  Ana is signed in at {self.url}/desk/", "page")

    def sees(self, order: str) -> str:
        """The heading of an order's page: its code, and where it stands."""
        page = self.browser.open(f"{self.url}/desk/orders/{order}")
        return next((row for row in page.rows if row.startswith("订单")), "")

    def reads(self, order: str) -> None:
        """What was said, what was understood, and what is still to be asked."""
        page = self.browser.open(f"{self.url}/desk/orders/{order}")
        for text in page.marked("transcript"):
            self.tell(f"  Whisper wrote: {text}", "page")
        for row in page.rows:
            if "¥" in row or "：“" in row:
                self.tell(f"  {row.strip()}", "page")

    def queue(self) -> Page:
        """What waits for a person."""
        return self.browser.open(f"{self.url}/desk/queue")

    def takes_the_first(self) -> Page:
        """Claim the first that nobody has; its page."""
        self.queue()
        return self.browser.send("/claim")

    def rules(self, ruling: str, words: str) -> None:
        """Close the case that is before her, with what was done."""
        self.browser.open(self.browser.page.link("/desk/cases/"))
        self.browser.send("/rule", ruling=ruling, words=words)

    def corrects(self, order: str, wants: tuple[Want, ...], said: str) -> None:
        """Take an order from the robot, listen to its recording, write down what was said, and
        have the robot read it to her anew."""
        page = self.browser.open(f"{self.url}/desk/orders/{order}")
        for step in ("/claim", "/take-over"):
            if any(step in form.action for form in page.forms):
                page = self.browser.send(step)
        for sound in page.sounds[-1:]:
            self.browser.fetch(sound)
        self.tell(f"  Ana listens to the recording herself: {said}", "page")
        where = f"{self.url}/desk/orders/{order}"
        for part in ("/questions/", "/lines/"):
            while any(part in form.action for form in self.browser.open(where).forms):
                self.browser.send(part, drop="1")
        for want in wants:
            self._puts(where, want)
            self.tell(f"→ Ana writes down {want.when}{want.aloud}", "said")
        self.browser.open(where)
        self.browser.send("/send-back")
        self.tell("→ Ana sends it to the robot, to be read back", "said")

    def _puts(self, where: str, want: Want) -> None:
        self.browser.open(f"{where}?q={want.said or want.name}")
        start, end = self._times(want)
        self.browser.send(
            "/lines$",
            sku=self._sku(want),
            quantity=str(want.quantity),
            place="new",
            start=start,
            end=end,
        )

    def _sku(self, want: Want) -> str:
        found = re.findall(r'name="sku" value="([\w-]+)"[^>]*> *([^<]*)</label>', self.browser.html)
        named = [sku for sku, label in found if want.name in label and want.is_kind(label)]
        assert named, f"Ana finds no {want.name}"
        return str(named[0])

    def _times(self, want: Want) -> tuple[str, str]:
        if not want.when:
            return "", ""
        day = datetime.now(self.zone).date() + timedelta(days=DAYS[want.when[:2]])
        start, end = TIMES[want.when]
        return f"{day}T{start}", f"{day}T{end}"

    def sends_everybody(self, workers: tuple[str, ...]) -> int:
        """Each waiting visit on the board gets somebody; how many."""
        page = self.browser.open(f"{self.url}/desk/board")
        sent = 0
        while any("/send" in form.action for form in page.forms):
            worker = workers[sent % len(workers)]
            page = self.browser.send("/send", worker=worker)
            sent += 1
            self.tell(f"→ Ana sends {worker} out", "said")
        return sent

    def ticks_off_everything(self) -> None:
        """Each visit is done."""
        page = self.browser.open(f"{self.url}/desk/board")
        while any("/done" in form.action for form in page.forms):
            page = self.browser.send("/done")
            self.tell("→ Ana ticks a visit off", "said")
