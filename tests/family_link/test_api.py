"""The API as a mini-program uses it, and as a stranger tries to."""

import uuid

import requests
import sqlalchemy as sa

from family_link import login
from orders import visits
from orders.access import Look
from orders.lifecycle import State
from orders.order import Order
from orders.people import caller, clerk
from orders.ratings import Rating
from orders.relatives import Relative
from tests.family_link.town import Family, Mini


def test_an_order_is_read_trimmed_approved_and_paid(home: Family) -> None:
    order_id = home.confirmed("egg", "peanut-oil")
    home.work()
    lin = Mini(home)
    listed = lin.get("/orders").json()
    assert [row["id"] for row in listed] == [str(order_id)]

    read = lin.get(f"/orders/{order_id}")
    trimmed = lin.ask(
        "PATCH", f"/orders/{order_id}", {"without": [1]}, If_Match=read.headers["ETag"]
    )
    approved = lin.ask(
        "PUT",
        f"/orders/{order_id}/decision",
        {"answer": "approve"},
        If_Match=trimmed.headers["ETag"],
    )
    opened = lin.ask("POST", f"/orders/{order_id}/payments", {"door": "page"})

    assert read.json()["said"] == "我要两斤鸡蛋"
    assert (trimmed.status_code, approved.status_code) == (200, 200)
    assert approved.json()["state"] == "awaiting_payment"
    assert approved.json()["to_pay_fen"] == 1160
    trade = home.books.prepared(opened.json()["where"].split("prepay_id=")[1].split("&")[0])
    assert trade is not None and trade.fen == 1160


def test_the_mini_program_gets_what_request_payment_takes(home: Family) -> None:
    with home.db.begin() as session:
        lin = session.get_one(Relative, home.people.lin.id)
        login.bind_openid(session, lin, "o-lin")
    order_id = approved_order(home)

    told = Mini(home).ask("POST", f"/orders/{order_id}/payments", {}).json()

    mini = told["mini"]
    assert set(mini) == {"timeStamp", "nonceStr", "package", "signType", "paySign"}
    trade = home.books.prepared(mini["package"].removeprefix("prepay_id="))
    assert trade is not None and trade.payer == "o-lin"


def approved_order(home: Family) -> uuid.UUID:
    order_id = home.confirmed("egg")
    home.work()
    lin = Mini(home)
    tag = lin.get(f"/orders/{order_id}").headers["ETag"]
    path = f"/orders/{order_id}/decision"
    assert lin.ask("PUT", path, {"answer": "approve"}, If_Match=tag).ok
    home.work()
    return order_id


def test_a_change_without_a_tag_or_with_an_old_one_is_refused(home: Family) -> None:
    order_id = home.confirmed("egg", "peanut-oil")
    home.work()
    lin, path = Mini(home), f"/orders/{order_id}/decision"
    old = lin.get(f"/orders/{order_id}").headers["ETag"]
    lin.ask("PATCH", f"/orders/{order_id}", {"without": [1]}, If_Match=old)

    without = lin.ask("PUT", path, {"answer": "approve"})
    late = lin.ask("PUT", path, {"answer": "approve"}, If_Match=old)

    assert (without.status_code, without.json()["code"]) == (428, "tag_missing")
    assert (late.status_code, late.json()["code"]) == (412, "tag_old")
    assert home.state(order_id) is State.AWAITING_APPROVAL


def test_an_unchanged_order_is_not_sent_again(home: Family) -> None:
    order_id = home.confirmed("egg")
    lin = Mini(home)
    tag = lin.get(f"/orders/{order_id}").headers["ETag"]

    again = lin.ask("GET", f"/orders/{order_id}", None, If_None_Match=tag)

    assert (again.status_code, again.content) == (304, b"")


def test_a_repeated_post_is_answered_again_and_done_once(home: Family) -> None:
    lin, path = Mini(home), f"/links/{home.people.link.id}/orders"
    cart = {"lines": [{"sku": "egg", "quantity": "2"}]}

    first = lin.ask("POST", path, cart, Idempotency_Key="one")
    again = lin.ask("POST", path, cart, Idempotency_Key="one")
    cart["lines"][0]["quantity"] = "3"
    other = lin.ask("POST", path, cart, Idempotency_Key="one")

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert again.headers["Idempotent-Replay"] == "true"
    assert (other.status_code, other.json()["code"]) == (422, "key_used")
    with home.db.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Order)) == 1


