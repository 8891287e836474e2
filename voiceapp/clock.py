"""The one clock. Everything that asks what time it is asks here."""

from datetime import UTC, datetime


def now() -> datetime:
    """The present moment as aware UTC. Take it once per function."""
    return datetime.now(UTC)
