"""A sentence with a word that nobody knows, by itself and with the firm's opinion of it."""

import uuid
from datetime import datetime
from zoneinfo import ZoneInfo

import nlu
from ivr.second_opinion import options, with_options
from ivr.second_opinion_openai import ChatModel
from nlu import Understood
from orders.catalogue import PILOT
from tests.ivr.chat_firm import KEY, MODEL, Firm

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
ORDER = uuid.uuid4()
UNKNOWN = "我要两斤鸡蛋再来两条手捏子"
"""手捏子, a handkerchief in Sichuan, is a word that no list of ours has."""

WORDS = nlu.Vocabulary(nlu.load_catalogue(PILOT))


def parsed(text: str) -> Understood:
    """What the parser alone makes of it."""
    return nlu.parse(nlu.Heard(text, NOW), WORDS)


def understood(text: str, firm: Firm, limit_s: float = 60) -> Understood:
    """What is made of it with the firm's opinion, which a busy machine has time to give."""
    model = ChatModel(firm.url, KEY, MODEL, limit_s)
    found = options(model, ORDER, nlu.Heard(text, NOW), WORDS)
    return with_options(parsed(text), found, WORDS)
