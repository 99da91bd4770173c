"""Photos of an inbox and of an operator: an admin gives them, visitors and colleagues see them."""

from playwright.sync_api import Browser, FilePayload, Locator, Page, expect

from infra.local.harness import Stack
from tests.e2e.people import MOSCOW, Operator, Visitor
from tests.support.pictures import png

PICTURE: FilePayload = {"name": "maria.png", "mimeType": "image/png", "buffer": png(320, 200)}
TEXT: FilePayload = {"name": "maria.png", "mimeType": "image/png", "buffer": b"<svg></svg>"}


def test_an_admin_gives_a_photo_and_the_visitor_sees_it(browser: Browser, stack: Stack) -> None:
    admin = _settings(browser, stack)
    admin.get_by_test_id("settings-inboxes").click()
    admin.get_by_test_id("inbox").first.click()
    admin.get_by_test_id("photo").locator("input").set_input_files(PICTURE)
    _is_drawn(admin.get_by_test_id("widget-preview").locator("img"))
    visitor = Visitor.arrive(browser, stack.url, MOSCOW).open_widget()
    dialog = visitor.page.get_by_test_id("dialog")
    photos = dialog.locator("img")
    visitor.reload_until(photos)
    _is_drawn(photos)
    of_inbox = photos.get_attribute("src") or ""

    _operator(admin, "Мария")
    admin.get_by_test_id("photo").locator("input").set_input_files(PICTURE)
    _is_drawn(admin.get_by_test_id("photo").locator("img"))
    maria = Operator.sign_in(browser, stack.url, "maria")
    of_maria = maria.page.get_by_test_id("presence").locator("img")
    maria.reload_until(of_maria)
    _is_drawn(of_maria)

    visitor.say("Кто мне ответит?")
    maria.open("Кто мне ответит?")
    maria.say("Отвечу я")
    expect(visitor.message("Отвечу я")).to_be_visible()

    visitor.reload_until(photos.nth(1))
    expect(photos).to_have_count(2)
    _is_drawn(photos.first)
    _is_drawn(photos.last)
    path = photos.first.get_attribute("src") or ""
    assert path != of_inbox
    answer = admin.request.get(path.removeprefix(stack.url))
    assert answer.headers["content-type"] in ("image/webp", "image/jpeg")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    assert "sandbox" in answer.headers["content-security-policy"]
    assert "immutable" in answer.headers["cache-control"]
    assert len(answer.body()) < 48_000

    admin.get_by_test_id("photo-remove").click()
    expect(admin.get_by_test_id("photo").locator("img")).to_have_count(0)
    assert admin.request.get(path.removeprefix(stack.url)).status == 404
    visitor.page.route("**/photos/*", lambda route: route.continue_())  # past the browser's cache
    visitor.page.reload()
    visitor.open_widget()
    answered = dialog.filter(has=visitor.message("Отвечу я"))
    visitor.reload_until(answered.filter(has_not=visitor.page.locator("img")))
    expect(dialog).to_contain_text("ММ")


def test_what_is_no_picture_is_told_and_a_dropped_one_is_taken(
    browser: Browser, stack: Stack
) -> None:
    admin = _operator(_settings(browser, stack), "Анна")
    photo = admin.get_by_test_id("photo")
    photo.locator("input").set_input_files(TEXT)
    expect(admin.get_by_test_id("photo-fault")).to_contain_text("нельзя показать")
    expect(photo.locator("img")).to_have_count(0)

    dropped = admin.evaluate_handle(
        """(bytes) => {
            const carried = new DataTransfer();
            carried.items.add(new File([new Uint8Array(bytes)], "a.png", { type: "image/png" }));
            return carried;
        }""",
        list(png(300, 300)),
    )
    photo.dispatch_event("drop", {"dataTransfer": dropped})

    _is_drawn(photo.locator("img"))
    expect(admin.get_by_test_id("photo-fault")).to_have_count(0)
    admin.reload()
    _is_drawn(admin.get_by_test_id("photo").locator("img"))


def _settings(browser: Browser, stack: Stack) -> Page:
    page = Operator.sign_in(browser, stack.url, "admin").page
    page.get_by_test_id("nav.settings").click()
    return page


def _operator(page: Page, name: str) -> Page:
    page.get_by_test_id("settings-operators").click()
    page.get_by_test_id("operator").filter(has_text=name).click()
    expect(page.get_by_test_id("photo")).to_be_visible()
    return page


def _is_drawn(image: Locator) -> None:
    """Loaded, decoded and as large as it was made."""
    expect(image).to_be_visible()
    expect(image).to_have_js_property("naturalWidth", 256)
