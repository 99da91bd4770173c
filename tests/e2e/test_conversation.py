"""A visitor writes; the right branch's operator answers."""

import re

import pytest
from playwright.sync_api import Browser, expect

from infra.local.harness import Stack
from tests.e2e.people import MOSCOW, PETERSBURG, SURGUT, Operator, Visitor


@pytest.mark.parametrize(
    ("address", "name", "elsewhere"),
    [(MOSCOW, "maria", "irina"), (PETERSBURG, "irina", "anna"), (SURGUT, "anna", "maria")],
)
def test_the_visitors_region_leads_to_its_branch_and_to_nobody_else(
    browser: Browser, stack: Stack, address: str, name: str, elsewhere: str
) -> None:
    operator = Operator.sign_in(browser, stack.url, name)
    stranger = Operator.sign_in(browser, stack.url, elsewhere)
    text = f"Здравствуйте, пишу с {address}"

    Visitor.arrive(browser, stack.url, address).open_widget().say(text)

    expect(operator.row(text)).to_be_visible()
    operator.open(text)
    expect(operator.page.get_by_test_id("evidence")).to_contain_text(re.compile("RU-|Россия"))
    expect(stranger.row(text)).to_have_count(0)


def test_both_see_each_others_messages_at_once_in_order_and_after_a_reload(
    browser: Browser, stack: Stack
) -> None:
    operator = Operator.sign_in(browser, stack.url, "maria")
    visitor = Visitor.arrive(browser, stack.url, MOSCOW).open_widget()

    visitor.say("Есть ли доставка?")
    operator.open("Есть ли доставка?")
    operator.say("Да, завтра")
    expect(visitor.message("Да, завтра")).to_be_visible()
    visitor.say("Отлично, беру")
    expect(operator.message("Отлично, беру")).to_be_visible()
    assert visitor.texts() == operator.texts() == ["1", "2", "3"]
    expect(visitor.page.get_by_test_id("dialog")).to_contain_text("Мария")

    visitor.page.reload()
    operator.page.reload()
    if not visitor.page.get_by_test_id("dialog").is_visible():
        visitor.page.get_by_test_id("launcher").click()

    expect(visitor.message("Отлично, беру")).to_be_visible()
    expect(operator.message("Отлично, беру")).to_be_visible()
    assert visitor.texts() == operator.texts() == ["1", "2", "3"]
    assert visitor.trouble == operator.trouble == []


def test_nobody_online_leaves_it_in_the_queue_until_somebody_comes(
    browser: Browser, stack: Stack
) -> None:
    operator = Operator.sign_in(browser, stack.url, "viktor")
    operator.choose("away")
    visitor = Visitor.arrive(browser, stack.url, PETERSBURG).open_widget()
    visitor.say("Есть кто-нибудь?")
    operator.page.get_by_test_id("tab-queue").click()
    expect(operator.row("Есть кто-нибудь?")).to_be_visible()

    operator.choose("online")
    operator.page.get_by_test_id("tab-mine").click()

    expect(operator.row("Есть кто-нибудь?")).to_be_visible()
    operator.open("Есть кто-нибудь?")
    operator.say("Я здесь")
    expect(visitor.message("Я здесь")).to_be_visible()


def test_the_first_reply_takes_a_queued_conversation_and_closing_ends_it(
    browser: Browser, stack: Stack
) -> None:
    operator = Operator.sign_in(browser, stack.url, "pavel")
    operator.choose("busy")
    visitor = Visitor.arrive(browser, stack.url, MOSCOW).open_widget()
    visitor.say("Мне только спросить")
    operator.page.get_by_test_id("tab-queue").click()
    operator.open("Мне только спросить")

    operator.say("Спрашивайте")
    expect(visitor.message("Спрашивайте")).to_be_visible()
    operator.page.get_by_test_id("close").click()
    operator.page.get_by_test_id("tab-closed").click()

    expect(operator.row("Спрашивайте")).to_be_visible()
    visitor.say("И ещё вопрос")
    assert visitor.texts() == ["1", "2", "3"]
