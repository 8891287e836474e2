"""Clerks and their logins: enrolment, the two factors, and sessions that end."""

import hashlib
import secrets
import uuid
from datetime import timedelta

import pyotp
import sqlalchemy as sa
from sqlalchemy.orm import Session
from werkzeug.security import check_password_hash, generate_password_hash

from voiceapp import clock
from voiceapp.console.models import Clerk, ClerkSession
from voiceapp.console.rights import DeskRole
from voiceapp.errors import NotAllowed

LONGEST = timedelta(hours=12)
"""A login ends after one long shift, whatever happens."""

IDLE = timedelta(minutes=30)
"""A login ends when nobody touched it for so long."""

SHORTEST_PASSWORD = 10
"""Characters. NIST SP 800-63B asks for eight where a second factor is used."""

STEP = 30
"""Seconds that a code holds (RFC 6238's default)."""

_NOBODY = generate_password_hash(secrets.token_hex(), method="scrypt")
"""Checked where the login is unknown, so that both refusals take as long."""


def enrol_clerk(
    session: Session,
    login: str,
    name: str,
    password: str,
    role: DeskRole | str,
    totp_secret: str | None = None,
) -> Clerk:
    """Put a clerk on file. Without a TOTP secret the first login sets one up.

    Raises NotAllowed for a login that is taken or a password that is too short.
    """
    scrambled = _scrambled(password)
    if by_login(session, login) is not None:
        raise NotAllowed("this login is taken")
    clerk = Clerk(
        login=login.strip().lower(),
        name=name,
        password=scrambled,
        role=DeskRole(role),
        totp_secret=totp_secret,
    )
    session.add(clerk)
    session.flush()
    return clerk


def by_login(session: Session, login: str) -> Clerk | None:
    """The clerk of this login, active or not."""
    return session.scalar(sa.select(Clerk).where(Clerk.login == login.strip().lower()))


def authenticate(session: Session, login: str, password: str) -> Clerk | None:
    """The active clerk of this login and password: the first factor only."""
    clerk = by_login(session, login)
    right = check_password_hash(clerk.password if clerk else _NOBODY, password)
    return clerk if clerk is not None and clerk.active and right else None


def accept_code(clerk: Clerk, code: str, secret: str | None = None) -> bool:
    """Whether a code is the clerk's at present, or one step off, and was not used before.

    `secret` is one that is being set up; an accepted code makes it the clerk's.
    """
    key = secret or clerk.totp_secret
    if not key:
        return False
    totp, moment = pyotp.TOTP(key), int(clock.now().timestamp())
    for step in (moment // STEP + drift for drift in (0, -1, 1)):
        if step > clerk.totp_step and secrets.compare_digest(totp.generate_otp(step), code):
            clerk.totp_step, clerk.totp_secret = step, key
            return True
    return False


def open_session(session: Session, clerk: Clerk) -> str:
    """A new login; returns the token for the cookie, which is kept nowhere here."""
    token, moment = secrets.token_urlsafe(32), clock.now()
    session.add(
        ClerkSession(
            clerk_id=clerk.id,
            token_hash=_hash(token),
            opened_at=moment,
            seen_at=moment,
            ends_at=moment + LONGEST,
        )
    )
    return token


def holder(session: Session, token: str) -> tuple[Clerk, ClerkSession] | None:
    """Whose token this is, while its login lasts and the clerk is active."""
    moment = clock.now()
    row = session.scalar(
        sa.select(ClerkSession).where(
            ClerkSession.token_hash == _hash(token),
            ClerkSession.closed_at.is_(None),
            ClerkSession.ends_at > moment,
            ClerkSession.seen_at > moment - IDLE,
        )
    )
    clerk = session.get(Clerk, row.clerk_id) if row else None
    return (clerk, row) if row and clerk and clerk.active else None


def touch(session: Session, row_id: uuid.UUID) -> None:
    """The login was used: its idle time starts anew."""
    session.execute(
        sa.update(ClerkSession).where(ClerkSession.id == row_id).values(seen_at=clock.now())
    )


def close_session(session: Session, token: str) -> None:
    """End one login: its token is dead from here on."""
    _close(session, ClerkSession.token_hash == _hash(token))


def close_all_sessions(session: Session, clerk_id: uuid.UUID) -> None:
    """End every login of a clerk."""
    _close(session, ClerkSession.clerk_id == clerk_id)


def _close(session: Session, whose: sa.ColumnElement[bool]) -> None:
    session.execute(
        sa.update(ClerkSession)
        .where(whose, ClerkSession.closed_at.is_(None))
        .values(closed_at=clock.now())
    )


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def reset(session: Session, clerk: Clerk, password: str) -> None:
    """A new password and no second factor until the next login sets one up; logins end.

    Raises NotAllowed for a password that is too short.
    """
    clerk.password, clerk.totp_secret = _scrambled(password), None
    close_all_sessions(session, clerk.id)


def _scrambled(password: str) -> str:
    if len(password) < SHORTEST_PASSWORD:
        raise NotAllowed(f"a password has at least {SHORTEST_PASSWORD} characters")
    return generate_password_hash(password, method="scrypt")
