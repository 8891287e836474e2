"""Dial, Enqueue and Queue: a caller reaches a person, or waits for one."""

from twilio.rest import Client

from ivr.softphone import Exchange, Handset
from tests.conftest import LIN, MEI
from tests.ivr.softphone.conftest import ANA, HOTLINE, Product

DESK = f'<Dial callerId="{HOTLINE}" action="/dialled">{ANA}</Dial>'
QUEUE = '<Enqueue action="/served" waitUrl="/wait">desk</Enqueue>'
WAIT = "<Say>请稍等</Say><Pause length='30'/>"


def test_two_who_are_connected_hear_each_other(
    product: Product, exchange: Exchange, mei: Handset, ana: Handset
) -> None:
    product.answers["/voice"] = f"<Say>正在转接</Say>{DESK}"
    product.answers["/dialled"] = "<Say>再见</Say>"

    mei.dial(HOTLINE).hears("正在转接")
    ana.rings_within(5).answers()
    mei.says("我要退货")
    ana.hears("我要退货")
    ana.says("好的，我来办")
    mei.hears("我来办")
    ana.hangs_up()
    mei.hears("再见")

    [fields] = product.said_at("/dialled")
    assert fields["DialCallStatus"] == "completed"
    assert fields["DialCallSid"].startswith("CA")
    assert exchange.errors == []


def test_a_clerk_who_does_not_answer_gives_the_caller_back(
    product: Product, exchange: Exchange, mei: Handset, ana: Handset
) -> None:
    product.answers["/voice"] = DESK
    product.answers["/dialled"] = "<Say>没有人接</Say>"

    mei.dial(HOTLINE)
    ana.lets_it_ring()
    mei.hears("没有人接")

    assert product.said_at("/dialled")[0]["DialCallStatus"] == "no-answer"


def test_of_several_rung_the_first_who_answers_has_the_call(
    product: Product, exchange: Exchange, mei: Handset, ana: Handset
) -> None:
    lin = Handset(exchange.api_url, LIN, "Lin")
    product.answers["/voice"] = (
        f'<Dial callerId="{HOTLINE}"><Number>{ANA}</Number><Number>{LIN}</Number></Dial>'
    )

    mei.dial(HOTLINE)
    lin.rings_within(5)
    ana.rings_within(5).answers()
    mei.says("您好")

    ana.hears("您好")
    lin.is_over_within(5)
    mei.hangs_up()
    ana.is_over_within(5)


def test_a_browser_client_hears_a_word_before_the_caller(
    product: Product, exchange: Exchange, mei: Handset
) -> None:
    desk = Handset(exchange.api_url, "client:ana", "Ana")
    product.answers["/voice"] = (
        '<Dial><Client url="/whisper" statusCallback="/leg">'
        "<Identity>ana</Identity></Client></Dial>"
    )
    product.answers["/whisper"] = "<Say>王阿姨来电</Say>"

    mei.dial(HOTLINE)
    desk.answers().hears("王阿姨来电")
    mei.says("您好")
    desk.hears("您好")
    mei.hangs_up()
    exchange.settle()

    [whisper], [told] = product.said_at("/whisper"), product.said_at("/leg")
    assert whisper["ParentCallSid"] == told["ParentCallSid"]
    assert whisper["To"] == "client:ana"


def test_a_bridged_call_can_be_recorded(
    product: Product, exchange: Exchange, mei: Handset, ana: Handset, words: bytes
) -> None:
    product.answers["/voice"] = (
        f'<Dial callerId="{HOTLINE}" record="record-from-answer" action="/dialled"'
        f' recordingStatusCallback="/kept">{ANA}</Dial>'
    )

    mei.dial(HOTLINE)
    ana.answers()
    mei.says_wav(words)
    ana.hears("♪")
    ana.hangs_up()
    exchange.settle()

    [told] = product.said_at("/kept")
    assert (told["RecordingSource"], told["RecordingDuration"]) == ("DialVerb", "2")
    assert product.said_at("/dialled")[0]["RecordingUrl"] == told["RecordingUrl"]


