"""`voiceapp doctor`: what is wrong with an installation, and what to do about it."""

import argparse

from cryptography.fernet import Fernet

from voiceapp.commands import say, settings

SIGNS = {True: "ok   ", False: "WRONG", None: "note "}


def doctor(chosen: argparse.Namespace) -> int:
    """Check everything, in order; 1 where anything is wrong."""
    if chosen.new_key:
        say(Fernet.generate_key().decode())
        return 0
    from voiceapp import doctor as examining

    wrong = 0
    for finding in examining.examine(settings()):
        wrong += finding.good is False
        say(f"{SIGNS[finding.good]}  {finding.what}: {finding.told}")
    say("all is well" if not wrong else f"{wrong} to put right")
    return 1 if wrong else 0
