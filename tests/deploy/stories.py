"""What each function is for, told so that it ends badly when the function may not do its part.

A push to a socket that is gone makes the function forget the socket: that is how a push that
nobody could see is told from none.
"""

from base64 import b64encode
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from msgspec import json
from websocket import WebSocketConnectionClosedException, WebSocketTimeoutException

from chalicelib.actions import timers
from chalicelib.domain.conversation import Timer
from chalicelib.store import keys
from chalicelib.wire_webhooks import Job
from tests.deploy.cloud import ORIGIN_SECRET, Cloud, Tree
from tests.deploy.people import DeadSocket, Operator, Visitor
from tests.deploy.receiver import Receiver
from tests.support.forms import fetched, post_form
from tests.support.pictures import png

Story = Callable[[Cloud, Receiver], None]
SOON = 1.5

_numbers = count(1)


# ---------------------------------------------------------------- the REST API


def a_day_in_the_panel(cloud: Cloud, receiver: Receiver) -> None:
    anna, visitor = Operator.sign_in(cloud, "anna"), Visitor.arrive(cloud)
    anna.is_now("away")
    visitor.say()
    assert visitor.conversation_id in anna.listed("queue")
    anna.takes(visitor)
    anna.replies(visitor, "Добрый день")
    assert visitor.reads() == ["Здравствуйте", "Добрый день"]
    anna.resolves(visitor)


def lists_of_ones_own(cloud: Cloud, receiver: Receiver) -> None:
    anna, visitor = Operator.sign_in(cloud, "anna"), _held(cloud)
    assert visitor.conversation_id in anna.listed("mine")
    anna.resolves(visitor)


def lists_of_all(cloud: Cloud, receiver: Receiver) -> None:
    Operator.sign_in(cloud, "boss").listed("all")


def a_webhook_comes_and_goes(cloud: Cloud, receiver: Receiver) -> None:
    boss = Operator.sign_in(cloud, "boss")
    with boss.webhook(f"{receiver.url}/unused") as made:
        pass
    known = boss.does("GET", "/inboxes/demo/webhooks")["webhooks"]
    assert made["webhook"]["id"] not in [each["id"] for each in known]


def a_photo_comes_and_goes(cloud: Cloud, receiver: Receiver) -> None:
    boss = Operator.sign_in(cloud, "boss")
    answers = []
    for path in ("/settings/operators/oleg/photo", "/settings/inboxes/demo/photo"):
        for method, body in (("POST", {"image": b64encode(png()).decode()}), ("DELETE", None)):
            answers.append(cloud.rest(method, path, body, boss.token))
    assert [each.status for each in answers] == [200] * 4, answers
    photos = cloud.client("s3").list_objects_v2(Bucket=cloud.resources["Photos"])
    assert photos["KeyCount"] == 0, photos


def a_picture_is_sent_and_fetched(cloud: Cloud, receiver: Receiver) -> None:
    visitor = _held(cloud)
    sent = visitor.says("") | {"attachments": [_uploaded(cloud, visitor)]}
    answer = cloud.rest("POST", "/widget/send", sent, visitor.token)
    assert answer.status == 201, answer
    (file,) = answer.body["message"]["attachments"]
    anna = Operator.sign_in(cloud, "anna")
    fetched = _fetch(anna.does("GET", f"/attachments/{file['id']}")["url"])
    assert fetched == png()


def a_picture_is_sent_over_a_socket(cloud: Cloud, receiver: Receiver) -> None:
    visitor = _held(cloud)
    sent = visitor.says("Снимок") | {"attachments": [_uploaded(cloud, visitor)]}
    DeadSocket.opened(visitor).calls("/widget/send", sent, visitor.token)
    told = cloud.rest("POST", "/widget/poll", {"after": 1}, visitor.token)
    (file,) = told.body["messages"][0]["attachments"]
    link = cloud.rest("GET", f"/widget/attachment/{file['id']}", None, visitor.token)
    assert _fetch(link.body["url"]) == png()


def _uploaded(cloud: Cloud, visitor: Visitor) -> str:
    """A checked picture, as the widget uploads one."""
    wish = {"name": "a.png", "size": len(png()), "type": "image/png"}
    begun = cloud.rest("POST", "/widget/attachment", wish, visitor.token)
    assert begun.status == 201, begun
    upload = begun.body["upload"]
    assert post_form(upload["url"], upload["fields"], png()) == 204
    id: str = begun.body["attachment_id"]
    checked = cloud.rest("POST", f"/widget/attachment/{id}/complete", None, visitor.token)
    assert checked.status == 200, checked
    return id


