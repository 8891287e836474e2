"""Personal data at rest: encrypted with rotating keys, found by keyed hash.

`DATA_KEYS` are Fernet keys, newest first: the first one writes, all of them read. A value that
must be found again (a telephone number) is stored twice: encrypted, and as a keyed hash
(HMAC-SHA-256 under `INDEX_KEY`), so that a stolen database can be neither read nor probed.
"""

import hashlib
import hmac
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from voiceapp.errors import SettingsError


class Keyring:
    """The keys of one installation."""

    def __init__(self, data_keys: Sequence[str], index_key: str) -> None:
        try:
            self._fernet = MultiFernet([Fernet(key) for key in data_keys])
        except ValueError as error:
            raise SettingsError("DATA_KEYS: each key must be 32 url-safe base64 bytes") from error
        self._index_key = index_key.encode()

    def seal(self, text: str) -> bytes:
        """Encrypt with the newest key."""
        return self._fernet.encrypt(text.encode())

    def unseal(self, token: bytes) -> str:
        """Decrypt with whichever key wrote it. Raises SettingsError where none did."""
        try:
            return self._fernet.decrypt(token).decode()
        except InvalidToken as error:
            raise SettingsError("DATA_KEYS: no key opens a stored value") from error

    def reseal(self, token: bytes) -> bytes:
        """The same text under the newest key."""
        return self._fernet.rotate(token)

    def seal_bytes(self, content: bytes) -> bytes:
        """Encrypt a recording."""
        return self._fernet.encrypt(content)

    def unseal_bytes(self, token: bytes) -> bytes:
        """Decrypt a recording."""
        try:
            return self._fernet.decrypt(token)
        except InvalidToken as error:
            raise SettingsError("DATA_KEYS: no key opens a stored recording") from error

    def index(self, text: str) -> str:
        """The keyed hash by which a sealed value is found; 64 hexadecimal digits."""
        return hmac.new(self._index_key, text.encode(), hashlib.sha256).hexdigest()


_installed: list[Keyring] = []


def use_keys(keyring: Keyring) -> None:
    """Give this process its keys; column types have no other way to reach them."""
    _installed[:] = [keyring]


def keys() -> Keyring:
    """The keys that this process was given."""
    if not _installed:
        raise SettingsError("DATA_KEYS: no keys were given to this process")
    return _installed[0]
