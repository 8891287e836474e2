"""The checkout page: what a payer sees at the firm."""

from flask import Blueprint, Response, abort, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from family_link.cashier.books import Trade
from family_link.cashier.protocol import books

blueprint = Blueprint("checkout", __name__, template_folder="templates")


def _trade(prepay_id: str) -> Trade:
    return books().prepared(prepay_id) or abort(404)


@blueprint.get("/checkout")
def show() -> str:
    """What is to be paid, to whom, and one button."""
    trade = _trade(request.args.get("prepay_id", ""))
    return render_template("checkout.html", trade=trade, back=request.args.get("redirect_url", ""))


@blueprint.post("/checkout")
def pay() -> AnyResponse:
    """Pay, tell the merchant, and go back there."""
    trade = _trade(request.form.get("prepay_id", ""))
    books().pay(trade)
    books().notify(trade)
    back = request.form.get("back", "")
    return redirect(back, 303) if back else Response(status=204)
