"""No token, a forged one, an old one, somebody else's: every guarded route answers 401."""

import base64
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest

from chalicelib.api import tokens
from chalicelib.api.endpoint import ENDPOINTS
from chalicelib.domain.contact import Visitor
from chalicelib.store import contacts
from tests.support.company import ANNA
from tests.support.door import Answer, bearer, path_of, request
from tests.support.environment import SECRET
from tests.support.people import contact, operator, visitor

GUARDED = [each for each in ENDPOINTS if each.bearer]
AUDIENCES = {"visitor": "visitor", "operator": "panel"}
OPEN_TO_ALL = {
    "POST /widget/bootstrap",
    "POST /widget/refresh",
    "POST /panel/sign_in",
    "POST /panel/refresh",
    "POST /panel/invitation",
    "POST /panel/join",
    "GET /health",
}
VISITOR = Visitor(contact_id="vera", inbox_id="demo")


def claims(audience: str, **changes: Any) -> dict[str, Any]:
    now = datetime.now(UTC)
    good = {
        "iss": "messenger",
        "aud": audience,
        "sub": "vera" if audience == "visitor" else "anna",
        "iat": now,
        "exp": now + timedelta(minutes=5),
        "inbox": "demo",
        "epoch": 0,
    }
    return {name: value for name, value in (good | changes).items() if value is not None}


def signed(audience: str, key: str = SECRET, algorithm: str = "HS256", **changes: Any) -> str:
    return jwt.encode(claims(audience, **changes), key, algorithm=algorithm)


def unsigned(audience: str) -> str:
    def part(value: object) -> str:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")

    facts = claims(audience) | {"iat": 1, "exp": 2**33}
    return f"{part({'alg': 'none', 'typ': 'JWT'})}.{part(facts)}."


def ago(**passed: float) -> datetime:
    return datetime.now(UTC) - timedelta(**passed)


FORGERIES: dict[str, Callable[[str], str]] = {
    "nonsense": lambda _: "nonsense",
    "not ascii": lambda _: "ключ",
    "alg=none": unsigned,
    "another key": lambda audience: signed(audience, key="another key of at least 32 bytes!"),
    "another algorithm": lambda audience: signed(audience, key=SECRET * 2, algorithm="HS512"),
    "HS512 with our key": lambda audience: signed(audience, algorithm="HS512"),
    "expired": lambda audience: signed(audience, exp=ago(seconds=1)),
    "without an end": lambda audience: signed(audience, exp=None),
    "without a subject": lambda audience: signed(audience, sub=None),
    "without an audience": lambda audience: signed(audience, aud=None),
    "another issuer": lambda audience: signed(audience, iss="somebody"),
    "tampered": lambda audience: signed(audience)[:-3] + "AAA",
    "a ticket": lambda audience: (
        tokens.visitor_ticket(VISITOR, "jti", datetime.now(UTC))
        if audience == "visitor"
        else tokens.operator_ticket(ANNA, "jti", datetime.now(UTC))
    ),
    "the other audience": lambda audience: bearer(ANNA if audience == "visitor" else VISITOR),
}


def asked(endpoint: Any, headers: dict[str, str]) -> Answer:
    path = path_of(endpoint)
    return request(endpoint.method, path, {}, headers=headers)


def test_only_these_routes_are_open_to_all() -> None:
    assert {f"{e.method} {e.path}" for e in ENDPOINTS if not e.bearer} == OPEN_TO_ALL
    assert len(GUARDED) > 10


@pytest.mark.parametrize("forgery", FORGERIES.values(), ids=FORGERIES)
def test_a_worthless_token_is_refused_on_every_guarded_route(
    forgery: Callable[[str], str], recwarn: pytest.WarningsRecorder
) -> None:
    for endpoint in GUARDED:
        token = forgery(AUDIENCES[str(endpoint.bearer)])
        answer = asked(endpoint, {"Authorization": f"Bearer {token}"})
        assert (answer.status, answer.error) == (401, "unauthorized"), endpoint.path


@pytest.mark.parametrize("headers", [{}, {"Authorization": ""}, {"Authorization": "Bearer "}])
def test_without_a_token_every_guarded_route_is_closed(headers: dict[str, str]) -> None:
    for endpoint in GUARDED:
        answer = asked(endpoint, headers)
        assert (answer.status, answer.error) == (401, "unauthorized"), endpoint.path


def test_a_good_token_in_another_scheme_or_place_is_none() -> None:
    for endpoint in GUARDED:
        good = signed(AUDIENCES[str(endpoint.bearer)])
        for headers in ({"Authorization": f"Basic {good}"}, {"Authorization": good}):
            assert asked(endpoint, headers).status == 401
        path = path_of(endpoint)
        assert request(endpoint.method, f"{path}?token={good}", {}).status == 401


def test_the_forgeries_are_refused_for_their_fault_alone() -> None:
    contacts.add(contact("vera"))
    for endpoint in sorted(GUARDED, key=lambda each: each.path == "/panel/sign_out"):
        good = signed(AUDIENCES[str(endpoint.bearer)])
        for header in ("Authorization", "authorization"):
            assert asked(endpoint, {header: f"bearer {good}"}).status != 401, endpoint.path
            if endpoint.path == "/panel/sign_out":
                break


def test_a_token_of_a_contact_who_does_not_exist_reads_nothing() -> None:
    token = bearer(visitor("nobody"))
    for path, body in (
        ("/widget/poll", {"after": 0}),
        ("/widget/history", {"before": 9}),
        ("/widget/send", {"client_id": "client-1", "body": "Да"}),
    ):
        assert request("POST", path, body, token).status == 401


def test_a_token_of_an_operator_who_does_not_exist_or_of_an_older_epoch_opens_nothing() -> None:
    for who in (operator("nobody"), operator("anna", session_epoch=-1)):
        for endpoint in GUARDED:
            if endpoint.bearer == "operator":
                token = bearer(who)
                assert asked(endpoint, {"Authorization": f"Bearer {token}"}).status == 401
