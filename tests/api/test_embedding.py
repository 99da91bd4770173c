"""An inbox with allowed domains speaks to pages of those only."""

from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from chalicelib import wire_frames
from chalicelib.store import organisation, settled
from tests.support.company import INBOX
from tests.support.door import Answer, post
from tests.support.scene import Guest, begun, client_id
from tests.support.sockets import Socket

SHOP = {"origin": "https://shop.example"}
EVIL = {"origin": "https://evil.example"}
PAGES = ({"Origin": "https://shop.example"}, {}, {"Origin": "https://evil.example"})


@pytest.fixture(autouse=True)
def _own_site_only() -> Iterator[None]:
    organisation.save_inbox(replace(INBOX, allowed_domains=("shop.example",)))
    settled.clear()
    yield
    settled.clear()


def bootstrap(headers: dict[str, str]) -> Answer:
    return post("/widget/bootstrap", {"inbox": INBOX.id}, headers=headers)


def calls(token: str, refresh: str) -> dict[str, tuple[object, str | None]]:
    """Each route of a visitor: a body that it takes, and whose token."""
    return {
        "/widget/send": ({"client_id": client_id(), "body": "Здравствуйте"}, token),
        "/widget/poll": ({"after": 0}, token),
        "/widget/history": ({"before": 9}, token),
        "/widget/socket_ticket": ({}, token),
        "/widget/refresh": ({"refresh_token": refresh}, None),
    }


def test_its_own_page_is_let_in_everywhere() -> None:
    welcome = bootstrap(SHOP)

    assert welcome.status == 200
    for path, (body, token) in calls(*tokens_of(welcome)).items():
        answer = post(path, body, token, headers=SHOP)
        assert answer.status in (200, 201), (path, answer)


@pytest.mark.parametrize("headers", [EVIL, {}, {"origin": "null"}])
def test_another_page_is_let_in_nowhere(headers: dict[str, str]) -> None:
    welcome = bootstrap(SHOP)

    answers = {
        path: post(path, body, token, headers=headers)
        for path, (body, token) in calls(*tokens_of(welcome)).items()
    }

    answers["/widget/bootstrap"] = bootstrap(headers)
    assert {(each.status, each.error) for each in answers.values()} == {(403, "forbidden")}


def test_a_socket_is_refused_where_its_page_is_not_allowed() -> None:
    token, _ = tokens_of(bootstrap(SHOP))
    tickets = [
        post("/widget/socket_ticket", {}, token, headers=SHOP).body["ticket"] for _ in range(3)
    ]

    opened = [
        Socket(f"page-{index}", wire_frames.VisitorFrame).connect(ticket, headers)
        for index, (ticket, headers) in enumerate(zip(tickets, PAGES, strict=True))
    ]

    assert opened == [200, 403, 403]


def tokens_of(welcome: Answer) -> tuple[str, str]:
    return welcome.body["visitor_token"], welcome.body["refresh_token"]


def test_who_talks_already_is_stopped_when_the_page_is_no_longer_allowed() -> None:
    organisation.save_inbox(INBOX)
    settled.clear()
    guest: Guest = begun()
    assert guest.say("Добрый день").status == 201

    organisation.save_inbox(replace(INBOX, allowed_domains=("*.shop.example",)))
    settled.clear()

    assert guest.say("Добрый день").error == "forbidden"
