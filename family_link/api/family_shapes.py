"""The shapes of what the API takes and tells of people: signing in, links, rules, carts."""

import marshmallow as ma
from marshmallow.validate import Length, OneOf, Range, Regexp

from family_link.alerts import Alert
from family_link.api.shapes import TEXT, F, Window, one_of
from family_link.linking import RELATIONS
from family_link.rules import Kind, Span
from family_link.trial import Would
from orders.relatives import Scope


class Number(ma.Schema):
    """A telephone number in E.164 form."""

    number = F.String(required=True, validate=Regexp(r"^\+[1-9][0-9]{7,14}$"))


class CodeSent(ma.Schema):
    """Which code is on its way, whoever the number belongs to."""

    id = F.UUID(required=True)


class CodeLogin(ma.Schema):
    """The digits that came; with a `wx.login` code this WeChat is bound to the number."""

    id = F.UUID(required=True)
    code = F.String(required=True, validate=Regexp(r"^[0-9]{6}$"))
    wx_code = F.String(validate=[Length(min=1, max=128), TEXT])


class WxLogin(ma.Schema):
    """A code of `wx.login`."""

    wx_code = F.String(required=True, validate=[Length(min=1, max=128), TEXT])


class Refresh(ma.Schema):
    """A refresh token, used once."""

    refresh = F.String(required=True, validate=[Length(min=1, max=128), TEXT])


class TokensShape(ma.Schema):
    """A token for `Authorization: Bearer`, for so many seconds."""

    token = F.String(required=True)
    refresh = F.String(required=True)
    seconds = F.Integer(required=True)


class LinkShape(ma.Schema):
    """A parent, and what this child may do for her."""

    id = F.UUID(required=True)
    parent = F.String(required=True)
    relation = F.String(required=True)
    scopes = F.List(F.String(validate=one_of(Scope)), required=True)
    rank = F.Integer(required=True)
    linked_at = F.AwareDateTime(required=True)
    alerts = F.List(F.String(validate=one_of(Alert)), required=True)
    tab_limit_fen = F.Integer(allow_none=True)
    tab_owed_fen = F.Integer(allow_none=True)


class LinkWish(Number):
    """The parent's number, and what the child is to her."""

    relation = F.String(required=True, validate=OneOf(RELATIONS))


class LinkAsked(ma.Schema):
    """The code that the child tells her parent."""

    code = F.String(required=True, validate=Regexp(r"^[0-9]{4}$"))


class Alerts(ma.Schema):
    """The alerts that are on."""

    on = F.List(F.String(validate=one_of(Alert)), required=True, validate=Length(max=10))


class Limit(ma.Schema):
    """A tab's limit."""

    limit_fen = F.Integer(required=True, validate=Range(0, 500_000))


class BillShape(ma.Schema):
    """A week's bill."""

    id = F.UUID(required=True)
    fen = F.Integer(required=True)
    made_at = F.AwareDateTime(required=True)
    paid_at = F.AwareDateTime(allow_none=True)


class RuleAsked(ma.Schema):
    """A rule about one product, one category, or (neither) everything."""

    kind = F.String(required=True, validate=one_of(Kind))
    category = F.String(load_default="", validate=[Length(max=32), TEXT])
    sku = F.String(load_default="", validate=[Length(max=64), TEXT])
    span = F.String(load_default="order", validate=one_of(Span))
    limit_fen = F.Integer(load_default=None, allow_none=True, validate=Range(0, 500_000))


class RuleShape(RuleAsked):
    """A rule in force."""

    id = F.UUID(required=True)


class Trial(ma.Schema):
    """Rules to try out instead of those in force."""

    rules = F.List(F.Nested(RuleAsked), required=True, validate=Length(max=30))


class TriedShape(ma.Schema):
    """One of the last ten orders, and what would have happened to it."""

    id = F.UUID(required=True)
    code = F.String(required=True)
    total_fen = F.Integer(required=True)
    would = F.String(required=True, validate=one_of(Would))


class Search(ma.Schema):
    """What is looked for: characters, pinyin or initials."""

    q = F.String(load_default="", validate=[Length(max=40), TEXT])


class ProductShape(ma.Schema):
    """Something on sale."""

    sku = F.String(required=True)
    name = F.String(required=True)
    spec = F.String(required=True)
    unit = F.String(required=True)
    category = F.String(required=True)
    fen = F.Integer(required=True)
    service = F.Boolean(required=True)


class WantedShape(ma.Schema):
    """One line of a cart; a service with one of the open times."""

    sku = F.String(required=True, validate=[Length(min=1, max=64), TEXT])
    quantity = F.String(required=True, validate=Regexp(r"^[0-9]{1,2}([.][0-9]{1,2})?$"))
    slot = F.Nested(Window, load_default=None, allow_none=True)


class Cart(ma.Schema):
    """What is ordered for a parent."""

    lines = F.List(F.Nested(WantedShape), required=True, validate=Length(min=1, max=30))


class Granted(ma.Schema):
    """WeChat's ids of the templates for which one tap allowed one message each."""

    templates = F.List(
        F.String(validate=[Length(min=1, max=64), TEXT]),
        required=True,
        validate=Length(min=1, max=10),
    )


class GrantShape(ma.Schema):
    """One message that a child lets us send, and when it was sent."""

    template = F.String(required=True)
    granted_at = F.AwareDateTime(required=True)
    spent_at = F.AwareDateTime(allow_none=True)
