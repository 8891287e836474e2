"""The processes of production, each alone; and all of them on one machine."""

import argparse
import time
from pathlib import Path

from voiceapp.commands import logged_house, say, settings
from voiceapp.errors import VoiceappError


def web(chosen: argparse.Namespace) -> None:
    """Pages and webhooks, until a signal."""
    from voiceapp import web as server
    from voiceapp.logs import set_up_logs

    set_up_logs()
    server.run(settings(), chosen.workers, chosen.threads)


def worker(chosen: argparse.Namespace) -> None:
    """Errands of these queues, until a signal."""
    from voiceapp import worker as workers
    from voiceapp.reactions import QUEUES

    unknown = set(chosen.queues) - set(QUEUES)
    if unknown:
        raise VoiceappError(f"no queue is called {', '.join(sorted(unknown))}: {', '.join(QUEUES)}")
    workers.run(logged_house(), tuple(chosen.queues) or QUEUES)


def relay(chosen: argparse.Namespace) -> None:
    """Events to errands, errands to queues, until a signal."""
    from voiceapp import relay as relays

    found = logged_house()
    relays.run(found.db, found.redis)


def serve(chosen: argparse.Namespace) -> None:
    """Everything on this machine, until Ctrl-C."""
    from voiceapp.laptop import laptop, where_to_look

    with laptop(Path(chosen.folder).resolve(), chosen.port, tell=say) as running:
        for line in where_to_look(running):
            say(line)
        say("Ctrl-C ends it.")
        while True:
            running.crew.check()
            time.sleep(1)
