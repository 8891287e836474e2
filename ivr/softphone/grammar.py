"""Which TwiML the firm accepts.

The rules are data, `data/twiml_grammar.json`: attributes with their types, enumerations, and
which verb may stand in which, read out of npm's `twilio` 6.2.0 and PyPI's `twilio` 9.13.0. What
these libraries do not state is here: the size of a document and the text that a noun needs.
"""

import json
import re
from functools import cache
from importlib.resources import files
from typing import Any
from xml.etree import ElementTree

LARGEST_DOCUMENT = 64 * 1024  # bytes, https://www.twilio.com/docs/api/errors/11750
_NEEDS_TEXT = {"Say", "Redirect", "Enqueue", "Queue", "Client", "Number", "Conference"}
_SIMPLE = {
    "boolean": re.compile("true|false"),
    "number": re.compile(r"\d+(\.\d+)?"),
    "number[]": re.compile(r"\d+( \d+)*"),
    "string": re.compile(".*", re.DOTALL),
}


def check_twiml(xml: str) -> list[str]:
    """What is wrong with a TwiML document, in words; an empty list when the firm would take it."""
    if len(xml.encode()) > LARGEST_DOCUMENT:
        return [f"the document has more than {LARGEST_DOCUMENT} bytes"]
    try:
        root = ElementTree.fromstring(xml)
    except ElementTree.ParseError as error:
        return [f"not well-formed: {error}"]
    if root.tag != "Response":
        return [f"the root is <{root.tag}>, not <Response>"]
    return _faults_below(root, "Response")


def _faults_below(element: ElementTree.Element, name: str) -> list[str]:
    faults = []
    allowed = {_tag(child): child for child in _grammar()["children"][name]}
    for child in element:
        if child.tag in allowed:
            faults += _faults_of(child, allowed[child.tag])
            faults += _faults_below(child, allowed[child.tag])
        else:
            faults.append(f"<{child.tag}> may not stand in <{element.tag}>")
    return faults


def _faults_of(element: ElementTree.Element, name: str) -> list[str]:
    known: dict[str, str] = _grammar()["attributes"].get(name, {})
    faults = []
    for attribute, value in element.attrib.items():
        kind = known.get(attribute.replace("{http://www.w3.org/XML/1998/namespace}", "xml:"))
        if kind is None:
            faults.append(f"<{element.tag}> knows no attribute {attribute}")
        elif not _fits(kind, value):
            faults.append(f"<{element.tag} {attribute}={value!r}> is not a {kind}")
    if name in _NEEDS_TEXT and not "".join(element.itertext()).strip():
        faults.append(f"<{element.tag}> is empty")
    return faults


def _fits(kind: str, value: str) -> bool:
    if kind in _SIMPLE:
        return _SIMPLE[kind].fullmatch(value) is not None
    words = value.split() if kind.endswith("[]") else [value]
    return bool(words) and set(words) <= set(_grammar()["enums"][kind.removesuffix("[]")])


def _tag(name: str) -> str:
    """`SsmlSayAs` is written <say-as>; every other verb is written as it is named."""
    if not name.startswith("Ssml"):
        return name
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name.removeprefix("Ssml")).lower()


@cache
def _grammar() -> dict[str, Any]:
    text = (files(__package__) / "data" / "twiml_grammar.json").read_text("utf-8")
    return json.loads(text)  # type: ignore[no-any-return]
