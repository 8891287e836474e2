"""From a recording to an order, or to the answer to what else she wanted."""

import uuid
from dataclasses import asdict, replace
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

import nlu
from ivr import alarm, intents, scenes, script, second_opinion, verdicts
from ivr.calls import Call, orders_of
from ivr.dialogue import MISSES_HERE
from ivr.intents import Answer
from ivr.recordings import Store, fetched
from ivr.second_opinion import Options, SecondOpinion
from ivr.speech.hints import Hints, hints
from ivr.speech.transcriber import Hearing, Quality, Transcriber
from ivr.talk import Then
from ivr.telephony import RecordingsAtFirm
from ivr.verdicts import Due
from ivr.wording import draft_lines
from orders import deadlines, drafting, vocabulary
from orders.errands import Work
from orders.escalations import Reason
from orders.lifecycle import Event, State
from orders.order import Order
from orders.people import ROBOT, caller
from orders.recordings import Recording
from voiceapp import clock
from voiceapp.config import Settings

NOT_AUDIBLE: dict[Quality, Reason] = {
    Quality.SILENT: Reason.NOTHING_SAID,
    Quality.EMPTY: Reason.NOTHING_SAID,
    Quality.TOO_SHORT: Reason.NOTHING_SAID,
    Quality.UNSURE: Reason.NOT_UNDERSTOOD,
}
"""Why a clerk is asked where a recording held no clear speech; any other kind is not audible."""


def listen(
    work: Work,
    telephony: RecordingsAtFirm,
    transcriber: Transcriber,
    second: SecondOpinion | None,
    store: Store,
    settings: Settings,
) -> None:
    """Errand: hear an order's recording and act on it.

    1. The audio is fetched and kept. 2. Whisper hears it, and a second opinion is asked of what
    the parser does not know, both outside any transaction. 3. What was said, what it means, what
    follows and the errand's end are written in one transaction.
    """
    with work.db.reading() as session:
        order = session.get_one(Order, work.subject)
        recording_id = order.recording_id
        likely = _likely(session, order, settings.timezone)
    if recording_id is None:
        return
    audio = fetched(work, recording_id, telephony, store, settings.retention_days)
    hearing = transcriber.transcribe(audio, likely)
    found = second_opinion.sought(work, second, hearing, settings.timezone)
    with work.db.begin() as session:
        _write_down(session, work.subject, recording_id, hearing, found, settings.timezone)
        work.finish(session)


def _likely(session: Session, order: Order, zone: ZoneInfo) -> Hints:
    """What this caller is likely to say: her usual things, her own words, the season's."""
    words = vocabulary.of_caller(session, order.customer_id)
    usual = [words.products[sku].short_name for sku in words.history if sku in words.products]
    return hints(
        usual=usual,
        lexicon=vocabulary.taught(session, order.customer_id),
        catalogue=[product.short_name for product in words.products.values()],
        month=clock.now().astimezone(zone).month,
    )


def _write_down(
    session: Session,
    order_id: uuid.UUID,
    recording_id: uuid.UUID,
    hearing: Hearing,
    found: Options,
    zone: ZoneInfo,
) -> None:
    recording = session.get_one(Recording, recording_id)
    if recording.heard_at is not None:
        return
    recording.text, recording.heard_at = hearing.text, clock.now()
    recording.transcript = {**asdict(hearing), "quality": hearing.quality.value}
    recording.seconds = recording.seconds or hearing.seconds
    order = session.get_one(Order, order_id)
    call = session.get_one(Call, recording.call_id)
    if order.state is not State.HEARD:
        # A person has it already; the transcript is for them.
        return
    if call.purpose == "confirm":
        _hear_again(session, order, call, hearing, found, zone)
    else:
        _hear(session, order, call, hearing, found, zone)


def _hear(
    session: Session, order: Order, call: Call, hearing: Hearing, found: Options, zone: ZoneInfo
) -> None:
    if scenes.is_stranger(session, order, call):
        # Somebody we do not know: kept, and a clerk rings back or not.
        urgent = _urgent(session, hearing, zone)
        _hand_to_clerk(session, order, call, Reason.UNKNOWN_CALLER, urgent)
        return
    if not hearing.understood:
        _unheard(session, order, call, hearing)
        return
    now = clock.now().astimezone(zone)
    asked = intents.asked(session, order, hearing.text, now)
    understood = second_opinion.with_options(asked.understood, found, asked.words)
    _follow(session, order, call, intents.answer(replace(asked, understood=understood)))


def _urgent(session: Session, hearing: Hearing, zone: ZoneInfo) -> bool:
    """Whether a stranger's words are an emergency: danger needs no account with us."""
    if not hearing.understood:
        return False
    heard = nlu.Heard(text=hearing.text, now=clock.now().astimezone(zone))
    return nlu.parse(heard, vocabulary.shared(session)).intent == "emergency"


