"""The laptop's WeChat: a stand-in that speaks the firm's own protocol and has a checkout page.

It is an outsider: it knows the product only by the addresses it is given, signs what it posts
there, and believes nothing that is not signed.
"""

from pathlib import Path

from flask import Flask

from family_link.cashier import checkout, mini, protocol
from family_link.cashier.books import Books, Returned
from family_link.cashier.merchant import Merchant

__all__ = ["Books", "Merchant", "Returned", "create_cashier"]


def create_cashier(merchant: Merchant, file: Path | None = None) -> Flask:
    """The stand-in as an application of its own; its books are in `extensions["books"]`.

    With a `file` they are kept there, and a later start goes on with them.
    """
    app = Flask("family_link.cashier")
    app.extensions["books"] = Books(merchant, file)
    app.register_blueprint(protocol.blueprint)
    app.register_blueprint(checkout.blueprint)
    app.register_blueprint(mini.blueprint)
    return app
