"""Paying an order: the page that leads to the firm, and the firm's notices."""

import uuid

from flask import Blueprint, Response, redirect, render_template, request, url_for
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.wrappers import Response as AnyResponse

from family_link import once, paying, payments, reading
from family_link.gateway import BadNotice, Notice
from family_link.pages.door import furnish, house, me, require_child, sight_or_404
from family_link.pages.orders import refuse_kindly
from family_link.refunds import Refund, mark_done
from family_link.settling import next_due, settle
from orders.lifecycle import State
from orders.relatives import Scope
from voiceapp.errors import NotAllowed

blueprint = Blueprint(
    "family_paying", __name__, url_prefix="/family", template_folder="../templates"
)
blueprint.before_request(require_child)
furnish(blueprint)
refuse_kindly(blueprint)

notices = Blueprint("family_notices", __name__)


@blueprint.get("/orders/<uuid:order_id>/pay")
def pay(order_id: uuid.UUID) -> str:
    """What is to be paid, and the way to the firm where one is open."""
    with house().db.reading() as db:
        sight = sight_or_404(db, order_id, Scope.PAY)
        whole = reading.whole(db, sight)
        due = next_due(db, sight.order) if sight.order.state is State.AWAITING_PAYMENT else None
        fen = whole.to_pay.fen if whole.to_pay else due[1] if due else 0
        return render_template(
            "family/pay.html", order=sight.order, fen=fen, where=way_to_pay(whole.to_pay)
        )


def way_to_pay(payment: payments.Payment | None) -> str:
    """The firm's page for an attempt that this child has open; empty without one."""
    if payment is None:
        return ""
    mine = (row for row in payments.open_attempts(payment) if row.payer == me().id)
    return next((row.where for row in mine if row.where), "")


@blueprint.post("/orders/<uuid:order_id>/pay")
def open_payment(order_id: uuid.UUID) -> AnyResponse:
    """Have the firm prepare a payment, and show the way there."""
    with house().db.begin() as db:
        sight = sight_or_404(db, order_id, Scope.PAY)
        due = next_due(db, sight.order)
        if sight.order.state is not State.AWAITING_PAYMENT or due is None:
            raise NotAllowed("there is nothing to pay here any more")
        gateway = house().providers["gateway"]
        if gateway is None:
            raise NotAllowed("nothing is paid by WeChat here")
        payment = payments.owe(db, sight.order, due[1], payments.Means.WECHAT, due[0])
    paying.start(
        house().db,
        gateway,
        payment.id,
        me(),
        back=url_for("family.order", order_id=order_id, _external=True),
        address=request.remote_addr or "127.0.0.1",
    )
    return redirect(url_for("family_paying.pay", order_id=order_id), 303)


@notices.post("/pay/wechat/notify")
def notified() -> AnyResponse:
    """WeChat Pay tells of a payment or a refund: verified, taken once, in any order."""
    gateway = house().providers["gateway"]
    if gateway is None:
        return _refused("no merchant")
    try:
        notice = gateway.read_notice(request.headers, request.get_data())
    except BadNotice:
        return _refused("not verified")
    try:
        _take(notice)
    except (StaleDataError, IntegrityError):
        # Another hand was on the same rows; what it left there decides.
        _take(notice)
    return Response(status=204)


def _take(notice: Notice) -> None:
    with house().db.begin() as db:
        if not once.first_time(db, "wechatpay", notice.id):
            return
        if notice.traded is not None:
            settle(db, notice.traded)
        elif notice.refund is not None and notice.refunded.done:
            row = db.get(Refund, uuid.UUID(hex=notice.refund), with_for_update=True)
            if row is not None:
                mark_done(row)


def _refused(why: str) -> Response:
    body = f'{{"code": "FAIL", "message": "{why}"}}'
    return Response(body, 401, content_type="application/json")
