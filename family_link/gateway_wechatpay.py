"""WeChat Pay v3: the one gateway, and the only file that imports the firm's library."""

import gzip
import hashlib
import json
import secrets
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from urllib.parse import quote

import requests
from wechatpayv3 import (  # type: ignore[import-untyped]  # the firm's library has no types
    SignType,
    WeChatPay,
    WeChatPayType,
)

from family_link import wechatpay_bill
from family_link.gateway import BadNotice, DayBill, Due, Notice, Opened, Refunded, Traded
from voiceapp import clock
from voiceapp.config import Settings
from voiceapp.errors import ProviderDown, ProviderRefused
from voiceapp.money import Fen

NOTICE_WINDOW = 300
"""Seconds that a notice's time may differ from ours; the firm's library accepts any."""

TIMEOUT = (5, 10)
OURS_TO_WAIT = frozenset({429, 500, 502, 503, 504})
"""Answers after which another try makes sense."""

ENDED = frozenset({"CLOSED", "REVOKED", "PAYERROR"})
"""Trade states after which no money comes. REFUND is one that was paid."""


def open_gateway(settings: Settings) -> "WeChatPayGateway | None":
    """The gateway of these settings; None where there is no merchant: all is paid at the door."""
    return WeChatPayGateway(settings) if settings.wechatpay_mch_id else None


