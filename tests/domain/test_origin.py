"""Which sites may embed an inbox."""

import pytest

from chalicelib.domain import origin
from chalicelib.errors import Forbidden, Invalid


def allowed(domains: list[str], asking: str | None, referrer: str | None = None) -> bool:
    try:
        origin.allow([origin.clean(each) for each in domains], asking, referrer)
    except Forbidden:
        return False
    return True


def test_without_domains_everybody_may() -> None:
    assert allowed([], "https://anywhere.example")
    assert allowed([], None)


@pytest.mark.parametrize(
    ("domain", "asking"),
    [
        ("shop.example", "https://shop.example"),
        ("shop.example", "http://shop.example"),
        ("shop.example", "https://shop.example:443"),
        ("Shop.Example/", "https://shop.example"),
        ("shop.example", "https://SHOP.example"),
        ("shop.example:8080", "http://shop.example:8080"),
        ("https://shop.example", "https://shop.example"),
        ("http://localhost:8000", "http://localhost:8000"),
        ("localhost:8000", "http://localhost:8000"),
        ("127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("[::1]:8000", "http://[::1]:8000"),
        ("*.shop.example", "https://www.shop.example"),
        ("*.shop.example", "https://a.b.shop.example"),
        ("магазин.рф", "https://xn--80aairftm.xn--p1ai"),
        ("МАГАЗИН.рф", "https://xn--80aairftm.xn--p1ai:443"),
        ("xn--80aairftm.xn--p1ai", "https://xn--80aairftm.xn--p1ai"),
        ("shop.example", "https://shop.example."),
        ("shop.example.", "https://shop.example"),
        ("*.shop.example", "https://www.shop.example."),
        ("*.магазин.рф", "https://www.xn--80aairftm.xn--p1ai"),
    ],
)
def test_an_allowed_site_may(domain: str, asking: str) -> None:
    assert allowed([domain], asking)


@pytest.mark.parametrize(
    ("domain", "asking"),
    [
        ("shop.example", "https://www.shop.example"),
        ("shop.example", "https://shop.example.evil.example"),
        ("shop.example", "https://evilshop.example"),
        ("shop.example", "https://shop.example:8443"),
        ("shop.example", "https://shop.example@evil.example"),
        ("shop.example", "https://evil.example/shop.example"),
        ("shop.example", "https://evil.example?shop.example"),
        ("shop.example:8080", "https://shop.example"),
        ("https://shop.example", "http://shop.example"),
        ("http://shop.example", "https://shop.example"),
        ("*.shop.example", "https://shop.example"),
        ("*.shop.example", "https://evilshop.example"),
        ("*.shop.example", "https://www.shop.example.evil.example"),
        ("*.shop.example", "https://www.shop.example:8443"),
        ("shop.example", "null"),
        ("null", "null"),
        ("shop.example", "https://shop.example.."),
        ("shop.example", "https://.shop.example"),
        ("магазин.рф", "https://xn--80aairftn.xn--p1ai"),
        ("shop.example", "https://shop.example:080"),
        ("shop.example", ""),
        ("shop.example", "file://"),
        ("shop.example", "chrome-extension://shop.example"),
        ("shop.example", "https://shop.example:port"),
        ("shop.example", "https://[shop.example"),
        ("shop.example", "https://" + "x" * 300),
        ("shop.example", "\udcff"),
    ],
)
def test_another_may_not(domain: str, asking: str) -> None:
    assert not allowed([domain], asking)


def test_one_of_several_is_enough() -> None:
    assert allowed(["a.example", "b.example"], "https://b.example")
    assert not allowed(["a.example", "b.example"], "https://c.example")


def test_a_browser_that_tells_no_origin_tells_its_referrer() -> None:
    assert allowed(["shop.example"], None, "https://shop.example/catalogue?x=1")
    assert not allowed(["shop.example"], None, "https://evil.example/shop.example")
    assert not allowed(["shop.example"], None, None)
    assert not allowed(["shop.example"], "https://evil.example", "https://shop.example/")


@pytest.mark.parametrize(
    "domain",
    [
        "", " ", "*", "*.", "*.ru", "*.*.example", "shop.*", "a b.example", "shop.example/page",
        "shop.example?x", "ftp://shop.example", "https://", "user@shop.example", "shop.example:0",
        "shop.example:99999", "shop.example:port", "-", "..", "a..b", "[::1", "x" * 70 + ".example",
    ],
)  # fmt: skip
def test_what_is_no_site_is_refused(domain: str) -> None:
    with pytest.raises(Invalid) as refused:
        origin.clean(domain)

    assert refused.value.field == "allowed_domains"


def test_a_site_is_kept_as_it_was_written_but_for_its_case() -> None:
    assert origin.clean(" https://Магазин.РФ:8443/ ") == "https://магазин.рф:8443"
