"""Calls that the REST API asks for: what becomes of them, and what is told of it."""

import time

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client
from twilio.rest.api.v2010.account.call import CallInstance

from ivr.softphone import Exchange, Handset
from ivr.softphone.telephone import Manner
from tests.conftest import LIN, MEI
from tests.ivr.softphone.conftest import HOTLINE, Product

EVENTS = ["initiated", "ringing", "answered", "completed"]


def ring(client: Client, product: Product, to: str = MEI, **wishes: object) -> CallInstance:
    return client.calls.create(
        to=to,
        from_=HOTLINE,
        url=f"{product.url}/ring",
        status_callback=f"{product.url}/progress",
        status_callback_event=EVENTS,
        **wishes,
    )


def progress(product: Product) -> list[str]:
    return [fields["CallStatus"] for fields in product.said_at("/progress")]


def test_an_answered_call_is_told_in_four_steps(
    product: Product, exchange: Exchange, client: Client, mei: Handset
) -> None:
    product.answers["/ring"] = "<Say>您好</Say>"

    call = ring(client, product)
    mei.rings_within(5).answers().hears("您好")
    exchange.settle()

    assert call.status == "queued"
    assert progress(product) == ["initiated", "ringing", "in-progress", "completed"]
    numbers = [fields["SequenceNumber"] for fields in product.said_at("/progress")]
    assert numbers == ["0", "1", "2", "3"]
    assert client.calls(call.sid).fetch().status == "completed"


def test_only_the_end_is_told_where_no_events_were_asked_for(
    product: Product, exchange: Exchange, client: Client, mei: Handset
) -> None:
    client.calls.create(
        to=MEI,
        from_=HOTLINE,
        twiml="<Response><Say>您好</Say></Response>",
        status_callback=f"{product.url}/progress",
    )
    mei.answers().hears("您好")
    exchange.settle()

    assert progress(product) == ["completed"]


@pytest.mark.parametrize(
    ("manner", "status", "sip"),
    [("nobody", "no-answer", "487"), ("busy", "busy", "486"), ("unreachable", "failed", "404")],
)
def test_a_call_that_nobody_takes_says_why(
    product: Product,
    exchange: Exchange,
    client: Client,
    mei: Handset,
    manner: Manner,
    status: str,
    sip: str,
) -> None:
    mei.is_owned_by(manner)

    ring(client, product)
    exchange.settle()

    told = product.said_at("/progress")[-1]
    assert (told["CallStatus"], told["SipResponseCode"]) == (status, sip)
    assert product.said_at("/ring") == []


def test_it_rings_until_the_time_is_up(
    product: Product, exchange: Exchange, client: Client, mei: Handset
) -> None:
    ring(client, product, timeout=1)
    mei.rings_within(5)
    exchange.settle()

    assert progress(product)[-1] == "no-answer"


def test_letting_it_ring_takes_no_time(
    product: Product, exchange: Exchange, client: Client, mei: Handset
) -> None:
    ring(client, product, timeout=60)
    mei.lets_it_ring()

    assert exchange.settle(5)
    assert progress(product)[-1] == "no-answer"


def test_who_is_on_the_line_already_is_busy(
    product: Product, exchange: Exchange, client: Client, mei: Handset
) -> None:
    product.answers["/voice"] = "<Gather><Say>请按1</Say></Gather>"
    mei.dial(HOTLINE).hears("请按1")

    call = ring(client, product)
    while call.fetch().status in ("queued", "ringing"):
        time.sleep(0.01)

    assert call.fetch().status == "busy"
    assert mei.state == "talking"


@pytest.mark.parametrize(("manner", "found"), [("person", "human"), ("machine", "machine_start")])
def test_who_answered_is_told_with_the_first_request(
    product: Product,
    exchange: Exchange,
    client: Client,
    mei: Handset,
    manner: Manner,
    found: str,
) -> None:
    product.answers["/ring"] = "<Gather><Say>您好</Say></Gather>"
    mei.is_owned_by(manner)

    ring(client, product, machine_detection="Enable")
    if manner == "person":
        mei.answers().hears("您好")
        mei.stays_silent()
    exchange.settle()

    assert product.said_at("/ring")[0]["AnsweredBy"] == found
    assert product.said_at("/progress")[-1]["AnsweredBy"] == found


def test_a_call_can_be_recorded_as_a_whole(
    product: Product, exchange: Exchange, client: Client, mei: Handset, words: bytes
) -> None:
    product.answers["/ring"] = '<Gather input="speech" action="/yes"><Say>对吗对吗</Say></Gather>'

    ring(client, product, record=True, recording_status_callback=f"{product.url}/kept")
    mei.answers().says_wav(words)
    exchange.settle()

    [told] = product.said_at("/kept")
    assert told["RecordingSource"] == "OutboundAPI"
    assert told["RecordingDuration"] == "3"


def test_a_call_can_be_sent_elsewhere_and_ended(
    product: Product, exchange: Exchange, client: Client, mei: Handset
) -> None:
    product.answers["/ring"] = "<Gather><Say>您好</Say></Gather>"
    call = ring(client, product)
    mei.answers().hears("您好")

    client.calls(call.sid).update(twiml="<Response><Gather><Say>请稍等</Say></Gather></Response>")
    mei.hears("请稍等")
    client.calls(call.sid).update(status="completed")
    mei.is_over_within()

    with pytest.raises(TwilioRestException) as refused:
        client.calls(call.sid).update(status="completed")
    assert refused.value.code == 21220


def test_a_call_is_over_though_the_next_one_rings_already(
    product: Product, exchange: Exchange, client: Client, mei: Handset
) -> None:
    product.answers["/ring"] = "<Say>您好</Say>"
    ring(client, product)
    mei.rings_within().answers().hears("您好")
    exchange.settle()
    ring(client, product)
    mei.rings_within()

    with pytest.raises(AssertionError, match="is ringing, not idle"):
        mei.is_over_within(0.2)
    mei.declines()
    ring(client, product)
    with exchange.changed:
        assert exchange.changed.wait_for(lambda: exchange.telephone(MEI).state == "ringing", 10)

    mei.is_over_within()


def test_a_call_taken_back_before_the_answer_is_canceled(
    product: Product, exchange: Exchange, client: Client, mei: Handset
) -> None:
    call = ring(client, product)
    mei.rings_within(5)

    client.calls(call.sid).update(status="canceled")
    exchange.settle()

    assert progress(product)[-1] == "canceled"
    assert mei.state == "idle"


def test_a_call_ends_when_its_time_is_up(
    product: Product, exchange: Exchange, client: Client, mei: Handset
) -> None:
    product.answers["/ring"] = '<Gather timeout="60"><Say>您好</Say></Gather>'
    begun = time.monotonic()

    ring(client, product, time_limit=1)
    mei.answers()

    assert exchange.settle(10)
    assert time.monotonic() - begun < 8


def test_a_number_without_a_telephone_fails(
    product: Product, exchange: Exchange, client: Client
) -> None:
    ring(client, product, to=LIN)
    exchange.settle()

    assert progress(product)[-1] == "failed"


def test_a_repeated_create_rings_again(
    product: Product, exchange: Exchange, client: Client, mei: Handset
) -> None:
    product.answers["/ring"] = "<Say>您好</Say>"

    for _ in range(2):
        ring(client, product)
        mei.answers().hears("您好")
        exchange.settle()

    assert len(client.calls.list(to=MEI)) == 2
