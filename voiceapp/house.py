"""One installation: its settings, its database, and the firms it talks to."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from redis import Redis

from voiceapp.config import Settings
from voiceapp.db import Database


@dataclass(frozen=True)
class House:
    """What routes and jobs are given. `providers` are the ports' adapters by name."""

    settings: Settings
    db: Database
    redis: Redis
    providers: Mapping[str, Any]
