"""The walk through the API is walked as it is written."""

import os
import re
import subprocess
import time
from pathlib import Path

import pytest

from orders.lifecycle import State
from tests.conftest import LIN
from tests.family_link.town import Family

PAGE = Path(__file__).parents[2] / "docs" / "api.md"


@pytest.mark.parametrize("db", ["sqlite"], indirect=True)
def test_every_command_of_the_page_works_in_its_order(home: Family, tmp_path: Path) -> None:
    order_id = home.confirmed("egg", "peanut-oil")
    home.work()
    script = tmp_path / "walk.sh"
    blocks = re.findall(r"```bash\n(.*?)```", PAGE.read_text(), re.S)
    script.write_text("set -e\n" + "".join(blocks))
    place = {"API": f"{home.house.settings.public_url}/api/v1", "NUMBER": LIN}

    walk = subprocess.Popen(
        ["bash", str(script)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={"PATH": os.environ["PATH"]} | place,
    )
    told, _ = walk.communicate(_the_code(home), timeout=60)

    assert walk.returncode == 0, told
    assert home.state(order_id) is State.AWAITING_PAYMENT
    assert "prepay_id" in told


def _the_code(home: Family) -> str:
    for _ in range(100):
        home.work()
        if any("验证码" in words for words in home.texts.to(LIN)):
            return home.texts.code(LIN) + "\n"
        time.sleep(0.05)
    raise AssertionError("no code came")
