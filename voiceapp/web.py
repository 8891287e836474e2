"""The web process: gunicorn with threads, several of them to a process."""

from gunicorn.app.base import BaseApplication

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
        return create_app(self.settings)


def run(settings: Settings, workers: int, threads: int) -> None:
    """Serve until a signal."""
    Server(settings, workers, threads).run()
