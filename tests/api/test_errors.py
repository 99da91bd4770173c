"""Whatever is wrong with a request, the answer has one shape, the right status and CORS."""

import json
from base64 import b64encode
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from chalicelib import errors, wire
from chalicelib.actions import visitors
from chalicelib.api.endpoint import ENDPOINTS, MAX_BODY, Endpoint
from chalicelib.domain.invitation import SECRET_BYTES, invite
from chalicelib.store import invitations
from tests.support.company import ANNA, ELENA, OLEG, may_use
from tests.support.door import Answer, bearer, get, path_of, post, request
from tests.support.line import LINE, refusal
from tests.support.pictures import png
from tests.support.receivers import hook
from tests.support.scene import held_by, online

WITH_BODY = [each for each in ENDPOINTS if each.request]
INVITATION, TOKEN = invite(OLEG.id, bytes(SECRET_BYTES), datetime.now(UTC))
HOURS = {"week": [[{"start": "09:00", "end": "18:00"}]] * 7, "exceptions": []}
FILE = {"name": "photo.png", "size": 2000, "type": "image/png"}
GOOD: dict[str, dict[str, Any]] = {
    "/widget/bootstrap": {"inbox": "demo"},
    "/widget/refresh": {"refresh_token": "f.1.x"},
    "/widget/send": {"client_id": "client-1", "body": "Да"},
    "/widget/mark_read": {"conversation_id": "talk", "seq": 0},
    "/widget/poll": {"after": 0},
    "/widget/history": {"before": 1},
    "/panel/sign_in": {"email": "a@x.example", "password": "x"},
    "/panel/refresh": {"refresh_token": "f.1.x"},
    "/panel/presence": {"presence": "away"},
    "/panel/conversations/{conversation_id}/messages": {"client_id": "client-1", "body": "Да"},
    "/panel/conversations/{conversation_id}/mark_read": {"in_count": 0},
    "/panel/conversations/{conversation_id}/transfer_to_branch": {"branch_id": "msk"},
    "/panel/conversations/{conversation_id}/transfer_to_operator": {"operator_id": "elena"},
    "/panel/conversations/{conversation_id}/priority": {"priority": "high"},
    "/panel/conversations/{conversation_id}/contact": {"name": "Иван"},
    "/panel/conversations/{conversation_id}/attachments": FILE,
    "/widget/attachment": FILE,
    "/widget/offline_request": {
        "client_id": "client-1",
        "name": "Иван",
        "body": "Перезвоните",
        "email": "ivan@x.example",
    },
    "/widget/end": {"conversation_id": "talk"},
    "/widget/identify": {"name": "Вера"},
    "/widget/rate": {"conversation_id": "talk", "scale": "stars", "score": 5},
    "/panel/invitation": {"token": TOKEN},
    "/panel/join": {
        "token": TOKEN,
        "name": "Первый",
        "password": "a long password",
    },
    "/settings/operators": {
        "name": "Павел",
        "email": "pavel@x.example",
        "role": "operator",
        "branch_id": "ekb",
        "capacity": 5,
    },
    "/settings/operators/{operator_id}": {
        "name": "Олег",
        "email": "oleg@x.example",
        "role": "operator",
        "branch_id": "ekb",
        "capacity": 5,
    },
    "/settings/operators/{operator_id}/photo": {"image": b64encode(png()).decode()},
    "/settings/branches": {
        "name": "Пермь",
        "time_zone": "Asia/Yekaterinburg",
        "neighbours": ["msk"],
        "hours": HOURS,
    },
    "/settings/branches/{branch_id}": {"name": "Пермь", "neighbours": ["msk"], "hours": HOURS},
    "/settings/default_branch": {"branch_id": "msk"},
    "/settings/rules": {"scope": "country", "place": "DE", "branch_id": "msk"},
    "/settings/route_test": {"inbox_id": "demo", "address": "95.167.0.1"},
    "/settings/hours_preview": {"branch": {"time_zone": "UTC", "hours": HOURS}},
    "/settings/inboxes": {"name": "Магазин", "escalate_after": 60, "members": ["anna"]},
    "/settings/inboxes/{inbox_id}": {
        "name": "Магазин",
        "alert_after": 60,
        "hours": HOURS,
        "offline_text": {"ru": "Мы спим"},
        "allowed_domains": [],
        "features": {"realtime": True},
        "captcha": "altcha",
        "auto_reply": {"on": True, "ru": "Сейчас посмотрю."},
    },
    "/settings/inboxes/{inbox_id}/photo": {"image": b64encode(png()).decode()},
    "/panel/inboxes/{inbox_id}/webhooks": {
        "url": "https://receiver.example/",
        "events": ["message.in"],
    },
    "/panel/inboxes/{inbox_id}/webhooks/{webhook_id}": {"url": "https://receiver.example/"},
}
"""A body without fault for each route that takes one."""


