"""The processes of production as children of one process: they die with it, and none is
restarted silently."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from voiceapp.embedded import die_with_parent
from voiceapp.errors import VoiceappError

CREW: dict[str, tuple[str, ...]] = {
    "web": ("web", "--workers", "1", "--threads", "16"),
    "relay": ("relay",),
    "listening": ("worker", "live", "speech"),
    "errands": ("worker", "calls", "default"),
}
"""Who works on one machine: a name, and the command it runs."""

LAST_LINES = 15
PATIENCE_S = 25


@dataclass(frozen=True)
class Crew:
    """The running children, and the folder that their logs are in."""

    children: Mapping[str, "subprocess.Popen[bytes]"]
    logs: Path

    def check(self) -> None:
        """Raises VoiceappError with the end of its log where one of them has ended."""
        for name, child in self.children.items():
            if child.poll() is not None:
                log = self.logs / f"{name}.log"
                last = log.read_text(errors="replace").splitlines()[-LAST_LINES:]
                told = "\n".join(last)
                raise VoiceappError(f"{name} ended with status {child.returncode}; {log}:\n{told}")


@contextmanager
def crew(environment: Mapping[str, str], logs: Path) -> Iterator[Crew]:
    """Start everybody, and end everybody. To be called before this process has threads."""
    logs.mkdir(parents=True, exist_ok=True)
    children: dict[str, subprocess.Popen[bytes]] = {}
    try:
        for name, words in CREW.items():
            with (logs / f"{name}.log").open("ab") as log:
                children[name] = subprocess.Popen(
                    [sys.executable, "-m", "voiceapp", *words],
                    env=dict(environment),
                    stdout=log,
                    stderr=log,
                    stdin=subprocess.DEVNULL,
                    # Ctrl-C is for the parent, which then ends them in order.
                    start_new_session=True,
                    preexec_fn=die_with_parent,
                    cwd=os.fspath(logs),
                )
        yield Crew(children, logs)
    finally:
        for child in children.values():
            child.terminate()
        for child in children.values():
            try:
                child.wait(PATIENCE_S)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
