"""axe finds nothing on any screen, in light and dark: a desktop in Russian, a phone in English."""

import re

import pytest
from playwright.sync_api import Browser, expect

from infra.local.harness import Stack
from tests.e2e.axe import is_clean
from tests.e2e.people import MOSCOW, PETERSBURG, RUSSIAN, Operator, Visitor

DESKTOP = {
    "viewport": {"width": 1440, "height": 900},
    "locale": RUSSIAN,
    "reduced_motion": "reduce",
}
PHONE = {"viewport": {"width": 390, "height": 844}, "locale": "en-GB", "reduced_motion": "reduce"}
everywhere = pytest.mark.parametrize("look", [DESKTOP, PHONE], ids=["desktop", "phone"])


@everywhere
def test_the_widget_has_no_violations(
    browser: Browser, stack: Stack, look: dict[str, object]
) -> None:
    visitor = Visitor.arrive(browser, stack.url, MOSCOW, **look)
    expect(visitor.page.get_by_test_id("launcher")).to_be_visible()
    is_clean(visitor.page, "#messenger-widget")

    visitor.open_widget().say("Проверка доступности")

    is_clean(visitor.page, "#messenger-widget")


def test_the_panel_has_no_violations(browser: Browser, stack: Stack) -> None:
    visitor = Visitor.arrive(browser, stack.url, MOSCOW).open_widget()
    operator = Operator.sign_in(browser, stack.url, "maria", reduced_motion="reduce")
    visitor.say("Для проверки")
    expect(operator.row("Для проверки")).to_be_visible()
    is_clean(operator.page)

    operator.open("Для проверки")
    operator.say("Отвечаю")
    visitor.page.get_by_test_id("composer").press_sequentially("И ещё")
    expect(operator.page.get_by_test_id("writing").first).to_be_visible()

    is_clean(operator.page)

    visitor.page.get_by_test_id("close").click()
    operator.say("Это новое")
    expect(visitor.page.get_by_test_id("badge")).to_be_visible()
    visitor.page.get_by_test_id("launcher").click()
    expect(visitor.page.get_by_test_id("unread-divider")).to_be_visible()
    is_clean(visitor.page, "#messenger-widget")

    operator.page.get_by_test_id("close").click()
    operator.page.get_by_test_id("tab-closed").click()
    operator.open("Это новое")
    expect(operator.page.get_by_test_id("edit-contact")).to_be_visible()
    is_clean(operator.page)

    operator.page.get_by_test_id("alerts").click()
    expect(operator.page.get_by_test_id("alerts-test")).to_be_visible()
    is_clean(operator.page)


@everywhere
def test_ringing_handing_on_and_watching_have_no_violations(
    browser: Browser, stack: Stack, look: dict[str, object]
) -> None:
    text = f"Для передачи, {look['locale']}"
    irina = Operator.sign_in(browser, stack.url, "irina", **look)
    elena = Operator.sign_in(browser, stack.url, "elena", **look)
    Visitor.arrive(browser, stack.url, PETERSBURG).open_widget().say(text)
    expect(irina.page.get_by_test_id("ring")).to_be_visible()
    is_clean(irina.page)

    elena.page.get_by_test_id("tab-all").click()
    elena.open(text)
    expect(elena.page.get_by_test_id("ribbon")).to_be_visible()
    is_clean(elena.page)

    elena.page.get_by_test_id("assign-to").click()
    expect(elena.page.get_by_test_id("team-member").first).to_be_visible()
    elena.page.locator('input[value="operator viktor"]').check(force=True)
    elena.page.get_by_test_id("transfer-submit").click()
    expect(
        elena.page.get_by_role("alert").filter(has_text=re.compile("не в сети|is not online"))
    ).to_be_visible()
    is_clean(elena.page)

    elena.page.keyboard.press("Escape")
    elena.page.get_by_test_id("take-over").click()
    elena.page.get_by_test_id("close").wait_for()
    elena.page.get_by_test_id("transfer").click()
    elena.page.locator('input[value="operator irina"]').check(force=True)
    elena.page.get_by_test_id("transfer-note").fill("Записка")
    elena.page.get_by_test_id("transfer-submit").click()
    expect(elena.page.get_by_test_id("transfer-submit")).to_be_hidden()
    irina.open(text)
    expect(irina.page.get_by_test_id("hand-note")).to_be_visible()
    is_clean(irina.page)