class Asked:
    """Somebody with a token for each kind of route, and a conversation to speak of."""

    def __init__(self) -> None:
        self.guest = held_by(ANNA)
        online(ELENA)
        hook()
        invitations.save(INVITATION)

    def send(self, endpoint: Endpoint, body: object) -> Answer:
        who = may_use(endpoint.path)
        token = {"visitor": self.guest.token, "operator": bearer(who), None: None}[endpoint.bearer]
        guest = held_by(ANNA) if "/transfer" in endpoint.path else self.guest
        path = path_of(endpoint, guest.conversation_id)
        return request(endpoint.method, path, body, token)


@pytest.fixture
def asked() -> Asked:
    return Asked()


def faults(good: dict[str, Any], may_lack: frozenset[str]) -> Iterator[tuple[str, object]]:
    yield "array", [good]
    yield "null", b"null"
    yield "string", b'"text"'
    yield "number", b"7"
    yield "unknown field", good | {"is_admin": True}
    for field, value in good.items():
        if field not in may_lack:
            yield f"without {field}", {k: v for k, v in good.items() if k != field}
            yield f"{field}=null", good | {field: None}
        for wrong in ({"$ne": ""}, [value], True, 1.5, "" if isinstance(value, int) else 7):
            yield f"{field}={wrong!r}", good | {field: wrong}
        if isinstance(value, str):
            yield f"{field} is blank", good | {field: ""}
        else:
            for wrong in (-1, 2**31 + 1, 10**30):  # of a number, and of a list of names
                yield f"{field}={wrong}", good | {field: wrong}


NOT_JSON = [b"{", b"nonsense", b"{'a': 1}", b"{a: 1}", b'{"', b"NaN", b"\xff\xfe", b"\x00{}"]


def test_a_good_body_is_known_for_each_route_that_takes_one(asked: Asked) -> None:
    assert {each.path for each in WITH_BODY} == set(GOOD)
    for endpoint in WITH_BODY:
        answer = asked.send(endpoint, GOOD[endpoint.path])
        # There is no conversation "talk"; the body is good all the same.
        assert answer.status in (endpoint.status, 401, 404), (endpoint.path, answer)


def test_every_fault_in_a_body_is_a_400_that_says_so(asked: Asked) -> None:
    for endpoint in WITH_BODY:
        for fault, body in faults(GOOD[endpoint.path], _optional(endpoint)):
            answer = asked.send(endpoint, body)
            where = (endpoint.path, fault, answer)
            assert answer.status == 400, where
            assert answer.error == "invalid", where


def _optional(endpoint: Endpoint) -> frozenset[str]:
    """What a request of this route need not have."""
    assert endpoint.request
    fields = msgspec.structs.fields(endpoint.request)
    return frozenset(each.name for each in fields if not each.required)


def test_what_is_not_json_is_bad_json(asked: Asked) -> None:
    for endpoint in WITH_BODY:
        for raw in NOT_JSON:
            answer = asked.send(endpoint, raw)
            assert (answer.status, answer.error) == (400, "bad_json"), (endpoint.path, raw, answer)


