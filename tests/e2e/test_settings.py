"""An admin sets a company up in the panel; nobody else sees the settings."""

import re

from playwright.sync_api import Browser, Page, expect

from infra.local import demo_data
from infra.local.harness import Stack
from tests.e2e.people import PETERSBURG, Operator


def test_a_branch_with_hours_and_neighbours_is_set_up(browser: Browser, stack: Stack) -> None:
    page = _settings(browser, stack, "branches")
    page.get_by_test_id("branch-add").click()
    page.get_by_test_id("branch-name").fill("Владивосток")
    _choose(page, "time-zone", "владив", "Владивосток, UTC+10")
    page.get_by_text("По расписанию").click()
    monday = page.get_by_test_id("hours-day").first
    monday.get_by_test_id("hours-time").nth(1).fill("13")
    monday.get_by_test_id("hours-add").click()
    monday.get_by_test_id("hours-time").nth(2).fill("12:30")
    monday.get_by_test_id("hours-time").nth(3).fill("2")
    page.keyboard.press("Tab")
    expect(monday.get_by_test_id("hours-fault")).to_have_text("Пересекается с другим интервалом")
    expect(monday).to_contain_text("след. день")

    page.get_by_test_id("form-save").click()
    expect(monday.get_by_test_id("hours-time").first).to_be_focused()
    monday.get_by_test_id("hours-time").nth(2).fill("14")
    page.keyboard.press("Tab")
    page.get_by_test_id("hours-copy").click()
    page.get_by_test_id("hours-add-date").click()
    page.locator("[type=date]").fill("2031-01-01")
    expect(page.get_by_test_id("hours-preview")).to_contain_text("Сейчас")
    for neighbour in ("Москва", "Екатеринбург"):
        _choose(page, "neighbour-add", neighbour, neighbour)
    page.get_by_test_id("neighbour-up").nth(1).press("Enter")
    page.get_by_test_id("form-save").click()

    row = page.get_by_test_id("branch").filter(has_text="Владивосток")
    expect(row).to_contain_text("Нет операторов")
    page.reload()
    row.click()
    friday = page.get_by_test_id("hours-day").nth(4).get_by_test_id("hours-time")
    times = [friday.nth(number).input_value() for number in range(friday.count())]
    assert times == ["09:00", "13:00", "14:00", "02:00"]
    expect(page.locator("[type=date]")).to_have_value("2031-01-01")
    expect(page.get_by_test_id("neighbour")).to_have_text(["Екатеринбург", "Москва"])


def test_a_branch_is_deleted_unless_it_is_needed(browser: Browser, stack: Stack) -> None:
    page = _settings(browser, stack, "branches")
    page.locator('a[href$="/branches/msk"]').click()
    page.get_by_test_id("branch-delete").click()
    expect(page.get_by_test_id("branch-used")).to_contain_text("2 оператора")
    expect(page.get_by_test_id("confirm")).to_have_count(0)
    page.keyboard.press("Escape")

    page.get_by_test_id("settings-branches").click()
    page.get_by_test_id("branch-add").click()
    page.get_by_test_id("branch-name").fill("На день")
    page.get_by_test_id("form-save").click()
    page.get_by_test_id("branch").filter(has_text="На день").click()
    page.get_by_test_id("branch-delete").click()
    page.get_by_test_id("confirm").click()

    expect(page.get_by_test_id("branch-add")).to_be_visible()
    expect(page.get_by_test_id("branch").filter(has_text="На день")).to_have_count(0)


def test_a_rule_found_by_its_place_leads_visitors(browser: Browser, stack: Stack) -> None:
    page = _settings(browser, stack, "rules")
    expect(page.get_by_test_id("rule-else")).to_contain_text("Екатеринбург")
    _choose(page, "rule-place", "Самара", re.compile("^Самара, .*Город"))
    _choose(page, "rule-branch", "Моск", "Москва")
    page.get_by_test_id("rule-add").click()
    rule = page.get_by_test_id("rule").filter(has_text="Самара")
    expect(rule).to_contain_text("Москва")

    page.get_by_test_id("test-by").get_by_text("По месту").click()
    _choose(page, "test-place", "Самара", re.compile("^Самара, .*Город"))
    page.get_by_test_id("test-run").click()
    found = page.get_by_test_id("test-found")
    expect(found).to_contain_text("Самара (Город)")
    expect(found.locator("dd").last).to_have_text("Москва")

    rule.get_by_test_id("rule-delete").click()
    expect(rule).to_have_count(0)
    page.get_by_test_id("test-run").click()
    expect(found).to_contain_text("основной филиал")

    page.get_by_test_id("test-by").get_by_text("По IP-адресу").click()
    page.get_by_test_id("test-address").fill("300.1.1.1")
    page.get_by_test_id("test-run").click()
    expect(page.get_by_test_id("test-address")).to_be_focused()
    page.get_by_test_id("test-address").fill(PETERSBURG)
    page.get_by_test_id("test-run").click()
    expect(found.locator("dd").last).to_have_text("Санкт-Петербург")


