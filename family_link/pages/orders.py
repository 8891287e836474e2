"""The parents' orders: the list, one order, what was said, and the child's decision."""

import uuid

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.wrappers import Response as AnyResponse

from family_link import decisions, hearing, reading
from family_link.decisions import DeclineReason, fingerprint
from family_link.pages import labels, sound
from family_link.pages.door import _, furnish, house, me, require_child, sight_or_404
from family_link.reading import Whole
from orders import ratings
from orders.access import note_look
from orders.lifecycle import State
from orders.order import WindowLost
from orders.people import child
from orders.relatives import Scope
from orders.visits import VisitState
from voiceapp.errors import Conflict, NotAllowed, ProviderDown, ProviderRefused

blueprint = Blueprint("family", __name__, url_prefix="/family", template_folder="../templates")
blueprint.before_request(require_child)
furnish(blueprint)


@blueprint.get("/")
def orders() -> str:
    """Everything that one's parents ordered, newest first."""
    page = max(1, request.args.get("page", 1, type=int))
    with house().db.reading() as db:
        sights, total = reading.orders_of(db, me().id, page)
        return render_template(
            "family/orders.html",
            sights=sights,
            linked=bool(reading.links_of(db, me().id)),
            page=page,
            pages=max(1, -(-total // reading.PAGE)),
            labels=labels,
            State=State,
        )


@blueprint.get("/orders/<uuid:order_id>")
def order(order_id: uuid.UUID) -> str:
    """One order: what was said, what was understood, what it costs, and how it goes."""
    with house().db.begin() as db:
        sight = sight_or_404(db, order_id)
        whole = reading.whole(db, sight)
        if whole.recording is not None:
            note_look(db, child(me().id), "transcript", sight.order.id)
        return render_template(
            "family/order.html",
            whole=whole,
            order=sight.order,
            link=sight.link,
            shown=fingerprint(db, sight.order),
            start=hearing.first_word(sight.order, whole.recording),
            listen=_seconds(whole),
            labels=labels,
            State=State,
            Scope=Scope,
            VisitState=VisitState,
        )


def _seconds(whole: Whole) -> dict[uuid.UUID, float]:
    """Line to the second at which it was said, where this child may listen."""
    kept, order = whole.recording, whole.sight.order
    if kept is None or not kept.stored_as or not whole.sight.link.allows(Scope.AUDIO):
        return {}
    seconds = {line.id: hearing.said_at(line, kept) for line in order.lines}
    return {line_id: second for line_id, second in seconds.items() if second is not None}


@blueprint.get("/orders/<uuid:order_id>/audio")
def audio(order_id: uuid.UUID) -> AnyResponse:
    """What was said, as it was said; each listening is written down."""
    return sound.play(order_id)


@blueprint.get("/orders/<uuid:order_id>/photos/<int:leg>")
def photo(order_id: uuid.UUID, leg: int) -> Response:
    """What the worker photographed for a supplement."""
    with house().db.begin() as db:
        whole = reading.whole(db, sight_or_404(db, order_id))
        name = next((row.photo for row in whole.more if row.leg == leg), "")
        if not name:
            abort(404)
        note_look(db, child(me().id), "photo", order_id)
    content: bytes = house().providers["store"].read(name)
    return Response(content, content_type="image/jpeg", headers={"Cache-Control": "no-store"})


@blueprint.post("/orders/<uuid:order_id>/approve")
def approve(order_id: uuid.UUID) -> AnyResponse:
    """Yes to what was shown; then on to paying, for whoever may."""
    with house().db.begin() as db:
        sight = sight_or_404(db, order_id, Scope.APPROVE)
        decisions.approve(db, house().settings, sight.order, sight.link, _shown())
        pays = sight.link.allows(Scope.PAY) and bool(house().settings.wechatpay_mch_id)
    target = "family_paying.pay" if pays else "family.order"
    return redirect(url_for(target, order_id=order_id), 303)


@blueprint.get("/orders/<uuid:order_id>/decline")
def why(order_id: uuid.UUID) -> str:
    """Ask for the reason, which the parent is told."""
    return _form(order_id, "family/decline.html")


@blueprint.post("/orders/<uuid:order_id>/decline")
def decline(order_id: uuid.UUID) -> AnyResponse:
    """No, and why."""
    try:
        reason = DeclineReason(request.form.get("reason", ""))
    except ValueError:
        abort(422)
    with house().db.begin() as db:
        sight = sight_or_404(db, order_id, Scope.APPROVE)
        decisions.decline(db, house().settings, sight.order, sight.link, _shown(), reason)
    return redirect(url_for("family.order", order_id=order_id), 303)


@blueprint.get("/orders/<uuid:order_id>/trim")
def less(order_id: uuid.UUID) -> str:
    """Ask which lines are to go."""
    return _form(order_id, "family/trim.html")


@blueprint.post("/orders/<uuid:order_id>/trim")
def trim(order_id: uuid.UUID) -> AnyResponse:
    """Take lines out before saying yes."""
    positions = {int(each) for each in request.form.getlist("out") if each.isdigit()}
    with house().db.begin() as db:
        sight = sight_or_404(db, order_id, Scope.APPROVE)
        decisions.take_out(db, sight.order, sight.link, _shown(), positions)
    return redirect(url_for("family.order", order_id=order_id), 303)


@blueprint.post("/visits/<uuid:visit_id>/rate")
def rate(visit_id: uuid.UUID) -> AnyResponse:
    """A child's rating on the parent's behalf, and said to be so."""
    stars = request.form.get("stars", 0, type=int)
    if not 1 <= stars <= 5:
        abort(422)
    with house().db.begin() as db:
        visit = reading.visit_of(db, me().id, visit_id) or abort(404)
        if visit.state is not VisitState.DONE:
            raise NotAllowed("a visit is rated when it is done")
        ratings.rate(db, visit, child(me().id), stars, request.form.get("words", "")[:200])
    return redirect(url_for("family.order", order_id=visit.order_id), 303)


def _form(order_id: uuid.UUID, template: str) -> str:
    with house().db.reading() as db:
        sight = sight_or_404(db, order_id, Scope.APPROVE)
        shown = fingerprint(db, sight.order)
        return render_template(template, order=sight.order, shown=shown, labels=labels)


def _shown() -> str:
    return request.form.get("shown", "")


def refuse(error: Exception) -> tuple[str, int]:
    """What a page says when something cannot be done: one sentence, and a way on."""
    if isinstance(error, WindowLost):
        return _sorry(_("想要的时间已经来不及了，客服会和老人另约时间。"), 409)
    if isinstance(error, (Conflict, StaleDataError, IntegrityError)):
        return _sorry(_("订单刚刚有了变化，或者家人已经处理了，请看最新情况。"), 409)
    if isinstance(error, ProviderDown):
        return _sorry(_("微信支付暂时没有回应，请过一会儿再试。"), 503)
    return _sorry(_("这一步现在做不了，请看最新情况。"), 409)


def not_found(error: Exception) -> tuple[str, int]:
    """The same for another family's and for nothing at all."""
    return _sorry(_("没有这个，或者不是您的"), 404)


def _sorry(sentence: str, status: int) -> tuple[str, int]:
    return render_template("family/sorry.html", sentence=sentence), status


REFUSALS = (
    NotAllowed,
    Conflict,
    StaleDataError,
    IntegrityError,
    ProviderDown,
    ProviderRefused,
)
"""What a page answers with a sentence. Of two hands on the same rows the database refuses one."""


def refuse_kindly(pages: Blueprint) -> None:
    """Let a blueprint's pages say what went wrong."""
    for kind in REFUSALS:
        pages.register_error_handler(kind, refuse)
    pages.register_error_handler(404, not_found)


refuse_kindly(blueprint)