def _fetch(url: str) -> bytes:
    status, content, _ = fetched(url)
    assert status == 200, content
    return content


def somebody_comes_by_a_link(cloud: Cloud, receiver: Receiver) -> None:
    wanted = {
        "name": "Pavel",
        "email": f"pavel-{next(_numbers)}@x.example",
        "role": "operator",
        "branch_id": "ekb",
        "capacity": 1,
    }
    boss = Operator.sign_in(cloud, "boss")
    made = cloud.rest("POST", "/settings/operators", wanted, boss.token)
    assert made.status == 201, made
    token = made.body["invitation_url"].rpartition("/")[2]
    joining = {"token": token, "name": "Pavel", "password": "a password of his own"}
    assert cloud.rest("POST", "/panel/join", joining).status == 200
    assert cloud.rest("POST", "/panel/join", joining).status == 404


def a_reply_is_pushed(cloud: Cloud, receiver: Receiver) -> None:
    visitor = _held(cloud)
    dead = DeadSocket.opened(visitor)
    Operator.sign_in(cloud, "anna").replies(visitor)
    assert not dead.items()


def signing_out_closes_sockets(cloud: Cloud, receiver: Receiver) -> None:
    anna = Operator.sign_in(cloud, "anna")
    with cloud.socket(anna.ticket()) as panel:
        anna.signs_out()
        _ends(panel)


def a_cold_start_reads_the_secrets(cloud: Cloud, receiver: Receiver) -> None:
    cloud.restart("APIHandler")
    headers = {"x-messenger-viewer": "95.167.0.1", "x-messenger-origin": ORIGIN_SECRET}
    answer = cloud.rest("POST", "/widget/bootstrap", {"inbox": "demo"}, headers=headers)
    assert answer.status == 200, answer


def health(cloud: Cloud, receiver: Receiver) -> None:
    assert cloud.rest("GET", "/health").status == 200


def health_in_depth(cloud: Cloud, receiver: Receiver) -> None:
    parts = Operator.sign_in(cloud, "boss").does("GET", "/health")["parts"]
    told = {each["name"]: each["detail"] for each in parts}
    assert "waiting" in told["dead_deliveries"], told
    assert {"waiting", "overdue"} <= told["timers"].keys(), told


# ---------------------------------------------------------------- sockets


def a_socket_opens(cloud: Cloud, receiver: Receiver) -> None:
    DeadSocket.opened(Visitor.arrive(cloud))


def a_socket_opens_cold(cloud: Cloud, receiver: Receiver) -> None:
    cloud.restart("WebsocketConnect")
    DeadSocket.opened(Visitor.arrive(cloud))


def an_operator_comes_and_is_given_what_waits(cloud: Cloud, receiver: Receiver) -> None:
    anna, visitor = _waiting(cloud)
    dead = DeadSocket(cloud=cloud, id=f"dead-comer-{next(_numbers)}")
    answer = dead.event("WebsocketConnect", "CONNECT", ticket=anna.ticket())
    assert answer["statusCode"] == 200, answer
    _is_annas(cloud, visitor)
    assert not dead.items()
    anna.is_now("away")


def a_ping_renews_and_is_answered(cloud: Cloud, receiver: Receiver) -> None:
    visitor = _held(cloud)
    dead = DeadSocket.opened(Operator.sign_in(cloud, "anna"))
    dead.says(revs={visitor.conversation_id: 0})
    assert not dead.items()


def a_text_over_a_socket_is_stored_and_pushed(cloud: Cloud, receiver: Receiver) -> None:
    anna, visitor = Operator.sign_in(cloud, "anna"), _held(cloud)
    dead = DeadSocket.opened(anna)
    DeadSocket.opened(visitor).calls("/widget/send", visitor.says("Через сокет"), visitor.token)
    assert visitor.reads() == ["Здравствуйте", "Через сокет"]
    assert not dead.items()


