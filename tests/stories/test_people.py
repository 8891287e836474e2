"""Those who want a person, and those we do not know."""

from orders.escalations import Reason, Subject
from orders.lifecycle import State
from tests.conftest import OURS
from tests.stories.desk import hear_each_other
from tests.stories.town import PATIENCE, Town


def test_zero_during_the_greeting_is_a_person(place: Town) -> None:
    place.mei.dial(OURS)
    place.mei.hears("要人工请按零")
    place.mei.presses("0")
    place.mei.hears("我给您转人工")
    place.ana.rings_within(PATIENCE).answers()
    hear_each_other(place.mei, place.ana)
    place.ana.hangs_up()

    place.mei.hears("再见")
    assert place.escalated(Reason.ASKED_FOR_PERSON).subject_kind is Subject.CALL


def test_zero_after_speaking_keeps_what_was_said(place: Town) -> None:
    place.mei.dial(OURS)
    place.mei.hears("录音")
    place.mei.says_wav(place.ears.voice("两斤鸡蛋"), then="0")
    place.ana.rings_within(PATIENCE).answers()
    place.ana.hangs_up()

    order = place.reaches(State.WITH_STAFF)
    ana = place.ana_signs_in()
    assert order.code in ana.opens("/desk").seen


def test_asking_for_a_person_in_words_connects_on_this_call(place: Town) -> None:
    place.mei_says("给我转人工")
    place.mei.hears("我给您转人工")
    place.ana.rings_within(PATIENCE).answers()
    hear_each_other(place.mei, place.ana)

    assert place.escalated(Reason.ASKED_FOR_PERSON)


def test_no_clerk_answers_and_the_caller_is_told_so(place: Town) -> None:
    place.ana.is_owned_by("nobody")
    place.mei.dial(OURS)
    place.mei.hears("要人工请按零")
    place.mei.presses("0")

    place.mei.hears("工作人员都在忙")
    place.mei.is_over_within()
    assert place.escalated(Reason.ASKED_FOR_PERSON)


def test_nine_nine_nine_is_an_emergency(place: Town) -> None:
    place.mei.dial(OURS)
    place.mei.hears("要人工请按零")
    place.mei.presses("9")
    place.mei.hears("再按两下九")
    place.mei.presses("99")
    place.mei.hears("别着急")
    place.ana.rings_within(PATIENCE).answers()
    hear_each_other(place.mei, place.ana)

    assert place.escalated(Reason.EMERGENCY).subject_kind is Subject.CUSTOMER


def test_an_emergency_in_words_is_connected_while_the_line_is_held(place: Town) -> None:
    place.mei_says("我摔倒了快来人")
    place.mei.hears("别着急")
    place.ana.rings_within(PATIENCE).answers()
    hear_each_other(place.mei, place.ana)

    assert place.escalated(Reason.EMERGENCY).priority == 0


def test_silence_is_asked_again_and_then_a_person(place: Town) -> None:
    place.mei.dial(OURS)
    place.mei.hears("录音")
    place.mei.hears_the_beep().stays_silent()
    place.mei.hears("我没听见您说话")
    place.mei.hears_the_beep().stays_silent()
    place.mei.hears("我给您转人工")

    assert place.escalated(Reason.MISSED_TOO_OFTEN)


def test_what_is_not_understood_is_asked_again_and_then_kept_for_a_clerk(place: Town) -> None:
    noise = place.ears.voice("")
    place.ears.texts.clear()
    place.mei.dial(OURS)
    place.mei.hears("录音")
    place.mei.says_wav(noise)
    place.mei.hears("请您在嘀声后再说一遍")
    place.mei.says_wav(noise)
    place.mei.hears("工作人员会给您回电话")

    order = place.reaches(State.WITH_STAFF)
    assert order.recording_id is not None
    assert place.escalated(Reason.NOT_AUDIBLE)
