"""The telephone alone, and the firm that posts to it."""

from types import SimpleNamespace

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from twilio.request_validator import RequestValidator
from werkzeug.test import TestResponse

from ivr import routes
from ivr.calls import Call
from orders import catalogue
from tests.conftest import MEI, OURS, settle_in
from voiceapp.config import Settings
from voiceapp.db import Database
from voiceapp.house import House


class Firm:
    """Posts as Twilio does, signed with the account's token."""

    def __init__(self, client: FlaskClient, settings: Settings) -> None:
        self.client, self.settings = client, settings
        self.validator = RequestValidator(settings.twilio_auth_token)

    def posts(self, path: str, sign: bool = True, **fields: str) -> TestResponse:
        form = {
            "CallSid": "CA" + "1" * 32,
            "AccountSid": self.settings.twilio_account_sid,
            "From": MEI,
            "To": OURS,
            "CallStatus": "in-progress",
        } | fields
        signature = self.validator.compute_signature(self.settings.public_url + path, form)
        headers = {"X-Twilio-Signature": signature} if sign else {}
        return self.client.post(path, data=form, headers=headers)


def firm_of(settings: Settings, db: Database) -> Firm:
    """A town is settled and the line is open."""
    with db.begin() as session:
        catalogue.load(session)
        settle_in(session)
    app = Flask("telephone_alone")
    app.extensions["house"] = House(settings, db, SimpleNamespace(), {})  # type: ignore[arg-type]
    app.register_blueprint(routes.blueprint)
    return Firm(app.test_client(), settings)


def call_of(db: Database) -> Call:
    with db.reading() as session:
        return session.scalars(sa.select(Call)).one()
