"""An admin sets up a webhook in the panel; a receiver on loopback hears what visitors write."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from playwright.sync_api import Browser, Locator, Page, expect
from standardwebhooks.webhooks import Webhook

from chalicelib.store.settled import LIFE
from infra.local.harness import Stack
from tests.e2e.people import MOSCOW, Operator, Visitor

PATIENCE = 30


@dataclass
class Request:
    headers: dict[str, str]
    body: bytes

    @property
    def event(self) -> dict[str, object]:
        found: dict[str, object] = json.loads(self.body)
        return found


@dataclass
class Receiver:
    """Takes everything and remembers it."""

    url: str
    requests: list[Request] = field(default_factory=list)
    arrived: threading.Condition = field(default_factory=threading.Condition)

    def take(self, request: Request) -> None:
        with self.arrived:
            self.requests.append(request)
            self.arrived.notify_all()

    def heard(self, words: str) -> bool:
        return any(words in request.body.decode() for request in self.requests)

    def wait_for(self, number: int) -> list[Request]:
        """The requests, once there are so many."""
        with self.arrived:
            came = self.arrived.wait_for(lambda: len(self.requests) >= number, PATIENCE)
            assert came, f"{len(self.requests)} of {number} requests came"
            return list(self.requests)

    def wait_for_words(self, words: str) -> None:
        with self.arrived:
            assert self.arrived.wait_for(lambda: self.heard(words), PATIENCE), f"{words} never came"


@contextmanager
def receiving() -> Iterator[Receiver]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:  # the name that http.server calls
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(204)
            self.end_headers()
            receiver.take(Request(dict(self.headers), body))

        def log_message(self, *_: object) -> None:
            """Silence."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    receiver = Receiver(f"http://127.0.0.1:{server.server_port}/messenger")
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_webhook_that_an_admin_adds_gets_signed_events_and_the_screen_lists_them(
    browser: Browser, stack: Stack
) -> None:
    page = _settings(browser, stack)
    visitor = Visitor.arrive(browser, stack.url, MOSCOW).open_widget()
    with receiving() as receiver:
        secret = _add(page, receiver.url)

        visitor.say("Слышит ли меня CRM?")

        requests = receiver.wait_for(2)
    assert {request.event["type"] for request in requests} == {"conversation.created", "message.in"}
    for request in requests:
        assert Webhook(secret).verify(request.body, request.headers) == request.event
    page.get_by_test_id("webhook-deliveries").click()
    _lists_two_delivered(page)
    page.reload()
    _lists_two_delivered(page)
    page.go_back()
    expect(page.get_by_test_id("webhook")).to_contain_text(receiver.url)


def test_a_webhook_that_is_switched_off_hears_no_more(browser: Browser, stack: Stack) -> None:
    page = _settings(browser, stack)
    visitor = Visitor.arrive(browser, stack.url, MOSCOW).open_widget()
    with receiving() as one, receiving() as other:
        _add(page, one.url)
        _add(page, other.url)
        visitor.talk("Начало", lambda: one.heard("Начало") and other.heard("Начало"))

        with page.expect_response("**/webhooks/*"):
            _card(page, one).get_by_test_id("webhook-switch").click(force=True)
        expect(_card(page, one)).to_have_attribute("data-enabled", "false")
        everywhere = time.monotonic() + LIFE + 1
        visitor.talk("Переход", lambda: time.monotonic() > everywhere)
        for words in ("Слышит один", "Всё ещё один"):
            visitor.say(words)
            other.wait_for_words(words)

        assert not one.heard("один")


def test_a_webhook_is_edited_and_deleted(browser: Browser, stack: Stack) -> None:
    page = _settings(browser, stack)
    _add(page, "http://127.0.0.1:9/before")

    page.get_by_test_id("webhook-edit").last.click()
    page.get_by_test_id("webhook-url").fill("http://127.0.0.1:9/after")
    page.get_by_test_id("event-message.in").click()
    page.get_by_test_id("webhook-save").click()
    card = page.get_by_test_id("webhook").filter(has_text="/after")
    expect(card).not_to_contain_text("Сообщение посетителя")
    page.reload()
    expect(card).not_to_contain_text("Сообщение посетителя")
    card.get_by_test_id("webhook-delete").click()
    page.get_by_test_id("confirm").click()

    expect(card).to_have_count(0)
    page.reload()
    expect(page.get_by_test_id("webhook-add")).to_be_enabled()
    expect(card).to_have_count(0)


def test_an_address_that_the_server_refuses_is_told_at_the_field(
    browser: Browser, stack: Stack
) -> None:
    page = _settings(browser, stack)
    page.get_by_test_id("webhook-add").click()
    page.get_by_test_id("webhook-url").fill("https://example.com\\hidden")

    with page.expect_response("**/webhooks") as answer:
        page.get_by_test_id("webhook-save").click()

    assert answer.value.status == 400
    expect(page.get_by_test_id("webhook-url")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_test_id("webhook-url")).to_be_focused()


def test_only_admins_are_shown_the_settings(browser: Browser, stack: Stack) -> None:
    operator = Operator.sign_in(browser, stack.url, "maria")
    expect(operator.page.get_by_test_id("nav.conversations")).to_be_visible()
    expect(operator.page.get_by_test_id("nav.settings")).to_have_count(0)

    operator.page.evaluate("location.hash = '/settings/webhooks'")

    operator.page.wait_for_url("**/#/conversations")
    expect(operator.page.get_by_test_id("settings")).to_have_count(0)


def _settings(browser: Browser, stack: Stack) -> Page:
    page = Operator.sign_in(browser, stack.url, "admin").page
    page.get_by_test_id("nav.settings").click()
    page.get_by_test_id("settings-webhooks").click()
    expect(page.get_by_test_id("webhook-add")).to_be_enabled()
    return page


def _add(page: Page, url: str) -> str:
    """Adds a webhook for all events; its secret."""
    page.get_by_test_id("webhook-add").click()
    page.get_by_test_id("webhook-url").fill(url)
    page.get_by_test_id("webhook-save").click()
    secret = page.get_by_test_id("webhook-secret").inner_text()
    page.get_by_test_id("webhook-secret-done").click()
    expect(page.get_by_test_id("webhook").filter(has_text=url)).to_be_visible()
    return secret


def _card(page: Page, receiver: Receiver) -> Locator:
    return page.get_by_test_id("webhook").filter(has_text=receiver.url)


def _lists_two_delivered(page: Page) -> None:
    delivery = page.get_by_test_id("delivery")
    expect(delivery).to_have_count(2)
    for number in range(2):
        expect(delivery.nth(number)).to_have_attribute("data-status", "delivered")
        expect(delivery.nth(number)).to_contain_text("204")
