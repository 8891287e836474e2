"""The keys that a merchant and WeChat share, made up for one laptop."""

import secrets
from dataclasses import dataclass
from typing import Self

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key


def _pem(key: RSAPrivateKey) -> str:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()


@dataclass(frozen=True)
class Merchant:
    """One merchant with a mini-program at the stand-in. None of it opens anything elsewhere."""

    app_id: str
    app_secret: str
    mch_id: str
    apiv3_key: str
    cert_serial: str
    key: RSAPrivateKey
    firm_key: RSAPrivateKey
    firm_key_id: str

    @classmethod
    def new(cls) -> Self:
        """A merchant with fresh keys."""
        return cls(
            app_id="wx" + secrets.token_hex(8),
            app_secret=secrets.token_hex(16),
            mch_id=f"{1_900_000_000 + secrets.randbelow(99_999_999)}",
            apiv3_key=secrets.token_hex(16),
            cert_serial=secrets.token_hex(20).upper(),
            key=generate_private_key(65537, 2048),
            firm_key=generate_private_key(65537, 2048),
            firm_key_id=f"PUB_KEY_ID_{secrets.token_hex(16).upper()}",
        )

    def environment(self, url: str) -> dict[str, str]:
        """The settings of a house whose firm is the stand-in at `url`."""
        public = self.firm_key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        return {
            "WECHAT_APP_ID": self.app_id,
            "WECHAT_APP_SECRET": self.app_secret,
            "WECHAT_TEMPLATE": "order-news",
            "WECHAT_API_URL": url,
            "WECHATPAY_MCH_ID": self.mch_id,
            "WECHATPAY_API_URL": url,
            "WECHATPAY_PRIVATE_KEY": _pem(self.key),
            "WECHATPAY_CERT_SERIAL": self.cert_serial,
            "WECHATPAY_APIV3_KEY": self.apiv3_key,
            "WECHATPAY_PUBLIC_KEY": public.decode(),
            "WECHATPAY_PUBLIC_KEY_ID": self.firm_key_id,
        }
