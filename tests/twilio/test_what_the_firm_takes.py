"""The two checkers catch what the firm would refuse, and pass what it takes."""

import pytest

from tests.twilio import check_answer, check_requests, check_rest, check_twiml

ACCOUNT = "/2010-04-01/Accounts/AC" + "0" * 32
CALL = {"To": "+12025550123", "From": "+12025550100", "Url": "https://example.org/ring"}


def response(inside: str) -> str:
    return f"<Response>{inside}</Response>"


def test_a_prompt_a_gather_and_a_record_are_taken() -> None:
    said = '<Say language="cmn-CN" voice="Polly.Zhiyu-Neural">请讲<break time="1s"/></Say>'
    gather = (
        '<Gather input="dtmf speech" language="cmn-Hans-CN" numDigits="1" timeout="8"'
        f' speechTimeout="auto" hints="对,不对" action="/yes">{said}</Gather>'
    )
    record = '<Record maxLength="90" finishOnKey="#0" recordingStatusCallback="/r" action="/h"/>'
    queue = '<Enqueue waitUrl="/wait" action="/served">desk</Enqueue>'

    assert check_twiml(response(said + gather + record + queue)) == []


@pytest.mark.parametrize(
    ("inside", "fault"),
    [
        ('<Gather language="zh-CN"/>', "GatherLanguage"),
        ('<Gather language="cmn-CN"/>', "GatherLanguage"),
        ('<Gather input="voice"/>', "GatherInput"),
        ('<Gather numDigits="one"/>', "number"),
        ("<Gather><Record/></Gather>", "may not stand in <Gather>"),
        ('<Say language="cmn-Hans-CN">好</Say>', "SayLanguage"),
        ("<Say/>", "is empty"),
        ("<say>好</say>", "may not stand in <Response>"),
        ('<Record playbeep="false"/>', "knows no attribute playbeep"),
        ('<Record playBeep="no"/>', "boolean"),
        ('<Dial record="yes">+12025550101</Dial>', "DialRecord"),
        ("<Say>好", "not well-formed"),
        (f"<Say>{'好' * 22_000}</Say>", "bytes"),
    ],
)
def test_what_the_firm_would_not_obey_is_caught(inside: str, fault: str) -> None:
    assert any(fault in each for each in check_twiml(response(inside)))


def test_a_document_that_is_no_response_is_caught() -> None:
    assert check_twiml("<Twiml/>")


def test_a_call_with_all_that_we_ask_for_is_taken() -> None:
    form = {
        **CALL,
        "Record": "true",
        "Timeout": "25",
        "MachineDetection": "Enable",
        "StatusCallback": "https://example.org/status",
        "StatusCallbackEvent": ["initiated", "ringing", "answered", "completed"],
        "RecordingStatusCallback": "https://example.org/recording",
    }

    assert check_rest("POST", f"{ACCOUNT}/Calls.json", form) == []


@pytest.mark.parametrize(
    ("method", "path", "form"),
    [
        ("POST", "/Calls.json", {"To": "+12025550123", "From": "+12025550100"}),
        ("POST", "/Calls.json", {key: CALL[key] for key in ("To", "Url")}),
        ("POST", "/Calls.json", {**CALL, "Url": "/ring"}),
        ("POST", "/Calls.json", {**CALL, "Timeout": "soon"}),
        ("POST", "/Calls.json", {**CALL, "Method": "PUT"}),
        ("POST", "/Calls.json", {**CALL, "IdempotencyKey": "1"}),
        ("GET", "/Calls.json", {"Too": "+12025550123"}),
        ("PUT", "/Calls.json", {}),
        ("POST", "/Ring.json", {}),
        ("POST", f"/Calls/CA{'0' * 32}.json", {"Status": "hung-up"}),
        ("POST", "/Messages.json", {"To": "Mei", "From": "+12025550100", "Body": "您好"}),
        ("POST", f"/Queues/QU{'0' * 32}/Members/CA{'0' * 32}.json", {}),
    ],
)
def test_a_request_that_the_firm_would_refuse_is_caught(
    method: str, path: str, form: dict[str, str]
) -> None:
    assert check_rest(method, ACCOUNT + path, form)


def test_a_recording_is_fetched_as_a_wav() -> None:
    assert check_rest("GET", f"{ACCOUNT}/Recordings/RE{'0' * 32}.wav", {}) == []


def test_the_faulty_one_of_many_requests_is_named() -> None:
    calls = f"{ACCOUNT}/Calls.json"

    [fault] = check_requests([("GET", calls, {}), ("POST", calls, {**CALL, "Timeout": "soon"})])

    assert "Timeout" in fault


def test_an_answer_in_another_shape_is_caught() -> None:
    path = f"{ACCOUNT}/Messages.json"

    assert check_answer("POST", path, 201, {"sid": "SM1"})
    assert check_answer("POST", path, 200, {})
    assert check_answer("POST", path, 400, {"error": "no"})
