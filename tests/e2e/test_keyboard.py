"""All by the keyboard alone: where the focus is can always be seen, and it is never lost."""

from playwright.sync_api import Browser, Page, expect

from infra.local import demo_data
from infra.local.harness import Stack
from tests.e2e.desk import Desk
from tests.e2e.people import MOSCOW, Operator, Visitor

MOST_STOPS = 40

FOCUSED = """() => {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  if (!at || at === document.body) return null;
  const ringed = (one) => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
    const over = getComputedStyle(one, "::after");
    const ring = over.content !== "none" && over.borderTopStyle === "solid";
    return ring || (outlineStyle !== "none" && outlineWidth !== "0px") || boxShadow !== "none";
  };
  // A field has its caret; a radio button lies unseen in its label, which has the ring.
  const written = at.matches("textarea, input:not([type=radio], [type=checkbox])");
  const shown = at.matches("input") && !written ? (at.closest("label") ?? at) : at;
  const seen = written || ringed(shown);
  const { width, height } = shown.getBoundingClientRect();
  const what = at.outerHTML.slice(0, 200);
  return { id: at.dataset.testid ?? "", what, seen: seen && width > 1 && height > 1 };
}"""


class Keys:
    """What looks at the focus after each key."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def at(self) -> str:
        """The test id of what has the focus."""
        found = self.page.evaluate(FOCUSED)
        assert found, "the focus is lost"
        assert found["seen"], f"the focus cannot be seen: {found['what']}"
        return str(found["id"])

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def to(self, test_id: str, key: str = "Tab") -> None:
        """Walks until it is there."""
        passed: list[str] = []
        for _ in range(MOST_STOPS):
            self.press(key)
            passed.append(self.at())
            if passed[-1] == test_id:
                return
        raise AssertionError(f"{test_id} is not on the way: {passed}")

    def has(self, test_id: str) -> None:
        expect(self.page.get_by_test_id(test_id)).to_be_focused()
        assert self.at() == test_id


def test_a_visitor_and_an_operator_talk_by_the_keyboard_alone(
    browser: Browser, stack: Stack
) -> None:
    Desk.of_admin(stack.url).set_inbox(rating="stars")
    page = browser.new_context(
        base_url=stack.url, locale="ru-RU", viewport={"width": 1440, "height": 900}
    ).new_page()
    page.goto("/panel/")
    operator, desk = Operator(page, []), Keys(page)
    desk.has("sign-in-email")
    page.keyboard.type(demo_data.email("maria"))
    desk.to("sign-in-password")
    page.keyboard.type(demo_data.PASSWORD)
    desk.press("Enter")
    expect(page.get_by_test_id("presence")).to_be_visible()
    desk.to("presence")
    if page.get_by_test_id("presence").get_attribute("data-presence") != "online":
        desk.press("Enter")
        desk.to("presence-online", "ArrowDown")
        with page.expect_response("**/api/panel/presence"):
            desk.press("Enter")
        desk.has("presence")

    visitor = Visitor.arrive(browser, stack.url, MOSCOW)
    hands = Keys(visitor.page)
    visitor.page.get_by_test_id("launcher").wait_for()
    hands.to("launcher")
    hands.press("Enter")
    hands.has("composer")
    visitor.page.keyboard.type("Есть кто?")
    hands.to("send")
    hands.press("Enter")
    expect(visitor.message("Есть кто?")).to_have_attribute("data-state", "sent")
    hands.has("composer")

    expect(operator.row("Есть кто?")).to_be_visible()
    desk.to("tab-mine")
    desk.press("ArrowRight")
    desk.has("tab-queue")
    desk.press("ArrowLeft")
    desk.has("tab-mine")
    desk.to("conversation-row")
    desk.press("Enter")
    expect(operator.message("Есть кто?").first).to_be_visible()
    desk.to("composer")
    page.keyboard.type("Слушаю вас")
    desk.press("Enter")
    expect(operator.message("Слушаю вас")).to_have_attribute("data-state", "sent")
    desk.has("composer")
    expect(visitor.message("Слушаю вас")).to_be_visible()
    desk.press("Alt+e")
    expect(page.get_by_test_id("composer")).to_have_count(0)
    expect(page.locator("#thread")).to_be_focused()
    desk.at()

    expect(visitor.page.get_by_test_id("ended")).to_be_visible()
    hands.has("composer")
    hands.to("score-5", "Shift+Tab")
    hands.press("ArrowLeft")
    hands.has("score-4")
    hands.to("rating-comment")
    visitor.page.keyboard.type("Спасибо")
    hands.to("rating-send")
    hands.press("Enter")
    expect(visitor.page.get_by_test_id("rated")).to_be_visible()
    hands.has("rated")
    hands.to("rating-change")
    hands.press("Enter")
    hands.has("score-4")
    hands.press("Escape")
    hands.has("launcher")
