"""axe finds nothing on any screen, light and dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from infra.local.harness import Stack
from tests.e2e.people import MOSCOW, Operator, Visitor

PHONE = {"width": 390, "height": 844}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "viewport", [{"width": 1280, "height": 800}, PHONE], ids=["desktop", "phone"]
)
def test_the_widget_has_no_violations(
    browser: Browser, stack: Stack, scheme: str, viewport: dict[str, int]
) -> None:
    visitor = Visitor.arrive(
        browser, stack.url, MOSCOW, color_scheme=scheme, viewport=viewport, reduced_motion="reduce"
    )
    expect(visitor.page.get_by_test_id("launcher")).to_be_visible()
    _is_clean(visitor.page, "#messenger-widget")

    visitor.open_widget().say("Проверка доступности")

    _is_clean(visitor.page, "#messenger-widget")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_panel_has_no_violations(browser: Browser, stack: Stack, scheme: str) -> None:
    visitor = Visitor.arrive(browser, stack.url, MOSCOW).open_widget()
    operator = Operator.sign_in(
        browser, stack.url, "maria", color_scheme=scheme, reduced_motion="reduce"
    )
    visitor.say(f"Для проверки, {scheme}")
    expect(operator.row(f"Для проверки, {scheme}")).to_be_visible()
    _is_clean(operator.page)

    operator.open(f"Для проверки, {scheme}")
    operator.say("Отвечаю")

    _is_clean(operator.page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_sign_in_screen_has_no_violations(browser: Browser, stack: Stack, scheme: str) -> None:
    page = browser.new_context(base_url=stack.url, color_scheme=scheme).new_page()  # type: ignore[arg-type]  # "light" or "dark"
    page.goto("/panel/")
    expect(page.get_by_test_id("sign-in-submit")).to_be_visible()

    _is_clean(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "viewport", [{"width": 1280, "height": 800}, PHONE], ids=["desktop", "phone"]
)
def test_the_settings_have_no_violations(
    browser: Browser, stack: Stack, scheme: str, viewport: dict[str, int]
) -> None:
    page = Operator.sign_in(
        browser, stack.url, "admin", color_scheme=scheme, viewport=viewport, reduced_motion="reduce"
    ).page
    page.get_by_test_id("nav.settings").click()
    page.get_by_test_id("webhook-add").click()
    page.get_by_test_id("webhook-save").click()
    expect(page.get_by_test_id("webhook-url")).to_have_attribute("aria-invalid", "true")
    _is_clean(page)

    page.get_by_test_id("webhook-url").fill(f"http://127.0.0.1:9/{scheme}-{viewport['width']}")
    page.get_by_test_id("webhook-save").click()
    expect(page.get_by_test_id("webhook-secret")).to_be_visible()
    _is_clean(page)

    page.get_by_test_id("webhook-secret-done").click()
    expect(page.get_by_test_id("webhook-secret")).to_be_hidden()
    _is_clean(page)

    page.get_by_test_id("webhook-deliveries").first.click()
    deliveries = page.get_by_test_id("delivery")
    visitor = Visitor.arrive(browser, stack.url, MOSCOW).open_widget()
    visitor.talk(f"Для доставки, {scheme}", lambda: deliveries.count() > 0)
    deliveries.first.locator("summary").click()
    expect(page.get_by_test_id("attempts").first).to_be_visible()
    _is_clean(page)


def _is_clean(page: Page, context: str | None = None) -> None:
    found = Axe().run(page, context=context)
    assert found.response["passes"], "axe looked at nothing"
    assert [f"{each['id']}: {each['nodes']}" for each in found.response["violations"]] == []
