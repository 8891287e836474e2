"""An installation that nobody had to set up: its Redis, its settings, its processes."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from redis import Redis

from voiceapp.config import Settings
from voiceapp.crew import crew
from voiceapp.embedded import embedded_environment, embedded_redis, free_or, free_port
from voiceapp.errors import VoiceappError


def test_what_redis_was_given_is_there_after_it_was_killed(tmp_path: Path) -> None:
    with embedded_redis(tmp_path) as url:
        client = Redis.from_url(url)
        client.rpush("queue", "errand")
        pid = int(client.info("server")["process_id"])
        os.kill(pid, signal.SIGKILL)

    with embedded_redis(tmp_path) as url:
        assert Redis.from_url(url).lrange("queue", 0, -1) == [b"errand"]


def test_redis_dies_with_its_parent(tmp_path: Path) -> None:
    program = (
        "import sys, time\n"
        "from pathlib import Path\n"
        "from voiceapp.embedded import embedded_redis\n"
        "with embedded_redis(Path(sys.argv[1])) as url:\n"
        "    print(url, flush=True)\n"
        "    time.sleep(60)\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    with parent.stdout as told:
        pid = int(Redis.from_url(told.readline().strip()).info("server")["process_id"])

    parent.kill()
    parent.wait()

    deadline = time.monotonic() + 10
    while Path(f"/proc/{pid}").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not Path(f"/proc/{pid}").exists()


def test_the_settings_boot_and_their_secrets_are_kept(tmp_path: Path) -> None:
    first = embedded_environment(tmp_path, "unix:///r.sock", 8000, {})
    again = embedded_environment(tmp_path, "unix:///r.sock", 8000, {})

    assert Settings.from_env(first).public_url == "http://127.0.0.1:8000"
    assert first == again
    assert len({first[name] for name in ("SECRET_KEY", "DATA_KEYS", "INDEX_KEY")}) == 3
    assert (tmp_path / ".data_key").stat().st_mode & 0o077 == 0


def test_a_real_installation_in_the_environment_is_left_alone(tmp_path: Path) -> None:
    real = {"DATABASE_URL": "postgresql://real", "TWILIO_AUTH_TOKEN": "real", "PATH": "/bin"}

    made = embedded_environment(tmp_path, "unix:///r.sock", 8000, real)

    assert made["DATABASE_URL"].startswith("sqlite:///")
    assert made["TWILIO_AUTH_TOKEN"] != "real"
    assert made["PATH"] == "/bin"


def test_a_better_model_in_the_environment_is_taken(tmp_path: Path) -> None:
    better = {
        "WHISPER_MODEL": "/models/big",
        "LLM_API_URL": "https://models.example/v1",
        "LLM_API_KEY": "only-for-tests",
        "LLM_MODEL": "big",
    }

    made = embedded_environment(tmp_path, "unix:///r.sock", 8000, better)

    assert better.items() <= made.items()


def test_a_port_in_use_is_not_insisted_on() -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()

        assert free_or(busy.getsockname()[1]) != busy.getsockname()[1]
    wanted = free_port()
    assert free_or(wanted) == wanted


def test_a_process_that_ends_is_reported_with_the_end_of_its_log(tmp_path: Path) -> None:
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
    with crew(environment, tmp_path / "logs") as staff:
        deadline = time.monotonic() + 30
        with pytest.raises(VoiceappError, match="PUBLIC_URL is missing"):
            while time.monotonic() < deadline:
                staff.check()
                time.sleep(0.1)
