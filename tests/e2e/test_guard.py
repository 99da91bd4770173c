"""Who may be a machine shows that they are none; who is too fast waits; a first word comes at once;
on a foreign site there is nothing to see.
"""

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import boto3
import pytest
from playwright.sync_api import Browser, Page, Route, expect

from chalicelib.domain import limits, pacing
from infra.local import demo_data
from infra.local.harness import Stack
from infra.local.settings import ACCESS_KEY_ID, REGION, SECRET_ACCESS_KEY
from tests.e2e.axe import is_clean
from tests.e2e.people import Operator, Visitor

WORDS = "Здравствуйте! Уже смотрю ваш вопрос."
SETTINGS: dict[str, dict[str, Any]] = {
    "sum": {"captcha": "arithmetic"},
    "work": {"captcha": "altcha"},
    "answering": {"auto_reply": {"on": True, "ru": WORDS}, "branch_id": "msk"},
    "elsewhere": {"allowed_domains": ["shop.example"]},
    "plain": {},
}


@dataclass
class Inboxes:
    """Known to nobody before the first visitor comes, so in force from then on."""

    stack: Stack
    ids: dict[str, str]

    def visitor(self, browser: Browser, name: str) -> Visitor:
        """On a page of ours that shows this inbox."""
        context = browser.new_context(base_url=self.stack.url, locale="ru-RU")
        script = f'<script src="/widget/loader.js" data-inbox="{self.ids[name]}" async></script>'
        html = f'<!doctype html><html lang="ru"><title>Shop</title><body>{script}</body></html>'
        context.route(
            f"{self.stack.url}/shop",
            lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"),
        )
        page, trouble = context.new_page(), []
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.goto("/shop")
        return Visitor(page, trouble)

    def begin(self, page: Page, name: str, times: int) -> None:
        """Conversations from the same address, as far as it is still trusted."""
        for _ in range(times):
            arrived = _ask(page, "/api/widget/bootstrap", {"inbox": self.ids[name]})
            headers = {"Authorization": f"Bearer {arrived['visitor_token']}"}
            said = {"client_id": str(uuid4()), "body": "Раз"}
            page.request.post("/api/widget/send", data=said, headers=headers)


@pytest.fixture(scope="module")
def inboxes(browser: Browser, stack: Stack) -> Iterator[Inboxes]:
    context = browser.new_context(base_url=stack.url)
    page = context.new_page()
    person = {"email": demo_data.email("admin"), "password": demo_data.PASSWORD}
    token = _ask(page, "/api/panel/sign_in", person)["access_token"]
    made = {
        name: _ask(page, "/api/settings/inboxes", {"name": name} | given, token)["inbox"]["id"]
        for name, given in SETTINGS.items()
    }
    yield Inboxes(stack, made)


def _ask(page: Page, path: str, body: object, token: str | None = None) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    answer = page.request.post(path, data=body, headers=headers)
    assert answer.ok, answer.text()
    found: dict[str, Any] = answer.json()
    return found


def test_a_sum_is_asked_and_the_message_goes_out_by_itself_after_a_mistake_and_a_reload(
    browser: Browser, inboxes: Inboxes
) -> None:
    visitor = inboxes.visitor(browser, "sum").open_widget()
    page = visitor.page
    inboxes.begin(page, "sum", limits.SUSPECT_CONVERSATIONS)
    captcha, field = page.get_by_test_id("captcha"), page.get_by_test_id("captcha-answer")

    expect(visitor.write("Пустите меня")).to_have_attribute("data-state", "pending")
    expect(captcha).to_be_visible()
    asked = captcha.text_content()
    field.fill("1000")
    field.press("Enter")
    expect(page.get_by_test_id("captcha-wrong")).to_be_visible()
    expect(field).to_have_value("")
    expect(captcha).not_to_have_text(asked or "")
    is_clean(page, "#messenger-widget")

    page.reload()
    if not page.get_by_test_id("dialog").is_visible():
        page.get_by_test_id("launcher").click()
    expect(visitor.message("Пустите меня")).to_have_attribute("data-state", "pending")
    expect(captcha).to_contain_text("Сколько будет")
    field.fill(_solved(captcha.text_content() or ""))
    page.get_by_test_id("captcha-send").click()

    expect(visitor.message("Пустите меня")).to_have_attribute("data-state", "sent")
    expect(captcha).to_have_count(0)
    visitor.say("И ещё")
    assert (visitor.texts(), visitor.trouble) == (["1", "2"], [])


def test_a_browser_works_and_its_visitor_hardly_notices(browser: Browser, inboxes: Inboxes) -> None:
    visitor = inboxes.visitor(browser, "work").open_widget()
    inboxes.begin(visitor.page, "work", limits.SUSPECT_CONVERSATIONS)

    visitor.say("Пустите меня")

    assert visitor.texts() == ["1"]


def test_who_writes_too_fast_reads_how_long_to_wait_and_nothing_is_lost(
    browser: Browser, stack: Stack, inboxes: Inboxes
) -> None:
    visitor = inboxes.visitor(browser, "plain").open_widget()
    visitor.say("Раз")
    _use_up_the_quota(stack, "Раз", seconds_left=4)
    notice = visitor.page.get_by_test_id("notice")

    expect(visitor.write("Два")).to_have_attribute("data-state", "pending")
    expect(notice).to_have_attribute("data-kind", "pause")
    expect(notice).to_contain_text("отправим сами через")
    visitor.write("Три")

    expect(visitor.message("Три")).to_have_attribute("data-state", "sent")
    expect(notice).to_have_count(0)
    assert visitor.texts() == ["1", "2", "3"]