def a_first_text_over_a_socket_is_given_to_somebody(cloud: Cloud, receiver: Receiver) -> None:
    for left in cloud.partition(keys.queue("ekb")):
        cloud.remove(left)
    anna, visitor = Operator.sign_in(cloud, "anna"), Visitor.arrive(cloud)
    anna.is_now("online")
    with cloud.socket(anna.ticket()):
        DeadSocket.opened(visitor).calls("/widget/send", visitor.says(), visitor.token)
        told = cloud.rest("POST", "/widget/poll", {"after": 0}, visitor.token)
        assert told.body["conversation"]["operator"], told
    anna.is_now("away")


def a_text_over_a_cold_socket(cloud: Cloud, receiver: Receiver) -> None:
    cloud.restart("WebsocketMessage")
    a_text_over_a_socket_is_stored_and_pushed(cloud, receiver)


def lists_over_a_socket(cloud: Cloud, receiver: Receiver) -> None:
    anna = Operator.sign_in(cloud, "anna")
    _held(cloud)
    DeadSocket.opened(anna).calls("/panel/lists", {}, anna.token, status=200)


def a_view_over_a_socket(cloud: Cloud, receiver: Receiver) -> None:
    anna = Operator.sign_in(cloud, "anna")
    path = "/panel/conversations?tab=closed"
    DeadSocket.opened(anna).calls(path, {}, anna.token, status=200)


def a_stranger_is_shown_out(cloud: Cloud, receiver: Receiver) -> None:
    visitor = Visitor.arrive(cloud)
    with cloud.socket(visitor.ticket()) as widget:
        widget.send('{"type": "ping", "revs": {}}')
        widget.recv()
        for each in _live(cloud):
            cloud.remove(each)
        widget.send('{"type": "ping", "revs": {}}')
        _ends(widget)


def a_socket_closes(cloud: Cloud, receiver: Receiver) -> None:
    dead = DeadSocket.opened(Visitor.arrive(cloud))
    dead.closes()
    assert not dead.items()


# ---------------------------------------------------------------- in the background


def the_tick_gives_out_what_waits(cloud: Cloud, receiver: Receiver) -> None:
    anna = Operator.sign_in(cloud, "anna")
    anna.is_now("away")
    socket = DeadSocket.opened(anna)
    remembered = socket.items()
    _, visitor = _waiting(cloud)
    for each in remembered:
        cloud.put(each)
    cloud.invoke("Tick", _schedule())
    _is_annas(cloud, visitor)
    assert not socket.items()
    anna.is_now("away")


def the_tick_queues_what_falls_due(cloud: Cloud, receiver: Receiver) -> None:
    delivery = _pending_delivery(cloud)
    cloud.put(delivery)
    cloud.invoke("Tick", _schedule())  # raises when it cannot queue
    after = cloud.item(delivery["pk"]["S"], delivery["sk"]["S"])
    cloud.remove(delivery)
    assert after
    assert after["due_sk"] != delivery["due_sk"]


def what_was_resolved_long_ago_is_closed(cloud: Cloud, receiver: Receiver) -> None:
    visitor = _held(cloud)
    Operator.sign_in(cloud, "anna").resolves(visitor)
    head = _head(cloud, visitor)
    long_ago = (datetime.now(UTC) - timedelta(days=60)).strftime("%Y-%m-%dT%H:%M:%S.%f")
    due = head["due_sk"]["S"]
    cloud.put(
        head
        | {
            "resolved_at": {"S": f"{long_ago}+0000"},
            "due_sk": {"S": f"{long_ago}Z{due[due.index('Z') + 1 :]}"},
        }
    )
    cloud.invoke("Retain", _schedule())
    assert _head(cloud, visitor)["status"]["S"] == "closed"


def a_message_is_fanned_out(cloud: Cloud, receiver: Receiver) -> None:
    """Of a conversation that is there, and of one that has been erased meanwhile."""
    visitor, boss = _held(cloud), Operator.sign_in(cloud, "boss")
    with boss.webhook(f"{receiver.url}/fine"):
        cloud.restart("FanOut")  # it may remember for ten seconds that there were no webhooks
        visitor.say()  # what was said before there was one is none of its business
        said = cloud.item(f"C#{visitor.conversation_id}", f"M#{visitor.seq:010d}")
        assert said
        orphan = said | {"pk": {"S": f"C#{'0' * 32}"}}
        records = [
            {
                "eventName": "INSERT",
                "eventSourceARN": "stream",
                "eventID": str(number),
                "dynamodb": {"SequenceNumber": str(number), "NewImage": image},
            }
            for number, image in enumerate((said, orphan), 1)
        ]
        answer = cloud.invoke("FanOut", {"Records": records})
    assert answer == {"batchItemFailures": []}


