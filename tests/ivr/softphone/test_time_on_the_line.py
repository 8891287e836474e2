"""Real time, in short: what takes how long, and what cuts it short."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from twilio.rest import Client

from ivr.softphone import Exchange, Handset, Tempo, Weather
from tests.conftest import LIN, MEI
from tests.ivr.softphone.conftest import ACCOUNT, HOTLINE, TOKEN, Product


def test_speech_takes_its_time_and_a_key_cuts_it_short(
    product: Product, exchange: Exchange, mei: Handset
) -> None:
    exchange.tempo = Tempo(speech=1.0)
    product.answers["/voice"] = (
        f"<Say>您好您好</Say><Gather numDigits='1' action='/key'><Say>{'长' * 200}</Say></Gather>"
    )

    began = time.monotonic()
    mei.dial(HOTLINE).hears("长")
    heard = time.monotonic()
    mei.presses("1").is_over_within()

    assert heard - began >= 1.0
    assert time.monotonic() - heard < 20.0


def test_a_prompt_without_barge_in_is_heard_to_its_end(
    product: Product, exchange: Exchange, mei: Handset
) -> None:
    exchange.tempo = Tempo(speech=1.0)
    product.answers["/voice"] = (
        "<Gather numDigits='1' action='/key' bargeIn='false'><Say>您好您好</Say></Gather>"
    )

    mei.dial(HOTLINE).hears("您好")
    heard = time.monotonic()
    mei.presses("1").is_over_within()

    assert time.monotonic() - heard >= 0.9


def test_a_silence_is_as_long_as_the_gather_says(
    product: Product, exchange: Exchange, mei: Handset
) -> None:
    exchange.tempo = Tempo(speech=0.0, patience=0.1)
    product.answers["/voice"] = "<Gather timeout='8'><Say>请按1</Say></Gather><Say>没有按</Say>"

    began = time.monotonic()
    mei.dial(HOTLINE).hears("没有按")

    assert 0.8 <= time.monotonic() - began < 7.0


def test_who_has_begun_to_speak_is_not_cut_off_by_the_silence(
    product: Product, exchange: Exchange, mei: Handset, words: bytes
) -> None:
    exchange.tempo = Tempo(speech=0.0, patience=0.1)
    product.answers["/voice"] = "<Record timeout='3' action='/recorded'/>"

    mei.dial(HOTLINE).begins_to_speak()
    time.sleep(0.6)
    mei.says_wav(words).is_over_within()

    assert product.said_at("/recorded")[0]["RecordingDuration"] == "2"


def test_who_has_begun_to_answer_is_not_cut_off_either(
    product: Product, exchange: Exchange, mei: Handset
) -> None:
    exchange.tempo = Tempo(speech=0.0, patience=0.1)
    product.answers["/voice"] = "<Gather timeout='3' input='speech' action='/words'/>"

    mei.dial(HOTLINE).begins_to_speak()
    time.sleep(0.6)
    mei.says("对").is_over_within()

    assert product.said_at("/words")[0]["SpeechResult"] == "对"


def test_a_webhook_may_overtake_the_answer_of_the_api(
    product: Product, exchange: Exchange, client: Client, mei: Handset
) -> None:
    exchange.weather = Weather(answer_delay_s=0.5)
    mei.is_owned_by("nobody")

    client.calls.create(
        to=MEI, from_=HOTLINE, url=f"{product.url}/ring", status_callback=f"{product.url}/progress"
    )

    assert product.said_at("/progress")[0]["CallStatus"] == "no-answer"


def test_many_calls_go_on_at_once(product: Product, exchange: Exchange) -> None:
    product.answers["/voice"] = "<Gather numDigits='1' action='/key'><Say>请按1</Say></Gather>"
    product.answers["/key"] = "<Say>好的</Say>"

    def order(extension: int) -> None:
        caller = Handset(exchange.api_url, f"+1202555{extension:04d}")
        caller.dial(HOTLINE).hears("请按1", seconds=30)
        caller.presses("1").hears("好的", seconds=30)

    with ThreadPoolExecutor(20) as people:
        list(people.map(order, range(140, 180)))

    assert exchange.settle()
    assert len(product.said_at("/key")) == 40
    assert exchange.errors == []


def test_a_handset_reaches_an_exchange_in_another_process(product: Product) -> None:
    product.answers["/voice"] = "<Say>您好</Say>"
    arguments = [sys.executable, "-m", "ivr.softphone", f"{HOTLINE}={product.url}/voice"]
    environment = {**os.environ, "TWILIO_ACCOUNT_SID": ACCOUNT, "TWILIO_AUTH_TOKEN": TOKEN}

    with subprocess.Popen(
        [*arguments, "--at-once"], env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        try:
            Handset(process.stdout.readline().strip(), LIN).dial(HOTLINE).hears("您好")
        finally:
            process.terminate()
