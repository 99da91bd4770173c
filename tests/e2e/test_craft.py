"""Operators work by keyboard and note what they know; an admin sees the widget first."""

from playwright.sync_api import Browser, expect

from infra.local import demo_data
from infra.local.harness import Stack
from tests.e2e import axe
from tests.e2e.people import SURGUT, Operator, Visitor


def test_an_operator_finds_ranks_and_writes_down(browser: Browser, stack: Stack) -> None:
    anna = Operator.sign_in(browser, stack.url, "anna")
    visitor = Visitor.arrive(browser, stack.url, SURGUT).open_widget()
    visitor.say("Где мой заказ?")
    expect(anna.row("Где мой заказ?")).to_be_visible()
    page = anna.page

    page.keyboard.press("Control+k")
    search = page.get_by_role("dialog").get_by_role("textbox")
    search.fill("заказ")
    axe.is_clean(page)
    search.press("ArrowDown")
    search.press("Enter")
    expect(anna.message("Где мой заказ?")).to_be_visible()

    page.get_by_test_id("priority").click()
    page.get_by_test_id("priority-urgent").click()
    flag = anna.row("Где мой заказ?").get_by_role("img", name="Приоритет: Срочный")
    expect(flag).to_be_visible()

    page.get_by_test_id("edit-contact").click()
    form = page.get_by_test_id("contact-form")
    form.get_by_label("Имя").fill("Иван Петров")
    form.get_by_label("Телефон").fill("12")
    form.get_by_role("button", name="Сохранить").click()
    expect(form).to_contain_text("С кодом страны")
    form.get_by_label("Телефон").fill("8 912 345-67-89")
    axe.is_clean(page)
    form.get_by_role("button", name="Сохранить").click()
    expect(page.get_by_test_id("contact")).to_contain_text("+79123456789")
    expect(anna.row("Иван Петров")).to_be_visible()
    expect(page.get_by_test_id("history")).to_contain_text("записано: имя, телефон")

    page.keyboard.press("?")
    expect(page.get_by_test_id("composer")).not_to_have_value("?")
    expect(page.get_by_role("dialog", name="Горячие клавиши")).to_be_visible()
    assert (anna.trouble, visitor.trouble) == ([], [])


def test_the_look_that_an_admin_chose_is_what_visitors_see(browser: Browser, stack: Stack) -> None:
    admin = Operator.sign_in(browser, stack.url, "admin")
    page = admin.page
    page.goto(f"/panel/#/settings/inboxes/{demo_data.INBOX.id}")
    page.get_by_test_id("inbox-accent").fill("#ffe600")
    page.get_by_test_id("inbox-side").get_by_text("Левый").click()
    page.get_by_test_id("inbox-greeting-ru").fill("Спросите о сыре")
    preview = page.get_by_test_id("widget-preview")
    expect(preview).to_contain_text("Спросите о сыре")
    axe.is_clean(page)
    page.get_by_test_id("form-save").click()
    expect(page.get_by_test_id("inbox-embed")).to_contain_text('data-accent="#ffe600"')

    visitor = Visitor.arrive(browser, stack.url, SURGUT)
    greeting = visitor.open_widget().page.get_by_test_id("greeting")
    visitor.reload_until(greeting.filter(has_text="Спросите о сыре"))
    launcher = visitor.page.get_by_test_id("launcher")
    expect(launcher).to_have_css("background-color", "rgb(255, 230, 0)")
    box = launcher.bounding_box()
    assert box is not None and box["x"] < 100
    axe.is_clean(visitor.page, "#messenger-widget")
    assert (admin.trouble, visitor.trouble) == ([], [])
