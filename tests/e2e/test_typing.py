"""Each sees that the other is writing, and nobody sees who only watches."""

from playwright.sync_api import Browser, Page, expect

from infra.local.harness import Stack
from tests.e2e.people import MOSCOW, Operator, Visitor

AT_ONCE = 3_000
"""Milliseconds; well before it would be forgotten by itself."""
FORGOTTEN = 12_000
"""Eight seconds after the last letter, and what a busy machine takes."""


def types(page: Page, text: str) -> None:
    page.get_by_test_id("composer").press_sequentially(text)


def test_each_sees_that_the_other_is_writing_until_the_words_come(
    browser: Browser, stack: Stack
) -> None:
    operator = Operator.sign_in(browser, stack.url, "maria")
    visitor = Visitor.arrive(browser, stack.url, MOSCOW).open_widget()
    visitor.say("Есть ли доставка?")
    operator.open("Есть ли доставка?")
    in_thread = operator.page.get_by_test_id("thread").get_by_test_id("writing")
    in_row = operator.rows().get_by_test_id("writing")
    at_visitors = visitor.page.get_by_test_id("writing")
    expect(visitor.page.get_by_test_id("dialog")).to_contain_text("Мария")

    types(visitor.page, "А сколь")

    expect(in_thread).to_have_text("печатает")
    expect(in_row).to_have_text("печатает")
    expect(at_visitors).to_be_hidden()

    types(operator.page, "Да, зав")

    expect(at_visitors).to_contain_text("Мария Московская печатает")
    expect(in_thread).to_have_attribute("data-kind", "visitor")

    operator.say("Да, завтра")

    expect(visitor.message("Да, завтра")).to_be_visible()
    expect(at_visitors).to_be_hidden(timeout=AT_ONCE)
    expect(in_thread).to_be_hidden(timeout=FORGOTTEN)
    expect(in_row).to_be_hidden()

    types(visitor.page, "к")
    expect(in_thread).to_be_visible()
    visitor.page.get_by_test_id("composer").fill("")

    expect(in_thread).to_be_hidden(timeout=AT_ONCE)
    assert visitor.trouble == operator.trouble == []


def test_who_watches_sees_both_write_and_has_nowhere_to(browser: Browser, stack: Stack) -> None:
    operator = Operator.sign_in(browser, stack.url, "maria")
    supervisor = Operator.sign_in(browser, stack.url, "elena")
    visitor = Visitor.arrive(browser, stack.url, MOSCOW).open_widget()
    visitor.say("Можно вернуть?")
    operator.open("Можно вернуть?")
    expect(visitor.page.get_by_test_id("dialog")).to_contain_text("Мария")
    supervisor.page.get_by_test_id("tab-all").click()
    supervisor.open("Можно вернуть?")
    watched = supervisor.page.get_by_test_id("thread").get_by_test_id("writing")
    expect(supervisor.page.get_by_test_id("ribbon")).to_be_visible()

    types(operator.page, "Мож")

    expect(watched).to_contain_text("Мария Московская печатает")
    types(visitor.page, "И об")
    expect(watched).to_have_text("печатает")
    expect(supervisor.page.get_by_test_id("composer")).to_have_count(0)
