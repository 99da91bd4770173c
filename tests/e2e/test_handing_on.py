"""Who had a conversation is told where it went; a closed branch gets one only when asked again."""

from playwright.sync_api import Browser, Response, expect

from infra.local import demo_data
from infra.local.harness import Stack
from tests.e2e.people import MOSCOW, Operator, Visitor

MOST_TRIES = 60
"""A changed setting is in force in every process only after a while."""


def test_who_had_it_is_told_where_it_went_and_asks_for_nothing_more(
    browser: Browser, stack: Stack
) -> None:
    maria = Operator.sign_in(browser, stack.url, "maria")
    elena = Operator.sign_in(browser, stack.url, "elena")
    refused: list[str] = []
    maria.page.on("response", lambda answer: _note(answer, refused))
    Visitor.arrive(browser, stack.url, MOSCOW).open_widget().say("Кто меня ведёт?")
    Visitor.arrive(browser, stack.url, MOSCOW).open_widget().say("А меня?")
    maria.open("Кто меня ведёт?")
    elena.page.get_by_test_id("tab-all").click()

    elena.open("Кто меня ведёт?")
    _hand_over(elena, "branch ekb")
    expect(maria.page.get_by_test_id("gone")).to_be_visible()
    expect(maria.page.get_by_text("диалог передан в филиал Екатеринбург")).to_be_visible()
    expect(maria.row("Кто меня ведёт?")).to_have_count(0)

    maria.open("А меня?")
    _hand_over(maria, "branch spb")
    expect(maria.row("А меня?")).to_have_count(0)
    expect(maria.page.get_by_text("Передан в филиал: Санкт-Петербург")).to_be_visible()
    assert refused == []


def test_a_closed_branch_gets_a_conversation_only_when_asked_again(
    browser: Browser, stack: Stack
) -> None:
    elena = Operator.sign_in(browser, stack.url, "elena")
    Visitor.arrive(browser, stack.url, MOSCOW).open_widget().say("В Екатеринбург, пожалуйста")
    _close_branch(browser, stack, "ekb")
    elena.page.get_by_test_id("tab-all").click()
    elena.open("В Екатеринбург, пожалуйста")

    warning = elena.page.get_by_role("alert").filter(has_text="Филиал «Екатеринбург» закрыт")
    for _ in range(MOST_TRIES):
        elena.page.keyboard.press("Alt+t")
        elena.page.locator('input[value="branch ekb"]').check(force=True)
        with elena.page.expect_response("**/transfer_to_branch") as answer:
            elena.page.get_by_test_id("transfer-submit").click()
        if answer.value.status == 409:
            break
        expect(elena.page.get_by_test_id("transfer-dialog")).to_have_count(0)
    expect(warning).to_contain_text("Диалог будет ждать в его очереди")

    elena.page.get_by_test_id("transfer-submit").click()
    expect(elena.page.get_by_test_id("transfer-dialog")).to_have_count(0)
    elena.page.get_by_test_id("tab-queue").click()
    expect(elena.row("В Екатеринбург, пожалуйста")).to_be_visible()
    expect(elena.page.get_by_test_id("history")).to_contain_text(
        "Передан в филиал: Елена Смотрова → Екатеринбург"
    )


def _hand_over(operator: Operator, target: str) -> None:
    page = operator.page
    page.get_by_test_id("transfer").click()
    page.locator(f'input[value="{target}"]').check(force=True)
    page.get_by_test_id("transfer-submit").click()
    expect(page.get_by_test_id("transfer-dialog")).to_have_count(0)


def _note(answer: Response, refused: list[str]) -> None:
    if answer.status >= 400:
        refused.append(f"{answer.status} {answer.url}")


def _close_branch(browser: Browser, stack: Stack, branch_id: str) -> None:
    """As the settings' form does it: no interval on any day."""
    request = browser.new_context(base_url=stack.url).request
    person = {"email": demo_data.email("admin"), "password": demo_data.PASSWORD}
    session = request.post("/api/panel/sign_in", data=person).json()
    answer = request.patch(
        f"/api/settings/branches/{branch_id}",
        data={"hours": {"week": [[]] * 7, "exceptions": []}},
        headers={"Authorization": f"Bearer {session['access_token']}"},
    )
    assert answer.ok, answer.text()
