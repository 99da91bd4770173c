"""A visitor on the shop's page and an operator at the panel, each in a browser of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from playwright.sync_api import (
    Browser,
    BrowserContext,
    Locator,
    Page,
    TimeoutError,
    WebSocketRoute,
    expect,
)

from chalicelib.domain import pacing
from infra.local import demo_data

MOSCOW = "31.173.80.1"
PETERSBURG = "95.167.0.1"
SURGUT = "5.140.0.1"

RUSSIAN = "ru-RU"

MOST_SAID = 200
MOST_RELOADS = 15
SETTLING_MS = 2_000
PACE_MS = pacing.WINDOW.total_seconds() * 1000 / pacing.MOST


@dataclass
class Visitor:
    """`trouble` collects what went wrong in the page's console."""

    page: Page
    trouble: list[str]

    @classmethod
    def arrive(
        cls, browser: Browser, url: str, address: str | None = None, **context: object
    ) -> Visitor:
        """Opens the demo shop, in the language of the `locale`, as if from an IP address."""
        options = {"locale": RUSSIAN} | context
        opened = browser.new_context(base_url=url, **options)  # type: ignore[arg-type]  # Playwright's own options
        if address:
            opened.add_init_script(f"localStorage.setItem('demo_ip', '{address}')")
        page, trouble = _page(opened)
        page.goto(f"/?lang={str(options['locale'])[:2]}")
        return cls(page, trouble)

    def another_tab(self, sockets: Callable[[WebSocketRoute], None]) -> Visitor:
        """The same visitor's; its sockets are handed to `sockets`."""
        page, trouble = _page(self.page.context)
        page.route_web_socket("**/ws?*", sockets)
        page.goto("/?lang=ru")
        return Visitor(page, trouble)

    def open_widget(self) -> Visitor:
        self.page.get_by_test_id("launcher").click()
        expect(self.page.get_by_test_id("composer")).to_be_visible()
        return self

    def reload_until(self, shown: Locator) -> Visitor:
        for _ in _reloads(self.page, shown):
            self.open_widget()
        return self

    def write(self, text: str) -> Locator:
        """Types and sends; the bubble, whatever its state."""
        self.page.get_by_test_id("composer").fill(text)
        self.page.get_by_test_id("composer").press("Enter")
        return self.message(text)

    def say(self, text: str) -> None:
        """Writes and waits for the ✓."""
        expect(self.write(text)).to_have_attribute("data-state", "sent")

    def talk(self, words: str, enough: Callable[[], bool]) -> None:
        """Goes on, as fast as people may: a changed setting is in force in every process only
        after a while.
        """
        for number in range(MOST_SAID):
            self.say(f"{words} {number}.")
            if enough():
                return
            self.page.wait_for_timeout(PACE_MS)
        raise AssertionError(f"{words}: not enough after {MOST_SAID} messages")

    def message(self, text: str) -> Locator:
        return self.page.get_by_test_id("message").filter(has_text=text)

    def texts(self) -> list[str]:
        return _numbered(self.page)


@dataclass
class Operator:
    page: Page
    trouble: list[str]

    @classmethod
    def sign_in(cls, browser: Browser, url: str, name: str, **context: object) -> Operator:
        """Opens the panel, signs in, and goes online."""
        opened = browser.new_context(  # type: ignore[arg-type]  # Playwright's own options
            **(
                {"base_url": url, "locale": RUSSIAN, "viewport": {"width": 1440, "height": 900}}
                | context
            )
        )
        page, trouble = _page(opened)
        page.goto("/panel/")
        page.get_by_test_id("sign-in-email").fill(demo_data.email(name))
        page.get_by_test_id("sign-in-password").fill(demo_data.PASSWORD)
        page.get_by_test_id("sign-in-submit").click()
        operator = cls(page, trouble)
        operator.choose("online")
        return operator

    def reload_until(self, shown: Locator) -> Operator:
        for _ in _reloads(self.page, shown):
            pass
        return self

    def choose(self, presence: str) -> None:
        """Sets the presence; the choice closes the menu."""
        menu = self.page.get_by_test_id("presence")
        if menu.get_attribute("data-presence") == presence:
            return
        menu.click()
        choice = self.page.get_by_test_id(f"presence-{presence}")
        with self.page.expect_response("**/api/panel/presence"):
            choice.click()
        expect(choice).to_be_hidden()

    def rows(self) -> Locator:
        return self.page.get_by_test_id("conversation-row")

    def row(self, text: str) -> Locator:
        return self.rows().filter(has_text=text)

    def open(self, text: str) -> None:
        self.row(text).click()
        expect(self.message(text).first).to_be_visible()

    def write(self, text: str) -> Locator:
        self.page.get_by_test_id("composer").fill(text)
        self.page.get_by_test_id("composer").press("Enter")
        return self.message(text)

    def say(self, text: str) -> None:
        """Replies and waits for the ✓."""
        expect(self.write(text)).to_have_attribute("data-state", "sent")

    def message(self, text: str) -> Locator:
        return self.page.get_by_test_id("message").filter(has_text=text)

    def texts(self) -> list[str]:
        return _numbered(self.page)


def _page(context: BrowserContext) -> tuple[Page, list[str]]:
    page, trouble = context.new_page(), []
    page.set_default_timeout(30_000)
    page.on("pageerror", lambda error: trouble.append(str(error)))
    return page, trouble


def _reloads(page: Page, shown: Locator) -> Iterator[None]:
    """Opens the page anew until it is `shown`: in every process a changed setting is in force
    within ten seconds.
    """
    for _ in range(MOST_RELOADS):
        try:
            return shown.wait_for(timeout=SETTLING_MS)
        except TimeoutError:
            page.reload()
            yield
    raise AssertionError(f"not shown after {MOST_RELOADS} reloads: {shown}")


def _numbered(page: Page) -> list[str]:
    """The `seq` of every acknowledged message on the screen, in the order shown."""
    shown = page.get_by_test_id("message")
    return [seq for seq in (each.get_attribute("data-seq") for each in shown.all()) if seq]
