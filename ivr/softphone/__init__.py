"""The telephone's stand-in: an outsider that speaks the telephone firm's own protocol.

It signs and posts the webhooks that the firm posts, obeys the TwiML that we answer, serves the
REST API that the firm serves, and puts up telephones, for a test (`Handset`) and for a person (the
page at `/softphone`). It knows nothing of the product, which finds it by `TWILIO_API_URL`:

    app, exchange = create_exchange(sid, token, {"+12025550100": "http://…/ivr/incoming"})
    with running(app, exchange) as twilio_api_url:
        mei = Handset(twilio_api_url, "+12025550123")
        mei.dial("+12025550100")

`exchange.errors` is empty as long as everything that we gave the firm was what it takes;
`exchange.requests` holds every REST request that it got. `exchange.weather` is how bad the
network is, `exchange.tempo` how fast time goes on the line; from another process both are changed
by a PATCH of `/softphone/api/exchange`. `python -m ivr.softphone` runs an exchange by itself.

An order of files to read in: `exchange`, `call`, `verbs`. What it leaves out of the firm's world
ends the call and is among the errors: Conference, Sip, Pay, Stream and the like.
"""

from ivr.softphone.acts import HANG_UP
from ivr.softphone.conditions import AT_ONCE, FINE, REAL_TIME, Tempo, Weather
from ivr.softphone.exchange import Exchange, Number
from ivr.softphone.grammar import check_twiml
from ivr.softphone.handset import Handset
from ivr.softphone.server import create_exchange, running

__all__ = [
    "AT_ONCE",
    "FINE",
    "HANG_UP",
    "REAL_TIME",
    "Exchange",
    "Handset",
    "Number",
    "Tempo",
    "Weather",
    "check_twiml",
    "create_exchange",
    "running",
]
