"""When people are awake: what can wait for the morning does."""

from datetime import datetime

from voiceapp import clock
from voiceapp.config import Settings


def awake(settings: Settings, moment: datetime, latest: datetime | None = None) -> datetime:
    """The moment itself by day, else the next morning.

    Where the morning would be later than `latest`, the moment itself, at whatever hour.
    """
    local = moment.astimezone(settings.timezone)
    morning = settings.calling_hours.next_start(local).astimezone(clock.now().tzinfo)
    return moment if latest is not None and morning > latest else morning
