"""A child who asks to be linked, on his own telephone."""

import re

from tests.conftest import BO, MEI
from tests.stories.browsing import Browser, child
from tests.stories.town import Town


def bo_asks(place: Town, number: str = MEI) -> tuple[Browser, str]:
    """Bo says on his phone that he is her son; the four digits that he is shown."""
    bo = child(place.url, place.bo, BO)
    bo.opens("/family/link").sends("/family/link", number=number, relation="儿子")
    code = re.search(r"告诉老人 (\d{4})", bo.seen)
    assert code is not None, bo.seen
    return bo, code[1]
