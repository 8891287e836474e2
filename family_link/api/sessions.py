"""Signing in to the API."""

import uuid
from typing import Any

from flask import Response
from flask.views import MethodView
from flask_smorest import Blueprint  # type: ignore[import-untyped]  # it has no types

from family_link import grants, login
from family_link.api import family_shapes
from family_link.api.door import IDEMPOTENT, bearer, guarded
from family_link.api.problems import answer_problems, problem
from family_link.pages.door import house, me
from voiceapp.errors import NotAllowed, ProviderRefused
from voiceapp.phone import caller_phone

blueprint = Blueprint(
    "signing_in", __name__, url_prefix="/api/v1", description="Numbers, codes, WeChat, tokens"
)
answer_problems(blueprint)
signed_in = guarded("session", "What a signed-in child does with her session")


def _openid(code: str) -> str:
    wechat = house().providers["wechat"]
    if wechat is None:
        raise NotAllowed("no mini-program here")
    return str(wechat.openid(code))


@blueprint.route("/codes")
class Codes(MethodView):
    """Codes by text message."""

    @blueprint.doc(security=[])
    @blueprint.arguments(family_shapes.Number)
    @blueprint.response(202, family_shapes.CodeSent)
    def post(self, asked: dict[str, Any]) -> Any:
        """Send six digits. The answer is the same whoever's number it is."""
        phone = caller_phone(asked["number"])
        if phone is None or not phone.rings_at(house().settings.allowed_prefixes):
            return {"id": uuid.uuid4()}
        with house().db.begin() as db:
            return {"id": login.send_code(db, phone)}


@blueprint.route("/sessions/by-code")
class ByCode(MethodView):
    """Signing in with the digits."""

    @blueprint.doc(security=[])
    @blueprint.arguments(family_shapes.CodeLogin)
    @blueprint.response(201, family_shapes.TokensShape)
    def post(self, asked: dict[str, Any]) -> Any:
        """Sign in with the digits that came; with a `wx_code`, bind this WeChat to the number."""
        openid = _openid(asked["wx_code"]) if "wx_code" in asked else None
        with house().db.begin() as db:
            relative = login.enter_code(db, asked["id"], asked["code"])
            if relative is not None and openid is not None:
                login.bind_openid(db, relative, openid)
            tokens = login.open_mini(db, relative) if relative else None
        return tokens or problem(401, "wrong_code")


@blueprint.route("/sessions")
class ByWeChat(MethodView):
    """Signing in with WeChat."""

    @blueprint.doc(security=[])
    @blueprint.arguments(family_shapes.WxLogin)
    @blueprint.response(201, family_shapes.TokensShape)
    def post(self, asked: dict[str, Any]) -> Any:
        """Sign in with a code of `wx.login`, once this WeChat is bound to a number."""
        try:
            openid = _openid(asked["wx_code"])
        except ProviderRefused:
            return problem(401, "unknown_wechat")
        with house().db.begin() as db:
            relative = login.by_openid(db, openid)
            tokens = login.open_mini(db, relative) if relative else None
        return tokens or problem(401, "unknown_wechat")


@blueprint.route("/sessions/refresh")
class Refreshed(MethodView):
    """New tokens."""

    @blueprint.doc(security=[])
    @blueprint.arguments(family_shapes.Refresh)
    @blueprint.response(200, family_shapes.TokensShape)
    def post(self, asked: dict[str, Any]) -> Any:
        """New tokens for a refresh token, which is used up."""
        with house().db.begin() as db:
            tokens = login.refresh_mini(db, asked["refresh"])
        return tokens or problem(401)


@signed_in.route("/sessions/current")
class Current(MethodView):
    """This session."""

    @signed_in.response(204)
    def delete(self) -> Any:
        """Sign out: both tokens count no more."""
        with house().db.begin() as db:
            login.leave(db, bearer())
        return Response(status=204)


@signed_in.route("/grants")
class Grants(MethodView):
    """The ledger of granted messages."""

    @signed_in.response(200, family_shapes.GrantShape(many=True))
    @signed_in.paginate(max_page_size=50)
    def get(self, pagination_parameters: Any) -> Any:
        """One page of her grants, newest first; each is spent once."""
        with house().db.reading() as db:
            asked = pagination_parameters
            rows, total = grants.of_relative(db, me().id, asked.page, asked.page_size)
            asked.item_count = total
            return rows

    @signed_in.doc(parameters=[IDEMPOTENT])
    @signed_in.arguments(family_shapes.Granted)
    @signed_in.response(204)
    def post(self, asked: dict[str, Any]) -> Any:
        """Keep what `wx.requestSubscribeMessage` granted: one message for each tap, 50 at most."""
        with house().db.begin() as db:
            ours = house().settings.wechat_template
            grants.keep(db, me().id, asked["templates"], ours)
        return Response(status=204)
