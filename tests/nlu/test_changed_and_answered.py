"""What callers change at the read-back, answer to a question, and say of a visit, in many ways."""

from typing import Any

import pytest

from tests.nlu.utterances import said, table

OPS = {"add": "+", "set": "=", "remove": "-"}
DRAFTS = {
    "goods": {"egg": "2", "rice-10": "1", "apple": "3"},
    "many": {"salt": "2", "vinegar": "1", "tofu": "2", "pork-lean": "1.5"},
    "services": {"svc-haircut": "1", "svc-window": "1"},
    "mixed": {"milk-case": "1", "potato": "3", "svc-plumb": "1"},
    "lunch": {
        "tofu": "2", "bok-choy": "1", "crucian-carp": "1", "scallion": "0.5",
    },
    "dumplings": {"dumpling": "2", "tofu": "1"},
    "one": {"pork-rib": "2"},
}
WINDOWS = {
    "many": ("2026-11-21T08:00:00+08:00", "2026-11-21T12:00:00+08:00"),
    "services": ("2026-11-21T13:00:00+08:00", "2026-11-21T18:00:00+08:00"),
    "mixed": ("2026-11-23T09:00:00+08:00", "2026-11-23T10:00:00+08:00"),
}
RICE, OILS = ["rice-10", "rice-20"], ["peanut-oil", "rapeseed-oil", "soybean-oil"]
QUESTIONS: dict[str, dict[str, Any]] = {
    "rice": {"heard": "两袋大米", "options": RICE, "quantity": "2", "unit": "袋"},
    "oil": {"heard": "一桶油", "options": OILS, "quantity": "1", "unit": "桶"},
    "any oil": {"heard": "油", "options": [*OILS, "sesame-oil"]},
    "fish": {
        "heard": "两条鱼", "options": ["grass-carp", "crucian-carp", "perch"],
        "quantity": "2", "unit": "条",
    },
    "sea cucumber": {"heard": "海参", "options": []},
    "baozi": {
        "heard": "十个包子", "options": ["baozi-pork", "baozi-veg"], "quantity": "10", "unit": "个",
    },
    "battery": {
        "heard": "一板电池", "options": ["battery-5", "battery-7"], "quantity": "1", "unit": "板",
    },
    "milk": {"heard": "牛奶", "options": ["milk-bag", "milk-case"]},
    "how many eggs": {"about": "quantity", "heard": "鸡蛋", "sku": "egg", "unit": "斤"},
    "how much salt": {"about": "quantity", "heard": "盐", "sku": "salt"},
    "how many apples": {"about": "quantity", "heard": "几个苹果", "sku": "apple", "unit": "个"},
    "how many buns": {
        "about": "quantity", "heard": "馒头", "sku": "steamed-bun", "unit": "个",
    },
    "how much pork": {
        "about": "quantity", "heard": "五花肉", "sku": "pork-belly", "unit": "斤",
    },
    "how many fish": {
        "about": "quantity", "heard": "鲫鱼", "sku": "crucian-carp", "unit": "条",
    },
    "how much milk": {"about": "quantity", "heard": "牛奶", "sku": "milk-bag", "unit": "袋"},
    "meat": {
        "heard": "一斤肉", "options": ["pork-belly", "pork-lean", "pork-mince"],
        "quantity": "1", "unit": "斤",
    },
    "soy sauce": {
        "heard": "一瓶酱油", "options": ["soy-sauce", "soy-sauce-dark"],
        "quantity": "1", "unit": "瓶",
    },
    "noodles": {"heard": "面条", "options": ["noodle", "noodle-fresh"]},
    "paper": {
        "heard": "一提纸", "options": ["toilet-paper", "tissue"], "quantity": "1", "unit": "提",
    },
    "what to mend": {
        "heard": "修一下", "options": ["svc-plumb", "svc-electric", "svc-appliance"],
    },
    "when": {"about": "time", "heard": "理发", "sku": "svc-haircut", "quantity": "1"},
    "when, once more": {"about": "time", "heard": "过两天", "sku": "svc-plumb", "quantity": "1"},
}


def _understood(said_before: str, text: str) -> dict[str, Any]:
    if said_before == "rating":
        return said(text, "rating")
    if said_before in QUESTIONS:
        question = {"id": "q1", "about": "product", **QUESTIONS[said_before]}
        return said(text, "answer", question=question)
    draft = [{"sku": sku, "quantity": much} for sku, much in DRAFTS[said_before].items()]
    more: dict[str, Any] = {"draft": draft}
    if said_before in WINDOWS:
        more["window"] = dict(zip(("start", "end"), WINDOWS[said_before], strict=True))
    return said(text, "confirm", **more)


def _in_short(found: dict[str, Any]) -> str:
    """-apple +pear:3 @11-21T13:00 ?quantity: the edits, items, window and questions, sorted."""
    parts = [] if found["intent"] in ("change", "answer", "rate") else [found["intent"]]
    parts += ["all"] if found.get("everything") else []
    for edit in found["edits"]:
        much = f":{edit['quantity']}" if edit.get("quantity") else ""
        parts.append(f"{OPS[edit['op']]}{edit['sku']}{much}")
    parts += [f"{item['sku']}:{item['quantity']}" for item in found["items"]]
    parts += [f"@{found['window']['start'][5:16]}"] if found["window"] else []
    parts += [f"?{asked['about']}" for asked in found["clarify"]]
    return " ".join(sorted(parts))


@pytest.mark.parametrize(
    ("before", "expected", "utterances"), [*table("changed"), *table("heard_back")]
)
def test_each_way_of_changing_or_answering_is_understood(
    before: str, expected: str, utterances: str
) -> None:
    found = {text: _understood(before, text) for text in utterances.split()}

    if before == "rating" and expected.isdigit():
        marks = {text: each["rating"] or 0 for text, each in found.items()}
        assert {text: mark for text, mark in marks.items() if abs(mark - int(expected)) > 1} == {}
        return
    short = {text: _in_short(each) for text, each in found.items()}
    assert {text: each for text, each in short.items() if each != expected} == {}