def test_a_refused_post_leaves_its_key_free(home: Family) -> None:
    lin, path = Mini(home), f"/links/{home.people.link.id}/orders"

    wrong = lin.ask(
        "POST", path, {"lines": [{"sku": "gold", "quantity": "1"}]}, Idempotency_Key="one"
    )
    right = lin.ask(
        "POST", path, {"lines": [{"sku": "egg", "quantity": "1"}]}, Idempotency_Key="one"
    )

    assert (wrong.status_code, right.status_code) == (409, 201)


def test_problems_speak_the_readers_language(home: Family) -> None:
    lin = Mini(home)
    path = f"/orders/{uuid.uuid4()}"

    chinese = lin.ask("GET", path, None, Accept_Language="zh-CN").json()
    english = lin.ask("GET", path, None, Accept_Language="en").json()

    assert (chinese["code"], english["code"]) == ("not_found", "not_found")
    assert chinese["title"] == "没有这个，或者不是您的"
    assert english["title"] == "There is no such thing, or it is not yours"


def test_pages_keep_their_own_errors(home: Family) -> None:
    missing = requests.get(f"{home.house.settings.public_url}/nowhere", timeout=10)

    assert missing.status_code == 404
    assert "text/html" in missing.headers["Content-Type"]


def test_each_listening_and_each_reading_is_written_down(home: Family) -> None:
    order_id = home.confirmed("egg")
    lin = Mini(home)

    assert lin.get(f"/orders/{order_id}/audio").content.startswith(b"RIFF")
    lin.get(f"/orders/{order_id}")

    with home.db.reading() as session:
        looks = session.scalars(sa.select(Look.what).where(Look.who == home.people.lin.id)).all()
    assert sorted(looks) == ["address", "audio", "transcript"]


def test_a_recording_is_given_in_pieces_and_that_is_one_listening(home: Family) -> None:
    path = f"/orders/{home.confirmed('egg')}/audio"
    lin = Mini(home)

    whole = lin.get(path)
    piece, beyond = (
        lin.ask("GET", path, Range=f"bytes={asked}") for asked in ("4-7", f"{10**6}-")
    )

    assert (whole.status_code, whole.headers["Accept-Ranges"]) == (200, "bytes")
    assert (piece.status_code, piece.content) == (206, whole.content[4:8])
    assert piece.headers["Content-Range"] == f"bytes 4-7/{len(whole.content)}"
    assert (beyond.status_code, beyond.headers["Content-Type"]) == (416, "application/problem+json")
    with home.db.reading() as session:
        assert session.scalars(sa.select(Look.what)).all() == ["audio"]


def test_who_asks_for_the_middle_alone_has_listened_too(home: Family) -> None:
    path = f"/orders/{home.confirmed('egg')}/audio"

    Mini(home).ask("GET", path, Range="bytes=4-7")

    with home.db.reading() as session:
        assert session.scalars(sa.select(Look.what)).all() == ["audio"]


def test_rules_are_made_changed_tried_and_ended(home: Family) -> None:
    home.confirmed("egg")
    lin, path = Mini(home), f"/links/{home.people.link.id}/rules"
    asked = {"kind": "approve", "limit_fen": 2000}

    made = lin.ask("POST", path, asked)
    one = f"{path}/{made.json()['id']}"
    tag = lin.get(one).headers["ETag"]
    changed = lin.ask("PUT", one, asked | {"limit_fen": 500}, If_Match=tag)
    tried = lin.ask("POST", f"{path}/trial", {"rules": [asked]})
    ended = lin.ask("DELETE", one, None, If_Match=changed.headers["ETag"])

    assert (made.status_code, changed.json()["limit_fen"]) == (201, 500)
    assert [row["would"] for row in tried.json()] == ["by_itself"]
    assert (ended.status_code, lin.get(path).json()) == (204, [])


def test_a_child_rates_for_the_parent_and_the_parents_own_rating_counts(home: Family) -> None:
    order_id = home.confirmed("egg", pays_self=True)
    home.work()
    with home.db.begin() as session:
        visit = visits.of_order(session, order_id)[0]
        visits.send(session, visit, "小张", clerk(uuid.uuid4()))
        visits.finish(session, visit, clerk(uuid.uuid4()))
    lin = Mini(home)

    rated = lin.ask("POST", f"/visits/{visit.id}/ratings", {"stars": 4})
    by_lin = lin.get(f"/orders/{order_id}").json()["visits"][0]
    with home.db.begin() as session:
        session.add(
            Rating(
                visit_id=visit.id,
                role=caller(None).role,
                author=home.people.mei.id,
                stars=2,
                words="不新鲜",
            )
        )
    by_mei = lin.get(f"/orders/{order_id}").json()["visits"][0]

    assert rated.status_code == 201
    assert (by_lin["stars"], by_lin["rated_by"]) == (4, "child")
    assert (by_mei["stars"], by_mei["rated_by"]) == (2, "caller")
