"""Nothing that is theirs escapes anybody: sounds, notifications, badges, dividers."""

import re
from collections.abc import Callable

from playwright.sync_api import Browser, Page, expect

from infra.local.harness import Stack
from tests.e2e.people import MOSCOW, PETERSBURG, Operator, Visitor

RECORDED = """
  self.heard = 0;
  self.popped = [];
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (...at) {
    self.heard += 1;
    return start.apply(this, at);
  };
  self.Notification = class extends EventTarget {
    static permission = "granted";
    static requestPermission = async () => "granted";
    constructor(title, options) {
      super();
      self.popped.push({ title, ...options, click: () => this.onclick?.() });
    }
    close() {}
  };
  let focused = true;
  Document.prototype.hasFocus = () => focused;
  Object.defineProperty(Document.prototype, "hidden", { get: () => !focused });
  self.turn = (here) => {
    focused = here;
    dispatchEvent(new Event(here ? "focus" : "blur"));
    document.dispatchEvent(new Event("visibilitychange"));
  };
"""
"""What a browser would sound and show; `turn` looks away from the page and back."""

APART_MS = 600
"""Several sounds within this are one (`panel/src/alerts/watch.ts`)."""


def recorded(person: Operator | Visitor) -> Page:
    """The page anew and live, with what it sounds and shows noted; and touched, so that it may."""
    person.page.context.add_init_script(RECORDED)
    with person.page.expect_websocket():
        person.page.reload()
    return touched(person.page)


def touched(page: Page) -> Page:
    page.locator("h1, h2").first.click()
    return page


def heard(*pages: Page) -> int:
    return sum(page.evaluate("heard") for page in pages)


def popped(*pages: Page) -> list[str]:
    return [each for page in pages for each in page.evaluate("popped.map(({ title }) => title)")]


def look_away(*pages: Page) -> None:
    for page in pages:
        page.evaluate("turn(false)")


def until(page: Page, holds: Callable[[], bool]) -> None:
    """Waits for what stands in no element."""
    for _ in range(300):
        if holds():
            return
        page.wait_for_timeout(50)
    raise AssertionError("it never came true")


def until_heard(page: Page, holds: Callable[[], bool]) -> None:
    """And until the next one is no longer heard as one with it."""
    until(page, holds)
    page.wait_for_timeout(APART_MS)


def test_two_tabs_of_an_operator_sound_once_and_lead_to_the_conversation(
    browser: Browser, stack: Stack
) -> None:
    operator = Operator.sign_in(browser, stack.url, "maria")
    first = recorded(operator)
    second = operator.page.context.new_page()
    second.goto("/panel/")
    touched(second)
    expect(second.get_by_test_id("presence")).to_have_attribute("data-presence", "online")
    look_away(first, second)
    visitor = Visitor.arrive(browser, stack.url, MOSCOW).open_widget()

    visitor.say("Есть ли доставка?")

    for page in (first, second):
        expect(page.get_by_test_id("ring")).to_be_visible()
        expect(page.get_by_test_id("unread-total")).to_contain_text("1")
        expect(page).to_have_title("(1) Messenger")
        until_heard(page, lambda: heard(first, second) == 1)
    assert [title.partition(":")[0] for title in popped(first, second)] == ["Новый диалог"]
    expect(first.locator("link[rel=icon]")).to_have_attribute("href", re.compile("^data:image/png"))

    visitor.say("И сколько она стоит?")

    until(first, lambda: heard(first, second) == 2)
    assert len(popped(first, second)) == 2
    (speaker,) = (page for page in (first, second) if popped(page))
    speaker.evaluate("popped[0].click()")
    shown = speaker.get_by_test_id("message").filter(has_text="сколько она стоит")
    expect(shown).to_be_visible()


def test_an_operator_hears_of_what_they_do_not_look_at_and_as_they_choose(
    browser: Browser, stack: Stack
) -> None:
    operator = Operator.sign_in(browser, stack.url, "irina")
    page = recorded(operator)
    first = Visitor.arrive(browser, stack.url, PETERSBURG).open_widget()
    second = Visitor.arrive(browser, stack.url, PETERSBURG).open_widget()
    first.say("Первый вопрос")
    operator.open("Первый вопрос")
    until_heard(page, lambda: heard(page) == 1)
    before = heard(page)

    first.say("Он же")
    expect(operator.message("Он же")).to_be_visible()
    second.say("Второй вопрос")
    expect(operator.row("Второй вопрос")).to_have_attribute("data-unread", "1")

    until_heard(page, lambda: heard(page) > before)
    assert (heard(page), popped(page)) == (before + 1, [])

    look_away(page)
    first.say("Вы тут?")

    until(page, lambda: heard(page) == before + 2)
    assert [title.split()[0] for title in popped(page)] == ["Посетитель"]

    page.evaluate("turn(true)")
    page.get_by_test_id("alerts").click()
    page.get_by_test_id("alerts-test").click()
    until(page, lambda: heard(page) == before + 3)
    page.get_by_test_id("alerts-sound").uncheck()
    page.keyboard.press("Escape")
    second.say("Ещё один")
    expect(operator.row("Ещё один")).to_have_attribute("data-unread", "2")
    assert heard(page) == before + 3

    page.get_by_test_id("mark-unread").click()
    marked = operator.row("Вы тут?")
    expect(marked).to_have_attribute("data-unread", "1")
    expect(page.get_by_test_id("unread-total")).to_contain_text("3")
    page.reload()
    expect(marked).to_have_attribute("data-unread", "1")
    operator.open("Вы тут?")
    expect(marked).to_have_attribute("data-unread", "0")
    expect(page.get_by_test_id("unread-divider")).to_be_visible()
    assert operator.trouble == []


def test_a_visitor_hears_of_answers_behind_a_closed_widget_unless_it_is_muted(
    browser: Browser, stack: Stack
) -> None:
    operator = Operator.sign_in(browser, stack.url, "viktor")
    visitor = Visitor.arrive(browser, stack.url, PETERSBURG).open_widget()
    visitor.say("Когда откроетесь?")
    operator.open("Когда откроетесь?")
    page = recorded(visitor)
    shop, badge = page.title(), page.get_by_test_id("badge")

    operator.say("В девять")
    expect(badge).to_have_text("1")
    until(page, lambda: heard(page) == 1)
    look_away(page)
    operator.say("В воскресенье в десять")

    expect(page).to_have_title(f"(2) {shop}")
    until(page, lambda: heard(page) == 2)
    page.evaluate("turn(true)")
    expect(page).to_have_title(shop)
    page.get_by_test_id("launcher").click()
    divider = page.get_by_test_id("unread-divider")
    expect(divider).to_have_text("Новые сообщения")
    expect(page.locator("[data-testid=unread-divider] + *")).to_contain_text("В девять")

    page.get_by_test_id("mute").click()
    page.get_by_test_id("close").click()
    operator.say("Ждём вас")
    expect(badge).to_have_text("1")
    page.get_by_test_id("launcher").click()
    page.get_by_test_id("mute").click()
    page.get_by_test_id("close").click()
    operator.say("До встречи")

    until(page, lambda: heard(page) == 3)
    assert visitor.trouble == []
