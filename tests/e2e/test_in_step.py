"""All screens of one person show the same, whatever becomes of the sockets of some of them."""

from playwright.sync_api import Browser, WebSocketRoute, expect

from infra.local.harness import Stack
from tests.e2e.people import MOSCOW, PETERSBURG, Operator, Visitor


def test_two_tabs_of_a_visitor_and_two_devices_of_an_operator_stay_in_step(
    browser: Browser, stack: Stack
) -> None:
    desk = Operator.sign_in(browser, stack.url, "maria")
    home = Operator.sign_in(browser, stack.url, "maria")
    visitor = Visitor.arrive(browser, stack.url, MOSCOW).open_widget()
    cut: list[WebSocketRoute] = []
    other = visitor.another_tab(lambda socket: cut.append(_through(socket)))
    if not other.page.get_by_test_id("dialog").is_visible():
        other.open_widget()

    visitor.say("Из первой вкладки")
    expect(other.message("Из первой вкладки")).to_have_attribute("data-state", "sent")
    other.say("Из второй")
    expect(visitor.message("Из второй")).to_be_visible()
    for device in (desk, home):
        expect(device.row("Из второй")).to_be_visible()
    desk.open("Из второй")
    expect(home.row("Из второй")).to_have_attribute("data-unread", "0")
    home.open("Из второй")

    cut.pop().close()
    home.page.context.set_offline(True)
    desk.say("Ответ с рабочего места")
    for tab in (visitor, other):
        expect(tab.message("Ответ с рабочего места")).to_be_visible()
    home.page.context.set_offline(False)
    home.say("Ответ из дома")
    for screen in (visitor, other, desk):
        expect(screen.message("Ответ из дома")).to_be_visible()

    assert visitor.texts() == other.texts() == desk.texts() == home.texts() == ["1", "2", "3", "4"]
    desk.page.get_by_test_id("close").click()
    expect(home.row("Ответ из дома")).to_have_count(0)
    assert visitor.trouble == other.trouble == desk.trouble == home.trouble == []


def test_where_sockets_are_blocked_both_sides_talk_by_polling_and_in_order(
    browser: Browser, stack: Stack
) -> None:
    operator = Operator.sign_in(browser, stack.url, "irina")
    operator.choose("busy")
    visitor = Visitor.arrive(browser, stack.url, PETERSBURG)
    for page in (operator.page, visitor.page):
        page.route_web_socket("**/ws?*", lambda socket: socket.close())
        page.reload()
    visitor.open_widget()

    said = ["Первое", "Второе", "Третье"]
    for text in said:
        visitor.write(text)
    expect(visitor.message("Третье")).to_have_attribute("data-state", "sent")
    operator.page.get_by_test_id("tab-queue").click()
    operator.open("Третье")
    expect(operator.page.get_by_test_id("message")).to_have_count(3)
    shown = operator.page.get_by_test_id("message").all_inner_texts()
    assert [text in shown[place] for place, text in enumerate(said)] == [True] * 3
    answers = ["Четвёртое", "Пятое"]
    for text in answers:
        operator.write(text)

    for text in answers:
        expect(visitor.message(text)).to_be_visible()
    visitor.say("Шестое")
    expect(operator.message("Шестое")).to_be_visible()
    assert visitor.texts() == operator.texts() == ["1", "2", "3", "4", "5", "6"]


def _through(socket: WebSocketRoute) -> WebSocketRoute:
    socket.connect_to_server()
    return socket
