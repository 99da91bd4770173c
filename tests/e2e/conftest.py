"""One Chromium for all stories, a product of its own for each file: operators' hands fill up."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from infra.local.harness import Stack, start
from tests.e2e.desk import Desk
from tests.support.stacks import new_folder

# Waiting costs nothing where it comes sooner.
expect.set_options(timeout=30_000)


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """Where visitors write whoever is there: offline mode has a story of its own."""
    with start(new_folder(tmp_path_factory)) as running:
        Desk.of_admin(running.url).set_inbox(offline_text={"ru": "", "en": ""})
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = os.environ.get("CHROMIUM_PATH") or _system_chromium()
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=path,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield launched
        launched.close()


def _system_chromium() -> str | None:
    """As infra/local/chromium.sh looks for it; None leaves it to Playwright."""
    names = ("chromium-headless-shell", "chromium", "google-chrome")
    return next(filter(None, map(shutil.which, names)), None)


@pytest.fixture(autouse=True)
def closed_contexts(browser: Browser) -> Iterator[None]:
    """Whoever was at a panel leaves with the test: the next routes among its own people."""
    yield
    for context in list(browser.contexts):
        context.close()
