"""Which products a stretch may mean that nobody understood: the likeliest of a large catalogue."""

from collections import Counter
from collections.abc import Iterable
from itertools import chain, zip_longest
from operator import itemgetter

import nlu
from nlu.amounts.measures import fit
from nlu.amounts.quantities import Amount

_TELLS_NOTHING = frozenset("子儿头的个点些一二两三四五六七八九十半几")
"""Characters that most names and amounts have."""


def candidates(
    row: nlu.Clarify, words: nlu.Vocabulary, listed: Iterable[str]
) -> list[nlu.Product]:
    """Products the stretch may mean: in turn those that share its characters and those so
    measured, of as many categories as there are.

    What only sounds alike the parser has looked at already, and what is listed is understood.
    """
    allowed = row.options or words.products.keys() - set(listed)
    amount = None if row.quantity is None else Amount(row.quantity, row.unit or "", 0, 0, False)
    telling = set(row.heard) - _TELLS_NOTHING - set(row.unit or "")

    def shared(product: nlu.Product) -> int:
        return len(telling.intersection(product.name + product.category, *product.aliases))

    def measured(product: nlu.Product) -> float:
        bought = product.is_service and bool(row.unit) and row.unit not in (product.unit, "个")
        return 0 if bought else fit(product, amount).score

    in_category: Counter[str] = Counter()
    ranked: list[tuple[float, int, nlu.Product]] = []
    for product in words.products.values():
        if product.sku in allowed:
            in_category[product.category] += 1
            ranked.append((-measured(product), in_category[product.category], product))
    ranked.sort(key=itemgetter(0, 1))
    so_measured = [product for *_, product in ranked]
    alike = sorted(filter(shared, so_measured), key=shared, reverse=True)
    in_turn = chain.from_iterable(zip_longest(alike, so_measured))
    return list(dict.fromkeys(product for product in in_turn if product is not None))
