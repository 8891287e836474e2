"""Who a child is: a code by text message, or the mini-program's login; then a token."""

import hashlib
import hmac
import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from orders.messages import Channel, leave_message
from orders.relatives import Relative, register
from voiceapp import clock
from voiceapp.crypto import keys
from voiceapp.db import Base, Name, Sealed, uuid_key
from voiceapp.phone import Phone

CODE_LASTS = timedelta(minutes=10)
GUESSES = 5
"""A code is guessed at most so often; then it is dead, right or wrong."""

CODES_AN_HOUR = 5
"""So many codes are sent to one number in an hour; further wishes are met with silence."""

BROWSER_LASTS = timedelta(days=30)
TOKEN_LASTS = timedelta(hours=1)
REFRESH_LASTS = timedelta(days=30)


class Door(StrEnum):
    """Where somebody came in."""

    BROWSER = "browser"
    MINI = "mini"


class LoginCode(Base):
    """Six digits on their way to a number."""

    __tablename__ = "login_codes"

    id: Mapped[uuid.UUID] = uuid_key()
    number: Mapped[str] = mapped_column(Sealed)
    number_index: Mapped[str] = mapped_column(sa.String(64), index=True)
    code_hash: Mapped[str] = mapped_column(sa.String(64))
    guesses: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    used_at: Mapped[datetime | None]


class FamilySession(Base):
    """One child at one door. Only hashes of the tokens are kept."""

    __tablename__ = "family_sessions"

    id: Mapped[uuid.UUID] = uuid_key()
    relative_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("relatives.id"), index=True)
    door: Mapped[Door] = mapped_column(Name(Door))
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    refresh_hash: Mapped[str | None] = mapped_column(sa.String(64), unique=True)
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]
    refresh_until: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]

    relative: Mapped[Relative] = relationship()


def send_code(session: Session, phone: Phone) -> uuid.UUID:
    """Leave a code for a number, whoever it belongs to; the id that the answer must name.

    Known or unknown, the same is done and the same is answered: a stranger learns nothing.
    """
    index = keys().index(phone.e164)
    since = clock.now() - timedelta(hours=1)
    session.execute(sa.delete(LoginCode).where(LoginCode.made_at < since))
    recent = session.scalar(
        sa.select(sa.func.count())
        .select_from(LoginCode)
        .where(LoginCode.number_index == index, LoginCode.made_at > since)
    )
    row = LoginCode(id=uuid.uuid4(), number=phone.e164, number_index=index)
    code = f"{secrets.randbelow(1_000_000):06d}"
    row.code_hash = _hash_code(row.id, code)
    session.add(row)
    session.flush()
    if (recent or 0) < CODES_AN_HOUR:
        leave_message(session, Channel.SMS, phone.e164, "login_code", {"code": code})
    else:
        # A code that nobody got must not be there to be guessed.
        row.used_at = clock.now()
    return row.id


def enter_code(session: Session, code_id: uuid.UUID, code: str) -> Relative | None:
    """The child whose number got this code; None for a wrong, old, used or worn-out one."""
    row = session.get(LoginCode, code_id, with_for_update=True)
    given = _hash_code(code_id, code)
    if row is None:
        return None
    row.guesses += 1
    fresh = row.used_at is None and clock.now() - row.made_at < CODE_LASTS
    right = hmac.compare_digest(given, row.code_hash)
    if not (right and fresh and row.guesses <= GUESSES):
        return None
    row.used_at = clock.now()
    return register(session, "", Phone(row.number))


def _hash_code(code_id: uuid.UUID, code: str) -> str:
    # Keyed: six digits under a plain hash could be tried out by whoever reads the table.
    return keys().index(f"{code_id} {code}")


def hash_token(token: str) -> str:
    """What is kept of a token: it has 256 random bits, so a plain hash does."""
    return hashlib.sha256(token.encode()).hexdigest()


def open_browser(session: Session, relative: Relative) -> str:
    """A new token for a browser's cookie."""
    token = secrets.token_urlsafe(32)
    session.add(
        FamilySession(
            relative_id=relative.id,
            door=Door.BROWSER,
            token_hash=hash_token(token),
            expires_at=clock.now() + BROWSER_LASTS,
        )
    )
    session.flush()
    return token


@dataclass(frozen=True)
class Tokens:
    """What a mini-program holds: a short-lived token, and what a new one is got with."""

    token: str
    refresh: str
    seconds: int


def open_mini(session: Session, relative: Relative) -> Tokens:
    """New tokens for a mini-program."""
    row = FamilySession(relative_id=relative.id, door=Door.MINI)
    session.add(row)
    return _renew(session, row)


def refresh_mini(session: Session, refresh: str) -> Tokens | None:
    """New tokens for a refresh token, which is used up. None where it counts no more."""
    row = session.scalar(
        sa.select(FamilySession)
        .where(
            FamilySession.refresh_hash == hash_token(refresh), FamilySession.ended_at.is_(None)
        )
        .with_for_update()
    )
    if row is None or row.refresh_until is None or row.refresh_until < clock.now():
        return None
    return _renew(session, row)


def _renew(session: Session, row: FamilySession) -> Tokens:
    token, refresh = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    row.token_hash, row.refresh_hash = hash_token(token), hash_token(refresh)
    row.expires_at = clock.now() + TOKEN_LASTS
    row.refresh_until = clock.now() + REFRESH_LASTS
    session.flush()
    return Tokens(token, refresh, int(TOKEN_LASTS.total_seconds()))


def by_openid(session: Session, openid: str) -> Relative | None:
    """The child whose WeChat this is."""
    index = keys().index(openid)
    return session.scalar(sa.select(Relative).where(Relative.wechat_index == index))


def bind_openid(session: Session, relative: Relative, openid: str) -> None:
    """This WeChat is this child's, and nobody else's any more."""
    before = by_openid(session, openid)
    if before is not None and before.id != relative.id:
        before.wechat_openid = before.wechat_index = None
        session.flush()
    relative.wechat_openid, relative.wechat_index = openid, keys().index(openid)
    session.flush()


def who_has(session: Session, token: str, door: Door) -> FamilySession | None:
    """The session of a token that still counts."""
    row = session.scalar(
        sa.select(FamilySession).where(
            FamilySession.token_hash == hash_token(token),
            FamilySession.door == door,
            FamilySession.ended_at.is_(None),
        )
    )
    return row if row is not None and row.expires_at > clock.now() else None


def leave(session: Session, token: str) -> None:
    """End a token's session. Ending it twice changes nothing."""
    row = session.scalar(
        sa.select(FamilySession).where(FamilySession.token_hash == hash_token(token))
    )
    if row is not None and row.ended_at is None:
        row.ended_at = clock.now()
