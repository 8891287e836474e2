"""Linking, what a child may do for each parent, alerts, and ordering for her."""

import uuid
from decimal import Decimal, InvalidOperation

from flask import Blueprint, abort, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from family_link import alerts, consenting, linking, ordering, reading
from family_link.alerts import Alert
from family_link.ordering import Wanted
from family_link.pages import labels
from family_link.pages.door import furnish, house, me, require_child
from family_link.pages.orders import refuse_kindly
from orders import catalogue
from orders.access import note_look
from orders.people import child
from orders.relatives import Link, Relative, Scope
from voiceapp import clock
from voiceapp.money import line_total
from voiceapp.phone import BadNumber, parse_phone

blueprint = Blueprint(
    "family_links", __name__, url_prefix="/family", template_folder="../templates"
)
blueprint.before_request(require_child)
furnish(blueprint)
refuse_kindly(blueprint)


def link_or_404(db: Session, link_id: uuid.UUID, scope: Scope = Scope.SEE) -> Link:
    """One of the child's own links."""
    return reading.link_of(db, me().id, link_id, scope) or abort(404)


@blueprint.get("/parents")
def parents() -> str:
    """Everybody whom this child is linked to."""
    with house().db.reading() as db:
        links = reading.links_of(db, me().id)
        return render_template("family/parents.html", links=links, labels=labels, Scope=Scope)


@blueprint.get("/link")
def ask() -> str:
    """Ask to be linked."""
    return _ask()


def _ask(wrong: bool = False) -> str:
    return render_template(
        "family/link.html", relations=linking.RELATIONS, labels=labels, wrong=wrong
    )


@blueprint.post("/link")
def asked() -> str | tuple[str, int]:
    """Show the code that the child tells her parent. The page is the same for any number."""
    relation = request.form.get("relation", "")
    try:
        parent = parse_phone(request.form.get("number", ""))
    except BadNumber:
        relation = ""
    if relation not in linking.RELATIONS:
        return _ask(wrong=True), 422
    with house().db.begin() as db:
        relative = db.get_one(Relative, me().id)
        answer = linking.ask_for_link(db, house().settings, relative, parent, relation)
    status = 200 if answer else 429
    ours = house().settings.twilio_number
    return render_template("family/link_code.html", answer=answer, ours=ours), status


@blueprint.post("/parents/<uuid:link_id>/end")
def end(link_id: uuid.UUID) -> Response:
    """End one's own link; the parent is told."""
    with house().db.begin() as db:
        consenting.revoke(db, house().settings, link_or_404(db, link_id), child(me().id))
    return redirect(url_for("family_links.parents"), 303)


@blueprint.get("/parents/<uuid:link_id>")
def parent(link_id: uuid.UUID) -> str:
    """One parent: what one may do, who else is linked, alerts."""
    with house().db.begin() as db:
        link = link_or_404(db, link_id)
        if link.allows(Scope.ADDRESS):
            note_look(db, child(me().id), "address", link.customer_id)
        return render_template(
            "family/parent.html",
            link=link,
            others=consenting.unvouched(db, link),
            on=alerts.switched_on(db, link.id),
            alerts=Alert,
            labels=labels,
            Scope=Scope,
        )


@blueprint.post("/parents/<uuid:link_id>/vouch/<uuid:other_id>")
def vouch(link_id: uuid.UUID, other_id: uuid.UUID) -> Response:
    """Stand in for somebody who was linked lately."""
    with house().db.begin() as db:
        mine, other = link_or_404(db, link_id), db.get(Link, other_id)
        if other is None or other.customer_id != mine.customer_id:
            abort(404)
        consenting.vouch(db, other, child(me().id))
    return redirect(url_for("family_links.parent", link_id=link_id), 303)


@blueprint.post("/parents/<uuid:link_id>/first")
def ask_first(link_id: uuid.UUID) -> Response:
    """Be asked before the others."""
    with house().db.begin() as db:
        consenting.ask_first(db, link_or_404(db, link_id))
    return redirect(url_for("family_links.parent", link_id=link_id), 303)


@blueprint.post("/parents/<uuid:link_id>/alerts")
def choose_alerts(link_id: uuid.UUID) -> Response:
    """Switch alerts on and off."""
    on = {alert for alert in Alert if alert.value in request.form.getlist("on")}
    with house().db.begin() as db:
        alerts.choose(db, link_or_404(db, link_id), on, child(me().id))
    return redirect(url_for("family_links.parent", link_id=link_id), 303)


@blueprint.get("/parents/<uuid:link_id>/order")
def shop(link_id: uuid.UUID) -> str:
    """Find things for a parent; the cart travels in the address, so that nothing is lost."""
    wanted = _cart(request.args.getlist("line"))
    query = request.args.get("q", "")[:40]
    with house().db.reading() as db:
        link = link_or_404(db, link_id, Scope.ORDER)
        if not wanted and request.args.get("usual"):
            wanted = ordering.usual(db, link.customer_id)
        if request.args.get("add") and len(wanted) < ordering.LINES:
            wanted = _plus(wanted, request.args["add"])
        if request.args.get("less"):
            wanted = _minus(wanted, request.args["less"])
        return render_template(
            "family/shop.html",
            link=link,
            cart=_priced(db, wanted),
            lines=[f"{each.sku}:{each.quantity}" for each in wanted],
            line_total=line_total,
            query=query,
            found=ordering.search(db, query, 12) if query else [],
            slots=ordering.slots(clock.now(), house().settings.timezone),
        )


@blueprint.post("/parents/<uuid:link_id>/orders")
def place(link_id: uuid.UUID) -> Response:
    """Order what stands in the cart."""
    wanted = _cart(request.form.getlist("line"))
    slots = ordering.slots(clock.now(), house().settings.timezone)
    chosen = {slot.start.isoformat(): slot for slot in slots}
    with house().db.begin() as db:
        link = link_or_404(db, link_id, Scope.ORDER)
        services = {row.sku for row, _ in _priced(db, wanted) if row.is_service}
        cart = [
            Wanted(each.sku, each.quantity, chosen.get(request.form.get(f"slot-{each.sku}", "")))
            if each.sku in services
            else each
            for each in wanted
        ]
        order = ordering.place(db, link, cart, house().settings.timezone)
    return redirect(url_for("family.order", order_id=order.id), 303)


def _cart(lines: list[str]) -> list[Wanted]:
    """Lines as `sku:quantity`; what cannot be read is left out."""
    wanted = []
    for each in lines[: ordering.LINES]:
        sku, _, amount = each.partition(":")
        try:
            quantity = Decimal(amount)
        except InvalidOperation:
            continue
        if quantity.is_finite() and 0 < quantity <= ordering.MOST:
            wanted.append(Wanted(sku, quantity))
    return wanted


def _plus(wanted: list[Wanted], sku: str) -> list[Wanted]:
    if any(each.sku == sku for each in wanted):
        return [
            Wanted(each.sku, each.quantity + 1) if each.sku == sku else each for each in wanted
        ]
    return [*wanted, Wanted(sku, Decimal(1))]


def _minus(wanted: list[Wanted], sku: str) -> list[Wanted]:
    fewer = [Wanted(each.sku, each.quantity - 1) if each.sku == sku else each for each in wanted]
    return [each for each in fewer if each.quantity > 0]


def _priced(db: Session, wanted: list[Wanted]) -> list[tuple[catalogue.Product, Decimal]]:
    products = catalogue.by_sku(db, {each.sku for each in wanted})
    return [(products[each.sku], each.quantity) for each in wanted if each.sku in products]
