"""Whose words mean which product."""

import uuid
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

import nlu
from orders import common_words, vocabulary
from orders.common_words import WordState
from orders.customers import Customer, enrol
from orders.people import clerk
from orders.vocabulary import CallerWord
from voiceapp.phone import Phone

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))


def ordered(session: Session, who: Customer, text: str) -> list[str]:
    words = vocabulary.of_caller(session, who.id)
    return [item.sku for item in nlu.parse(nlu.Heard(text, NOW), words).items]


def test_a_callers_own_word_is_hers_alone(session: Session) -> None:
    mei = enrol(session, "王梅", Phone("+12025550101"))
    li = enrol(session, "李强", Phone("+12025550104"))
    session.add(CallerWord(customer_id=mei.id, spoken="黄宝宝", sku="banana"))
    session.flush()

    assert ordered(session, mei, "来两斤黄宝宝") == ["banana"]
    assert ordered(session, li, "来两斤黄宝宝") == []


def test_a_word_that_was_accepted_for_everybody_is_everybodys(session: Session) -> None:
    li = enrol(session, "李强", Phone("+12025550104"))
    word = common_words.propose(session, "黄宝宝", "banana", callers=common_words.AGREED)
    assert word is not None
    assert ordered(session, li, "来两斤黄宝宝") == []

    common_words.rule(session, word, WordState.ACCEPTED, clerk(uuid.uuid4()))

    assert ordered(session, li, "来两斤黄宝宝") == ["banana"]


def test_a_word_that_is_taken_back_is_nobodys_again(session: Session) -> None:
    mei = enrol(session, "王梅", Phone("+12025550101"))
    li = enrol(session, "李强", Phone("+12025550104"))
    own = CallerWord(customer_id=mei.id, spoken="黄宝宝", sku="banana")
    session.add(own)
    common = common_words.propose(session, "绿疙瘩", "banana", callers=common_words.AGREED)
    assert common is not None
    common_words.rule(session, common, WordState.ACCEPTED, clerk(uuid.uuid4()))
    assert ordered(session, mei, "来两斤黄宝宝") == ordered(session, li, "来两斤绿疙瘩") != []

    session.delete(own)
    common_words.rule(session, common, WordState.REFUSED, clerk(uuid.uuid4()))

    assert ordered(session, mei, "来两斤黄宝宝") == ordered(session, li, "来两斤绿疙瘩") == []


def test_a_vocabulary_is_built_once(session: Session) -> None:
    assert vocabulary.shared(session) is vocabulary.shared(session)
