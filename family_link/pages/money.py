"""Spending rules and their trial, the tab, and its bills."""

import uuid
from collections.abc import Sequence

from flask import Blueprint, abort, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from family_link import billing, ordering, paying, reading, rules, tab, trial
from family_link.pages import labels
from family_link.pages.door import furnish, house, me, require_child
from family_link.pages.links import link_or_404
from family_link.pages.orders import refuse_kindly
from family_link.pages.paying import way_to_pay
from family_link.rules import Kind, Span, SpendingRule
from orders import catalogue
from orders.catalogue import Product
from orders.relatives import Link, Scope
from voiceapp import clock
from voiceapp.errors import NotAllowed
from voiceapp.money import Fen, fen_from_yuan

blueprint = Blueprint(
    "family_money", __name__, url_prefix="/family", template_folder="../templates"
)
blueprint.before_request(require_child)
furnish(blueprint)
refuse_kindly(blueprint)


CHOICES = 6
"""So many products are shown to choose from."""


@blueprint.get("/parents/<uuid:link_id>/rules")
def show(link_id: uuid.UUID) -> str:
    """The rules in force, and what they would have done to the last ten orders."""
    with house().db.reading() as db:
        link = link_or_404(db, link_id, Scope.APPROVE)
        return _page(db, link, rules.of_link(db, link.id))


def _page(
    db: Session,
    link: Link,
    tried: list[SpendingRule],
    trial_only: bool = False,
    found: Sequence[Product] | None = None,
) -> str:
    in_force = rules.of_link(db, link.id)
    return render_template(
        "family/rules.html",
        link=link,
        rules=in_force,
        names=reading.names_of(db, {rule.sku for rule in in_force}),
        categories=list(dict.fromkeys(each.category for each in catalogue.on_sale(db))),
        found=found,
        tried=trial.try_out(db, link.customer_id, tried),
        trial_only=trial_only,
        typed=request.form,
        account=tab.of_link(db, link.id),
        labels=labels,
        Kind=Kind,
        Span=Span,
    )


@blueprint.post("/parents/<uuid:link_id>/rules")
def make(link_id: uuid.UUID) -> Response | str:
    """Make a rule; or only try it out, and keep nothing.

    Where the words for a product fit several, she is shown those and chooses.
    """
    form = request.form
    with house().db.reading() as db:
        link = link_or_404(db, link_id, Scope.APPROVE)
        found = _meant(db, form.get("product", ""), form.get("sku", ""))
        if found is not None and len(found) != 1:
            return _page(db, link, rules.of_link(db, link.id), found=found)
    try:
        rule = SpendingRule(
            kind=Kind(form.get("kind", "")),
            category="" if found else form.get("category", "")[:32],
            sku=found[0].sku if found else "",
            span=Span(form.get("span", "order")),
            limit_fen=_fen(form.get("limit", "")),
        )
    except ValueError:
        abort(422)
    if form.get("try"):
        with house().db.reading() as db:
            link = link_or_404(db, link_id, Scope.APPROVE)
            rule.id, rule.link_id = uuid.uuid4(), link.id
            return _page(db, link, [*rules.of_link(db, link.id), rule], trial_only=True)
    with house().db.begin() as db:
        link = link_or_404(db, link_id, Scope.APPROVE)
        rules.make(db, link, rule)
    return redirect(url_for("family_money.show", link_id=link_id), 303)


def _meant(db: Session, words: str, sku: str) -> Sequence[Product] | None:
    """The products that a rule may be about; None where it is about no single one."""
    if sku:
        return list(catalogue.by_sku(db, {sku}).values())
    return ordering.search(db, words[:40], CHOICES) if words.strip() else None


def _fen(yuan: str) -> Fen | None:
    if not yuan.strip():
        return None
    try:
        fen = fen_from_yuan(yuan.strip())
    except ArithmeticError as error:
        raise ValueError("not an amount") from error
    if not 0 <= fen <= billing.HIGHEST:
        raise ValueError("out of bounds")
    return fen


@blueprint.post("/parents/<uuid:link_id>/rules/<uuid:rule_id>/end")
def end(link_id: uuid.UUID, rule_id: uuid.UUID) -> Response:
    """A rule counts no more."""
    with house().db.begin() as db:
        link = link_or_404(db, link_id, Scope.APPROVE)
        mine = (row for row in rules.of_link(db, link.id) if row.id == rule_id)
        rules.end(next(mine, None) or abort(404))
    return redirect(url_for("family_money.show", link_id=link_id), 303)


@blueprint.get("/parents/<uuid:link_id>/tab")
def the_tab(link_id: uuid.UUID) -> str:
    """The tab: its limit, what stands on it, its bills."""
    with house().db.reading() as db:
        link = link_or_404(db, link_id, Scope.PAY)
        account = tab.of_link(db, link.id)
        return render_template(
            "family/tab.html",
            link=link,
            account=account,
            owed=tab.owed(db, account) if account else 0,
            overdue=account is not None and tab.overdue(db, account, clock.now()),
            bills=billing.bills_of(db, link),
        )


@blueprint.post("/parents/<uuid:link_id>/tab")
def set_limit(link_id: uuid.UUID) -> Response:
    """Open the tab, or change its limit; nought closes it."""
    try:
        limit = _fen(request.form.get("limit", ""))
    except ValueError:
        abort(422)
    with house().db.begin() as db:
        link = link_or_404(db, link_id, Scope.PAY)
        if limit:
            billing.open_tab(db, link, limit)
        else:
            billing.close_tab(db, link)
    return redirect(url_for("family_money.the_tab", link_id=link_id), 303)


@blueprint.get("/bills/<uuid:bill_id>")
def bill(bill_id: uuid.UUID) -> str:
    """One bill, and the way to pay it."""
    with house().db.reading() as db:
        row = billing.bill_of(db, me().id, bill_id) or abort(404)
        payment = billing.payment_of(db, row)
        return render_template(
            "family/bill.html",
            bill=row,
            entries=billing.entries_of(db, row),
            seen={link.customer_id for link in reading.links_of(db, me().id)},
            pay_until=row.made_at + tab.OVERDUE,
            due=billing.is_due(payment),
            where=way_to_pay(payment),
        )


@blueprint.post("/bills/<uuid:bill_id>")
def pay(bill_id: uuid.UUID) -> Response:
    """Have the firm prepare a payment of the whole bill."""
    with house().db.reading() as db:
        row = billing.bill_of(db, me().id, bill_id) or abort(404)
        payment_id = billing.payment_of(db, row).id
    gateway = house().providers["gateway"]
    if gateway is None:
        raise NotAllowed("nothing is paid by WeChat here")
    here = url_for("family_money.bill", bill_id=bill_id, _external=True)
    address = request.remote_addr or "127.0.0.1"
    paying.start(house().db, gateway, payment_id, me(), back=here, address=address)
    return redirect(url_for("family_money.bill", bill_id=bill_id), 303)
