"""The REST API of the exchange, as the firm's own client calls it and its OpenAPI states it."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
import requests
from twilio.base.exceptions import TwilioException
from twilio.rest import Client

from ivr.softphone import Exchange, Handset
from tests.conftest import LIN, MEI
from tests.ivr.softphone.conftest import ACCOUNT, HOTLINE, TOKEN, Product
from tests.twilio import check_answer, check_requests, check_rest

ROOT = f"/2010-04-01/Accounts/{ACCOUNT}"
Ask = Callable[..., requests.Response]


@pytest.fixture
def ask(exchange: Exchange) -> Ask:
    """Requests something, and checks the request and the answer against the firm's OpenAPI."""

    def request(method: str, path: str, **form: str) -> requests.Response:
        part = {"params" if method == "GET" else "data": form}
        answer = requests.request(
            method, exchange.api_url + ROOT + path, auth=exchange.credentials, timeout=5, **part
        )
        body = answer.json() if answer.content else None
        assert check_rest(method, ROOT + path, form) == []
        assert check_answer(method, ROOT + path, answer.status_code, body) == []
        return answer

    return request


@pytest.fixture
def spoken(product: Product, exchange: Exchange, mei: Handset, words: bytes) -> str:
    """The call of somebody who left a recording."""
    product.answers["/voice"] = '<Record action="/recorded"/>'
    mei.dial(HOTLINE).says_wav(words).is_over_within()
    exchange.settle()
    return product.said_at("/recorded")[0]["CallSid"]


def test_calls_and_recordings_have_the_firms_shape(ask: Ask, spoken: str) -> None:
    assert ask("GET", f"/Calls/{spoken}.json").json()["direction"] == "inbound"
    assert len(ask("GET", "/Calls.json", From=MEI, Status="completed").json()["calls"]) == 1
    [recording] = ask("GET", f"/Calls/{spoken}/Recordings.json").json()["recordings"]
    assert ask("GET", f"/Recordings/{recording['sid']}.json").json()["duration"] == "2"
    assert len(ask("GET", "/Recordings.json", CallSid=spoken).json()["recordings"]) == 1


def test_a_placed_call_has_the_firms_shape(ask: Ask, product: Product) -> None:
    placed = ask("POST", "/Calls.json", To=MEI, From=HOTLINE, Url=f"{product.url}/ring")

    assert placed.status_code == 201
    assert placed.json()["status"] == "queued"


def test_a_deleted_recording_is_gone(ask: Ask, client: Client, spoken: str) -> None:
    [recording] = client.recordings.list(call_sid=spoken)

    assert ask("DELETE", f"/Recordings/{recording.sid}.json").status_code == 204
    assert ask("GET", f"/Recordings/{recording.sid}.json").status_code == 404
    assert (
        requests.get(f"{recording.media_url}.wav", auth=(ACCOUNT, TOKEN), timeout=5).status_code
        == 404
    )


def test_a_message_arrives_and_is_told_of(
    ask: Ask, product: Product, exchange: Exchange, mei: Handset
) -> None:
    told = f"{product.url}/message"

    sent = ask(
        "POST", "/Messages.json", To=MEI, From=HOTLINE, Body="验证码 482913", StatusCallback=told
    )
    exchange.settle()

    assert sent.json()["status"] == "queued"
    assert mei.reads("482913") == "验证码 482913"
    assert ask("GET", f"/Messages/{sent.json()['sid']}.json").json()["status"] == "delivered"
    assert len(ask("GET", "/Messages.json", To=MEI).json()["messages"]) == 1
    assert [each["MessageStatus"] for each in product.said_at("/message")] == ["sent", "delivered"]


def test_a_message_to_nobody_is_not_delivered(ask: Ask, exchange: Exchange) -> None:
    sent = ask("POST", "/Messages.json", To=LIN, From=HOTLINE, Body="您好").json()

    found = ask("GET", f"/Messages/{sent['sid']}.json").json()
    assert (found["status"], found["error_code"]) == ("undelivered", 30003)


