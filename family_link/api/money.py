"""Spending rules, the tab and its bills over the API."""

import uuid
from typing import Any

from flask import Response, abort
from flask.views import MethodView
from sqlalchemy.orm import Session

from family_link import billing, rules, tab, trial
from family_link.api import family_shapes, shapes, telling
from family_link.api.door import IDEMPOTENT, guarded
from family_link.api.links import link_or_404
from family_link.api.orders import pay
from family_link.pages.door import house, me
from family_link.rules import Kind, Span, SpendingRule
from orders.relatives import Scope

blueprint = guarded("money", "Spending rules, the tab, its bills")


@blueprint.route("/links/<uuid:link_id>/rules")
class Rules(MethodView):
    """A child's rules for a parent."""

    @blueprint.response(200, family_shapes.RuleShape(many=True))
    def get(self, link_id: uuid.UUID) -> Any:
        """The rules in force."""
        with house().db.reading() as db:
            row = link_or_404(db, link_id, Scope.APPROVE)
            return [telling.rule(each) for each in rules.of_link(db, row.id)]

    @blueprint.doc(parameters=[IDEMPOTENT])
    @blueprint.arguments(family_shapes.RuleAsked)
    @blueprint.response(201, family_shapes.RuleShape)
    def post(self, asked: dict[str, Any], link_id: uuid.UUID) -> Any:
        """Make a rule."""
        with house().db.begin() as db:
            row = link_or_404(db, link_id, Scope.APPROVE)
            rule = rules.make(db, row, _rule(asked))
            return telling.rule(rule)


def _rule(asked: dict[str, Any]) -> SpendingRule:
    return SpendingRule(
        kind=Kind(asked["kind"]),
        category=asked["category"],
        sku=asked["sku"],
        span=Span(asked["span"]),
        limit_fen=asked["limit_fen"],
    )


@blueprint.route("/links/<uuid:link_id>/rules/<uuid:rule_id>")
class One(MethodView):
    """One rule."""

    @blueprint.etag
    @blueprint.response(200, family_shapes.RuleShape)
    def get(self, link_id: uuid.UUID, rule_id: uuid.UUID) -> Any:
        """What it says."""
        with house().db.reading() as db:
            return telling.rule(_found(db, link_id, rule_id))

    @blueprint.etag
    @blueprint.arguments(family_shapes.RuleAsked)
    @blueprint.response(200, family_shapes.RuleShape)
    def put(self, asked: dict[str, Any], link_id: uuid.UUID, rule_id: uuid.UUID) -> Any:
        """Say it otherwise, from the next order on."""
        with house().db.begin() as db:
            row = _found(db, link_id, rule_id)
            blueprint.check_etag(telling.rule(row), family_shapes.RuleShape)
            rules.change(db, row, _rule(asked))
            db.flush()
            return telling.rule(row)

    @blueprint.etag
    @blueprint.response(204)
    def delete(self, link_id: uuid.UUID, rule_id: uuid.UUID) -> Any:
        """It counts no more."""
        with house().db.begin() as db:
            row = _found(db, link_id, rule_id)
            blueprint.check_etag(telling.rule(row), family_shapes.RuleShape)
            rules.end(row)
        return Response(status=204)


def _found(db: Session, link_id: uuid.UUID, rule_id: uuid.UUID) -> SpendingRule:
    row = link_or_404(db, link_id, Scope.APPROVE)
    return next((each for each in rules.of_link(db, row.id) if each.id == rule_id), None) or abort(
        404
    )


@blueprint.route("/links/<uuid:link_id>/rules/trial")
class Trial(MethodView):
    """Trying rules out."""

    @blueprint.doc(parameters=[IDEMPOTENT])
    @blueprint.arguments(family_shapes.Trial)
    @blueprint.response(200, family_shapes.TriedShape(many=True))
    def post(self, asked: dict[str, Any], link_id: uuid.UUID) -> Any:
        """What would have happened to the last ten orders under these rules, oldest first."""
        proposed = [_rule(each) for each in asked["rules"]]
        with house().db.reading() as db:
            row = link_or_404(db, link_id, Scope.APPROVE)
            for each in proposed:
                each.id, each.link_id = uuid.uuid4(), row.id
            return [
                {
                    "id": each.order.id,
                    "code": each.order.code,
                    "total_fen": each.order.total,
                    "would": each.would,
                }
                for each in trial.try_out(db, row.customer_id, proposed)
            ]


@blueprint.route("/links/<uuid:link_id>/tab")
class TheTab(MethodView):
    """The family's tab."""

    @blueprint.etag
    @blueprint.response(200, family_shapes.Limit)
    def get(self, link_id: uuid.UUID) -> Any:
        """Its limit."""
        with house().db.reading() as db:
            row = link_or_404(db, link_id, Scope.PAY)
            account = tab.of_link(db, row.id) or abort(404)
            return {"limit_fen": account.limit_fen}

    @blueprint.doc(parameters=[IDEMPOTENT])
    @blueprint.arguments(family_shapes.Limit)
    @blueprint.response(200, family_shapes.Limit)
    def post(self, asked: dict[str, Any], link_id: uuid.UUID) -> Any:
        """Open it, or set its limit."""
        with house().db.begin() as db:
            row = link_or_404(db, link_id, Scope.PAY)
            return {"limit_fen": billing.open_tab(db, row, asked["limit_fen"]).limit_fen}

    @blueprint.etag
    @blueprint.response(204)
    def delete(self, link_id: uuid.UUID) -> Any:
        """Close it. What stands on it is billed all the same."""
        with house().db.begin() as db:
            row = link_or_404(db, link_id, Scope.PAY)
            account = tab.of_link(db, row.id) or abort(404)
            blueprint.check_etag({"limit_fen": account.limit_fen}, family_shapes.Limit)
            billing.close_tab(db, row)
        return Response(status=204)


@blueprint.route("/links/<uuid:link_id>/bills")
class Bills(MethodView):
    """The tab's bills."""

    @blueprint.response(200, family_shapes.BillShape(many=True))
    def get(self, link_id: uuid.UUID) -> Any:
        """Newest first."""
        with house().db.reading() as db:
            return billing.bills_of(db, link_or_404(db, link_id, Scope.PAY))


@blueprint.route("/bills/<uuid:bill_id>/payments")
class BillPayments(MethodView):
    """Paying a bill."""

    @blueprint.doc(parameters=[IDEMPOTENT])
    @blueprint.arguments(shapes.PayWith)
    @blueprint.response(201, shapes.Opened)
    def post(self, asked: dict[str, Any], bill_id: uuid.UUID) -> Any:
        """Open one WeChat payment for the whole bill."""
        with house().db.reading() as db:
            bill = billing.bill_of(db, me().id, bill_id) or abort(404)
            payment_id = billing.payment_of(db, bill).id
        return pay(payment_id, asked["door"])


