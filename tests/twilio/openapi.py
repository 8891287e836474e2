"""Checks REST requests and answers against the firm's OpenAPI (`twilio_api_v2010.json.gz`).

The file is twilio/twilio-oai's (Apache-2.0), made usable for checking: repeated form keys are
arrays, and Calls.create needs one of Url, Twiml and ApplicationSid.
"""

import gzip
import json
import re
from collections.abc import Iterable, Mapping
from email.utils import parsedate_to_datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jsonschema import Draft4Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT4

_FILE = Path(__file__).with_name("twilio_api_v2010.json.gz")
Json = Any
_FORMATS = FormatChecker(formats=[])


@_FORMATS.checks("uri")
def _is_uri(value: object) -> bool:
    return not isinstance(value, str) or bool(urlsplit(value).scheme and urlsplit(value).netloc)


@_FORMATS.checks("phone-number")
def _is_phone(value: object) -> bool:
    return not isinstance(value, str) or bool(re.fullmatch(r"\+[1-9]\d{6,14}", value))


@_FORMATS.checks("date-time-rfc-2822", raises=ValueError)
def _is_rfc_2822(value: object) -> bool:
    return not isinstance(value, str) or bool(parsedate_to_datetime(value))


def check_rest(method: str, path: str, form: Mapping[str, str | list[str]]) -> list[str]:
    """What is wrong with a request: `form` is its form fields, of a GET its query."""
    operation = _operation(method, path)
    if isinstance(operation, str):
        return [operation]
    if method == "GET":
        known = {each["name"]: each["schema"] for each in operation["parameters"]}
        schema = {"type": "object", "properties": known, "additionalProperties": False}
    else:
        body = operation.get("requestBody", {"content": {"": {"schema": {}}}})
        schema = next(iter(body["content"].values()))["schema"]
        schema = {"additionalProperties": False, **schema}
    properties = schema.get("properties", {})
    typed = {key: _typed(value, properties.get(key, {})) for key, value in form.items()}
    return _faults(schema, typed)


def check_requests(
    requests: Iterable[tuple[str, str, Mapping[str, str | list[str]]]],
) -> list[str]:
    """What is wrong with any of the requests that an exchange got."""
    return [
        f"{method} {path}: {fault}"
        for method, path, form in requests
        for fault in check_rest(method, path, form)
    ]


def check_answer(method: str, path: str, status: int, body: Json) -> list[str]:
    """What is wrong with an answer; the firm's error shape is right for 4xx and 5xx."""
    if status >= 400:
        missing = {"code", "message", "more_info", "status"} - set(body)
        return [f"an error without {key}" for key in sorted(missing)]
    operation = _operation(method, path)
    if isinstance(operation, str):
        return [operation]
    answers = operation["responses"]
    if str(status) not in answers:
        return [f"{method} {path} does not answer {status}"]
    content = answers[str(status)].get("content")
    if not content:
        return [] if not body else [f"{method} {path} answers {status} without a body"]
    schema = next(iter(content.values()))["schema"]
    return [*_faults(schema, body), *_missing(schema, body)]


def _faults(schema: Json, value: Json) -> list[str]:
    api = _api()
    registry: Registry[Any] = Registry().with_resource(
        "api", Resource(contents=api, specification=DRAFT4)
    )
    checker = Draft4Validator(_absolute(schema), registry=registry, format_checker=_FORMATS)
    return [
        f"{'.'.join(map(str, error.absolute_path)) or 'the whole'}: {error.message[:200]}"
        for error in checker.iter_errors(value)
    ]


def _missing(schema: Json, value: Json) -> list[str]:
    """The firm states every property of a resource in each answer, as null where it is empty."""
    if "$ref" in schema:
        schema = _api()["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    faults = [f"no {key}" for key in schema.get("properties", {}) if key not in value]
    for key, part in schema.get("properties", {}).items():
        if part.get("type") == "array" and "$ref" in part.get("items", {}):
            for each in value.get(key, []):
                faults += _missing(part["items"], each)
    return faults


def _operation(method: str, path: str) -> dict[str, Any] | str:
    """A recording's sound is its resource by another ending, which the OpenAPI leaves unsaid."""
    if method == "GET":
        path = re.sub(r"(/Recordings/RE\w{32})(\.wav)?$", r"\1.json", path)
    for template, operations in _api()["paths"].items():
        pattern = re.sub(r"\\\{\w+\\\}", r"[^/.]+", re.escape(template))
        if re.fullmatch(pattern, path):
            operation: dict[str, Any] | None = operations.get(method.lower())
            return operation or f"{path} takes no {method}"
    return f"the firm knows no {path}"


def _typed(value: str | list[str], schema: Json) -> Json:
    """A form field as the type that its schema wants; as it is where it does not read as one."""
    if schema.get("type") == "array":
        return value if isinstance(value, list) else [value]
    if isinstance(value, list):
        if len(value) != 1:
            return value
        value = value[0]
    readers = {
        "integer": lambda text: int(text) if re.fullmatch(r"-?\d+", text) else text,
        "number": lambda text: float(text) if re.fullmatch(r"-?\d+(\.\d+)?", text) else text,
        "boolean": lambda text: {"true": True, "false": False}.get(text.lower(), text),
    }
    return readers.get(schema.get("type", ""), str)(value)


def _absolute(schema: Json) -> Json:
    """Local references made to start from the whole file."""
    return json.loads(json.dumps(schema).replace('"#/', '"api#/'))


@cache
def _api() -> dict[str, Any]:
    """The OpenAPI, with its `nullable` said as JSON Schema says it."""
    whole = json.loads(gzip.decompress(_FILE.read_bytes()))
    schemas = whole["components"]["schemas"]
    whole["components"]["schemas"] = json.loads(json.dumps(schemas), object_hook=_nullable)
    whole["paths"] = json.loads(json.dumps(whole["paths"]), object_hook=_nullable)
    return whole  # type: ignore[no-any-return]


def _nullable(schema: dict[str, Any]) -> dict[str, Any]:
    if schema.get("nullable") is not True:
        return schema
    schema = {key: value for key, value in schema.items() if key != "nullable"}
    return {"anyOf": [schema, {"type": "null"}]} if schema else {}
