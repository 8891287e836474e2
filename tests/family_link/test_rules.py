"""What a child's rules let through, what they stop, and what it costs her at the week's end."""

import re
import uuid

from family_link import rules
from family_link.rules import Item, Kind, Span, SpendingRule, Spent, judge
from orders.catalogue import Product
from tests.conftest import LIN
from tests.family_link.scenes import lin_with_a_tab
from tests.family_link.town import Family

EGG = Item(0, "egg", "蛋奶", 1160)
OIL = Item(1, "peanut-oil", "粮油", 12900)


def rule(kind: Kind, **columns: object) -> SpendingRule:
    link = columns.pop("link_id", uuid.UUID(int=1))
    made = SpendingRule(
        id=uuid.uuid4(), link_id=link, kind=kind, category="", sku="", span=Span.ORDER
    )
    for name, value in columns.items():
        setattr(made, name, value)
    return made


def test_an_order_under_the_amount_is_let_through_and_one_over_it_is_asked_for() -> None:
    under = [rule(Kind.APPROVE, limit_fen=2000)]

    assert judge(under, [EGG], Spent()).approved_by == under[0].id
    assert judge(under, [EGG, OIL], Spent()).approved_by is None


def test_a_limit_by_day_counts_what_went_before() -> None:
    by_day = [rule(Kind.APPROVE, limit_fen=2000, span=Span.DAY)]

    assert judge(by_day, [EGG], Spent(day=840)).approved_by is not None
    assert judge(by_day, [EGG], Spent(day=841)).approved_by is None


def test_a_category_lets_only_its_own_lines_through() -> None:
    eggs = [rule(Kind.APPROVE, category="蛋奶", limit_fen=5000)]

    assert judge(eggs, [EGG], Spent()).approved_by is not None
    assert judge(eggs, [EGG, OIL], Spent()).approved_by is None


def test_always_ask_beats_a_rule_that_approves() -> None:
    both = [rule(Kind.APPROVE, limit_fen=99999), rule(Kind.ASK, sku="peanut-oil")]

    assert judge(both, [EGG], Spent()).approved_by is not None
    assert judge(both, [EGG, OIL], Spent()).approved_by is None


def test_never_takes_the_line_out_and_lets_the_rest_be_judged() -> None:
    both = [rule(Kind.APPROVE, limit_fen=2000), rule(Kind.NEVER, category="粮油")]

    verdict = judge(both, [EGG, OIL], Spent())

    assert (verdict.never, verdict.approved_by) == (frozenset({1}), both[0].id)


def test_essentials_never_wait_but_only_when_all_is_essential() -> None:
    essential = [rule(Kind.ESSENTIAL, category="蛋奶")]

    assert judge(essential, [EGG], Spent()).essential
    assert not judge(essential, [EGG, OIL], Spent()).essential


def test_two_childrens_rules_do_not_add_up() -> None:
    apart = [
        rule(Kind.APPROVE, category="蛋奶", limit_fen=5000),
        rule(Kind.APPROVE, category="粮油", limit_fen=50000, link_id=uuid.UUID(int=2)),
    ]

    assert judge(apart, [EGG, OIL], Spent()).approved_by is None


def test_a_trial_says_what_would_have_happened(home: Family) -> None:
    for skus in (("egg",), ("egg", "peanut-oil"), ("cilantro",)):
        home.confirmed(*skus)
    lin = home.phone()
    lin.sign_in(LIN)
    page = f"/family/parents/{home.people.link.id}/rules"

    trial = lin.post(page, kind="approve", category="", span="order", limit="50", **{"try": "1"})

    would = re.findall(r"<strong>([^<]+)</strong>", trial.text)
    assert would == ["自动同意", "会来问您", "自动同意"]
    with home.db.reading() as session:
        assert rules.of_link(session, home.people.link.id) == []


def test_a_rule_about_one_product_is_made_from_words_for_it(home: Family) -> None:
    lin = lin_with_a_tab(home)
    page = f"/family/parents/{home.people.link.id}/rules"

    several = lin.post(page, kind="never", product="油", span="order", limit="")
    assert 'value="peanut-oil"' in several.text
    lin.post(page, kind="never", product="油", sku="peanut-oil", span="order", limit="")
    nothing = lin.post(page, kind="never", product="飞机", span="order", limit="")

    assert "没有找到" in nothing.text
    with home.db.reading() as session:
        made = rules.of_link(session, home.people.link.id)
        assert [(row.kind, row.sku, row.category) for row in made][1:] == [
            (Kind.NEVER, "peanut-oil", "")
        ]


def test_a_rule_names_its_product_also_when_that_is_off_sale(home: Family) -> None:
    lin = lin_with_a_tab(home)
    page = f"/family/parents/{home.people.link.id}/rules"
    lin.post(page, kind="never", sku="peanut-oil", span="order", limit="")
    with home.db.begin() as session:
        product = session.get_one(Product, "peanut-oil")
        product.on_sale = False

    rule_lines = re.findall(r"<p>(不买[^<]*)</p>", lin.get(page).text)

    assert [product.name in line for line in rule_lines] == [True]
    answer = lin.post(page, kind="ask", sku="peanut-oil", product="x", span="order", limit="")
    assert "没有找到" in answer.text


def test_a_rule_that_approves_everything_needs_a_limit(home: Family) -> None:
    lin = home.phone()
    lin.sign_in(LIN)
    page = f"/family/parents/{home.people.link.id}/rules"

    answer = lin.post(page, kind="approve", category="", span="order", limit="")

    assert answer.status_code == 409
    with home.db.reading() as session:
        assert rules.of_link(session, home.people.link.id) == []
