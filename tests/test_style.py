"""Lint and types are tests like any other."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

CHECKS = {
    "ruff": ["ruff", "check", "."],
    "types": ["mypy"],
}


@pytest.mark.parametrize("check", CHECKS)
def test_the_code_passes(check: str) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", *CHECKS[check]],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.returncode == 0, ended.stdout + ended.stderr


def test_no_file_is_longer_than_it_can_be_read() -> None:
    rooms = ("nlu", "orders", "ivr", "family_link", "voiceapp", "bench", "tools")
    long = {
        path.relative_to(ROOT).as_posix(): length
        for room in rooms
        for path in (ROOT / room).rglob("*.py")
        if "migrations" not in path.parts
        and (length := len(path.read_text("utf-8").splitlines())) > 260
    }

    assert long == {}
