"""From a line wished for to an item of the order, or to what must be asked about it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from nlu.amounts.measures import fit, measure_of, pick, plausible
from nlu.catalogue import Product
from nlu.contract import Clarify, Evidence, Item
from nlu.marks.orderlines import Line
from nlu.sounds.repaired import Repaired
from nlu.vocabulary import Vocabulary


def settle(line: Line, said: Repaired, vocabulary: Vocabulary, number: int) -> Item | Clarify:
    """The item that the line comes to, or the one question it leaves open."""
    span = said.span(line.start, line.end)
    heard = said.heard[span[0] : span[1]]
    products = [vocabulary.products[sku] for sku in line.sense.skus]
    amount = line.amounts[-1] if line.amounts else None
    if not products:
        return _which(number, heard, (), line)
    picked = pick(products, amount, line.spec_jin)
    if len(picked) > 1:
        known = [sku for sku in vocabulary.history if any(p.sku == sku for p, _ in picked)]
        if len(known) != 1:
            return _which(number, heard, tuple(p.sku for p, _ in picked), line)
        picked = [pair for pair in picked if pair[0].sku == known[0]]
        line = replace(line, sense=replace(line.sense, how="history"))
    product = picked[0][0]
    if line.inherited is not None and not line.amounts:
        return item(line, product, line.inherited, heard, span)
    parts = [fit(product, said).quantity for said in line.amounts] or [fit(product, None).quantity]
    if None in parts:
        return Clarify(f"q{number}", "quantity", heard, sku=product.sku, unit=product.unit)
    total = sum((part for part in parts if part is not None), Decimal(0))
    if not plausible(product, total):
        return Clarify(f"q{number}", "quantity", heard, sku=product.sku, unit=product.unit)
    return item(line, product, total, heard, span)


def item(
    line: Line, product: Product, quantity: Decimal, heard: str, span: tuple[int, int]
) -> Item:
    evidence = Evidence(line.sense.how, line.sense.margin)
    return Item(product.sku, quantity, product.unit, heard, span, evidence)


def _which(number: int, heard: str, options: tuple[str, ...], line: Line) -> Clarify:
    amount = line.amounts[-1] if line.amounts else None
    return Clarify(
        f"q{number}",
        "product",
        heard,
        options,
        quantity=amount.value if amount else None,
        unit=measure_of(amount.unit) if amount else None,
    )


def when(heard: str) -> Clarify:
    return Clarify("", "time", heard)
