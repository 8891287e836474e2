"""Who did something: every move, look and claim has an author."""

import uuid
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """In what capacity somebody acts."""

    CALLER = "caller"
    CHILD = "child"
    CLERK = "clerk"
    PROVIDER = "provider"
    FIRM = "firm"
    ROBOT = "robot"


@dataclass(frozen=True)
class Author:
    """A role and, where the role has rows, whose row; never a name."""

    role: Role
    id: uuid.UUID | None = None


ROBOT = Author(Role.ROBOT)
FIRM = Author(Role.FIRM)


def caller(customer_id: uuid.UUID | None) -> Author:
    """The person who rings."""
    return Author(Role.CALLER, customer_id)


def child(relative_id: uuid.UUID) -> Author:
    """A linked relative."""
    return Author(Role.CHILD, relative_id)


def clerk(clerk_id: uuid.UUID) -> Author:
    """Somebody at the desk."""
    return Author(Role.CLERK, clerk_id)
