"""Nobody is there: a request is left, waits in a tab of its own, and is answered."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from infra.local.harness import Stack, start
from tests.e2e.axe import is_clean
from tests.e2e.people import MOSCOW, Operator, Visitor
from tests.support.stacks import new_folder

WIDGET = "#messenger-widget"


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """As it comes: the demo's inbox has a text for who finds nobody."""
    with start(new_folder(tmp_path_factory)) as running:
        yield running


def test_a_request_is_left_found_and_answered(browser: Browser, stack: Stack) -> None:
    visitor = Visitor.arrive(browser, stack.url, MOSCOW, reduced_motion="reduce")
    page = visitor.page
    page.get_by_test_id("launcher").click()
    expect(page.get_by_test_id("offline-text")).to_contain_text("Сейчас мы не работаем")
    expect(page.get_by_test_id("composer")).to_have_count(0)
    page.get_by_test_id("request-send").click()
    expect(page.get_by_test_id("request-name")).to_be_focused()
    expect(page.get_by_test_id("request-name-fault")).to_have_text("Напишите, как вас зовут")
    is_clean(page, WIDGET)

    page.get_by_test_id("request-name").fill("Вера Павловна")
    page.get_by_test_id("request-email").fill("vera@example")
    page.get_by_test_id("request-body").fill("Перезвоните мне")
    page.get_by_test_id("request-send").click()
    expect(page.get_by_test_id("request-email-fault")).to_contain_text("Проверьте адрес")
    expect(page.get_by_test_id("request-email")).to_be_focused()
    page.get_by_test_id("request-email").fill("")
    page.get_by_test_id("request-phone").fill("12345")
    page.get_by_test_id("request-send").click()
    expect(page.get_by_test_id("request-phone-fault")).to_contain_text("с кодом страны")
    page.get_by_test_id("request-phone").fill("8 912 345-67-89")
    page.get_by_test_id("request-send").dblclick()
    expect(page.get_by_test_id("requested")).to_contain_text("Заявка принята")
    expect(visitor.message("Перезвоните мне")).to_have_count(1)
    expect(page.get_by_test_id("composer")).to_be_focused()
    expect(page.get_by_test_id("status")).to_have_attribute("data-state", "away")
    is_clean(page, WIDGET)

    maria = Operator.sign_in(browser, stack.url, "maria", reduced_motion="reduce")
    expect(maria.page.get_by_test_id("request-count")).to_have_text("1")
    maria.page.get_by_test_id("tab-requests").click()
    maria.open("Перезвоните мне")
    expect(maria.page.get_by_test_id("contact")).to_contain_text("+79123456789")
    expect(maria.page.get_by_test_id("request")).to_be_visible()
    is_clean(maria.page)

    maria.say("Уже звоню")

    expect(visitor.message("Уже звоню")).to_be_visible()
    expect(page.get_by_test_id("requested")).to_have_count(0)
    expect(page.get_by_test_id("status")).to_have_attribute("data-state", "live")
    expect(maria.page.get_by_test_id("list-empty")).to_be_visible()
    expect(maria.page.get_by_test_id("request-count")).to_have_count(0)
    assert visitor.trouble == maria.trouble == []


def test_with_somebody_there_visitors_write_as_always(browser: Browser, stack: Stack) -> None:
    maria = Operator.sign_in(browser, stack.url, "maria")
    visitor = Visitor.arrive(browser, stack.url, MOSCOW).open_widget()
    visitor.say("Есть кто?")
    maria.open("Есть кто?")
    maria.page.get_by_test_id("close").click()
    expect(visitor.page.get_by_test_id("ended")).to_be_visible()
    maria.choose("away")

    visitor.page.reload()
    visitor.page.get_by_test_id("launcher").click()

    expect(visitor.page.get_by_test_id("leave-request")).to_be_visible()
    expect(visitor.message("Есть кто?")).to_be_visible()
    visitor.page.get_by_test_id("leave-request").click()
    expect(visitor.page.get_by_test_id("request-name")).to_be_visible()
    visitor.page.get_by_test_id("request-back").click()
    is_clean(visitor.page, WIDGET)


def test_an_admin_switches_it_on(browser: Browser, stack: Stack) -> None:
    page = Operator.sign_in(browser, stack.url, "admin").page
    page.goto("/panel/#/settings/inboxes/demo")
    switch = page.get_by_test_id("inbox-offline")
    switch.check(force=True)
    for language in ("ru", "en"):
        page.get_by_test_id(f"inbox-offline-{language}").fill("")
    page.get_by_test_id("form-save").click()
    expect(page.get_by_text("Сначала напишите текст")).to_be_visible()

    page.get_by_test_id("inbox-offline-ru").fill("Мы в отпуске до понедельника.")
    with page.expect_response("**/api/settings/inboxes/demo") as saved:
        page.get_by_test_id("form-save").click()
    assert saved.value.ok
    page.reload()

    expect(switch).to_be_checked()
