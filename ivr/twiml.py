"""What we answer the telephone firm with: one reply of ours as TwiML."""

from twilio.twiml.voice_response import Gather, VoiceResponse

from ivr.talk import Reply, Then

VOICE = "Polly.Zhiyu-Neural"
SAY_LANGUAGE, HEAR_LANGUAGE = "cmn-CN", "cmn-Hans-CN"
"""Twilio takes different tags for speaking and for hearing the same language."""

ANSWER_SECONDS = 9
"""Silence before a question counts as not answered: older people take 8 to 10 seconds."""

TURN_SECONDS = 5
"""Silence that ends a recording."""

LONGEST_TURN = 120
SLOW = "85%"


class Writer:
    """Writes replies of one call. `here` is where the next turn of it is posted, `desk` where the
    desk line takes it over."""

    def __init__(self, here: str, recording_hook: str, desk: str, slow: bool) -> None:
        self.here = here
        self.recording_hook = recording_hook
        self.desk = desk
        self.slow = slow

    def write(self, reply: Reply) -> str:
        """The reply as an XML document."""
        response = VoiceResponse()
        if reply.notice:
            self._say(response, (reply.notice,))
        {
            Then.ASK: self._ask,
            Then.KEYS: self._keys,
            Then.RECORD: self._record,
            Then.HOLD: self._hold,
            Then.PERSON: self._connect,
            Then.EMERGENCY: self._connect,
            Then.END: self._end,
        }[reply.then](response, reply)
        return str(response)

    def _say(self, parent: VoiceResponse | Gather, says: tuple[str, ...]) -> None:
        for sentence in says:
            if self.slow:
                say = parent.say(voice=VOICE, language=SAY_LANGUAGE)
                say.prosody(sentence, rate=SLOW)
            else:
                parent.say(sentence, voice=VOICE, language=SAY_LANGUAGE)

    def _ask(self, response: VoiceResponse, reply: Reply) -> None:
        gather = response.gather(
            input="dtmf speech",
            language=HEAR_LANGUAGE,
            num_digits=reply.digits,
            timeout=ANSWER_SECONDS,
            speech_timeout="auto",
            action=self.here,
            action_on_empty_result=True,
        )
        self._say(gather, reply.says)

    def _keys(self, response: VoiceResponse, reply: Reply) -> None:
        gather = response.gather(
            input="dtmf",
            num_digits=reply.digits,
            timeout=ANSWER_SECONDS,
            action=self.here,
            action_on_empty_result=True,
        )
        self._say(gather, reply.says)

    def _record(self, response: VoiceResponse, reply: Reply) -> None:
        # A prompt outside a gather takes no keys, and 0 must reach a person during it.
        gather = response.gather(input="dtmf", num_digits=1, timeout=1, action=self.here)
        self._say(gather, reply.says)
        response.record(
            action=self.here,
            max_length=LONGEST_TURN,
            timeout=TURN_SECONDS,
            finish_on_key="089#",
            play_beep=True,
            recording_status_callback=self.recording_hook,
            recording_status_callback_event="completed absent",
        )
        # Silence is not posted to the action; the document goes on here instead.
        response.redirect(self.here)

    def _hold(self, response: VoiceResponse, reply: Reply) -> None:
        self._say(response, reply.says)
        response.pause(length=1)
        response.redirect(self.here)

    def _connect(self, response: VoiceResponse, reply: Reply) -> None:
        self._say(response, reply.says)
        response.redirect(self.desk)

    def _end(self, response: VoiceResponse, reply: Reply) -> None:
        self._say(response, reply.says)
        response.hangup()
