"""The application for any WSGI server: `gunicorn wsgi:app`."""

from voiceapp.app import create_app
from voiceapp.config import Settings

app = create_app(Settings.from_env())
