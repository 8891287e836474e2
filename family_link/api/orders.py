"""The parents' orders over the API: read, decide, pay, listen, rate."""

import uuid
from typing import Any

from flask import abort, request
from flask.views import MethodView
from sqlalchemy.orm import Session

from family_link import decisions, paying, payments, reading
from family_link.api import shapes, telling
from family_link.api.door import IDEMPOTENT, guarded
from family_link.decisions import DeclineReason, fingerprint
from family_link.pages import sound
from family_link.pages.door import house, me, sight_or_404
from family_link.settling import next_due
from orders import ratings
from orders.access import note_look
from orders.lifecycle import State
from orders.people import child
from orders.relatives import Scope
from orders.visits import VisitState
from voiceapp.errors import NotAllowed

blueprint = guarded("orders", "The parents' orders")


def _whole(db: Session, order_id: uuid.UUID) -> dict[str, Any]:
    db.flush()
    return telling.whole(db, reading.whole(db, sight_or_404(db, order_id)))


@blueprint.route("/orders")
class Orders(MethodView):
    """All of them."""

    @blueprint.response(200, shapes.OrderBrief(many=True))
    @blueprint.paginate(max_page_size=50)
    def get(self, pagination_parameters: Any) -> Any:
        """One page, newest first; how many pages there are stands in X-Pagination."""
        with house().db.reading() as db:
            asked = pagination_parameters
            sights, total = reading.orders_of(db, me().id, asked.page, asked.page_size)
            asked.item_count = total
            return [telling.brief(sight) for sight in sights]


@blueprint.route("/orders/<uuid:order_id>")
class One(MethodView):
    """One of them."""

    @blueprint.etag
    @blueprint.response(200, shapes.OrderShape)
    def get(self, order_id: uuid.UUID) -> Any:
        """All that this child may see of one order. Each look is written down."""
        with house().db.begin() as db:
            told = _whole(db, order_id)
            for what, seen in (("transcript", told["said"]), ("address", told["address"])):
                if seen:
                    note_look(db, child(me().id), what, order_id)
            return told

    @blueprint.etag
    @blueprint.arguments(shapes.Less)
    @blueprint.response(200, shapes.OrderShape)
    def patch(self, asked: dict[str, Any], order_id: uuid.UUID) -> Any:
        """Take lines out before deciding. The parent is told."""
        with house().db.begin() as db:
            sight = sight_or_404(db, order_id, Scope.APPROVE)
            blueprint.check_etag(_whole(db, order_id), shapes.OrderShape)
            shown = fingerprint(db, sight.order)
            decisions.take_out(db, sight.order, sight.link, shown, set(asked["without"]))
            return _whole(db, order_id)


@blueprint.route("/orders/<uuid:order_id>/decision")
class Decided(MethodView):
    """The child's yes or no."""

    @blueprint.etag
    @blueprint.arguments(shapes.Decision)
    @blueprint.response(200, shapes.OrderShape)
    def put(self, asked: dict[str, Any], order_id: uuid.UUID) -> Any:
        """Approve or decline what was read: If-Match is its ETag. Who answers first, wins."""
        with house().db.begin() as db:
            sight = sight_or_404(db, order_id, Scope.APPROVE)
            blueprint.check_etag(_whole(db, order_id), shapes.OrderShape)
            order, link = sight.order, sight.link
            shown = fingerprint(db, order)
            if asked["answer"] == "approve":
                decisions.approve(db, house().settings, order, link, shown)
            else:
                reason = DeclineReason(asked["reason"])
                decisions.decline(db, house().settings, order, link, shown, reason)
            return _whole(db, order_id)


@blueprint.route("/orders/<uuid:order_id>/payments")
class Payments(MethodView):
    """Paying."""

    @blueprint.doc(parameters=[IDEMPOTENT])
    @blueprint.arguments(shapes.PayWith)
    @blueprint.response(201, shapes.Opened)
    def post(self, asked: dict[str, Any], order_id: uuid.UUID) -> Any:
        """Open a payment: what `wx.requestPayment` takes, or the page to go to."""
        with house().db.begin() as db:
            sight = sight_or_404(db, order_id, Scope.PAY)
            due = next_due(db, sight.order)
            if sight.order.state is not State.AWAITING_PAYMENT or due is None:
                raise NotAllowed("there is nothing to pay here")
            row = payments.owe(db, sight.order, due[1], payments.Means.WECHAT, due[0])
        return pay(row.id, asked["door"])


def pay(payment_id: uuid.UUID, door: str) -> Any:
    """Open an attempt at a payment for whoever asks."""
    gateway, payer = house().providers["gateway"], me()
    mini = door == "mini"
    if gateway is None or (mini and payer.wechat_openid is None):
        raise NotAllowed("no WeChat is bound to this number")
    return paying.start(
        house().db,
        gateway,
        payment_id,
        payer,
        back=f"{house().settings.public_url}/family/",
        address=request.remote_addr or "127.0.0.1",
        mini=mini,
    )


@blueprint.route("/orders/<uuid:order_id>/audio")
class Audio(MethodView):
    """What was said, as it was said."""

    @blueprint.response(
        200, {"type": "string", "format": "binary"}, content_type="audio/wav"
    )
    def get(self, order_id: uuid.UUID) -> Any:
        """The recording, or the range of it that is asked for; each listening is written down."""
        return sound.play(order_id)


@blueprint.route("/visits/<uuid:visit_id>/ratings")
class Ratings(MethodView):
    """Ratings on the parent's behalf."""

    @blueprint.doc(parameters=[IDEMPOTENT])
    @blueprint.arguments(shapes.Stars)
    @blueprint.response(201, shapes.Stars)
    def post(self, asked: dict[str, Any], visit_id: uuid.UUID) -> Any:
        """Rate a visit that is done. The parent's own rating counts before this one."""
        with house().db.begin() as db:
            visit = reading.visit_of(db, me().id, visit_id) or abort(404)
            if visit.state is not VisitState.DONE:
                raise NotAllowed("a visit is rated when it is done")
            by = child(me().id)
            row = ratings.rate(db, visit, by, asked["stars"], asked["words"])
            return {"stars": row.stars, "words": row.words}
