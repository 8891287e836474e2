"""What a browser is told where no page of a room answers: in both languages, and with a way on."""

from flask import render_template, request
from werkzeug.exceptions import HTTPException

SENTENCES: dict[int, tuple[str, str]] = {
    400: (
        "这一页放得太久了，或者没有发全。请回去重新打开，再试一次。",
        "This page was open for too long, or did not arrive whole. Open it again and retry.",
    ),
    404: ("没有这一页。", "There is no such page."),
    405: ("这一步不能这样做，请从下面重新进去。", "This cannot be done so. Begin again below."),
    413: ("发来的东西太大了，请换小一点的。", "What was sent is too large. Choose a smaller one."),
    429: ("试得太多了，请过几分钟再来。", "That was too often. Come back in a few minutes."),
    500: (
        "我们这边出了点问题，您刚才做的可能没有存下。请过几分钟再试。",
        "Something went wrong on our side, and what you did may be lost. Try again in a while.",
    ),
}
"""By status, in Chinese and in English. Any other is answered as it is."""

PAGES = ("/family", "/f", "/desk")
"""Where people look; behind the other addresses are programs."""


def page(error: HTTPException) -> HTTPException | tuple[str, int]:
    """The error as a page, where a person may be reading."""
    status = error.code or 500
    told = SENTENCES.get(status)
    if told is None or request.path != "/" and not request.path.startswith(PAGES):
        return error
    at_desk = request.path.startswith("/desk")
    return render_template("astray.html", told=told, at_desk=at_desk), status
