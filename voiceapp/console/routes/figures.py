"""The page of figures, and each of its pictures."""

from collections.abc import Callable, Iterable, Sequence

from flask import Response, abort, render_template, request
from flask_babel import gettext, lazy_gettext

from orders.escalations import Reason
from voiceapp.console import charts
from voiceapp.console.figures import WAITS, Figures, Prices, gather
from voiceapp.console.rights import Right
from voiceapp.console.room import Page, desk, house, needs
from voiceapp.console.words import REASONS

MOST_DAYS = 92

Rows = Sequence[charts.Bar]


def _waits(figures: Figures) -> Rows:
    names = [gettext("%(n)s 秒以内", n=end) for end in WAITS]
    names.append(gettext("超过 %(n)s 秒", n=WAITS[-1]))
    return _single(zip(names, figures.waits, strict=True))


def _answering(figures: Figures) -> Rows:
    return _single(
        (
            (gettext("20 秒内接起"), figures.prompt),
            (gettext("20 秒后接起"), figures.answered - figures.prompt),
            (gettext("等不及挂了"), figures.abandoned),
            (gettext("改约回电"), figures.promised),
        )
    )


def _reasons(figures: Figures) -> Rows:
    return _single((str(REASONS[reason]), count) for reason, count in figures.reasons)


def _by_day(figures: Figures) -> Rows:
    top = _top(figures)
    return [
        (f"{day:%m-%d}", [*(of[reason] for reason in top), of.total() - sum(of[r] for r in top)])
        for day, of in figures.by_day.items()
    ]


def _corrected(figures: Figures) -> Rows:
    return _single(figures.corrected)


def _single(rows: Iterable[tuple[str, int]]) -> Rows:
    return [(name, (count,)) for name, count in rows]


def _top(figures: Figures) -> list[Reason]:
    return [reason for reason, _ in figures.reasons[: len(charts.COLOURS) - 1]]


def _parts(name: str, figures: Figures) -> list[str]:
    """What the colours of a picture stand for, where it has several."""
    if name != "by-day":
        return []
    rest = [gettext("别的")] if len(figures.reasons) >= len(charts.COLOURS) else []
    return [*(str(REASONS[reason]) for reason in _top(figures)), *rest]


PICTURES: dict[str, tuple[object, Callable[[Figures], Rows]]] = {
    "waits": (lazy_gettext("等了多久才有人接"), _waits),
    "answering": (lazy_gettext("要找人工的来电"), _answering),
    "reasons": (lazy_gettext("机器人为什么办不了"), _reasons),
    "by-day": (lazy_gettext("机器人每天办不了的事"), _by_day),
    "corrected": (lazy_gettext("最常改的说法"), _corrected),
}
"""The pictures by name: what each is called, and its rows."""


def _days() -> int:
    return min(MOST_DAYS, max(1, int(request.args.get("days", "14"))))


def _gathered() -> Figures:
    with house().db.reading() as session:
        return gather(session, _days(), house().settings.timezone)


@desk.get("/figures")
@needs(Right.FIGURES)
def figures() -> Page:
    """All figures of some days; what things cost is typed on the page."""
    found, usual = _gathered(), Prices()
    prices = Prices(
        int(request.args.get("call_minute", usual.call_minute)),
        int(request.args.get("clerk_hour", usual.clerk_hour)),
    )
    pictures = [
        (name, title, _spoken(rows(found), _parts(name, found)))
        for name, (title, rows) in PICTURES.items()
    ]
    return render_template(
        "desk/figures.html",
        figures=found,
        prices=prices,
        cost=found.cost_per_order(prices),
        pictures=pictures,
        days=_days(),
    )


@desk.get("/figures/<name>.svg")
@needs(Right.FIGURES)
def picture(name: str) -> Response:
    """One picture."""
    if name not in PICTURES:
        abort(404)
    title, rows = PICTURES[name]
    found = _gathered()
    drawn = charts.bars(str(title), rows(found), _parts(name, found))
    return Response(drawn, mimetype="image/svg+xml")


def _spoken(rows: Rows, parts: Sequence[str]) -> str:
    """A picture in words, for who cannot see it; bars of nothing are left out."""
    told = []
    for name, values in rows:
        pairs = zip(parts, values, strict=False)
        named = "，".join(f"{part} {value:g}" for part, value in pairs if value)
        if sum(values):
            told.append(f"{name} {sum(values):g}" + (f"（{named}）" if named else ""))
    return "；".join(told)
