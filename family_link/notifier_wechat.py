"""WeChat's own API: the mini-program's login and its subscription messages."""

import threading
from datetime import datetime, timedelta
from typing import Any

import requests

from voiceapp import clock
from voiceapp.config import Settings
from voiceapp.errors import ProviderDown, ProviderRefused

TIMEOUT = (5, 10)
BUSY = frozenset({-1, 45011})
"""Error codes after which another try makes sense: the system is busy, too many requests."""

TOKEN_WRONG = frozenset({40001, 40014, 42001})
"""Error codes that say that our access token has ended."""


def open_wechat(settings: Settings) -> "WeChat | None":
    """WeChat for these settings; None where there is no mini-program."""
    return WeChat(settings) if settings.wechat_app_id else None


class WeChat:
    """One mini-program at WeChat."""

    def __init__(self, settings: Settings) -> None:
        self._url = settings.wechat_api_url
        self._app = {"appid": settings.wechat_app_id, "secret": settings.wechat_app_secret}
        self._template = settings.wechat_template
        self._lock = threading.Lock()
        self._token, self._token_until = "", datetime.min.replace(tzinfo=clock.now().tzinfo)

    def openid(self, code: str) -> str:
        """Whom the code of `wx.login` stands for. The session key is thrown away.

        Raises ProviderRefused for a code that is wrong, old or used.
        """
        asked = {**self._app, "js_code": code, "grant_type": "authorization_code"}
        return str(self._ask("GET", "/sns/jscode2session", params=asked)["openid"])

    def notify(self, openid: str, template: str, content: dict[str, Any]) -> str:
        """Send one subscription message; it opens the mini-program at its first page."""
        fields = {
            "thing1": {"value": str(content.get("parent", ""))[:20]},
            "character_string2": {"value": str(content.get("code", "-"))},
            "phrase3": {"value": PHRASES.get(template, "有新消息")},
            "amount4": {"value": str(content.get("total", "-"))},
        }
        message = {"touser": openid, "template_id": self._template, "data": fields}
        answer = self._with_token("/cgi-bin/message/subscribe/send", message)
        return str(answer.get("msgid", "sent"))

    def _with_token(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        try:
            return self._ask("POST", path, params={"access_token": self._access()}, json=body)
        except _TokenEnded:
            self._token = ""
            return self._ask("POST", path, params={"access_token": self._access()}, json=body)

    def _access(self) -> str:
        with self._lock:
            if not self._token or clock.now() >= self._token_until:
                asked = {**self._app, "grant_type": "client_credential"}
                answer = self._ask("POST", "/cgi-bin/stable_token", json=asked)
                self._token = answer["access_token"]
                spare = timedelta(minutes=5)
                self._token_until = clock.now() + timedelta(seconds=answer["expires_in"]) - spare
            return self._token

    def _ask(self, method: str, path: str, **asked: Any) -> dict[str, Any]:
        try:
            response = requests.request(method, self._url + path, timeout=TIMEOUT, **asked)
            answer: dict[str, Any] = response.json()
        except (requests.RequestException, ValueError) as error:
            raise ProviderDown("WeChat does not answer") from error
        code = answer.get("errcode", 0)
        if code in TOKEN_WRONG:
            raise _TokenEnded(str(code))
        if code in BUSY or response.status_code >= 500:
            raise ProviderDown(f"WeChat answers {code}")
        if code:
            raise ProviderRefused(f"WeChat answers {code}")
        return answer


class _TokenEnded(ProviderDown):
    pass


PHRASES: dict[str, str] = {
    "please_approve": "等您同意",
    "please_pay": "等您付款",
    "answered": "已处理",
    "declined": "已取消",
    "paid": "已付款",
    "on_tab": "已记账",
    "dispatched": "已出门",
    "returned": "另约时间",
    "delivered": "已送到",
    "withdrawn": "已取消",
    "at_door": "上门付款",
    "placed": "已下单",
    "bill": "等您付款",
    "outcome": "已处理",
    "alert": "请留意",
}
"""A notice in at most five characters, as a subscription message's phrase field takes."""
