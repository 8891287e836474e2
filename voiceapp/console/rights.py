"""Who may do what at the desk: one table, and nothing else decides."""

from enum import StrEnum


class DeskRole(StrEnum):
    """In what capacity somebody works at the desk."""

    CLERK = "clerk"
    SUPERVISOR = "supervisor"
    COORDINATOR = "coordinator"
    ADMINISTRATOR = "administrator"


class Right(StrEnum):
    """One thing that somebody may see or do."""

    QUEUE = "queue"
    """See who waits and why, take and give back."""
    ORDER = "order"
    """See an order with its caller, family, words and audio."""
    CORRECT = "correct"
    """Change lines, answer open questions, send to call back, cancel, rule."""
    TELEPHONE = "telephone"
    """Be on duty, ring callers, raise an emergency."""
    BOARD = "board"
    """Send workers out and write down what came of it."""
    RELATIVES = "relatives"
    """Stand in for a relative, or end what one may do."""
    TAKE_ORDER = "take_order"
    """Order for somebody who stands at the counter, with her consent."""
    CASES = "cases"
    """Work on complaints and incidents."""
    TAKE_FROM = "take_from"
    """Take what a colleague has in hand: she is away, or it needs another right."""
    REFUND = "refund"
    """Give money back with a ruling."""
    NUMBERS = "numbers"
    """Change a number on file without a call to the old one."""
    WORDS = "words"
    """Accept a word for everybody."""
    LOOKS = "looks"
    """Read who looked at what."""
    FIGURES = "figures"
    """See the desk's figures; they name nobody."""
    PEOPLE = "people"
    """Enrol clerks, change their roles, end their sessions."""


R, D = Right, DeskRole
DESK_WORK = (
    R.QUEUE, R.ORDER, R.CORRECT, R.TELEPHONE, R.BOARD, R.RELATIVES, R.TAKE_ORDER, R.CASES,
    R.FIGURES,
)  # fmt: skip

RIGHTS: dict[DeskRole, frozenset[Right]] = {
    D.CLERK: frozenset(DESK_WORK),
    D.SUPERVISOR: frozenset({*DESK_WORK, R.TAKE_FROM, R.REFUND, R.NUMBERS, R.WORDS, R.LOOKS}),
    # A volunteer or community worker: orders for people, and sees nothing of other orders.
    D.COORDINATOR: frozenset({R.TAKE_ORDER}),
    # Runs the installation and its people, and has no business with callers' data.
    D.ADMINISTRATOR: frozenset({R.PEOPLE, R.FIGURES, R.LOOKS}),
}
"""Role to rights. A right that is not here is refused."""


def may(role: DeskRole, right: Right) -> bool:
    """Whether a role has a right."""
    return right in RIGHTS[role]
