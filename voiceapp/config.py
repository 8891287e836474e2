"""Settings: read once from the environment, refused where missing or wrong."""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, field, fields
from datetime import datetime, time
from typing import Any, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from voiceapp.errors import SettingsError
from voiceapp.phone import BadNumber, parse_phone


@dataclass(frozen=True)
class Hours:
    """A span of the day in the community's zone, such as 08:00-20:00."""

    start: time
    end: time

    def contains(self, local: datetime) -> bool:
        """Whether a local moment falls within."""
        return self.start <= local.time() < self.end

    def next_start(self, local: datetime) -> datetime:
        """The moment itself if it falls within, else when the hours next begin."""
        if self.contains(local):
            return local
        begin = datetime.combine(local.date(), self.start, local.tzinfo)
        if local < begin:
            return begin
        following = datetime.fromordinal(local.toordinal() + 1).date()
        return datetime.combine(following, self.start, local.tzinfo)


def _text(value: str) -> str:
    return value


def _needed(value: str) -> str:
    if not value:
        raise ValueError("must not be empty")
    return value


def _account(value: str) -> str:
    if not re.fullmatch(r"AC[0-9a-f]{32}", value):
        raise ValueError("must be AC and 32 hexadecimal digits")
    return value


def _url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise ValueError("must be http://… or https://…")
    return value.rstrip("/")


def _database(value: str) -> str:
    if not value.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
        raise ValueError("must be sqlite:///FILE or postgresql://…")
    return value


def _bind(value: str) -> str:
    host, _, port = value.rpartition(":")
    if not host or not port.isdigit():
        raise ValueError("must be HOST:PORT")
    return value


def _hours(value: str) -> Hours:
    try:
        start, end = (time.fromisoformat(part.strip()) for part in value.split("-"))
    except ValueError as error:
        raise ValueError("must be HH:MM-HH:MM") from error
    if start >= end:
        raise ValueError("must begin before it ends")
    return Hours(start, end)


def _days(value: str) -> int:
    if not value.isdigit() or not 1 <= int(value) <= 3650:
        raise ValueError("must be a number of days from 1 to 3650")
    return int(value)


def _zone(value: str) -> ZoneInfo:
    try:
        return ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ValueError("must be a zone such as Asia/Shanghai") from error


def _phone(value: str) -> str:
    try:
        return parse_phone(value).e164
    except BadNumber as error:
        raise ValueError("must be a telephone number such as +12025550100") from error


def _phone_or_empty(value: str) -> str:
    return _phone(value) if value else ""


def _url_or_empty(value: str) -> str:
    return _url(value) if value else ""


def _list(value: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in value.split(",") if part.strip())


def _secret(value: str) -> str:
    if len(value) < 16:
        raise ValueError("must be at least 16 characters, from a random source")
    return value


def _keys(value: str) -> tuple[str, ...]:
    if not _list(value):
        raise ValueError("needs at least one key; make one with `voiceapp doctor --new-key`")
    return _list(value)


def _engine(value: str) -> str:
    if value not in ("faster-whisper", "openai-whisper"):
        raise ValueError("must be faster-whisper or openai-whisper")
    return value


def _device(value: str) -> str:
    if value not in ("auto", "cpu", "cuda"):
        raise ValueError("must be auto, cpu or cuda")
    return value


def _probability(value: str) -> float:
    try:
        found = float(value)
    except ValueError:
        found = -1.0
    if not 0 <= found < 1:
        raise ValueError("must be from 0 to under 1, such as 0.4")
    return found


def setting(read: Callable[[str], Any], about: str, default: Any = MISSING) -> Any:
    """One setting: how its text is read, what it means, and its default as text."""
    return field(metadata={"read": read, "about": about, "default": default})


