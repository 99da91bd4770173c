"""People come in by links: a colleague whom an admin has invited, and the first admin."""

import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import boto3
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from chalicelib.store import keys
from infra.local import demo_data
from infra.local.harness import Stack, start
from infra.local.processes import ROOT
from infra.local.settings import CREDENTIALS, REGION

PHONE = {"width": 390, "height": 844}
PASSWORD = "пароль из нескольких слов"

_numbers = count(1)


def ask(stack: Stack, path: str, body: object, token: str = "") -> Any:
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
    request = urllib.request.Request(f"{stack.url}/api{path}", json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)


def invite(stack: Stack) -> tuple[str, str]:
    """Somebody new in Moscow: their address, and the link that the admin is shown."""
    who = {"email": demo_data.email("admin"), "password": demo_data.PASSWORD}
    admin = ask(stack, "/panel/sign_in", who)["access_token"]
    wanted = {
        "name": "Павел Новый",
        "email": f"pavel-{next(_numbers)}@x.example",
        "role": "operator",
        "branch_id": "msk",
        "capacity": 5,
    }
    made = ask(stack, "/settings/operators", wanted, admin)
    return wanted["email"], made["invitation_url"]  # type: ignore[return-value]  # a text


def follow(browser: Browser, link: str, **context: Any) -> Page:
    page = browser.new_context(**({"locale": "ru-RU"} | context)).new_page()
    page.goto(link)
    return page


def test_a_colleague_chooses_a_password_and_works(browser: Browser, stack: Stack) -> None:
    email, link = invite(stack)
    page = follow(browser, link)
    expect(page.get_by_test_id("join-name")).to_have_value("Павел Новый")
    expect(page.get_by_test_id("join-email")).to_have_value(email)
    expect(page.get_by_test_id("join-email")).not_to_be_editable()

    page.get_by_test_id("join-password").fill("коротко")
    expect(page.get_by_test_id("join-strength")).to_have_text("Ещё 3 символа")
    page.get_by_test_id("join-submit").click()
    expect(page.get_by_test_id("join-password")).to_have_attribute("aria-invalid", "true")

    page.get_by_test_id("join-password").fill(PASSWORD)
    expect(page.get_by_test_id("join-strength")).to_have_text("Надёжный")
    page.get_by_test_id("join-submit").click()

    expect(page.get_by_test_id("presence")).to_be_visible()
    page.reload()
    expect(page.get_by_test_id("presence")).to_be_visible()

    again = follow(browser, stack.url + "/panel/")
    again.get_by_test_id("sign-in-email").fill(email)
    again.get_by_test_id("sign-in-password").fill(PASSWORD)
    again.get_by_test_id("sign-in-submit").click()
    expect(again.get_by_test_id("presence")).to_be_visible()


def test_the_token_is_nowhere_in_the_browser_once_it_is_read(
    browser: Browser, stack: Stack
) -> None:
    _, link = invite(stack)
    token = link.rpartition("/")[2]
    asked: list[str] = []
    context = browser.new_context(locale="ru-RU")
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()

    page.goto(link)

    expect(page.get_by_test_id("join-submit")).to_be_visible()
    assert page.url == f"{stack.url}/panel/"
    assert not [url for url in asked if token in url and "#" not in url]
    kept = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, history.state])")
    assert token not in kept


def test_a_link_put_into_an_open_panel_is_followed(browser: Browser, stack: Stack) -> None:
    _, link = invite(stack)
    page = follow(browser, stack.url + "/panel/")
    expect(page.get_by_test_id("sign-in-submit")).to_be_visible()

    page.evaluate("hash => { location.hash = hash }", "#" + link.partition("#")[2])

    expect(page.get_by_test_id("join-submit")).to_be_visible()
    assert page.url == f"{stack.url}/panel/"


