"""The clerks' desk: what people do when the robot cannot."""

from voiceapp.console.room import open_room

__all__ = ["open_room"]