@dataclass(frozen=True)
class Settings:
    """Everything that the environment decides. The names are those of the environment."""

    public_url: str = setting(_url, "where the outside world reaches us, https in service")
    bind: str = setting(_bind, "where the web process listens", "127.0.0.1:8000")
    database_url: str = setting(_database, "PostgreSQL in service, SQLite on one machine")
    redis_url: str = setting(_text, "any Redis from 6.2 or Valkey; empty: an embedded one", "")
    secret_key: str = setting(_secret, "signs cookies and forms")
    data_keys: tuple[str, ...] = setting(_keys, "encrypt personal columns, newest first")
    index_key: str = setting(_secret, "the keyed hash by which a number is found")
    recordings_url: str = setting(_needed, "a folder or a bucket, as fsspec writes it")
    retention_days: int = setting(_days, "recordings and transcripts are deleted after", "90")
    timezone: ZoneInfo = setting(_zone, "where the community lives", "Asia/Shanghai")
    calling_hours: Hours = setting(_hours, "when we may ring somebody", "08:00-20:00")
    desk_hours: Hours = setting(_hours, "when somebody is at the desk", "08:00-20:00")
    desk_number: str = setting(_phone, "where a caller who wants a person is connected")
    allowed_prefixes: tuple[str, ...] = setting(_list, "numbers that we may ring begin so", "+86")
    twilio_account_sid: str = setting(_account, "the account, AC…")
    twilio_auth_token: str = setting(_secret, "signs the firm's webhooks and our requests")
    twilio_number: str = setting(_phone, "the number that callers ring")
    twilio_api_url: str = setting(_url_or_empty, "instead of the firm's own address", "")
    whisper_engine: str = setting(_engine, "faster-whisper or openai-whisper", "faster-whisper")
    whisper_model: str = setting(_text, "a name, a folder; empty: the shipped demo model", "")
    whisper_device: str = setting(_device, "auto takes a GPU where there is one", "auto")
    whisper_threshold: float = setting(
        _probability, "confidence under which a caller is asked again", "0.4"
    )
    llm_api_url: str = setting(_url_or_empty, "a second opinion where we are unsure", "")
    llm_api_key: str = setting(_text, "its secret, where it wants one", "")
    llm_model: str = setting(_text, "the model's name at that address", "")
    wechat_app_id: str = setting(_text, "the mini-program; empty: no WeChat", "")
    wechat_app_secret: str = setting(_text, "its secret", "")
    wechat_template: str = setting(_text, "the id of its subscription message's template", "")
    wechat_api_url: str = setting(_url, "WeChat's API", "https://api.weixin.qq.com")
    wechatpay_mch_id: str = setting(_text, "the merchant; empty: all is paid at the door", "")
    wechatpay_api_url: str = setting(_url_or_empty, "instead of the firm's own address", "")
    wechatpay_private_key: str = setting(_text, "the merchant's key, PEM", "")
    wechatpay_cert_serial: str = setting(_text, "the merchant certificate's serial", "")
    wechatpay_apiv3_key: str = setting(_text, "32 characters, decrypts notices", "")
    wechatpay_public_key: str = setting(_text, "WeChat Pay's own public key, PEM", "")
    wechatpay_public_key_id: str = setting(_text, "PUB_KEY_ID_…", "")
    softphone_url: str = setting(_url_or_empty, "the browser telephone, where chosen", "")
    metrics_token: str = setting(_text, "who may read /metrics; empty: loopback only", "")
    catalogue: str = setting(_text, "the file that the first start loads", "")

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None) -> Self:
        """Read and check all settings. Raises SettingsError that names every wrong one."""
        env = os.environ if environ is None else environ
        values: dict[str, Any] = {}
        wrong: list[str] = []
        for each in fields(cls):
            name = each.name.upper()
            text = env.get(name, each.metadata["default"])
            if text is MISSING:
                wrong.append(f"{name} is missing: {each.metadata['about']}")
                continue
            try:
                values[each.name] = each.metadata["read"](text)
            except ValueError as error:
                wrong.append(f"{name} {error}")
        if wrong:
            raise SettingsError("\n".join(wrong))
        return cls(**values)

    @classmethod
    def example(cls) -> str:
        """The text of `.env.example`: every setting with its meaning and default."""
        lines = []
        for each in fields(cls):
            default = each.metadata["default"]
            lines.append(f"# {each.metadata['about']}")
            lines.append(f"{each.name.upper()}={'' if default is MISSING else default}")
        return "\n".join(lines) + "\n"
