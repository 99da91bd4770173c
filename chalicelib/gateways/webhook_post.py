"""POSTs to receivers whose addresses customers typed in: the one place where we call a host that we
do not know (OWASP: server-side request forgery).

The name is resolved once, every address it has must be public, and the connection goes to an
address that was judged, under the name's TLS certificate. No redirect is followed, no proxy is
used, no body is read.
"""

import http.client
import socket
import ssl
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from threading import Timer
from time import monotonic
from urllib.parse import SplitResult, urlsplit

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from chalicelib.domain.webhook import Answer, Failure, Networks

SECONDS = 15
"""For everything: name, connection, TLS, request and the head of the answer."""

USER_AGENT = "Messenger-Webhooks/1"

NAT64 = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))

Address = IPv4Address | IPv6Address


class Refused(Exception):  # noqa: N818  # we refuse, nothing failed
    """The name leads where webhooks may not go."""


def post(url: str, body: bytes, headers: dict[str, str], networks: Networks) -> Answer:
    """What came of one attempt; never raises for what a receiver or its network does."""
    began = monotonic()
    try:
        status, retry_after = _post(urlsplit(url), body, headers, networks)
    except Refused:
        return _failed(Failure.REFUSED_ADDRESS, began)
    except (OSError, HTTPError, http.client.HTTPException, ValueError):
        return _failed(Failure.TIMEOUT if _is_late(began) else Failure.CONNECTION, began)
    if _is_late(began):  # it was cut off while it told its headers
        return _failed(Failure.TIMEOUT, began)
    return Answer(
        status=status,
        failure=_judged(status),
        duration_ms=_since(began),
        retry_after=_wait(retry_after),
    )


def is_public(address: Address) -> bool:
    """Whether an address is one of the public internet, also where IPv6 wraps an IPv4 one."""
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is None and any(address in network for network in NAT64):
            inner = IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
        if address.is_site_local or address.teredo:
            return False
    return address.is_global and not (
        address.is_multicast or address.is_reserved or address.is_unspecified
    )


def _post(
    url: SplitResult, body: bytes, headers: dict[str, str], networks: Networks
) -> tuple[int, str | None]:
    secure = url.scheme == "https"
    host, port = url.hostname or "", url.port or (443 if secure else 80)
    if networks is Networks.PUBLIC and not (secure and port == 443):
        raise Refused
    connection = _connection(_resolved(host, port, networks), port, host if secure else None)
    deadline = Timer(SECONDS, _cut, [connection])
    deadline.daemon = True
    deadline.start()
    try:
        connection.request(
            "POST",
            (url.path or "/") + (f"?{url.query}" if url.query else ""),
            body=body,
            headers={
                **headers,
                "Host": url.netloc,
                "Content-Type": "application/json",
                "User-Agent": USER_AGENT,
            },
            preload_content=False,
        )
        answer = connection.getresponse()
        return answer.status, answer.headers.get("Retry-After")
    finally:
        deadline.cancel()
        connection.close()


def _connection(address: str, port: int, name: str | None) -> HTTPConnection:
    """To an address; under TLS when it has a `name` to prove."""
    if name is None:
        return HTTPConnection(address, port, timeout=SECONDS)
    return HTTPSConnection(address, port, timeout=SECONDS, server_hostname=name, ssl_context=_tls())


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()


def _resolved(host: str, port: int, networks: Networks) -> str:
    """The first address of a name, all of which must be allowed. Raises Refused."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(entry[4][0]) for entry in found]
    if networks is Networks.PUBLIC and not all(is_public(_parsed(each)) for each in addresses):
        raise Refused
    return addresses[0]


def _parsed(address: str) -> Address:
    return ip_address(address.partition("%")[0])


def _cut(connection: HTTPConnection) -> None:
    """Ends a connection whose time is up, whatever it is waiting for."""
    sock = connection.sock
    if sock is not None:
        try:
            sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            return  # it has ended by itself


def _judged(status: int) -> Failure | None:
    if 200 <= status < 300:
        return None
    return Failure.REDIRECT if 300 <= status < 400 else Failure.STATUS


def _failed(failure: Failure, began: float) -> Answer:
    return Answer(status=None, failure=failure, duration_ms=_since(began))


def _is_late(began: float) -> bool:
    return monotonic() - began >= SECONDS


def _since(began: float) -> int:
    return round((monotonic() - began) * 1000)


def _wait(header: str | None) -> timedelta | None:
    """A Retry-After header, in seconds or as a date; None for what is neither."""
    if header is None:
        return None
    text = header.strip()
    if text.isascii() and text.isdigit() and len(text) < 8:
        return timedelta(seconds=int(text))
    try:
        at = parsedate_to_datetime(text)
    except ValueError:
        return None
    return max(at - datetime.now(UTC), timedelta()) if at.tzinfo else None
