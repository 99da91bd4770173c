"""Which sites may embed an inbox: the allowed domains against a browser's Origin (item 20).

It stops embedding by others; it is not authentication, for who is no browser can claim any origin.
"""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from msgspec import Struct

from chalicelib.errors import Forbidden, Invalid

_PORTS = {"http": 80, "https": 443}
_ANY_BELOW = "*."
_LABEL = r"[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?"
_HOST = re.compile(rf"{_LABEL}(\.{_LABEL})*")


class _Site(Struct, frozen=True, kw_only=True):
    """A host in ASCII; without `scheme` both are meant, without `port` the scheme's own."""

    scheme: str | None
    host: str
    port: int | None
    below: bool


def clean(domain: str, field: str = "allowed_domains") -> str:
    """An allowed domain in the form in which it is kept: `shop.example`, `*.shop.example` for all
    below it, with a port or a scheme where others than the usual are meant. Raises Invalid.
    """
    text = domain.strip().lower()
    if not text.endswith("//"):
        text = text.removesuffix("/")
    try:
        site = _site(text)
    except ValueError as error:
        raise Invalid(f"{domain} is not a site's address.", field=field) from error
    if site.below and "." not in site.host:
        raise Invalid(f"{domain} is nearly everywhere.", field=field)
    return text


def allow(domains: Iterable[str], origin: str | None, referrer: str | None) -> None:
    """A visitor's call from a page of this origin; a browser that sends none tells its referrer.

    No domains: from everywhere. Raises Forbidden.
    """
    allowed = tuple(domains)
    if allowed and not any(_matches(each, origin or referrer or "") for each in allowed):
        raise Forbidden("This site may not embed the inbox.")


def _matches(domain: str, origin: str) -> bool:
    try:
        allowed, asking = _site(domain), _origin(origin)
    except ValueError:
        return False
    if allowed.scheme not in (None, asking.scheme):
        return False
    if _port(allowed, asking.scheme) != _port(asking, asking.scheme):
        return False
    if allowed.below:
        return asking.host.endswith("." + allowed.host)
    return asking.host == allowed.host


def _port(site: _Site, scheme: str | None) -> int | None:
    return site.port or _PORTS.get(scheme or "")


def _origin(text: str) -> _Site:
    """What a browser says. Raises ValueError."""
    parts = urlsplit(text)
    if parts.scheme not in _PORTS:
        raise ValueError("not a page")
    return _Site(
        scheme=parts.scheme, host=_ascii(parts.hostname or ""), port=parts.port, below=False
    )


def _site(text: str) -> _Site:
    """What an admin wrote. Raises ValueError."""
    scheme, found, rest = text.rpartition("://")
    if found and scheme not in _PORTS:
        raise ValueError("not a site's scheme")
    below = rest.startswith(_ANY_BELOW)
    parts = urlsplit("//" + rest.removeprefix(_ANY_BELOW))
    if parts.path or parts.query or parts.fragment or "@" in parts.netloc or parts.port == 0:
        raise ValueError("more than a host")
    return _Site(
        scheme=scheme or None, host=_ascii(parts.hostname or ""), port=parts.port, below=below
    )


def _ascii(host: str) -> str:
    """As browsers write it; with the root's dot at its end it is the same host. Raises ValueError
    for what is no host.
    """
    if ":" in host:
        return host
    name = host.removesuffix(".").encode("idna").decode()
    if not _HOST.fullmatch(name):
        raise ValueError("not a host")
    return name
