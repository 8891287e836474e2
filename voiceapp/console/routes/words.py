"""What the callers have taught us: words proposed for everybody, accepted or not."""

import uuid

from flask import render_template, request

from orders import common_words
from orders.common_words import CommonWord, WordState
from voiceapp.console import records
from voiceapp.console.rights import Right
from voiceapp.console.room import Page, back_to, desk, house, me, needs


@desk.get("/words")
@needs(Right.WORDS)
def common() -> Page:
    """Every word that many callers use, and what became of it."""
    with house().db.reading() as session:
        return render_template("desk/words.html", rows=records.common_words(session))


@desk.post("/words/<uuid:word_id>")
@needs(Right.WORDS)
def rule_word(word_id: uuid.UUID) -> Page:
    """Let everybody use it, or not; a ruling can be changed."""
    with house().db.begin() as session:
        common_words.rule(
            session,
            session.get_one(CommonWord, word_id),
            WordState(request.form["state"]),
            me().author,
        )
    return back_to("desk.common")
