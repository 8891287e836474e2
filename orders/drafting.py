"""From what was understood to lines and open questions, and the changes made to the lines later."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

import nlu
from orders import catalogue
from orders.order import LineQuestion, Order, OrderLine
from orders.people import Author


def draft(session: Session, order: Order, understood: nlu.Understood) -> None:
    """Write what was understood onto an order: items become lines, clarify rows questions."""
    products = catalogue.by_sku(session, {item.sku for item in understood.items})
    for item in understood.items:
        if item.sku not in products:
            _ask_which_else(order, item, understood.window)
            continue
        window = item.window or understood.window
        evidence = {"span": list(item.span), **item.evidence.as_dict()}
        add_line(order, products[item.sku], item.quantity, window, item.heard, evidence)
    for row in understood.clarify:
        ask(order, row, understood.window)
    for item in understood.items:
        if item.sku in products and item.window is None and understood.window is None:
            ask_when(order, products[item.sku])
    if understood.pay == "self":
        # Her own money is her own business: the family neither pays nor is told.
        order.pays_self = order.private = True
    session.flush()


def add_line(
    order: Order,
    product: catalogue.Product,
    quantity: Decimal,
    window: nlu.Window | None = None,
    heard: str = "",
    evidence: dict[str, Any] | None = None,
) -> OrderLine:
    """One more line at today's price. The same product at the same time adds up."""
    start, end = (window.start, window.end) if window else (None, None)
    for line in order.lines:
        if line.sku == product.sku and (line.window_start, line.window_end) == (start, end):
            line.quantity += quantity
            return line
    line = OrderLine(
        position=len(order.all_lines),
        sku=product.sku,
        product=product,
        name=product.name,
        unit=product.unit,
        price=product.price,
        quantity=quantity,
        heard=heard,
        evidence=evidence,
        window_start=start,
        window_end=end,
    )
    order.all_lines.append(line)
    return line


def copy(
    session: Session, source: Order, target: Order, window: nlu.Window | None = None
) -> None:
    """The same lines once more, at today's prices; what is no longer on sale stays out."""
    products = catalogue.by_sku(session, {line.sku for line in source.lines})
    for line in source.lines:
        product = products.get(line.sku)
        if product is None:
            continue
        add_line(target, product, line.quantity, window, evidence={"how": "history"})
        if product.is_service and window is None:
            ask(target, nlu.Clarify(id=line.sku, about="time", heard=line.name, sku=line.sku))
    session.flush()


def ask(order: Order, row: nlu.Clarify, window: nlu.Window | None = None) -> LineQuestion:
    """Keep a question until it is answered; it remembers the time wished for its line."""
    stored = row.as_dict()
    if window is not None and "window" not in stored:
        stored["window"] = window.as_dict()
    question = LineQuestion(position=len(order.questions), about=row.about, row=stored)
    order.questions.append(question)
    return question


def _ask_which_else(order: Order, item: nlu.Item, window: nlu.Window | None) -> None:
    # It went off sale after it was heard; what she wants is asked about, and not lost.
    row = nlu.Clarify(
        id=item.sku,
        about="product",
        heard=item.heard,
        quantity=item.quantity,
        unit=item.unit,
        window=item.window,
    )
    ask(order, row, window)


def ask_when(order: Order, product: catalogue.Product) -> None:
    """A service that nobody has said a time for is asked about, unless it is already."""
    about = {each.row.get("sku") for each in order.open_questions if each.about == "time"}
    if product.is_service and about.isdisjoint({None, product.sku}):
        ask(order, nlu.Clarify(id=product.sku, about="time", heard=product.name, sku=product.sku))


def edit(
    session: Session,
    orders: Sequence[Order],
    edits: Iterable[nlu.Edit],
    window: nlu.Window | None,
    by: Author,
) -> None:
    """Apply the caller's changes to the drafts that were read as one.

    An edit goes to the draft that holds the product; a new product to the last draft.
    """
    changes = list(edits)
    products = catalogue.by_sku(session, {change.sku for change in changes})
    for change in changes:
        held = [line for order in orders for line in order.lines if line.sku == change.sku]
        if change.op == "remove":
            for line in held:
                line.dropped_by = by.role
        elif change.quantity is None:
            continue
        elif held and change.op == "add":
            held[0].quantity += change.quantity
        elif held:
            held[0].quantity = change.quantity
            for line in held[1:]:
                line.dropped_by = by.role
        elif change.sku not in products:
            ask(orders[-1], nlu.Clarify(id=change.sku, about="product", quantity=change.quantity))
        else:
            product = products[change.sku]
            service_time = window or (_first_window(orders) if product.is_service else None)
            add_line(orders[-1], product, change.quantity, service_time, evidence={"how": "edit"})
    if window is not None and not _only_services(changes, products):
        for order in orders:
            for line in order.lines:
                line.window_start, line.window_end = window.start, window.end
    session.flush()


def revise(
    session: Session, orders: Sequence[Order], change: nlu.Understood, by: Author
) -> None:
    """Apply a change in the caller's words: its edits and time, and what must be asked about it."""
    edit(session, orders, change.edits, change.window, by)
    for row in change.clarify:
        ask(orders[-1], row)


def _only_services(
    changes: Sequence[nlu.Edit], products: Mapping[str, catalogue.Product]
) -> bool:
    # A time said with a service that is added is that visit's; the goods keep theirs.
    return bool(changes) and all(
        change.op == "add" and change.sku in products and products[change.sku].is_service
        for change in changes
    )


def _first_window(orders: Sequence[Order]) -> nlu.Window | None:
    for order in orders:
        for line in order.lines:
            if line.window_start is not None and line.window_end is not None:
                return nlu.Window(line.window_start, line.window_end)
    return None


def trim(order: Order, positions: set[int], by: Author) -> int:
    """Take lines out of an order by their positions; how many were taken."""
    taken = [line for line in order.lines if line.position in positions]
    for line in taken:
        line.dropped_by = by.role
    return len(taken)


def digest(orders: Iterable[Order]) -> str:
    """A fingerprint of everything that a read-back promises: products, amounts, times, money."""
    rows = sorted(
        f"{order.id} {line.sku} {line.quantity.normalize():f} {line.amount} "
        f"{line.window_start} {line.window_end}"
        for order in orders
        for line in order.lines
    )
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()
