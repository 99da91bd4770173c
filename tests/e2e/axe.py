"""What axe finds on a screen."""

from typing import Any, Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

SOURCE = Axe().axe_script
RUN = """([where, rules]) => axe.run(where ?? document, {
  resultTypes: ["violations"],
  ...(rules && {runOnly: {type: "rule", values: rules}}),
})"""
SETTLED = """async () => {
  const frame = () => new Promise(requestAnimationFrame);
  for (;;) {
    await frame();
    await frame();
    const moving = document.getAnimations().filter((each) => each instanceof CSSTransition);
    if (moving.length === 0) return;
    await Promise.allSettled(moving.map((each) => each.finished));
  }
}"""
"""No colour is on its way from one scheme to the other."""


def is_clean(page: Page, context: str | None = None) -> None:
    """In light by all rules, in dark by the one that speaks of colours: nothing else differs."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(SOURCE)
    assert _broken(page, "light", context, None) == []
    assert _broken(page, "dark", context, ["color-contrast"]) == []
    page.emulate_media(color_scheme="light", reduced_motion="reduce")


def _broken(
    page: Page, scheme: Literal["light", "dark"], context: str | None, rules: list[str] | None
) -> list[str]:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.evaluate(SETTLED)
    found: dict[str, Any] = page.evaluate(RUN, [context, rules])
    assert found["passes"] or found["inapplicable"], "axe looked at nothing"
    return [f"{each['id']}: {each['nodes']}" for each in found["violations"]]
