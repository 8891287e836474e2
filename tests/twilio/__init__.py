"""What the telephone firm accepts, checked against its own grammar and OpenAPI.

`check_twiml(xml)`, `check_rest(method, path, form)`, `check_answer(method, path, status, body)` and
`check_requests(exchange.requests)` each answer with a list of faults in words, empty when there is
none.
"""

from ivr.softphone import check_twiml
from tests.twilio.openapi import check_answer, check_requests, check_rest

__all__ = ["check_answer", "check_requests", "check_rest", "check_twiml"]
