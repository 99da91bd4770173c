"""A conversation ends: its visitor says what they think of it, and takes it along."""

import re
from pathlib import Path

from playwright.sync_api import Browser, expect

from infra.local.harness import Stack
from tests.e2e.axe import is_clean
from tests.e2e.desk import Desk
from tests.e2e.people import MOSCOW, Operator, Visitor

WIDGET = "#messenger-widget"


def test_the_visitor_ends_it_rates_it_and_takes_it_along(browser: Browser, stack: Stack) -> None:
    Desk.of_admin(stack.url).set_inbox(rating="stars")
    maria = Operator.sign_in(browser, stack.url, "maria", reduced_motion="reduce")
    visitor = Visitor.arrive(browser, stack.url, MOSCOW, reduced_motion="reduce").open_widget()
    page = visitor.page
    visitor.say("Когда привезут?")
    maria.open("Когда привезут?")
    maria.say("Завтра\nдо обеда")
    expect(visitor.message("до обеда")).to_be_visible()

    page.get_by_test_id("menu").click()
    with page.expect_download() as downloaded:
        page.get_by_test_id("download").click()
    text = Path(downloaded.value.path()).read_text(encoding="utf-8-sig")
    assert re.fullmatch(r"Переписка \d{4}-\d\d-\d\d\.txt", downloaded.value.suggested_filename)
    assert re.search(r"\d\d:\d\d  Вы: Когда привезут\?\n", text)
    assert re.search(r"\d\d:\d\d  Мария Московская: Завтра\n       до обеда\n", text)

    page.get_by_test_id("menu").click()
    page.get_by_test_id("end").click()
    expect(page.get_by_test_id("end-confirm")).to_be_focused()
    is_clean(page, WIDGET)
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("menu")).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_test_id("end").click()
    page.get_by_test_id("end-confirm").click()

    expect(page.get_by_test_id("ended")).to_be_visible()
    ended = maria.page.get_by_test_id("happened").filter(has_text="Посетитель завершил диалог")
    expect(ended).to_be_visible()
    page.get_by_test_id("score-3").focus()
    page.keyboard.press("ArrowRight")
    page.get_by_test_id("rating-comment").fill("Быстро и вежливо")
    is_clean(page, WIDGET)
    page.get_by_test_id("rating-send").click()

    expect(page.get_by_test_id("rated")).to_contain_text("4 из 5")
    rated = maria.page.get_by_test_id("happened").filter(has_text="Быстро и вежливо")
    expect(rated.get_by_test_id("score")).to_have_attribute("aria-label", "4 из 5")
    expect(maria.page.get_by_test_id("rating")).to_contain_text("Быстро и вежливо")
    is_clean(maria.page)

    page.get_by_test_id("rating-change").click()
    page.locator("label:has([data-testid=score-5])").click()
    page.get_by_test_id("rating-send").click()
    expect(page.get_by_test_id("rated")).to_contain_text("5 из 5")
    expect(maria.page.get_by_test_id("rating")).to_contain_text("Быстро и вежливо")
    assert visitor.trouble == maria.trouble == []


def test_what_the_server_refuses_is_said_and_the_next_message_opens_it_again(
    browser: Browser, stack: Stack
) -> None:
    maria = Operator.sign_in(browser, stack.url, "maria")
    visitor = Visitor.arrive(browser, stack.url, MOSCOW, reduced_motion="reduce").open_widget()
    page = visitor.page
    visitor.say("И второй вопрос")
    maria.open("И второй вопрос")
    maria.page.get_by_test_id("close").click()
    expect(page.get_by_test_id("rating")).to_be_visible()
    refusal = {"error": {"code": "rating_over", "message": "A rating can be changed for 24 hours."}}
    page.route("**/api/widget/rate", lambda route: route.fulfill(status=409, json=refusal))
    page.get_by_test_id("rating").locator("label").first.click()
    page.get_by_test_id("rating-send").click()

    expect(page.get_by_test_id("rating-fault")).to_contain_text("в течение 24 часов")
    page.unroute("**/api/widget/rate")
    page.get_by_test_id("rating-send").click()
    expect(page.get_by_test_id("rated")).to_contain_text("1 из 5")

    visitor.say("Ещё вопрос")

    expect(page.get_by_test_id("ended")).to_have_count(0)
    reopened = maria.page.get_by_test_id("happened").filter(has_text="Посетитель написал снова")
    expect(reopened).to_be_visible()
