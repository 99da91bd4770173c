"""The right person answers in time: regions, queue, transfer, escalation, supervision."""

import re

from playwright.sync_api import Browser, Locator, Page, Route, expect

from infra.local import demo_data
from infra.local.harness import Stack
from tests.e2e.people import MOSCOW, PETERSBURG, SURGUT, Operator, Visitor

SHORT = 10
"""Seconds after which an unopened conversation moves on: the fewest that the settings allow."""

MOST_TRIES = 20


def test_three_visitors_from_three_regions_land_with_three_branches(
    browser: Browser, stack: Stack
) -> None:
    homes = {"anna": SURGUT, "maria": MOSCOW, "irina": PETERSBURG}
    operators = {name: Operator.sign_in(browser, stack.url, name) for name in homes}
    elena = Operator.sign_in(browser, stack.url, "elena")

    for name, address in homes.items():
        Visitor.arrive(browser, stack.url, address).open_widget().say(f"Регион, {name}")

    for name, operator in operators.items():
        expect(operator.row(f"Регион, {name}")).to_be_visible()
        expect(operator.row("Регион, ")).to_have_count(1)
    elena.page.get_by_test_id("tab-all").click()
    expect(elena.row("Регион, ")).to_have_count(3)
    operators["anna"].open("Регион, anna")
    expect(operators["anna"].page.get_by_test_id("evidence")).to_contain_text(
        "Больше никто не мог взять диалог"
    )


def test_what_nobody_could_take_waits_and_is_drained_while_the_team_page_shows_it(
    browser: Browser, stack: Stack
) -> None:
    irina = Operator.sign_in(browser, stack.url, "irina")
    irina.choose("away")
    elena = Operator.sign_in(browser, stack.url, "elena")
    elena.page.get_by_test_id("nav.team").click()
    branch = elena.page.get_by_test_id("team-branch").filter(has_text="Санкт-Петербург")
    expect(branch).to_contain_text("Отошёл")

    Visitor.arrive(browser, stack.url, PETERSBURG).open_widget().say("Жду первым")
    Visitor.arrive(browser, stack.url, PETERSBURG).open_widget().say("Жду вторым")
    expect(branch.get_by_test_id("team-queue")).to_contain_text(re.compile(r"2.в очереди"))

    irina.choose("online")
    for text in ("Жду первым", "Жду вторым"):
        expect(irina.row(text)).to_be_visible()
    expect(branch.get_by_test_id("team-queue")).to_have_count(0)
    branch.get_by_test_id("given-toggle").click()
    share = branch.get_by_test_id("share").filter(has_text="Ирина Невская")
    share.locator("summary").click()
    expect(share).to_contain_text("автоматически")
    expect(share).to_contain_text("Больше никто не мог взять диалог")


def test_a_transfer_to_a_branch_and_back_to_a_colleague_carries_its_note(
    browser: Browser, stack: Stack
) -> None:
    maria = Operator.sign_in(browser, stack.url, "maria")
    viktor = Operator.sign_in(browser, stack.url, "viktor")
    visitor = Visitor.arrive(browser, stack.url, MOSCOW).open_widget()
    visitor.say("Заказ едет в Петербург")
    maria.open("Заказ едет в Петербург")

    _hand_over(maria, "branch spb", "Проверьте адрес")
    expect(maria.row("Заказ едет в Петербург")).to_have_count(0)
    expect(visitor.page.get_by_test_id("notice")).to_have_text("Передаём вас коллеге…")
    ring = viktor.page.get_by_test_id("ring").filter(has_text="Заказ едет в Петербург")
    expect(ring.get_by_test_id("countdown")).to_have_attribute(
        "aria-label", re.compile(r"Осталось [34]:\d\d")
    )
    ring.get_by_test_id("ring-open").click()
    note = viktor.page.get_by_test_id("hand-note")
    expect(note).to_contain_text("Проверьте адрес")
    expect(note).to_contain_text("Мария Московская")
    expect(ring).to_have_count(0)
    expect(visitor.page.get_by_test_id("notice")).to_have_count(0)
    expect(visitor.page.get_by_test_id("dialog")).to_contain_text("Виктор Ладожский")
    viktor.page.get_by_test_id("hand-note-hide").click()
    expect(note).to_have_count(0)

    _hand_over(viktor, "operator maria", "Адрес верный")
    maria.open("Заказ едет в Петербург")
    expect(maria.page.get_by_test_id("hand-note")).to_contain_text("Адрес верный")
    history = maria.page.get_by_test_id("history")
    expect(history).to_contain_text("Передан: Виктор Ладожский → Мария Московская")
    expect(history).to_contain_text("Передан в филиал: Мария Московская → Санкт-Петербург")
    maria.say("Всё в порядке")
    expect(visitor.message("Всё в порядке")).to_be_visible()
    expect(visitor.page.get_by_test_id("dialog")).not_to_contain_text(
        re.compile("адрес", re.IGNORECASE)
    )
    assert visitor.trouble == maria.trouble == viktor.trouble == []


