"""What follows an event, and who does it: the product's second table.

The relay turns each fresh order event into one errand for each of its reactions. An errand's
duty says on which queue it runs and which function does it. The function is given its `Work` and
whichever of the house's providers its parameters name.
"""

from dataclasses import dataclass

from orders.lifecycle import Event

LIVE, CALLS, SPEECH, DEFAULT = "live", "calls", "speech", "default"
QUEUES = (LIVE, CALLS, SPEECH, DEFAULT)

E = Event
REACTIONS: dict[Event, tuple[str, ...]] = {
    E.HEARD: ("listen",),
    E.PLACED: ("announce_order", "request_payment", "tell_family"),
    E.TAKEN: (),
    E.UNDERSTOOD: ("ring_back",),
    E.NOTHING_ORDERED: (),
    E.NOT_UNDERSTOOD: (),
    E.RUNG: (),
    E.REVISED: (),
    E.RESAID: ("listen_again",),
    E.UNANSWERED: (),
    E.CONFIRMED: ("ask_family", "watch_order"),
    E.REFUSED: (),
    E.HANDED_OVER: (),
    E.REDRAFTED: ("ring_back",),
    E.TRIMMED: ("tell_parent",),
    E.APPROVED: ("request_payment", "tell_parent"),
    E.APPROVED_AT_DOOR: ("plan_visits", "expect_cash", "resume_visit"),
    E.DECLINED: ("tell_parent", "tell_family", "refund_order"),
    E.PAID: ("plan_visits", "tell_family", "resume_visit"),
    E.ON_TAB: ("plan_visits", "tell_family", "resume_visit"),
    E.DISPATCHED: ("tell_parent", "tell_family"),
    E.RETURNED: ("tell_family",),
    E.RESUMED: (),
    E.REAPPROVAL_NEEDED: ("ask_family",),
    E.DELIVERED: ("ask_rating", "tell_family", "check_cash", "watch_usual"),
    E.WITHDRAWN: ("refund_order", "tell_family"),
}
"""Event to the names of errands. An event with none is silent on purpose: the call, the page or
the escalation that made it has already told whoever must know."""


@dataclass(frozen=True)
class Duty:
    """Who does an errand: the queue, and the function as `module:function`."""

    queue: str
    function: str


ERRANDS: dict[str, Duty] = {
    "listen": Duty(LIVE, "ivr.listening:listen"),
    "listen_again": Duty(LIVE, "ivr.listening:listen"),
    "listen_whole": Duty(SPEECH, "ivr.recordings:keep"),
    "ring_back": Duty(CALLS, "ivr.confirming:ring_back"),
    "ring": Duty(CALLS, "ivr.calling:ring"),
    "ring_clerk": Duty(CALLS, "ivr.offering:ring_clerk"),
    "offer_caller": Duty(CALLS, "ivr.offering:offer_caller"),
    "climb_alarm": Duty(CALLS, "ivr.alarm:climb_alarm"),
    "tell_parent": Duty(DEFAULT, "ivr.telling:tell_parent"),
    "announce_order": Duty(DEFAULT, "ivr.telling:announce_order"),
    "ask_rating": Duty(DEFAULT, "ivr.telling:ask_rating"),
    "delete_at_firm": Duty(DEFAULT, "ivr.recordings:delete_at_firm"),
    "delete_recording": Duty(DEFAULT, "ivr.recordings:delete_recording"),
    "ask_family": Duty(DEFAULT, "family_link.approval:ask_family"),
    "climb_ladder": Duty(DEFAULT, "family_link.approval:climb_ladder"),
    "request_payment": Duty(DEFAULT, "family_link.paying:request_payment"),
    "remind_payment": Duty(DEFAULT, "family_link.paying:remind_payment"),
    "query_payment": Duty(DEFAULT, "family_link.paying:query_payment"),
    "refund_order": Duty(DEFAULT, "family_link.refunds:refund_order"),
    "refund": Duty(DEFAULT, "family_link.refunds:refund"),
    "resume_visit": Duty(DEFAULT, "family_link.supplements:resume_visit"),
    "delete_photo": Duty(DEFAULT, "family_link.supplements:delete_photo"),
    "supplement_answered": Duty(DEFAULT, "family_link.her_word:supplement_answered"),
    "consent_answered": Duty(DEFAULT, "family_link.consenting:consent_answered"),
    "end_wish": Duty(DEFAULT, "family_link.consenting:end_wish"),
    "open_link": Duty(DEFAULT, "family_link.consenting:open_link"),
    "end_links": Duty(DEFAULT, "family_link.consenting:end_links"),
    "bill_tab": Duty(DEFAULT, "family_link.billing:bill_tab"),
    "watch_order": Duty(DEFAULT, "family_link.alerts:watch_order"),
    "watch_usual": Duty(DEFAULT, "family_link.alerts:watch_usual"),
    "miss_usual": Duty(DEFAULT, "family_link.alerts:miss_usual"),
    "distress_ruled": Duty(DEFAULT, "family_link.alerts:distress_ruled"),
    "end_alerts": Duty(DEFAULT, "family_link.alerts:end_alerts"),
    "tell_family": Duty(DEFAULT, "family_link.notices:tell_family"),
    "send_message": Duty(DEFAULT, "family_link.notices:send_message"),
    "forget_message": Duty(DEFAULT, "family_link.notices:forget_message"),
    "expect_cash": Duty(DEFAULT, "family_link.paying:expect_cash"),
    "check_cash": Duty(DEFAULT, "family_link.paying:check_cash"),
    "plan_visits": Duty(DEFAULT, "orders.visits:plan_visits"),
    "forget": Duty(DEFAULT, "voiceapp.forgetting:forget"),
}
"""Every errand that anything may write, and its duty."""
