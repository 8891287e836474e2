"""Telephone numbers, normalised at the edge."""

from dataclasses import dataclass

import phonenumbers

from voiceapp.errors import VoiceappError


class BadNumber(VoiceappError):
    """The text is no telephone number that can be rung."""


@dataclass(frozen=True)
class Phone:
    """A number in E.164 form, such as +12025550100."""

    e164: str

    def __str__(self) -> str:
        return self.masked

    @property
    def masked(self) -> str:
        """The number for screens that do not need all of it."""
        return f"{self.e164[:-8]}****{self.e164[-4:]}"

    def rings_at(self, prefixes: tuple[str, ...]) -> bool:
        """Whether we may ring it: it begins with one of ALLOWED_PREFIXES."""
        return self.e164.startswith(prefixes)


def parse_phone(text: str, region: str = "CN") -> Phone:
    """Read a number as people and firms write it.

    A number without a country code is read as one of `region`. Raises BadNumber.
    """
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException as error:
        raise BadNumber("not a telephone number; write it as +8613…") from error
    if not phonenumbers.is_possible_number(number):
        raise BadNumber("not a possible telephone number; check its digits")
    return Phone(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def caller_phone(text: str | None) -> Phone | None:
    """The caller's number as a carrier gives it; None where it is withheld or unreadable."""
    try:
        return parse_phone(text) if text and text.startswith("+") else None
    except BadNumber:
        return None
