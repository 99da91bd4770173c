"""Whose address the application believes, with CloudFront in front of it or not."""

import pytest

from chalicelib.api import caller
from chalicelib.gateways import secrets
from tests.support.company import ELENA
from tests.support.door import post
from tests.support.environment import ORIGIN_SECRET
from tests.support.geoip import MOSCOW, YEKATERINBURG
from tests.support.scene import Guest, act

EDGE = "130.176.0.9"
FROM_EDGE = {"x-messenger-origin": ORIGIN_SECRET}


@pytest.mark.parametrize(
    ("claimed", "believed"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2a02:6b8::feed:0ff", "2a02:6b8::feed:ff"),
        ("2A02:06B8:0:0:0:0:FEED:00FF", "2a02:6b8::feed:ff"),
    ],
)
def test_the_viewers_address_is_believed_with_the_origins_secret(
    claimed: str, believed: str
) -> None:
    headers = FROM_EDGE | {"x-messenger-viewer": claimed}

    assert caller.address(headers, EDGE) == believed


@pytest.mark.parametrize(
    "shown",
    ["", "x", ORIGIN_SECRET[:-1], ORIGIN_SECRET + "x", ORIGIN_SECRET.upper(), "пароль", "\udcff"],
)
def test_without_the_right_secret_the_callers_own_address_counts(shown: str) -> None:
    headers = {"x-messenger-viewer": MOSCOW, "x-messenger-origin": shown}

    assert caller.address(headers, EDGE) == EDGE


def test_without_a_secret_in_the_deployment_nobody_is_believed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(secrets, "origin_secret", lambda: None)

    assert caller.address({"x-messenger-viewer": MOSCOW, "x-messenger-origin": ""}, EDGE) == EDGE
    assert caller.address(FROM_EDGE | {"x-messenger-viewer": MOSCOW}, EDGE) == EDGE


@pytest.mark.parametrize(
    "claimed",
    ["", "nonsense", "1.2.3", "1.2.3.4, 5.6.7.8", "256.1.1.1", "01.2.3.4", "1.2.3.4:443", " ::1 x"],
)
def test_a_malformed_address_is_nobodys(claimed: str) -> None:
    assert caller.address(FROM_EDGE | {"x-messenger-viewer": claimed}, EDGE) == EDGE


def test_forwarded_for_is_never_read() -> None:
    headers = {"x-forwarded-for": MOSCOW, "forwarded": f"for={MOSCOW}", "x-real-ip": MOSCOW}

    assert caller.address(headers, EDGE) == EDGE
    assert caller.address(headers | FROM_EDGE, EDGE) == EDGE


def test_a_visitor_behind_the_edge_is_routed_by_their_own_region() -> None:
    behind = FROM_EDGE | {"X-Messenger-Viewer": MOSCOW}
    pretending = {"X-Messenger-Viewer": MOSCOW, "X-Messenger-Origin": "a guess"}

    assert _rule_for(EDGE, behind) == "RU-MOW"
    assert _rule_for(YEKATERINBURG, pretending) == "RU-SVE"


def _rule_for(address: str, headers: dict[str, str]) -> object:
    """The region rule that claims a visitor who arrives like this."""
    arrived = post("/widget/bootstrap", {"inbox": "demo"}, address=address, headers=headers).body
    guest = Guest(arrived["visitor_token"], arrived["refresh_token"])
    assert guest.say().status == 201
    return act(ELENA, guest, "open").body["evidence"]["rule"]


HOST = {"x-messenger-host": "chat.example.com", "host": "api.example"}


def test_behind_the_edge_the_deployment_is_where_the_viewer_asked_for_it() -> None:
    assert caller.root(FROM_EDGE | HOST) == "https://chat.example.com"


@pytest.mark.parametrize(
    ("more", "root"),
    [
        ({}, "http://api.example"),
        ({"x-forwarded-proto": "https"}, "https://api.example"),
        ({"x-messenger-origin": "guessed"}, "http://api.example"),
    ],
)
def test_called_directly_the_deployment_is_what_was_called(more: dict[str, str], root: str) -> None:
    assert caller.root(HOST | more) == root
