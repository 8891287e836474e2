"""What is taken from a caller: keys and words in a Gather, her voice in a Record."""

import io
import wave

import requests
from twilio.rest import Client

from ivr.softphone import HANG_UP, Exchange, Handset
from tests.ivr.softphone.conftest import HOTLINE, Product


def test_a_key_in_a_gather_interrupts_the_prompt_and_is_posted(
    product: Product, exchange: Exchange, mei: Handset
) -> None:
    product.answers["/voice"] = (
        '<Gather numDigits="1" action="/key"><Say>请按1</Say></Gather><Say>没有按</Say>'
    )
    product.answers["/key"] = "<Say>好的</Say>"

    mei.dial(HOTLINE).hears("请按1")
    mei.presses("1").hears("好的")

    assert product.said_at("/key")[0]["Digits"] == "1"
    assert "没有按" not in mei.transcript


def test_several_digits_end_with_the_finishing_key(
    product: Product, exchange: Exchange, mei: Handset
) -> None:
    product.answers["/voice"] = '<Gather action="/key"/>'

    mei.dial(HOTLINE).presses("602#").is_over_within()

    assert product.said_at("/key")[0]["Digits"] == "602"


def test_a_finishing_key_that_ends_nothing_is_overlooked(
    product: Product, exchange: Exchange, mei: Handset
) -> None:
    product.answers["/voice"] = '<Gather numDigits="1" action="/key"/>'

    mei.dial(HOTLINE).presses("#1").is_over_within()

    assert product.said_at("/key")[0]["Digits"] == "1"


def test_an_empty_gather_falls_through_to_the_next_verb(
    product: Product, exchange: Exchange, mei: Handset
) -> None:
    product.answers["/voice"] = '<Gather action="/key"><Say>请按1</Say></Gather><Say>没有按</Say>'

    mei.dial(HOTLINE).stays_silent().hears("没有按")

    assert product.said_at("/key") == []


def test_an_empty_gather_is_posted_where_that_was_asked(
    product: Product, exchange: Exchange, mei: Handset
) -> None:
    product.answers["/voice"] = '<Gather action="/key" actionOnEmptyResult="true"/>'

    mei.dial(HOTLINE).stays_silent().is_over_within()

    assert product.said_at("/key")[0]["Digits"] == ""


def test_words_in_a_gather_come_with_confidence(
    product: Product, exchange: Exchange, mei: Handset
) -> None:
    product.answers["/voice"] = (
        '<Gather input="dtmf speech" language="cmn-Hans-CN" action="/words"/>'
    )

    mei.dial(HOTLINE).says("对", confidence=0.87).is_over_within()

    [fields] = product.said_at("/words")
    assert (fields["SpeechResult"], float(fields["Confidence"])) == ("对", 0.87)
    assert "Digits" not in fields


def test_a_sound_in_a_gather_is_recognised(
    product: Product, exchange: Exchange, mei: Handset, words: bytes
) -> None:
    product.answers["/voice"] = '<Gather input="speech" action="/words"/>'

    mei.dial(HOTLINE).says_wav(words).is_over_within()

    assert product.said_at("/words")[0]["SpeechResult"] == "两斤鸡蛋"


def test_a_record_is_posted_told_and_served(
    product: Product, exchange: Exchange, client: Client, mei: Handset, words: bytes
) -> None:
    product.answers["/voice"] = (
        '<Say>请讲</Say><Record action="/recorded" recordingStatusCallback="/kept"/>'
    )
    product.answers["/recorded"] = "<Say>好的</Say>"

    mei.dial(HOTLINE).hears("请讲")
    mei.hears_the_beep().says_wav(words).hears("好的")
    exchange.settle()

    [action], [told] = product.said_at("/recorded"), product.said_at("/kept")
    assert action["RecordingDuration"] == "2"
    assert told.keys() == {
        "AccountSid", "CallSid", "RecordingSid", "RecordingUrl", "RecordingStatus",
        "RecordingDuration", "RecordingChannels", "RecordingSource", "RecordingStartTime",
        "ErrorCode",
    }  # fmt: skip
    assert (told["RecordingStatus"], told["RecordingSource"]) == ("completed", "RecordVerb")
    assert action["RecordingUrl"] == told["RecordingUrl"]
    assert client.recordings(told["RecordingSid"]).fetch().duration == "2"


def test_the_recording_is_a_wav_of_8_khz(
    product: Product, exchange: Exchange, mei: Handset, words: bytes
) -> None:
    product.answers["/voice"] = '<Record action="/recorded"/>'
    mei.dial(HOTLINE).says_wav(words).is_over_within()

    [action] = product.said_at("/recorded")
    url = action["RecordingUrl"] + ".wav"
    served = requests.get(url, auth=exchange.credentials, timeout=5)
    stranger = requests.get(url, timeout=5)

    with wave.open(io.BytesIO(served.content)) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (8000, 1, 2)
        assert file.getnframes() == 16000
    assert stranger.status_code == 401


def test_a_key_ends_a_record_and_is_named(
    product: Product, exchange: Exchange, mei: Handset, words: bytes
) -> None:
    product.answers["/voice"] = '<Record finishOnKey="#0" action="/recorded"/>'

    mei.dial(HOTLINE).says_wav(words, then="0").is_over_within()

    assert product.said_at("/recorded")[0]["Digits"] == "0"


def test_who_hangs_up_while_speaking_has_still_been_recorded(
    product: Product, exchange: Exchange, mei: Handset, words: bytes
) -> None:
    product.answers["/voice"] = (
        '<Record action="/recorded" recordingStatusCallback="/kept"/><Say>在吗</Say>'
    )

    mei.dial(HOTLINE).says_wav(words, then=HANG_UP).is_over_within()
    exchange.settle()

    assert product.said_at("/recorded")[0]["Digits"] == "hangup"
    assert product.said_at("/kept")[0]["RecordingStatus"] == "completed"
    assert "在吗" not in mei.transcript


def test_a_silence_leaves_no_recording_and_the_document_goes_on(
    product: Product, exchange: Exchange, mei: Handset
) -> None:
    product.answers["/voice"] = (
        '<Record action="/recorded" recordingStatusCallback="/kept"'
        ' recordingStatusCallbackEvent="completed absent"/><Say>没听到</Say>'
    )

    mei.dial(HOTLINE).stays_silent().hears("没听到")
    exchange.settle()

    assert product.said_at("/recorded") == []
    [told] = product.said_at("/kept")
    assert (told["RecordingStatus"], told["ErrorCode"]) == ("absent", "16102")