def test_who_is_not_online_gets_a_conversation_only_when_asked_again(
    browser: Browser, stack: Stack
) -> None:
    anna = Operator.sign_in(browser, stack.url, "anna")
    oleg = Operator.sign_in(browser, stack.url, "oleg")
    oleg.choose("away")
    Visitor.arrive(browser, stack.url, SURGUT).open_widget().say("Нужен Олег")
    anna.open("Нужен Олег")

    page = anna.page
    page.keyboard.press("Alt+t")
    page.get_by_test_id("transfer-search").fill("олег")
    expect(page.get_by_test_id("transfer-target")).to_have_count(2)
    _target(page, "operator oleg").check(force=True)
    page.get_by_test_id("transfer-submit").click()
    expect(page.get_by_role("alert").filter(has_text="не в сети")).to_be_visible()
    expect(page.get_by_test_id("transfer-submit")).to_have_text("Всё равно передать")
    expect(oleg.row("Нужен Олег")).to_have_count(0)

    page.get_by_test_id("transfer-submit").click()
    expect(oleg.row("Нужен Олег")).to_be_visible()
    expect(anna.row("Нужен Олег")).to_have_count(0)


def test_a_supervisor_watches_unseen_and_then_takes_over(browser: Browser, stack: Stack) -> None:
    maria = Operator.sign_in(browser, stack.url, "maria")
    elena = Operator.sign_in(browser, stack.url, "elena")
    visitor = Visitor.arrive(browser, stack.url, MOSCOW).open_widget()
    visitor.say("Кто-нибудь видит?")
    mine = maria.row("Кто-нибудь видит?")
    expect(mine).to_have_attribute("data-unread", "1")
    elena.page.get_by_test_id("tab-all").click()

    elena.open("Кто-нибудь видит?")
    expect(elena.page.get_by_test_id("ribbon")).to_contain_text("клиент не видит")
    expect(elena.page.get_by_test_id("composer")).to_have_count(0)
    visitor.say("Ау")
    expect(elena.message("Ау")).to_be_visible()
    mine = maria.row("Ау")
    expect(mine).to_have_attribute("data-unread", "2")
    expect(mine.get_by_test_id("countdown")).to_be_visible()
    expect(visitor.page.get_by_test_id("dialog")).to_contain_text("Мария Московская")
    expect(visitor.page.get_by_test_id("dialog")).not_to_contain_text("Елена")

    elena.page.get_by_test_id("take-over").click()
    elena.say("Вижу, отвечаю")
    expect(visitor.message("Вижу, отвечаю")).to_be_visible()
    expect(visitor.page.get_by_test_id("dialog")).to_contain_text("Елена Смотрова")
    expect(mine).to_have_count(0)
    expect(maria.page.get_by_text("диалог теперь ведёт Елена Смотрова")).to_be_visible()
    elena.page.reload()
    history = elena.page.get_by_test_id("history")
    expect(history).to_contain_text("Перехвачен: Елена Смотрова")
    expect(history).to_contain_text("Просмотр: Елена Смотрова")


def test_two_who_take_one_conversation_at_once_are_told_who_has_it(
    browser: Browser, stack: Stack
) -> None:
    people = [Operator.sign_in(browser, stack.url, name) for name in ("maria", "pavel")]
    for person in people:
        person.choose("busy")
    Visitor.arrive(browser, stack.url, MOSCOW).open_widget().say("Кому я достанусь?")
    held: list[Route] = []
    for person in people:
        person.page.get_by_test_id("tab-queue").click()
        person.open("Кому я достанусь?")
        person.page.route("**/take", lambda route: held.append(route))
    for person in people:
        with person.page.expect_request("**/take"):
            person.page.get_by_test_id("take").click()

    for route in held:
        route.continue_()

    winners = [person.page.get_by_test_id("close") for person in people]
    losers = [person.page.get_by_text("Диалог уже у коллеги") for person in people]
    expect(winners[0].or_(losers[0])).to_be_visible()
    expect(winners[1].or_(losers[1])).to_be_visible()
    assert sorted(each.count() for each in winners) == [0, 1]
    assert [each.count() for each in losers] == [1 - each.count() for each in winners]


