"""The telephone firm is Twilio: REST calls out. The only file that speaks its client's language
beside `twiml.py`, which writes its markup."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

import requests
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from ivr.telephony import Placement
from voiceapp.config import Settings
from voiceapp.errors import ProviderDown, ProviderRefused
from voiceapp.phone import Phone

TIMEOUT = 10
"""Seconds that one request may take."""

RING_SECONDS = 40
"""How long it rings; older people need longer to the telephone."""

LONGEST_CALL = 15 * 60
"""Seconds after which a call of ours is ended by the firm."""

Answer = TypeVar("Answer")


class TwilioTelephony:
    """Dialler, RecordingsAtFirm and Texts through one account."""

    def __init__(self, settings: Settings) -> None:
        self._account = settings.twilio_account_sid
        self._auth = (settings.twilio_account_sid, settings.twilio_auth_token)
        self._number = settings.twilio_number
        self._public = settings.public_url
        http = TwilioHttpClient(timeout=TIMEOUT, max_retries=0)
        self._client = Client(*self._auth, http_client=http)
        if settings.twilio_api_url:
            self._client.api.base_url = settings.twilio_api_url
        self._media = f"{self._client.api.base_url}/2010-04-01/Accounts/{self._account}/Recordings"

    def place_call(self, placement: Placement) -> str:
        """Ring, recorded from the answer on."""
        hooks = f"{self._public}/ivr"
        call = _ask(
            lambda: self._client.calls.create(
                to=placement.to.e164,
                from_=self._number,
                url=f"{hooks}/turn/{placement.call_id}/0",
                status_callback=f"{hooks}/status/{placement.call_id}",
                status_callback_event=["initiated", "ringing", "answered", "completed"],
                record=True,
                recording_status_callback=f"{hooks}/recording/{placement.call_id}",
                recording_status_callback_event=["completed", "absent"],
                timeout=RING_SECONDS,
                time_limit=LONGEST_CALL,
                **({"machine_detection": "Enable"} if placement.finds_machines else {}),
            )
        )
        return str(call.sid)

    def find_call(self, to: Phone, since: datetime) -> str | None:
        """The newest call from our number to this one that began since."""
        # The firm's own filter is by start time, which a call that still waits has not.
        calls = _ask(lambda: self._client.calls.list(to=to.e164, from_=self._number, limit=5))
        recent = [call for call in calls if call.date_created and call.date_created >= since]
        return str(recent[0].sid) if recent else None

    def take_over(self, sid: str, path: str) -> None:
        """Redirect a live call to one of our addresses."""
        _ask(lambda: self._client.calls(sid).update(url=f"{self._public}{path}", method="POST"))

    def fetch_recording(self, sid: str) -> bytes:
        """The WAV. It is served some seconds after it is announced: until then ProviderDown."""
        try:
            answer = requests.get(f"{self._media}/{sid}.wav", auth=self._auth, timeout=TIMEOUT)
        except requests.RequestException as error:
            raise ProviderDown("the telephone firm cannot be reached") from error
        if answer.status_code in (401, 403):
            raise ProviderRefused("the telephone firm refuses our account")
        if answer.status_code != 200:
            raise ProviderDown(f"the telephone firm answered {answer.status_code}")
        return answer.content

    def delete_recording(self, sid: str) -> None:
        """Delete the firm's copy."""
        try:
            _ask(lambda: self._client.recordings(sid).delete())
        except ProviderRefused as error:
            if not isinstance(error.__cause__, TwilioRestException):
                raise
            if error.__cause__.status != 404:
                raise

    def send_message(self, to: Phone, words: str) -> str:
        """Send a short message from our number."""
        message = _ask(
            lambda: self._client.messages.create(to=to.e164, from_=self._number, body=words)
        )
        return str(message.sid)


def _ask(request: Callable[[], Answer]) -> Answer:
    try:
        return request()
    except TwilioRestException as error:
        if error.status == 429 or error.status >= 500:
            raise ProviderDown(f"the telephone firm answered {error.status}") from error
        raise ProviderRefused(f"the telephone firm refused with {error.code}") from error
    except (TwilioException, requests.RequestException, OSError) as error:
        # Lists raise the wider one of the client's two errors, whatever the status was.
        raise ProviderDown("the telephone firm cannot be reached") from error
