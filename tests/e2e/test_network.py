"""Bad networks lose nothing and repeat nothing."""

import json
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Page, Route, WebSocketRoute, expect

from infra.local.harness import Stack
from tests.e2e.people import MOSCOW, MOST_SAID, Operator, Visitor


def test_what_is_said_while_a_socket_is_dead_arrives_without_gap_or_duplicate(
    browser: Browser, stack: Stack
) -> None:
    operator = Operator.sign_in(browser, stack.url, "maria")
    visitor = Visitor.arrive(browser, stack.url, MOSCOW).open_widget()
    visitor.say("Раз")
    operator.open("Раз")

    visitor.page.context.set_offline(True)
    operator.say("Два")
    operator.say("Три")
    assert visitor.texts() == ["1"]
    visitor.page.context.set_offline(False)

    expect(visitor.message("Три")).to_be_visible(timeout=30_000)
    assert visitor.texts() == ["1", "2", "3"]
    visitor.say("Четыре")
    expect(operator.message("Четыре")).to_be_visible()


def test_a_socket_that_is_cut_again_and_again_is_replaced(browser: Browser, stack: Stack) -> None:
    operator = Operator.sign_in(browser, stack.url, "maria")
    cut: list[WebSocketRoute] = []
    visitor = Visitor.arrive(browser, stack.url, MOSCOW)
    visitor.page.route_web_socket("**/ws?*", lambda socket: cut.append(_through(socket)))
    visitor.page.reload()
    visitor.open_widget().say("Связь")
    operator.open("Связь")

    for number in range(3):
        expect(visitor.page.get_by_test_id("status")).to_have_attribute(
            "data-state", "live", timeout=30_000
        )
        cut.pop().close()
        operator.say(f"Ответ {number}")
        expect(visitor.message(f"Ответ {number}")).to_be_visible(timeout=30_000)

    assert visitor.texts() == ["1", "2", "3", "4"]


def test_what_comes_after_the_first_file_may_come_late(browser: Browser, stack: Stack) -> None:
    operator = Operator.sign_in(browser, stack.url, "maria")
    visitor = Visitor.arrive(browser, stack.url, MOSCOW)
    visitor.page.route("**/widget/soon-*.js", lambda route: route.abort())
    visitor.open_widget().say("Без линии")
    operator.open("Без линии")
    operator.say("Слышу")

    visitor.page.unroute("**/widget/soon-*.js")

    expect(visitor.message("Слышу")).to_be_visible(timeout=30_000)
    assert visitor.texts() == ["1", "2"]


def test_what_is_written_while_the_server_is_unreachable_survives_a_reload_and_is_sent_once(
    browser: Browser, stack: Stack
) -> None:
    operator = Operator.sign_in(browser, stack.url, "maria")
    visitor = Visitor.arrive(browser, stack.url, MOSCOW)
    wire = Wire.of(visitor.page)
    visitor.open_widget().say("Первое")
    visitor.page.route("**/api/widget/send", lambda route: route.abort())
    wire.deaf = True
    expect(visitor.write("Второе")).not_to_have_attribute("data-state", "sent")
    visitor.write("Третье")

    visitor.page.reload()
    wire.deaf = False
    visitor.page.unroute("**/api/widget/send")
    if not visitor.page.get_by_test_id("dialog").is_visible():
        visitor.page.get_by_test_id("launcher").click()

    expect(visitor.message("Третье")).to_have_attribute("data-state", "sent", timeout=30_000)
    assert visitor.texts() == ["1", "2", "3"]
    operator.open("Третье")
    assert operator.texts() == ["1", "2", "3"]


def test_a_lost_reply_to_a_stored_message_does_not_store_it_twice(
    browser: Browser, stack: Stack
) -> None:
    visitor = Visitor.arrive(browser, stack.url, MOSCOW)
    visitor.page.route_web_socket("**/ws?*", lambda socket: socket.close())
    visitor.open_widget().say("Начнём")
    lost: list[str] = []

    def swallow(route: Route) -> None:
        if lost:
            route.continue_()
            return
        answer = route.fetch()
        lost.append(json.loads(answer.text())["message"]["id"])
        route.abort()

    visitor.page.route("**/api/widget/send", swallow)
    bubble = visitor.write("Только раз")

    expect(bubble).to_have_attribute("data-state", "sent", timeout=30_000)
    assert lost, "the reply was not lost"
    assert visitor.texts() == ["1", "2"]


