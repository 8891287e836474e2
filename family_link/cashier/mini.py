"""WeChat's mini-program endpoints: login codes, access tokens, subscription messages.

The code of a login is `login-` and a name; the openid is made from the name, so that the same
person is the same openid each time.
"""

import hashlib
import secrets
from typing import Any

from flask import Blueprint, current_app, request

from family_link.cashier.protocol import books

blueprint = Blueprint("mini", __name__)


def sent() -> list[dict[str, Any]]:
    """The subscription messages that were taken."""
    found: list[dict[str, Any]] = current_app.extensions.setdefault("sent", [])
    return found


def openid_of(name: str) -> str:
    """The openid of a made-up person."""
    return "o" + hashlib.sha256(name.encode()).hexdigest()[:27]


@blueprint.get("/sns/jscode2session")
def code_to_session() -> dict[str, Any]:
    """Whom a login code stands for; each code once."""
    merchant, code = books().merchant, request.args.get("js_code", "")
    used = current_app.extensions.setdefault("used_codes", set())
    ours = request.args.get("appid") == merchant.app_id
    if not ours or request.args.get("secret") != merchant.app_secret:
        return {"errcode": 40125, "errmsg": "invalid appsecret"}
    if not code.startswith("login-") or code in used:
        return {"errcode": 40029, "errmsg": "invalid code"}
    used.add(code)
    name = code.removeprefix("login-").partition("-")[0]
    return {"openid": openid_of(name), "session_key": secrets.token_urlsafe(16)}


@blueprint.post("/cgi-bin/stable_token")
def access_token() -> dict[str, Any]:
    """The token of the server's own requests."""
    if request.get_json().get("secret") != books().merchant.app_secret:
        return {"errcode": 40125, "errmsg": "invalid appsecret"}
    token = current_app.extensions.setdefault("access_token", secrets.token_hex(16))
    return {"access_token": token, "expires_in": 7200}


@blueprint.post("/cgi-bin/message/subscribe/send")
def send() -> dict[str, Any]:
    """Take one subscription message."""
    if request.args.get("access_token") != current_app.extensions.get("access_token"):
        return {"errcode": 40001, "errmsg": "invalid credential"}
    message = request.get_json()
    phrase = message["data"].get("phrase3", {}).get("value", "")
    if len(phrase) > 5:
        return {"errcode": 47003, "errmsg": "argument invalid! data.phrase3.value invalid"}
    if current_app.extensions.get("refused"):
        return {"errcode": 43101, "errmsg": "user refuse to accept the msg"}
    sent().append(message)
    return {"errcode": 0, "errmsg": "ok", "msgid": len(sent())}