def test_more_than_64_kilobytes_are_too_large(asked: Asked) -> None:
    for endpoint in WITH_BODY:
        for raw in (b"x" * (MAX_BODY + 1), json.dumps({"body": "x" * MAX_BODY}).encode()):
            answer = asked.send(endpoint, raw)
            assert (answer.status, answer.error) == (413, "too_large"), endpoint.path


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"client_id": "client-1", "body": " \n"}, "body"),
        ({"client_id": "client-1", "body": "\x00"}, "body"),
        ({"client_id": "client-1", "body": "ж" * 4001}, "body"),
        ({"client_id": "short", "body": "Да"}, "client_id"),
        ({"client_id": "c" * 65, "body": "Да"}, "client_id"),
        ({"client_id": "client#1", "body": "Да"}, "client_id"),
        ({"client_id": "client-1", "body": "Да", "after": "1"}, "after"),
        ({"client_id": "client-1", "body": {"text": "Да"}}, "body"),
    ],
)
def test_the_faulty_field_of_a_message_is_named(
    asked: Asked, body: dict[str, object], field: str
) -> None:
    for path in ("/widget/send", "/panel/conversations/{conversation_id}/messages"):
        endpoint = next(each for each in WITH_BODY if each.path == path)
        answer = asked.send(endpoint, body)
        assert (answer.status, answer.error) == (400, "invalid")
        assert answer.body["error"]["field"] == field

    assert asked.guest.bodies() == ["Здравствуйте"]


def test_half_a_surrogate_pair_is_refused(asked: Asked) -> None:
    endpoint = next(each for each in WITH_BODY if each.path == "/widget/send")

    answer = asked.send(endpoint, b'{"client_id": "client-1", "body": "\\ud83d"}')

    assert (answer.status, answer.error) == (400, "bad_json")


@pytest.mark.parametrize("id", ["a" * 3000, "..%2F..", "%00", "a b", "C#x", "%F0%9F%92%A9"])
def test_an_id_that_cannot_be_one_is_not_found(id: str) -> None:
    if "#" in id:
        id = id.replace("#", "%23")
    for method, what in (("POST", "open"), ("POST", "take"), ("GET", "messages")):
        answer = request(method, f"/panel/conversations/{id}/{what}", b"", bearer(ANNA))
        assert (answer.status, answer.error) == (404, "not_found"), what


def test_an_unforeseen_error_has_the_same_shape_and_tells_nothing(
    asked: Asked, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("a secret of the database")

    monkeypatch.setattr(visitors, "news", broken)

    answer = asked.guest.poll()

    assert (answer.status, answer.error) == (500, "internal")
    assert "secret" not in json.dumps(answer.body)
    assert "ZeroDivisionError" in caplog.text


def test_a_database_that_refuses_is_a_503_and_nothing_is_lost(asked: Asked) -> None:
    with LINE.through(lambda call, go: refusal("AccessDeniedException", message="no")):
        answers = [asked.guest.poll(), asked.guest.say("раз"), get("/health")]

    assert {(each.status, each.error) for each in answers} == {(503, "unavailable")}
    assert asked.guest.bodies() == ["Здравствуйте"]


def test_health_is_ok_while_every_part_answers() -> None:
    assert get("/health").body == {"status": "ok"}


def test_every_refusal_has_a_code_that_the_contract_knows() -> None:
    refusals: list[type[errors.Refusal]] = [errors.Refusal, *errors.Refusal.__subclasses__()]
    known = set(wire.ErrorCode.__args__)  # type: ignore[attr-defined]

    assert len(refusals) > 8
    assert {each.code for each in refusals} <= known


def test_a_wrong_token_is_refused_before_the_body_is_looked_at() -> None:
    answer = post("/widget/send", b"nonsense", "nonsense")

    assert (answer.status, answer.error) == (401, "unauthorized")