def test_over_an_open_socket_texts_replies_and_read_marks_need_no_request(
    browser: Browser, stack: Stack
) -> None:
    operator = Operator.sign_in(browser, stack.url, "maria")
    visitor = Visitor.arrive(browser, stack.url, MOSCOW)
    asked: list[str] = []
    for page in (operator.page, visitor.page):
        page.on("request", lambda request: asked.append(f"{request.method} {request.url}"))
    visitor.open_widget()
    expect(visitor.page.get_by_test_id("status")).to_have_attribute("data-state", "live")

    visitor.say("По сокету")
    operator.open("По сокету")
    visitor.say("И это")
    expect(operator.message("И это")).to_be_visible()
    operator.say("И ответ")
    expect(visitor.message("И ответ")).to_be_visible()

    said = ("/send", "/messages", "/mark_read")
    assert [each for each in asked if each.startswith("POST") and each.endswith(said)] == []


def test_what_is_said_over_a_silent_socket_is_sent_once(browser: Browser, stack: Stack) -> None:
    """Calls are heard and their answers lost, then not even heard: ten seconds, and a request."""
    operator = Operator.sign_in(browser, stack.url, "maria")
    visitor = Visitor.arrive(browser, stack.url, MOSCOW)
    panel, widget = Wire.of(operator.page), Wire.of(visitor.page)
    operator.page.reload()
    visitor.open_widget().say("Тишина")
    operator.open("Тишина")

    said = 1
    for lost in ("mute", "deaf"):
        for wire, writing in ((widget, visitor), (panel, operator)):
            said += _until_over_the_socket(wire, writing)
            setattr(wire, lost, True)
            before = len(wire.calls)
            bubble = writing.write(f"{lost} {said}.")
            expect(bubble).to_have_attribute("data-state", "sent", timeout=30_000)
            setattr(wire, lost, False)
            assert len(wire.calls) > before, "it did not go over the socket"
            said += 1

    for each in (visitor, operator):
        expect(each.page.get_by_test_id("message")).to_have_count(said, timeout=30_000)
        assert each.texts() == [str(seq) for seq in range(1, said + 1)]


def test_an_expired_session_asks_to_sign_in_again_and_keeps_the_draft(
    browser: Browser, stack: Stack
) -> None:
    operator = Operator.sign_in(browser, stack.url, "maria")
    visitor = Visitor.arrive(browser, stack.url, MOSCOW).open_widget()
    visitor.say("Вопрос про черновик")
    operator.open("Вопрос про черновик")
    operator.page.get_by_test_id("composer").fill("Недописанный отв")
    entered: list[str] = []

    def ended(route: Route) -> None:
        """Every request is refused until somebody signs in."""
        if route.request.url.endswith("/sign_in"):
            entered.append(route.request.url)
        if entered:
            route.continue_()
        else:
            refused = {"error": {"code": "unauthorized", "message": "expired"}}
            route.fulfill(status=401, json=refused)

    operator.page.route("**/api/panel/**", ended)

    operator.page.get_by_test_id("presence").click()
    operator.page.get_by_test_id("presence-away").click()  # by a request, as lists are not
    expect(operator.page.get_by_test_id("sign-in-password")).to_be_visible()
    operator.page.get_by_test_id("sign-in-password").fill("messenger-demo")
    operator.page.get_by_test_id("sign-in-submit").click()

    expect(operator.page.get_by_test_id("composer")).to_have_value("Недописанный отв")


def _until_over_the_socket(wire: "Wire", writing: Visitor | Operator) -> int:
    """Writes until a message goes over the socket, which may just be replaced; how many."""
    for number in range(1, MOST_SAID):
        before = len(wire.calls)
        writing.say(f"{type(writing).__name__}, слышно? {len(wire.calls)}.{number}.")
        if len(wire.calls) > before:
            return number
    raise AssertionError("nothing goes over the socket")


@dataclass
class Wire:
    """A page's sockets. `deaf`: no call gets through; `mute`: no answer does."""

    deaf: bool = False
    mute: bool = False
    calls: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, page: Page) -> "Wire":
        """For the sockets that the page opens from now on."""
        wire = cls()
        page.route_web_socket("**/ws?*", wire._carry)
        return wire

    def _carry(self, client: WebSocketRoute) -> None:
        server = client.connect_to_server()

        def said(text: str | bytes) -> None:
            if json.loads(text)["type"] == "call":
                self.calls.append(str(text))
                if self.deaf:
                    return
            server.send(text)

        def answered(text: str | bytes) -> None:
            if json.loads(text)["type"] != "answer" or not self.mute:
                client.send(text)

        client.on_message(said)
        server.on_message(answered)


def _through(socket: WebSocketRoute) -> WebSocketRoute:
    socket.connect_to_server()
    return socket
