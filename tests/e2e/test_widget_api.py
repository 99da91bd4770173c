"""What a page can make of the widget: when it comes, what it is told, what it tells."""

from playwright.sync_api import Browser, Page, expect

from infra.local.harness import Stack
from tests.e2e.people import MOSCOW, Operator, Visitor

# As docs/widget-api.md has it, at the top of the page.
STUB = """
    window.Messenger ||= (...call) => (Messenger.q ||= []).push(call);
    window.heard = [];
    for (const event of ["ready", "opened", "closed", "message", "unread", "rated", "error"]) {
      Messenger("on", event, (details) => heard.push([event, details.from ?? details.count]));
    }
    Messenger("on", "ready", () => { throw new Error("the page's own fault"); });
"""


def test_nothing_is_asked_for_until_somebody_wants_it(browser: Browser, stack: Stack) -> None:
    asked: list[str] = []
    page = browser.new_context(base_url=stack.url).new_page()
    page.add_init_script(STUB)
    page.on("request", lambda request: asked.append(request.url))

    page.goto("/")
    expect(page.get_by_test_id("launcher")).to_be_visible()
    page.mouse.wheel(0, 400)
    page.wait_for_function("scrollY > 0")
    page.evaluate("new Promise((done) => requestIdleCallback(done))")

    assert [url for url in asked if "/widget/" in url or "/api/" in url] == [
        f"{stack.url}/widget/loader.js"
    ]


def test_a_page_opens_closes_hears_and_forgets(browser: Browser, stack: Stack) -> None:
    operator = Operator.sign_in(browser, stack.url, "maria")
    visitor = Visitor.arrive(browser, stack.url, MOSCOW)
    page = visitor.page
    page.add_init_script(STUB)
    page.reload()
    page.evaluate("Messenger('open')")
    visitor.say("Через страницу")
    page.evaluate("Messenger('toggle')")
    expect(page.get_by_test_id("dialog")).to_be_hidden()
    operator.open("Через страницу")
    operator.say("Слышно")
    expect(page.get_by_test_id("badge")).to_have_text("1")

    _hears(page, ["opened", None], ["message", "visitor"], ["closed", None])
    _hears(page, ["message", "operator"], ["unread", 1], ["ready", None])
    assert visitor.trouble == ["the page's own fault"]

    page.evaluate("Messenger('set', { language: 'en' })")
    page.evaluate("Messenger('open')")
    expect(page.get_by_test_id("composer")).to_have_attribute("placeholder", "Your message")
    expect(visitor.message("Слышно")).to_be_visible()

    page.evaluate("Messenger('reset')")
    expect(page.get_by_test_id("dialog")).to_be_hidden()
    page.evaluate("Messenger('open')")
    expect(page.get_by_test_id("greeting")).to_be_visible()
    expect(page.get_by_test_id("message")).to_have_count(0)

    page.evaluate("Messenger('destroy')")
    expect(page.get_by_test_id("launcher")).to_have_count(0)
    assert page.evaluate("window.Messenger") is None


def _hears(page: Page, *events: list[object]) -> None:
    for event in events:
        page.wait_for_function(
            "(event) => heard.some((one) => String(one) === String(event))", arg=event
        )
