"""What was said is heard from the very second at which it was said, in a real browser."""

import io
import re
import wave

import pytest
from playwright.sync_api import Page

from tests.family_link.test_hearing import said
from tests.family_link.test_pages_in_a_browser import page, sign_in
from tests.family_link.town import Family

__all__ = ["page"]

pytestmark = [
    pytest.mark.parametrize("db", ["sqlite"], indirect=True),
    pytest.mark.parametrize("page", ["zh-CN"], indirect=True),
]

RATE, SECONDS = 8000, 20


class Tape:
    """A recording as the telephone firm keeps it: twenty seconds of silence."""

    def read(self, name: str) -> bytes:
        """The same for every name."""
        out = io.BytesIO()
        with wave.open(out, "wb") as made:
            made.setnchannels(1)
            made.setsampwidth(2)
            made.setframerate(RATE)
            made.writeframes(bytes(2 * RATE * SECONDS))
        return out.getvalue()


WHERE_IT_BEGAN = """async player => {
  player.muted = true;
  const plays = new Promise(done => player.addEventListener(
    'timeupdate', () => player.played.length && done()
  ));
  await player.play();
  await plays;
  player.pause();
  return player.played.start(0);
}"""


def began(page: Page) -> float:
    """The second from which what is on the page played."""
    player = page.locator("audio, video").first
    player.wait_for(state="attached")
    return float(player.evaluate(WHERE_IT_BEGAN))


def test_the_order_plays_from_its_first_word_and_each_line_from_its_own(
    page: Page, home: Family
) -> None:
    home.house.providers["store"] = Tape()
    order_id = said(home)
    sign_in(page, home)
    url = f"{home.house.settings.public_url}/family/orders/{order_id}"
    page.goto(url)

    whole = began(page)
    each = []
    for line in range(2):
        page.goto(url)
        page.locator("a.listen").nth(line).click()
        page.wait_for_url(re.compile("#t="))
        each.append(began(page))

    assert [round(second, 1) for second in (whole, *each)] == [1.6, 1.6, 4.5]