def test_who_waits_hears_the_place_and_is_taken_by_the_clerk(
    product: Product, exchange: Exchange, client: Client, mei: Handset, ana: Handset
) -> None:
    product.answers |= {"/voice": QUEUE, "/wait": WAIT, "/served": "<Say>谢谢</Say>"}
    product.answers["/desk"] = '<Dial action="/taken"><Queue url="/connecting">desk</Queue></Dial>'
    product.answers["/connecting"] = "<Say>马上接通</Say>"

    mei.dial(HOTLINE).hears("请稍等")
    client.calls.create(to=ANA, from_=HOTLINE, url=f"{product.url}/desk")
    ana.answers()
    mei.hears("马上接通")
    mei.says("您好")
    ana.hears("您好")
    ana.hangs_up()
    mei.hears("谢谢")

    [waiting], [served] = product.said_at("/wait"), product.said_at("/served")
    assert waiting.keys() >= {"QueuePosition", "QueueTime", "AvgQueueTime", "CurrentQueueSize"}
    assert (waiting["QueuePosition"], served["QueueResult"]) == ("1", "bridged")
    assert "DequeingCallSid" in product.said_at("/connecting")[0]


def test_who_presses_a_key_leaves_the_queue(
    product: Product, exchange: Exchange, mei: Handset
) -> None:
    product.answers |= {
        "/voice": QUEUE,
        "/wait": '<Gather numDigits="1" action="/leave"><Say>回电请按1</Say></Gather>',
        "/leave": "<Leave/>",
        "/served": "<Say>我们给您打回去</Say>",
    }

    mei.dial(HOTLINE).hears("回电请按1")
    mei.presses("1").hears("打回去")

    assert product.said_at("/served")[0]["QueueResult"] == "leave"


def test_who_hangs_up_while_waiting_is_told_of(
    product: Product, exchange: Exchange, client: Client, mei: Handset
) -> None:
    product.answers |= {"/voice": QUEUE, "/wait": WAIT}

    mei.dial(HOTLINE).hears("请稍等")
    mei.hangs_up()
    exchange.settle()

    assert product.said_at("/served")[0]["QueueResult"] == "hangup"
    assert client.queues.list()[0].current_size == 0


def test_a_member_can_be_sent_elsewhere_by_the_api(
    product: Product, exchange: Exchange, client: Client, mei: Handset
) -> None:
    product.answers |= {"/voice": QUEUE, "/wait": WAIT, "/sorry": "<Say>现在没有人</Say>"}
    mei.dial(HOTLINE).hears("请稍等")
    [queue] = client.queues.list()
    [member] = client.queues(queue.sid).members.list()

    client.queues(queue.sid).members(member.call_sid).update(url=f"{product.url}/sorry")

    mei.hears("现在没有人")
    exchange.settle()
    assert product.said_at("/served")[0]["QueueResult"] == "redirected"


def test_a_clerk_may_wait_for_the_next_caller(
    product: Product, exchange: Exchange, client: Client, mei: Handset, ana: Handset
) -> None:
    product.answers |= {"/voice": "<Enqueue>desk</Enqueue>"}
    desk = "<Response><Dial><Queue>desk</Queue></Dial></Response>"
    client.calls.create(to=ANA, from_=HOTLINE, twiml=desk)
    ana.answers().is_connected_within()

    mei.dial(HOTLINE)
    mei.says("有人吗")

    ana.hears("有人吗")


def test_a_full_queue_says_so(product: Product, exchange: Exchange, mei: Handset) -> None:
    product.answers |= {
        "/voice": '<Enqueue action="/served" maxQueueSize="0">desk</Enqueue>',
        "/served": "<Say>现在很忙</Say>",
    }

    mei.dial(HOTLINE).hears("现在很忙")

    assert product.said_at("/served")[0]["QueueResult"] == "queue-full"


def test_a_caller_id_that_is_not_ours_is_refused(
    product: Product, exchange: Exchange, mei: Handset, ana: Handset
) -> None:
    product.answers |= {
        "/voice": f'<Dial callerId="{LIN}" action="/dialled">{ANA}</Dial>',
        "/dialled": "<Say>打不通</Say>",
    }

    mei.dial(HOTLINE).hears("打不通")

    assert exchange.errors[0].startswith("13214")
    assert MEI not in ana.transcript
