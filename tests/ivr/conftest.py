"""The firm that is asked for a second opinion."""

from collections.abc import Iterator

import pytest

from tests.ivr.chat_firm import Firm, chat_firm, means


@pytest.fixture
def firm() -> Iterator[Firm]:
    """A firm that takes everything for towels."""
    with chat_firm(means("towel")) as opened:
        yield opened