def a_delivery_is_made(cloud: Cloud, receiver: Receiver) -> None:
    with Operator.sign_in(cloud, "boss").webhook(f"{receiver.url}/fine") as made:
        job = _job(made["webhook"]["id"])
        answer = cloud.invoke("Deliver", _queued(job))
    assert answer == {"batchItemFailures": []}
    assert receiver.with_text(job.body, SOON)
    assert cloud.partition(keys.deliveries(job.webhook_id))


def a_delivery_is_made_cold(cloud: Cloud, receiver: Receiver) -> None:
    cloud.restart("Deliver")
    a_delivery_is_made(cloud, receiver)


def a_delivery_that_failed_is_queued_again(cloud: Cloud, receiver: Receiver) -> None:
    with Operator.sign_in(cloud, "boss").webhook(f"{receiver.url}/broken") as made:
        answer = cloud.invoke("Deliver", _queued(_job(made["webhook"]["id"])))
    assert answer == {"batchItemFailures": []}


def a_delivery_to_nobody_is_given_up(cloud: Cloud, receiver: Receiver) -> None:
    answer = cloud.invoke("Deliver", _queued(_job("0" * 16)))
    assert answer == {"batchItemFailures": []}


def the_tick_queues_a_timer(cloud: Cloud, receiver: Receiver) -> None:
    head = _head(cloud, _held(cloud))
    before = _waiting_timers(cloud)
    cloud.put(_timed(head, datetime.now(UTC) + timedelta(seconds=60)))
    cloud.invoke("Tick", _schedule())
    after = _waiting_timers(cloud)
    cloud.put(head)
    assert after == before + 1


def a_timer_that_begins_is_queued(cloud: Cloud, receiver: Receiver) -> None:
    head = _head(cloud, _held(cloud))
    record = {
        "eventName": "MODIFY",
        "eventSourceARN": "stream",
        "eventID": "1",
        "dynamodb": {
            "SequenceNumber": "1",
            "NewImage": _timed(head, datetime.now(UTC) + timedelta(seconds=60)),
            "OldImage": head,
        },
    }
    answer = cloud.invoke("FanOut", {"Records": [record]})
    assert answer == {"batchItemFailures": []}


def what_was_not_opened_moves_on(cloud: Cloud, receiver: Receiver) -> None:
    """Oleg, who has place for one, does not open it; he gets the next who waits."""
    for left in cloud.partition(keys.queue("ekb")):
        cloud.remove(left)
    anna, oleg = Operator.sign_in(cloud, "anna"), Operator.sign_in(cloud, "oleg")
    anna.is_now("away")
    oleg.is_now("away")
    for each in oleg.listed("mine"):
        oleg.does("POST", f"/conversations/{each}/resolve")
    missed, waits = Visitor.arrive(cloud), Visitor.arrive(cloud)
    with cloud.socket(oleg.ticket()):
        oleg.is_now("online")
        try:
            missed.say()
            waits.say()
            dead = DeadSocket.opened(missed)
            due = datetime.now(UTC) - timedelta(seconds=1)
            cloud.put(_timed(_head(cloud, missed), due))
            answer = cloud.invoke("Escalate", _rung(missed, due))
        finally:
            oleg.is_now("away")
    assert answer == {"batchItemFailures": []}
    assert _head(cloud, missed)["alarm"] == {"S": "nobody_left"}
    assert _head(cloud, waits).get("assignee_id") == {"S": "oleg"}
    assert not dead.items()


def a_timer_that_came_early_waits(cloud: Cloud, receiver: Receiver) -> None:
    soon = datetime.now(UTC) + timedelta(seconds=60)
    answer = cloud.invoke("Escalate", _rung(Visitor(cloud=cloud, conversation_id="c" * 32), soon))
    assert answer == {"batchItemFailures": []}


# ---------------------------------------------------------------- scenes


def _held(cloud: Cloud) -> Visitor:
    """A visitor whose conversation Anna has taken."""
    anna, visitor = Operator.sign_in(cloud, "anna"), Visitor.arrive(cloud)
    anna.is_now("away")
    visitor.say()
    anna.takes(visitor)
    return visitor