def test_a_link_that_was_used_says_what_to_do(browser: Browser, stack: Stack) -> None:
    _, link = invite(stack)
    ask(
        stack,
        "/panel/join",
        {"token": link.rpartition("/")[2], "name": "Павел", "password": PASSWORD},
    )

    page = follow(browser, link)

    expect(page.get_by_test_id("join-gone")).to_contain_text("Попросите у администратора")
    page.get_by_test_id("join-sign-in").click()
    expect(page.get_by_test_id("sign-in-submit")).to_be_visible()


def test_a_link_that_is_used_meanwhile_says_so(browser: Browser, stack: Stack) -> None:
    _, link = invite(stack)
    first, second = follow(browser, link), follow(browser, link)
    for page in (first, second):
        page.get_by_test_id("join-password").fill(PASSWORD)

    first.get_by_test_id("join-submit").click()
    expect(first.get_by_test_id("presence")).to_be_visible()
    second.get_by_test_id("join-submit").click()

    expect(second.get_by_test_id("join-gone")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [{"width": 1280, "height": 800}, PHONE], ids=["desk", "phone"])
def test_the_screen_has_no_violations(
    browser: Browser, stack: Stack, scheme: str, viewport: dict[str, int]
) -> None:
    _, link = invite(stack)
    look = {"color_scheme": scheme, "viewport": viewport, "reduced_motion": "reduce"}
    page = follow(browser, link, **look)
    page.get_by_test_id("join-name").fill("")
    page.get_by_test_id("join-password").fill("short")
    page.get_by_test_id("join-submit").click()
    expect(page.get_by_test_id("join-name")).to_have_attribute("aria-invalid", "true")
    _is_clean(page)

    gone = follow(browser, f"{stack.url}/panel/#/join/nobody.x", **look)
    expect(gone.get_by_test_id("join-gone")).to_be_visible()
    _is_clean(gone)


@pytest.fixture
def unmanned(founded: Path) -> Iterator[tuple[Stack, str]]:
    """A deployment whose only admin has left no trace, and the link to set up."""
    with start(founded) as stack:
        environment = dict(
            line.split("=", 1) for line in (founded / "environment").read_text().splitlines()
        )
        environment = {name: value.strip("'\"") for name, value in environment.items()}
        table = boto3.resource(
            "dynamodb", endpoint_url=stack.aws_url, region_name=REGION, **_keys()
        ).Table(environment["TABLE_NAME"])
        table.delete_item(Key={"pk": keys.STAFF, "sk": keys.operator("admin")})
        made = subprocess.run(
            [sys.executable, "-m", "infra.setup_link", stack.url, "Messenger"],
            cwd=ROOT,
            env=os.environ | environment,
            capture_output=True,
            text=True,
            check=True,
        )
        yield stack, made.stdout.strip()


def _keys() -> dict[str, str]:
    return {
        "aws_access_key_id": CREDENTIALS["AWS_ACCESS_KEY_ID"],
        "aws_secret_access_key": CREDENTIALS["AWS_SECRET_ACCESS_KEY"],
    }


def test_the_first_admin_sets_up(browser: Browser, unmanned: tuple[Stack, str]) -> None:
    stack, link = unmanned
    page = follow(browser, link)
    page.get_by_test_id("join-name").fill("Хозяйка")
    page.get_by_test_id("join-password").fill(PASSWORD)
    page.get_by_test_id("join-email").fill(demo_data.email("anna"))
    page.get_by_test_id("join-submit").click()
    expect(page.get_by_text("Этот адрес уже принадлежит другому человеку")).to_be_visible()

    page.get_by_test_id("join-email").fill("boss@example.com")
    page.get_by_test_id("join-submit").click()

    page.get_by_test_id("nav.settings").click()
    expect(page).to_have_url(f"{stack.url}/panel/#/settings/branches")
    gone = follow(browser, link).get_by_test_id("join-gone")
    expect(gone).to_contain_text("make deploy печатает новую ссылку")


def _is_clean(page: Page) -> None:
    found = Axe().run(page)
    assert found.response["passes"], "axe looked at nothing"
    assert [f"{each['id']}: {each['nodes']}" for each in found.response["violations"]] == []
