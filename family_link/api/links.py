"""Parents and children over the API: linking, vouching, leaving, alerts, and ordering for her."""

import uuid
from decimal import Decimal
from typing import Any

from flask import Response, abort
from flask.views import MethodView
from marshmallow import RAISE
from sqlalchemy.orm import Session

import nlu
from family_link import alerts, consenting, linking, ordering, reading
from family_link.alerts import Alert
from family_link.api import family_shapes, shapes, telling
from family_link.api.door import IDEMPOTENT, guarded
from family_link.api.problems import problem
from family_link.ordering import Wanted
from family_link.pages.door import house, me
from family_link.reading import Sight
from orders.people import child
from orders.relatives import Link, Scope
from voiceapp import clock
from voiceapp.phone import Phone, caller_phone

blueprint = guarded("links", "Parents, and what a child may do for them")

NOBODY = Phone("+0")
"""Stands for a number that cannot be: it is on no file, and the answer is the same."""


def link_or_404(db: Session, link_id: uuid.UUID, scope: Scope = Scope.SEE) -> Link:
    """One of the child's own links."""
    return reading.link_of(db, me().id, link_id, scope) or abort(404)


@blueprint.route("/link-requests")
class Wishes(MethodView):
    """Wishes to be linked."""

    @blueprint.doc(parameters=[IDEMPOTENT])
    @blueprint.arguments(family_shapes.LinkWish)
    @blueprint.response(201, family_shapes.LinkAsked)
    def post(self, asked: dict[str, Any]) -> Any:
        """Ask to be linked: tell the code to the parent, who is rung if her number is on file."""
        parent = caller_phone(asked["number"]) or NOBODY
        with house().db.begin() as db:
            answer = linking.ask_for_link(db, house().settings, me(), parent, asked["relation"])
        return {"code": answer.code} if answer else problem(429)


@blueprint.route("/links")
class Links(MethodView):
    """One's parents."""

    @blueprint.response(200, family_shapes.LinkShape(many=True))
    def get(self) -> Any:
        """Everybody whose orders this child may see."""
        with house().db.reading() as db:
            return [telling.link(db, row) for row in reading.links_of(db, me().id)]


@blueprint.route("/links/<uuid:link_id>")
class One(MethodView):
    """One of them."""

    @blueprint.etag
    @blueprint.response(200, family_shapes.LinkShape)
    def get(self, link_id: uuid.UUID) -> Any:
        """What this child may do for this parent."""
        with house().db.reading() as db:
            return telling.link(db, link_or_404(db, link_id))

    @blueprint.etag
    @blueprint.response(204)
    def delete(self, link_id: uuid.UUID) -> Any:
        """End the link. The parent is told."""
        with house().db.begin() as db:
            row = link_or_404(db, link_id)
            blueprint.check_etag(telling.link(db, row), family_shapes.LinkShape)
            consenting.revoke(db, house().settings, row, child(me().id))
        return Response(status=204)


@blueprint.route("/links/<uuid:link_id>/vouching/<uuid:other_id>")
class Vouching(MethodView):
    """Standing in for somebody who was linked lately."""

    @blueprint.doc(parameters=[IDEMPOTENT])
    @blueprint.response(204)
    def post(self, link_id: uuid.UUID, other_id: uuid.UUID) -> Any:
        """Vouch for another child of the same parent: all opens for that child at once."""
        with house().db.begin() as db:
            mine, other = link_or_404(db, link_id), db.get(Link, other_id)
            if other is None or other.customer_id != mine.customer_id:
                abort(404)
            consenting.vouch(db, other, child(me().id))
        return Response(status=204)


@blueprint.route("/links/<uuid:link_id>/first")
class First(MethodView):
    """The order of asking."""

    @blueprint.doc(parameters=[IDEMPOTENT])
    @blueprint.response(204)
    def post(self, link_id: uuid.UUID) -> Any:
        """Be asked before the other children."""
        with house().db.begin() as db:
            consenting.ask_first(db, link_or_404(db, link_id))
        return Response(status=204)


@blueprint.route("/links/<uuid:link_id>/alerts")
class Alerts(MethodView):
    """What a child is told without asking."""

    @blueprint.etag
    @blueprint.response(200, family_shapes.Alerts)
    def get(self, link_id: uuid.UUID) -> Any:
        """The alerts that are on."""
        with house().db.reading() as db:
            return _alerts(db, link_or_404(db, link_id))

    @blueprint.etag
    @blueprint.arguments(family_shapes.Alerts)
    @blueprint.response(200, family_shapes.Alerts)
    def put(self, asked: dict[str, Any], link_id: uuid.UUID) -> Any:
        """Switch alerts on and off. What the parent switched off stays off."""
        with house().db.begin() as db:
            row = link_or_404(db, link_id)
            blueprint.check_etag(_alerts(db, row), family_shapes.Alerts)
            alerts.choose(db, row, {Alert(each) for each in asked["on"]}, child(me().id))
            return _alerts(db, row)


def _alerts(db: Session, row: Link) -> dict[str, Any]:
    return {"on": sorted(alerts.switched_on(db, row.id))}


@blueprint.route("/catalogue")
class Catalogue(MethodView):
    """What can be ordered."""

    @blueprint.arguments(family_shapes.Search, location="query", unknown=RAISE)
    @blueprint.response(200, family_shapes.ProductShape(many=True))
    def get(self, asked: dict[str, Any]) -> Any:
        """At most 20 things on sale, found by characters, pinyin or initials."""
        with house().db.reading() as db:
            return [telling.product(row) for row in ordering.search(db, asked["q"])]


@blueprint.route("/slots")
class Slots(MethodView):
    """When somebody can come."""

    @blueprint.response(200, shapes.Window(many=True))
    def get(self) -> Any:
        """The open times, soonest first."""
        return ordering.slots(clock.now(), house().settings.timezone)


@blueprint.route("/links/<uuid:link_id>/usual")
class Usual(MethodView):
    """What she orders."""

    @blueprint.response(200, family_shapes.WantedShape(many=True))
    def get(self, link_id: uuid.UUID) -> Any:
        """The goods of her last order that arrived, as a cart takes them."""
        with house().db.reading() as db:
            wanted = ordering.usual(db, link_or_404(db, link_id).customer_id)
            return [{"sku": each.sku, "quantity": f"{each.quantity:f}"} for each in wanted]


@blueprint.route("/links/<uuid:link_id>/orders")
class Placed(MethodView):
    """Ordering for a parent."""

    @blueprint.doc(parameters=[IDEMPOTENT])
    @blueprint.arguments(family_shapes.Cart)
    @blueprint.response(201, shapes.OrderShape)
    def post(self, asked: dict[str, Any], link_id: uuid.UUID) -> Any:
        """Order for her. She is rung and told before anyone comes, and may object."""
        cart = [_wanted(line) for line in asked["lines"]]
        with house().db.begin() as db:
            row = link_or_404(db, link_id)
            order = ordering.place(db, row, cart, house().settings.timezone)
            return telling.whole(db, reading.whole(db, Sight(order, row)))


def _wanted(line: dict[str, Any]) -> Wanted:
    slot = nlu.Window(line["slot"]["start"], line["slot"]["end"]) if line["slot"] else None
    return Wanted(line["sku"], Decimal(line["quantity"]), slot)
