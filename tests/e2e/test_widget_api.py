"""What a page can make of the widget: when it comes, what it is told, what it tells."""

from playwright.sync_api import Browser, Page, expect

from infra.local.harness import Stack
from tests.e2e.people import MOSCOW, Operator, Visitor

# As docs/widget-api.md has it, at the top of the page.
STUB = """
    window.Messenger ||= (...call) => (Messenger.q ||= []).push(call);
    window.heard = [];
    for (const event of ["ready", "opened", "closed", "message", "unread", "rated", "error"]) {
      Messenger("on", event, (what) => {
        heard.push([event, what.from ?? what.count ?? what.field]);
      });
    }
    Messenger("on", "ready", () => { throw new Error("the page's own fault"); });
"""


SHIFTED = """() => new Promise((done) => {
  let sum = 0;
  const add = (entries) => entries.forEach(({ value }) => { sum += value; });
  const shifts = new PerformanceObserver((list) => add(list.getEntries()));
  shifts.observe({ type: "layout-shift", buffered: true });
  const drawn = () => setTimeout(() => { add(shifts.takeRecords()); done(sum); });
  requestAnimationFrame(() => requestAnimationFrame(drawn));
})"""
"""How much of the page has moved since it was first drawn."""


def test_nothing_is_asked_for_until_somebody_wants_it(browser: Browser, stack: Stack) -> None:
    asked: list[str] = []
    page = browser.new_context(base_url=stack.url).new_page()
    page.add_init_script(STUB)
    page.on("request", lambda request: asked.append(request.url))

    page.goto("/")
    expect(page.get_by_test_id("launcher")).to_be_visible()
    assert page.evaluate(SHIFTED) == 0
    page.evaluate("document.body.prepend(document.createElement('h1'), 'Now')")
    assert page.evaluate(SHIFTED) > 0, "what moves is not seen"
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


def test_a_page_says_who_its_visitor_is(browser: Browser, stack: Stack) -> None:
    operator = Operator.sign_in(browser, stack.url, "maria")
    visitor = Visitor.arrive(browser, stack.url, MOSCOW)
    page, asked = visitor.page, []
    page.add_init_script(
        STUB + "Messenger('identify', { name: 'Вера', email: 'vera@', phone: '8 912 345-67-89' });"
    )
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    page.reload()
    expect(page.get_by_test_id("launcher")).to_be_visible()
    assert "identify" not in asked

    visitor.open_widget()
    visitor.say("Это снова я")
    operator.open("Это снова я")
    contact = operator.page.get_by_test_id("contact")
    expect(operator.row("Вера")).to_be_visible()
    expect(contact).to_contain_text("+79123456789")
    page.wait_for_function("heard.some(([event, what]) => event == 'error' && what == 'email')")

    page.evaluate("Messenger('identify', { email: 'vera@example.ru' })")
    expect(contact).to_contain_text("vera@example.ru")

    operator.page.get_by_test_id("edit-contact").click()
    form = operator.page.get_by_test_id("contact-form")
    form.get_by_label("Имя").fill("Вера Павловна")
    form.get_by_role("button", name="Сохранить").click()
    expect(operator.row("Вера Павловна")).to_be_visible()
    page.reload()
    with page.expect_response("**/api/widget/identify"):
        page.evaluate("Messenger('identify', { name: 'Вера', phone: '+7 495 123-45-67' })")
    expect(contact).to_contain_text("+74951234567")
    expect(operator.row("Вера Павловна")).to_be_visible()
    assert operator.trouble == []


def _hears(page: Page, *events: list[object]) -> None:
    for event in events:
        page.wait_for_function(
            "(event) => heard.some((one) => String(one) === String(event))", arg=event
        )
