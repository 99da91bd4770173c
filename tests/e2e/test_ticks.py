"""Ticks: one when a message is stored, two when it was read; who watches leaves none."""

from playwright.sync_api import Browser, Locator, Page, expect

from infra.local.harness import Stack
from tests.e2e.people import MOSCOW, Operator, Visitor

HELD = 30_000
"""Milliseconds: longer than any mark is held back."""


def test_each_side_sees_what_the_other_has_read(browser: Browser, stack: Stack) -> None:
    maria = Operator.sign_in(browser, stack.url, "maria")
    visitor = Visitor.arrive(browser, stack.url, MOSCOW).open_widget()

    visitor.say("Где мой заказ?")
    expect(maria.row("Где мой заказ?")).to_be_visible()
    _has_one_tick(visitor.message("Где мой заказ?"), "Отправлено")
    maria.open("Где мой заказ?")
    _has_two_ticks(visitor.message("Где мой заказ?"))
    maria.say("Уже едет")
    _has_two_ticks(maria.message("Уже едет"))
    visitor.say("Спасибо")
    _has_two_ticks(visitor.message("Спасибо"))

    for page in (visitor.page, maria.page):
        page.reload()
    if not visitor.page.get_by_test_id("dialog").is_visible():
        visitor.page.get_by_test_id("launcher").click()
    _has_two_ticks(visitor.message("Спасибо"))
    _has_two_ticks(maria.message("Уже едет"))
    assert visitor.trouble == maria.trouble == []


def test_a_hidden_tab_has_read_nothing_until_it_is_looked_at(
    browser: Browser, stack: Stack
) -> None:
    maria = Operator.sign_in(browser, stack.url, "maria")
    visitor = Visitor.arrive(browser, stack.url, MOSCOW)
    visitor.page.clock.install()
    marks = _marks_of(visitor.page)
    visitor.open_widget()
    visitor.say("Я сейчас отойду")
    maria.open("Я сейчас отойду")

    _hides(visitor.page, hidden=True)
    maria.say("Вы ещё здесь?")
    expect(visitor.message("Вы ещё здесь?")).to_be_attached()
    visitor.page.clock.fast_forward(HELD)
    _has_one_tick(maria.message("Вы ещё здесь?"), "Отправлено")
    assert marks == []

    _hides(visitor.page, hidden=False)
    visitor.page.clock.fast_forward(HELD)
    _has_two_ticks(maria.message("Вы ещё здесь?"))
    assert len(marks) == 1


def test_a_supervisor_who_watches_leaves_no_tick_and_sees_those_of_both(
    browser: Browser, stack: Stack
) -> None:
    maria = Operator.sign_in(browser, stack.url, "maria")
    elena = Operator.sign_in(browser, stack.url, "elena")
    elena.page.clock.install()
    marks = _marks_of(elena.page)
    visitor = Visitor.arrive(browser, stack.url, MOSCOW).open_widget()
    visitor.say("Кто меня видит?")

    elena.page.get_by_test_id("tab-all").click()
    elena.open("Кто меня видит?")
    elena.page.clock.fast_forward(HELD)
    _has_one_tick(visitor.message("Кто меня видит?"), "Отправлено")
    assert marks == []

    maria.open("Кто меня видит?")
    _has_two_ticks(visitor.message("Кто меня видит?"))
    maria.say("Я вижу")
    _has_two_ticks(elena.message("Я вижу"))


def _has_one_tick(message: Locator, label: str) -> None:
    expect(message.get_by_role("img", name=label)).to_be_visible()
    expect(message.get_by_role("img", name="Прочитано")).to_have_count(0)


def _has_two_ticks(message: Locator) -> None:
    expect(message.get_by_role("img", name="Прочитано")).to_be_visible()


def _hides(page: Page, *, hidden: bool) -> None:
    page.evaluate(
        """(hidden) => {
            Object.defineProperty(document, "hidden", { configurable: true, value: hidden });
            document.dispatchEvent(new Event("visibilitychange"));
        }""",
        hidden,
    )


def _marks_of(page: Page) -> list[str]:
    """The read marks that this page tells, over sockets and by requests."""
    told: list[str] = []

    def note(text: str) -> None:
        if "mark_read" in text:
            told.append(text)

    page.on("websocket", lambda socket: socket.on("framesent", lambda sent: note(str(sent))))
    page.on("request", lambda request: note(request.url))
    return told