def _follow(session: Session, order: Order, call: Call, answer: Answer) -> None:
    order.move(answer.event, ROBOT, intent=answer.then.value)
    if answer.reason is Reason.EMERGENCY:
        _alarm(session, call)
    elif answer.reason is not None:
        deadlines.needs_person(session, order, answer.reason)
    to_hear = answer.call is not None or answer.then is Then.RECORD
    due = Due(order.id, answer.call, answer.facts) if to_hear else None
    # What can be answered on this very line needs no second call, if she is there to hear it.
    answered = call.ended_at is None and answer.then is Then.RECORD
    if due is not None and not answered:
        due.pay(session)
    verdicts.leave(call, answer.says, answer.then, unsaid=due if answered else None)


def _alarm(session: Session, call: Call) -> None:
    alarm.declare(session, call)
    if call.ended_at is not None:
        alarm.line_ended(session, call)


def _unheard(session: Session, order: Order, call: Call, hearing: Hearing) -> None:
    """No clear speech: she is asked again while she is on the line, else a clerk looks."""
    if call.talk.get("keyed"):
        # A key ended the recording before she had said anything.
        order.move(Event.NOTHING_ORDERED, ROBOT, quality=hearing.quality.value)
        return
    misses = call.talk.get("memory", {}).get("misses", {})
    reason = NOT_AUDIBLE.get(hearing.quality, Reason.NOT_AUDIBLE)
    if call.ended_at is None and misses.get("all", 0) + 1 < MISSES_HERE:
        order.move(Event.NOTHING_ORDERED, ROBOT, quality=hearing.quality.value)
        again = (script.UNHEARD[hearing.quality],)
        due = Due(order.id, reason=reason)
        verdicts.leave(call, again, Then.RECORD, missed=True, unsaid=due)
        return
    _hand_to_clerk(session, order, call, reason)


def _hand_to_clerk(
    session: Session, order: Order, call: Call, reason: Reason, urgent: bool = False
) -> None:
    order.move(Event.NOT_UNDERSTOOD, ROBOT, reason=reason.value)
    deadlines.needs_person(session, order, reason)
    if urgent:
        _alarm(session, call)
        verdicts.leave(call, (script.EMERGENCY,), Then.EMERGENCY)
    elif call.phone is None:
        # Nobody can ring her back: if a person is to hear her, then on this line.
        verdicts.leave(call, (script.CONNECTING,), Then.PERSON)
    else:
        verdicts.leave(call, (script.NOTED_PERSON,), Then.END)


def _hear_again(
    session: Session, order: Order, call: Call, hearing: Hearing, found: Options, zone: ZoneInfo
) -> None:
    """What she said again on the call back: a change to what was read, or the whole anew."""
    by = caller(order.customer_id)
    if not hearing.understood:
        order.move(Event.NOT_UNDERSTOOD, ROBOT, quality=hearing.quality.value)
        deadlines.needs_person(session, order, Reason.NOT_UNDERSTOOD)
        verdicts.leave(call, (script.NOTED_PERSON,), Then.END)
        return
    now = clock.now().astimezone(zone)
    orders = orders_of(session, call)
    draft = tuple(line for each in orders for line in draft_lines(each, zone))
    words = vocabulary.of_caller(session, order.customer_id)
    window = draft[0].window if draft else None
    heard = nlu.Heard(
        text=hearing.text, now=now, dialogue="confirm", draft=draft, window=window
    )
    change, whole = (
        second_opinion.with_options(nlu.parse(each, words), found, words)
        for each in (heard, nlu.Heard(text=hearing.text, now=now))
    )
    if whole.intent == "order" and not _touches(change, draft):
        for each in orders:
            drafting.trim(each, {line.position for line in each.lines}, by)
        drafting.draft(session, order, whole)
    elif change.intent == "change":
        drafting.revise(session, orders, change, by)
    else:
        order.move(Event.NOT_UNDERSTOOD, ROBOT)
        deadlines.needs_person(session, order, Reason.NOT_UNDERSTOOD)
        verdicts.leave(call, (script.NOTED_PERSON,), Then.END)
        return
    order.move(Event.UNDERSTOOD, ROBOT)
    if call.ended_at is None:
        order.move(Event.RUNG, ROBOT, call=str(call.id))
        verdicts.leave(call, (script.CHANGED,), "proceed")


def _touches(change: nlu.Understood, draft: tuple[nlu.DraftLine, ...]) -> bool:
    """Whether what was read stays, with a change or with more beside it, be it only something
    that must be asked about; else she has said a whole order anew."""
    held = {line.sku for line in draft}
    return change.intent == "change" and (
        all(edit.op == "add" for edit in change.edits)
        or any(edit.sku in held or edit.op == "remove" for edit in change.edits)
    )
