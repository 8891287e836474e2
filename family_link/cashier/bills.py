"""The stand-in's bill of a day, in the firm's own columns."""

import csv
import io

from family_link.cashier.books import Books, Returned, Trade

_TRADE = (
    "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,"
    "付款银行,货币种类,应结订单金额,代金券金额"
)
_BACK = "微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态"
_ABOUT = "商品名称,商户数据包,手续费,费率,订单金额"

HEADS: dict[str, str] = {
    "ALL": f"{_TRADE},{_BACK},{_ABOUT},申请退款金额,费率备注",
    "SUCCESS": f"{_TRADE},{_ABOUT},费率备注",
    "REFUND": f"{_TRADE},退款申请时间,退款成功时间,{_BACK},{_ABOUT},申请退款金额,费率备注",
}
"""Kind of bill to its columns."""

TOTALS = (
    "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额"
)


def bill(books: Books, day: str, kind: str) -> bytes | None:
    """One day's bill of a kind; None where nothing of it happened on that day."""
    paid = [row for row in books.trades.values() if row.paid_at.startswith(day)]
    back = [row for row in books.refunds.values() if row.asked_at.startswith(day)]
    rows = [_paid(books, row) for row in paid if kind != "REFUND"]
    rows += [_back(books, row, kind) for row in back if kind != "SUCCESS"]
    if not rows:
        return None
    out = io.StringIO()
    out.write(HEADS[kind] + "\n")
    writer = csv.writer(out, lineterminator="\n")
    for row in rows:
        writer.writerow([f"`{row[column]}" for column in HEADS[kind].split(",")])
    came, went = sum(row.paid for row in paid), sum(row.fen for row in back)
    totals = [len(rows), _yuan(came), _yuan(went), _yuan(0), _yuan(0), _yuan(came), _yuan(went)]
    out.write(TOTALS + "\n")
    writer.writerow([f"`{each}" for each in totals])
    return out.getvalue().encode()


def _yuan(fen: int) -> str:
    return f"{fen / 100:.2f}"


def _moment(moment: str) -> str:
    return moment[:19].replace("T", " ")


def _paid(books: Books, trade: Trade) -> dict[str, str]:
    return _row(books, trade, "SUCCESS", trade.paid) | {
        "交易时间": _moment(trade.paid_at),
        "微信退款单号": "0",
        "商户退款单号": "0",
        "退款金额": _yuan(0),
        "退款类型": "",
        "退款状态": "",
        "申请退款金额": _yuan(0),
    }


def _back(books: Books, row: Returned, kind: str) -> dict[str, str]:
    trade = books.trades[row.trade]
    state = {"ABNORMAL": "FAIL", "CLOSED": "FAIL"}.get(row.status, row.status)
    return _row(books, trade, "REFUND", 0) | {
        "交易时间": _moment(trade.paid_at if kind == "REFUND" else row.asked_at),
        "退款申请时间": _moment(row.asked_at),
        "退款成功时间": _moment(row.done_at),
        "微信退款单号": row.firm_id,
        "商户退款单号": row.number,
        "退款金额": _yuan(row.fen),
        "退款类型": "ORIGINAL",
        "退款状态": state,
        "申请退款金额": _yuan(row.fen),
    }


def _row(books: Books, trade: Trade, state: str, fen: int) -> dict[str, str]:
    return {
        "公众账号ID": books.merchant.app_id,
        "商户号": books.merchant.mch_id,
        "特约商户号": "0",
        "设备号": "",
        "微信订单号": trade.firm_id,
        "商户订单号": trade.number,
        "用户标识": trade.payer or "o-browser",
        "交易类型": "JSAPI" if trade.payer else "MWEB",
        "交易状态": state,
        "付款银行": "OTHERS",
        "货币种类": "CNY",
        "应结订单金额": _yuan(fen),
        "代金券金额": _yuan(0),
        "充值券退款金额": _yuan(0),
        "商品名称": trade.about,
        "商户数据包": "",
        "手续费": "0.00000",
        "费率": "0.60%",
        "订单金额": _yuan(fen),
        "费率备注": "",
    }
