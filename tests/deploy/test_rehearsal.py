"""The packaged deployment at work on the embedded AWS, its functions with their own rights only.

What it cannot show: throttling, API Gateway's own answers, CloudFront, tracing, the rights of the
pollers (ARCHITECTURE.md).
"""

import json

import pytest
from standardwebhooks import Webhook
from websocket import WebSocketBadStatusException

from tests.deploy.cloud import ORIGIN_SECRET, Cloud, until
from tests.deploy.people import Operator, Visitor
from tests.deploy.receiver import Receiver


def test_every_part_answers(cloud: Cloud) -> None:
    health = cloud.rest("GET", "/health")

    assert health.status == 200, health


def test_errors_have_our_shape_and_cors_headers(cloud: Cloud) -> None:
    refused = cloud.rest("POST", "/widget/poll", {"after": 0}, "not a token")

    assert refused.status == 401
    assert refused.body["error"]["code"] == "unauthorized"
    assert refused.headers["Access-Control-Allow-Origin"] == "*"


def test_a_page_of_another_origin_may_ask(cloud: Cloud) -> None:
    asked = cloud.rest(
        "OPTIONS",
        "/widget/send",
        headers={"Origin": "https://shop.example", "Access-Control-Request-Method": "POST"},
    )

    assert asked.status == 200
    assert asked.headers["Access-Control-Allow-Origin"] == "*"
    assert "POST" in asked.headers["Access-Control-Allow-Methods"]
    assert "Authorization" in asked.headers["Access-Control-Allow-Headers"]


def test_the_edge_is_believed_about_a_viewers_address(cloud: Cloud) -> None:
    """The place decides nothing here, but looking it up needs the secret and the database."""
    headers = {"x-messenger-viewer": "95.167.0.1", "x-messenger-origin": ORIGIN_SECRET}

    answer = cloud.rest("POST", "/widget/bootstrap", {"inbox": "demo"}, headers=headers)

    assert answer.status == 200, answer


def test_a_visitor_and_an_operator_talk_over_sockets(cloud: Cloud) -> None:
    visitor, anna = Visitor.arrive(cloud), Operator.sign_in(cloud, "anna")
    anna.is_now("online")

    with cloud.socket(anna.ticket()) as panel:
        with cloud.socket(visitor.ticket()) as widget:
            visitor.say("Где мой заказ?", over=widget)
            anna.replies(visitor, "Уже едет")
            while (heard := json.loads(widget.recv()))["type"] != "message":
                pass
            widget.send(json.dumps({"type": "ping", "revs": {visitor.conversation_id: 0}}))
            pong = json.loads(widget.recv())
        told = json.loads(panel.recv())

    assert told["type"]
    assert heard["message"]["body"] == "Уже едет"
    assert [each["id"] for each in pong["conversations"]] == [visitor.conversation_id]
    assert visitor.conversation_id in anna.listed("mine")
    anna.is_now("away")


def test_a_ticket_opens_one_socket_only(cloud: Cloud) -> None:
    ticket = Visitor.arrive(cloud).ticket()

    with cloud.socket(ticket), pytest.raises(WebSocketBadStatusException), cloud.socket(ticket):
        pass


def test_a_socket_that_closes_is_forgotten(cloud: Cloud) -> None:
    visitor = Visitor.arrive(cloud)
    before = _sockets(cloud)

    with cloud.socket(visitor.ticket()):
        pass

    assert until(lambda: _sockets(cloud), lambda now: now <= before, 10) <= before


def test_events_go_from_the_table_over_stream_and_queue_to_a_webhook(
    cloud: Cloud, receiver: Receiver
) -> None:
    boss, anna = Operator.sign_in(cloud, "boss"), Operator.sign_in(cloud, "anna")
    visitor = Visitor.arrive(cloud)

    with boss.webhook(f"{receiver.url}/fine/rehearsal") as made:
        cloud.restart("FanOut")  # it remembers for ten seconds that there were no webhooks
        visitor.say("Сообщение для вебхука")
        anna.takes(visitor)
        anna.replies(visitor, "Ответ для вебхука")
        anna.resolves(visitor)

        for text in ("Сообщение для вебхука", "Ответ для вебхука", "conversation.closed"):
            got = receiver.with_text(text, at="/fine/rehearsal")
            assert got, text
            headers, body = got
            signed = {name.lower(): value for name, value in headers.items()}
            Webhook(made["secret"]).verify(body, signed)


def test_what_nobody_opens_moves_on_over_stream_and_queue(cloud: Cloud) -> None:
    """Without the tick, which would do it in their place."""
    anna, visitor = Operator.sign_in(cloud, "anna"), Visitor.arrive(cloud, "quick")
    events = cloud.client("events")
    (tick,) = (
        each["Name"]
        for each in events.list_rules()["Rules"]
        if each["ScheduleExpression"] == "rate(1 minute)"
    )
    events.disable_rule(Name=tick)
    anna.is_now("online")

    with cloud.socket(anna.ticket()):
        visitor.say("Есть кто?")
        where = f"C#{visitor.conversation_id}", "~HEAD"
        head = until(lambda: cloud.item(*where), lambda now: bool(now and "alarm" in now), 30)

    events.enable_rule(Name=tick)
    anna.is_now("away")
    assert head["alarm"] == {"S": "nobody_left"}
    assert "assignee_id" not in head


def test_the_schedules_stand(cloud: Cloud) -> None:
    rules = cloud.client("events").list_rules()["Rules"]
    (tick,) = (each for each in rules if each["ScheduleExpression"] == "rate(1 minute)")
    (target,) = cloud.client("events").list_targets_by_rule(Rule=tick["Name"])["Targets"]

    assert tick["State"] == "ENABLED"
    assert target["Arn"].endswith(cloud.resources["Tick"])
    assert "rate(1 day)" in {each["ScheduleExpression"] for each in rules}


def _sockets(cloud: Cloud) -> set[str]:
    """The sockets that the table knows."""
    pages = cloud.client("dynamodb").get_paginator("scan").paginate(TableName=cloud.table)
    return {
        item["pk"]["S"]
        for page in pages
        for item in page["Items"]
        if item["pk"]["S"].startswith("W#")
    }