@everywhere
def test_the_team_has_no_violations(
    browser: Browser, stack: Stack, look: dict[str, object]
) -> None:
    Operator.sign_in(browser, stack.url, "maria")
    Visitor.arrive(browser, stack.url, MOSCOW).open_widget().say("Для команды")
    page = Operator.sign_in(browser, stack.url, "elena", **look).page
    page.get_by_test_id("nav.team").click()
    branch = page.get_by_test_id("team-branch").filter(has_text="Москва")
    branch.get_by_test_id("given-toggle").click()
    branch.get_by_test_id("share").first.locator("summary").click()
    expect(branch.get_by_test_id("fairness")).to_contain_text(
        re.compile("автоматически|automatically")
    )
    is_clean(page)


def test_the_sign_in_screen_has_no_violations(browser: Browser, stack: Stack) -> None:
    page = browser.new_context(base_url=stack.url).new_page()
    page.goto("/panel/")
    expect(page.get_by_test_id("sign-in-submit")).to_be_visible()

    is_clean(page)


@everywhere
def test_the_settings_of_webhooks_have_no_violations(
    browser: Browser, stack: Stack, look: dict[str, object]
) -> None:
    page = Operator.sign_in(browser, stack.url, "admin", **look).page
    page.get_by_test_id("nav.settings").click()
    page.get_by_test_id("settings-webhooks").click()
    page.get_by_test_id("webhook-add").click()
    page.get_by_test_id("webhook-save").click()
    expect(page.get_by_test_id("webhook-url")).to_have_attribute("aria-invalid", "true")
    is_clean(page)

    page.get_by_test_id("webhook-url").fill(f"http://127.0.0.1:9/{look['locale']}")
    page.get_by_test_id("webhook-save").click()
    expect(page.get_by_test_id("webhook-secret")).to_be_visible()
    is_clean(page)

    page.get_by_test_id("webhook-secret-done").click()
    expect(page.get_by_test_id("webhook-secret")).to_be_hidden()
    is_clean(page)

    page.get_by_test_id("webhook-deliveries").first.click()
    deliveries = page.get_by_test_id("delivery")
    visitor = Visitor.arrive(browser, stack.url, MOSCOW).open_widget()
    visitor.talk("Для доставки", lambda: deliveries.count() > 0)
    deliveries.first.locator("summary").click()
    expect(page.get_by_test_id("attempts").first).to_be_visible()
    is_clean(page)


@everywhere
def test_the_settings_of_the_company_have_no_violations(
    browser: Browser, stack: Stack, look: dict[str, object]
) -> None:
    page = Operator.sign_in(browser, stack.url, "admin", **look).page
    page.get_by_test_id("nav.settings").click()
    expect(page.get_by_test_id("open-state")).to_have_count(3)
    is_clean(page)

    page.get_by_test_id("branch-add").click()
    page.get_by_test_id("branch-name").fill("Филиал")
    page.get_by_test_id("hours-mode").locator("label").last.click()
    page.get_by_test_id("hours-add-date").click()
    page.get_by_test_id("form-save").click()
    expect(page.get_by_test_id("hours-fault")).to_be_visible()
    page.get_by_test_id("neighbour-add").click()
    page.get_by_role("option").first.click()
    expect(page.get_by_test_id("neighbour")).to_be_visible()
    is_clean(page)

    page.get_by_test_id("settings-back").click()
    page.get_by_test_id("branch").first.click()
    page.get_by_test_id("time-zone").click()
    expect(page.get_by_role("option").first).to_be_visible()
    is_clean(page)

    page.get_by_test_id("settings-rules").click()
    page.get_by_test_id("test-address").fill(MOSCOW)
    page.get_by_test_id("test-run").click()
    expect(page.get_by_test_id("test-found")).to_be_visible()
    is_clean(page)

    page.get_by_test_id("settings-operators").click()
    expect(page.get_by_test_id("operator").first).to_be_visible()
    is_clean(page)

    page.get_by_test_id("operator").filter(has_text="Анна").click()
    page.get_by_test_id("operator-deactivate").click()
    expect(page.get_by_test_id("confirm")).to_be_visible()
    is_clean(page)

    page.keyboard.press("Escape")
    page.get_by_test_id("operator-link").click()
    expect(page.get_by_test_id("invitation")).to_be_visible()
    is_clean(page)

    page.get_by_test_id("invitation-done").click()

    page.get_by_test_id("settings-inboxes").click()
    expect(page.get_by_test_id("open-state")).to_be_visible()
    is_clean(page)

    page.get_by_test_id("inbox").click()
    expect(page.get_by_test_id("inbox-embed")).to_be_visible()
    is_clean(page)

    page.get_by_test_id("inbox-delete").click()
    expect(page.get_by_test_id("confirm")).to_be_visible()
    is_clean(page)
