"""Files: pasted, dropped, chosen, on both sides; without where they were taken; over a reload."""

import re
import urllib.request
from pathlib import Path

from playwright.sync_api import Browser, FilePayload, Locator, Page, Route, expect

from infra.local.harness import Stack
from tests.e2e.axe import is_clean
from tests.e2e.people import MOSCOW, Operator, Visitor
from tests.support.pictures import GPS, photo, png

NOTE: FilePayload = {
    "name": "счёт.txt",
    "mimeType": "text/plain",
    "buffer": "Итого 100 ₽".encode(),
}

WIDGET = "#messenger-widget"

_PASTE = """async () => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [640, 400];
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#2f6fbb";
    pen.fillRect(0, 0, 640, 400);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
    await navigator.clipboard.write([new ClipboardItem({ "image/png": blob })]);
}"""

_DROPPED = """([name, type, bytes]) => {
    const carried = new DataTransfer();
    carried.items.add(new File([new Uint8Array(bytes)], name, { type }));
    return carried;
}"""


def test_a_screenshot_is_pasted_a_photo_dropped_and_a_file_comes_back(
    browser: Browser, stack: Stack
) -> None:
    maria = Operator.sign_in(browser, stack.url, "maria")
    visitor = Visitor.arrive(
        browser, stack.url, MOSCOW, permissions=["clipboard-read", "clipboard-write"]
    ).open_widget()
    page = visitor.page
    expect(page.get_by_test_id("attach")).to_be_visible()
    page.evaluate(_PASTE)
    page.get_by_test_id("composer").focus()
    page.keyboard.press("Control+V")
    drop(page, page.get_by_test_id("dialog"), "Чек.JPG", "image/jpeg", photo(320, 200))
    expect(tray(page, "ready")).to_have_count(2)
    is_clean(page, WIDGET)
    page.get_by_test_id("send").click()
    sent = page.get_by_test_id("message").filter(has=page.get_by_test_id("picture"))
    expect(sent).to_have_attribute("data-state", "sent")
    expect(tray(page)).to_have_count(0)

    row = maria.row("Фото")
    expect(row).to_be_visible()
    row.click()
    pictures = maria.page.get_by_test_id("picture")
    expect(pictures).to_have_count(2)
    for picture in pictures.all():
        is_drawn(picture.locator("img"))
    pictures.first.click()
    gallery = maria.page.get_by_test_id("gallery")
    expect(gallery).to_contain_text("image.png")
    maria.page.keyboard.press("ArrowRight")
    expect(gallery).to_contain_text("Чек.jpg")
    is_drawn(gallery.locator("img"))
    link = maria.page.get_by_test_id("gallery-original").get_attribute("href") or ""
    with urllib.request.urlopen(link, timeout=10) as answer:
        content = answer.read()
        assert answer.headers["Content-Disposition"].startswith("inline")
    assert GPS in photo(320, 200)
    assert GPS not in content
    assert b"Exif" not in content
    is_clean(maria.page)
    maria.page.keyboard.press("Escape")
    expect(gallery).to_have_count(0)
    expect(pictures.first).to_be_focused()

    maria.page.get_by_test_id("file-input").set_input_files([NOTE])
    expect(tray(maria.page, "ready")).to_have_count(1)
    is_clean(maria.page)
    maria.say("Вот счёт")
    expect(maria.message("Вот счёт").get_by_test_id("file-card")).to_be_visible()
    is_clean(maria.page)
    card = visitor.message("Вот счёт").get_by_test_id("file-card")
    expect(card).to_contain_text("счёт.txt")
    with page.expect_download() as downloading:
        card.click()
    assert downloading.value.suggested_filename == "счёт.txt"
    assert Path(downloading.value.path()).read_bytes() == NOTE["buffer"]
    is_clean(page, WIDGET)
    page.get_by_test_id("picture").first.click()
    is_drawn(page.get_by_test_id("gallery").locator("img"))
    is_clean(page, WIDGET)
    assert not maria.trouble
    assert not visitor.trouble


