"""A panel that lists ten thousand conversations: what one live update costs its browser.

The built panel in Chromium, its server played from a table: no network and no server of ours in the
figure.
"""

import mimetypes
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from msgspec import Raw, json
from msgspec.structs import replace
from playwright.sync_api import (
    CDPSession,
    Page,
    Route,
    WebSocketRoute,
    expect,
    sync_playwright,
)

from chalicelib import present, wire, wire_frames
from chalicelib.domain.contact import Contact, Place
from chalicelib.domain.conversation import Conversation, started
from chalicelib.domain.message import Author, AuthorKind, Direction, Draft
from chalicelib.domain.operator import Operator
from tests.bench.handler import slowness
from tests.bench.report import Report
from tests.support.company import ELENA

CONVERSATIONS = 10_000
UPDATES = 100
ORIGIN = "http://panel.test"
DIST = Path("panel/dist")
BEGIN = datetime(2031, 5, 9, 12, tzinfo=UTC)


def measure(report: Report) -> None:
    """The mean over updates each of which brings an old conversation to the top of the list."""
    report.slowness = slowness()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ["CHROMIUM_PATH"], args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="ru-RU")
        desk = Desk(page)
        desk.sign_in()
        scripting = desk.cost(UPDATES)
        browser.close()
    report.time("live_update_of_10000", scripting * 1000, "ms", 16)


class Desk:
    """A supervisor at the panel, and the server that she believes in."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.talks = [_talk(number) for number in range(CONVERSATIONS)]
        self.sockets: list[WebSocketRoute] = []
        page.route(f"{ORIGIN}/**", self._serve)
        page.route_web_socket("**/socket*", self._connect)

    def sign_in(self) -> None:
        self.page.goto(f"{ORIGIN}/panel/")
        self.page.get_by_test_id("sign-in-email").fill(ELENA.email)
        self.page.get_by_test_id("sign-in-password").fill("whatever it is")
        self.page.get_by_test_id("sign-in-submit").click()
        self.page.get_by_test_id("tab-all").click()
        expect(self._top()).to_contain_text("Вопрос 0.")

    def cost(self, updates: int) -> float:
        """Seconds of scripting for one update."""
        metrics = self.page.context.new_cdp_session(self.page)
        metrics.send("Performance.enable")
        self._update(CONVERSATIONS - 1)  # the first one compiles
        before = _scripting(metrics)
        for number in range(updates):
            self._update(CONVERSATIONS // 2 + number)
        return (_scripting(metrics) - before) / updates

    def _update(self, number: int) -> None:
        """An old conversation has news, and stands at the top."""
        talk = self.talks[number]
        at = BEGIN + timedelta(hours=1, seconds=talk.rev + number)
        words = f"Новость {number}."
        news = replace(talk, rev=talk.rev + 1, seq=2, last_snippet=words, activity_at=at)
        frame = wire_frames.ConversationFrame(conversation=present.for_operator(news, ELENA))
        self.sockets[-1].send(json.encode(frame).decode())
        expect(self.page.get_by_text(words)).to_be_visible()

    def _top(self) -> Any:
        return self.page.get_by_test_id("conversation-row").first

    def _connect(self, socket: WebSocketRoute) -> None:
        self.sockets.append(socket)
        socket.on_message(lambda said: socket.send(_heard(json.decode(said))))

    def _serve(self, route: Route) -> None:
        asked = urlsplit(route.request.url)
        if asked.path.startswith("/api/"):
            answer = self._answer(asked.path.removeprefix("/api/panel/"), parse_qs(asked.query))
            route.fulfill(body=json.encode(answer), content_type="application/json")
            return
        file = DIST / (asked.path.removeprefix("/panel/") or "index.html")
        if file.is_file():
            route.fulfill(body=file.read_bytes(), content_type=mimetypes.guess_type(file)[0] or "")
        else:
            route.fulfill(status=404)

    def _answer(self, path: str, query: dict[str, list[str]]) -> Any:
        if path in {"sign_in", "refresh"}:
            return wire.Session(access_token="a", refresh_token="r", operator=_shown(ELENA))
        if path == "socket_ticket":
            return wire.Ticket(ticket="t", url="ws://panel.test/socket")
        if path == "directory":
            return wire.Directory(branches=[], inboxes=[], operators=[])
        if path == "lists":
            return wire.Lists(mine=_page([]), queue=_page([]))
        if path == "conversations":
            return _page(self.talks if query["tab"] == ["all"] else [])
        return wire.Nothing()


def _heard(said: dict[str, Any]) -> str:
    """A pong; or, to a call, that its answer is too large for a frame: it is asked by a request."""
    if said["type"] != "call":
        return json.encode(wire_frames.PongFrame(conversations=[], gone={}, list_rev=1)).decode()
    refusal = Raw(b'{"error": {"code": "too_large", "message": "By REST."}}')
    return json.encode(wire_frames.AnswerFrame(id=said["id"], status=413, body=refusal)).decode()


def _page(talks: list[Conversation]) -> wire.ConversationList:
    shown = [present.for_operator(each, ELENA) for each in talks]
    return wire.ConversationList(items=shown, next=None, list_rev=1)


def _talk(number: int) -> Conversation:
    """The lower the number, the newer."""
    at = BEGIN - timedelta(seconds=number)
    contact = Contact(
        id=f"contact-{number}",
        inbox_id="demo",
        name=None,
        place=Place(country="RU", subdivision="RU-SVE"),
        conversation_id=None,
        created_at=at,
    )
    draft = Draft(
        client_id=f"client-{number:06}",
        author=Author(kind=AuthorKind.VISITOR, id=contact.id, name=""),
        direction=Direction.IN,
        body=f"Вопрос {number}.",
        at=at,
    )
    return started(contact, "ekb", draft.numbered(f"talk-{number}", 1))


def _shown(operator: Operator) -> wire.Operator:
    return wire.Operator(
        id=operator.id,
        name=operator.name,
        email=operator.email,
        role="supervisor",
        branch_id=None,
        presence="online",
    )


def _scripting(metrics: CDPSession) -> float:
    """Seconds of scripting since the page began."""
    told = metrics.send("Performance.getMetrics")["metrics"]
    return float(next(each["value"] for each in told if each["name"] == "ScriptDuration"))
