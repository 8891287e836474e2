"""What can go wrong in a way that a person is told about."""


class VoiceappError(Exception):
    """A mistake with a sentence that says what to do about it."""


class SettingsError(VoiceappError):
    """A setting is missing or wrong; the message names it."""


class NotAllowed(VoiceappError):
    """This cannot happen to this thing at present (a move that the state machine has not)."""


class Conflict(VoiceappError):
    """Somebody else changed the same thing first; read it again and decide anew."""


class ProviderDown(VoiceappError):
    """An outside firm did not answer, or answered that it cannot at present: worth another try."""


class ProviderRefused(VoiceappError):
    """An outside firm refused for good; another try would be refused alike."""
