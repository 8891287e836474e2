"""Every sealed column: which go when their days are over, and why the others stay."""

from voiceapp.db import Sealed, SealedJson
from voiceapp.models import metadata

ON_FILE = "somebody on file, until she is taken off it"
FAMILY = "somebody's child; who was never linked goes as a row"
ACCOUNTS = "what an order was, and on whose word: accounts need it"
RECORD = "what was done, by whom, for whoever must answer for it"
WORDS = "a word for a product, which names nobody"
STAFF = "somebody who works here"

GOES = {
    "call_turns.answer", "call_turns.keys", "call_turns.words", "calls.number", "calls.talk",
    "desk_calls.number", "duties.number", "kept_answers.body", "login_codes.number",
    "messages.content", "messages.to", "orders.number", "recordings.text",
    "recordings.transcript", "wanted_calls.keys", "wanted_calls.number", "wanted_calls.words",
}  # fmt: skip
"""Sealed columns that are emptied when their days are over; `orders.number` where it is nobody's
on file."""

STAYS = {
    "addresses": ON_FILE, "care": ON_FILE, "customers": ON_FILE, "customer_numbers": ON_FILE,
    "relatives": FAMILY,
    "orders": ACCOUNTS, "order_lines": ACCOUNTS, "line_questions": ACCOUNTS,
    "payment_attempts": ACCOUNTS, "supplements": ACCOUNTS, "visits": ACCOUNTS,
    "case_entries": RECORD, "consents": RECORD, "desk_notes": RECORD, "number_changes": RECORD,
    "ratings": RECORD,
    "caller_words": WORDS, "common_words": WORDS, "corrections": WORDS,
    "clerks": STAFF, "workers": STAFF,
}  # fmt: skip
"""Tables whose other sealed columns stay, and why."""


def test_every_sealed_column_goes_or_stays_for_a_reason() -> None:
    sealed = {
        f"{table.name}.{column.name}"
        for table in metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, (Sealed, SealedJson))
    }

    assert sealed >= GOES
    assert {each.partition(".")[0] for each in sealed - GOES} == STAYS.keys()