def test_an_invited_operator_chooses_a_password_and_comes_in(
    browser: Browser, stack: Stack
) -> None:
    page = _settings(browser, stack, "operators")
    page.get_by_test_id("operator-add").click()
    page.get_by_test_id("operator-name").fill("Нина Приглашённая")
    page.get_by_test_id("operator-email").fill(demo_data.email("irina"))
    _choose(page, "operator-branch", "Моск", "Москва")
    page.get_by_test_id("form-save").click()
    expect(page.get_by_text("Эта почта уже занята")).to_be_visible()
    expect(page.get_by_test_id("operator-email")).to_be_focused()

    page.get_by_test_id("operator-email").fill(demo_data.email("nina"))
    page.get_by_test_id("form-save").click()
    link = page.get_by_test_id("invitation").inner_text()
    assert link.startswith(stack.url)
    page.get_by_test_id("invitation-done").click()
    row = page.get_by_test_id("operator").filter(has_text="Нина")
    expect(row).to_have_attribute("data-state", "invited")
    page.get_by_test_id("operators-search").fill("нина")
    expect(page.get_by_test_id("operator")).to_have_count(1)

    row.click()
    page.get_by_test_id("operator-link").click()
    newer = page.get_by_test_id("invitation").inner_text()
    assert newer.startswith(stack.url)
    assert newer != link
    page.get_by_test_id("invitation-done").click()
    page.get_by_test_id("operator-deactivate").click()
    page.get_by_test_id("confirm").click()
    expect(page.get_by_test_id("operator-activate")).to_be_visible()
    page.get_by_test_id("settings-back").click()
    expect(row).to_have_attribute("data-state", "inactive")


def test_an_inbox_is_set_up_and_its_code_copied(browser: Browser, stack: Stack) -> None:
    page = _settings(browser, stack, "inboxes")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_test_id("inbox-add").click()
    page.get_by_test_id("inbox-name").fill("Оптовый отдел")
    page.get_by_test_id("inbox-escalate-minutes").fill("0")
    page.get_by_test_id("inbox-escalate-seconds").fill("5")
    page.get_by_test_id("inbox-sites").fill("shop.example\nне сайт")
    page.get_by_test_id("form-save").click()
    expect(page.get_by_test_id("inbox-escalate-minutes")).to_be_focused()
    expect(page.get_by_text("Это не сайт: не сайт")).to_be_visible()

    page.get_by_test_id("inbox-escalate-seconds").fill("45")
    page.get_by_test_id("inbox-sites").fill("shop.example\n*.shop.example")
    _choose(page, "inbox-branch", None, "Москва")
    page.get_by_test_id("inbox-members").fill("Мария")
    page.get_by_role("option", name="Мария").click()
    page.keyboard.press("Escape")
    page.get_by_test_id("inbox-offline-ru").fill("Ответим утром.")
    page.get_by_test_id("form-save").click()
    page.get_by_test_id("inbox-embed-copy").click()

    code = page.get_by_test_id("inbox-embed").inner_text()
    assert page.evaluate("navigator.clipboard.readText()") == code
    assert f'src="{stack.url}/widget/loader.js"' in code
    page.reload()
    expect(page.get_by_test_id("inbox-escalate-seconds")).to_have_value("45")
    expect(page.get_by_test_id("inbox-sites")).to_have_value("shop.example\n*.shop.example")
    expect(page.get_by_test_id("inbox-branch")).to_have_value("Москва")
    expect(page.get_by_test_id("inbox-offline-ru")).to_have_value("Ответим утром.")


def test_what_is_not_saved_waits_in_its_form(browser: Browser, stack: Stack) -> None:
    page = _settings(browser, stack, "inboxes")
    page.get_by_test_id("inbox").first.click()
    saved = page.get_by_test_id("inbox-offline-en").input_value()
    page.get_by_test_id("inbox-offline-en").fill("Back in the morning.")
    page.get_by_test_id("nav.conversations").click()
    expect(page.get_by_text("Изменения ещё не сохранены")).to_be_visible()
    page.get_by_test_id("nav.settings").click()
    page.get_by_test_id("settings-inboxes").click()
    page.get_by_test_id("inbox").first.click()
    expect(page.get_by_test_id("inbox-offline-en")).to_have_value("Back in the morning.")
    page.get_by_test_id("form-discard").click()
    expect(page.get_by_test_id("inbox-offline-en")).to_have_value(saved)


def test_only_admins_see_the_settings(browser: Browser, stack: Stack) -> None:
    for name in ("anna", "elena"):
        page = Operator.sign_in(browser, stack.url, name).page
        expect(page.get_by_test_id("nav.conversations")).to_be_visible()
        expect(page.get_by_test_id("nav.settings")).to_have_count(0)
        page.goto("/panel/#/settings/operators")
        expect(page).to_have_url(re.compile("#/conversations"))
        expect(page.get_by_test_id("settings")).to_have_count(0)


def _settings(browser: Browser, stack: Stack, part: str) -> Page:
    page = Operator.sign_in(browser, stack.url, "admin").page
    page.get_by_test_id("nav.settings").click()
    page.get_by_test_id(f"settings-{part}").click()
    return page


def _choose(page: Page, field: str, typed: str | None, option: str | re.Pattern[str]) -> None:
    """Opens a list, types into it where one can, and takes an option by what it says."""
    page.get_by_test_id(field).click()
    if typed is not None:
        page.get_by_test_id(field).fill(typed)
    wanted = page.get_by_role("option").filter(has_text=option)
    wanted.first.click()
    expect(wanted.first).to_be_hidden()