class WeChatPayGateway:
    """PaymentGateway and FirmNotices over the firm's v3 protocol, in public-key mode."""

    def __init__(self, settings: Settings) -> None:
        self._app_id, self._mch_id = settings.wechat_app_id, settings.wechatpay_mch_id
        self._key_id = settings.wechatpay_public_key_id
        self._pay = WeChatPay(
            wechatpay_type=WeChatPayType.MINIPROG,
            mchid=settings.wechatpay_mch_id,
            private_key=settings.wechatpay_private_key,
            cert_serial_no=settings.wechatpay_cert_serial,
            appid=settings.wechat_app_id,
            apiv3_key=settings.wechatpay_apiv3_key,
            notify_url=f"{settings.public_url}/pay/wechat/notify",
            public_key=settings.wechatpay_public_key,
            public_key_id=settings.wechatpay_public_key_id,
            timeout=TIMEOUT,
        )
        if settings.wechatpay_api_url:
            # The library has no option for it.
            self._pay._core._gate_way = settings.wechatpay_api_url

    def open(self, due: Due) -> Opened:
        """Prepare an attempt: for the mini-program where the payer's openid is given."""
        common = {
            "description": due.about,
            "out_trade_no": due.trade,
            "amount": {"total": due.fen, "currency": "CNY"},
            "time_expire": due.expires_at.strftime("%Y-%m-%dT%H:%M:%S+00:00"),
        }
        if due.openid:
            answer = self._ask(self._pay.pay, payer={"openid": due.openid}, **common)
            return Opened(mini=self._mini_parameters(answer["prepay_id"]))
        scene = {"payer_client_ip": due.address, "h5_info": {"type": "Wap"}}
        answer = self._ask(
            self._pay.pay, pay_type=WeChatPayType.H5, scene_info=scene, **common
        )
        back = f"&redirect_url={quote(due.back, safe='')}" if due.back else ""
        return Opened(where=answer["h5_url"] + back)

    def _mini_parameters(self, prepay_id: str) -> dict[str, str]:
        stamp, nonce = str(int(clock.now().timestamp())), secrets.token_hex(16)
        package = f"prepay_id={prepay_id}"
        signature = self._pay.sign([self._app_id, stamp, nonce, package], SignType.RSA_SHA256)
        return {
            "timeStamp": stamp,
            "nonceStr": nonce,
            "package": package,
            "signType": "RSA",
            "paySign": signature,
        }

    def query(self, trade: str) -> Traded:
        """What became of an attempt. One that the firm never heard of has ended."""
        try:
            return self._traded(self._ask(self._pay.query, out_trade_no=trade))
        except ProviderRefused as refusal:
            if str(refusal) in ("ORDER_NOT_EXIST", "ORDERNOTEXIST"):
                return Traded(trade, paid=False, ended=True)
            raise

    def close(self, trade: str) -> Traded:
        """Take no more money. Where it came first, the answer says so."""
        try:
            self._ask(self._pay.close, out_trade_no=trade)
        except ProviderRefused:
            # Paid, closed or unknown: which of these, the firm says when asked.
            return self.query(trade)
        return Traded(trade, paid=False, ended=True)

    def refund(self, trade: str, number: str, fen: Fen, total: Fen, why: str) -> Refunded:
        """Give back. The same number again answers what became of it."""
        answer = self._ask(
            self._pay.refund,
            out_refund_no=number,
            out_trade_no=trade,
            reason=why,
            amount={"refund": fen, "total": total, "currency": "CNY"},
        )
        return _refunded(answer["status"], answer.get("refund_id"))

    def read_notice(self, headers: Mapping[str, str], body: bytes) -> Notice:
        """Verify and read one notice."""
        # An unknown serial would make the library fetch certificates: a stranger's request must
        # not make us call anybody.
        if headers.get("Wechatpay-Serial") != self._key_id:
            raise BadNotice("unknown key")
        stamp = headers.get("Wechatpay-Timestamp", "")
        if not stamp.isdigit() or abs(clock.now().timestamp() - int(stamp)) > NOTICE_WINDOW:
            raise BadNotice("not of this moment")
        try:
            told = self._pay.callback(headers, body)
        except Exception as error:
            # The library raises bare exceptions for every kind of malformed request.
            raise BadNotice("malformed") from error
        if not told:
            raise BadNotice("wrong signature")
        resource = told["resource"]
        if resource.get("mchid") != self._mch_id:
            raise BadNotice("for another merchant")
        if told["event_type"].startswith("REFUND."):
            refunded = _refunded(resource["refund_status"], resource.get("refund_id"))
            return Notice(told["id"], refund=resource["out_refund_no"], refunded=refunded)
        return Notice(told["id"], traded=self._traded(resource))

    def day_bill(self, day: date) -> DayBill:
        """What was paid and given back on a day: the firm's CSV, packed, its digest checked."""
        asked = {
            "bill_date": day.isoformat(), "bill_type": wechatpay_bill.KIND, "tar_type": "GZIP"
        }
        try:
            told = self._ask(self._pay.trade_bill, **asked)
        except ProviderRefused as refusal:
            # A day on which nothing happened has no bill.
            if str(refusal) == "NO_STATEMENT_EXIST":
                return DayBill()
            raise
        try:
            status, packed = self._pay.download_bill(told["download_url"])
        except requests.RequestException as error:
            raise ProviderDown("WeChat Pay does not answer") from error
        if status != 200:
            raise ProviderDown(f"WeChat Pay answers {status}")
        text = gzip.decompress(packed)
        if hashlib.sha1(text, usedforsecurity=False).hexdigest() != told["hash_value"]:
            raise ProviderDown("WeChat Pay's bill was damaged on the way")
        return wechatpay_bill.read(text.decode())

    def _traded(self, answer: Mapping[str, Any]) -> Traded:
        state, amount = answer["trade_state"], answer.get("amount", {})
        return Traded(
            trade=answer["out_trade_no"],
            paid=state in ("SUCCESS", "REFUND"),
            ended=state in ENDED,
            fen=int(amount.get("total", 0)),
            currency=amount.get("currency", "CNY"),
            firm_id=answer.get("transaction_id"),
        )

    def _ask(self, method: Callable[..., tuple[int, Any]], **asked: Any) -> dict[str, Any]:
        try:
            status, answer = method(**asked)
        except requests.RequestException as error:
            raise ProviderDown("WeChat Pay does not answer") from error
        except Exception as error:
            # The library raises a bare Exception for an answer whose signature is wrong.
            raise ProviderDown("WeChat Pay's answer cannot be trusted") from error
        if status in OURS_TO_WAIT:
            raise ProviderDown(f"WeChat Pay answers {status}")
        told: dict[str, Any] = json.loads(answer) if answer else {}
        if status >= 400:
            raise ProviderRefused(told.get("code", str(status)))
        return told


def _refunded(status: str, firm_id: str | None) -> Refunded:
    return Refunded(
        done=status == "SUCCESS", failed=status in ("CLOSED", "ABNORMAL"), firm_id=firm_id
    )
