"""Somebody rings one of our numbers: what the exchange asks us, and how it obeys."""

import pytest
from flask import Response

from ivr.softphone import Exchange, Handset
from tests.conftest import MEI
from tests.ivr.softphone.conftest import ACCOUNT, HOTLINE, Product

PLACES = {
    f"{end}{part}"
    for end in ("From", "To", "Caller", "Called")
    for part in ("City", "State", "Zip", "Country")
}


def test_the_first_request_has_the_fields_that_the_firm_sends(
    product: Product, exchange: Exchange, mei: Handset
) -> None:
    product.answers["/voice"] = "<Say>您好</Say>"

    mei.dial(HOTLINE).hears("您好")
    mei.is_over_within()

    [fields] = product.said_at("/voice")
    assert fields.keys() - PLACES == {
        "CallSid", "AccountSid", "From", "To", "CallStatus", "ApiVersion", "Direction", "Caller",
        "Called",
    }  # fmt: skip
    assert fields.keys() >= PLACES
    assert (fields["From"], fields["To"], fields["AccountSid"]) == (MEI, HOTLINE, ACCOUNT)
    assert (fields["CallStatus"], fields["Direction"]) == ("ringing", "inbound")


def test_a_withheld_number_is_the_firms_word_for_it(
    product: Product, exchange: Exchange, mei: Handset
) -> None:
    mei.dial(HOTLINE, withheld=True).is_over_within()

    assert product.said_at("/voice")[0]["From"] == "+266696687"


def test_the_end_of_a_call_is_told_where_the_number_says(
    product: Product, exchange: Exchange, mei: Handset
) -> None:
    product.answers["/voice"] = '<Pause length="10"/><Redirect>/again</Redirect>'
    product.answers["/again"] = "<Say>再见</Say><Hangup/><Say>在吗</Say>"

    mei.dial(HOTLINE).hears("再见")
    exchange.settle()

    [told] = product.said_at("/status")
    assert (told["CallStatus"], told["SipResponseCode"]) == ("completed", "200")
    assert told.keys() >= {"CallDuration", "Duration", "SequenceNumber", "Timestamp"}
    assert "在吗" not in mei.transcript


@pytest.mark.parametrize(("reason", "status"), [("busy", "busy"), ("rejected", "no-answer")])
def test_a_rejected_call_was_never_answered(
    product: Product, exchange: Exchange, mei: Handset, reason: str, status: str
) -> None:
    product.answers["/voice"] = f'<Reject reason="{reason}"/>'

    mei.dial(HOTLINE)
    exchange.settle()

    assert product.said_at("/status")[0]["CallStatus"] == status
    assert "answered" not in mei.transcript


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ('<Gather language="zh-CN"/>', 12100),
        ("<Say>您好", 12100),
        (lambda _: Response("plain words", mimetype="text/plain"), 12300),
        (f"<Say>{'好' * 30_000}</Say>", 11750),
    ],
)
def test_what_the_firm_cannot_obey_ends_the_call_and_is_remembered(
    product: Product, exchange: Exchange, mei: Handset, answer: str, code: int
) -> None:
    product.answers["/voice"] = answer

    mei.dial(HOTLINE).hears("application error")
    exchange.settle()

    [error] = exchange.errors
    assert error.startswith(str(code))


def test_a_prompt_from_a_file_is_fetched(
    product: Product, exchange: Exchange, mei: Handset, words: bytes
) -> None:
    product.answers["/voice"] = "<Play>/music.wav</Play><Say>您好</Say>"
    product.answers["/music.wav"] = lambda _: Response(words, mimetype="audio/wav")

    mei.dial(HOTLINE).hears("您好")

    assert exchange.errors == []
    assert "music.wav" in mei.transcript