def test_who_guesses_a_password_waits(browser: Browser, inboxes: Inboxes) -> None:
    page = browser.new_context(base_url=inboxes.stack.url, locale="ru-RU").new_page()
    guess = {"email": demo_data.email("pavel"), "password": "wrong"}
    for _ in range(limits.GUESSES):
        assert page.request.post("/api/panel/sign_in", data=guess).status == 401
    page.goto("/panel/")
    page.get_by_test_id("sign-in-email").fill(demo_data.email("pavel"))
    page.get_by_test_id("sign-in-password").fill(demo_data.PASSWORD)
    page.get_by_test_id("sign-in-submit").click()

    expect(page.get_by_test_id("sign-in-error")).to_contain_text("Слишком много попыток")
    expect(page.get_by_test_id("sign-in-submit")).to_be_disabled()
    expect(page.get_by_test_id("sign-in-submit")).to_contain_text(
        re.compile(r"Снова через \d+:\d\d")
    )


def test_an_operator_who_is_too_fast_reads_how_long_to_wait(
    browser: Browser, inboxes: Inboxes
) -> None:
    operator = Operator.sign_in(browser, inboxes.stack.url, "maria")
    visitor = inboxes.visitor(browser, "answering").open_widget()
    visitor.say("Медленнее, пожалуйста")
    operator.open("Медленнее, пожалуйста")
    refusals = iter([True])

    def throttled(route: Route) -> None:
        if route.request.method == "POST" and next(refusals, False):
            detail = {"code": "too_many_requests", "message": "", "retry_after": 2}
            route.fulfill(status=429, json={"error": detail})
        else:
            route.continue_()

    operator.page.route("**/messages", throttled)
    operator.page.route_web_socket("**/ws?*", lambda socket: socket.close())
    operator.page.reload()
    expect(operator.message("Медленнее, пожалуйста").first).to_be_visible()

    operator.write("Хорошо")

    expect(operator.page.get_by_test_id("paused")).to_contain_text("Отправим сами через")
    expect(operator.message("Хорошо")).to_have_attribute("data-state", "sent")
    expect(operator.page.get_by_test_id("paused")).to_have_count(0)


def test_the_first_message_is_answered_once_in_the_name_of_who_has_it(
    browser: Browser, inboxes: Inboxes
) -> None:
    operator = Operator.sign_in(browser, inboxes.stack.url, "maria")
    visitor = inboxes.visitor(browser, "answering").open_widget()

    visitor.say("Есть ли доставка?")
    expect(visitor.message(WORDS)).to_be_visible()
    expect(visitor.message(WORDS)).to_contain_text("Мария")
    visitor.say("И примерка?")

    expect(operator.row("И примерка?")).to_be_visible()
    operator.open("И примерка?")
    expect(operator.message(WORDS).get_by_test_id("automatic")).to_have_text("Автоответ")
    operator.say("Да, есть")
    expect(visitor.message("Да, есть")).to_be_visible()
    visitor.say("Спасибо")
    assert visitor.message(WORDS).count() == 1
    assert visitor.texts() == operator.texts() == ["1", "2", "3", "4", "5"]
    assert visitor.trouble == operator.trouble == []


def test_on_a_foreign_site_there_is_nothing_broken_to_see(
    browser: Browser, inboxes: Inboxes
) -> None:
    visitor = inboxes.visitor(browser, "elsewhere")
    said: list[str] = []
    visitor.page.on(
        "console", lambda line: said.append(line.text) if line.type == "warning" else None
    )

    visitor.page.get_by_test_id("launcher").click()

    expect(visitor.page.get_by_test_id("launcher")).to_have_count(0)
    expect(visitor.page.get_by_test_id("dialog")).to_have_count(0)
    assert said == ["Messenger: this site may not show the inbox."]
    assert visitor.trouble == []


def _solved(words: str) -> str:
    """As a person reads it: `Сколько будет 12 + 7?`"""
    first, sign, second = words.split("будет ")[1].split("?")[0].split()
    return str(int(first) + int(second) if sign == "+" else int(first) - int(second))


def _use_up_the_quota(stack: Stack, words: str, seconds_left: int) -> None:
    """As if the visitor had written as much as they may in one breath."""
    client = boto3.client(
        "dynamodb",
        endpoint_url=stack.aws_url,
        region_name=REGION,
        aws_access_key_id=ACCESS_KEY_ID,
        aws_secret_access_key=SECRET_ACCESS_KEY,
    )
    heads = client.scan(
        TableName="messenger",
        FilterExpression="sk = :head AND last_snippet = :words",
        ExpressionAttributeValues={":head": {"S": "~HEAD"}, ":words": {"S": words}},
    )["Items"]
    head = max(heads, key=lambda each: each["created_at"]["S"])
    began = time.time() + seconds_left - pacing.WINDOW.total_seconds()
    client.update_item(
        TableName="messenger",
        Key={name: head[name] for name in ("pk", "sk")},
        UpdateExpression="SET quota = in_count, created_at = :old, quota_at = :began",
        ExpressionAttributeValues={
            ":old": {"S": "2020-01-01T00:00:00.000000+0000"},
            ":began": {"N": str(int(began))},
        },
    )
