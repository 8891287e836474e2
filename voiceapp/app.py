"""The web application: every room's pages and webhooks behind one door."""

from flask import Flask, Response, redirect, request, url_for
from flask_babel import Babel
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from family_link import routes as family
from ivr import routes as telephone
from voiceapp import astray, console, health
from voiceapp.config import Settings
from voiceapp.house import House
from voiceapp.providers import open_house

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data:; media-src 'self' blob:; "
        "frame-ancestors 'none'; form-action 'self'"
    ),
}
"""Sent with every answer. No page of ours needs a script, style or picture from elsewhere."""

LANGUAGES = ("zh_CN", "en")
BODY_LIMIT = 2 * 1024 * 1024


def create_app(settings: Settings, house: House | None = None) -> Flask:
    """The WSGI application for these settings; `house` where the providers are given."""
    app = Flask("voiceapp")
    house = house or open_house(settings)
    app.extensions["house"] = house
    app.config.update(
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=BODY_LIMIT,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.public_url.startswith("https://"),
        # A page lies open for an afternoon: its forms are good for as long as the session is.
        WTF_CSRF_TIME_LIMIT=None,
        BABEL_DEFAULT_LOCALE="zh_CN",
        API_TITLE="voiceapp",
        API_VERSION="v1",
        OPENAPI_VERSION="3.1.0",
    )
    app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=1)  # type: ignore[method-assign]
    Babel(app, locale_selector=lambda: request.accept_languages.best_match(LANGUAGES))
    csrf = CSRFProtect(app)
    limiter = Limiter(
        get_remote_address,
        app=app,
        storage_uri=_counts_at(settings.redis_url),
        strategy="fixed-window",
        # Without Redis each process counts for itself: a looser limit is better than no page.
        in_memory_fallback_enabled=True,
    )
    app.extensions["rate_limiter"] = limiter
    _open_rooms(app, csrf)
    app.add_url_rule("/", "front", lambda: redirect(url_for("family_login.short")))
    if settings.softphone_url:
        app.add_url_rule("/softphone", "softphone", lambda: redirect(settings.softphone_url))

    @app.after_request
    def add_headers(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return app


def _counts_at(redis_url: str) -> str:
    # The limiter's library has a scheme of its own for Redis on a socket.
    return f"redis+{redis_url}" if redis_url.startswith("unix:") else redis_url or "memory://"


def _open_rooms(app: Flask, csrf: CSRFProtect) -> None:
    for blueprint in (telephone.blueprint, health.blueprint):
        csrf.exempt(blueprint)
        app.register_blueprint(blueprint)
    family.open_room(app, csrf, astray.page)
    console.open_room(app, csrf)