def test_queues_and_numbers_have_the_firms_shape(ask: Ask, product: Product, mei: Handset) -> None:
    product.answers["/voice"] = "<Say>请稍等</Say><Enqueue>desk</Enqueue>"
    ask("POST", "/Queues.json", FriendlyName="desk")
    mei.dial(HOTLINE).hears("请稍等")

    [queue] = ask("GET", "/Queues.json").json()["queues"]
    ask("GET", f"/Queues/{queue['sid']}.json")
    members = ask("GET", f"/Queues/{queue['sid']}/Members.json").json()["queue_members"]
    for member in members:
        ask("GET", f"/Queues/{queue['sid']}/Members/{member['call_sid']}.json")


def test_a_number_can_be_pointed_elsewhere(client: Client, product: Product) -> None:
    [number] = client.incoming_phone_numbers.list(phone_number=HOTLINE)

    number.update(voice_url=f"{product.url}/elsewhere")

    [number] = client.incoming_phone_numbers.list()
    assert number.voice_url == f"{product.url}/elsewhere"


@pytest.mark.parametrize(
    ("path", "form", "code"),
    [
        ("/Calls.json", {"From": HOTLINE, "Url": "http://example.org"}, 21201),
        ("/Calls.json", {"To": MEI, "Url": "http://example.org"}, 21213),
        ("/Calls.json", {"To": "Mei", "From": HOTLINE, "Url": "http://example.org"}, 21211),
        ("/Calls.json", {"To": MEI, "From": "Bo", "Url": "http://example.org"}, 21212),
        ("/Calls.json", {"To": MEI, "From": LIN, "Url": "http://example.org"}, 21210),
        ("/Calls.json", {"To": MEI, "From": HOTLINE}, 21205),
        ("/Calls.json", {"To": MEI, "From": HOTLINE, "Url": "/ring"}, 21205),
        ("/Calls.json", {"To": MEI, "From": HOTLINE, "Twiml": "<Say/>"}, 12100),
        ("/Messages.json", {"From": HOTLINE, "Body": "您好"}, 21604),
        ("/Messages.json", {"To": MEI, "Body": "您好"}, 21603),
        ("/Messages.json", {"To": MEI, "From": LIN, "Body": "您好"}, 21606),
        ("/Messages.json", {"To": MEI, "From": HOTLINE}, 21602),
        ("/Messages.json", {"To": MEI, "From": HOTLINE, "Body": "好" * 1601}, 21617),
        (f"/Calls/CA{'0' * 32}.json", {"Status": "completed"}, 20404),
    ],
)
def test_what_the_firm_refuses_is_refused_with_its_code(
    exchange: Exchange, path: str, form: dict[str, str], code: int
) -> None:
    answer = requests.post(
        exchange.api_url + ROOT + path, data=form, auth=exchange.credentials, timeout=5
    )

    assert answer.json()["code"] == code
    assert answer.status_code == answer.json()["status"]


@pytest.mark.parametrize("credentials", [(ACCOUNT, "guess"), ("AC" + "1" * 32, TOKEN), None])
def test_a_stranger_is_not_let_in(exchange: Exchange, credentials: tuple[str, str] | None) -> None:
    url = f"{exchange.api_url}{ROOT}/Calls.json"

    answer = requests.get(url, auth=credentials, timeout=5)

    assert (answer.status_code, answer.json()["code"]) == (401, 20003)


def test_another_accounts_calls_are_not_shown(exchange: Exchange) -> None:
    client = Client(ACCOUNT, TOKEN, account_sid="AC" + "1" * 32)
    client.api.base_url = exchange.api_url

    with pytest.raises(TwilioException, match="20003"):
        client.calls.list()


def test_calls_are_listed_by_the_time_they_began(client: Client, spoken: str) -> None:
    began = datetime(2000, 1, 1, tzinfo=UTC)

    assert len(client.calls.list(start_time_after=began)) == 1
    assert client.calls.list(start_time_before=began) == []
    assert len(client.calls.list(start_time=datetime.now(UTC).date())) == 1


def test_every_request_is_kept_for_checking(exchange: Exchange, client: Client) -> None:
    client.messages.create(to=MEI, from_=HOTLINE, body="您好")

    [(_, _, form)] = exchange.requests
    assert form["Body"] == ["您好"]
    assert check_requests(exchange.requests) == []
