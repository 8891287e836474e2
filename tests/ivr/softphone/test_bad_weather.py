"""The network fails: the exchange behaves as the firm does, and as badly as it is told to."""

import dataclasses
import socket
import time

import pytest
import requests
from flask import Response, request
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from ivr.softphone import FINE, Exchange, Handset, Weather
from tests.conftest import MEI
from tests.ivr.softphone.conftest import HOTLINE, Product


def test_an_api_that_is_down_answers_503(exchange: Exchange, client: Client) -> None:
    exchange.weather = Weather(api="down")

    with pytest.raises(TwilioRestException) as failure:
        client.calls("CA" + "0" * 32).fetch()
    assert failure.value.status == 503


def test_an_api_that_is_cut_off_does_nothing(exchange: Exchange, client: Client) -> None:
    exchange.weather = Weather(api="cut")

    with pytest.raises(requests.ConnectionError):
        client.messages.create(to=MEI, from_=HOTLINE, body="您好")
    exchange.weather = FINE
    assert client.messages.list() == []


def test_a_lost_answer_means_that_it_was_done(exchange: Exchange, client: Client) -> None:
    exchange.weather = Weather(api="answer_lost")

    with pytest.raises(requests.ConnectionError):
        client.messages.create(to=MEI, from_=HOTLINE, body="您好")
    exchange.weather = FINE
    assert len(client.messages.list()) == 1


def test_a_webhook_that_fails_goes_to_the_fallback(
    product: Product, exchange: Exchange, mei: Handset
) -> None:
    product.answers["/voice"] = lambda _: Response(status=500)
    product.answers["/fallback"] = "<Say>请稍后再打</Say>"

    mei.dial(HOTLINE).hears("请稍后再打")

    [fields] = product.said_at("/fallback")
    assert fields["ErrorCode"] == "11200"
    assert fields["ErrorUrl"].endswith("/voice")


def test_a_connection_that_breaks_is_tried_once_more(
    product: Product, exchange: Exchange, mei: Handset
) -> None:
    def break_off_once(_: dict[str, str]) -> str:
        if len(product.said_at("/voice")) == 1:
            request.environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
        return "<Say>您好</Say>"

    product.answers["/voice"] = break_off_once

    mei.dial(HOTLINE).hears("您好")

    first, second = product.said_at("/voice")
    assert first == second
    assert product.tokens[0] == product.tokens[1]


def test_a_webhook_that_fails_twice_ends_the_call(
    product: Product, exchange: Exchange, mei: Handset
) -> None:
    product.answers["/voice"] = lambda _: Response(status=500)
    product.answers["/fallback"] = lambda _: Response(status=404)

    mei.dial(HOTLINE).hears("application error")

    assert exchange.errors[0].startswith("11200")


def test_a_webhook_that_is_too_slow_goes_to_the_fallback(
    product: Product, exchange: Exchange, mei: Handset
) -> None:
    def late(_: dict[str, str]) -> str:
        time.sleep(0.5)
        return "<Say>您好</Say>"

    exchange.tempo = dataclasses.replace(exchange.tempo, webhook_s=0.2)
    product.answers |= {"/voice": late, "/fallback": "<Say>请稍后再打</Say>"}

    mei.dial(HOTLINE).hears("请稍后再打")


def test_a_number_without_a_server_ends_the_call(exchange: Exchange, mei: Handset) -> None:
    exchange.numbers[HOTLINE].voice_url = "http://127.0.0.1:9/voice"
    exchange.numbers[HOTLINE].fallback_url = ""

    mei.dial(HOTLINE).hears("application error")

    assert exchange.errors[0].startswith("11200")


def test_a_doubled_webhook_carries_one_token(
    product: Product, exchange: Exchange, mei: Handset
) -> None:
    exchange.weather = Weather(webhooks_doubled=True)

    mei.dial(HOTLINE).is_over_within()
    exchange.settle()

    assert len(product.said_at("/voice")) == len(product.said_at("/status")) == 2
    assert product.tokens[0] == product.tokens[1]


def test_a_late_callback_comes_after_the_call(
    product: Product, exchange: Exchange, mei: Handset, words: bytes
) -> None:
    exchange.weather = Weather(callback_delay_s=0.2)
    product.answers["/voice"] = '<Record action="/recorded" recordingStatusCallback="/kept"/>'

    mei.dial(HOTLINE).says_wav(words).is_over_within()
    before = product.said_at("/kept")
    exchange.settle()

    assert before == []
    assert len(product.said_at("/kept")) == 1


def test_a_webhook_can_be_sent_again_as_it_was(
    product: Product, exchange: Exchange, mei: Handset
) -> None:
    product.answers["/voice"] = "<Say>您好</Say>"
    mei.dial(HOTLINE).is_over_within()

    answer = exchange.webhooks.send_again("/voice")

    first, second = product.said_at("/voice")
    assert first == second
    assert "您好" in answer.text


def test_a_handset_says_what_it_heard_when_it_waits_in_vain(
    product: Product, exchange: Exchange, mei: Handset
) -> None:
    product.answers["/voice"] = "<Say>您好</Say>"

    with pytest.raises(AssertionError, match="您好"):
        mei.dial(HOTLINE).hears("再见", seconds=0.3)


def test_a_key_that_the_line_does_not_take_is_refused(
    product: Product, exchange: Exchange, mei: Handset
) -> None:
    product.answers["/voice"] = '<Say>您好</Say><Pause length="20"/>'
    mei.dial(HOTLINE).hears("您好")

    with pytest.raises(AssertionError, match="takes no keys"):
        mei.presses("1", seconds=0.2)
