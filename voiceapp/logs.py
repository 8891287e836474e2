"""Structured logs: fixed sentences with ids, never a number, a name or what somebody said."""

import logging
import sys
from typing import Any

import structlog

PERSONAL = frozenset({"number", "name", "text", "words", "address", "phone", "transcript", "code"})
"""Keys that must not reach a log; a value under one is replaced."""


def _without_personal(logger: Any, method: str, event: Any) -> Any:
    for key in PERSONAL & event.keys():
        event[key] = "[personal]"
    return event


def set_up_logs(level: int = logging.INFO) -> None:
    """One JSON object a line on standard error, for our own loggers and the libraries'."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.stdlib.ExtraAdder(),
        _without_personal,
    ]
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                _traceback_without_values,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    # Twilio's client logs each request with its form, numbers and words included.
    for noisy in ("twilio", "urllib3", "werkzeug", "faster_whisper", "rq"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


def _traceback_without_values(logger: Any, method: str, event: Any) -> Any:
    # A message may quote the row or the sentence that caused it; the type and the places do not.
    error = event.pop("exc_info", None)
    if error and error is not True and error[1] is not None:
        frames = []
        trace = error[2]
        while trace is not None:
            code = trace.tb_frame.f_code
            frames.append(f"{code.co_filename}:{trace.tb_lineno} {code.co_name}")
            trace = trace.tb_next
        event["error"] = error[0].__name__
        event["where"] = frames[-6:]
    return event
