"""Errors as problem details (RFC 9457), in the reader's language."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import marshmallow as ma
from flask import Response, jsonify, request
from flask_smorest import Api, Blueprint  # type: ignore[import-untyped]  # it has no types
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from family_link.pages.door import _
from orders.order import WindowLost
from voiceapp.errors import Conflict, NotAllowed, ProviderDown, ProviderRefused, VoiceappError

MEDIA = "application/problem+json"
Elsewhere = Callable[[HTTPException], Any]
"""What an error outside the API is answered with."""


class Problem(ma.Schema):
    """What went wrong. `code` is for programs, `title` for people."""

    type = ma.fields.String(required=True)
    title = ma.fields.String(required=True)
    status = ma.fields.Integer(required=True)
    code = ma.fields.String(required=True)
    errors = ma.fields.Dict(metadata={"description": "Field to what is wrong with it"})


def titles() -> dict[str, str]:
    """What each problem is called, in the reader's language."""
    return {
        "not_signed_in": _("请先登录"),
        "not_found": _("没有这个，或者不是您的"),
        "changed": _("刚刚有了变化，请看最新情况"),
        "not_allowed": _("这一步现在做不了"),
        "window_lost": _("想要的时间已经来不及了"),
        "tag_missing": _("请先读取，再带上 If-Match 修改"),
        "tag_old": _("刚刚有了变化，请重新读取"),
        "invalid": _("有些内容不对"),
        "key_used": _("这个 Idempotency-Key 用在了别的请求上"),
        "too_many": _("太频繁了，请过一会儿再试"),
        "provider_down": _("微信暂时没有回应，请过一会儿再试"),
        "wrong_code": _("验证码不对，或者已经过期"),
        "unknown_wechat": _("这个微信还没有绑定手机号"),
    }


BY_STATUS = {
    401: "not_signed_in",
    404: "not_found",
    409: "changed",
    412: "tag_old",
    422: "invalid",
    428: "tag_missing",
    429: "too_many",
    503: "provider_down",
}


def problem(
    status: int, code: str = "", errors: Any = None, headers: dict[str, str] | None = None
) -> Response:
    """One problem as an answer."""
    code = code or BY_STATUS.get(status, HTTPStatus(status).name.lower())
    told: dict[str, Any] = {
        "type": f"urn:voiceapp:{code}",
        "title": titles().get(code, HTTPStatus(status).phrase),
        "status": status,
        "code": code,
    }
    if errors:
        told["errors"] = errors
    response: Response = jsonify(told)
    response.status_code, response.content_type = status, MEDIA
    response.headers.update(headers or {})
    return response


def as_it_is(error: HTTPException) -> HTTPException:
    """The framework's own answer."""
    return error


class FamilyApi(Api):  # type: ignore[misc]  # flask-smorest has no types
    """The API whose errors are problems. Pages have errors of their own."""

    ERROR_SCHEMA = Problem
    elsewhere: Elsewhere

    def _register_responses(self) -> None:
        content = {MEDIA: {"schema": Problem}}
        for status in HTTPStatus:
            answer: dict[str, Any] = {"description": status.phrase}
            if status != HTTPStatus.NOT_MODIFIED:
                answer["content"] = content
            self.spec.components.response(status.name, answer, lazy=True)
        unforeseen = {"description": "A problem", "content": content}
        self.spec.components.response("DEFAULT_ERROR", unforeseen, lazy=True)

    def _register_pagination_header(self) -> None:
        about = "JSON: total, total_pages, page, first_page, last_page, next_page, previous_page"
        header = {"description": about, "schema": {"type": "string"}}
        self.spec.components.header("PAGINATION", header, lazy=True)

    def _register_error_handlers(self) -> None:
        self._app.register_error_handler(HTTPException, self.handle_http_exception)

    def handle_http_exception(self, error: HTTPException) -> Any:
        """A problem within the API; elsewhere what `elsewhere` makes of it."""
        if not request.path.startswith("/api/"):
            return self.elsewhere(error)
        status = error.code or 500
        data = getattr(error, "data", None) or {}
        headers = dict(error.get_headers()) if status == 405 else {}
        allowed = {"Allow": headers["Allow"]} if "Allow" in headers else {}
        return problem(status, errors=data.get("messages"), headers=allowed)


OURS: dict[type[Exception], tuple[int, str]] = {
    WindowLost: (409, "window_lost"),
    NotAllowed: (409, "not_allowed"),
    Conflict: (409, "changed"),
    StaleDataError: (409, "changed"),
    IntegrityError: (409, "changed"),
    ProviderDown: (503, "provider_down"),
    ProviderRefused: (409, "not_allowed"),
    VoiceappError: (422, "invalid"),
}
"""What our own errors are to a program."""


def answer_problems(blueprint: Blueprint) -> None:
    """Turn a blueprint's errors of ours into problems."""
    for kind, (status, code) in OURS.items():
        blueprint.register_error_handler(
            kind, lambda error, status=status, code=code: problem(status, code)
        )
