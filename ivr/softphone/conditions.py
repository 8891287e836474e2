"""How fast time goes on the line, and how bad the network is."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Tempo:
    """What the real seconds of a call are multiplied by, each kind by its own factor.

    A waiting person never races against a test: at `AT_ONCE` nothing takes time by itself but
    Pause, and a silence passes when the telephone says so (`Handset.stays_silent`).
    """

    speech: float = 1.0  # Say, Play, and the sound of a recording
    pause: float = 1.0  # Pause, and the music of a queue
    patience: float = 1.0  # every wait for a person: keys, words, an answered ring
    webhook_s: float = 15.0  # all attempts together, https://www.twilio.com/docs/api/errors/11200


REAL_TIME = Tempo()
AT_ONCE = Tempo(speech=0.0, pause=0.1)


@dataclass(frozen=True)
class Weather:
    """What goes wrong between the firm and us. The default is a fine day.

    `api`: `down` answers 503, `cut` drops the connection before anything happens, `answer_lost`
    does what was asked and then drops the connection.
    """

    api: Literal["up", "down", "cut", "answer_lost"] = "up"
    api_delay_s: float = 0.0  # before anything happens
    answer_delay_s: float = 0.0  # after all has happened: webhooks overtake the answer
    webhooks_doubled: bool = False
    webhook_delay_s: float = 0.0
    callback_delay_s: float = 0.0  # call, recording and message status only


FINE = Weather()