def test_what_nobody_opens_moves_on_while_both_panels_and_the_widget_show_it(
    browser: Browser, stack: Stack
) -> None:
    irina = Operator.sign_in(browser, stack.url, "irina")
    viktor = Operator.sign_in(browser, stack.url, "viktor")
    elena = Operator.sign_in(browser, stack.url, "elena")
    _escalate_after(browser, stack, SHORT)
    visitor, first, text = _ringing_shortly(browser, stack, [irina, viktor])
    second = viktor if first is irina else irina

    expect(visitor.page.get_by_test_id("notice")).to_have_text(
        "Передаём вас коллеге…", timeout=(SHORT + 10) * 1000
    )
    expect(second.page.get_by_test_id("ring").filter(has_text=text)).to_be_visible()
    expect(first.row(text)).to_have_count(0)
    moved_on = first.page.get_by_text("Не открыт вовремя")
    name = "Виктор Ладожский" if second is viktor else "Ирина Невская"
    expect(moved_on.filter(has_text=f"теперь ведёт {name}")).to_be_visible()

    expect(elena.page.get_by_test_id("alarm").first).to_contain_text(
        "некому передать", timeout=(SHORT + 10) * 1000
    )
    elena.page.get_by_test_id("tab-all").click()
    expect(elena.rows().first).to_have_attribute("data-alarm", "nobody_left")
    elena.page.get_by_test_id("alarm-count").wait_for()
    elena.open(text)
    expect(elena.page.get_by_test_id("history")).to_contain_text("Передать некому")
    elena.page.get_by_test_id("take").click()
    elena.say("Я с вами")
    expect(visitor.message("Я с вами")).to_be_visible()
    expect(visitor.page.get_by_test_id("notice")).to_have_count(0)


def _hand_over(operator: Operator, target: str, note: str) -> None:
    page = operator.page
    page.get_by_test_id("transfer").click()
    _target(page, target).check(force=True)
    page.get_by_test_id("transfer-note").fill(note)
    page.get_by_test_id("transfer-submit").click()
    expect(page.get_by_test_id("transfer-submit")).to_have_count(0)


def _target(page: Page, target: str) -> Locator:
    return page.locator(f'input[value="{target}"]')


def _escalate_after(browser: Browser, stack: Stack, seconds: int) -> None:
    """As the settings' form does it."""
    request = browser.new_context(base_url=stack.url).request
    person = {"email": demo_data.email("admin"), "password": demo_data.PASSWORD}
    session = request.post("/api/panel/sign_in", data=person).json()
    answer = request.patch(
        f"/api/settings/inboxes/{demo_data.INBOX.id}",
        data={"escalate_after": seconds},
        headers={"Authorization": f"Bearer {session['access_token']}"},
    )
    assert answer.ok, answer.text()


def _ringing_shortly(
    browser: Browser, stack: Stack, people: list[Operator]
) -> tuple[Visitor, Operator, str]:
    """A visitor whose conversation rings with the new setting, which is in force after a while."""
    for number in range(MOST_TRIES):
        text = f"Не открывайте меня, {number}"
        visitor = Visitor.arrive(browser, stack.url, PETERSBURG).open_widget()
        visitor.say(text)
        holder = _holder(people, text)
        left = holder.row(text).get_by_test_id("countdown").text_content() or ""
        if left.startswith("0:"):
            return visitor, holder, text
        visitor.page.context.close()
    raise AssertionError(f"after {MOST_TRIES} conversations the setting was not in force")


def _holder(people: list[Operator], text: str) -> Operator:
    """Who of them was given the conversation."""
    for _ in range(100):
        for person in people:
            if person.row(text).count():
                return person
        people[0].page.wait_for_timeout(100)
    raise AssertionError(f"nobody was given: {text}")
