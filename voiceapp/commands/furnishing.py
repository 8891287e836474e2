"""What an installation begins with: the catalogue, clerks, and the residents."""

import argparse
import secrets
from pathlib import Path

import pyotp

from orders import catalogue, importing
from orders.importing import Outcome
from voiceapp.commands import house, say
from voiceapp.console.clerks import enrol_clerk

ISSUER = "voiceapp"


def seed(chosen: argparse.Namespace) -> None:
    """Load the catalogue where there is none; enrol a clerk and print the login, once."""
    found = house()
    password, totp_secret = secrets.token_urlsafe(12), pyotp.random_base32()
    with found.db.begin() as session:
        if not catalogue.version(session):
            path = Path(found.settings.catalogue) if found.settings.catalogue else catalogue.PILOT
            loaded = catalogue.load(session, path)
            say(f"{loaded.products} products and services loaded from {path.name}")
        enrol_clerk(session, chosen.login, chosen.name, password, chosen.role, totp_secret)
    say(f"login     {chosen.login}")
    say(f"password  {password}")
    say(f"second factor  {totp_secret}")
    code = pyotp.TOTP(totp_secret).provisioning_uri(name=chosen.login, issuer_name=ISSUER)
    say(f"               {code}")
    say(f"They are shown this once. The desk is at {found.settings.public_url}/desk/")


def load_catalogue(chosen: argparse.Namespace) -> None:
    """Make the catalogue what a file says; every process reads it anew."""
    with house().db.begin() as session:
        loaded = catalogue.load(session, Path(chosen.file))
    say(
        f"{loaded.products} products and services on sale, {loaded.withdrawn} taken off sale; "
        f"version {loaded.version}"
    )


def import_customers(chosen: argparse.Namespace) -> int:
    """Put residents on file; 1 where a row was refused."""
    found = house()
    rows = importing.read(Path(chosen.file))
    counts = dict.fromkeys(Outcome, 0)
    with found.db.begin() as session:
        for result in importing.take_all(session, rows, found.settings.allowed_prefixes):
            counts[result.outcome] += 1
            if result.outcome is Outcome.REFUSED:
                say(f"line {result.line}: refused: {result.reason}")
    say(", ".join(f"{number} {outcome}" for outcome, number in counts.items()))
    return 1 if counts[Outcome.REFUSED] else 0
