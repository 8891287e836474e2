"""Alerts that a child may switch on, and a parent off."""

import uuid
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from orders.people import Role
from voiceapp import clock
from voiceapp.db import Base, Name, uuid_key


class Alert(StrEnum):
    """What a child may be told without asking."""

    USUAL_MISSING = "usual_missing"
    ODD_AMOUNT = "odd_amount"
    ODD_HOUR = "odd_hour"
    DISTRESS = "distress"
    STRANGER = "stranger"


class AlertChoice(Base):
    """Whether one alert is on for one child about one parent, and who last said so."""

    __tablename__ = "alert_choices"
    __table_args__ = (sa.UniqueConstraint("link_id", "alert"),)

    id: Mapped[uuid.UUID] = uuid_key()
    link_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("links.id"), index=True)
    alert: Mapped[Alert] = mapped_column(Name(Alert))
    on: Mapped[bool] = mapped_column("is_on", default=False)
    said_by: Mapped[Role] = mapped_column(Name(Role))
    said_at: Mapped[datetime] = mapped_column(default=clock.now)
