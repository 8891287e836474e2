"""Everything on one machine, as somebody starts it who only wants to look."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pyotp
import pytest
import requests

from voiceapp.demo.browser import Browser
from voiceapp.embedded import free_port


class Serving:
    """A running `voiceapp serve`, and what it has told so far."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.told = ""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "voiceapp", "serve", "--port", str(free_port())],
            cwd=folder,
            env={"PATH": os.environ["PATH"], "HOME": str(folder), "LANG": "C.UTF-8"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def until(self, words: str) -> None:
        """Read on until it has told this."""
        assert self.process.stdout is not None
        while words not in self.told:
            line = self.process.stdout.readline()
            assert line, self.told
            self.told += line

    def find(self, pattern: str) -> str:
        """Something that it told."""
        found = re.search(pattern, self.told)
        assert found is not None, self.told
        return found[1]

    def children(self) -> list[int]:
        """The processes that it started, and theirs."""
        listed = Path("/proc").glob("[0-9]*/environ")
        mark = str(self.folder / "var").encode()
        return [
            int(path.parent.name)
            for path in listed
            if _reads(path, mark) and int(path.parent.name) != self.process.pid
        ]


def _reads(path: Path, mark: bytes) -> bool:
    try:
        return mark in path.read_bytes()
    except OSError:
        return False


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """It serves until the module's tests are done."""
    started = Serving(tmp_path_factory.mktemp("serve"))
    try:
        started.until("Ctrl-C")
        yield started
    finally:
        started.process.kill()
        started.process.communicate()


def test_it_is_ready_when_it_says_where_to_look(serving: Serving) -> None:
    told = requests.get(serving.find(r"ready +(\S+)"), timeout=10).json()

    assert told["status"] == "ready"


def test_the_printed_login_opens_the_desk(serving: Serving) -> None:
    browser = Browser(serving.find(r"desk +(\S+)"))
    login, password = re.search(r"desk +\S+ +(\S+) / (\S+)", serving.told).groups()  # type: ignore[union-attr]
    code = pyotp.TOTP(serving.find(r"second factor (\w+)")).now()

    browser.open(browser.url)
    browser.send("", login=login, password=password)
    page = browser.send("", code=code)

    assert "安娜" in page.words


def test_everything_listens_on_the_loopback_alone(serving: Serving) -> None:
    for name in ("telephone", "children", "desk"):
        assert serving.find(rf"{name} +(\S+)").startswith("http://127.0.0.1:")


def test_the_telephones_offer_the_sample_callers(serving: Serving) -> None:
    page = serving.find(r"telephone +(\S+)")

    told = requests.get(f"{page}/api/exchange", timeout=10).json()

    assert "1 我要两斤鸡蛋一桶花生油" in told["samples"]
    assert [each["name"] for each in told["telephones"]] == ["王梅", "王林", "坐席"]


def test_what_it_is_asked_to_keep_is_its_owners_alone(serving: Serving) -> None:
    for secret in (serving.folder / "var").glob(".*"):
        assert secret.stat().st_mode & 0o077 == 0


def test_told_to_end_it_ends_and_leaves_nothing(tmp_path: Path) -> None:
    serving = Serving(tmp_path)
    serving.until("Ctrl-C")

    serving.process.terminate()

    assert serving.process.wait(40) == 128 + signal.SIGTERM
    serving.process.communicate()
    assert serving.children() == []


def test_killed_it_takes_everything_with_it(serving: Serving) -> None:
    before = serving.children()
    assert len(before) >= 4

    os.kill(serving.process.pid, signal.SIGKILL)
    serving.process.wait()

    deadline = time.monotonic() + 40
    while serving.children() and time.monotonic() < deadline:
        time.sleep(0.2)
    assert serving.children() == []
