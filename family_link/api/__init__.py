"""The mini-program's API: flask-smorest, described at /api/openapi.json."""

from family_link.api import links, money, orders, sessions

GUARDED = (sessions.signed_in, orders.blueprint, links.blueprint, money.blueprint)
"""What only a signed-in child reaches."""