def _waiting(cloud: Cloud) -> tuple[Operator, Visitor]:
    """Anna, online without a socket, and a visitor who waits for her: the first in the queue."""
    for left in cloud.partition(keys.queue("ekb")):
        cloud.remove(left)
    anna, visitor = Operator.sign_in(cloud, "anna"), Visitor.arrive(cloud)
    anna.is_now("away")
    visitor.say()
    anna.is_now("online")
    assert "assignee_id" not in _head(cloud, visitor)
    return anna, visitor


def _is_annas(cloud: Cloud, visitor: Visitor) -> None:
    assert _head(cloud, visitor).get("assignee_id") == {"S": "anna"}


def _head(cloud: Cloud, visitor: Visitor) -> Tree:
    found = cloud.item(f"C#{visitor.conversation_id}", "~HEAD")
    assert found
    return found


def _live(cloud: Cloud) -> list[Tree]:
    """The items of all sockets."""
    pages = cloud.client("dynamodb").get_paginator("scan").paginate(TableName=cloud.table)
    return [
        item for page in pages for item in page["Items"] if item.get("kind") == {"S": "connection"}
    ]


def _ends(socket: Any) -> None:
    """The server closes the socket, whatever it says before."""
    socket.settimeout(SOON)
    try:
        while socket.recv():
            pass
    except WebSocketConnectionClosedException:
        return
    except WebSocketTimeoutException as error:
        raise AssertionError("the socket is still open") from error


def _schedule() -> Tree:
    return {
        "version": "0",
        "id": "rehearsal",
        "detail-type": "Scheduled Event",
        "source": "aws.events",
        "account": "000000000000",
        "time": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "region": "eu-central-1",
        "resources": [],
        "detail": {},
    }


def _job(webhook_id: str) -> Job:
    event_id = f"rehearsal{next(_numbers):06}"
    return Job(
        webhook_id=webhook_id,
        inbox_id="demo",
        event_id=event_id,
        type="message.in",
        conversation_id="c" * 32,
        seq=1,
        created_at=datetime.now(UTC),
        attempt=1,
        body=f'{{"id": "{event_id}"}}',
    )


def _timed(head: Tree, at: datetime) -> Tree:
    """A conversation's head as if its assignee had not opened it, and had time until `at`."""
    id = head["pk"]["S"].removeprefix(keys.conversation(""))
    unopened = {name: value for name, value in head.items() if name != "opened_at"}
    return unopened | {
        "due_pk": {"S": keys.due_of("escalation", id)},
        "due_sk": {"S": keys.due_order(at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"), id)},
    }


def _rung(visitor: Visitor, at: datetime) -> Tree:
    assert visitor.conversation_id
    job = timers.Job(conversation_id=visitor.conversation_id, timer=Timer.ESCALATION, at=at)
    return {"Records": [{"messageId": "1", "body": json.encode(job).decode()}]}


def _waiting_timers(cloud: Cloud) -> int:
    """Messages in the queue of timers, most of them kept back until they are due."""
    names = ["", "NotVisible", "Delayed"]
    attributes = cloud.client("sqs").get_queue_attributes(
        QueueUrl=cloud.resources["Timers"],
        AttributeNames=[f"ApproximateNumberOfMessages{each}" for each in names],
    )["Attributes"]
    return sum(map(int, attributes.values()))


def _queued(job: Job) -> Tree:
    return {"Records": [{"messageId": job.event_id, "body": json.encode(job).decode()}]}


def _pending_delivery(cloud: Cloud) -> Tree:
    """The item of a delivery whose second attempt is in ten minutes and whose timer has run out."""
    webhook_id = f"hook-{next(_numbers)}"
    job = _job(webhook_id)
    cloud.invoke("Deliver", _queued(job))
    (item,) = cloud.partition(keys.deliveries(webhook_id))
    soon = datetime.now(UTC) + timedelta(minutes=10)
    return item | {
        "outcome": {"S": "pending"},
        "next_attempt_at": {"S": soon.strftime("%Y-%m-%dT%H:%M:%S.%f+0000")},
        "due_pk": {"S": keys.due_of("delivery", job.event_id)},
        "due_sk": {"S": keys.due_order("2026-01-01T00:00:00.000000Z", job.event_id)},
    }
