"""WeChat Pay's v3 signatures and sealed resources, from the firm's side.

As in the firm's guides: requests are signed by the merchant over method, path, time, nonce and
body; answers and notices by the firm over time, nonce and body (RSA, PKCS 1, SHA-256); what a
notice tells is sealed with AES-256-GCM under the merchant's APIv3 key.
"""

import json
import re
import secrets
import time
from base64 import b64decode, b64encode
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256

from family_link.cashier.merchant import Merchant

SCHEME = "WECHATPAY2-SHA256-RSA2048"
_PART = re.compile(r'(\w+)="([^"]*)"')


def is_from_merchant(
    merchant: Merchant, authorization: str, method: str, path: str, body: str
) -> bool:
    """Whether a request was signed by the merchant."""
    scheme, _, rest = authorization.partition(" ")
    parts = dict(_PART.findall(rest))
    known = parts.get("mchid") == merchant.mch_id
    if scheme != SCHEME or not known or parts.get("serial_no") != merchant.cert_serial:
        return False
    signed = f"{method}\n{path}\n{parts['timestamp']}\n{parts['nonce_str']}\n{body}\n"
    try:
        merchant.key.public_key().verify(
            b64decode(parts["signature"]), signed.encode(), PKCS1v15(), SHA256()
        )
    except InvalidSignature:
        return False
    return True


def headers_for(merchant: Merchant, body: str, stamp: int | None = None) -> dict[str, str]:
    """The headers with which the firm signs an answer or a notice."""
    when, nonce = str(int(time.time()) if stamp is None else stamp), secrets.token_hex(16)
    signed = f"{when}\n{nonce}\n{body}\n".encode()
    return {
        "Wechatpay-Timestamp": when,
        "Wechatpay-Nonce": nonce,
        "Wechatpay-Serial": merchant.firm_key_id,
        "Wechatpay-Signature": b64encode(
            merchant.firm_key.sign(signed, PKCS1v15(), SHA256())
        ).decode(),
        "Wechatpay-Signature-Type": SCHEME,
    }


def seal_notice(merchant: Merchant, kind: str, told: dict[str, Any]) -> str:
    """The body of a notice: an id of its own and a sealed resource."""
    original = "refund" if kind.startswith("REFUND") else "transaction"
    nonce = secrets.token_hex(6)
    sealed = AESGCM(merchant.apiv3_key.encode()).encrypt(
        nonce.encode(), json.dumps(told).encode(), original.encode()
    )
    notice = {
        "id": secrets.token_hex(16),
        "create_time": time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime()),
        "resource_type": "encrypt-resource",
        "event_type": kind,
        "summary": kind,
        "resource": {
            "original_type": original,
            "algorithm": "AEAD_AES_256_GCM",
            "ciphertext": b64encode(sealed).decode(),
            "associated_data": original,
            "nonce": nonce,
        },
    }
    return json.dumps(notice)
