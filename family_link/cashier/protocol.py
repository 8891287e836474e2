"""WeChat Pay's v3 endpoints, as far as the product uses them."""

import gzip
import hashlib
import json
from typing import Any

from flask import Blueprint, Response, current_app, request, url_for

from family_link.cashier.bills import HEADS, bill
from family_link.cashier.books import Books, Returned, Trade
from family_link.cashier.signing import headers_for, is_from_merchant

blueprint = Blueprint("wechatpay", __name__)


def books() -> Books:
    """The books of this stand-in."""
    found: Books = current_app.extensions["books"]
    return found


def _answer(told: dict[str, Any] | None, status: int = 200) -> Response:
    body = "" if told is None else json.dumps(told)
    response = Response(body, status, content_type="application/json")
    response.headers.update(headers_for(books().merchant, body))
    return response


def _refuse(status: int, code: str) -> Response:
    return _answer({"code": code, "message": code}, status)


@blueprint.before_request
def check_signature() -> Response | None:
    """Only the merchant may ask for anything."""
    body = request.get_data(as_text=True)
    query = request.query_string.decode()
    path = request.path + (f"?{query}" if query else "")
    given = request.headers.get("Authorization", "")
    if not is_from_merchant(books().merchant, given, request.method, path, body):
        return _refuse(401, "SIGN_ERROR")
    return None


def _prepare(payer: str) -> Trade | Response:
    with books().writing():
        return _prepared(payer)


def _prepared(payer: str) -> Trade | Response:
    asked, kept = request.get_json(), books()
    wanted = asked["mchid"], asked["appid"], asked["amount"]["currency"]
    if wanted != (kept.merchant.mch_id, kept.merchant.app_id, "CNY"):
        return _refuse(400, "PARAM_ERROR")
    number, fen = asked["out_trade_no"], asked["amount"]["total"]
    trade = kept.trades.get(number)
    if trade is None:
        trade = Trade(number, fen, asked["description"], asked["notify_url"], payer)
        kept.trades[number] = trade
    elif trade.state == "SUCCESS":
        return _refuse(400, "ORDERPAID")
    elif trade.fen != fen:
        return _refuse(400, "INVALID_REQUEST")
    return trade


@blueprint.post("/v3/pay/transactions/jsapi")
def prepare_jsapi() -> Response:
    """A payment within the mini-program."""
    trade = _prepare(request.get_json()["payer"]["openid"])
    return _answer({"prepay_id": trade.prepay_id}) if isinstance(trade, Trade) else trade


@blueprint.post("/v3/pay/transactions/h5")
def prepare_h5() -> Response:
    """A payment from a phone's browser."""
    trade = _prepare("")
    if not isinstance(trade, Trade):
        return trade
    where = url_for("checkout.show", prepay_id=trade.prepay_id, _external=True)
    return _answer({"h5_url": where})


@blueprint.get("/v3/pay/transactions/out-trade-no/<number>")
def query(number: str) -> Response:
    """What became of a payment."""
    trade = books().trades.get(number)
    return _answer(books().told_of(trade)) if trade else _refuse(404, "ORDER_NOT_EXIST")


@blueprint.post("/v3/pay/transactions/out-trade-no/<number>/close")
def close(number: str) -> Response:
    """Take no more money for a payment."""
    with books().writing():
        trade = books().trades.get(number)
        if trade is None:
            return _refuse(404, "ORDER_NOT_EXIST")
        if trade.state == "SUCCESS":
            return _refuse(400, "ORDERPAID")
        trade.state = "CLOSED"
    return _answer(None, 204)


@blueprint.post("/v3/refund/domestic/refunds")
def refund() -> Response:
    """Give back; the same number again gives back once."""
    asked, kept = request.get_json(), books()
    with kept.writing():
        trade = kept.trades.get(asked["out_trade_no"])
        if trade is None or not trade.paid:
            return _refuse(404, "RESOURCE_NOT_EXISTS")
        row = kept.refunds.get(asked["out_refund_no"])
        if row is None:
            amount = asked["amount"]
            before = sum(each.fen for each in kept.refunds.values() if each.trade == trade.number)
            if amount["total"] != trade.paid or before + amount["refund"] > trade.paid:
                return _refuse(400, "INVALID_REQUEST")
            row = Returned(
                asked["out_refund_no"],
                trade.number,
                amount["refund"],
                notify_url=asked.get("notify_url", ""),
            )
            if not kept.works_on_refunds:
                row.end("SUCCESS")
            kept.refunds[row.number] = row
            trade.state = "REFUND"
    return _answer(kept.told_of_refund(row))


@blueprint.get("/v3/bill/tradebill")
def trade_bill() -> Response:
    """Where a day's bill lies."""
    day, kind = request.args["bill_date"], request.args.get("bill_type", "ALL")
    if kind not in HEADS:
        return _refuse(400, "PARAM_ERROR")
    made = bill(books(), day, kind)
    if made is None:
        return _refuse(400, "NO_STATEMENT_EXIST")
    digest = hashlib.sha1(made, usedforsecurity=False).hexdigest()
    where = f"{request.host_url.rstrip('/')}/v3/billdownload/file?token={kind}.{day}"
    return _answer({"hash_type": "SHA1", "hash_value": digest, "download_url": where})


@blueprint.get("/v3/billdownload/file")
def download_bill() -> Response:
    """A day's bill, packed. The firm signs no downloads."""
    kind, _, day = request.args["token"].partition(".")
    made = bill(books(), day, kind) or b""
    return Response(gzip.compress(made), content_type="application/gzip")
