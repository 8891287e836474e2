"""The web process: gunicorn with threads, several of them to a process."""

from contextlib import suppress

from gunicorn.app.base import BaseApplication
from sqlalchemy.exc import OperationalError

from orders import vocabulary
from voiceapp.app import create_app
from voiceapp.config import Settings

SECONDS_TO_FINISH = 20
"""A request in hand may end when the process is told to stop; Twilio itself waits 15 s."""


class Server(BaseApplication):  # type: ignore[misc]  # the library ships no types
    """gunicorn with our application and settings in it."""

    def __init__(self, settings: Settings, workers: int, threads: int) -> None:
        self.settings, self.workers, self.threads = settings, workers, threads
        super().__init__()

    def load_config(self) -> None:
        """What would else stand in a file of gunicorn's own."""
        for name, value in {
            "bind": self.settings.bind,
            "workers": self.workers,
            "threads": self.threads,
            "worker_class": "gthread",
            "graceful_timeout": SECONDS_TO_FINISH,
            "loglevel": "warning",
            "proc_name": "voiceapp-web",
        }.items():
            self.cfg.set(name, value)

    def load(self) -> object:
        """The application, made in each worker: connections do not survive a fork."""
        app = create_app(self.settings)
        # The words take a second to build, which no caller should wait for. Without a database
        # there is nothing to build from; /ready says so.
        with suppress(OperationalError), app.extensions["house"].db.reading() as session:
            vocabulary.shared(session)
        return app


def run(settings: Settings, workers: int, threads: int) -> None:
    """Serve until a signal."""
    Server(settings, workers, threads).run()