def test_what_cannot_be_sent_is_told_before_it_is_uploaded_or_after_a_look(
    browser: Browser, stack: Stack
) -> None:
    visitor = Visitor.arrive(browser, stack.url, MOSCOW).open_widget()
    page = visitor.page
    expect(page.get_by_test_id("attach")).to_be_visible()
    chosen: list[FilePayload] = [
        {"name": "virus.exe", "mimeType": "application/x-msdownload", "buffer": b"MZ"},
        {"name": "page.svg", "mimeType": "image/svg+xml", "buffer": b"<svg/>"},
        {"name": "empty.png", "mimeType": "image/png", "buffer": b""},
        {"name": "false.png", "mimeType": "image/png", "buffer": b"<script>alert(1)</script>"},
    ]
    page.get_by_test_id("file-input").set_input_files(chosen)

    faults = page.get_by_test_id("tray-item")
    expect(tray(page, "failed")).to_have_count(4)
    expect(faults.nth(0)).to_contain_text("такого типа")
    expect(faults.nth(1)).to_contain_text("такого типа")
    expect(faults.nth(2)).to_contain_text("Файл пуст")
    expect(faults.nth(3)).to_contain_text("не тот, чем назван")
    expect(page.get_by_test_id("send")).to_have_attribute("aria-disabled", "true")
    is_clean(page, WIDGET)
    for _ in range(4):
        page.get_by_test_id("tray-remove").first.click()
    expect(faults).to_have_count(0)


def test_a_refused_message_is_changed_and_keeps_its_file(browser: Browser, stack: Stack) -> None:
    visitor = Visitor.arrive(browser, stack.url, MOSCOW)
    page = visitor.page
    page.route_web_socket("**/ws?*", lambda socket: socket.close())
    refusal = {"error": {"code": "invalid", "message": "No."}}
    page.route("**/api/widget/send", lambda route: route.fulfill(status=400, json=refusal), times=1)
    visitor.open_widget()
    expect(page.get_by_test_id("attach")).to_be_visible()
    page.get_by_test_id("file-input").set_input_files([NOTE])
    expect(tray(page, "ready")).to_have_count(1)
    expect(visitor.write("Счёт за май")).to_have_attribute("data-state", "failed")
    expect(tray(page)).to_have_count(0)

    page.get_by_test_id("edit").click()
    expect(visitor.message("Счёт за май")).to_have_count(0)
    expect(tray(page, "ready")).to_contain_text("счёт.txt")
    page.reload()
    page.get_by_test_id("dialog").or_(page.get_by_test_id("launcher")).first.click()
    expect(tray(page, "ready")).to_contain_text("счёт.txt")
    visitor.say("Счёт за июнь")
    expect(visitor.message("Счёт за июнь").get_by_test_id("file-card")).to_be_visible()
    expect(tray(page)).to_have_count(0)


def test_a_reload_in_the_middle_of_an_upload_goes_on(browser: Browser, stack: Stack) -> None:
    visitor = Visitor.arrive(browser, stack.url, MOSCOW).open_widget()
    page = visitor.page
    visitor.say("Сейчас пришлю снимок")
    bucket = re.compile(r"^http://127\.0\.0\.1:\d+/messenger-attachments$")
    held: list[Route] = []
    page.route(bucket, lambda route: held.append(route))
    picture: FilePayload = {"name": "снимок.png", "mimeType": "image/png", "buffer": png(64, 64)}
    with page.expect_request(bucket):
        page.get_by_test_id("file-input").set_input_files([picture])
    expect(tray(page, "uploading")).to_have_count(1)

    page.unroute(bucket)
    page.reload()
    page.get_by_test_id("launcher").click()

    expect(tray(page, "ready")).to_have_count(1)
    page.get_by_test_id("send").click()
    sent = page.get_by_test_id("message").filter(has=page.get_by_test_id("picture"))
    expect(sent).to_have_attribute("data-state", "sent")
    is_drawn(sent.locator("img"))


def tray(page: Page, state: str = "") -> Locator:
    items = page.get_by_test_id("tray-item")
    return items.and_(page.locator(f'[data-state="{state}"]')) if state else items


def drop(page: Page, on: Locator, name: str, kind: str, content: bytes) -> None:
    carried = page.evaluate_handle(_DROPPED, [name, kind, list(content)])
    on.dispatch_event("dragover", {"dataTransfer": carried})
    expect(page.get_by_test_id("drop")).to_be_visible()
    on.dispatch_event("drop", {"dataTransfer": carried})


def is_drawn(image: Locator) -> None:
    """Loaded and decoded."""
    expect(image).to_be_visible()
    expect(image).not_to_have_js_property("naturalWidth", 0)
